//! A line: a way to a terminal. The local terminal is one; a socket and an SSH channel are two more.

use std::io;
use std::time::Duration;

/// What comes over a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Bytes that arrived together.
    Bytes(Vec<u8>),
    /// The window has another size, in columns and rows.
    Resize(u16, u16),
    /// The terminal is gone.
    Gone,
    /// Somebody wants the session to end.
    Terminate,
    /// Another thread has something for the session.
    Woken,
    /// The line takes bytes again.
    Free,
    /// The wait is over.
    Quiet,
}

/// A way to a terminal.
pub trait Line {
    /// Waits for something, at most `wait` long; for ever without.
    fn wait(&mut self, wait: Option<Duration>) -> Event;
    /// Sends a frame. What the line does not take at once is kept and sent while waiting; see [`Line::free`].
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Says whether everything that was sent has left: a slow line gets fewer frames, never a queue of them.
    fn free(&self) -> bool;
    /// Returns columns and rows.
    fn size(&self) -> (u16, u16);
}
