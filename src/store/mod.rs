//! The store: the journal is the truth, the records follow it, the desk writes both, the shelf reads.

mod admitting;
mod calibrating;
mod codec;
mod counter;
mod desk;
mod ending;
mod following;
mod glimpse;
mod group;
mod journal;
mod lock;
mod looking;
mod opening;
mod place;
mod records;
mod seating;
mod shelf;
mod verify;

pub use counter::{Answered, Counter};
pub use desk::{Ack, Desk, DeskError};
pub use glimpse::Glimpse;
pub use journal::{
    Disk, DiskFile, Faults, FileJournal, Hash, Head, Journal, JournalError, JournalReader, MemoryJournal, TailCut,
};
pub use lock::{LockError, StoreLock};
pub use opening::{Locked, Notice, OpenError, Opened, Rebuilt, Store};
pub use place::PlaceFile;
pub use records::{Batch, LaterRecords, MemoryRecords, Records, RecordsError, SledRecords};
pub use seating::{Anew, Found, Progress, seat};
pub use shelf::{Listener, Listening, Shelf};
pub use verify::{FollowError, Verified, verify};
