//! One message at a time: a field first, then the key map, then the screen.

use super::{Action, Confirmed, Effect, FormKind, Model, Msg, Overlay, Palette, Tone};
use crate::domain::{
    BranchCommand, Command, InspectionCommand, Judgement, ReadFault, Reading, Request, RoundCommand, Verdict,
};
use crate::keys::{Code, Found, Glue, Input, Key, plain};
use crate::locales as w;
use crate::text::{Ambiguous, Edit};

/// Takes a message and answers what the session is to do. A record that cannot be read is told, never a panic.
pub fn update(model: &mut Model, msg: Msg, reading: &dyn Reading) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Err(fault) = model.take(msg, reading, &mut effects) {
        model.tell(Tone::Error, w::DAMAGED.fill(model.lang, &[&fault.record, &fault.reason]));
    }
    effects
}

/// Types a key into a field; answers whether the field knows it.
pub fn type_into(edit: &mut Edit, key: Key, cols: usize, ambiguous: Ambiguous) -> bool {
    match (key.code, key.ctrl) {
        (Code::Char('z'), true) => drop(edit.undo()),
        (Code::Char('r'), true) => drop(edit.redo()),
        (Code::Char('u'), true) => edit.kill_to_start(),
        (Code::Char('w'), true) => edit.kill_word(),
        (Code::Char('a'), true) | (Code::Home, _) => edit.home(),
        (Code::Char('e'), true) | (Code::End, _) => edit.end(),
        (Code::Char('d'), true) | (Code::Delete, _) => edit.delete(),
        (Code::Char(c), false) if !key.alt => drop(edit.insert_char(c)),
        (Code::Backspace, _) => edit.backspace(),
        (Code::Left, _) => edit.left(),
        (Code::Right, _) => edit.right(),
        (Code::Up, _) if edit.is_multiline() => edit.up(cols, ambiguous),
        (Code::Down, _) if edit.is_multiline() => edit.down(cols, ambiguous),
        _ => return false,
    }
    true
}

impl Model {
    fn take(&mut self, msg: Msg, reading: &dyn Reading, effects: &mut Vec<Effect>) -> Result<(), ReadFault> {
        match msg {
            Msg::Resize(cols, rows) => {
                self.size = (cols, rows);
                self.settle(reading)?;
                effects.push(Effect::Redraw);
            }
            Msg::Minute(moment) => {
                let back = moment.stamp.0 + 60_000 < self.moment.stamp.0;
                self.moment = moment;
                if back {
                    self.tell(Tone::Warning, w::CLOCK_BACK.say(self.lang));
                }
            }
            Msg::Answer(ticket, answer) => self.answered(ticket, *answer, reading, effects)?,
            Msg::News(seq) => {
                if seq > self.seen && self.waiting == 0 {
                    self.seen = seq;
                    self.refresh(reading)?;
                }
            }
            Msg::Input(input) => self.hold_or_take(input, reading, effects)?,
            Msg::Do(action) => {
                self.notice = self.notice.take().filter(|notice| notice.tone == Tone::Error);
                self.run(action, reading, effects)?;
                self.settle(reading)?;
            }
        }
        Ok(())
    }

    pub(super) fn input(
        &mut self,
        input: Input,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match input {
            Input::Reply(_) => Ok(()),
            Input::Invalid => {
                self.tell(Tone::Warning, w::NOT_UTF8.say(self.lang));
                Ok(())
            }
            Input::Paste(text) => self.paste(&text, reading),
            Input::PasteCut => {
                self.tell(Tone::Warning, w::PASTE_CUT.say(self.lang));
                Ok(())
            }
            Input::Key(key, glue) => {
                if self.dismisses_failure(key) {
                    return Ok(());
                }
                self.key(key, glue, reading, effects)?;
                // What keys write to is what the screen shows, whatever the key has moved.
                self.settle(reading)
            }
        }
    }

    fn paste(&mut self, text: &str, reading: &dyn Reading) -> Result<(), ReadFault> {
        let pasted = match self.open_edit() {
            Some(edit) => edit.paste(text),
            None => {
                self.tell(Tone::Plain, w::PASTE_NOWHERE.say(self.lang));
                return Ok(());
            }
        };
        if pasted.cut {
            self.tell(Tone::Warning, w::PASTE_CUT.say(self.lang));
        } else if pasted.changed {
            self.tell(Tone::Plain, w::PASTE_CLEANED.say(self.lang));
        }
        self.typed(reading)
    }

