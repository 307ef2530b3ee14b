//! The desk: the one writer. It decides, writes the journal once for all that wait, and makes the records follow.

use std::sync::Arc;

use super::group::Group;
use super::shelf::staging::Staging;
use super::shelf::{Memo, Shelf, names, remember};
use super::{Head, Journal, JournalError, JournalReader, RecordsError};
use crate::domain::{Entry, Of, ReadFault, Refusal, Request, Seq, Stamp};

/// Why a command was not acknowledged; nothing of it is true, but for [`DeskError::Records`].
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The house rules refuse it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The journal could not take it.
    #[error(transparent)]
    Journal(#[from] Arc<JournalError>),
    /// The records could not take it: the journal holds it, and the next start makes the records follow.
    #[error("the records do not follow the journal ({0}); the change is kept, start the program again")]
    Records(Arc<RecordsError>),
    /// The records stopped following the journal before: nothing was written.
    #[error("the records do not follow the journal ({0}); nothing is kept any more, start the program again")]
    Behind(Arc<RecordsError>),
    /// A record could not be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// A record of it would be longer than the records take.
    #[error("it makes a record of {0} bytes, which is too long; nothing was kept, say it in fewer words")]
    TooLong(usize),
    /// The store was opened for reading.
    #[error("the store is open for reading only")]
    ReadOnly,
}

impl From<Refusal> for DeskError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A command's acknowledgement: its entries are on the disk.
#[derive(Clone, Debug)]
pub struct Ack {
    /// What was written, in order.
    pub entries: Vec<Entry>,
}

impl Ack {
    /// Returns the last entry's number.
    pub fn seq(&self) -> Seq {
        self.entries.last().map_or(Seq(0), |entry| entry.seq)
    }

    /// Returns the last entry's time.
    pub fn at(&self) -> Stamp {
        self.entries.last().map_or(Stamp(0), |entry| entry.at)
    }
}

/// The one writer of a store.
pub struct Desk {
    journal: Box<dyn Journal>,
    shelf: Arc<Shelf>,
    memo: Memo,
    behind: Option<Arc<RecordsError>>,
    failed: bool,
}

impl Desk {
    /// Seats the writer before a journal and the shelf whose records follow it to its head.
    pub fn new(journal: Box<dyn Journal>, shelf: Arc<Shelf>) -> Self {
        Self { journal, shelf, memo: Memo::default(), behind: None, failed: false }
    }

    /// Returns the shelf that follows this desk.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Returns a reader of the journal and where it ends; nothing where what was written may not be on the disk.
    pub(super) fn read(&self) -> Option<(Box<dyn JournalReader>, Head)> {
        if self.stopped() { None } else { Some((self.journal.reader().ok()?, self.journal.head())) }
    }

    /// Says whether the journal or the records have failed, so that nothing is taken any more before the next start.
    pub const fn stopped(&self) -> bool {
        self.failed || self.behind.is_some()
    }

    /// Decides every waiting command in order and writes them with one sync; answers stand in the same order.
    ///
    /// `now` is what the clock says: information for people. The order of things is the entries' number.
    pub fn step(&mut self, now: Stamp, requests: Vec<Request>) -> Vec<Result<Ack, DeskError>> {
        if let Some(behind) = &self.behind {
            return requests.iter().map(|_| Err(DeskError::Behind(Arc::clone(behind)))).collect();
        }
        let shelf = Arc::clone(&self.shelf);
        let mut group = Group {
            staging: Staging::new(&**shelf.records()),
            memo: &mut self.memo,
            shelf: &shelf,
            seq: self.journal.head().seq,
            now,
            entries: Vec::new(),
        };
        let decided: Vec<_> = requests.into_iter().map(|request| group.take(request)).collect();
        let Group { staging, entries, .. } = group;
        if entries.is_empty() {
            return decided.into_iter().map(|answer| answer.map(|_| Ack { entries: Vec::new() })).collect();
        }
        let fault = self.write(staging, &entries).err();
        // Each command's own entries stand behind those of the ones before it.
        let mut entries = entries.into_iter();
        let answer = |decided: Result<std::ops::Range<usize>, DeskError>| match &fault {
            None => decided.map(|range| Ack { entries: entries.by_ref().take(range.len()).collect() }),
            Some(fault) => decided.and_then(|_| Err(fault.again())),
        };
        decided.into_iter().map(answer).collect()
    }

    fn write(&mut self, mut staging: Staging<'_>, entries: &[Entry]) -> Result<(), DeskError> {
        let offsets = self.journal.append(entries).map_err(|fault| {
            // What the memo has seen of this group was never true.
            self.memo = Memo::default();
            self.failed |= matches!(fault, JournalError::Poisoned { .. });
            DeskError::Journal(Arc::new(fault))
        })?;
        let head = self.journal.head();
        let records = Arc::clone(self.shelf.records());
        let follow = || -> Result<(), Arc<RecordsError>> {
            for (entry, offset) in entries.iter().zip(&offsets) {
                remember(&mut staging, entry.of, entry.rev, *offset).map_err(|fault| Arc::new(fault.into()))?;
            }
            staging.put(names::applied(), &Applied::from(&head)).map_err(|fault| Arc::new(fault.into()))?;
            records.commit(&staging.into_batch()).map_err(Arc::new)
        };
        if let Err(fault) = follow() {
            self.behind = Some(Arc::clone(&fault));
            return Err(DeskError::Records(fault));
        }
        let mut of: Vec<Of> = entries.iter().map(|entry| entry.of).collect();
        of.dedup();
        self.shelf.moved(head.seq, &of);
        Ok(())
    }

    /// Brings sled's own log to the disk: not for safety, but so that the next start has less to catch up with.
    pub fn flush(&self) -> Result<(), RecordsError> {
        self.shelf.records().flush()
    }
}

/// How far the records are written; stands in the same batch as what it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Applied {
    /// The last entry.
    pub seq: Seq,
    /// Its hash.
    pub hash: [u8; 32],
    /// Where the journal ends behind it.
    pub end: u64,
}

impl From<&Head> for Applied {
    fn from(head: &Head) -> Self {
        Self { seq: head.seq, hash: head.hash.0, end: head.end }
    }
}

impl DeskError {
    fn again(&self) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal.clone()),
            Self::Journal(fault) => Self::Journal(Arc::clone(fault)),
            Self::Records(fault) => Self::Records(Arc::clone(fault)),
            Self::Behind(fault) => Self::Behind(Arc::clone(fault)),
            Self::Read(fault) => Self::Read(fault.clone()),
            Self::TooLong(len) => Self::TooLong(*len),
            Self::ReadOnly => Self::ReadOnly,
        }
    }
}
