//! The session's clock: the one place that asks what time it is.

use std::time::Duration;

use crate::app::Moment;
use crate::domain::Stamp;
use crate::locales::china_day;

/// What tells the time.
pub trait Clock: Send {
    /// Returns the moment as UTC milliseconds.
    fn now(&self) -> Stamp;
    /// Returns the time since some fixed point, which never goes back: for waiting, not for people.
    fn ticks(&self) -> Duration;

    /// Returns the moment with its day in China.
    fn moment(&self) -> Moment {
        let stamp = self.now();
        Moment { stamp, day: china_day(stamp) }
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: std::time::Instant,
}

impl SystemClock {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    pub fn new() -> Self {
        Self { start: std::time::Instant::now() }
    }

    /// Returns the moment as UTC milliseconds.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    pub fn stamp() -> Stamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Stamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Stamp {
        Self::stamp()
    }

    fn ticks(&self) -> Duration {
        self.start.elapsed()
    }
}
