//! Reports: papers and values that leave the house, made from what is true now and never written back.
//!
//! No name or handle of a person leaves here: a paper speaks of a branch, its items and their counts.

mod follow;
mod inspection;
mod json;
mod ledger;
mod markdown;
mod overview;
mod paper;
mod plain;
mod remarks;
mod subject;
pub mod words;

pub use follow::{Letter, NoPaper, circular, closure, extension, lookback, notice, plan, press, statistics};
pub use inspection::{inspection, inspection_as_typed};
pub use json::inspection_json;
pub use ledger::{LedgerItem, LedgerReader, Visit, csv_row};
pub use paper::{Block, Column, Paper, Table};
