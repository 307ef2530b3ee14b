//! What a later edition of a checklist changes, item by item.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checklist, Item, ItemId, Points};

/// One way in which two editions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// An item is new.
    Added(ItemId),
    /// An item is gone.
    Removed(ItemId),
    /// An item stands in another card or group, or before others that it stood behind.
    Moved {
        /// The item.
        item: ItemId,
    },
    /// An item says something else.
    Changed {
        /// The item.
        item: ItemId,
        /// What of it changed, in the words of a checklist file.
        fields: Vec<&'static str>,
        /// What it was worth and what it is worth, where that changed.
        points: Option<(Points, Points)>,
    },
}

/// Lists how two editions differ: first what stands in the new one, in its order, then what is gone.
pub fn diff(old: &Checklist, new: &Checklist) -> Vec<Difference> {
    let before: BTreeMap<&ItemId, usize> = old.items.iter().enumerate().map(|(at, item)| (&item.id, at)).collect();
    let places: Vec<usize> = new.items.iter().filter_map(|item| before.get(&item.id).copied()).collect();
    let stayed = longest_rise(&places);
    let mut differences = Vec::new();
    for item in &new.items {
        let id = || item.id.clone();
        let found = before.get(&item.id).and_then(|at| Some((at, old.items.get(*at)?)));
        let Some((at, was)) = found else {
            differences.push(Difference::Added(id()));
            continue;
        };
        if !stayed.contains(at) || home(old, was) != home(new, item) {
            differences.push(Difference::Moved { item: id() });
        }
        let fields = fields(was, item);
        if !fields.is_empty() {
            let points = (was.points != item.points).then_some((was.points, item.points));
            differences.push(Difference::Changed { item: id(), fields, points });
        }
    }
    let gone = old.items.iter().filter(|item| new.position(&item.id).is_none());
    differences.extend(gone.map(|item| Difference::Removed(item.id.clone())));
    differences
}

/// Picks the longest row of numbers that rise: items in it kept their order, and only the others were moved.
fn longest_rise(numbers: &[usize]) -> BTreeSet<usize> {
    // For each number the length of the longest rise that ends with it, and the number before it there.
    let mut ends: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let before = (0..at).filter(|other| numbers[*other] < *number).max_by_key(|other| (ends[*other].0, at - other));
        ends.push((before.map_or(1, |before| ends[before].0 + 1), before));
    }
    let mut rise = BTreeSet::new();
    let mut next = (0..numbers.len()).max_by_key(|at| (ends[*at].0, numbers.len() - at));
    while let Some(at) = next {
        rise.insert(numbers[at]);
        next = ends[at].1;
    }
    rise
}

/// Returns the codes of an item's card and group.
fn home<'a>(checklist: &'a Checklist, item: &Item) -> (Option<&'a str>, Option<&'a str>) {
    let card = checklist.card_of(item).map(|card| card.id.as_str());
    (card, checklist.group_of(item).map(|group| group.id.as_str()))
}

fn fields(was: &Item, now: &Item) -> Vec<&'static str> {
    let pairs = [
        ("title", was.title != now.title),
        ("look", was.look != now.look),
        ("methods", was.methods != now.methods),
        ("evidence", was.evidence != now.evidence),
        ("basis", was.basis != now.basis),
        ("basis_university", was.basis_university != now.basis_university),
        ("points", was.points != now.points),
        ("severity", was.severity != now.severity),
        ("rectify", was.class != now.class),
        ("days", was.days != now.days),
        ("finding", was.finding != now.finding),
        ("sensitive", was.sensitive != now.sensitive),
        ("na_ok", was.na_ok != now.na_ok),
        ("veto", was.veto != now.veto),
        ("first_round_na", was.first_round_na != now.first_round_na),
        ("derived", was.derived != now.derived),
    ];
    pairs.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_moved_falls_out_of_the_rise() {
        let rise = |numbers: &[usize]| longest_rise(numbers).into_iter().collect::<Vec<_>>();
        assert!(rise(&[]).is_empty());
        assert_eq!(rise(&[0, 1, 2, 3]), [0, 1, 2, 3]);
        assert_eq!(rise(&[1, 2, 3, 0]), [1, 2, 3]);
        assert_eq!(rise(&[3, 0, 1, 2]), [0, 1, 2]);
        assert_eq!(rise(&[0, 2, 1, 3]), [0, 2, 3]);
    }
}
