//! kill -9, three hundred times and more: every acknowledged change is there afterwards.

mod terminal;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use terminal::PROGRAM;

fn verify(dir: &Path, n: u64) -> i32 {
    let done = Command::new(PROGRAM).args(["selftest", "verify"]).arg(dir).arg(n.to_string()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code().is_some(), "{said}");
    done.status.code().unwrap()
}

/// Lets a child write from `start` on, reads `lines` acknowledgements, kills it, and returns the next number.
/// A child whose first number is there already goes behind it.
fn killed_after(dir: &Path, start: u64, lines: u64) -> u64 {
    let mut child = Command::new(PROGRAM)
        .args(["selftest", "child"])
        .arg(dir)
        .arg(start.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut last = None;
    for _ in 0..lines {
        match said.next() {
            Some(Ok(line)) => last = line.parse::<u64>().ok(),
            _ => break,
        }
    }
    child.kill().unwrap();
    // What it had said before the kill counts too.
    for line in said.map_while(Result::ok) {
        last = line.parse::<u64>().ok().or(last);
    }
    let mut why = String::new();
    child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
    child.wait().unwrap();
    // One that was on its way at the last kill may be there too; nothing else may keep a child from writing.
    assert!(why.is_empty() || why.contains("BranchExists"), "{start}: {why}");
    last.map_or(start + u64::from(!why.is_empty()), |last| last + 1)
}

#[test]
fn three_hundred_kills_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut next = 0;
    for round in 0..310u64 {
        next = killed_after(dir.path(), next, round % 7);
        assert_eq!(verify(dir.path(), next), 0, "round {round}, {next} acknowledged");
    }
    assert!(next > 600, "{next}");
}

#[test]
fn what_is_not_there_is_called_lost() {
    let dir = tempfile::tempdir().unwrap();
    let next = killed_after(dir.path(), 0, 3);
    assert_eq!(verify(dir.path(), next + 1000), 10);
}
