//! What a seat begins with, and what it is given later.

use std::sync::Arc;

use crate::app::Model;
use crate::domain::Reading;
use crate::session::{Clock, Company};
use crate::store::{Counter, PlaceFile};
use crate::view::Look;

/// What a seat begins with.
pub struct SeatStart<L> {
    /// The way to the terminal.
    pub line: L,
    /// What the person is doing.
    pub model: Model,
    /// Colours and borders.
    pub look: Look,
    /// What is read.
    pub reading: Arc<dyn Reading + Send + Sync>,
    /// The way to the desk; none where the store is open for reading.
    pub counter: Option<Counter>,
    /// Wakes the line when the desk has answered.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// Where the person's place is written down.
    pub place: Option<PlaceFile>,
    /// What time it is.
    pub clock: Box<dyn Clock>,
    /// Who else is in this process, where others may come in.
    pub company: Option<Arc<dyn Company>>,
    /// Whether the terminal is at the other end of a network.
    pub remote: bool,
    /// Whether the terminal is asked how wide ambiguous characters are.
    pub probe: bool,
    /// Whether the terminal has a clipboard that takes what is copied.
    pub clipboard: bool,
}

/// An open store, where the seat was taken before.
pub struct Opened {
    /// What is read.
    pub reading: Arc<dyn Reading + Send + Sync>,
    /// The way to the desk.
    pub counter: Option<Counter>,
    /// Where the person's place is written down.
    pub place: Option<PlaceFile>,
    /// Who else is in this process.
    pub company: Option<Arc<dyn Company>>,
    /// What the opening tells.
    pub told: Option<String>,
}
