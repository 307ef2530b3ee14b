//! A paper as Markdown: the paper makes the markup, and no stored text can.

use super::{Block, Paper, Table};
use crate::domain::Lang;

impl Paper {
    /// Writes the paper as Markdown with tables as GitHub writes them.
    pub fn markdown(&self) -> String {
        let mut said = String::new();
        let mut listed = false;
        for block in self.blocks() {
            let pair = matches!(block, Block::Pair(..));
            if listed && !pair {
                said.push('\n');
            }
            listed = pair;
            match block {
                Block::Mark(text) => paragraph(&mut said, &format!("**{}**", escaped(&flat(text)))),
                Block::Title(text) => paragraph(&mut said, &format!("# {}", escaped(&flat(text)))),
                Block::Heading { level, number, text } => {
                    let marks = "#".repeat(usize::from(*level) + 1);
                    paragraph(&mut said, &format!("{marks} {}", escaped(&format!("{number}{}", flat(text)))));
                }
                Block::Line(text) => text.lines().for_each(|line| paragraph(&mut said, &escaped(line))),
                Block::Pair(label, value) => {
                    let colon = if self.lang() == Lang::En { ": " } else { "：" };
                    let pair = format!("- {}{colon}{}", escaped(label), escaped(&flat(value)));
                    said.push_str(pair.trim_end());
                    said.push('\n');
                }
                Block::Table(table) => table_markdown(&mut said, table),
                // Blocks are apart by themselves here.
                Block::Gap => {}
            }
        }
        said.truncate(said.trim_end().len());
        said.push('\n');
        said
    }
}

fn paragraph(said: &mut String, text: &str) {
    said.push_str(text.trim_end());
    said.push_str("\n\n");
}

fn table_markdown(said: &mut String, table: &Table) {
    let row = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.collect();
        format!("| {} |\n", cells.join(" | "))
    };
    said.push_str(&row(&mut table.columns.iter().map(|column| escaped(&flat(&column.title)))));
    let rule = |figures: bool| if figures { "---:" } else { "---" }.to_owned();
    said.push_str(&row(&mut table.columns.iter().map(|column| rule(column.figures))));
    for cells in &table.rows {
        said.push_str(&row(&mut cells.iter().map(|cell| escaped(&flat(cell)))));
    }
    said.push('\n');
}

/// Puts several lines on one: a cell and a list entry end with their line.
fn flat(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// Writes one line of stored text so that no reader of Markdown sees markup in it.
///
/// Characters that mean something anywhere are escaped wherever they stand. Those that mean something at the
/// beginning of a line are escaped there, after the blanks that would make it code are dropped. Addresses are
/// broken up, because GitHub's dialect makes links of them without any bracket.
fn escaped(line: &str) -> String {
    let line = line.trim();
    let mut said = String::with_capacity(line.len() + 8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = line.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, c)| *c);
        let special = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '^' | '&' | '$' | '@' => {
                true
            }
            '-' | '+' | '=' | '%' => at == 0,
            ':' => at == 0 || next == Some('/'),
            '.' | ')' if at == digits && digits > 0 => next.is_none_or(char::is_whitespace),
            '.' => line.get(..at).is_some_and(ends_with_www),
            _ => false,
        };
        if special {
            said.push('\\');
        }
        said.push(c);
    }
    said
}

fn ends_with_www(before: &str) -> bool {
    before.get(before.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_text_is_never_markup() {
        let pairs = [
            ("# x", "\\# x"),
            ("    code", "code"),
            ("- a - b", "\\- a - b"),
            ("1. a 2. b", "1\\. a 2. b"),
            ("3.5 a", "3.5 a"),
            ("2) a", "2\\) a"),
            ("=cmd", "\\=cmd"),
            ("[x](y)", "\\[x\\](y)"),
            ("<script>", "\\<script\\>"),
            ("a|b\\|c", "a\\|b\\\\\\|c"),
            ("https://x.y www.x.y a@b.c", "https\\://x.y www\\.x.y a\\@b.c"),
            ("2026-2/JG-007/S-07/01", "2026-2/JG-007/S-07/01"),
        ];
        for (stored, said) in pairs {
            assert_eq!(escaped(stored), said);
        }
    }
}
