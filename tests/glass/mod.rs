//! The worst terminal that there is: what a glyph is torn from stays on the glass until it is written over.
#![allow(dead_code, reason = "every test file uses its own part of it")]

use tijian::text::{Ambiguous, glyph};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ink {
    Glyph(String),
    /// The hidden half of the glyph on its left.
    Half,
    /// What is left of a glyph whose other half was written over.
    Rest,
}

/// How it is written: colours and marks as the parameters of the sequence say them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Style {
    fg: Vec<u16>,
    bg: Vec<u16>,
    marks: Vec<u16>,
}

/// The glass of a terminal.
#[derive(Clone, Debug)]
pub struct Glass {
    cols: usize,
    rows: usize,
    ambiguous: Ambiguous,
    cells: Vec<(Ink, Style)>,
    at: (usize, usize),
    style: Style,
    /// Whether the cursor is shown.
    pub cursor: bool,
    /// What was written outside the window, or is no sequence that a frame is made of.
    pub faults: Vec<String>,
}

impl Glass {
    pub fn new((cols, rows): (u16, u16), ambiguous: Ambiguous) -> Self {
        let (cols, rows) = (usize::from(cols), usize::from(rows));
        let cells = vec![(Ink::Glyph(" ".to_owned()), Style::default()); cols * rows];
        let style = Style::default();
        Self { cols, rows, ambiguous, cells, at: (0, 0), style, cursor: false, faults: Vec::new() }
    }

