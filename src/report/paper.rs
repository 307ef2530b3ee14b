//! A paper as a small tree of blocks: what it says, apart from how it is written down.

use crate::domain::Lang;
use crate::text;

/// A part of a paper; every text in it is clean and is data, never markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A mark over or under the whole paper, such as 「工作稿」.
    Mark(String),
    /// The title.
    Title(String),
    /// A heading with its number.
    Heading {
        /// Its level: 1 to 3.
        level: u8,
        /// The number as it is written, such as 「一、」.
        number: String,
        /// What it says.
        text: String,
    },
    /// A paragraph of prose.
    Line(String),
    /// A label and its value.
    Pair(String, String),
    /// A table.
    Table(Table),
    /// An empty line.
    Gap,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Whether its cells are figures, which stand on the right.
    pub figures: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; a row has a cell for every column.
    pub rows: Vec<Vec<String>>,
    /// Whether plain text writes each row as a sheet of pairs, because prose does not fit into columns.
    pub sheets: bool,
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    lang: Lang,
    as_typed: bool,
    blocks: Vec<Block>,
    counts: [usize; 3],
}

impl Paper {
    /// Begins an empty paper.
    pub const fn new(lang: Lang) -> Self {
        Self { lang, as_typed: false, blocks: Vec::new(), counts: [0; 3] }
    }

    /// Leaves what people wrote in their own script: a paper for the eye, not for the file.
    #[must_use]
    pub const fn as_typed(mut self) -> Self {
        self.as_typed = true;
        self
    }

    /// Returns the language of the paper.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Returns the blocks in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Makes a text fit to stand on the paper; a simplified paper is simplified in what people wrote, too.
    fn said(&self, said: &str) -> String {
        let said = clean(said);
        if self.lang == Lang::Hans && !self.as_typed { text::simplify(&said) } else { said }
    }

    /// Adds a mark.
    pub fn mark(&mut self, said: &str) {
        let said = self.said(said);
        self.blocks.push(Block::Mark(said));
    }

    /// Adds the title.
    pub fn title(&mut self, said: &str) {
        let said = self.said(said);
        self.blocks.push(Block::Title(said));
    }

    /// Adds a heading of level 1, 2 or 3 and numbers it within the heading above.
    pub fn heading(&mut self, level: u8, said: &str) {
        let at = usize::from(level.clamp(1, 3)) - 1;
        for (place, count) in self.counts.iter_mut().enumerate().skip(at) {
            *count = if place == at { *count + 1 } else { 0 };
        }
        let (level, number) = (level.clamp(1, 3), number(&self.counts, at, self.lang));
        let text = self.said(said);
        self.blocks.push(Block::Heading { level, number, text });
    }

    /// Adds a paragraph.
    pub fn line(&mut self, said: &str) {
        let said = self.said(said);
        self.blocks.push(Block::Line(said));
    }

    /// Adds a label, which is put on one line, and its value.
    pub fn pair(&mut self, label: &str, value: &str) {
        let pair = Block::Pair(self.said(label).replace('\n', " "), self.said(value));
        self.blocks.push(pair);
    }

    /// Adds a table; short rows are filled up, so that every cell stands under its title.
    pub fn table(&mut self, mut table: Table) {
        let wide = table.columns.len();
        for column in &mut table.columns {
            column.title = self.said(&column.title);
        }
        for row in &mut table.rows {
            row.resize(wide, String::new());
            for cell in row {
                *cell = self.said(cell);
            }
        }
        self.blocks.push(Block::Table(table));
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.blocks.push(Block::Gap);
    }
}

impl Table {
    /// Begins a table; a title that begins with `>` stands over figures.
    pub fn new(titles: &[&str]) -> Self {
        let column =
            |title: &&str| Column { title: title.trim_start_matches('>').to_owned(), figures: title.starts_with('>') };
        Self { columns: titles.iter().map(column).collect(), ..Self::default() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }
}

/// Cleans once more what was cleaned when it came in: a journal may have been edited by hand.
fn clean(said: &str) -> String {
    text::printable(said).trim().replace('\t', " ")
}

fn number(counts: &[usize; 3], at: usize, lang: Lang) -> String {
    let own = counts.get(at).copied().unwrap_or_default();
    match (lang, at) {
        (Lang::En, _) => {
            let parts: Vec<String> = counts.iter().take(at + 1).map(ToString::to_string).collect();
            format!("{}. ", parts.join("."))
        }
        (_, 0) => format!("{}、", numeral(own)),
        (_, 1) => format!("（{}）", numeral(own)),
        (_, _) => format!("{own}. "),
    }
}

/// Spells a number under a hundred in Chinese; larger ones stay figures, no paper has as many headings.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, 0) | (10.., _) => number.to_string(),
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_within_the_heading_above() {
        let mut paper = Paper::new(Lang::Hant);
        for level in [1, 2, 3, 3, 2, 1, 2] {
            paper.heading(level, "x");
        }
        let numbers: Vec<_> = paper
            .blocks()
            .iter()
            .map(|block| match block {
                Block::Heading { number, .. } => number.as_str(),
                _ => "",
            })
            .collect();
        assert_eq!(numbers, ["一、", "（一）", "1. ", "2. ", "（二）", "二、", "（一）"]);
    }

    #[test]
    fn numerals_are_spelled() {
        let spelled: Vec<_> = [1, 10, 11, 20, 35, 99, 100].map(numeral).into();
        assert_eq!(spelled, ["一", "十", "十一", "二十", "三十五", "九十九", "100"]);
    }
}
