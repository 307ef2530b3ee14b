//! Hostile texts in the store itself: a journal that somebody has written by hand, with the right hashes, is shown clean.

mod hostile;
mod terminal;

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use hostile::{harm, harm_in_lines, texts};
use serde_json::Value;
use terminal::{PROGRAM, Terminal, pause, run};
use tijian::domain::Entry;
use tijian::store::{FileJournal, Journal};

/// What stands in every text that somebody has entered.
const MARK: &str = "記號";

/// Makes a store in which every text of a person bears the mark, and returns its entries.
fn marked(home: &Path) -> Vec<Entry> {
    let store = home.join("marked");
    let data = store.to_str().unwrap();
    let list = home.join("list.csv");
    fs::write(&list, format!("編號,名稱,全稱\nN-1,{MARK}甲支部,{MARK}甲全稱\nN-2,{MARK}乙支部,\n")).unwrap();
    for args in [
        &["branch", "import", list.to_str().unwrap()][..],
        &["branch", "retire", "N-2", "--reason", "記號緣由"],
        &["round", "open", "2026-4", "--name", "記號輪次", "--all"],
    ] {
        let (code, said) = run(home, &[&["--data", data], args].concat());
        assert_eq!(code, 0, "{args:?}: {said}");
    }
    let lines = [
        "gr",
        "1",
        "N-1",
        "1",
        ";",
        "記號備註",
        ".",
        "R-05",
        "0",
        "記號不適用",
        "R-06",
        "4",
        ".",
        "W",
        "記號表述",
        ".",
        "q",
    ];
    talks(home, data, &(lines.join("\n") + "\n"));
    let (reader, _) = FileJournal::open_read_only(&store).unwrap();
    let mut entries = Vec::new();
    let visit = &mut |entry: &Entry, _: std::ops::Range<u64>, _: &tijian::store::Hash| {
        entries.push(entry.clone());
        ControlFlow::Continue(())
    };
    reader.scan(None, visit).unwrap();
    let spelled = serde_json::to_string(&entries).unwrap();
    for text in ["甲支部", "甲全稱", "緣由", "輪次", "備註", "不適用", "人"] {
        assert!(spelled.contains(&format!("{MARK}{text}")), "{text} is not kept: {spelled}");
    }
    entries
}

fn talks(home: &Path, data: &str, lines: &str) -> Vec<u8> {
    let mut command = Command::new(PROGRAM);
    command.args(["--linear", "--data", data]).env_clear().env("HOME", home).env("LANG", "zh_TW.UTF-8");
    command.env("USER", "記號人").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stdout));
    assert!(!done.stdout.is_empty());
    [done.stdout, done.stderr].concat()
}

/// Puts a poison wherever the mark stands.
fn poisoned(value: &mut Value, poison: &str) {
    match value {
        Value::String(text) => *text = text.replace(MARK, poison),
        Value::Array(values) => values.iter_mut().for_each(|value| poisoned(value, poison)),
        Value::Object(fields) => fields.iter_mut().for_each(|(_, value)| poisoned(value, poison)),
        _ => {}
    }
}

/// Writes a journal of its own, as somebody could who knows how lines are hashed.
fn written(home: &Path, name: &str, entries: &[Entry], poison: &str) -> PathBuf {
    let store = home.join(name);
    fs::create_dir(&store).unwrap();
    let spelled = entries.iter().map(|entry| {
        let mut value = serde_json::to_value(entry).unwrap();
        poisoned(&mut value, poison);
        serde_json::from_value(value).unwrap()
    });
    let spelled: Vec<Entry> = spelled.collect();
    let (mut journal, _) = FileJournal::open(&store).unwrap();
    for act in spelled.split_inclusive(|entry| !entry.more) {
        journal.append(act).unwrap();
    }
    store
}

