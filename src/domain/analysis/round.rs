//! What a round comes to: branches × groups, and what failed most.

use crate::domain::{BranchId, BranchTree, Checklist, Sum, Sums};

/// A rate in a cell of the heat map that has none.
const NONE: u16 = u16::MAX;

/// How often an item failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The place of the item in the checklist.
    pub place: usize,
    /// Branches in which it failed.
    pub branches: u32,
    /// Branches that were signed and in which it applies.
    pub of: u32,
}

/// What the signed inspections of a round come to.
#[derive(Clone, Debug, Default)]
pub struct RoundAnalysis {
    /// The groups that are scored, as the checklist numbers them: the columns of the heat map.
    pub columns: Vec<usize>,
    /// The branches: the rows of the heat map, in the order of the tree once that was asked for.
    pub rows: Vec<(BranchId, Sum)>,
    /// Each column over all rows.
    pub groups: Vec<Sum>,
    /// All of it.
    pub total: Sum,
    /// Every row's rates, column by column.
    cells: Vec<u16>,
    /// Where each row's rates begin, in rows.
    lies: Vec<u32>,
    failed: Vec<u32>,
    excluded: Vec<u32>,
}

impl RoundAnalysis {
    /// Begins with nothing signed.
    pub fn of(checklist: &Checklist) -> Self {
        let scored = |group: &usize| {
            let first = checklist.items.iter().find(|item| usize::from(item.group) == *group);
            first.is_some_and(|item| checklist.scored(item))
        };
        let columns: Vec<usize> = (0..checklist.groups.len()).filter(scored).collect();
        Self {
            groups: vec![Sum::default(); columns.len()],
            columns,
            failed: vec![0; checklist.items.len()],
            excluded: vec![0; checklist.items.len()],
            ..Self::default()
        }
    }

    /// Counts a signed inspection in.
    pub fn add(&mut self, branch: BranchId, sums: &Sums) {
        let mut total = Sum::default();
        for (column, group) in self.columns.iter().zip(&mut self.groups) {
            let sum = sums.groups.get(*column).copied().unwrap_or_default();
            group.add(sum);
            total.add(sum);
            self.cells.push(sum.rate().map_or(NONE, |rate| u16::try_from(rate).unwrap_or(NONE - 1)));
        }
        self.total.add(total);
        self.lies.push(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        self.rows.push((branch, total));
        for (places, counts) in [(&sums.failed, &mut self.failed), (&sums.excluded, &mut self.excluded)] {
            for place in places {
                if let Some(count) = counts.get_mut(usize::from(*place)) {
                    *count += 1;
                }
            }
        }
    }

    /// Puts the rows in the order of the tree.
    pub fn arrange(&mut self, tree: &BranchTree) {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_cached_key(|row| self.rows.get(*row).and_then(|(branch, _)| tree.place(*branch)));
        self.rows = order.iter().filter_map(|row| self.rows.get(*row).copied()).collect();
        self.lies = order.iter().filter_map(|row| self.lies.get(*row).copied()).collect();
    }

    /// Returns the rate in a cell of the heat map in tenths of a percent; nothing where nothing applied.
    pub fn rate(&self, row: usize, column: usize) -> Option<u32> {
        let begin = *self.lies.get(row)? as usize * self.columns.len();
        let rate = self.cells.get(begin + column).filter(|_| column < self.columns.len())?;
        (*rate != NONE).then_some(u32::from(*rate))
    }

    /// Lists the items that failed anywhere, the most often failed first.
    pub fn most_failed(&self) -> Vec<Failed> {
        let signed = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let counts = self.failed.iter().zip(&self.excluded).enumerate();
        let failed = counts.map(|(place, (failed, excluded))| Failed {
            place,
            branches: *failed,
            of: signed.saturating_sub(*excluded),
        });
        let mut failed: Vec<Failed> = failed.filter(|failed| failed.branches > 0).collect();
        failed.sort_by_key(|failed| (std::cmp::Reverse(failed.branches), failed.of, failed.place));
        failed
    }
}