    /// Takes the bytes of a frame.
    pub fn takes(&mut self, frame: &[u8]) {
        let Ok(frame) = std::str::from_utf8(frame) else {
            self.faults.push("a frame is not UTF-8".to_owned());
            return;
        };
        let mut rest = frame;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            if c == '\x1b' {
                let Some(after) = rest.strip_prefix('[') else {
                    self.faults.push(format!("no CSI: {rest:.8?}"));
                    continue;
                };
                let end = after.find(|c: char| ('@'..='~').contains(&c)).unwrap_or(after.len() - 1);
                self.sequence(&after[..end], after.as_bytes()[end]);
                rest = &after[end + 1..];
            } else if c.is_control() {
                self.faults.push(format!("a control character {c:?}"));
            } else {
                self.writes(c);
            }
        }
    }

    fn sequence(&mut self, params: &str, last: u8) {
        let numbers: Vec<u16> = params.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        match (params, last) {
            (_, b'H') => {
                let place = |at: usize| usize::from(numbers.get(at).copied().unwrap_or(1).max(1)) - 1;
                self.at = (place(1), place(0));
                if self.at.0 >= self.cols || self.at.1 >= self.rows {
                    self.faults.push(format!("the cursor is sent to {:?}", self.at));
                }
            }
            (_, b'G') => {
                self.at.0 = usize::from(numbers.first().copied().unwrap_or(1).max(1)) - 1;
                if self.at.0 >= self.cols {
                    self.faults.push(format!("the cursor is sent to {:?}", self.at));
                }
            }
            (_, b'X') => self.erases(self.at.0 + usize::from(numbers.first().copied().unwrap_or(1).max(1))),
            ("", b'K') => self.erases(self.cols),
            (_, b'm') => self.styled(&numbers),
            ("2", b'J') => self.cells.fill((Ink::Glyph(" ".to_owned()), Style::default())),
            ("?25", b'h') => self.cursor = true,
            ("?25", b'l') => self.cursor = false,
            _ => self.faults.push(format!("CSI {params} {}", char::from(last))),
        }
    }

    /// Erases from the cursor to before a column; the cursor stays.
    fn erases(&mut self, to: usize) {
        let back = self.at;
        if self.style != Style::default() {
            self.faults.push(format!("erased with the pencil at {:?}", self.style));
        }
        while self.at.0 < to.min(self.cols) {
            self.writes(' ');
        }
        self.at = back;
    }

    fn styled(&mut self, numbers: &[u16]) {
        for number in numbers {
            match number {
                0 => self.style = Style::default(),
                39 => self.style.fg.clear(),
                49 => self.style.bg.clear(),
                30..=37 | 90..=97 => self.style.fg = vec![*number],
                40..=47 | 100..=107 => self.style.bg = vec![*number],
                1 | 4 | 7 => {
                    self.style.marks.push(*number);
                    self.style.marks.sort_unstable();
                    self.style.marks.dedup();
                }
                other => self.faults.push(format!("colour {other}")),
            }
        }
    }

    fn writes(&mut self, c: char) {
        let mut bytes = [0; 4];
        let wide = glyph(c.encode_utf8(&mut bytes), self.ambiguous);
        let (x, y) = self.at;
        if x + wide > self.cols || y >= self.rows {
            self.faults.push(format!("{c:?} stands outside at {x}, {y}"));
            return;
        }
        let here = y * self.cols + x;
        if wide == 0 {
            let before = (1..=x.min(2)).find(|back| matches!(self.cells[here - back].0, Ink::Glyph(_)));
            if let Some(Ink::Glyph(text)) = before.map(|back| &mut self.cells[here - back].0) {
                text.push(c);
            }
            return;
        }
        for at in here..here + wide {
            if self.cells[at].0 == Ink::Half && at == here {
                self.cells[at - 1].0 = Ink::Rest;
            }
            let next = at + 1;
            if next == here + wide && next % self.cols != 0 && self.cells[next].0 == Ink::Half {
                self.cells[next].0 = Ink::Rest;
            }
        }
        self.cells[here] = (Ink::Glyph(c.to_string()), self.style.clone());
        for half in here + 1..here + wide {
            self.cells[half] = (Ink::Half, self.style.clone());
        }
        self.at.0 += wide;
    }

    /// Says where this glass differs from another, the first places first.
    pub fn differs(&self, other: &Self) -> Option<String> {
        let named = |at: usize| {
            let (x, y) = (at % self.cols, at / self.cols);
            format!("{x}, {y}: {:?} instead of {:?}", self.cells[at], other.cells[at])
        };
        let places: Vec<String> =
            (0..self.cells.len()).filter(|at| self.cells[*at] != other.cells[*at]).take(5).map(named).collect();
        let cursor = self.cursor != other.cursor || (self.cursor && self.at != other.at);
        match (places.is_empty(), cursor) {
            (true, false) => None,
            (true, true) => Some(format!("the cursor: {:?} instead of {:?}", self.at, other.at)),
            (false, _) => Some(places.join("\n")),
        }
    }

    /// Says whether anywhere only a half is left of a glyph.
    pub fn is_torn(&self) -> bool {
        self.cells.iter().any(|(ink, _)| *ink == Ink::Rest)
    }

    /// Finds a box whose sides are broken: its corners, and the first row that lacks a side.
    pub fn broken_box(&self) -> Option<String> {
        let is = |x: usize, y: usize, sign: &str| {
            x < self.cols
                && y < self.rows
                && matches!(&self.cells[y * self.cols + x].0, Ink::Glyph(text) if text == sign)
        };
        let places = (0..self.rows).flat_map(|y| (0..self.cols).map(move |x| (x, y)));
        for (left, top) in places.filter(|(x, y)| is(*x, *y, "┌")) {
            let right = (left..self.cols).find(|x| is(*x, top, "┐"));
            let bottom = (top..self.rows).find(|y| is(left, *y, "└"));
            let (Some(right), Some(bottom)) = (right, bottom) else {
                return Some(format!("the box at {left}, {top} lacks a corner"));
            };
            let whole = |y: &usize| is(left, *y, "│") && is(right, *y, "│");
            if let Some(y) = (top + 1..bottom).find(|y| !whole(y)) {
                return Some(format!("the box at {left}, {top} is broken in row {y}"));
            }
            if !is(right, bottom, "┘") {
                return Some(format!("the box at {left}, {top} lacks its last corner"));
            }
        }
        None
    }

    /// Returns a line of the glass.
    pub fn line(&self, y: usize) -> String {
        let text = |(ink, _): &(Ink, Style)| match ink {
            Ink::Glyph(text) => text.clone(),
            Ink::Half => String::new(),
            Ink::Rest => "▒".to_owned(),
        };
        self.cells[y * self.cols..(y + 1) * self.cols].iter().map(text).collect()
    }

    /// Returns the whole glass.
    pub fn text(&self) -> String {
        (0..self.rows).map(|y| self.line(y) + "\n").collect()
    }
}
