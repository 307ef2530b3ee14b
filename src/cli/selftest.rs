//! Trials that outside tools drive: write numbered records and say which are on the disk, then say whether they are.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;

use super::args::SelftestVerb;
use super::outcome::tell;
use crate::domain::{BranchCommand, BranchFacts, BranchId, Command, PersonId, Reading, Request, Rev};
use crate::session::SystemClock;
use crate::store::{Store, StoreLock};

/// Runs a trial.
pub fn run(verb: &SelftestVerb) -> ExitCode {
    match verb {
        SelftestVerb::Child { dir, start } => child(dir, *start),
        SelftestVerb::Verify { dir, n } => verify(dir, *n),
    }
}

const REFUSED: u8 = 12;

fn refused(why: &dyn std::fmt::Display) -> ExitCode {
    tell(crate::text::printable(&why.to_string()));
    ExitCode::from(REFUSED)
}

fn open(dir: &Path) -> Result<Store, ExitCode> {
    let opened = Store::open(dir, "selftest", "selftest", &mut |_, _| ControlFlow::Continue(()));
    opened.map(|opened| opened.store).map_err(|fault| refused(&fault))
}

/// Makes the content of record `n`: everything in it follows from the number, so that a wrong value shows.
fn record(n: u64) -> BranchFacts {
    let mark = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    BranchFacts {
        code: format!("N{n}"),
        name: format!("第{n}支部 {mark:016x}"),
        all_members: u16::try_from(mark % 50_000).ok(),
        ..BranchFacts::default()
    }
}

fn id_of(n: u64) -> BranchId {
    BranchId(u32::try_from(n + 1).unwrap_or(u32::MAX))
}

fn child(dir: &Path, start: u64) -> ExitCode {
    let mut store = match open(dir) {
        Ok(store) => store,
        Err(code) => return code,
    };
    let Some(desk) = store.desk.as_mut() else { return refused(&"the folder is read-only") };
    let by = PersonId("selftest".to_owned());
    for n in start.. {
        let command = Command::Branch(id_of(n), BranchCommand::Add(record(n)));
        let request = Request { by: by.clone(), saw: Rev(u64::MAX), command };
        match desk.step(SystemClock::stamp(), vec![request]).pop() {
            Some(Ok(_)) => {}
            Some(Err(fault)) => return refused(&fault),
            None => return refused(&"no answer"),
        }
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{n}").and_then(|()| out.flush()).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

fn verify(dir: &Path, n: u64) -> ExitCode {
    if !dir.join("journal.jsonl").exists() && n > 0 && StoreLock::take(dir, "selftest").is_ok() {
        tell("there is no journal");
        return ExitCode::from(10);
    }
    let store = match open(dir) {
        Ok(store) => store,
        Err(code) => return code,
    };
    for number in 0..n {
        match store.shelf.branch(id_of(number)) {
            Err(fault) => return refused(&fault),
            Ok(None) => {
                tell(format_args!("{number} is lost"));
                return ExitCode::from(10);
            }
            Ok(Some(found)) if found.facts != record(number) => {
                tell(format_args!("{number} is wrong"));
                return ExitCode::from(11);
            }
            Ok(Some(_)) => {}
        }
    }
    ExitCode::SUCCESS
}
