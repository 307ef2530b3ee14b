//! The action table: one row for everything a key can mean, from which help, palette, footer and key page are made.

use crate::locales::{self as w, Word};

/// Where an action is meant; key maps have a table for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere outside text fields.
    Global,
    /// Every list.
    List,
    /// The home screen.
    Home,
    /// The list of units and a unit's page.
    Branches,
    /// The list of rounds and a round's page.
    Rounds,
    /// The walk through one branch, and one item across branches.
    Walk,
    /// The summary before the signature.
    Summary,
    /// The ledger.
    Ledger,
    /// A rectification item, in the ledger and on its page.
    Rect,
    /// The analysis.
    Analysis,
    /// The look-backs and a look-back's page.
    Lookback,
    /// A round's progress and teams.
    Progress,
    /// A calibration.
    Calibration,
}

impl Scope {
    /// Every scope, as the key page lists them.
    pub const ALL: [Self; 13] = [
        Self::Global,
        Self::List,
        Self::Home,
        Self::Branches,
        Self::Rounds,
        Self::Walk,
        Self::Summary,
        Self::Ledger,
        Self::Rect,
        Self::Analysis,
        Self::Lookback,
        Self::Progress,
        Self::Calibration,
    ];

    /// Names the scope as key maps spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Home => "home",
            Self::Branches => "branches",
            Self::Rounds => "rounds",
            Self::Walk => "walk",
            Self::Summary => "summary",
            Self::Ledger => "ledger",
            Self::Rect => "item",
            Self::Analysis => "analysis",
            Self::Lookback => "lookback",
            Self::Progress => "progress",
            Self::Calibration => "calibration",
        }
    }

    /// Says what the scope is.
    pub const fn title(self) -> &'static Word {
        match self {
            Self::Global => &w::SCOPE_GLOBAL,
            Self::List => &w::SCOPE_LIST,
            Self::Home => &w::SCOPE_HOME,
            Self::Branches => &w::SCOPE_BRANCHES,
            Self::Rounds => &w::SCOPE_ROUNDS,
            Self::Walk => &w::SCOPE_WALK,
            Self::Summary => &w::SCOPE_SUMMARY,
            Self::Ledger => &w::SCOPE_LEDGER,
            Self::Rect => &w::SCOPE_RECT,
            Self::Analysis => &w::SCOPE_ANALYSIS,
            Self::Lookback => &w::SCOPE_LOOKBACK,
            Self::Progress => &w::SCOPE_PROGRESS,
            Self::Calibration => &w::SCOPE_CALIBRATION,
        }
    }
}

macro_rules! actions {
    ($($variant:ident $name:literal $scope:ident $word:ident;)*) => {
        /// What a key can mean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $(#[doc = $name] $variant),* }

        impl Action {
            /// Every action, in the order of help and key page.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Every name, for key maps to be checked against.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// Names the action as key maps spell it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Says in a few words what it does.
            pub const fn word(self) -> &'static Word {
                match self { $(Self::$variant => &w::$word),* }
            }

            /// Returns where it is meant.
            pub const fn scope(self) -> Scope {
                match self { $(Self::$variant => Scope::$scope),* }
            }
        }
    };
}

