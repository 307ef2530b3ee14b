//! Following a finding until it is closed: its rectification items (整改事項), from 擬定 to 銷號.

mod apply;
mod change;
mod claim;
mod decide;
mod due;
mod duty;
pub(super) mod gates;
mod line;
mod mine;
mod name;
mod repeat;
mod verb;
mod waiting;

pub use apply::*;
pub use change::*;
pub use claim::*;
pub use decide::*;
pub use due::*;
pub use duty::*;
pub use line::*;
pub use mine::*;
pub use name::*;
pub use repeat::*;
pub use verb::*;
pub use waiting::*;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::{Day, FindingFacts, FindingId, LookbackId, PersonId, RectId, Rev, Stamp};

/// Where a rectification item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 擬定: written down, not yet handed to the branch.
    Drafted,
    /// 下發: handed to the branch.
    Issued,
    /// 簽收: the branch has it.
    Received,
    /// 整改中: the branch is putting it right.
    Working,
    /// 申請銷號: the branch says that it is put right.
    Requested,
    /// 核驗中: somebody looks whether it is.
    Verifying,
    /// 已銷號: it is. Final.
    Closed,
    /// 撤銷: given up before work started. Final, and kept for ever.
    Revoked,
}

impl State {
    /// Every state, in the order of its life.
    pub const ALL: [Self; 8] = [
        Self::Drafted,
        Self::Issued,
        Self::Received,
        Self::Working,
        Self::Requested,
        Self::Verifying,
        Self::Closed,
        Self::Revoked,
    ];

    /// Says whether nothing moves it any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Revoked)
    }

    /// Says whether it was handed to the branch and is not closed.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Issued | Self::Received | Self::Working | Self::Requested | Self::Verifying)
    }
}

/// Who took a step, for whom, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Who entered it.
    pub by: PersonId,
    /// The post on whose behalf it was entered; empty where the person acted for themselves.
    pub behalf: String,
    /// The day in China.
    pub on: Day,
    /// The moment.
    pub at: Stamp,
}

/// What is to be done and to what end, by which post, until when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RectFacts {
    /// What is to be done (整改措施); at most [`RectFacts::LIMIT`] characters.
    pub measure: String,
    /// What is reached by it (整改目標); at most [`RectFacts::LIMIT`] characters.
    #[serde(default)]
    pub goal: String,
    /// The post that leads (責任領導).
    pub lead: String,
    /// The post that does it (責任人).
    pub post: String,
    /// The last day, included.
    pub due: Day,
}

impl RectFacts {
    /// The longest wording of what is to be done, or of what is reached by it, in characters.
    pub const LIMIT: usize = 300;
}

impl Serialize for RectFacts {
    /// Leaves a goal that is not there out of the journal, whose lines are spelled as they were before there were any;
    /// records are read field by field, and keep it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { measure, goal, lead, post, due } = self;
        let goal = Some(goal).filter(|goal| !serializer.is_human_readable() || !goal.is_empty());
        let mut facts = serializer.serialize_struct("RectFacts", 4 + usize::from(goal.is_some()))?;
        facts.serialize_field("measure", measure)?;
        if let Some(goal) = goal {
            facts.serialize_field("goal", goal)?;
        }
        facts.serialize_field("lead", lead)?;
        facts.serialize_field("post", post)?;
        facts.serialize_field("due", due)?;
        facts.end()
    }
}

/// An index entry of something that shows that it was put right (佐證): never the thing itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its title; at most 80 characters.
    pub title: String,
    /// Its number, where it has one; at most 40 characters.
    #[serde(default)]
    pub number: String,
    /// The day that it bears.
    pub date: Day,
    /// Where it is kept; at most 80 characters.
    pub place: String,
    /// The SHA-256 of a file, as 64 hexadecimal digits, or nothing.
    #[serde(default)]
    pub sha256: String,
}

/// The answers to the three questions that a request has to give (治標 · 治本 · 機制).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answers {
    /// Whether the problem is gone.
    pub gone: String,
    /// Whether the cause is dealt with.
    pub cause: String,
    /// Which rule or routine keeps it so.
    pub rule: String,
}

impl Answers {
    /// The longest answer, in characters.
    pub const LIMIT: usize = 120;
}

