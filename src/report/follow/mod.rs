//! The working papers of rectification (整改): drafts for a person to decide on.
//!
//! None of them concludes anything about a person or a post. Number, seal, signature and date stay blank, and only posts
//! are named.

mod case;
mod circular;
mod closure;
mod extension;
mod frame;
mod lookback;
mod notice;
mod plan;
mod press;
mod statistics;
mod words;

pub use circular::circular;
pub use closure::closure;
pub use extension::extension;
pub use lookback::lookback;
pub use notice::notice;
pub use plan::plan;
pub use press::{Letter, press};
pub use statistics::statistics;

use crate::domain::{Lang, Level, LookbackId, ReadFault, Refusal};
use crate::locales as w;

/// Why there is no paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPaper {
    /// A record could not be read.
    Read(ReadFault),
    /// There is no such round, or the branch is not in it.
    NotInRound,
    /// Nothing is followed: the inspection is not signed, or found nothing.
    NothingFollowed,
    /// There is no such item.
    NoItem,
    /// The item is not handed to the branch.
    NotIssued,
    /// No item is pressed for so hard; how many are pressed for otherwise.
    NotPressed {
        /// How hard the paper presses.
        wanted: Level,
        /// The levels that do occur, with their counts.
        found: Vec<(Level, usize)>,
    },
    /// There is no such look-back.
    NoLookback(LookbackId),
    /// A day for the answer that has passed.
    PastAnswer,
}

impl From<ReadFault> for NoPaper {
    fn from(fault: ReadFault) -> Self {
        Self::Read(fault)
    }
}

impl NoPaper {
    /// Says why, and what to do; nothing for a record that could not be read, which is told otherwise.
    pub fn said(&self, lang: Lang) -> String {
        match self {
            Self::Read(fault) => w::DAMAGED.fill(lang, &[&fault.record, &fault.reason]),
            Self::NotInRound => w::R_NOT_IN_ROUND.say(lang).to_owned(),
            Self::NothingFollowed => words::NO_FOLLOWED.say(lang).to_owned(),
            Self::NoItem => words::NO_ITEM.say(lang).to_owned(),
            Self::NotIssued => words::NO_ISSUE.say(lang).to_owned(),
            Self::NoLookback(id) => w::said(&Refusal::NoSuchLookback(*id), lang),
            Self::PastAnswer => words::NO_PAST.say(lang).to_owned(),
            Self::NotPressed { wanted, found } => {
                let there = |(level, count): &(Level, usize)| {
                    words::LEVEL_COUNT.fill(lang, &[&w::level(*level).say(lang), count])
                };
                let there: Vec<String> = found.iter().map(there).collect();
                let there = if there.is_empty() {
                    words::NONE_OPEN.say(lang).to_owned()
                } else {
                    there.join(super::words::BETWEEN.say(lang))
                };
                words::NO_PRESSED.fill(lang, &[&w::level(*wanted).say(lang), &there])
            }
        }
    }
}