    /// Returns the text field that has the keys.
    fn open_edit(&mut self) -> Option<&mut Edit> {
        if self.overlay.is_none() {
            return self.open_filter().map(|filter| &mut filter.edit);
        }
        match &mut self.overlay {
            Some(Overlay::Field(field)) => Some(&mut field.edit),
            Some(Overlay::Form(form)) => {
                form.touched = true;
                form.edit_mut()
            }
            Some(Overlay::Palette(palette)) => Some(&mut palette.edit),
            Some(Overlay::Help { .. } | Overlay::Confirm { .. } | Overlay::Losses { .. }) | None => None,
        }
    }

    /// Follows what was typed: a filter searches, a slot fills the wording.
    pub(super) fn typed(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        match self.overlay.take() {
            Some(Overlay::Palette(mut palette)) => {
                palette.search(self);
                self.overlay = Some(Overlay::Palette(palette));
            }
            Some(Overlay::Form(mut form)) => {
                Self::refill_finding(&mut form);
                self.overlay = Some(Overlay::Form(form));
            }
            None => self.search(reading)?,
            other => self.overlay = other,
        }
        Ok(())
    }

    fn key(&mut self, key: Key, glue: Glue, reading: &dyn Reading, effects: &mut Vec<Effect>) -> Result<(), ReadFault> {
        if self.overlay.is_some() {
            return self.overlay_key(key, reading, effects);
        }
        if self.open_filter().is_some() {
            return self.filter_key(key, reading, effects);
        }
        self.pending.push(plain(key));
        let counted = self.pending.len() == 1 && self.take_count(plain(key));
        if counted {
            self.pending.clear();
            return Ok(());
        }
        let found = self.keymap.lookup(self.scopes(), &self.pending);
        match found {
            Found::Prefix(_) => Ok(()),
            Found::Action(action) => {
                self.pending.clear();
                if glue == Glue::Text && action.writes() {
                    self.tell(Tone::Warning, w::LOOKS_PASTED.say(self.lang));
                    return Ok(());
                }
                let action = if action == Action::Repeat { self.last_action.unwrap_or(action) } else { action };
                self.run(action, reading, effects)
            }
            Found::None => {
                let dead = std::mem::take(&mut self.pending);
                self.count = None;
                if dead.len() > 1 || dead.first().is_some_and(|key| key.code == Code::Esc) {
                    return Ok(());
                }
                self.tell(Tone::Plain, w::DEAD_KEY.fill(self.lang, &[&key.label(false)]));
                Ok(())
            }
        }
    }

    /// Takes a digit of a count, where digits mean nothing else.
    fn take_count(&mut self, key: Key) -> bool {
        let Code::Char(c) = key.code else { return false };
        let Some(digit) = c.to_digit(10).filter(|digit| *digit > 0 || self.count.is_some()) else {
            return false;
        };
        if key.ctrl || key.alt || !matches!(self.keymap.lookup(self.scopes(), &[key]), Found::None) {
            return false;
        }
        self.count = Some(self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(99_999));
        true
    }

    /// Does what an action means on this screen.
    pub(super) fn run(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        if action != Action::Repeat && action.scope() == super::Scope::Walk {
            self.last_action = Some(action);
        }
        if self.read_only && action.writes() {
            self.tell(Tone::Warning, w::READ_ONLY.say(self.lang));
            return Ok(());
        }
        match action {
            Action::Help => self.overlay = Some(Overlay::Help { top: 0 }),
            Action::Palette => self.overlay = Some(Overlay::Palette(Palette::new(self))),
            Action::Language => self.lang = self.lang.next(),
            Action::Redraw => effects.push(Effect::Redraw),
            Action::Quit => effects.push(Effect::Quit),
            Action::Back => self.back(reading)?,
            Action::Repeat => {}
            _ => self.screen_action(action, reading, effects)?,
        }
        self.count = None;
        Ok(())
    }

