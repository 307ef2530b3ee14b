//! A text field of one line or several: graphemes, a limit, cleaning at the edge, undo.

use unicode_segmentation::UnicodeSegmentation;

use super::clean::{clean_line, clean_lines};
use super::layout;
use super::width::Ambiguous;

/// What became of a paste.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Pasted {
    /// Whether it was longer than the field allows.
    pub cut: bool,
    /// Whether control characters were taken out.
    pub changed: bool,
}

/// A text field with its caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    text: String,
    caret: usize,
    limit: usize,
    multiline: bool,
    before: Vec<(String, usize)>,
    after: Vec<(String, usize)>,
    typing: bool,
}

/// Steps of undo that a field keeps.
const STEPS: usize = 100;

impl Edit {
    /// Makes a field of one line that takes `limit` characters.
    pub const fn line(limit: usize) -> Self {
        Self::new(limit, false)
    }

    /// Makes a field of several lines that takes `limit` characters.
    pub const fn lines(limit: usize) -> Self {
        Self::new(limit, true)
    }

    const fn new(limit: usize, multiline: bool) -> Self {
        Self { text: String::new(), caret: 0, limit, multiline, before: Vec::new(), after: Vec::new(), typing: false }
    }

    /// Fills the field, with the caret at the end and nothing to undo.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.text = self.cleaned(text, self.limit).0;
        self.caret = self.text.len();
        (self.before, self.after, self.typing) = (Vec::new(), Vec::new(), false);
        self
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the caret as a byte offset; always between two graphemes.
    pub const fn caret(&self) -> usize {
        self.caret
    }

    /// Puts the caret at the border nearest before a byte offset.
    pub fn set_caret(&mut self, caret: usize) {
        let borders = self.text.grapheme_indices(true).map(|(at, _)| at);
        self.caret = if caret >= self.text.len() {
            self.text.len()
        } else {
            borders.take_while(|at| *at <= caret).last().unwrap_or_default()
        };
    }

    /// Says whether Enter makes a new line.
    pub const fn is_multiline(&self) -> bool {
        self.multiline
    }

    /// Says how many characters the field still takes.
    pub fn remaining(&self) -> usize {
        self.limit.saturating_sub(self.text.chars().count())
    }

    fn cleaned(&self, text: &str, limit: usize) -> (String, Pasted) {
        let cleaned = if self.multiline { clean_lines(text, limit) } else { clean_line(text, limit) };
        (cleaned.text, Pasted { cut: cleaned.cut, changed: cleaned.changed })
    }

    fn remember(&mut self) {
        if self.before.last().is_none_or(|(text, _)| *text != self.text) {
            self.before.push((self.text.clone(), self.caret));
            if self.before.len() > STEPS {
                self.before.remove(0);
            }
        }
        self.after.clear();
        self.typing = false;
    }

    /// Types a character; answers whether the field took it.
    pub fn insert_char(&mut self, c: char) -> bool {
        if self.remaining() == 0 {
            return false;
        }
        // A run of typed letters is one step back; a blank begins the next one, and behind a clause it begins too.
        if !self.typing || c == ' ' {
            self.remember();
            self.typing = true;
        }
        let mut bytes = [0; 4];
        let (clean, _) = self.cleaned(c.encode_utf8(&mut bytes), 1);
        self.put(&clean);
        if ends_clause(c) {
            self.typing = false;
        }
        !clean.is_empty()
    }

    /// Ends the step that is being typed, because the person has paused.
    pub const fn pause(&mut self) {
        self.typing = false;
    }

    /// Inserts a text at once: cleaned, cut at the limit, one step back.
    pub fn paste(&mut self, text: &str) -> Pasted {
        let (clean, pasted) = self.cleaned(text, self.remaining());
        self.remember();
        self.put(&clean);
        pasted
    }

    /// Begins a new line.
    pub fn newline(&mut self) {
        if self.multiline && self.remaining() > 0 {
            self.remember();
            self.put("\n");
        }
    }

    fn put(&mut self, text: &str) {
        self.text.insert_str(self.caret, text);
        self.joined(self.caret + text.len());
    }

