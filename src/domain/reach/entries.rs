//! Entries as far as they are seen.

use super::super::{
    BranchChange, BranchId, Change, Entry, FollowChange, House, HouseChange, LookbackChange, PersonId, RoundChange,
};
use super::part::Part;

/// Leaves out what was entered about persons.
pub fn without_persons(entry: Entry) -> Option<Entry> {
    filtered(entry, |change| match change {
        Change::House(change) if is_of_persons(&change) => None,
        change => Some(change),
    })
}

/// Says whether a change is about who may come in and do what.
fn is_of_persons(change: &HouseChange) -> bool {
    match change {
        HouseChange::Manned { .. } | HouseChange::Keyed { .. } | HouseChange::Lodged { .. } => true,
        HouseChange::Named { .. }
        | HouseChange::Governed { .. }
        | HouseChange::Dated { .. }
        | HouseChange::PostAdded { .. }
        | HouseChange::PostRemoved { .. } => false,
    }
}

/// An entry of which nothing is left is none.
fn filtered(mut entry: Entry, seen: impl Fn(Change) -> Option<Change>) -> Option<Entry> {
    entry.changes = entry.changes.into_iter().filter_map(seen).collect();
    (!entry.changes.is_empty()).then_some(entry)
}

impl Part {
    /// Returns as much of an entry of something that is seen as is seen itself.
    pub fn entry(&self, entry: Entry) -> Option<Entry> {
        filtered(entry, |change| match change {
            Change::House(change) if is_of_persons(&change) => None,
            Change::Round(change) => self.of_round(change).map(Change::Round),
            Change::Branch(change) => self.of_branch(change).map(Change::Branch),
            Change::Follow(change) => Some(Change::Follow(self.of_finding(change))),
            Change::Lookback(change) => self.of_lookback(change).map(Change::Lookback),
            Change::House(_) | Change::Edition(_) | Change::Inspection(_) | Change::Calibration(_) => Some(change),
        })
    }

    fn units(&self, mut units: Vec<BranchId>) -> Option<Vec<BranchId>> {
        units.retain(|unit| self.has(*unit));
        (!units.is_empty()).then_some(units)
    }

    fn of_branch(&self, change: BranchChange) -> Option<BranchChange> {
        match change {
            BranchChange::Inherited(units) => self.units(units).map(BranchChange::Inherited),
            BranchChange::Relinquished(units) => self.units(units).map(BranchChange::Relinquished),
            BranchChange::Added(_)
            | BranchChange::Edited { .. }
            | BranchChange::Retired { .. }
            | BranchChange::Restored
            | BranchChange::Merged { .. } => Some(change),
        }
    }

    fn of_finding(&self, change: FollowChange) -> FollowChange {
        match change {
            FollowChange::Opened { facts, repeat_of, nth, relapse_of } => FollowChange::Opened {
                facts,
                repeat_of: repeat_of.filter(|id| self.has(id.branch)),
                nth,
                relapse_of: relapse_of.filter(|rect| self.has(rect.finding.branch)),
            },
            FollowChange::Item { .. } | FollowChange::Restated { .. } | FollowChange::Relapsed { .. } => change,
        }
    }

    fn of_round(&self, change: RoundChange) -> Option<RoundChange> {
        match change {
            RoundChange::Joined(joined) => self.units(joined).map(RoundChange::Joined),
            RoundChange::Left(left) => self.units(left).map(RoundChange::Left),
            RoundChange::Assigned { unit, .. } if !self.has(unit) && !self.above.contains(&unit) => None,
            RoundChange::Frozen(_) => None,
            RoundChange::Opened(_)
            | RoundChange::Edited { .. }
            | RoundChange::Closed
            | RoundChange::Assigned { .. }
            | RoundChange::Corrected { .. } => Some(change),
        }
    }

    fn of_lookback(&self, change: LookbackChange) -> Option<LookbackChange> {
        match change {
            LookbackChange::Drawn { criteria, seed, drawn, .. } => {
                let (criteria, population, drawn) = self.sample(criteria, drawn)?;
                Some(LookbackChange::Drawn { criteria, seed, population, drawn })
            }
            LookbackChange::Looked { rect, .. } if !self.has(rect.finding.branch) => None,
            LookbackChange::Looked { .. } | LookbackChange::Ended { .. } => Some(change),
        }
    }
}

/// Leaves of the ways in only a person's own: by which keys and accounts others come is the office's affair.
pub fn own_ways(mut house: House, me: &PersonId) -> House {
    house.keys.retain(|_, key| key.holder == *me);
    house.logins.retain(|_, holder| holder == me);
    house
}
