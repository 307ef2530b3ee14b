//! What the ledger comes to: how long open items have been open, how they are put right, on what findings were made.

use crate::domain::{BranchId, Day, Ledger, LedgerRow, Measure, Rates, RoundId, Standing, State};

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
    /// Adds up the ledger of one round, or of all, as far as branches are seen.
    pub fn of(ledger: &Ledger, today: Day, round: Option<RoundId>, seen: impl Fn(BranchId) -> bool) -> Self {
        let mut analysis = Self::default();
        analysis.found.resize(ledger.names().items.len(), Found::default());
        let mut finding: Vec<&LedgerRow> = Vec::new();
        let mut branch = None;
        for row in ledger.by_item() {
            let id = row.id.finding;
            if round.is_some_and(|round| round != id.round) {
                continue;
            }
            // Rows of a branch stand together: it is asked for once.
            let sees = match branch {
                Some((known, sees)) if known == id.branch => sees,
                _ => seen(id.branch),
            };
            branch = Some((id.branch, sees));
            if !sees {
                continue;
            }
            if finding.first().is_some_and(|first| first.id.finding != id) {
                analysis.add(&finding, today);
                finding.clear();
            }
            finding.push(row);
        }
        analysis.add(&finding, today);
        analysis
    }

    /// Counts a finding with all its items.
    fn add(&mut self, rows: &[&LedgerRow], today: Day) {
        let live = || rows.iter().filter(|row| row.state != State::Revoked);
        for row in live().filter(|row| row.state.is_open()) {
            let days = row.issued.map_or(0, |issued| today.since(issued));
            let age = AGES.iter().rposition(|from| *from <= days).unwrap_or_default();
            if let Some(age) = self.ages.get_mut(age) {
                age.open += 1;
                age.overdue += u32::from(matches!(row.standing(today), Standing::Overdue(_)));
            }
        }
        let Some(first) = live().next() else { return };
        self.rates.count(first.class, &rows.iter().map(|row| Measure::from(*row)), today);
        if let Some(found) = self.found.get_mut(first.item as usize) {
            found.findings += 1;
            found.repeated += u32::from(first.nth > 1);
            found.open += u32::from(live().any(|row| row.state != State::Closed));
        }
    }
}
