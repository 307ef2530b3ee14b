//! The escape sequences that are keys; everything else that begins with ESC is none.

use super::key::{Code, Key};

/// More parameters than any key has; the rest of a longer list is counted but not kept.
const KEPT: usize = 3;

/// A control sequence (`CSI … final`) while it arrives.
///
/// It has a fixed size, so that a sequence which never ends costs nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Csi {
    params: [u16; KEPT],
    /// How many `;` went by.
    commas: usize,
    /// Whether anything came between `CSI` and here.
    begun: bool,
    /// Whether a byte came that no key has: a private marker, a sub-parameter, an intermediate.
    odd: bool,
}

impl Csi {
    /// Takes a byte before the final one.
    pub(super) fn push(&mut self, byte: u8) {
        self.begun = true;
        match byte {
            b'0'..=b'9' => {
                if let Some(param) = self.params.get_mut(self.commas) {
                    *param = param.saturating_mul(10).saturating_add(u16::from(byte - b'0'));
                }
            }
            b';' => self.commas = self.commas.saturating_add(1),
            _ => self.odd = true,
        }
    }

    /// Whether nothing stands between `CSI` and the next byte.
    pub(super) const fn is_bare(&self) -> bool {
        !self.begun
    }

    /// Returns the parameters if there is exactly one.
    pub(super) fn one(&self) -> Option<u16> {
        (!self.odd && self.commas == 0).then_some(self.params[0])
    }

    /// Returns the parameters if there are exactly two.
    pub(super) fn two(&self) -> Option<(u16, u16)> {
        (!self.odd && self.commas == 1).then_some((self.params[0], self.params[1]))
    }

    /// Returns the key that the sequence with this final byte is.
    ///
    /// Reports have private markers, intermediates or other parameters, so a shape is a key only if it fits exactly.
    pub(super) fn key(&self, last: u8) -> Option<Key> {
        let (first, modifier) = self.two().or_else(|| self.one().map(|first| (first, 0)))?;
        if matches!(last, b'~' | b'^' | b'@') {
            let key = modified(Key::plain(numbered(first)?), modifier)?;
            // rxvt says Ctrl with another final byte.
            return Some(Key { ctrl: key.ctrl || last != b'~', ..key });
        }
        if first > 1 {
            return None;
        }
        match last {
            b'Z' => modified(Key::plain(Code::BackTab), modifier),
            // rxvt: arrows with Shift.
            b'a'..=b'd' => Some(Key::plain(lettered(last.to_ascii_uppercase())?)),
            // `CSI R` is a cursor report far more often than it is F3; F3 has `SS3 R` and `CSI 13~`.
            b'A'..=b'D' | b'F' | b'H' | b'P' | b'Q' | b'S' => modified(Key::plain(lettered(last)?), modifier),
            _ => None,
        }
    }
}

/// Returns the key of `ESC O … last`, where a number before the last byte is a modifier.
pub(super) fn ss3(last: u8, modifier: u16) -> Option<Key> {
    let keypad = |c: char| Some(Key::char(c));
    match last {
        b'M' => Some(Key::plain(Code::Enter)),
        b'I' => Some(Key::plain(Code::Tab)),
        b' ' => keypad(' '),
        b'X' => keypad('='),
        // rxvt: arrows with Ctrl.
        b'a'..=b'd' => Some(Key { ctrl: true, ..Key::plain(lettered(last.to_ascii_uppercase())?) }),
        // The keypad in application mode stands in the order of ASCII: `*+,-./0123456789`.
        b'j'..=b'y' => keypad(char::from(last - b'j' + b'*')),
        _ => modified(Key::plain(lettered(last)?), modifier),
    }
}

/// Returns the function key of the Linux console's `CSI [ last`.
pub(super) fn linux(last: u8) -> Option<Key> {
    matches!(last, b'A'..=b'E').then(|| Key::plain(Code::F(last - b'A' + 1)))
}

/// Returns the key of a C0 control character or DEL.
pub(super) fn control(byte: u8) -> Option<Key> {
    match byte {
        b'\r' | b'\n' => Some(Key::plain(Code::Enter)),
        b'\t' => Some(Key::plain(Code::Tab)),
        // Terminals are split over which of the two Backspace is, and nobody binds Ctrl-H to anything else.
        0x08 | 0x7F => Some(Key::plain(Code::Backspace)),
        0x01..=0x1A => Some(Key::ctrl(char::from(byte - 1 + b'a'))),
        0x1C..=0x1F => Some(Key::ctrl(char::from(byte - 0x1C + b'\\'))),
        // NUL is Ctrl-Space, Ctrl-2 or line noise; ESC is not for here.
        _ => None,
    }
}

fn lettered(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u16) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        // The numbers have holes where the function keys of a VT220 had gaps between them.
        11 => Code::F(1),
        12 => Code::F(2),
        13 => Code::F(3),
        14 => Code::F(4),
        15 => Code::F(5),
        17 => Code::F(6),
        18 => Code::F(7),
        19 => Code::F(8),
        20 => Code::F(9),
        21 => Code::F(10),
        23 => Code::F(11),
        24 => Code::F(12),
        _ => return None,
    })
}

/// Applies xterm's modifier number: one more than the sum of Shift 1, Alt 2, Ctrl 4, Meta 8.
fn modified(key: Key, modifier: u16) -> Option<Key> {
    let bits = modifier.saturating_sub(1);
    (bits < 16).then_some(Key { ctrl: key.ctrl || bits & 0b0100 != 0, alt: key.alt || bits & 0b1010 != 0, ..key })
}
