//! Whom an item waits for, and how many of each kind there are: what a home screen shows of any number of items.

use serde::{Deserialize, Serialize};

use super::{LedgerLine, State};
use crate::domain::LedgerRow;

/// Whom an item waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Waiting {
    /// 待下發: an inspector, to hand it to the branch.
    Issue,
    /// 在支部: the branch, to take it over, put it right and say so.
    Branch,
    /// 待核驗: somebody who looks whether it is put right.
    Verify,
    /// 待批准: a third person who approves the closure.
    Approve,
    /// 待批延期: somebody who answers the wish for another day.
    Answer,
}

impl Waiting {
    /// Every kind, in the order of an item's life.
    pub const ALL: [Self; 5] = [Self::Issue, Self::Branch, Self::Verify, Self::Approve, Self::Answer];
}

/// Lists whom an item waits for that stands in a state, is found put right or not, and has a wish for another day open
/// or not; nobody once it is over.
pub fn waits(state: State, checked: bool, asked: bool) -> impl Iterator<Item = Waiting> {
    let first = match state {
        State::Drafted => Some(Waiting::Issue),
        State::Issued | State::Received | State::Working => Some(Waiting::Branch),
        State::Verifying if checked => Some(Waiting::Approve),
        State::Requested | State::Verifying => Some(Waiting::Verify),
        State::Closed | State::Revoked => None,
    };
    first.into_iter().chain(asked.then_some(Waiting::Answer))
}

impl LedgerLine {
    /// Lists whom the item waits for; nobody once it is over.
    pub fn waits(&self) -> impl Iterator<Item = Waiting> + use<> {
        waits(self.state, self.checked, self.asked)
    }
}

/// How many items stand where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Items by state, in the order of [`State::ALL`].
    states: [u32; 8],
    /// Closed items that were closed in time.
    pub in_time: u32,
    /// Open wishes for another day.
    pub asked: u32,
}

impl Tally {
    /// Counts the items in a state.
    pub fn of(&self, state: State) -> u32 {
        State::ALL.iter().zip(self.states).find(|(each, _)| **each == state).map_or(0, |(_, count)| count)
    }

    /// Counts the items that were handed to the branch and are not closed.
    pub fn open(&self) -> u32 {
        State::ALL.iter().zip(self.states).filter(|(state, _)| state.is_open()).map(|(_, count)| count).sum()
    }

    /// Counts every item.
    pub fn all(&self) -> u32 {
        self.states.iter().sum()
    }

    /// Counts an item in.
    pub fn add(&mut self, line: &LedgerLine) {
        self.change((line.state, line.in_time, line.asked), |count| count.saturating_add(1));
    }

    /// Counts an item in by its row.
    pub fn add_row(&mut self, row: &LedgerRow) {
        self.change((row.state, row.in_time, row.asked), |count| count.saturating_add(1));
    }

    /// Counts an item out.
    pub fn remove(&mut self, line: &LedgerLine) {
        self.change((line.state, line.in_time, line.asked), |count| count.saturating_sub(1));
    }

    fn change(&mut self, (stands, in_time, asked): (State, bool, bool), by: fn(u32) -> u32) {
        if let Some((_, count)) = State::ALL.iter().zip(&mut self.states).find(|(state, _)| **state == stands) {
            *count = by(*count);
        }
        if stands == State::Closed && in_time {
            self.in_time = by(self.in_time);
        }
        if asked {
            self.asked = by(self.asked);
        }
    }
}
