//! The order in which the ledger is read.

use super::{Ledger, LedgerRow, LedgerSorting, RowNo, RowSet};
use crate::domain::{BranchFinder, BranchTree, Day, Severity, State};

/// A column by which the ledger is sorted; equal rows follow their days, then their items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerSort {
    /// 期限: the earliest first.
    #[default]
    Due,
    /// 支部: as the tree is read.
    Branch,
    /// 檢查項.
    Item,
    /// 嚴重程度: the gravest first.
    Severity,
    /// 狀態: in the order of an item's life.
    State,
    /// 退回次數: the most first.
    Returns,
}

impl LedgerSort {
    /// Every column, in the order in which one key goes through them.
    pub const ALL: [Self; 6] = [Self::Due, Self::Branch, Self::Item, Self::Severity, Self::State, Self::Returns];

    /// Returns the column that follows.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|sort| *sort == self).unwrap_or_default();
        Self::ALL.get(at + 1).copied().unwrap_or_default()
    }
}

/// By what the rows of a ledger are put in order.
pub struct LedgerOrder<'a> {
    ledger: &'a Ledger,
    sort: LedgerSort,
    items: Vec<u32>,
    branches: BranchFinder<'a>,
}

impl<'a> LedgerOrder<'a> {
    /// Prepares the order of a column.
    pub fn new(ledger: &'a Ledger, sort: LedgerSort, tree: &'a BranchTree) -> Self {
        Self { ledger, sort, items: ranks(ledger), branches: tree.finder() }
    }

    pub(super) const fn ledger(&self) -> &'a Ledger {
        self.ledger
    }

    /// Spells what a row is sorted by before its day in one number.
    pub(super) fn first(&mut self, row: &LedgerRow) -> u32 {
        match self.sort {
            LedgerSort::Due => 0,
            LedgerSort::Branch => {
                let place = self.branches.place(row.id.finding.branch);
                place.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX)
            }
            LedgerSort::Item => self.items.get(row.item as usize).copied().unwrap_or(u32::MAX),
            LedgerSort::Severity => match row.severity {
                Severity::Critical => 0,
                Severity::Major => 1,
                Severity::Minor => 2,
                Severity::None => 3,
            },
            LedgerSort::State => {
                (0u32..).zip(State::ALL).find(|(_, state)| *state == row.state).map_or(0, |(at, _)| at)
            }
            LedgerSort::Returns => u32::from(u8::MAX - row.returns),
        }
    }

    fn key(&mut self, at: RowNo) -> (u32, u32, RowNo) {
        let ledger = self.ledger;
        ledger.row(at).map_or((u32::MAX, u32::MAX, at), |row| (self.first(row), counted(row.due), at))
    }

    /// Lists the rows of a set in order.
    pub fn sorted(&mut self, set: &RowSet) -> Vec<RowNo> {
        let mut sorting = LedgerSorting::new(self.sort);
        loop {
            if let Some(sorted) = sorting.go_on(self, set, usize::MAX) {
                return sorted;
            }
        }
    }

    /// Brings an order up to date after some rows have changed or come: those of a set that are among them have their
    /// places by what they are now.
    pub fn renew(&mut self, order: &mut Vec<RowNo>, set: &RowSet, changed: &[RowNo]) {
        let mut moved = RowSet::for_rows(self.ledger.len());
        for at in changed {
            moved.insert(*at);
        }
        order.retain(|at| !moved.has(*at));
        for at in changed.iter().filter(|at| set.has(**at)) {
            let key = self.key(*at);
            let place = order.partition_point(|other| self.key(*other) < key);
            order.insert(place, *at);
        }
    }
}

/// Gives every item of the checklist its place among them in the order of their names.
fn ranks(ledger: &Ledger) -> Vec<u32> {
    let mut names: Vec<(&str, usize)> = ledger.names().items.all().zip(0..).collect();
    names.sort_unstable();
    let mut ranks = vec![0; names.len()];
    for (rank, (_, at)) in (0u32..).zip(names) {
        if let Some(slot) = ranks.get_mut(at) {
            *slot = rank;
        }
    }
    ranks
}

