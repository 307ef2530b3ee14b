//! A look-back (回頭看): a sample of closed items is drawn, and somebody goes and sees whether they are still put right.

mod apply;
mod decide;
mod draw;

pub use apply::*;
pub use decide::*;
pub use draw::*;

use serde::{Deserialize, Serialize};

use super::{
    BranchId, Day, Hand, LedgerFinding, LedgerLine, LookbackId, PersonId, Rate, RectId, Rev, Severity, Stamp, State,
};

/// The most items of one look-back: the burden on the branches is bounded.
pub const SAMPLE_LIMIT: u16 = 200;
/// The longest note beside a result, in characters.
pub const LOOK_NOTE_LIMIT: usize = 200;

/// From which closed items a look-back draws, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criteria {
    /// Findings of this severity; all where nothing is named.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Branches at or below this unit; all where nothing is named.
    #[serde(default)]
    pub over: Option<BranchId>,
    /// Items that this person verified; all where nobody is named.
    #[serde(default)]
    pub closer: Option<PersonId>,
    /// How many are drawn; all where there are fewer.
    pub size: u16,
}

impl Criteria {
    /// Says whether an item of the ledger may be drawn; whether its branch is looked for is asked by the caller.
    pub fn takes(&self, finding: &LedgerFinding, line: &LedgerLine) -> bool {
        line.state == State::Closed
            && self.severity.is_none_or(|severity| severity == finding.severity)
            && (self.closer.is_none() || self.closer == line.closer)
    }
}

/// What somebody saw of an item that was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 有效: it is still put right.
    Valid,
    /// 反彈: it has come back.
    Relapsed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 2] = [Self::Valid, Self::Relapsed];
}

/// A result beside an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// What was seen.
    pub outcome: Outcome,
    /// What it was seen by; what has come back, in words, where it has. At most [`LOOK_NOTE_LIMIT`] characters.
    #[serde(default)]
    pub note: String,
}

/// A result, and who gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The result.
    pub look: Look,
    /// Who gave it, and when.
    pub hand: Hand,
    /// The revision in which they did.
    pub rev: Rev,
}

/// An item that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Which item.
    pub rect: RectId,
    /// What was seen of it, once somebody has looked.
    pub seen: Option<Seen>,
}

/// How a look-back was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Who ended it.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
    /// Why some items were not looked at; empty where all were.
    pub reason: String,
}

/// A look-back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookback {
    /// Its number.
    pub id: LookbackId,
    /// How often it was changed.
    pub rev: Rev,
    /// From which items it drew.
    pub criteria: Criteria,
    /// The seed of the draw.
    pub seed: u64,
    /// How many items it drew from.
    pub population: u32,
    /// The items that were drawn, in the order of rounds, branches and numbers.
    pub drawn: Vec<Drawn>,
    /// Who drew, and when.
    pub by: (PersonId, Stamp),
    /// Its end; nothing changes afterwards.
    pub ended: Option<Ended>,
    /// Who touched it last, and when.
    pub last: (PersonId, Stamp),
}

impl Lookback {
    /// Finds an item that was drawn.
    pub fn drawn(&self, rect: RectId) -> Option<&Drawn> {
        self.drawn.iter().find(|drawn| drawn.rect == rect)
    }

    /// Lists the items that were looked at, with what was seen of them.
    pub fn outcomes(&self) -> impl Iterator<Item = (RectId, Outcome)> {
        self.drawn.iter().filter_map(|drawn| Some((drawn.rect, drawn.seen.as_ref()?.look.outcome)))
    }

    /// Lists the items that have come back, with what was seen.
    pub fn relapsed(&self) -> impl Iterator<Item = (RectId, &Look)> {
        let seen = self.drawn.iter().filter_map(|drawn| Some((drawn.rect, &drawn.seen.as_ref()?.look)));
        seen.filter(|(_, look)| look.outcome == Outcome::Relapsed)
    }

    /// Counts the items that have come back ÷ those that were looked at (反彈率).
    pub fn relapse(&self) -> Rate {
        let mut rate = Rate::default();
        for (_, outcome) in self.outcomes() {
            rate.count(outcome == Outcome::Relapsed);
        }
        rate
    }
}

/// A look-back in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookbackLine {
    /// Its number.
    pub id: LookbackId,
    /// How often it was changed.
    pub rev: Rev,
    /// From which items it drew.
    pub criteria: Criteria,
    /// The seed of the draw.
    pub seed: u64,
    /// How many items it drew from.
    pub population: u32,
    /// How many were drawn.
    pub drawn: u16,
    /// The items that have come back ÷ those that were looked at.
    pub relapse: Rate,
    /// Who drew, and when.
    pub by: (PersonId, Stamp),
    /// Who ended it, and when.
    pub ended: Option<(PersonId, Stamp)>,
}

impl From<&Lookback> for LookbackLine {
    fn from(lookback: &Lookback) -> Self {
        Self {
            id: lookback.id,
            rev: lookback.rev,
            criteria: lookback.criteria.clone(),
            seed: lookback.seed,
            population: lookback.population,
            drawn: u16::try_from(lookback.drawn.len()).unwrap_or(u16::MAX),
            relapse: lookback.relapse(),
            by: lookback.by.clone(),
            ended: lookback.ended.as_ref().map(|ended| (ended.by.clone(), ended.at)),
        }
    }
}

/// What happened to a look-back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookbackChange {
    /// A sample was drawn: with the same population and seed it can be drawn again.
    Drawn {
        /// From which items.
        criteria: Criteria,
        /// The seed.
        seed: u64,
        /// How many items there were to draw from.
        population: u32,
        /// The sample.
        drawn: Vec<RectId>,
    },
    /// Somebody looked at an item, or corrected what they had seen.
    Looked {
        /// Which item.
        rect: RectId,
        /// The day in China.
        on: Day,
        /// The post on whose behalf; empty where the person acted for themselves.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        behalf: String,
        /// What stood before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<Look>,
        /// What stands now.
        now: Look,
    },
    /// It was ended: what has come back is followed again from here on.
    Ended {
        /// Why some items were not looked at; empty where all were.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
}
