//! Somebody at a terminal of another process who is spoken to line by line, over the socket.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;

use rustix::event::{PollFd, PollFlags, poll};

use super::frame::{FROM_OWNER, Frames, Kind, frame};
use super::socket_line::{SocketWaker, wakes};
use crate::session::{Heard, Voice};

/// Somebody who is spoken to over the socket.
pub struct SocketVoice {
    stream: UnixStream,
    frames: Frames,
    wakes: UnixStream,
    waker: SocketWaker,
}

impl SocketVoice {
    /// Makes a voice of a stream, with what has come of it already.
    pub(super) fn new(stream: UnixStream, frames: Frames) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        let (wakes, waker) = wakes()?;
        Ok(Self { stream, frames, wakes, waker })
    }

    /// Returns what ends the conversation from another thread.
    pub fn waker(&self) -> SocketWaker {
        self.waker.clone()
    }

    fn is_ended(&self) -> bool {
        self.waker.ended.load(Ordering::Relaxed)
    }

    /// Waits until the stream is ready, or somebody ends the conversation.
    fn wait(&self, wanted: PollFlags) {
        let mut fds = [PollFd::new(&self.stream, wanted), PollFd::new(&self.wakes, PollFlags::IN)];
        let _ = poll(&mut fds, None);
    }

    fn send(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            if self.is_ended() {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            match self.stream.write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => self.wait(PollFlags::OUT),
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }
}

impl Voice for SocketVoice {
    fn hear(&mut self) -> Heard {
        if self.send(&frame(Kind::Ask, &[])).is_err() {
            return Heard::End;
        }
        let mut bytes = [0; 4096];
        loop {
            if self.is_ended() {
                return Heard::End;
            }
            match self.frames.whole() {
                Ok(Some((Kind::Line, bytes))) => return serde_json::from_slice(&bytes).unwrap_or(Heard::End),
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(_) => return Heard::End,
            }
            match self.stream.read(&mut bytes) {
                Ok(0) => return Heard::End,
                Ok(count) => self.frames.take(bytes.get(..count).unwrap_or_default()),
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => self.wait(PollFlags::IN),
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Heard::End,
            }
        }
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        text.as_bytes().chunks(FROM_OWNER).try_for_each(|part| self.send(&frame(Kind::Output, part)))
    }
}
