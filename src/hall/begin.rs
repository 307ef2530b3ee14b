//! What a session begins with, before anything is read.

use std::sync::Arc;

use crate::app::{Action, Model, Moment, Place, Start};
use crate::domain::{Lang, PersonId, ReadFault, Reading};
use crate::keys::Keymap;
use crate::text::Ambiguous;
use crate::view::Look;

/// What a session begins with: who sits there, and what their terminal is like.
#[expect(clippy::struct_excessive_bools, reason = "each is an answer to its own question")]
#[derive(Clone, Debug)]
pub struct Begin {
    /// Who.
    pub person: PersonId,
    /// The language.
    pub lang: Lang,
    /// Whether it was asked for by name, so that a remembered one does not replace it.
    pub lang_asked: bool,
    /// Whether colours are used.
    pub colour: bool,
    /// How wide ambiguous characters are drawn; the terminal is asked where nothing is known.
    pub wide: Option<bool>,
    /// Whether the terminal has a clipboard that takes what is copied.
    pub clipboard: bool,
    /// Whether the terminal is at the other end of a network.
    pub remote: bool,
    /// What the keys mean.
    pub keymap: Arc<Keymap<Action>>,
    /// The moment.
    pub moment: Moment,
    /// Columns and rows.
    pub size: (u16, u16),
}

impl Begin {
    /// Sits the person down, where they are to be.
    pub fn model(&self, at: Option<Place>, read_only: bool, reading: &dyn Reading) -> Result<Model, ReadFault> {
        let start = Start {
            me: self.person.clone(),
            lang: self.lang,
            moment: self.moment,
            size: self.size,
            ambiguous: if self.wide == Some(true) { Ambiguous::Wide } else { Ambiguous::Narrow },
            keymap: Arc::clone(&self.keymap),
            read_only,
        };
        let mut model = Model::new(start, reading)?;
        if let Some(at) = at {
            model.resume(at, reading)?;
            if self.lang_asked {
                model.lang = self.lang;
            }
        }
        Ok(model)
    }

    /// Returns colours and borders of a model's screen.
    pub fn look(&self, model: &Model) -> Look {
        Look { colour: self.colour, ascii: model.ambiguous == Ambiguous::Wide }
    }
}
