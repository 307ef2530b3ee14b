//! The terminal vanishes at any moment: the program ends at once and quietly, and what was acknowledged is there.
#![cfg(target_os = "linux")]

mod dice;
mod terminal;

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use dice::{Dice, Stroke, stroke};
use terminal::{PROGRAM, Terminal, pause, run};

const ROUNDS: u64 = 21;
const LIMIT: Duration = Duration::from_secs(1);
const CPU: Duration = Duration::from_millis(200);

/// Presses anything for a while, now and then without looking at what comes of it.
fn presses(seat: &mut Terminal, dice: &mut Dice) {
    for _ in 0..dice.below(25) {
        let Stroke::Reads(reads) = stroke(dice) else { continue };
        for bytes in reads.iter().filter(|bytes| ![&b"q"[..], b"Q"].contains(&bytes.as_slice())) {
            seat.send(bytes);
            if dice.once_in(3) {
                seat.settles(1);
            }
        }
    }
}

#[test]
fn whenever_the_terminal_vanishes_the_program_ends_and_keeps_what_it_acknowledged() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("store").to_str().unwrap().to_owned();
    let does = |args: &[&str]| run(home.path(), &[&["--data", &data][..], args].concat());
    let list = home.path().join("list.csv");
    let rows: String = (1..=ROUNDS).map(|n| format!("N-{n},第{n}支部\n")).collect();
    std::fs::write(&list, format!("編號,名稱\n{rows}")).unwrap();
    for args in [&["branch", "import", list.to_str().unwrap()][..], &["round", "open", "2026-4", "--all"]] {
        let (code, said) = does(args);
        assert_eq!(code, 0, "{said}");
    }
    let starts = [Terminal::start, Terminal::controlled, Terminal::deaf];
    for round in 0..ROUNDS {
        let mut dice = Dice::new(round);
        let branch = format!("N-{}", round + 1);
        let start = starts[usize::try_from(round % 3).unwrap()];
        // Whoever was there before may have gone on to another language.
        let args = ["--data", &data, "--lang", "zh-Hant", "inspect", "2026-4", &branch];
        let mut seat = start(home.path(), (80, 24), &args);
        let marked = !dice.once_in(4);
        let mark = format!("記號{round}號");
        if marked {
            seat.sees("2026-4 › ").send(";").sees("Ctrl-S").send(&mark).sees(&mark);
            assert!(!seat.text().contains("已存"), "{}", seat.text());
            // What follows a text at once is taken for its end.
            pause(60);
            seat.send("\x13").sees("已存");
            presses(&mut seat, &mut dice);
        }
        // At whatever moment, those of the start among them: there it may find no terminal, or not yet hear SIGHUP.
        pause(i64::try_from(dice.below(40)).unwrap());
        let (status, used) = seat.vanishes_within(LIMIT);
        assert!(used <= CPU, "round {round}: {used:?} of processor time behind the end of the terminal");
        let early = !marked && (matches!(status.code(), Some(1 | 5)) || status.signal() == Some(1));
        assert!(early || status.code() == Some(0), "round {round}: {status}");
        let (code, said) = does(&["verify"]);
        assert_eq!(code, 0, "round {round}: {said}");
        if marked {
            let (code, trail) = does(&["show", "2026-4", &branch, "--trail"]);
            assert!(code == 0 && trail.contains(&mark), "round {round}: {code} {trail}");
        }
    }
}

#[test]
fn who_is_in_at_another_process_or_talks_line_by_line_ends_as_soon() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("store").to_str().unwrap().to_owned();
    let does = |args: &[&str]| run(home.path(), &[&["--data", &data][..], args].concat());
    for args in [&["branch", "add", "N-1", "--name", "支部"][..], &["round", "open", "2026-4", "--all"]] {
        let (code, said) = does(args);
        assert_eq!(code, 0, "{said}");
    }
    let walk = ["--data", &data, "--lang", "zh-Hant", "inspect", "2026-4", "N-1"];
    let talk = ["--data", &data, "--lang", "zh-Hant", "--linear"];
    let starts = [Terminal::start, Terminal::controlled, Terminal::deaf];
    let ends = |mut seat: Terminal, what: &str| {
        let (status, used) = seat.vanishes_within(LIMIT);
        assert!(used <= CPU, "{what}: {used:?} of processor time behind the end of the terminal");
        assert_eq!(status.code(), Some(0), "{what}");
    };
    // Line by line the process owns the store once, and once comes in where another one does.
    for (round, start) in starts.iter().enumerate() {
        let mut seat = start(home.path(), (80, 24), &talk);
        seat.sees("> ").settles(100);
        ends(seat, &format!("alone, line by line, {round}"));
    }
    let mut owner = Terminal::start(home.path(), (80, 24), &walk);
    owner.sees("2026-4 › ").settles(100);
    for (round, start) in starts.iter().enumerate() {
        let mark = format!("記號{round}號");
        let mut guest = start(home.path(), (80, 24), &walk);
        guest.sees("2026-4 › ").settles(100).send(";").sees("Ctrl-S").send(&mark).sees(&mark);
        pause(60);
        guest.send("\x13").sees("已存");
        ends(guest, &format!("a guest, {round}"));
        let mut seat = start(home.path(), (80, 24), &talk);
        seat.sees("> ").settles(100);
        ends(seat, &format!("a guest, line by line, {round}"));
        let (code, trail) = does(&["show", "2026-4", "N-1", "--trail"]);
        assert!(code == 0 && trail.contains(&mark), "{round}: {code} {trail}");
    }
    // Whose process it is notices nothing but what was kept.
    owner.send("1").sees("1/58").sees("已存");
    ends(owner, "the owner");
    let (code, said) = does(&["verify"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_word_that_nobody_hears_is_no_fault() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("store");
    let does = |args: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.env_clear().env("HOME", home.path()).arg("--data").arg(&data).args(args).stdout(Stdio::null());
        // A file that takes nothing, as a terminal that has vanished.
        command.stderr(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap()).status().unwrap().code()
    };
    assert_eq!(does(&["round", "list"]), Some(0));
    assert_eq!(does(&["show", "2026-4"]), Some(1));
    assert_eq!(does(&["shw"]), Some(2));
    assert_eq!(does(&["branch", "add", "N-1", "--name", "110101199003077715"]), Some(0), "a warning");
    std::fs::write(data.join("records.state"), "another run").unwrap();
    assert_eq!(does(&["verify"]), Some(0), "a notice");
    std::fs::remove_file(data.join("journal.jsonl")).unwrap();
    assert_eq!(does(&["verify"]), Some(3));
}
