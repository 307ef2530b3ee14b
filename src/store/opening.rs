//! Opening a store: lock, journal, records, and whatever it takes to make the records follow.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::records::{FOLDER, set_aside};
use super::seating::{Anew, Found, Progress, behind, check, seat};
use super::verify::{applied, follow};
use super::{
    Desk, FileJournal, FollowError, Glimpse, Journal, JournalError, LaterRecords, LockError, MemoryRecords, PlaceFile,
    Records, RecordsError, Shelf, SledRecords, StoreLock, TailCut, glimpse,
};
use crate::domain::Seq;

/// Why a store does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is locked, or its folder cannot be written.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The journal does not open.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The records cannot be made.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// The records cannot be made to follow.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// The journal is gone although records of it are there.
    #[error(
        "{0} is missing, but there are records written from it: put the journal back from a backup, \
         or move the records folder away to begin anew"
    )]
    JournalGone(String),
    /// The folder could not be read or written.
    #[error("the data folder: {0}")]
    Io(#[from] std::io::Error),
}

/// What a person is told about the opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A write that never was acknowledged was cut off the journal's end.
    TailCut(TailCut),
    /// The journal ends before entries that the records have seen: it was cut from outside.
    JournalShort {
        /// The journal's last entry.
        has: Seq,
        /// The last entry that the records have seen.
        had: Seq,
    },
    /// The records did not open or did not fit and were made again from the journal.
    Rebuilt {
        /// Why.
        why: String,
        /// Where the old ones are.
        aside: Option<PathBuf>,
    },
    /// The folder cannot be written: the store is open for reading.
    ReadOnly,
}

/// An open store.
pub struct Store {
    /// The data folder.
    pub dir: PathBuf,
    /// The writer; none where the folder cannot be written.
    pub desk: Option<Desk>,
    /// What is true now.
    pub shelf: Arc<Shelf>,
    lock: Option<StoreLock>,
}

/// A store and what its person is told.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// What is told.
    pub notices: Vec<Notice>,
}

/// What a rebuild has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// The last entry that the records were made from.
    pub last: Seq,
    /// A write that never was acknowledged and was cut off the journal's end.
    pub cut: Option<TailCut>,
}

/// Bytes of sled's cache: enough for the walk, little enough for a small host.
const CACHE: u64 = 16 << 20;

/// A folder whose lock is taken: nobody else changes the store in it from here on.
pub struct Locked {
    dir: PathBuf,
    /// None where the folder cannot be written, so that nobody can change it.
    lock: Option<StoreLock>,
}

impl Locked {
    /// Takes the lock of a folder.
    pub fn take(dir: &Path, who: &str) -> Result<Self, OpenError> {
        let lock = match StoreLock::take(dir, who) {
            Err(LockError::ReadOnly(_)) if dir.exists() => None,
            taken => Some(taken?),
        };
        Ok(Self { dir: dir.to_path_buf(), lock })
    }

    /// Reads what the last session has kept for the first frame of this one; nothing where it may not be true any more.
    pub fn glimpse(&self, file: &PlaceFile) -> Option<Glimpse> {
        let closed = self.lock.is_some() && trusted(&self.dir, "");
        if closed { Glimpse::of(&self.dir, file) } else { None }
    }

    /// Opens the store, or begins one. `boot` names the machine's present run, where that is known.
    ///
    /// A power cut can lose what sled had flushed: records from another run of the machine that were not closed
    /// in order are made again.
    pub fn open(self, boot: &str, progress: Progress<'_>) -> Result<Opened, OpenError> {
        let dir = &*self.dir;
        let Some(lock) = self.lock else { return Store::open_read_only(dir, progress) };
        let mut notices = Vec::new();
        let had_journal = dir.join("journal.jsonl").exists();
        let had_records = dir.join(FOLDER).exists();
        let trusted = trusted(dir, boot);
        let (records, broken) = open_records(dir, &mut notices)?;
        let seen = if broken { None } else { applied(&*records).ok().flatten() };
        if !had_journal && (had_records && broken || seen.as_ref().is_some_and(|seen| seen.seq > Seq(0))) {
            return Err(OpenError::JournalGone(dir.join("journal.jsonl").display().to_string()));
        }
        let (journal, cut) = FileJournal::open(dir)?;
        notices.extend(cut.map(Notice::TailCut));
        if trusted {
            // Before the records are written to: they are of this run from here on.
            mark(dir, boot, false);
        }
        let found = Found { records, trusted, broken };
        let anew: Anew<'_> = &mut |old| {
            drop(old);
            let aside = set_aside(dir)?;
            let records: Arc<dyn Records> = Arc::new(later(dir)?);
            // They are of this run: where following is stopped, the next start goes on with them.
            mark(dir, boot, false);
            Ok((records, aside))
        };
        let desk = seat(Box::new(journal), found, anew, progress, &mut notices)?;
        mark(dir, boot, false);
        let shelf = Arc::clone(desk.shelf());
        let store = Store { dir: dir.to_path_buf(), desk: Some(desk), shelf, lock: Some(lock) };
        Ok(Opened { store, notices })
    }
}

