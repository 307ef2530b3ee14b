//! The `[[rule]]` tables of a file, and the built-in rules that it uses.

use super::builtin::Known;
use super::fault::FaultKind;
use super::faults::{Faults, LONG_NAME};
use super::item::Draft;
use super::table::{Keys, Table};
use crate::domain::{Checklist, OWN_INSPECTION, OWN_RULES, Rule, Tag};

const TITLE: usize = 200;
const TITLES: Keys = ["title_hant", "title_hans", "title_en"];

const KEYS: [&str; 5] = ["key", "title_hant", "title_hans", "title_en", "by_reference"];

/// Reads the rules that a file describes.
pub(super) fn read_rules(file: &Table<'_>, faults: &mut Faults) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut places = Vec::new();
    for table in file.tables("rule", faults) {
        table.refuse_others(&KEYS, faults);
        if table.get("key").is_none() {
            table.miss("key", faults);
        }
        let title = table.said(TITLES, TITLE, faults);
        if title.is_empty() {
            table.miss_said(TITLES, faults);
        }
        let by_reference = table.flag("by_reference", faults);
        let Some((key, at)) = table.name("key", LONG_NAME, faults) else {
            continue;
        };
        if let Some(before) = rules.iter().position(|rule| rule.key == key) {
            let first = places.get(before).map_or(0, |at| faults.line(*at));
            let name = key.to_owned();
            faults.add(at, FaultKind::Duplicate { key: "rule", name, first });
            continue;
        }
        places.push(at);
        rules.push(Rule { key: key.to_owned(), title, by_reference });
    }
    rules
}

/// Adds the built-in rules that the items use, and notes the rules that nobody describes.
///
/// An edition carries every title that it prints: what it says must not change with the program.
pub(super) fn complete_rules(checklist: &mut Checklist, known: Known<'_>, drafts: &[Draft<'_>], faults: &mut Faults) {
    let mut unknown: Vec<&str> = Vec::new();
    for draft in drafts {
        for (key, at) in &draft.rules {
            if add_rule(&mut checklist.rules, known, key) || unknown.contains(key) {
                continue;
            }
            unknown.push(key);
            let names = checklist.rules.iter().chain(known.rules).map(|rule| rule.key.as_str());
            let near = crate::text::nearest(key, names).map(str::to_owned);
            let rule = (*key).to_owned();
            faults.add(*at, FaultKind::UnknownRule { rule, near });
        }
        let rows = draft.item.basis.iter().chain(draft.item.basis_university.iter().flatten());
        for basis in rows {
            match basis.tag {
                Tag::S => add_rule(&mut checklist.rules, known, OWN_INSPECTION),
                Tag::L => add_rule(&mut checklist.rules, known, OWN_RULES),
                Tag::V | Tag::C | Tag::U => true,
            };
        }
    }
}

/// Makes sure that a rule is described; says whether anybody describes it.
fn add_rule(rules: &mut Vec<Rule>, known: Known<'_>, key: &str) -> bool {
    if rules.iter().any(|rule| rule.key == key) {
        return true;
    }
    let found = known.rules.iter().find(|rule| rule.key == key);
    rules.extend(found.cloned());
    found.is_some()
}
