//! Opening the program as a conversation on standard input and output.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use super::Outcome;
use super::attach;
use super::keep::{Keep, progress};
use super::open::{Opened, Target, begin, came_from, closed, entered, keymap, opened, said, taken};
use super::outcome::tell;
use super::serve::OpenHouse;
use crate::config::World;
use crate::linear::{Talk, TalkStart};
use crate::session::{Clock as _, Ended, PlainLine, SystemClock};
use crate::store::Locked;
use crate::text::printable;

/// Opens the program: comes in to whoever owns the store, or owns it.
pub fn run(world: &World, target: Option<&Target>) -> Result<(), Outcome> {
    let mut line = PlainLine::open()?;
    let mut come = |again: bool| attach::talk(world, target.filter(|_| !again), None, &mut line);
    match taken(world, &mut come)? {
        None => Ok(()),
        Some((locked, came)) => own_talk(world, target.filter(|_| !came), locked, &mut line),
    }
}

/// Owns the store, with a conversation here, and lets others in.
fn own_talk(world: &World, target: Option<&Target>, locked: Locked, line: &mut PlainLine) -> Result<(), Outcome> {
    let clock = SystemClock::new();
    let last = came_from(world, None);
    let entered = entered(&last, Keep::open_locked(world, locked, &mut progress(world.lang))?, target)?;
    let (keymap, fault) = keymap(world);
    // The rows are those of a list: what comes into sight is read with it.
    let begin = begin(world, keymap, clock.moment());
    for line in &said(world, fault, entered.told) {
        tell(printable(line));
    }
    let model = begin.model(entered.at, entered.keep.looks_only(), entered.keep.reading())?;
    let Opened { keep, counter, desk, place } = opened(world, entered.keep)?;
    // Nothing is told in between: what others do is there when the next line is heard.
    let wake = || Arc::new(|| {}) as Arc<dyn Fn() + Send + Sync>;
    let house = match &counter {
        Some(counter) => Some(OpenHouse::open(world, keep.shelf(), counter, Some(wake()))?),
        None => None,
    };
    // Who sees the same part of the tree shares what is made of it.
    let sees = house.as_ref().map(|house| house.sees(&world.person));
    // One word is enough: whoever waits looks for themselves.
    let (told, ready) = sync_channel(1);
    let listening = keep.shelf().listen(Arc::new(move |_| {
        let _ = told.try_send(());
    }));
    let mut talk = Talk::new(TalkStart {
        model,
        reading: Arc::new(sees.unwrap_or_else(|| keep.reading().clone())),
        ready,
        counter: counter.clone(),
        place,
        clock: Box::new(clock),
        cols: line.cols(),
        typed: line.is_typed(),
        company: house.as_ref().and_then(OpenHouse::company),
    });
    let ended = catch_unwind(AssertUnwindSafe(|| talk.run(line)));
    let failed = talk.failed();
    drop(talk);
    drop(listening);
    if let Some(house) = house {
        // The end of a script, or of the terminal that was typed at, ends nobody else's session.
        let left = if line.is_stopped() { Ended::Terminated } else { Ended::Left };
        house.leave(world, ended.as_ref().ok().map(|_| left));
    }
    if let Some(counter) = counter {
        counter.close();
    }
    closed(world, keep, desk, &begin, ended.is_err(), failed)
}
