//! The real program run from a script in a home of its own.
#![allow(dead_code, reason = "every test file uses its own part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test says so")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Who runs the program: the trail names the person, no paper does.
pub const PERSON: &str = "王督查";
/// A small checklist of an organisation, without a fault.
pub const OWN: &str = include_str!("../../src/import/checklist/tests/own.toml");
/// Four items, one of each way in which a finding is followed.
pub const LIFE: &str = include_str!("life.toml");

/// A home folder with a store in it.
pub struct Home {
    pub dir: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A home with four practice branches, whose findings are drafts.
    pub fn practice() -> Self {
        let home = Self::empty();
        home.says(&["demo", "--branches", "4", "--drafts"]);
        home
    }

    pub fn store(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.dir.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A home in which four items of a branch have failed, each of its own way, and the inspection is signed.
    ///
    /// Four persons act there: `office` rules, `li` inspects, `zhao` approves, `cwc` answers for the branch. [`PERSON`]
    /// looks on.
    pub fn life() -> Self {
        let home = Self::empty();
        let list = home.file("life.toml", LIFE);
        home.says(&["checklist", "add", &list]);
        home.says(&["branch", "add", "JG", "--name", "機關黨委", "--kind", "dangwei"]);
        home.says(&["branch", "add", "JG-001", "--name", "辦公室黨支部", "--parent", "JG"]);
        home.says(&["branch", "add", "JG-002", "--name", "財務處黨支部", "--parent", "JG"]);
        home.says(&["round", "open", "2026-4", "--from", "2026-10-01", "--to", "2026-12-31", "--all"]);
        let mut walk = String::new();
        for item in ["A-01", "A-02", "A-03", "A-04"] {
            walk.push_str(&format!("{item}\n4\n\n\n\n\n"));
        }
        home.as_typing("li", &["--linear", "inspect", "2026-4", "JG-001"], &(walk + "S\nS\ny\nq\n"));
        home.says(&["person", "add", "office", "--role", "admin"]);
        for (person, role) in [("li", "inspector"), ("zhao", "approver"), (PERSON, "viewer")] {
            home.says_as("office", &["person", "add", person, "--role", role]);
        }
        let branch = ["--role", "branch", "--over", "JG-001", "--belongs", "JG-001", "--post", "支部書記"];
        home.says_as("office", &[&["person", "add", "cwc"][..], &branch].concat());
        home
    }

    pub fn runs(&self, args: &[&str]) -> Ran {
        self.as_typing(PERSON, args, "")
    }

    /// Runs a command as somebody, with something on standard input.
    pub fn as_typing(&self, person: &str, args: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tijian"))
            .arg("--data")
            .arg(self.store())
            .args(args)
            .env_clear()
            .env("HOME", self.dir.path())
            .env("LANG", "zh_TW.UTF-8")
            .env("TERM", "xterm")
            .env("USER", PERSON)
            .env("TIJIAN_PERSON", person)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that asks for nothing may be gone by now.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a command that succeeds, and returns what it printed.
    #[track_caller]
    pub fn says(&self, args: &[&str]) -> String {
        let ran = self.runs(args);
        assert!(ran.code == 0 && ran.err.is_empty(), "{args:?}: {ran:?}");
        ran.out
    }

    /// Runs a command that succeeds as somebody.
    #[track_caller]
    pub fn says_as(&self, person: &str, args: &[&str]) -> String {
        let ran = self.as_typing(person, args, "");
        assert!(ran.code == 0 && ran.err.is_empty(), "{person} {args:?}: {ran:?}");
        ran.out
    }

    /// Runs a command that is refused to somebody, and returns why.
    #[track_caller]
    pub fn refused_to(&self, person: &str, args: &[&str]) -> String {
        let ran = self.as_typing(person, args, "");
        assert!(ran.code == 1 && ran.out.is_empty() && !ran.err.is_empty(), "{person} {args:?}: {ran:?}");
        ran.err
    }

    /// Runs a command that fails with a code, and returns what it complained about.
    #[track_caller]
    pub fn fails(&self, args: &[&str], code: i32) -> String {
        let ran = self.runs(args);
        assert!(ran.code == code && ran.out.is_empty() && !ran.err.is_empty(), "{args:?}: {ran:?}");
        ran.err
    }

    #[track_caller]
    pub fn json(&self, args: &[&str]) -> Value {
        let said = self.says(args);
        serde_json::from_str(&said).unwrap_or_else(|fault| panic!("{fault}: {said}"))
    }

    #[track_caller]
    pub fn json_lines(&self, args: &[&str]) -> Vec<Value> {
        let said = self.says(args);
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
