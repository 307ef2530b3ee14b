//! How findings are put right, in rates (§3.6 of the practice): counts first, a percentage only where there are some.
//!
//! A finding (問題) and a measure (整改事項) are never mixed: a finding has one or more measures, and each rate says
//! which of the two it counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Class, Day, LedgerFinding, LedgerLine, LedgerRow, RoundLine, State, is_overdue, per_mille};

/// A part of a whole, as counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Rate {
    /// The part.
    pub got: u64,
    /// The whole.
    pub of: u64,
}

impl Rate {
    /// Returns it in tenths of a percent, rounded half up; nothing where the whole is nothing.
    pub fn per_mille(self) -> Option<u32> {
        per_mille(self.got, self.of)
    }

    /// Counts one more.
    pub const fn count(&mut self, got: bool) {
        self.of += 1;
        self.got += got as u64;
    }

    /// Counts one less.
    pub const fn take_off(&mut self, got: bool) {
        self.of = self.of.saturating_sub(1);
        self.got = self.got.saturating_sub(got as u64);
    }

    /// Adds another in.
    pub const fn add(&mut self, other: Self) {
        self.of += other.of;
        self.got += other.got;
    }

    /// Returns what is left of the whole.
    #[must_use]
    pub const fn rest(self) -> Self {
        Self { got: self.of.saturating_sub(self.got), of: self.of }
    }
}

/// How many days things took: each number of days with how often it came.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spread(pub BTreeMap<u32, u64>);

impl Spread {
    /// Counts one more.
    pub fn count(&mut self, days: u32) {
        *self.0.entry(days).or_default() += 1;
    }

    /// Says how many there are.
    pub fn len(&self) -> u64 {
        self.0.values().sum()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the mean in tenths of a day, rounded half up; nothing where there are none.
    pub fn mean(&self) -> Option<u64> {
        let sum: u64 = self.0.iter().map(|(days, times)| u64::from(*days) * times).sum();
        let len = self.len();
        (len > 0).then(|| (sum * 20 + len) / (len * 2))
    }

    /// Returns the median in tenths of a day, which is a whole or a half day; nothing where there are none.
    pub fn median(&self) -> Option<u64> {
        let len = self.len();
        let (low, high) = (self.nth(len.checked_sub(1)? / 2)?, self.nth(len / 2)?);
        Some((u64::from(low) + u64::from(high)) * 5)
    }

    /// Returns the one at a place, counted from 0, the shortest first.
    fn nth(&self, place: u64) -> Option<u32> {
        let mut before = 0;
        self.0.iter().find_map(|(days, times)| {
            before += times;
            (before > place).then_some(*days)
        })
    }
}

/// What is counted of findings and their measures.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Closings {
    /// 整改完成率: findings that are closed ÷ findings that were issued and not given up.
    pub closing: Rate,
    /// 措施完成率: measures that are closed ÷ measures of these findings, without those given up.
    pub measures: Rate,
    /// 按期完成率: findings that were closed without missing a day ÷ findings whose last day has come.
    pub on_time: Rate,
    /// 按期完成率 of those among them whose day was moved at the branch's wish.
    pub extended: Rate,
    /// 逾期率: measures that are open and past their day ÷ measures that are open.
    pub overdue: Rate,
    /// 一次通過率: measures that were closed and never sent back ÷ measures that are closed.
    pub first_pass: Rate,
    /// 整改天數: days from the issue of a measure to its closure.
    pub days: Spread,
}

/// What rates look at of a measure.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    state: State,
    due: Day,
    issued: Option<Day>,
    closed: Option<Day>,
    exempt: Option<Day>,
    in_time: bool,
    returns: u8,
    extensions: u8,
}

impl From<&LedgerLine> for Measure {
    fn from(line: &LedgerLine) -> Self {
        let LedgerLine { state, due, issued, closed, exempt, in_time, returns, extensions, .. } = *line;
        Self { state, due, issued, closed, exempt, in_time, returns, extensions }
    }
}

impl From<&LedgerRow> for Measure {
    fn from(row: &LedgerRow) -> Self {
        let LedgerRow { state, due, issued, closed, exempt, in_time, returns, extensions, .. } = *row;
        Self { state, due, issued, closed, exempt, in_time, returns, extensions }
    }
}

/// The last day of a finding that was issued: the day by which its branch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promise {
    /// The last day of its measures.
    pub due: Day,
    /// Whether it is closed, and missed no day.
    pub kept: bool,
}

impl Promise {
    /// Finds that of a finding in a line of the ledger; nothing before its issue, and for 長期堅持, which is counted apart.
    pub fn of(finding: &LedgerFinding) -> Option<Self> {
        let counted = finding.class != Class::Standing;
        counted.then(|| Self::made(&finding.lines.iter().map(Measure::from)))?
    }

    fn made(measures: &(impl Iterator<Item = Measure> + Clone)) -> Option<Self> {
        let live = || measures.clone().filter(Measure::is_live);
        let due = live().filter(|line| line.issued.is_some()).map(|line| line.due).max()?;
        Some(Self { due, kept: live().all(|line| line.state == State::Closed && line.in_time) })
    }

    /// Says whether its day has come.
    pub fn has_come(&self, today: Day) -> bool {
        self.due <= today
    }
}

