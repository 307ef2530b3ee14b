//! Who may want what: the roles of a command, and the part of the tree that a role is for.

use super::{Actor, BranchId, Refusal, Role};

/// Refuses who has none of the roles.
pub fn one_of(actor: &Actor<'_>, roles: &[Role]) -> Result<(), Refusal> {
    if roles.contains(&actor.role()) { Ok(()) } else { Err(Refusal::ForOthers { roles: roles.to_vec() }) }
}

/// Refuses who acts outside the part of the tree that their role is for; a unit is given with the units above it.
///
/// What is about the whole tree is given without any unit.
pub fn reached(actor: &Actor<'_>, branch_and_above: &[BranchId]) -> Result<(), Refusal> {
    if actor.reaches(branch_and_above) { Ok(()) } else { Err(Refusal::OutOfReach(branch_and_above.first().copied())) }
}
