//! The SSH door: a person's key opens it, and behind it is the program and nothing else.
//!
//! Who somebody is comes from [`Host::keyholder`] for the key whose signature was verified, never from a key that was
//! merely offered and never from the user name. There is no shell, no forwarding and no file transfer.

mod asked;
mod begun;
mod channel;
mod connection;
mod host_key;
mod keys;
mod limits;
mod log;
mod outlet;
mod porch;
mod unwanted;
mod visitor;
mod wire;

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use russh::keys::PrivateKey;
use russh::{MethodKind, MethodSet, Preferred, SshId, cipher, kex, mac, server};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, watch};

use super::Host;
use crate::domain::PersonId;
use log::Teller;
use porch::Porch;

pub use keys::{BroughtKey, KeyFault, fingerprint, read_keys};
pub use limits::SshLimits;
pub use log::{SshLog, SshNews, SshRefusal};

/// Threads that carry bytes: a handshake on one does not hold up a key on the other.
const CARRIERS: usize = 2;
/// What may wait inside the library for a connection to take it, in messages of a packet each.
const ON_THE_WAY: usize = 4;
/// Bytes that a client may send ahead on a channel.
const WINDOW: u32 = 64 << 10;
/// Bytes of a packet.
const PACKET: u32 = 32 << 10;
/// How long a key that is refused is answered late, whatever the reason.
const REJECTION: Duration = Duration::from_millis(300);
/// How long whatever still runs is waited for when the door is closed.
const LAST_WAIT: Duration = Duration::from_secs(1);

const KEX: &[kex::Name] = &[
    kex::MLKEM768X25519_SHA256,
    kex::CURVE25519,
    kex::CURVE25519_PRE_RFC_8731,
    kex::EXTENSION_SUPPORT_AS_SERVER,
    kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
];
const CIPHERS: &[cipher::Name] =
    &[cipher::CHACHA20_POLY1305, cipher::AES_256_GCM, cipher::AES_128_GCM, cipher::AES_256_CTR];
const MACS: &[mac::Name] = &[mac::HMAC_SHA512_ETM, mac::HMAC_SHA256_ETM];

/// What every connection shares.
struct Door {
    host: Arc<dyn Host>,
    limits: SshLimits,
    teller: Teller,
    porch: Arc<Porch>,
    answers: Arc<Semaphore>,
    config: Arc<server::Config>,
    /// Connections by person.
    inside: Mutex<HashMap<PersonId, usize>>,
}

impl Door {
    /// Notes that a person has logged in; answers whether there is room for one more of theirs.
    fn came(&self, person: &PersonId) -> bool {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let here = inside.entry(person.clone()).or_default();
        if *here >= self.limits.by_person {
            return false;
        }
        *here += 1;
        true
    }

    fn left(&self, person: &PersonId) {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = inside.get_mut(person) {
            *here = here.saturating_sub(1);
            if *here == 0 {
                inside.remove(person);
            }
        }
    }
}

fn config(limits: &SshLimits, key: PrivateKey) -> server::Config {
    server::Config {
        server_id: SshId::Standard("SSH-2.0-tijian".into()),
        methods: MethodSet::from(&[MethodKind::PublicKey][..]),
        auth_rejection_time: REJECTION,
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![key],
        window_size: WINDOW,
        maximum_packet_size: PACKET,
        channel_buffer_size: 1,
        event_buffer_size: ON_THE_WAY,
        preferred: Preferred { kex: KEX.into(), cipher: CIPHERS.into(), mac: MACS.into(), ..Preferred::DEFAULT },
        max_auth_attempts: limits.attempts,
        // Every answer to a question counts as a sign of life; without one the connection ends, whatever it waits for.
        inactivity_timeout: Some(limits.keepalive.saturating_mul(5)),
        keepalive_interval: Some(limits.keepalive),
        keepalive_max: 3,
        nodelay: true,
        ..server::Config::default()
    }
}

/// The SSH door, open on threads of its own.
pub struct SshDoor {
    address: SocketAddr,
    fingerprint: String,
    closing: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl SshDoor {
    /// Opens the door: listens at an address, and is known by the key in a file, which is made where there is none.
    pub fn open(
        address: SocketAddr,
        host_key: &Path,
        limits: SshLimits,
        host: Arc<dyn Host>,
        log: SshLog,
    ) -> io::Result<Self> {
        let key = host_key::kept(host_key)?;
        let fingerprint = keys::fingerprint_of(key.public_key());
        let runtime = Builder::new_multi_thread()
            .worker_threads(CARRIERS)
            .thread_name("ssh")
            .max_blocking_threads(limits.answers + 4 * CARRIERS)
            .enable_all()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            connection::listen(address)?
        };
        let address = listener.local_addr()?;
        let door = Arc::new(Door {
            host,
            teller: Teller::new(log),
            porch: Arc::default(),
            answers: Arc::new(Semaphore::new(limits.answers)),
            config: Arc::new(config(&limits, key)),
            inside: Mutex::default(),
            limits,
        });
        let (closing, closed) = watch::channel(false);
        let thread = thread::Builder::new().name("ssh door".to_owned()).spawn(move || {
            runtime.block_on(connection::serve(door, listener, closed));
            shut(runtime);
        })?;
        Ok(Self { address, fingerprint, closing, thread: Some(thread) })
    }

    /// Returns the address at which the door listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the fingerprint of the host's key, as `ssh` shows it at the first connection.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Lets nobody in any more, asks the sessions to end, waits a little, and closes.
    pub fn close(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.closing.send_replace(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for SshDoor {
    fn drop(&mut self) {
        self.end();
    }
}

fn shut(runtime: Runtime) {
    runtime.shutdown_timeout(LAST_WAIT);
}
