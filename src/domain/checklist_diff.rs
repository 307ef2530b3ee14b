//! What differs between two editions, item by item.

use super::{Checklist, Item, ItemId, Points};

/// One item that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The new edition has it alone.
    Added(ItemId),
    /// The old edition has it alone.
    Removed(ItemId),
    /// It stands in another group or in another order among the items of both.
    Moved {
        /// The item.
        item: ItemId,
    },
    /// What it says differs.
    Changed {
        /// The item.
        item: ItemId,
        /// The keys of the checklist file that differ.
        fields: Vec<&'static str>,
        /// What it was worth and is worth, where that differs.
        points: Option<(Points, Points)>,
    },
}

/// Lists what differs: the items of the new edition in its order, then those that are gone.
pub fn diff(old: &Checklist, new: &Checklist) -> Vec<Difference> {
    let mut found = Vec::new();
    let moved = moved(old, new);
    for item in &new.items {
        let Some(was) = old.item(&item.id) else {
            found.push(Difference::Added(item.id.clone()));
            continue;
        };
        let group = |checklist: &Checklist, item: &Item| checklist.group_of(item).map(|group| group.id.clone());
        if moved.contains(&&item.id) || group(old, was) != group(new, item) {
            found.push(Difference::Moved { item: item.id.clone() });
        }
        let fields = fields(old, was, new, item);
        if !fields.is_empty() {
            let points = (was.points != item.points).then_some((was.points, item.points));
            found.push(Difference::Changed { item: item.id.clone(), fields, points });
        }
    }
    found.extend(
        old.items.iter().filter(|was| new.item(&was.id).is_none()).map(|was| Difference::Removed(was.id.clone())),
    );
    found
}

/// Lists the items that have to be picked up to turn one order into the other: all but a longest run that stays.
fn moved<'a>(old: &Checklist, new: &'a Checklist) -> Vec<&'a ItemId> {
    let both: Vec<(&ItemId, usize)> =
        new.items.iter().filter_map(|item| Some((&item.id, old.position(&item.id)?))).collect();
    // For each item the longest rising run that ends with it, and the item before it in that run.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(both.len());
    for (at, (_, place)) in both.iter().enumerate() {
        let before = (0..at).filter(|before| both[*before].1 < *place).max_by_key(|before| runs[*before].0);
        runs.push((before.map_or(1, |before| runs[before].0 + 1), before));
    }
    let mut stays = vec![false; both.len()];
    let mut next = (0..both.len()).max_by_key(|at| runs[*at].0);
    while let Some(at) = next {
        stays[at] = true;
        next = runs[at].1;
    }
    both.iter().zip(stays).filter(|(_, stays)| !stays).map(|((id, _), _)| *id).collect()
}

fn fields(old: &Checklist, was: &Item, new: &Checklist, now: &Item) -> Vec<&'static str> {
    let titles = |checklist: &Checklist, item: &Item| -> Vec<_> {
        let named = item.basis.iter().chain(item.basis_university.iter().flatten());
        named.map(|basis| checklist.rules.iter().find(|rule| rule.key == basis.rule).cloned()).collect()
    };
    let differs = [
        ("title", was.title != now.title),
        ("look", was.look != now.look),
        ("methods", was.methods != now.methods),
        ("evidence", was.evidence != now.evidence),
        ("basis", was.basis != now.basis || titles(old, was) != titles(new, now)),
        ("basis_university", was.basis_university != now.basis_university),
        ("points", was.points != now.points),
        ("severity", was.severity != now.severity),
        ("rectify", was.class != now.class),
        ("days", was.days != now.days),
        ("finding", was.finding != now.finding),
        ("sensitive", was.sensitive != now.sensitive),
        ("na_ok", was.na_ok != now.na_ok),
        ("first_round_na", was.first_round_na != now.first_round_na),
        ("veto", was.veto != now.veto),
        ("derived", was.derived != now.derived),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
