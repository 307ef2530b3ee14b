//! How many items stand where, as a person sees them.

use super::{Day, LedgerFinding, Promise, Rate, Tally};

/// How many items stand where on a day, as far as they are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// By state.
    pub tally: Tally,
    /// Open ones whose day has passed.
    pub overdue: u32,
    /// 按期完成率: findings that kept their day ÷ findings whose last day has come.
    pub on_time: Rate,
}

impl Counts {
    /// Counts a finding with its items.
    pub fn take(&mut self, finding: &LedgerFinding, today: Day) {
        if let Some(promise) = Promise::of(finding).filter(|promise| promise.has_come(today)) {
            self.on_time.count(promise.kept);
        }
        for line in &finding.lines {
            self.tally.add(line);
            self.overdue += u32::from(line.state.is_open() && line.due < today);
        }
    }
}
