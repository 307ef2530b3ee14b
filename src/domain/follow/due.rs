//! What follows from the calendar: near, overdue, and how hard to press. Derived, never stored.

use super::{Paper, Rectification, State};
use crate::domain::{Day, Policy};

/// How an item stands to its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is not with the branch, or is closed: no day runs.
    Still,
    /// It has leave until this day.
    Exempt(Day),
    /// Days are left; none on the day itself.
    Left(i32),
    /// The day has passed, so many days ago.
    Overdue(i32),
}

/// Says how an open item stands to its day; the day itself still counts as in time.
pub fn standing(state: State, due: Day, exempt: Option<Day>, today: Day) -> Standing {
    if !state.is_open() {
        return Standing::Still;
    }
    if let Some(until) = exempt.filter(|until| *until >= today) {
        return Standing::Exempt(until);
    }
    match due.since(today) {
        left @ 0.. => Standing::Left(left),
        late => Standing::Overdue(-late),
    }
}

/// Says whether the day of an open item has passed, without counting the days: for a million of them.
pub fn is_overdue(state: State, due: Day, exempt: Option<Day>, today: Day) -> bool {
    state.is_open() && due < today && exempt.is_none_or(|until| until < today)
}

impl Rectification {
    /// Returns the last day, with what leave adds: no day runs out while it has leave.
    pub fn last_day(&self) -> Day {
        self.exempt.as_ref().map_or(self.facts.due, |exempt| exempt.until.max(self.facts.due))
    }

    /// Says how the item stands to its day.
    pub fn standing(&self, today: Day) -> Standing {
        standing(self.state, self.last_day(), self.exempt.as_ref().map(|exempt| exempt.until), today)
    }
}

/// How hard an item is pressed for (§3.4 of the practice): a proposal, a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 正常.
    Normal,
    /// 提醒: the day is near.
    Remind,
    /// 督辦: the day has passed.
    Supervise,
    /// 約談: it has passed for long, or the item was sent back again.
    Talk,
    /// 通報.
    Circulate,
    /// 提請: the office puts it before the committee, which decides what follows.
    Submit,
}

impl Level {
    /// Every level, the mildest first.
    pub const ALL: [Self; 6] = [Self::Normal, Self::Remind, Self::Supervise, Self::Talk, Self::Circulate, Self::Submit];
}

impl Paper {
    /// Returns how hard an item has to be pressed for before the paper is proposed.
    pub const fn level(self) -> Level {
        match self {
            Self::Reminder => Level::Remind,
            Self::Urging | Self::Supervision => Level::Supervise,
            Self::Talk => Level::Talk,
            Self::Circular => Level::Circulate,
        }
    }
}

/// Derives how hard an item is pressed for from its day, its returns and how often the finding came back.
pub fn level(standing: Standing, returns: u8, nth: u8, policy: &Policy) -> Level {
    let by_day = match standing {
        Standing::Still | Standing::Exempt(_) => return Level::Normal,
        Standing::Left(left) if left <= i32::from(policy.near) => Level::Remind,
        Standing::Left(_) => Level::Normal,
        Standing::Overdue(late) if late > i32::from(policy.submit_after) => Level::Submit,
        Standing::Overdue(late) if late > i32::from(policy.circulate_after) => Level::Circulate,
        Standing::Overdue(late) if late > i32::from(policy.talk_after) => Level::Talk,
        Standing::Overdue(_) => Level::Supervise,
    };
    let by_returns = if returns >= 2 { Level::Talk } else { Level::Normal };
    // Found for the third time and again: 屢查屢犯.
    let by_repeats = if nth > 3 { Level::Submit } else { Level::Normal };
    by_day.max(by_returns).max(by_repeats)
}
