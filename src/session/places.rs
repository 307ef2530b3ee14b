//! What goes between a person and the store: answers of the desk, and the place.
//!
//! A place is written on a thread of its own, so that no key waits for a slow disk.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use super::desk_said;
use crate::app::{Answer, Place};
use crate::domain::Lang;
use crate::store::{Ack, DeskError, PlaceFile};

/// The way to the writer.
pub struct Places {
    jobs: Option<Sender<(u64, Vec<u8>)>>,
    done: Receiver<(u64, bool)>,
    thread: Option<JoinHandle<()>>,
    last: u64,
}

impl Places {
    /// Starts the writer; `wake` is called when something could not be written.
    pub fn open(file: PlaceFile, wake: Arc<dyn Fn() + Send + Sync>) -> io::Result<Self> {
        let (jobs, queue) = channel::<(u64, Vec<u8>)>();
        let (answer, done) = channel();
        let write = move || {
            while let Ok(mut job) = queue.recv() {
                // Only the newest place is of use.
                while let Ok(newer) = queue.try_recv() {
                    job = newer;
                }
                let kept = file.save(&job.1).is_ok();
                if answer.send((job.0, kept)).is_err() {
                    return;
                }
                if !kept {
                    wake();
                }
            }
        };
        let thread = Builder::new().name("place".to_owned()).spawn(write)?;
        Ok(Self { jobs: Some(jobs), done, thread: Some(thread), last: 0 })
    }

    /// Hands a place over; answers the number that its answer bears.
    pub fn hand(&mut self, bytes: Vec<u8>) -> u64 {
        self.last += 1;
        if let Some(jobs) = &self.jobs {
            // The writer ends with this value, so somebody is there to take it.
            let _ = jobs.send((self.last, bytes));
        }
        self.last
    }

    /// Returns the next answer: which place, and whether it is on the disk.
    pub fn answer(&self) -> Option<(u64, bool)> {
        self.done.try_recv().ok()
    }

    /// Waits until everything that was handed over is written.
    pub fn close(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
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
