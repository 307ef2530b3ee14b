//! Opening the program at the terminal.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread::{self, JoinHandle};

use super::Outcome;
use super::attach::{self, Came};
use super::keep::{Keep, progress, progress_on};
use super::outcome::settings_said;
use super::serve::OpenHouse;
use super::talk;
use crate::app::keymaps::{self, BuiltIn};
use crate::app::{Action, Model, Moment, Place, PlaceScreen};
use crate::config::{Width, World};
use crate::domain::{ItemId, Reached, Reading};
use crate::hall::Begin;
use crate::keys::Keymap;
use crate::locales as w;
use crate::session::{self, Clock, LastPlace, Line, Seat, SeatStart, SystemClock, TtyLine, read_place};
use crate::store::{Counter, Desk, Glimpse, LockError, Locked, OpenError, PlaceFile, Shelf};
use crate::text::printable;

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
pub(super) struct Opened {
    pub(super) keep: Keep,
    pub(super) counter: Option<Counter>,
    pub(super) desk: Option<JoinHandle<Desk>>,
    pub(super) place: Option<PlaceFile>,
}

/// Says what a session at this world's terminal begins with.
pub(super) fn begin(world: &World, keymap: Keymap<Action>, moment: Moment) -> Begin {
    Begin {
        person: world.person.clone(),
        lang: world.lang,
        lang_asked: world.lang_asked,
        colour: world.colour,
        wide: match world.file.width {
            Width::Auto => None,
            Width::Narrow => Some(false),
            Width::Wide => Some(true),
        },
        clipboard: world.clipboard,
        remote: world.remote,
        keymap: Arc::new(keymap),
        moment,
        size: (80, 24),
    }
}

/// Returns what the person sees of a shelf.
fn seen(begin: &Begin, shelf: &Arc<Shelf>) -> Reached {
    let shelf: Arc<Shelf> = Arc::clone(shelf);
    Reached::alone(shelf, begin.person.clone())
}

/// Takes the seat at a terminal.
fn seat(
    begin: &Begin,
    line: TtyLine,
    model: Model,
    clock: SystemClock,
    reading: Reached,
) -> Result<Seat<TtyLine>, Outcome> {
    let waker = line.waker();
    let look = begin.look(&model);
    let seat = Seat::new(SeatStart {
        line,
        model,
        look,
        reading: Arc::new(reading),
        counter: None,
        wake: Arc::new(move || waker.wake()),
        place: None,
        clock: Box::new(clock),
        company: None,
        remote: begin.remote,
        probe: begin.wide.is_none(),
        clipboard: begin.clipboard,
    })?;
    Ok(seat)
}

/// Opens the program: a screen, or line by line.
pub fn run(world: &World, target: Option<&Target>) -> Result<(), Outcome> {
    if world.linear {
        return talk::run(world, target);
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Outcome::Refused(w::NOT_A_TERMINAL.say(world.lang).to_owned()));
    }
    let mut held = attach::Held::default();
    let mut come = |again: bool| attach::sit(world, target.filter(|_| !again), None, &mut held);
    match taken(world, &mut come)? {
        None => Ok(()),
        Some((locked, came)) => own(world, target.filter(|_| !came), locked, held),
    }
}

/// Comes in where another process owns the store, again where another one takes its place; or takes the store, and says
/// whether the person was in already.
pub(super) fn taken(
    world: &World,
    come: &mut dyn FnMut(bool) -> Result<Came, Outcome>,
) -> Result<Option<(Locked, bool)>, Outcome> {
    let mut waits = Waits::default();
    loop {
        // Where another process owns the store, it has the session and this one the terminal.
        match come(waits.came)? {
            Came::Over => return Ok(None),
            Came::Lost => waits = Waits { came: true, ..Waits::default() },
            Came::Moving => waits = Waits { came: true, moving: true, ..Waits::default() },
            // Nobody gets before the one that is about to take over.
            Came::Nobody if waits.moving && waits.clock.ticks() < attach::NEXT_OWNER => attach::wait_a_little(),
            Came::Nobody => match Locked::take(&world.data, &world.person.0) {
                Ok(locked) => return Ok(Some((locked, waits.came))),
                Err(OpenError::Lock(LockError::Held { .. })) if waits.clock.ticks() < attach::NO_ANSWER => {
                    attach::wait_a_little();
                }
                // Whoever may not own the store waits for who serves next.
                Err(_) if waits.came && waits.clock.ticks() < attach::NEXT_OWNER => attach::wait_a_little(),
                Err(fault) => return Err(fault.into()),
            },
        }
    }
}

