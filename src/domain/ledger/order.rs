//! The order in which the ledger is read.

use super::{Ledger, LedgerRow, RowNo, RowSet};
use crate::domain::{BranchTree, Day, Severity, State};

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

/// Lists the rows of a set in the order of a column.
pub fn sorted(ledger: &Ledger, set: &RowSet, sort: LedgerSort, tree: &BranchTree) -> Vec<RowNo> {
    // What a row is sorted by is made once, in one number, so that comparing is cheap.
    let items = ranks(ledger);
    let first = |row: &LedgerRow| -> u32 {
        match sort {
            LedgerSort::Due => 0,
            LedgerSort::Branch => {
                tree.place(row.id.finding.branch).and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX)
            }
            LedgerSort::Item => items.get(row.item as usize).copied().unwrap_or(u32::MAX),
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
    };
    let mut keys: Vec<(u64, RowNo)> = (ledger.rows())
        .filter(|(at, _)| set.has(*at))
        .map(|(at, row)| (u64::from(first(row)) << 32 | u64::from(counted(row.due)), at))
        .collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
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

/// Turns a day into a number that grows with it.
fn counted(day: Day) -> u32 {
    let date = day.0;
    let year = u32::from(date.year().cast_unsigned() ^ 0x8000);
    year << 16 | u32::from(date.month().unsigned_abs()) << 8 | u32::from(date.day().unsigned_abs())
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
        let order = |sort| sorted(&ledger, &all, sort, &tree).iter().map(|at| at.0).collect::<Vec<_>>();
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
        assert_eq!(sorted(&ledger, &some, LedgerSort::Due, &tree), [RowNo(0)]);
        assert_eq!(LedgerSort::Returns.next(), LedgerSort::Due);
    }
}
