//! One calibration: who has handed in and, once both have, the items side by side.

use std::sync::Arc;

use super::Cursor;
use crate::domain::{
    Agreement, Branch, Calibration, CalibrationId, Checklist, Compared, ItemId, PersonId, ReadFault, Reading, Round,
    Side,
};

/// One calibration.
#[derive(Clone, Debug)]
pub struct CalibrationPage {
    /// The calibration.
    pub calibration: Calibration,
    /// The round.
    pub round: Arc<Round>,
    /// The text that it is pinned to.
    pub checklist: Arc<Checklist>,
    /// The branch.
    pub branch: Branch,
    /// Its name from the top of the tree down.
    pub path: String,
    /// How far the two agree; nothing before both have handed in.
    pub agreement: Option<Agreement>,
    /// How many items the reader has judged on their own sheet, and how many there are; nothing for everybody else.
    pub own: Option<(usize, usize)>,
    /// The places of the items in the agreement: those on which the two differ first.
    pub rows: Vec<usize>,
    /// The selected item.
    pub cursor: Cursor,
}

impl CalibrationPage {
    /// Reads a calibration as a person may see it; nothing where it does not exist.
    pub fn load(
        reading: &dyn Reading,
        id: CalibrationId,
        me: &PersonId,
        at: Option<&ItemId>,
        height: usize,
    ) -> Result<Option<Self>, ReadFault> {
        let found = reading.calibrations(id.round, id.branch)?.into_iter().find(|calibration| calibration.id == id);
        let (Some(calibration), Some(round)) = (found, reading.round(id.round)?) else { return Ok(None) };
        let (Some(branch), Some(checklist)) = (reading.branch(id.branch)?, reading.checklist(&round.plan.edition)?)
        else {
            return Ok(None);
        };
        let sheet = |side| reading.sheet(id, side, me);
        let agreement = match (calibration.is_open(), sheet(Side::First)?, sheet(Side::Second)?) {
            (true, Some(first), Some(second)) => Some(Agreement::of(&calibration, &checklist, &[first, second])),
            _ => None,
        };
        let own = match calibration.side_of(me) {
            None => None,
            Some(side) => sheet(side)?.map(|sheet| {
                let items = || calibration.extent.items(&checklist);
                (items().filter(|item| sheet.verdict(&item.id).is_some()).count(), items().count())
            }),
        };
        let items = agreement.iter().flat_map(|agreement| agreement.items.iter().enumerate());
        let mut rows: Vec<(bool, usize)> = items.map(|(at, compared)| (compared.agrees(), at)).collect();
        rows.sort_unstable();
        let rows = rows.into_iter().map(|(_, at)| at).collect();
        let path = reading.path(id.branch, " › ")?;
        let mut page =
            Self { calibration, round, checklist, branch, path, agreement, own, rows, cursor: Cursor::default() };
        let place =
            at.and_then(|at| (0..page.rows.len()).find(|row| page.row(*row).is_some_and(|row| row.item == *at)));
        page.cursor.go(place.unwrap_or_default(), page.rows.len(), height);
        Ok(Some(page))
    }

    /// Reads it anew, keeping the place.
    pub fn reload(&mut self, reading: &dyn Reading, me: &PersonId, height: usize) -> Result<(), ReadFault> {
        let at = self.selected().map(|compared| compared.item.clone());
        if let Some(mut fresh) = Self::load(reading, self.calibration.id, me, at.as_ref(), height)? {
            let mut cursor = self.cursor;
            cursor.go(fresh.cursor.at, fresh.rows.len(), height);
            fresh.cursor = cursor;
            *self = fresh;
        }
        Ok(())
    }

    /// Returns a line.
    pub fn row(&self, at: usize) -> Option<&Compared> {
        self.agreement.as_ref()?.items.get(*self.rows.get(at)?)
    }

    /// Returns the selected line.
    pub fn selected(&self) -> Option<&Compared> {
        self.row(self.cursor.at)
    }

    /// Finds the next item that differs and is not settled, beginning again at the top.
    pub fn unsettled_from(&self, place: usize) -> Option<usize> {
        let open = |at: &usize| {
            let differs = |row: &Compared| !row.agrees() && !self.calibration.chosen.contains_key(&row.item);
            self.row(*at).is_some_and(differs)
        };
        (place..self.rows.len()).find(open).or_else(|| (0..place.min(self.rows.len())).find(open))
    }
}
