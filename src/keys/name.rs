//! The names of keys in keymap files: `j`, `C-s`, `A-x`, `pageup`, and sequences such as `g g`.

use std::fmt;
use std::str::FromStr;

use super::key::{Code, Key};

/// Why a text names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// There is nothing to read.
    #[error("no key is named")]
    Empty,
    /// A word that is no key, with the name that comes nearest to it.
    #[error("`{name}` is not a key{}", super::fault::hint(near.as_deref()))]
    Unknown { name: String, near: Option<String> },
}

/// Every key that needs a word, under the name that is written first; the others are read, too.
const WORDS: [(&str, Code); 21] = [
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("tab", Code::Tab),
    ("S-tab", Code::BackTab),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("space", Code::Char(' ')),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("del", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pgup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("pgdn", Code::PageDown),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("C-")?;
        }
        if self.alt {
            f.write_str("A-")?;
        }
        match (WORDS.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((word, _)), _) => f.write_str(word),
            (None, Code::F(n)) => write!(f, "f{n}"),
            (None, Code::Char(c)) => write!(f, "{c}"),
            // Every other code has its word above; a test holds that.
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

impl FromStr for Key {
    type Err = NameFault;

    fn from_str(name: &str) -> Result<Self, NameFault> {
        let (mut rest, mut ctrl, mut alt) = (name, false, false);
        loop {
            // What follows must not be empty: `C-` alone is a slip, not the key `-` with a hole in front.
            if let Some(tail) = rest.strip_prefix("C-").filter(|tail| !tail.is_empty() && !ctrl) {
                (rest, ctrl) = (tail, true);
            } else if let Some(tail) = rest.strip_prefix("A-").filter(|tail| !tail.is_empty() && !alt) {
                (rest, alt) = (tail, true);
            } else {
                break;
            }
        }
        let code = code(rest).ok_or_else(|| unknown(name, rest))?;
        Ok(match code {
            Code::Char(c) if ctrl => Self { alt, ..Self::ctrl(c) },
            code => Self { code, ctrl, alt },
        })
    }
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && !c.is_whitespace()).then_some(Code::Char(c));
    }
    if let Some((_, code)) = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    let number = name.strip_prefix(['f', 'F']).filter(|digits| !digits.starts_with(['0', '+']))?;
    number.parse().ok().filter(|n| (1..=12).contains(n)).map(Code::F)
}

fn unknown(name: &str, rest: &str) -> NameFault {
    if name.is_empty() {
        return NameFault::Empty;
    }
    let near = crate::text::nearest(&rest.to_ascii_lowercase(), WORDS.iter().map(|(word, _)| *word));
    NameFault::Unknown { name: name.to_owned(), near: near.map(str::to_owned) }
}

/// Reads a sequence of key names with blanks between them.
pub fn parse_keys(text: &str) -> Result<Vec<Key>, NameFault> {
    let keys: Vec<Key> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err(NameFault::Empty) } else { Ok(keys) }
}

/// Writes a sequence as [`parse_keys`] reads it.
pub fn keys_name(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_key() -> impl Strategy<Value = Key> {
        let words = (0..WORDS.len()).prop_map(|i| WORDS[i].1);
        let chars = any::<char>().prop_filter("a name is visible", |c| !c.is_control() && !c.is_whitespace());
        let code = prop_oneof![words, (1..=12u8).prop_map(Code::F), chars.prop_map(Code::Char)];
        (code, any::<bool>(), any::<bool>()).prop_map(|(code, ctrl, alt)| match code {
            Code::Char(c) if ctrl => Key { alt, ..Key::ctrl(c) },
            code => Key { code, ctrl, alt },
        })
    }

    proptest! {
        #[test]
        fn every_name_is_read_back(keys in prop::collection::vec(any_key(), 1..4)) {
            prop_assert_eq!(parse_keys(&keys_name(&keys)), Ok(keys));
        }

        #[test]
        fn no_text_upsets_the_reader(text in any::<String>()) {
            let _ = parse_keys(&text);
        }
    }

    #[test]
    fn the_names_of_the_manual_are_read() {
        let expect = [
            ("j", Key::char('j')),
            ("G", Key::char('G')),
            ("C-s", Key::ctrl('s')),
            ("C-S", Key::ctrl('s')),
            ("A-x", Key::alt('x')),
            ("-", Key::char('-')),
            ("A--", Key::alt('-')),
            ("A-C-a", Key { alt: true, ..Key::ctrl('a') }),
            ("Enter", Key::plain(Code::Enter)),
            ("S-tab", Key::plain(Code::BackTab)),
            ("space", Key::char(' ')),
            ("f12", Key::plain(Code::F(12))),
            ("f", Key::char('f')),
            ("備", Key::char('備')),
        ];
        for (name, key) in expect {
            assert_eq!(name.parse(), Ok(key), "{name}");
        }
        assert_eq!(parse_keys(" ]  f "), Ok(vec![Key::char(']'), Key::char('f')]));
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_name() {
        let near = |name: &str| match name.parse::<Key>() {
            Err(NameFault::Unknown { near, .. }) => near,
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(near("entr").as_deref(), Some("enter"));
        assert_eq!(near("C-pagup").as_deref(), Some("pageup"));
        assert_eq!(near("C-").as_deref(), None);
        assert_eq!(near("f13"), None);
        assert_eq!(parse_keys("  "), Err(NameFault::Empty));
    }
}
