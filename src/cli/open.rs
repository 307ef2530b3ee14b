//! Opening the program at the terminal.

use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;

use super::Outcome;
use super::keep::Keep;
use super::outcome::{settings_said, tell};
use crate::app::keymaps::{self, BuiltIn};
use crate::app::{Action, Model, Moment, Place, PlaceScreen, Start};
use crate::config::{Width, World};
use crate::domain::{ItemId, Reading};
use crate::keys::Keymap;
use crate::linear::{Talk, TalkStart};
use crate::locales as w;
use crate::session::{Clock, Line, PlainLine, Seat, SeatStart, SystemClock, TtyLine, read_place};
use crate::store::{Counter, Desk, PlaceFile, Shelf};
use crate::text::{Ambiguous, printable};
use crate::view::Look;

/// Where the program is to open, where somebody has said so.
pub struct Target {
    /// The round's code.
    pub round: String,
    /// The branch's code.
    pub branch: String,
    /// The item.
    pub item: Option<String>,
}

/// Reads the keys that are in force; a faulty file of the person's own is told and left out.
pub fn keymap(world: &World) -> (Keymap<Action>, Option<String>) {
    let built_in = world.file.keymap.as_deref().and_then(BuiltIn::named).unwrap_or_default();
    let plain = || keymaps::layered(built_in, None).unwrap_or_default();
    let Some((path, text)) = &world.keys else { return (plain(), None) };
    let path = path.display().to_string();
    match keymaps::layered(built_in, Some(text)) {
        Ok(map) => match keymaps::lost(&map) {
            lost if lost.is_empty() => (map, None),
            lost => {
                let names: Vec<&str> = lost.iter().map(|action| action.name()).collect();
                (plain(), Some(w::KEYS_LOST.fill(world.lang, &[&names.join(", ")])))
            }
        },
        Err(faults) => {
            let mut said = w::KEYS_FAULT.fill(world.lang, &[&printable(&path), &faults.len()]);
            for fault in &faults {
                said.push_str(&format!("\n  {fault}"));
            }
            (plain(), Some(said))
        }
    }
}

/// A store that is open for a session.
struct Opened {
    keep: Keep,
    model: Model,
    shelf: Arc<Shelf>,
    counter: Option<Counter>,
    desk: Option<JoinHandle<Desk>>,
    place: Option<PlaceFile>,
    told: Vec<String>,
}

/// Opens the program: a screen, or line by line.
pub fn run(world: &World, target: Option<&Target>) -> Result<(), Outcome> {
    if world.linear {
        return talk(world, target);
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Outcome::Refused(w::NOT_A_TERMINAL.say(world.lang).to_owned()));
    }
    let clock = SystemClock::new();
    let entered = entered(world, target)?;
    let line = TtyLine::open()?;
    let mut opened = opened(world, entered, clock.moment(), line.size())?;
    if !opened.told.is_empty() {
        opened.model.tell_first(printable(&opened.told.join("\n")).into_owned());
    }
    let waker = line.waker();
    let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(move || waker.wake());
    opened.shelf.listen(Arc::clone(&wake));
    let look = Look { colour: world.colour, ascii: opened.model.ambiguous == Ambiguous::Wide };
    let mut seat = Seat::new(SeatStart {
        line,
        model: opened.model,
        look,
        reading: opened.shelf,
        counter: opened.counter,
        wake,
        place: opened.place,
        clock: Box::new(clock),
        remote: world.remote,
        probe: world.file.width == Width::Auto,
    })?;
    let ended = catch_unwind(AssertUnwindSafe(|| seat.run()));
    let failed = seat.failed();
    // The terminal is given back before anything else is done or said.
    drop(seat);
    closed(opened.keep, opened.desk, world, ended.is_err(), failed)
}

/// Opens the program as a conversation on standard input and output.
fn talk(world: &World, target: Option<&Target>) -> Result<(), Outcome> {
    let clock = SystemClock::new();
    let entered = entered(world, target)?;
    let mut line = PlainLine::open()?;
    // The rows are those of a list: what comes into sight is read with it.
    let opened = opened(world, entered, clock.moment(), (80, 24))?;
    for line in &opened.told {
        tell(printable(line));
    }
    let (told, ready) = std::sync::mpsc::channel();
    opened.shelf.listen(Arc::new(move || {
        let _ = told.send(());
    }));
    let mut talk = Talk::new(TalkStart {
        model: opened.model,
        reading: opened.shelf,
        ready,
        counter: opened.counter,
        place: opened.place,
        clock: Box::new(clock),
        cols: line.cols(),
        typed: line.is_typed(),
    });
    let ended = catch_unwind(AssertUnwindSafe(|| talk.run(&mut line)));
    let failed = talk.failed();
    drop(talk);
    closed(opened.keep, opened.desk, world, ended.is_err(), failed)
}

