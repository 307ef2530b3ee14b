//! What happens to a session, what it is to do, and what it tells its person.

use std::time::Duration;

use super::{Action, Present};
use crate::domain::{Day, Entry, Refusal, Request, Seq, Stamp};
use crate::keys::Input;

/// The number under which a submitted command is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Ticket(pub u64);

/// What happens to a session.
#[derive(Debug)]
pub enum Msg {
    /// The person pressed or pasted something.
    Input(Input),
    /// The person named an action, where there are no keys.
    Do(Action),
    /// The window has a new size, in columns and rows.
    Resize(u16, u16),
    /// The line was silent for so long before what comes next.
    Pause(Duration),
    /// A minute began.
    Minute(Moment),
    /// The desk answered.
    Answer(Ticket, Box<Answer>),
    /// No key waits: what goes on between keys may do some more.
    More,
    /// Others came to where the person is, or left.
    Company(Vec<Present>),
    /// Somebody's change is true; the records are written up to this entry.
    News(Seq),
}

/// What the desk answered.
#[derive(Debug)]
pub enum Answer {
    /// It is on the disk.
    Done(Vec<Entry>),
    /// The house rules refuse it.
    Refused(Refusal),
    /// It could not be kept; nothing is acknowledged any more until the program is started again.
    Failed(String),
}

/// What time it is, as the session's clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub stamp: Stamp,
    /// The civil day in the organisation's time zone.
    pub day: Day,
}

impl Moment {
    /// Says whether the clock was set back since an earlier moment.
    pub const fn is_set_back(self, before: Self) -> bool {
        self.stamp.0 + 60_000 < before.stamp.0
    }
}

/// What a session is to do for the person.
#[derive(Debug)]
pub enum Effect {
    /// Hand a command to the desk.
    Submit(Ticket, Box<Request>),
    /// Draw everything anew.
    Redraw,
    /// Put what is selected on the person's own clipboard.
    Copy,
    /// End the session.
    Quit,
}

/// How far the person's changes are.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Saved {
    /// Nothing was changed yet.
    #[default]
    Nothing,
    /// Commands are on their way.
    Waiting,
    /// Everything is on the disk since this moment.
    At(Stamp),
    /// Something could not be kept.
    Failed(String),
}

/// How loud a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    Plain,
    /// Something was refused or wants attention.
    Warning,
    /// Something went wrong.
    Error,
}

/// A line for the person, gone with the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How loud it is.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}
