//! Many terminals at once, at one server: what is sent is stamped before it goes out, what comes when it is there.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use russh::keys::PrivateKey;
use tijian::door::frame::{FROM_OWNER, Frames, Hello, Kind, VERSION, Want, frame, frame_of};
use tijian::door::{At, Dress};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::UnboundedSender;

use super::ssh;

/// By which way they come.
pub enum Door {
    /// The Unix socket.
    Socket(PathBuf),
    /// SSH, each with a key of their own.
    Ssh(SocketAddr, Vec<PrivateKey>),
}

/// Something at one of the terminals.
pub struct Heard {
    /// At which.
    pub who: usize,
    /// When.
    pub when: Instant,
    /// What.
    pub what: What,
}

/// What is heard.
pub enum What {
    /// Keys are about to go out.
    Sent,
    /// Bytes for the terminal.
    Bytes(Vec<u8>),
    /// The line is over.
    Over(String),
}

enum Pen {
    Socket(UnixStream),
    Ssh(UnboundedSender<Vec<u8>>),
}

struct Member {
    pen: Pen,
    held: Arc<AtomicBool>,
}

/// Many terminals.
pub struct Crowd {
    door: Door,
    runtime: Runtime,
    members: Vec<Member>,
    tell: Sender<Heard>,
    heard: Receiver<Heard>,
}

impl Crowd {
    /// Comes to a door with nobody yet.
    pub fn new(door: Door) -> Self {
        let (tell, heard) = channel();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        Self { door, runtime, members: Vec::new(), tell, heard }
    }

    /// Counts who is in.
    pub const fn len(&self) -> usize {
        self.members.len()
    }

    /// Begins to come in as the person of a number; the first bytes are heard later.
    pub fn come(&mut self, person: usize, at: Option<At>) -> Instant {
        let (who, tell, held) = (self.members.len(), self.tell.clone(), Arc::<AtomicBool>::default());
        let start = Instant::now();
        let pen = match &self.door {
            Door::Socket(path) => {
                let mut stream = UnixStream::connect(path).unwrap();
                let dress = Dress { colour: true, wide: Some(false), ..Dress::default() };
                let want = Want::Screen { size: (80, 24), at };
                let hello = Hello { version: VERSION, dress, want, claim: Some(super::handle(person)) };
                stream.write_all(&frame_of(Kind::Hello, &hello)).unwrap();
                let (reads, held) = (stream.try_clone().unwrap(), Arc::clone(&held));
                // So many threads need no stack to speak of.
                let reader = thread::Builder::new().stack_size(128 << 10);
                reader.spawn(move || listen(reads, who, &tell, &held)).unwrap();
                Pen::Socket(stream)
            }
            Door::Ssh(address, keys) => {
                let (pen, orders) = tokio::sync::mpsc::unbounded_channel();
                let key = keys[person % keys.len()].clone();
                self.runtime.spawn(ssh::sit(*address, key, who, orders, tell, Arc::clone(&held)));
                Pen::Ssh(pen)
            }
        };
        self.members.push(Member { pen, held });
        start
    }

    /// Presses keys at a terminal.
    pub fn send(&mut self, who: usize, keys: &[u8]) {
        match &mut self.members[who].pen {
            Pen::Socket(stream) => {
                let _ = self.tell.send(Heard { who, when: Instant::now(), what: What::Sent });
                let _ = stream.write_all(&frame(Kind::Input, keys));
            }
            Pen::Ssh(pen) => drop(pen.send(keys.to_vec())),
        }
    }

    /// Stops reading at a terminal, for good.
    pub fn hold(&mut self, who: usize) {
        self.members[who].held.store(true, Ordering::Relaxed);
    }

    /// Waits for what is heard next, at most until then.
    pub fn hears(&self, until: Instant) -> Option<Heard> {
        let heard = self.heard.recv_timeout(until.saturating_duration_since(Instant::now())).ok()?;
        if let What::Over(why) = &heard.what {
            panic!("the line of {} is over: {why}", heard.who);
        }
        Some(heard)
    }

    /// Takes no notice of anything until a moment.
    pub fn rest(&self, wait: Duration) {
        let until = Instant::now() + wait;
        while self.hears(until).is_some() {}
    }

    /// Drops every line.
    pub fn leave(&mut self) {
        for member in self.members.drain(..) {
            if let Pen::Socket(stream) = member.pen {
                let _ = stream.shutdown(std::net::Shutdown::Both);
            }
        }
        // Whatever is said at the end is not heard as news.
        (self.tell, self.heard) = channel();
        super::pause(Duration::from_millis(700));
    }
}

/// Reads what the owner of the store sends, and says that it was shown.
fn listen(mut stream: UnixStream, who: usize, tell: &Sender<Heard>, held: &AtomicBool) {
    let (mut frames, mut bytes) = (Frames::new(FROM_OWNER), vec![0; 16 << 10]);
    let mut writes = stream.try_clone().unwrap();
    loop {
        let count = stream.read(&mut bytes).unwrap_or(0);
        let when = Instant::now();
        while held.load(Ordering::Relaxed) {
            thread::park_timeout(Duration::from_millis(200));
        }
        frames.take(&bytes[..count]);
        while let Ok(Some((kind, bytes))) = frames.whole() {
            let what = match kind {
                Kind::Output => What::Bytes(bytes),
                Kind::Over => What::Over(String::from_utf8_lossy(&bytes).into_owned()),
                _ => continue,
            };
            if matches!(what, What::Bytes(_)) {
                let _ = writes.write_all(&frame(Kind::Shown, &[]));
            }
            if tell.send(Heard { who, when, what }).is_err() {
                return;
            }
        }
        if count == 0 {
            let _ = tell.send(Heard { who, when, what: What::Over("gone".to_owned()) });
            return;
        }
    }
}
