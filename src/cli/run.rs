//! From the words of the command line to what they do.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use super::args::{Cli, Opening, Verb, Ways};
use super::attach::{self, Came};
use super::keep::{Keep, notice_line, progress};
use super::open::{self, Target};
use super::out::print;
use super::outcome::{settings_said, tell};
use super::{
    Outcome, analyse, branch, calendar, calibrate, checklist, demo, ledger, lint, lookback, person, policy, post,
    rectify, report, round, selftest, serve, show, within,
};
use crate::app::keymaps::{self, BuiltIn};
use crate::app::{Action, Scope};
use crate::config::{self, Asked, World};
use crate::domain::Reading;
use crate::keys::{Keymap, keys_name};
use crate::locales::{self as w, Lang};
use crate::session::PlainLine;
use crate::store::{FileJournal, Notice, OpenError, Store, verify};
use crate::text::printable;

/// Reads the command line; words that are not the program's are told, and answered with an exit code.
pub fn parse() -> Result<Cli, ExitCode> {
    if let Ok(Opening { ways }) = Opening::try_parse() {
        return Ok(Cli { ways, command: None });
    }
    Cli::try_parse().map_err(|fault| {
        if fault.use_stderr() {
            // What is told quotes the words as they came.
            tell(printable(fault.render().to_string().trim_end_matches('\n')));
            return ExitCode::from(2);
        }
        match fault.print() {
            Ok(()) => ExitCode::SUCCESS,
            Err(fault) => Outcome::from(fault).code(),
        }
    })
}

/// Runs the program and answers its exit code.
pub fn run(cli: Cli) -> ExitCode {
    let Cli { ways: Ways { data, lang, linear }, command } = cli;
    let asked = Asked { data, lang, linear };
    let mut spoken = config::spoken(&asked, &config::environment);
    if let Some(Verb::Selftest(verb)) = &command {
        return selftest::run(verb);
    }
    let done = config::read(&asked, &config::environment).map_err(Outcome::from).and_then(|world| {
        spoken = world.lang;
        // A screen that is about to cover standard error tells them itself.
        let screen = matches!(command, None | Some(Verb::Inspect { .. }));
        for fault in world.told.iter().filter(|_| !screen) {
            tell(settings_said(fault, world.lang));
        }
        match command.as_ref().and_then(|verb| attach::run_there(&world, verb, config::arguments())) {
            Some(there) => there.map(|()| String::new()),
            None => act(&world, command),
        }
    });
    let said = match done {
        Ok(text) => print(&text),
        Err(outcome) => Err(outcome),
    };
    match said {
        Ok(()) => ExitCode::SUCCESS,
        Err(outcome) => {
            tell(printable(&outcome.text(spoken)));
            outcome.code()
        }
    }
}

pub(super) fn act(world: &World, command: Option<Verb>) -> Result<String, Outcome> {
    match command {
        None => open::run(world, None).map(|()| String::new()),
        Some(Verb::Inspect { round, branch, item }) => {
            open::run(world, Some(&Target { round, branch, item })).map(|()| String::new())
        }
        Some(Verb::Branch(verb)) => branch::run(world, verb),
        Some(Verb::Checklist(verb)) => checklist::run(world, verb),
        Some(Verb::Round(verb)) => round::run(world, verb),
        Some(Verb::Person(verb)) => person::run(world, &verb),
        Some(Verb::Policy(verb)) => policy::run(world, &verb),
        Some(Verb::Post(verb)) => post::run(world, &verb),
        Some(Verb::Calendar(verb)) => calendar::run(world, &verb),
        Some(Verb::Analyse(args)) => analyse::run(world, &args),
        Some(Verb::Ledger(args)) => ledger::run(world, &args),
        Some(Verb::Overdue(args)) => ledger::overdue(world, &args),
        Some(Verb::Calibrate(verb)) => calibrate::run(world, &verb),
        Some(Verb::Lookback(verb)) => lookback::run(world, &verb),
        Some(Verb::Lint(args)) => lint::run(world, &args),
        Some(Verb::Rectify(verb)) => rectify::run(world, &verb),
        Some(Verb::Show(args)) => show::run(world, &args),
        Some(Verb::Report(verb)) => report::run(world, &verb),
        Some(Verb::Keys { map, page }) => keys(world, map.as_deref(), page),
        Some(Verb::Demo { branches, drafts, items }) => {
            let size = match items {
                Some(items) => demo::Size::Items(items),
                None if drafts => demo::Size::Drafts(branches),
                None => demo::Size::Branches(branches),
            };
            demo::run(world, size)
        }
        Some(Verb::Serve(args)) => serve::run(world, &args).map(|()| String::new()),
        Some(Verb::Attach(args)) => attached(world, args.claim).map(|()| String::new()),
        Some(Verb::Status { json }) => serve::status(world, json),
        Some(Verb::Verify) => verified(world),
        Some(Verb::Rebuild) => rebuild(world),
        Some(Verb::Completions { shell }) => Ok(completions(shell)),
        Some(Verb::Selftest(_)) => Ok(String::new()),
    }
}

