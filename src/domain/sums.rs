//! What a signed inspection comes to, group by group: what an analysis of a round adds up.

use serde::{Deserialize, Serialize};

use super::{Checklist, Inspection, Score, Verdict, per_mille};

/// Points of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sum {
    /// Points got, in tenths of a point times percent, as [`super::ScoreLine`] counts them.
    pub got: u64,
    /// Points that applied, in tenths.
    pub applicable: u64,
}

impl Sum {
    /// Returns points got ÷ points that applied in tenths of a percent; nothing where none applied.
    pub fn rate(self) -> Option<u32> {
        per_mille(self.got, self.applicable * 100)
    }

    /// Adds another in.
    pub const fn add(&mut self, other: Self) {
        self.got += other.got;
        self.applicable += other.applicable;
    }
}

/// What a signed inspection comes to.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Each group in the checklist's order.
    pub groups: Vec<Sum>,
    /// The places in the checklist of the items judged 不合格.
    pub failed: Vec<u16>,
    /// The places of those judged 不適用.
    pub excluded: Vec<u16>,
}

impl Sums {
    /// Adds up an inspection whose score is known.
    pub fn of(checklist: &Checklist, inspection: &Inspection, score: &Score) -> Self {
        let groups = score.groups.iter().map(|group| Sum { got: group.got, applicable: group.applicable.0.into() });
        let judged = |wanted: Verdict| {
            let places =
                (0u16..).zip(&checklist.items).filter(move |(_, item)| inspection.verdict(&item.id) == Some(wanted));
            places.map(|(place, _)| place).collect()
        };
        Self { groups: groups.collect(), failed: judged(Verdict::Fail), excluded: judged(Verdict::NotApplicable) }
    }
}
