//! The other order: one item across all branches of a round.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cursor, Model, Screen, Walk};
use crate::domain::{BranchId, BranchTree, Cell, Checklist, ItemId, ReadFault, Reading, Round, RoundId};

/// One item across the branches of a round.
#[derive(Clone, Debug)]
pub struct Across {
    /// The round.
    pub round: Arc<Round>,
    /// The text that it is pinned to.
    pub checklist: Arc<Checklist>,
    /// Every unit, for names.
    pub tree: Arc<BranchTree>,
    /// The item.
    pub item: ItemId,
    /// The branches in the order of the tree.
    pub rows: Vec<BranchId>,
    /// What stands on the item in the branches that came into sight.
    pub cells: BTreeMap<BranchId, Option<Cell>>,
    /// The selected branch.
    pub cursor: Cursor,
    /// The selected branch's inspection: what keys write to.
    pub walk: Option<Walk>,
}

impl Across {
    /// Reads an item across a round; nothing where either does not exist.
    pub fn load(
        reading: &dyn Reading,
        round: RoundId,
        item: ItemId,
        at: Option<BranchId>,
        rows: usize,
    ) -> Result<Option<Self>, ReadFault> {
        let Some(round) = reading.round(round)? else {
            return Ok(None);
        };
        let Some(checklist) = reading.checklist(&round.plan.edition)? else {
            return Ok(None);
        };
        if checklist.item(&item).is_none() {
            return Ok(None);
        }
        let tree = reading.tree()?;
        let mut branches = round.branches.clone();
        branches.sort_by_key(|branch| tree.place(*branch));
        let (cells, walk) = (BTreeMap::new(), None);
        let mut across = Self { round, checklist, tree, item, rows: branches, cells, cursor: Cursor::default(), walk };
        let row = at.and_then(|at| across.rows.iter().position(|branch| *branch == at)).unwrap_or_default();
        across.cursor.go(row, across.rows.len(), rows);
        across.see(reading, rows)?;
        Ok(Some(across))
    }

    /// Reads what comes into sight, and the selected branch's inspection.
    pub fn see(&mut self, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        for branch in self.rows.get(self.cursor.sight(self.rows.len(), rows)).unwrap_or_default() {
            if !self.cells.contains_key(branch) {
                self.cells.insert(*branch, reading.cell(self.round.id, *branch, &self.item)?);
            }
        }
        let Some(selected) = self.selected() else { return Ok(()) };
        let shown =
            |walk: &Walk| walk.inspection.branch == selected && walk.item().is_some_and(|item| item.id == self.item);
        if !self.walk.as_ref().is_some_and(shown) {
            self.walk = Walk::load(reading, self.round.id, selected, Some(&self.item))?.ok();
        }
        Ok(())
    }

    /// Returns the selected branch.
    pub fn selected(&self) -> Option<BranchId> {
        self.rows.get(self.cursor.at).copied()
    }

    /// Returns what stands on the item in a branch, the person's own newest change included.
    pub fn cell(&self, branch: BranchId) -> Option<&Cell> {
        match &self.walk {
            Some(walk) if walk.inspection.branch == branch => walk.inspection.cells.get(&self.item),
            _ => self.cells.get(&branch).and_then(Option::as_ref),
        }
    }

    /// Forgets what was read, so that it is read anew.
    pub fn forget(&mut self) {
        self.cells.clear();
    }
}

impl Model {
    /// Goes to the next branch of the item.
    pub(super) fn across_advance(&mut self) {
        let rows = self.list_rows();
        if let Screen::Across(across) = &mut self.screen {
            // The newest change is remembered before the next branch's inspection takes its place.
            if let Some(branch) = across.selected() {
                let cell = across.cell(branch).cloned();
                across.cells.insert(branch, cell);
            }
            across.cursor.step(1, across.rows.len(), rows);
        }
    }
}
