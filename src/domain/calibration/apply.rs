//! Makes true what happened to a calibration; never fails.

use std::collections::BTreeMap;

use super::{Calibration, CalibrationChange, CalibrationEnd, CalibrationId, Chosen, Ending, Side};
use crate::domain::{PersonId, Rev, Stamp};

/// Applies what happened; never fails.
pub fn apply_calibration(
    calibration: &mut Option<Calibration>,
    id: CalibrationId,
    rev: Rev,
    by: &PersonId,
    at: Stamp,
    change: &CalibrationChange,
) {
    let ended = |ending| Some(CalibrationEnd { ending, by: by.clone(), at });
    match (change, calibration.as_mut()) {
        (CalibrationChange::Begun { walkers, extent }, _) => {
            *calibration = Some(Calibration {
                id,
                rev,
                extent: extent.clone(),
                walkers: walkers.clone(),
                handed_in: [None, None],
                chosen: BTreeMap::new(),
                by: (by.clone(), at),
                end: None,
                last: (by.clone(), at),
            });
        }
        (_, None) => {}
        (CalibrationChange::HandedIn { side }, Some(calibration)) => {
            let [first, second] = &mut calibration.handed_in;
            *match side {
                Side::First => first,
                Side::Second => second,
            } = Some(at);
        }
        (CalibrationChange::Chosen { item, now }, Some(calibration)) => {
            let chosen = Chosen { choice: now.clone(), by: by.clone(), at, rev };
            calibration.chosen.insert(item.clone(), chosen);
        }
        (CalibrationChange::Merged {}, Some(calibration)) => calibration.end = ended(Ending::Merged),
        (CalibrationChange::CalledOff { reason }, Some(calibration)) => {
            calibration.end = ended(Ending::CalledOff { reason: reason.clone() });
        }
    }
    if let Some(calibration) = calibration {
        calibration.rev = rev;
        calibration.last = (by.clone(), at);
    }
}
