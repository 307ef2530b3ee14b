//! Putting the items of a file into their cards and groups.

use std::collections::HashMap;

use super::builtin::Known;
use super::card::Described;
use super::fault::{FaultKind, quoted};
use super::faults::{Faults, NAME, is_name, judge_prose};
use super::item::Draft;
use super::table::Table;
use crate::domain::{Card, Checklist, Group, Points, Said};

const TITLE: usize = 60;
/// The most cards: a group names its card in one byte.
const CARDS: usize = 256;

/// The items that were put so far.
#[derive(Default)]
pub(super) struct Places {
    /// The lines of the items, by their names.
    ids: HashMap<String, u32>,
    /// The lines of the first items of the groups.
    groups: Vec<u32>,
    /// The points of the cards.
    sums: Vec<Points>,
    /// The places of the card and the group of the item before.
    last: (Option<usize>, Option<usize>),
    /// Cards that were refused: once is enough.
    refused: Vec<String>,
    /// Whether a card or a number of points could not be read.
    unsure: bool,
}

impl Places {
    /// Puts an item behind those that were put before.
    pub fn put(
        &mut self,
        mut draft: Draft<'_>,
        checklist: &mut Checklist,
        described: &[Described<'_>],
        known: Known<'_>,
        faults: &mut Faults,
    ) {
        let table = draft.table;
        self.note_id(&draft, faults);
        let card = self.card(table, checklist, described, known, faults);
        self.unsure |= card.is_none() || !draft.weighed;
        let Some(card) = card else {
            return;
        };
        if draft.weighed {
            let points = draft.item.points;
            self.sums[card] += points;
            let scored = checklist.cards[card].scored;
            if scored == (points == Points(0)) {
                let what = if scored { FaultKind::NoPoints } else { FaultKind::PointsInAnnex };
                faults.add(table.place("points"), what);
            }
        }
        if let Some(group) = self.group(&draft, card, checklist, faults) {
            draft.item.group = u16::try_from(group).unwrap_or(u16::MAX);
        }
        checklist.items.push(draft.item);
    }

    /// Returns the points of each card, unless something could not be read.
    pub fn sums(&self) -> Option<&[Points]> {
        (!self.unsure).then_some(&self.sums)
    }

    fn note_id(&mut self, draft: &Draft<'_>, faults: &mut Faults) {
        let name = draft.item.id.0.clone();
        let at = draft.table.place("id");
        if name.is_empty() {
            return;
        }
        if let Some(first) = self.ids.get(&name).copied() {
            faults.add(at, FaultKind::Duplicate { key: "id", name, first });
        } else {
            self.ids.insert(name, faults.line(at));
        }
    }

    /// Returns the place of the item's card in the checklist.
    fn card(
        &mut self,
        table: Table<'_>,
        checklist: &mut Checklist,
        described: &[Described<'_>],
        known: Known<'_>,
        faults: &mut Faults,
    ) -> Option<usize> {
        let (name, at) = table.name("card", NAME, faults)?;
        let before = checklist.cards.iter().position(|card| card.id == name);
        let place = if let Some(place) = before {
            if self.last.0 != before {
                let (key, name) = ("card", name.to_owned());
                faults.add(at, FaultKind::Scattered { key, name });
            }
            place
        } else {
            let mut cards = described.iter().map(|described| &described.card).chain(known.cards);
            let Some(card) = cards.find(|card| card.id == name) else {
                if !self.refused.iter().any(|refused| refused == name) {
                    self.refused.push(name.to_owned());
                    faults.add(at, FaultKind::UnknownCard(name.to_owned()));
                }
                return None;
            };
            if checklist.cards.len() == CARDS {
                faults.add(at, FaultKind::TooManyCards { limit: CARDS });
            }
            checklist.cards.push(Card::clone(card));
            self.sums.push(Points(0));
            checklist.cards.len() - 1
        };
        self.last.0 = Some(place);
        Some(place)
    }

    /// Returns the place of the item's group in the checklist.
    fn group(
        &mut self,
        draft: &Draft<'_>,
        card: usize,
        checklist: &mut Checklist,
        faults: &mut Faults,
    ) -> Option<usize> {
        let (code, name) = read_group(draft, faults)?;
        let at = draft.table.place("group");
        let before = checklist.groups.iter().position(|group| group.id == code);
        let Some(place) = before else {
            self.groups.push(faults.line(at));
            checklist.groups.push(Group { id: code.to_owned(), name, card: u8::try_from(card).unwrap_or(u8::MAX) });
            self.last.1 = Some(checklist.groups.len() - 1);
            return self.last.1;
        };
        let (group, first) = (code.to_owned(), self.groups[place]);
        let known = &mut checklist.groups[place];
        if usize::from(known.card) != card {
            faults.add(at, FaultKind::GroupInTwoCards { group, first });
        } else if self.last.1 != before {
            let (key, name) = ("group", group);
            faults.add(at, FaultKind::Scattered { key, name });
        } else if !agree(&mut known.name, name) {
            faults.add(at, FaultKind::GroupDiffers { group, first });
        }
        self.last.1 = before;
        before
    }
}

/// Adds what a later item says of a group's title; says whether it agrees with what was said before.
fn agree(known: &mut Said, name: Said) -> bool {
    let pairs = [(&mut known.hant, name.hant), (&mut known.hans, name.hans), (&mut known.en, name.en)];
    let mut agree = true;
    for (known, name) in pairs {
        if known.is_empty() {
            *known = name;
        } else {
            agree &= name.is_empty() || *known == name;
        }
    }
    agree
}

/// Reads the code and the title of a group.
fn read_group<'a>(draft: &Draft<'a>, faults: &mut Faults) -> Option<(&'a str, Said)> {
    let table = draft.table;
    let (code, own) = read_title(table, "group", faults)?;
    let mut name = Said::default();
    // `group` is in the language of a file that has but one.
    let title = &draft.item.title;
    let slot = match (title.hant.is_empty(), title.hans.is_empty()) {
        (true, false) => &mut name.hans,
        (true, true) if !title.en.is_empty() => &mut name.en,
        _ => &mut name.hant,
    };
    own.clone_into(slot);
    for (key, slot) in [("group_hans", &mut name.hans), ("group_en", &mut name.en)] {
        if table.get(key).is_none() {
            continue;
        }
        let (other, own) = read_title(table, key, faults)?;
        if other != code {
            let (group, first) = (other.to_owned(), faults.line(table.place("group")));
            faults.add(table.place(key), FaultKind::GroupDiffers { group, first });
            return None;
        }
        own.clone_into(slot);
    }
    Some((code, name))
}

/// Reads a group in one language, such as `R1 主體責任`.
fn read_title<'a>(table: Table<'a>, key: &'static str, faults: &mut Faults) -> Option<(&'a str, &'a str)> {
    let (text, at) = table.text(key, faults)?;
    judge_prose(text, at, key, TITLE, faults);
    let parts = text.split_once(' ').map(|(code, name)| (code, name.trim()));
    let parts = parts.filter(|(code, name)| is_name(code, NAME) && !name.is_empty());
    if parts.is_none() {
        faults.add(at, FaultKind::GroupForm(quoted(text)));
    }
    parts
}
