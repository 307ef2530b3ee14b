//! A line whose bytes somebody else carries: a door puts in what comes and takes along what goes out.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::tty::{ENTER, LEAVE};
use super::{Event, Line};

/// Takes along what a session sends. It must not wait: what is not taken yet is told by [`Inlet::sent`].
pub trait Carrier: Send {
    /// Takes bytes along; answers whether the line is still there.
    fn carry(&mut self, bytes: Vec<u8>) -> bool;
    /// Hears that there is room again for what comes in.
    fn room(&mut self) {}
}

/// Bytes that may wait for a session before a door has to hold what comes.
pub const INBOX: usize = 64 << 10;
/// Bytes that a session takes at once.
const READ: usize = 4096;

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that may have come since the session last looked")]
struct Inbox {
    bytes: Vec<u8>,
    size: Option<(u16, u16)>,
    gone: bool,
    ended: bool,
    woken: bool,
    /// Frames that were handed over and are not sent yet.
    flying: u32,
    freed: bool,
}

#[derive(Default)]
struct Shared {
    inbox: Mutex<Inbox>,
    news: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inbox> {
        // Nothing in here is left half done by whoever fell.
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The door's end of a [`PipedLine`].
#[derive(Clone)]
pub struct Inlet(Arc<Shared>);

impl Inlet {
    /// Puts in what has come; answers whether more is taken before [`Carrier::room`].
    pub fn put(&self, bytes: &[u8]) -> bool {
        let mut inbox = self.0.lock();
        inbox.bytes.extend_from_slice(bytes);
        self.0.news.notify_one();
        inbox.bytes.len() < INBOX
    }

    /// Tells that the window has another size.
    pub fn resize(&self, cols: u16, rows: u16) {
        self.0.lock().size = Some((cols, rows));
        self.0.news.notify_one();
    }

    /// Tells that a frame which was carried has left.
    pub fn sent(&self) {
        let mut inbox = self.0.lock();
        inbox.flying = inbox.flying.saturating_sub(1);
        inbox.freed |= inbox.flying == 0;
        self.0.news.notify_one();
    }

    /// Tells that nobody is there any more.
    pub fn gone(&self) {
        self.0.lock().gone = true;
        self.0.news.notify_one();
    }

    /// Asks the session to end.
    pub fn end(&self) {
        self.0.lock().ended = true;
        self.0.news.notify_one();
    }

    /// Wakes the session: another thread has something for it.
    pub fn wake(&self) {
        self.0.lock().woken = true;
        self.0.news.notify_one();
    }
}

/// A line whose bytes somebody else carries.
pub struct PipedLine {
    shared: Arc<Shared>,
    carrier: Box<dyn Carrier>,
    size: (u16, u16),
    entered: bool,
}

impl PipedLine {
    /// Makes a line of a size, and its other end.
    pub fn new(size: (u16, u16), carrier: Box<dyn Carrier>) -> (Self, Inlet) {
        let shared = Arc::<Shared>::default();
        (Self { shared: Arc::clone(&shared), carrier, size, entered: false }, Inlet(shared))
    }

    fn carry(&mut self, bytes: Vec<u8>) -> bool {
        self.shared.lock().flying += 1;
        self.carrier.carry(bytes)
    }
}

impl Line for PipedLine {
    fn wait(&mut self, wait: Option<Duration>) -> Event {
        let nothing = |inbox: &mut Inbox| {
            let quiet = inbox.bytes.is_empty() && inbox.size.is_none();
            quiet && !(inbox.gone || inbox.ended || inbox.woken || inbox.freed)
        };
        let mut inbox = self.shared.lock();
        inbox = match wait {
            None => self.shared.news.wait_while(inbox, nothing).unwrap_or_else(PoisonError::into_inner),
            Some(wait) if wait.is_zero() => inbox,
            Some(wait) => {
                let waited = self.shared.news.wait_timeout_while(inbox, wait, nothing);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        };
        // What was typed before the line went is still meant.
        if !inbox.bytes.is_empty() {
            let more = inbox.bytes.len().min(READ);
            let full = inbox.bytes.len() >= INBOX;
            let bytes: Vec<u8> = inbox.bytes.drain(..more).collect();
            let room = full && inbox.bytes.len() < INBOX;
            drop(inbox);
            if room {
                self.carrier.room();
            }
            return Event::Bytes(bytes);
        }
        if inbox.gone {
            return Event::Gone;
        }
        if inbox.ended {
            return Event::Terminate;
        }
        if let Some(size) = inbox.size.take() {
            self.size = size;
            return Event::Resize(size.0, size.1);
        }
        if std::mem::take(&mut inbox.freed) {
            return Event::Free;
        }
        if std::mem::take(&mut inbox.woken) {
            return Event::Woken;
        }
        Event::Quiet
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut frame = Vec::with_capacity(bytes.len() + ENTER.len());
        if !std::mem::replace(&mut self.entered, true) {
            frame.extend_from_slice(ENTER);
        }
        frame.extend_from_slice(bytes);
        if self.carry(frame) { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
    }

    fn free(&self) -> bool {
        self.shared.lock().flying == 0
    }

    fn size(&self) -> (u16, u16) {
        self.size
    }
}

impl Drop for PipedLine {
    fn drop(&mut self) {
        if self.entered {
            self.carry(LEAVE.to_vec());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};
    use std::thread;

    use super::*;

    struct Out(Sender<Vec<u8>>);

    impl Carrier for Out {
        fn carry(&mut self, bytes: Vec<u8>) -> bool {
            self.0.send(bytes).is_ok()
        }

        fn room(&mut self) {
            let _ = self.0.send(b"room".to_vec());
        }
    }

    #[test]
    fn what_comes_wakes_the_session_and_what_goes_is_framed_once() {
        let (out, frames) = channel();
        let (mut line, inlet) = PipedLine::new((80, 24), Box::new(Out(out)));
        assert_eq!(line.wait(Some(Duration::ZERO)), Event::Quiet);
        let door = inlet.clone();
        let typed = thread::spawn(move || door.put("好".as_bytes()));
        assert_eq!(line.wait(None), Event::Bytes("好".as_bytes().to_vec()));
        assert!(typed.join().unwrap());
        line.send(b"one").unwrap();
        assert!(!line.free(), "a frame is on its way");
        assert_eq!(frames.recv().unwrap(), [ENTER, b"one"].concat());
        inlet.sent();
        assert_eq!((line.wait(None), line.free()), (Event::Free, true));
        line.send(b"two").unwrap();
        inlet.resize(60, 18);
        assert_eq!((line.wait(None), line.size()), (Event::Resize(60, 18), (60, 18)));
        drop(line);
        assert_eq!(frames.iter().collect::<Vec<_>>(), [b"two".to_vec(), LEAVE.to_vec()]);
    }

    #[test]
    fn a_flood_is_held_by_the_door_and_told_when_it_may_go_on() {
        let (out, frames) = channel();
        let (mut line, inlet) = PipedLine::new((80, 24), Box::new(Out(out)));
        assert!(!inlet.put(&vec![b'x'; INBOX]), "no more for now");
        inlet.gone();
        let mut taken = 0;
        while let Event::Bytes(bytes) = line.wait(None) {
            taken += bytes.len();
        }
        assert_eq!(taken, INBOX, "what was typed before the line went is meant");
        assert_eq!(frames.try_iter().collect::<Vec<_>>(), [b"room".to_vec()]);
        assert!(line.send(b"x").is_ok());
        drop(frames);
        assert!(line.send(b"x").is_err());
    }
}
