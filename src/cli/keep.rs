//! What every command shares: an open store, its words, and handing commands to the desk.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::outcome::tell;
use super::{Outcome, within};
use crate::config::World;
use crate::domain::{
    BranchId, Command, EditionLine, Lang, PersonId, Reached, Reading, Request, Rev, RoundId, RoundLine, Seq, Stamp,
    access, newest,
};
use crate::import::checklist::{BUILTIN, builtin};
use crate::locales as w;
use crate::session::{SystemClock, records_said};
use crate::store::{
    Ack, Counter, DeskError, FollowError, JournalError, LockError, Locked, Notice, OpenError, Progress, RecordsError,
    Shelf, Store,
};
use crate::text::{clean_line, printable, respell, shown};

/// A store that a command works on.
pub struct Keep {
    access: Access,
    shelf: Arc<Shelf>,
    /// Who acts.
    pub person: PersonId,
    /// The language.
    pub lang: Lang,
    reading: Reached,
    boot: String,
}

/// By what right a command works on a store.
enum Access {
    /// This command has opened it.
    Own(Box<Store>),
    /// It runs within the process that serves the store.
    Within(Counter),
}

impl Keep {
    fn of(store: Store, world: &World, boot: String) -> Self {
        let shelf = Arc::clone(&store.shelf);
        Self::with(Access::Own(Box::new(store)), shelf, world, boot)
    }

    fn with(access: Access, shelf: Arc<Shelf>, world: &World, boot: String) -> Self {
        let (person, lang) = (world.person.clone(), world.lang);
        let all: Arc<Shelf> = Arc::clone(&shelf);
        let reading = Reached::alone(all, person.clone());
        Self { access, shelf, person, lang, reading, boot }
    }

    /// Opens the store of the world's data folder; what the opening tells goes to standard error.
    pub fn open(world: &World) -> Result<Self, Outcome> {
        if let Some(hall) = within::hall() {
            let (shelf, counter) = (Arc::clone(hall.shelf()), hall.counter().clone());
            let reading = hall.sees(&world.person);
            return Ok(Self { reading, ..Self::with(Access::Within(counter), shelf, world, String::new()) });
        }
        let (keep, told) = Self::open_told(world)?;
        for line in told {
            tell(line);
        }
        Ok(keep)
    }

    /// Opens the store and answers what the opening tells, for a screen that is about to cover standard error.
    pub fn open_told(world: &World) -> Result<(Self, Vec<String>), Outcome> {
        Self::open_locked(world, Locked::take(&world.data, &world.person.0)?, &mut progress(world.lang))
    }

    /// Opens the store behind a lock that is taken already.
    pub fn open_locked(world: &World, locked: Locked, progress: Progress<'_>) -> Result<(Self, Vec<String>), Outcome> {
        let opened = locked.open(&world.boot, progress)?;
        let mut told: Vec<String> = opened.notices.iter().map(|notice| notice_line(notice, world.lang)).collect();
        let mut keep = Self::of(opened.store, world, world.boot.clone());
        keep.keep_builtin()?;
        told.extend(keep.stranger()?);
        Ok((keep, told))
    }

    /// Opens the store to look at it: beside somebody who works in it, and on a full disk, what is true now is read from
    /// the journal alone.
    pub fn look(world: &World) -> Result<Self, Outcome> {
        match Self::open(world) {
            Err(Outcome::Open(
                OpenError::Lock(LockError::Held { .. })
                | OpenError::Journal(JournalError::Full)
                | OpenError::Records(RecordsError::Full)
                | OpenError::Follow(FollowError::Records(RecordsError::Full)),
            )) => {
                let opened = Store::open_read_only(&world.data, &mut progress(world.lang))?;
                let keep = Self::of(opened.store, world, String::new());
                keep.stranger()?.into_iter().for_each(tell);
                Ok(keep)
            }
            opened => opened,
        }
    }

    /// Keeps the built-in checklist as an edition of the store, so that a later version of the program still has it.
    fn keep_builtin(&mut self) -> Result<(), Outcome> {
        if self.looks_only() || self.shelf().editions()?.iter().any(|line| line.id == BUILTIN) {
            return Ok(());
        }
        let by = PersonId(access::PROGRAM.to_owned());
        self.submit_as(by, Rev(0), Command::AddEdition(BUILTIN, Box::new(builtin().clone()))).map(drop)
    }

    /// Says why somebody sees nothing whom the house does not know.
    fn stranger(&self) -> Result<Option<String>, Outcome> {
        let (facts, alone) = self.shelf().person(&self.person)?;
        let unknown = facts.is_none() && !alone;
        Ok(unknown.then(|| w::STRANGER.fill(self.lang, &[&printable(&self.person.0)])))
    }

    /// Returns all that is true now, whoever looks.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Says whether the store takes no changes of this command.
    pub fn looks_only(&self) -> bool {
        match &self.access {
            Access::Own(store) => store.desk.is_none(),
            Access::Within(_) => false,
        }
    }

    /// Returns the store that this command has opened.
    pub fn own(&mut self) -> Option<&mut Store> {
        match &mut self.access {
            Access::Own(store) => Some(store),
            Access::Within(_) => None,
        }
    }

    /// Hands commands to the desk with one sync, and waits for the answers.
    fn step(&mut self, at: Stamp, requests: Vec<Request>) -> Result<Vec<Result<Ack, DeskError>>, Outcome> {
        match &mut self.access {
            Access::Own(store) => {
                let Some(desk) = store.desk.as_mut() else { return Err(DeskError::ReadOnly.into()) };
                Ok(desk.step(at, requests))
            }
            Access::Within(counter) => requests.into_iter().map(|request| within::hand(counter, request)).collect(),
        }
    }

