//! What look-backs have seen, by look-back and by the round of the items: 反彈率 and 有效率 with their counts.

use std::collections::BTreeMap;

use crate::domain::{BranchId, Lookback, LookbackId, Outcome, Rate, RoundId};

/// What look-backs have seen: items that came back ÷ items that were looked at.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Looks {
    /// Each look-back, in the order in which they were counted.
    pub each: Vec<(LookbackId, Rate)>,
    /// Each round whose items were looked at.
    pub rounds: BTreeMap<RoundId, Rate>,
    /// All of it.
    pub all: Rate,
}

impl Looks {
    /// Counts a look-back in, as far as branches are seen.
    pub fn add(&mut self, lookback: &Lookback, seen: impl Fn(BranchId) -> bool) {
        let mut own = Rate::default();
        for (rect, outcome) in lookback.outcomes().filter(|(rect, _)| seen(rect.finding.branch)) {
            let relapsed = outcome == Outcome::Relapsed;
            own.count(relapsed);
            self.rounds.entry(rect.finding.round).or_default().count(relapsed);
        }
        self.all.add(own);
        self.each.push((lookback.id, own));
    }

    /// Returns what was seen of the items of a round.
    pub fn of(&self, round: RoundId) -> Rate {
        self.rounds.get(&round).copied().unwrap_or_default()
    }
}
