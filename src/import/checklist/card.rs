//! The `[[card]]` tables of a file.

use super::builtin::Known;
use super::fault::FaultKind;
use super::faults::{Faults, NAME};
use super::table::{Keys, Table};
use crate::domain::{Card, Checklist, Points};

const TITLE: usize = 60;
const NAMES: Keys = ["name_hant", "name_hans", "name_en"];

const KEYS: [&str; 6] = ["id", "name_hant", "name_hans", "name_en", "scored", "points"];

/// A card that a file describes.
pub(super) struct Described<'a> {
    /// The card.
    pub card: Card,
    /// What its items should add up to.
    points: Option<Points>,
    table: Table<'a>,
}

/// Reads the cards that a file describes; of a built-in card it may leave out what it does not change.
pub(super) fn described<'a>(file: &Table<'a>, known: Known<'_>, faults: &mut Faults) -> Vec<Described<'a>> {
    let mut cards: Vec<Described<'a>> = Vec::new();
    for table in file.tables("card", faults) {
        table.refuse_others(&KEYS, faults);
        if table.get("id").is_none() {
            table.miss("id", faults);
        }
        let id = table.name("id", NAME, faults).map(|(id, _)| id);
        let usual = known.cards.iter().find(|card| Some(card.id.as_str()) == id);
        let mut name = table.said(NAMES, TITLE, faults);
        if name.is_empty() {
            match usual {
                Some(usual) => name = usual.name.clone(),
                None => table.miss_said(NAMES, faults),
            }
        }
        let scored = match table.get("scored") {
            Some(_) => table.flag("scored", faults),
            None => usual.is_none_or(|card| card.scored),
        };
        let points = table.points("points", faults);
        let Some(id) = id.map(str::to_owned) else {
            continue;
        };
        if let Some(before) = cards.iter().find(|other| other.card.id == id) {
            let first = faults.line(before.table.place("id"));
            let (key, name) = ("card", id);
            faults.add(table.place("id"), FaultKind::Duplicate { key, name, first });
            continue;
        }
        let card = Card { id, name, scored };
        cards.push(Described { card, points, table });
    }
    cards
}

/// Notes the described cards that have no items, or whose items do not add up; `sums` are those of the used cards.
pub(super) fn judge_cards(
    cards: &[Described<'_>],
    checklist: &Checklist,
    sums: Option<&[Points]>,
    faults: &mut Faults,
) {
    for described in cards {
        let card = described.card.id.clone();
        let Some(place) = checklist.cards.iter().position(|used| used.id == card) else {
            faults.add(described.table.place("id"), FaultKind::EmptyCard(card));
            continue;
        };
        let sum = sums.and_then(|sums| sums.get(place).copied());
        if let (Some(said), Some(sum)) = (described.points, sum)
            && said != sum
        {
            faults.add(described.table.place("points"), FaultKind::CardTotal { card, said, sum });
        }
    }
}
