//! The keys of a conflict. Digits pass through an input method, and these are no verdicts: what is meant for the next item
//! never takes either.

use super::conflict::{Conflict, Mine};
use super::{Effect, Form, Model, Overlay, Screen, Tone};
use crate::domain::{Command, InspectionCommand, ItemId, Judgement, ReadFault, Reading, Request, Verdict};
use crate::keys::Code;
use crate::locales as w;

impl Model {
    /// Takes a key while a conflict is shown.
    pub(super) fn conflict_key(
        &mut self,
        mut conflict: Box<Conflict>,
        code: Code,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match code {
            Code::Char('8') => return self.take_mine(*conflict, reading, effects),
            Code::Char('9') => {
                self.take_theirs(*conflict, effects);
                return Ok(());
            }
            Code::Esc => {
                self.back_to_mine(*conflict);
                return Ok(());
            }
            Code::Down | Code::Char('j') => conflict.top = conflict.top.saturating_add(1),
            Code::Up | Code::Char('k') => conflict.top = conflict.top.saturating_sub(1),
            Code::PageDown => conflict.top = conflict.top.saturating_add(5),
            Code::PageUp => conflict.top = conflict.top.saturating_sub(5),
            _ => self.tell(Tone::Plain, w::CONFLICT_KEYS.say(self.lang)),
        }
        let last = self.conflict_lines(&conflict).len().saturating_sub(self.conflict_room().1);
        conflict.top = conflict.top.min(last);
        self.overlay = Some(Overlay::Conflict(conflict));
        Ok(())
    }

    /// Hands one's own over again, on what stands now.
    fn take_mine(
        &mut self,
        conflict: Conflict,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match conflict.mine {
            Mine::Field(field) => self.keep_field(field, false, reading, effects),
            Mine::Form(form, _) => self.keep_form(form, false, reading, effects),
            Mine::Parked(form, rows) => {
                self.go_on_with(form, &rows);
                self.tell(Tone::Plain, w::DRAFT_BACK.say(self.lang));
                Ok(())
            }
            Mine::Verdicts(judged) => {
                let failed = match judged.all.as_slice() {
                    [(item, Some(Judgement { verdict: Verdict::Fail, .. }))] => Some(item.clone()),
                    _ => None,
                };
                let here = matches!(&self.screen, Screen::Walk(walk)
                    if (walk.round.id, walk.inspection.branch) == (judged.round, judged.branch));
                let command = InspectionCommand::Judge(judged.all);
                let command = Command::Inspection(judged.round, judged.branch, command);
                effects.push(self.submit(Request { by: self.me.clone(), saw: judged.saw, command }));
                if let Some(item) = failed.filter(|_| here) {
                    self.goto_item(&item);
                    self.open_finding();
                }
                Ok(())
            }
        }
    }

    /// Lets what another has kept stand; what does not clash with it is not lost.
    fn take_theirs(&mut self, conflict: Conflict, effects: &mut Vec<Effect>) {
        match conflict.mine {
            Mine::Field(_) => {}
            Mine::Form(mut form, rows) | Mine::Parked(mut form, rows) => {
                form.stood(rows.iter().map(|(row, theirs)| (*row, theirs.as_str())));
                for (row, theirs) in rows {
                    form.take_theirs(row, &theirs);
                }
                if form.values() != form.base {
                    form.fault = None;
                    self.overlay = Some(Overlay::Form(form));
                }
            }
            Mine::Verdicts(judged) => {
                if !judged.free.is_empty() {
                    let command = InspectionCommand::Judge(judged.free);
                    let command = Command::Inspection(judged.round, judged.branch, command);
                    effects.push(self.submit(Request { by: self.me.clone(), saw: judged.saw, command }));
                }
            }
        }
        self.tell_theirs();
    }

    /// Opens a form with what was typed in it; what another has kept was seen and stands under it.
    fn go_on_with(&mut self, mut form: Form, rows: &[(usize, String)]) {
        form.stood(rows.iter().map(|(row, theirs)| (*row, theirs.as_str())));
        self.overlay = Some(Overlay::Form(form));
    }

    /// Goes back to what was typed, which is kept; a verdict is given up for another look.
    fn back_to_mine(&mut self, conflict: Conflict) {
        match conflict.mine {
            Mine::Field(field) => {
                self.overlay = Some(Overlay::Field(field));
                self.tell(Tone::Warning, w::MINE_KEPT.say(self.lang));
            }
            Mine::Form(form, rows) | Mine::Parked(form, rows) => {
                self.go_on_with(form, &rows);
                self.tell(Tone::Warning, w::MINE_KEPT.say(self.lang));
            }
            Mine::Verdicts(judged) => {
                let first: Option<ItemId> = judged.all.into_iter().map(|(item, _)| item).next();
                let here = matches!(&self.screen, Screen::Walk(walk)
                    if (walk.round.id, walk.inspection.branch) == (judged.round, judged.branch));
                if let Some(item) = first.filter(|_| here) {
                    self.goto_item(&item);
                }
            }
        }
    }
}
