//! One text field over the screen: a note, a reason, a name.

use super::{Draft, Effect, Model, Overlay, Screen, Tone};
use crate::domain::{
    BranchCommand, BranchId, CalibrationCommand, CalibrationId, Command, HouseCommand, InspectionCommand, ItemId,
    Judgement, LookbackId, Note, ReadFault, Reading, Request, RoundCommand, RoundId, Verdict, care,
};
use crate::locales::{self as w, Lang, concern, said};
use crate::text::Edit;

/// What a field's text is for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Purpose {
    /// The note on an item.
    Note(ItemId),
    /// Why an item does not apply.
    Reason(ItemId),
    /// Why a signature is lifted.
    Reopen,
    /// The organisation's name.
    Organisation,
    /// Why a unit is retired.
    Retire(BranchId),
    /// Why a look-back ends before all was looked at.
    EndLookback(LookbackId),
    /// Why a round that is over is opened again.
    Correct(RoundId),
    /// Why a calibration is called off.
    CallOff(CalibrationId),
}

/// A text field over the screen.
#[derive(Clone, Debug)]
pub struct Field {
    /// What it is for.
    pub purpose: Purpose,
    /// What is typed.
    pub edit: Edit,
    /// What was kept when it was opened, or when the person was last told of it.
    pub base: String,
}

/// Characters of a newer text that fit into the line beside what is said of it.
const NEWER: usize = 18;

impl Field {
    /// Opens a field with a text.
    pub fn new(purpose: Purpose, text: &str) -> Self {
        let edit = match purpose {
            Purpose::Note(_) => Edit::lines(Note::LIMIT),
            Purpose::Reason(_)
            | Purpose::Reopen
            | Purpose::Retire(_)
            | Purpose::EndLookback(_)
            | Purpose::CallOff(_)
            | Purpose::Correct(_) => Edit::line(200),
            Purpose::Organisation => Edit::line(40),
        };
        Self { purpose, edit: edit.with_text(text), base: text.to_owned() }
    }

    /// Says whether something was typed that is not kept.
    fn is_changed(&self) -> bool {
        let typed = self.edit.text().trim();
        !typed.is_empty() && typed != self.base.trim()
    }

    /// Says what it asks for.
    pub fn title(&self, lang: Lang) -> String {
        match &self.purpose {
            Purpose::Note(item) => w::T_NOTE.fill(lang, &[item]),
            Purpose::Reason(item) => w::T_REASON.fill(lang, &[item]),
            Purpose::Reopen => w::T_REOPEN.say(lang).to_owned(),
            Purpose::Organisation => w::T_ORGANISATION.say(lang).to_owned(),
            Purpose::Retire(_) => w::T_RETIRE.say(lang).to_owned(),
            Purpose::EndLookback(_) => w::T_END_LOOKBACK.say(lang).to_owned(),
            Purpose::CallOff(_) => w::T_CALL_OFF.say(lang).to_owned(),
            Purpose::Correct(_) => w::T_CORRECT.say(lang).to_owned(),
        }
    }

    /// Says whether Enter makes a new line, an empty one too; then Ctrl-S keeps.
    pub const fn has_lines(&self) -> bool {
        matches!(self.purpose, Purpose::Note(_))
    }
}

impl Model {
    /// Opens a field, with what was put aside for it where something was.
    pub(super) fn open_field(&mut self, purpose: Purpose, text: &str) {
        let refused = match purpose {
            Purpose::Note(_) | Purpose::Reason(_) => self.refuse_walk(),
            Purpose::Reopen
            | Purpose::Organisation
            | Purpose::Retire(_)
            | Purpose::EndLookback(_)
            | Purpose::CallOff(_)
            | Purpose::Correct(_) => self.refuse_read_only(),
        };
        if refused {
            return;
        }
        let place = self.draft_home();
        let parked = self.parked.iter().position(|draft| draft.is_field(&purpose, place));
        let field = match parked.map(|at| self.parked.remove(at)) {
            Some(draft) => {
                self.tell(Tone::Plain, w::DRAFT_BACK.say(self.lang));
                let mut field = draft.into_field().unwrap_or_else(|| Field::new(purpose, text));
                self.tell_moved_on(&mut field, text);
                field
            }
            None => Field::new(purpose, text),
        };
        self.overlay = Some(Overlay::Field(field));
    }

    /// Tells that what is kept is not any more what the field was opened with.
    ///
    /// The field goes on with what was typed, and what is kept stands in the line, so that both are seen before one
    /// takes the place of the other.
    fn tell_moved_on(&mut self, field: &mut Field, kept: &str) {
        if field.base != kept && field.edit.text().trim_end() != kept {
            let mut shown: String = kept.chars().take(NEWER).map(|c| if c == '\n' { ' ' } else { c }).collect();
            if shown.len() < kept.len() {
                shown.push('…');
            }
            self.tell(Tone::Warning, w::DRAFT_AND_NEWER.fill(self.lang, &[&shown]));
        }
        kept.clone_into(&mut field.base);
    }