/// A wish for another day (延期申請).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The day that is wished for.
    pub to: Day,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub hand: Hand,
}

/// A leave until a day (豁免): the item comes back by itself on the day after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exempt {
    /// The last day of it.
    pub until: Day,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub hand: Hand,
}

/// A paper that presses for an item. The program drafts it; a person decides, and records that it went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 提醒函.
    Reminder,
    /// 催辦函.
    Urging,
    /// 督辦單.
    Supervision,
    /// 約談通知.
    Talk,
    /// 通報.
    Circular,
}

impl Paper {
    /// Every paper, the mildest first.
    pub const ALL: [Self; 5] = [Self::Reminder, Self::Urging, Self::Supervision, Self::Talk, Self::Circular];
}

/// How an item was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// Who verified it.
    pub verified: Hand,
    /// Who approved it as a third person; needed for 嚴重.
    pub approved: Option<Hand>,
    /// The day.
    pub on: Day,
    /// Whether no day that it had was missed.
    pub in_time: bool,
}

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    /// What is to be done.
    pub facts: RectFacts,
    /// Where it stands.
    pub state: State,
    /// Who brought it there.
    pub since: Hand,
    /// Why it was brought there, where a reason was asked for.
    pub reason: String,
    /// Who handed it to the branch.
    pub issued: Option<Hand>,
    /// Who received it for the branch.
    pub received: Option<Hand>,
    /// The day that it had first.
    pub first_due: Day,
    /// How often the day was moved at the branch's wish.
    pub extensions: u8,
    /// Whether a day that was moved later had already passed.
    pub missed: bool,
    /// A wish for another day that nobody has answered.
    pub asked: Option<Asked>,
    /// What shows that it was put right.
    pub evidence: Vec<Evidence>,
    /// How many of these were there when it was last sent back.
    pub evidence_seen: u16,
    /// The branch's answers, while somebody looks at them and after.
    pub answers: Option<Answers>,
    /// Who asked for the closure.
    pub requested: Option<Hand>,
    /// Who found it put right, where a third person has yet to approve.
    pub checked: Option<Hand>,
    /// How it was closed.
    pub closure: Option<Closure>,
    /// How often it was sent back.
    pub returns: u8,
    /// A leave.
    pub exempt: Option<Exempt>,
    /// Stages of a standing item that are closed.
    pub stages: u8,
    /// Whether it was put right while the inspectors were still there.
    pub on_the_spot: bool,
    /// The papers that went out, the last of each kind.
    pub sent: Vec<(Paper, Day)>,
    /// Who looks whether it is put right, and until when that is theirs; it may have ended.
    pub claim: Option<Claim>,
}

/// The largest number of items of one finding.
pub const ITEMS_LIMIT: u8 = 20;
/// The most index entries of evidence of one item.
pub const EVIDENCE_LIMIT: u8 = 20;
/// The longest reason, in characters.
pub const REASON_LIMIT: usize = 200;

/// A finding that is followed: what it states, and its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// Which finding.
    pub id: FindingId,
    /// How often it was changed.
    pub rev: Rev,
    /// What it states, as the inspection was signed.
    pub facts: FindingFacts,
    /// The earlier finding on the same item of the same branch, where there is one.
    pub repeat_of: Option<FindingId>,
    /// Which finding in that row it is; 1 where it is the first.
    pub nth: u8,
    /// The closed item that came back with it (反彈自).
    pub relapse_of: Option<RectId>,
    /// The look-back that has seen it, where it is not from the inspection.
    pub lookback: Option<LookbackId>,
    /// Its items, numbered from 1 in this order.
    pub items: Vec<Rectification>,
    /// Who touched it last, and when.
    pub last: (PersonId, Stamp),
}

impl Followed {
    /// Finds an item by its number.
    pub fn item(&self, n: u8) -> Option<&Rectification> {
        self.items.get(usize::from(n).checked_sub(1)?)
    }

    /// Says whether every item is closed, or given up beside a closed one.
    pub fn is_closed(&self) -> bool {
        self.items.iter().all(|item| item.state.is_final()) && self.items.iter().any(|item| item.state == State::Closed)
    }

    /// Says whether any item was handed to the branch: then what the finding states is fixed.
    pub fn is_issued(&self) -> bool {
        self.items.iter().any(|item| item.issued.is_some())
    }
}
