//! What the decoder hands over, and how keys that came together are marked.

use super::alias;
use super::key::{Code, Key};

/// One thing that a person or the terminal said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A key, and how it came.
    Key(Key, Glue),
    /// A bracketed paste, with `\n` for every line end and without control characters other than `\n` and `\t`.
    Paste(String),
    /// The paste just before this was longer than [`PASTE_LIMIT`](super::PASTE_LIMIT), and its end is missing.
    PasteCut,
    /// Bytes that are not UTF-8; said once for each call of `feed`.
    ///
    /// Most often a terminal that is set to GBK.
    Invalid,
    /// An answer that was asked for.
    Reply(Reply),
}

/// An answer of the terminal that the session waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reply {
    /// Where the cursor stands; both count from 1.
    Cursor { row: u16, col: u16 },
}

/// Whether a key came by itself.
///
/// A terminal without bracketed paste delivers pasted text as keys, and a sentence that happens to hold a `4` must not
/// fail a branch. Typed keys come one a read; a slow line bundles a few, but then they are keys somebody meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Glue {
    /// Nothing printable stood next to it.
    Alone,
    /// It came among others, and all are keys that people press in a row while they walk.
    Keys,
    /// It came inside a text: a verdict must not listen to it.
    Text,
}

/// Marks every printable key among the inputs of one read, and in a text its line ends and tabs too.
///
/// Line ends and tabs do not part a run: `會議⏎4⏎` is one pasted text, not a lone `4` that Enter confirms. Bytes that were not UTF-8 make
/// the whole read a text, because a GBK hanzi can end in an ASCII letter.
pub(super) fn mark(inputs: &mut [Input]) {
    let spoilt = inputs.contains(&Input::Invalid);
    for run in inputs.split_mut(|input| !joins(input)) {
        let mut typed = run.iter().filter_map(printable);
        let glue = match (typed.next(), typed.next()) {
            _ if spoilt => Glue::Text,
            (None, _) | (Some(_), None) => Glue::Alone,
            _ if run.iter().filter_map(printable).all(pressed_in_a_row) || is_pair(run) => Glue::Keys,
            _ => Glue::Text,
        };
        for input in run {
            if let Input::Key(key, mark) = input
                && (key.typed().is_some() || glue == Glue::Text)
            {
                *mark = glue;
            }
        }
    }
}

fn printable(input: &Input) -> Option<char> {
    match input {
        Input::Key(key, _) => key.typed(),
        _ => None,
    }
}

fn joins(input: &Input) -> bool {
    printable(input).is_some()
        || matches!(input, Input::Key(Key { code: Code::Enter | Code::Tab, ctrl: false, alt: false }, _))
}

fn pressed_in_a_row(c: char) -> bool {
    // Hanzi digits are left out on purpose: a person presses one of them, a text holds many.
    let c = match c {
        '！'..='～' | '\u{3000}' => alias::plain(Key::char(c)).typed().unwrap_or(c),
        _ => c,
    };
    matches!(
        c,
        '0'..='4' | 'h' | 'j' | 'k' | 'l' | 'u' | 'n' | 'N' | ' ' | 'g' | 'G' | 'J' | 'K' | '[' | ']' | '{' | '}'
    )
}

/// Says whether a run is two keys that mean one thing, such as `gb` or `]o`: a slow line brings them together.
fn is_pair(run: &[Input]) -> bool {
    let [first, second] = run else { return false };
    matches!(printable(first), Some('g' | '[' | ']')) && printable(second).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(inputs: impl IntoIterator<Item = Input>) -> Vec<Glue> {
        let mut inputs: Vec<Input> = inputs.into_iter().collect();
        mark(&mut inputs);
        let glue = |input: &Input| match input {
            Input::Key(_, glue) => Some(*glue),
            _ => None,
        };
        inputs.iter().filter_map(glue).collect()
    }

    fn typed(text: &str) -> impl Iterator<Item = Input> {
        text.chars().map(|c| match c {
            '\n' => Input::Key(Key::plain(Code::Enter), Glue::Alone),
            '^' => Input::Key(Key::plain(Code::Up), Glue::Alone),
            c => Input::Key(Key::char(c), Glue::Alone),
        })
    }

    #[test]
    fn a_lone_key_is_alone_and_walking_keys_stay_keys() {
        assert_eq!(marks(typed("4")), [Glue::Alone]);
        assert_eq!(marks(typed("1j")), [Glue::Keys, Glue::Keys]);
        assert_eq!(marks(typed("１　ｊ")), [Glue::Keys; 3]);
        assert_eq!(marks(typed("x")), [Glue::Alone]);
        for pair in ["gg", "gb", "]o", "[f"] {
            assert_eq!(marks(typed(pair)), [Glue::Keys; 2], "{pair}");
        }
        assert_eq!(marks(typed("jjjgg")), [Glue::Keys; 5]);
        assert_eq!(marks(typed("gbx")), [Glue::Text; 3]);
    }

    #[test]
    fn a_text_is_a_text_over_its_line_ends() {
        assert_eq!(marks(typed("第4項")), [Glue::Text; 3]);
        assert_eq!(marks(typed("15")), [Glue::Text; 2]);
        assert_eq!(marks(typed("一二")), [Glue::Text; 2]);
        assert_eq!(marks(typed("a\n4\n")), [Glue::Text; 4]);
        assert_eq!(marks(typed("4\n")), [Glue::Alone; 2]);
        assert_eq!(marks(typed("4\n1")), [Glue::Keys, Glue::Alone, Glue::Keys]);
    }

    #[test]
    fn another_key_parts_two_runs() {
        assert_eq!(marks(typed("a^4")), [Glue::Alone; 3]);
        assert_eq!(marks(typed("ab^4")), [Glue::Text, Glue::Text, Glue::Alone, Glue::Alone]);
    }

    #[test]
    fn bytes_of_another_encoding_make_a_read_a_text() {
        assert_eq!(marks(typed("^4").chain([Input::Invalid])), [Glue::Alone, Glue::Text]);
    }
}
