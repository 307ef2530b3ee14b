//! What goes between a person and the store: answers of the desk, and the place.
//!
//! Places are written on a thread of their own, so that no key waits for a slow disk; it is one for all sessions of the
//! process, because each thread costs memory and most of them would sleep.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::Builder;

use super::desk_said;
use crate::app::{Answer, Place};
use crate::domain::Lang;
use crate::store::{Ack, DeskError, PlaceFile};

/// A place that is to be written.
struct Job {
    file: PlaceFile,
    number: u64,
    bytes: Vec<u8>,
    worded: bool,
    answer: Sender<(u64, bool)>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

/// Returns the way to the writer; nothing where the system has no thread for it.
fn writer() -> Option<&'static Sender<Job>> {
    static WRITER: OnceLock<Option<Sender<Job>>> = OnceLock::new();
    let start = || {
        let (jobs, queue) = channel();
        Builder::new().name("places".to_owned()).spawn(move || write(&queue)).ok().map(|_| jobs)
    };
    WRITER.get_or_init(start).as_ref()
}

fn write(queue: &Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        // Only the newest place of each line is of use.
        let newest: BTreeMap<PlaceFile, Job> =
            std::iter::once(first).chain(queue.try_iter()).map(|job| (job.file.clone(), job)).collect();
        for Job { file, number, bytes, worded, answer, wake } in newest.into_values() {
            let kept = if worded { file.save(&bytes) } else { file.save_lightly(&bytes) }.is_ok();
            if answer.send((number, kept)).is_ok() && !kept {
                wake();
            }
        }
    }
}

/// The way of one line to the writer.
pub struct Places {
    file: PlaceFile,
    wake: Arc<dyn Fn() + Send + Sync>,
    answer: Sender<(u64, bool)>,
    done: Receiver<(u64, bool)>,
    last: u64,
    answered: u64,
}

impl Places {
    /// Names the file that is written; `wake` is called when something could not be.
    pub fn open(file: PlaceFile, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (answer, done) = channel();
        Self { file, wake, answer, done, last: 0, answered: 0 }
    }

    /// Hands a place over, which holds half-typed words or none; answers the number that its answer bears.
    pub fn hand(&mut self, bytes: Vec<u8>, worded: bool) -> u64 {
        self.last += 1;
        let (answer, wake) = (self.answer.clone(), Arc::clone(&self.wake));
        let job = Job { file: self.file.clone(), number: self.last, bytes, worded, answer, wake };
        if writer().is_none_or(|writer| writer.send(job).is_err()) {
            let _ = self.answer.send((self.last, false));
            (self.wake)();
        }
        self.last
    }

    /// Returns the next answer: which place, and whether it is on the disk.
    pub fn answer(&mut self) -> Option<(u64, bool)> {
        let answer = self.done.try_recv().ok()?;
        self.answered = answer.0;
        Some(answer)
    }

    /// Waits until everything that was handed over is written.
    pub fn close(&mut self) {
        while self.answered < self.last {
            // The writer does not end, and it answers the newest place of a line.
            let Ok((number, _)) = self.done.recv() else { return };
            self.answered = number;
        }
    }
}

impl Drop for Places {
    fn drop(&mut self) {
        self.close();
    }
}

/// Makes an answer of what the desk said; a fault is said in the language of the person.
pub fn answered(result: Result<Ack, DeskError>, lang: Lang) -> Answer {
    match result {
        Ok(ack) => Answer::Done(ack.entries),
        Err(DeskError::Refused(refusal)) => Answer::Refused(refusal),
        Err(fault) => Answer::Failed(desk_said(&fault, lang).trim_end_matches(['。', '.']).to_owned()),
    }
}

/// Where a person was last, and the line at which they go on.
#[derive(Clone, Debug)]
pub struct LastPlace {
    last: PlaceFile,
    own: PlaceFile,
}

impl LastPlace {
    /// Names the file of where the person was last, and the one that is written from now on.
    pub const fn new(last: PlaceFile, own: PlaceFile) -> Self {
        Self { last, own }
    }

    /// Reads the place; what was half typed at the line that is gone on at, and would be written over, is put aside in it.
    pub fn read(&self) -> Option<Place> {
        let mut place = read_place(&self.last)?;
        if self.own != self.last
            && let Some(left) = read_place(&self.own)
        {
            place.takes_in(left);
        }
        Some(place)
    }
}

/// Reads the place that a person was at; nothing where it does not read.
pub fn read_place(file: &PlaceFile) -> Option<Place> {
    file.load().and_then(|bytes| serde_json::from_slice(&bytes).ok())
}
