//! What SSH can carry and this door does not.

use crate::locales as w;

/// Something that is refused whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unwanted {
    /// SFTP and its like.
    Subsystem,
    /// Windows of the other end.
    X11,
    /// The other end's keys.
    Agent,
    /// Ports and sockets.
    Forward,
}

impl Unwanted {
    /// Says so.
    pub(super) const fn word(self) -> &'static w::Word {
        match self {
            Self::Subsystem => &w::SSH_NO_SUBSYSTEM,
            Self::X11 => &w::SSH_NO_X11,
            Self::Agent => &w::SSH_NO_AGENT,
            Self::Forward => &w::SSH_NO_FORWARD,
        }
    }
}
