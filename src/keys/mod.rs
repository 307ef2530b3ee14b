//! Bytes → keys → names of actions.
//!
//! [`Decoder`] turns what a terminal sends into [`Input`]s, [`plain`] undoes what an input method did to a key, and a
//! [`Keymap`] says which action a sequence of keys is. The room knows no screen and no action: an action is whatever the
//! caller's `resolve` makes of a name.

mod alias;
mod decoder;
mod esc;
mod fault;
mod input;
mod key;
mod keymap;
mod name;
mod paste;
mod read;
mod scope;
mod utf8;

#[cfg(test)]
mod decoder_tests;
#[cfg(test)]
mod keymap_tests;

pub use alias::plain;
pub use decoder::{Decoder, Pending, SILENCE};
pub use fault::{FaultKind, KeymapFault};
pub use input::{Glue, Input, Reply};
pub use key::{Code, Key, label};
pub use keymap::{Found, Keymap, Next};
pub use name::{NameFault, keys_name, parse_keys};
pub use paste::PASTE_LIMIT;
