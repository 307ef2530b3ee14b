//! The records: what is true now, by name. They follow the journal and can be made again from it.

#[cfg(test)]
mod exam;
mod later;
mod memory;
mod sled;

use std::ops::ControlFlow;

pub use self::sled::{FOLDER, SledRecords, set_aside};
pub use later::LaterRecords;
pub use memory::MemoryRecords;

/// Records that become true together; nothing as a value takes a record out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Names with their new values.
    pub puts: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

/// The longest value: sled puts longer ones into files that it never syncs.
pub const VALUE_LIMIT: usize = 4096;

/// What can go wrong with records; in every case they can be made again from the journal.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// A value is longer than the largest value.
    #[error("a record of {0} bytes is too long")]
    TooLong(usize),
    /// The disk is full: the records are as good as they were.
    #[error("the disk is full; free some space and start the program again")]
    Full,
    /// The engine failed.
    #[error("the records failed: {0}")]
    Engine(String),
    /// The engine does not open.
    #[error("the records do not open: {0}")]
    Broken(String),
    /// A value could not be spelled or read.
    #[error(transparent)]
    Read(#[from] crate::domain::ReadFault),
}

/// Visits a name and its value.
pub type Look<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> ControlFlow<()>;

/// Ordered names and their values.
pub trait Records: Send + Sync {
    /// Reads a value.
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError>;
    /// Visits the names that begin with `prefix` in order, from `from` on.
    fn scan(&self, from: &[u8], prefix: &[u8], look: Look<'_>) -> Result<(), RecordsError>;
    /// Writes a batch as a whole or not at all.
    fn commit(&self, batch: &Batch) -> Result<(), RecordsError>;
    /// Brings what was written to the disk.
    fn flush(&self) -> Result<(), RecordsError>;
    /// Takes every record out.
    fn clear(&self) -> Result<(), RecordsError>;
}

fn fits(batch: &Batch) -> Result<(), RecordsError> {
    let long = batch.puts.iter().filter_map(|(_, value)| value.as_ref()).find(|value| value.len() > VALUE_LIMIT);
    long.map_or(Ok(()), |value| Err(RecordsError::TooLong(value.len())))
}
