//! The wire: a connection that can be cut from outside, whatever whoever reads it is busy with.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

/// Cuts a wire.
#[derive(Clone, Default)]
pub(super) struct Cut {
    is_cut: Arc<AtomicBool>,
    news: Arc<Notify>,
}

impl Cut {
    /// Ends reading and writing at once.
    pub(super) fn cut(&self) {
        self.is_cut.store(true, Ordering::Release);
        self.news.notify_one();
    }
}

/// A connection that can be cut.
pub(super) struct Wire {
    stream: TcpStream,
    cut: Cut,
    news: Pin<Box<OwnedNotified>>,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, cut: Cut) -> Self {
        let news = Box::pin(Arc::clone(&cut.news).notified_owned());
        Self { stream, cut, news }
    }

    fn is_cut(&mut self, cx: &mut Context<'_>) -> bool {
        let told = self.news.as_mut().poll(cx).is_ready();
        told || self.cut.is_cut.load(Ordering::Acquire)
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.is_cut(cx) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.is_cut(cx) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