/// How long somebody has waited for an owner of the store, and for which.
#[derive(Default)]
struct Waits {
    clock: SystemClock,
    /// Whether the person was in already.
    came: bool,
    /// Whether another process is about to own the store.
    moving: bool,
}

/// Finds where the person was last: at the line that goes on here, or at whichever of theirs that was.
pub(super) fn came_from(world: &World, line: Option<usize>) -> LastPlace {
    let first = PlaceFile::of(&world.data, &world.person);
    let last = line.map_or_else(|| first.newest(world.file.serve.lines), |line| first.line(line));
    LastPlace::new(last, first)
}

/// Owns the store, with a session at this terminal, and lets others in.
fn own(world: &World, target: Option<&Target>, locked: Locked, mut held: attach::Held) -> Result<(), Outcome> {
    let clock = SystemClock::new();
    let last = came_from(world, held.line);
    let (keymap, fault) = keymap(world);
    let mut begin = begin(world, keymap, clock.moment());
    let first = match target {
        None => locked
            .glimpse(&PlaceFile::of(&world.data, &world.person))
            .map(|glimpse| first_frame(&mut begin, &glimpse, &last, clock, &mut held.terminal))
            .transpose()?,
        Some(_) => None,
    };
    let (mut seat, entered) = match first.flatten() {
        Some(mut seat) => {
            let opened = opened_behind(world, locked, &mut seat)?;
            (seat, entered(&last, opened, None)?)
        }
        None => {
            let opened = Keep::open_locked(world, locked, &mut progress(world.lang))?;
            let mut entered = entered(&last, opened, target)?;
            let line = held.terminal.map_or_else(TtyLine::open, Ok)?;
            begin.size = line.size();
            let reading = entered.keep.reading().clone();
            let model = begin.model(entered.at.take(), entered.keep.looks_only(), &reading)?;
            (seat(&begin, line, model, clock, reading)?, entered)
        }
    };
    let told = said(world, fault, entered.told);
    let told = (!told.is_empty()).then(|| printable(&told.join("\n")).into_owned());
    let Opened { keep, counter, desk, place } = opened(world, entered.keep)?;
    let waker = seat.line().waker();
    let house = match &counter {
        Some(counter) => Some(OpenHouse::open(world, keep.shelf(), counter, Some(Arc::new(move || waker.wake())))?),
        None => None,
    };
    // Who sees the same part of the tree shares what is made of it.
    let sees = house.as_ref().map(|house| house.sees(&world.person));
    let reading = Arc::new(sees.unwrap_or_else(|| keep.reading().clone()));
    let company = house.as_ref().and_then(OpenHouse::company);
    let (company_heeds, waker) = (company.clone(), seat.line().waker());
    let listening = keep.shelf().listen(Arc::new(move |of| {
        if company_heeds.as_ref().is_none_or(|company| company.heeds(of)) {
            waker.wake();
        }
    }));
    seat.open(session::Opened { reading, counter: counter.clone(), place, company, told })?;
    let ended = catch_unwind(AssertUnwindSafe(|| seat.run()));
    let failed = seat.failed();
    // The terminal is given back before anything else is done or said.
    drop(seat);
    drop(listening);
    if let Some(house) = house {
        house.leave(world, ended.as_ref().ok().copied());
    }
    if let Some(counter) = counter {
        counter.close();
    }
    closed(world, keep, desk, &begin, ended.is_err(), failed)
}

