//! Somebody who is spoken to line by line.

use std::io;

use super::Heard;

/// A way to somebody who reads and writes lines.
pub trait Voice {
    /// Waits for a line.
    fn hear(&mut self) -> Heard;
    /// Says a text; fails where nobody hears it any more.
    fn say(&mut self, text: &str) -> io::Result<()>;
}
