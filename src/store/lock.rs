//! One process owns a store: the lock says which, and dies with it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

/// The lock's file in a data folder; it stays there, the lock on it does not.
const FILE: &str = "tijian.lock";

/// Why a store could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process owns the store.
    #[error(
        "the store is open in another tijian (process {pid}, {who}); leave that one first, or give this one another --data folder"
    )]
    Held {
        /// The process, as it wrote itself down.
        pid: String,
        /// The person at it.
        who: String,
    },
    /// The folder cannot be written.
    #[error("the data folder cannot be written: {0}")]
    ReadOnly(io::Error),
    /// Something else failed.
    #[error("the data folder cannot be opened: {0}")]
    Io(io::Error),
}

/// The lock on a store; released when it goes, also by kill -9.
#[derive(Debug)]
pub struct StoreLock {
    file: File,
}

impl Drop for StoreLock {
    fn drop(&mut self) {
        // Closing is not enough: a process that is just being started from here has the file open until it runs.
        let _ = flock(&self.file, FlockOperation::Unlock);
    }
}

impl StoreLock {
    /// Takes the lock of a data folder, which is made where it is missing, for its owner's eyes only.
    pub fn take(dir: &Path, who: &str) -> Result<Self, LockError> {
        DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(refused)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(dir.join(FILE))
            .map_err(refused)?;
        let taken = flock(&file, FlockOperation::NonBlockingLockExclusive);
        if let Some(fault) = taken.err().filter(|fault| *fault != Errno::WOULDBLOCK) {
            // A file system without locks, or too many of them: nobody else is at the store.
            return Err(refused(fault.into()));
        }
        if taken.is_err() {
            let mut text = String::new();
            let _ = (&mut file).take(200).read_to_string(&mut text);
            let mut lines = text.lines();
            let mut next = || crate::text::clean_line(lines.next().unwrap_or("?"), 40).text;
            return Err(LockError::Held { pid: next(), who: next() });
        }
        let written = file.set_len(0).and_then(|()| file.rewind());
        // On a full disk the lock holds all the same, only without a name.
        let _ = written.and_then(|()| writeln!(file, "{}\n{who}", std::process::id()));
        Ok(Self { file })
    }
}

fn refused(fault: io::Error) -> LockError {
    match fault.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => LockError::ReadOnly(fault),
        _ => LockError::Io(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_owner_is_told_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("new").join("deep");
        let first = StoreLock::take(&store, "王督查").unwrap();
        match StoreLock::take(&store, "other") {
            Err(LockError::Held { pid, who }) => {
                assert_eq!((pid, who.as_str()), (std::process::id().to_string(), "王督查"));
            }
            other => panic!("{other:?}"),
        }
        drop(first);
        StoreLock::take(&store, "other").unwrap();
    }

    #[test]
    fn a_lock_that_went_is_free_although_a_process_that_starts_has_its_file() {
        let dir = tempfile::tempdir().unwrap();
        let lock = StoreLock::take(dir.path(), "王督查").unwrap();
        let inherited = lock.file.try_clone().unwrap();
        drop(lock);
        StoreLock::take(dir.path(), "other").unwrap();
        drop(inherited);
    }

    #[test]
    fn a_name_that_somebody_has_written_into_the_file_is_told_clean_and_short() {
        let dir = tempfile::tempdir().unwrap();
        let _first = StoreLock::take(dir.path(), "王督查").unwrap();
        let long = "長".repeat(50);
        let texts = ["", "\n", "\u{1b}[31m7\n\u{202e}王\u{1b}]0;x\u{7}督查\n", &format!("{long}\n{long}")];
        for text in texts {
            std::fs::write(dir.path().join(FILE), text).unwrap();
            let Err(LockError::Held { pid, who }) = StoreLock::take(dir.path(), "other") else { panic!("{text:?}") };
            for told in [pid, who] {
                assert!(crate::text::is_clean(&told, false) && told.chars().count() <= 40, "{told:?}");
            }
        }
    }
}