/// Turns a day into a number that grows with it and leaves no holes.
pub(super) fn counted(day: Day) -> u32 {
    day.number().cast_unsigned() ^ (1 << 31)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{finding, id};
    use super::*;

    #[test]
    fn each_column_sorts_by_what_people_expect() {
        let mut ledger = Ledger::default();
        let day = |month, day| Day::new(2026, month, day).unwrap();
        let rows = [
            ("S-07", Severity::Minor, State::Working, day(12, 1), 0),
            ("R-01", Severity::Critical, State::Issued, day(11, 30), 2),
            ("D-02", Severity::Major, State::Closed, day(1, 31), 1),
        ];
        for (branch, (item, severity, state, due, returns)) in (1u32..).zip(rows) {
            let mut finding = finding(1, item, &[state]);
            finding.severity = severity;
            finding.lines[0].due = due;
            finding.lines[0].returns = returns;
            ledger.take(id(branch, 1), &finding);
        }
        let mut all = RowSet::for_rows(ledger.len());
        (0..3).for_each(|row| all.insert(RowNo(row)));
        let places = (1u32..=3).rev().zip(0u32..).map(|(branch, at)| (crate::domain::BranchId(branch), at));
        let mut tree = BranchTree { lines: Vec::new(), places: places.collect() };
        tree.places.sort_unstable();
        let order =
            |sort| LedgerOrder::new(&ledger, sort, &tree).sorted(&all).iter().map(|at| at.0).collect::<Vec<_>>();
        assert_eq!(order(LedgerSort::Due), [2, 1, 0]);
        assert_eq!(order(LedgerSort::Branch), [2, 1, 0]);
        assert_eq!(order(LedgerSort::Item), [2, 1, 0]);
        assert_eq!(order(LedgerSort::Severity), [1, 2, 0]);
        assert_eq!(order(LedgerSort::State), [1, 0, 2]);
        assert_eq!(order(LedgerSort::Returns), [1, 2, 0]);
        assert!(
            counted(day(1, 31)) < counted(day(2, 1)) && counted(day(12, 31)) < counted(Day::new(2027, 1, 1).unwrap())
        );
        let mut some = RowSet::for_rows(ledger.len());
        some.insert(RowNo(0));
        assert_eq!(LedgerOrder::new(&ledger, LedgerSort::Due, &tree).sorted(&some), [RowNo(0)]);
        assert_eq!(LedgerSort::Returns.next(), LedgerSort::Due);
    }

    #[test]
    fn rows_that_change_or_come_are_put_where_a_new_sort_would_put_them() {
        let tree = BranchTree { lines: Vec::new(), places: Vec::new() };
        let mut ledger = Ledger::default();
        let day = |at: u32| Day::new(2026, 1, 1).unwrap().plus(i32::try_from(at * 7 % 31).unwrap());
        let states = [State::Issued, State::Working, State::Closed];
        for branch in 0..60 {
            let mut finding = finding(1, ["R-01", "S-07"][branch as usize % 2], &[states[branch as usize % 3]]);
            finding.lines[0].due = day(branch);
            ledger.take(id(branch, 1), &finding);
        }
        let set = |len: usize| {
            let mut set = RowSet::for_rows(len);
            (0..u32::try_from(len).unwrap()).filter(|at| at % 5 != 4).for_each(|at| set.insert(RowNo(at)));
            set
        };
        for sort in LedgerSort::ALL {
            let mut order = LedgerOrder::new(&ledger, sort, &tree).sorted(&set(ledger.len()));
            let mut later = ledger.clone();
            for branch in [3, 4, 17, 59, 70, 71] {
                let mut finding = finding(1, "D-02", &[State::Revoked]);
                finding.lines[0].due = day(branch + 1);
                later.take(id(branch, 1), &finding);
            }
            let changed = later.changed_since(&ledger).unwrap();
            assert_eq!(changed, [3, 4, 17, 59, 60, 61].map(RowNo));
            let mut laid = LedgerOrder::new(&later, sort, &tree);
            laid.renew(&mut order, &set(later.len()), &changed);
            assert_eq!(order, laid.sorted(&set(later.len())), "{sort:?}");
            assert_eq!(ledger.changed_since(&later), None, "what was there does not go");
        }
    }
}
