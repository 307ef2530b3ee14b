//! Files that people bring, as commands or as everything that is wrong with them, line by line.
//!
//! Nothing here changes anything: a file becomes a plan, the plan is shown, and the desk decides.

pub mod branches;
pub mod calendar;
pub mod checklist;
