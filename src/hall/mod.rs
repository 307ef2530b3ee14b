//! The hall: the one process that owns a store, and everybody who is in it at once.
//!
//! Each session runs on a thread of its own between its line and the desk. What one of them does to itself, a slow line,
//! a fault, a panic, stays its own.

mod accounts;
mod begin;
mod fitted;
mod log;
mod outlet;
mod roster;
mod sit;
mod status;
mod talk;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tracing::{error, info};

pub use begin::Begin;
pub use log::{LogFile, keep_log, log_door};
pub use roster::{Chair, Here, Member, NoRoom, Room, Roster};
pub use status::Status;

use crate::config::ServeFile;
use crate::domain::{Lang, PersonId, Reach, Reached, Reading};
use crate::door::{Guest, Host, Outlet, Parting, Refused, TalkWay, Way};
use crate::locales as w;
use crate::store::{Counter, Shelf};

/// Answers the words of a command within this process, and says the exit code.
pub type Answer = Arc<dyn Fn(&Arc<Hall>, &Guest, Vec<String>, Box<dyn Outlet>) -> u8 + Send + Sync>;

/// What a hall is opened with.
pub struct HallStart {
    /// What is read.
    pub shelf: Arc<Shelf>,
    /// The way to the desk.
    pub counter: Counter,
    /// The data folder.
    pub dir: PathBuf,
    /// Who owns the process: anybody else of the same account is taken for them, since nothing keeps the two apart.
    pub owner: PersonId,
    /// What the operator has set.
    pub settings: ServeFile,
    /// Answers commands.
    pub answer: Answer,
}

/// The one process that owns a store, and everybody in it.
pub struct Hall {
    shelf: Arc<Shelf>,
    /// What each of them sees.
    reach: Arc<Reach>,
    counter: Counter,
    dir: PathBuf,
    owner: PersonId,
    settings: ServeFile,
    answer: Answer,
    roster: Arc<Roster>,
    no_room: log::Seldom,
    /// Whether the log says that others are served.
    announced: AtomicBool,
    stopping: AtomicBool,
    moving: AtomicBool,
}

impl Hall {
    /// Opens a hall, in which nobody is yet.
    pub fn open(start: HallStart) -> Arc<Self> {
        let HallStart { shelf, counter, dir, owner, settings, answer } = start;
        let all: Arc<Shelf> = Arc::clone(&shelf);
        let (reach, roster, no_room) = (Reach::over(all), Arc::default(), log::Seldom::default());
        let [announced, stopping, moving] = [(); 3].map(|()| AtomicBool::new(false));
        Arc::new(Self {
            shelf,
            reach,
            counter,
            dir,
            owner,
            settings,
            answer,
            roster,
            no_room,
            announced,
            stopping,
            moving,
        })
    }

    /// Returns who is in.
    pub fn roster(&self) -> &Arc<Roster> {
        &self.roster
    }

    /// Returns what a person sees of all that is true now.
    pub fn sees(&self, person: &PersonId) -> Reached {
        self.reach.of(person.clone())
    }

    /// Returns all that is true now, whoever may see it.
    pub const fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Returns the way to the desk.
    pub const fn counter(&self) -> &Counter {
        &self.counter
    }

    /// Has the log say, once, that others are served from now on.
    pub fn announce(&self) {
        if !self.announced.swap(true, Ordering::Relaxed) {
            info!(pid = std::process::id(), version = env!("CARGO_PKG_VERSION"), head = self.shelf.head().0, "start");
        }
    }

    /// Waits until nobody is in, or somebody has ended the wait.
    pub fn wait_until_empty(&self) {
        self.roster.wait_until_empty(None);
    }

    /// Ends every session in order; each person is told. Whoever has not left by then is left behind.
    pub fn close(&self) {
        self.end();
        self.roster.wait_until_empty(Some(Duration::from_secs(5)));
        if self.announced.swap(false, Ordering::Relaxed) {
            info!(left = self.roster.guests(), head = self.shelf.head().0, "stop");
        }
    }

    /// Ends every session in order for another process that takes this one's place: each person goes on there.
    pub fn hand_over(&self) {
        self.moving.store(true, Ordering::Relaxed);
        self.close();
    }

    /// Asks every session to end, and lets nobody in any more.
    pub fn end(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.roster.end_all();
    }

    /// Says how a session parts that was asked to end.
    fn parting(&self, lang: Lang) -> Parting {
        if self.moving.load(Ordering::Relaxed) {
            return Parting::Moving;
        }
        Parting::Over(0, Some(w::DOOR_STOPPING.say(lang).to_owned()))
    }
}

/// The hall behind the doors.
#[derive(Clone)]
pub struct Reception(pub Arc<Hall>);

impl Host for Reception {
    fn keyholder(&self, key: &str) -> Option<PersonId> {
        self.0.keyholder(key)
    }

    fn account(&self, uid: u32, claim: Option<&str>, lang: Lang) -> Result<PersonId, String> {
        self.0.account(uid, claim, lang)
    }

    fn sit(&self, guest: Guest, way: Way) -> Result<(), Refused> {
        Hall::sit(&self.0, guest, way)
    }

    fn talk(&self, guest: Guest, way: TalkWay) -> Result<(), Refused<TalkWay>> {
        Hall::talk(&self.0, guest, way)
    }

    fn answer(&self, guest: &Guest, words: Vec<String>, outlet: Box<dyn Outlet>) -> u8 {
        let (hall, lang) = (&self.0, guest.dress.lang.unwrap_or_default());
        let mut outlet = outlet::Kept::new(outlet);
        if hall.stopping.load(Ordering::Relaxed) {
            outlet.tell(w::DOOR_STOPPING.say(lang));
            return 3;
        }
        let said = Box::new(outlet.clone());
        let answered = catch_unwind(AssertUnwindSafe(|| {
            for word in &words {
                fitted::fall(word.as_bytes());
            }
            (hall.answer)(hall, guest, words, said)
        }));
        answered.unwrap_or_else(|_| {
            error!(way = guest.way, person = guest.person.0, "a command panicked; the others go on");
            outlet.tell(w::DOOR_LOST.say(lang));
            70
        })
    }
}
