//! Copying: what is selected goes to the clipboard of the terminal at this seat, and to no other one.

use super::Seat;
use crate::app::Tone;
use crate::locales as w;
use crate::session::Line;
use crate::session::clip::Clip;
use crate::view::copied;

impl<L: Line> Seat<L> {
    /// Sends what is selected to the person's own clipboard with the next frame, or says why not.
    pub(super) fn copy(&mut self) {
        let lang = self.model.lang;
        if !self.clipboard {
            self.model.tell(Tone::Warning, w::NO_CLIPBOARD.say(lang));
            return;
        }
        let Some(clip) = copied(&self.model).as_deref().and_then(Clip::of) else {
            self.model.tell(Tone::Plain, w::NOTHING_TO_COPY.say(lang));
            return;
        };
        let (tone, word) = if clip.cut { (Tone::Warning, &w::COPIED_CUT) } else { (Tone::Plain, &w::COPIED) };
        self.model.tell(tone, word.fill(lang, &[&clip.characters]));
        self.screen.clip(clip.bytes);
    }
}
