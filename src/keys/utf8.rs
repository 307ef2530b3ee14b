//! Characters out of bytes that may be split anywhere.

/// A character while its bytes arrive.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Utf8 {
    bytes: [u8; 4],
    len: usize,
}

/// What one more byte made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A whole character.
    Char(char),
    /// More bytes are needed.
    More,
    /// The bytes so far are no character, this one included.
    Bad,
    /// The bytes so far are no character, but this one may begin another: it must be offered again.
    BadBefore,
}

impl Utf8 {
    /// Takes a byte; after anything but [`Step::More`] the next character can begin.
    pub(super) fn push(&mut self, byte: u8) -> Step {
        let at = std::mem::take(&mut self.len);
        self.bytes[at] = byte;
        match std::str::from_utf8(&self.bytes[..=at]) {
            Ok(text) => text.chars().next().map_or(Step::Bad, Step::Char),
            // `at` stays below 3 here: no four bytes are the beginning of something longer.
            Err(fault) if fault.error_len().is_none() => {
                self.len = at + 1;
                Step::More
            }
            Err(_) if at == 0 => Step::Bad,
            Err(_) => Step::BadBefore,
        }
    }

    /// Whether a character has begun and not ended.
    pub(super) const fn is_open(self) -> bool {
        self.len > 0
    }

    /// Forgets a character that did not end.
    pub(super) fn reset(&mut self) {
        self.len = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_whole_with_its_last_byte() {
        let mut utf8 = Utf8::default();
        assert_eq!(
            "黨".bytes().map(|byte| utf8.push(byte)).collect::<Vec<_>>(),
            [Step::More, Step::More, Step::Char('黨')]
        );
        assert!(!utf8.is_open());
    }

    #[test]
    fn a_broken_character_gives_its_last_byte_back() {
        let mut utf8 = Utf8::default();
        assert_eq!(utf8.push(0xE9), Step::More);
        assert_eq!(utf8.push(b'a'), Step::BadBefore);
        assert_eq!(utf8.push(b'a'), Step::Char('a'));
        assert_eq!(utf8.push(0xFF), Step::Bad);
    }
}
