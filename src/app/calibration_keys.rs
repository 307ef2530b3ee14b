//! What actions mean around calibrations.

use super::{Action, CalibrationDraft, CalibrationPage, Confirmed, Effect, Model, Purpose, Screen, Tone};
use crate::domain::{
    BranchId, CalibrationChange, CalibrationCommand, CalibrationId, CalibrationRefusal, Change, Choice, Command, Entry,
    ItemId, ReadFault, Reading, Refusal, Request, Rev, RoundId, Side,
};
use crate::locales::{self as w, said};

/// Lines below the items that say more of the selected one.
pub const CALIBRATION_FOOT: usize = 4;
/// Lines above them.
pub const CALIBRATION_HEAD: usize = 3;

impl Model {
    /// Returns the rows that the items of a calibration have.
    pub fn calibration_rows(&self) -> usize {
        self.list_rows().saturating_sub(CALIBRATION_HEAD - 1 + CALIBRATION_FOOT).max(1)
    }

    /// Names the inspection that is selected or looked at.
    fn inspection_here(&self) -> Option<(RoundId, BranchId)> {
        match &self.screen {
            Screen::Round(page) => Some((page.round.id, page.selected()?)),
            Screen::Progress(page) => {
                let unit = page.unit().filter(|unit| page.round.branches.binary_search(unit).is_ok())?;
                Some((page.round.id, unit))
            }
            Screen::Trail(page) => Some((page.round, page.branch)),
            Screen::Calibration(page) => Some((page.round.id, page.branch.id)),
            _ => self.walk().map(|walk| (walk.round.id, walk.branch.id)),
        }
    }

    /// Goes to the calibration of the inspection that is selected, the latest one, or begins one.
    pub(super) fn go_calibration(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        if self.is_blind() && matches!(self.behind.last(), Some(Screen::Calibration(_))) {
            return self.back(reading);
        }
        let Some((round, branch)) = self.inspection_here() else {
            self.tell(Tone::Plain, w::CAL_WHICH.say(self.lang));
            return Ok(());
        };
        match reading.calibrations(round, branch)?.pop() {
            Some(last) => self.open_calibration(last.id, reading),
            None => self.begin_calibration(round, branch, reading),
        }
    }

    pub(super) fn open_calibration(&mut self, id: CalibrationId, reading: &dyn Reading) -> Result<(), ReadFault> {
        let here = matches!(&self.screen, Screen::Calibration(page) if page.calibration.id == id);
        if !here && let Some(page) = CalibrationPage::load(reading, id, &self.me, None, self.calibration_rows())? {
            self.open(Screen::Calibration(Box::new(page)));
        }
        Ok(())
    }

