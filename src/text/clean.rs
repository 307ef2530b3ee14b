//! Cleaning text once, at the edge where it enters: what steers a terminal or hides from a reader is taken out.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// A cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The text.
    pub text: String,
    /// Whether anything was taken out.
    pub changed: bool,
    /// Whether the text was longer than its limit.
    pub cut: bool,
}

/// Marks that one base character may carry; more are a wall of ink and cost the terminal dearly.
const MARKS: usize = 4;

/// Cleans a text of one line: newlines become blanks.
pub fn clean_line(text: &str, limit: usize) -> Cleaned {
    clean(text, limit, ' ')
}

/// Cleans a text of several lines.
pub fn clean_lines(text: &str, limit: usize) -> Cleaned {
    clean(text, limit, '\n')
}

/// Cleans a text for standard output or a log: newlines stay, nothing is cut.
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_clean(text, true) { Cow::Borrowed(text) } else { Cow::Owned(clean(text, usize::MAX, '\n').text) }
}

/// Cuts a text to so many bytes, between two of its characters as a person counts them.
pub fn within(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let border = text.grapheme_indices(true).map(|(start, _)| start).take_while(|start| *start <= bytes).last();
    // One that is longer than all that fits is cut itself.
    let most = border.filter(|border| *border > 0).unwrap_or_else(|| text.floor_char_boundary(bytes));
    text.get(..most).unwrap_or_default()
}

/// Leaves out of a text that is drawn what would steer the terminal: the last door, for what came in by no other.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unwanted) {
        Cow::Owned(text.chars().filter(|c| !is_unwanted(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Says whether a text holds nothing that cleaning would take out.
pub fn is_clean(text: &str, newlines: bool) -> bool {
    text.chars().all(|c| (c == '\n' && newlines) || !is_unwanted(c)) && unicode_normalization::is_nfc(text)
}

/// Says whether a character steers, hides or has no meaning between programs.
fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e000}'..='\u{f8ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{10ffff}')
        || (c as u32) & 0xfffe == 0xfffe
}

fn clean(text: &str, limit: usize, newline: char) -> Cleaned {
    let mut kept = String::new();
    let (mut count, mut marks, mut cut) = (0, 0, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let c = match c {
            '\u{1b}' => {
                skip_sequence(&mut chars);
                continue;
            }
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => newline,
            '\t' => ' ',
            c if is_unwanted(c) => continue,
            c => c,
        };
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > MARKS {
            continue;
        }
        // Composing makes one character of a letter and its marks at most: behind so many the rest cannot matter.
        count += 1;
        if count > limit.saturating_mul(MARKS + 1).saturating_add(64) {
            cut = true;
            break;
        }
        kept.push(c);
    }
    let mut composed: String = kept.nfc().collect();
    if let Some((at, _)) = composed.char_indices().nth(limit) {
        let border = composed.grapheme_indices(true).map(|(start, _)| start).take_while(|start| *start <= at).last();
        composed.truncate(border.unwrap_or_default());
        cut = true;
    }
    let changed = !cut && composed != text;
    Cleaned { text: composed, changed, cut }
}

/// Skips what follows an ESC: a whole control sequence or string, so that none of its letters stays behind.
fn skip_sequence(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next() {
        Some('[') => {
            for c in chars.by_ref() {
                if ('\u{40}'..='\u{7e}').contains(&c) || c == '\n' {
                    break;
                }
            }
        }
        Some(']' | 'P' | '_' | '^' | 'X') => {
            while let Some(c) = chars.next() {
                if c == '\u{7}' || c == '\u{9c}' || c == '\n' {
                    break;
                }
                if c == '\u{1b}' {
                    chars.next_if_eq(&'\\');
                    break;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sequences_go_whole() {
        assert_eq!(clean_line("a\u{1b}[31mRED\u{1b}[0m", 99).text, "aRED");
        assert_eq!(clean_line("\u{1b}]0;pwn\u{7}好", 99).text, "好");
        assert_eq!(clean_line("\u{1b}]8;;http://x\u{1b}\\好", 99).text, "好");
        assert_eq!(clean_line("\u{9b}31m\u{202e}abc\u{200b}", 99).text, "31mabc");
        assert_eq!(clean_line("tag\u{e0041}\u{feff}\u{ad}", 99).text, "tag");
        assert_eq!(clean_lines("一\r\n二\u{2028}三\t四", 99).text, "一\n二\n三 四");
        assert_eq!(clean_line("一\n二", 99).text, "一 二");
    }

    #[test]
    fn marks_and_length_are_bounded() {
        let zalgo = format!("a{}", "\u{301}".repeat(500));
        // The letter has taken the first of them in.
        assert_eq!(clean_line(&zalgo, 99).text, format!("á{}", "\u{301}".repeat(MARKS - 1)));
        let long = "支".repeat(1_000_000);
        let cleaned = clean_lines(&long, 1000);
        assert_eq!((cleaned.text.chars().count(), cleaned.cut), (1000, true));
        assert_eq!(clean_line("ab支部", 3).text, "ab支");
        assert_eq!(clean_line(&"e\u{301}".repeat(1000), 500).text, "é".repeat(500));
    }

    proptest! {
        #[test]
        fn cleaning_is_done_once(text in any::<String>(), limit in 0usize..50) {
            let once = clean_lines(&text, limit);
            prop_assert!(is_clean(&once.text, true), "{:?}", once.text);
            prop_assert!(once.text.chars().count() <= limit);
            prop_assert_eq!(&clean_lines(&once.text, limit).text, &once.text);
        }
    }
}
