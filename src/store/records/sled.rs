//! The records in sled: the one file that names it.
//!
//! sled 0.34.7 does not open beside a left-over `snap.*.generating` or an empty `snap.*`, and may panic on damage:
//! the leftovers are removed first and the opening is guarded. What still fails is set aside by the caller.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::{Batch, Look, Records, RecordsError, fits};

/// The folder of the records in a data folder.
pub const FOLDER: &str = "records";

/// Records in sled.
pub struct SledRecords {
    db: sled::Db,
    log: PathBuf,
}

impl SledRecords {
    /// Opens the records of a data folder, or begins them. `cache` is in bytes.
    pub fn open(dir: &Path, cache: u64) -> Result<Self, RecordsError> {
        let folder = dir.join(FOLDER);
        remove_leftovers(&folder).map_err(|fault| RecordsError::Broken(fault.to_string()))?;
        wait_for_release(&folder);
        // No timer: an idle program sleeps. The counter asks for a flush when it has been quiet for a while.
        let config = sled::Config::new().path(&folder).cache_capacity(cache).flush_every_ms(None);
        let opened = catch_unwind(AssertUnwindSafe(|| config.open()));
        let db = match opened {
            Ok(Ok(db)) => db,
            Ok(Err(fault)) if is_of_the_machine(&fault) => return Err(failed(&fault)),
            Ok(Err(fault)) => return Err(RecordsError::Broken(fault.to_string())),
            Err(_) => return Err(RecordsError::Broken("sled panicked".to_owned())),
        };
        Ok(Self { db, log: folder.join("db") })
    }
}

/// Says whether a fault lies with the machine, such as a full disk: then the records are as good as they were.
fn is_of_the_machine(fault: &sled::Error) -> bool {
    let sled::Error::Io(fault) = fault else { return false };
    // Too many open files, in the process and in the system, have no kind of their own.
    matches!(fault.raw_os_error(), Some(23 | 24))
        || is_full(fault)
        || matches!(
            fault.kind(),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::OutOfMemory
        )
}

/// Waits until a sled that is on its way out has let go of its log: it keeps it a moment longer than the store's lock.
fn wait_for_release(folder: &Path) {
    if let Ok(log) = fs::File::open(folder.join("db")) {
        let _ = log.lock();
    }
}

/// Removes what a start that died has left; sled's log alone holds everything.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let half = name.ends_with(".generating");
        if name.starts_with("snap.") && (half || entry.metadata()?.len() == 0) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Moves the records of a data folder out of the way and answers where they are; keeps the last two such folders.
pub fn set_aside(dir: &Path) -> io::Result<Option<PathBuf>> {
    let folder = dir.join(FOLDER);
    if !folder.exists() {
        return Ok(None);
    }
    let aside = |n: u32| dir.join(format!("{FOLDER}.broken-{n}"));
    let number = |name: &str| name.strip_prefix(FOLDER)?.strip_prefix(".broken-")?.parse::<u32>().ok();
    let mut old = Vec::new();
    for entry in fs::read_dir(dir)? {
        old.extend(entry?.file_name().to_str().and_then(number));
    }
    old.sort_unstable();
    let last = old.pop();
    let free = last.map_or(1, |last| last.saturating_add(1));
    fs::rename(&folder, aside(free))?;
    for gone in old {
        let _ = fs::remove_dir_all(aside(gone)).or_else(|_| fs::remove_file(aside(gone)));
    }
    Ok(Some(aside(free)))
}

fn failed(fault: &sled::Error) -> RecordsError {
    match fault {
        sled::Error::Io(fault) if is_full(fault) => RecordsError::Full,
        fault => RecordsError::Engine(fault.to_string()),
    }
}

fn is_full(fault: &io::Error) -> bool {
    matches!(fault.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

impl Records for SledRecords {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        Ok(self.db.get(name).map_err(|fault| failed(&fault))?.map(|value| value.to_vec()))
    }

    fn scan(&self, from: &[u8], prefix: &[u8], look: Look<'_>) -> Result<(), RecordsError> {
        for record in self.db.range(from.max(prefix).to_vec()..) {
            let (name, value) = record.map_err(|fault| failed(&fault))?;
            if !name.starts_with(prefix) || look(&name, &value).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn commit(&self, batch: &Batch) -> Result<(), RecordsError> {
        fits(batch)?;
        let mut writes = sled::Batch::default();
        for (name, value) in &batch.puts {
            match value {
                Some(value) => writes.insert(name.as_slice(), value.as_slice()),
                None => writes.remove(name.as_slice()),
            }
        }
        self.db.apply_batch(writes).map_err(|fault| failed(&fault))
    }

    fn flush(&self) -> Result<(), RecordsError> {
        self.db.flush().map_err(|fault| failed(&fault))?;
        // sled's own flush was seen to leave writes to the mercy of the power.
        let synced = fs::File::open(&self.log).and_then(|log| log.sync_all());
        synced.map_err(|fault| RecordsError::Engine(fault.to_string()))
    }

    fn clear(&self) -> Result<(), RecordsError> {
        self.db.clear().map_err(|fault| failed(&fault))
    }
}

impl Drop for SledRecords {
    fn drop(&mut self) {
        // Not for safety: the journal has everything. The next start has less to catch up with.
        let _ = self.db.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_machine_lacks_is_no_damage_of_the_records() {
        // No space, no quota, no right, a disk that can only be read, no memory, too many open files.
        for number in [28, 122, 13, 30, 12, 23, 24] {
            let fault = sled::Error::Io(io::Error::from_raw_os_error(number));
            assert!(is_of_the_machine(&fault), "{fault}");
        }
        let torn = sled::Error::Io(io::ErrorKind::UnexpectedEof.into());
        for fault in
            [torn, sled::Error::Corruption { at: None, bt: () }, sled::Error::Unsupported("an old form".to_owned())]
        {
            assert!(!is_of_the_machine(&fault), "{fault}");
        }
    }
}
