//! A branch (支部) and the tree of units that it stands in.

use serde::{Deserialize, Serialize};

use super::{BranchId, Day, Profile, Refusal, Rev, care};

/// The level of a unit: 黨委 → 黨總支 → 黨支部 → 黨小組.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BranchKind {
    /// 工委.
    Gongwei,
    /// 黨委.
    Dangwei,
    /// 黨總支.
    Zongzhi,
    /// 黨支部.
    #[default]
    Zhibu,
    /// 黨小組.
    Xiaozu,
}

impl BranchKind {
    /// Every level, from the top.
    pub const ALL: [Self; 5] = [Self::Gongwei, Self::Dangwei, Self::Zongzhi, Self::Zhibu, Self::Xiaozu];
}

/// What is known of a unit: counts and dates, never names of persons.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BranchFacts {
    /// The unit above.
    #[serde(default)]
    pub parent: Option<BranchId>,
    /// The organisation's own code, such as `JG-007`; unique, at most 16 characters.
    pub code: String,
    /// The short name that lists show; at most 30 characters.
    pub name: String,
    /// The name in full, or empty; at most 60 characters.
    #[serde(default)]
    pub full_name: String,
    /// Its level.
    #[serde(default)]
    pub kind: BranchKind,
    /// Which basis its items are printed with, where the round leaves it open.
    #[serde(default)]
    pub profile: Option<Profile>,
    /// 正式黨員.
    #[serde(default)]
    pub full_members: Option<u16>,
    /// 黨員, probationary members included.
    #[serde(default)]
    pub all_members: Option<u16>,
    /// Members of the branch committee; 0 where there is none.
    #[serde(default)]
    pub committee: Option<u16>,
    /// 黨小組.
    #[serde(default)]
    pub groups: Option<u16>,
    /// The day on which the present term began.
    #[serde(default)]
    pub term_start: Option<Day>,
    /// The length of a term in years.
    #[serde(default)]
    pub term_years: Option<u16>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// Its number.
    pub id: BranchId,
    /// How often it was changed.
    pub rev: Rev,
    /// What is known of it.
    pub facts: BranchFacts,
    /// Whether it still exists; a retired unit keeps its history and joins no new round.
    pub active: bool,
    /// The unit that it was merged into, where it was; that one carries its history on.
    pub merged: Option<BranchId>,
    /// The units whose history it carries on beside its own, in order of their numbers.
    pub lineage: Vec<BranchId>,
}

impl Branch {
    /// Lists the units whose findings count as its own: itself, and those that were merged into it.
    pub fn history(&self) -> Vec<BranchId> {
        std::iter::once(self.id).chain(self.lineage.iter().copied()).collect()
    }
}

/// What happened to a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BranchChange {
    /// It was entered.
    Added(BranchFacts),
    /// What is known of it was corrected.
    Edited {
        /// What stood before.
        was: BranchFacts,
        /// What stands now.
        now: BranchFacts,
    },
    /// It was dissolved.
    Retired {
        /// Why.
        reason: String,
    },
    /// It is in being again; its history is its own.
    Restored,
    /// It was merged away: another unit carries its history on.
    Merged {
        /// Into which unit.
        into: BranchId,
        /// Why.
        reason: String,
    },
    /// Units were merged into it: it carries their history on.
    Inherited(Vec<BranchId>),
    /// Units that were merged into it are in being again: it carries their history on no longer.
    Relinquished(Vec<BranchId>),
}

/// What somebody wants of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BranchCommand {
    /// Enter it.
    Add(BranchFacts),
    /// Correct what is known of it.
    Edit(BranchFacts),
    /// Take it out of new rounds.
    Retire {
        /// Why; needed.
        reason: String,
    },
    /// Take it back.
    Restore,
    /// Merge it into another unit, which carries its history on: what is found there again is a repeat.
    Merge {
        /// The other unit.
        into: BranchId,
        /// Why; needed.
        reason: String,
    },
}

/// What a unit's neighbours say, looked up by the caller.
#[derive(Clone, Debug, Default)]
pub struct BranchSurroundings {
    /// Who holds the wanted code already.
    pub code_holder: Option<BranchId>,
    /// The units above the wanted parent, the parent first; empty where it does not exist.
    pub ancestors: Vec<BranchId>,
    /// The unit that it is to be merged into, or was merged into, where that exists.
    pub heir: Option<Branch>,
}

