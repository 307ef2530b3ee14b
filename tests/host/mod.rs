//! A practice store that a process serves at the socket and by SSH, and those who come to it at real terminals.
#![allow(dead_code, reason = "every test file uses its own part of it")]

#[path = "../terminal/mod.rs"]
pub mod terminal;

use std::path::{Path, PathBuf};
use std::process::Command;

use terminal::{Terminal, run};

pub const SIZE: (u16, u16) = (80, 24);

pub struct Host {
    home: tempfile::TempDir,
    pub store: PathBuf,
    pub served: Terminal,
    port: String,
}

impl Host {
    /// Serves a practice store after these commands, for persons who each have a key of a name.
    pub fn open(before: &[&[&str]], keys: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = home.path().join("practice");
        let does = |args: &[&str]| {
            let (code, said) = run(home.path(), &[&["--data", store.to_str().unwrap()][..], args].concat());
            assert_eq!(code, 0, "{args:?}: {said}");
        };
        does(&["demo"]);
        // Who owns the process is the office; the practice store knows it as 練習.
        std::fs::create_dir_all(home.path().join(".config/tijian")).unwrap();
        std::fs::write(home.path().join(".config/tijian/config.toml"), "person = \"練習\"\n").unwrap();
        for args in before {
            does(args);
        }
        for (who, key) in keys {
            let file = home.path().join(key);
            let mut made = Command::new("ssh-keygen");
            made.args(["-q", "-t", "ed25519", "-N", "", "-C", key, "-f"]).arg(&file);
            assert!(made.status().unwrap().success());
            does(&["person", "key", "add", who, "--file", file.with_extension("pub").to_str().unwrap()]);
        }
        let words = ["--data", store.to_str().unwrap(), "serve", "--ssh", "127.0.0.1:0"];
        let mut served = Terminal::start(home.path(), (120, 10), &words);
        served.sees("SSH：127.0.0.1:").sees("SHA256:");
        let text = served.text();
        let port: String =
            text.split("SSH：127.0.0.1:").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect();
        Self { home, store, served, port }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    fn ssh(&self, key: &str, words: &[&str]) -> Command {
        let mut ssh = Command::new("ssh");
        let known = format!("UserKnownHostsFile={}", self.home().join("known").display());
        ssh.args(["-F", "none", "-o", "StrictHostKeyChecking=accept-new", "-o", &known, "-o", "IdentitiesOnly=yes"]);
        ssh.args(["-o", "IdentityAgent=none", "-o", "LogLevel=ERROR", "-p", &self.port, "-i"]);
        ssh.arg(self.home().join(key)).arg("127.0.0.1").args(words);
        ssh
    }

    /// Somebody at a terminal, by SSH.
    pub fn by_key(&self, key: &str) -> Terminal {
        Terminal::beside(self.ssh(key, &[]), SIZE)
    }

    pub fn answer(&self, key: &str, words: &[&str]) -> (i32, String) {
        let output = self.ssh(key, words).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap_or(-1), text)
    }
}

/// Says whether OpenSSH is here.
pub fn has_ssh() -> bool {
    ["ssh", "ssh-keygen"].into_iter().all(|program| Command::new(program).arg("-V").output().is_ok())
}
