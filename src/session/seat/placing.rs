//! Where the person is, written down.

use super::{Line, PLACE_REST, Seat, Tone};
use crate::locales as w;

impl<L: Line> Seat<L> {
    /// Hands the place to its writer, where it is another than the last one.
    pub(super) fn write_place(&mut self) {
        self.place_due = None;
        self.place_answers();
        let Some(places) = &mut self.places else { return };
        let place = self.model.place();
        let last = self.flying.as_ref().map(|(_, place)| place).or(self.placed.as_ref());
        if last == Some(&place) {
            return;
        }
        if let Ok(bytes) = serde_json::to_vec(&place) {
            self.flying = Some((places.hand(bytes, place.is_worded()), place));
        }
    }

    /// Takes what the writer of places has to say. A place that cannot be written costs the place, nothing else; but
    /// what is half typed stands nowhere else, so the person is told, once.
    pub(super) fn place_answers(&mut self) {
        let Some(places) = &mut self.places else { return };
        while let Some((number, kept)) = places.answer() {
            self.told_unplaced &= !kept;
            let Some((_, place)) = self.flying.take_if(|(flying, _)| *flying == number) else {
                continue;
            };
            if kept {
                self.placed = Some(place);
                continue;
            }
            self.place_due = Some(self.clock.ticks() + PLACE_REST);
            if place.is_worded() && !std::mem::replace(&mut self.told_unplaced, true) {
                self.model.tell(Tone::Warning, w::PLACE_NOT_KEPT.say(self.model.lang));
                self.dirty = true;
            }
        }
    }
}
