//! A process that serves a practice store, and those who come to its socket as no terminal of ours would.
#![allow(dead_code, reason = "every test file uses its own part of it")]

mod forced;
#[path = "../terminal/mod.rs"]
pub mod terminal;

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use terminal::{PROGRAM, output, pause, run};
use tijian::domain::Lang;
use tijian::door::frame::{FROM_OWNER, Frames, Hello, Kind, Over, VERSION, Want, frame, frame_of, size_bytes};
use tijian::door::{At, Dress};

/// How long a log-in may take, from the connection to the first frame. A debug build draws and decides many times slower, and
/// shares the machine with other tests: what is asserted of it is no figure, but that nobody waits for an attack.
pub const LOGIN: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 300 });
/// How long anything is waited for before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// A process without a terminal that serves a practice store.
pub struct Serving {
    home: tempfile::TempDir,
    pub store: PathBuf,
    socket: PathBuf,
    child: Child,
}

impl Serving {
    /// Makes a practice store and serves it with these lines below `[serve]`.
    pub fn start(settings: &str) -> Self {
        Self::start_at(settings, None)
    }

    /// Serves it at a socket of this name beside the store.
    pub fn start_at(settings: &str, name: Option<&str>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = home.path().join("practice");
        let (code, said) = run(home.path(), &["--data", store.to_str().unwrap(), "demo"]);
        assert_eq!(code, 0, "{said}");
        let folder = home.path().join(".config/tijian");
        std::fs::create_dir_all(&folder).unwrap();
        let named = name.map(|name| home.path().join(name));
        let line = named.as_ref().map_or_else(String::new, |path| format!("socket = \"{}\"\n", path.display()));
        std::fs::write(folder.join("config.toml"), format!("[serve]\n{line}{settings}\n")).unwrap();
        let socket = named.unwrap_or_else(|| store.join("tijian.sock"));
        let child = serve(home.path(), &store);
        let serving = Self { home, store, socket, child };
        serving.opens();
        serving
    }

    fn opens(&self) {
        for _ in 0..400 {
            if UnixStream::connect(self.socket()).is_ok() {
                return;
            }
            pause(25);
        }
        panic!("nobody serves");
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn socket(&self) -> PathBuf {
        self.socket.clone()
    }

    /// Runs a command beside it.
    pub fn says(&self, args: &[&str]) -> (i32, String) {
        run(self.home.path(), &[&["--data", self.store.to_str().unwrap()], args].concat())
    }

    pub fn status(&self) -> serde_json::Value {
        let said = output(self.home.path(), &["--data", self.store.to_str().unwrap(), "status", "--json"]);
        serde_json::from_slice(&said.stdout).unwrap_or_else(|fault| panic!("{fault}: {said:?}"))
    }

    /// Waits until so many sessions are in.
    pub fn has(&self, sessions: u64) {
        for _ in 0..400 {
            if self.status()["open"] == sessions {
                return;
            }
            pause(25);
        }
        panic!("never {sessions} sessions: {}", self.status());
    }

    pub fn log(&self) -> String {
        let files = std::fs::read_dir(self.store.join("log")).into_iter().flatten();
        files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    }

    /// Returns the process's memory in KiB.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Asks it to stop and waits for its end.
    pub fn stop(&mut self) -> Option<i32> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        for _ in 0..800 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            pause(25);
        }
        panic!("it serves on");
    }

    /// Sits down as a terminal does.
    pub fn visits(&self, size: (u16, u16)) -> Visitor {
        Visitor::come(&self.socket(), size)
    }

    /// Logs in and out again; answers how long it took until the first frame was there.
    pub fn login(&self) -> Duration {
        let start = now();
        let mut visitor = self.visits((80, 24));
        visitor.hears_a_frame();
        start.elapsed()
    }

    /// Logs in several times and checks that nobody waits: the middle one is what a person meets.
    #[track_caller]
    pub fn lets_in(&self) {
        let mut times: Vec<Duration> = (0..7).map(|_| self.login()).collect();
        times.sort_unstable();
        assert!(times[3] <= LOGIN, "{times:?}");
    }
}

