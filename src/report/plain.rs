//! A paper as plain text: 28 Chinese characters a line, as an official page has them.

use super::{Block, Paper, Table};
use crate::domain::Lang;
use crate::text::{self, Ambiguous};

/// Columns of a line.
const COLUMNS: usize = 56;
/// The narrowest first column in which a name still reads as one.
const NARROWEST: usize = 16;
/// Blanks between columns.
const BETWEEN: usize = 2;

// Wide is the careful measure: the editors in which papers are opened often draw “ ” and — two columns wide.
const WIDE: Ambiguous = Ambiguous::Wide;

impl Paper {
    /// Writes the paper as plain text, at most 56 columns wide.
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for block in self.blocks() {
            match block {
                Block::Mark(said) => lines.extend(text::wrap(said, COLUMNS, WIDE)),
                Block::Title(said) => lines.extend(text::wrap(said, COLUMNS, WIDE).iter().map(|line| centred(line))),
                Block::Heading { level, number, text } => {
                    let indent = if *level == 1 { 0 } else { 2 };
                    hang(&mut lines, indent, number, text);
                }
                Block::Line(said) => said.split('\n').for_each(|line| prose(&mut lines, line)),
                Block::Pair(label, value) => hang(&mut lines, 0, &labelled(label, self.lang()), value),
                Block::Table(table) => self.table_text(&mut lines, table),
                Block::Gap => lines.push(String::new()),
            }
        }
        let mut said = String::new();
        for line in lines {
            said.push_str(line.trim_end());
            said.push('\n');
        }
        said
    }

    fn table_text(&self, lines: &mut Vec<String>, table: &Table) {
        match widths(table).filter(|_| !table.sheets) {
            Some(widths) => grid(lines, table, &widths),
            None => {
                for (at, row) in table.rows.iter().enumerate() {
                    if at > 0 {
                        lines.push(String::new());
                    }
                    for (column, cell) in table.columns.iter().zip(row) {
                        hang(lines, 0, &labelled(&column.title, self.lang()), cell);
                    }
                }
            }
        }
    }
}

fn labelled(label: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{label}: "),
        Lang::Hant | Lang::Hans => format!("{label}："),
    }
}

fn centred(line: &str) -> String {
    let before = COLUMNS.saturating_sub(text::width(line, WIDE)) / 2;
    format!("{}{line}", " ".repeat(before))
}

/// Writes a paragraph: its first line stands in by two Chinese characters.
fn prose(lines: &mut Vec<String>, said: &str) {
    const INDENT: &str = "    ";
    let first = text::wrap_offsets(said, COLUMNS - INDENT.len(), WIDE).first().map_or(0, |range| range.end);
    let (first, rest) = said.split_at(first);
    lines.push(format!("{INDENT}{}", first.trim_end()));
    if !rest.is_empty() {
        lines.extend(text::wrap(rest, COLUMNS, WIDE));
    }
}

/// Writes a text behind its label or number; further lines stand under the text, not under the label.
fn hang(lines: &mut Vec<String>, indent: usize, label: &str, said: &str) {
    let beside = indent + text::width(label, WIDE);
    let blanks = " ".repeat(indent);
    if beside > COLUMNS / 2 {
        // A label this long leaves no room beside it.
        lines.extend(text::wrap(label, COLUMNS - indent, WIDE).iter().map(|line| format!("{blanks}{line}")));
        lines.extend(text::wrap(said, COLUMNS - 4, WIDE).iter().map(|line| format!("    {line}")));
        return;
    }
    let under = " ".repeat(beside);
    for (at, line) in text::wrap(said, COLUMNS - beside, WIDE).iter().enumerate() {
        lines.push(if at == 0 { format!("{blanks}{label}{line}") } else { format!("{under}{line}") });
    }
}

/// Measures the columns: the first takes what the others leave; nothing where that is too little.
fn widths(table: &Table) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = table.rows.iter().filter_map(|row| row.get(at));
            cells
                .flat_map(|cell| cell.split('\n'))
                .map(|line| text::width(line, WIDE))
                .chain([text::width(&column.title, WIDE)])
                .max()
                .unwrap_or_default()
        })
        .collect();
    let others: usize = widths.iter().skip(1).map(|width| width + BETWEEN).sum();
    let left = COLUMNS.checked_sub(others).filter(|left| *left >= NARROWEST)?;
    let first = widths.first_mut()?;
    *first = (*first).clamp(NARROWEST, left);
    Some(widths)
}

fn grid(lines: &mut Vec<String>, table: &Table, widths: &[usize]) {
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    grid_row(lines, table, widths, &titles);
    let total: usize = widths.iter().sum::<usize>() + BETWEEN * widths.len().saturating_sub(1);
    lines.push("-".repeat(total));
    for row in &table.rows {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        grid_row(lines, table, widths, &cells);
    }
}

fn grid_row(lines: &mut Vec<String>, table: &Table, widths: &[usize], cells: &[&str]) {
    let columns: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, width)| text::wrap(cell, *width, WIDE)).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or_default();
    for y in 0..height {
        let mut line = String::new();
        for (at, (column, width)) in columns.iter().zip(widths).enumerate() {
            let cell = column.get(y).map_or("", String::as_str);
            if at > 0 {
                line.push_str(&" ".repeat(BETWEEN));
            }
            line.push_str(&if table.columns.get(at).is_some_and(|column| column.figures) {
                text::pad_left(cell, *width, WIDE)
            } else {
                text::pad(cell, *width, WIDE)
            });
        }
        lines.push(line);
    }
}