    pub(super) fn in_calibration(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let (rows, count) = (self.calibration_rows(), self.count.unwrap_or(1));
        let Screen::Calibration(page) = &mut self.screen else {
            self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang));
            return Ok(());
        };
        if Self::moved(&mut page.cursor, action, count, page.rows.len(), rows) {
            return Ok(());
        }
        let (id, open, two) = (page.calibration.id, page.calibration.is_open(), page.own.is_some());
        let item = page.selected().map(|compared| compared.item.clone());
        match action {
            Action::Open if open || !two => self.walk_into(id.round, id.branch, item.as_ref(), reading)?,
            Action::Open => self.open_sheet(id, reading)?,
            Action::CalibrationBegin => self.begin_calibration(id.round, id.branch, reading)?,
            Action::HandIn => {
                if self.may(CalibrationCommand::HandIn, reading)? {
                    self.ask(w::ASK_HAND_IN.say(self.lang).to_owned(), Confirmed::HandIn(id));
                }
            }
            Action::TakeFirst => self.take_given(Choice::Given(Side::First), reading, effects)?,
            Action::TakeSecond => self.take_given(Choice::Given(Side::Second), reading, effects)?,
            Action::TakeOther => match item {
                Some(item) => {
                    if self
                        .may(CalibrationCommand::Choose(vec![(item.clone(), Choice::Given(Side::First))]), reading)?
                    {
                        self.open_calibration_form(&CalibrationDraft::Other { id, item }, reading)?;
                    }
                }
                None => self.tell_why_not(),
            },
            Action::Merge => {
                if self.may(CalibrationCommand::Merge, reading)? {
                    let Screen::Calibration(page) = &self.screen else { return Ok(()) };
                    let items = page.rows.len();
                    self.ask(w::ASK_MERGE.fill(self.lang, &[&items]), Confirmed::MergeCalibration(id));
                }
            }
            Action::CallOff => {
                let Screen::Calibration(page) = &self.screen else { return Ok(()) };
                match &page.calibration.end {
                    Some(end) => {
                        let refusal = CalibrationRefusal::Over { by: end.by.clone(), at: end.at };
                        self.refuse(&refusal.into());
                    }
                    None => self.open_field(Purpose::CallOff(id), ""),
                }
            }
            _ => self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang)),
        }
        Ok(())
    }

    fn refuse(&mut self, refusal: &Refusal) {
        let text = said(refusal, self.lang);
        self.tell(Tone::Warning, text);
    }

    /// Says why there is nothing to choose yet.
    fn tell_why_not(&mut self) {
        let Screen::Calibration(page) = &self.screen else { return };
        match page.calibration.still_out() {
            out if out.is_empty() => self.tell(Tone::Plain, w::NOTHING_SELECTED.say(self.lang)),
            out => self.refuse(&CalibrationRefusal::StillOut(out).into()),
        }
    }

    /// Says whether the desk would take a command on the calibration on the screen, and tells why not.
    fn may(&mut self, command: CalibrationCommand, reading: &dyn Reading) -> Result<bool, ReadFault> {
        let Screen::Calibration(page) = &self.screen else { return Ok(false) };
        let (calibration, id) = (&page.calibration, page.calibration.id);
        let blank = || crate::domain::Inspection::new(id.round, id.branch);
        let sheet = |side| Ok(reading.sheet(id, side, &self.me)?.unwrap_or_else(blank));
        let sheets = [sheet(Side::First)?, sheet(Side::Second)?];
        let around = crate::domain::CalibrationSurroundings {
            round: &page.round,
            checklist: &page.checklist,
            inspection: &blank(),
            sheets: &sheets,
            under_way: None,
            no_walker: None,
        };
        let decided =
            crate::domain::decide_calibration(id, Some(calibration), around, &self.me, calibration.rev, command);
        match decided {
            Ok(_) | Err(Refusal::NothingChanged) => Ok(true),
            Err(refusal) => {
                self.refuse(&refusal);
                Ok(false)
            }
        }
    }

    /// Takes a verdict for the selected item and goes on to the next that is not settled.
    fn take_given(
        &mut self,
        choice: Choice,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let Screen::Calibration(page) = &self.screen else { return Ok(()) };
        let Some(item) = page.selected().map(|compared| compared.item.clone()) else {
            self.tell_why_not();
            return Ok(());
        };
        let id = page.calibration.id;
        let stands = page.calibration.chosen.get(&item).is_some_and(|chosen| chosen.choice == choice);
        let command = CalibrationCommand::Choose(vec![(item, choice)]);
        if self.may(command.clone(), reading)? {
            if !stands {
                effects.push(self.submit_calibration(id, command, reading)?);
            }
            self.go_to_unsettled();
        }
        Ok(())
    }

    /// Goes to the next item that is not settled, where there is one.
    pub(super) fn go_to_unsettled(&mut self) {
        let rows = self.calibration_rows();
        if let Screen::Calibration(page) = &mut self.screen
            && let Some(next) = page.unsettled_from(page.cursor.at + 1)
        {
            page.cursor.go(next, page.rows.len(), rows);
        }
    }

    /// Hands a command on a calibration to the desk, as the screen shows it.
    pub(super) fn submit_calibration(
        &mut self,
        id: CalibrationId,
        command: CalibrationCommand,
        reading: &dyn Reading,
    ) -> Result<Effect, ReadFault> {
        let saw = match &self.screen {
            Screen::Calibration(page) if page.calibration.id == id => page.calibration.rev,
            _ => {
                let all = reading.calibrations(id.round, id.branch)?;
                all.iter().find(|calibration| calibration.id == id).map_or(Rev(0), |calibration| calibration.rev)
            }
        };
        let command = Command::Calibration(id, command);
        Ok(self.submit(Request { by: self.me.clone(), saw, command }))
    }

    /// Takes another verdict for an item.
    pub(super) fn take_other(
        &mut self,
        id: CalibrationId,
        item: ItemId,
        choice: Choice,
        reading: &dyn Reading,
    ) -> Result<Effect, ReadFault> {
        self.submit_calibration(id, CalibrationCommand::Choose(vec![(item, choice)]), reading)
    }

    /// Follows the person's own acknowledged change of a calibration.
    pub(super) fn follow_calibration(
        &mut self,
        id: CalibrationId,
        entry: &Entry,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        self.refresh(reading)?;
        let told = match entry.changes.first() {
            Some(Change::Calibration(CalibrationChange::Begun { .. })) => return self.open_calibration(id, reading),
            Some(Change::Calibration(CalibrationChange::HandedIn { .. })) => &w::HANDED_IN_NOW,
            Some(Change::Calibration(CalibrationChange::Merged {})) => &w::MERGED_NOW,
            Some(Change::Calibration(CalibrationChange::CalledOff { .. })) => &w::CALLED_OFF_NOW,
            _ => return Ok(()),
        };
        self.tell(Tone::Plain, told.say(self.lang));
        Ok(())
    }
}
