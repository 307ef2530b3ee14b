//! Writing text into cells, so that no glyph is ever halved.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::{Look, Tint};
use crate::text::{self, Ambiguous};

/// A pen over the window.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    /// The window.
    pub area: Rect,
    /// Colours and borders.
    pub look: Look,
    /// How wide ambiguous characters are.
    pub ambiguous: Ambiguous,
}

impl<'a> Pen<'a> {
    /// Takes up the pen.
    pub const fn new(buffer: &'a mut Buffer, area: Rect, look: Look, ambiguous: Ambiguous) -> Self {
        Self { buffer, area, look, ambiguous }
    }

    /// Measures a text.
    pub fn width(&self, text: &str) -> u16 {
        u16::try_from(text::width(text, self.ambiguous)).unwrap_or(u16::MAX)
    }

    /// Writes a text into at most `cols` columns and returns the column behind it.
    ///
    /// What does not fit is cut with a mark; what lies outside the window is not written.
    pub fn text(&mut self, x: u16, y: u16, cols: u16, text: &str, tint: Tint) -> u16 {
        if y >= self.area.height || x >= self.area.width {
            return x;
        }
        let cols = cols.min(self.area.width - x);
        let cut = text::cut_mark(&text::shown(text), usize::from(cols), self.ambiguous);
        // What stood in the cell leaves nothing behind: a title on a border is not dim.
        let style = Style::reset().patch(self.look.style(tint));
        let mut at = x;
        if text::plain_width(&cut, self.ambiguous).is_some() {
            for (from, c) in cut.char_indices() {
                let glyph = cut.get(from..from + c.len_utf8()).unwrap_or_default();
                at += self.glyph(at, y, glyph, text::plain(c, self.ambiguous).unwrap_or_default(), style);
            }
            return at;
        }
        for grapheme in cut.graphemes(true) {
            let wide = u16::try_from(text::glyph(grapheme, self.ambiguous)).unwrap_or(2);
            if wide == 0 {
                continue;
            }
            // The buffer knows one width for every glyph; where the terminal draws it wider, the next cell is left blank.
            self.buffer.set_stringn(self.area.x + at, self.area.y + y, grapheme, usize::from(wide), style);
            at += wide;
        }
        at
    }

