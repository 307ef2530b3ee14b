//! Lists of units: a table from a file becomes one command for all of them, or the fate of every row.
//!
//! A row whose code is known corrects that unit, any other row enters one. An empty cell leaves what stands: a list
//! that knows less than the store takes nothing away.

mod archive;
mod columns;
mod family;
mod plan;
mod row;
mod say;
pub(in crate::import) mod table;
mod workbook;

pub use plan::{Fate, Plan, PlannedRow, Summary, plan};

use crate::domain::Refusal;
use columns::Column;

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 16 << 20;
/// The most rows that a list may have.
pub const ROW_LIMIT: usize = 200_000;
/// The most columns that are looked at.
const COLUMN_LIMIT: usize = 64;

/// Why a file is no list of units at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListFault {
    /// It is longer than [`FILE_LIMIT`].
    TooLarge,
    /// It is a workbook that holds more than a list can need; a small file can stand for a huge one.
    TooLargeInside,
    /// It has more rows than [`ROW_LIMIT`].
    TooManyRows,
    /// It is neither text nor a workbook.
    NotText,
    /// It is a workbook of the old form, or one that is locked with a password.
    OldWorkbook,
    /// The workbook could not be read; the reader's reason.
    Workbook(String),
    /// There is nothing in it.
    NothingInIt,
    /// A column that every list needs is not there.
    NoColumn(Column),
    /// Two columns mean the same.
    ColumnTwice(Column),
    /// A column's name is nearly one that is known.
    NearColumn {
        /// The name as it stands.
        name: String,
        /// What may have been meant.
        meant: Column,
    },
    /// A column is about persons, and units are all that is kept.
    Persons(String),
    /// A record of the store could not be read.
    Store(crate::domain::ReadFault),
}

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// It has more or fewer cells than the head.
    Ragged {
        /// Cells in the head.
        head: usize,
        /// Cells in the row.
        row: usize,
    },
    /// A cell cannot be read as what its column holds.
    Cell {
        /// The column.
        column: Column,
        /// What stands there.
        text: String,
    },
    /// The code stands in an earlier row.
    Twice {
        /// The line of that row.
        first: u32,
    },
    /// No unit has the code of the unit above, neither in the list nor in the store.
    NoParent(String),
    /// The units above lead back to the row.
    Circle,
    /// The domain refuses it.
    Refused(Refusal),
}
