//! Standard input and output as lines of text: a terminal as it is, or pipes. Nothing of the terminal is changed.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::tcgetwinsize;
use serde::{Deserialize, Serialize};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::Voice;

/// The longest line that is taken, in bytes: more than the longest note.
const LONGEST: usize = 16 << 10;
/// The longest line that a person may type ahead of the answer, in characters: a code or a name of a command.
const TYPED_AHEAD: usize = 6;
/// Bytes that are read or written at once; a pipe takes as many without waiting once it takes any.
const AT_ONCE: usize = 4096;

/// No time at all.
const NOW: Timespec = Timespec { tv_sec: 0, tv_nsec: 0 };

/// What was heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Heard {
    /// A line without its end.
    Line(String),
    /// A line of several that came to a terminal at once and are no commands: a text that somebody has pasted.
    Pasted(String),
    /// A line that is not UTF-8.
    NotText,
    /// A line that is too long.
    TooLong,
    /// There is nothing more to come, or somebody wants the conversation to end.
    End,
}

/// Standard input and output, line by line.
pub struct PlainLine {
    input: File,
    output: File,
    wakes: UnixStream,
    ended: Arc<AtomicBool>,
    /// Whether the process was asked to end, and not only left.
    stopped: Arc<AtomicBool>,
    unread: VecDeque<u8>,
    /// How many unread bytes are known to hold no line end.
    looked: usize,
    skipping: bool,
    over: bool,
    typed: bool,
    /// How many of the lines to come were pasted.
    pasted: usize,
}

impl PlainLine {
    /// Opens both and listens for the signals that end a session.
    pub fn open() -> io::Result<Self> {
        let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
        let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let (wakes, waker) = UnixStream::pair()?;
        waker.set_nonblocking(true)?;
        let ended = Arc::new(AtomicBool::new(false));
        for signal in [SIGHUP, SIGTERM, SIGINT] {
            signal_hook::flag::register(signal, Arc::clone(&ended))?;
            signal_hook::low_level::pipe::register(signal, waker.try_clone()?)?;
        }
        let stopped = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(SIGTERM, Arc::clone(&stopped))?;
        let typed = io::stdin().is_terminal();
        let unread = VecDeque::new();
        let (looked, skipping, over, pasted) = (0, false, false, 0);
        Ok(Self { input, output, wakes, ended, stopped, unread, looked, skipping, over, typed, pasted })
    }

    /// Says whether a person's terminal shows what is typed; a pipe does not.
    pub const fn is_typed(&self) -> bool {
        self.typed
    }

    /// Returns the columns to write in.
    pub fn cols(&self) -> usize {
        let cols = tcgetwinsize(&self.output).map_or(0, |size| usize::from(size.ws_col));
        if cols == 0 { 80 } else { cols.clamp(20, 80) }
    }

    /// Says whether the process was asked to end.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Waits for a line, or until something comes from elsewhere: then nothing is heard.
    pub fn hear_beside(&mut self, elsewhere: &UnixStream) -> Option<Heard> {
        loop {
            if let Some(heard) = self.heard() {
                return Some(heard);
            }
            let mut fds = [
                PollFd::new(&self.input, PollFlags::IN),
                PollFd::new(&self.wakes, PollFlags::IN),
                PollFd::new(elsewhere, PollFlags::IN),
            ];
            if poll(&mut fds, None).is_err() {
                continue;
            }
            let [input, elsewhere] = [fds[0].revents(), fds[2].revents()];
            if !elsewhere.is_empty() {
                return None;
            }
            if !input.is_empty() {
                self.read();
            }
        }
    }

    /// Waits until something comes from elsewhere; answers whether that is so, or somebody wants an end.
    pub fn waits(&self, elsewhere: &UnixStream) -> bool {
        while !self.ended.load(Ordering::Relaxed) {
            let mut fds = [PollFd::new(elsewhere, PollFlags::IN), PollFd::new(&self.wakes, PollFlags::IN)];
            if poll(&mut fds, None).is_ok() && !fds[0].revents().is_empty() {
                return true;
            }
        }
        false
    }

