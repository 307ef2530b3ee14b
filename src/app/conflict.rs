//! A conflict: what somebody has typed or judged beside what another has kept meanwhile, with a key to take either.

use super::{Draft, Field, Form, Model, Overlay, Purpose, Tone, Value};
use crate::domain::{BranchId, ItemId, Judgement, Of, PersonId, ReadFault, Reading, Refusal, Rev, RoundId, Stamp};
use crate::locales as w;

/// One thing of which two have said different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What it is.
    pub label: String,
    /// What stands now.
    pub theirs: String,
    /// What the person has typed or judged.
    pub mine: String,
}

/// What is one's own in a conflict.
#[derive(Clone, Debug)]
pub enum Mine {
    /// A text, laid over what stands now.
    Field(Field),
    /// A form, laid over what stands now, and the rows that clash with what stands in them.
    Form(Form, Vec<(usize, String)>),
    /// A form that was put aside and is opened again, and the rows in which another has kept something else since. Until
    /// either is taken, its base there is what stood when it was put aside.
    Parked(Form, Vec<(usize, String)>),
    /// Verdicts.
    Verdicts(Judged),
}

/// Verdicts that were refused, with the revision that is seen beside them.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The round.
    pub round: RoundId,
    /// The branch.
    pub branch: BranchId,
    /// What stands.
    pub saw: Rev,
    /// Every verdict.
    pub all: Vec<(ItemId, Option<Judgement>)>,
    /// Those on items that nobody else has judged.
    pub free: Vec<(ItemId, Option<Judgement>)>,
}

/// What two have said, beside each other.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Who was faster.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
    /// What they say differently.
    pub clashes: Vec<Clash>,
    /// What is one's own.
    pub mine: Mine,
    /// The first line in sight.
    pub top: usize,
}

/// Finds who touched last what is kept, and when.
pub(super) fn last_of(reading: &dyn Reading, of: Of, rev: Rev) -> Result<(PersonId, Stamp), ReadFault> {
    let last = reading.trail(of, rev, 1)?.pop();
    Ok(last.map(|entry| (entry.by, entry.at)).unwrap_or_default())
}

impl Model {
    /// Lays a field beside what is kept now, where that is not what it was opened with.
    pub(super) fn field_conflict(
        &self,
        field: &mut Field,
        kept: &str,
        reading: &dyn Reading,
    ) -> Result<Option<Conflict>, ReadFault> {
        let moved = field.base != kept && field.edit.text().trim_end() != kept;
        kept.clone_into(&mut field.base);
        if !moved {
            return Ok(None);
        }
        let (by, at) = self.last_hand(&field.purpose, reading)?;
        Ok(Some(self.of_field(field.clone(), (by, at))))
    }

    fn of_field(&self, field: Field, (by, at): (PersonId, Stamp)) -> Conflict {
        let mine = field.edit.text().trim_end().to_owned();
        let clash = Clash { label: field.title(self.lang), theirs: field.base.clone(), mine };
        Conflict { by, at, clashes: vec![clash], mine: Mine::Field(field), top: 0 }
    }

    /// Finds who has kept last what a field is for.
    fn last_hand(&self, purpose: &Purpose, reading: &dyn Reading) -> Result<(PersonId, Stamp), ReadFault> {
        let inspection = self.walk().map(|walk| &walk.inspection);
        let hand = match purpose {
            Purpose::Note(item) => {
                inspection.and_then(|known| known.notes.get(item)).map(|note| (note.by.clone(), note.at))
            }
            Purpose::Reason(item) => {
                inspection.and_then(|known| known.cells.get(item)).map(|cell| (cell.by.clone(), cell.at))
            }
            Purpose::Organisation => {
                let rev = reading.house()?.rev;
                reading.trail(Of::House, rev, 1)?.pop().map(|entry| (entry.by, entry.at))
            }
            Purpose::Reopen
            | Purpose::Retire(_)
            | Purpose::EndLookback(_)
            | Purpose::CallOff(_)
            | Purpose::Correct(_) => None,
        };
        // A text that was removed says no longer by whom: then whoever came last stands for them.
        let last = || inspection?.last.as_ref().map(|(by, at, _)| (by.clone(), *at));
        Ok(hand.or_else(last).unwrap_or_default())
    }

    /// Opens a form over what is kept, which somebody touched last: what was put aside for it stands beside what another
    /// has kept since.
    pub(super) fn open_form_over(&mut self, form: Form, (by, at): (PersonId, Stamp)) {
        let place = self.draft_home();
        let parked = self.parked.iter().find(|draft| draft.is_form(&form, place));
        let (rows, base) = parked.map_or_else(Default::default, |draft| (draft.clashes(&form), draft.base().to_vec()));
        self.open_form(form);
        self.overlay = match self.overlay.take() {
            Some(Overlay::Form(mut form)) if !rows.is_empty() => {
                let clashes = rows.iter().filter_map(|(row, theirs)| form.clash(*row, theirs)).collect();
                form.stood(rows.iter().filter_map(|(row, _)| Some((*row, base.get(*row)?.as_str()))));
                self.notice = None;
                Some(Overlay::Conflict(Box::new(Conflict { by, at, clashes, mine: Mine::Parked(form, rows), top: 0 })))
            }
            other => other,
        };
    }

