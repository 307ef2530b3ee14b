//! A disk of 6 MiB that fills up and is freed again, or can only be read, under the real program; and a folder that may not
//! be written.
//!
//! The disk is a tmpfs in a mount namespace of its own: what is here to be tried runs once more inside of it.
#![cfg(target_os = "linux")]

mod terminal;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use terminal::{PROGRAM, Terminal, output, pause};

/// Names the folder of the small disk to what runs inside.
const DISK: &str = "TIJIAN_SMALL_DISK";
/// The ways into a namespace: where users have their own, and where the user is root.
const WAYS: [&[&str]; 2] = [&["--user", "--map-root-user", "--mount"], &["--mount"]];
const MOUNT: &str = r#"mount -t tmpfs -o size=6m none "$0" && exec "$@""#;

fn disk() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "the outer run says it to the inner one")]
    std::env::var_os(DISK).map(PathBuf::from)
}

/// Runs a test of this file on a small disk of its own.
fn on_a_small_disk(test: &str) {
    let dir = tempfile::tempdir().unwrap();
    let inside = |way: &[&str], words: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(way).args(["sh", "-c", MOUNT]).arg(dir.path()).args(words).env(DISK, dir.path());
        command.stdin(Stdio::null()).output()
    };
    let Some(way) = WAYS.iter().find(|way| inside(way, &["true"]).is_ok_and(|done| done.status.success())) else {
        // Not by macro, whose words the harness keeps to itself: who reads the outcome has to know.
        let why = "no namespace in which a disk of 6 MiB can be mounted";
        let told = format!("\nnot tried: {test}: {why}\n");
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        return;
    };
    let own = std::env::current_exe().unwrap();
    let done = inside(way, &[own.to_str().unwrap(), "--exact", "--ignored", "--nocapture", test]).unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn a_disk_that_fills_up_refuses_plainly_and_loses_nothing() {
    on_a_small_disk("inside::changes_one_by_one");
}

#[test]
fn a_session_on_a_disk_that_fills_up_goes_on_when_it_is_freed() {
    on_a_small_disk("inside::a_session");
}

#[test]
fn a_disk_that_can_only_be_read_is_read_and_said_to_be() {
    on_a_small_disk("inside::only_reading");
}

/// The words that start a program whom the system keeps from what it may not write; nothing where everybody here is root.
fn kept_out(home: &Path) -> Option<Vec<&'static str>> {
    // Root writes anywhere, so somebody else has to try.
    let nobody = vec!["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let probe = home.join("probe");
    fs::create_dir(&probe).unwrap();
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o555)).unwrap();
    [vec!["env"], nobody].into_iter().find(|before| {
        let does = |words: &[&str]| {
            let mut command = Command::new(before[0]);
            command.args(&before[1..]).args(words).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        !does(&["touch", probe.join("x").to_str().unwrap()]) && does(&[PROGRAM, "--version"])
    })
}

#[test]
fn a_folder_that_may_not_be_written_is_read_and_said_to_be() {
    let home = tempfile::tempdir().unwrap();
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let store = home.path().join("store");
    let data = store.to_str().unwrap();
    assert_eq!(output(home.path(), &["--data", data, "demo", "--branches", "4"]).status.code(), Some(0));
    let Some(before) = kept_out(home.path()) else {
        let told = "\nnot tried: a folder that may not be written: root writes anywhere, and nobody else can try\n";
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        return;
    };
    let does = |words: &[&str]| {
        let mut command = Command::new(before[0]);
        command.args(&before[1..]).args([PROGRAM, "--data", data]).args(words).env_clear();
        let command = command.env("PATH", "/usr/bin:/bin").env("HOME", home.path()).env("LANG", "zh_TW.UTF-8");
        let done = command.env("USER", "王督查").output().unwrap();
        (done.status.code(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
    };
    let list = output(home.path(), &["--data", data, "show", "2026-4", "--json"]).stdout;
    allows(&store, 0o555, 0o444);
    let (code, said) = does(&["show", "2026-4", "--json"]);
    assert!(code == Some(0) && said.starts_with(std::str::from_utf8(&list).unwrap()), "{code:?} {said}");
    assert!(said.contains(ONLY_READ), "{said}");
    let (code, said) = does(&["verify"]);
    assert!(code == Some(0) && said.contains("哈希鏈完整"), "{code:?} {said}");
    for words in [&["branch", "restore", "JG-001"][..], &["round", "close", "2026-4"], &["rebuild"]] {
        let (code, said) = does(words);
        assert!(code == Some(3) && !said.contains("panicked") && !said.is_empty(), "{words:?}: {code:?} {said}");
    }
    let words = ["--data", data, "inspect", "2026-4", "JG-004"];
    let mut seat = Terminal::behind(home.path(), (80, 24), &before, &words);
    seat.sees("2026-4 › ").sees("[只讀]").sees(ONLY_READ).send("1").sees(ONLY_READ);
    pause(60);
    assert_eq!(seat.leaves().code(), Some(0));
    allows(&store, 0o755, 0o644);
    let (code, said) = does(&["verify"]);
    assert!(code == Some(0) && said.contains("哈希鏈完整"), "{code:?} {said}");
}

/// Sets what may be done with a folder and everything below it.
fn allows(folder: &Path, folders: u32, files: u32) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            allows(&path, folders, files);
        } else {
            fs::set_permissions(&path, fs::Permissions::from_mode(files)).unwrap();
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(folders)).unwrap();
}

