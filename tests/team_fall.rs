//! A session that panics ends alone: its person is told, the log has a line, and nobody else's screen has one.
#![cfg(debug_assertions)]

mod team;

use std::time::Duration;

use team::terminal::{Terminal, pause, run};
use team::{Serving, Visitor, walk};
use tijian::door::frame::Want;

/// What lets a session fall, in builds for trials alone.
const FALL: &str = "\x1b_tijian: fall\x1b\\";

#[test]
fn a_panic_of_one_session_is_that_sessions_alone() {
    let serving = Serving::start("");
    let mut other = serving.visits((80, 24));
    other.sees("2026-4 › ");
    let mut falls = serving.visits((80, 24));
    falls.sees("2026-4 › ").send("3").sees("1/58").sees("已存").send(";").sees("Ctrl-S").send("半句").sees("半句");
    pause(500);
    falls.send(FALL);
    let over = falls.ends().unwrap();
    assert!(over.code == 70 && over.text.as_deref().unwrap().contains("其他人不受影響"), "{over:?}");
    serving.has(1);
    other.sees("1/58").send("]o").send("1").sees("2/58").sees("已存");
    let log = serving.log();
    assert!(log.contains("panic at=\"src/hall/fitted.rs:") && log.contains("a session panicked"), "{log}");
    assert!(!log.contains("a trial"), "what a panic says may quote somebody: {log}");
}

#[test]
fn a_panic_of_a_conversation_and_of_a_command_are_told_too() {
    let serving = Serving::start("");
    let mut talks = Visitor::wants(&serving.socket(), Want::Talk { cols: 80, typed: false, at: Some(walk()) });
    talks.hears("第 1 項");
    talks.tell(
        tijian::door::frame::Kind::Line,
        format!("{{\"Line\":{FALL:?}}}").replace("\\u{1b}", "\\u001b").as_bytes(),
    );
    assert_eq!(talks.ends().unwrap().code, 70);
    let mut asks = Visitor::wants(&serving.socket(), Want::Words(vec!["show".to_owned(), FALL.to_owned()]));
    assert_eq!(asks.ends().unwrap().code, 70);
    assert!(asks.said.contains("其他人不受影響"), "{}", asks.said);
    serving.lets_in();
}

#[test]
fn who_owns_the_store_at_a_terminal_sees_nothing_of_it() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("practice");
    let data = ["--data", store.to_str().unwrap()];
    let (code, said) = run(home.path(), &[&data[..], &["demo"]].concat());
    assert_eq!(code, 0, "{said}");
    let mut owner = Terminal::start(home.path(), (80, 24), &[&data[..], &["inspect", "2026-4", "JG-008"]].concat());
    owner.sees("2026-4 › ").settles(200);
    let mut falls = Visitor::come(&store.join("tijian.sock"), (80, 24));
    falls.sees("2026-4 › ").send(FALL);
    assert_eq!(falls.ends().unwrap().code, 70);
    owner.settles(400);
    let written = String::from_utf8_lossy(&owner.written).into_owned();
    assert!(!written.contains("panicked") && !written.contains("fitted.rs"), "{}", owner.text());
    owner.send("3").sees("1/58").sees("已存").leaves();
    // A real terminal of another process is given back and told.
    let mut owner = Terminal::start(home.path(), (80, 24), &[&data[..], &["inspect", "2026-4", "JG-008"]].concat());
    owner.sees("2026-4 › ").settles(200);
    let mut falls = Terminal::start(home.path(), (80, 24), &data);
    falls.sees("2026-4 › ").settles(200).send(FALL).sees("其他人不受影響");
    assert_eq!(falls.ends_within(Duration::from_secs(2)).code(), Some(70));
    assert!(falls.is_cooked());
    owner.leaves();
}
