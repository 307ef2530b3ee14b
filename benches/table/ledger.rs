//! What a person in the ledger waits for, on practice stores of so many items.

use std::path::Path;
use std::time::{Duration, Instant};

use super::screen::{arrows, floor_arrow, floor_page};
use super::terminal::Terminal;
use super::{Table, Times};

const PRESSES: usize = 200;
const OPENINGS: usize = 9;
const FILTERS: usize = 5;

/// Measures the ledger of a store, each row beside its floor where it has one.
pub fn rows(table: &Table, home: &Path, data: &str) {
    let begin = || {
        let mut seat = Terminal::dressed(home, (80, 24), &["--data", data], &[("TIJIAN_PERSON", "練習")]);
        seat.sees("工作台").settles(300).send("g").settles(60);
        seat
    };
    // The first key that opens it finds nothing made; each opening is of another start.
    let (mut first, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        let mut seat = begin();
        let one = seat.answers_with("l", "整改台賬");
        first.push(one);
        let sorted =
            if seat.text().contains("按期限") { Duration::ZERO } else { seat.answers_with("", "按期限") };
        whole.push(one + sorted);
        seat.send("gh").settles(100).send("q").ends_within(Duration::from_secs(5));
    }
    let (first, arrow, page) = (Times::in_order(first), floor_arrow(table.branches).0, floor_page());
    table.times("ledger key to first page", &first);
    table.times("floor: a key that fills the smallest list's blank page", &page);
    table.ratio("ledger key to that floor", &first, &page);
    table.times("floor: an arrow in the smallest list of as many rows", &arrow);
    table.ratio("ledger key to that arrow", &first, &arrow);
    table.times("ledger key to the whole ledger", &Times::in_order(whole));
    let mut seat = begin();
    seat.answers_with("l", "整改台賬");
    seat.sees("按期限").settles(1000).send("9").settles(300);
    let (times, bytes) = arrows(&mut seat, PRESSES, 15);
    table.times("arrow in the ledger to screen", &times);
    table.count("bytes an arrow in the ledger", bytes, "bytes");
    let sorts = Times::of(18, |_| {
        let took = seat.answers("o");
        seat.settles(60);
        took
    });
    table.times("another sort of the ledger to screen", &sorts);
    for (what, words) in [("pinyin", "cwcdzb"), ("characters", "財務處黨支部")] {
        let (mut times, mut all) = (Vec::new(), Vec::new());
        for _ in 0..FILTERS {
            seat.send("/").settles(60);
            for letter in words.chars() {
                let (one, rest) = until_found(&mut seat, letter);
                times.push(one);
                all.push(one + rest);
            }
            seat.send("\x1b").settles(150);
        }
        table.times(&format!("a letter of a ledger filter by {what} to screen"), &Times::in_order(times));
        table.times("– until all rows are found", &Times::in_order(all));
    }
    let facts: Vec<String> =
        (0..table.branches / 20).map(|n| format!("{n}{}", "未按規定召開支部黨員大會".repeat(4))).collect();
    let scan = Times::of(OPENINGS, |_| {
        let start = Instant::now();
        std::hint::black_box(facts.iter().filter(|fact| std::hint::black_box(fact.as_str()).contains("財務")).count());
        start.elapsed()
    });
    table.times("floor: a substring scan over what as many findings state", &scan);
    let opened = Times::of(20, |_| {
        let took = seat.answers("\r");
        seat.settles(30).send("\x1b").settles(150);
        took
    });
    table.times("an item opened from the ledger to screen", &opened);
    let (now, most) = (seat.memory("VmRSS") >> 10, seat.memory("VmHWM") >> 10);
    table.row("memory in the ledger, now and at most", now, most, "MiB");
    seat.send("gh").settles(100).send("q").ends_within(Duration::from_secs(5));
}

/// Types a letter of a filter; answers how long the first change of the screen took, and how long from there until
/// nothing is looked for any more.
fn until_found(seat: &mut Terminal, letter: char) -> (Duration, Duration) {
    let one = seat.answers(&letter.to_string());
    let start = Instant::now();
    let mut rest = Duration::ZERO;
    while seat.text().contains("還在查找") {
        seat.settles(1);
        rest = start.elapsed();
    }
    seat.settles(60);
    (one, rest)
}
