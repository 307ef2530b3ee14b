//! The ledger's first page, read at home while nobody presses a key: the key that opens it waits for nothing.

use super::ledger_first::has_first;
use super::{LedgerPage, Model, Whole};
use crate::domain::{Day, LedgerSort, LedgerView, Reading, Seq};

/// A first page that waits for the key.
#[derive(Debug)]
pub(super) struct Ready {
    /// The last entry that it knows.
    seen: Seq,
    today: Day,
    rows: usize,
    /// Nothing where it could not be read: the key says why.
    page: Option<Box<LedgerPage>>,
}

impl Model {
    /// Says whether the first page is made, as far as this session knows.
    pub(super) fn is_ready(&self) -> bool {
        let (today, rows) = (self.moment.day, self.ledger_rows());
        self.ready.as_ref().is_some_and(|ready| ready.seen >= self.seen && (ready.today, ready.rows) == (today, rows))
    }

    /// Makes the first page; one that stays is made once for each change.
    pub(super) fn make_ready(&mut self, reading: &dyn Reading) {
        let (seen, today, rows) = (reading.head(), self.moment.day, self.ledger_rows());
        let page = LedgerPage::load(reading, self.looker(), LedgerView::Open, LedgerSort::Due, rows);
        let mut page = page.ok().map(Box::new);
        // Whatever of it comes into sight; where it cannot be read, it is read again then.
        if let Some(page) = &mut page {
            let _ = page.see_claims(reading, usize::MAX);
        }
        self.ready = Some(Ready { seen: seen.max(self.seen), today, rows, page });
    }

    /// Takes the first page of a view, where it is made and still true.
    pub(super) fn take_ready(&mut self, view: LedgerView, reading: &dyn Reading) -> Option<Box<LedgerPage>> {
        let known = self.is_ready();
        let ready = self.ready.take().filter(|ready| known && ready.seen == reading.head())?;
        let mut page = ready.page?;
        if page.view != view {
            if !matches!(page.whole, Whole::There) && !has_first(page.view, view) {
                return None;
            }
            page.look(view, self.ledger_rows());
        }
        Some(page)
    }
}
