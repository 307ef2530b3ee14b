//! One terminal at an SSH server.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};
use std::time::Instant;

use russh::ChannelMsg;
use russh::client::{self, Config, connect_stream};
use russh::keys::{PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedReceiver;

use super::crowd::{Heard, What};

/// A stream that can be told to read no more.
struct Stream {
    stream: TcpStream,
    held: Arc<AtomicBool>,
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.held.load(Ordering::Relaxed) { Poll::Pending } else { Pin::new(&mut self.stream).poll_read(cx, buf) }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

struct Visitor;

impl client::Handler for Visitor {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(true)
    }
}

/// Logs in, presses what is ordered and tells what comes, until nobody orders any more.
pub async fn sit(
    address: SocketAddr,
    key: PrivateKey,
    who: usize,
    orders: UnboundedReceiver<Vec<u8>>,
    tell: Sender<Heard>,
    held: Arc<AtomicBool>,
) {
    let ended = match talk(address, key, who, orders, &tell, held).await {
        Ok(()) => "closed".to_owned(),
        Err(fault) => fault.to_string(),
    };
    let _ = tell.send(Heard { who, when: Instant::now(), what: What::Over(ended) });
}

async fn talk(
    address: SocketAddr,
    key: PrivateKey,
    who: usize,
    mut orders: UnboundedReceiver<Vec<u8>>,
    tell: &Sender<Heard>,
    held: Arc<AtomicBool>,
) -> Result<(), russh::Error> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut handle = connect_stream(Arc::new(Config::default()), Stream { stream, held }, Visitor).await?;
    let key = PrivateKeyWithHashAlg::new(Arc::new(key), None);
    if !handle.authenticate_publickey("tijian", key).await?.success() {
        return Err(russh::Error::NotAuthenticated);
    }
    let mut channel = handle.channel_open_session().await?;
    channel.request_pty(false, "xterm-256color", 80, 24, 0, 0, &[]).await?;
    channel.request_shell(false).await?;
    loop {
        tokio::select! {
            keys = orders.recv() => {
                let Some(keys) = keys else { return Ok(()) };
                let _ = tell.send(Heard { who, when: Instant::now(), what: What::Sent });
                channel.data(&keys[..]).await?;
            }
            heard = channel.wait() => match heard {
                Some(ChannelMsg::Data { data }) => {
                    let _ = tell.send(Heard { who, when: Instant::now(), what: What::Bytes(data.to_vec()) });
                }
                Some(ChannelMsg::Close) | None => return Ok(()),
                Some(_) => {}
            },
        }
    }
}
