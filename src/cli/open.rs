//! Opening the program at the terminal.

use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::Outcome;
use super::keep::Keep;
use crate::app::keymaps::{self, BuiltIn};
use crate::app::{Action, Model, Place, PlaceScreen, Start};
use crate::config::{Width, World};
use crate::domain::{ItemId, Reading};
use crate::keys::Keymap;
use crate::locales as w;
use crate::session::{Clock, Ended, Line, Seat, SeatStart, SystemClock, TtyLine, read_place};
use crate::store::{Counter, PlaceFile};
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
    let named = world.file.keymap.as_deref();
    let built_in = named.and_then(BuiltIn::named).unwrap_or_default();
    let unknown = named.filter(|name| BuiltIn::named(name).is_none());
    let unknown = unknown.map(|name| w::KEYMAP_UNKNOWN.fill(world.lang, &[&printable(name)]));
    let (map, fault) = own_keymap(world, built_in);
    let told: Vec<String> = unknown.into_iter().chain(fault).collect();
    (map, (!told.is_empty()).then(|| told.join("\n")))
}

fn own_keymap(world: &World, built_in: BuiltIn) -> (Keymap<Action>, Option<String>) {
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

/// Opens the program.
pub fn run(world: &World, target: Option<&Target>) -> Result<(), Outcome> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Outcome::Refused(w::NOT_A_TERMINAL.say(world.lang).to_owned()));
    }
    let (mut keep, mut told) = Keep::open_told(world)?;
    let (keymap, fault) = keymap(world);
    told.extend(fault);
    let place = PlaceFile::of(&keep.store.dir, &world.person);
    let left = read_place(&place);
    let at = match target {
        // What the person has half typed elsewhere waits there, as it does when they go by themselves.
        Some(target) => {
            let screen = screen_of(&keep, target)?;
            Some(match left {
                Some(left) => left.led_to(screen),
                None => Place::new(keep.lang, screen),
            })
        }
        None => left,
    };
    let shelf = Arc::clone(keep.shelf());
    let desk = keep.store.desk.take();
    let read_only = desk.is_none();
    let clock = SystemClock::new();
    let line = TtyLine::open()?;
    let ambiguous = if world.file.width == Width::Wide { Ambiguous::Wide } else { Ambiguous::Narrow };
    let start = Start {
        me: world.person.clone(),
        lang: world.lang,
        moment: clock.moment(),
        size: line.size(),
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
    if !told.is_empty() {
        model.tell_first(printable(&told.join("\n")).into_owned());
    }
    let (counter, desk) = match desk {
        Some(desk) => {
            let (counter, thread) = Counter::open(desk, SystemClock::stamp)?;
            (Some(counter), Some(thread))
        }
        None => (None, None),
    };
    let waker = line.waker();
    let seat = SeatStart {
        line,
        model,
        look: Look { colour: world.colour, ascii: ambiguous == Ambiguous::Wide },
        reading: shelf,
        counter,
        wake: Arc::new(move || waker.wake()),
        place: (!read_only).then_some(place),
        clock: Box::new(clock),
        remote: world.remote,
        probe: world.file.width == Width::Auto,
    };
    let mut seat = Seat::new(seat)?;
    let ended = catch_unwind(AssertUnwindSafe(|| seat.run()));
    let failed = seat.failed();
    // The terminal is given back before anything else is done or said.
    drop(seat);
    if let Some(thread) = desk
        && let Ok(desk) = thread.join()
    {
        keep.store.desk = Some(desk);
    }
    keep.close()?;
    match ended {
        Err(_) => Err(Outcome::NotKept(w::PANICKED.say(world.lang).to_owned())),
        Ok(_) if failed => Err(Outcome::NotKept(w::NOT_SAVED.say(world.lang).to_owned())),
        Ok(Ended::Left | Ended::Gone | Ended::Terminated) => Ok(()),
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
