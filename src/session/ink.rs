//! The way of cells to a terminal in few bytes: what a bad line pays for is what we send.
//!
//! ratatui's own backend moves the cursor before every wide glyph and resets all colours after every frame; on a screen
//! of hanzi that is three quarters of the bytes. This one knows how far a glyph moves the cursor where every terminal
//! agrees about it, keeps colours from frame to frame, and erases runs of blanks. The words are crossterm's.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, MoveToColumn, Show};
use crossterm::queue;
use crossterm::terminal::{Clear, ClearType};
use ratatui::backend::{Backend, ClearType as Region, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// Blanks from which erasing is shorter than writing them.
const ERASE: u16 = 6;

/// What the terminal's next character will look like.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pencil {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pencil {
    const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

/// The modifiers that screens use, and how a terminal is told.
const MODIFIERS: [(Modifier, u8); 4] =
    [(Modifier::BOLD, 1), (Modifier::DIM, 2), (Modifier::UNDERLINED, 4), (Modifier::REVERSED, 7)];

/// Returns how a terminal is told of a colour: the short codes of the sixteen that every colour terminal has.
///
/// crossterm has only the long codes of 256, which terminals of sixteen do not read. Nothing is drawn in other colours.
const fn code(colour: Color) -> u8 {
    match colour {
        Color::Black => 30,
        Color::Red => 31,
        Color::Green => 32,
        Color::Yellow => 33,
        Color::Blue => 34,
        Color::Magenta => 35,
        Color::Cyan => 36,
        Color::Gray => 37,
        Color::DarkGray => 90,
        Color::LightRed => 91,
        Color::LightGreen => 92,
        Color::LightYellow => 93,
        Color::LightBlue => 94,
        Color::LightMagenta => 95,
        Color::LightCyan => 96,
        Color::White => 97,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => 39,
    }
}

/// Cells on their way to a terminal, as bytes.
pub struct Ink {
    bytes: Vec<u8>,
    size: Size,
    /// Whether box drawing takes one column, so that the cursor is known behind it.
    boxes: bool,
    /// Where the terminal's cursor is, where that is known.
    at: Option<Position>,
    pencil: Pencil,
    cursor: Option<bool>,
    /// What the terminal shows in each cell, as far as blanks are concerned.
    page: Vec<Shown>,
}

/// What a cell of the terminal shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// A plain blank.
    Blank,
    /// A glyph, or a blank that is not plain.
    Glyph,
    /// The second half of the glyph before it.
    Half,
}

impl Ink {
    /// Begins a terminal of a size whose page is blank, whose colours are plain and whose cursor may be anywhere.
    pub fn new((cols, rows): (u16, u16), boxes: bool) -> Self {
        let size = Size::new(cols, rows);
        let page = vec![Shown::Blank; usize::from(cols) * usize::from(rows)];
        Self { bytes: Vec::new(), size, boxes, at: None, pencil: Pencil::PLAIN, cursor: None, page }
    }