fn serve(home: &Path, store: &Path) -> Child {
    let mut command = Command::new(PROGRAM);
    command.env_clear().env("HOME", home).env("LANG", "zh_TW.UTF-8").env("USER", "王督查").env("PATH", "/usr/bin:/bin");
    command.arg("--data").arg(store).arg("serve");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a terminal of this kind says first.
pub fn hello(want: Want) -> Vec<u8> {
    let dress = Dress { lang: Some(Lang::Hant), wide: Some(false), clipboard: true, ..Dress::default() };
    frame_of(Kind::Hello, &Hello { version: VERSION, dress, want, claim: None })
}

/// A walk of the practice store.
pub fn walk() -> At {
    At { round: "2026-4".to_owned(), branch: "JG-008".to_owned(), item: None }
}

/// Somebody who speaks the language of the socket themselves.
pub struct Visitor {
    pub stream: UnixStream,
    frames: Frames,
    screen: vt100::Parser,
    /// Everything that was said in words.
    pub said: String,
    /// How it ended.
    pub over: Option<Over>,
    gone: bool,
}

impl Visitor {
    pub fn come(path: &Path, size: (u16, u16)) -> Self {
        Self::wants(path, Want::Screen { size, at: Some(walk()) })
    }

    pub fn wants(path: &Path, want: Want) -> Self {
        let stream = UnixStream::connect(path).unwrap();
        let mut visitor = Self::of(stream);
        // Who is turned away at once may not be able to say all of it.
        let _ = visitor.stream.write_all(&hello(want));
        visitor
    }

    pub fn of(stream: UnixStream) -> Self {
        stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let [rows, cols] = [24, 80].map(|length| std::num::NonZero::new(length).unwrap());
        let screen = vt100::Parser::new(rows, cols, 0);
        Self { stream, frames: Frames::new(FROM_OWNER), screen, said: String::new(), over: None, gone: false }
    }

    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.tell(Kind::Input, keys.as_bytes())
    }

    pub fn resize(&mut self, size: (u16, u16)) -> &mut Self {
        self.tell(Kind::Resize, &size_bytes(size))
    }

    pub fn tell(&mut self, kind: Kind, bytes: &[u8]) -> &mut Self {
        let _ = self.stream.write_all(&frame(kind, bytes));
        self
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Reads once; says whether a frame came.
    fn read(&mut self) -> bool {
        let mut bytes = [0; 8 << 10];
        match self.stream.read(&mut bytes) {
            Ok(0) => self.gone = true,
            Ok(count) => self.frames.take(&bytes[..count]),
            Err(fault) if matches!(fault.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => self.gone = true,
        }
        let mut came = false;
        while let Ok(Some((kind, bytes))) = self.frames.whole() {
            match kind {
                Kind::Output => {
                    came = true;
                    self.screen.process(&bytes);
                    self.said.push_str(&String::from_utf8_lossy(&bytes));
                    self.tell(Kind::Shown, &[]);
                }
                Kind::Out | Kind::Err => self.said.push_str(&String::from_utf8_lossy(&bytes)),
                Kind::Over => self.over = Some(serde_json::from_slice(&bytes).unwrap()),
                _ => {}
            }
        }
        came
    }

    #[track_caller]
    fn until(&mut self, what: &str, mut there: impl FnMut(&Self, bool) -> bool) -> &mut Self {
        let start = now();
        while start.elapsed() < PATIENCE {
            let came = self.read();
            if there(self, came) {
                return self;
            }
            if self.gone {
                break;
            }
        }
        panic!("never {what}; over: {:?}, gone: {}\n{}\n{}", self.over, self.gone, self.text(), self.said);
    }

    #[track_caller]
    pub fn hears_a_frame(&mut self) -> &mut Self {
        self.until("a frame", |_, came| came)
    }

    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        if self.text().contains(text) {
            return self;
        }
        self.until(text, |visitor, _| visitor.text().contains(text))
    }

    #[track_caller]
    pub fn hears(&mut self, text: &str) -> &mut Self {
        self.until(text, |visitor, _| visitor.said.contains(text))
    }

    /// Waits until the other end is closed; answers what was said last.
    #[track_caller]
    pub fn ends(&mut self) -> Option<Over> {
        let start = now();
        while start.elapsed() < PATIENCE && !self.gone {
            self.read();
        }
        assert!(self.gone, "still there:\n{}", self.text());
        self.over.clone()
    }
}
