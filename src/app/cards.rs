//! Cards of a walk that somebody has taken.

use super::{Action, Confirmed, Effect, Model, Walk};
use crate::domain::{InspectionCommand, Item, PersonId, ReadFault, Reading, Role, Taker};
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
    /// Takes the card of the item that is looked at, or gives it back; the office is asked before it frees another's.
    pub(super) fn card_action(&mut self, action: Action, reading: &dyn Reading) -> Result<Option<Effect>, ReadFault> {
        let Some((walk, item)) = self.walk().and_then(|walk| Some((walk, walk.item()?))) else { return Ok(None) };
        let card = walk.checklist.card_index(item);
        if action != Action::CardGive {
            return Ok(self.submit_walk(InspectionCommand::TakeCard(card)));
        }
        if let Some(taker) = walk.taken_from(&self.me, item)
            && reading.house()?.actor(&self.me).role() == Role::Admin
        {
            let question = w::ASK_FREE_CARD.fill(self.lang, &[&w::card_of(taker, self.lang)]);
            self.ask(question, Confirmed::FreeCard(card));
            return Ok(None);
        }
        Ok(self.submit_walk(InspectionCommand::GiveCard(card)))
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
