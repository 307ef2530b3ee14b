//! What the ledger comes to: how long open items have been open, how they are put right, on what findings were made.

use crate::domain::{BranchId, Day, Ledger, LedgerRow, Measure, Rates, RoundId, RowNo, State, is_overdue};

/// The days since the issue from which an item falls into an age, the youngest first.
pub const AGES: [i32; 6] = [0, 8, 16, 31, 61, 91];

/// Open items of an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Age {
    /// How many there are.
    pub open: u32,
    /// Those of them whose day has passed.
    pub overdue: u32,
}

/// Findings on an item of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Found {
    /// How many there are that were not given up.
    pub findings: u32,
    /// Those of them that were found before on the same branch.
    pub repeated: u32,
    /// Those of them that are not closed.
    pub open: u32,
}

/// What the ledger comes to.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LedgerAnalysis {
    /// Open items by age, as [`AGES`] names the ages.
    pub ages: [Age; 6],
    /// Findings by item, as the ledger numbers the items.
    pub found: Vec<Found>,
    /// How it is put right.
    pub rates: Rates,
}

impl LedgerAnalysis {
    /// Adds up the ledger of one round and of all, as far as branches are seen.
    pub fn of(ledger: &Ledger, today: Day, round: RoundId, seen: impl Fn(BranchId) -> bool) -> [Self; 2] {
        let mut both = [Self::default(), Self::default()];
        for analysis in &mut both {
            analysis.found.resize(ledger.names().items.len(), Found::default());
        }
        let begin = ages_begin(today);
        let mut branch = None;
        ledger.by_finding(|rows| {
            let Some((_, first)) = rows.first() else { return };
            let id = first.id.finding;
            // Findings of a branch stand together: it is asked for once.
            let sees = match branch {
                Some((known, sees)) if known == id.branch => sees,
                _ => seen(id.branch),
            };
            branch = Some((id.branch, sees));
            if sees {
                let [own, all] = &mut both;
                all.add(rows, today, &begin);
                if id.round == round {
                    own.add(rows, today, &begin);
                }
            }
        });
        both
    }

    /// Counts a finding with all its items; `begin` is the last day of issue of each age.
    fn add(&mut self, rows: &[(RowNo, &LedgerRow)], today: Day, begin: &[Day; 6]) {
        let live = || rows.iter().map(|(_, row)| *row).filter(|row| row.state != State::Revoked);
        for row in live().filter(|row| row.state.is_open()) {
            if let Some(age) = self.ages.get_mut(age_of(row, today, begin)) {
                age.open += 1;
                age.overdue += u32::from(is_overdue(row.state, row.due, row.exempt, today));
            }
        }
        let Some(first) = live().next() else { return };
        self.rates.count(first.class, &rows.iter().map(|(_, row)| Measure::from(*row)), today);
        if let Some(found) = self.found.get_mut(first.item as usize) {
            found.findings += 1;
            found.repeated += u32::from(first.nth > 1);
            found.open += u32::from(live().any(|row| row.state != State::Closed));
        }
    }
}

/// Returns the last day of issue of each age.
pub(super) fn ages_begin(today: Day) -> [Day; 6] {
    AGES.map(|days| today.plus(-days))
}

/// Finds the age of an open item.
pub(super) fn age_of(row: &LedgerRow, today: Day, begin: &[Day; 6]) -> usize {
    let issued = row.issued.unwrap_or(today);
    begin.iter().rposition(|last| issued <= *last).unwrap_or_default()
}
