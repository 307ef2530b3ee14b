//! Which rows of the ledger are shown, and in which order: arranged once, brought up to date, and searched in slices
//! between keys where there are many.

use std::ops::Range;
use std::sync::Arc;

use super::LedgerPage;
use super::ledger_search::{Folded, Found};
use crate::domain::{LedgerOrder, LedgerRow, LedgerView, Onlooker, RowNo, RowSet, Views};

/// Rows that are looked through at once: a part of a frame.
pub(super) const SEARCHED: u32 = 200_000;

/// A search through a large ledger that goes on between keys.
#[derive(Clone, Debug)]
pub struct Search {
    found: Found,
    rows: RowSet,
    next: u32,
}

impl LedgerPage {
    /// Follows a few rows that have changed or come.
    pub(super) fn renew(&mut self, changed: &[RowNo], rows: usize) {
        let (who, subtree) = (self.onlooker(&self.ledger), self.part_of(&self.tree));
        let len = self.ledger.len();
        let known = Arc::make_mut(&mut self.views);
        known.resize(len, Views::default());
        self.seen.reach(len);
        for (at, row) in changed.iter().filter_map(|at| Some((*at, self.ledger.row(*at)?))) {
            let now = views(row, &who, subtree.as_ref(), || self.tree.place(row.id.finding.branch));
            if let Some(stood) = known.get_mut(at.0 as usize) {
                count(&mut self.counts, *stood, usize::saturating_sub);
                count(&mut self.counts, now, usize::saturating_add);
                *stood = now;
            }
            self.seen.put(at, now.has(LedgerView::All));
        }
        let order = Arc::make_mut(&mut self.order);
        LedgerOrder::new(&self.ledger, self.sort, &self.tree).renew(order, &self.seen, changed);
        if self.searching.is_some() {
            return self.search(rows);
        }
        // What has changed may state something else, or stand elsewhere.
        let words = self.words();
        if let (Some(found), Some(words)) = (&mut self.found, words) {
            found.reach(len);
            for (at, row) in changed.iter().filter_map(|at| Some((*at, self.ledger.row(*at)?))) {
                found.put(at, words.has(row, self.tree.place(row.id.finding.branch)));
            }
        }
        self.show(rows);
    }

    /// Looks for what is typed in the filter among the rows of the view; in a large ledger the first of them are found
    /// at once, the others between keys.
    pub fn search(&mut self, rows: usize) {
        self.search_by(SEARCHED, rows);
    }

    /// Begins a search that looks through so many rows at once.
    pub fn search_by(&mut self, slice: u32, rows: usize) {
        let empty = RowSet::for_rows(self.ledger.len());
        (self.found, self.searching) = (None, self.words().map(|found| Search { found, rows: empty, next: 0 }));
        if self.ledger.len() <= slice as usize {
            self.look_through(u32::MAX);
        }
        match &self.searching {
            None => self.show(rows),
            Some(search) => {
                let first = self.order.iter().copied().take(slice as usize / 4).filter(|at| {
                    let row = self.ledger.row(*at).filter(|_| self.is_in_view(*at));
                    row.is_some_and(|row| search.found.has(row, self.tree.place(row.id.finding.branch)))
                });
                self.rows = first.take(rows).collect();
                self.cursor.go(0, self.rows.len(), rows);
            }
        }
    }

    /// Says whether a search has more to look through.
    pub const fn is_searching(&self) -> bool {
        self.searching.is_some()
    }

    /// Looks through so many more rows; at the end all that were found are shown.
    pub(super) fn search_on(&mut self, slice: u32, rows: usize) {
        if self.searching.is_none() {
            return;
        }
        self.look_through(slice);
        if self.searching.is_none() {
            let (at, cursor) = (self.selected(), self.cursor);
            self.show(rows);
            self.cursor = cursor;
            self.select(at, rows);
        }
    }

    fn look_through(&mut self, slice: u32) {
        let Some(mut search) = self.searching.take() else { return };
        let end = search.next.saturating_add(slice);
        let mut branches = self.tree.finder();
        for (at, row) in self.ledger.rows_from(RowNo(search.next)).take(slice as usize) {
            if search.found.has(row, branches.place(row.id.finding.branch)) {
                search.rows.insert(at);
            }
        }
        if end as usize >= self.ledger.len() {
            self.found = Some(search.rows);
        } else {
            search.next = end;
            self.searching = Some(search);
        }
    }

    /// Looks for the words of the filter in every text; nothing where there are none.
    fn words(&mut self) -> Option<Found> {
        let text = self.filter_text().trim().to_owned();
        (!text.is_empty()).then(|| {
            let folded =
                self.folded.get_or_insert_with(|| Arc::new(Folded::new(&self.ledger, &self.titles, &self.rounds)));
            folded.find(&text, &self.ledger, &self.tree)
        })
    }

    /// Shows the rows of the view that were found.
    pub(super) fn show(&mut self, rows: usize) {
        let found = |at: RowNo| self.found.as_ref().is_none_or(|found| found.has(at));
        self.rows = self.order.iter().copied().filter(|at| self.is_in_view(*at) && found(*at)).collect();
        self.cursor.go(0, self.rows.len(), rows);
    }

    fn is_in_view(&self, at: RowNo) -> bool {
        self.views.get(at.0 as usize).is_some_and(|views| views.has(self.view)) && self.is_narrowed_to(at)
    }
}

/// Finds a row's views: none where the person's part of the tree is another.
pub(super) fn views(
    row: &LedgerRow,
    who: &Onlooker,
    subtree: Option<&Range<usize>>,
    place: impl FnOnce() -> Option<usize>,
) -> Views {
    match subtree {
        Some(subtree) if !place().is_some_and(|place| subtree.contains(&place)) => Views::default(),
        _ => Views::of(row, who),
    }
}

/// Counts a row's views in or out.
pub(super) fn count(counts: &mut [usize; 9], views: Views, by: fn(usize, usize) -> usize) {
    for (count, view) in counts.iter_mut().zip(LedgerView::ALL) {
        *count = by(*count, usize::from(views.has(view)));
    }
}
