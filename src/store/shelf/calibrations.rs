//! How calibrations lie in records: how many an inspection has, each of them, and a sheet for each of its inspectors.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::names;
use super::staging::Staging;
use crate::domain::{
    BranchId, Calibration, CalibrationId, Change, Entry, Inspection, PersonId, ReadFault, Rev, RoundId, Side,
    apply_calibration, apply_inspection,
};

/// How many calibrations an inspection has.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Count {
    last: u16,
    under_way: bool,
}

fn count(staging: &Staging<'_>, round: RoundId, branch: BranchId) -> Result<Count, ReadFault> {
    Ok(staging.get(&names::calibrations(round, branch))?.unwrap_or_default())
}

/// Reads a calibration.
pub fn load(staging: &Staging<'_>, id: CalibrationId) -> Result<Option<Calibration>, ReadFault> {
    staging.get_long(&names::calibration(id))
}

/// Reads every calibration of an inspection, the latest last.
pub fn all(staging: &Staging<'_>, round: RoundId, branch: BranchId) -> Result<Vec<Calibration>, ReadFault> {
    let mut found = Vec::new();
    for n in 1..=count(staging, round, branch)?.last {
        found.extend(load(staging, CalibrationId { round, branch, n })?);
    }
    Ok(found)
}

/// Reads the calibration of an inspection that is not over.
pub fn under_way(staging: &Staging<'_>, round: RoundId, branch: BranchId) -> Result<Option<Calibration>, ReadFault> {
    let Count { last, under_way } = count(staging, round, branch)?;
    if under_way { load(staging, CalibrationId { round, branch, n: last }) } else { Ok(None) }
}

/// Reads the calibrations that are not over, at most `limit`, by round and branch.
pub fn not_over(staging: &Staging<'_>, limit: usize) -> Result<Vec<Calibration>, ReadFault> {
    let mut found = Vec::new();
    let kind = [names::kind::CALIBRATING];
    staging.scan::<()>(&kind, &kind, &mut |name, ()| {
        found.extend(names::inspection_of(name));
        if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let mut calibrations = Vec::with_capacity(found.len());
    for (round, branch) in found {
        calibrations.extend(under_way(staging, round, branch)?);
    }
    Ok(calibrations)
}

/// Says whether any inspection of a round was calibrated.
pub fn any(staging: &Staging<'_>, round: RoundId) -> Result<bool, ReadFault> {
    let prefix = names::calibrations_of(round);
    let mut any = false;
    staging.scan::<Count>(&prefix, &prefix, &mut |_, _| {
        any = true;
        ControlFlow::Break(())
    })?;
    Ok(any)
}

/// Reads what one of the two has judged; untouched where they have not begun.
pub fn sheet(staging: &Staging<'_>, id: CalibrationId, side: Side) -> Result<Inspection, ReadFault> {
    let found = staging.get_long(&names::sheet(id, side))?;
    Ok(found.unwrap_or_else(|| Inspection::new(id.round, id.branch)))
}

/// Reads what one of the two has judged, where somebody may see it.
pub fn seen(
    staging: &Staging<'_>,
    id: CalibrationId,
    side: Side,
    reader: &PersonId,
) -> Result<Option<Inspection>, ReadFault> {
    match load(staging, id)? {
        Some(calibration) if calibration.shows(side, reader) => sheet(staging, id, side).map(Some),
        Some(_) | None => Ok(None),
    }
}

/// Says whether everybody may see the sheets of a calibration.
pub fn is_open(staging: &Staging<'_>, id: CalibrationId) -> Result<bool, ReadFault> {
    Ok(load(staging, id)?.is_some_and(|calibration| calibration.is_open()))
}

/// Returns a calibration's revision.
pub fn rev(staging: &Staging<'_>, id: CalibrationId) -> Result<Option<Rev>, ReadFault> {
    Ok(load(staging, id)?.map(|calibration| calibration.rev))
}

/// Stages what an entry has made true of a calibration.
pub fn absorb(staging: &mut Staging<'_>, id: CalibrationId, entry: &Entry) -> Result<(), ReadFault> {
    let mut calibration = load(staging, id)?;
    for change in &entry.changes {
        if let Change::Calibration(change) = change {
            apply_calibration(&mut calibration, id, entry.rev, &entry.by, entry.at, change);
        }
    }
    let Some(calibration) = calibration else { return Ok(()) };
    let Count { last, .. } = count(staging, id.round, id.branch)?;
    match calibration.end {
        None => staging.put(names::calibrating(id.round, id.branch), &())?,
        Some(_) => staging.remove(names::calibrating(id.round, id.branch)),
    }
    let count = Count { last: last.max(id.n), under_way: calibration.end.is_none() };
    staging.put(names::calibrations(id.round, id.branch), &count)?;
    staging.put_long(&names::calibration(id), &calibration)
}

/// Stages what an entry has made true of a sheet.
pub fn absorb_sheet(staging: &mut Staging<'_>, id: CalibrationId, side: Side, entry: &Entry) -> Result<(), ReadFault> {
    let mut judged = sheet(staging, id, side)?;
    for change in &entry.changes {
        if let Change::Inspection(change) = change {
            apply_inspection(&mut judged, entry.rev, &entry.by, entry.at, change);
        }
    }
    staging.put_long(&names::sheet(id, side), &judged)
}
