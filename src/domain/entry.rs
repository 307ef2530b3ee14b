//! An entry of the journal: what happened, who did it, to what, and when.

use serde::{Deserialize, Serialize};

use super::{
    BranchChange, CalibrationChange, Checklist, FollowChange, HouseChange, InspectionChange, LookbackChange, Of,
    PersonId, Rev, RoundChange, Seq, Stamp,
};

/// Changes to one aggregate that became true together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the journal.
    pub seq: Seq,
    /// When it was decided.
    pub at: Stamp,
    /// Who wanted it.
    pub by: PersonId,
    /// What it belongs to.
    pub of: Of,
    /// The revision that it raises the aggregate to.
    pub rev: Rev,
    /// What happened, in order; never empty.
    pub changes: Vec<Change>,
    /// Whether the next entry belongs to the same act: an act is true as a whole or not at all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

/// A fact, past tense. New kinds are appended, old ones are readable for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// To the organisation.
    House(HouseChange),
    /// To a unit.
    Branch(BranchChange),
    /// A checklist text was added; it never changes afterwards.
    Edition(Box<Checklist>),
    /// To a campaign.
    Round(RoundChange),
    /// To one branch in one round.
    Inspection(InspectionChange),
    /// To a finding that is followed.
    Follow(FollowChange),
    /// To a look-back.
    Lookback(LookbackChange),
    /// To a calibration.
    Calibration(CalibrationChange),
}