/// Opens the store on a thread while the first frame stands; what is typed meanwhile waits at the seat.
fn opened_behind(world: &World, locked: Locked, seat: &mut Seat<TtyLine>) -> Result<(Keep, Vec<String>), Outcome> {
    let (waker, stop) = (seat.line().waker(), AtomicBool::new(false));
    let (tell, tells) = channel();
    thread::scope(|scope| {
        let opening = scope.spawn(|| {
            // Whatever becomes of it, the seat is woken.
            let opened = catch_unwind(AssertUnwindSafe(|| {
                let told = |text| {
                    let _ = tell.send(text);
                    waker.wake();
                };
                let mut progress = progress_on(world.lang, told);
                Keep::open_locked(world, locked, &mut |done, all| match progress(done, all) {
                    ControlFlow::Continue(()) if !stop.load(Ordering::Relaxed) => ControlFlow::Continue(()),
                    _ => ControlFlow::Break(()),
                })
            }));
            drop(tell);
            waker.wake();
            opened
        });
        seat.wait_for_store(&tells, &stop);
        let panicked = |_| Err(Outcome::NotKept(w::PANICKED.say(world.lang).to_owned()));
        opening.join().and_then(|opened| opened).unwrap_or_else(panicked)
    })
}

/// Takes the seat and draws what the last session has kept for it; nothing where not all of it is there.
fn first_frame(
    begin: &mut Begin,
    glimpse: &Glimpse,
    last: &LastPlace,
    clock: SystemClock,
    terminal: &mut Option<TtyLine>,
) -> Result<Option<Seat<TtyLine>>, Outcome> {
    let line = terminal.take().map_or_else(TtyLine::open, Ok)?;
    begin.size = line.size();
    let reading = seen(begin, &glimpse.shelf);
    let model = match begin.model(last.read(), false, &reading) {
        Ok(model) if glimpse.is_whole() => model,
        _ => {
            *terminal = Some(line);
            return Ok(None);
        }
    };
    let mut seat = seat(begin, line, model, clock, reading)?;
    seat.show_first();
    Ok(Some(seat))
}

/// Lists what is to be told at the beginning: of the settings, of the keys, of the opening.
pub(super) fn said(world: &World, keys: Option<String>, told: Vec<String>) -> Vec<String> {
    world.told.iter().map(|fault| settings_said(fault, world.lang)).chain(keys).chain(told).collect()
}

/// An open store, where the program is to begin, and what the opening tells.
pub(super) struct Entered {
    pub(super) keep: Keep,
    pub(super) at: Option<Place>,
    pub(super) told: Vec<String>,
}

/// Finds where the program is to begin: where somebody has said, or where the person was.
pub(super) fn entered(
    last: &LastPlace,
    (keep, told): (Keep, Vec<String>),
    target: Option<&Target>,
) -> Result<Entered, Outcome> {
    let before = last.read();
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

/// Seats the desk on its thread.
pub(super) fn opened(world: &World, mut keep: Keep) -> Result<Opened, Outcome> {
    let place = PlaceFile::of(&world.data, &world.person);
    let (counter, desk) = match keep.own().and_then(|store| store.desk.take()) {
        Some(desk) => {
            let (counter, thread) = Counter::open(desk, SystemClock::stamp)?;
            (Some(counter), Some(thread))
        }
        None => (None, None),
    };
    let place = counter.is_some().then_some(place);
    Ok(Opened { keep, counter, desk, place })
}

/// Takes the desk back and ends in order.
pub(super) fn closed(
    world: &World,
    mut keep: Keep,
    desk: Option<JoinHandle<Desk>>,
    begin: &Begin,
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
            if let Some(store) = keep.own() {
                store.desk = Some(desk);
            }
        }
        // Nothing is closed in order behind a desk that fell: the next start makes the records anew.
        Some(Err(_)) => return panic(),
    }
    if !panicked && !failed {
        let file = PlaceFile::of(&world.data, &world.person);
        if let Some(store) = keep.own() {
            store.keep_glimpse(&file, |shelf| begin.model(read_place(&file), false, &seen(begin, shelf)).map(drop));
        }
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
    let member = keep.reading().round(round.id)?.is_some_and(|round| round.branches.binary_search(&branch).is_ok());
    if !member {
        return Err(Outcome::Refused(w::R_NOT_IN_ROUND.say(keep.lang).to_owned()));
    }
    Ok(PlaceScreen::Walk { round: round.id, branch, item })
}
