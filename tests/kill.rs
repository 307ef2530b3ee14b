//! kill -9, a hundred times and more: every acknowledged change is there afterwards.

mod terminal;

use std::io::{BufRead, BufReader};
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
    child.wait().unwrap();
    last.map_or(start, |last| last + 1)
}

#[test]
fn a_hundred_kills_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut next = 0;
    for round in 0..110u64 {
        // One that was on its way may be there too: then the next child is refused and goes on behind it.
        let mut reached = killed_after(dir.path(), next, round % 7);
        if reached == next && round % 7 > 0 {
            next += 1;
            reached = killed_after(dir.path(), next, round % 7);
        }
        next = reached;
        assert_eq!(verify(dir.path(), next), 0, "round {round}, {next} acknowledged");
    }
    assert!(next > 200, "{next}");
}

#[test]
fn what_is_not_there_is_called_lost() {
    let dir = tempfile::tempdir().unwrap();
    let next = killed_after(dir.path(), 0, 3);
    assert_eq!(verify(dir.path(), next + 1000), 10);
}
