//! What a command says, on its way to whoever has asked at the socket: piece by piece, as fast as it is taken.

use std::io::{self, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::Duration;

use super::Outlet;
use super::answering::Taken;
use super::frame::{Kind, frame};
use crate::session::{Clock, SystemClock};

/// Bytes that go out at once: all that a command has in memory for somebody who does not read, beside what the system
/// holds for them.
const PIECE: usize = 64 << 10;

/// The way to somebody who has asked.
pub(super) struct SocketOutlet {
    stream: UnixStream,
    place: Arc<Taken>,
    /// How long a piece may take.
    patience: Duration,
    gone: bool,
}

impl SocketOutlet {
    pub(super) const fn new(stream: UnixStream, place: Arc<Taken>, patience: Duration) -> Self {
        Self { stream, place, patience, gone: false }
    }

    fn say(&mut self, kind: Kind, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            if self.gone {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            let delivered = self.place.waiting(|| deliver(&self.stream, &frame(kind, piece), self.patience));
            if delivered.is_err() {
                // Half an answer is none: whoever reads on finds the end of it and no exit code.
                self.gone = true;
                let _ = self.stream.shutdown(Shutdown::Both);
            }
        }
        if self.gone { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }
}

impl Outlet for SocketOutlet {
    fn out(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.say(Kind::Out, bytes)
    }

    fn err(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.say(Kind::Err, bytes)
    }
}

/// Sends all of something, or gives up: a byte now and then is no way to keep somebody waiting.
pub(super) fn deliver(mut stream: &UnixStream, mut bytes: &[u8], within: Duration) -> io::Result<()> {
    let clock = SystemClock::new();
    stream.set_nonblocking(false)?;
    while !bytes.is_empty() {
        let left = within.saturating_sub(clock.ticks());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_write_timeout(Some(left))?;
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}
