//! A glimpse: the few records that the next start reads for its first frame, kept in a small file.
//!
//! sled opens the slower the more it holds, and a first frame needs little of it. Only who holds the lock changes a store:
//! records that were read when the journal ended where it ends now are what is true now. In any doubt there is no
//! glimpse, and the start waits for the records: another end of the journal, records that were not closed in order, a
//! damaged file, a record that was not read the last time.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::codec::{self, Bytes};
use super::desk::Applied;
use super::records::Look;
use super::shelf::names::SCHEMA;
use super::{Batch, FileJournal, Head, JournalReader, PlaceFile, Records, RecordsError, Shelf};
use crate::domain::Seq;

/// The kind byte of a glimpse's envelope.
const KIND: u8 = b'g';
/// Bytes of the records in a glimpse: a screen that reads more is not worth a second copy.
const LIMIT: usize = 256 << 10;

/// Records under their names.
type Found = Vec<(Bytes, Bytes)>;

/// What was read, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Read {
    gets: BTreeMap<Bytes, Option<Bytes>>,
    /// By where they begin and their prefix: what was visited, and whether that was all.
    scans: BTreeMap<(Bytes, Bytes), (Found, bool)>,
}

/// A glimpse as it lies in its file.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Where the journal ended.
    at: Applied,
    read: Read,
}

/// Takes note of what is read from records, until it is too much for a glimpse.
struct Noting {
    records: Arc<dyn Records>,
    noted: Mutex<(usize, Read)>,
}

impl Noting {
    fn note(&self, size: usize, note: impl FnOnce(&mut Read)) -> Result<(), RecordsError> {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.0 += size;
        if noted.0 > LIMIT {
            return Err(RecordsError::TooLong(noted.0));
        }
        note(&mut noted.1);
        Ok(())
    }
}

impl Records for Noting {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        let value = self.records.get(name)?;
        let size = name.len() + value.as_ref().map_or(0, Vec::len);
        self.note(size, |read| drop(read.gets.insert(Bytes(name.to_vec()), value.clone().map(Bytes))))?;
        Ok(value)
    }

    fn scan(&self, from: &[u8], prefix: &[u8], look: Look<'_>) -> Result<(), RecordsError> {
        let (mut found, mut size, mut whole) = (Found::new(), 0, true);
        self.records.scan(from, prefix, &mut |name, value| {
            size += name.len() + value.len();
            found.push((Bytes(name.to_vec()), Bytes(value.to_vec())));
            let flow = if size > LIMIT { ControlFlow::Break(()) } else { look(name, value) };
            whole &= flow.is_continue();
            flow
        })?;
        let asked = (Bytes(from.to_vec()), Bytes(prefix.to_vec()));
        self.note(size, |read| {
            // The same may be read again and farther: what was seen the longest way stays.
            if read.scans.get(&asked).is_none_or(|(stood, _)| stood.len() < found.len() || whole) {
                read.scans.insert(asked, (found, whole));
            }
        })
    }

    fn commit(&self, _: &Batch) -> Result<(), RecordsError> {
        Err(only_read())
    }

    fn flush(&self) -> Result<(), RecordsError> {
        Ok(())
    }

    fn clear(&self) -> Result<(), RecordsError> {
        Err(only_read())
    }
}

/// The records of a glimpse; whatever else is asked for is missed.
struct Seen {
    read: Read,
    missed: AtomicBool,
}

impl Seen {
    fn miss(&self) -> RecordsError {
        self.missed.store(true, Ordering::Release);
        RecordsError::Engine("it is not in the glimpse".to_owned())
    }
}

impl Records for Seen {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        let value = self.read.gets.get(&Bytes(name.to_vec())).ok_or_else(|| self.miss())?;
        Ok(value.as_ref().map(|value| value.0.clone()))
    }

    fn scan(&self, from: &[u8], prefix: &[u8], look: Look<'_>) -> Result<(), RecordsError> {
        let asked = (Bytes(from.to_vec()), Bytes(prefix.to_vec()));
        let (found, whole) = self.read.scans.get(&asked).ok_or_else(|| self.miss())?;
        for (name, value) in found {
            if look(&name.0, &value.0).is_break() {
                return Ok(());
            }
        }
        if *whole { Ok(()) } else { Err(self.miss()) }
    }

    fn commit(&self, _: &Batch) -> Result<(), RecordsError> {
        Err(only_read())
    }

    fn flush(&self) -> Result<(), RecordsError> {
        Ok(())
    }

    fn clear(&self) -> Result<(), RecordsError> {
        Err(only_read())
    }
}

fn only_read() -> RecordsError {
    RecordsError::Engine("a glimpse is only read".to_owned())
}

/// What a start reads before the store is open.
pub struct Glimpse {
    /// The records that were kept, as a shelf.
    pub shelf: Arc<Shelf>,
    seen: Arc<Seen>,
}

impl Glimpse {
    /// Reads the glimpse of a locked store; nothing where it is not of this end of the journal.
    pub(super) fn of(dir: &Path, file: &PlaceFile) -> Option<Self> {
        let kept: Kept = codec::decode(KIND, SCHEMA, &file.glimpse().load()?).ok()?;
        let (reader, head) = FileJournal::open_read_only(dir).ok()?;
        if kept.at != Applied::from(&head) {
            return None;
        }
        let seen = Arc::new(Seen { read: kept.read, missed: AtomicBool::new(false) });
        let records: Arc<dyn Records> = Arc::<Seen>::clone(&seen);
        // It counts as one entry old: once the store is open, what is shown is read again from the records themselves.
        let old = Seq(head.seq.0.saturating_sub(1));
        Some(Self { shelf: Arc::new(Shelf::new(records, reader, old)), seen })
    }

    /// Says whether everything that was read so far stood in it: only then is what was made of it true.
    pub fn is_whole(&self) -> bool {
        !self.seen.missed.load(Ordering::Acquire)
    }
}

/// Keeps what `look` reads, for the next start.
///
/// It is not synced: a power cut that loses it costs the next start a few milliseconds.
pub(super) fn keep<E>(
    file: &PlaceFile,
    records: &Arc<dyn Records>,
    (reader, head): (Box<dyn JournalReader>, &Head),
    look: impl FnOnce(&Arc<Shelf>) -> Result<(), E>,
) {
    let noting = Arc::new(Noting { records: Arc::clone(records), noted: Mutex::default() });
    let shelf = Arc::new(Shelf::new(Arc::<Noting>::clone(&noting), reader, head.seq));
    if look(&shelf).is_err() {
        return;
    }
    let (_, read) = std::mem::take(&mut *noting.noted.lock().unwrap_or_else(PoisonError::into_inner));
    if let Ok(bytes) = codec::encode(KIND, SCHEMA, &Kept { at: Applied::from(head), read }) {
        let _ = file.glimpse().save(&bytes);
    }
}
