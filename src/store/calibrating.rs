//! What the desk does for calibrations: lays the sheets beside the rules, and writes what is merged to the inspection.

use super::group::Group;
use super::shelf::calibrations;
use super::{DeskError, following};
use crate::domain::{
    Actor, Agreement, BranchId, Calibration, CalibrationCommand, CalibrationId, CalibrationRefusal,
    CalibrationSurroundings, Change, Checklist, History, InspectionChange, InspectionCommand, Of, PersonId, Refusal,
    Rev, RoundId, Side, WalkSurroundings, decide_calibration, decide_inspection, decide_sheet, held,
};

impl Group<'_, '_> {
    /// Decides a command on a calibration; a merger is an act on the inspection too.
    pub(super) fn calibration(
        &mut self,
        id: CalibrationId,
        by: &PersonId,
        saw: Rev,
        command: CalibrationCommand,
    ) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
        let CalibrationId { round, branch, .. } = id;
        let plan = self.memo.round(&self.staging, round)?.ok_or(Refusal::NoSuchRound(round))?;
        let edition = plan.plan.edition;
        let checklist = self.memo.checklist(&self.staging, &edition)?.ok_or(Refusal::NoSuchEdition(edition))?;
        let calibration = calibrations::load(&self.staging, id)?;
        let under_way = calibrations::under_way(&self.staging, round, branch)?;
        let no_walker = match &command {
            CalibrationCommand::Begin { walkers, .. } => self.no_walker_here(walkers, branch)?,
            CalibrationCommand::HandIn
            | CalibrationCommand::Choose(_)
            | CalibrationCommand::Merge
            | CalibrationCommand::CallOff { .. } => None,
        };
        let sheets = [
            calibrations::sheet(&self.staging, id, Side::First)?,
            calibrations::sheet(&self.staging, id, Side::Second)?,
        ];
        let inspection = self.memo.inspection(&self.staging, round, branch)?;
        let around = CalibrationSurroundings {
            round: &plan,
            checklist: &checklist,
            inspection,
            sheets: &sheets,
            under_way: under_way.as_ref(),
            no_walker: no_walker.as_ref(),
        };
        let merges = command == CalibrationCommand::Merge;
        let changes = decide_calibration(id, calibration.as_ref(), around, by, saw, command)?;
        let mut acts = vec![(Of::Calibration(id), changes.into_iter().map(Change::Calibration).collect())];
        if let (true, Some(calibration)) = (merges, calibration) {
            let around = WalkSurroundings { round: &plan, checklist: &checklist, history: None };
            let mut merged = Vec::new();
            for command in Agreement::of(&calibration, &checklist, &sheets).merger(&calibration)? {
                // Nobody could touch these items since the calibration began.
                let changes = decide_inspection(inspection, around, by, inspection.rev, command)?;
                merged.extend(changes.into_iter().map(Change::Inspection));
            }
            if !merged.is_empty() {
                acts.push((Of::Inspection(round, branch), merged));
            }
        }
        Ok(acts)
    }

    /// Decides a command on the sheet of the one who gives it.
    pub(super) fn sheet(
        &mut self,
        id: CalibrationId,
        by: &PersonId,
        saw: Rev,
        command: InspectionCommand,
    ) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
        let round = id.round;
        let plan = self.memo.round(&self.staging, round)?.ok_or(Refusal::NoSuchRound(round))?;
        let edition = plan.plan.edition;
        let checklist = self.memo.checklist(&self.staging, &edition)?.ok_or(Refusal::NoSuchEdition(edition))?;
        let calibration = calibrations::load(&self.staging, id)?;
        let calibration = calibration.ok_or_else(|| Refusal::from(CalibrationRefusal::Unknown))?;
        let two = || Refusal::from(CalibrationRefusal::NotOneOfTheTwo(calibration.walkers.clone()));
        let side = calibration.side_of(by).ok_or_else(two)?;
        let of = Of::Sheet(id, side);
        let history = match command {
            InspectionCommand::Undo | InspectionCommand::Redo => {
                let mut trail = self.shelf.entries(of, Rev(1), usize::MAX)?;
                trail.extend(self.entries.iter().filter(|entry| entry.of == of).cloned());
                Some(History::of(by, &trail))
            }
            _ => None,
        };
        let sheet = calibrations::sheet(&self.staging, id, side)?;
        let around = WalkSurroundings { round: &plan, checklist: &checklist, history: history.as_ref() };
        let changes = decide_sheet(&calibration, side, &sheet, around, by, saw, command)?;
        Ok(vec![(of, changes.into_iter().map(Change::Inspection).collect())])
    }

    /// Refuses changes of an inspection that is being calibrated to what is judged blind in it.
    pub(super) fn unheld(
        &self,
        round: RoundId,
        branch: BranchId,
        checklist: &Checklist,
        changes: &[InspectionChange],
    ) -> Result<(), DeskError> {
        let calibration: Option<Calibration> = calibrations::under_way(&self.staging, round, branch)?;
        Ok(calibration.map_or(Ok(()), |calibration| held(&calibration, checklist, changes))?)
    }

    /// Finds the first of two who does not walk in a branch.
    fn no_walker_here(&self, walkers: &[PersonId; 2], branch: BranchId) -> Result<Option<PersonId>, DeskError> {
        if let Some(person) = self.no_walker(walkers)? {
            return Ok(Some(person));
        }
        let branch_and_above = following::above(&self.staging, branch)?;
        for walker in walkers {
            let (facts, alone) = super::shelf::person(&self.staging, walker)?;
            if !(Actor { id: walker, facts: facts.as_ref(), alone }).reaches(&branch_and_above) {
                return Ok(Some(walker.clone()));
            }
        }
        Ok(None)
    }
}
