//! Breaking lines by UAX #14 with the rules of Chinese typesetting (禁則).

use std::ops::Range;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;

use super::width::{Ambiguous, glyph, width};

/// Characters that Unicode lets begin a line and Chinese typesetting does not.
const NOT_FIRST: &str = "—％%";

/// Breaks a text into lines of at most `cols` columns; blanks at the breaks are dropped.
///
/// A glyph wider than `cols` stands alone on its line: nothing is lost, and a window that narrow shows a message.
pub fn wrap(text: &str, cols: usize, ambiguous: Ambiguous) -> Vec<String> {
    wrap_offsets(text, cols, ambiguous).into_iter().map(|range| text[range].trim_end().to_owned()).collect()
}

/// Breaks a text into byte ranges, one a line; together they cover the text without its newlines.
pub fn wrap_offsets(text: &str, cols: usize, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    let cols = cols.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(line, start, cols, ambiguous, &mut lines);
        start += line.len() + 1;
    }
    lines
}

fn wrap_line(line: &str, base: usize, cols: usize, ambiguous: Ambiguous, lines: &mut Vec<Range<usize>>) {
    let (mut from, mut to, mut used) = (0, 0, 0);
    for piece in pieces(line) {
        let text = &line[piece.clone()];
        let solid = width(text.trim_end(), ambiguous);
        if used > 0 && used + solid > cols {
            lines.push(base + from..base + to);
            (from, used) = (to, 0);
        }
        if solid > cols {
            for (at, grapheme) in text.grapheme_indices(true) {
                let wide = glyph(grapheme, ambiguous);
                if used > 0 && used + wide > cols && !grapheme.trim().is_empty() {
                    let end = piece.start + at;
                    lines.push(base + from..base + end);
                    (from, used) = (end, 0);
                }
                used += wide;
            }
        } else {
            used += width(text, ambiguous);
        }
        to = piece.end;
    }
    lines.push(base + from..base + line.len());
}

/// Splits a line where it may be broken; a piece carries the blanks behind it.
fn pieces(line: &str) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    // The segmenter has no dictionary for these scripts, and a debug build of it says so on standard error.
    let separator = if line.chars().any(needs_dictionary) {
        WordSeparator::AsciiSpace
    } else {
        WordSeparator::UnicodeBreakProperties
    };
    for word in separator.find_words(line) {
        let from = word.word.as_ptr() as usize - line.as_ptr() as usize;
        let range = from..from + word.word.len() + word.whitespace.len();
        let first = word.word.chars().next();
        let glued = pieces.last().is_some_and(|last| {
            let before = line[last.clone()].chars().next_back();
            first.is_some_and(|c| NOT_FIRST.contains(c)) && before.is_some_and(|c| c != ' ')
        });
        match pieces.last_mut() {
            Some(last) if glued => last.end = range.end,
            _ => pieces.push(range),
        }
    }
    pieces
}

/// Says whether a character is of a script without blanks whose words only a dictionary tells: Thai, Lao, Burmese, Khmer.
const fn needs_dictionary(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{1aad}'
        | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}' | '\u{11700}'..='\u{1174f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Characters that never begin a line.
    const NOT_FIRST: &str = "、，。．；：？！）」』》〉】〕”’…—％,.;:?!)]}%";
    /// Characters that never end a line.
    const NOT_LAST: &str = "（「『《〈【〔“‘([{";

    #[test]
    fn punctuation_stays_off_the_edges() {
        let text = "查近四個季度支部黨員大會記錄：是否每季度不少於一次，（含擴大會議）有無議題、記錄。";
        for cols in 4..60 {
            for line in wrap(text, cols, Ambiguous::Narrow) {
                assert!(!line.starts_with(|c| NOT_FIRST.contains(c)) || cols < 6, "{cols}: {line}");
                assert!(!line.ends_with(|c| NOT_LAST.contains(c)) || cols < 6, "{cols}: {line}");
                assert!(width(&line, Ambiguous::Narrow) <= cols, "{cols}: {line}");
            }
        }
    }

    #[test]
    fn no_sign_of_either_list_stands_at_its_wrong_edge() {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
            for (cols, hanzi) in (6..24).flat_map(|cols| (1..12).map(move |hanzi| (cols, hanzi))) {
                let text = |sign: char| format!("{}{sign}{}", "部".repeat(hanzi), "會".repeat(9));
                for sign in NOT_FIRST.chars() {
                    let lines = wrap(&text(sign), cols, ambiguous);
                    assert!(lines.iter().all(|line| !line.starts_with(sign)), "{cols}: {lines:?}");
                }
                for sign in NOT_LAST.chars() {
                    let lines = wrap(&text(sign), cols, ambiguous);
                    assert!(lines.iter().all(|line| !line.ends_with(sign)), "{cols}: {lines:?}");
                    assert!(lines.iter().all(|line| width(line, ambiguous) <= cols), "{cols}: {lines:?}");
                }
            }
        }
    }

    #[test]
    fn words_and_numbers_are_broken_where_unicode_breaks_them() {
        // Between hanzi anywhere; within a word, a number or between a number and its sign nowhere.
        assert_eq!(wrap("查近四個季度", 6, Ambiguous::Narrow), ["查近四", "個季度"]);
        assert_eq!(wrap("第three項", 6, Ambiguous::Narrow), ["第", "three", "項"]);
        assert_eq!(wrap("得分81.5%以上", 8, Ambiguous::Narrow), ["得分", "81.5%以", "上"]);
        assert_eq!(wrap("a-b 2026-11-23 c", 10, Ambiguous::Narrow), ["a-b", "2026-11-23", "c"]);
    }

    #[test]
    fn lines_and_words_are_kept() {
        assert_eq!(wrap("one two three", 8, Ambiguous::Narrow), ["one two", "three"]);
        assert_eq!(wrap("一\n\n二", 8, Ambiguous::Narrow), ["一", "", "二"]);
        assert_eq!(wrap("abcdefghij", 4, Ambiguous::Narrow), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("支部", 1, Ambiguous::Narrow), ["支", "部"]);
        assert_eq!(wrap("", 8, Ambiguous::Narrow), [""]);
    }

    proptest! {
        #[test]
        fn ranges_cover_the_text(text in "[a-z支部（），。 \n]{0,60}", cols in 1usize..30) {
            let ranges = wrap_offsets(&text, cols, Ambiguous::Narrow);
            let joined: String = ranges.iter().map(|range| &text[range.clone()]).collect();
            prop_assert_eq!(joined, text.replace('\n', ""));
            for pair in ranges.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            for range in &ranges {
                let solid = width(text[range.clone()].trim_end(), Ambiguous::Narrow);
                prop_assert!(solid <= cols || text[range.clone()].trim_end().graphemes(true).count() == 1);
            }
        }
    }
}
