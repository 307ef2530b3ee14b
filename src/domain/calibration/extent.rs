//! Which items of an inspection a calibration is about.

use serde::{Deserialize, Serialize};

use crate::domain::{Card, Checklist, Group, Item, ItemId};

/// The items that are judged twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Every item.
    Whole,
    /// The items of the card of this code.
    Card(String),
    /// The items of the group of this code.
    Group(String),
}

impl Extent {
    /// Finds the card or the group of a code; a card goes before a group of the same code.
    pub fn named(checklist: &Checklist, code: &str) -> Option<Self> {
        let same = |other: &str| other.eq_ignore_ascii_case(code);
        let card = checklist.cards.iter().find(|card| same(&card.id));
        let group = checklist.groups.iter().find(|group| same(&group.id));
        card.map(|card| Self::Card(card.id.clone())).or_else(|| group.map(|group| Self::Group(group.id.clone())))
    }

    /// Says whether an item is in it.
    pub fn covers(&self, checklist: &Checklist, item: &Item) -> bool {
        match self {
            Self::Whole => true,
            Self::Card(code) => checklist.card_of(item).is_some_and(|card| card.id == *code),
            Self::Group(code) => checklist.group_of(item).is_some_and(|group| group.id == *code),
        }
    }

    /// Says whether the item of a name is in it.
    pub fn holds(&self, checklist: &Checklist, item: &ItemId) -> bool {
        checklist.item(item).is_some_and(|item| self.covers(checklist, item))
    }

    /// Lists its items in walking order.
    pub fn items<'a>(&'a self, checklist: &'a Checklist) -> impl Iterator<Item = &'a Item> {
        checklist.items.iter().filter(|item| self.covers(checklist, item))
    }

    /// Makes a checklist of its items alone, with their groups and cards.
    #[must_use]
    pub fn cut(&self, checklist: &Checklist) -> Checklist {
        let (mut cards, mut groups, mut items): (Vec<Card>, Vec<Group>, Vec<Item>) = Default::default();
        for item in self.items(checklist) {
            let (Some(card), Some(group)) = (checklist.card_of(item), checklist.group_of(item)) else { continue };
            if cards.last() != Some(card) {
                cards.push(card.clone());
            }
            let group = Group { card: u8::try_from(cards.len() - 1).unwrap_or(u8::MAX), ..group.clone() };
            if groups.last() != Some(&group) {
                groups.push(group);
            }
            items.push(Item { group: u16::try_from(groups.len() - 1).unwrap_or(u16::MAX), ..item.clone() });
        }
        Checklist { cards, groups, items, ..checklist.clone() }
    }
}