    /// Takes the bytes that were written.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    fn place(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.size.width) + usize::from(x)
    }

    /// Notes what a cell shows now; the other half of a glyph that was written over is blank.
    fn shows(&mut self, x: u16, y: u16, shown: Shown) {
        let place = self.place(x, y);
        let had = self.page.get(place).copied();
        if had == Some(Shown::Half) && x > 0 && shown != Shown::Half {
            self.page[place - 1] = Shown::Blank;
        }
        if x + 1 < self.size.width && self.page.get(place + 1) == Some(&Shown::Half) {
            self.page[place + 1] = Shown::Blank;
        }
        if let Some(cell) = self.page.get_mut(place) {
            *cell = shown;
        }
    }

    /// Says whether every cell of a row from one column to before another is a plain blank.
    fn is_blank(&self, y: u16, from: u16, to: u16) -> bool {
        self.page
            .get(self.place(from, y)..self.place(to, y))
            .is_some_and(|cells| cells.iter().all(|cell| *cell == Shown::Blank))
    }

    fn go(&mut self, to: Position) -> io::Result<()> {
        match self.at {
            Some(at) if at == to => return Ok(()),
            // Over a few blanks writing them is shorter than a move.
            Some(at)
                if at.y == to.y
                    && at.x < to.x
                    && to.x - at.x < 5
                    && self.pencil == Pencil::PLAIN
                    && self.is_blank(at.y, at.x, to.x) =>
            {
                self.bytes.extend(std::iter::repeat_n(b' ', usize::from(to.x - at.x)));
            }
            Some(at) if at.y == to.y => queue!(self.bytes, MoveToColumn(to.x))?,
            _ => queue!(self.bytes, MoveTo(to.x, to.y))?,
        }
        self.at = Some(to);
        Ok(())
    }

    /// Changes the pencil with one sequence.
    fn sharpen(&mut self, wanted: Pencil) {
        if self.pencil == wanted {
            return;
        }
        let mut codes: Vec<u8> = Vec::new();
        let mut had = self.pencil;
        if wanted == Pencil::PLAIN || !(had.modifier - wanted.modifier).is_empty() {
            codes.push(0);
            had = Pencil::PLAIN;
        }
        let added = wanted.modifier - had.modifier;
        codes.extend(MODIFIERS.into_iter().filter(|(modifier, _)| added.contains(*modifier)).map(|(_, code)| code));
        if wanted.fg != had.fg {
            codes.push(code(wanted.fg));
        }
        if wanted.bg != had.bg {
            codes.push(code(wanted.bg) + 10);
        }
        // Zero alone needs no number.
        let codes: Vec<String> = codes.into_iter().map(|code| code.to_string()).collect();
        let codes = if codes == ["0"] { String::new() } else { codes.join(";") };
        self.bytes.extend_from_slice(b"\x1b[");
        self.bytes.extend_from_slice(codes.as_bytes());
        self.bytes.push(b'm');
        self.pencil = wanted;
    }

    /// Says whether a run of blanks goes on at a column: what lies between is blank, or the half of a glyph that the
    /// run erases.
    fn joins(&self, from: Position, cells: u16, x: u16) -> bool {
        let end = from.x + cells;
        let half = end < x && self.page.get(self.place(end, from.y)) == Some(&Shown::Half);
        x >= end && self.is_blank(from.y, end + u16::from(half), x)
    }

    /// Blanks out a run of plain cells.
    fn blank(&mut self, from: Position, cells: u16) -> io::Result<()> {
        self.sharpen(Pencil::PLAIN);
        self.go(from)?;
        for x in from.x..from.x + cells {
            self.shows(x, from.y, Shown::Blank);
        }
        if cells >= ERASE && self.is_blank(from.y, from.x + cells, self.size.width) {
            return queue!(self.bytes, Clear(ClearType::UntilNewLine));
        }
        if cells >= ERASE {
            // crossterm has no word for it: erase characters, the cursor stays.
            return write!(self.bytes, "\x1b[{cells}X");
        }
        self.bytes.extend(std::iter::repeat_n(b' ', usize::from(cells)));
        self.moved(from, cells);
        Ok(())
    }

    fn put(&mut self, to: Position, cell: &Cell) -> io::Result<()> {
        if cell.symbol().is_empty() {
            // The hidden half of a glyph: the glyph itself covers it.
            return Ok(());
        }
        self.go(to)?;
        self.sharpen(Pencil::of(cell));
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        let advance = advance(cell.symbol(), self.boxes);
        self.shows(to.x, to.y, Shown::Glyph);
        // A glyph of doubtful width may reach into the next cell, and then nothing is known of it.
        match advance {
            Some(2) => self.shows(to.x + 1, to.y, Shown::Half),
            None if to.x + 1 < self.size.width => self.shows(to.x + 1, to.y, Shown::Glyph),
            _ => {}
        }
        match advance {
            Some(cols) => self.moved(to, cols),
            None => self.at = None,
        }
        Ok(())
    }

    /// Remembers where the cursor is; behind the last column terminals disagree.
    fn moved(&mut self, from: Position, cols: u16) {
        let x = from.x + cols;
        self.at = (x < self.size.width).then(|| Position::new(x, from.y));
    }
}

/// Returns how far a glyph moves the cursor, where every terminal agrees.
fn advance(symbol: &str, boxes: bool) -> Option<u16> {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return None;
    };
    match c {
        ' '..='~' => Some(1),
        '\u{2500}'..='\u{259f}' if boxes => Some(1),
        '\u{3000}'..='\u{303e}'
        | '\u{3041}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' => Some(2),
        _ => None,
    }
}

