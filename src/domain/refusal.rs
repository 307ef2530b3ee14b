//! Why a command cannot be: said to the person by `locales`, in their language.

use super::{BranchId, Day, EditionId, ItemId, Missing, PersonId, RoundId, Stamp, Verdict};

/// Why a command was refused; a refused command changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was wanted stands already.
    NothingChanged,
    /// Somebody was faster.
    Stale {
        /// The item, where it was one.
        item: Option<ItemId>,
        /// Who.
        by: PersonId,
        /// When.
        at: Stamp,
    },
    /// There is no such unit.
    NoSuchBranch(BranchId),
    /// The number is taken: somebody entered a unit at the same moment.
    BranchExists(BranchId),
    /// The code belongs to another unit.
    CodeTaken {
        /// The code.
        code: String,
        /// Who holds it.
        holder: BranchId,
    },
    /// A unit would stand below itself.
    BelowItself(BranchId),
    /// More full members than members.
    MoreFullThanAll {
        /// Full members.
        full: u16,
        /// All members.
        all: u16,
    },
    /// A number is outside its bounds.
    OutOfRange {
        /// The field.
        field: &'static str,
        /// The least.
        low: i64,
        /// The most.
        high: i64,
    },
    /// There is no such round.
    NoSuchRound(RoundId),
    /// The number is taken: somebody opened a round at the same moment.
    RoundExists(RoundId),
    /// The code belongs to another round.
    RoundCodeTaken {
        /// The code.
        code: String,
        /// Who holds it.
        holder: RoundId,
    },
    /// The round is over.
    RoundClosed(RoundId),
    /// Edition and scale are fixed once the first verdict is given.
    RoundBegun(RoundId),
    /// Edition, scale, basis, grade bounds and vetoes are fixed once an inspection is signed.
    RoundSigned(RoundId),
    /// A unit that was looked at stays in its round.
    BranchWalked {
        /// The round.
        round: RoundId,
        /// The unit.
        branch: BranchId,
    },
    /// Begun inspections are not signed yet.
    StillUnsigned(usize),
    /// The unit is not in the round.
    NotInRound {
        /// The round.
        round: RoundId,
        /// The unit.
        branch: BranchId,
    },
    /// A period ends before it begins.
    PeriodBackwards {
        /// Its first day.
        from: Day,
        /// Its last day.
        to: Day,
    },
    /// Grade bounds do not fall from 優秀 to 合格, or exceed 100.
    GradesOutOfOrder,
    /// The store does not have this checklist text.
    NoSuchEdition(EditionId),
    /// The checklist knows no such veto.
    NoSuchVeto(String),
    /// The checklist knows no such item.
    NoSuchItem(ItemId),
    /// The inspection has no such finding.
    NoSuchFinding(u16),
    /// The round's scale has no such verdict.
    NotOnThisScale(Verdict),
    /// 不適用 wants a reason here.
    NeedsReason(ItemId),
    /// A slot of the wording is not filled.
    SlotOpen(String),
    /// The inspection is signed.
    AlreadySigned {
        /// Who signed.
        by: PersonId,
        /// When.
        at: Stamp,
    },
    /// Something keeps the inspection from being signed.
    Incomplete(Box<Missing>),
    /// Nothing of one's own to take back.
    NothingToUndo,
    /// Nothing taken back to do again.
    NothingToRedo,
    /// A needed field is empty.
    Empty(&'static str),
    /// A text is too long.
    TooLong {
        /// The field.
        field: &'static str,
        /// The most characters.
        limit: usize,
    },
    /// A text holds control, format or direction characters.
    Unclean(&'static str),
    /// A text carries a classification mark; this is not a tool for classified matter.
    Classified(String),
}
