//! Persons who act, and what each may do.

use serde::{Deserialize, Serialize};

use super::{BranchId, PersonId, Refusal};

/// What somebody is there for (角色).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 管理員: the committee's office; keeps settings and persons.
    Admin,
    /// 督查員: walks, issues, verifies.
    Inspector,
    /// 審批人: approves closures of grave items, extensions and exemptions.
    Approver,
    /// 支部: answers for a branch.
    Branch,
    /// 查閱: looks on.
    Viewer,
}

impl Role {
    /// Every role, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Admin, Self::Inspector, Self::Approver, Self::Branch, Self::Viewer];
}

/// What is known of a person: a role and a place, nothing about the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// What they are there for.
    pub role: Role,
    /// The part of the tree that the role is for; all of it where nothing is named.
    #[serde(default)]
    pub over: Option<BranchId>,
    /// The branch that they belong to, for which they never verify (回避).
    #[serde(default)]
    pub belongs: Option<BranchId>,
    /// Their post (崗位); one that the house knows.
    #[serde(default)]
    pub post: String,
}

impl PersonFacts {
    /// Checks that a branch's person has a branch.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.role == Role::Branch && self.over.is_none() {
            return Err(Refusal::Empty("over"));
        }
        Ok(())
    }
}

/// Who acts, as far as the store knows them.
#[derive(Clone, Debug)]
pub struct Actor<'a> {
    /// Their handle.
    pub id: &'a PersonId,
    /// What the store knows of them.
    pub facts: Option<&'a PersonFacts>,
    /// Whether the store knows no persons at all: then there is one local user, who may enter everybody's steps.
    pub alone: bool,
}

impl Actor<'_> {
    /// Returns the role; somebody whom the store does not know looks on.
    pub fn role(&self) -> Role {
        match self.facts {
            Some(facts) => facts.role,
            None if self.alone => Role::Admin,
            None => Role::Viewer,
        }
    }

    /// Says whether a unit, given with the units above it, is in the part of the tree that the role is for.
    pub fn reaches(&self, branch_and_above: &[BranchId]) -> bool {
        self.facts.and_then(|facts| facts.over).is_none_or(|over| branch_and_above.contains(&over))
    }

    /// Returns the post, or nothing where none is known.
    pub fn post(&self) -> &str {
        self.facts.map_or("", |facts| facts.post.as_str())
    }
}
