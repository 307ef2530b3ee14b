//! Bytes of a terminal → keys.
//!
//! Two kinds of bytes arrive on the same line: what a person types and what the terminal says about itself. Only the
//! first may ever become a key, because one key is a verdict. So every string (OSC, DCS, SOS, PM, APC), every report and
//! every control sequence that is not exactly a key is swallowed to its end.
//!
//! Bytes may be split anywhere. A sequence that has begun is waited for, and the keys are the same as if it had come in
//! one piece, unless [`Decoder::flush`] comes in between; [`Pending`] says when it should.

use std::time::Duration;

use super::esc::{self, Csi};
use super::input::{self, Glue, Input, Reply};
use super::key::{Code, Key};
use super::paste::{PASTE_LIMIT, Paste};
use super::utf8::{Step, Utf8};

/// How long the line must be silent before something unfinished other than a lone Esc is given up.
///
/// It must outlast a stalled mobile line: half a report that is given up too soon leaves its other half to be keys.
/// It must also end, for a person may press Alt-], which looks like the beginning of a string.
pub const SILENCE: Duration = Duration::from_secs(2);

/// What the decoder waits for; it tells the session when to call [`Decoder::flush`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Pending {
    /// An ESC that may be the key or the beginning of a sequence: flush after the lone-Esc time.
    Escape,
    /// A sequence, string, paste or character without its end: flush after [`SILENCE`].
    Rest,
}

/// A state machine from bytes to [`Input`]s; its size is fixed but for a paste, which has a limit.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    utf8: Utf8,
    paste: Option<Paste>,
    /// The longest paste, where less is taken than anywhere.
    longest: Option<usize>,
    expects_reply: bool,
    said_invalid: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Ground,
    Escape,
    Csi(Csi),
    /// After `ESC O`, with the modifier that came so far.
    Ss3(u16),
    /// After `CSI [`, where the Linux console names a function key.
    Linux,
    /// After `CSI M`: so many bytes of an old mouse report are still to come.
    Mouse(u8),
    /// In an OSC, DCS, SOS, PM or APC string.
    Text,
    /// After an ESC in a string, which ends it.
    TextEscape,
}

impl Decoder {
    /// A decoder at rest.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells whether a cursor report has been asked for; without that it is swallowed, for F3 can look like one.
    pub fn expect_reply(&mut self, expect: bool) {
        self.expects_reply = expect;
    }

    /// Takes no longer pastes than this many bytes.
    pub fn limit_paste(&mut self, bytes: usize) {
        self.longest = Some(bytes.min(PASTE_LIMIT));
    }

