//! The way to whoever has asked for a command, kept while it runs: it is there to say so when the command falls.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::door::Outlet;

/// An outlet that outlives whoever used it.
#[derive(Clone)]
pub(super) struct Kept(Arc<Mutex<Box<dyn Outlet>>>);

impl Kept {
    /// Keeps an outlet.
    pub(super) fn new(outlet: Box<dyn Outlet>) -> Self {
        Self(Arc::new(Mutex::new(outlet)))
    }

    /// Says a line on standard error, where anybody still reads.
    pub(super) fn tell(&mut self, text: &str) {
        let _ = self.err(format!("{text}\n").as_bytes());
    }

    fn inside(&self) -> MutexGuard<'_, Box<dyn Outlet>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outlet for Kept {
    fn out(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.inside().out(bytes)
    }

    fn err(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.inside().err(bytes)
    }
}
