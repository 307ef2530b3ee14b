//! The socket in the data folder: other processes of this machine come in here.

use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tracing::warn;

use super::frame::{FROM_OWNER, FROM_TERMINAL, Frames, Hello, Kind, Over, VERSION, Want, frame, frame_of};
use super::socket_line::SocketLine;
use super::{Guest, Host, Parting, Way};
use crate::locales as w;
use crate::session::{Clock, SystemClock};

/// What the socket bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketLimits {
    /// Processes that have come and not said yet what they want.
    pub unheard: usize,
    /// How long one may take to say it.
    pub hello: Duration,
}

impl Default for SocketLimits {
    fn default() -> Self {
        Self { unheard: 64, hello: Duration::from_secs(5) }
    }
}

/// Who may come to the socket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SocketFile {
    /// Where it is.
    pub path: PathBuf,
    /// The group that it belongs to, by number; the process's own where nothing is said.
    pub group: Option<u32>,
    /// Whether the group may come in; others never do.
    pub shared: bool,
}

/// Why there is no socket.
#[derive(Debug, thiserror::Error)]
pub enum SocketFault {
    /// Something else lies there.
    #[error("{0} is no socket: move it away, then others can attach")]
    Taken(String),
    /// It could not be made.
    #[error("{path}: {source}")]
    Io {
        /// Where it was to be.
        path: String,
        /// Why not.
        source: io::Error,
    },
}

/// Runs something with a name of a socket that is short enough for the system, however deep its folder lies.
pub(super) fn named<T>(path: &Path, with: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    const LONGEST: usize = 100;
    if path.as_os_str().len() <= LONGEST {
        return with(path);
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let folder = fs::File::open(folder)?;
    with(&Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string()).join(name))
}

/// The open socket. Who drops it closes it; who has come in stays.
pub struct SocketDoor {
    path: PathBuf,
    stop: UnixStream,
    thread: Option<JoinHandle<()>>,
}

impl SocketDoor {
    /// Opens the socket. Only the one process that owns the store may call this: what lies there is a dead one's.
    pub fn open(file: &SocketFile, limits: SocketLimits, host: Arc<dyn Host>) -> Result<Self, SocketFault> {
        let path = file.path.clone();
        let told = |source| SocketFault::Io { path: path.display().to_string(), source };
        match fs::symlink_metadata(&path) {
            Ok(data) if data.file_type().is_socket() => fs::remove_file(&path).map_err(told)?,
            Ok(_) => return Err(SocketFault::Taken(path.display().to_string())),
            Err(_) => {}
        }
        let listener = named(&path, |name| UnixListener::bind(name)).map_err(told)?;
        if let Some(group) = file.group {
            std::os::unix::fs::chown(&path, None, Some(group)).map_err(told)?;
        }
        let mode = if file.shared { 0o660 } else { 0o600 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).map_err(told)?;
        listener.set_nonblocking(true).map_err(told)?;
        let (stop, stopped) = UnixStream::pair().map_err(told)?;
        let accept = move || accept(&listener, &stopped, limits, &host);
        let thread = Builder::new().name("socket".to_owned()).spawn(accept).map_err(told)?;
        Ok(Self { path, stop, thread: Some(thread) })
    }
}

impl Drop for SocketDoor {
    fn drop(&mut self) {
        // The file goes first: who comes now finds nobody, and waits for the next owner.
        let _ = fs::remove_file(&self.path);
        let _ = self.stop.write(b"s");
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn accept(listener: &UnixListener, stopped: &UnixStream, limits: SocketLimits, host: &Arc<dyn Host>) {
    let unheard = Arc::new(AtomicUsize::new(0));
    loop {
        let mut fds = [PollFd::new(listener, PollFlags::IN), PollFd::new(stopped, PollFlags::IN)];
        let polled = poll(&mut fds, None);
        if fds[1].revents().intersects(PollFlags::IN | PollFlags::HUP) {
            return;
        }
        if polled.is_err() {
            continue;
        }
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(fault) => {
                // Out of descriptors, most likely: those who are here go on, and whoever comes waits a moment.
                if fault.kind() != io::ErrorKind::WouldBlock {
                    warn!(%fault, "socket: nobody can come in");
                    let wait = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };
                    let _ = poll(&mut [PollFd::new(stopped, PollFlags::IN)], Some(&wait));
                }
                continue;
            }
        };
        if unheard.fetch_add(1, Ordering::Relaxed) >= limits.unheard {
            unheard.fetch_sub(1, Ordering::Relaxed);
            // Closed without a word: whoever floods does not read, and nothing here waits for them.
            warn!(most = limits.unheard, "socket: too many have come and said nothing; one was sent away");
            continue;
        }
        let (host, heard) = (Arc::clone(host), Arc::clone(&unheard));
        let hear = move || {
            let hello = hello(&stream, limits.hello);
            heard.fetch_sub(1, Ordering::Relaxed);
            receive(stream, hello, &*host);
        };
        if let Err(fault) = Builder::new().name("hello".to_owned()).spawn(hear) {
            unheard.fetch_sub(1, Ordering::Relaxed);
            warn!(%fault, "socket: no thread for who comes in");
        }
    }
}

