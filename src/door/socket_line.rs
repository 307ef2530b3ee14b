//! A line to a terminal of another process, over the socket.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::frame::{FROM_OWNER, Frames, Kind, frame, size_of_bytes};
use super::pace::{Pace, Purse, WAIT};
use crate::session::{Clock, Event, Line, SystemClock};

/// How long a terminal may take to take its last frame; less than a second.
const LAST_FRAME: Duration = Duration::from_millis(990);

/// Wakes a line, or asks its session to end, from another thread.
#[derive(Clone)]
pub struct SocketWaker {
    pipe: Arc<UnixStream>,
    pub(super) ended: Arc<AtomicBool>,
}

impl SocketWaker {
    /// Wakes it. Never waits: a full pipe means that it is awake already.
    pub fn wake(&self) {
        let _ = (&*self.pipe).write(b"w");
    }

    /// Asks the session to end.
    pub fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
        self.wake();
    }
}

/// Makes what a line is woken by.
pub(super) fn wakes() -> io::Result<(UnixStream, SocketWaker)> {
    let (wakes, pipe) = UnixStream::pair()?;
    wakes.set_nonblocking(true)?;
    pipe.set_nonblocking(true)?;
    Ok((wakes, SocketWaker { pipe: Arc::new(pipe), ended: Arc::default() }))
}

/// A terminal of another process.
pub struct SocketLine {
    stream: UnixStream,
    frames: Frames,
    wakes: UnixStream,
    waker: SocketWaker,
    unsent: VecDeque<u8>,
    /// Frames that the terminal has not shown yet.
    flying: usize,
    size: (u16, u16),
    gone: bool,
    clock: SystemClock,
    purse: Purse,
}

impl SocketLine {
    /// Makes a line of a stream, with what has come of it already.
    pub(super) fn new(stream: UnixStream, frames: Frames, size: (u16, u16), pace: Pace) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        let (wakes, waker) = wakes()?;
        let (clock, purse, unsent) = (SystemClock::new(), Purse::new(pace), VecDeque::new());
        Ok(Self { stream, frames, wakes, waker, unsent, flying: 0, size, gone: false, clock, purse })
    }

    /// Returns what wakes this line.
    pub fn waker(&self) -> SocketWaker {
        self.waker.clone()
    }

    fn push(&mut self) -> io::Result<()> {
        while !self.unsent.is_empty() {
            let (front, _) = self.unsent.as_slices();
            match self.stream.write(front) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => drop(self.unsent.drain(..count)),
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) => {
                    self.gone = true;
                    return Err(fault);
                }
            }
        }
        Ok(())
    }

    /// Takes the next frame that is whole.
    fn heard(&mut self) -> Option<Event> {
        loop {
            match self.frames.whole() {
                Ok(None) => return None,
                Err(_) => return Some(Event::Gone),
                Ok(Some((Kind::Input, bytes))) => return Some(Event::Bytes(bytes)),
                Ok(Some((Kind::Resize, bytes))) => {
                    self.size = size_of_bytes(&bytes).unwrap_or(self.size);
                    return Some(Event::Resize(self.size.0, self.size.1));
                }
                Ok(Some((Kind::Shown, _))) => {
                    self.flying = self.flying.saturating_sub(1);
                    if self.free() {
                        return Some(Event::Free);
                    }
                }
                // What a later version of the program may say to an earlier one.
                Ok(Some(_)) => {}
            }
        }
    }

    fn read(&mut self) -> Option<Event> {
        let mut bytes = [0; 4096];
        match self.stream.read(&mut bytes) {
            Ok(0) => Some(Event::Gone),
            Ok(count) => {
                self.purse.take(count);
                self.frames.take(bytes.get(..count).unwrap_or_default());
                self.heard()
            }
            Err(fault) if matches!(fault.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => None,
            Err(_) => Some(Event::Gone),
        }
    }
}

impl Line for SocketLine {
    fn wait(&mut self, wait: Option<Duration>) -> Event {
        if let Some(event) = self.heard() {
            return event;
        }
        if self.gone || self.push().is_err() {
            return Event::Gone;
        }
        if self.waker.ended.load(Ordering::Relaxed) {
            return Event::Terminate;
        }
        let busy = !self.unsent.is_empty();
        let poor = self.purse.left(self.clock.ticks()) == 0;
        let mut wanted = if busy { PollFlags::OUT } else { PollFlags::empty() };
        // Who talks too fast is left to wait at the other end; what the house has to say to them is not.
        wanted.set(PollFlags::IN, !poor);
        let wait = if poor { Some(wait.map_or(WAIT, |wait| wait.min(WAIT))) } else { wait };
        let timeout = wait.map(|wait| Timespec {
            tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(wait.subsec_nanos()),
        });
        let mut fds = [PollFd::new(&self.stream, wanted), PollFd::new(&self.wakes, PollFlags::IN)];
        if poll(&mut fds, timeout.as_ref()).is_err() {
            return Event::Quiet;
        }
        let [stream, wakes] = [fds[0].revents(), fds[1].revents()];
        if wakes.contains(PollFlags::IN) {
            let mut drain = [0; 64];
            while matches!(self.wakes.read(&mut drain), Ok(count) if count == drain.len()) {}
            return if self.waker.ended.load(Ordering::Relaxed) { Event::Terminate } else { Event::Woken };
        }
        if stream.contains(PollFlags::IN) {
            return self.read().unwrap_or(Event::Quiet);
        }
        if stream.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Event::Gone;
        }
        if busy && stream.contains(PollFlags::OUT) && self.push().is_err() {
            return Event::Gone;
        }
        Event::Quiet
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        for part in bytes.chunks(FROM_OWNER) {
            self.flying += 1;
            self.unsent.extend(frame(Kind::Output, part));
        }
        self.push()
    }

    fn free(&self) -> bool {
        self.unsent.is_empty() && self.flying == 0
    }

    fn size(&self) -> (u16, u16) {
        self.size
    }
}

impl Drop for SocketLine {
    fn drop(&mut self) {
        // The end has to stand behind whole frames; a terminal that does not read in time gets neither.
        let clock = SystemClock::new();
        while !self.unsent.is_empty() && !self.gone {
            let left = LAST_FRAME.saturating_sub(clock.ticks());
            let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
            let mut fds = [PollFd::new(&self.stream, PollFlags::OUT)];
            let ready = poll(&mut fds, Some(&wait)).unwrap_or(0) > 0;
            if !ready || self.push().is_err() {
                let _ = self.stream.shutdown(std::net::Shutdown::Both);
                return;
            }
        }
    }
}
