//! A selected line that stays in sight, and a filter.

use crate::text::{Edit, Needle};

/// The selected line of a list and the first line in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The selected line.
    pub at: usize,
    /// The first line in sight.
    pub top: usize,
}

impl Cursor {
    /// Selects a line and brings it into sight, in a list of `len` lines of which `rows` are seen.
    pub fn go(&mut self, at: usize, len: usize, rows: usize) {
        self.at = at.min(len.saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(rows.max(1)));
        self.top = self.top.min(len.saturating_sub(rows.max(1)));
    }

    /// Goes `steps` lines down, or up where negative.
    pub fn step(&mut self, steps: isize, len: usize, rows: usize) {
        self.go(self.at.saturating_add_signed(steps), len, rows);
    }

    /// Returns the lines in sight.
    pub fn sight(&self, len: usize, rows: usize) -> std::ops::Range<usize> {
        self.top.min(len)..(self.top + rows).min(len)
    }
}

/// A filter that is typed over a list.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What is typed.
    pub edit: Edit,
    /// Whether keys go into it.
    pub open: bool,
}

/// The longest filter, in characters.
pub const FILTER_LIMIT: usize = 40;

impl Filter {
    /// Opens an empty filter.
    pub fn new(text: &str, open: bool) -> Self {
        Self { edit: Edit::line(FILTER_LIMIT).with_text(text), open }
    }

    /// Makes the needle that lines are tried with; nothing where nothing is typed.
    pub fn needle(&self) -> Option<Needle> {
        let text = self.edit.text().trim();
        (!text.is_empty()).then(|| Needle::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_line_stays_in_sight() {
        let mut cursor = Cursor::default();
        cursor.go(30, 100, 10);
        assert_eq!(cursor.sight(100, 10), 21..31);
        cursor.step(-5, 100, 10);
        assert_eq!((cursor.at, cursor.top), (25, 21));
        cursor.step(isize::MIN, 100, 10);
        assert_eq!((cursor.at, cursor.top), (0, 0));
        cursor.go(usize::MAX, 100, 10);
        assert_eq!(cursor.sight(100, 10), 90..100);
        cursor.go(99, 5, 10);
        assert_eq!((cursor.at, cursor.sight(5, 10)), (4, 0..5));
        cursor.go(0, 0, 10);
        assert_eq!(cursor.sight(0, 10), 0..0);
    }
}
