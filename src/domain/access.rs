//! Who may want what: the roles of a command, and the part of the tree that a role is for.

use super::{Actor, BranchCommand, BranchId, Command, InspectionCommand, Refusal, Role};

/// The handle under which the program itself keeps the checklist that it brings along.
pub const PROGRAM: &str = "tijian";

/// The office: it keeps units, texts and campaigns.
const OFFICE: &[Role] = &[Role::Admin];
/// Those who walk.
pub const WALKERS: &[Role] = &[Role::Admin, Role::Inspector];

/// Lists the roles that may want something; nothing where more than the role decides, and the command says it itself.
pub const fn roles(command: &Command) -> Option<&'static [Role]> {
    match command {
        // A card is one's own to give back; of who is away the office frees it.
        Command::Inspection(_, _, InspectionCommand::FreeCard(_))
        | Command::Branch(..)
        | Command::BranchList(_)
        | Command::AddEdition(..)
        | Command::Round(..) => Some(OFFICE),
        Command::Inspection(..) | Command::FollowUp(..) | Command::Calibration(..) | Command::Sheet(..) => {
            Some(WALKERS)
        }
        Command::House(_) | Command::Follow(..) | Command::FollowAll(..) | Command::Lookback(..) => None,
    }
}

/// Lists the units that somebody has to reach for what they want; nothing in the place of a unit is the whole tree.
///
/// `parent` is what stands above the unit now: who corrects a unit need not reach what it stood below all along.
pub fn places(command: &Command, parent: Option<BranchId>) -> Vec<Option<BranchId>> {
    match command {
        Command::Branch(_, BranchCommand::Add(facts)) => vec![facts.parent],
        Command::Branch(id, BranchCommand::Edit(facts)) if facts.parent == parent => vec![Some(*id)],
        Command::Branch(id, BranchCommand::Edit(facts)) => vec![Some(*id), facts.parent],
        Command::Branch(id, BranchCommand::Merge { into, .. }) => vec![Some(*id), Some(*into)],
        Command::Branch(id, BranchCommand::Retire { .. } | BranchCommand::Restore)
        | Command::Inspection(_, id, _)
        | Command::FollowUp(_, id) => vec![Some(*id)],
        Command::Calibration(id, _) | Command::Sheet(id, _) => vec![Some(id.branch)],
        // A campaign and a list may name any unit, and a text is everybody's.
        Command::BranchList(_) | Command::AddEdition(..) | Command::Round(..) => vec![None],
        Command::House(_) | Command::Follow(..) | Command::FollowAll(..) | Command::Lookback(..) => Vec::new(),
    }
}

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
