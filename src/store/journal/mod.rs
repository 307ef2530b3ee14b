//! The journal: the ordered, hash-chained, append-only file of entries. It is the audit trail and the truth.

mod disk;
#[cfg(test)]
mod exam;
mod file;
mod line;
mod memory;
mod scan;
mod tail;

use std::fmt;
use std::io;
use std::ops::{ControlFlow, Range};

use crate::domain::{Entry, Seq};

pub use disk::{Disk, DiskFile};
pub use file::FileJournal;
use line::header_hash;
pub use memory::{Faults, MemoryJournal};
pub use tail::TailCut;

/// The hash of a line: BLAKE3 over the line before's hash and the line up to its own.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every line bears two of them: spelled at once, not byte by byte.
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[hex(byte >> 4), hex(byte & 15)]);
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

const fn hex(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A place behind an entry: what reading or appending goes on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last entry's number; 0 before the first.
    pub seq: Seq,
    /// The last line's hash.
    pub hash: Hash,
    /// The byte behind the last line.
    pub end: u64,
}

/// The longest line, in bytes: a checklist of 500 items in three languages is a tenth of it.
pub const LINE_LIMIT: usize = 8 << 20;

/// What can go wrong with a journal, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The disk is full; nothing was written.
    #[error("the disk is full; nothing was kept, free some space and do it again")]
    Full,
    /// A write failed and was taken back; nothing was written.
    #[error("the journal could not be written ({0}); nothing was kept, do it again")]
    Write(io::Error),
    /// A write or sync failed and could not be taken back: nothing is acknowledged until the next start.
    #[error("the journal failed ({why}); nothing is kept any more, leave and start the program again")]
    Poisoned {
        /// What failed first.
        why: String,
    },
    /// An entry is longer than a line may be.
    #[error("an entry of {0} bytes is too long for the journal")]
    TooLong(usize),
    /// An entry could not be spelled as JSON.
    #[error("an entry could not be written as JSON: {0}")]
    Encode(serde_json::Error),
    /// A line in the middle is damaged: it was changed from outside or the disk is failing.
    #[error(
        "the journal is damaged in line {line} at byte {offset} ({what}); nothing was changed: \
         restore {file} from a backup, or ask for help with a copy of it"
    )]
    Damaged {
        /// The line, counted from 1; 0 where it was not counted.
        line: u64,
        /// The byte at which it begins.
        offset: u64,
        /// What is wrong.
        what: String,
        /// The file.
        file: String,
    },
    /// The file is not a journal of this program, or of a later version.
    #[error("{0} is not a journal that this version reads")]
    Foreign(String),
    /// The file could not be opened or read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What failed.
        source: io::Error,
    },
}

/// The one who writes: one per store.
pub trait Journal: Send {
    /// Returns the place behind the last entry.
    fn head(&self) -> Head;
    /// Writes entries behind the head with one write and one sync, and returns the byte at which each begins.
    ///
    /// The entries continue the head's number. Where it fails nothing of them is there.
    fn append(&mut self, entries: &[Entry]) -> Result<Vec<u64>, JournalError>;
    /// Makes a reader that works beside the writer.
    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError>;
}

/// Visits an entry, the bytes of its line, and its hash.
pub type Visit<'a> = &'a mut dyn FnMut(&Entry, Range<u64>, &Hash) -> ControlFlow<()>;

/// One who reads, beside the writer.
pub trait JournalReader: Send + Sync {
    /// Reads the entry whose line begins at a byte.
    fn read_at(&self, offset: u64) -> Result<Entry, JournalError>;
    /// Visits every entry behind `from`, checking the chain, and returns the place behind the last one visited.
    fn scan(&self, from: Option<Head>, visit: Visit<'_>) -> Result<Head, JournalError>;
    /// Says whether a place lies at the end of a line with this number and hash.
    fn knows(&self, place: &Head) -> bool;
}