/// Decides what a command means for a unit, or why it cannot be.
pub fn decide_branch(
    id: BranchId,
    branch: Option<&Branch>,
    around: &BranchSurroundings,
    command: BranchCommand,
) -> Result<Vec<BranchChange>, Refusal> {
    let existing = || branch.ok_or(Refusal::NoSuchBranch(id));
    match command {
        BranchCommand::Add(facts) => {
            if branch.is_some() {
                return Err(Refusal::BranchExists(id));
            }
            check(id, &facts, around)?;
            Ok(vec![BranchChange::Added(facts)])
        }
        BranchCommand::Edit(now) => {
            let was = existing()?.facts.clone();
            if was == now {
                return Err(Refusal::NothingChanged);
            }
            check(id, &now, around)?;
            Ok(vec![BranchChange::Edited { was, now }])
        }
        BranchCommand::Retire { reason } => {
            if !existing()?.active {
                return Err(Refusal::NothingChanged);
            }
            care::check_needed("reason", &reason, 200)?;
            Ok(vec![BranchChange::Retired { reason }])
        }
        BranchCommand::Restore => {
            let branch = existing()?;
            if branch.active {
                return Err(Refusal::NothingChanged);
            }
            // What went on from there to a third unit comes back the way it went.
            match around.heir.as_ref().filter(|heir| branch.merged == Some(heir.id)) {
                Some(Branch { merged: Some(_), id, .. }) => Err(Refusal::MergedOn(*id)),
                _ => Ok(vec![BranchChange::Restored]),
            }
        }
        BranchCommand::Merge { into, reason } => {
            if !existing()?.active {
                return Err(Refusal::NothingChanged);
            }
            care::check_needed("reason", &reason, 200)?;
            let heir = around.heir.as_ref().filter(|heir| heir.id == into && into != id && heir.active);
            heir.map_or(Err(Refusal::NoSuchBranch(into)), |_| Ok(vec![BranchChange::Merged { into, reason }]))
        }
    }
}

/// Says what a change of a unit means for the one that it is merged into, or comes back from.
pub fn inherited(branch: &Branch, change: &BranchChange) -> Option<(BranchId, BranchChange)> {
    match change {
        BranchChange::Merged { into, .. } => Some((*into, BranchChange::Inherited(branch.history()))),
        BranchChange::Restored => Some((branch.merged?, BranchChange::Relinquished(branch.history()))),
        BranchChange::Added(_)
        | BranchChange::Edited { .. }
        | BranchChange::Retired { .. }
        | BranchChange::Inherited(_)
        | BranchChange::Relinquished(_) => None,
    }
}

/// Checks what is to be known of a unit against limits and neighbours.
fn check(id: BranchId, facts: &BranchFacts, around: &BranchSurroundings) -> Result<(), Refusal> {
    care::check_needed("code", &facts.code, 16)?;
    care::check_needed("name", &facts.name, 30)?;
    care::check("full_name", &facts.full_name, 60)?;
    if let Some(holder) = around.code_holder.filter(|holder| *holder != id) {
        return Err(Refusal::CodeTaken { code: facts.code.clone(), holder });
    }
    if let Some(parent) = facts.parent {
        if parent == id || around.ancestors.contains(&id) {
            return Err(Refusal::BelowItself(id));
        }
        if around.ancestors.first() != Some(&parent) {
            return Err(Refusal::NoSuchBranch(parent));
        }
    }
    if let (Some(full), Some(all)) = (facts.full_members, facts.all_members)
        && full > all
    {
        return Err(Refusal::MoreFullThanAll { full, all });
    }
    match facts.term_years {
        Some(0 | 11..) => Err(Refusal::OutOfRange { field: "term_years", low: 1, high: 10 }),
        _ => Ok(()),
    }
}

/// Applies what happened; never fails.
pub fn apply_branch(branch: &mut Option<Branch>, id: BranchId, rev: Rev, change: &BranchChange) {
    match (change, branch.as_mut()) {
        (BranchChange::Added(facts), _) => {
            *branch = Some(Branch { id, rev, facts: facts.clone(), active: true, merged: None, lineage: Vec::new() });
            return;
        }
        (BranchChange::Edited { now, .. }, Some(branch)) => branch.facts = now.clone(),
        (BranchChange::Retired { .. }, Some(branch)) => branch.active = false,
        (BranchChange::Restored, Some(branch)) => (branch.active, branch.merged) = (true, None),
        (BranchChange::Merged { into, .. }, Some(branch)) => (branch.active, branch.merged) = (false, Some(*into)),
        (BranchChange::Inherited(from), Some(branch)) => {
            branch.lineage.extend(from);
            branch.lineage.sort_unstable();
            branch.lineage.dedup();
        }
        (BranchChange::Relinquished(from), Some(branch)) => branch.lineage.retain(|unit| !from.contains(unit)),
        (_, None) => {}
    }
    if let Some(branch) = branch {
        branch.rev = rev;
    }
}
