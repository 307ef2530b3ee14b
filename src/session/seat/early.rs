//! The first frame, and what comes before the store is open: it waits with its times, and nothing of it is lost.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

use super::super::places::Places;
use super::{Event, Line, Msg, Opened, PLACE_DELAY, Seat, Tone};

/// What came before the store was open, with when.
pub(super) type Early = Vec<(Duration, Event)>;

impl<L: Line> Seat<L> {
    /// Shows the first frame.
    pub fn show_first(&mut self) {
        self.show();
    }

    /// Waits for the store, which is open once nobody can tell anything about its opening any more.
    ///
    /// Whoever opens it wakes the line when there is something to tell and when it is open. `stop` is set where nobody
    /// waits for it any longer.
    pub fn wait_for_store(&mut self, tells: &Receiver<String>, stop: &AtomicBool) {
        loop {
            let told = match tells.try_recv() {
                Err(TryRecvError::Empty) if stop.load(Ordering::Relaxed) => tells.recv().ok(),
                Err(TryRecvError::Empty) => {
                    self.note(None, stop);
                    continue;
                }
                told => told.ok(),
            };
            let Some(text) = told else { break };
            self.model.tell(Tone::Plain, text);
            self.dirty = true;
            self.show();
        }
        // What has come by now came before whatever follows.
        while !stop.load(Ordering::Relaxed) && self.note(Some(Duration::ZERO), stop) {}
    }

    /// Waits for an event and takes note of it; says whether more may have come.
    fn note(&mut self, wait: Option<Duration>, stop: &AtomicBool) -> bool {
        match self.line.wait(wait) {
            Event::Free | Event::Quiet => false,
            Event::Woken => true,
            event => {
                stop.fetch_or(matches!(event, Event::Gone | Event::Terminate), Ordering::Relaxed);
                self.early.push((self.clock.ticks(), event));
                true
            }
        }
    }

    /// Goes on with the open store; what the opening tells is to be seen before anything else is done.
    pub fn open(&mut self, opened: Opened) -> io::Result<()> {
        let Opened { reading, counter, place, company, told } = opened;
        (self.reading, self.counter, self.company) = (reading, counter, company);
        let head = self.reading.head();
        self.msg(Msg::News(head));
        self.places = place.map(|file| Places::open(file, Arc::clone(&self.wake)));
        self.place_due = self.places.as_ref().map(|_| self.clock.ticks() + PLACE_DELAY);
        if let Some(told) = told {
            self.model.tell_first(told);
        }
        for (when, event) in std::mem::take(&mut self.early) {
            self.give_up(when);
            self.take_at(when, event);
        }
        // A lone Esc that has waited long enough is one, whatever comes next.
        self.give_up(self.clock.ticks());
        Ok(())
    }
}
