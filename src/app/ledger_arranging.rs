//! Arranging a ledger: the views of every row, and the rows in order. A large ledger is arranged and sorted in parts
//! between keys; what stood on the screen before stands there until that is done.

use std::ops::Range;
use std::sync::Arc;

use super::ledger_rows::{SEARCHED, count, views};
use super::{LedgerPage, Narrowed};
use crate::domain::{
    BranchTree, Ledger, LedgerOrder, LedgerSort, LedgerSorting, LedgerView, Onlooker, ReadFault, Reading, RowNo,
    RowSet, Said, Views,
};

/// Rows that are arranged or sorted at once: a part of a frame.
const SLICE: u32 = 100_000;

/// How much of the ledger stands on the page.
#[derive(Clone, Debug)]
pub enum Whole {
    /// The first rows of it: the whole has yet to be asked for.
    Unasked,
    /// The first rows of it, while the whole is read: so many items are.
    Coming(u32),
    /// What stood there before, while the whole is arranged.
    Arranging(Box<Arranging>),
    /// All of it.
    There,
}

/// A ledger as it was read.
#[derive(Clone, Debug)]
pub(super) struct Fresh {
    pub ledger: Arc<Ledger>,
    pub tree: Arc<BranchTree>,
    /// The titles of the items of the checklist, by number.
    pub titles: Vec<Said>,
    /// What it is narrowed to.
    pub narrowed: Option<Narrowed>,
}

/// A ledger that is being arranged.
#[derive(Clone, Debug)]
pub struct Arranging {
    fresh: Fresh,
    who: Onlooker,
    part: Option<Range<usize>>,
    views: Vec<Views>,
    seen: RowSet,
    counts: [usize; 9],
    sorting: LedgerSorting,
    /// Whether something has changed meanwhile.
    pub(super) stale: bool,
}

/// Says whether a ledger is arranged within a part of a frame.
pub(super) fn is_small(ledger: &Ledger) -> bool {
    ledger.len() <= SLICE as usize / 2
}

impl Arranging {
    /// Arranges so many more rows; answers all that may be seen in order, once they are.
    fn go_on(&mut self, sort: LedgerSort, slice: u32) -> Option<Vec<RowNo>> {
        let Fresh { ledger, tree, .. } = &self.fresh;
        let next = self.views.len();
        if next < ledger.len() {
            let mut branches = tree.finder();
            for (at, row) in ledger.rows_from(RowNo(u32::try_from(next).unwrap_or(u32::MAX))).take(slice as usize) {
                let views = views(row, &self.who, self.part.as_ref(), || branches.place(row.id.finding.branch));
                if views.has(LedgerView::All) {
                    self.seen.insert(at);
                }
                count(&mut self.counts, views, usize::saturating_add);
                self.views.push(views);
            }
            return None;
        }
        self.sorting.go_on(&mut LedgerOrder::new(ledger, sort, tree), &self.seen, slice as usize)
    }
}

impl LedgerPage {
    /// Begins to arrange a ledger; a small one is arranged at once.
    pub(super) fn begin(&mut self, fresh: Fresh, rows: usize) {
        let arranging = Arranging {
            who: self.onlooker(&fresh.ledger),
            part: self.part_of(&fresh.tree),
            views: Vec::with_capacity(fresh.ledger.len()),
            seen: RowSet::for_rows(fresh.ledger.len()),
            counts: [0; 9],
            sorting: LedgerSorting::new(self.sort),
            stale: false,
            fresh,
        };
        let small = is_small(&arranging.fresh.ledger);
        self.whole = Whole::Arranging(Box::new(arranging));
        while small && matches!(self.whole, Whole::Arranging(_)) {
            self.arrange(u32::MAX, rows);
        }
    }

