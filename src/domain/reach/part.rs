//! A part of the tree, and the memory of what was made of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::super::{Branch, BranchId, BranchLine, BranchTree, Followed, House, PersonFacts, PersonId, Round, RoundId};
use super::counts::Counted;
use super::ledger::Cut;

/// Rounds as they were read, each with what is seen of it.
pub type Rounds = BTreeMap<RoundId, (Arc<Round>, Option<Arc<Round>>)>;

/// A unit with all that is below it; what it says holds for as long as the tree it was cut from.
pub struct Part {
    /// The tree that it was cut from.
    from: Arc<BranchTree>,
    /// The units of the part, the first of them at the top.
    pub tree: Arc<BranchTree>,
    /// The units above, the nearest first.
    pub above: Vec<BranchId>,
    /// The units in the order of their numbers.
    pub units: Vec<BranchId>,
    /// Whether the unit of a number is in it: asked once for each row of a large ledger.
    seen: Vec<bool>,
    pub(super) rounds: Mutex<Rounds>,
    pub(super) counted: Mutex<BTreeMap<RoundId, Arc<Counted>>>,
    pub(super) ledger: Mutex<Option<Cut>>,
}

impl Part {
    /// Cuts it out of a tree; it is empty where the tree has no such unit.
    pub fn of(from: Arc<BranchTree>, over: Option<BranchId>) -> Self {
        let lines = over.map_or(&[][..], |over| from.lines.get(from.subtree(over)).unwrap_or_default());
        let top = lines.first().map_or(0, |line| line.depth);
        let cut = |(at, line): (usize, &BranchLine)| BranchLine {
            depth: line.depth - top,
            parent: line.parent.filter(|_| at > 0),
            ..line.clone()
        };
        let lines: Vec<BranchLine> = lines.iter().enumerate().map(cut).collect();
        let mut places: Vec<(BranchId, u32)> = (0u32..).zip(&lines).map(|(at, line)| (line.id, at)).collect();
        places.sort_unstable();
        let units: Vec<BranchId> = places.iter().map(|(id, _)| *id).collect();
        let mut seen = vec![false; units.last().map_or(0, |last| last.0 as usize + 1)];
        for unit in &units {
            if let Some(seen) = seen.get_mut(unit.0 as usize) {
                *seen = true;
            }
        }
        let above = over.map_or_else(Vec::new, |over| from.upwards(over).skip(1).collect());
        let tree = Arc::new(BranchTree { lines, places });
        let (rounds, counted, ledger) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { from, tree, above, units, seen, rounds, counted, ledger }
    }

    /// Says whether it was cut from this very tree.
    pub fn is_of(&self, tree: &Arc<BranchTree>) -> bool {
        Arc::ptr_eq(&self.from, tree)
    }

    /// Says whether there is nothing in it.
    pub const fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Says whether a unit is in it.
    pub fn has(&self, unit: BranchId) -> bool {
        self.seen.get(unit.0 as usize).is_some_and(|seen| *seen)
    }

    /// Finds the first inspection at or after one that the part may have.
    pub fn next(&self, (round, branch): (RoundId, BranchId)) -> Option<(RoundId, BranchId)> {
        let at = self.units.partition_point(|unit| *unit < branch);
        match self.units.get(at) {
            Some(unit) => Some((round, *unit)),
            None => Some((RoundId(round.0.checked_add(1)?), *self.units.first()?)),
        }
    }

    /// Returns a unit without the names of those outside whose history it carries on.
    pub fn branch(&self, mut branch: Branch) -> Branch {
        branch.lineage.retain(|unit| self.has(*unit));
        branch.merged = branch.merged.filter(|unit| self.has(*unit));
        branch
    }

    /// Returns a finding without the one before it, where that one is outside.
    pub fn followed(&self, mut followed: Followed) -> Followed {
        followed.repeat_of = followed.repeat_of.filter(|id| self.has(id.branch));
        followed.relapse_of = followed.relapse_of.filter(|rect| self.has(rect.finding.branch));
        followed
    }

    /// Returns the house with those persons alone who may act in the part, and with the one who looks.
    pub fn house(&self, house: House, me: &PersonId) -> House {
        let acts = |facts: &PersonFacts| facts.over.is_none_or(|over| self.has(over) || self.above.contains(&over));
        let persons = house.persons.into_iter().filter(|(id, facts)| id == me || acts(facts)).collect();
        House { persons, ..house }
    }
}
