//! Keys while something lies over the screen: help, palette, question, field, form.

use super::update::type_into;
use super::{Effect, FormKind, Model, Overlay, Tone};
use crate::domain::{ReadFault, Reading};
use crate::keys::{Code, Key, plain};
use crate::locales as w;

impl Model {
    pub(super) fn overlay_key(
        &mut self,
        key: Key,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
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
            Overlay::Conflict(conflict) => self.conflict_key(conflict, meant.code, reading, effects)?,
            Overlay::Preview(preview) => self.preview_key(preview, meant.code, effects),
            Overlay::Confirm { then, under, .. } => match meant.code {
                Code::Enter | Code::Char('y' | 'Y') => {
                    self.overlay = under.map(|under| *under);
                    self.confirmed(then, reading, effects)?;
                }
                _ => self.overlay = under.map(|under| *under),
            },
            Overlay::Field(mut field) => {
                let keep = matches!((key.code, key.ctrl), (Code::Char('s'), true))
                    || (key.code == Code::Enter && !field.has_lines());
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

    pub(super) fn keep_form(
        &mut self,
        form: super::Form,
        warned: bool,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match form.kind {
            FormKind::Branch { .. } => self.keep_branch(form, warned, reading, effects)?,
            FormKind::Round { .. } => self.keep_round(form, warned, reading, effects)?,
            FormKind::Step(_) => self.keep_step(form, warned, reading, effects)?,
            FormKind::Draw => self.keep_draw(form, reading, effects)?,
            FormKind::Look(_) => self.keep_look(form, warned, reading, effects)?,
            FormKind::Calibration(_) => self.keep_calibration(form, warned, reading, effects)?,
            FormKind::Team { .. } => self.keep_team(&form, effects),
            FormKind::Finding(_) => {
                self.keep_finding(form, warned, effects);
                self.settle(reading)?;
            }
        }
        Ok(())
    }
}
