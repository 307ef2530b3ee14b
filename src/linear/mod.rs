//! The linear mode: questions and answers line by line, for `TERM=dumb`, screen readers and scripts.
//!
//! It drives the same [`crate::app::Model`] as the full screen, with the same `update` and the same desk, and tells in
//! lines what the model holds. So every rule, refusal, draft and place is the one that the full screen has, a person may
//! change between the two at any moment, and nothing has to be kept true twice. Only two things are its own: how a line
//! becomes an action (a key, a name, a number, a code, a text to find), and how a field or a form is asked for.
//!
//! A line is answered before the next is read: what was changed is told with 「已存」 once the desk has acknowledged it.
//! No byte that it writes steers a terminal.

mod command;
mod item;
mod lists;
mod met;
mod page;
mod papers;
mod question;
mod screens;
mod talk;

pub use talk::{Talk, TalkStart};
