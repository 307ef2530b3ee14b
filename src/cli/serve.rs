//! Serving others: the process that owns the store, with a terminal of its own or without.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use super::args::ServeArgs;
use super::keep::{Keep, progress};
use super::outcome::tell;
use super::{Outcome, attach, ssh, within};
use crate::config::World;
use crate::domain::{PersonId, Reached, Reading, Role, Stamp};
use crate::door::frame::FROM_TERMINAL;
use crate::door::{Pace, SocketDoor, SocketFile, SocketLimits};
use crate::hall::{Chair, Hall, HallStart, Here, LogFile, Reception, Room, Status, keep_log};
use crate::locales::{self as w, Lang};
use crate::session::{Clock as _, Company, Ended, SystemClock, on_stop};
use crate::store::{Counter, LockError, Locked, OpenError, Shelf};
use crate::text::printable;

/// A store whose process lets others in.
pub struct OpenHouse {
    hall: Arc<Hall>,
    door: Option<SocketDoor>,
    chair: Option<Arc<Chair>>,
}

impl OpenHouse {
    /// Lets others in. `wake` is the session's at this process's own terminal, where it has one; without a socket that
    /// session goes on alone.
    pub fn open(
        world: &World,
        shelf: &Arc<Shelf>,
        counter: &Counter,
        wake: Option<Arc<dyn Fn() + Send + Sync>>,
    ) -> Result<Self, Outcome> {
        let serve = &world.file.serve;
        keep_log(LogFile::of(&world.data, serve.log_days, (serve.log_mib as u64) << 20));
        let hall = Hall::open(HallStart {
            shelf: Arc::clone(shelf),
            counter: counter.clone(),
            dir: world.data.clone(),
            owner: world.person.clone(),
            settings: serve.clone(),
            answer: within::answer(world),
        });
        let own = wake.is_some();
        let chair = wake.and_then(|wake| {
            let here = Here {
                person: world.person.clone(),
                way: "terminal".to_owned(),
                since: SystemClock::stamp(),
                guest: false,
                resumes: None,
                wake,
                end: Arc::new(|| {}),
            };
            let room = Room { all: serve.sessions, own: serve.lines };
            hall.roster().enter(here, room).ok().map(Arc::new)
        });
        let door = match door(world, &hall) {
            Ok(door) => Some(door),
            // Nobody can come in, and who sits here already loses nothing by it.
            Err(_) if own => None,
            Err(fault) => return Err(fault),
        };
        Ok(Self { hall, door, chair })
    }

    /// Returns what a person sees of the store.
    pub fn sees(&self, person: &PersonId) -> Reached {
        self.hall.sees(person)
    }

    /// Returns the company of the session at this process's own terminal.
    pub fn company(&self) -> Option<Arc<dyn Company>> {
        self.chair.clone().map(|chair| chair as Arc<dyn Company>)
    }

    /// Ends the session at this process's own terminal, and serves whoever else is in as that demands.
    pub fn leave(mut self, world: &World, ended: Option<Ended>) {
        self.chair = None;
        let guests = self.hall.roster().guests();
        match ended {
            Some(Ended::Left) if guests > 0 => {
                tell(w::SERVING_ON.fill(world.lang, &[&guests]));
                self.hand_over(world);
            }
            // Its terminal has gone, or what ran at it has failed: that ends nobody else's session.
            Some(Ended::Gone) | None if guests > 0 => {
                let hall = Arc::clone(&self.hall);
                if on_stop(move || hall.end()).is_ok() {
                    self.hall.wait_until_empty();
                }
            }
            Some(Ended::Left | Ended::Gone | Ended::Terminated) | None => {}
        }
        self.close();
    }

    /// Lets a process without a terminal take this one's place.
    fn hand_over(&mut self, world: &World) {
        // Nobody comes in here any more; whoever is in is led to the next one.
        self.door = None;
        let next = std::env::current_exe().and_then(|program| {
            let mut next = Command::new(program);
            next.arg("--data").arg(&world.data).args(["serve", "--until-empty"]).current_dir("/");
            next.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            std::os::unix::process::CommandExt::process_group(&mut next, 0);
            next.env("TIJIAN_PERSON", &world.person.0).spawn()
        });
        if next.is_ok() {
            self.hall.hand_over();
        }
    }

    fn close(self) {
        drop(self.door);
        self.hall.close();
    }
}

fn door(world: &World, hall: &Arc<Hall>) -> Result<SocketDoor, Outcome> {
    let serve = &world.file.serve;
    let group = match &serve.group {
        None => None,
        Some(name) => {
            let known = uzers::get_group_by_name(name).map(|group| group.gid());
            Some(known.ok_or_else(|| Outcome::Refused(w::NO_SUCH_GROUP.fill(world.lang, &[&printable(name)])))?)
        }
    };
    let file = SocketFile { path: attach::socket(world), group, shared: group.is_some() };
    let limits = SocketLimits {
        unheard: serve.unheard,
        hello: Duration::from_secs(serve.hello_seconds),
        hello_bytes: serve.hello_kib << 10,
        commands: serve.commands,
        words: serve.words,
        delivery: SocketLimits::default().delivery,
        pace: Pace { second: serve.input_kib << 10, burst: (serve.paste_kib << 10) + FROM_TERMINAL },
    };
    let opened = SocketDoor::open(&file, limits, Arc::new(Reception(Arc::clone(hall))));
    opened.map_err(|fault| Outcome::Store(w::NO_SOCKET.fill(world.lang, &[&fault])))
}

