//! The writer of a person's place: a thread of its own, so that no key waits for a slow disk.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use crate::store::PlaceFile;

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
