//! Cards of an inspection that somebody has taken: how several inspectors split a branch between them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Checklist, Inspection, InspectionChange, Item, PersonId, Refusal, Stamp};

/// A card's place in its checklist.
pub type CardNo = u8;

/// Who has taken a card, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taker {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
}

/// The cards of an inspection that are taken.
pub type Takers = BTreeMap<CardNo, Taker>;

impl Inspection {
    /// Returns who else has taken the card of an item; nobody where it is free or one's own.
    pub fn taken_from(&self, me: &PersonId, checklist: &Checklist, item: &Item) -> Option<&Taker> {
        self.cards.get(&checklist.card_index(item)).filter(|taker| taker.by != *me)
    }
}

/// Decides who has a card from now on.
pub(super) fn take(
    inspection: &Inspection,
    checklist: &Checklist,
    by: &PersonId,
    card: CardNo,
) -> Result<Vec<InspectionChange>, Refusal> {
    if usize::from(card) >= checklist.cards.len() {
        return Err(Refusal::NoSuchCard(card));
    }
    match inspection.cards.get(&card) {
        Some(taker) if taker.by == *by => Err(Refusal::NothingChanged),
        Some(taker) => Err(Refusal::CardTaken { by: taker.by.clone(), at: taker.at }),
        None => Ok(vec![InspectionChange::CardTaken { card }]),
    }
}

/// Decides that a card is free again, whoever has it.
pub(super) fn free(inspection: &Inspection, card: CardNo) -> Result<Vec<InspectionChange>, Refusal> {
    match inspection.cards.get(&card) {
        None => Err(Refusal::NothingChanged),
        Some(_) => Ok(vec![InspectionChange::CardGiven { card }]),
    }
}

/// Decides that one's own card is free again.
pub(super) fn give(inspection: &Inspection, by: &PersonId, card: CardNo) -> Result<Vec<InspectionChange>, Refusal> {
    match inspection.cards.get(&card) {
        None => Err(Refusal::NothingChanged),
        Some(taker) if taker.by == *by => Ok(vec![InspectionChange::CardGiven { card }]),
        Some(taker) => Err(Refusal::CardTaken { by: taker.by.clone(), at: taker.at }),
    }
}
