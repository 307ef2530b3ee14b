//! How wide the terminal draws ambiguous characters: asked once, answered or not, or said in the settings.

mod terminal;

use std::time::Duration;

use terminal::{Terminal, pause, run};

/// The question that goes out ahead of the first frame.
const PROBE: &[u8] = "“\x1b[6n".as_bytes();
/// How a terminal answers that draws the sign in two columns, and in one.
const WIDE: &str = "\x1b[1;3R";
const NARROW: &str = "\x1b[1;2R";

/// A practice store before a walk, and settings.
fn starts(settings: &str) -> (tempfile::TempDir, Terminal) {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("store");
    let data = store.to_str().unwrap();
    let (code, said) = run(home.path(), &["--data", data, "demo", "--branches", "4"]);
    assert_eq!(code, 0, "{said}");
    std::fs::create_dir_all(home.path().join(".config/tijian")).unwrap();
    std::fs::write(home.path().join(".config/tijian/config.toml"), settings).unwrap();
    let seat = Terminal::start(home.path(), (80, 24), &["--data", data, "inspect", "2026-4", "JG-004"]);
    (home, seat)
}

/// Box drawing and bars, which such a terminal would draw over two cells.
fn drawn(seat: &Terminal) -> Option<char> {
    seat.text().chars().find(|c| ('\u{2500}'..='\u{259f}').contains(c))
}

/// Looks at a walk, at a box over it and at the screens around it, and leaves.
#[track_caller]
fn looks(mut seat: Terminal, wide: bool) {
    seat.settles(100);
    assert_eq!(drawn(&seat).is_none(), wide, "{}", seat.text());
    for (keys, corner) in [("?", true), ("\x1b", false), (":", true), ("\x1b", false), ("t", false), ("\x1b", false)] {
        pause(60);
        seat.send(keys).settles(100);
        assert_eq!(drawn(&seat).is_none(), wide, "{}", seat.text());
        if corner && wide {
            seat.sees("+--");
        }
    }
    // Whatever the terminal has said, it is no verdict.
    seat.sees(" 0/58").send("q");
    assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(0));
}

fn asked(seat: &Terminal) -> usize {
    seat.written.windows(4).filter(|bytes| bytes == b"\x1b[6n").count()
}

#[test]
fn a_wide_terminal_gets_no_box_drawing_and_a_narrow_one_does() {
    for (answer, wide) in [(WIDE, true), (NARROW, false)] {
        let (_home, mut seat) = starts("");
        seat.hears(PROBE).send(answer).sees("R-01").settles(100);
        assert_eq!(asked(&seat), 1);
        looks(seat, wide);
    }
}

#[test]
fn an_answer_in_pieces_is_an_answer() {
    let (_home, mut seat) = starts("");
    seat.hears(PROBE);
    for byte in WIDE.bytes() {
        seat.send([byte]);
    }
    seat.sees("R-01");
    looks(seat, true);
}

#[test]
fn nobody_waits_for_an_answer_and_a_late_one_is_none() {
    let (_home, mut seat) = starts("");
    seat.hears(PROBE).sees("R-01");
    pause(600);
    seat.send(WIDE).send("\x1b[24;80R").settles(100);
    looks(seat, false);
}

#[test]
fn what_the_settings_say_is_not_asked() {
    for (settings, wide) in [("width = \"wide\"\n", true), ("width = \"narrow\"\n", false)] {
        let (_home, mut seat) = starts(settings);
        seat.sees("R-01").send(if wide { NARROW } else { WIDE });
        seat.settles(100);
        assert_eq!(asked(&seat), 0);
        looks(seat, wide);
    }
}
