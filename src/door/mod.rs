//! Doors: the ways into a store's one process from outside, and what comes in by them.
//!
//! A door finds out who somebody is and carries bytes. It knows neither the store nor what a session does; behind every
//! door stands one [`Host`].

mod answering;
mod client;
mod client_talk;
pub mod frame;
mod hush;
mod pace;
mod socket;
mod socket_guest;
mod socket_line;
mod socket_outlet;
mod socket_voice;
pub mod ssh;
mod threshold;

use std::io;
use std::sync::Arc;

pub use client::{Attached, Attachment};
pub use client_talk::Talked;
pub use pace::Pace;
pub use socket::{SocketDoor, SocketFault, SocketFile, SocketLimits};
pub use socket_line::{SocketLine, SocketWaker};

use crate::domain::{Lang, PersonId};
use crate::locales as w;
use crate::session::{Line, Voice};

/// What somebody's terminal has said of itself. None of it says who they are.
#[expect(clippy::struct_excessive_bools, reason = "each is an answer to its own question")]
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Dress {
    /// The language of the terminal's surroundings.
    pub lang: Option<Lang>,
    /// Whether the language was asked for by name, so that the person's last one does not replace it.
    #[serde(default)]
    pub lang_asked: bool,
    /// Whether colours are used.
    pub colour: bool,
    /// Whether it has a clipboard that takes what is copied.
    #[serde(default)]
    pub clipboard: bool,
    /// How wide ambiguous characters are drawn; the terminal is asked where nothing is known.
    pub wide: Option<bool>,
    /// The key map by name.
    pub keymap: Option<String>,
    /// A person's own keys: the text of their file.
    pub keys: Option<String>,
    /// Whether the terminal is at the other end of a network.
    pub remote: bool,
    /// Which of the person's lines it was at a process that has gone: there it goes on.
    #[serde(default)]
    pub resumes: Option<usize>,
}

/// Somebody whom a door lets in.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Who they are, as the door has made sure of.
    pub person: PersonId,
    /// What their terminal has said of itself.
    pub dress: Dress,
    /// The way that they came, for the log and for `tijian status`: 「ssh 10.0.0.7」, 「socket uid 1001」.
    pub way: String,
    /// Where their screen is to open, where they have said so.
    pub at: Option<At>,
}

/// Where a screen is to open, by the codes that people know.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct At {
    /// The round.
    pub round: String,
    /// The branch.
    pub branch: String,
    /// The item.
    pub item: Option<String>,
}

/// How a session parts from its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parting {
    /// It is over: an exit code, and what is to be said.
    Over(u8, Option<String>),
    /// Another process is about to serve the store: the person goes on there.
    Moving,
}

/// A line that a door has opened.
pub struct Way {
    /// The line.
    pub line: Box<dyn Line + Send>,
    /// Wakes the line from another thread.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// Asks the session at the line to end, from another thread.
    pub end: Arc<dyn Fn() + Send + Sync>,
    /// Is told, before anything is sent, which of the person's lines it is.
    pub seated: Box<dyn FnOnce(usize) + Send>,
    /// Is told once how the session ended, after the line is gone.
    pub over: Box<dyn FnOnce(Parting) + Send>,
}

/// A way to somebody who is spoken to line by line.
pub struct TalkWay {
    /// The way.
    pub voice: Box<dyn Voice + Send>,
    /// Columns to write in.
    pub cols: usize,
    /// Whether what is typed stands behind the question.
    pub typed: bool,
    /// Asks the conversation to end, from another thread.
    pub end: Arc<dyn Fn() + Send + Sync>,
    /// Is told once how it ended.
    pub over: Box<dyn FnOnce(Parting) + Send>,
}

/// Where what a command says goes, without a terminal. Each call waits until there is room for it at whoever has asked, and
/// fails once they take nothing any more.
pub trait Outlet: Send {
    /// Says something on standard output.
    fn out(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Says something on standard error.
    fn err(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// Who receives what the doors let in. Every call comes from a door's own thread.
pub trait Host: Send + Sync + 'static {
    /// Finds the person to whom a public key is bound: `algorithm base64`, as OpenSSH writes it, without a comment.
    /// Asked only for a key whose signature was verified.
    fn keyholder(&self, key: &str) -> Option<PersonId>;
    /// Finds the person of an account of this machine, by its number; or says why nobody of it is let in.
    ///
    /// A claim is for whom the account asks; it counts for the one account that the operator has named.
    fn account(&self, uid: u32, claim: Option<&str>, lang: Lang) -> Result<PersonId, String>;
    /// Seats somebody at a line, on a thread of its own; the line is given back where there is no room, with why.
    fn sit(&self, guest: Guest, way: Way) -> Result<(), Refused>;
    /// Begins a conversation line by line, on a thread of its own. Who has none to offer says so.
    fn talk(&self, guest: Guest, way: TalkWay) -> Result<(), Refused<TalkWay>> {
        let why = w::DOOR_NO_WORDS.fill(guest.dress.lang.unwrap_or_default(), &[&"--linear"]);
        Err(Refused { way, why })
    }
    /// Answers the words of a command, which may take a while, and says the exit code.
    fn answer(&self, guest: &Guest, words: Vec<String>, outlet: Box<dyn Outlet>) -> u8;
}

/// Nobody more is let in.
pub struct Refused<W = Way> {
    /// The line, to say so.
    pub way: W,
    /// Why, in the words of the person's language.
    pub why: String,
}

impl<W> std::fmt::Debug for Refused<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Refused").field("why", &self.why).finish_non_exhaustive()
    }
}

impl Line for Box<dyn Line + Send> {
    fn wait(&mut self, wait: Option<std::time::Duration>) -> crate::session::Event {
        (**self).wait(wait)
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        (**self).send(bytes)
    }

    fn free(&self) -> bool {
        (**self).free()
    }

    fn size(&self) -> (u16, u16) {
        (**self).size()
    }
}
