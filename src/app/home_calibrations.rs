//! The calibrations that somebody has to see to: one's own sheet, and what two have handed in.

use super::Task;
use super::home_tasks::{LISTED, named};
use crate::domain::{
    Agreement, Calibration, CalibrationId, Day, Inspection, PersonId, Rate, ReadFault, Reading, RoundLine, Side, Stamp,
};

/// The most calibrations that are looked at.
const VISITED: usize = 200;

/// A calibration that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalibrationTask {
    /// Which one.
    pub id: CalibrationId,
    /// The branch's short name.
    pub name: String,
    /// The unit above it, or nothing.
    pub above: String,
    /// The round's last day.
    pub until: Day,
    /// When it was begun, or somebody did something to it.
    pub last: Stamp,
    /// What is to be done.
    pub stands: Calibrating,
}

/// What is to be done in a calibration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calibrating {
    /// One's own sheet is not handed in.
    Sheet {
        /// Items that have a verdict on it; the annex does not count.
        judged: usize,
        /// Items to judge.
        items: usize,
    },
    /// Both have handed in: what differs is to be settled, and all of it to be merged.
    Agreement {
        /// How far they agree.
        rate: Rate,
        /// Items on which they differ and nothing was taken yet.
        open: usize,
    },
}

impl CalibrationTask {
    /// Says whether it is the same work as another.
    pub fn is(&self, other: &Self) -> bool {
        let sheet = |task: &Self| matches!(task.stands, Calibrating::Sheet { .. });
        (self.id, sheet(self)) == (other.id, sheet(other))
    }
}

/// Lists what calibrations ask of somebody who walks.
pub(super) fn calibration_tasks(
    reading: &dyn Reading,
    rounds: &[RoundLine],
    me: &PersonId,
) -> Result<Vec<Task>, ReadFault> {
    let (mut sheets, mut agreements) = (Vec::new(), Vec::new());
    for calibration in reading.calibrating(VISITED)? {
        // Nothing is judged or merged in a round that is over.
        let Some(round) = rounds.iter().find(|line| line.id == calibration.id.round && !line.closed) else { continue };
        let tasks = match (calibration.is_open(), calibration.side_of(me)) {
            (true, _) => &mut agreements,
            (false, Some(side)) if side.of(&calibration.handed_in).is_none() => &mut sheets,
            (false, _) => continue,
        };
        if tasks.len() < LISTED
            && let Some(stands) = stands(reading, round, &calibration, me)?
        {
            let (name, above) = named(reading, calibration.id.branch)?;
            let (id, until, last) = (calibration.id, round.plan.to, calibration.last.1);
            tasks.push(Task::Calibration(CalibrationTask { id, name, above, until, last, stands }));
        }
    }
    sheets.append(&mut agreements);
    Ok(sheets)
}

/// Says what is to be done in a calibration; what the other has judged is not read before both have handed in.
fn stands(
    reading: &dyn Reading,
    round: &RoundLine,
    calibration: &Calibration,
    me: &PersonId,
) -> Result<Option<Calibrating>, ReadFault> {
    let Some(checklist) = reading.checklist(&round.plan.edition)? else { return Ok(None) };
    let sheet = |side| reading.sheet(calibration.id, side, me);
    if calibration.is_open() {
        let (Some(first), Some(second)) = (sheet(Side::First)?, sheet(Side::Second)?) else { return Ok(None) };
        let agreement = Agreement::of(calibration, &checklist, &[first, second]);
        let open = agreement.differing().filter(|compared| !calibration.chosen.contains_key(&compared.item)).count();
        return Ok(Some(Calibrating::Agreement { rate: agreement.rate(), open }));
    }
    let own: Option<Inspection> = calibration.side_of(me).map(sheet).transpose()?.flatten();
    Ok(own.map(|own| {
        let items = || calibration.extent.items(&checklist).filter(|item| checklist.scored(item));
        Calibrating::Sheet {
            judged: items().filter(|item| own.verdict(&item.id).is_some()).count(),
            items: items().count(),
        }
    }))
}
