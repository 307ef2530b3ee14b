//! An SSH door with a host behind it that only says what it was told, and visitors who come to it.
#![allow(dead_code, reason = "every trial uses its own part")]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{io, thread};

use russh::client::{self, Handle, Msg};
use russh::keys::{Algorithm, PrivateKey, PrivateKeyWithHashAlg, PublicKey, PublicKeyOrCertificate};
use russh::{Channel, ChannelMsg, Disconnect};
use tempfile::TempDir;
use tijian::domain::{Lang, PersonId};
use tijian::door::ssh::{SshDoor, SshLimits, SshNews};
use tijian::door::{Guest, Host, Outlet, Parting, Refused, Way};
use tijian::session::{Event, Line};
use tokio::net::TcpSocket;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

/// The longest that anything here may take.
pub const LONG: Duration = Duration::from_secs(20);

/// A host that knows keys and says what it was told.
#[derive(Clone, Default)]
pub struct Echo(pub Arc<Known>);

impl std::ops::Deref for Echo {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.0
    }
}

/// What the host knows and counts.
#[derive(Default)]
pub struct Known {
    /// Whose keys are known.
    pub keys: Mutex<HashMap<String, PersonId>>,
    /// The keys that were asked for.
    pub asked: Mutex<Vec<String>>,
    /// Frames that were sent by sessions that draw all the time.
    pub frames: AtomicUsize,
    /// Sessions that are open.
    pub open: AtomicUsize,
    /// Commands that say something without an end.
    pub speaking: AtomicUsize,
    /// KiB that they could say.
    pub kib: AtomicUsize,
}

impl Host for Echo {
    fn keyholder(&self, key: &str) -> Option<PersonId> {
        self.asked.lock().unwrap().push(key.to_owned());
        self.keys.lock().unwrap().get(key).cloned()
    }

    fn account(&self, _: u32, _: Option<&str>, _: Lang) -> Result<PersonId, String> {
        Err("nobody".to_owned())
    }

    fn sit(&self, guest: Guest, way: Way) -> Result<(), Refused> {
        if guest.person.0 == "too-much" {
            return Err(Refused { way, why: "no room".to_owned() });
        }
        let host = self.clone();
        host.open.fetch_add(1, Ordering::SeqCst);
        thread::spawn(move || {
            let Way { mut line, over, .. } = way;
            let ended = match guest.person.0.as_str() {
                "flood" => host.flood(&mut line),
                "slow" => slow(&mut line),
                _ => echo(&mut line, &guest),
            };
            drop(line);
            host.open.fetch_sub(1, Ordering::SeqCst);
            if guest.person.0 != "falls" {
                over(Parting::Over(ended.0, ended.1));
            }
        });
        Ok(())
    }

    fn answer(&self, guest: &Guest, words: Vec<String>, mut outlet: Box<dyn Outlet>) -> u8 {
        let mut says = |out: &[u8]| outlet.out(out).map_or(9, |()| 0);
        match words.first().map(String::as_str) {
            Some("falls") => panic!("a command that falls"),
            Some("sleeps") => {
                thread::park_timeout(Duration::from_millis(300));
                says(b"slept\n")
            }
            Some("much") => says(&vec![b'x'; 3 << 20]),
            // Says what a person could not read in a day, and counts how much of it was taken.
            Some("endless") => {
                self.speaking.fetch_add(1, Ordering::SeqCst);
                while says(&[b'x'; 1024]) == 0 {
                    self.kib.fetch_add(1, Ordering::SeqCst);
                }
                self.speaking.fetch_sub(1, Ordering::SeqCst);
                0
            }
            Some("fails") => {
                says(b"out\n");
                let _ = outlet.err(b"err\n");
                6
            }
            _ => says(format!("{} {:?} {:?}\n", guest.person, guest.dress.lang, words).as_bytes()),
        }
    }
}

impl Known {
    /// Draws whenever the line is free, as fast as it is.
    fn flood(&self, line: &mut Box<dyn Line + Send>) -> (u8, Option<String>) {
        loop {
            if line.free() {
                if line.send(&vec![b'x'; 50_000]).is_err() {
                    return (1, None);
                }
                self.frames.fetch_add(1, Ordering::SeqCst);
            }
            if matches!(line.wait(None), Event::Gone | Event::Terminate) {
                return (1, None);
            }
        }
    }
}

