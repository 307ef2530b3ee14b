//! What goes to a person's own clipboard: a sequence that their terminal takes, wherever it stands (OSC 52).

use data_encoding::BASE64;

use crate::text::{printable, within};

/// The most that is copied, in bytes of text: terminals leave out what is much longer, and say nothing.
const MOST: usize = 8 << 10;

/// A text on its way to a clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// What the terminal is told. It holds nothing of the text that could mean anything to one.
    pub bytes: Vec<u8>,
    /// How many characters it holds.
    pub characters: usize,
    /// Whether the text was longer.
    pub cut: bool,
}

impl Clip {
    /// Makes a clip of a text, without what steers a terminal wherever the text is put down; nothing of an empty one.
    pub fn of(text: &str) -> Option<Self> {
        let clean = printable(text);
        let kept = within(&clean, MOST);
        let bytes = format!("\x1b]52;c;{}\x1b\\", BASE64.encode(kept.as_bytes())).into_bytes();
        let characters = kept.chars().count();
        (characters > 0).then_some(Self { bytes, characters, cut: kept.len() < clean.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads what a terminal would put on the clipboard.
    fn taken(clip: &Clip) -> String {
        let inner = clip.bytes.strip_prefix(b"\x1b]52;c;").unwrap().strip_suffix(b"\x1b\\").unwrap();
        assert!(inner.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte)), "{inner:?}");
        String::from_utf8(BASE64.decode(inner).unwrap()).unwrap()
    }

    #[test]
    fn the_bytes_are_those_that_terminals_know() {
        let clip = Clip::of("黨建\n體檢").unwrap();
        assert_eq!(clip.bytes, b"\x1b]52;c;6buo5bu6CumrlOaqog==\x1b\\");
        assert_eq!((clip.characters, clip.cut), (5, false));
        assert_eq!(Clip::of("\u{7}\u{1b}[2J"), None);
    }

    #[test]
    fn no_text_breaks_out_of_the_sequence_or_steers_where_it_is_put_down() {
        for hostile in
            ["好\x1b\\\x1b[2J壞", "好\x07\x1b]52;c;cm0gLXJm\x07壞", "好\u{9c}\u{9b}31m壞", "好\u{202e}\r\0壞"]
        {
            let text = taken(&Clip::of(hostile).unwrap());
            assert!(text.starts_with('好') && text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_two_characters() {
        let fits = Clip::of(&"x".repeat(MOST)).unwrap();
        assert_eq!((fits.characters, fits.cut), (MOST, false));
        let clip = Clip::of(&"支".repeat(MOST)).unwrap();
        let text = taken(&clip);
        assert_eq!((text.len(), clip.characters, clip.cut), (MOST / 3 * 3, MOST / 3, true));
        assert!(clip.bytes.len() < 11 << 10, "{}", clip.bytes.len());
    }
}