    /// Composes what an insertion or removal has brought together, and puts the caret at or behind an offset.
    ///
    /// A mark typed behind its letter, or left there when what stood between them went, is clean by itself only.
    fn joined(&mut self, caret: usize) {
        let whole = self.cleaned(&self.text, usize::MAX).0;
        if whole == self.text {
            self.set_caret_after(caret);
            return;
        }
        let before = self.cleaned(&self.text[..caret], usize::MAX).0.len();
        self.text = whole;
        self.set_caret_after(before);
    }

    /// Puts the caret at or behind an offset: a combining mark joins what stands before it.
    fn set_caret_after(&mut self, caret: usize) {
        let borders = self.text.grapheme_indices(true).map(|(at, _)| at);
        self.caret = borders.into_iter().find(|at| *at >= caret).unwrap_or(self.text.len());
    }

    fn left_of(&self) -> usize {
        self.text[..self.caret].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right_of(&self) -> usize {
        self.text[self.caret..].graphemes(true).next().map_or(self.caret, |grapheme| self.caret + grapheme.len())
    }

    fn take_out(&mut self, from: usize, to: usize) {
        if from < to {
            self.remember();
            self.text.replace_range(from..to, "");
            self.joined(from);
        }
    }

    /// Removes the grapheme before the caret.
    pub fn backspace(&mut self) {
        self.take_out(self.left_of(), self.caret);
    }

    /// Removes the grapheme behind the caret.
    pub fn delete(&mut self) {
        self.take_out(self.caret, self.right_of());
    }

    /// Removes from the line's start to the caret.
    pub fn kill_to_start(&mut self) {
        self.take_out(self.line_start(), self.caret);
    }

    /// Removes the word before the caret.
    pub fn kill_word(&mut self) {
        let solid = self.text[..self.caret].trim_end().len();
        let from = self.text[..solid].split_word_bound_indices().next_back().map_or(0, |(at, _)| at);
        self.take_out(from, self.caret);
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.take_out(0, self.text.len());
    }

    /// Goes one grapheme left.
    pub fn left(&mut self) {
        (self.caret, self.typing) = (self.left_of(), false);
    }

    /// Goes one grapheme right.
    pub fn right(&mut self) {
        (self.caret, self.typing) = (self.right_of(), false);
    }

    fn line_start(&self) -> usize {
        self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1)
    }

    /// Goes to the line's start.
    pub fn home(&mut self) {
        (self.caret, self.typing) = (self.line_start(), false);
    }

    /// Goes to the line's end.
    pub fn end(&mut self) {
        let end = self.text[self.caret..].find('\n').map_or(self.text.len(), |at| self.caret + at);
        (self.caret, self.typing) = (end, false);
    }

    /// Goes one shown line up, in a field that is `cols` wide.
    pub fn up(&mut self, cols: usize, ambiguous: Ambiguous) {
        self.caret = layout::vertical(&self.text, self.caret, cols, ambiguous, false);
        self.typing = false;
    }

    /// Goes one shown line down, in a field that is `cols` wide.
    pub fn down(&mut self, cols: usize, ambiguous: Ambiguous) {
        self.caret = layout::vertical(&self.text, self.caret, cols, ambiguous, true);
        self.typing = false;
    }

    /// Takes the last step back; answers whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some((text, caret)) = self.before.pop() else {
            return false;
        };
        self.after.push((std::mem::replace(&mut self.text, text), self.caret));
        (self.caret, self.typing) = (caret, false);
        true
    }

    /// Does again what was taken back; answers whether there was anything.
    pub fn redo(&mut self) -> bool {
        let Some((text, caret)) = self.after.pop() else {
            return false;
        };
        self.before.push((std::mem::replace(&mut self.text, text), self.caret));
        (self.caret, self.typing) = (caret, false);
        true
    }

    /// Lays the field out in `cols` × `rows` with the caret in sight.
    pub fn layout(&self, cols: usize, rows: usize, ambiguous: Ambiguous) -> layout::Layout {
        if self.multiline {
            layout::lines(&self.text, self.caret, cols, rows, ambiguous)
        } else {
            layout::line(&self.text, self.caret, cols, ambiguous)
        }
    }
}

