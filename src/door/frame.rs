//! What goes over the socket between a terminal's process and the one that owns the store: frames of a length, a kind
//! and bytes.

use serde::{Deserialize, Serialize};

use super::{At, Dress};

/// The version of this language; another one is refused in words.
pub const VERSION: u16 = 1;
/// The longest frame from a terminal, in bytes.
pub const FROM_TERMINAL: usize = 128 << 10;
/// The longest frame from the store's owner, in bytes; what is longer goes out as several.
pub const FROM_OWNER: usize = 1 << 20;

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A terminal begins, with a [`Hello`].
    Hello = b'h',
    /// Bytes that were typed.
    Input = b'i',
    /// The window's columns and rows.
    Resize = b'r',
    /// A frame was shown: the next one may come.
    Shown = b's',
    /// What was heard of somebody who is spoken to line by line.
    Line = b'l',
    /// The next line is waited for.
    Ask = b'a',
    /// A session has begun: which of the person's lines it is.
    Seated = b'n',
    /// Bytes for the terminal.
    Output = b'o',
    /// What a command says on standard output.
    Out = b'1',
    /// What a command says on standard error.
    Err = b'2',
    /// The end, with an [`Over`].
    Over = b'x',
    /// The owner ends, and another one is about to take its place: come again.
    Moving = b'm',
    /// What was said first is longer than it may be here: so many KiB, in digits.
    TooLong = b't',
}

impl Kind {
    const ALL: [Self; 13] = [
        Self::Hello,
        Self::Input,
        Self::Resize,
        Self::Shown,
        Self::Line,
        Self::Ask,
        Self::Seated,
        Self::Output,
        Self::Out,
        Self::Err,
        Self::Over,
        Self::Moving,
        Self::TooLong,
    ];

    fn of(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// What a terminal says first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The version of the language that it speaks.
    pub version: u16,
    /// What the terminal is like.
    pub dress: Dress,
    /// What it wants.
    pub want: Want,
    /// For whom it asks, where an account is several persons'. It is believed of no other account than the one that the
    /// operator has named.
    #[serde(default)]
    pub claim: Option<String>,
}

/// What a terminal wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Want {
    /// A screen.
    Screen {
        /// Its columns and rows.
        size: (u16, u16),
        /// Where it is to open.
        at: Option<At>,
    },
    /// A conversation line by line.
    Talk {
        /// Columns to write in.
        cols: u16,
        /// Whether what is typed stands behind the question.
        typed: bool,
        /// Where it is to open.
        at: Option<At>,
    },
    /// An answer to the words of a command.
    Words(Vec<String>),
}

/// How something ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// The exit code.
    pub code: u8,
    /// What is to be said on standard error.
    pub text: Option<String>,
}

/// Why bytes are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// A frame claims to be longer than any is.
    #[error("a frame of {0} bytes is longer than any is")]
    TooLong(usize),
    /// A frame is of a kind that nobody knows.
    #[error("a frame of kind {0} is unknown")]
    Unknown(u8),
}

/// Makes a frame of bytes that are no longer than frames may be.
pub fn frame(kind: Kind, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let mut frame = Vec::with_capacity(bytes.len() + 5);
    frame.extend_from_slice(&length.to_be_bytes());
    frame.push(kind as u8);
    frame.extend_from_slice(bytes);
    frame
}

/// Makes a frame of a value.
pub fn frame_of<T: Serialize>(kind: Kind, value: &T) -> Vec<u8> {
    // What the house itself says has no maps with strange keys and fails to no serialiser.
    frame(kind, &serde_json::to_vec(value).unwrap_or_default())
}

/// Takes bytes as they come and gives frames as they are whole.
pub struct Frames {
    bytes: Vec<u8>,
    limit: usize,
}

impl Frames {
    /// Expects frames of at most so many bytes.
    pub const fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit }
    }

    /// Expects no longer frames from now on.
    pub const fn limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Takes what has come.
    pub fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Gives the next whole frame, or nothing before it is there. After a fault nothing that comes means anything.
    pub fn whole(&mut self) -> Result<Option<(Kind, Vec<u8>)>, FrameFault> {
        let [a, b, c, d, kind, ..] = self.bytes[..] else { return Ok(None) };
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        if length > self.limit {
            return Err(FrameFault::TooLong(length));
        }
        let kind = Kind::of(kind).ok_or(FrameFault::Unknown(kind))?;
        let Some(payload) = self.bytes.get(5..5 + length) else { return Ok(None) };
        let payload = payload.to_vec();
        self.bytes.drain(..5 + length);
        Ok(Some((kind, payload)))
    }
}

/// Spells a window's size.
pub fn size_bytes((cols, rows): (u16, u16)) -> [u8; 4] {
    let ([a, b], [c, d]) = (cols.to_be_bytes(), rows.to_be_bytes());
    [a, b, c, d]
}

/// Reads a window's size.
pub fn size_of_bytes(bytes: &[u8]) -> Option<(u16, u16)> {
    let [a, b, c, d] = bytes.try_into().ok()?;
    Some((u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_whole_however_the_bytes_come() {
        let hello = Hello {
            version: VERSION,
            dress: Dress::default(),
            want: Want::Screen { size: (80, 24), at: None },
            claim: Some("李".to_owned()),
        };
        let sent =
            [frame_of(Kind::Hello, &hello), frame(Kind::Input, "好".as_bytes()), frame(Kind::Shown, b"")].concat();
        for step in 1..sent.len() {
            let mut frames = Frames::new(FROM_TERMINAL);
            let mut found = Vec::new();
            for bytes in sent.chunks(step) {
                frames.take(bytes);
                while let Some(frame) = frames.whole().unwrap() {
                    found.push(frame);
                }
            }
            assert_eq!(found.len(), 3);
            assert_eq!(serde_json::from_slice::<Hello>(&found[0].1).unwrap(), hello);
            assert_eq!(found[1..], [(Kind::Input, "好".as_bytes().to_vec()), (Kind::Shown, Vec::new())]);
        }
    }

    #[test]
    fn a_claimed_length_costs_nothing_and_a_strange_kind_is_refused() {
        let mut frames = Frames::new(FROM_TERMINAL);
        frames.take(&[0xff, 0xff, 0xff, 0xff, b'i']);
        assert_eq!(frames.whole(), Err(FrameFault::TooLong(0xffff_ffff)));
        let mut frames = Frames::new(FROM_TERMINAL);
        frames.take(&[0, 0, 0, 0, b'?']);
        assert_eq!(frames.whole(), Err(FrameFault::Unknown(b'?')));
        assert_eq!(size_of_bytes(&size_bytes((400, 150))), Some((400, 150)));
        assert_eq!(size_of_bytes(b"123"), None);
    }
}
