//! Syncs of the real program: which there are, and that one that fails is told, that nothing is acknowledged any more,
//! and that scripts see it.
//!
//! The failure is a tracer's, who answers for the disk; where nobody may trace, the tests say that they were not tried.
#![cfg(target_os = "linux")]

mod terminal;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use terminal::{PROGRAM, Terminal, pause, run};

/// What a person is told: nothing is kept any more.
const NO_MORE: &str = "此後不再保存";

/// The words that start a program whose syncs fail from one of them on, counted in each of its threads.
fn failing(from: u32) -> [String; 9] {
    let inject = format!("inject=fdatasync:error=EIO:when={from}+");
    ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", &inject].map(str::to_owned)
}

fn can_trace(test: &str) -> bool {
    let words = failing(1);
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg("true").stdout(Stdio::null()).stderr(Stdio::null());
    let can = command.status().is_ok_and(|status| status.success());
    if !can {
        // Not by macro, whose words the harness keeps to itself: who reads the outcome has to know.
        let told = format!("\nnot tried: {test}: nobody here may trace a program\n");
        std::io::stderr().write_all(told.as_bytes()).unwrap();
    }
    can
}

fn practice() -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("store").to_str().unwrap().to_owned();
    let (code, said) = run(home.path(), &["--data", &data, "demo", "--branches", "4"]);
    assert_eq!(code, 0, "{said}");
    (home, data)
}

fn answered(home: &Path, data: &str) -> u64 {
    let (code, said) = run(home, &["--data", data, "show", "2026-4", "--json"]);
    assert_eq!(code, 0, "{said}");
    let line = said.lines().find(|line| line.contains("JG-004")).unwrap();
    let object: serde_json::Value = serde_json::from_str(line).unwrap();
    object["answered"].as_u64().unwrap_or_default()
}

#[test]
fn a_session_tells_it_and_takes_nothing_more() {
    if !can_trace("a_session_tells_it_and_takes_nothing_more") {
        return;
    }
    let (home, data) = practice();
    // The start has its sync, the desk's first one keeps a verdict, and every later one fails.
    let words = failing(2);
    let before: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut seat = Terminal::behind(home.path(), (80, 24), &before, &["--data", &data, "inspect", "2026-4", "JG-004"]);
    seat.sees("2026-4 › ").send("1").sees(" 1/58").sees("已存");
    for _ in 0..3 {
        pause(60);
        seat.send("1").sees(NO_MORE).settles(50);
        assert!(seat.text().contains(" 1/58") && !seat.text().contains("已存 "), "{}", seat.text());
        seat.send("\x1b").settles(100);
    }
    pause(60);
    seat.send("q");
    assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(5), "{}", seat.text());
    assert_eq!(answered(home.path(), &data), 1, "what was acknowledged is there, and nothing else");
    let (code, said) = run(home.path(), &["--data", &data, "verify"]);
    assert!(code == 0 && said.contains("與日誌一致"), "{code} {said}");
}

#[test]
fn who_leaves_before_the_answer_is_told_at_the_end() {
    if !can_trace("who_leaves_before_the_answer_is_told_at_the_end") {
        return;
    }
    let (home, data) = practice();
    let mut words = failing(2);
    // It fails later than the key that leaves.
    words[8].push_str(":delay_enter=500000");
    let before: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut seat = Terminal::behind(home.path(), (80, 24), &before, &["--data", &data, "inspect", "2026-4", "JG-004"]);
    seat.sees("2026-4 › ").send("1").sees("已存");
    pause(60);
    seat.send("1");
    pause(100);
    seat.send("q");
    assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(5), "{}", seat.text());
    assert_eq!(answered(home.path(), &data), 1);
}

/// Runs the program with syncs that fail from one on; answers its exit code and what it says.
fn does(home: &Path, data: &str, from: u32, args: &[&str], lines: &str) -> (Option<i32>, String) {
    let words = failing(from);
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg(PROGRAM).args(["--data", data]).args(args).env_clear().env("PATH", "/usr/bin:/bin");
    command.env("HOME", home).env("LANG", "zh_TW.UTF-8").env("USER", "王督查");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    (done.status.code(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
}

#[test]
fn a_script_sees_it_by_the_exit_code() {
    if !can_trace("a_script_sees_it_by_the_exit_code") {
        return;
    }
    let (home, data) = practice();
    let (code, said) = does(home.path(), &data, 2, &["branch", "add", "N-1", "--name", "新支部"], "");
    assert!(code == Some(5) && said.contains(NO_MORE), "{code:?} {said}");
    let (_, list) = run(home.path(), &["--data", &data, "branch", "list"]);
    assert!(!list.contains("新支部"), "{list}");

    let lines = "gr\n2026-4\nJG-004\n1\n1\n1\nq\n";
    let (code, said) = does(home.path(), &data, 2, &["--linear"], lines);
    // Lines are broken where they are full.
    assert!(code == Some(5) && said.replace('\n', "").contains(NO_MORE), "{code:?} {said}");
    assert_eq!(said.matches("-> 合格").count(), 1, "{said}");
    assert_eq!(answered(home.path(), &data), 1);

    // A start whose own sync fails is no start.
    let (code, said) = does(home.path(), &data, 1, &["branch", "add", "N-1", "--name", "新支部"], "");
    assert!(code.is_some_and(|code| code != 0) && !said.contains("panicked") && !said.is_empty(), "{code:?} {said}");
    let own = home.path().join("own").to_str().unwrap().to_owned();
    let (code, said) = does(home.path(), &data, 2, &["selftest", "child", &own, "0"], "");
    assert!(code == Some(12) && said.contains("nothing is kept any more"), "{code:?} {said}");
}

#[test]
fn what_the_next_start_relies_on_is_brought_to_the_disk() {
    if !can_trace("what_the_next_start_relies_on_is_brought_to_the_disk") {
        return;
    }
    let (home, data) = practice();
    let log = home.path().join("log");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-y", "-e", "trace=fsync,fdatasync", "-o"]).arg(&log).arg(PROGRAM);
    command.args(["--data", &data, "branch", "add", "N-1", "--name", "新支部"]);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", home.path()).env("USER", "王督查");
    assert!(command.output().unwrap().status.success());
    let said = std::fs::read_to_string(&log).unwrap();
    let synced = |name: &str| -> Vec<usize> {
        let lines = said.lines().enumerate().filter(|(_, line)| line.contains(name) && line.ends_with("= 0"));
        lines.map(|(at, _)| at).collect()
    };
    let (marks, records, lines) = (synced("/records.state>"), synced("/records/db>"), synced("/journal.jsonl>"));
    // The journal at the start and for the change. Between them the mark that the records are in use, and behind them
    // the records, and then the mark that they were closed.
    let (Some(open), Some(closed), [_, change]) = (marks.first(), marks.last(), &lines[..]) else { panic!("{said}") };
    assert!(open < change && records.iter().any(|at| change < at && at < closed), "{said}");
}