/// Says whether a clause ends with this character: a step back takes a clause, not a whole Chinese note.
const fn ends_clause(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '；' | '：' | '、' | '！' | '？' | '…' | '）' | '」' | ',' | '.' | ';' | ':' | '!' | '?' | ')'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_grapheme_goes_as_a_whole() {
        let mut edit = Edit::line(20).with_text("支e\u{301}部");
        edit.left();
        edit.backspace();
        assert_eq!(edit.text(), "支部");
        edit.delete();
        assert_eq!((edit.text(), edit.caret()), ("支", 3));
    }

    #[test]
    fn a_mark_that_is_typed_composes_as_a_pasted_one_does() {
        let mut edit = Edit::lines(50);
        "e\u{301}支".chars().for_each(|c| assert!(edit.insert_char(c)));
        assert_eq!((edit.text(), edit.caret()), ("é支", "é支".len()));
        for _ in 0..500 {
            edit.insert_char('\u{302}');
        }
        assert!(edit.text().chars().count() < 8, "{}", edit.text());
        let mut edit = Edit::lines(50).with_text("e\n\u{301}");
        edit.set_caret(2);
        edit.backspace();
        assert_eq!(edit.text(), "é");
    }

    #[test]
    fn undo_goes_by_words_and_pastes() {
        let mut edit = Edit::lines(50);
        "one two".chars().for_each(|c| assert!(edit.insert_char(c)));
        edit.paste("\u{1b}[31m三\u{202e}");
        assert_eq!(edit.text(), "one two三");
        edit.undo();
        edit.undo();
        assert_eq!(edit.text(), "one");
        edit.redo();
        assert_eq!(edit.text(), "one two");
        edit.kill_word();
        assert_eq!(edit.text(), "one ");
    }

    #[test]
    fn undo_goes_by_clauses_and_pauses() {
        let mut edit = Edit::lines(50);
        "查了會議，缺一次。補".chars().for_each(|c| assert!(edit.insert_char(c)));
        edit.pause();
        "記錄".chars().for_each(|c| assert!(edit.insert_char(c)));
        for left in ["查了會議，缺一次。補", "查了會議，缺一次。", "查了會議，", ""] {
            assert!(edit.undo());
            assert_eq!(edit.text(), left);
        }
    }

    #[test]
    fn the_limit_holds() {
        let mut edit = Edit::line(3).with_text("一二");
        assert!(edit.insert_char('三'));
        assert!(!edit.insert_char('四'));
        assert!(edit.paste("五").cut);
        assert_eq!(edit.text(), "一二三");
        edit.newline();
        assert!(!edit.text().contains('\n'));
    }

    proptest! {
        #[test]
        fn the_caret_stays_on_a_border_and_in_sight(
            strokes in proptest::collection::vec(0u8..16, 0..60),
            cols in 2usize..24,
            rows in 1usize..6,
        ) {
            let mut edit = Edit::lines(200);
            for stroke in strokes {
                match stroke {
                    0 => { edit.insert_char('a'); }
                    1 => { edit.insert_char('支'); }
                    2 => { edit.insert_char('，'); }
                    3 => { edit.insert_char('\u{301}'); }
                    4 => { edit.insert_char(' '); }
                    5 => edit.newline(),
                    6 => edit.backspace(),
                    7 => edit.delete(),
                    8 => edit.left(),
                    9 => edit.right(),
                    10 => edit.up(cols, Ambiguous::Narrow),
                    11 => edit.down(cols, Ambiguous::Narrow),
                    12 => { edit.undo(); }
                    13 => { edit.paste("支部黨員大會，每季度一次"); }
                    14 => edit.home(),
                    _ => edit.end(),
                }
                prop_assert!(edit.text().is_char_boundary(edit.caret()));
                prop_assert!(crate::text::is_clean(edit.text(), true), "{:?}", edit.text());
                let border = edit.caret() == edit.text().len()
                    || edit.text().grapheme_indices(true).any(|(at, _)| at == edit.caret());
                prop_assert!(border, "{:?} {}", edit.text(), edit.caret());
                let layout = edit.layout(cols, rows, Ambiguous::Narrow);
                prop_assert!(layout.row < rows && layout.col < cols.max(2), "{layout:?} {:?}", edit.text());
                prop_assert!(layout.lines.len() <= rows);
            }
        }
    }
}
