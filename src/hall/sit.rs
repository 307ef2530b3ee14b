//! One session of somebody who came in by a door.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::thread::Builder;

use tracing::{error, info, warn};

use super::fitted::Fitted;
use super::roster::{Chair, NoRoom, Room};
use super::{Begin, Hall, Here};
use crate::app::keymaps::{self, BuiltIn};
use crate::app::{Action, Model, Moment, Place, PlaceScreen};
use crate::domain::{ItemId, Lang, PersonId, ReadFault, Reading, SharedReading};
use crate::door::{At, Dress, Guest, Parting, Refused, Way};
use crate::keys::Keymap;
use crate::locales as w;
use crate::session::{Clock, Company, Ended, LastPlace, Line, Seat, SeatStart, SystemClock, read_said};
use crate::store::PlaceFile;

/// The stack of a session's thread: drawing and reading need a part of it, and only what is touched costs memory.
const STACK: usize = 1 << 20;

/// What wakes a session, and what asks it to end.
type Calls = (Arc<dyn Fn() + Send + Sync>, Arc<dyn Fn() + Send + Sync>);

impl Hall {
    /// Seats somebody at a line, on a thread of its own.
    pub(super) fn sit(hall: &Arc<Self>, guest: Guest, way: Way) -> Result<(), Refused> {
        let calls = (Arc::clone(&way.wake), Arc::clone(&way.end));
        Self::enter(hall, guest, way, calls, |hall, guest, way, chair| {
            let Way { line, wake, over, seated, .. } = way;
            seated(chair.line);
            hall.kept(guest, over, chair, |hall, guest, chair| hall.seated(guest, line, wake, chair));
        })
    }

