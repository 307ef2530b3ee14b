//! The table of the README: what a person waits for, measured from outside, each row beside its floor where it has one.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement reads the clock and fails loudly")]

mod floor;
#[path = "../../tests/terminal/mod.rs"]
mod terminal;

use std::fs::OpenOptions;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use terminal::{Terminal, run};
use tijian::domain::{
    BranchId, Command, InspectionCommand, ItemId, Judgement, PersonId, Request, Rev, RoundId, Stamp, Verdict,
};
use tijian::store::Store;

/// Branches of the stores that are measured.
const SIZES: [u32; 2] = [20, 1_500];
/// Key presses, starts and changes that are measured one by one.
const PRESSES: usize = 100;
const STARTS: usize = 9;

/// Times in order, to be asked for their middle and their end.
struct Times(Vec<Duration>);

impl Times {
    fn of(count: usize, mut one: impl FnMut(usize) -> Duration) -> Self {
        let mut times: Vec<Duration> = (0..count).map(&mut one).collect();
        times.sort_unstable();
        Self(times)
    }

    fn at(&self, percent: usize) -> f64 {
        self.0[(self.0.len() - 1) * percent / 100].as_secs_f64() * 1000.0
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("floor") {
        return floor::list(args.next().and_then(|rows| rows.parse().ok()).unwrap_or(20));
    }
    // Larger stores are asked for by hand: TIJIAN_SIZES="20 1500 100000".
    let asked = std::env::var("TIJIAN_SIZES").unwrap_or_default();
    let asked: Vec<u32> = asked.split_whitespace().filter_map(|size| size.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    let home = tempfile::tempdir().unwrap();
    println!("| store | measured | middle | 99 of 100 | unit |");
    println!("|---|---|---:|---:|---|");
    for branches in sizes {
        let data = home.path().join(branches.to_string());
        let name = data.to_str().unwrap();
        let start = Instant::now();
        let (code, said) = run(home.path(), &["--data", name, "demo", "--branches", &branches.to_string()]);
        assert_eq!(code, 0, "{said}");
        row(branches, "practice store made", &Times(vec![start.elapsed()]));
        at_the_terminal(home.path(), branches, name);
        at_the_desk(&data, branches);
        opening(&data, branches);
    }
}

fn row(branches: u32, what: &str, times: &Times) {
    println!("| {branches} | {what} | {:.2} | {:.2} | ms |", times.at(50), times.at(99));
}

fn at_the_terminal(home: &Path, branches: u32, data: &str) {
    let args = ["--data", data];
    let first = Times::of(STARTS, |_| {
        let start = Instant::now();
        let mut seat = Terminal::start(home, (80, 24), &args);
        seat.sees("工作台");
        let took = start.elapsed();
        seat.send("q").ends_within(Duration::from_secs(5));
        took
    });
    row(branches, "start to first frame", &first);
    let floor = || {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["floor", &branches.to_string()]);
        command
    };
    let bare = Times::of(STARTS, |_| {
        let start = Instant::now();
        let mut seat = Terminal::beside(floor(), (80, 24));
        seat.sees("JG-001");
        let took = start.elapsed();
        seat.send("q").ends_within(Duration::from_secs(5));
        took
    });
    row(branches, "floor: the smallest ratatui list", &bare);

    let mut seat = Terminal::start(home, (80, 24), &args);
    seat.sees("工作台").send("4").sees("個支部").settles(60);
    let mut bytes = seat.written.len();
    let arrows = Times::of(PRESSES, |press| seat.answers(if press / 15 % 2 == 0 { "j" } else { "k" }));
    bytes = seat.settles(60).written.len() - bytes;
    row(branches, "arrow in the branch list to screen", &arrows);
    println!("| {branches} | bytes an arrow | {} | | bytes |", bytes / PRESSES);
    let mut bare = Terminal::beside(floor(), (80, 24));
    bare.sees("JG-001").settles(60);
    let had = bare.written.len();
    let presses = Times::of(PRESSES, |press| bare.answers(if press / 15 % 2 == 0 { "j" } else { "k" }));
    let had = bare.settles(60).written.len() - had;
    row(branches, "floor: an arrow in that list", &presses);
    println!("| {branches} | floor: bytes of that arrow | {} | | bytes |", had / PRESSES);

    // Pinyin initials, full pinyin and simplified characters of a name that every store has.
    for words in ["cwcdzb", "caiwuchu", "财务处"] {
        seat.send("/").settles(40);
        let mut typed = words.chars();
        let letters =
            Times::of(words.chars().count(), |_| seat.answers(&typed.next().map(String::from).unwrap_or_default()));
        row(branches, &format!("a letter of the filter {words} to screen"), &letters);
        seat.send("\x1b").settles(120);
    }
    let names: Vec<String> = (0..branches).map(|row| format!("機關第{row}黨支部財務處")).collect();
    let scan = Times::of(STARTS, |_| {
        let start = Instant::now();
        let found = names.iter().filter(|name| std::hint::black_box(name.as_str()).contains("財務")).count();
        std::hint::black_box(found);
        start.elapsed()
    });
    row(branches, "floor: a substring scan over as many names", &scan);

    seat.send("g").settles(30).send("r").sees("輪次").send("\r").sees("進行中").send("o").settles(60);
    seat.send("g")
        .settles(30)
        .send("g")
        .settles(30)
        .send("\r")
        .sees("看什麼")
        .send("g")
        .settles(30)
        .send("g")
        .settles(60);
    let bytes = seat.written.len();
    let verdicts = Times::of(PRESSES.min(50), |press| seat.answers(if press % 2 == 0 { "1" } else { "2" }));
    let bytes = seat.settles(200).written.len() - bytes;
    row(branches, "verdict to screen", &verdicts);
    println!("| {branches} | bytes a verdict, 「已存」 included | {} | | bytes |", bytes / PRESSES.min(50));

    let idle = seat.settles(700).written.len();
    terminal::pause(3000);
    let idle = seat.settles(60).written.len() - idle;
    println!("| {branches} | bytes in three idle seconds | {idle} | | bytes |");
    let (now, most) = (seat.memory("VmRSS") >> 10, seat.memory("VmHWM") >> 10);
    println!("| {branches} | memory, now and at most | {now} | {most} | MiB |");
    seat.send("gh").settles(60).send("q").ends_within(Duration::from_secs(5));
}

fn at_the_desk(data: &Path, branches: u32) {
    let Store { desk, .. } = Store::open(data, "bench", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store;
    let mut desk = desk.unwrap();
    let journal = data.join("journal.jsonl");
    let before = std::fs::metadata(&journal).unwrap().len();
    let changes = 400;
    let kept = Times::of(changes, |change| {
        let verdict = if change % 2 == 0 { Verdict::Pass } else { Verdict::Good };
        let now = Some(Judgement { verdict, reason: String::new() });
        let command = InspectionCommand::Judge(vec![(ItemId("R-01".to_owned()), now)]);
        let command = Command::Inspection(RoundId(3), BranchId(branches), command);
        let request = Request { by: PersonId("bench".to_owned()), saw: Rev(u64::MAX), command };
        let start = Instant::now();
        for answer in desk.step(Stamp(1_795_395_600_000), vec![request]) {
            answer.unwrap();
        }
        start.elapsed()
    });
    let line = usize::try_from(std::fs::metadata(&journal).unwrap().len() - before).unwrap() / changes;
    drop(desk);
    let path = data.join("floor");
    let mut file = OpenOptions::new().create(true).append(true).open(&path).unwrap();
    let text = vec![b'x'; line];
    let floor = Times::of(changes, |_| {
        let start = Instant::now();
        file.write_all(&text).unwrap();
        file.sync_data().unwrap();
        start.elapsed()
    });
    std::fs::remove_file(path).unwrap();
    row(branches, "change to acknowledged", &kept);
    row(branches, "floor: bare append + fdatasync", &floor);
    println!(
        "| {branches} | ratio to the floor | {:.2} | {:.2} | |",
        kept.at(50) / floor.at(50),
        kept.at(99) / floor.at(99)
    );
}

fn opening(data: &Path, branches: u32) {
    let open = |rebuild: bool| {
        let start = Instant::now();
        let mut on = |_, _| ControlFlow::Continue(());
        let store = Store::open(data, "bench", "boot", &mut on).unwrap().store;
        let opened = start.elapsed();
        store.close("boot").unwrap();
        if !rebuild {
            return opened;
        }
        let start = Instant::now();
        Store::rebuild(data, "bench", &mut on).unwrap();
        start.elapsed()
    };
    let entries = Times::of(STARTS, |_| open(false));
    row(branches, "store opened after an orderly end", &entries);
    row(branches, "records rebuilt from the journal", &Times::of(1, |_| open(true)));
    let size = |path: &Path| -> u64 {
        let mut sum = 0;
        let mut left = vec![path.to_path_buf()];
        while let Some(path) = left.pop() {
            let facts = std::fs::metadata(&path).unwrap();
            if facts.is_dir() {
                left.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                sum += facts.len();
            }
        }
        sum
    };
    println!("| {branches} | journal | {} | | KiB |", size(&data.join("journal.jsonl")) >> 10);
    println!("| {branches} | records | {} | | KiB |", size(&data.join("records")) >> 10);
}