const VIEWS: [&[&str]; 13] = [
    &["show"],
    &["show", "--json"],
    &["show", "2026-4"],
    &["show", "2026-4", "--json"],
    &["show", "2026-4", "N-1"],
    &["show", "2026-4", "N-1", "--json"],
    &["show", "2026-4", "N-1", "--trail"],
    &["show", "2026-4", "N-1", "--trail", "--json"],
    &["report", "inspection", "2026-4", "N-1"],
    &["report", "inspection", "2026-4", "N-1", "--format", "md"],
    &["branch", "list"],
    &["branch", "list", "--json"],
    &["verify"],
];

/// Writes a poison into a store and looks at it in every way.
fn is_shown_clean(home: &Path, entries: &[Entry], at: usize, poison: &str) {
    // A record takes what a person may enter, not more.
    let poison: String = poison.chars().take(300).collect();
    let store = written(home, &at.to_string(), entries, &poison);
    let data = store.to_str().unwrap();
    // Each text is looked at in every other way, and each way shows every other text.
    for view in VIEWS.into_iter().skip(at % 2).step_by(2) {
        let done = terminal::output(home, &[&["--data", data], view].concat());
        let code = done.status.code();
        assert_eq!(code, Some(0), "{view:?} {poison:?}: {}", String::from_utf8_lossy(&done.stderr));
        for said in [&done.stdout, &done.stderr] {
            assert_eq!(harm_in_lines(said), None, "{view:?} {poison:?}");
        }
    }
    let lines = "t\n<\ngb\n1\n<\ngr\n1\nN-1\nR-01\nR-05\nR-06\nt\n<\nS\n<\np\n<\nreport\ngc\nq\n";
    assert_eq!(harm_in_lines(&talks(home, data, lines)), None, "{poison:?}");
    if !at.is_multiple_of(3) {
        return;
    }
    let mut seat = Terminal::start(home, (80, 24), &["--data", data, "inspect", "2026-4", "N-1"]);
    seat.sees("R-0");
    for key in ["gg", "j", "t", "\x1b", "S", "\x1b", "p", "\x1b", "g", "b", "\r", "t", "\x1b", "g", "r", "\r", "g", "h"]
    {
        pause(60);
        seat.send(key).settles(20);
    }
    pause(60);
    assert_eq!(seat.sees("工作台").leaves().code(), Some(0), "{poison:?}: {}", seat.text());
    let entered = seat.written.windows(8).position(|bytes| bytes == b"\x1b[?1049h").unwrap();
    let (before, drawn) = seat.written.split_at(entered);
    assert_eq!((harm_in_lines(before), harm(drawn)), (None, None), "{poison:?}");
}

#[test]
fn a_journal_written_by_hand_is_shown_clean_everywhere() {
    let home = tempfile::tempdir().unwrap();
    let entries = marked(home.path());
    let texts: Vec<(usize, String)> = texts().into_iter().enumerate().collect();
    // Most of it is waiting, for the disk and between two keys.
    std::thread::scope(|scope| {
        for part in texts.chunks(texts.len().div_ceil(6)) {
            let (home, entries) = (home.path(), &entries);
            scope.spawn(move || part.iter().for_each(|(at, poison)| is_shown_clean(home, entries, *at, poison)));
        }
    });
}

#[test]
fn a_lock_written_by_hand_is_told_clean() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("store");
    let _held = tijian::store::StoreLock::take(&store, "somebody").unwrap();
    for poison in texts() {
        fs::write(store.join("tijian.lock"), format!("{poison}\n{poison}\n")).unwrap();
        let data = store.to_str().unwrap();
        let done = terminal::output(home.path(), &["--data", data, "branch", "add", "N-1", "--name", "支部"]);
        assert_eq!(done.status.code(), Some(3), "{poison:?}");
        assert_eq!(harm_in_lines(&done.stderr), None, "{poison:?}");
        let done = terminal::output(home.path(), &["selftest", "child", data, "0"]);
        assert_eq!(done.status.code(), Some(12), "{poison:?}");
        assert_eq!(harm_in_lines(&done.stderr), None, "{poison:?}");
    }
}
