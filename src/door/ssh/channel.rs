//! A channel of a connection: what goes out on it, in order, and as fast as the other end takes it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use russh::ChannelWriteHalf;
use russh::server::Msg;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::task::AbortHandle;

use super::asked::Asked;
use super::unwanted::Unwanted;
use crate::session::{Carrier, Inlet};

/// Standard error, as the protocol numbers it.
const ERR: u32 = 1;

/// What goes out on a channel. A session has one frame of them at a time.
pub(super) enum Out {
    /// A session begins: this is who hears that a frame has left.
    Screen(Inlet),
    /// A frame.
    Frame(Vec<u8>),
    /// A line for the person, beside what they asked for.
    Line(String),
    /// A piece of what a command says.
    Piece {
        /// Whether it is for standard error.
        err: bool,
        /// The piece.
        bytes: Vec<u8>,
        /// Is told once the other end has room for it.
        taken: SyncSender<()>,
    },
    /// The end: an exit code, and what is to be said.
    Over(u8, Option<String>),
}

/// A channel that is open.
pub(super) struct OpenChannel {
    pub(super) out: UnboundedSender<Out>,
    pub(super) asked: Asked,
    /// Whether a shell or a command was asked for: a channel carries one.
    pub(super) begun: bool,
    /// The session at the channel, and its room.
    pub(super) screen: Option<(Inlet, Arc<Room>)>,
    /// What was refused on this channel, each told once.
    pub(super) told: Vec<Unwanted>,
    pub(super) writer: AbortHandle,
}

impl Drop for OpenChannel {
    fn drop(&mut self) {
        if let Some((inlet, _)) = &self.screen {
            inlet.gone();
        }
        self.writer.abort();
    }
}

/// Whether a session takes more of what comes in.
#[derive(Default)]
pub(super) struct Room {
    pub(super) news: Notify,
    gone: AtomicBool,
}

impl Room {
    /// Says whether the session has ended.
    pub(super) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Acquire)
    }
}

/// Takes along what a session sends.
pub(super) struct Porter {
    pub(super) out: UnboundedSender<Out>,
    pub(super) room: Arc<Room>,
}

impl Carrier for Porter {
    fn carry(&mut self, bytes: Vec<u8>) -> bool {
        self.out.send(Out::Frame(bytes)).is_ok()
    }

    fn room(&mut self) {
        self.room.news.notify_one();
    }
}

impl Drop for Porter {
    fn drop(&mut self) {
        // Whoever waits for room must not wait for a session that has ended.
        self.room.gone.store(true, Ordering::Release);
        self.room.news.notify_one();
    }
}

/// Writes what goes out, until the channel is over.
pub(super) struct Writer {
    pub(super) half: ChannelWriteHalf<Msg>,
    pub(super) out: UnboundedReceiver<Out>,
}

impl Writer {
    pub(super) async fn run(mut self, raw: impl Fn() -> bool) {
        let mut inlet = None;
        let mut over = (1, None);
        while let Some(next) = self.out.recv().await {
            let written = match next {
                Out::Screen(new) => {
                    inlet = Some(new);
                    true
                }
                Out::Frame(bytes) => {
                    // The next frame is drawn when this one was taken: a slow line gets fewer, never a queue.
                    let written = self.half.data_bytes(bytes).await.is_ok();
                    if let Some(inlet) = &inlet {
                        inlet.sent();
                    }
                    written
                }
                Out::Line(text) => self.err(&text, raw()).await,
                Out::Piece { err, bytes, taken } => {
                    let bytes = if raw() { on_screen(&bytes) } else { bytes };
                    let written = if err {
                        self.half.extended_data_bytes(ERR, bytes).await.is_ok()
                    } else {
                        self.half.data_bytes(bytes).await.is_ok()
                    };
                    // One that was given up meanwhile waits for nothing.
                    let _ = taken.send(());
                    written
                }
                Out::Over(code, text) => {
                    over = (code, text);
                    break;
                }
            };
            if !written {
                return;
            }
        }
        let (code, text) = over;
        if let Some(text) = text {
            self.err(&text, raw()).await;
        }
        let _ = self.half.exit_status(code.into()).await;
        let _ = self.half.eof().await;
        let _ = self.half.close().await;
    }

    async fn err(&self, text: &str, raw: bool) -> bool {
        let line = format!("{}\n", text.trim_end_matches('\n'));
        let line = if raw { on_screen(line.as_bytes()) } else { line.into_bytes() };
        self.half.extended_data_bytes(ERR, line).await.is_ok()
    }
}

/// A terminal in raw mode does not go back to the first column by itself.
fn on_screen(text: &[u8]) -> Vec<u8> {
    let mut shown = Vec::with_capacity(text.len() + 16);
    for part in text.split_inclusive(|byte| *byte == b'\n') {
        match part.strip_suffix(b"\n") {
            Some(line) => {
                shown.extend_from_slice(line);
                shown.extend_from_slice(b"\r\n");
            }
            None => shown.extend_from_slice(part),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_back_to_the_first_column() {
        assert_eq!(on_screen(b"one\ntwo\n\nthree"), b"one\r\ntwo\r\n\r\nthree");
        assert_eq!(on_screen(b""), b"");
    }
}
