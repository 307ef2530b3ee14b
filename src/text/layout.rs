//! Where the lines and the caret of a text field stand on the screen.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::width::{Ambiguous, cut, glyph, width};
use super::wrap::wrap_offsets;

/// A field laid out: the lines in sight and the caret among them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Layout {
    /// The lines in sight.
    pub lines: Vec<String>,
    /// The caret's line among them.
    pub row: usize,
    /// The caret's column.
    pub col: usize,
    /// How many lines are above those in sight.
    pub above: usize,
}

/// Lays out one line: it scrolls sideways by whole graphemes so that the caret is in sight.
pub fn line(text: &str, caret: usize, cols: usize, ambiguous: Ambiguous) -> Layout {
    let room = cols.saturating_sub(1);
    let before = &text[..caret];
    let mut from = 0;
    let mut used = width(before, ambiguous);
    for (at, grapheme) in before.grapheme_indices(true) {
        if used <= room {
            break;
        }
        used -= glyph(grapheme, ambiguous);
        from = at + grapheme.len();
    }
    let shown = cut(&text[from..], cols, ambiguous).to_owned();
    Layout { lines: vec![shown], row: 0, col: used, above: 0 }
}

/// Lays out several lines: they are wrapped, and scroll so that the caret is in sight.
pub fn lines(text: &str, caret: usize, cols: usize, rows: usize, ambiguous: Ambiguous) -> Layout {
    let ranges = wrapped(text, caret, cols, ambiguous);
    let (row, col) = position(text, &ranges, caret, ambiguous);
    let above = (row + 1).saturating_sub(rows.max(1));
    let lines = ranges.iter().skip(above).take(rows.max(1));
    let lines = lines.map(|range| cut(&text[range.clone()], cols, ambiguous).to_owned()).collect();
    Layout { lines, row: row - above, col: col.min(cols.saturating_sub(1)), above }
}

/// Wraps a text; where the caret stands behind a full last line, an empty line is added for it.
fn wrapped(text: &str, caret: usize, cols: usize, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    let mut ranges = wrap_offsets(text, cols, ambiguous);
    let full = |range: &Range<usize>| width(&text[range.clone()], ambiguous) >= cols;
    // At the end of a full line that a newline or the text's end follows, there is no cell for the caret.
    let row = ranges.iter().position(|range| range.end == caret && full(range));
    if let Some(row) = row
        && ranges.get(row + 1).is_none_or(|next| next.start > caret)
    {
        ranges.insert(row + 1, caret..caret);
    }
    ranges
}

fn position(text: &str, ranges: &[Range<usize>], caret: usize, ambiguous: Ambiguous) -> (usize, usize) {
    let row = ranges.iter().rposition(|range| range.start <= caret).unwrap_or_default();
    let start = ranges.get(row).map_or(0, |range| range.start);
    (row, text.get(start..caret).map_or(0, |before| width(before, ambiguous)))
}

/// Finds the caret one shown line below or above, in the nearest column.
pub fn vertical(text: &str, caret: usize, cols: usize, ambiguous: Ambiguous, down: bool) -> usize {
    let ranges = wrap_offsets(text, cols, ambiguous);
    let (row, col) = position(text, &ranges, caret, ambiguous);
    let target = if down { row.checked_add(1) } else { row.checked_sub(1) };
    let Some(range) = target.and_then(|row| ranges.get(row)) else {
        return if down { text.len() } else { 0 };
    };
    let found = range.start + cut(&text[range.clone()], col, ambiguous).len();
    // The end of a wrapped line is the start of the next: step back so that the caret stays on its line.
    let wrapped_on = ranges.iter().any(|other| other.start == range.end && other.start > range.start);
    if found == range.end && wrapped_on {
        text[range.clone()].grapheme_indices(true).next_back().map_or(found, |(at, _)| range.start + at)
    } else {
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_is_seen_behind_a_full_line() {
        let text = "支部黨員大會每季度一";
        let layout = lines(text, text.len(), 20, 3, Ambiguous::Narrow);
        assert_eq!((layout.row, layout.col, layout.lines.len()), (1, 0, 2));
        let inside = lines(text, 6, 20, 3, Ambiguous::Narrow);
        assert_eq!((inside.row, inside.col), (0, 4));
    }

    #[test]
    fn one_line_scrolls_sideways_by_graphemes() {
        let text = "支部黨員大會每季度一次";
        let layout = line(text, text.len(), 9, Ambiguous::Narrow);
        assert_eq!((layout.lines[0].as_str(), layout.col), ("季度一次", 8));
        assert_eq!(line(text, 0, 9, Ambiguous::Narrow).lines[0], "支部黨員");
    }

    #[test]
    fn up_and_down_keep_the_column() {
        let text = "支部黨員大會\nabc\n每季度一次";
        let down = vertical(text, 6, 20, Ambiguous::Narrow, true);
        assert_eq!(&text[..down], "支部黨員大會\nabc");
        let up = vertical(text, text.len(), 20, Ambiguous::Narrow, false);
        assert_eq!(&text[..up], "支部黨員大會\nabc");
        assert_eq!(vertical(text, 3, 20, Ambiguous::Narrow, false), 0);
    }
}
