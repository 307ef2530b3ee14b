//! What a confirmed question goes on to do.

use super::{Action, Effect, Model, Overlay, StepDraft};
use crate::domain::{
    BranchCommand, BranchId, CalibrationCommand, CalibrationId, CardNo, Command, InspectionCommand, ItemId, Judgement,
    LookbackId, ReadFault, Reading, Request, RoundCommand, RoundId, Verdict,
};

/// What a confirmed question goes on to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// Judge the open items of a group 合格.
    AllPass(Vec<ItemId>),
    /// Judge although somebody else has taken the card.
    OthersCard(Action),
    /// Free a card that somebody else has taken.
    FreeCard(CardNo),
    /// Sign the inspection.
    SignOff,
    /// End a round.
    CloseRound(RoundId),
    /// Withdraw a finding.
    Withdraw(u16),
    /// Keep a text although it looks like personal data.
    KeepField,
    /// Keep a form although it looks like personal data.
    KeepForm,
    /// Take a step on a rectification item.
    Step(StepDraft),
    /// Restore a unit.
    Restore(BranchId),
    /// End a look-back.
    EndLookback(LookbackId),
    /// Take the team off a unit of a round.
    TeamOff(RoundId, BranchId),
    /// Hand in one's own sheet.
    HandIn(CalibrationId),
    /// Merge a calibration.
    MergeCalibration(CalibrationId),
    /// Nothing: what was told was seen.
    Seen,
}

impl Model {
    /// Goes on as the person has confirmed.
    pub(super) fn confirmed(
        &mut self,
        then: Confirmed,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        match then {
            Confirmed::AllPass(items) => {
                let pass = || Some(Judgement { verdict: Verdict::Pass, reason: String::new() });
                let verdicts = items.into_iter().map(|item| (item, pass())).collect();
                effects.extend(self.submit_walk(InspectionCommand::Judge(verdicts)));
                self.go_to_next_open();
            }
            Confirmed::OthersCard(action) => self.walk_deed(action, reading, effects)?,
            Confirmed::FreeCard(card) => effects.extend(self.submit_walk(InspectionCommand::FreeCard(card))),
            Confirmed::SignOff => effects.extend(self.submit_walk(InspectionCommand::SignOff)),
            Confirmed::Withdraw(n) => effects.extend(self.submit_walk(InspectionCommand::Withdraw { n })),
            Confirmed::CloseRound(id) => {
                let saw = reading.round(id)?.map_or_else(Default::default, |round| round.rev);
                let command = Command::Round(id, RoundCommand::Close);
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
            }
            Confirmed::Restore(id) => {
                let saw = reading.branch(id)?.map_or_else(Default::default, |branch| branch.rev);
                let command = Command::Branch(id, BranchCommand::Restore);
                effects.push(self.submit(Request { by: self.me.clone(), saw, command }));
            }
            Confirmed::TeamOff(id, unit) => effects.push(self.take_team_off(id, unit, reading)?),
            Confirmed::HandIn(id) => {
                effects.push(self.submit_calibration(id, CalibrationCommand::HandIn, reading)?);
            }
            Confirmed::MergeCalibration(id) => {
                effects.push(self.submit_calibration(id, CalibrationCommand::Merge, reading)?);
            }
            Confirmed::EndLookback(id) => effects.push(self.end_lookback(id, String::new(), reading)?),
            Confirmed::Step(draft) => self.take_step(draft, None, true, reading, effects)?,
            Confirmed::Seen => {}
            Confirmed::KeepField => {
                if let Some(Overlay::Field(field)) = self.overlay.take() {
                    self.keep_field(field, true, reading, effects)?;
                }
            }
            Confirmed::KeepForm => {
                if let Some(Overlay::Form(form)) = self.overlay.take() {
                    self.keep_form(form, true, reading, effects)?;
                }
            }
        }
        Ok(())
    }
}
