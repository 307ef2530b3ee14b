//! Standard output: a reader that went away, such as `head`, is no fault.

use std::io::{BufWriter, StdoutLock, Write};
use std::ops::ControlFlow;

use super::{Outcome, within};
use crate::text::printable;

/// Prints a text.
pub fn print(text: &str) -> Result<(), Outcome> {
    let mut out = Out::new();
    let _ = out.write(&printable(text))?;
    out.finish()
}

/// Where a command's words go.
enum To {
    /// This process's own standard output.
    Stdout(StdoutLock<'static>),
    /// To whom the command was run for, within the process that serves the store.
    Within,
}

impl Write for To {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Within => within::write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Within => Ok(()),
        }
    }
}

/// Standard output for what is longer than fits into memory at once.
pub struct Out {
    to: BufWriter<To>,
    gone: bool,
}

impl Out {
    /// Takes standard output.
    pub fn new() -> Self {
        let to = if within::is_within() { To::Within } else { To::Stdout(std::io::stdout().lock()) };
        Self { to: BufWriter::with_capacity(64 << 10, to), gone: false }
    }

    /// Writes a text as it is; answers whether anybody still reads.
    pub fn write(&mut self, text: &str) -> Result<ControlFlow<()>, Outcome> {
        let written = if self.gone { Ok(()) } else { self.to.write_all(text.as_bytes()) };
        self.heard(written)?;
        Ok(if self.gone { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// Brings what is left on its way.
    pub fn finish(mut self) -> Result<(), Outcome> {
        let flushed = if self.gone { Ok(()) } else { self.to.flush() };
        self.heard(flushed)?;
        if self.gone {
            // What nobody reads is not tried again when the writer goes.
            drop(self.to.into_parts());
        }
        Ok(())
    }

    fn heard(&mut self, written: std::io::Result<()>) -> Result<(), Outcome> {
        match written {
            Err(fault) if fault.kind() == std::io::ErrorKind::BrokenPipe => self.gone = true,
            Err(fault) => return Err(fault.into()),
            Ok(()) => {}
        }
        Ok(())
    }
}
