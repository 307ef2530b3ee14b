//! Standard output: a reader that went away, such as `head`, is no fault.

use std::io::{BufWriter, StdoutLock, Write};
use std::ops::ControlFlow;

use super::Outcome;
use crate::text::printable;

/// Prints a text.
pub fn print(text: &str) -> Result<(), Outcome> {
    let mut out = Out::new();
    let _ = out.write(&printable(text))?;
    out.finish()
}

/// Standard output for what is longer than fits into memory at once.
pub struct Out {
    to: BufWriter<StdoutLock<'static>>,
    gone: bool,
}

impl Out {
    /// Takes standard output.
    pub fn new() -> Self {
        Self { to: BufWriter::with_capacity(64 << 10, std::io::stdout().lock()), gone: false }
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
