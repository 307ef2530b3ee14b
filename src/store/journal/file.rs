//! The journal in a file: `journal.jsonl` in the data folder.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{Disk, DiskFile, MachineDisk};
use super::line::{HEADER, encode_write};
use super::scan;
use super::tail::{Bytes, Tail, TailCut, find_tail};
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
        if !is_begun(&*file, &path)? {
            file.write_all_at(HEADER.as_bytes(), 0).map_err(told)?;
        }
        let reading = Reading { file, path: path.clone() };
        let tail = find_tail(&reading)?;
        let Reading { file, .. } = reading;
        settle(&*disk, &*file, dir, &tail).map_err(told)?;
        let Tail { head, cut, .. } = tail;
        Ok((Self { disk, file, path, head, poisoned: None, buffer: Vec::new() }, cut))
    }

    /// Opens a journal for reading only: nothing is cut, what stands behind the last good act is left out.
    pub fn open_read_only(dir: &Path) -> Result<(Box<dyn JournalReader>, Head), JournalError> {
        let path = dir.join(FILE);
        let file = MachineDisk.open_to_read(&path).map_err(|source| failed(&path, source))?;
        let reading = Reading { file, path };
        let head = find_tail(&reading)?.head;
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
        self.file.sync().map_err(|fault| {
            // What was said not to be kept is not to be found at the next start either, where the disk still lets us.
            let _ = self.file.set_size(self.head.end);
            self.poison(&fault)
        })
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
        let (offsets, hash) = encode_write(entries, &self.head.hash, &mut self.buffer)?;
        let offsets = offsets.into_iter().map(|offset| self.head.end + offset).collect();
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

/// Says whether a journal is begun: a start that died before leaves nothing, half a header, or its length in zeros.
fn is_begun(file: &dyn DiskFile, path: &Path) -> Result<bool, JournalError> {
    let told = |source| failed(path, source);
    let left = file.read_up_to(0, HEADER.len()).map_err(told)?;
    if left == HEADER.as_bytes() {
        return Ok(true);
    }
    let written = left.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let half = HEADER.as_bytes().starts_with(left.get(..written).unwrap_or_default());
    if half && file.size().map_err(told)? <= HEADER.len() as u64 {
        Ok(false)
    } else {
        Err(JournalError::Foreign(path.display().to_string()))
    }
}

/// Cuts what does not count, and makes sure that what counts is on the disk before anybody is shown it.
///
/// The process before this one may have died between its write and its sync, or its sync may have failed: then the
/// lines can be read and are not on the disk, and no later sync would bring them there. Written once more, they are.
fn settle(disk: &dyn Disk, file: &dyn DiskFile, dir: &Path, tail: &Tail) -> io::Result<()> {
    let Tail { head, cut, written } = tail;
    if let Some(cut) = cut {
        let bytes = file.read_up_to(cut.end, usize::try_from(cut.bytes.min(64 << 20)).unwrap_or_default())?;
        // The copy is for an auditor; on a full disk the journal itself matters more.
        let _ = set_aside(disk, dir, head.seq, &bytes);
        file.set_size(cut.end)?;
    }
    let last = file.read_up_to(*written, usize::try_from(head.end - written).unwrap_or_default())?;
    file.write_all_at(&last, *written)?;
    file.sync()?;
    if head.seq == Seq(0) { sync_folders(disk, dir) } else { Ok(()) }
}

/// Brings a new file's name to the disk: after a power cut it is there only if its folder was synced too.
fn sync_folders(disk: &dyn Disk, dir: &Path) -> io::Result<()> {
    disk.sync_folder(dir)?;
    let mut above = dir.ancestors().skip(1);
    let parent = above.next().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match disk.sync_folder(parent) {
        // A folder that is closed to us was not made by us.
        Err(fault) if fault.kind() != io::ErrorKind::PermissionDenied => return Err(fault),
        _ => {}
    }
    for above in above.filter(|above| !above.as_os_str().is_empty()) {
        let _ = disk.sync_folder(above);
    }
    Ok(())
}

/// Keeps what is cut in a file of its own, beside those of earlier cuts.
fn set_aside(disk: &dyn Disk, dir: &Path, seq: Seq, bytes: &[u8]) -> io::Result<()> {
    let mut again = 1;
    let kept = loop {
        let name = if again == 1 { format!("journal.cut-{seq}") } else { format!("journal.cut-{seq}-{again}") };
        match disk.begin(&dir.join(name)) {
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => again += 1,
            other => break other?,
        }
    };
    kept.write_all_at(bytes, 0)?;
    kept.sync()?;
    disk.sync_folder(dir)
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
        let head = find_tail(self)?.head;
        scan::scan(self, from, head.end, visit)
    }

    fn knows(&self, place: &Head) -> bool {
        scan::knows(self, place)
    }
}

fn failed(path: &Path, source: io::Error) -> JournalError {
    JournalError::Io { path: path.display().to_string(), source }
}