    /// Returns what is kept of what a field is for.
    pub(super) fn kept_text(&self, purpose: &Purpose, reading: &dyn Reading) -> Result<String, ReadFault> {
        let walk = self.walk();
        Ok(match purpose {
            Purpose::Note(item) => walk.map_or_else(String::new, |walk| walk.inspection.note(item).to_owned()),
            Purpose::Reason(item) => {
                let judgement = walk.and_then(|walk| walk.inspection.judgement(item));
                judgement.map_or_else(String::new, |judgement| judgement.reason)
            }
            Purpose::Organisation => reading.house()?.name,
            Purpose::Reopen
            | Purpose::Retire(_)
            | Purpose::EndLookback(_)
            | Purpose::CallOff(_)
            | Purpose::Correct(_) => String::new(),
        })
    }

    pub(super) fn refuse_read_only(&mut self) -> bool {
        if self.read_only {
            self.tell(Tone::Warning, w::READ_ONLY.say(self.lang));
        }
        self.read_only
    }

    /// Refuses to open what could not be kept: the store is read-only, the round closed or the inspection signed.
    pub(super) fn refuse_walk(&mut self) -> bool {
        if self.refuse_read_only() {
            return true;
        }
        let Some(walk) = self.walk() else { return false };
        let item = walk.item().map(|item| item.id.clone());
        let Some(refusal) = walk.shut(item.as_ref()) else { return false };
        let text = said(&refusal, self.lang);
        self.tell(Tone::Warning, text);
        true
    }

    /// Keeps a field's text. `warned` says that the person was told what looks like personal data.
    pub(super) fn keep_field(
        &mut self,
        mut field: Field,
        warned: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let text = field.edit.text().trim_end().to_owned();
        let kept = self.kept_text(&field.purpose, reading)?;
        if let Some(conflict) = self.field_conflict(&mut field, &kept, reading)? {
            self.overlay = Some(Overlay::Conflict(Box::new(conflict)));
            return Ok(());
        }
        let concerns = care::concerns(&text);
        if !warned && !concerns.is_empty() {
            let listed: Vec<String> = concerns.iter().map(|found| concern(found, self.lang)).collect();
            let question = w::ASK_PERSONAL.fill(self.lang, &[&listed.join("、")]);
            self.overlay = Some(Overlay::Field(field));
            self.ask(question, super::Confirmed::KeepField);
            return Ok(());
        }
        let waiting = self.waiting;
        let draft = Draft::of_field(&field, self.draft_home());
        let unchanged = match &field.purpose {
            Purpose::Note(item) => self.walk().is_some_and(|walk| walk.inspection.note(item) == text),
            _ => false,
        };
        if unchanged {
            return Ok(());
        }
        match field.purpose.clone() {
            Purpose::Note(item) => effects.extend(self.submit_walk(InspectionCommand::Note { item, text })),
            Purpose::Reason(item) => {
                let now = Judgement { verdict: Verdict::NotApplicable, reason: text };
                effects.extend(self.submit_walk(InspectionCommand::Judge(vec![(item, Some(now))])));
                if self.waiting > waiting {
                    self.advance(matches!(self.screen, Screen::Across(_)));
                }
            }
            Purpose::Reopen => effects.extend(self.submit_walk(InspectionCommand::Reopen { reason: text })),
            Purpose::Organisation => {
                let command = Command::House(HouseCommand::Name(text));
                let saw = reading.house()?.rev;
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
            }
            Purpose::CallOff(id) => {
                let command = CalibrationCommand::CallOff { reason: text };
                effects.push(self.submit_calibration(id, command, reading)?);
            }
            Purpose::EndLookback(id) => effects.push(self.end_lookback(id, text, reading)?),
            Purpose::Correct(id) => {
                let saw = reading.round(id)?.map_or_else(Default::default, |round| round.rev);
                let command = Command::Round(id, RoundCommand::Correct { reason: text });
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
            }
            Purpose::Retire(id) => {
                let saw = reading.branch(id)?.map_or_else(Default::default, |branch| branch.rev);
                let command = Command::Branch(id, BranchCommand::Retire { reason: text });
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
            }
        }
        if self.waiting > waiting {
            self.keep_aside(draft);
        } else {
            // Refused: the text stays where it was typed, under the line that says why.
            self.overlay = Some(Overlay::Field(field));
        }
        Ok(())
    }

    /// Puts aside what is typed in the overlay, so that Esc never discards it.
    pub(super) fn park(&mut self) {
        let place = self.draft_home();
        let draft = match self.overlay.take() {
            Some(Overlay::Field(field)) if field.is_changed() => Draft::of_field(&field, place),
            Some(Overlay::Form(form)) if form.touched => Draft::of_form(&form, place),
            _ => return,
        };
        self.put_aside(draft);
        self.tell(Tone::Plain, w::DRAFT_PARKED.say(self.lang));
    }
}
