//! The forms of a calibration: who judges what, and another verdict where the two differ.

use std::sync::Arc;

use super::{CalibrationPage, Draft, Effect, Form, FormKind, Model, Row, Tone};
use crate::domain::{
    BranchId, CalibrationCommand, CalibrationId, Checklist, Choice, Command, Extent, ItemId, Judgement, PERSON_LIMIT,
    PersonId, ReadFault, Reading, Request, Rev, RoundId, Verdict, access,
};
use crate::locales::{self as w, said, verdict};

/// What a form of a calibration is for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum CalibrationDraft {
    /// To begin one.
    Begin {
        /// The round.
        round: RoundId,
        /// The branch.
        branch: BranchId,
        /// Those who walk here, to choose from; nobody where no persons are entered.
        persons: Vec<PersonId>,
    },
    /// To take another verdict for an item.
    Other {
        /// The calibration.
        id: CalibrationId,
        /// The item.
        item: ItemId,
    },
}

/// Lists what can be judged twice, in the order of the choices: everything, then cards, then groups.
fn extents(checklist: &Checklist) -> Vec<Extent> {
    let cards = checklist.cards.iter().map(|card| Extent::Card(card.id.clone()));
    let groups = checklist.groups.iter().map(|group| Extent::Group(group.id.clone()));
    std::iter::once(Extent::Whole).chain(cards).chain(groups).collect()
}

impl Model {
    /// Opens the form that begins a calibration.
    pub(super) fn begin_calibration(
        &mut self,
        round: RoundId,
        branch: BranchId,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        let house = reading.house()?;
        let walks = |person: &&PersonId| access::one_of(&house.actor(person), access::WALKERS).is_ok();
        let persons = house.persons.keys().filter(walks).cloned().collect();
        if let Err(refusal) = access::one_of(&house.actor(&self.me), access::WALKERS) {
            let text = said(&refusal, self.lang);
            self.tell(Tone::Warning, text);
            return Ok(());
        }
        self.open_calibration_form(&CalibrationDraft::Begin { round, branch, persons }, reading)
    }

    pub(super) fn open_calibration_form(
        &mut self,
        draft: &CalibrationDraft,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        if let Some(form) = self.calibration_form(draft, reading)? {
            self.open_form(form);
        }
        Ok(())
    }

    /// Makes the form; nothing where what it is about is gone.
    pub(super) fn calibration_form(
        &self,
        draft: &CalibrationDraft,
        reading: &dyn Reading,
    ) -> Result<Option<Form>, ReadFault> {
        let lang = self.lang;
        let (title, rows) = match draft {
            CalibrationDraft::Begin { round, branch, persons } => {
                let Some(checklist) = text_of(*round, reading)? else { return Ok(None) };
                let named: Vec<String> = persons.iter().map(|person| person.0.clone()).collect();
                let row = |label: &w::Word, at: usize| match named.len() {
                    0 => Row::text(label.say(lang), PERSON_LIMIT, if at == 0 { &self.me.0 } else { "" }),
                    len => Row::choice(label.say(lang), named.clone(), at.min(len - 1)),
                };
                let me = persons.iter().position(|person| *person == self.me).unwrap_or_default();
                let options = extents(&checklist).iter().map(|extent| w::extent(extent, &checklist, lang)).collect();
                let rows = vec![
                    row(&w::F_FIRST, me),
                    row(&w::F_SECOND, usize::from(me == 0)),
                    Row::choice(w::F_EXTENT.say(lang), options, 0),
                ];
                (w::T_CALIBRATE.fill(lang, &[&reading.path(*branch, " / ")?]), rows)
            }
            CalibrationDraft::Other { id, item } => {
                let page = CalibrationPage::load(reading, *id, &self.me, None, 1)?;
                let Some(page) = page else { return Ok(None) };
                let options = scale(&page).iter().map(|of| verdict(*of).say(lang).to_owned()).collect();
                let rows =
                    vec![Row::choice(w::F_VERDICT.say(lang), options, 0), Row::text(w::F_REASON_NA.say(lang), 200, "")];
                (w::T_OTHER.fill(lang, &[item]), rows)
            }
        };
        Ok(Some(Form::new(FormKind::Calibration(draft.clone()), title, rows, 0)))
    }

    /// Keeps the form. `warned` says that the person was told what looks like personal data.
    pub(super) fn keep_calibration(
        &mut self,
        form: Form,
        warned: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let FormKind::Calibration(draft) = &form.kind else { return Ok(()) };
        let draft = draft.clone();
        let texts: &[usize] = if matches!(draft, CalibrationDraft::Other { .. }) { &[1] } else { &[] };
        let Some(form) = self.unless_personal(form, texts, warned) else { return Ok(()) };
        match draft {
            CalibrationDraft::Begin { round, branch, persons: _ } => {
                let Some(checklist) = text_of(round, reading)? else { return Ok(()) };
                let person = |row: usize| PersonId(form.text(row).to_owned());
                let extent = extents(&checklist).into_iter().nth(form.chosen(2)).unwrap_or(Extent::Whole);
                let n = reading.calibrations(round, branch)?.last().map_or(0, |last| last.id.n).saturating_add(1);
                let command = CalibrationCommand::Begin { walkers: [person(0), person(1)], extent };
                let command = Command::Calibration(CalibrationId { round, branch, n }, command);
                effects.push(self.submit(Request { by: self.me.clone(), saw: Rev(0), command }));
            }
            CalibrationDraft::Other { id, item } => {
                let Some(page) = CalibrationPage::load(reading, id, &self.me, None, 1)? else { return Ok(()) };
                let verdict = scale(&page).get(form.chosen(0)).copied().unwrap_or(Verdict::Pass);
                let reason = if verdict == Verdict::NotApplicable { form.text(1).to_owned() } else { String::new() };
                let choice = Choice::Other(Judgement { verdict, reason });
                effects.push(self.take_other(id, item, choice, reading)?);
                self.go_to_unsettled();
            }
        }
        self.keep_aside(Draft::of_form(&form, self.draft_home()));
        self.tell(Tone::Plain, w::KEEPING.say(self.lang));
        Ok(())
    }
}

/// Returns the checklist of a round.
fn text_of(round: RoundId, reading: &dyn Reading) -> Result<Option<Arc<Checklist>>, ReadFault> {
    match reading.round(round)? {
        Some(round) => reading.checklist(&round.plan.edition),
        None => Ok(None),
    }
}

/// Lists the verdicts of the round's scale.
fn scale(page: &CalibrationPage) -> Vec<Verdict> {
    Verdict::ALL.into_iter().filter(|verdict| page.round.plan.scale.allows(*verdict)).collect()
}
