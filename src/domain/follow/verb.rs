//! What can be done to an item: in which states, and by whom.

use serde::{Deserialize, Serialize};

use super::{Answers, Evidence, Paper, RectFacts, Rectification, State};
use crate::domain::{Day, Role};

/// What somebody wants of a rectification item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowCommand {
    /// Write a further item down.
    Draft(RectFacts),
    /// Correct the draft.
    Edit(RectFacts),
    /// Hand it to the branch.
    Issue,
    /// Take it over for the branch.
    Receive,
    /// Begin, with what is to be done.
    Start {
        /// What is to be done (整改措施); empty where the item says it.
        measure: String,
        /// What is reached by it; empty where the item says it, or nobody does.
        goal: String,
    },
    /// Enter evidence.
    Evidence(Evidence),
    /// Ask for the closure.
    Request(Answers),
    /// Take up the verification.
    TakeUp,
    /// Find it put right: it is closed, or waits for an approval; a standing item may go on to a next stage.
    Pass {
        /// The day of the next stage of a standing item.
        next: Option<Day>,
    },
    /// Approve the closure as a third person.
    Approve,
    /// Send it back.
    Return {
        /// Why.
        reason: String,
        /// The new day.
        due: Day,
    },
    /// Give it up before work starts.
    Revoke {
        /// Why.
        reason: String,
    },
    /// Ask for another day.
    Ask {
        /// The day that is wished for.
        to: Day,
        /// Why.
        reason: String,
    },
    /// Grant that day.
    Grant,
    /// Refuse it.
    Deny {
        /// Why.
        reason: String,
    },
    /// Give leave until a day.
    Exempt {
        /// Until when.
        until: Day,
        /// Why.
        reason: String,
    },
    /// End the leave.
    Lift {
        /// Why.
        reason: String,
    },
    /// Record that it was put right while the inspectors were still there.
    PutRight {
        /// What shows it.
        evidence: Evidence,
        /// The answers to the three questions.
        answers: Answers,
    },
    /// Record that a paper went out.
    Send(Paper),
    /// Claim the verification for a while.
    Claim,
    /// Give it back.
    Release,
}

/// The name of what somebody wants, without its particulars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// See [`FollowCommand::Draft`].
    Draft,
    /// See [`FollowCommand::Edit`].
    Edit,
    /// See [`FollowCommand::Issue`].
    Issue,
    /// See [`FollowCommand::PutRight`].
    PutRight,
    /// See [`FollowCommand::Receive`].
    Receive,
    /// See [`FollowCommand::Start`].
    Start,
    /// See [`FollowCommand::Evidence`].
    Evidence,
    /// See [`FollowCommand::Request`].
    Request,
    /// See [`FollowCommand::TakeUp`].
    TakeUp,
    /// See [`FollowCommand::Pass`].
    Pass,
    /// See [`FollowCommand::Approve`].
    Approve,
    /// See [`FollowCommand::Return`].
    Return,
    /// See [`FollowCommand::Ask`].
    Ask,
    /// See [`FollowCommand::Grant`].
    Grant,
    /// See [`FollowCommand::Deny`].
    Deny,
    /// See [`FollowCommand::Exempt`].
    Exempt,
    /// See [`FollowCommand::Lift`].
    Lift,
    /// See [`FollowCommand::Revoke`].
    Revoke,
    /// See [`FollowCommand::Send`].
    Send,
    /// See [`FollowCommand::Claim`].
    Claim,
    /// See [`FollowCommand::Release`].
    Release,
}

/// Whether somebody may take a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// In their own name.
    Own,
    /// On behalf of a post of the branch, and marked so for ever.
    Behalf,
    /// Not at all.
    No,
}