    /// Lays what was refused, and is open again, beside what stands now; what does not clash stays open.
    pub(super) fn lay_beside(&mut self, draft: &Draft, refusal: &Refusal) {
        let Refusal::Stale { by, at, .. } = refusal else { return };
        let conflict = match self.overlay.take() {
            Some(Overlay::Field(field)) if draft.was() != Some(field.base.as_str()) => (field.edit.text().trim_end()
                != field.base)
                .then(|| self.of_field(field.clone(), (by.clone(), *at)))
                .ok_or(Overlay::Field(field)),
            Some(Overlay::Form(form)) => {
                let rows = draft.clashes(&form);
                if rows.is_empty() {
                    Err(Overlay::Form(form))
                } else {
                    let clashes = rows.iter().filter_map(|(row, theirs)| form.clash(*row, theirs)).collect();
                    Ok(Conflict { by: by.clone(), at: *at, clashes, mine: Mine::Form(form, rows), top: 0 })
                }
            }
            // What was refused is handed over again by the key that takes it.
            Some(Overlay::Conflict(open)) => match open.mine {
                Mine::Parked(mut form, rows) => {
                    form.stood(rows.iter().map(|(row, theirs)| (*row, theirs.as_str())));
                    form.fault = Some(w::said(refusal, self.lang));
                    let mine = Mine::Form(form, rows);
                    Ok(Conflict { by: by.clone(), at: *at, clashes: open.clashes, mine, top: 0 })
                }
                Mine::Field(_) | Mine::Form(..) | Mine::Verdicts(_) => Err(Overlay::Conflict(open)),
            },
            Some(other) => Err(other),
            None => return,
        };
        self.overlay = Some(match conflict {
            Ok(conflict) => {
                // It says itself who was faster.
                self.notice = None;
                Overlay::Conflict(Box::new(conflict))
            }
            Err(open) => open,
        });
    }

    /// Lays verdicts that were refused beside those that stand; told once nothing else is open.
    pub(super) fn verdicts_beside(
        &mut self,
        (round, branch, all): (RoundId, BranchId, Vec<(ItemId, Option<Judgement>)>),
        refusal: &Refusal,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        let Refusal::Stale { by, at, .. } = refusal else { return Ok(()) };
        let stands = reading.inspection(round, branch)?;
        let plan = reading.round(round)?;
        let checklist = match &plan {
            Some(plan) => reading.checklist(&plan.plan.edition)?,
            None => None,
        };
        let title = |item: &ItemId| {
            let known = checklist.as_ref().and_then(|checklist| checklist.item(item));
            format!("{item} {}", known.map_or("", |item| item.title.pick(self.lang)))
        };
        let mut clashes = Vec::new();
        let mut free = Vec::new();
        for (item, mine) in &all {
            let theirs = stands.judgement(item);
            let others = stands.cells.get(item).is_some_and(|cell| cell.by != self.me);
            if theirs == *mine {
                continue;
            }
            if theirs.is_none() && !others {
                free.push((item.clone(), mine.clone()));
                continue;
            }
            let said = |judgement: &Option<Judgement>| w::judgement(judgement.as_ref(), self.lang);
            clashes.push(Clash { label: title(item), theirs: said(&theirs), mine: said(mine) });
        }
        if clashes.is_empty() {
            return Ok(());
        }
        // A finding that nobody has typed in was for the verdict that was refused.
        if matches!(&self.overlay, Some(Overlay::Form(form)) if form.is_untouched_finding_on(&all)) {
            self.overlay = None;
        }
        let mine = Mine::Verdicts(Judged { round, branch, saw: stands.rev, all, free });
        self.beside.push_back(Conflict { by: by.clone(), at: *at, clashes, mine, top: 0 });
        self.show_conflict();
        Ok(())
    }

    /// Shows the next conflict that waits, where nothing else is open.
    pub(super) fn show_conflict(&mut self) {
        if self.overlay.is_none() && self.under_help.is_none() {
            self.overlay = self.beside.pop_front().map(|conflict| Overlay::Conflict(Box::new(conflict)));
            if self.overlay.is_some() {
                self.notice = None;
            }
        }
    }

    /// Tells that what another has kept stays.
    pub(super) fn tell_theirs(&mut self) {
        self.tell(Tone::Plain, w::TOOK_THEIRS.say(self.lang));
    }
}

impl Form {
    /// Says what clashes in a row of a form.
    fn clash(&self, row: usize, theirs: &str) -> Option<Clash> {
        let value = &self.rows.get(row)?.value;
        let named = |options: &[String], at: &str| {
            at.parse::<usize>().ok().and_then(|at| options.get(at).cloned()).unwrap_or_default()
        };
        let (theirs, mine) = match value {
            Value::Text(edit) => (theirs.to_owned(), edit.text().to_owned()),
            Value::Choice { options, at } => (named(options, theirs), named(options, &at.to_string())),
        };
        Some(Clash { label: self.rows.get(row)?.label.clone(), theirs, mine })
    }

    /// Takes note of what stands in rows, beside what is typed in them.
    pub(super) fn stood<'a>(&mut self, rows: impl IntoIterator<Item = (usize, &'a str)>) {
        for (row, text) in rows {
            if let Some(base) = self.base.get_mut(row) {
                text.clone_into(base);
            }
        }
    }

    /// Puts what stands now into a row.
    pub(super) fn take_theirs(&mut self, row: usize, theirs: &str) {
        match self.rows.get_mut(row).map(|row| &mut row.value) {
            Some(Value::Text(edit)) => *edit = edit.clone().with_text(theirs),
            Some(Value::Choice { options, at }) => {
                *at = theirs.parse().unwrap_or(*at).min(options.len().saturating_sub(1));
            }
            None => {}
        }
    }

    fn is_untouched_finding_on(&self, judged: &[(ItemId, Option<Judgement>)]) -> bool {
        match &self.kind {
            super::FormKind::Finding(draft) => !self.touched && judged.iter().any(|(item, _)| *item == draft.item),
            _ => false,
        }
    }
}
