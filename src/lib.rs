//! `tijian`: walk the 黨建體檢 checklist branch by branch, and follow what it found until it is closed.
//!
//! # The map of the house
//!
//! ```text
//!  main ─► cli ─┬─► hall ─► door ─► session ─┬─► view ─► app ─► keys ─► text
//!               │                            └─► store ─► domain
//!               ├─► linear ─► session, view, report   (hall ─► linear)
//!               ├─► report, import ─► domain
//!               └─► config                      locales ◄── app, view, report, import, cli
//! ```
//!
//! | room | what happens in it |
//! |---|---|
//! | [`cli`] | The command line: one file a family of subcommands, and what they exit with. |
//! | [`config`] | Reads the world once (files, environment, locale) and hands values in. |
//! | [`domain`] | Nouns and rules. Pure: a command is decided into changes or a refusal, changes are applied. |
//! | [`store`] | The journal, which is the truth, and the records, which are made from it; the desk is the one writer. |
//! | [`text`] | Cleaning, measuring, wrapping, folding, sorting and editing of text. |
//! | [`keys`] | Bytes become keys, keys become names of actions. |
//! | [`app`] | What a person is doing: a model, and how a message changes it. Knows neither disk nor screen. |
//! | [`view`] | What that looks like. The one room with widgets. |
//! | [`session`] | One person at one line: the loop, the terminal, the clock. |
//! | [`door`] | The ways in from outside: who somebody is, and bytes to and fro. |
//! | [`hall`] | The one process that owns a store, and everybody who is in it at once. |
//! | [`linear`] | The same model told and asked line by line, without a screen. |
//! | [`report`] | Papers and exports. |
//! | [`import`] | Files that people bring, as commands or as faults by line. |
//! | [`locales`] | The words on screen and paper, in three languages. |
//!
//! # The way of a key
//!
//! Bytes → [`keys::Decoder`] → [`keys::Key`] → [`keys::Keymap`] → an action → [`app::update`] → effects. An effect that
//! changes something is a [`domain::Request`] to the desk; the desk decides it, writes the journal, syncs, puts the
//! records and answers. Only then does a screen say 「已存」.
//!
//! `tests/architecture.rs` holds the arrows, the crates of each room and the length of files.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]
// Printing by macro panics where nobody is there to read.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod door;
pub mod hall;
pub mod import;
pub mod keys;
pub mod linear;
pub mod locales;
pub mod report;
pub mod session;
pub mod store;
pub mod text;
pub mod view;