/// What is said of a process that has gone before it said anything.
const GONE: &str = "gone";

/// Hears what a process wants, and says what came behind that.
fn hello(mut stream: &UnixStream, within: Duration) -> Result<(Hello, Frames), String> {
    let told = |fault: &dyn std::fmt::Display| fault.to_string();
    stream.set_nonblocking(false).map_err(|fault| told(&fault))?;
    let mut frames = Frames::new(FROM_TERMINAL);
    let mut bytes = [0; 4096];
    // One time for all of it: a byte a second is no way to stay.
    let clock = SystemClock::new();
    loop {
        match frames.whole().map_err(|fault| told(&fault))? {
            Some((Kind::Hello, bytes)) => {
                let hello = serde_json::from_slice(&bytes).map_err(|fault| told(&fault))?;
                return Ok((hello, frames));
            }
            Some(_) => return Err("no hello".to_owned()),
            None => {}
        }
        let left = within.saturating_sub(clock.ticks());
        if left.is_zero() {
            return Err("no hello in time".to_owned());
        }
        stream.set_read_timeout(Some(left)).map_err(|fault| told(&fault))?;
        match stream.read(&mut bytes) {
            Ok(0) => return Err(GONE.to_owned()),
            Ok(count) => frames.take(bytes.get(..count).unwrap_or_default()),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(told(&fault)),
        }
    }
}

/// Finds out who it is and lets them in.
fn receive(stream: UnixStream, heard: Result<(Hello, Frames), String>, host: &dyn Host) {
    let uid = match rustix::net::sockopt::socket_peercred(&stream) {
        Ok(peer) => peer.uid.as_raw(),
        Err(fault) => {
            warn!(%fault, "socket: nobody knows who it is");
            return;
        }
    };
    let (hello, frames) = match heard {
        Ok(heard) => heard,
        // Who only looks whether somebody is there says nothing.
        Err(fault) if fault == GONE => return,
        Err(fault) => {
            warn!(uid, fault, "socket: not understood");
            return;
        }
    };
    let lang = hello.dress.lang.unwrap_or_default();
    if hello.version != VERSION {
        let text = w::DOOR_VERSION.fill(lang, &[&env!("CARGO_PKG_VERSION")]);
        return refuse(&stream, text);
    }
    let person = match host.account(uid, hello.claim.as_deref(), lang) {
        Ok(person) => person,
        Err(why) => {
            warn!(uid, "socket: refused");
            return refuse(&stream, why);
        }
    };
    let guest = Guest { person, dress: hello.dress, way: format!("socket uid {uid}"), at: None };
    match hello.want {
        Want::Words(words) => {
            let said = host.answer(&guest, words);
            let _ = stream.set_write_timeout(Some(Duration::from_secs(20)));
            let parts = |kind, bytes: &[u8]| {
                bytes.chunks(FROM_OWNER).try_for_each(|part| (&stream).write_all(&frame(kind, part)))
            };
            let sent = parts(Kind::Err, &said.err).and_then(|()| parts(Kind::Out, &said.out));
            if sent.is_ok() {
                let over = Over { code: said.code, text: None };
                let _ = (&stream).write_all(&frame_of(Kind::Over, &over));
            }
        }
        Want::Screen { size, at } => sit(stream, frames, size, Guest { at, ..guest }, host),
    }
}

fn refuse(mut stream: &UnixStream, text: String) {
    let _ = stream.set_write_timeout(Some(Duration::from_secs(1)));
    let _ = stream.write_all(&frame_of(Kind::Over, &Over { code: 1, text: Some(text) }));
}

fn sit(stream: UnixStream, frames: Frames, size: (u16, u16), guest: Guest, host: &dyn Host) {
    let opened = || -> io::Result<(SocketLine, UnixStream)> {
        let last = stream.try_clone()?;
        Ok((SocketLine::new(stream, frames, size)?, last))
    };
    let (line, last) = match opened() {
        Ok(opened) => opened,
        Err(fault) => {
            warn!(%fault, "socket: no line");
            return;
        }
    };
    let (waker, ender) = (line.waker(), line.waker());
    let way = Way {
        line: Box::new(line),
        wake: Arc::new(move || waker.wake()),
        end: Arc::new(move || ender.end()),
        over: Box::new(move |parting| {
            let frame = match parting {
                Parting::Over(code, text) => frame_of(Kind::Over, &Over { code, text }),
                Parting::Moving => frame(Kind::Moving, &[]),
            };
            let _ = last.set_nonblocking(false);
            let _ = last.set_write_timeout(Some(Duration::from_secs(1)));
            let _ = (&last).write_all(&frame);
        }),
    };
    if let Err(refused) = host.sit(guest, way) {
        let Way { line, over, .. } = refused.way;
        drop(line);
        over(Parting::Over(1, Some(refused.why)));
    }
}
