//! Where somebody is, as far as others see it, and whose changes matter there.

use super::{Model, Screen};
use crate::domain::{BranchId, ItemId, Of, PersonId, RectId, RoundId};

/// Where somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Spot {
    /// At a list, or somewhere else where nobody is in anybody's way.
    #[default]
    Elsewhere,
    /// In a branch's inspection.
    Walk {
        /// The round.
        round: RoundId,
        /// The branch.
        branch: BranchId,
        /// The item that is looked at.
        item: Option<ItemId>,
    },
    /// At a rectification item.
    Rect(RectId),
}

impl Spot {
    /// Says whether two are in the same inspection or at the same rectification item.
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Walk { round, branch, .. }, Self::Walk { round: other, branch: at, .. }) => {
                (round, branch) == (other, at)
            }
            (Self::Rect(one), Self::Rect(other)) => one == other,
            (Self::Elsewhere | Self::Walk { .. } | Self::Rect(_), _) => false,
        }
    }

    /// Says whether changes to these matter to somebody here; nothing named is what was asked for.
    ///
    /// It may say yes too often, never no where a screen would show something old.
    pub fn heeds(&self, of: &[Of]) -> bool {
        let Self::Walk { round, branch, .. } = self else { return true };
        let matters = |of: &Of| match of {
            Of::Inspection(other, at) => (other, at) == (round, branch),
            Of::Round(other) => other == round,
            Of::Finding(id) => id.branch == *branch,
            Of::Calibration(id) => (id.round, id.branch) == (*round, *branch),
            Of::Sheet(..) => false,
            Of::Branch(_) | Of::House | Of::Edition(_) | Of::Lookback(_) => true,
        };
        of.is_empty() || of.iter().any(matters)
    }
}

/// Somebody else who is where the person is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// Where exactly.
    pub spot: Spot,
}

impl Model {
    /// Says where the person is.
    pub fn spot(&self) -> Spot {
        match &self.screen {
            // Where somebody is on their sheet is theirs alone.
            Screen::Walk(walk) if walk.blind.is_none() => Spot::Walk {
                round: walk.round.id,
                branch: walk.branch.id,
                item: walk.item().map(|item| item.id.clone()),
            },
            Screen::Rect(page) => Spot::Rect(page.id()),
            _ => Spot::Elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::FindingId;

    #[test]
    fn a_walk_heeds_its_own_branch_and_what_everybody_shares() {
        let (round, branch, other) = (RoundId(1), BranchId(2), BranchId(3));
        let walk = Spot::Walk { round, branch, item: None };
        for of in [Of::Inspection(round, branch), Of::Round(round), Of::House, Of::Branch(other)] {
            assert!(walk.heeds(&[of]), "{of}");
        }
        let finding = |branch| Of::Finding(FindingId { round, branch, n: 1 });
        assert!(walk.heeds(&[Of::Inspection(round, other), finding(branch)]) && walk.heeds(&[]));
        assert!(!walk.heeds(&[Of::Inspection(round, other), Of::Round(RoundId(9)), finding(other)]));
        assert!(Spot::Elsewhere.heeds(&[Of::Inspection(round, other)]));
    }

    #[test]
    fn two_meet_in_one_inspection_whatever_item_each_looks_at() {
        let at = |branch, item: &str| Spot::Walk { round: RoundId(1), branch, item: Some(ItemId(item.to_owned())) };
        assert!(at(BranchId(2), "S-01").meets(&at(BranchId(2), "R-01")));
        assert!(!at(BranchId(2), "S-01").meets(&at(BranchId(3), "S-01")));
        assert!(!Spot::Elsewhere.meets(&Spot::Elsewhere), "nobody is in anybody's way");
    }
}
