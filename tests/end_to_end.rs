//! The real program in a real pseudo-terminal: walked, cut off, and opened again.

mod terminal;

use std::path::PathBuf;
use std::time::Duration;

use terminal::{Terminal, pause, run};

const SECOND: Duration = Duration::from_secs(1);

fn practice() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("practice");
    let (code, said) = run(home.path(), &["--data", store.to_str().unwrap(), "demo"]);
    assert_eq!(code, 0, "{said}");
    (home, store)
}

#[test]
fn a_new_home_leads_through_its_first_steps() {
    let home = tempfile::tempdir().unwrap();
    let mut seat = Terminal::start(home.path(), (80, 24), &[]);
    seat.sees("開始使用").sees("嚴禁錄入國家秘密");
    seat.send("\r").sees("Enter 保存").send("機關黨委辦公室\r").sees("已存");
    // What follows a text at once is taken for its end.
    pause(100);
    seat.send("j\r").sees("上級編號").send("機關第一黨支部\tJG-001\x13").sees("✓ 2.");
    seat.send("j\r").sees("新建體檢輪次").send("\x13").sees("等我處理").sees("未開始");
    seat.send("\r").sees("機關第一黨支部").send("\r").sees("R-01").send("1").sees("1/58").sees("已存");
    seat.send("q");
    assert_eq!(seat.ends_within(5 * SECOND).code(), Some(0));
    assert!(seat.written.ends_with(b"\x1b[?2004l\x1b[?25h\x1b[0m\x1b[?1049l"), "the terminal is left as it was");
    let (code, said) = run(home.path(), &["verify"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_vanished_terminal_ends_the_program_and_costs_nothing() {
    let (home, store) = practice();
    let data = store.to_str().unwrap();
    for controlled in [false, true] {
        let args = ["--data", data];
        let start = if controlled { Terminal::controlled } else { Terminal::start };
        let mut seat = start(home.path(), (80, 24), &args);
        if controlled {
            // The first time has left the person in the middle of a note.
            seat.sees("備註 S-10").sees("半句話").send("\x1b").sees("已暫放");
        } else {
            seat.walks_on().sees("2026-4 › ").send("3").sees("S-10").sees("已存");
            seat.send(";").sees("Ctrl-S").send("半句話").sees("半句話");
            pause(500);
        }
        seat.vanishes().ends_within(SECOND);
    }
    let (code, said) = run(home.path(), &["--data", data, "verify"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_request_to_end_is_followed_at_once() {
    let (home, store) = practice();
    for (at, signal) in ["-TERM", "-INT", "-HUP"].into_iter().enumerate() {
        let mut seat = Terminal::start(home.path(), (80, 24), &["--data", store.to_str().unwrap()]);
        if at == 0 {
            seat.sees("等我處理").send("4").sees("黨建體檢  支部").send("/").sees("查找 /").send("cwc");
        }
        seat.sees("查找 / cwc").sees("財務處");
        pause(500);
        assert!(!seat.is_cooked());
        seat.signal(signal);
        assert_eq!(seat.ends_within(SECOND).code(), Some(0), "{signal}");
        assert!(seat.is_cooked(), "the terminal is given back");
    }
}

#[test]
fn kill_9_in_the_middle_of_a_word_resumes_at_that_word() {
    let (home, store) = practice();
    let data = store.to_str().unwrap().to_owned();
    let mut seat = Terminal::start(home.path(), (80, 24), &["--data", &data]);
    seat.walks_on().sees("2026-4 › ").send("2").sees("S-10").sees("已存").send(";").sees("Ctrl-S");
    seat.send("查了四次").sees("查了四次");
    pause(600);
    seat.kill();
    let mut again = Terminal::start(home.path(), (80, 24), &["--data", &data]);
    again.sees("查了四次").sees("已回到上次離開的地方");
    let ((row, col), shown) = again.cursor();
    assert!(shown && row > 8 && col >= 8, "the cursor stands at the caret: {row} {col}");
    again.send("會議\x13").sees("查了四次會議").sees("已存").send("q");
    assert_eq!(again.ends_within(5 * SECOND).code(), Some(0));
}

#[test]
fn keys_survive_any_split_and_esc_stands_alone() {
    let (home, store) = practice();
    let mut seat = Terminal::start(home.path(), (80, 24), &["--data", store.to_str().unwrap()]);
    seat.sees("等我處理").send("\x1b");
    seat.sees("離開程序請按 q").send("4").sees("個支部");
    for byte in ["\x1b", "[", "B"] {
        seat.send(byte);
    }
    seat.sees(">").send("\x1b[6~\x1b[5~\x1bOB").send("\x1b]11;rgb:1111/1111/1111\x07");
    seat.send(":").sees("名稱、拼音或按鍵").send("tixing").send("\x1b").sees("個支部");
}

#[test]
fn a_second_process_is_told_who_has_the_store() {
    let (home, store) = practice();
    let data = store.to_str().unwrap().to_owned();
    let mut seat = Terminal::start(home.path(), (80, 24), &["--data", &data]);
    seat.sees("等我處理");
    let (code, said) = run(home.path(), &["--data", &data, "rebuild"]);
    assert_eq!(code, 3);
    assert!(said.contains("王督查") && said.contains("--data"), "{said}");
}

#[test]
fn strange_sizes_are_drawn_or_told() {
    let (home, store) = practice();
    let data = store.to_str().unwrap().to_owned();
    for (size, text) in
        [((60, 18), "等我處理"), ((40, 10), "等我處理"), ((39, 9), "窗口太小"), ((300, 100), "等我處理")]
    {
        let mut seat = Terminal::start(home.path(), size, &["--data", &data]);
        seat.sees(text).send("q");
        assert_eq!(seat.ends_within(5 * SECOND).code(), Some(0));
    }
    let mut tiny = Terminal::start(home.path(), (1, 1), &["--data", &data]);
    tiny.sees("…").send("q");
    assert_eq!(tiny.ends_within(5 * SECOND).code(), Some(0));
}

#[test]
fn a_claimed_window_beyond_reason_costs_no_memory() {
    let (home, store) = practice();
    let data = store.to_str().unwrap().to_owned();
    let huge = (u16::MAX, u16::MAX);
    let mut seat = Terminal::start(home.path(), huge, &["--data", &data]);
    seat.sees("等我處理").send("q");
    assert_eq!(seat.ends_within(5 * SECOND).code(), Some(0));
    // The terminal has to be its own for it to be told.
    let mut seat = Terminal::controlled(home.path(), (80, 24), &["--data", &data]);
    seat.sees("等我處理").resizes(huge);
    pause(200);
    seat.send("4").sees("黨建體檢  支部").resizes((80, 24)).settles(100).sees("黨建體檢  支部");
    let peak = seat.memory("VmHWM");
    assert!(peak > 1000 && peak < 100 << 10, "{peak} KiB");
    seat.send("q");
    assert_eq!(seat.ends_within(5 * SECOND).code(), Some(0));
}

#[test]
fn without_a_terminal_it_says_so() {
    let home = tempfile::tempdir().unwrap();
    let (code, said) = run(home.path(), &[]);
    assert_eq!(code, 1);
    assert!(said.contains("tijian --help"), "{said}");
}

#[test]
fn opening_one_branch_by_name_keeps_what_was_half_typed_elsewhere() {
    let (home, store) = practice();
    let data = store.to_str().unwrap().to_owned();
    let mut seat = Terminal::start(home.path(), (80, 24), &["--data", &data]);
    seat.walks_on().sees("2026-4 › ").send(";").sees("Ctrl-S").send("查了四次").sees("查了四次");
    pause(600);
    seat.kill();
    let mut named = Terminal::start(home.path(), (80, 24), &["--data", &data, "inspect", "2026-4", "JG-020"]);
    named.sees("2026-4 › ");
    assert!(!named.text().contains("查了四次"), "{}", named.text());
    named.send("q");
    assert_eq!(named.ends_within(5 * SECOND).code(), Some(0));
    let file = std::fs::read_dir(store.join("places")).unwrap().next().unwrap().unwrap().path();
    let place = std::fs::read_to_string(file).unwrap();
    assert!(place.contains("查了四次"), "{place}");
}

#[test]
fn the_first_frame_waits_for_no_records_and_keys_wait_for_them() {
    let (home, store) = practice();
    let args = ["--data", store.to_str().unwrap()];
    Terminal::start(home.path(), (80, 24), &args).sees("等我處理").send("q").ends_within(5 * SECOND);
    // Whoever opens the records waits until their log is let go of.
    let log = std::fs::File::open(store.join("records/db")).unwrap();
    log.lock().unwrap();
    let mut seat = Terminal::start(home.path(), (80, 24), &args);
    // Each is a key of its own, however long the records take: what comes at once would be taken for a pasted text.
    for key in ["4", "j", "j"] {
        seat.sees("等我處理").send(key).settles(100);
    }
    assert!(seat.text().contains("等我處理"), "{}", seat.text());
    drop(log);
    let third = seat.sees("JG-Z1").settles(100).text();
    assert!(third.lines().nth(4).unwrap().starts_with('>'), "{third}");
    seat.send("q").ends_within(5 * SECOND);
    // Records that have to be made again behind the first frame are told over it.
    let mut seat = Terminal::start(home.path(), (80, 24), &args);
    seat.sees("JG-Z1").send("\x1b").sees("等我處理").send("q").ends_within(5 * SECOND);
    std::fs::remove_dir_all(store.join("records")).unwrap();
    let mut seat = Terminal::start(home.path(), (80, 24), &args);
    seat.sees("記錄已由操作日誌重建").send("\r").settles(100);
    seat.sees("等我處理").send("q").ends_within(5 * SECOND);
}