/// Reads nothing for a while.
fn slow(line: &mut Box<dyn Line + Send>) -> (u8, Option<String>) {
    thread::park_timeout(Duration::from_millis(500));
    let mut read = 0;
    loop {
        match line.wait(None) {
            Event::Bytes(bytes) if bytes.ends_with(b"q") => return (0, Some(format!("read {}", read + bytes.len()))),
            Event::Bytes(bytes) => read += bytes.len(),
            Event::Gone | Event::Terminate => return (1, None),
            _ => {}
        }
    }
}

/// Says what came.
fn echo(line: &mut Box<dyn Line + Send>, guest: &Guest) -> (u8, Option<String>) {
    let hello = format!("hello {} {:?} {:?} {}\n", guest.person, line.size(), guest.dress, guest.way);
    let mut sent = line.send(hello.as_bytes());
    while sent.is_ok() {
        sent = match line.wait(None) {
            Event::Bytes(bytes) if bytes == b"q" => return (0, Some("goodbye".to_owned())),
            Event::Bytes(bytes) => line.send(format!("key {:?}\n", String::from_utf8_lossy(&bytes)).as_bytes()),
            Event::Resize(cols, rows) => line.send(format!("size {cols} {rows}\n").as_bytes()),
            Event::Terminate => return (3, Some("terminated".to_owned())),
            Event::Gone => return (1, None),
            Event::Free | Event::Woken | Event::Quiet => Ok(()),
        };
    }
    (1, None)
}

/// A door, its host and what it told.
pub struct House {
    pub host: Echo,
    pub door: SshDoor,
    pub told: Arc<Mutex<Vec<SshNews>>>,
    pub folder: TempDir,
    pub runtime: Runtime,
}

/// Makes a key.
pub fn key() -> PrivateKey {
    PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).unwrap()
}

/// Spells a public key as the store keeps it.
pub fn spelled(key: &PublicKey) -> String {
    PublicKey::new(key.key_data().clone(), "").to_openssh().unwrap().trim_end().to_owned()
}

impl House {
    pub fn new(limits: SshLimits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (host, told) = (Echo::default(), Arc::<Mutex<Vec<SshNews>>>::default());
        let log = Arc::clone(&told);
        let door = SshDoor::open(
            "127.0.0.1:0".parse().unwrap(),
            &folder.path().join("host_key"),
            limits,
            Arc::new(host.clone()),
            Arc::new(move |news| log.lock().unwrap().push(news)),
        );
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Self { host, door: door.unwrap(), told, folder, runtime }
    }

    /// Binds a new key to a person.
    pub fn know(&self, person: &str) -> PrivateKey {
        let key = key();
        self.bind(person, key.public_key());
        key
    }

    pub fn bind(&self, person: &str, key: &PublicKey) {
        self.host.keys.lock().unwrap().insert(spelled(key), PersonId(person.to_owned()));
    }

    pub fn address(&self) -> SocketAddr {
        self.door.address()
    }

    /// Runs what visitors do, within the longest time.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(async { timeout(LONG, work).await.expect("too slow") })
    }

    /// Logs in.
    pub async fn visit(&self, key: &PrivateKey) -> Visit {
        Visit::come(self.address(), key, client::Config::default()).await.expect("let in")
    }

    /// Writes a key to a file that OpenSSH takes.
    pub fn key_file(&self, name: &str, key: &PrivateKey) -> PathBuf {
        use std::os::unix::fs::OpenOptionsExt;
        let path = self.folder.path().join(name);
        let text = key.to_openssh(russh::keys::ssh_key::LineEnding::LF).unwrap();
        let mut file = std::fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(&path).unwrap();
        io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        path
    }
}

/// What a connection was told.
#[derive(Default)]
pub struct Heard {
    /// The last word.
    pub goodbye: Arc<Mutex<Option<String>>>,
}

