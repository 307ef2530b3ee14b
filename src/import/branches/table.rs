//! Bytes → rows of cells, whatever program wrote them.

use super::{COLUMN_LIMIT, FILE_LIMIT, ListFault, ROW_LIMIT, workbook};
use encoding_rs::{Encoding, GB18030, UTF_8};

/// One row of a table.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::import) struct Row {
    /// The line of the file, or the row of the sheet, from 1.
    pub line: u32,
    /// Its cells, trimmed.
    pub cells: Vec<String>,
}

impl Row {
    /// Trims the cells of a row; a row without a word is none.
    pub fn of(line: u32, mut cells: Vec<String>) -> Option<Self> {
        for cell in &mut cells {
            let trimmed = cell.trim();
            if trimmed.len() < cell.len() {
                *cell = trimmed.to_owned();
            }
        }
        cells.iter().any(|cell| !cell.is_empty()).then_some(Self { line, cells })
    }
}

/// Reads a table: a workbook by its first bytes, anything else as text.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Vec<Row>, ListFault> {
    if bytes.len() > FILE_LIMIT {
        return Err(ListFault::TooLarge);
    }
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        workbook::read(bytes)?
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(ListFault::OldWorkbook);
    } else {
        separated(&text(bytes)?)?
    };
    if rows.is_empty() { Err(ListFault::NothingInIt) } else { Ok(rows) }
}

/// Decodes a text: by its byte order mark, else UTF-8, else GB18030, which spreadsheets in China still write.
pub(in crate::import) fn text(bytes: &[u8]) -> Result<String, ListFault> {
    let marked = Encoding::for_bom(bytes);
    let encodings = match marked {
        Some((encoding, _)) => vec![encoding],
        None => vec![UTF_8, GB18030],
    };
    let rest = marked.map_or(bytes, |(_, mark)| &bytes[mark..]);
    let decoded =
        encodings.into_iter().find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(rest));
    match decoded {
        Some(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => Err(ListFault::NotText),
    }
}

fn separated(text: &str) -> Result<Vec<Row>, ListFault> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        // The text is UTF-8 by now and rows may be ragged: nothing is left that could fail.
        let record = record.map_err(|_| ListFault::NotText)?;
        let line = record.position().map_or(0, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
        rows.extend(Row::of(line, record.iter().take(COLUMN_LIMIT).map(str::to_owned).collect()));
        if rows.len() > ROW_LIMIT + 1 {
            return Err(ListFault::TooManyRows);
        }
    }
    Ok(rows)
}

/// Guesses the separator by the head: a list has at least two columns.
fn separator(text: &str) -> u8 {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| head.bytes().filter(|byte| *byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}
