//! A claim (領取): a lease on the verification of an item, so that two do not look at the same one.

use serde::{Deserialize, Serialize};

use super::Rectification;
use crate::domain::{Actor, PersonId, Refusal, Role, Stamp};

/// How long a claim lasts, in milliseconds: a morning's look at a branch's papers, and no day that somebody forgets it.
pub const CLAIM_LASTS: i64 = 2 * 60 * 60 * 1000;

/// A lease on the verification of an item. It ends by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Who looks at it.
    pub by: PersonId,
    /// Since when.
    pub at: Stamp,
    /// Until when.
    pub until: Stamp,
}

impl Claim {
    /// Says whether it has not ended yet.
    pub const fn holds(&self, now: Stamp) -> bool {
        now.0 < self.until.0
    }
}

impl Rectification {
    /// Returns the claim on it that has not ended.
    pub fn claimed(&self, now: Stamp) -> Option<&Claim> {
        self.claim.as_ref().filter(|claim| claim.holds(now))
    }
}

/// Refuses a step on an item that somebody else has claimed.
pub(super) fn unclaimed(item: &Rectification, actor: &Actor<'_>, now: Stamp) -> Result<(), Refusal> {
    match item.claimed(now) {
        Some(claim) if claim.by != *actor.id => Err(Refusal::Claimed { by: claim.by.clone(), until: claim.until }),
        Some(_) | None => Ok(()),
    }
}

/// Refuses to end a claim that is another's, unless it is the office that does, or one that has ended.
pub(super) fn released(item: &Rectification, actor: &Actor<'_>, now: Stamp) -> Result<(), Refusal> {
    if item.claimed(now).is_none() {
        return Err(Refusal::NothingChanged);
    }
    if actor.role() == Role::Admin { Ok(()) } else { unclaimed(item, actor, now) }
}