impl FollowCommand {
    /// Lists the posts that it names.
    pub fn posts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Draft(facts) | Self::Edit(facts) => vec![&mut facts.lead, &mut facts.post],
            _ => Vec::new(),
        }
    }

    /// Returns its name.
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Draft(_) => Verb::Draft,
            Self::Edit(_) => Verb::Edit,
            Self::Issue => Verb::Issue,
            Self::Receive => Verb::Receive,
            Self::Start { .. } => Verb::Start,
            Self::Evidence(_) => Verb::Evidence,
            Self::Request(_) => Verb::Request,
            Self::TakeUp => Verb::TakeUp,
            Self::Pass { .. } => Verb::Pass,
            Self::Approve => Verb::Approve,
            Self::Return { .. } => Verb::Return,
            Self::Revoke { .. } => Verb::Revoke,
            Self::Ask { .. } => Verb::Ask,
            Self::Grant => Verb::Grant,
            Self::Deny { .. } => Verb::Deny,
            Self::Exempt { .. } => Verb::Exempt,
            Self::Lift { .. } => Verb::Lift,
            Self::PutRight { .. } => Verb::PutRight,
            Self::Send(_) => Verb::Send,
            Self::Claim => Verb::Claim,
            Self::Release => Verb::Release,
        }
    }
}

impl Verb {
    /// Every verb, in the order of an item's life.
    pub const ALL: [Self; 21] = [
        Self::Draft,
        Self::Edit,
        Self::Issue,
        Self::PutRight,
        Self::Receive,
        Self::Start,
        Self::Evidence,
        Self::Request,
        Self::TakeUp,
        Self::Pass,
        Self::Approve,
        Self::Return,
        Self::Ask,
        Self::Grant,
        Self::Deny,
        Self::Exempt,
        Self::Lift,
        Self::Revoke,
        Self::Send,
        Self::Claim,
        Self::Release,
    ];

    /// Lists the states in which it can be wanted. [`Verb::Draft`] makes a new item and looks at none.
    pub const fn states(self) -> &'static [State] {
        use State::{Drafted, Issued, Received, Requested, Verifying, Working};
        match self {
            Self::Draft => &[],
            Self::Edit | Self::Issue | Self::PutRight => &[Drafted],
            Self::Receive => &[Issued],
            Self::Start => &[Received],
            Self::Evidence => &[Received, Working],
            Self::Request => &[Working],
            Self::TakeUp => &[Requested],
            Self::Claim | Self::Release => &[Requested, Verifying],
            Self::Pass | Self::Approve | Self::Return => &[Verifying],
            Self::Ask | Self::Grant | Self::Deny | Self::Exempt | Self::Lift => &[Issued, Received, Working],
            Self::Revoke => &[Drafted, Issued, Received],
            Self::Send => &[Issued, Received, Working, Requested, Verifying],
        }
    }

    /// Says whether a role may want it at all.
    pub const fn may(self, role: Role) -> May {
        use Role::{Admin, Approver, Branch, Inspector};
        match (self, role) {
            // The branch's own steps; others enter them for a post of it.
            (
                Self::Receive | Self::Start | Self::Evidence | Self::Request | Self::Ask | Self::PutRight,
                Admin | Inspector,
            ) => May::Behalf,
            (Self::Receive | Self::Start | Self::Evidence | Self::Request | Self::Ask, Branch)
            | (Self::Draft | Self::Edit | Self::Issue | Self::Revoke, Admin | Inspector)
            | (
                Self::TakeUp | Self::Pass | Self::Return | Self::Send | Self::Claim | Self::Release,
                Admin | Inspector | Approver,
            )
            | (Self::Approve | Self::Grant | Self::Deny | Self::Exempt | Self::Lift, Admin | Approver) => May::Own,
            _ => May::No,
        }
    }

    /// Lists the roles that may want it, in the order of lists.
    pub fn roles(self) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.may(*role) != May::No).collect()
    }
}

/// Returns the step that brings an item on, whoever takes it; nothing where it is over.
pub fn forward(item: &Rectification) -> Option<Verb> {
    Some(match item.state {
        State::Drafted => Verb::Issue,
        State::Issued => Verb::Receive,
        State::Received => Verb::Start,
        State::Working if item.evidence.len() > usize::from(item.evidence_seen) => Verb::Request,
        State::Working => Verb::Evidence,
        State::Requested => Verb::TakeUp,
        State::Verifying if item.checked.is_some() => Verb::Approve,
        State::Verifying => Verb::Pass,
        State::Closed | State::Revoked => return None,
    })
}
