//! One message at a time: a field first, then the key map, then the screen.

use std::time::Duration;

use super::{Action, Effect, Model, Msg, Overlay, Palette, Tone};
use crate::domain::{ReadFault, Reading, Seq};
use crate::keys::{Code, Found, Glue, Input, Key, plain};
use crate::locales as w;
use crate::text::{Ambiguous, Edit};

/// A silence that no pasted text has inside; nobody sees a text and presses a key sooner.
const PASTED: Duration = Duration::from_millis(50);
/// A silence in which a person thinks, so that what follows is another step back.
const THOUGHT: Duration = Duration::from_secs(1);

/// Takes a message and answers what the session is to do. A record that cannot be read is told, never a panic.
pub fn update(model: &mut Model, msg: Msg, reading: &dyn Reading) -> Vec<Effect> {
    let mut effects = Vec::new();
    let taken = model.take(msg, reading, &mut effects).and_then(|()| model.see_claims(reading));
    if let Err(fault) = taken {
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
            Msg::Pause(silence) => self.paused(silence),
            Msg::Minute(moment) => {
                let back = moment.is_set_back(self.moment);
                let turned = moment.day != self.moment.day;
                self.moment = moment;
                self.turn_the_day();
                // With a new day other items are overdue.
                if turned && matches!(self.screen, super::Screen::Home(_)) {
                    self.refresh(reading)?;
                }
                if back {
                    self.tell(Tone::Warning, w::CLOCK_BACK.say(self.lang));
                }
            }
            Msg::Answer(ticket, answer) => self.answered(ticket, *answer, reading, effects)?,
            Msg::News(seq) => {
                if self.is_news(seq) {
                    self.seen = self.seen.max(seq);
                    self.heard(reading)?;
                }
            }
            Msg::Company(others) => self.company = others,
            Msg::More => self.go_on(reading)?,
            Msg::Input(input) => {
                let input = self.glued(input);
                self.hold_or_take(input, reading, effects)?;
            }
            Msg::Do(action) => {
                self.notice = self.notice.take().filter(|notice| notice.tone == Tone::Error);
                self.run(action, reading, effects)?;
                self.settle(reading)?;
            }
        }
        Ok(())
    }

    /// Says whether anything may have changed since the screen was read, or what it waits for may be there.
    pub fn is_news(&self, head: Seq) -> bool {
        head > self.seen || self.is_coming()
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
                if glue == Glue::Text && self.open_edit().is_none() {
                    self.pending.clear();
                    self.count = None;
                    if self.notice.is_none() {
                        self.tell(Tone::Warning, w::LOOKS_PASTED.say(self.lang));
                    }
                    return Ok(());
                }
                if !self.anywhere(key, reading)? {
                    self.key(key, reading, effects)?;
                }
                if self.overlay.is_none() {
                    self.overlay = self.under_help.take();
                }
                self.show_conflict();
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
        if let Some(Overlay::Form(form)) = &mut self.overlay {
            form.touched = true;
        }
        if pasted.cut {
            self.tell(Tone::Warning, w::PASTE_CUT.say(self.lang));
        } else if pasted.changed {
            self.tell(Tone::Plain, w::PASTE_CLEANED.say(self.lang));
        }
        self.typed(reading)
    }

    /// Follows a silence of the line: a pasted text is over, and what is typed behind it is taken back by itself.
    fn paused(&mut self, silence: Duration) {
        self.pasting &= silence < PASTED;
        if silence >= THOUGHT
            && let Some(edit) = self.open_edit()
        {
            edit.pause();
        }
    }

    /// Returns the text field that has the keys.
    fn open_edit(&mut self) -> Option<&mut Edit> {
        if self.overlay.is_none() {
            return self.open_filter().map(|filter| &mut filter.edit);
        }
        match &mut self.overlay {
            Some(Overlay::Field(field)) => Some(&mut field.edit),
            Some(Overlay::Form(form)) => form.edit_mut(),
            Some(Overlay::Palette(palette)) => Some(&mut palette.edit),
            Some(
                Overlay::Help { .. }
                | Overlay::Confirm { .. }
                | Overlay::Losses { .. }
                | Overlay::Preview(_)
                | Overlay::Conflict(_),
            )
            | None => None,
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

    /// Marks keys that belong to a text pasted without brackets, which are left out where no text field takes them.
    ///
    /// Such a text reaches over the ends of reads and of fields: what follows at once belongs to it, until the line is
    /// silent or something comes that no such text holds.
    fn glued(&mut self, input: Input) -> Input {
        let Input::Key(key, glue) = input else {
            self.pasting &= !matches!(input, Input::Paste(_));
            return input;
        };
        let line_end = matches!(key.code, Code::Enter | Code::Tab) && !key.ctrl && !key.alt;
        self.pasting = (key.typed().is_some() || line_end) && (self.pasting || glue == Glue::Text);
        Input::Key(key, if self.pasting { Glue::Text } else { glue })
    }

    fn key(&mut self, key: Key, reading: &dyn Reading, effects: &mut Vec<Effect>) -> Result<(), ReadFault> {
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
            Action::Copy => effects.push(Effect::Copy),
            Action::Quit => effects.push(Effect::Quit),
            Action::Back => self.back(reading)?,
            Action::Repeat => {}
            _ => self.screen_action(action, reading, effects)?,
        }
        self.count = None;
        Ok(())
    }

    /// Returns the columns that a text field over the screen has.
    pub fn field_cols(&self) -> usize {
        usize::from(self.size.0.clamp(12, 80)) - 10
    }
}
