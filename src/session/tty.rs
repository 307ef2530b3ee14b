//! The local terminal as a line, read by ourselves: crossterm's reader never returns once the terminal is gone.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH};

use super::{Event, Line};

/// Enters the alternate screen with a clean page, bracketed paste and no cursor.
pub(super) const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[H\x1b[?2004h\x1b[?25l";
/// Leaves everything as it was: one string, whatever state the screen is in.
pub(super) const LEAVE: &[u8] = b"\x1b[?2004l\x1b[?25h\x1b[0m\x1b[?1049l";
/// Bytes that are read at once; what does not fit comes with the next event.
const READ: usize = 4096;

/// Wakes a session from another thread.
#[derive(Clone)]
pub struct Waker(Arc<UnixStream>);

impl Waker {
    /// Wakes it. Never waits: a full pipe means that it is awake already.
    pub fn wake(&self) {
        let _ = (&*self.0).write(b"w");
    }
}

/// The local terminal in raw mode; leaves it as it was when it goes.
pub struct TtyLine {
    tty: File,
    before: Option<Termios>,
    wakes: UnixStream,
    waker: Waker,
    resized: Arc<AtomicBool>,
    ended: Arc<AtomicBool>,
    hung_up: Arc<AtomicBool>,
    unsent: VecDeque<u8>,
    /// What was typed at this terminal for a session that was gone.
    typed: Vec<u8>,
    /// Whether anything was sent: a page that was never entered is not left.
    entered: bool,
    gone: bool,
}

impl TtyLine {
    /// Opens the terminal that this process stands at and takes it over.
    pub fn open() -> io::Result<Self> {
        let tty = open_terminal()?;
        let (wakes, waker) = UnixStream::pair()?;
        wakes.set_nonblocking(true)?;
        waker.set_nonblocking(true)?;
        let flag = || Arc::new(AtomicBool::new(false));
        let (resized, ended, hung_up) = (flag(), flag(), flag());
        let signals = [(SIGWINCH, &resized), (SIGTERM, &ended), (SIGINT, &ended), (SIGHUP, &hung_up)];
        for (signal, raised) in signals {
            signal_hook::flag::register(signal, Arc::clone(raised))?;
            signal_hook::low_level::pipe::register(signal, waker.try_clone()?)?;
        }
        let before = tcgetattr(&tty)?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(&tty, OptionalActions::Now, &raw)?;
        let unsent = ENTER.iter().copied().collect();
        let waker = Waker(Arc::new(waker));
        Ok(Self {
            tty,
            before: Some(before),
            wakes,
            waker,
            resized,
            ended,
            hung_up,
            unsent,
            typed: Vec::new(),
            entered: false,
            gone: false,
        })
    }

    /// Gives the terminal to another session, which finds a blank page; what was typed and not taken comes first.
    pub fn hand_on(&mut self, typed: Vec<u8>) {
        self.unsent.extend(b"\x1b[0m\x1b[2J\x1b[H\x1b[?25l");
        self.unsent.make_contiguous();
        self.typed = typed;
    }

    /// Returns what wakes this line.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    fn push(&mut self) -> io::Result<()> {
        while !self.unsent.is_empty() {
            self.entered = true;
            let (front, _) = self.unsent.as_slices();
            match self.tty.write(front) {
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

    fn read(&mut self) -> Event {
        let mut bytes = vec![0; READ];
        match self.tty.read(&mut bytes) {
            // A terminal without a person behind it reads as nothing, or fails.
            Ok(0) => Event::Gone,
            Ok(count) => {
                bytes.truncate(count);
                Event::Bytes(bytes)
            }
            Err(fault) if matches!(fault.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {
                Event::Quiet
            }
            Err(_) => Event::Gone,
        }
    }

    fn signalled(&self) -> Option<Event> {
        if self.hung_up.load(Ordering::Relaxed) || self.gone {
            return Some(Event::Gone);
        }
        if self.ended.load(Ordering::Relaxed) {
            return Some(Event::Terminate);
        }
        let resized = self.resized.swap(false, Ordering::Relaxed);
        resized.then(|| {
            let (cols, rows) = self.size();
            Event::Resize(cols, rows)
        })
    }
}

/// Opens the terminal by its own name, so that not waiting for it does not change the shell's own descriptors.
fn open_terminal() -> io::Result<File> {
    let flags = i32::try_from((rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY).bits()).unwrap_or_default();
    let open = |path: &std::path::Path| OpenOptions::new().read(true).write(true).custom_flags(flags).open(path);
    let stdin = io::stdin();
    if let Ok(name) = rustix::termios::ttyname(&stdin, Vec::new())
        && let Ok(name) = name.into_string()
        && let Ok(tty) = open(std::path::Path::new(&name))
    {
        return Ok(tty);
    }
    match open(std::path::Path::new("/dev/tty")) {
        Ok(tty) => Ok(tty),
        Err(fault) => {
            // A terminal from outside this file system has no name here; its descriptor has to do.
            let own: OwnedFd = stdin.as_fd().try_clone_to_owned()?;
            if tcgetattr(&own).is_ok() { Ok(File::from(own)) } else { Err(fault) }
        }
    }
}

impl Line for TtyLine {
    fn wait(&mut self, wait: Option<Duration>) -> Event {
        if let Some(event) = self.signalled() {
            return event;
        }
        if !self.typed.is_empty() {
            return Event::Bytes(std::mem::take(&mut self.typed));
        }
        let waited = !self.unsent.is_empty();
        if self.push().is_err() {
            return Event::Gone;
        }
        let busy = !self.unsent.is_empty();
        if waited && !busy {
            // A frame may wait for it, and nothing else would say so.
            return Event::Free;
        }
        let wanted = if busy { PollFlags::IN | PollFlags::OUT } else { PollFlags::IN };
        let timeout = wait.map(|wait| Timespec {
            tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(wait.subsec_nanos()),
        });
        let mut fds = [PollFd::new(&self.tty, wanted), PollFd::new(&self.wakes, PollFlags::IN)];
        let polled = poll(&mut fds, timeout.as_ref());
        let [tty, wakes] = [fds[0].revents(), fds[1].revents()];
        if polled.is_err() {
            // A signal has cut the wait short.
            return self.signalled().unwrap_or(Event::Quiet);
        }
        if wakes.contains(PollFlags::IN) {
            let mut drain = [0; 64];
            while matches!(self.wakes.read(&mut drain), Ok(count) if count == drain.len()) {}
            if let Some(event) = self.signalled() {
                return event;
            }
            return Event::Woken;
        }
        if tty.contains(PollFlags::IN) {
            return self.read();
        }
        if tty.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Event::Gone;
        }
        if busy && tty.contains(PollFlags::OUT) {
            return if self.push().is_err() { Event::Gone } else { Event::Free };
        }
        Event::Quiet
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.unsent.extend(bytes);
        self.unsent.make_contiguous();
        self.push()
    }

    fn free(&self) -> bool {
        self.unsent.is_empty()
    }

    fn size(&self) -> (u16, u16) {
        match tcgetwinsize(&self.tty) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
            _ => (80, 24),
        }
    }
}

impl Drop for TtyLine {
    fn drop(&mut self) {
        // A terminal that does not read keeps its page as it is: leaving never waits for it.
        if self.entered {
            let _ = self.tty.write_all(LEAVE);
        }
        if let Some(before) = self.before.take() {
            let _ = tcsetattr(&self.tty, OptionalActions::Now, &before);
        }
    }
}