    /// Takes the bytes of one read and appends what they are to `out`.
    ///
    /// What was in `out` before is left alone. [`Glue`] is judged within one call.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        let before = out.len();
        self.said_invalid = false;
        for &byte in bytes {
            self.step(byte, out);
        }
        input::mark(&mut out[before..]);
    }

    /// Returns what is unfinished, if anything is.
    pub fn pending(&self) -> Option<Pending> {
        match (&self.paste, self.state) {
            (None, State::Escape) => Some(Pending::Escape),
            (None, State::Ground) if !self.utf8.is_open() => None,
            _ => Some(Pending::Rest),
        }
    }

    /// Ends what is unfinished, because its time has run out.
    ///
    /// A lone ESC becomes the key. A paste whose closing bracket was lost is handed over as far as it came, so that it
    /// cannot hold the keyboard for ever. Anything else is forgotten; none of its bytes becomes a key.
    pub fn flush(&mut self, out: &mut Vec<Input>) {
        self.said_invalid = false;
        if self.utf8.is_open() {
            self.utf8.reset();
            self.invalid(out);
        }
        let state = std::mem::take(&mut self.state);
        if self.paste.is_some() {
            self.end_paste(out);
        } else if matches!(state, State::Escape) {
            out.push(key(Key::plain(Code::Esc)));
        }
    }

    fn step(&mut self, byte: u8, out: &mut Vec<Input>) {
        self.state = match std::mem::take(&mut self.state) {
            State::Csi(csi) => self.csi(csi, byte, out),
            State::Ss3(modifier) => self.ss3(modifier, byte, out),
            State::Linux if is_visible(byte) => self.press(esc::linux(byte), out),
            State::Mouse(1) if byte >= b' ' => State::Ground,
            State::Mouse(left) if byte >= b' ' => State::Mouse(left - 1),
            // Neither of the two holds control characters: it broke off, and this byte stands for itself.
            State::Ground | State::Linux | State::Mouse(_) => self.ground(byte, out),
            State::Text => text(byte),
            State::TextEscape if byte == b'\\' => State::Ground,
            State::Escape | State::TextEscape => self.escape(byte, out),
        };
    }

    fn ground(&mut self, byte: u8, out: &mut Vec<Input>) -> State {
        if byte >= 0x80 || self.utf8.is_open() {
            match self.utf8.push(byte) {
                Step::Char(c) => self.char(c, out),
                Step::More => {}
                Step::Bad => self.invalid(out),
                Step::BadBefore => {
                    self.invalid(out);
                    return self.ground(byte, out);
                }
            }
            return State::Ground;
        }
        match byte {
            0x1B => State::Escape,
            _ if self.paste.is_some() || is_visible(byte) => {
                self.char(char::from(byte), out);
                State::Ground
            }
            _ => self.press(esc::control(byte), out),
        }
    }

    fn escape(&mut self, byte: u8, out: &mut Vec<Input>) -> State {
        match byte {
            b'[' => State::Csi(Csi::default()),
            b'O' => State::Ss3(0),
            b']' | b'P' | b'X' | b'^' | b'_' => State::Text,
            // The first one was the key; this one may begin something.
            0x1B => {
                self.press(Some(Key::plain(Code::Esc)), out);
                State::Escape
            }
            // No terminal sends Alt with a hanzi; a person may press Esc and go on typing.
            0x80.. => {
                self.press(Some(Key::plain(Code::Esc)), out);
                self.ground(byte, out)
            }
            _ => {
                let plain = if is_visible(byte) { Some(Key::char(char::from(byte))) } else { esc::control(byte) };
                self.press(plain.map(|key| Key { alt: true, ..key }), out)
            }
        }
    }

    fn csi(&mut self, mut csi: Csi, byte: u8, out: &mut Vec<Input>) -> State {
        match byte {
            b' '..=b'?' => {
                csi.push(byte);
                State::Csi(csi)
            }
            b'[' if csi.is_bare() => State::Linux,
            b'M' if csi.is_bare() => State::Mouse(3),
            b'~' if csi.one() == Some(200) => {
                self.paste.get_or_insert_default();
                State::Ground
            }
            b'~' if csi.one() == Some(201) => {
                self.end_paste(out);
                State::Ground
            }
            b'R' => {
                if let (Some((row @ 1.., col @ 1..)), true, None) = (csi.two(), self.expects_reply, &self.paste) {
                    out.push(Input::Reply(Reply::Cursor { row, col }));
                }
                State::Ground
            }
            b'@'..=b'~' => self.press(csi.key(byte), out),
            // It broke off: no sequence holds a control character or a hanzi.
            _ => self.ground(byte, out),
        }
    }

    fn ss3(&mut self, modifier: u16, byte: u8, out: &mut Vec<Input>) -> State {
        match byte {
            b'0'..=b'9' => State::Ss3(modifier.saturating_mul(10).saturating_add(u16::from(byte - b'0'))),
            b';' => State::Ss3(0),
            b' '..=b'~' => self.press(esc::ss3(byte, modifier), out),
            _ => self.ground(byte, out),
        }
    }

    /// Hands a key over, unless it stands in a paste, where there are no keys.
    fn press(&self, pressed: Option<Key>, out: &mut Vec<Input>) -> State {
        if self.paste.is_none() {
            out.extend(pressed.map(key));
        }
        State::Ground
    }

    fn char(&mut self, c: char, out: &mut Vec<Input>) {
        match &mut self.paste {
            Some(paste) => paste.push(c, self.longest.unwrap_or(PASTE_LIMIT)),
            // C1 control characters in UTF-8 are on no keyboard.
            None if c.is_control() => {}
            None => out.push(key(Key::char(c))),
        }
    }

    fn invalid(&mut self, out: &mut Vec<Input>) {
        if !std::mem::replace(&mut self.said_invalid, true) {
            out.push(Input::Invalid);
        }
    }

    fn end_paste(&mut self, out: &mut Vec<Input>) {
        if let Some(paste) = self.paste.take() {
            let (text, cut) = paste.finish();
            out.push(Input::Paste(text));
            out.extend(cut.then_some(Input::PasteCut));
        }
    }
}

/// Swallows a byte of a string.
fn text(byte: u8) -> State {
    match byte {
        0x1B => State::TextEscape,
        // BEL, CAN and SUB end a string. So do Ctrl-C and Enter, which are in none: they are what somebody presses whose
        // Alt-] has opened one and whose keyboard seems dead.
        0x07 | 0x18 | 0x1A | 0x03 | b'\r' | b'\n' => State::Ground,
        _ => State::Text,
    }
}

/// Wraps a key; how it came is known at the end of the read.
fn key(key: Key) -> Input {
    Input::Key(key, Glue::Alone)
}

const fn is_visible(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}
