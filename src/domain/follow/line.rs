//! A rectification item in a line of the ledger (整改台賬).

use serde::{Deserialize, Serialize};

use super::{Followed, Rectification, Standing, State, standing};
use crate::domain::{Class, Day, FindingFacts, ItemId, PersonId, RectId, Severity};

/// What the ledger says of a finding, once for all its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerFinding {
    /// Its number within the inspection.
    pub n: u16,
    /// The item of the checklist that falls short.
    pub item: ItemId,
    /// What it states.
    pub fact: String,
    /// How grave it is.
    pub severity: Severity,
    /// How it is put right.
    pub class: Class,
    /// Which finding on this item of this branch it is; 1 where it is the first.
    pub nth: u8,
    /// Whether it came back after its item was closed.
    pub relapse: bool,
    /// Its items, numbered from 1 in this order.
    pub lines: Vec<LedgerLine>,
}

/// What the ledger says of an item.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of the ledger")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// Where it stands.
    pub state: State,
    /// The last day, with what leave adds.
    pub due: Day,
    /// The day that it had first.
    pub first_due: Day,
    /// When it was handed to the branch.
    pub issued: Option<Day>,
    /// When the branch received it.
    pub received: Option<Day>,
    /// When its closure was asked for, while that is open and after.
    pub requested: Option<Day>,
    /// Who asked: somebody else verifies.
    pub requester: Option<PersonId>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// Who verified it, once it is closed.
    pub closer: Option<PersonId>,
    /// Whether it was closed without missing a day.
    pub in_time: bool,
    /// Until when it has leave.
    pub exempt: Option<Day>,
    /// How often it was sent back.
    pub returns: u8,
    /// How often its day was moved at the branch's wish.
    pub extensions: u8,
    /// Whether a wish for another day is open.
    pub asked: bool,
    /// Whether it is found put right and a third person has yet to approve.
    pub checked: bool,
    /// Index entries of evidence.
    pub evidence: u8,
    /// Stages of a standing item that are closed.
    pub stages: u8,
    /// Whether it was put right on the spot.
    pub on_the_spot: bool,
    /// The post that does it.
    pub post: String,
}

impl LedgerLine {
    /// Says how the item stands to its day.
    pub fn standing(&self, today: Day) -> Standing {
        standing(self.state, self.due, self.exempt, today)
    }
}

impl From<&Rectification> for LedgerLine {
    fn from(item: &Rectification) -> Self {
        Self {
            state: item.state,
            due: item.last_day(),
            first_due: item.first_due,
            issued: item.issued.as_ref().map(|hand| hand.on),
            received: item.received.as_ref().map(|hand| hand.on),
            requested: item.requested.as_ref().map(|hand| hand.on),
            requester: item.requested.as_ref().map(|hand| hand.by.clone()),
            closed: item.closure.as_ref().map(|closure| closure.on),
            closer: item.closure.as_ref().map(|closure| closure.verified.by.clone()),
            in_time: item.closure.as_ref().is_some_and(|closure| closure.in_time),
            exempt: item.exempt.as_ref().map(|exempt| exempt.until),
            returns: item.returns,
            extensions: item.extensions,
            asked: item.asked.is_some(),
            checked: item.checked.is_some(),
            evidence: u8::try_from(item.evidence.len()).unwrap_or(u8::MAX),
            stages: item.stages,
            on_the_spot: item.on_the_spot,
            post: item.facts.post.clone(),
        }
    }
}

impl From<&Followed> for LedgerFinding {
    fn from(followed: &Followed) -> Self {
        let FindingFacts { item, fact, severity, class, .. } = &followed.facts;
        Self {
            n: followed.id.n,
            item: item.clone(),
            fact: fact.clone(),
            severity: *severity,
            class: *class,
            nth: followed.nth,
            relapse: followed.relapse_of.is_some(),
            lines: followed.items.iter().map(LedgerLine::from).collect(),
        }
    }
}

impl Followed {
    /// Returns the name of an item of it.
    pub const fn rect(&self, item: u8) -> RectId {
        RectId { finding: self.id, item }
    }
}
