//! The journal in memory: the file's twin for tests, with faults on demand.

use std::sync::{Arc, Mutex, PoisonError};

use super::line::{HEADER, encode_write};
use super::scan;
use super::tail::{Bytes, Tail, find_tail};
use super::{Head, Journal, JournalError, JournalReader, Visit};
use crate::domain::Entry;

/// Faults that are to happen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// Appends from now on that succeed before the disk is full.
    pub full_after: Option<u32>,
    /// Appends from now on that succeed before a sync fails.
    pub sync_fails_after: Option<u32>,
}

/// A journal in memory.
pub struct MemoryJournal {
    bytes: Shared,
    head: Head,
    /// The faults to come.
    pub faults: Faults,
    poisoned: bool,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Default for MemoryJournal {
    fn default() -> Self {
        let bytes = Shared(Arc::new(Mutex::new(HEADER.as_bytes().to_vec())));
        let head = Head { seq: crate::domain::Seq(0), hash: super::header_hash(), end: HEADER.len() as u64 };
        Self { bytes, head, faults: Faults::default(), poisoned: false }
    }
}

fn due(counter: &mut Option<u32>) -> bool {
    match counter {
        Some(0) => true,
        Some(left) => {
            *left -= 1;
            false
        }
        None => false,
    }
}

impl MemoryJournal {
    /// Opens what another journal in memory has written, as after a restart.
    pub fn reopened(&self) -> Result<Self, JournalError> {
        let Tail { head, cut, .. } = find_tail(&self.bytes)?;
        if let Some(cut) = cut {
            let end = usize::try_from(cut.end).unwrap_or_default();
            self.bytes.0.lock().unwrap_or_else(PoisonError::into_inner).truncate(end);
        }
        Ok(Self { bytes: self.bytes.clone(), head, faults: Faults::default(), poisoned: false })
    }
}

#[cfg(test)]
impl MemoryJournal {
    /// Opens given bytes as the file's journal opens a file.
    pub(super) fn holding(bytes: &[u8]) -> Result<(Self, Option<super::TailCut>), JournalError> {
        let bytes = Shared(Arc::new(Mutex::new(bytes.to_vec())));
        let cut = find_tail(&bytes)?.cut;
        Ok((Self { bytes, ..Self::default() }.reopened()?, cut))
    }
}

impl Journal for MemoryJournal {
    fn head(&self) -> Head {
        self.head
    }

    fn append(&mut self, entries: &[Entry]) -> Result<Vec<u64>, JournalError> {
        if self.poisoned {
            return Err(JournalError::Poisoned { why: "a sync failed".to_owned() });
        }
        let mut buffer = Vec::new();
        let (offsets, hash) = encode_write(entries, &self.head.hash, &mut buffer)?;
        let offsets = offsets.into_iter().map(|offset| self.head.end + offset).collect();
        if due(&mut self.faults.full_after) {
            return Err(JournalError::Full);
        }
        if due(&mut self.faults.sync_fails_after) {
            self.poisoned = true;
            return Err(JournalError::Poisoned { why: "a sync failed".to_owned() });
        }
        self.bytes.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&buffer);
        if let Some(last) = entries.last() {
            self.head = Head { seq: last.seq, hash, end: self.head.end + buffer.len() as u64 };
        }
        Ok(offsets)
    }

    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        Ok(Box::new(self.bytes.clone()))
    }
}

impl Bytes for Shared {
    fn len(&self) -> Result<u64, JournalError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).len() as u64)
    }

    fn read(&self, offset: u64, len: usize) -> Result<Vec<u8>, JournalError> {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let to = from.saturating_add(len).min(bytes.len());
        Ok(bytes.get(from..to).unwrap_or_default().to_vec())
    }

    fn name(&self) -> String {
        "memory".to_owned()
    }
}

impl JournalReader for Shared {
    fn read_at(&self, offset: u64) -> Result<Entry, JournalError> {
        scan::read_at(self, offset)
    }

    fn scan(&self, from: Option<Head>, visit: Visit<'_>) -> Result<Head, JournalError> {
        let end = Bytes::len(self)?;
        scan::scan(self, from, end, visit)
    }

    fn knows(&self, place: &Head) -> bool {
        scan::knows(self, place)
    }
}
