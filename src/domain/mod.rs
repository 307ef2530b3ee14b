//! domain
mod checklist;
mod lang;
mod points;

pub use checklist::*;
pub use lang::*;
pub use points::*;
