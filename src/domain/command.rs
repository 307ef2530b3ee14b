//! A command: what somebody wants, of what, and which revision of it they saw.

use super::{
    BranchCommand, BranchId, CalibrationCommand, CalibrationId, Checklist, EditionId, FindingId, FollowStep,
    HouseCommand, InspectionCommand, LookbackCommand, LookbackId, PersonId, Rev, RoundCommand, RoundId,
};

/// What somebody wants.
#[derive(Clone, Debug)]
pub enum Command {
    /// Of the organisation.
    House(HouseCommand),
    /// Of a unit.
    Branch(BranchId, BranchCommand),
    /// Several units at once, all of them or none: a list that was brought in.
    BranchList(Vec<(BranchId, BranchCommand)>),
    /// Keep a checklist text.
    AddEdition(EditionId, Box<Checklist>),
    /// Of a campaign.
    Round(RoundId, RoundCommand),
    /// In one branch of one campaign.
    Inspection(RoundId, BranchId, InspectionCommand),
    /// A step on an item of a finding.
    Follow(FindingId, FollowStep),
    /// Steps on the items of a finding that somebody takes at once, each on what those before it have left: all of them
    /// or none.
    FollowAll(FindingId, Vec<FollowStep>),
    /// Follow what a signed inspection has found, where nobody does: one from before findings were followed.
    FollowUp(RoundId, BranchId),
    /// Of a look-back.
    Lookback(LookbackId, LookbackCommand),
    /// Of a calibration.
    Calibration(CalibrationId, CalibrationCommand),
    /// On one's own sheet in a calibration.
    Sheet(CalibrationId, InspectionCommand),
}

/// A command with the person and the revision they saw.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who wants it.
    pub by: PersonId,
    /// The revision of the aggregate that their screen showed.
    pub saw: Rev,
    /// What they want.
    pub command: Command,
}