/// What a rate counts: a finding, or one of its measures by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The finding.
    Finding,
    /// A measure.
    Measure(usize),
}

impl Measure {
    /// Says whether it was not given up.
    pub fn is_live(&self) -> bool {
        self.state != State::Revoked
    }
}

/// Visits what every rate of a ledger counts in a finding, and whether that is in the part or in the whole alone.
pub fn counted(
    measures: &(impl Iterator<Item = Measure> + Clone),
    today: Day,
    mut tell: impl FnMut(RateKind, Unit, bool),
) {
    let live = || measures.clone().enumerate().filter(|(_, line)| line.is_live());
    if let Some(promise) = Promise::made(measures) {
        tell(RateKind::Closing, Unit::Finding, live().all(|(_, line)| line.state == State::Closed));
        for (at, line) in live() {
            tell(RateKind::Measures, Unit::Measure(at), line.state == State::Closed);
        }
        if promise.has_come(today) {
            tell(RateKind::OnTime, Unit::Finding, promise.kept);
            if live().any(|(_, line)| line.issued.is_some() && line.extensions > 0) {
                tell(RateKind::Extended, Unit::Finding, promise.kept);
            }
        }
    }
    for (at, line) in live() {
        if line.state.is_open() {
            let late = is_overdue(line.state, line.due, line.exempt, today);
            tell(RateKind::Overdue, Unit::Measure(at), late);
        }
        if line.state == State::Closed {
            tell(RateKind::FirstPass, Unit::Measure(at), line.returns == 0);
        }
    }
}

impl Closings {
    fn add(&mut self, measures: &(impl Iterator<Item = Measure> + Clone), today: Day) {
        counted(measures, today, |kind, _, got| match kind {
            RateKind::Closing => self.closing.count(got),
            RateKind::Measures => self.measures.count(got),
            RateKind::OnTime => self.on_time.count(got),
            RateKind::Extended => self.extended.count(got),
            RateKind::Overdue => self.overdue.count(got),
            RateKind::FirstPass => self.first_pass.count(got),
            // These are counted from look-backs and rounds.
            RateKind::Relapse | RateKind::Effective | RateKind::Coverage => {}
        });
        for line in measures.clone().filter(|line| line.state == State::Closed) {
            if let (Some(issued), Some(closed)) = (line.issued, line.closed) {
                // A clock that was set back makes no time run backwards.
                self.days.count(u32::try_from(closed.since(issued)).unwrap_or_default());
            }
        }
    }
}

/// Every rate there is. It is fed with lines of the ledger and rounds, in any order; what look-backs
/// have seen is counted by [`super::Looks`].
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rates {
    /// Findings that can be finished once for all.
    pub tally: Closings,
    /// Findings that are 長期堅持, counted apart.
    pub standing: Closings,
    /// 反彈率: items that a look-back found to have come back ÷ closed items that it looked at.
    pub relapse: Rate,
    /// 覆蓋率: branches that were checked and signed ÷ branches in the plan.
    pub coverage: Rate,
}

impl Rates {
    /// Counts a finding with its measures, as it stands on a day.
    pub fn add(&mut self, finding: &LedgerFinding, today: Day) {
        self.count(finding.class, &finding.lines.iter().map(Measure::from), today);
    }

    /// Counts the measures of a finding of a class, as they stand on a day.
    pub fn count(&mut self, class: Class, measures: &(impl Iterator<Item = Measure> + Clone), today: Day) {
        match class {
            Class::Standing => self.standing.add(measures, today),
            Class::Immediate | Class::Limited => self.tally.add(measures, today),
        }
    }

    /// Counts the branches of a round.
    pub fn cover(&mut self, round: &RoundLine) {
        self.coverage.of += u64::from(round.branches);
        self.coverage.got += u64::from(round.signed);
    }

    /// Returns a rate; those of findings are without 長期堅持, which stand in [`Rates::standing`].
    pub const fn rate(&self, kind: RateKind) -> Rate {
        match kind {
            RateKind::Closing => self.tally.closing,
            RateKind::Measures => self.tally.measures,
            RateKind::OnTime => self.tally.on_time,
            RateKind::Extended => self.tally.extended,
            RateKind::Overdue => self.tally.overdue,
            RateKind::FirstPass => self.tally.first_pass,
            RateKind::Relapse => self.relapse,
            RateKind::Effective => self.relapse.rest(),
            RateKind::Coverage => self.coverage,
        }
    }
}

/// The name of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateKind {
    /// See [`Closings::closing`].
    Closing,
    /// See [`Closings::measures`].
    Measures,
    /// See [`Closings::on_time`].
    OnTime,
    /// See [`Closings::extended`].
    Extended,
    /// See [`Closings::overdue`].
    Overdue,
    /// See [`Closings::first_pass`].
    FirstPass,
    /// See [`Rates::relapse`].
    Relapse,
    /// 有效率: items that a look-back found still put right ÷ closed items that it looked at.
    Effective,
    /// See [`Rates::coverage`].
    Coverage,
}

impl RateKind {
    /// Every rate, in the order of the practice.
    pub const ALL: [Self; 9] = [
        Self::Closing,
        Self::Measures,
        Self::OnTime,
        Self::Extended,
        Self::Overdue,
        Self::FirstPass,
        Self::Relapse,
        Self::Effective,
        Self::Coverage,
    ];
}
