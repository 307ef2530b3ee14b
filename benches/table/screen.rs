//! What a person at the screen waits for.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::terminal::{self, Terminal};
use super::{Table, Times};

const PRESSES: usize = 200;
const STARTS: usize = 15;
/// Rows of the list that is the floor of a first frame, whatever the store holds.
const FLOOR_ROWS: u32 = 100;
const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";

fn floor(rows: u32) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["floor", &rows.to_string()]);
    command
}

/// Starts the program, waits for a text and ends it; answers how long the text took.
fn started(mut begin: impl FnMut() -> Terminal, text: &str) -> Duration {
    let start = Instant::now();
    let mut seat = begin();
    seat.sees(text);
    let took = start.elapsed();
    seat.send("q").ends_within(Duration::from_secs(5));
    took
}

/// Measures from the start to the first frame.
pub fn first_frame(table: &Table, home: &Path, data: &str) {
    let args = ["--data", data];
    let begin = || Terminal::dressed(home, (80, 24), &args, &[("TIJIAN_PERSON", "練習")]);
    let glimpses = Path::new(data).join("glimpses");
    started(begin, "工作台");
    let first = Times::of(STARTS, |_| started(begin, "工作台"));
    let bare = Times::of(STARTS, |_| started(|| Terminal::beside(floor(FLOOR_ROWS), (80, 24)), "JG-001"));
    table.times("start to first frame", &first);
    table.times("floor: the smallest ratatui list of 100 rows", &bare);
    table.ratio("first frame to its floor", &first, &bare);
    let without = Times::of(STARTS, |_| {
        std::fs::remove_dir_all(&glimpses).unwrap();
        started(begin, "工作台")
    });
    table.times("start to first frame that waits for the records", &without);
}

/// Presses down fifteen times and up fifteen times in turn; answers the times and the bytes of a press.
pub fn arrows(seat: &mut Terminal, presses: usize, turn: usize) -> (Times, usize) {
    let had = seat.settles(60).written.len();
    let times = Times::of(presses, |press| seat.answers(if (press / turn).is_multiple_of(2) { DOWN } else { UP }));
    let bytes = seat.settles(60).written.len() - had;
    (times, bytes / presses)
}

/// Measures an arrow in the smallest list of so many rows; answers its times and its bytes.
pub fn floor_arrow(rows: u32) -> (Times, usize) {
    let mut bare = Terminal::beside(floor(rows), (80, 24));
    bare.sees("JG-001");
    let had = bare.settles(60).written.len();
    let presses = Times::of(PRESSES, |press| bare.answers(if press / 15 % 2 == 0 { "j" } else { "k" }));
    let bytes = (bare.settles(60).written.len() - had) / PRESSES;
    bare.send("q").ends_within(Duration::from_secs(5));
    (presses, bytes)
}

/// Measures a key that fills the blank page of the smallest list; answers its times.
pub fn floor_page() -> Times {
    let mut bare = Terminal::beside(floor(FLOOR_ROWS), (80, 24));
    bare.sees("JG-001").send("p").settles(60);
    let times = Times::of(PRESSES / 4, |_| {
        let took = bare.answers_with("p", "整改中  23");
        bare.settles(10).send("p").settles(10);
        took
    });
    bare.send("q").ends_within(Duration::from_secs(5));
    times
}

/// Measures keys, and what an idle screen costs.
pub fn keys(table: &Table, home: &Path, data: &str) {
    let mut seat = Terminal::dressed(home, (80, 24), &["--data", data], &[("TIJIAN_PERSON", "練習")]);
    seat.sees("工作台");
    let (times, bytes) = arrows(&mut seat, PRESSES, 1);
    table.times("arrow at home to screen", &times);
    table.count("bytes an arrow at home", bytes, "bytes");
    seat.send("4").sees("JG-Z1");
    let (times, bytes) = arrows(&mut seat, PRESSES, 15);
    table.times("arrow in the branch list to screen", &times);
    table.count("bytes an arrow in the branch list", bytes, "bytes");
    let (presses, bytes) = floor_arrow(table.branches);
    table.times("floor: an arrow in the smallest list", &presses);
    table.count("floor: bytes of that arrow", bytes, "bytes");
    at_once(table, &mut seat);
    filters(table, &mut seat);
    walk(table, &mut seat);
    idle(table, &mut seat);
    seat.send("gh").settles(60).send("q").ends_within(Duration::from_secs(5));
}

