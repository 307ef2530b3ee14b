//! The command line: one file a family of subcommands. What a screen can do, a script can do.

mod args;
mod branch;
mod checklist;
mod demo;
mod keep;
mod open;
mod outcome;
mod rect_name;
mod report;
mod round;
mod run;
mod selftest;
mod show;

pub use args::Cli;
pub use outcome::Outcome;
pub use run::{parse, run};
