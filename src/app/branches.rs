//! The tree of units, and one unit's page.

use std::sync::Arc;

use super::{Cursor, Filter};
use crate::domain::{Branch, BranchId, BranchLine, BranchTree, InspectionLine, ReadFault, Reading, RoundLine};

/// The tree of units.
#[derive(Clone, Debug)]
pub struct Branches {
    /// Every unit.
    pub tree: Arc<BranchTree>,
    /// The units shown, by their places in the tree.
    pub rows: Vec<u32>,
    /// The selected row.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Option<Filter>,
}

impl Branches {
    /// Reads the tree.
    pub fn load(reading: &dyn Reading, filter: &str, at: Option<BranchId>, rows: usize) -> Result<Self, ReadFault> {
        let tree = reading.tree()?;
        let filter = (!filter.is_empty()).then(|| Filter::new(filter, false));
        let mut branches = Self { tree, rows: Vec::new(), cursor: Cursor::default(), filter };
        branches.search(rows);
        branches.select(at, rows);
        Ok(branches)
    }

    /// Looks for what is typed in the filter.
    pub fn search(&mut self, rows: usize) {
        let needle = self.filter.as_ref().and_then(Filter::needle);
        let all = (0u32..).zip(&self.tree.lines);
        self.rows = match needle {
            None => all.map(|(place, _)| place).collect(),
            Some(needle) => {
                let mut sieve = needle.sieve();
                all.filter(|(_, line)| sieve.passes(&line.folded)).map(|(place, _)| place).collect()
            }
        };
        self.cursor.go(0, self.rows.len(), rows);
    }

    /// Selects a unit where it is shown.
    pub fn select(&mut self, at: Option<BranchId>, rows: usize) {
        let place = at.and_then(|at| self.tree.place(at));
        let row = place.and_then(|place| self.rows.iter().position(|row| *row as usize == place));
        self.cursor.go(row.unwrap_or(self.cursor.at), self.rows.len(), rows);
    }

    /// Returns the unit in a row.
    pub fn line(&self, row: usize) -> Option<&BranchLine> {
        self.rows.get(row).and_then(|place| self.tree.lines.get(*place as usize))
    }

    /// Returns the selected unit.
    pub fn selected(&self) -> Option<BranchId> {
        self.line(self.cursor.at).map(|line| line.id)
    }

    /// Returns what is typed in the filter.
    pub fn filter_text(&self) -> &str {
        self.filter.as_ref().map_or("", |filter| filter.edit.text())
    }
}

/// One unit with its rounds.
#[derive(Clone, Debug)]
pub struct BranchPage {
    /// The unit.
    pub branch: Branch,
    /// Its name from the top of the tree down.
    pub path: String,
    /// Units right below it.
    pub below: usize,
    /// The rounds that it was looked at in, the latest first.
    pub rounds: Vec<(RoundLine, Option<InspectionLine>)>,
    /// The selected round.
    pub cursor: Cursor,
}

impl BranchPage {
    /// Reads a unit; nothing where it does not exist.
    pub fn load(reading: &dyn Reading, id: BranchId) -> Result<Option<Self>, ReadFault> {
        let Some(branch) = reading.branch(id)? else {
            return Ok(None);
        };
        let mut rounds = Vec::new();
        for line in reading.rounds()? {
            let inspection = reading.inspection_line(line.id, id)?;
            let member = match reading.round(line.id)? {
                Some(round) => round.branches.binary_search(&id).is_ok(),
                None => false,
            };
            if member || inspection.is_some() {
                rounds.push((line, inspection));
            }
        }
        let tree = reading.tree()?;
        let below = tree.lines.iter().filter(|line| line.parent == Some(id)).count();
        let path = tree.path(id, " › ");
        Ok(Some(Self { branch, path, below, rounds, cursor: Cursor::default() }))
    }
}
