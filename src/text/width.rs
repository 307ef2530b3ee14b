//! How wide text is on the screen, and how to cut and pad it without ever halving a glyph.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns a terminal gives to characters of ambiguous width, such as “ ” … · and box drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// One column, as most terminals do.
    #[default]
    Narrow,
    /// Two columns, as terminals with a CJK setting do.
    Wide,
}

/// Measures a character that is a glyph of its own whatever stands around it, as long as that is such a one as well.
///
/// These are the blanks and letters of ASCII, the ideographs with their marks, and lines and boxes: nearly all that is ever
/// shown, and what the general rules of Unicode need not be asked about.
pub const fn plain(c: char, ambiguous: Ambiguous) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '·' | '—' | '“' | '”' | '…' | '\u{2500}'..='\u{25cf}' if matches!(ambiguous, Ambiguous::Narrow) => {
            Some(1)
        }
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff5e}' => Some(2),
        _ => None,
    }
}

/// Measures a text of nothing but [`plain`] characters.
pub fn plain_width(text: &str, ambiguous: Ambiguous) -> Option<usize> {
    text.chars().map(|c| plain(c, ambiguous)).sum()
}

/// Measures one grapheme.
pub fn glyph(grapheme: &str, ambiguous: Ambiguous) -> usize {
    match ambiguous {
        Ambiguous::Narrow => grapheme.width(),
        Ambiguous::Wide => grapheme.width_cjk(),
    }
}

/// Measures a text in columns, grapheme by grapheme as the screen's cells hold it.
pub fn width(text: &str, ambiguous: Ambiguous) -> usize {
    let general = || text.graphemes(true).map(|grapheme| glyph(grapheme, ambiguous)).sum();
    plain_width(text, ambiguous).unwrap_or_else(general)
}

/// Returns the longest beginning of a text that fits into `cols` columns.
pub fn cut(text: &str, cols: usize, ambiguous: Ambiguous) -> &str {
    let mut used = 0;
    let mut over = |wide| {
        used += wide;
        used > cols
    };
    let end = match plain_width(text, ambiguous) {
        Some(width) if width <= cols => None,
        Some(_) => text.char_indices().find(|(_, c)| over(plain(*c, ambiguous).unwrap_or_default())).map(|(at, _)| at),
        None => text.grapheme_indices(true).find(|(_, glyphs)| over(glyph(glyphs, ambiguous))).map(|(at, _)| at),
    };
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Cuts a text to `cols` columns and says so with a mark at its end.
pub fn cut_mark(text: &str, cols: usize, ambiguous: Ambiguous) -> String {
    if width(text, ambiguous) <= cols {
        return text.to_owned();
    }
    let mark = match ambiguous {
        Ambiguous::Narrow => "…",
        Ambiguous::Wide => "..",
    };
    match cols.checked_sub(width(mark, ambiguous)) {
        Some(rest) => format!("{}{mark}", cut(text, rest, ambiguous)),
        None => cut(text, cols, ambiguous).to_owned(),
    }
}

/// Makes a text exactly `cols` columns wide: cut with a mark, or filled with blanks on the right.
pub fn pad(text: &str, cols: usize, ambiguous: Ambiguous) -> String {
    let mut padded = cut_mark(text, cols, ambiguous);
    let blanks = cols.saturating_sub(width(&padded, ambiguous));
    padded.extend(std::iter::repeat_n(' ', blanks));
    padded
}

/// Makes a text exactly `cols` columns wide, filled with blanks on the left.
pub fn pad_left(text: &str, cols: usize, ambiguous: Ambiguous) -> String {
    let cut = cut_mark(text, cols, ambiguous);
    let blanks = cols.saturating_sub(width(&cut, ambiguous));
    format!("{}{cut}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_glyph_is_never_halved() {
        assert_eq!(cut("支部會議", 5, Ambiguous::Narrow), "支部");
        assert_eq!(cut_mark("支部會議", 5, Ambiguous::Narrow), "支部…");
        assert_eq!(cut_mark("支部會議", 5, Ambiguous::Wide), "支..");
        assert_eq!(pad("支部會議", 4, Ambiguous::Narrow), "支… ");
        assert_eq!(pad_left("4.0", 6, Ambiguous::Narrow), "   4.0");
    }

    #[test]
    fn ambiguous_characters_follow_the_terminal() {
        assert_eq!(width("“四強”", Ambiguous::Narrow), 6);
        assert_eq!(width("“四強”", Ambiguous::Wide), 8);
        assert_eq!(width("「四強」", Ambiguous::Wide), 8);
    }

    #[test]
    fn plain_characters_are_as_wide_as_unicode_says() {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
            for c in ('\0'..=char::MAX).filter(|c| plain(*c, ambiguous).is_some()) {
                let text = c.to_string();
                assert_eq!(plain(c, ambiguous), Some(glyph(&text, ambiguous)), "{c:?}");
                // Beside every kind of them it stays a glyph of its own.
                for other in ["a", " ", "~", "支", "、", "」", "！", "㐀", "─", "…"] {
                    assert_eq!(format!("{other}{c}{other}").graphemes(true).count(), 3, "{c:?} beside {other:?}");
                }
            }
        }
        let of = |text| plain_width(text, Ambiguous::Wide);
        assert_eq!((of("支部a"), of("e\u{301}"), of("支\u{301}"), of("…")), (Some(5), None, None, None));
    }

    proptest! {
        #[test]
        fn padded_text_has_the_wanted_width(text in "[a-z支部會議“”…é\u{301} ]{0,30}", cols in 0usize..40) {
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
                prop_assert_eq!(width(&pad(&text, cols, ambiguous), ambiguous), cols);
                prop_assert_eq!(width(&pad_left(&text, cols, ambiguous), ambiguous), cols);
                prop_assert!(text.starts_with(cut(&text, cols, ambiguous)));
            }
        }
    }
}
