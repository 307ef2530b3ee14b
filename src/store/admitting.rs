//! Lets somebody to the desk, or says for whom it is: asked of every command before anything is decided.

use super::shelf::staging::Staging;
use super::shelf::{names, person};
use super::{DeskError, following};
use crate::domain::{Actor, Branch, BranchCommand, Command, PersonId, access};

/// Refuses a command of somebody whose role it is not for, or who does not reach what it is about.
///
/// One person is looked up and not the whole house: this stands before every verdict.
pub fn admit(staging: &Staging<'_>, by: &PersonId, command: &Command) -> Result<(), DeskError> {
    let Some(roles) = access::roles(command) else { return Ok(()) };
    if by.0 == access::PROGRAM && matches!(command, Command::AddEdition(..)) {
        return Ok(());
    }
    let (facts, alone) = person(staging, by)?;
    let actor = Actor { id: by, facts: facts.as_ref(), alone };
    access::one_of(&actor, roles)?;
    if facts.as_ref().is_none_or(|facts| facts.over.is_none()) {
        return Ok(());
    }
    let parent = match command {
        Command::Branch(id, BranchCommand::Edit(_)) => {
            staging.get::<Branch>(&names::branch(*id))?.and_then(|branch| branch.facts.parent)
        }
        _ => None,
    };
    for place in access::places(command, parent) {
        let branch_and_above = place.map_or_else(|| Ok(Vec::new()), |branch| following::above(staging, branch))?;
        access::reached(&actor, &branch_and_above)?;
    }
    Ok(())
}
