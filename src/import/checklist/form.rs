//! The whole of a file: what stands above its items, and whether everything adds up.

use toml::de::{DeTable, DeValue};

use super::ITEM_LIMIT;
use super::builtin::{Known, empty};
use super::card::{described, judge_cards};
use super::fault::{FaultKind, quoted};
use super::faults::Faults;
use super::item::{Draft, read_item};
use super::place::Places;
use super::rule::{complete_rules, read_rules};
use super::table::Table;
use crate::domain::{Checklist, Points};

const TITLE: usize = 60;
const EDITION: usize = 32;
/// What the scored items add up to where a file does not say.
const TOTAL: Points = Points::whole(100);

const KEYS: [&str; 9] = ["schema", "edition", "title_hant", "title_hans", "title_en", "total", "card", "rule", "item"];

/// Reads a file that is TOML; once a fault was noted, what is returned is fit for nothing.
pub(super) fn read_form(file: &DeTable<'_>, known: Known<'_>, faults: &mut Faults) -> Checklist {
    let file = Table::whole(file);
    file.refuse_others(&KEYS, faults);
    judge_schema(&file, faults);
    let mut checklist = Checklist {
        edition: file.prose("edition", EDITION, faults),
        title: file.said(["title_hant", "title_hans", "title_en"], TITLE, faults),
        rules: read_rules(&file, faults),
        ..empty()
    };
    let cards = described(&file, known, faults);
    let drafts = drafts(&file, faults);

    complete_rules(&mut checklist, known, &drafts, faults);
    let mut places = Places::default();
    for draft in drafts {
        places.put(draft, &mut checklist, &cards, known, faults);
    }
    if file.get("item").and_then(|items| items.get_ref().as_array()).is_some_and(|items| items.len() > ITEM_LIMIT) {
        // What the items that were left out would have added is not known.
        return checklist;
    }
    // Sums of items whose points could not be read would only be a second, wrong fault.
    let sums = places.sums();
    judge_cards(&cards, &checklist, sums, faults);
    if let (Some(total), Some(_)) = (total(&file, faults), sums) {
        let sum = checklist.full_marks();
        if sum != total && !checklist.items.is_empty() {
            faults.add(file.place("total"), FaultKind::Total { said: total, sum });
        }
    }
    checklist
}

/// Refuses a file of a form that this program does not know; a file that does not say is of the first form.
fn judge_schema(file: &Table<'_>, faults: &mut Faults) {
    let Some(value) = file.get("schema") else {
        return;
    };
    let schema = match value.get_ref() {
        DeValue::Integer(number) if number.as_str() == "1" => return,
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::String(text) => text.to_string(),
        other => other.type_str().to_owned(),
    };
    faults.add(value.span().start, FaultKind::Schema(quoted(&schema)));
}

fn drafts<'a>(file: &Table<'a>, faults: &mut Faults) -> Vec<Draft<'a>> {
    let tables = file.tables("item", faults);
    if tables.is_empty() {
        faults.add(file.place("item"), FaultKind::NoItems);
    }
    if let Some(table) = tables.get(ITEM_LIMIT) {
        let limit = ITEM_LIMIT;
        faults.add(table.at, FaultKind::TooManyItems { limit });
    }
    let tables = tables.into_iter().take(ITEM_LIMIT);
    tables.map(|table| read_item(table, faults)).collect()
}

fn total(file: &Table<'_>, faults: &mut Faults) -> Option<Points> {
    match file.get("total") {
        Some(_) => file.points("total", faults),
        None => Some(TOTAL),
    }
}