/// Says what the program tells of a place that can only be read.
const ONLY_READ: &str = "數據文件夾只讀";

mod inside {
    use super::*;

    /// A full disk, said by the command line and by the trial of it.
    const FULL: [&str; 2] = ["磁盤已滿", "the disk is full"];
    /// What a disk without room is called where the records are the first to meet it.
    const NO_ROOM: &str = "No space left on device";

    fn is_told_plainly(said: &str) -> bool {
        !said.contains("panicked") && (FULL.iter().any(|word| said.contains(word)) || said.contains(NO_ROOM))
    }

    /// Fills the disk up to so many free bytes.
    fn fill(ballast: &Path, free: u64) {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(ballast).unwrap();
        let mut step = 1 << 20;
        while step > 0 {
            if file.write_all(&vec![0xa5; step]).is_err() {
                step /= 2;
            }
        }
        let full = file.metadata().unwrap().len();
        file.set_len(full.saturating_sub(free)).unwrap();
    }

    fn does(disk: &Path, store: &Path, args: &[&str]) -> (Option<i32>, String) {
        let done = output(disk, &[&["--data", store.to_str().unwrap()][..], args].concat());
        let said = [done.stdout, done.stderr].concat();
        (done.status.code(), String::from_utf8(said).unwrap())
    }

    /// Lets a child write from a number on until it is refused; answers the next number, its exit code and its words.
    fn writes(store: &Path, start: u64) -> (u64, Option<i32>, String) {
        match written(store, start) {
            // The journal had taken it when the records were refused: it was not acknowledged and is there.
            (next, _, why) if next == start && why.contains("BranchExists") => written(store, start + 1),
            other => other,
        }
    }

    fn written(store: &Path, start: u64) -> (u64, Option<i32>, String) {
        let mut command = Command::new(PROGRAM);
        command.args(["selftest", "child"]).arg(store).arg(start.to_string());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let next = said.filter_map(|line| line.parse::<u64>().ok()).last().map_or(start, |last| last + 1);
        let mut why = String::new();
        child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
        (next, child.wait().unwrap().code(), why)
    }

    fn all_there(store: &Path, count: u64) {
        let mut command = Command::new(PROGRAM);
        let done = command.args(["selftest", "verify"]).arg(store).arg(count.to_string()).output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{count}: {}", String::from_utf8_lossy(&done.stderr));
    }

    #[test]
    #[ignore = "needs the small disk that the test of its name makes"]
    fn changes_one_by_one() {
        let disk = disk().unwrap();
        let (store, ballast) = (disk.join("store"), disk.join("ballast"));
        let (mut next, mut grown) = (0, 0);
        for (at, free) in [300_000, 20_000, 0, 250_000, 5000, 250_000].into_iter().enumerate() {
            fill(&ballast, free);
            let (last, code, why) = writes(&store, next);
            assert_eq!(code, Some(12), "{free}: {why}");
            assert!(is_told_plainly(&why), "{free}: {why}");
            grown += u64::from(last > next);
            next = last;
            // Who only looks sees all that was kept; another who writes is told, or finds what room a start has made.
            fill(&ballast, 0);
            let (code, said) = does(&disk, &store, &["branch", "list"]);
            assert!(code == Some(0) && said.contains(&format!("N{}", next - 1)), "{free}: {code:?} {said}");
            let round = format!("20{}-1", 30 + at);
            let (code, said) = does(&disk, &store, &["round", "open", &round, "--all"]);
            assert!(code == Some(0) || code == Some(5) && is_told_plainly(&said), "{free}: {code:?} {said}");
            let kept = code == Some(0);
            let (code, said) = does(&disk, &store, &["verify"]);
            assert_eq!(code, Some(0), "{free}: {said}");
            // What the store has grown by is not freed: there has to be room that is.
            assert!(fs::metadata(&ballast).unwrap().len() > 1 << 20, "{free}: the store has the disk to itself");
            fs::remove_file(&ballast).unwrap();
            all_there(&store, next);
            let (code, said) = does(&disk, &store, &["verify"]);
            assert!(code == Some(0) && said.contains("與日誌一致"), "{free}: {code:?} {said}");
            let (_, rounds) = does(&disk, &store, &["round", "list"]);
            assert_eq!(rounds.contains(&round), kept, "{free}: {rounds}");
        }
        assert!(grown >= 3, "with room it goes on: {grown}");
    }

    /// Gives verdicts until the screen says a word.
    fn judges_until(seat: &mut Terminal, word: &str) {
        for _ in 0..40 {
            if seat.text().contains(word) {
                return;
            }
            seat.send("1");
            pause(30);
            seat.settles(20);
        }
        panic!("「{word}」 is not on the screen:\n{}", seat.text());
    }

