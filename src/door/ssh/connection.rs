//! Connections: who comes is served until they leave, are late, give way, or the door closes.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use russh::server::{Handle, RunningSession, run_stream};
use russh::{Disconnect, Error};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::Door;
use super::log::{SshNews, SshRefusal};
use super::visitor::{Inside, Visitor};
use super::wire::{Cut, Wire};
use crate::domain::Lang;
use crate::locales as w;

/// Connections that wait to be taken.
const BACKLOG: u32 = 1024;
/// Bytes that the kernel keeps for a slow reader: frames that lie there are old when they arrive.
const KERNEL: u32 = 64 << 10;
/// How long nothing is taken where the machine has no more descriptors.
const BREATH: Duration = Duration::from_millis(100);
/// How long sessions have to end when the door closes.
const ENDING: Duration = Duration::from_secs(5);
/// How long a last word may take.
const LAST_WORD: Duration = Duration::from_millis(300);

/// Listens at an address.
pub(super) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    // Connections that are taken here inherit it.
    socket.set_send_buffer_size(KERNEL)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Takes connections until the door closes, and waits until they have ended.
pub(super) async fn serve(door: Arc<Door>, listener: TcpListener, mut closing: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    let places = Arc::new(Semaphore::new(door.limits.connections));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
            _ = closing.wait_for(|closing| *closing) => break,
        };
        match accepted {
            Ok((stream, from)) => match Arc::clone(&places).try_acquire_owned() {
                Ok(place) => {
                    let (door, closing) = (Arc::clone(&door), closing.clone());
                    connections.spawn(async move {
                        Connection { door, from, closing }.run(stream).await;
                        drop(place);
                    });
                }
                Err(_) => {
                    door.teller.refused(from.ip(), SshRefusal::Full);
                    // Before its first line a server may say others, which a client shows.
                    let _ = stream.try_write(format!("{}\r\n", w::SSH_FULL.say(Lang::En)).as_bytes());
                }
            },
            Err(fault) => {
                door.teller.tell(SshNews::Stuck(fault.to_string()));
                sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

struct Connection {
    door: Arc<Door>,
    from: SocketAddr,
    closing: watch::Receiver<bool>,
}

/// Why a connection is ended from here.
#[derive(Clone, Copy)]
enum Why {
    Late,
    PushedOut,
    Closing,
}

impl Connection {
    async fn run(mut self, stream: TcpStream) {
        let limits = &self.door.limits;
        // A frame is one write; nothing is gained by waiting for more.
        let _ = stream.set_nodelay(true);
        let (cut, pushed, inside) = (Cut::default(), Arc::<Notify>::default(), Arc::<Inside>::default());
        let ip = self.from.ip();
        let place = self.door.porch.enter(ip, Arc::clone(&pushed), limits.waiting, limits.waiting_by_address);
        let visitor = Visitor::new(Arc::clone(&self.door), ip, Arc::clone(&inside), place);
        let late = sleep_until(Instant::now() + limits.login);
        let mut ended = {
            let inside = Arc::clone(&inside);
            let mut closing = self.closing.clone();
            Box::pin(async move {
                tokio::select! {
                    () = async { late.await; if inside.is_logged_in() { std::future::pending().await } } => Why::Late,
                    () = pushed.notified() => Why::PushedOut,
                    _ = closing.wait_for(|closing| *closing) => Why::Closing,
                }
            })
        };
        let config = Arc::clone(&self.door.config);
        // Until both sides have said which version they speak, nothing can be said in the protocol.
        let greeted = tokio::select! {
            greeted = run_stream(config, Wire::new(stream, cut.clone()), visitor) => Ok(greeted),
            why = &mut ended => Err(why),
        };
        let mut running = match greeted {
            Ok(Ok(running)) => running,
            Ok(Err(fault)) => return self.broken(&fault),
            Err(why) => return self.told(why),
        };
        let why = tokio::select! {
            result = &mut running => {
                if let Err(fault) = result && !inside.is_logged_in() {
                    self.broken(&fault);
                }
                return;
            }
            why = &mut ended => why,
        };
        self.told(why);
        if !self.end(&inside, why, &mut running).await {
            cut.cut();
            let _ = timeout(ENDING, running).await;
        }
    }

    /// Lets sessions end in order, says why, and gives the other end a moment to go by itself; answers whether it went.
    async fn end(&mut self, inside: &Inside, why: Why, running: &mut RunningSession<Visitor>) -> bool {
        inside.end();
        let empty = async {
            while !inside.channels().is_empty() {
                sleep(Duration::from_millis(10)).await;
            }
        };
        let _ = timeout(ENDING, empty).await;
        let handle: Handle = running.handle();
        let (reason, text) = match why {
            Why::Late => (Disconnect::ByApplication, w::SSH_LATE.fill(Lang::En, &[&self.door.limits.login.as_secs()])),
            Why::PushedOut => (Disconnect::TooManyConnections, w::SSH_PUSHED.say(Lang::En).to_owned()),
            Why::Closing => (Disconnect::ByApplication, w::SSH_CLOSING.say(Lang::En).to_owned()),
        };
        let _ = timeout(LAST_WORD, handle.disconnect(reason, text, "en".to_owned())).await;
        timeout(LAST_WORD, running).await.is_ok()
    }

    fn told(&self, why: Why) {
        match why {
            Why::Late => self.door.teller.refused(self.from.ip(), SshRefusal::Late),
            Why::PushedOut => self.door.teller.refused(self.from.ip(), SshRefusal::PushedOut),
            Why::Closing => {}
        }
    }

    fn broken(&self, fault: &Error) {
        self.door.teller.refused(self.from.ip(), SshRefusal::Broken(fault.to_string()));
    }
}
