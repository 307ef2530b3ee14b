//! The walk through one's own sheet: the same walk, which sees and writes nothing but that.

use std::sync::Arc;

use super::{Action, Model, Screen, Tone, Walk};
use crate::domain::{
    Calibration, CalibrationId, CalibrationRefusal, Command, Inspection, InspectionChange, InspectionCommand, Item,
    ItemId, Of, PersonId, ReadFault, Reading, Refusal, WalkSurroundings, decide_inspection, decide_sheet, held,
};
use crate::locales as w;

/// Finds the calibration of an inspection that is not over.
pub(super) fn under_way(
    reading: &dyn Reading,
    round: crate::domain::RoundId,
    branch: crate::domain::BranchId,
) -> Result<Option<Box<Calibration>>, ReadFault> {
    let last = reading.calibrations(round, branch)?.pop();
    Ok(last.filter(|calibration| calibration.end.is_none()).map(Box::new))
}

impl Walk {
    /// Opens somebody's own sheet in a calibration.
    pub fn blind(
        reading: &dyn Reading,
        id: CalibrationId,
        me: &PersonId,
        item: Option<&ItemId>,
    ) -> Result<Result<Self, Refusal>, ReadFault> {
        let found = reading.calibrations(id.round, id.branch)?.into_iter().find(|calibration| calibration.id == id);
        let Some(calibration) = found else { return Ok(Err(CalibrationRefusal::Unknown.into())) };
        let Some(side) = calibration.side_of(me) else {
            return Ok(Err(CalibrationRefusal::NotOneOfTheTwo(calibration.walkers).into()));
        };
        let mut walk = match Self::load(reading, id.round, id.branch, item)? {
            Ok(walk) => walk,
            Err(refusal) => return Ok(Err(refusal)),
        };
        walk.checklist = Arc::new(calibration.extent.cut(&walk.checklist));
        (walk.calibration, walk.blind) = (Some(Box::new(calibration)), Some(side));
        let sheet = walk.stored(reading)?;
        walk.stands(sheet);
        walk.at = match item {
            Some(item) => walk.checklist.position(item).unwrap_or(0),
            None => super::walk::where_it_goes_on(&walk.checklist, &walk.inspection),
        };
        Ok(Ok(walk))
    }

    /// Reads what the walk shows: the inspection, or the own sheet.
    pub(super) fn stored(&self, reading: &dyn Reading) -> Result<Inspection, ReadFault> {
        let (round, branch) = (self.round.id, self.branch.id);
        let Some((calibration, side)) = self.calibration.as_ref().zip(self.blind) else {
            return reading.inspection(round, branch);
        };
        let sheet = reading.sheet(calibration.id, side, side.of(&calibration.walkers))?;
        Ok(sheet.unwrap_or_else(|| Inspection::new(round, branch)))
    }

    /// Reads the calibration anew.
    pub(super) fn recalibrate(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let (round, branch) = (self.round.id, self.branch.id);
        self.calibration = match (&self.calibration, self.blind) {
            (Some(own), Some(_)) => {
                let all = reading.calibrations(round, branch)?;
                all.into_iter().find(|calibration| calibration.id == own.id).map(Box::new)
            }
            _ => under_way(reading, round, branch)?,
        };
        Ok(())
    }

    /// Names what the walk's entries belong to.
    pub(super) fn of(&self) -> Of {
        match self.calibration.as_ref().zip(self.blind) {
            Some((calibration, side)) => Of::Sheet(calibration.id, side),
            None => Of::Inspection(self.round.id, self.inspection.branch),
        }
    }

    /// Makes a command of what is wanted in the walk.
    pub(super) fn command(&self, command: InspectionCommand) -> Command {
        match self.calibration.as_ref().filter(|_| self.blind.is_some()) {
            Some(calibration) => Command::Sheet(calibration.id, command),
            None => Command::Inspection(self.round.id, self.inspection.branch, command),
        }
    }

    /// Decides what is wanted in the walk, as the desk will.
    pub(super) fn decide(&self, me: &PersonId, command: InspectionCommand) -> Result<Vec<InspectionChange>, Refusal> {
        let around = WalkSurroundings { round: &self.round, checklist: &self.checklist, history: None };
        let (inspection, saw) = (&self.inspection, self.saw());
        match (&self.calibration, self.blind) {
            (Some(calibration), Some(side)) => decide_sheet(calibration, side, inspection, around, me, saw, command),
            (calibration, _) => {
                let changes = decide_inspection(inspection, around, me, saw, command)?;
                calibration.as_ref().map_or(Ok(()), |calibration| held(calibration, &self.checklist, &changes))?;
                Ok(changes)
            }
        }
    }

    /// Says whether an item is judged blind on others' sheets, so that nothing is written on it here meanwhile.
    pub fn is_held(&self, item: &Item) -> bool {
        let held = |calibration: &Calibration| {
            calibration.end.is_none() && calibration.extent.holds(&self.checklist, &item.id)
        };
        self.blind.is_none() && self.calibration.as_deref().is_some_and(held)
    }

    /// Says why nothing can be written on an item of the walk.
    pub(super) fn shut(&self, item: Option<&ItemId>) -> Option<Refusal> {
        if self.round.closed {
            return Some(Refusal::RoundClosed(self.round.id));
        }
        if let Some(signed) = &self.inspection.signed {
            return Some(Refusal::AlreadySigned { by: signed.by.clone(), at: signed.at });
        }
        let calibration = self.calibration.as_ref()?;
        match self.blind {
            Some(side) => crate::domain::at_work(calibration, side, side.of(&calibration.walkers)).err(),
            None => item
                .filter(|item| calibration.extent.holds(&self.checklist, item))
                .map(|_| CalibrationRefusal::Held(calibration.walkers.clone()).into()),
        }
    }
}

impl Model {
    /// Says whether the walk on the screen is through one's own sheet.
    pub(super) fn is_blind(&self) -> bool {
        self.walk().is_some_and(|walk| walk.blind.is_some())
    }

    /// Leads from the own sheet to the calibration; what a sheet does not have is said.
    pub(super) fn blind_elsewhere(&mut self, action: Action, reading: &dyn Reading) -> Result<(), ReadFault> {
        if action == Action::Summary {
            return self.go_calibration(reading);
        }
        let keys = self.keys_of(Action::GoCalibration);
        self.tell(Tone::Plain, w::CAL_NOT_HERE.fill(self.lang, &[&keys]));
        Ok(())
    }

    /// Opens one's own sheet.
    pub(super) fn open_sheet(&mut self, id: CalibrationId, reading: &dyn Reading) -> Result<(), ReadFault> {
        match Walk::blind(reading, id, &self.me, None)? {
            Ok(walk) => self.open(Screen::Walk(Box::new(walk))),
            Err(refusal) => {
                let text = w::said(&refusal, self.lang);
                self.tell(Tone::Warning, text);
            }
        }
        Ok(())
    }

    /// Says on opening a walk that a calibration goes on in it.
    pub(super) fn tell_calibration(&mut self) {
        let Some(calibration) = self.walk().and_then(|walk| walk.calibration.clone()) else { return };
        let keys = self.keys_of(Action::GoCalibration);
        let [first, second] = &calibration.walkers;
        self.tell(Tone::Plain, w::CAL_HERE.fill(self.lang, &[first, second, &keys]));
    }
}
