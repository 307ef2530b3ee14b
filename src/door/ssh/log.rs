//! What the SSH door has to tell whoever keeps the log: never a text of somebody's work, and the same thing not twice.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::PersonId;

/// How long the same thing is counted before it is told again.
const AGAIN: Duration = Duration::from_secs(10);

/// Something that happened at the SSH door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SshNews {
    /// Somebody logged in.
    In {
        /// Who.
        person: PersonId,
        /// Where from.
        from: IpAddr,
        /// The fingerprint of their key.
        key: String,
    },
    /// Somebody's connection ended.
    Out {
        /// Who.
        person: PersonId,
        /// Where from.
        from: IpAddr,
    },
    /// Something was refused.
    Refused {
        /// Where from.
        from: IpAddr,
        /// What.
        what: SshRefusal,
        /// How often the same was refused since it was told last, from wherever.
        more: u32,
    },
    /// Nobody can be let in for now, and why.
    Stuck(String),
}

/// What is refused at the SSH door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SshRefusal {
    /// A key that belongs to nobody, by its fingerprint.
    UnknownKey(String),
    /// A login that took too long.
    Late,
    /// A connection that gave way to others before it had logged in.
    PushedOut,
    /// A connection beyond the number in all.
    Full,
    /// A connection beyond the number of one person.
    FullOfPerson(PersonId),
    /// A connection that broke off before it had logged in, and why.
    Broken(String),
}

impl SshRefusal {
    /// Says which ones are the same thing.
    const fn kind(&self) -> u8 {
        match self {
            Self::UnknownKey(_) => 0,
            Self::Late => 1,
            Self::PushedOut => 2,
            Self::Full => 3,
            Self::FullOfPerson(_) => 4,
            Self::Broken(_) => 5,
        }
    }
}

impl fmt::Display for SshRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey(key) => write!(f, "a key that belongs to nobody ({key})"),
            Self::Late => f.write_str("a login that took too long"),
            Self::PushedOut => f.write_str("a connection that gave way to others before it had logged in"),
            Self::Full => f.write_str("a connection beyond the number in all"),
            Self::FullOfPerson(person) => write!(f, "a connection beyond the number of one person ({person})"),
            Self::Broken(why) => write!(f, "a connection that broke off before it had logged in ({why})"),
        }
    }
}

impl fmt::Display for SshNews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In { person, from, key } => write!(f, "ssh: {person} came in from {from} with {key}"),
            Self::Out { person, from } => write!(f, "ssh: {person} left from {from}"),
            Self::Refused { from, what, more: 0 } => write!(f, "ssh: refused {what} from {from}"),
            Self::Refused { from, what, more } => {
                write!(f, "ssh: refused {what} from {from}, and {more} more of the kind")
            }
            Self::Stuck(why) => write!(f, "ssh: nobody can be let in for now: {why}"),
        }
    }
}

/// Who keeps the log.
pub type SshLog = Arc<dyn Fn(SshNews) + Send + Sync>;

/// Tells the log the same thing once in a while, with how often it happened.
pub(super) struct Teller {
    log: SshLog,
    told: Mutex<HashMap<u8, (Instant, u32)>>,
}

impl Teller {
    pub(super) fn new(log: SshLog) -> Self {
        Self { log, told: Mutex::default() }
    }

    pub(super) fn tell(&self, news: SshNews) {
        (self.log)(news);
    }

    pub(super) fn refused(&self, from: IpAddr, what: SshRefusal) {
        self.refused_at(Instant::now(), from, what);
    }

    fn refused_at(&self, now: Instant, from: IpAddr, what: SshRefusal) {
        let more = {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            match told.get_mut(&what.kind()) {
                Some((last, more)) if now.saturating_duration_since(*last) < AGAIN => {
                    *more = more.saturating_add(1);
                    return;
                }
                Some(entry) => std::mem::replace(entry, (now, 0)).1,
                None => {
                    told.insert(what.kind(), (now, 0));
                    0
                }
            }
        };
        (self.log)(SshNews::Refused { from, what, more });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_told_once_and_counted() {
        let told = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&told);
        let teller = Teller::new(Arc::new(move |news| kept.lock().unwrap().push(news.to_string())));
        let (from, start) = ("10.0.0.7".parse().unwrap(), Instant::now());
        for _ in 0..1000 {
            teller.refused_at(start, from, SshRefusal::Late);
        }
        teller.refused_at(start, from, SshRefusal::Full);
        teller.refused_at(start + AGAIN, from, SshRefusal::Late);
        let told = told.lock().unwrap();
        assert_eq!(told.len(), 3);
        assert!(told.last().unwrap().ends_with("from 10.0.0.7, and 999 more of the kind"), "{told:?}");
    }
}
