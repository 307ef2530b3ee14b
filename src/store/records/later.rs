//! Records that are written a moment later, by a thread of their own.
//!
//! A command is acknowledged when its entry is on the disk; the records only have to show it at once. So they show what
//! waits, and the engine takes in together what came meanwhile: a batch that it is given ends where a commit ended, and
//! what is lost with the process is caught up with from the journal at the next start.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use super::{Batch, Look, Records, RecordsError, fits};

/// Records that wait to be written; beyond these a commit waits, so that a slow disk costs time and no memory.
const WAITING: usize = 20_000;
/// How long the writer lets records gather: each batch wakes all the threads of the engine, and nobody waits for it.
const GATHER: Duration = Duration::from_millis(100);
/// So many records are written at once, whatever the time.
const ENOUGH: usize = 1_000;

type Layer = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// Records that are written a moment later.
pub struct LaterRecords {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

struct Shared {
    records: Box<dyn Records>,
    waiting: Mutex<Waiting>,
    moved: Condvar,
}

#[derive(Default)]
struct Waiting {
    /// What was committed since the writer last took something.
    fresh: Layer,
    /// What the writer has taken and not yet written.
    taken: Arc<Layer>,
    /// Why nothing is written any more.
    failed: Option<RecordsError>,
    /// How many wait for everything to be written.
    hurried: usize,
    ending: bool,
}

impl LaterRecords {
    /// Lays what waits over records and starts the writer.
    pub fn over(records: impl Records + 'static) -> Result<Self, RecordsError> {
        let shared = Shared { records: Box::new(records), waiting: Mutex::default(), moved: Condvar::new() };
        let shared = Arc::new(shared);
        let writing = Arc::clone(&shared);
        let write = move || while writing.step() {};
        let writer = Builder::new().name("records".to_owned()).spawn(write);
        let writer = writer.map_err(|fault| RecordsError::Engine(fault.to_string()))?;
        Ok(Self { shared, writer: Some(writer) })
    }
}

impl Drop for LaterRecords {
    fn drop(&mut self) {
        self.shared.locked().ending = true;
        self.shared.moved.notify_all();
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

impl Shared {
    fn locked(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&'a self, waiting: MutexGuard<'a, Waiting>) -> MutexGuard<'a, Waiting> {
        self.moved.wait(waiting).unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for something to write and writes all of it; says whether to go on.
    fn step(&self) -> bool {
        let mut waiting = self.locked();
        while waiting.fresh.is_empty() {
            if waiting.ending {
                return false;
            }
            waiting = self.wait(waiting);
        }
        let gathers = |waiting: &mut Waiting| !waiting.ending && waiting.hurried == 0 && waiting.fresh.len() < ENOUGH;
        let gathered = self.moved.wait_timeout_while(waiting, GATHER, gathers);
        waiting = gathered.unwrap_or_else(PoisonError::into_inner).0;
        let taken = Arc::new(std::mem::take(&mut waiting.fresh));
        waiting.taken = Arc::clone(&taken);
        drop(waiting);
        let puts = taken.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let written = self.records.commit(&Batch { puts });
        let mut waiting = self.locked();
        let goes_on = written.is_ok();
        match written {
            Ok(()) => waiting.taken = Arc::default(),
            // What could not be written goes on being shown: it is true.
            Err(fault) => waiting.failed = Some(fault),
        }
        drop(waiting);
        self.moved.notify_all();
        goes_on
    }

    /// Waits until everything is written.
    fn drained(&self) -> Result<(), RecordsError> {
        let mut waiting = self.locked();
        waiting.hurried += 1;
        self.moved.notify_all();
        while waiting.failed.is_none() && !(waiting.fresh.is_empty() && waiting.taken.is_empty()) {
            waiting = self.wait(waiting);
        }
        waiting.hurried -= 1;
        waiting.failed.as_ref().map_or(Ok(()), |fault| Err(again(fault)))
    }

    /// Lists what waits among the names that begin with `prefix`, from `from` on.
    fn over(&self, from: &[u8], prefix: &[u8]) -> Layer {
        let waiting = self.locked();
        let mut over = Layer::new();
        for layer in [&*waiting.taken, &waiting.fresh] {
            let range = layer.range(from.to_vec()..).take_while(|(name, _)| name.starts_with(prefix));
            over.extend(range.map(|(name, value)| (name.clone(), value.clone())));
        }
        over
    }
}

/// Says a fault again to whoever asks after it has happened.
fn again(fault: &RecordsError) -> RecordsError {
    match fault {
        RecordsError::TooLong(len) => RecordsError::TooLong(*len),
        RecordsError::Full => RecordsError::Full,
        RecordsError::Engine(why) => RecordsError::Engine(why.clone()),
        RecordsError::Broken(why) => RecordsError::Broken(why.clone()),
        RecordsError::Read(fault) => RecordsError::Read(fault.clone()),
    }
}

impl Records for LaterRecords {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        let waiting = self.shared.locked();
        if let Some(value) = waiting.fresh.get(name).or_else(|| waiting.taken.get(name)) {
            return Ok(value.clone());
        }
        drop(waiting);
        self.shared.records.get(name)
    }

    fn scan(&self, from: &[u8], prefix: &[u8], look: Look<'_>) -> Result<(), RecordsError> {
        let from = from.max(prefix);
        // What waits is looked at first: what is written after this look is seen twice, and what waits counts.
        let over = self.shared.over(from, prefix);
        let mut over = over.iter().peekable();
        let mut stopped = false;
        self.shared.records.scan(from, prefix, &mut |name, value| {
            while let Some((waits, new)) = over.next_if(|(waits, _)| waits.as_slice() < name) {
                if let Some(new) = new
                    && look(waits, new).is_break()
                {
                    stopped = true;
                    return ControlFlow::Break(());
                }
            }
            let flow = match over.next_if(|(waits, _)| waits.as_slice() == name) {
                Some((_, Some(new))) => look(name, new),
                Some((_, None)) => ControlFlow::Continue(()),
                None => look(name, value),
            };
            stopped = flow.is_break();
            flow
        })?;
        for (waits, new) in over {
            if stopped {
                break;
            }
            if let Some(new) = new {
                stopped = look(waits, new).is_break();
            }
        }
        Ok(())
    }

    fn commit(&self, batch: &Batch) -> Result<(), RecordsError> {
        fits(batch)?;
        let mut waiting = self.shared.locked();
        while waiting.failed.is_none() && waiting.fresh.len() > WAITING {
            waiting = self.shared.wait(waiting);
        }
        if let Some(fault) = &waiting.failed {
            return Err(again(fault));
        }
        let before = waiting.fresh.len();
        waiting.fresh.extend(batch.puts.iter().cloned());
        // The writer is woken for the first and for enough; in between it gathers.
        let wakes = before == 0 || (before < ENOUGH && waiting.fresh.len() >= ENOUGH);
        drop(waiting);
        if wakes {
            self.shared.moved.notify_all();
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), RecordsError> {
        self.shared.drained()?;
        self.shared.records.flush()
    }

    fn clear(&self) -> Result<(), RecordsError> {
        self.shared.drained()?;
        self.shared.records.clear()
    }
}
