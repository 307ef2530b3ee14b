//! Hostile texts in what follows a walk, in a journal that somebody has written by hand: findings, steps, evidence, persons,
//! look-backs and calibrations are shown clean in lists, exports, papers, line by line and on the screen.

mod found;
mod hostile;
mod house;
mod terminal;

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};

use found::{day, rect, steps};
use hostile::{harm, harm_in_lines, texts};
use house::House;
use serde_json::Value;
use terminal::{PROGRAM, Terminal, output, pause};
use tijian::domain::{Command as Wanted, Entry, FollowCommand, HouseCommand, Of, PersonId};
use tijian::store::{FileJournal, Journal};

/// Who looks at it: the one name that stays what it is.
const LOOKER: &str = "王督查";

/// The code of a branch that no view asks for by its code.
const CODE: &str = "JG-010";

/// A house in which everything that is followed has happened once.
fn house() -> House {
    let mut house = found::looked_back();
    let ask = FollowCommand::Ask { to: day(12, 25), reason: "未備齊".to_owned() };
    steps(&mut house, "三支部", rect(2, 1), ask);
    let why = || "材料不全".to_owned();
    steps(&mut house, "趙審批", rect(2, 1), FollowCommand::Deny { reason: why() });
    steps(&mut house, "趙審批", rect(3, 1), FollowCommand::Exempt { until: day(12, 25), reason: why() });
    steps(&mut house, LOOKER, rect(2, 2), FollowCommand::Revoke { reason: why() });
    house.does("admin", Wanted::House(HouseCommand::AddPosts(vec!["聯絡委員".to_owned()])));
    house.does("admin", Wanted::House(HouseCommand::BindLogin(PersonId("李督查".to_owned()), "li".to_owned())));
    let sun = house.inspector("孫督查");
    house.press(sun, "gk<enter>4").types(sun, "改選後又空缺").press(sun, "<enter>");
    house.stands_up(sun);
    house.round(2, "2026-5", (11, 1), (12, 31));
    found::calibrates(&mut house, 2, 2);
    house
}

fn entries_of(store: &Path) -> Vec<Entry> {
    let (reader, _) = FileJournal::open_read_only(store).unwrap();
    let mut entries = Vec::new();
    let visit = &mut |entry: &Entry, _: std::ops::Range<u64>, _: &tijian::store::Hash| {
        entries.push(entry.clone());
        ControlFlow::Continue(())
    };
    reader.scan(None, visit).unwrap();
    entries
}

/// Puts a poison into every text that somebody has written, and into a code: words of the program are no hanzi.
fn poisoned(value: &mut Value, poison: &str) {
    let written = |text: &str| text != LOOKER && text.chars().any(|c| c > '\u{2e80}') || text == CODE;
    match value {
        Value::String(text) if written(text) => text.insert_str(0, poison),
        Value::Array(values) => values.iter_mut().for_each(|value| poisoned(value, poison)),
        Value::Object(fields) => fields.iter_mut().for_each(|(_, value)| poisoned(value, poison)),
        _ => {}
    }
}

/// Writes a journal of its own, as somebody could who knows how lines are hashed.
fn written(store: &Path, entries: &[Entry], poison: &str) {
    fs::create_dir(store).unwrap();
    let spelled = entries.iter().map(|entry| {
        let mut value = serde_json::to_value(entry).unwrap();
        // The text of the checklist has a name that is its hash.
        if !matches!(entry.of, Of::Edition(_)) {
            poisoned(&mut value, poison);
        }
        serde_json::from_value(value).unwrap()
    });
    let spelled: Vec<Entry> = spelled.collect();
    let (mut journal, _) = FileJournal::open(store).unwrap();
    for act in spelled.split_inclusive(|entry| !entry.more) {
        journal.append(act).unwrap();
    }
}

const ITEM: &str = "2026-4/JG-003/R-03/03";

