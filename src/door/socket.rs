//! The socket in the data folder: other processes of this machine come in here.

use std::fs;
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use super::Host;
use super::pace::Pace;
use super::socket_guest::Doorway;
use super::threshold::stand;

/// What the socket bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketLimits {
    /// Processes that have come and not said yet what they want.
    pub unheard: usize,
    /// How long one may take to say it.
    pub hello: Duration,
    /// How many bytes it may take to say it in.
    pub hello_bytes: usize,
    /// Commands that are answered at once.
    pub commands: usize,
    /// Words of one command.
    pub words: usize,
    /// How long somebody may take to take a piece of what was answered.
    pub delivery: Duration,
    /// How fast a line may talk.
    pub pace: Pace,
}

impl Default for SocketLimits {
    fn default() -> Self {
        let (hello, hello_bytes) = (Duration::from_secs(5), 128 << 10);
        let delivery = Duration::from_secs(20);
        Self { unheard: 64, hello, hello_bytes, commands: 16, words: 4096, delivery, pace: Pace::default() }
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
    /// Another process serves something else there.
    #[error("{0} is the socket of another program that is running: name another one as [serve] socket")]
    Busy(String),
    /// It could not be made.
    #[error("{path}: {source}")]
    Io {
        /// Where it was to be.
        path: String,
        /// Why not.
        source: io::Error,
    },
}

/// Processes that the system lets wait until they are let in.
const WAITING: i32 = 64;

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
            Ok(data) if data.file_type().is_socket() => {
                // Whoever owned this store before has let go of it: somebody who answers there owns another one.
                if named(&path, |name| UnixStream::connect(name)).is_ok() {
                    return Err(SocketFault::Busy(path.display().to_string()));
                }
                fs::remove_file(&path).map_err(told)?;
            }
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
        // A flood waits in front of the door, not in a queue that whoever comes next would stand at the end of.
        rustix::net::listen(&listener, WAITING).map_err(|fault| told(fault.into()))?;
        let (stop, stopped) = UnixStream::pair().map_err(told)?;
        let doorway = Arc::new(Doorway::new(limits, host));
        let stand = move || stand(&listener, &stopped, &doorway);
        let thread = Builder::new().name("socket".to_owned()).spawn(stand).map_err(told)?;
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
