//! A calibration (校準): two inspectors judge the same items of an inspection blind; how far they agree is shown before
//! their verdicts are merged.

mod agreement;
mod apply;
mod decide;
mod extent;
mod refusal;
mod sheet;

pub use agreement::*;
pub use apply::*;
pub use decide::*;
pub use extent::*;
pub use refusal::*;
pub use sheet::*;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{BranchId, ItemId, Judgement, PersonId, Rev, RoundId, Stamp};

/// A calibration: its number within the inspection of a branch in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CalibrationId {
    /// The round.
    pub round: RoundId,
    /// The branch.
    pub branch: BranchId,
    /// The number within the inspection, from 1.
    pub n: u16,
}

/// Which of the two: the order in which they were named, and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who was named first.
    First,
    /// Who was named second.
    Second,
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];

    /// Spells it as journals and the command line do.
    pub const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
        }
    }

    /// Takes what belongs to it out of a pair.
    pub const fn of<T>(self, pair: &[T; 2]) -> &T {
        let [first, second] = pair;
        match self {
            Self::First => first,
            Self::Second => second,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is taken where the two differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// What one of them gave.
    Given(Side),
    /// Another verdict.
    Other(Judgement),
}

/// A choice, and who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// What was taken.
    pub choice: Choice,
    /// Who took it.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
    /// The revision in which they did.
    pub rev: Rev,
}

/// How a calibration came to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Its verdicts became those of the inspection.
    Merged,
    /// It was called off.
    CalledOff {
        /// Why.
        reason: String,
    },
}

/// The end of a calibration; nothing changes afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalibrationEnd {
    /// How.
    pub ending: Ending,
    /// Who ended it.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
}

/// A calibration. What the two have judged is not in it: each has a sheet of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibration {
    /// Its number.
    pub id: CalibrationId,
    /// How often it was changed.
    pub rev: Rev,
    /// The items that are judged twice.
    pub extent: Extent,
    /// The two inspectors.
    pub walkers: [PersonId; 2],
    /// When each of them has handed in.
    pub handed_in: [Option<Stamp>; 2],
    /// What was taken where they differ.
    pub chosen: BTreeMap<ItemId, Chosen>,
    /// Who began it, and when.
    pub by: (PersonId, Stamp),
    /// Its end.
    pub end: Option<CalibrationEnd>,
    /// Who touched it last, and when.
    pub last: (PersonId, Stamp),
}

impl Calibration {
    /// Returns which of the two a person is.
    pub fn side_of(&self, person: &PersonId) -> Option<Side> {
        Side::ALL.into_iter().find(|side| side.of(&self.walkers) == person)
    }

    /// Says whether both have handed in, so that everybody may see what they have judged.
    pub const fn is_open(&self) -> bool {
        matches!(self.handed_in, [Some(_), Some(_)])
    }

    /// Says whether a person may see what one of the two has judged: their own at any time, everything once both have
    /// handed in.
    pub fn shows(&self, side: Side, reader: &PersonId) -> bool {
        self.is_open() || side.of(&self.walkers) == reader
    }

    /// Lists who has not handed in.
    pub fn still_out(&self) -> Vec<PersonId> {
        let out = Side::ALL.into_iter().filter(|side| side.of(&self.handed_in).is_none());
        out.map(|side| side.of(&self.walkers).clone()).collect()
    }
}

/// What happened to a calibration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalibrationChange {
    /// Two inspectors were asked to judge the same items blind.
    Begun {
        /// The two.
        walkers: [PersonId; 2],
        /// The items.
        extent: Extent,
    },
    /// One of the two has handed in: nothing on their sheet changes afterwards.
    HandedIn {
        /// Which.
        side: Side,
    },
    /// A verdict was taken for an item on which they differ.
    Chosen {
        /// The item.
        item: ItemId,
        /// What was taken.
        now: Choice,
    },
    /// The verdicts became those of the inspection.
    Merged {},
    /// It was called off.
    CalledOff {
        /// Why.
        reason: String,
    },
}