/// How long somebody may take to come, before a process that ends with the last one has waited for nobody.
const NOBODY: Duration = Duration::from_secs(10);

/// Serves until it is told to stop, or until nobody is in.
pub fn run(world: &World, args: &ServeArgs) -> Result<(), Outcome> {
    let clock = SystemClock::new();
    let locked = loop {
        match Locked::take(&world.data, &world.person.0) {
            Err(OpenError::Lock(LockError::Held { .. })) if args.until_empty && clock.ticks() < attach::NEXT_OWNER => {
                attach::wait_a_little();
            }
            taken => break taken?,
        }
    };
    let (mut keep, told) = Keep::open_locked(world, locked, &mut progress(world.lang))?;
    told.into_iter().for_each(tell);
    let Some(desk) = keep.own().and_then(|store| store.desk.take()) else {
        return Err(Outcome::Store(w::READ_ONLY.say(world.lang).to_owned()));
    };
    let (counter, desk) = Counter::open(desk, SystemClock::stamp)?;
    let house = OpenHouse::open(world, keep.shelf(), &counter, None)?;
    house.hall.announce();
    tell(w::SERVING.fill(world.lang, &[&printable(&attach::socket(world).display().to_string())]));
    let door = match args.ssh.or(world.file.serve.ssh.address).filter(|_| !args.until_empty) {
        Some(address) => Some(ssh::open(world, address, Arc::new(Reception(Arc::clone(&house.hall))))?),
        None => None,
    };
    if let Some(door) = &door {
        tell(w::SERVING_SSH.fill(world.lang, &[&door.address(), &door.fingerprint()]));
    }
    serve(&house.hall, args)?;
    // The people are told first; then the doors go.
    house.close();
    drop(door);
    counter.close();
    let panicked = || Outcome::NotKept(w::PANICKED.say(world.lang).to_owned());
    let desk = desk.join().map_err(|_| panicked())?;
    let stopped = desk.stopped();
    if let Some(store) = keep.own() {
        store.desk = Some(desk);
    }
    keep.close()?;
    if stopped { Err(Outcome::NotKept(w::NOT_SAVED.say(world.lang).to_owned())) } else { Ok(()) }
}

fn serve(hall: &Arc<Hall>, args: &ServeArgs) -> Result<(), Outcome> {
    let (stop, stopped) = std::sync::mpsc::channel();
    let ending = Arc::clone(hall);
    on_stop(move || {
        ending.end();
        let _ = stop.send(());
    })?;
    if !args.until_empty {
        let _ = stopped.recv();
        return Ok(());
    }
    hall.roster().wait_for_guest(NOBODY);
    loop {
        hall.wait_until_empty();
        // Who has changed lines comes again at once.
        if stopped.recv_timeout(Duration::from_secs(1)).is_ok() || hall.roster().guests() == 0 {
            return Ok(());
        }
    }
}

/// Says how the process is that serves the store.
pub fn status(world: &World, json: bool) -> Result<String, Outcome> {
    if let Some(hall) = within::hall() {
        let house = hall.shelf().house()?;
        let mut status = hall.status();
        if house.actor(&world.person).role() != Role::Admin {
            // How many are in is everybody's to know; who they are is the office's.
            status.sessions.retain(|line| line.person == world.person);
            status.all = false;
        }
        return if json { Ok(format!("{}\n", object(&status))) } else { Ok(listed(&status, world.lang)) };
    }
    let words = if json { vec!["status".to_owned(), "--json".to_owned()] } else { vec!["status".to_owned()] };
    match attach::ask(world, words, None) {
        Some(asked) => asked.map(|()| String::new()),
        None => Err(Outcome::Store(w::STATUS_NOBODY.say(world.lang).to_owned())),
    }
}

fn object(status: &Status) -> String {
    serde_json::to_string(status).unwrap_or_default()
}

fn listed(status: &Status, lang: Lang) -> String {
    let mib = |bytes: u64| bytes >> 20;
    let mut out = format!("{}\n", w::STATUS_HEAD.fill(lang, &[&status.pid, &status.version]));
    let journal = [&status.head.0 as &dyn std::fmt::Display, &mib(status.journal), &mib(status.left), &status.waiting];
    out.push_str(&format!("{}\n", w::STATUS_JOURNAL.fill(lang, &journal)));
    out.push_str(&format!("{}\n", w::STATUS_SESSIONS.fill(lang, &[&status.open, &status.most])));
    for line in &status.sessions {
        out.push_str(&format!("  {}  {}  {}\n", since(line.since), line.person, line.way));
    }
    if !status.all {
        out.push_str(&format!("{}\n", w::STATUS_OWN.say(lang)));
    }
    out
}

fn since(stamp: Stamp) -> String {
    w::clock(stamp)
}
