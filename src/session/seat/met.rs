//! What a seat hears of others: answers, news, who is there; and what it tells of where its person is.

use super::{Line, Msg, Seat};
use crate::app::update;

impl<L: Line> Seat<L> {
    /// Takes what other threads have for the session.
    pub(super) fn woken(&mut self) {
        while let Ok((ticket, answer)) = self.answers.try_recv() {
            self.msg(Msg::Answer(ticket, Box::new(answer)));
        }
        self.place_answers();
        let head = self.reading.head();
        if self.model.is_news(head) {
            // While the person's own change is on its way, news wait for its answer: there is nothing to draw before.
            let (shown, waits) = (self.dirty, self.model.waiting > 0);
            self.msg(Msg::News(head));
            self.dirty = shown || !waits;
        }
        self.meet();
    }

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
