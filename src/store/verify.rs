//! Makes the records follow the journal, and proves that they do.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::desk::Applied;
use super::shelf::staging::Staging;
use super::shelf::{Memo, absorb, names, remember};
use super::{Hash, Head, JournalError, JournalReader, MemoryRecords, Records, RecordsError};
use crate::domain::{ReadFault, Seq};

/// Entries that one batch of records takes in while they follow.
const ENTRIES_A_BATCH: usize = 1000;
/// Staged records after which a batch is written although fewer entries were taken in.
const RECORDS_A_BATCH: usize = 8000;

/// Why records do not follow a journal.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The journal is damaged.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The records could not be written.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// An entry does not fit what stands before it.
    #[error("entry {seq} does not fit what stands before it: {fault}")]
    Misfit {
        /// The entry.
        seq: Seq,
        /// What does not fit.
        fault: ReadFault,
    },
    /// The person stopped it; what was done stays and the next start goes on from there.
    #[error("stopped at entry {0}; nothing is lost, the next start goes on from there")]
    Stopped(Seq),
}

/// What following has to tell now and then; answer `Break` to stop.
pub type Progress<'a> = &'a mut dyn FnMut(Seq) -> ControlFlow<()>;

/// Reads how far the records are written.
pub fn applied(records: &dyn Records) -> Result<Option<Applied>, ReadFault> {
    Staging::new(records).get(&names::applied())
}

/// Writes into the records what the journal holds beyond `from`.
pub fn follow(
    journal: &dyn JournalReader,
    records: &dyn Records,
    from: Option<Head>,
    progress: Progress<'_>,
) -> Result<Head, FollowError> {
    let mut memo = Memo::default();
    let mut staging = Some(Staging::new(records));
    let mut fault = None;
    let (mut taken, mut reached) = (0, from.map_or(Seq(0), |from| from.seq));
    let mut take = |entry: &crate::domain::Entry, offset: u64, hash: &Hash, end: u64| -> Result<(), FollowError> {
        let misfit = |fault| FollowError::Misfit { seq: entry.seq, fault };
        let mut stage = staging.take().unwrap_or_else(|| Staging::new(records));
        absorb(&mut stage, &mut memo, entry).map_err(misfit)?;
        remember(&mut stage, entry.of, entry.rev, offset).map_err(misfit)?;
        taken += 1;
        reached = entry.seq;
        if entry.more || (taken % ENTRIES_A_BATCH != 0 && stage.len() < RECORDS_A_BATCH) {
            let applied = Applied { seq: entry.seq, hash: hash.0, end };
            stage.put(names::applied(), &applied).map_err(misfit)?;
            staging = Some(stage);
            return Ok(());
        }
        stage.put(names::applied(), &Applied { seq: entry.seq, hash: hash.0, end }).map_err(misfit)?;
        records.commit(&stage.into_batch())?;
        records.flush()?;
        match progress(entry.seq) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(FollowError::Stopped(entry.seq)),
        }
    };
    let last = journal.scan(from, &mut |entry, line, hash| match take(entry, line.start, hash, line.end) {
        Ok(()) => ControlFlow::Continue(()),
        Err(stop) => {
            fault = Some(stop);
            ControlFlow::Break(())
        }
    })?;
    if let Some(fault) = fault {
        return Err(fault);
    }
    if let Some(stage) = staging.filter(|stage| stage.len() > 0) {
        records.commit(&stage.into_batch())?;
        records.flush()?;
    }
    if taken > 0 {
        let _ = progress(reached);
    }
    Ok(last)
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Verified {
    /// Entries whose chain holds.
    pub entries: u64,
    /// Records that agree with them.
    pub records: u64,
    /// Records that do not, by name.
    pub differing: Vec<String>,
}

/// Walks the whole chain and compares every record with what the journal says it should be.
pub fn verify(
    journal: &dyn JournalReader,
    records: &dyn Records,
    progress: Progress<'_>,
) -> Result<Verified, FollowError> {
    let twin = MemoryRecords::default();
    let last = follow(journal, &twin, None, progress)?;
    let mut wanted = BTreeMap::new();
    twin.scan(&[], &[], &mut |name, value| {
        wanted.insert(name.to_vec(), value.to_vec());
        ControlFlow::Continue(())
    })?;
    let mut verified = Verified { entries: last.seq.0, ..Verified::default() };
    let spelled = |name: &[u8]| name.escape_ascii().to_string();
    records.scan(&[], &[], &mut |name, value| {
        if wanted.remove(name).is_some_and(|wanted| wanted == value) {
            verified.records += 1;
        } else {
            verified.differing.push(spelled(name));
        }
        ControlFlow::Continue(())
    })?;
    verified.differing.extend(wanted.keys().map(|name| spelled(name)));
    Ok(verified)
}