    /// Begins anew with what stands there, or with what is being arranged.
    pub(super) fn begin_again(&mut self, rows: usize) {
        let (ledger, tree) = (Arc::clone(&self.ledger), Arc::clone(&self.tree));
        let fresh = Fresh { ledger, tree, titles: self.titles.clone(), narrowed: self.narrowed.clone() };
        match std::mem::replace(&mut self.whole, Whole::There) {
            Whole::Arranging(arranging) => self.begin(arranging.fresh, rows),
            Whole::There => self.begin(fresh, rows),
            first @ (Whole::Unasked | Whole::Coming(_)) => {
                self.begin(fresh, rows);
                self.whole = first;
            }
        }
    }

    /// Arranges so many more rows; at the end all that were arranged are shown.
    fn arrange(&mut self, slice: u32, rows: usize) -> bool {
        let Whole::Arranging(arranging) = &mut self.whole else { return false };
        let Some(order) = arranging.go_on(self.sort, slice) else { return false };
        let Whole::Arranging(arranging) = std::mem::replace(&mut self.whole, Whole::There) else { return false };
        let Arranging { fresh, views, seen, counts, stale, .. } = *arranging;
        let (at, cursor) = (self.selected(), self.cursor);
        let narrowed;
        Fresh { ledger: self.ledger, tree: self.tree, titles: self.titles, narrowed } = fresh;
        self.narrowed_meanwhile(narrowed);
        (self.views, self.seen, self.counts, self.order) = (Arc::new(views), seen, counts, Arc::new(order));
        (self.folded, self.sorting) = (None, None);
        self.search(rows);
        self.cursor = cursor;
        self.select(at, rows);
        stale
    }

    /// Sorts by another column; a large ledger shows its new order once it is made.
    pub fn sort(&mut self, sort: LedgerSort, rows: usize) {
        self.sort_by(SLICE as usize / 2, sort, rows);
    }

    /// Sorts by another column, at once where there are no more than so many rows.
    pub fn sort_by(&mut self, most: usize, sort: LedgerSort, rows: usize) {
        self.sort = sort;
        if let Whole::Arranging(arranging) = &mut self.whole {
            arranging.sorting = LedgerSorting::new(sort);
        }
        self.sorting = Some(LedgerSorting::new(sort));
        while self.ledger.len() <= most && self.sorting.is_some() {
            self.sort_on(u32::MAX, rows);
        }
    }

    /// Sorts so many more rows; at the end all are shown in their new order.
    fn sort_on(&mut self, slice: u32, rows: usize) {
        let Some(sorting) = &mut self.sorting else { return };
        let mut laid = LedgerOrder::new(&self.ledger, self.sort, &self.tree);
        if let Some(order) = sorting.go_on(&mut laid, &self.seen, slice as usize) {
            (self.order, self.sorting) = (Arc::new(order), None);
            let at = self.selected();
            self.show_again(rows);
            self.select(at, rows);
        }
    }

    /// Says whether rows have yet to be put in the order of the column.
    pub const fn is_sorting(&self) -> bool {
        self.sorting.is_some() || matches!(self.whole, Whole::Arranging(_))
    }

    /// Says whether something goes on between keys.
    pub const fn has_more(&self) -> bool {
        self.is_sorting() || self.is_searching() || matches!(self.whole, Whole::Unasked)
    }

    /// Does a part of what goes on between keys: asks for the whole ledger, arranges, sorts or searches some more rows.
    pub fn go_on(&mut self, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        let slice = if self.is_sorting() { SLICE } else { SEARCHED };
        self.go_on_by(slice, reading, rows)
    }

    /// Does a part of what goes on between keys, so many rows of it.
    pub fn go_on_by(&mut self, slice: u32, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        match &self.whole {
            Whole::Unasked => {
                // Where it cannot be read it is not asked for again and again.
                self.whole = Whole::Coming(0);
                self.reload(reading, rows)
            }
            Whole::Arranging(_) => {
                if self.arrange(slice, rows) {
                    self.reload(reading, rows)
                } else {
                    Ok(())
                }
            }
            Whole::Coming(_) | Whole::There if self.sorting.is_some() => {
                self.sort_on(slice, rows);
                Ok(())
            }
            Whole::Coming(_) | Whole::There => {
                self.search_on(slice, rows);
                Ok(())
            }
        }
    }
}
