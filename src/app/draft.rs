//! Texts that are typed and not kept: parked by Esc, set aside while the desk decides, brought back where they were.

use serde::{Deserialize, Serialize};

use super::{
    CalibrationDraft, Field, FindingDraft, Form, FormKind, LookDraft, Model, Overlay, Place, Purpose, StepDraft,
    TeamDraft, Ticket, Tone, Value,
};
use crate::domain::{BranchId, ReadFault, Reading, Refusal, RoundId};
use crate::locales as w;

/// The most texts that are put aside.
const PARKED: usize = 20;

/// What a draft belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum DraftKind {
    Field(Purpose),
    Branch(Option<BranchId>),
    Round(Option<RoundId>),
    Finding(FindingDraft),
    Step(StepDraft),
    Draw,
    Look(LookDraft),
    Team(TeamDraft),
    Calibration(CalibrationDraft),
}

/// A text that is not kept yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    kind: DraftKind,
    home: Option<(RoundId, BranchId)>,
    values: Vec<String>,
    /// What stood in the fields before anything was typed.
    #[serde(default)]
    base: Vec<String>,
    focus: usize,
    caret: usize,
    rewritten: bool,
}

impl Draft {
    /// Makes a draft of a field.
    pub fn of_field(field: &Field, home: Option<(RoundId, BranchId)>) -> Self {
        Self {
            kind: DraftKind::Field(field.purpose.clone()),
            home,
            values: vec![field.edit.text().to_owned()],
            base: vec![field.base.clone()],
            focus: 0,
            caret: field.edit.caret(),
            rewritten: false,
        }
    }

    /// Makes a draft of a form.
    pub fn of_form(form: &Form, home: Option<(RoundId, BranchId)>) -> Self {
        let caret = match form.rows.get(form.focus).map(|row| &row.value) {
            Some(Value::Text(edit)) => edit.caret(),
            _ => 0,
        };
        let (kind, rewritten) = match &form.kind {
            FormKind::Branch { id, .. } => (DraftKind::Branch(*id), false),
            FormKind::Round { id, .. } => (DraftKind::Round(*id), false),
            FormKind::Finding(draft) => (DraftKind::Finding(draft.clone()), draft.rewritten),
            FormKind::Step(draft) => (DraftKind::Step(draft.clone()), false),
            FormKind::Draw => (DraftKind::Draw, false),
            FormKind::Look(draft) => (DraftKind::Look(draft.clone()), false),
            FormKind::Team { draft, .. } => (DraftKind::Team(draft.clone()), false),
            FormKind::Calibration(draft) => (DraftKind::Calibration(draft.clone()), false),
        };
        Self { kind, home, values: form.values(), base: form.base.clone(), focus: form.focus, caret, rewritten }
    }

    pub(super) fn is_field(&self, purpose: &Purpose, home: Option<(RoundId, BranchId)>) -> bool {
        self.kind == DraftKind::Field(purpose.clone()) && self.home == home
    }

    pub(super) fn is_form(&self, form: &Form, home: Option<(RoundId, BranchId)>) -> bool {
        let same = match (&self.kind, &form.kind) {
            (DraftKind::Branch(mine), FormKind::Branch { id, .. }) => mine == id,
            (DraftKind::Round(mine), FormKind::Round { id, .. }) => mine == id,
            (DraftKind::Finding(mine), FormKind::Finding(draft)) => (&mine.item, mine.n) == (&draft.item, draft.n),
            (DraftKind::Step(mine), FormKind::Step(draft)) => mine.is_same(draft),
            (DraftKind::Draw, FormKind::Draw) => true,
            (DraftKind::Look(mine), FormKind::Look(draft)) => mine == draft,
            (DraftKind::Team(mine), FormKind::Team { draft, .. }) => mine == draft,
            (DraftKind::Calibration(mine), FormKind::Calibration(draft)) => mine == draft,
            _ => false,
        };
        same && self.home == home && self.values.len() == form.rows.len()
    }

    /// Returns what stood in a field before anything was typed.
    pub(super) fn was(&self) -> Option<&str> {
        self.base.first().map(String::as_str)
    }

    /// Returns what stood in the rows before anything was typed.
    pub(super) fn base(&self) -> &[String] {
        &self.base
    }

    /// Lists the rows of a form of now in which another has kept something else than was typed, with what that is.
    pub(super) fn clashes(&self, form: &Form) -> Vec<(usize, String)> {
        let rows = self.base.iter().zip(&self.values).zip(&form.base).enumerate();
        let clashes = rows.filter(|(_, ((was, mine), now))| was != now && was != mine && mine != now);
        clashes.map(|(row, (_, now))| (row, now.clone())).collect()
    }

    pub(super) fn same_place(&self, other: &Self) -> bool {
        let same = match (&self.kind, &other.kind) {
            (DraftKind::Finding(mine), DraftKind::Finding(other)) => (&mine.item, mine.n) == (&other.item, other.n),
            (DraftKind::Step(mine), DraftKind::Step(other)) => mine.is_same(other),
            (mine, other) => mine == other,
        };
        same && self.home == other.home
    }

    pub(super) fn into_field(self) -> Option<Field> {
        let DraftKind::Field(purpose) = self.kind else {
            return None;
        };
        let mut field = Field::new(purpose, self.values.first().map_or("", String::as_str));
        field.edit.set_caret(self.caret);
        // Places of older versions do not know what stood there; then what was typed counts as new.
        field.base = self.base.into_iter().next().unwrap_or_default();
        Some(field)
    }

