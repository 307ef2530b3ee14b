//! Why something about a calibration cannot be.

use crate::domain::{CalibrationId, ItemId, PersonId, Refusal, Stamp};

/// Why something about a calibration cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalibrationRefusal {
    /// There is no such calibration.
    Unknown,
    /// The number is taken: somebody began one at the same moment.
    Exists(CalibrationId),
    /// The inspection is being calibrated already.
    UnderWay {
        /// Who began it.
        by: PersonId,
        /// When.
        at: Stamp,
    },
    /// It is over.
    Over {
        /// Who ended it.
        by: PersonId,
        /// When.
        at: Stamp,
    },
    /// Two are needed.
    OneWalker(PersonId),
    /// The checklist has no such card or group, or it has no items.
    NoSuchPart(String),
    /// Something stands on these items already: what everybody can see cannot be judged blind.
    JudgedAlready(Vec<ItemId>),
    /// Only these two judge in it.
    NotOneOfTheTwo([PersonId; 2]),
    /// They have handed in.
    HandedIn(Stamp),
    /// These have not handed in yet.
    StillOut(Vec<PersonId>),
    /// The item is not among those that are judged twice.
    NotInIt(ItemId),
    /// A sheet takes verdicts, notes and marks alone.
    NotOnASheet,
    /// These items have no verdict yet.
    Unanswered(Vec<ItemId>),
    /// The two agree on this item.
    Agreed(ItemId),
    /// No verdict was taken for these items.
    NotChosen(Vec<ItemId>),
    /// The items are judged blind until it is over.
    Held([PersonId; 2]),
}

impl From<CalibrationRefusal> for Refusal {
    fn from(refusal: CalibrationRefusal) -> Self {
        Self::Calibration(Box::new(refusal))
    }
}