impl Backend for Ink {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut run: Option<(Position, u16)> = None;
        for (x, y, cell) in content {
            let here = Position::new(x, y);
            let blank = cell.symbol() == " " && Pencil::of(cell) == Pencil::PLAIN;
            run = match run {
                Some((from, cells)) if blank && from.y == y && self.joins(from, cells, x) => {
                    Some((from, x + 1 - from.x))
                }
                other => {
                    if let Some((from, cells)) = other {
                        self.blank(from, cells)?;
                    }
                    blank.then_some((here, 1))
                }
            };
            if !blank {
                self.put(here, cell)?;
            }
        }
        match run {
            Some((from, cells)) => self.blank(from, cells),
            None => Ok(()),
        }
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Some(false) {
            queue!(self.bytes, Hide)?;
            self.cursor = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Some(true) {
            queue!(self.bytes, Show)?;
            self.cursor = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Nobody asks the terminal: its answer would come between the keys.
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.sharpen(Pencil::PLAIN);
        queue!(self.bytes, Clear(ClearType::All))
    }

    fn clear_region(&mut self, _: Region) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn drawn(ink: &mut Ink, cells: &[(u16, u16, &str, Style)]) -> String {
        let inked = |(x, y, symbol, style): &(u16, u16, &str, Style)| {
            let mut cell = Cell::from(symbol.chars().next().unwrap());
            cell.set_style(*style);
            (*x, *y, cell)
        };
        let cells: Vec<(u16, u16, Cell)> = cells.iter().map(inked).collect();
        ink.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell))).unwrap();
        String::from_utf8(ink.take()).unwrap()
    }

    #[test]
    fn hanzi_beside_each_other_need_one_move() {
        let mut ink = Ink::new((80, 24), true);
        let plain = Style::new();
        let cells = [(3, 1, "支", plain), (5, 1, "部", plain), (7, 1, "a", plain)];
        assert_eq!(drawn(&mut ink, &cells), "\x1b[2;4H支部a");
        assert_eq!(drawn(&mut ink, &[(8, 1, "b", plain), (20, 1, "c", plain)]), "b\x1b[21Gc");
    }

    #[test]
    fn a_glyph_of_doubtful_width_is_followed_by_a_move() {
        let mut ink = Ink::new((80, 24), false);
        let plain = Style::new();
        assert_eq!(drawn(&mut ink, &[(0, 0, "─", plain), (1, 0, "x", plain)]), "\x1b[1;1H─\x1b[1;2Hx");
    }

    #[test]
    fn colours_stay_until_others_are_wanted() {
        let mut ink = Ink::new((80, 24), true);
        let (bold, red) = (Style::new().add_modifier(Modifier::BOLD), Style::new().fg(Color::Red));
        assert_eq!(drawn(&mut ink, &[(0, 0, "a", bold), (1, 0, "b", bold)]), "\x1b[1;1H\x1b[1mab");
        assert_eq!(drawn(&mut ink, &[(2, 0, "c", bold)]), "c");
        let changed = drawn(&mut ink, &[(3, 0, "d", red), (4, 0, "e", Style::new())]);
        assert_eq!(changed, "\x1b[0;31md\x1b[me");
    }

    #[test]
    fn runs_of_blanks_are_erased() {
        let mut ink = Ink::new((20, 2), true);
        let plain = Style::new();
        let row = |from: u16, to: u16| (from..to).map(|x| (x, 0, " ", plain)).collect::<Vec<_>>();
        assert_eq!(drawn(&mut ink, &row(4, 20)), "\x1b[1;5H\x1b[K");
        assert_eq!(drawn(&mut ink, &[(15, 0, "x", plain)]), "\x1b[16Gx");
        assert_eq!(drawn(&mut ink, &row(4, 12)), "\x1b[5G\x1b[8X");
        assert_eq!(drawn(&mut ink, &row(4, 7)), "   ");
    }

    #[test]
    fn erased_hanzi_take_their_halves_along() {
        let mut ink = Ink::new((20, 2), true);
        let plain = Style::new();
        drawn(&mut ink, &[(0, 0, "支", plain), (2, 0, "部", plain), (4, 0, "會", plain), (6, 0, "|", plain)]);
        let blanks = [(0, 0, " ", plain), (2, 0, " ", plain), (4, 0, " ", plain)];
        assert_eq!(drawn(&mut ink, &blanks), "\x1b[1G     ");
    }
}
