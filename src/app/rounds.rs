//! The rounds, and one round with its branches.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Cursor, Filter, RoundNarrow};
use crate::domain::{BranchId, BranchTree, Checklist, InspectionLine, ReadFault, Reading, Round, RoundId, RoundLine};
use crate::text::Needle;

/// The rounds.
#[derive(Clone, Debug)]
pub struct Rounds {
    /// The rounds, the latest first.
    pub lines: Vec<RoundLine>,
    /// The selected one.
    pub cursor: Cursor,
}

impl Rounds {
    /// Reads the rounds.
    pub fn load(reading: &dyn Reading, at: Option<RoundId>, rows: usize) -> Result<Self, ReadFault> {
        let lines = reading.rounds()?;
        let mut cursor = Cursor::default();
        let row = at.and_then(|at| lines.iter().position(|line| line.id == at));
        cursor.go(row.unwrap_or_default(), lines.len(), rows);
        Ok(Self { lines, cursor })
    }

    /// Returns the selected round.
    pub fn selected(&self) -> Option<RoundId> {
        self.lines.get(self.cursor.at).map(|line| line.id)
    }
}

/// Returns the lines that the head of a round has below its first: one, where it was ever corrected.
pub fn corrected_lines(round: &Round) -> usize {
    usize::from(round.correction.is_some() || round.frozen.len() > 1)
}

/// A branch of a round; its inspection is read when the row comes into sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundRow {
    /// The branch.
    pub branch: BranchId,
    /// Its inspection; the outer nothing means that it was not read yet.
    pub line: Option<Option<InspectionLine>>,
}

/// One round with its branches in the order of the tree.
#[derive(Clone, Debug)]
pub struct RoundPage {
    /// The round.
    pub round: Arc<Round>,
    /// Its progress.
    pub line: RoundLine,
    /// The text that it is pinned to.
    pub checklist: Arc<Checklist>,
    /// Every unit, for names.
    pub tree: Arc<BranchTree>,
    /// The branches shown.
    pub rows: Vec<RoundRow>,
    /// The selected branch.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Option<Filter>,
    /// Whether signed branches are left out.
    pub only_unfinished: bool,
    /// The number of the analysis whose branches alone are shown, and which they are.
    pub narrowed: Option<Box<(RoundNarrow, BTreeSet<BranchId>)>>,
}

impl RoundPage {
    /// Reads a round; nothing where it does not exist.
    pub fn load(
        reading: &dyn Reading,
        id: RoundId,
        filter: &str,
        only_unfinished: bool,
        at: Option<BranchId>,
        rows: usize,
    ) -> Result<Option<Self>, ReadFault> {
        let Some(round) = reading.round(id)? else {
            return Ok(None);
        };
        let Some(line) = reading.rounds()?.into_iter().find(|line| line.id == id) else {
            return Ok(None);
        };
        let Some(checklist) = reading.checklist(&round.plan.edition)? else {
            return Ok(None);
        };
        let filter = (!filter.is_empty()).then(|| Filter::new(filter, false));
        let mut page = Self {
            tree: reading.tree()?,
            round,
            line,
            checklist,
            rows: Vec::new(),
            cursor: Cursor::default(),
            filter,
            only_unfinished,
            narrowed: None,
        };
        page.search(reading, rows)?;
        page.select(reading, at, rows)?;
        Ok(Some(page))
    }

    /// Looks for what is typed in the filter.
    pub fn search(&mut self, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        let needle = self.filter.as_ref().and_then(Filter::needle);
        let mut sieve = needle.as_ref().map(Needle::sieve);
        let mut places: Vec<usize> = self.round.branches.iter().filter_map(|branch| self.tree.place(*branch)).collect();
        places.sort_unstable();
        self.rows.clear();
        for line in places.into_iter().filter_map(|place| self.tree.lines.get(place)) {
            if sieve.as_mut().is_some_and(|sieve| !sieve.passes(&line.folded)) {
                continue;
            }
            if self.narrowed.as_deref().is_some_and(|(_, branches)| !branches.contains(&line.id)) {
                continue;
            }
            let mut row = RoundRow { branch: line.id, line: None };
            if self.only_unfinished {
                let found = reading.inspection_line(self.round.id, line.id)?;
                if found.as_ref().is_some_and(|found| found.signed.is_some()) {
                    continue;
                }
                row.line = Some(found);
            }
            self.rows.push(row);
        }
        self.cursor.go(0, self.rows.len(), self.room(rows));
        self.see(reading, rows)
    }

    /// Returns the lines of the list, of as many as other lists have.
    pub fn room(&self, rows: usize) -> usize {
        rows.saturating_sub(corrected_lines(&self.round)).max(1)
    }

    /// Reads the inspections of the rows in sight.
    pub fn see(&mut self, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        let sight = self.cursor.sight(self.rows.len(), self.room(rows));
        for row in self.rows.get_mut(sight).unwrap_or_default() {
            if row.line.is_none() {
                row.line = Some(reading.inspection_line(self.round.id, row.branch)?);
            }
        }
        Ok(())
    }

    /// Selects a branch where it is shown.
    pub fn select(&mut self, reading: &dyn Reading, at: Option<BranchId>, rows: usize) -> Result<(), ReadFault> {
        if let Some(row) = at.and_then(|at| self.rows.iter().position(|row| row.branch == at)) {
            self.cursor.go(row, self.rows.len(), self.room(rows));
        }
        self.see(reading, rows)
    }

    /// Returns the selected branch.
    pub fn selected(&self) -> Option<BranchId> {
        self.rows.get(self.cursor.at).map(|row| row.branch)
    }

    /// Returns what is typed in the filter.
    pub fn filter_text(&self) -> &str {
        self.filter.as_ref().map_or("", |filter| filter.edit.text())
    }
}