    fn overlay_key(&mut self, key: Key, reading: &dyn Reading, effects: &mut Vec<Effect>) -> Result<(), ReadFault> {
        let rows = self.list_rows();
        let (cols, ambiguous) = (self.field_cols(), self.ambiguous);
        let Some(overlay) = self.overlay.take() else {
            return Ok(());
        };
        let meant = plain(key);
        match overlay {
            Overlay::Help { top } => self.help_key(top, meant.code),
            Overlay::Losses { mut cursor } => {
                let lost = self.walk().map_or(0, |walk| walk.score.losses.len());
                let step = match meant.code {
                    Code::Down | Code::Char('j') => 1,
                    Code::Up | Code::Char('k') => -1,
                    Code::Enter => {
                        let item =
                            self.walk().and_then(|walk| walk.score.losses.get(cursor.at)).map(|l| l.item.clone());
                        if let Some(item) = item {
                            self.goto_item(&item);
                        }
                        return Ok(());
                    }
                    _ => return Ok(()),
                };
                cursor.step(step, lost, rows.saturating_sub(2));
                self.overlay = Some(Overlay::Losses { cursor });
            }
            Overlay::Palette(mut palette) => match key.code {
                Code::Esc => {}
                Code::Enter => {
                    if let Some(action) = palette.rows.get(palette.cursor.at).copied() {
                        if self.scopes().contains(&action.scope().name()) {
                            self.run(action, reading, effects)?;
                        } else {
                            let place = action.scope().title().say(self.lang).to_owned();
                            self.tell(Tone::Warning, w::NOT_HERE.fill(self.lang, &[&place]));
                        }
                    }
                }
                Code::Down | Code::Up => {
                    let step = if key.code == Code::Down { 1 } else { -1 };
                    palette.cursor.step(step, palette.rows.len(), rows.saturating_sub(3));
                    self.overlay = Some(Overlay::Palette(palette));
                }
                _ => {
                    type_into(&mut palette.edit, key, cols, ambiguous);
                    palette.search(self);
                    self.overlay = Some(Overlay::Palette(palette));
                }
            },
            Overlay::Confirm { then, under, .. } => match meant.code {
                Code::Enter | Code::Char('y' | 'Y') => {
                    self.overlay = under.map(|under| *under);
                    self.confirmed(then, reading, effects)?;
                }
                _ => self.overlay = under.map(|under| *under),
            },
            Overlay::Field(mut field) => {
                let keep = matches!((key.code, key.ctrl), (Code::Char('s'), true))
                    || (key.code == Code::Enter && (!field.has_lines() || field.edit.ends_in_empty_line()));
                if key.code == Code::Esc {
                    self.overlay = Some(Overlay::Field(field));
                    self.park();
                } else if keep {
                    self.keep_field(field, false, reading, effects)?;
                } else {
                    if key.code == Code::Enter {
                        field.edit.newline();
                    } else {
                        type_into(&mut field.edit, key, cols, ambiguous);
                    }
                    self.overlay = Some(Overlay::Field(field));
                }
            }
            Overlay::Form(mut form) => {
                if key.code == Code::Esc {
                    self.overlay = Some(Overlay::Form(form));
                    self.park();
                    return Ok(());
                }
                let stroke = form.press(key, cols, ambiguous);
                match stroke {
                    super::form::Stroke::Keep => self.keep_form(form, false, reading, effects)?,
                    _ => {
                        self.overlay = Some(Overlay::Form(form));
                        self.typed(reading)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn keep_form(
        &mut self,
        form: super::Form,
        warned: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match form.kind {
            FormKind::Branch { .. } => self.keep_branch(form, warned, reading, effects)?,
            FormKind::Round { .. } => self.keep_round(form, warned, reading, effects)?,
            FormKind::Finding(_) => {
                self.keep_finding(form, warned, effects);
                self.settle(reading)?;
            }
        }
        Ok(())
    }

    fn confirmed(
        &mut self,
        then: Confirmed,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match then {
            Confirmed::Seen => {}
            Confirmed::AllPass(items) => {
                let pass = || Some(Judgement { verdict: Verdict::Pass, reason: String::new() });
                let verdicts = items.into_iter().map(|item| (item, pass())).collect();
                effects.extend(self.submit_walk(InspectionCommand::Judge(verdicts)));
                self.go_to_next_open();
            }
            Confirmed::SignOff => effects.extend(self.submit_walk(InspectionCommand::SignOff)),
            Confirmed::Withdraw(n) => effects.extend(self.submit_walk(InspectionCommand::Withdraw { n })),
            Confirmed::CloseRound(id) => {
                let saw = reading.round(id)?.map_or_else(Default::default, |round| round.rev);
                let command = Command::Round(id, RoundCommand::Close);
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
            }
            Confirmed::Restore(id) => {
                let saw = reading.branch(id)?.map_or_else(Default::default, |branch| branch.rev);
                let command = Command::Branch(id, BranchCommand::Restore);
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
            }
            Confirmed::KeepField => {
                if let Some(Overlay::Field(field)) = self.overlay.take() {
                    self.keep_field(field, true, reading, effects)?;
                }
            }
            Confirmed::KeepForm => {
                if let Some(Overlay::Form(form)) = self.overlay.take() {
                    self.keep_form(form, true, reading, effects)?;
                }
            }
        }
        Ok(())
    }

    /// Returns the columns that a text field over the screen has.
    pub fn field_cols(&self) -> usize {
        usize::from(self.size.0.clamp(12, 80)) - 10
    }
}