/// Comes in to the process that owns the store, with the words of the log-in where it has brought some along.
fn attached(world: &World, claim: Option<String>) -> Result<(), Outcome> {
    let nobody = || Outcome::Store(w::STATUS_NOBODY.say(world.lang).to_owned());
    if let Some(words) = &world.ssh_words {
        let words = shlex::split(words).ok_or_else(|| Outcome::Refused(w::DOOR_QUOTES.say(world.lang).to_owned()))?;
        return attach::ask(world, words, claim).unwrap_or_else(|| Err(nobody()));
    }
    let mut plain = world.linear.then(PlainLine::open).transpose()?;
    if plain.is_none() && (!std::io::stdin().is_terminal() || !std::io::stdout().is_terminal()) {
        return Err(Outcome::Refused(w::NOT_A_TERMINAL.say(world.lang).to_owned()));
    }
    let mut held = attach::Held::default();
    loop {
        let came = match &mut plain {
            Some(line) => attach::talk(world, None, claim.clone(), line)?,
            None => attach::sit(world, None, claim.clone(), &mut held)?,
        };
        match came {
            Came::Over => return Ok(()),
            Came::Nobody => return Err(nobody()),
            // Whoever serves next is waited for; nobody else may own the store from here.
            Came::Lost | Came::Moving => attach::wait_for_owner(world),
        }
    }
}

/// The command line as a person knows it: what only outside tools use is no word of it.
fn shown() -> clap::Command {
    let whole = Cli::command();
    let known = clap::Command::new("tijian").version(env!("CARGO_PKG_VERSION")).args(whole.get_arguments().cloned());
    known.subcommands(whole.get_subcommands().filter(|verb| !verb.is_hide_set()).cloned())
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut shown(), "tijian", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

fn keys(world: &World, map: Option<&str>, page: bool) -> Result<String, Outcome> {
    if page {
        return Ok(keymaps::page());
    }
    let map = match map {
        None => {
            let (map, fault) = open::keymap(world);
            if let Some(fault) = fault {
                tell(printable(&fault));
            }
            map
        }
        Some(name) => {
            let known =
                BuiltIn::named(name).ok_or_else(|| Outcome::Refused(format!("{}: default, vim", printable(name))))?;
            keymaps::layered(known, None).unwrap_or_default()
        }
    };
    Ok(listed(&map, world.lang))
}

fn listed(map: &Keymap<Action>, lang: Lang) -> String {
    let mut out = String::new();
    for scope in Scope::ALL {
        out.push_str(&format!("[{}]  {}\n", scope.name(), scope.title().say(lang)));
        for (keys, action) in map.bindings(scope.name()) {
            out.push_str(&format!("  {:<12} {:<20} {}\n", keys_name(&keys), action.name(), action.word().say(lang)));
        }
    }
    out
}

fn verified(world: &World) -> Result<String, Outcome> {
    let keep = Keep::look(world)?;
    let reader = FileJournal::open_read_only(&world.data).map_err(OpenError::from)?.0;
    let mut tell = progress(world.lang);
    let head = keep.shelf().head();
    let found = verify(&*reader, &**keep.shelf().records(), &mut |seq| tell(seq, head))?;
    let beside = keep.looks_only() || within::is_within();
    keep.close()?;
    if beside {
        // The records belong to who works in the store; what was compared here came from the journal itself.
        return Ok(format!("{}\n", w::CHAIN_HOLDS_ALONE.fill(world.lang, &[&found.entries])));
    }
    if found.differing.is_empty() {
        return Ok(format!("{}\n", w::CHAIN_HOLDS.fill(world.lang, &[&found.entries, &found.records])));
    }
    let named: Vec<String> = found.differing.iter().take(20).map(|name| format!("  {name}\n")).collect();
    let said = w::RECORDS_DIFFER.fill(world.lang, &[&found.differing.len()]);
    Err(Outcome::Damaged(format!("{}{said}", named.concat())))
}

fn rebuild(world: &World) -> Result<String, Outcome> {
    let mut shown = progress(world.lang);
    let done = Store::rebuild(&world.data, &world.person.0, &mut shown)?;
    if let Some(cut) = done.cut {
        tell(notice_line(&Notice::TailCut(cut), world.lang));
    }
    Ok(format!("{}\n", w::REBUILT_TO.fill(world.lang, &[&done.last])))
}
