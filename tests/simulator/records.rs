//! Records in memory that keep after a power cut what was flushed, anything up to what was written, or nothing.

use std::io;
use std::sync::{Arc, Mutex};

use tijian::store::{Batch, MemoryRecords, Records, RecordsError};

use super::dice::Dice;
use super::disk::{End, SimDisk};

type Look<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> std::ops::ControlFlow<()>;

/// What was written since the beginning, batch by batch; nothing as a batch takes everything out.
#[derive(Default)]
struct Log {
    written: Vec<Option<Batch>>,
    flushed: usize,
}

/// Records on a simulated disk.
pub struct SimRecords {
    disk: SimDisk,
    now: MemoryRecords,
    log: Arc<Mutex<Log>>,
}

fn failed(fault: &io::Error) -> RecordsError {
    RecordsError::Engine(fault.to_string())
}

impl SimRecords {
    pub fn new(disk: SimDisk) -> Self {
        Self { disk, now: MemoryRecords::default(), log: Arc::default() }
    }

    /// Returns what a start finds of these records after an end.
    pub fn after(&self, end: Option<End>, dice: &mut Dice) -> Self {
        let mut log = self.log.lock().unwrap();
        let kept = match end {
            None => log.written.len(),
            // What is not flushed yet dies with the process as well.
            Some(_) => log.flushed + dice.below(log.written.len() - log.flushed + 1),
        };
        let kept = if end == Some(End::Cut) && dice.one_in(4) { 0 } else { kept };
        let again = Self::new(self.disk.clone());
        let written: Vec<_> = log.written.drain(..).take(kept).collect();
        for batch in &written {
            match batch {
                Some(batch) => again.now.commit(batch).unwrap(),
                None => again.now.clear().unwrap(),
            }
        }
        *again.log.lock().unwrap() = Log { flushed: written.len(), written };
        again
    }
}

impl Records for SimRecords {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        self.now.get(name)
    }

    fn scan(&self, from: &[u8], prefix: &[u8], look: Look<'_>) -> Result<(), RecordsError> {
        self.now.scan(from, prefix, look)
    }

    fn commit(&self, batch: &Batch) -> Result<(), RecordsError> {
        self.disk.call().map_err(|fault| failed(&fault))?;
        self.now.commit(batch)?;
        self.log.lock().unwrap().written.push(Some(batch.clone()));
        Ok(())
    }

    fn flush(&self) -> Result<(), RecordsError> {
        self.disk.call().map_err(|fault| failed(&fault))?;
        let mut log = self.log.lock().unwrap();
        log.flushed = log.written.len();
        Ok(())
    }

    fn clear(&self) -> Result<(), RecordsError> {
        self.disk.call().map_err(|fault| failed(&fault))?;
        self.now.clear()?;
        self.log.lock().unwrap().written.push(None);
        Ok(())
    }
}
