//! The first sheet of an `.xlsx` workbook as rows of cells.

use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{DataRef, Reader, Xlsx};

use super::table::Row;
use super::{COLUMN_LIMIT, FILE_LIMIT, ListFault, ROW_LIMIT, archive};

/// Reads the first sheet, once it is known what the archive would become.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Row>, ListFault> {
    archive::judge(bytes)?;
    // The reader of workbooks counts in numbers that a hostile cell name can overflow.
    catch_unwind(|| cells(bytes)).unwrap_or_else(|_| Err(ListFault::Workbook("a number is too large".to_owned())))
}

/// Reads cell by cell: a sheet that claims a million empty rows costs nothing.
fn cells(bytes: &[u8]) -> Result<Vec<Row>, ListFault> {
    let fault = |fault: calamine::XlsxError| ListFault::Workbook(fault.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let Some(sheet) = book.sheet_names().first().cloned() else {
        return Err(ListFault::NothingInIt);
    };
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(fault)?;
    let mut rows: Vec<Row> = Vec::new();
    let (mut line, mut cells, mut size) = (0, Vec::new(), 0usize);
    while let Some(cell) = reader.next_cell().map_err(fault)? {
        let (row, column) = cell.get_position();
        let column = column as usize;
        if row != line {
            rows.extend(Row::of(line.saturating_add(1), std::mem::take(&mut cells)));
            line = row;
        }
        if rows.len() > ROW_LIMIT + 1 {
            return Err(ListFault::TooManyRows);
        }
        if column >= COLUMN_LIMIT {
            continue;
        }
        let text = spelled(cell.get_value());
        // Shared strings let a small file stand for a huge table.
        size += text.len();
        if size > 4 * FILE_LIMIT {
            return Err(ListFault::TooLarge);
        }
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    rows.extend(Row::of(line.saturating_add(1), cells));
    // Sheets leave empty cells at a row's end out.
    let width = rows.first().map_or(0, |head| head.cells.len());
    for row in rows.iter_mut().filter(|row| row.cells.len() < width) {
        row.cells.resize(width, String::new());
    }
    Ok(rows)
}

/// Spells a cell as a person would type it.
fn spelled(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year}-{month}-{day}")
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
