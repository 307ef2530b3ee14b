//! Where a person is: at two lines at once, after a line has died, and after a session has fallen.

mod team;

use team::terminal::{Terminal, pause};
use team::{Serving, Visitor, walk};
use tijian::door::frame::Want;

/// Comes to wherever the person was last.
fn returns(serving: &Serving) -> Visitor {
    Visitor::wants(&serving.socket(), Want::Screen { size: (80, 24), at: None })
}

fn seated(serving: &Serving, more: &[&str]) -> Terminal {
    let data = ["--data", serving.store.to_str().unwrap()];
    let mut seat = Terminal::start(serving.home(), (80, 24), &[&data[..], more].concat());
    seat.sees("王督查").settles(200);
    seat
}

/// The item that a walk shows, by the head of its text.
fn item(visitor: &Visitor) -> String {
    let line = visitor.text().lines().nth(2).unwrap_or_default().to_owned();
    line.split('│').nth(1).unwrap_or_default().trim().chars().take(4).collect()
}

#[test]
fn a_person_at_two_lines_has_two_places_and_comes_back_to_the_last() {
    let serving = Serving::start("");
    let mut first = serving.visits((80, 24));
    first.sees("2026-4 › ").send("j").sees("R-02");
    let mut second = Visitor::wants(&serving.socket(), Want::Screen { size: (80, 24), at: Some(walk()) });
    second.sees("2026-4 › ").send("jjjj").sees("R-05");
    first.send("j").sees("R-03");
    second.send(";").sees("Ctrl-S").send("第二條線").sees("第二條線");
    first.send("j").sees("R-04");
    assert_eq!((item(&first), item(&second)), ("R-04".to_owned(), "R-05".to_owned()));
    assert!(!first.text().contains("第二條線"), "{}", first.text());
    assert_eq!(serving.status()["sessions"].as_array().unwrap().len(), 2);
    // Each writes down its own place; whoever comes anew is where the person has done something last.
    first.send(";").sees("Ctrl-S").send("第一條線").sees("第一條線");
    first.stream.shutdown(std::net::Shutdown::Both).unwrap();
    serving.has(1);
    second.send("還沒完").sees("第二條線還沒完");
    second.stream.shutdown(std::net::Shutdown::Both).unwrap();
    serving.has(0);
    let mut fresh = returns(&serving);
    fresh.sees("第二條線還沒完").sees("R-05");
    // It is the first line again; what was half typed there before is put aside, not lost.
    fresh.send("\x1b").sees("已暫放");
    pause(200);
    fresh.send("k").sees("R-04 ");
    pause(200);
    fresh.send(";").sees("第一條線").send("\x1b").sees("已暫放");
    drop(fresh);
    serving.has(0);
    // And the other way round.
    let mut first = serving.visits((80, 24));
    first.sees("2026-4 › ").send("jjjjjjj").sees("R-08");
    pause(500);
    first.send("q");
    assert_eq!(first.ends().unwrap().code, 0);
    serving.has(0);
    returns(&serving).sees("R-08");
}

#[test]
fn half_a_finding_is_there_after_a_terminal_was_killed() {
    let serving = Serving::start("");
    let mut seat = seated(&serving, &["inspect", "2026-4", "JG-008"]);
    seat.sees("2026-4 › ").send("4").sees("已存").settles(200).send("第三季度未開").sees("第三季度未開");
    // Nothing is waited for: the line is gone from one moment to the next.
    seat.kill();
    serving.has(0);
    let mut again = seated(&serving, &[]);
    again.sees("第三季度未開").sees("2026-4 › ");
    again.kill();
}

#[cfg(debug_assertions)]
#[test]
fn half_a_finding_is_there_after_its_session_has_fallen() {
    const FALL: &str = "\x1b_tijian: fall\x1b\\";
    let serving = Serving::start("");
    let mut other = serving.visits((80, 24));
    other.sees("2026-4 › ");
    let mut falls = serving.visits((80, 24));
    falls.sees("2026-4 › ").send("4").sees("已存").send("第三季度未開").sees("第三季度未開");
    // What a session has in hand is on the disk a moment after it was typed.
    pause(600);
    falls.send(FALL);
    assert_eq!(falls.ends().unwrap().code, 70);
    serving.has(1);
    returns(&serving).sees("第三季度未開").sees("2026-4 › ");
    other.send("j").sees("R-02");
}
