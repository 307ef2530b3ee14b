//! A sheet (答卷): what one of the two judges, and what the ordinary walk may not touch meanwhile.

use super::{Calibration, CalibrationRefusal, Side};
use crate::domain::{
    Checklist, Inspection, InspectionChange, InspectionCommand, ItemId, PersonId, Refusal, Rev, WalkSurroundings,
    decide_inspection,
};

/// Decides what a command means on the sheet of one of the two, or why it cannot be.
///
/// A sheet is walked as an inspection is, by the same rules; it takes verdicts, notes and marks on the items that are
/// judged twice, from its own inspector, until they hand it in.
pub fn decide_sheet(
    calibration: &Calibration,
    side: Side,
    sheet: &Inspection,
    around: WalkSurroundings<'_>,
    by: &PersonId,
    saw: Rev,
    command: InspectionCommand,
) -> Result<Vec<InspectionChange>, Refusal> {
    at_work(calibration, side, by)?;
    match command {
        InspectionCommand::Judge(_)
        | InspectionCommand::Note { .. }
        | InspectionCommand::Mark { .. }
        | InspectionCommand::Undo
        | InspectionCommand::Redo => {}
        InspectionCommand::Find { .. }
        | InspectionCommand::Withdraw { .. }
        | InspectionCommand::SignOff
        | InspectionCommand::Reopen { .. }
        | InspectionCommand::TakeCard(_)
        | InspectionCommand::GiveCard(_)
        | InspectionCommand::FreeCard(_) => return Err(CalibrationRefusal::NotOnASheet.into()),
    }
    let changes = decide_inspection(sheet, around, by, saw, command)?;
    let outside = touched(&changes).find(|item| !calibration.extent.holds(around.checklist, item));
    match outside {
        Some(item) => Err(CalibrationRefusal::NotInIt(item.clone()).into()),
        None => Ok(changes),
    }
}

/// Refuses who is not one of the two, or has handed in, and everybody once it is over.
pub fn at_work(calibration: &Calibration, side: Side, by: &PersonId) -> Result<(), Refusal> {
    if side.of(&calibration.walkers) != by {
        return Err(CalibrationRefusal::NotOneOfTheTwo(calibration.walkers.clone()).into());
    }
    if let Some(end) = &calibration.end {
        return Err(CalibrationRefusal::Over { by: end.by.clone(), at: end.at }.into());
    }
    match side.of(&calibration.handed_in) {
        Some(at) => Err(CalibrationRefusal::HandedIn(*at).into()),
        None => Ok(()),
    }
}

/// Refuses changes of the inspection itself to items that are judged blind, and its signature, until it is over.
pub fn held(calibration: &Calibration, checklist: &Checklist, changes: &[InspectionChange]) -> Result<(), Refusal> {
    let signs = changes.iter().any(|change| matches!(change, InspectionChange::Signed { .. }));
    let inside = || touched(changes).any(|item| calibration.extent.holds(checklist, item));
    if calibration.end.is_none() && (signs || inside()) {
        return Err(CalibrationRefusal::Held(calibration.walkers.clone()).into());
    }
    Ok(())
}

/// Lists the items that changes touch.
fn touched(changes: &[InspectionChange]) -> impl Iterator<Item = &ItemId> {
    changes.iter().filter_map(|change| match change {
        InspectionChange::Judged { item, .. }
        | InspectionChange::Noted { item, .. }
        | InspectionChange::Marked { item, .. } => Some(item),
        InspectionChange::Found { was, now, .. } => now.as_ref().or(was.as_ref()).map(|facts| &facts.item),
        InspectionChange::Signed { .. }
        | InspectionChange::Reopened { .. }
        | InspectionChange::CardTaken { .. }
        | InspectionChange::CardGiven { .. }
        | InspectionChange::Undid { .. }
        | InspectionChange::Redid { .. } => None,
    })
}
