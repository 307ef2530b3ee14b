//! Whether an item waits for somebody who is there.

use super::{LedgerLine, Waiting};
use crate::domain::{Actor, BranchId, Role};

/// Somebody for whom items may wait, in as much as it decides that.
#[derive(Clone, Copy, Debug)]
pub struct Awaited {
    /// What they are there for.
    pub role: Role,
    /// Whether they enter everybody's steps.
    pub alone: bool,
    /// The branch that they belong to, for which they never judge (回避).
    pub belongs: Option<BranchId>,
}

impl Awaited {
    /// Says whether a step that an item of a branch waits for is theirs; `asked` is whether they asked for its closure.
    pub fn sees_to(self, waiting: Waiting, branch: BranchId, asked: bool) -> bool {
        let judges = |roles: &[Role]| self.belongs != Some(branch) && roles.contains(&self.role);
        match waiting {
            Waiting::Issue => matches!(self.role, Role::Admin | Role::Inspector),
            Waiting::Branch => self.alone || self.role == Role::Branch,
            Waiting::Verify => judges(&[Role::Admin, Role::Inspector, Role::Approver]) && (self.alone || !asked),
            Waiting::Approve | Waiting::Answer => judges(&[Role::Admin, Role::Approver]) && (self.alone || !asked),
        }
    }
}

impl Actor<'_> {
    /// Returns what decides which items wait for them.
    pub fn awaited(&self) -> Awaited {
        Awaited { role: self.role(), alone: self.alone, belongs: self.facts.and_then(|facts| facts.belongs) }
    }

    /// Says whether an item waits for this person: for their role, in their part of the tree, and with nothing between
    /// that keeps them from judging it. The branch is given with the units above it.
    pub fn is_waited_for(&self, line: &LedgerLine, branch_and_above: &[BranchId]) -> bool {
        let Some(branch) = branch_and_above.first() else { return false };
        let asked = line.requester.as_ref() == Some(self.id);
        self.reaches(branch_and_above) && line.waits().any(|waiting| self.awaited().sees_to(waiting, *branch, asked))
    }
}