impl Store {
    /// Takes the lock of a folder and opens its store.
    pub fn open(dir: &Path, who: &str, boot: &str, progress: Progress<'_>) -> Result<Opened, OpenError> {
        Locked::take(dir, who)?.open(boot, progress)
    }

    /// Keeps the records that `look` reads for the next start, see [`Locked::glimpse`].
    pub fn keep_glimpse<E>(&self, file: &PlaceFile, look: impl FnOnce(&Arc<Shelf>) -> Result<(), E>) {
        if let Some((reader, head)) = self.desk.as_ref().and_then(Desk::read) {
            glimpse::keep(file, self.shelf.records(), (reader, &head), look);
        }
    }

    /// Opens a folder for reading alone: the records are made in memory, whoever else is at it.
    pub fn open_read_only(dir: &Path, progress: Progress<'_>) -> Result<Opened, OpenError> {
        let (reader, head) = FileJournal::open_read_only(dir)?;
        let records: Arc<dyn Records> = Arc::new(MemoryRecords::default());
        follow(&*reader, &*records, None, &mut behind(progress, None, &head))?;
        let shelf = Arc::new(Shelf::new(records, reader, head.seq));
        let store = Self { dir: dir.to_path_buf(), desk: None, shelf, lock: None };
        Ok(Opened { store, notices: vec![Notice::ReadOnly] })
    }

    /// Makes the records again from the journal, and leaves them as a start that ended in order does.
    pub fn rebuild(dir: &Path, who: &str, progress: Progress<'_>) -> Result<Rebuilt, OpenError> {
        let _lock = StoreLock::take(dir, who)?;
        let path = dir.join("journal.jsonl");
        if !path.exists() && dir.join(FOLDER).exists() {
            return Err(OpenError::JournalGone(path.display().to_string()));
        }
        let (journal, cut) = FileJournal::open(dir)?;
        let reader = journal.reader()?;
        check(&*reader)?;
        set_aside(dir)?;
        let records = SledRecords::open(dir, CACHE)?;
        let head = journal.head();
        let last = follow(&*reader, &records, None, &mut behind(progress, None, &head))?;
        records.flush()?;
        drop(records);
        mark(dir, "", true);
        Ok(Rebuilt { last: last.seq, cut })
    }

    /// Ends in order: the records are brought to the disk and trusted at the next start.
    pub fn close(self, boot: &str) -> Result<(), RecordsError> {
        if self.lock.is_some() {
            self.shelf.records().flush()?;
            mark(&self.dir, boot, true);
        }
        Ok(())
    }
}

/// Opens the records of a folder, to be written a moment later.
fn later(dir: &Path) -> Result<LaterRecords, RecordsError> {
    LaterRecords::over(SledRecords::open(dir, CACHE)?)
}

fn open_records(dir: &Path, notices: &mut Vec<Notice>) -> Result<(Arc<dyn Records>, bool), OpenError> {
    match later(dir) {
        Ok(records) => Ok((Arc::new(records), false)),
        Err(RecordsError::Broken(why)) => {
            let aside = set_aside(dir)?;
            notices.push(Notice::Rebuilt { why, aside });
            Ok((Arc::new(later(dir)?), true))
        }
        Err(other) => Err(other.into()),
    }
}

const STATE: &str = "records.state";

/// Says whether the records were closed in order, or were left in this same run of the machine.
fn trusted(dir: &Path, boot: &str) -> bool {
    match fs::read_to_string(dir.join(STATE)) {
        Ok(state) => state == "closed" || (!boot.is_empty() && state == boot),
        // The folder may have lost the file's name in a power cut, or the file may be damaged: nothing is known.
        Err(_) => false,
    }
}

fn mark(dir: &Path, boot: &str, closed: bool) {
    let state = if closed { "closed" } else { boot };
    // Losing the mark costs a rebuild, never data; but a 「closed」 that outlives a power cut would have records trusted
    // that were written after it. So the mark is on the disk before anything else is.
    let _ = fs::File::create(dir.join(STATE)).and_then(|mut file| {
        file.write_all(state.as_bytes())?;
        file.sync_all()
    });
}
