//! Whether an item waits for somebody who is there.

use super::{LedgerLine, Waiting};
use crate::domain::{Actor, BranchId, Role};

impl Actor<'_> {
    /// Says whether an item waits for this person: for their role, in their part of the tree, and with nothing between
    /// that keeps them from judging it. The branch is given with the units above it.
    pub fn is_waited_for(&self, line: &LedgerLine, branch_and_above: &[BranchId]) -> bool {
        let own = self.facts.and_then(|facts| facts.belongs);
        let stranger = own.is_none() || own != branch_and_above.first().copied();
        let judges = |role: &[Role]| stranger && role.contains(&self.role());
        let for_me = |waiting| match waiting {
            Waiting::Issue => matches!(self.role(), Role::Admin | Role::Inspector),
            Waiting::Branch => self.alone || self.role() == Role::Branch,
            Waiting::Verify => {
                judges(&[Role::Admin, Role::Inspector, Role::Approver])
                    && (self.alone || line.requester.as_ref() != Some(self.id))
            }
            Waiting::Approve | Waiting::Answer => judges(&[Role::Admin, Role::Approver]),
        };
        self.reaches(branch_and_above) && line.waits().any(for_me)
    }
}