const VIEWS: [&[&str]; 30] = [
    &["ledger"],
    &["ledger", "--json"],
    &["ledger", "--csv"],
    &["overdue"],
    &["overdue", "--json"],
    &["rectify", "show", ITEM],
    &["rectify", "show", ITEM, "--json"],
    &["lint"],
    &["lint", "--json"],
    &["lookback", "list"],
    &["lookback", "show", "1"],
    &["lookback", "show", "1", "--json"],
    &["calibrate", "show", "2026-5", "JG-003"],
    &["person", "list"],
    &["post", "list"],
    &["analyse"],
    &["analyse", "--json"],
    &["round", "list"],
    &["show", "2026-4", "JG-003", "--trail"],
    &["report", "inspection", "2026-4", "JG-003"],
    &["report", "notice", "2026-4", "JG-003"],
    &["report", "plan", "2026-4", "JG-003", "--format", "md"],
    &["report", "closure", ITEM],
    &["report", "extension", "2026-4/JG-003/R-01/01"],
    &["report", "lookback", "1"],
    &["report", "statistics", "2026-4"],
    &["report", "press", "circular", "2026-4"],
    &["report", "press", "urging", "JG-003"],
    &["report", "press", "supervision", "JG-003", "--format", "md"],
    &["report", "press", "reminder", "JG-003"],
];

fn talks(home: &Path, data: &str, lines: &str) -> Vec<u8> {
    let mut command = Command::new(PROGRAM);
    command.args(["--linear", "--data", data]).env_clear().env("HOME", home).env("LANG", "zh_TW.UTF-8");
    command.env("USER", LOOKER).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stdout));
    [done.stdout, done.stderr].concat()
}

fn is_shown_clean(home: &Path, entries: &[Entry], at: usize, poison: &str) {
    // A record takes what a person may enter, not more.
    let poison: String = poison.chars().take(120).collect();
    let store = home.join(at.to_string());
    written(&store, entries, &poison);
    let data = store.to_str().unwrap();
    // Each text is looked at in some ways, and each way shows texts of every kind.
    for view in VIEWS.into_iter().skip(at % 6).step_by(6) {
        let done = output(home, &[&["--data", data], view].concat());
        let code = done.status.code();
        // What presses is about the day on which it is asked for.
        let told = code == Some(0) || view.contains(&"press") && code == Some(1);
        assert!(told, "{view:?} {poison:?}: {code:?} {}", String::from_utf8_lossy(&done.stderr));
        for said in [&done.stdout, &done.stderr] {
            assert_eq!(harm_in_lines(said), None, "{view:?} {poison:?}");
        }
    }
    if at.is_multiple_of(3) {
        let lines = "gl\n9\n1\n<\n2\nt\n<\n<\ngk\n1\n1\n<\n<\nga\n2\n5\n<\ngr\n1\np\n2\n3\n<\nq\n";
        assert_eq!(harm_in_lines(&talks(home, data, lines)), None, "{poison:?}");
    }
    if !at.is_multiple_of(6) {
        return;
    }
    let mut seat = Terminal::start(home, (100, 30), &["--data", data]);
    seat.sees(LOOKER);
    for key in [
        "\x1b", "g", "l", "9", "\r", "j", "\x1b", "g", "k", "\r", "j", "\x1b", "g", "a", "5", "\x1b", "g", "h", "2",
        "\r", "p", "3",
    ] {
        pause(60);
        seat.send(key).settles(20);
    }
    pause(60);
    assert_eq!(seat.leaves().code(), Some(0), "{poison:?}: {}", seat.text());
    let entered = seat.written.windows(8).position(|bytes| bytes == b"\x1b[?1049h").unwrap();
    let (before, drawn) = seat.written.split_at(entered);
    assert_eq!((harm_in_lines(before), harm(drawn)), (None, None), "{poison:?}");
}

#[test]
fn what_follows_a_walk_is_shown_clean_everywhere() {
    let entries = entries_of(&house().path());
    let home = tempfile::tempdir().unwrap();
    let spelled = serde_json::to_string(&entries).unwrap();
    for text in ["未備齊", "材料不全", "改選後又空缺", "檔案櫃", "列入計劃", "聯絡委員"] {
        assert!(spelled.contains(text), "{text} is not kept");
    }
    let texts: Vec<(usize, String)> = texts().into_iter().enumerate().collect();
    // Most of it is waiting, for the disk and between two keys.
    std::thread::scope(|scope| {
        for part in texts.chunks(texts.len().div_ceil(6)) {
            let (home, entries) = (home.path(), &entries);
            scope.spawn(move || part.iter().for_each(|(at, poison)| is_shown_clean(home, entries, *at, poison)));
        }
    });
}