/// An open store, where the program is to begin, and what the opening tells.
struct Entered {
    keep: Keep,
    at: Option<Place>,
    told: Vec<String>,
}

/// Opens the store and finds where the program is to begin: where somebody has said, or where the person was.
fn entered(world: &World, target: Option<&Target>) -> Result<Entered, Outcome> {
    let (keep, told) = Keep::open_told(world)?;
    let before = read_place(&PlaceFile::of(&keep.store.dir, &world.person));
    match target.map(|target| screen_of(&keep, target)) {
        None => Ok(Entered { keep, at: before, told }),
        Some(Ok(screen)) => {
            // What was half typed elsewhere waits there.
            let at = match before {
                Some(before) => before.led_to(screen),
                None => Place::new(keep.lang, screen),
            };
            Ok(Entered { keep, at: Some(at), told })
        }
        Some(Err(outcome)) => {
            keep.close()?;
            Err(outcome)
        }
    }
}

fn opened(world: &World, entered: Entered, moment: Moment, size: (u16, u16)) -> Result<Opened, Outcome> {
    let Entered { mut keep, at, mut told } = entered;
    let (keymap, fault) = keymap(world);
    told.splice(0..0, world.told.iter().map(|fault| settings_said(fault, world.lang)));
    told.extend(fault);
    let place = PlaceFile::of(&keep.store.dir, &world.person);
    let shelf = Arc::clone(keep.shelf());
    let desk = keep.store.desk.take();
    let read_only = desk.is_none();
    let ambiguous = if world.file.width == Width::Wide { Ambiguous::Wide } else { Ambiguous::Narrow };
    let start = Start {
        me: world.person.clone(),
        lang: world.lang,
        moment,
        size,
        ambiguous,
        keymap: Arc::new(keymap),
        read_only,
    };
    let mut model = Model::new(start, &*shelf)?;
    if let Some(at) = at {
        model.resume(at, &*shelf)?;
        if world.lang_asked {
            model.lang = world.lang;
        }
    }
    let (counter, desk) = match desk {
        Some(desk) => {
            let (counter, thread) = Counter::open(desk, SystemClock::stamp)?;
            (Some(counter), Some(thread))
        }
        None => (None, None),
    };
    Ok(Opened { keep, model, shelf, counter, desk, place: (!read_only).then_some(place), told })
}

/// Takes the desk back and ends in order.
fn closed(
    mut keep: Keep,
    desk: Option<JoinHandle<Desk>>,
    world: &World,
    panicked: bool,
    failed: bool,
) -> Result<(), Outcome> {
    let panic = || Err(Outcome::NotKept(w::PANICKED.say(world.lang).to_owned()));
    let mut failed = failed;
    match desk.map(JoinHandle::join) {
        None => {}
        Some(Ok(desk)) => {
            // What was on its way when the person left has been answered by now; the desk remembers.
            failed |= desk.stopped();
            keep.store.desk = Some(desk);
        }
        // Nothing is closed in order behind a desk that fell: the next start makes the records anew.
        Some(Err(_)) => return panic(),
    }
    keep.close()?;
    match (panicked, failed) {
        (true, _) => panic(),
        (false, true) => Err(Outcome::NotKept(w::NOT_SAVED.say(world.lang).to_owned())),
        (false, false) => Ok(()),
    }
}

fn screen_of(keep: &Keep, target: &Target) -> Result<PlaceScreen, Outcome> {
    let round = keep.round(&target.round)?;
    let branch = keep.branch(&target.branch)?;
    let item = target.item.clone().map(ItemId);
    let member = keep.shelf().round(round.id)?.is_some_and(|round| round.branches.binary_search(&branch).is_ok());
    if !member {
        return Err(Outcome::Refused(w::R_NOT_IN_ROUND.say(keep.lang).to_owned()));
    }
    Ok(PlaceScreen::Walk { round: round.id, branch, item })
}
