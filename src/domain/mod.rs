//! Nouns and rules. Pure: no I/O, clock, randomness, threads, terminal or storage.
//!
//! `decide_*` turns a command into changes or a refusal; `apply_*` makes changes true and never fails.

mod branch;
pub mod care;
mod checklist;
mod command;
mod entry;
mod history;
mod house;
mod ids;
mod inspection;
mod lang;
mod points;
mod reading;
mod refusal;
mod round;
mod score;
mod walk;

pub use branch::*;
pub use checklist::*;
pub use command::*;
pub use entry::*;
pub use history::*;
pub use house::*;
pub use ids::*;
pub use inspection::*;
pub use lang::*;
pub use points::*;
pub use reading::*;
pub use refusal::*;
pub use round::*;
pub use score::*;
pub use walk::*;

/// Lists the slots of a template such as `{n}`; stands here until the checklist's texts arrive.
fn slots(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(slot, _)| slot))
        .collect()
}
