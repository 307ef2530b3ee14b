//! The counter before the desk: commands come from many sessions, and all that wait are written with one sync.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
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
    to_desk: SyncSender<(Request, Answered)>,
}

impl Counter {
    /// Seats the desk on a thread of its own, which ends when every counter is gone and hands the desk back.
    pub fn open(desk: Desk, now: impl Fn() -> Stamp + Send + 'static) -> std::io::Result<(Self, JoinHandle<Desk>)> {
        let (to_desk, at_desk) = sync_channel(WAITING);
        let thread = std::thread::Builder::new().name("desk".to_owned()).spawn(move || {
            let mut desk = desk;
            let mut unflushed = false;
            while step(&mut desk, &at_desk, &now, &mut unflushed) {}
            desk
        })?;
        Ok((Self { to_desk }, thread))
    }

    /// Hands a command over; the answer comes on the desk's thread. Answers whether there was room.
    pub fn hand(&self, request: Request, answered: Answered) -> bool {
        match self.to_desk.try_send((request, answered)) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
        }
    }
}

/// Waits for a command, takes in all that wait with it, and answers them; says whether to go on.
fn step(
    desk: &mut Desk,
    waiting: &Receiver<(Request, Answered)>,
    now: &impl Fn() -> Stamp,
    unflushed: &mut bool,
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
    let (mut requests, mut answers) = (vec![first.0], vec![first.1]);
    while requests.len() < GROUP {
        let Ok((request, answered)) = waiting.try_recv() else {
            break;
        };
        requests.push(request);
        answers.push(answered);
    }
    for (answered, answer) in answers.into_iter().zip(desk.step(now(), requests)) {
        answered(answer);
    }
    true
}
