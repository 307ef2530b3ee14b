//! Log lines that somebody from outside can cause: one of a kind and an account in a while, with how many were left out.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tracing::warn;

use crate::session::{Clock, SystemClock};

/// How long a kind of line is left out after it was written.
const REST: Duration = Duration::from_mins(1);
/// The most accounts whose lines are told apart.
const ACCOUNTS: usize = 256;

/// What somebody from outside has caused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Caused {
    /// Too many have come and said nothing.
    Flood,
    /// Somebody has not said in time, or not in this language, what they want.
    NotUnderstood,
    /// Somebody is nobody's account here, or claims to be somebody else.
    Refused,
    /// A command has too many words, or too many are being answered.
    TooMuch,
    /// Nobody can come in: the system gives no descriptor, thread or line.
    System,
}

/// Says which lines are written.
#[derive(Default)]
pub(super) struct Hush {
    clock: SystemClock,
    told: Mutex<BTreeMap<(Caused, Option<u32>), Told>>,
}

struct Told {
    at: Duration,
    left_out: usize,
}

impl Hush {
    /// Writes a line, or counts it where one like it was written a moment ago.
    pub(super) fn warn(&self, caused: Caused, uid: Option<u32>, text: &str, why: &dyn std::fmt::Display) {
        if let Some(left_out) = self.due(self.clock.ticks(), caused, uid) {
            warn!(uid, %why, left_out, "socket: {text}");
        }
    }

    fn due(&self, now: Duration, caused: Caused, uid: Option<u32>) -> Option<usize> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let key =
            if told.len() < ACCOUNTS || told.contains_key(&(caused, uid)) { (caused, uid) } else { (caused, None) };
        match told.get_mut(&key) {
            Some(told) if now.saturating_sub(told.at) < REST => {
                told.left_out += 1;
                None
            }
            found => {
                let left_out = found.map_or(0, |told| told.left_out);
                told.insert(key, Told { at: now, left_out: 0 });
                Some(left_out)
            }
        }
    }
}

impl Drop for Hush {
    fn drop(&mut self) {
        let told = self.told.get_mut().unwrap_or_else(PoisonError::into_inner);
        for ((caused, uid), told) in told.iter().filter(|(_, told)| told.left_out > 0) {
            warn!(uid, ?caused, left_out = told.left_out, "socket: lines were left out");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_one_line_a_minute_and_each_account_has_its_own() {
        let hush = Hush::default();
        let at = Duration::from_secs;
        assert_eq!(hush.due(at(0), Caused::Flood, None), Some(0));
        for _ in 0..500 {
            assert_eq!(hush.due(at(59), Caused::Flood, None), None);
        }
        assert_eq!(hush.due(at(59), Caused::Refused, Some(7)), Some(0));
        assert_eq!(hush.due(at(59), Caused::Refused, Some(8)), Some(0));
        assert_eq!(hush.due(at(60), Caused::Flood, None), Some(500));
        for uid in 100..100 + 2 * u32::try_from(ACCOUNTS).unwrap() {
            hush.due(at(60), Caused::Refused, Some(uid));
        }
        assert!(hush.told.lock().unwrap().len() <= ACCOUNTS + 1, "no memory for every account there is");
    }
}
