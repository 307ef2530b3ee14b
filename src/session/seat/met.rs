//! What a seat tells of where its person is, and hears of who else is there.

use super::{Line, Msg, Seat};
use crate::app::update;

impl<L: Line> Seat<L> {
    /// Tells the others where the person is, where that has changed.
    pub(super) fn tell_spot(&mut self) {
        let Some(company) = &self.company else { return };
        let spot = self.model.spot();
        if spot == self.spot {
            return;
        }
        let met = !spot.meets(&self.spot);
        company.at(spot.clone());
        self.spot = spot;
        if met {
            self.meet();
        }
    }

    /// Looks who else is there.
    pub(super) fn meet(&mut self) {
        let Some(company) = &self.company else { return };
        let others = company.others();
        if others != self.model.company {
            // Nothing comes of it but another frame.
            drop(update(&mut self.model, Msg::Company(others), &*self.reading));
            self.dirty = true;
        }
    }
}