    /// Puts what was typed back into a freshly opened form; what was not touched follows what stands now.
    pub(super) fn into_form(self, mut form: Form) -> Form {
        // A new unit has no record to follow: its parent too is the one that it was typed under.
        let new = matches!(self.kind, DraftKind::Branch(None));
        for (at, (row, value)) in form.rows.iter_mut().zip(&self.values).enumerate() {
            if !new && self.base.get(at) == Some(value) {
                continue;
            }
            match &mut row.value {
                Value::Text(edit) => *edit = edit.clone().with_text(value),
                Value::Choice { options, at } => {
                    *at = value.parse().unwrap_or(*at).min(options.len().saturating_sub(1));
                }
            }
        }
        form.focus = self.focus.min(form.rows.len().saturating_sub(1));
        form.touched = true;
        if let Some(edit) = form.edit_mut() {
            edit.set_caret(self.caret);
        }
        if let FormKind::Finding(draft) = &mut form.kind {
            draft.rewritten = self.rewritten;
        }
        form
    }
}

impl Place {
    /// Says whether it holds words that stand nowhere else.
    pub const fn is_worded(&self) -> bool {
        self.typing.is_some() || !self.parked.is_empty()
    }

    /// Puts aside what was half typed at another line of the person, where nothing is typed here for the same.
    pub fn takes_in(&mut self, left: Self) {
        for draft in left.parked.into_iter().chain(left.typing) {
            let mut own = self.parked.iter().chain(&self.typing);
            if self.parked.len() < PARKED && !own.any(|own| own.same_place(&draft)) {
                // Before what is typed here: the first to go where room gets short.
                self.parked.insert(0, draft);
            }
        }
    }
}

impl Model {
    /// Returns the inspection that a draft typed now would belong to.
    pub(super) fn draft_home(&self) -> Option<(RoundId, BranchId)> {
        self.walk().map(|walk| (walk.round.id, walk.inspection.branch))
    }

    pub(super) fn retype(&mut self, draft: Draft, reading: &dyn Reading) -> Result<(), ReadFault> {
        if draft.home != self.draft_home() {
            self.put_aside(draft);
            self.tell(Tone::Plain, w::DRAFT_PARKED.say(self.lang));
            return Ok(());
        }
        self.put_aside(draft.clone());
        match draft.kind {
            DraftKind::Field(purpose) => {
                let kept = self.kept_text(&purpose, reading)?;
                self.open_field(purpose, &kept);
            }
            DraftKind::Finding(finding) => {
                self.goto_item(&finding.item);
                self.open_finding();
            }
            DraftKind::Branch(None) => self.open_new_branch(None),
            DraftKind::Branch(Some(id)) => {
                if let Some(branch) = reading.branch(id)? {
                    self.open_branch_edit(&branch, reading)?;
                }
            }
            DraftKind::Step(step) => self.retype_step(&step, reading)?,
            DraftKind::Draw => {
                let form = self.draw_form();
                self.open_form(form);
            }
            DraftKind::Look(look) => self.open_look(&look, reading)?,
            DraftKind::Team(team) => self.open_team(team.round, team.unit, reading)?,
            DraftKind::Calibration(draft) => self.open_calibration_form(&draft, reading)?,
            DraftKind::Round(None) => self.open_new_round(reading)?,
            DraftKind::Round(Some(id)) => self.open_round_edit(id, reading)?,
        }
        let warned = self.notice.as_ref().is_some_and(|notice| notice.tone != Tone::Plain);
        if self.overlay.is_some() && !warned {
            self.tell(Tone::Plain, w::RESUMED.say(self.lang));
        }
        Ok(())
    }

    /// Puts a text aside, in the place of an older one that belongs to the same.
    pub(super) fn put_aside(&mut self, draft: Draft) {
        self.parked.retain(|other| !other.same_place(&draft));
        self.parked.push(draft);
        // Enough for an afternoon; the oldest goes first.
        if self.parked.len() > PARKED {
            self.parked.remove(0);
        }
    }

    /// Keeps a copy of what was just handed to the desk until it has answered, so that a refusal loses nothing.
    pub(super) fn keep_aside(&mut self, draft: Draft) {
        self.put_aside(draft.clone());
        self.aside.push((self.last_ticket, draft));
    }

    /// Returns the copy that belongs to an answer.
    pub(super) fn take_aside(&mut self, ticket: Ticket) -> Option<Draft> {
        let at = self.aside.iter().position(|(of, _)| *of == ticket)?;
        Some(self.aside.remove(at).1)
    }

    /// Forgets a text once the desk has kept it.
    pub(super) fn unpark(&mut self, kept: &Draft) {
        self.parked.retain(|other| other != kept);
    }

    /// Opens again what the desk has refused, with the reason, unless the person is in the middle of something else.
    pub(super) fn reopen(&mut self, draft: &Draft, refusal: &Refusal, reading: &dyn Reading) -> Result<(), ReadFault> {
        let reason = w::said(refusal, self.lang);
        if self.overlay.is_some() || draft.home != self.draft_home() {
            return Ok(());
        }
        self.unpark(draft);
        self.notice = None;
        self.retype(draft.clone(), reading)?;
        let newer = self.notice.take().filter(|notice| notice.tone != Tone::Plain);
        self.tell(Tone::Warning, newer.map_or_else(|| reason.clone(), |newer| newer.text));
        if let Some(Overlay::Form(form)) = &mut self.overlay {
            form.fault = Some(reason);
        }
        self.lay_beside(draft, refusal);
        Ok(())
    }
}
