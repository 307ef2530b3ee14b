//! Putting the rows of a ledger in order, a part at a time: a large one takes longer for it than a key may wait.

use super::{LedgerOrder, LedgerSort, RowNo, RowSet};

/// The most numbers between the lowest and the highest by which rows are counted into their places.
const MOST: u32 = 1 << 20;

/// Rows that are being put in order.
#[derive(Clone, Debug)]
pub struct LedgerSorting {
    sort: LedgerSort,
    /// What each row of the ledger is sorted by before its day; none where the day is all.
    first: Vec<u32>,
    part: Part,
}

/// What is done with the rows, each part once.
#[derive(Clone, Debug)]
enum Part {
    /// The rows of the set are read, up to this row.
    Read(u32, Spread),
    /// They are put in the order of their days.
    ByDay(Spread),
    /// In that order, up to this place, they are read once more.
    Again(usize, Vec<RowNo>, Spread),
    /// They are put in the order of the column.
    ByFirst(Spread),
}

impl LedgerSorting {
    /// Begins to sort by a column.
    pub fn new(sort: LedgerSort) -> Self {
        Self { sort, first: Vec::new(), part: Part::Read(0, Spread::default()) }
    }

    /// Goes through so many more rows of a set; answers all of them in order, once they are. The ledger, the set and the
    /// column of `laid` are the same from the beginning to the end.
    pub fn go_on(&mut self, laid: &mut LedgerOrder<'_>, set: &RowSet, count: usize) -> Option<Vec<RowNo>> {
        let by_day_alone = self.sort == LedgerSort::Due;
        match &mut self.part {
            Part::Read(next, by_day) => {
                let ledger = laid.ledger();
                for (at, row) in ledger.rows_from(RowNo(*next)).take(count) {
                    if !by_day_alone {
                        self.first.push(laid.first(row));
                    }
                    if set.has(at) {
                        by_day.take(super::order::counted(row.due), at);
                    }
                }
                *next = next.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
                if *next as usize >= ledger.len() {
                    self.part = Part::ByDay(std::mem::take(by_day));
                }
            }
            Part::ByDay(spread) => {
                let sorted = spread.go_on(count)?;
                if by_day_alone {
                    return Some(sorted);
                }
                self.part = Part::Again(0, sorted, Spread::default());
            }
            Part::Again(next, sorted, by_first) => {
                let end = next.saturating_add(count).min(sorted.len());
                for at in sorted.get(*next..end).unwrap_or_default() {
                    by_first.take(self.first.get(at.0 as usize).copied().unwrap_or(u32::MAX), *at);
                }
                *next = end;
                if end == sorted.len() {
                    self.part = Part::ByFirst(std::mem::take(by_first));
                }
            }
            Part::ByFirst(spread) => return spread.go_on(count),
        }
        None
    }
}

/// Puts rows in the order of their numbers, equal ones as they stand: by counting, which is the quickest for days and
/// ranks, of which there are few.
#[derive(Clone, Debug)]
struct Spread {
    rows: Vec<(u32, RowNo)>,
    low: u32,
    high: u32,
    /// How many rows come before each number, once they are counted up to `next`.
    places: Vec<u32>,
    sorted: Vec<RowNo>,
    next: usize,
}

impl Default for Spread {
    fn default() -> Self {
        let (rows, places, sorted) = (Vec::new(), Vec::new(), Vec::new());
        Self { rows, low: u32::MAX, high: 0, places, sorted, next: 0 }
    }
}

impl Spread {
    fn take(&mut self, by: u32, at: RowNo) {
        (self.low, self.high) = (self.low.min(by), self.high.max(by));
        self.rows.push((by, at));
    }

    fn go_on(&mut self, count: usize) -> Option<Vec<RowNo>> {
        let span = self.high.saturating_sub(self.low);
        if span > MOST {
            self.rows.sort_by_key(|(by, _)| *by);
            return Some(self.rows.iter().map(|(_, at)| *at).collect());
        }
        let end = self.next.saturating_add(count).min(self.rows.len());
        let rows = self.rows.get(self.next..end).unwrap_or_default();
        if self.sorted.len() < self.rows.len() {
            self.places.resize(span as usize + 2, 0);
            for (by, _) in rows {
                if let Some(count) = self.places.get_mut((by - self.low) as usize + 1) {
                    *count += 1;
                }
            }
            self.next = end;
            if end == self.rows.len() {
                let mut sum = 0;
                for place in &mut self.places {
                    sum += *place;
                    *place = sum;
                }
                self.sorted = vec![RowNo(0); end];
                self.next = 0;
            }
            return None;
        }
        for (by, at) in rows {
            if let Some(place) = self.places.get_mut((by - self.low) as usize) {
                if let Some(slot) = self.sorted.get_mut(*place as usize) {
                    *slot = *at;
                }
                *place += 1;
            }
        }
        self.next = end;
        (end == self.rows.len()).then(|| std::mem::take(&mut self.sorted))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{finding, id};
    use super::*;
    use crate::domain::{BranchTree, Day, Ledger, State};

    fn spread(numbers: &[u32], count: usize) -> Vec<RowNo> {
        let mut spread = Spread::default();
        for (by, at) in numbers.iter().zip((0..).map(RowNo)) {
            spread.take(*by, at);
        }
        loop {
            if let Some(sorted) = spread.go_on(count) {
                return sorted;
            }
        }
    }

    #[test]
    fn numbers_are_put_in_order_however_far_they_lie_apart() {
        for count in [1, 3, usize::MAX] {
            assert_eq!(spread(&[], count), []);
            assert_eq!(spread(&[5, 3, 5, 4], count), [1, 3, 0, 2].map(RowNo));
            assert_eq!(spread(&[u32::MAX, 3, u32::MAX, 0], count), [3, 1, 0, 2].map(RowNo));
        }
    }

    #[test]
    fn what_is_sorted_in_parts_stands_as_what_is_sorted_at_once() {
        let mut ledger = Ledger::default();
        let states = [State::Issued, State::Working, State::Closed];
        for branch in 0..60 {
            let mut finding = finding(1, ["R-01", "S-07"][branch as usize % 2], &[states[branch as usize % 3]]);
            finding.lines[0].due = Day::new(2026, 1, 1).unwrap().plus(i32::try_from(branch * 7 % 31).unwrap());
            ledger.take(id(branch, 1), &finding);
        }
        let mut set = RowSet::for_rows(ledger.len());
        (0..60).filter(|at| at % 5 != 4).for_each(|at| set.insert(RowNo(at)));
        let tree = BranchTree::default();
        for sort in LedgerSort::ALL {
            let whole = LedgerOrder::new(&ledger, sort, &tree).sorted(&set);
            assert_eq!(whole.len(), 48);
            for count in [1, 7, 60] {
                let mut sorting = LedgerSorting::new(sort);
                let mut parts = 1;
                let sorted = loop {
                    let mut laid = LedgerOrder::new(&ledger, sort, &tree);
                    match sorting.go_on(&mut laid, &set, count) {
                        Some(sorted) => break sorted,
                        None => parts += 1,
                    }
                };
                assert_eq!(sorted, whole, "{sort:?} by {count}");
                assert!(parts >= 60 / count, "{parts} parts of {count}");
            }
        }
    }
}