/// Sends a hundred arrows at once, an even number up and down so that the list ends where it began but for two lines.
fn at_once(table: &Table, seat: &mut Terminal) {
    let mut bytes = 0;
    let times = Times::of(20, |burst| {
        let key = if burst % 2 == 0 { DOWN } else { UP };
        let had = seat.settles(30).written.len();
        let took = seat.answers(&key.repeat(100));
        bytes += seat.settles(30).written.len() - had;
        took
    });
    table.times("100 arrows at once to screen", &times);
    table.count("bytes of 100 arrows at once", bytes / 20, "bytes");
}

/// Filters the names by pinyin initials, full pinyin and either script, and scans as many names for a floor.
fn filters(table: &Table, seat: &mut Terminal) {
    for (what, words) in [
        ("pinyin initials", "cwcdzb"),
        ("full pinyin", "caiwuchu"),
        ("simplified characters", "财务处党支部"),
        ("traditional characters", "財務處黨支部"),
    ] {
        let mut times = Vec::new();
        for _ in 0..5 {
            seat.send("/").settles(40);
            times.extend(words.chars().map(|letter| seat.answers(&letter.to_string())));
            seat.send("\x1b").settles(120);
        }
        table.times(&format!("a letter of a filter by {what} to screen"), &Times::in_order(times));
    }
    let names: Vec<String> = (0..table.branches).map(|row| format!("機關第{row}黨支部財務處")).collect();
    let scan = Times::of(STARTS, |_| {
        let start = Instant::now();
        let found = names.iter().filter(|name| std::hint::black_box(name.as_str()).contains("財務")).count();
        std::hint::black_box(found);
        start.elapsed()
    });
    table.times("floor: a substring scan over as many names", &scan);
}

fn walk(table: &Table, seat: &mut Terminal) {
    seat.send("g").settles(30).send("r").sees("輪次").send("\r").sees("進行中").send("o").settles(60);
    seat.send("g").settles(30).send("g").settles(30).send("\r").sees("看什麼");
    seat.send("g").settles(30).send("g").settles(60);
    let (times, bytes) = arrows(seat, PRESSES, 15);
    table.times("arrow in the walk to screen", &times);
    table.count("bytes an arrow in the walk", bytes, "bytes");
    seat.send("g").settles(30).send("g").settles(60);
    let had = seat.written.len();
    let verdicts = Times::of(50, |press| {
        let took = seat.answers(if press % 2 == 0 { "1" } else { "2" });
        seat.settles(5);
        took
    });
    let bytes = seat.settles(200).written.len() - had;
    table.times("verdict to screen", &verdicts);
    table.count("bytes a verdict, 「已存」 included", bytes / 50, "bytes");
    seat.send("g").settles(30).send("g").settles(60);
    let saved = Times::of(50, |press| {
        seat.settles(5);
        seat.answers_with(if press % 2 == 0 { "2" } else { "1" }, "已存")
    });
    table.times("verdict to 「已存」 on screen", &saved);
}

fn idle(table: &Table, seat: &mut Terminal) {
    // What was written is brought to the disk after two quiet seconds.
    terminal::pause(3000);
    let had = seat.settles(60).written.len();
    let (woke, used) = seat.woken();
    terminal::pause(10_000);
    let (wakes, use_now) = seat.woken();
    let bytes = seat.settles(60).written.len() - had;
    table.count("bytes in ten idle seconds", bytes, "bytes");
    table.count("wake-ups in an idle second", wakes.saturating_sub(woke) / 10, "");
    let micros = use_now.saturating_sub(used).as_micros() / 10;
    table.count("processor time in an idle second", micros, "µs");
    let (now, most) = (seat.memory("VmRSS") >> 10, seat.memory("VmHWM") >> 10);
    table.row("memory, now and at most", now, most, "MiB");
}
