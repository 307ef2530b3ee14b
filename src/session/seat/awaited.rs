//! How long a frame waits for the answer to a change that it shows.

use std::time::Duration;

/// How long a change is waited for before a frame says that it is on its way: an answer that comes as soon as most do is
/// in the same frame as the change, which is half the work and half the bytes. Nobody sees so short a time.
const ANSWER: Duration = Duration::from_millis(2);

/// The answer that is waited for.
#[derive(Default)]
pub(super) struct Awaited {
    /// Since when a change waits for it.
    since: Option<Duration>,
    /// Whether the last one took longer than is waited.
    late: bool,
}

impl Awaited {
    /// Hears that a change was handed over.
    pub fn asks(&mut self, now: Duration) {
        self.since.get_or_insert(now);
    }

    /// Says how much longer a frame waits: no time where nothing is asked, and none where the last answer was late.
    pub fn left(&mut self, now: Duration, waiting: bool) -> Duration {
        if !waiting && let Some(since) = self.since.take() {
            self.late = now > since + ANSWER;
        }
        match self.since {
            Some(since) if !self.late => (since + ANSWER).saturating_sub(now),
            Some(_) | None => Duration::ZERO,
        }
    }
}
