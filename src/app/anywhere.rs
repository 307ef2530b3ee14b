//! Keys that work in fields, forms and the palette too: help and language, on function keys that no text holds.

use super::{Action, Form, FormKind, Model, Overlay, Value};
use crate::domain::{BranchFacts, Lang, ReadFault, Reading};
use crate::keys::{Code, Found, Key};

impl Model {
    /// Takes a key that works wherever text is typed; answers whether it was one.
    pub(super) fn anywhere(&mut self, key: Key, reading: &dyn Reading) -> Result<bool, ReadFault> {
        if !matches!(key.code, Code::F(_)) {
            return Ok(false);
        }
        let Found::Action(action) = self.keymap.lookup(self.scopes(), &[key]) else {
            return Ok(false);
        };
        let typing = match &self.overlay {
            Some(Overlay::Field(_) | Overlay::Form(_) | Overlay::Palette(_)) => true,
            Some(Overlay::Help { .. }) => action == Action::Language,
            Some(Overlay::Confirm { .. } | Overlay::Losses { .. } | Overlay::Preview(_) | Overlay::Conflict(_)) => {
                false
            }
            None => self.open_filter().is_some(),
        };
        match action {
            Action::Language if typing => self.speak(self.lang.next(), reading)?,
            Action::Help if typing => {
                self.under_help = self.overlay.replace(Overlay::Help { top: 0 });
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Changes the language under what is being typed.
    fn speak(&mut self, lang: Lang, reading: &dyn Reading) -> Result<(), ReadFault> {
        self.lang = lang;
        let under = self.under_help.take();
        self.under_help = self.translated(under, reading)?;
        let over = self.overlay.take();
        self.overlay = self.translated(over, reading)?;
        Ok(())
    }

    fn translated(&self, overlay: Option<Overlay>, reading: &dyn Reading) -> Result<Option<Overlay>, ReadFault> {
        Ok(match overlay {
            Some(Overlay::Form(mut form)) => {
                if let Some(fresh) = self.form_anew(&form, reading)? {
                    label_as(&mut form, fresh);
                }
                Some(Overlay::Form(form))
            }
            Some(Overlay::Palette(mut palette)) => {
                let cursor = palette.cursor;
                palette.search(self);
                palette.cursor = cursor;
                palette.cursor.at = cursor.at.min(palette.rows.len().saturating_sub(1));
                Some(Overlay::Palette(palette))
            }
            other => other,
        })
    }

    /// Makes a form of the same kind in the language of now; only its labels are of use.
    fn form_anew(&self, form: &Form, reading: &dyn Reading) -> Result<Option<Form>, ReadFault> {
        Ok(match &form.kind {
            FormKind::Branch { id, saw } => Some(self.branch_form(*id, *saw, &BranchFacts::default(), "")),
            FormKind::Round { id, saw } => {
                let editions = reading.editions()?;
                let known = match id {
                    Some(id) => reading.round(*id)?.map(|round| round.plan.clone()),
                    None => self.proposed_plan(&editions),
                };
                known.map(|plan| self.round_form(*id, *saw, &plan, &editions))
            }
            FormKind::Finding(draft) => self.finding_form_anew(draft),
            FormKind::Step(draft) => self.step_form_anew(draft, reading)?,
            FormKind::Draw => Some(self.draw_form()),
            FormKind::Look(draft) => Some(self.look_form(draft, reading)?),
            FormKind::Calibration(draft) => self.calibration_form(draft, reading)?,
            FormKind::Team { draft, .. } => Some(self.team_form(draft.round, draft.unit, reading)?),
        })
    }
}

/// Takes over labels, hints and the names of choices; what was typed and chosen stays.
fn label_as(form: &mut Form, fresh: Form) {
    if form.rows.len() != fresh.rows.len() {
        return;
    }
    form.title = fresh.title;
    for (row, fresh) in form.rows.iter_mut().zip(fresh.rows) {
        (row.label, row.hint) = (fresh.label, fresh.hint);
        if let (Value::Choice { options, .. }, Value::Choice { options: said, .. }) = (&mut row.value, fresh.value)
            && options.len() == said.len()
        {
            *options = said;
        }
    }
}
