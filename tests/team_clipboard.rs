//! Copying at real lines: the bytes that reach the terminal of whoever asks, and nobody else's.

mod team;

use data_encoding::BASE64;
use team::terminal::{Terminal, pause, run};
use team::{Serving, Visitor};

/// What a terminal would have put on its clipboard, copy by copy.
fn copies(written: &str) -> Vec<String> {
    let taken = |part: &str| {
        let (inner, _) = part.split_once("\x1b\\").expect("a sequence ends");
        String::from_utf8(BASE64.decode(inner.as_bytes()).unwrap()).unwrap()
    };
    written.split("\x1b]52;c;").skip(1).map(taken).collect()
}

#[test]
fn what_is_copied_reaches_the_asking_line_and_no_other() {
    let serving = Serving::start("");
    let mut other = serving.visits((80, 24));
    let mut asks = serving.visits((80, 24));
    other.sees("2026-4 › ");
    asks.sees("2026-4 › ")
        .sees("同在")
        .send("j")
        .sees("R-02")
        .send("Ｙ")
        .hears("\x1b]52;c;")
        .sees("已送往您終端的剪貼板");
    let [copied] = &copies(&asks.said)[..] else { panic!("{:?}", copies(&asks.said)) };
    assert!(copied.starts_with("R-02 ") && copied.contains("\n看什麼：") && copied.contains('\n'), "{copied}");
    // A second one, in a frame of its own; the screen is where it was.
    asks.send("j").sees("R-03");
    pause(100);
    asks.send("Y");
    pause(100);
    asks.send("j").sees("R-04");
    let copied = copies(&asks.said);
    assert!(copied.len() == 2 && copied[1].starts_with("R-03 "), "{copied:?}");
    other.send("3").sees("1/58");
    assert!(!other.said.contains("]52;"), "another's copy: {:?}", copies(&other.said));
}

#[test]
fn a_terminal_that_does_not_read_gets_the_last_copy_only() {
    let serving = Serving::start("");
    let mut slow = Visitor::come(&serving.socket(), (80, 24));
    slow.sees("2026-4 › ");
    // Nothing is shown of these before all of them were pressed.
    for _ in 0..50 {
        slow.tell(tijian::door::frame::Kind::Input, b"Y");
        slow.tell(tijian::door::frame::Kind::Input, b"j");
    }
    pause(500);
    slow.sees("S-");
    let many = copies(&slow.said).len();
    assert!((1..=5).contains(&many), "{many} copies for 50 keys before one frame was shown");
}

#[test]
fn a_real_terminal_gets_it_alone_and_can_do_without() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("practice");
    let data = ["--data", store.to_str().unwrap()];
    let (code, said) = run(home.path(), &[&data[..], &["demo"]].concat());
    assert_eq!(code, 0, "{said}");
    let walk = [&data[..], &["inspect", "2026-4", "JG-008", "--item", "R-01"]].concat();
    let copied = |seat: &Terminal| copies(&String::from_utf8_lossy(&seat.written));
    let mut owner = Terminal::start(home.path(), (80, 24), &walk);
    owner.sees("2026-4 › ").settles(200).send("Y").sees("已送往您終端的剪貼板").hears(b"\x1b]52;c;").settles(100);
    assert!(copied(&owner).len() == 1 && copied(&owner)[0].starts_with("R-01 "), "{:?}", copied(&owner));
    // A console has no clipboard; and whoever wants none has none.
    let mut console = Terminal::dressed(home.path(), (80, 24), &walk, &[("TERM", "linux")]);
    console.sees("2026-4 › ").settles(200).send("Y").sees("剪貼板沒有打開").leaves();
    std::fs::create_dir_all(home.path().join(".config/tijian")).unwrap();
    std::fs::write(home.path().join(".config/tijian/config.toml"), "clipboard = false\n").unwrap();
    let mut without = Terminal::start(home.path(), (80, 24), &walk);
    without.sees("2026-4 › ").settles(200).send("Y").sees("剪貼板沒有打開").leaves();
    assert!(copied(&console).is_empty() && copied(&without).is_empty());
    owner.leaves();
}
