//! The counter before the desk: commands come from many sessions, and all that wait are written with one sync.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Ack, Desk, DeskError};
use crate::domain::{Request, Stamp};

/// Takes a command's answer, on the desk's thread: it must not wait for anything.
pub type Answered = Box<dyn FnOnce(Result<Ack, DeskError>) + Send>;

/// Commands that may wait; a session that finds the counter full is refused, never blocked.
const WAITING: usize = 256;
/// How long nothing has come before the records are brought to the disk, once: after that the desk sleeps.
const QUIET: Duration = Duration::from_secs(2);
/// Commands that one sync takes in.
const GROUP: usize = 256;

/// A way to hand commands to the desk.
#[derive(Clone)]
pub struct Counter {
    to_desk: SyncSender<Job>,
    waiting: Arc<AtomicUsize>,
}

#[expect(clippy::large_enum_variant, reason = "the small one comes once")]
enum Job {
    Decide(Request, Answered),
    /// The desk stands up once everything before this is answered, whoever still has a counter.
    StandUp,
}

impl Counter {
    /// Seats the desk on a thread of its own, which ends when every counter is gone and hands the desk back.
    pub fn open(desk: Desk, now: impl Fn() -> Stamp + Send + 'static) -> std::io::Result<(Self, JoinHandle<Desk>)> {
        let (to_desk, at_desk) = sync_channel(WAITING);
        let waiting = Arc::new(AtomicUsize::new(0));
        let taken = Arc::clone(&waiting);
        let thread = std::thread::Builder::new().name("desk".to_owned()).spawn(move || {
            let mut desk = desk;
            let mut unflushed = false;
            while step(&mut desk, &at_desk, &now, &mut unflushed, &taken) {}
            desk
        })?;
        Ok((Self { to_desk, waiting }, thread))
    }

    /// Hands a command over; the answer comes on the desk's thread. Answers whether there was room.
    pub fn hand(&self, request: Request, answered: Answered) -> bool {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let handed = self.to_desk.try_send(Job::Decide(request, answered)).is_ok();
        if !handed {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
        }
        handed
    }

    /// Counts the commands that wait or are being written.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

impl Counter {
    /// Ends the desk's work once everything that waits is answered; what is handed over later is refused.
    pub fn close(&self) {
        // Waits for room: the desk is at work, or gone already.
        let _ = self.to_desk.send(Job::StandUp);
    }
}

/// Waits for a command, takes in all that wait with it, and answers them; says whether to go on.
fn step(
    desk: &mut Desk,
    waiting: &Receiver<Job>,
    now: &impl Fn() -> Stamp,
    unflushed: &mut bool,
    taken: &AtomicUsize,
) -> bool {
    let first = if *unflushed {
        match waiting.recv_timeout(QUIET) {
            Err(RecvTimeoutError::Timeout) => {
                // The journal has everything: a flush that fails only leaves the next start more to catch up with.
                let _ = desk.flush();
                *unflushed = false;
                return true;
            }
            Err(RecvTimeoutError::Disconnected) => return false,
            Ok(first) => first,
        }
    } else {
        let Ok(first) = waiting.recv() else { return false };
        first
    };
    *unflushed = true;
    let (mut requests, mut answers, mut job) = (Vec::new(), Vec::new(), Some(first));
    let mut stays = true;
    while let Some(Job::Decide(request, answered)) = job {
        requests.push(request);
        answers.push(answered);
        job = if requests.len() < GROUP { waiting.try_recv().ok() } else { None };
    }
    if let Some(Job::StandUp) = job {
        stays = false;
    }
    let count = requests.len();
    let decided = desk.step(now(), requests);
    taken.fetch_sub(count, Ordering::Relaxed);
    for (answered, answer) in answers.into_iter().zip(decided) {
        answered(answer);
    }
    stays
}
