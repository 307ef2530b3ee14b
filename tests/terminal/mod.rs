//! A real pseudo-terminal around the real program, read by a terminal emulator.
#![allow(dead_code, reason = "every test file uses its own part of it")]

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

/// The program that is tested.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_tijian");

/// Waits a while: for a process that is ending, never for a screen.
pub fn pause(millis: i64) {
    let wait = Timespec { tv_sec: millis / 1000, tv_nsec: (millis % 1000) * 1_000_000 };
    let _ = poll(&mut [], Some(&wait));
}

/// Runs a subcommand to its end and returns its exit code and both outputs.
pub fn run(home: &Path, args: &[&str]) -> (i32, String) {
    let output = output(home, args);
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap_or(-1), text)
}

/// Runs a subcommand to its end and returns all that it left.
pub fn output(home: &Path, args: &[&str]) -> Output {
    command(home).args(args).stdin(Stdio::null()).output().unwrap()
}

fn command(home: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    dress(&mut command, home);
    command
}

fn dress(command: &mut Command, home: &Path) {
    command
        .env_clear()
        .env("HOME", home)
        .env("TERM", "xterm-256color")
        .env("LANG", "zh_TW.UTF-8")
        .env("USER", "王督查");
    command.env("PATH", "/usr/bin:/bin");
}

/// Opens a pseudo-terminal of a size.
fn pair((cols, rows): (u16, u16)) -> (OwnedFd, File) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let size = Winsize { ws_row: rows, ws_col: cols, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&master, size).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
    let flags = i32::try_from(OFlags::NOCTTY.bits()).unwrap();
    let slave = OpenOptions::new().read(true).write(true).custom_flags(flags).open(name).unwrap();
    (master, slave)
}

/// The program at a terminal.
pub struct Terminal {
    master: Option<File>,
    child: Child,
    screen: vt100::Parser,
    /// Every byte that the program has written.
    pub written: Vec<u8>,
}

impl Terminal {
    /// Starts the program at a terminal of a size.
    pub fn start(home: &Path, size: (u16, u16), args: &[&str]) -> Self {
        Self::with(home, size, args, &[], &[])
    }

    /// Starts it in an environment of its own.
    pub fn within(home: &Path, size: (u16, u16), args: &[&str], world: &[(&str, &OsStr)]) -> Self {
        Self::with(home, size, args, &[], world)
    }

    /// Starts it in an environment of its own: each pair is set over the usual one.
    pub fn dressed(home: &Path, size: (u16, u16), args: &[&str], env: &[(&str, &str)]) -> Self {
        let world: Vec<(&str, &OsStr)> = env.iter().map(|(name, value)| (*name, OsStr::new(*value))).collect();
        Self::with(home, size, args, &[], &world)
    }

    /// Starts it with the terminal as its controlling one, so that its end comes as SIGHUP.
    pub fn controlled(home: &Path, size: (u16, u16), args: &[&str]) -> Self {
        Self::with(home, size, args, &["setsid", "--ctty", "--wait"], &[])
    }

    /// Starts it with the terminal as its controlling one and SIGHUP kept from it: only the terminal tells its end.
    pub fn deaf(home: &Path, size: (u16, u16), args: &[&str]) -> Self {
        Self::with(home, size, args, &["setsid", "--ctty", "--wait", "env", "--block-signal=HUP"], &[])
    }

    /// Starts it behind other programs, each of which starts or becomes the next.
    pub fn behind(home: &Path, size: (u16, u16), before: &[&str], args: &[&str]) -> Self {
        Self::with(home, size, args, before, &[])
    }

    fn with(home: &Path, (cols, rows): (u16, u16), args: &[&str], before: &[&str], world: &[(&str, &OsStr)]) -> Self {
        let (master, slave) = pair((cols, rows));
        let words = [before, &[PROGRAM], args].concat();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        dress(&mut command, home);
        command.envs(world.iter().copied());
        Self::around(command, (cols, rows), master, &slave)
    }

    /// Starts it behind other programs in an environment of its own.
    pub fn forced(home: &Path, size: (u16, u16), before: &[&str], args: &[&str], env: &[(&str, &str)]) -> Self {
        let world: Vec<(&str, &OsStr)> = env.iter().map(|(name, value)| (*name, OsStr::new(*value))).collect();
        Self::with(home, size, args, before, &world)
    }

