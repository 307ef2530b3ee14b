//! What follows from how often something was found: derived, never stored.

use super::{Followed, LedgerFinding};
use crate::domain::Severity;

/// How a finding stands to the earlier ones on the same item of the same branch (§3.5 of the practice).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recurrence {
    /// It is the first.
    First,
    /// 重複: it was found before, within the months that the house has set.
    Repeat,
    /// 反彈: it was found again after 已銷號.
    Relapse,
    /// 屢查屢犯: it was found for the third time, or what is grave was found again.
    Habitual,
}

impl Recurrence {
    /// Every one, the mildest first.
    pub const ALL: [Self; 4] = [Self::First, Self::Repeat, Self::Relapse, Self::Habitual];
}

/// Derives how a finding stands to earlier ones; where more than one name fits, the gravest.
pub const fn recurrence(nth: u8, relapse: bool, severity: Severity) -> Recurrence {
    match (nth, severity) {
        (3.., _) | (2, Severity::Critical) => Recurrence::Habitual,
        _ if relapse => Recurrence::Relapse,
        (2, _) => Recurrence::Repeat,
        (0 | 1, _) => Recurrence::First,
    }
}

impl LedgerFinding {
    /// Says how it stands to earlier ones.
    pub const fn recurrence(&self) -> Recurrence {
        recurrence(self.nth, self.relapse, self.severity)
    }
}

impl Followed {
    /// Says how it stands to earlier ones.
    pub const fn recurrence(&self) -> Recurrence {
        recurrence(self.nth, self.relapse_of.is_some(), self.facts.severity)
    }
}