    /// Writes a plain glyph and answers how wide it is.
    fn glyph(&mut self, x: u16, y: u16, glyph: &str, wide: usize, style: Style) -> u16 {
        let wide = u16::try_from(wide).unwrap_or(2);
        let (x, y) = (self.area.x + x, self.area.y + y);
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            #[expect(clippy::disallowed_methods, reason = "this is the pen, and a plain glyph steers nothing")]
            cell.set_symbol(glyph).set_style(style);
        }
        for hidden in x + 1..x + wide {
            if let Some(cell) = self.buffer.cell_mut((hidden, y)) {
                cell.reset();
            }
        }
        wide
    }

    /// Writes a text that ends at column `end`, and returns the column where it begins.
    pub fn text_right(&mut self, end: u16, y: u16, text: &str, tint: Tint) -> u16 {
        let cut = text::cut(text, usize::from(end), self.ambiguous).to_owned();
        let x = end.saturating_sub(self.width(&cut));
        self.text(x, y, end - x, &cut, tint);
        x
    }

    /// Draws the mark of a selected line, or its absence.
    pub fn marker(&mut self, x: u16, y: u16, selected: bool) {
        if selected {
            self.text(x, y, 1, ">", Tint::Marker);
        } else {
            self.text(x, y, 1, " ", Tint::Plain);
        }
    }

    /// Writes several texts one behind the other and returns the column behind them.
    pub fn run(&mut self, x: u16, y: u16, end: u16, parts: &[(&str, Tint)]) -> u16 {
        parts.iter().fold(x, |x, (text, tint)| self.text(x, y, end.saturating_sub(x), text, *tint))
    }

    /// Draws a rule across.
    pub fn rule(&mut self, x: u16, y: u16, cols: u16) {
        let line = if self.look.ascii { "-" } else { "─" };
        self.text(x, y, cols, &line.repeat(usize::from(cols)), Tint::Dim);
    }

    /// Blanks a box, its edges included; a wide glyph that its left edge would cut goes as a whole.
    pub fn blank(&mut self, x: u16, y: u16, cols: u16, rows: u16) {
        for row in y..(y + rows).min(self.area.height) {
            if let Some(before) = x.checked_sub(1) {
                let cell = self.buffer.cell((self.area.x + before, self.area.y + row));
                if cell.is_some_and(|cell| text::width(cell.symbol(), self.ambiguous) > 1) {
                    self.empty(before, row);
                }
            }
            for col in x..(x + cols).min(self.area.width) {
                self.empty(col, row);
            }
        }
    }

    fn empty(&mut self, x: u16, y: u16) {
        if let Some(cell) = self.buffer.cell_mut((self.area.x + x, self.area.y + y)) {
            cell.reset();
        }
    }

    /// Draws a box with a title and returns the place inside: column, row, columns, rows.
    pub fn boxed(&mut self, x: u16, y: u16, cols: u16, rows: u16, title: &str) -> (u16, u16, u16, u16) {
        self.blank(x, y, cols, rows);
        let [left_top, right_top, left_bottom, right_bottom, across, down] =
            if self.look.ascii { ["+", "+", "+", "+", "-", "|"] } else { ["┌", "┐", "└", "┘", "─", "│"] };
        let inner = cols.saturating_sub(2);
        let (bottom, right) = (y + rows.saturating_sub(1), x + cols.saturating_sub(1));
        let line = across.repeat(usize::from(inner));
        for (row, left, end) in [(y, left_top, right_top), (bottom, left_bottom, right_bottom)] {
            self.run(x, row, x + cols, &[(left, Tint::Dim), (&line, Tint::Dim), (end, Tint::Dim)]);
        }
        for row in y + 1..bottom {
            self.text(x, row, 1, down, Tint::Dim);
            self.text(right, row, 1, down, Tint::Dim);
        }
        if !title.is_empty() && inner > 4 {
            let title = format!(" {} ", text::cut_mark(title, usize::from(inner - 4), self.ambiguous));
            self.text(x + 2, y, inner - 1, &title, Tint::Strong);
        }
        (x + 2, y + 1, cols.saturating_sub(4), rows.saturating_sub(2))
    }

    /// Draws a bar of `cols` columns that is filled by `part` of `whole`.
    pub fn bar(&mut self, x: u16, y: u16, cols: u16, part: u64, whole: u64) {
        let [full, empty] = if self.look.ascii { ["#", "."] } else { ["█", "░"] };
        let filled = (part.min(whole) * u64::from(cols)).checked_div(whole).unwrap_or_default();
        let filled = usize::try_from(filled).unwrap_or_default();
        let bar = format!("{}{}", full.repeat(filled), empty.repeat(usize::from(cols) - filled));
        self.text(x, y, cols, &bar, Tint::Plain);
    }

    /// Writes wrapped text and returns the row behind it; at most `rows` rows, the last with a mark where more follows.
    pub fn wrapped(&mut self, x: u16, y: u16, cols: u16, rows: u16, text: &str, tint: Tint) -> u16 {
        let lines = text::wrap(text, usize::from(cols), self.ambiguous);
        let mut row = y;
        for (at, line) in lines.iter().enumerate().take(usize::from(rows)) {
            let more = at + 1 == usize::from(rows) && lines.len() > usize::from(rows);
            let mark = if more { "…" } else { "" };
            let mark = if self.look.ascii && more { ".." } else { mark };
            self.text(x, row, cols, &format!("{line}{mark}"), tint);
            row += 1;
        }
        row
    }

    /// Empties the hidden half of every wide glyph and gives it that glyph's style.
    ///
    /// A frame says what differs from the one before. A hidden half that held a blank would equal the blank that stands
    /// there once the glyph is gone, nothing would be sent, and a terminal may show half a glyph for ever. An empty half
    /// equals no blank. It is never sent as itself but behind a glyph that only this terminal draws wide, where nothing
    /// is what must be sent.
    pub fn mend(&mut self) {
        for y in self.area.top()..self.area.bottom() {
            let mut x = self.area.left();
            while x < self.area.right() {
                let Some(cell) = self.buffer.cell((x, y)) else { break };
                let wide = u16::try_from(text::width(cell.symbol(), self.ambiguous)).unwrap_or(1).max(1);
                let style = cell.style();
                for hidden in x + 1..(x + wide).min(self.area.right()) {
                    if let Some(cell) = self.buffer.cell_mut((hidden, y)) {
                        *cell = Cell::new("");
                        cell.set_style(style);
                    }
                }
                x += wide;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Modifier};

    #[test]
    fn what_is_written_over_a_border_is_not_as_dim_as_the_border() {
        let area = Rect::new(0, 0, 20, 3);
        let mut buffer = Buffer::empty(area);
        let look = Look { colour: true, ascii: false };
        let mut pen = Pen::new(&mut buffer, area, look, Ambiguous::Narrow);
        pen.rule(0, 1, 20);
        pen.text(2, 1, 6, "支部", Tint::Strong);
        let style = |x| buffer[(x, 1)].style();
        assert_eq!(style(0).fg, Some(Color::DarkGray));
        assert_eq!((style(2).fg, style(2).add_modifier), (Some(Color::Reset), Modifier::BOLD));
    }

    #[test]
    fn what_lies_outside_of_the_window_is_not_written() {
        let area = Rect::new(0, 0, 8, 2);
        let mut buffer = Buffer::empty(area);
        let look = Look { colour: true, ascii: false };
        let mut pen = Pen::new(&mut buffer, area, look, Ambiguous::Narrow);
        for (x, y) in [(8, 0), (0, 2), (u16::MAX, 1), (3, u16::MAX)] {
            assert_eq!(pen.text(x, y, 9, "支部", Tint::Plain), x);
        }
        pen.text(6, 1, 99, "支部", Tint::Plain);
        let shown: String = (0..16).map(|at| buffer[(at % 8, at / 8)].symbol().to_owned()).collect();
        assert_eq!(shown.trim(), "…");
    }

    #[test]
    fn a_glyph_that_is_drawn_wide_covers_nothing_of_what_follows() {
        let area = Rect::new(0, 0, 12, 1);
        let look = Look { colour: true, ascii: true };
        for (ambiguous, cells) in [
            (Ambiguous::Wide, ["“", "", "四", "", "”", "", "…", "", "a"]),
            (Ambiguous::Narrow, ["“", "四", "", "”", "…", "a", " ", " ", " "]),
        ] {
            let mut buffer = Buffer::empty(area);
            let mut pen = Pen::new(&mut buffer, area, look, ambiguous);
            pen.text(0, 0, 12, "“四”…a", Tint::Plain);
            pen.mend();
            let shown: Vec<&str> = (0..9).map(|x| buffer[(x, 0)].symbol()).collect();
            assert_eq!(shown, cells, "{ambiguous:?}");
        }
    }
}
