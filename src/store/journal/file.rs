//! The journal in a file: `journal.jsonl` in the data folder.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{Disk, DiskFile, MachineDisk};
use super::line::{HEADER, encode_line};
use super::scan;
use super::tail::{Bytes, TailCut, find_head};
use super::{Head, Journal, JournalError, JournalReader, Visit};
use crate::domain::{Entry, Seq};

/// The journal's file in a data folder.
pub const FILE: &str = "journal.jsonl";

/// The writer of a journal file.
pub struct FileJournal {
    disk: Arc<dyn Disk>,
    file: Box<dyn DiskFile>,
    path: PathBuf,
    head: Head,
    poisoned: Option<String>,
    buffer: Vec<u8>,
}

impl FileJournal {
    /// Opens the journal of a folder, or begins one. The caller holds the store's lock.
    ///
    /// What was never acknowledged is cut off the end, kept aside in a file of its own, and told.
    pub fn open(dir: &Path) -> Result<(Self, Option<TailCut>), JournalError> {
        Self::open_on(Arc::new(MachineDisk), dir)
    }

    /// Opens the journal of a folder on another disk than the machine's.
    pub fn open_on(disk: Arc<dyn Disk>, dir: &Path) -> Result<(Self, Option<TailCut>), JournalError> {
        let path = dir.join(FILE);
        let told = |source| failed(&path, source);
        let file = disk.open(&path).map_err(told)?;
        let len = file.size().map_err(told)?;
        // A start that died between making the file and its first line leaves less than the header.
        let begun = len >= HEADER.len() as u64;
        if !begun {
            let left = file.read_up_to(0, HEADER.len()).map_err(told)?;
            if !HEADER.as_bytes().starts_with(&left) {
                return Err(JournalError::Foreign(path.display().to_string()));
            }
            begin(&*disk, &*file, dir).map_err(told)?;
        }
        let reading = Reading { file, path: path.clone() };
        let (head, cut) = find_head(&reading)?;
        let Reading { file, .. } = reading;
        if let Some(cut) = &cut {
            set_aside(&*disk, &*file, dir, cut, head.seq).map_err(told)?;
        }
        Ok((Self { disk, file, path, head, poisoned: None, buffer: Vec::new() }, cut))
    }

    /// Opens a journal for reading only: nothing is cut, what stands behind the last good act is left out.
    pub fn open_read_only(dir: &Path) -> Result<(Box<dyn JournalReader>, Head), JournalError> {
        let path = dir.join(FILE);
        let file = MachineDisk.open_to_read(&path).map_err(|source| failed(&path, source))?;
        let reading = Reading { file, path };
        let (head, _) = find_head(&reading)?;
        Ok((Box::new(reading), head))
    }

    fn write(&mut self) -> Result<(), JournalError> {
        let written = self.file.write_all_at(&self.buffer, self.head.end);
        if let Err(fault) = written {
            // Nothing of a failed write may stay: the next one would stand behind half a line.
            let cut = self.file.set_size(self.head.end).and_then(|()| self.file.sync());
            return Err(match cut {
                Err(worse) => self.poison(&worse),
                Ok(()) if fault.kind() == io::ErrorKind::StorageFull => JournalError::Full,
                Ok(()) => JournalError::Write(fault),
            });
        }
        // After a failed sync the kernel may have dropped the pages: nothing written later could be believed.
        self.file.sync().map_err(|fault| self.poison(&fault))
    }

    fn poison(&mut self, fault: &io::Error) -> JournalError {
        let why = fault.to_string();
        self.poisoned = Some(why.clone());
        JournalError::Poisoned { why }
    }
}

impl Journal for FileJournal {
    fn head(&self) -> Head {
        self.head
    }

    fn append(&mut self, entries: &[Entry]) -> Result<Vec<u64>, JournalError> {
        if let Some(why) = &self.poisoned {
            return Err(JournalError::Poisoned { why: why.clone() });
        }
        self.buffer.clear();
        let mut hash = self.head.hash;
        let mut offsets = Vec::with_capacity(entries.len());
        for entry in entries {
            offsets.push(self.head.end + self.buffer.len() as u64);
            hash = encode_line(entry, &hash, &mut self.buffer)?;
        }
        self.write()?;
        if let Some(last) = entries.last() {
            self.head = Head { seq: last.seq, hash, end: self.head.end + self.buffer.len() as u64 };
        }
        self.buffer.shrink_to(1 << 20);
        Ok(offsets)
    }

    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        let file = self.disk.open_to_read(&self.path).map_err(|source| failed(&self.path, source))?;
        Ok(Box::new(Reading { file, path: self.path.clone() }))
    }
}

fn begin(disk: &dyn Disk, file: &dyn DiskFile, dir: &Path) -> io::Result<()> {
    file.set_size(0)?;
    file.write_all_at(HEADER.as_bytes(), 0)?;
    file.sync()?;
    // A new file is there after a power cut only if its folder was synced too.
    disk.sync_folder(dir)?;
    match dir.parent().filter(|above| !above.as_os_str().is_empty()) {
        Some(above) => disk.sync_folder(above),
        None => Ok(()),
    }
}

fn set_aside(disk: &dyn Disk, file: &dyn DiskFile, dir: &Path, cut: &TailCut, seq: Seq) -> io::Result<()> {
    let bytes = file.read_up_to(cut.end, usize::try_from(cut.bytes.min(64 << 20)).unwrap_or_default())?;
    let path = dir.join(format!("journal.cut-{seq}"));
    // The copy is for an auditor; on a full disk the journal itself matters more.
    if let Ok(kept) = disk.open(&path) {
        let _ = kept.set_size(0).and_then(|()| kept.write_all_at(&bytes, 0));
    }
    file.set_size(cut.end)?;
    file.sync()
}

/// A reader of a journal file.
struct Reading {
    file: Box<dyn DiskFile>,
    path: PathBuf,
}

impl Bytes for Reading {
    fn len(&self) -> Result<u64, JournalError> {
        self.file.size().map_err(|source| failed(&self.path, source))
    }

    fn read(&self, offset: u64, len: usize) -> Result<Vec<u8>, JournalError> {
        self.file.read_up_to(offset, len).map_err(|source| failed(&self.path, source))
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
}

impl JournalReader for Reading {
    fn read_at(&self, offset: u64) -> Result<Entry, JournalError> {
        scan::read_at(self, offset)
    }

    fn scan(&self, from: Option<Head>, visit: Visit<'_>) -> Result<Head, JournalError> {
        let (head, _) = find_head(self)?;
        scan::scan(self, from, head.end, visit)
    }

    fn knows(&self, place: &Head) -> bool {
        scan::knows(self, place)
    }
}

fn failed(path: &Path, source: io::Error) -> JournalError {
    JournalError::Io { path: path.display().to_string(), source }
}
