//! Cards of a walk that somebody has taken.

use super::{Action, Effect, Model, Walk};
use crate::domain::{InspectionCommand, Item, PersonId, Taker};
use crate::locales as w;

impl Walk {
    /// Returns who else has taken the card of an item.
    pub fn taken_from(&self, me: &PersonId, item: &Item) -> Option<&Taker> {
        self.inspection.taken_from(me, &self.checklist, item)
    }

    /// Returns who has the card of the item that is looked at.
    pub fn taker(&self) -> Option<&Taker> {
        self.inspection.cards.get(&self.checklist.card_index(self.item()?))
    }
}

impl Model {
    /// Takes the card of the item that is looked at, or gives it back.
    pub(super) fn card_action(&mut self, action: Action) -> Option<Effect> {
        let walk = self.walk()?;
        let card = walk.checklist.card_index(walk.item()?);
        self.submit_walk(match action {
            Action::CardGive => InspectionCommand::GiveCard(card),
            _ => InspectionCommand::TakeCard(card),
        })
    }

    /// Returns the question before an action judges an item whose card somebody else has taken.
    pub(super) fn others_card(&self, action: Action) -> Option<String> {
        let judges = matches!(
            action,
            Action::Pass
                | Action::Good
                | Action::Fair
                | Action::Fail
                | Action::NotApplicable
                | Action::Clear
                | Action::SameAsLast
                | Action::AllPass
        );
        let walk = self.walk().filter(|walk| judges && walk.inspection.signed.is_none() && !walk.round.closed)?;
        // What is judged blind is refused whoever has the card: nobody is asked first.
        let item = walk.item().filter(|item| !walk.is_held(item))?;
        let taker = walk.taken_from(&self.me, item)?;
        Some(w::ASK_OTHERS_CARD.fill(self.lang, &[&taker.by]))
    }
}
