//! Commands that are run within the process that serves a store, for somebody at a door: they work on its store, and
//! what they say goes to whoever asked.
//!
//! A command runs on one thread from its first word to its last; for whom it runs is that thread's.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::channel;

use clap::Parser as _;

use super::args::{BranchVerb, CalendarVerb, ChecklistVerb, Cli, KeyVerb, PersonVerb, Verb};
use super::out::print;
use super::{Outcome, run};
use crate::config::World;
use crate::domain::Request;
use crate::door::{Guest, Outlet};
use crate::hall::{Answer, Hall};
use crate::locales as w;
use crate::store::{Ack, Counter, DeskError};
use crate::text::printable;

struct Within {
    hall: Arc<Hall>,
    outlet: Box<dyn Outlet>,
}

thread_local! {
    static WITHIN: RefCell<Option<Within>> = const { RefCell::new(None) };
}

/// Says whether this thread runs a command for somebody at a door.
pub fn is_within() -> bool {
    WITHIN.with_borrow(Option::is_some)
}

/// Returns everybody who is in the process, where this thread runs a command within it.
pub fn hall() -> Option<Arc<Hall>> {
    WITHIN.with_borrow(|within| within.as_ref().map(|within| Arc::clone(&within.hall)))
}

/// Takes what is told on standard error; gives it back where nobody at a door has asked.
pub fn tell<T: std::fmt::Display>(text: T) -> Result<(), T> {
    WITHIN.with_borrow_mut(|within| match within {
        None => Err(text),
        Some(within) => {
            // Who does not read is told nothing; what the command does is done all the same.
            let _ = within.outlet.err(format!("{text}\n").as_bytes());
            Ok(())
        }
    })
}

/// Takes what is written to standard output, and waits until there is room for it at whoever has asked.
pub fn write(bytes: &[u8]) -> io::Result<usize> {
    WITHIN.with_borrow_mut(|within| match within {
        Some(within) => within.outlet.out(bytes).map(|()| bytes.len()),
        None => Err(io::ErrorKind::BrokenPipe.into()),
    })
}

/// Hands a command to the desk that others use too, and waits for its answer.
pub fn hand(counter: &Counter, request: Request) -> Result<Result<Ack, DeskError>, Outcome> {
    let (answer, answered) = channel();
    let handed = counter.hand(
        request,
        Box::new(move |said| {
            let _ = answer.send(said);
        }),
    );
    let gone = || Outcome::NotKept("the desk takes nothing".to_owned());
    if handed { answered.recv().map_err(|_| gone()) } else { Err(gone()) }
}

/// Makes what answers the words of whoever comes in.
pub fn answer(world: &World) -> Answer {
    let world = world.clone();
    Arc::new(move |hall, guest, words, outlet| {
        WITHIN.set(Some(Within { hall: Arc::clone(hall), outlet }));
        let _over = Over;
        answered(&world, guest, words)
    })
}

/// The end of a command, however it ends: its thread runs others.
struct Over;

impl Drop for Over {
    fn drop(&mut self) {
        drop(WITHIN.take());
    }
}

fn answered(world: &World, guest: &Guest, words: Vec<String>) -> u8 {
    let mut lang = guest.dress.lang.unwrap_or_default();
    let cli = match Cli::try_parse_from(std::iter::once("tijian".to_owned()).chain(words)) {
        Ok(cli) => cli,
        Err(fault) => {
            let text = fault.render().to_string();
            let shown = printable(text.trim_end_matches('\n')).into_owned();
            if fault.use_stderr() {
                super::outcome::tell(shown);
                return 2;
            }
            return print(&format!("{shown}\n")).map_or_else(|fault| fault.number(), |()| 0);
        }
    };
    let lang_asked = guest.dress.lang_asked || cli.ways.lang.is_some();
    lang = cli.ways.lang.unwrap_or(lang);
    let world = World { person: guest.person.clone(), lang, lang_asked, ..world.clone() };
    let done = match cli.command {
        _ if cli.ways.data.is_some() => Err(elsewhere(lang, "--data")),
        Some(verb) => match alone(&verb) {
            Some(name) => Err(elsewhere(lang, name)),
            None => run::act(&world, Some(verb)),
        },
        None => Err(Outcome::Refused(w::NOT_A_TERMINAL.say(lang).to_owned())),
    };
    match done.and_then(|text| print(&text)) {
        Ok(()) => 0,
        Err(outcome) => {
            super::outcome::tell(printable(&outcome.text(lang)));
            outcome.number()
        }
    }
}

fn elsewhere(lang: w::Lang, name: &str) -> Outcome {
    Outcome::Refused(w::DOOR_NO_WORDS.fill(lang, &[&name]))
}

/// Names a command that runs on the host alone: it reads or writes files there, or needs the store for itself.
pub fn alone(verb: &Verb) -> Option<&'static str> {
    match verb {
        Verb::Branch(BranchVerb::Import { .. }) => Some("branch import"),
        Verb::Checklist(ChecklistVerb::Check { .. }) => Some("checklist check"),
        Verb::Checklist(ChecklistVerb::Add { .. }) => Some("checklist add"),
        // What is compared may be files.
        Verb::Checklist(ChecklistVerb::Diff { .. }) => Some("checklist diff"),
        Verb::Calendar(CalendarVerb::Import { .. }) => Some("calendar import"),
        Verb::Person(PersonVerb::Key(KeyVerb::Add { text: None, .. })) => Some("person key add --file"),
        Verb::Inspect { .. } => Some("inspect"),
        Verb::Demo { .. } => Some("demo"),
        Verb::Rebuild => Some("rebuild"),
        Verb::Completions { .. } => Some("completions"),
        Verb::Selftest(_) => Some("selftest"),
        Verb::Serve(_) => Some("serve"),
        Verb::Attach(_) => Some("attach"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;
    use std::path::PathBuf;

    use clap::{Command, CommandFactory};

    use super::*;

    /// Lists the commands that take files.
    fn with_files(command: &Command, path: &str, found: &mut Vec<String>) {
        let file = |arg: &clap::Arg| arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
        if command.get_arguments().any(|arg| file(arg) && !arg.is_global_set()) {
            found.push(path.to_owned());
        }
        for below in command.get_subcommands() {
            with_files(below, format!("{path} {}", below.get_name()).trim(), found);
        }
    }

    #[test]
    fn no_command_reads_or_writes_a_file_of_the_host_for_somebody_at_a_door() {
        let mut found = Vec::new();
        with_files(&Cli::command(), "", &mut found);
        assert!(found.len() >= 5, "{found:?}");
        for path in found {
            let lines = [format!("tijian {path} some.file"), format!("tijian {path} some --file some.file")];
            let parsed = lines.iter().filter_map(|line| Cli::try_parse_from(line.split(' ')).ok());
            let extra = ["selftest child", "selftest verify", "checklist diff"];
            let named: Vec<_> = parsed.filter_map(|cli| cli.command.as_ref().and_then(alone)).collect();
            assert!(!named.is_empty() || extra.contains(&path.as_str()), "{path}");
        }
        // Words for which a path is only one of several meanings.
        let diff = Cli::try_parse_from(["tijian", "checklist", "diff", "a", "b"]).unwrap();
        assert!(diff.command.as_ref().and_then(alone).is_some());
    }
}
