//! What can have happened to a followed finding and its items.

use serde::{Deserialize, Serialize};

use super::{Answers, Evidence, Paper, RectFacts};
use crate::domain::{Day, FindingFacts, FindingId, LookbackId, RectId, Stamp};

/// What happened to a followed finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowChange {
    /// The inspection that states it was signed: it is followed from here on.
    Opened {
        /// What it states.
        facts: FindingFacts,
        /// The earlier finding on the same item of the same branch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repeat_of: Option<FindingId>,
        /// Which finding in that row it is.
        nth: u8,
        /// The closed item that came back with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relapse_of: Option<RectId>,
    },
    /// The inspection was signed again and states it otherwise; nothing was handed to the branch yet.
    Restated {
        /// Before.
        was: FindingFacts,
        /// Now.
        now: FindingFacts,
    },
    /// A look-back has seen that a closed item has come back: that is followed from here on.
    Relapsed {
        /// Which look-back.
        lookback: LookbackId,
        /// What it states.
        facts: FindingFacts,
        /// The closed item that has come back; its finding is the earlier one.
        of: RectId,
        /// Which finding in that row it is.
        nth: u8,
    },
    /// A step was taken on an item.
    Item {
        /// Its number.
        n: u8,
        /// The day in China.
        on: Day,
        /// The post on whose behalf; empty where the person acted for themselves.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        behalf: String,
        /// The step.
        did: Did,
    },
}

/// A step that was taken on an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Did {
    /// 擬定.
    Drafted(RectFacts),
    /// The draft was corrected.
    Edited {
        /// Before.
        was: RectFacts,
        /// Now.
        now: RectFacts,
    },
    /// 下發.
    Issued,
    /// 簽收.
    Received,
    /// 開始整改, with what is to be done where the branch has said so.
    Started {
        /// What is to be done; empty where it stood already.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        measure: String,
        /// What is reached by it; empty where it stood already, or nobody has said so.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        goal: String,
    },
    /// Evidence was entered.
    Evidenced(Evidence),
    /// 申請銷號.
    Requested(Answers),
    /// Somebody took up the verification.
    TakenUp,
    /// It was found put right; a third person has yet to approve.
    Checked,
    /// 銷號.
    Closed {
        /// Whether no day that it had was missed.
        in_time: bool,
    },
    /// A stage of a standing item was closed (階段性銷號), the next one is due.
    StageClosed {
        /// Until when.
        next: Day,
    },
    /// 退回返工.
    Returned {
        /// Why.
        reason: String,
        /// The day before.
        was: Day,
        /// The new day.
        due: Day,
    },
    /// 撤銷.
    Revoked {
        /// Why.
        reason: String,
    },
    /// 延期申請.
    Asked {
        /// The day that is wished for.
        to: Day,
        /// Why.
        reason: String,
    },
    /// 延期批准.
    Granted {
        /// The day before.
        was: Day,
        /// The new day.
        due: Day,
    },
    /// 延期不批准.
    Denied {
        /// Why.
        reason: String,
    },
    /// 豁免.
    Exempted {
        /// Until when.
        until: Day,
        /// Why.
        reason: String,
    },
    /// The leave was ended.
    Lifted {
        /// Why.
        reason: String,
    },
    /// 立行立改: it was put right while the inspectors were still there.
    PutRight,
    /// A paper went out.
    Sent(Paper),
    /// 領取: somebody looks at it, and nobody else meanwhile.
    Claimed {
        /// Until when.
        until: Stamp,
    },
    /// 交還: it was given back before that.
    Released,
}
