//! The contract with outside tools: a child says a number only when its record is kept, and a verifier tells lost from
//! wrong from refused by its exit code.

mod terminal;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use terminal::{PROGRAM, output};

/// Runs a trial to its end and returns its exit code and what it says on standard error.
fn selftest(words: &[&str]) -> (Option<i32>, String) {
    let done = output(Path::new("/"), &[&["selftest"], words].concat());
    assert!(done.stdout.is_empty(), "{words:?}: {}", String::from_utf8_lossy(&done.stdout));
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

fn verify(dir: &Path, n: u64) -> (Option<i32>, String) {
    selftest(&["verify", dir.to_str().unwrap(), &n.to_string()])
}

/// Lets a child write from a number on until `lines` are heard; then nobody listens any more.
fn writes(dir: &Path, start: u64, lines: u64) {
    let mut command = Command::new(PROGRAM);
    command.args(["selftest", "child"]).arg(dir).arg(start.to_string());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    for n in start..start + lines {
        assert_eq!(said.next().unwrap().unwrap(), n.to_string());
        let journal = fs::read_to_string(dir.join("journal.jsonl")).unwrap();
        assert!(journal.contains(&format!("\"N{n}\"")), "{n} is said before it is written");
    }
    drop(said);
    let mut why = String::new();
    child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
    assert_eq!((child.wait().unwrap().code(), why.as_str()), (Some(0), ""));
}

#[test]
fn what_was_said_is_there_and_right() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(verify(dir.path(), 0), (Some(0), String::new()), "nothing was promised");
    writes(dir.path(), 0, 12);
    for n in [0, 1, 12] {
        assert_eq!(verify(dir.path(), n), (Some(0), String::new()), "{n}");
    }
}

#[test]
fn what_is_lost_is_ten() {
    let dir = tempfile::tempdir().unwrap();
    let (code, why) = verify(dir.path(), 1);
    assert!(code == Some(10) && why.contains("no journal"), "{code:?} {why}");
    writes(dir.path(), 0, 3);
    let (code, why) = verify(dir.path(), 1_000_000);
    assert!(code == Some(10) && why.contains("lost"), "{code:?} {why}");
    // Records without their journal are no answer.
    fs::remove_file(dir.path().join("journal.jsonl")).unwrap();
    assert_eq!(verify(dir.path(), 3).0, Some(10));
}

#[test]
fn what_is_wrong_is_eleven() {
    let dir = tempfile::tempdir().unwrap();
    writes(dir.path(), 0, 5);
    let words = ["--data", dir.path().to_str().unwrap(), "branch", "edit", "N3", "--name", "另一個名稱"];
    assert_eq!(output(dir.path(), &words).status.code(), Some(0));
    assert_eq!(verify(dir.path(), 3), (Some(0), String::new()), "those before it are right");
    let (code, why) = verify(dir.path(), 5);
    assert!(code == Some(11) && why.contains("3 is wrong"), "{code:?} {why}");
}

#[test]
fn what_is_refused_is_twelve_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    writes(&store, 0, 3);
    let there = store.to_str().unwrap();
    let (code, why) = selftest(&["child", there, "1"]);
    assert!(code == Some(12) && why.contains("BranchExists"), "{code:?} {why}");
    let lock = tijian::store::StoreLock::take(&store, "somebody").unwrap();
    for words in [["child", there, "9000"], ["verify", there, "1"]] {
        let (code, why) = selftest(&words);
        assert!(code == Some(12) && why.contains("somebody"), "{code:?} {why}");
    }
    drop(lock);
    fs::write(store.join("journal.jsonl"), "something else\n".repeat(40)).unwrap();
    for words in [["child", there, "9000"], ["verify", there, "1"]] {
        let (code, why) = selftest(&words);
        assert!(code == Some(12) && why.contains("is not a journal"), "{code:?} {why}");
    }
    let file = dir.path().join("file");
    fs::write(&file, "no folder").unwrap();
    for words in [["child", file.to_str().unwrap(), "0"], ["verify", file.to_str().unwrap(), "0"]] {
        let (code, why) = selftest(&words);
        assert!(code == Some(12) && !why.is_empty(), "{code:?} {why}");
    }
}
