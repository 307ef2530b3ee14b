//! The real program run from a script in a home of its own.
#![allow(dead_code, reason = "every test file uses its own part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test says so")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Who runs the program: the trail names the person, no paper does.
pub const PERSON: &str = "王督查";
/// A small checklist of an organisation, without a fault.
pub const OWN: &str = include_str!("../../src/import/checklist/tests/own.toml");

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

    pub fn runs(&self, args: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_tijian"))
            .arg("--data")
            .arg(self.store())
            .args(args)
            .env_clear()
            .env("HOME", self.dir.path())
            .env("LANG", "zh_TW.UTF-8")
            .env("TERM", "xterm")
            .env("USER", PERSON)
            .stdin(Stdio::null())
            .output()
            .unwrap();
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
