//! Commands that are being answered at the socket: so many at once. Where there are more, whoever has taken nothing of
//! what they asked for gives their place up to who comes next.

use std::collections::BTreeMap;
use std::io;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::session::{Clock, SystemClock};

/// How long somebody may take nothing before their place is somebody else's.
const PATIENCE: Duration = Duration::from_secs(1);

/// The commands that are being answered.
#[derive(Default)]
pub(super) struct Answering {
    clock: SystemClock,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    last: u64,
    places: BTreeMap<u64, Place>,
}

struct Place {
    stream: UnixStream,
    /// Since when nothing was taken of what was said.
    waits: Option<Duration>,
}

/// A place among them, until it is dropped.
pub(super) struct Taken {
    answering: Arc<Answering>,
    number: u64,
}

impl Answering {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        // Nothing in here is left half done by whoever fell.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one of so many places; nothing where all are taken by those who wait for nobody.
    pub(super) fn enter(self: &Arc<Self>, most: usize, stream: &UnixStream) -> io::Result<Option<Taken>> {
        let stream = stream.try_clone()?;
        let now = self.clock.ticks();
        let mut inside = self.inside();
        if inside.places.len() >= most {
            let waiting = inside.places.iter().filter_map(|(number, place)| Some((place.waits?, *number)));
            let longest = waiting.min().filter(|(since, _)| *since + PATIENCE <= now);
            let Some((_, number)) = longest else { return Ok(None) };
            if let Some(place) = inside.places.remove(&number) {
                // What is still being said to them fails, and the command ends.
                let _ = place.stream.shutdown(Shutdown::Both);
            }
        }
        inside.last += 1;
        let number = inside.last;
        inside.places.insert(number, Place { stream, waits: None });
        Ok(Some(Taken { answering: Arc::clone(self), number }))
    }
}

impl Taken {
    /// Does what waits until something is taken.
    pub(super) fn waiting<T>(&self, wait: impl FnOnce() -> T) -> T {
        let now = self.answering.clock.ticks();
        self.waits(Some(now));
        let done = wait();
        self.waits(None);
        done
    }

    fn waits(&self, since: Option<Duration>) {
        if let Some(place) = self.answering.inside().places.get_mut(&self.number) {
            place.waits = since;
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.answering.inside().places.remove(&self.number);
    }
}
