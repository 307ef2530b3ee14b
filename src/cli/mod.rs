//! The command line: one file a family of subcommands. What a screen can do, a script can do.

mod analyse;
mod args;
mod attach;
mod branch;
mod calendar;
mod calibrate;
mod checklist;
mod demo;
mod figures;
mod keep;
mod ledger;
mod lint;
mod lookback;
mod open;
mod out;
mod outcome;
mod person;
mod policy;
mod post;
mod rectify;
mod report;
mod round;
mod run;
mod selftest;
mod serve;
mod show;
mod ssh;
mod talk;
mod team;
mod typed;
mod ways;
mod within;

pub use args::Cli;
pub use outcome::Outcome;
pub use run::{parse, run};
