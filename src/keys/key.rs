//! One press of a key, and how a footer shows it.

/// What was pressed, without the modifiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Code {
    /// A character; Shift is already in it.
    Char(char),
    Enter,
    Tab,
    /// Shift-Tab, the one shifted key that every terminal tells apart.
    BackTab,
    Esc,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// A function key, counted from 1.
    F(u8),
}

/// A key with its modifiers.
///
/// There is no Shift: terminals put it into the character, and for the keys without a character they disagree too much.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// The key that types `c`.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// `c` with Ctrl; a letter is taken in lower case, because the byte that arrives has no case.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c.to_ascii_lowercase()), ctrl: true, alt: false }
    }

    /// `c` with Alt.
    pub const fn alt(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: false, alt: true }
    }

    /// Returns the character this key types into a field, if it types one.
    pub const fn typed(self) -> Option<char> {
        match self {
            Self { code: Code::Char(c), ctrl: false, alt: false } => Some(c),
            _ => None,
        }
    }

    /// Whether some terminal can send this key at all.
    ///
    /// Ctrl-M *is* Enter on the wire, and Alt-[ opens an escape sequence. A keymap that binds such a key would hold a
    /// row that never fires, so it is refused when the file is read.
    pub const fn arrives(self) -> bool {
        match self.code {
            Code::Char(c) if self.ctrl => {
                matches!(c, 'a'..='z' | '\\' | ']' | '^' | '_') && !matches!(c, 'h' | 'i' | 'j' | 'm')
            }
            Code::Char(c) if self.alt => {
                matches!(c, ' '..='~') && !matches!(c, '[' | ']' | 'O' | 'P' | 'X' | '^' | '_')
            }
            // An Esc, a moment and another key: that is what Alt-Esc would be.
            Code::Esc => !self.ctrl && !self.alt,
            Code::Enter | Code::Tab | Code::BackTab | Code::Backspace => !self.ctrl,
            Code::F(n) => n >= 1 && n <= 12,
            _ => true,
        }
    }

    /// Writes the key as a footer shows it: `Enter`, `Ctrl-R`, `↑`, `Space`.
    ///
    /// With `ascii` there is nothing that a terminal could draw two columns wide: `Up`, `Space`.
    pub fn label(&self, ascii: bool) -> String {
        let pick = |sign: &'static str, word: &'static str| if ascii { word } else { sign }.to_owned();
        let name = match self.code {
            Code::Char(' ') => "Space".to_owned(),
            // A lower-case letter after `Ctrl-` is hard to read and no terminal tells the cases apart.
            Code::Char(c) if self.ctrl => c.to_ascii_uppercase().to_string(),
            Code::Char(c) => c.to_string(),
            Code::Enter => "Enter".to_owned(),
            Code::Tab => "Tab".to_owned(),
            Code::BackTab => "Shift-Tab".to_owned(),
            Code::Esc => "Esc".to_owned(),
            Code::Backspace => "Backspace".to_owned(),
            Code::Delete => "Del".to_owned(),
            Code::Insert => "Ins".to_owned(),
            Code::Up => pick("↑", "Up"),
            Code::Down => pick("↓", "Down"),
            Code::Left => pick("←", "Left"),
            Code::Right => pick("→", "Right"),
            Code::Home => "Home".to_owned(),
            Code::End => "End".to_owned(),
            Code::PageUp => "PgUp".to_owned(),
            Code::PageDown => "PgDn".to_owned(),
            Code::F(n) => format!("F{n}"),
        };
        let ctrl = if self.ctrl { "Ctrl-" } else { "" };
        let alt = if self.alt { "Alt-" } else { "" };
        format!("{ctrl}{alt}{name}")
    }
}

/// Writes a sequence as a footer shows it: single characters close together (`gg`, `]f`), longer names apart.
pub fn label(keys: &[Key], ascii: bool) -> String {
    let labels: Vec<String> = keys.iter().map(|key| key.label(ascii)).collect();
    let short = labels.iter().all(|label| label.chars().count() == 1);
    labels.join(if short { "" } else { " " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_footer_shows_signs_or_plain_words() {
        assert_eq!(Key::plain(Code::Up).label(false), "↑");
        assert_eq!(Key::plain(Code::Up).label(true), "Up");
        assert_eq!(Key::char(' ').label(false), "Space");
        assert_eq!(Key::ctrl('r').label(true), "Ctrl-R");
        assert_eq!(Key::alt('x').label(true), "Alt-x");
        assert_eq!(Key::char('G').label(true), "G");
    }

    #[test]
    fn a_sequence_of_letters_reads_as_one_word() {
        assert_eq!(label(&[Key::char(']'), Key::char('f')], false), "]f");
        assert_eq!(label(&[Key::char('g'), Key::ctrl('s')], false), "g Ctrl-S");
    }

    #[test]
    fn keys_that_look_like_others_on_the_wire_never_arrive() {
        for key in [Key::ctrl('m'), Key::ctrl('i'), Key::ctrl('1'), Key::alt('['), Key::alt('O')] {
            assert!(!key.arrives(), "{key}");
        }
        for key in [Key::ctrl('r'), Key::ctrl(']'), Key::alt('x'), Key::char('[')] {
            assert!(key.arrives(), "{key}");
        }
    }
}