    /// Gives what has been heard already.
    fn heard(&mut self) -> Option<Heard> {
        if self.ended.load(Ordering::Relaxed) {
            return Some(Heard::End);
        }
        self.see_paste();
        if let Some(heard) = self.line() {
            let pasted = self.pasted > 0;
            self.pasted = self.pasted.saturating_sub(1);
            return Some(match heard {
                Heard::Line(text) if pasted => Heard::Pasted(text),
                other => other,
            });
        }
        self.over.then_some(Heard::End)
    }

    /// Looks at everything that came to a terminal at once: a sentence among several lines makes them all a text.
    fn see_paste(&mut self) {
        if !self.typed || self.pasted > 0 || !self.unread.contains(&b'\n') {
            return;
        }
        while !self.over && self.unread.len() < LONGEST && self.ready(&self.input, PollFlags::IN, Some(NOW)) {
            self.read();
        }
        let bytes = self.unread.make_contiguous();
        let lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")).collect();
        let long = |line: &&[u8]| String::from_utf8_lossy(line).trim().chars().nth(TYPED_AHEAD).is_some();
        if lines.len() > 1 && lines.iter().any(long) {
            self.pasted = lines.len();
        }
    }

    /// Waits until a file is ready or a signal has come; answers whether it is ready.
    fn ready(&self, file: &File, wanted: PollFlags, wait: Option<Timespec>) -> bool {
        let mut fds = [PollFd::new(file, wanted), PollFd::new(&self.wakes, PollFlags::IN)];
        if poll(&mut fds, wait.as_ref()).is_err() {
            return false;
        }
        !fds[0].revents().is_empty()
    }

    fn read(&mut self) {
        let mut bytes = [0; AT_ONCE];
        match self.input.read(&mut bytes) {
            Ok(0) => self.over = true,
            Ok(count) => self.unread.extend(bytes.iter().take(count)),
            Err(fault) if matches!(fault.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            // A terminal without a person behind it.
            Err(_) => self.over = true,
        }
    }

    fn line(&mut self) -> Option<Heard> {
        let end = self.unread.iter().skip(self.looked).position(|byte| *byte == b'\n').map(|at| at + self.looked);
        self.looked = self.unread.len();
        let bytes: Vec<u8> = match end {
            Some(end) => self.unread.drain(..=end).collect(),
            None if self.unread.len() > LONGEST => {
                self.unread.clear();
                self.looked = 0;
                self.skipping = true;
                return None;
            }
            // The last line of a script may lack its end.
            None if self.over && !self.unread.is_empty() => self.unread.drain(..).collect(),
            None => return None,
        };
        self.looked = 0;
        if std::mem::take(&mut self.skipping) || bytes.len() > LONGEST {
            return Some(Heard::TooLong);
        }
        let text = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        Some(std::str::from_utf8(text).map_or(Heard::NotText, |text| Heard::Line(text.to_owned())))
    }

    /// Writes bytes; fails where nobody reads them any more, or a signal has come while somebody did not.
    pub fn say_bytes(&mut self, mut rest: &[u8]) -> io::Result<()> {
        while !rest.is_empty() {
            if !self.ready(&self.output, PollFlags::OUT, None) {
                if self.ended.load(Ordering::Relaxed) {
                    return Err(io::ErrorKind::ConnectionAborted.into());
                }
                continue;
            }
            match self.output.write(rest.get(..AT_ONCE).unwrap_or(rest)) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(fault) if matches!(fault.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }
}

impl Voice for PlainLine {
    fn hear(&mut self) -> Heard {
        loop {
            if let Some(heard) = self.heard() {
                return heard;
            }
            if self.ready(&self.input, PollFlags::IN, None) {
                self.read();
            }
        }
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.say_bytes(text.as_bytes())
    }
}