impl client::Handler for Heard {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(true)
    }

    async fn disconnected(&mut self, reason: client::DisconnectReason<russh::Error>) -> Result<(), russh::Error> {
        match reason {
            client::DisconnectReason::ReceivedDisconnect(info) => {
                *self.goodbye.lock().unwrap() = Some(info.message);
                Ok(())
            }
            client::DisconnectReason::Error(fault) => Err(fault),
        }
    }
}

/// Somebody who has logged in.
pub struct Visit {
    pub handle: Handle<Heard>,
    pub goodbye: Arc<Mutex<Option<String>>>,
}

/// Connects from an address of this machine, without logging in.
pub async fn connect(to: SocketAddr, from: &str, config: client::Config) -> Result<Visit, russh::Error> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(from.parse().unwrap(), 0))?;
    let stream = socket.connect(to).await?;
    stream.set_nodelay(true)?;
    let heard = Heard::default();
    let goodbye = Arc::clone(&heard.goodbye);
    Ok(Visit { handle: client::connect_stream(Arc::new(config), stream, heard).await?, goodbye })
}

impl Visit {
    /// Connects and logs in.
    pub async fn come(to: SocketAddr, key: &PrivateKey, config: client::Config) -> Result<Self, russh::Error> {
        let mut visit = connect(to, "127.0.0.1", config).await?;
        if visit.login("anybody", key).await? { Ok(visit) } else { Err(russh::Error::NotAuthenticated) }
    }

    pub async fn login(&mut self, user: &str, key: &PrivateKey) -> Result<bool, russh::Error> {
        let key = PrivateKeyWithHashAlg::new(Arc::new(key.clone()), None);
        Ok(self.handle.authenticate_publickey(user, key).await?.success())
    }

    pub async fn channel(&self) -> Talk {
        Talk::new(self.handle.channel_open_session().await.unwrap())
    }

    /// Opens a screen.
    pub async fn screen(&self, term: &str, cols: u32, rows: u32) -> Talk {
        let talk = self.channel().await;
        talk.channel.request_pty(true, term, cols, rows, 0, 0, &[]).await.unwrap();
        talk.channel.request_shell(true).await.unwrap();
        talk
    }

    /// Has a command answered: its exit code, its output, what it said beside.
    pub async fn exec(&self, command: impl Into<Vec<u8>>) -> (u32, String, String) {
        let mut talk = self.channel().await;
        talk.channel.exec(true, command).await.unwrap();
        talk.end().await
    }

    pub async fn leave(self) {
        let _ = self.handle.disconnect(Disconnect::ByApplication, "", "").await;
    }
}

/// A channel, and what was heard on it.
pub struct Talk {
    pub channel: Channel<Msg>,
    pub out: String,
    pub err: String,
    pub code: Option<u32>,
    pub failures: usize,
}

impl Talk {
    fn new(channel: Channel<Msg>) -> Self {
        Self { channel, out: String::new(), err: String::new(), code: None, failures: 0 }
    }

    async fn next(&mut self) -> bool {
        match self.channel.wait().await {
            Some(ChannelMsg::Data { data }) => self.out.push_str(&String::from_utf8_lossy(&data)),
            Some(ChannelMsg::ExtendedData { data, ext: 1 }) => self.err.push_str(&String::from_utf8_lossy(&data)),
            Some(ChannelMsg::ExitStatus { exit_status }) => self.code = Some(exit_status),
            Some(ChannelMsg::Failure) => self.failures += 1,
            Some(ChannelMsg::Close) | None => return false,
            Some(_) => {}
        }
        true
    }

    /// Listens until something is said.
    pub async fn until(&mut self, text: &str) {
        while !self.out.contains(text) {
            assert!(self.next().await, "closed before {text:?}: {:?} {:?}", self.out, self.err);
        }
    }

    /// Listens until a request was refused.
    pub async fn failed(&mut self) {
        let before = self.failures;
        while self.failures == before {
            assert!(self.next().await, "closed: {:?} {:?}", self.out, self.err);
        }
    }

    pub async fn keys(&self, keys: &str) {
        self.channel.data(keys.as_bytes()).await.unwrap();
    }

    /// Listens to the end.
    pub async fn end(&mut self) -> (u32, String, String) {
        while self.next().await {}
        (self.code.expect("an exit code"), self.out.clone(), self.err.clone())
    }
}