actions! {
    Help "help" Global A_HELP;
    Palette "palette" Global A_PALETTE;
    Back "back" Global A_BACK;
    Quit "quit" Global A_QUIT;
    Language "language.next" Global A_LANGUAGE;
    Redraw "redraw" Global A_REDRAW;
    Copy "copy" Global A_COPY;
    GoHome "go.home" Global A_GO_HOME;
    GoRounds "go.rounds" Global A_GO_ROUNDS;
    GoBranches "go.branches" Global A_GO_BRANCHES;
    GoLedger "go.ledger" Global A_GO_LEDGER;
    GoAnalysis "go.analysis" Global A_GO_ANALYSIS;
    GoLookbacks "go.lookbacks" Global A_GO_LOOKBACKS;
    GoCalibration "go.calibration" Global A_GO_CALIBRATION;
    GoChecklist "go.checklist" Global A_GO_CHECKLIST;
    Repeat "repeat" Global A_REPEAT;
    Down "down" List A_DOWN;
    Up "up" List A_UP;
    PageDown "page.down" List A_PAGE_DOWN;
    PageUp "page.up" List A_PAGE_UP;
    First "first" List A_FIRST;
    Last "last" List A_LAST;
    Open "open" List A_OPEN;
    Filter "filter" List A_FILTER;
    NextPane "pane.next" List A_NEXT_PANE;
    Rename "organisation.name" Home A_RENAME;
    LedgerOpen "ledger.open" Home V_OPEN;
    LedgerOverdue "ledger.overdue" Home V_OVERDUE;
    LedgerToVerify "ledger.verify" Home V_TO_VERIFY;
    LedgerDrafted "ledger.drafted" Home V_DRAFTED;
    LedgerClosed "ledger.closed" Home V_CLOSED;
    LedgerAll "ledger.all" Home V_ALL;
    BranchAdd "branch.add" Branches A_BRANCH_ADD;
    BranchEdit "branch.edit" Branches A_BRANCH_EDIT;
    BranchRetire "branch.retire" Branches A_BRANCH_RETIRE;
    RoundAdd "round.add" Rounds A_ROUND_ADD;
    RoundEdit "round.edit" Rounds A_ROUND_EDIT;
    RoundJoin "round.join" Rounds A_ROUND_JOIN;
    RoundClose "round.close" Rounds A_ROUND_CLOSE;
    RoundCorrect "round.correct" Rounds A_ROUND_CORRECT;
    RoundOnly "round.only" Rounds A_ROUND_ONLY;
    RoundProgress "round.progress" Rounds A_ROUND_PROGRESS;
    Pass "verdict.pass" Walk A_PASS;
    Good "verdict.good" Walk A_GOOD;
    Fair "verdict.fair" Walk A_FAIR;
    Fail "verdict.fail" Walk A_FAIL;
    NotApplicable "verdict.na" Walk A_NA;
    Clear "verdict.clear" Walk A_CLEAR;
    SameAsLast "verdict.same" Walk A_SAME;
    AllPass "verdict.all-pass" Walk A_ALL_PASS;
    NextOpen "next.open" Walk A_NEXT_OPEN;
    PreviousOpen "previous.open" Walk A_PREVIOUS_OPEN;
    NextFailed "next.failed" Walk A_NEXT_FAILED;
    PreviousFailed "previous.failed" Walk A_PREVIOUS_FAILED;
    NextMarked "next.marked" Walk A_NEXT_MARKED;
    NextGroup "next.group" Walk A_NEXT_GROUP;
    PreviousGroup "previous.group" Walk A_PREVIOUS_GROUP;
    NextBranch "next.branch" Walk A_NEXT_BRANCH;
    PreviousBranch "previous.branch" Walk A_PREVIOUS_BRANCH;
    Note "note" Walk A_NOTE;
    Finding "finding" Walk A_FINDING;
    Withdraw "finding.withdraw" Walk A_WITHDRAW;
    Mark "mark" Walk A_MARK;
    Undo "undo" Walk A_UNDO;
    Redo "redo" Walk A_REDO;
    CardTake "card.take" Walk A_CARD_TAKE;
    CardGive "card.give" Walk A_CARD_GIVE;
    Across "across" Walk A_ACROSS;
    Explain "explain" Walk A_EXPLAIN;
    GoRect "go.item" Walk A_GO_RECT;
    Trail "trail" Walk A_TRAIL;
    Summary "summary" Walk A_SUMMARY;
    SignOff "sign" Summary A_SIGN;
    Reopen "reopen" Summary A_REOPEN;
    ViewOpen "view.open" Ledger V_OPEN;
    ViewOverdue "view.overdue" Ledger V_OVERDUE;
    ViewNear "view.near" Ledger V_NEAR;
    ViewToVerify "view.verify" Ledger V_TO_VERIFY;
    ViewMine "view.mine" Ledger V_MINE;
    ViewRepeated "view.repeated" Ledger V_REPEATED;
    ViewDrafted "view.drafted" Ledger V_DRAFTED;
    ViewClosed "view.closed" Ledger V_CLOSED;
    ViewAll "view.all" Ledger V_ALL;
    Sort "sort.next" Ledger A_SORT;
    MarkRow "mark.row" Ledger A_MARK_ROW;
    MarkAll "mark.all" Ledger A_MARK_ALL;
    PaneHeat "pane.heat" Analysis PANE_HEAT;
    PaneTrend "pane.trend" Analysis PANE_TREND;
    PaneItems "pane.items" Analysis PANE_ITEMS;
    PaneRanks "pane.ranks" Analysis PANE_RANKS;
    PaneLedger "pane.ledger" Analysis PANE_LEDGER;
    ColumnLeft "column.left" Analysis A_LEFT;
    ColumnRight "column.right" Analysis A_RIGHT;
    OlderRound "round.older" Analysis A_OLDER;
    NewerRound "round.newer" Analysis A_NEWER;
    StepNext "step.next" Rect A_STEP_NEXT;
    GoWalk "go.walk" Rect A_GO_WALK;
    StepDraft "step.draft" Rect VERB_DRAFT;
    StepEdit "step.edit" Rect VERB_EDIT;
    StepIssue "step.issue" Rect VERB_ISSUE;
    StepPutRight "step.put-right" Rect VERB_PUT_RIGHT;
    StepReceive "step.receive" Rect VERB_RECEIVE;
    StepStart "step.start" Rect VERB_START;
    StepEvidence "step.evidence" Rect VERB_EVIDENCE;
    StepRequest "step.request" Rect VERB_REQUEST;
    StepTakeUp "step.take-up" Rect VERB_TAKE_UP;
    StepPass "step.pass" Rect VERB_PASS;
    StepApprove "step.approve" Rect VERB_APPROVE;
    StepReturn "step.return" Rect VERB_RETURN;
    StepAsk "step.ask" Rect VERB_ASK;
    StepGrant "step.grant" Rect VERB_GRANT;
    StepDeny "step.deny" Rect VERB_DENY;
    StepExempt "step.exempt" Rect VERB_EXEMPT;
    StepLift "step.lift" Rect VERB_LIFT;
    StepRevoke "step.revoke" Rect VERB_REVOKE;
    StepSend "step.sent" Rect VERB_SEND;
    StepClaim "step.claim" Rect VERB_CLAIM;
    StepRelease "step.release" Rect VERB_RELEASE;
    LookDraw "look.draw" Lookback A_LOOK_DRAW;
    LookValid "look.valid" Lookback A_LOOK_VALID;
    LookRelapsed "look.relapsed" Lookback A_LOOK_RELAPSED;
    LookEnd "look.end" Lookback A_LOOK_END;
    PaneUnits "pane.units" Progress PANE_UNITS;
    PaneTeams "pane.teams" Progress PANE_TEAMS;
    PaneWalkers "pane.walkers" Progress PANE_WALKERS;
    TeamEdit "team.edit" Progress A_TEAM_EDIT;
    TeamOff "team.off" Progress A_TEAM_OFF;
    CalibrationBegin "calibration.begin" Calibration A_CAL_BEGIN;
    HandIn "hand-in" Calibration A_HAND_IN;
    TakeFirst "take.first" Calibration A_TAKE_FIRST;
    TakeSecond "take.second" Calibration A_TAKE_SECOND;
    TakeOther "take.other" Calibration A_TAKE_OTHER;
    Merge "merge" Calibration A_MERGE;
    CallOff "call-off" Calibration A_CALL_OFF;
}

impl Action {
    /// Finds an action by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// Says whether it changes what is kept.
    pub fn writes(self) -> bool {
        let steps = super::rect_steps::verb_of(self).is_some();
        steps
            || matches!(
                self,
                Self::Pass
                    | Self::Good
                    | Self::Fair
                    | Self::Fail
                    | Self::NotApplicable
                    | Self::Clear
                    | Self::SameAsLast
                    | Self::AllPass
                    | Self::Mark
                    | Self::CardTake
                    | Self::CardGive
                    | Self::Undo
                    | Self::Redo
                    | Self::SignOff
                    | Self::Reopen
                    | Self::Withdraw
                    | Self::RoundJoin
                    | Self::RoundClose
                    | Self::BranchRetire
                    | Self::LookDraw
                    | Self::LookValid
                    | Self::LookRelapsed
                    | Self::LookEnd
                    | Self::TeamOff
                    | Self::CalibrationBegin
                    | Self::HandIn
                    | Self::TakeFirst
                    | Self::TakeSecond
                    | Self::TakeOther
                    | Self::Merge
                    | Self::CallOff
                    | Self::Repeat
            )
    }
}
