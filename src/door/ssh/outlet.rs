//! What a command says, on its way to a channel: piece by piece, as fast as the other end takes it.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::channel::Out;
use crate::door::Outlet;

/// Bytes that go out at once: all that a command has in memory for somebody who does not read.
const PIECE: usize = 64 << 10;
/// How long somebody may take nothing before their place is somebody else's.
const PATIENCE: Duration = Duration::from_secs(1);

/// The way to a channel.
pub(super) struct ChannelOutlet {
    pub(super) out: UnboundedSender<Out>,
    /// The place among the commands that are worked on; none while the other end does not read.
    pub(super) permit: Option<OwnedSemaphorePermit>,
    pub(super) answers: Arc<Semaphore>,
    pub(super) runtime: Handle,
    /// How long a piece may take.
    pub(super) delivery: Duration,
    /// What is told where it takes longer.
    pub(super) late: String,
    pub(super) gone: bool,
}

impl ChannelOutlet {
    fn say(&mut self, err: bool, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            if !self.gone && !self.takes(err, piece) {
                self.gone = true;
                // Half an answer is none, and does not end as a whole one does.
                let _ = self.out.send(Out::Over(1, Some(self.late.clone())));
            }
        }
        if self.gone { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }

    /// Sends a piece and waits until it was taken.
    fn takes(&mut self, err: bool, piece: &[u8]) -> bool {
        let (taken, takes) = sync_channel(1);
        if self.out.send(Out::Piece { err, bytes: piece.to_vec(), taken }).is_err() {
            return false;
        }
        match takes.recv_timeout(PATIENCE) {
            Ok(()) => true,
            Err(RecvTimeoutError::Disconnected) => false,
            Err(RecvTimeoutError::Timeout) => {
                // Nothing is worked on meanwhile: somebody else may be.
                self.permit = None;
                let taken = takes.recv_timeout(self.delivery.saturating_sub(PATIENCE)).is_ok();
                if taken {
                    self.permit = self.runtime.block_on(Arc::clone(&self.answers).acquire_owned()).ok();
                }
                taken
            }
        }
    }
}

impl Outlet for ChannelOutlet {
    fn out(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.say(false, bytes)
    }

    fn err(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.say(true, bytes)
    }
}
