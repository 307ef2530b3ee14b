//! The rows behind a figure: which items of the ledger a number of the analysis counts. What counts and what lists is
//! asked of the same rules, so that a list is as long as its number says.

use serde::{Deserialize, Serialize};

use super::open::{AGES, age_of, ages_begin};
use crate::domain::{
    BranchId, Class, Day, Ledger, LedgerRow, Measure, Outcome, RateKind, RectId, RoundId, RowNo, RowSet, State, Unit,
    counted, is_overdue,
};

/// Which of two numbers of a figure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// Everything that the figure looks at: what it is divided by.
    #[default]
    Whole,
    /// What of it the figure is about.
    Part,
}

/// A figure of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Open items of an age, as [`AGES`] numbers them; its part is those whose day has passed.
    Age(usize),
    /// A rate.
    Rate(RateKind),
}

impl Figure {
    /// Lists every one.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..AGES.len()).map(Self::Age).chain(RateKind::ALL.map(Self::Rate))
    }
}

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// A number of a figure.
    Figure(Figure, Share),
    /// What was found in a branch: on the items of a group, as the round's checklist numbers it, or on all that are scored.
    Group(BranchId, Option<usize>),
}

/// A number of the analysis, by which the ledger is narrowed to what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrow {
    /// In which round; in all of them where none is named.
    pub round: Option<RoundId>,
    /// What it counts.
    pub counted: Counted,
}

/// What has to be known beside the ledger.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Whether an item of the checklist, as the ledger numbers them, is in the group.
    pub in_group: Vec<bool>,
    /// What look-backs have seen.
    pub looked: Vec<(RectId, Outcome)>,
}

impl Narrow {
    /// Finds the rows.
    pub fn rows(&self, ledger: &Ledger, beside: &Beside, today: Day) -> RowSet {
        let mut found = RowSet::for_rows(ledger.len());
        let in_round = |round: RoundId| self.round.is_none_or(|only| only == round);
        match &self.counted {
            Counted::Figure(Figure::Rate(kind @ (RateKind::Relapse | RateKind::Effective)), share) => {
                let wanted = if *kind == RateKind::Relapse { Outcome::Relapsed } else { Outcome::Valid };
                let looked = beside.looked.iter().filter(|(_, outcome)| *share == Share::Whole || *outcome == wanted);
                let looked = looked.filter(|(rect, _)| in_round(rect.finding.round));
                looked.filter_map(|(rect, _)| ledger.find(*rect)).for_each(|row| found.insert(row));
            }
            Counted::Figure(Figure::Rate(kind), share) => ledger.by_finding(|rows| {
                if rows.first().is_some_and(|(_, row)| in_round(row.id.finding.round)) {
                    of_rate(rows, (*kind, *share), today, &mut found);
                }
            }),
            Counted::Figure(Figure::Age(age), share) => {
                let begin = ages_begin(today);
                for (at, row) in ledger.rows().filter(|(_, row)| in_round(row.id.finding.round)) {
                    let late = || is_overdue(row.state, row.due, row.exempt, today);
                    if row.state.is_open() && age_of(row, today, &begin) == *age && (*share == Share::Whole || late()) {
                        found.insert(at);
                    }
                }
            }
            Counted::Group(branch, _) => {
                let of = |row: &LedgerRow| row.id.finding.branch == *branch && in_round(row.id.finding.round);
                let in_group = |row: &LedgerRow| beside.in_group.get(row.item as usize).is_some_and(|is| *is);
                let rows = ledger.rows().filter(|(_, row)| of(row) && in_group(row));
                rows.for_each(|(at, _)| found.insert(at));
            }
        }
        found
    }
}

/// Puts the rows of a finding in that a rate counts.
fn of_rate(rows: &[(RowNo, &LedgerRow)], (kind, share): (RateKind, Share), today: Day, found: &mut RowSet) {
    let live = || rows.iter().filter(|(_, row)| row.state != State::Revoked);
    // 長期堅持 is counted apart.
    if live().next().is_none_or(|(_, row)| row.class == Class::Standing) {
        return;
    }
    let measures = rows.iter().map(|(_, row)| Measure::from(*row));
    counted(&measures, today, |of, unit, got| {
        if of != kind || share == Share::Part && !got {
            return;
        }
        match unit {
            Unit::Finding => live().for_each(|(at, _)| found.insert(*at)),
            Unit::Measure(at) => rows.get(at).into_iter().for_each(|(at, _)| found.insert(*at)),
        }
    });
}