    fn answered(disk: &Path, store: &Path) -> u64 {
        let (code, said) = does(disk, store, &["show", "2026-4", "--json"]);
        assert_eq!(code, Some(0), "{said}");
        let line = said.lines().find(|line| line.contains("JG-004")).unwrap();
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        object["answered"].as_u64().unwrap_or_default()
    }

    /// Reads how many verdicts the screen shows.
    fn shown(seat: &Terminal) -> u64 {
        let text = seat.text();
        let (before, _) = text.split_once("/58").unwrap();
        before.rsplit(' ').next().unwrap().parse().unwrap()
    }

    fn mounted(disk: &Path, how: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(disk).status().unwrap();
        assert!(done.success(), "{how}");
    }

    #[test]
    #[ignore = "needs the small disk that the test of its name makes"]
    fn only_reading() {
        const VIEWS: [&[&str]; 5] = [
            &["show", "2026-4", "--json"],
            &["show", "2026-4", "JG-004", "--json"],
            &["show", "2026-4", "JG-004", "--trail"],
            &["branch", "list", "--json"],
            &["checklist", "show"],
        ];
        let disk = disk().unwrap();
        let store = disk.join("store");
        assert_eq!(does(&disk, &store, &["demo", "--branches", "4"]).0, Some(0));
        let truth: Vec<_> = VIEWS.iter().map(|view| does(&disk, &store, view)).collect();
        // Half a line that nobody can cut off.
        let mut journal = fs::OpenOptions::new().append(true).open(store.join("journal.jsonl")).unwrap();
        journal.write_all(b"{\"seq\":").unwrap();
        drop(journal);
        let before = fs::read(store.join("journal.jsonl")).unwrap();
        mounted(&disk, "ro");
        for (view, (code, whole)) in VIEWS.iter().zip(&truth) {
            let (again, said) = does(&disk, &store, view);
            assert!(again == *code && said.starts_with(whole) && said.contains(ONLY_READ), "{view:?}: {said}");
        }
        let (code, said) = does(&disk, &store, &["verify"]);
        assert!(code == Some(0) && said.contains("哈希鏈完整"), "{code:?} {said}");
        for words in [&["branch", "restore", "JG-001"][..], &["round", "close", "2026-4"], &["rebuild"]] {
            let (code, said) = does(&disk, &store, words);
            assert!(code == Some(3) && !said.contains("panicked") && !said.is_empty(), "{words:?}: {code:?} {said}");
        }
        let mut command = Command::new(PROGRAM);
        let child = command.args(["selftest", "child"]).arg(&store).arg("900").output().unwrap();
        assert_eq!(child.status.code(), Some(12), "{}", String::from_utf8_lossy(&child.stderr));

        let words = ["--data", store.to_str().unwrap(), "inspect", "2026-4", "JG-004"];
        let mut seat = Terminal::start(&disk, (80, 24), &words);
        seat.sees("2026-4 › ").sees("[只讀]").sees(ONLY_READ);
        let kept = shown(&seat);
        seat.send("1").sees(ONLY_READ);
        pause(60);
        seat.send(";").sees(ONLY_READ);
        pause(60);
        assert_eq!(shown(&seat), kept, "{}", seat.text());
        seat.send("q");
        assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(0));

        mounted(&disk, "rw");
        assert_eq!(fs::read(store.join("journal.jsonl")).unwrap(), before, "nothing was written and nothing was cut");
        for (view, (_, whole)) in VIEWS.iter().zip(&truth) {
            assert!(does(&disk, &store, view).1.starts_with(whole), "{view:?}");
        }
        let (code, said) = does(&disk, &store, &["verify"]);
        assert!(code == Some(0) && said.contains("與日誌一致"), "{code:?} {said}");
    }

    #[test]
    #[ignore = "needs the small disk that the test of its name makes"]
    fn a_session() {
        let disk = disk().unwrap();
        let (store, ballast) = (disk.join("store"), disk.join("ballast"));
        assert_eq!(does(&disk, &store, &["demo", "--branches", "4"]).0, Some(0));
        let words = ["--data", store.to_str().unwrap(), "inspect", "2026-4", "JG-004"];
        let mut seat = Terminal::start(&disk, (80, 24), &words);
        seat.sees("2026-4 › ").send("1").sees("已存");
        for _ in 0..2 {
            fill(&ballast, 0);
            judges_until(&mut seat, "磁盤已滿");
            let kept = shown(&seat);
            assert_eq!(answered(&disk, &store), kept, "{}", seat.text());
            fs::remove_file(&ballast).unwrap();
            // What was not kept stays on the screen until it is waved away.
            seat.send("\x1b");
            pause(60);
            assert!(!seat.settles(30).text().contains("磁盤已滿"), "{}", seat.text());
            seat.send("1").sees(&format!("{}/58", kept + 1)).sees("已存");
        }
        let kept = shown(&seat);
        pause(60);
        seat.send("q");
        assert_eq!(seat.ends_within(Duration::from_secs(5)).code(), Some(5), "something was not kept");
        assert_eq!(answered(&disk, &store), kept);
        let (code, said) = does(&disk, &store, &["verify"]);
        assert!(code == Some(0) && said.contains("與日誌一致"), "{code:?} {said}");
    }
}
