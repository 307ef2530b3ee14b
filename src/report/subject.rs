//! What a report is about: one branch in one round, read once.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::{
    Branch, BranchId, Checklist, Inspection, Item, ItemId, Profile, ReadFault, Reading, Round, RoundId, Score, earlier,
    finding_name, score,
};

/// One branch in one round, with the text that it was looked at by.
pub(super) struct Subject {
    /// The organisation's name, or empty.
    pub house: String,
    /// The round.
    pub round: Arc<Round>,
    /// The text that it is pinned to.
    pub checklist: Arc<Checklist>,
    /// The branch.
    pub branch: Branch,
    /// Its name from the top of the tree down.
    pub path: String,
    /// What stands.
    pub inspection: Inspection,
    /// What it comes to.
    pub score: Score,
    /// Items with a finding in an earlier round within 24 months.
    pub repeats: BTreeSet<ItemId>,
}

impl Subject {
    /// Reads it; nothing where there is no such round or branch, or the branch is not in the round.
    pub fn read(
        reading: &dyn Reading,
        round: RoundId,
        branch: BranchId,
        between: &str,
    ) -> Result<Option<Self>, ReadFault> {
        let Some(round) = reading.round(round)? else {
            return Ok(None);
        };
        let Some(facts) = reading.branch(branch)? else {
            return Ok(None);
        };
        if round.branches.binary_search(&branch).is_err() {
            return Ok(None);
        }
        let Some(checklist) = reading.checklist(&round.plan.edition)? else {
            return Ok(None);
        };
        let inspection = reading.inspection(round.id, branch)?;
        Ok(Some(Self {
            house: reading.house()?.name,
            path: reading.path(branch, between)?,
            score: score(&checklist, &inspection),
            repeats: earlier(reading, &round, &facts)?.repeats,
            branch: facts,
            round,
            checklist,
            inspection,
        }))
    }

    /// Returns whose basis is printed: the branch's own profile, where it has one.
    pub fn profile(&self) -> Profile {
        self.branch.facts.profile.unwrap_or(self.round.plan.profile)
    }

    /// Names a finding for other papers: round, branch, item, number.
    pub fn finding_id(&self, item: &ItemId, n: u16) -> String {
        finding_name(&self.round.plan.code, &self.branch.facts.code, item, n)
    }

    /// Lists the items of the annex, or those that count, in walking order.
    pub fn items(&self, scored: bool) -> impl Iterator<Item = &Item> {
        self.checklist.items.iter().filter(move |item| self.checklist.scored(item) == scored)
    }
}