    /// Starts another program at a terminal, to be measured beside this one.
    pub fn beside(mut command: Command, size: (u16, u16)) -> Self {
        let (master, slave) = pair(size);
        command.env_clear().env("TERM", "xterm-256color");
        Self::around(command, size, master, &slave)
    }

    fn around(mut command: Command, (cols, rows): (u16, u16), master: OwnedFd, slave: &File) -> Self {
        let child = command
            .stdin(slave.try_clone().unwrap())
            .stdout(slave.try_clone().unwrap())
            .stderr(slave.try_clone().unwrap())
            .spawn()
            .unwrap();
        // A window may be claimed that nobody could look at.
        let whole = |length: u16, most| std::num::NonZero::new(length.min(most)).unwrap();
        let screen = vt100::Parser::new(whole(rows, 200), whole(cols, 500), 0);
        Self { master: Some(File::from(master)), child, screen, written: Vec::new() }
    }

    /// Sends bytes as a person's terminal does.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.master.as_mut().unwrap().write_all(bytes.as_ref()).unwrap();
        self
    }

    /// Reads until the screen fits, and says what stands there if it never does.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        for _ in 0..400 {
            if self.text().contains(text) {
                return self;
            }
            if !self.read(25) {
                break;
            }
        }
        let all = self.text();
        assert!(all.contains(text), "「{text}」 is not on the screen:\n{all}");
        self
    }

    /// Gives the terminal another size, which its program is told by a signal.
    pub fn resizes(&mut self, (cols, rows): (u16, u16)) -> &mut Self {
        let size = Winsize { ws_row: rows, ws_col: cols, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(self.master.as_ref().unwrap(), size).unwrap();
        let whole = |length: u16, most| std::num::NonZero::new(length.min(most)).unwrap();
        self.screen.screen_mut().set_size(whole(rows, 200), whole(cols, 500));
        self
    }

    /// Reads until the program has written some bytes, wherever they stand.
    #[track_caller]
    pub fn hears(&mut self, bytes: &[u8]) -> &mut Self {
        for _ in 0..400 {
            if self.written.windows(bytes.len()).any(|written| written == bytes) || !self.read(25) {
                break;
            }
        }
        assert!(self.written.windows(bytes.len()).any(|written| written == bytes), "{}", bytes.escape_ascii());
        self
    }

    /// Opens the first inspection on the home screen that is begun and not signed.
    #[track_caller]
    pub fn walks_on(&mut self) -> &mut Self {
        self.sees("等我處理");
        for _ in 0..100 {
            // A frame may come in two parts, and one that no key asked for: only a screen at rest says where the key goes.
            if self.stands_on("未查完") && self.settles(150).stands_on("未查完") {
                return self.send("\r");
            }
            self.answers("j");
            self.settles(30);
        }
        panic!("no inspection is unfinished:\n{}", self.text());
    }

    fn stands_on(&self, text: &str) -> bool {
        self.text().lines().any(|line| line.contains("│>") && line.contains(text))
    }

    /// Returns what stands on the screen.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Sends keys and reads until the screen shows something else; answers how long that took.
    #[track_caller]
    pub fn answers(&mut self, keys: &str) -> Duration {
        self.answers_with(keys, "")
    }

    /// Sends keys and reads until the screen shows something else that has this text in it.
    #[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
    #[track_caller]
    pub fn answers_with(&mut self, keys: &str, text: &str) -> Duration {
        let before = self.text();
        let start = std::time::Instant::now();
        self.send(keys);
        for _ in 0..400 {
            self.read(25);
            let now = self.text();
            if now != before && now.contains(text) {
                return start.elapsed();
            }
        }
        panic!("nothing changed to {text:?} after {keys:?}:\n{before}");
    }

    /// Counts how often the program's threads have woken up, and the processor time that they have used.
    pub fn woken(&self) -> (u64, Duration) {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let (mut wakes, mut used) = (0, 0);
        for task in tasks.map(|task| task.unwrap().path()) {
            let status = std::fs::read_to_string(task.join("status")).unwrap_or_default();
            let waits = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            wakes += waits.and_then(|waits| waits.trim().parse::<u64>().ok()).unwrap_or_default();
            let times = std::fs::read_to_string(task.join("schedstat")).unwrap_or_default();
            used += times.split(' ').next().and_then(|nanos| nanos.parse::<u64>().ok()).unwrap_or_default();
        }
        (wakes, Duration::from_nanos(used))
    }

    /// Reads what is still on its way until nothing has come for a while.
    pub fn settles(&mut self, millis: i64) -> &mut Self {
        loop {
            let had = self.written.len();
            if !self.read(millis) || self.written.len() == had {
                return self;
            }
        }
    }

    /// Returns the row and column of the cursor, and whether it is shown.
    pub fn cursor(&self) -> ((u16, u16), bool) {
        (self.screen.screen().cursor_position(), !self.screen.screen().hide_cursor())
    }

    fn read(&mut self, millis: i64) -> bool {
        let Some(master) = self.master.as_mut() else { return false };
        let wait = Timespec { tv_sec: 0, tv_nsec: millis * 1_000_000 };
        let mut fds = [PollFd::new(master, PollFlags::IN)];
        if poll(&mut fds, Some(&wait)).unwrap_or(0) == 0 {
            return true;
        }
        let mut bytes = [0; 8192];
        match master.read(&mut bytes) {
            Ok(count) if count > 0 => {
                self.screen.process(&bytes[..count]);
                self.written.extend_from_slice(&bytes[..count]);
                true
            }
            _ => false,
        }
    }

    /// Says whether the terminal shows what is typed and hands it over line by line, as a shell has it.
    pub fn is_cooked(&self) -> bool {
        let modes = tcgetattr(self.master.as_ref().unwrap()).unwrap().local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// Reads a figure of the program's memory in KiB, such as `VmRSS` or `VmHWM`.
    pub fn memory(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
    }

    /// Returns the state of the program's process and the processor time that it has used.
    pub fn used(&self) -> (char, Duration) {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        // The name of the program may hold anything; behind it stand the state and the numbers.
        let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
        let ticks = |at: usize| fields[at].parse::<u64>().unwrap();
        // A tick is a hundredth of a second on every Linux that is not told otherwise.
        (fields[0].chars().next().unwrap(), Duration::from_millis((ticks(11) + ticks(12)) * 10))
    }

    /// Takes the terminal away and waits for the end, at most this long; answers what the program used meanwhile.
    #[track_caller]
    pub fn vanishes_within(&mut self, limit: Duration) -> (ExitStatus, Duration) {
        let before = self.used().1;
        self.master = None;
        // A process that has ended tells its times until somebody waits for it.
        for _ in 0..limit.as_millis() / 10 {
            let (state, used) = self.used();
            if state == 'Z' {
                return (self.child.wait().unwrap(), used.saturating_sub(before));
            }
            pause(10);
        }
        panic!("still there after {limit:?}:\n{}", self.text());
    }

    /// Takes the terminal away.
    pub fn vanishes(&mut self) -> &mut Self {
        self.master = None;
        self
    }

    /// Sends a signal by number.
    pub fn signal(&mut self, name: &str) -> &mut Self {
        let pid = self.child.id().to_string();
        Command::new("kill").args([name, &pid]).status().unwrap();
        self
    }

    /// Leaves with the key for it, again where that was taken for text: on a busy machine it may come together with the
    /// key before it, and then both look pasted.
    #[track_caller]
    pub fn leaves(&mut self) -> ExitStatus {
        for _ in 0..20 {
            if self.child.try_wait().unwrap().is_some() {
                break;
            }
            self.send("q").settles(250);
        }
        self.ends_within(Duration::from_secs(5))
    }

    /// Waits for the end, at most this long.
    #[track_caller]
    pub fn ends_within(&mut self, limit: Duration) -> ExitStatus {
        let steps = limit.as_millis() / 10 + 1;
        for _ in 0..steps {
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.read(0) && self.master.is_some() {
                    if !self.pending() {
                        break;
                    }
                }
                return status;
            }
            // At the end of the terminal a read answers at once.
            if !self.read(10) {
                pause(10);
            }
        }
        let _ = self.child.kill();
        panic!("still there after {limit:?}:\n{}", self.text());
    }

    fn pending(&mut self) -> bool {
        let Some(master) = self.master.as_mut() else { return false };
        let mut fds = [PollFd::new(master, PollFlags::IN)];
        let none = Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut fds, Some(&none)).unwrap_or(0) > 0 && fds[0].revents().contains(PollFlags::IN)
    }

    /// Kills it as kill -9 does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