    /// Returns what the person sees.
    pub const fn reading(&self) -> &Reached {
        &self.reading
    }

    /// Hands a command to the desk and waits for the disk.
    pub fn submit(&mut self, saw: Rev, command: Command) -> Result<Ack, Outcome> {
        self.submit_as(self.person.clone(), saw, command)
    }

    fn submit_as(&mut self, by: PersonId, saw: Rev, command: Command) -> Result<Ack, Outcome> {
        self.submit_at(SystemClock::stamp(), by, saw, command)
    }

    /// Hands over a command that is said to have been given at a moment: practice data have a past.
    pub fn submit_at(&mut self, at: Stamp, by: PersonId, saw: Rev, command: Command) -> Result<Ack, Outcome> {
        let answer = self.step(at, vec![Request { by, saw, command }])?.pop();
        Ok(answer.unwrap_or(Err(DeskError::ReadOnly))?)
    }

    /// Hands over several commands with one sync; the first that is refused is answered.
    pub fn submit_all_at(&mut self, at: Stamp, requests: Vec<Request>) -> Result<(), Outcome> {
        let mut answers = self.step(at, requests)?.into_iter();
        answers.find_map(Result::err).map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// Hands over several commands with one sync; each has its own answer.
    pub fn submit_each(&mut self, at: Stamp, requests: Vec<Request>) -> Result<Vec<Result<Ack, DeskError>>, Outcome> {
        self.step(at, requests)
    }

    /// Ends in order.
    pub fn close(self) -> Result<(), Outcome> {
        let lang = self.lang;
        match self.access {
            Access::Own(store) => {
                drop(self.shelf);
                match store.close(&self.boot) {
                    // The journal has every change that was acknowledged, and the next start makes the records follow:
                    // a disk that has no room for them takes nothing back.
                    Ok(()) | Err(RecordsError::Full) => Ok(()),
                    Err(fault) => Err(Outcome::NotKept(records_said(&fault, lang))),
                }
            }
            Access::Within(_) => Ok(()),
        }
    }

    /// Finds a branch by its code.
    pub fn branch(&self, code: &str) -> Result<BranchId, Outcome> {
        let found = self.reading.branch_by_code(code)?;
        found.ok_or_else(|| Outcome::Refused(w::NO_SUCH_CODE.fill(self.lang, &[&printable(code)])))
    }

    /// Finds a round by its code.
    pub fn round(&self, code: &str) -> Result<RoundLine, Outcome> {
        let found = self.reading.rounds()?.into_iter().find(|line| line.plan.code == code);
        found.ok_or_else(|| Outcome::Refused(format!("{} {}", w::R_NO_ROUND.say(self.lang), printable(code))))
    }

    /// Finds a checklist text by the first digits of its hash or what its author calls it; the newest without a name.
    pub fn edition(&self, name: Option<&str>) -> Result<EditionLine, Outcome> {
        let editions = self.reading.editions()?;
        let found = match name {
            None => newest(&editions),
            Some(name) => {
                let matches = |line: &&EditionLine| {
                    line.edition == name || (name.len() >= 4 && line.id.to_string().starts_with(name))
                };
                editions.iter().find(matches)
            }
        };
        found.cloned().ok_or_else(|| Outcome::Refused(w::R_NO_EDITION.say(self.lang).to_owned()))
    }

    /// Returns the number that the next round gets.
    pub fn next_round(&self) -> Result<RoundId, Outcome> {
        Ok(self.reading.next_round()?)
    }

    /// Returns the revision of a round.
    pub fn round_rev(&self, id: RoundId) -> Result<Rev, Outcome> {
        Ok(self.reading.round(id)?.map_or(Rev(0), |round| round.rev))
    }
}

/// Composes a text from the command line; one with characters that steer stays as it is, for the rules to refuse.
pub fn entered(text: &str) -> String {
    if shown(text) == text { clean_line(text, usize::MAX).text } else { text.to_owned() }
}

impl Keep {
    /// Reads a post of the command line: as the house spells it, where it knows it.
    pub fn post(&self, text: &str) -> Result<String, Outcome> {
        let mut post = entered(text);
        respell(&mut post, self.shelf().house()?.posts.iter());
        Ok(post)
    }
}

/// Shows how far a long opening is, on standard error.
pub fn progress(lang: Lang) -> impl FnMut(Seq, Seq) -> ControlFlow<()> {
    progress_on(lang, tell)
}

/// Shows how far a long opening is, where `tell` tells it.
pub fn progress_on(lang: Lang, mut tell: impl FnMut(String)) -> impl FnMut(Seq, Seq) -> ControlFlow<()> {
    let mut shown = 0;
    move |done, all| {
        // Short work says nothing; long work says each twentieth.
        let part = if all.0 > 20_000 { done.0 * 20 / all.0.max(1) } else { 0 };
        if part > shown {
            shown = part;
            tell(format!("{} {}%", w::REBUILDING.say(lang), part * 5));
        }
        ControlFlow::Continue(())
    }
}

/// Says a notice of the opening.
pub fn notice_line(notice: &Notice, lang: Lang) -> String {
    match notice {
        Notice::TailCut(cut) => w::N_TAIL_CUT.fill(lang, &[&cut.bytes]),
        Notice::JournalShort { has, had } => w::N_JOURNAL_SHORT.fill(lang, &[has, had]),
        Notice::Rebuilt { why, aside: Some(aside) } => {
            w::N_REBUILT_ASIDE.fill(lang, &[&printable(why), &printable(&aside.display().to_string())])
        }
        Notice::Rebuilt { why, aside: None } => w::N_REBUILT.fill(lang, &[&printable(why)]),
        Notice::ReadOnly => w::READ_ONLY.say(lang).to_owned(),
    }
}