    /// Finds somebody a place and runs what they came for on a thread of its own; what cannot be goes back to the door.
    pub(super) fn enter<W: Send + 'static>(
        hall: &Arc<Self>,
        guest: Guest,
        way: W,
        (wake, end): Calls,
        run: fn(&Self, Guest, W, Chair),
    ) -> Result<(), Refused<W>> {
        let lang = guest.dress.lang.unwrap_or_default();
        if hall.stopping.load(Ordering::Relaxed) {
            return Err(Refused { way, why: w::DOOR_STOPPING.say(lang).to_owned() });
        }
        let (person, came, since) = (guest.person.clone(), guest.way.clone(), SystemClock::stamp());
        let here = Here { person, way: came, since, guest: true, resumes: guest.dress.resumes, wake, end };
        let room = Room { all: hall.settings.sessions, own: hall.settings.lines };
        let chair = match hall.roster.enter(here, room) {
            Ok(chair) => chair,
            Err(no) => {
                if hall.no_room.is_due(&guest.person) {
                    warn!(way = guest.way, person = guest.person.0, ?no, "no room");
                }
                let why = match no {
                    NoRoom::InAll(open) => w::DOOR_FULL.fill(lang, &[&open]),
                    NoRoom::Own(open) => w::DOOR_FULL_SELF.fill(lang, &[&open]),
                };
                return Err(Refused { way, why });
            }
        };
        hall.announce();
        info!(way = guest.way, person = guest.person.0, "in");
        // What is not handed over to the thread goes back to the door.
        let handed = Arc::new(Mutex::new(Some((guest, way, chair))));
        let (hall, taken) = (Arc::clone(hall), Arc::clone(&handed));
        let spawned = Builder::new().name("session".to_owned()).stack_size(STACK).spawn(move || {
            let taken = taken.lock().ok().and_then(|mut handed| handed.take());
            if let Some((guest, way, chair)) = taken {
                run(&hall, guest, way, chair);
            }
        });
        match spawned {
            Ok(_) => Ok(()),
            Err(fault) => {
                error!(%fault, "no thread for a session");
                let back = handed.lock().ok().and_then(|mut handed| handed.take());
                match back {
                    Some((_, way, _)) => Err(Refused { way, why: fault.to_string() }),
                    None => Ok(()),
                }
            }
        }
    }

    /// Runs a session and tells its line how it ended. What panics in there is that session's alone.
    pub(super) fn kept(
        &self,
        guest: Guest,
        over: Box<dyn FnOnce(Parting) + Send>,
        chair: Chair,
        run: impl FnOnce(&Self, Guest, &Arc<Chair>) -> Result<(Ended, bool), String>,
    ) {
        let lang = guest.dress.lang.unwrap_or_default();
        let (person, came) = (guest.person.clone(), guest.way.clone());
        let chair = Arc::new(chair);
        // The seat is made and dropped inside: whatever happens in there, the terminal is given back first.
        let ran = catch_unwind(AssertUnwindSafe(|| run(self, guest, &chair)));
        let parting = match ran {
            Ok(Ok((Ended::Left | Ended::Gone, false))) => Parting::Over(0, None),
            Ok(Ok((Ended::Left | Ended::Gone, true))) => Parting::Over(5, Some(w::NOT_SAVED.say(lang).to_owned())),
            Ok(Ok((Ended::Terminated, _))) => self.parting(lang),
            Ok(Err(why)) => {
                error!(way = came, person = person.0, "a session did not begin");
                Parting::Over(4, Some(why))
            }
            Err(_) => {
                error!(way = came, person = person.0, "a session panicked; the others go on");
                Parting::Over(70, Some(w::DOOR_LOST.say(lang).to_owned()))
            }
        };
        info!(way = came, person = person.0, "out");
        // Before the place is free again: who comes back at once finds what was left.
        over(parting);
        drop(chair);
    }

    /// Sits somebody down where they were, or where they want to be; says where their place is written down.
    pub(super) fn begun(
        &self,
        guest: Guest,
        size: (u16, u16),
        moment: Moment,
        chair: &Chair,
        reading: &dyn Reading,
    ) -> Result<(Begin, Model, PlaceFile), String> {
        let Guest { person, dress, at, .. } = guest;
        let lang = dress.lang.unwrap_or_default();
        let (file, before) = self.place(&person, chair.line, dress.resumes);
        let at = led(before, at.as_ref(), lang, reading).map_err(|fault| read_said(&fault, lang))?;
        let (keymap, told) = keymap(&dress);
        let begin = Begin {
            lang_asked: dress.lang_asked,
            person,
            lang,
            colour: dress.colour,
            wide: dress.wide,
            clipboard: dress.clipboard,
            remote: dress.remote,
            keymap,
            moment,
            size,
        };
        let mut model = begin.model(at, false, reading).map_err(|fault| read_said(&fault, lang))?;
        if told {
            model.tell_first(w::KEYS_FAULT.fill(lang, &[&"keys.toml", &1]));
        }
        Ok((begin, model, file))
    }

    /// Runs a session; answers how it ended, and whether something could not be kept.
    fn seated(
        &self,
        guest: Guest,
        line: Box<dyn Line + Send>,
        wake: Arc<dyn Fn() + Send + Sync>,
        chair: &Arc<Chair>,
    ) -> Result<(Ended, bool), String> {
        let line = Fitted::new(line, (self.settings.columns, self.settings.rows));
        let clock = SystemClock::new();
        let reading: SharedReading = Arc::new(self.reach.of(guest.person.clone()));
        let (begin, model, file) = self.begun(guest, line.size(), clock.moment(), chair, &*reading)?;
        let (company, waker) = (Arc::clone(chair), Arc::clone(&wake));
        let _listening = self.shelf.listen(Arc::new(move |of| {
            if company.heeds(of) {
                waker();
            }
        }));
        let look = begin.look(&model);
        let mut seat = Seat::new(SeatStart {
            line,
            model,
            look,
            reading,
            counter: Some(self.counter.clone()),
            wake,
            place: Some(file),
            clock: Box::new(clock),
            company: Some(Arc::<Chair>::clone(chair)),
            remote: begin.remote,
            probe: begin.wide.is_none(),
            clipboard: begin.clipboard,
        })
        .map_err(|fault| fault.to_string())?;
        seat.limit_paste(self.settings.paste_kib << 10);
        let ended = seat.run();
        Ok((ended, seat.failed()))
    }

    /// Names the file of a person's line, and reads where the person was last: at the line that goes on here, or at
    /// whichever of theirs that was.
    fn place(&self, person: &PersonId, line: usize, resumes: Option<usize>) -> (PlaceFile, Option<Place>) {
        let first = PlaceFile::of(&self.dir, person);
        let before = match resumes {
            Some(before) => first.line(before),
            None => first.newest(self.settings.lines),
        };
        let own = first.line(line);
        let place = LastPlace::new(before, own.clone()).read();
        (own, place)
    }
}

/// Leads to where the person has said, or to where they were.
fn led(before: Option<Place>, at: Option<&At>, lang: Lang, reading: &dyn Reading) -> Result<Option<Place>, ReadFault> {
    let Some(At { round, branch, item }) = at else { return Ok(before) };
    let round = reading.rounds()?.into_iter().find(|line| line.plan.code == *round);
    let branch = reading.branch_by_code(branch)?;
    let (Some(round), Some(branch)) = (round, branch) else { return Ok(before) };
    let screen = PlaceScreen::Walk { round: round.id, branch, item: item.clone().map(ItemId) };
    // What was half typed elsewhere waits there.
    Ok(Some(match before {
        Some(before) => before.led_to(screen),
        None => Place::new(lang, screen),
    }))
}

/// Reads the keys that a terminal has brought along; says whether they do not read and are left out.
fn keymap(dress: &Dress) -> (Arc<Keymap<Action>>, bool) {
    let built_in = dress.keymap.as_deref().and_then(BuiltIn::named).unwrap_or_default();
    match dress.keys.as_deref().map(|text| keymaps::layered(built_in, Some(text))) {
        None => (keymaps::shared(built_in), false),
        Some(Ok(map)) if keymaps::lost(&map).is_empty() => (Arc::new(map), false),
        Some(_) => (keymaps::shared(built_in), true),
    }
}
