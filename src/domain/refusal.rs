//! Why a command cannot be: said to the person by `locales`, in their language.

use super::{
    BranchId, CalibrationRefusal, Day, EditionId, ItemId, LookbackId, Missing, PersonId, Posts, RectId, Role, RoundId,
    Stamp, State, Verb, Verdict,
};

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
    /// The unit that it was merged into was merged on itself: that one comes back first.
    MergedOn(BranchId),
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
    /// The round is not over: what is wrong in it is put right where it stands.
    RoundOpen(RoundId),
    /// The round was over and is being corrected: its plan stands.
    UnderCorrection(RoundId),
    /// Nobody of this handle walks here.
    NoSuchWalker(PersonId),
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
    /// The checklist has no such card.
    NoSuchCard(u8),
    /// Somebody has taken the card.
    CardTaken {
        /// Who.
        by: PersonId,
        /// When.
        at: Stamp,
    },
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
    /// The house knows no such post.
    NoSuchPost {
        /// The field.
        field: &'static str,
        /// The post.
        post: String,
        /// The posts that it knows.
        known: Box<Posts>,
    },
    /// A text carries a classification mark; this is not a tool for classified matter.
    Classified(String),
    /// Settings and persons are the office's.
    NotAdmin,
    /// Somebody has to be left who may enter persons.
    LastAdmin,
    /// The finding has no item of this number.
    NoSuchRect(u8),
    /// The finding is not followed: its inspection is not signed.
    NotFollowed,
    /// What was handed to the branch is fixed; a correction is a new finding.
    FindingIssued(u16),
    /// Every item of the finding is over: what is found again is a new finding.
    FindingClosed(u16),
    /// The item does not stand where this step begins.
    NotNow {
        /// The step.
        verb: Verb,
        /// Where it stands.
        state: State,
        /// Who brought it there.
        by: PersonId,
        /// When.
        at: Stamp,
        /// What is possible instead; nothing where it is over.
        possible: Vec<Verb>,
    },
    /// Somebody looks at the item now.
    Claimed {
        /// Who.
        by: PersonId,
        /// Until when it is theirs.
        until: Stamp,
    },
    /// The step is for others to take.
    NotYours {
        /// The step.
        verb: Verb,
        /// Who may.
        roles: Vec<Role>,
    },
    /// The step is the branch's: it can be entered on behalf of a post of it.
    NeedsBehalf(Verb),
    /// One who took an earlier step cannot be the one to judge it.
    SameHand {
        /// Who took it.
        by: PersonId,
        /// On whose behalf.
        behalf: String,
    },
    /// Nobody verifies for the branch they belong to (回避).
    OwnBranch(BranchId),
    /// Nothing shows that it was put right.
    NoEvidence,
    /// What is there is not younger than the issue.
    EvidenceTooOld {
        /// The day of the issue.
        issued: Day,
    },
    /// It was sent back, or a stage of it was closed, and nothing was entered since.
    NoNewEvidence,
    /// A day that has not come yet.
    FromTheFuture {
        /// The day.
        day: Day,
        /// Today.
        today: Day,
    },
    /// A day that is over.
    Past {
        /// The day.
        day: Day,
        /// Today.
        today: Day,
    },
    /// The day that is wished for is not later.
    NotLater {
        /// The day that it has.
        due: Day,
        /// The day that is wished for.
        to: Day,
    },
    /// The day was moved as often as the house allows.
    NoMoreExtensions(u8),
    /// Grave items are judged one by one.
    NotInABatch,
    /// Only what is 長期堅持 has stages.
    NoStages,
    /// Only what is 立行立改 and not grave is put right on the spot.
    NotAtOnce,
    /// It is for others to want.
    ForOthers {
        /// Who may.
        roles: Vec<Role>,
    },
    /// It lies outside the part of the tree that the person's role is for; no unit where it is about all of it.
    OutOfReach(Option<BranchId>),
    /// There is no such look-back.
    NoSuchLookback(LookbackId),
    /// The number is taken: somebody drew a sample at the same moment.
    LookbackExists(LookbackId),
    /// The look-back is over.
    LookbackEnded {
        /// Who ended it.
        by: PersonId,
        /// When.
        at: Stamp,
    },
    /// No closed item fits.
    NothingToDraw,
    /// The look-back did not draw this item.
    NotDrawn(RectId),
    /// Items were drawn and not looked at.
    StillToLookAt(usize),
    /// There is no such person.
    NoSuchPerson(PersonId),
    /// It does not have the shape of a public key that is taken.
    NotAKey,
    /// The public key is somebody else's.
    KeyTaken(PersonId),
    /// The login name is somebody else's.
    LoginTaken {
        /// The name.
        login: String,
        /// Whose it is.
        holder: PersonId,
    },
    /// A person has as many keys or login names as they may.
    TooManyWays(usize),
    /// The person has no such key or login name.
    NoSuchWay(PersonId),
    /// It is about a calibration.
    Calibration(Box<CalibrationRefusal>),
}
