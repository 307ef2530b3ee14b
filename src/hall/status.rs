//! How the process that serves a store is: who is in, what waits, how long the journal and how full the disk is.

use super::Hall;
use crate::domain::{PersonId, Reading, Seq, Stamp};

/// One session, as the status lists it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct StatusLine {
    /// Who.
    pub person: PersonId,
    /// By which way.
    pub way: String,
    /// Since when, as UTC milliseconds.
    pub since: Stamp,
}

/// How the process is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Status {
    /// The process.
    pub pid: u32,
    /// The version of the program.
    pub version: &'static str,
    /// How many sessions are open.
    pub open: usize,
    /// The sessions, as far as whoever asks may know them.
    pub sessions: Vec<StatusLine>,
    /// Whether these are all of them: an admin is told of everybody, anybody else of themselves.
    pub all: bool,
    /// The most sessions.
    pub most: usize,
    /// Commands that wait for the desk or are being written.
    pub waiting: usize,
    /// The last entry of the journal.
    pub head: Seq,
    /// The journal's bytes.
    pub journal: u64,
    /// Bytes that are left on its disk.
    pub left: u64,
}

impl Hall {
    /// Says how the process is.
    pub fn status(&self) -> Status {
        let sessions = self.roster.list(|member| StatusLine {
            person: member.person.clone(),
            way: member.way.clone(),
            since: member.since,
        });
        let journal = std::fs::metadata(self.dir.join("journal.jsonl")).map_or(0, |data| data.len());
        let left = rustix::fs::statvfs(&self.dir).map_or(0, |disk| disk.f_bavail.saturating_mul(disk.f_frsize));
        Status {
            pid: std::process::id(),
            version: env!("CARGO_PKG_VERSION"),
            open: sessions.len(),
            sessions,
            all: true,
            most: self.settings.sessions,
            waiting: self.counter.waiting(),
            head: self.shelf.head(),
            journal,
            left,
        }
    }
}
