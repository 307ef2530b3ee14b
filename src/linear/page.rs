//! Lines on their way out: clean, and no longer than the columns.

use crate::domain::Lang;
use crate::locales::colon;
use crate::text::{Ambiguous, printable, width, wrap};

/// What is to be said next.
pub struct Page {
    cols: usize,
    ambiguous: Ambiguous,
    text: String,
}

impl Page {
    /// Begins an empty page.
    pub const fn new(cols: usize, ambiguous: Ambiguous) -> Self {
        Self { cols, ambiguous, text: String::new() }
    }

    /// Says a text on lines of its own. Where it is too long it is broken at its double blanks first: they part
    /// what belongs together.
    pub fn line(&mut self, text: &str) {
        for line in printable(text).split('\n') {
            if width(line, self.ambiguous) > self.cols && line.trim().contains("  ") {
                self.packed(line.trim_end().split("  ").filter(|piece| !piece.is_empty()));
            } else {
                self.wrapped(line);
            }
        }
    }

    fn wrapped(&mut self, line: &str) {
        for line in wrap(line, self.cols, self.ambiguous) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn packed<'a>(&mut self, pieces: impl Iterator<Item = &'a str>) {
        let mut line = String::new();
        for piece in pieces {
            let used = width(&line, self.ambiguous);
            if used > 0 && used + 2 + width(piece, self.ambiguous) > self.cols {
                self.wrapped(&std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push_str("  ");
            }
            line.push_str(piece);
        }
        if !line.is_empty() {
            self.wrapped(&line);
        }
    }

    /// Says a text behind its label; nothing where there is no text.
    pub fn pair(&mut self, label: &str, text: &str, lang: Lang) {
        if !text.is_empty() {
            self.line(&format!("{label}{}{text}", colon(lang)));
        }
    }

    /// Leaves a line free.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Says short pieces on as few lines as they need, breaking none of them.
    pub fn pieces(&mut self, pieces: &[String]) {
        let clean: Vec<_> = pieces.iter().map(|piece| printable(piece)).collect();
        self.packed(clean.iter().map(AsRef::as_ref));
    }

    /// Puts a question at the end: where a person types, the answer stands behind it; a pipe gets a whole line.
    pub fn prompt(&mut self, text: &str, typed: bool) {
        let before = self.text.len();
        self.line(&format!("{text}>"));
        if typed {
            self.text.truncate(self.text.trim_end_matches('\n').len().max(before));
            self.text.push(' ');
        }
    }

    /// Takes what is to be said.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }
}

/// Puts an aside in the brackets of the language.
pub fn aside(text: &str, aside: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{text} ({aside})"),
        Lang::Hant | Lang::Hans => format!("{text}（{aside}）"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_taken_out_wherever_it_stands() {
        let mut page = Page::new(20, Ambiguous::Narrow);
        let hostile = "\u{1b}[2J名\u{9b}31m\u{202e}稱\u{7}\r\n\u{1b}]0;x\u{7}第二行";
        page.line(hostile);
        page.pair(hostile, hostile, Lang::En);
        page.pieces(&[hostile.to_owned(), hostile.to_owned()]);
        page.prompt(hostile, true);
        let said = page.take();
        assert!(said.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{said:?}");
        assert!(said.starts_with("名31m稱\n第二行\n") && said.ends_with("> "), "{said:?}");
    }

    #[test]
    fn lines_fit_and_break_where_things_part() {
        let mut page = Page::new(20, Ambiguous::Narrow);
        page.line("機關黨委  已簽認  問題 2  得分 94.5");
        page.line("查近四個季度支部黨員大會記錄，是否每季度不少於一次");
        let said = page.take();
        assert!(said.starts_with("機關黨委  已簽認\n問題 2  得分 94.5\n"), "{said}");
        assert!(said.lines().all(|line| width(line, Ambiguous::Narrow) <= 20), "{said}");
    }
}
