//! How fast a line may talk: what comes faster waits at its other end, and costs nobody else anything.

use std::time::Duration;

/// So many bytes a second, and so many at once after a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Bytes a second.
    pub second: usize,
    /// Bytes at once.
    pub burst: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { second: 64 << 10, burst: 1 << 20 }
    }
}

/// How long a line waits that may say nothing more: until some keys may come.
pub(super) const WAIT: Duration = Duration::from_millis(20);

/// What a line may still say at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Purse {
    pace: Pace,
    left: usize,
    at: Duration,
}

impl Purse {
    /// Begins with all that may be said at once.
    pub(super) const fn new(pace: Pace) -> Self {
        Self { pace, left: pace.burst, at: Duration::ZERO }
    }

    /// Says how many bytes may be taken at a time; nothing where the line has to wait.
    pub(super) fn left(&mut self, now: Duration) -> usize {
        let millis = usize::try_from(now.saturating_sub(self.at).as_millis()).unwrap_or(usize::MAX);
        let more = millis.saturating_mul(self.pace.second) / 1000;
        if more > 0 {
            self.left = self.left.saturating_add(more).min(self.pace.burst);
            self.at = now;
        }
        self.left
    }

    /// Takes bytes off.
    pub(super) fn take(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_at_once_and_then_so_much_a_second() {
        let mut purse = Purse::new(Pace { second: 1000, burst: 5000 });
        let at = Duration::from_millis;
        assert_eq!(purse.left(at(0)), 5000);
        purse.take(5000);
        assert_eq!(purse.left(at(0)), 0);
        assert_eq!(purse.left(at(20)), 20);
        assert_eq!(purse.left(at(20)), 20, "time counts once");
        purse.take(20);
        assert_eq!(purse.left(at(1020)), 1000);
        assert_eq!(purse.left(at(100_000)), 5000, "a rest saves up no more than that");
    }
}
