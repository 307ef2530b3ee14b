//! A server in a process of its own, and what the system says of it.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::{PROGRAM, pause};

/// A server, ended with its owner.
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts the program over a store, with a door for SSH.
    pub fn serve(home: &Path, data: &Path, ssh: SocketAddr) -> Self {
        let mut command = Command::new(PROGRAM);
        command.env_clear().env("HOME", home).env("LANG", "zh_TW.UTF-8").env("USER", "練習");
        command.arg("--data").arg(data).args(["serve", "--ssh", &ssh.to_string()]);
        let serving = Self { child: command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap() };
        while TcpStream::connect(ssh).is_err() {
            pause(Duration::from_millis(20));
        }
        serving
    }

    /// Starts the smallest server; answers its port.
    pub fn floor() -> (Self, u16) {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.arg("floor").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        (Self { child }, line.trim().parse().unwrap())
    }

    /// Counts how often its threads have woken up, and the processor time that they have used.
    pub fn used(&self) -> (u64, Duration) {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let (mut wakes, mut used) = (0, 0);
        for task in tasks.flatten().map(|task| task.path()) {
            let status = std::fs::read_to_string(task.join("status")).unwrap_or_default();
            let waits = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            wakes += waits.and_then(|waits| waits.trim().parse::<u64>().ok()).unwrap_or_default();
            let times = std::fs::read_to_string(task.join("schedstat")).unwrap_or_default();
            used += times.split(' ').next().and_then(|nanos| nanos.parse::<u64>().ok()).unwrap_or_default();
        }
        (wakes, Duration::from_nanos(used))
    }

    /// Reads its memory, in KiB.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = std::io::stdout().flush();
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::TERM);
        }
        let _ = self.child.wait();
    }
}
