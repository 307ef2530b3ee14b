//! Nouns and rules. Pure: no I/O, clock, randomness, threads, terminal or storage.
//!
//! `decide_*` turns a command into changes or a refusal; `apply_*` makes changes true and never fails.

mod basis;
mod branch;
pub mod care;
mod checklist;
mod checklist_diff;
mod command;
mod earlier;
mod entry;
mod follow;
mod history;
mod house;
mod ids;
mod inspection;
mod lang;
mod ledger;
mod person;
mod points;
mod reading;
mod refusal;
mod round;
mod score;
mod slots;
mod walk;
mod workdays;

pub use basis::*;
pub use branch::*;
pub use checklist::*;
pub use checklist_diff::*;
pub use command::*;
pub use earlier::*;
pub use entry::*;
pub use follow::*;
pub use history::*;
pub use house::*;
pub use ids::*;
pub use inspection::*;
pub use lang::*;
pub use ledger::*;
pub use person::*;
pub use points::*;
pub use reading::*;
pub use refusal::*;
pub use round::*;
pub use score::*;
pub use slots::*;
pub use walk::*;
pub use workdays::*;
