//! What a person is doing: a model, the table of actions, and one `update` that turns a message into effects.
//!
//! Pure: no store, terminal, clock or thread. What it reads comes through [`Reading`], what it wants goes out as
//! an [`Effect`], and a test can drive all of it by hand.

mod across;
mod action;
mod analysis;
mod analysis_keys;
mod answers;
mod anywhere;
mod behind;
mod blind;
mod branch_form;
mod branches;
mod calibration;
mod calibration_form;
mod calibration_keys;
mod cards;
mod checklist_page;
mod claims;
mod confirmed;
mod conflict;
mod conflict_keys;
mod conflict_text;
mod draft;
mod field;
mod filter_keys;
mod finding_form;
mod form;
mod help;
mod home;
mod home_calibrations;
mod home_tasks;
pub mod keymaps;
mod ledger;
mod ledger_arranging;
mod ledger_first;
mod ledger_keys;
mod ledger_ready;
mod ledger_rows;
mod ledger_search;
mod list;
mod lookback_form;
mod lookback_keys;
mod lookbacks;
mod msg;
mod narrowed;
mod overlay_keys;
mod palette;
mod place;
mod preview;
mod progress;
mod progress_keys;
mod rect;
mod rect_form;
mod rect_steps;
mod rect_text;
mod round_form;
mod round_keys;
mod rounds;
mod screens;
mod screens_follow;
mod screens_list;
mod sight;
mod spot;
mod summary;
mod team_form;
mod trail;
mod update;
mod walk;
mod walk_moves;
mod walk_verdicts;

use std::collections::VecDeque;
use std::sync::Arc;

pub use across::Across;
pub use action::{Action, Scope};
pub use analysis::{AnalysisPage, Pane};
pub use behind::FigureNumber;
pub use branches::{BranchPage, Branches};
pub use calibration::CalibrationPage;
pub use calibration_form::CalibrationDraft;
pub use calibration_keys::{CALIBRATION_FOOT, CALIBRATION_HEAD};
pub use checklist_page::ChecklistPage;
pub use claims::Claims;
pub use confirmed::Confirmed;
pub use conflict::{Clash, Conflict, Judged, Mine};
pub use conflict_text::ConflictLine;
pub use draft::Draft;
pub use field::{Field, Purpose};
pub use finding_form::FindingDraft;
pub use form::{Form, FormKind, Row, Value};
pub use help::HelpLine;
pub use home::{Home, Step, Task};
pub use home_calibrations::{Calibrating, CalibrationTask};
pub use home_tasks::{LISTED, RectTask, VISITED};
pub use ledger::{LedgerPage, Looker};
pub use ledger_arranging::Whole;
pub use list::{Cursor, Filter};
pub use lookback_form::LookDraft;
pub use lookback_keys::LOOKBACK_FOOT;
pub use lookbacks::{LookbackPage, LookbackRow, Lookbacks};
pub use msg::{Answer, Effect, Moment, Msg, Notice, Saved, Ticket, Tone};
pub use narrowed::{Narrowed, RoundNarrow, Signed};
pub use palette::Palette;
pub use place::{Behind, Place, PlaceScreen};
pub use preview::{Preview, PreviewLine};
pub use progress::{ProgressPage, ProgressPane, ProgressRow, team_text};
pub use rect::RectPage;
pub use rect_form::StepDraft;
pub use rect_steps::{action_of, verb_of};
pub use rect_text::{Hue, rect_texts, severity_hue, standing_hue, state_hue};
pub use round_form::grade_bounds;
pub use rounds::{RoundPage, RoundRow, Rounds, corrected_lines};
pub use screens::SUMMARY_HEAD;
pub use sight::Sight;
pub use spot::{Present, Spot};
pub use summary::{Summary, SummaryLine};
pub use team_form::TeamDraft;
pub use trail::TrailPage;
pub use update::update;
pub use walk::{Before, Walk};

use crate::domain::{BranchId, ItemId, Judgement, Lang, PersonId, ReadFault, Reading, RoundId, Seq};
use crate::keys::{Input, Key, Keymap};
use crate::text::Ambiguous;

/// Verdicts that are wanted together.
type Verdicts = Vec<(ItemId, Option<Judgement>)>;

/// What lies over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Keys and what they do here.
    Help {
        /// The first line shown.
        top: usize,
    },
    /// Every command by name, pinyin or key.
    Palette(Palette),
    /// A question: Enter or y goes on, anything else does not.
    Confirm {
        /// The question.
        question: String,
        /// What follows.
        then: Confirmed,
        /// What lay over the screen before.
        under: Option<Box<Overlay>>,
    },
    /// One text field.
    Field(Field),
    /// A form.
    Form(Form),
    /// What a step would do to several items: Enter takes it.
    Preview(Box<Preview>),
    /// What was typed or judged beside what another has kept.
    Conflict(Box<Conflict>),
    /// Every lost point of the inspection.
    Losses {
        /// The selected line.
        cursor: Cursor,
    },
}

/// A screen.
#[derive(Clone, Debug)]
pub enum Screen {
    /// 工作台.
    Home(Home),
    /// The tree of units.
    Branches(Branches),
    /// One unit.
    Branch(BranchPage),
    /// The rounds.
    Rounds(Rounds),
    /// One round and its units.
    Round(RoundPage),
    /// One branch, item by item.
    Walk(Box<Walk>),
    /// One item, branch by branch.
    Across(Box<Across>),
    /// What is missing, what was lost, and the signature.
    Summary(Box<Summary>),
    /// The checklist.
    Checklist(ChecklistPage),
    /// Who did what in one inspection.
    Trail(TrailPage),
    /// Every rectification item.
    Ledger(Box<LedgerPage>),
    /// 分析.
    Analysis(Box<AnalysisPage>),
    /// One rectification item.
    Rect(Box<RectPage>),
    /// The look-backs.
    Lookbacks(Lookbacks),
    /// One look-back and the items that it drew.
    Lookback(Box<LookbackPage>),
    /// How far a round is, and its teams.
    Progress(Box<ProgressPage>),
    /// One calibration.
    Calibration(Box<CalibrationPage>),
}

/// Everything that a session knows of what its person is doing.
#[derive(Debug)]
pub struct Model {
    /// Who sits there.
    pub me: PersonId,
    /// The language of the screen.
    pub lang: Lang,
    /// What time it is.
    pub moment: Moment,
    /// Columns and rows.
    pub size: (u16, u16),
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
    /// What the keys mean.
    pub keymap: Arc<Keymap<Action>>,
    /// The screen.
    pub screen: Screen,
    /// The screens that Esc goes back to.
    pub behind: Vec<Screen>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// Keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// A count typed before a movement.
    pub count: Option<u32>,
    /// A line for the person.
    pub notice: Option<Notice>,
    /// How far the person's changes are.
    pub saved: Saved,
    /// Commands on their way.
    pub waiting: u32,
    /// Texts that Esc has put aside.
    pub parked: Vec<Draft>,
    /// Whether the store takes no changes.
    pub read_only: bool,
    /// Who else is where the person is.
    pub company: Vec<Present>,
    aside: Vec<(Ticket, Draft)>,
    /// What each command on its way is about.
    sent: Vec<(Ticket, String)>,
    /// The verdicts on their way.
    judged: Vec<(Ticket, RoundId, BranchId, Verdicts)>,
    /// Conflicts that are shown once nothing else is open.
    beside: VecDeque<Conflict>,
    /// What could not be kept in this session.
    unkept: Vec<String>,
    /// The undo or redo on its way, and the keys that wait for it.
    undoing: Option<Ticket>,
    held: VecDeque<Input>,
    last_ticket: Ticket,
    last_action: Option<Action>,
    /// What is being typed while help lies over it.
    under_help: Option<Overlay>,
    /// Whether a text without brackets is coming in.
    pasting: bool,
    seen: Seq,
    /// Whether something has changed that the screen could not follow yet.
    late: bool,
    /// The first page of the ledger, before anybody asks for it.
    ready: Option<ledger_ready::Ready>,
}

/// What a session begins with.
#[derive(Clone, Debug)]
pub struct Start {
    /// Who sits there.
    pub me: PersonId,
    /// The language of the screen.
    pub lang: Lang,
    /// What time it is.
    pub moment: Moment,
    /// Columns and rows.
    pub size: (u16, u16),
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
    /// What the keys mean.
    pub keymap: Arc<Keymap<Action>>,
    /// Whether the store takes no changes.
    pub read_only: bool,
}

impl Model {
    /// Sits the person down at the home screen.
    pub fn new(start: Start, reading: &dyn Reading) -> Result<Self, ReadFault> {
        let Start { me, lang, moment, size, ambiguous, keymap, read_only } = start;
        let home = Home::load(reading, &me, moment.day)?;
        Ok(Self {
            me,
            lang,
            moment,
            size,
            ambiguous,
            keymap,
            screen: Screen::Home(home),
            behind: Vec::new(),
            overlay: None,
            pending: Vec::new(),
            count: None,
            notice: None,
            saved: Saved::Nothing,
            waiting: 0,
            parked: Vec::new(),
            read_only,
            company: Vec::new(),
            aside: Vec::new(),
            sent: Vec::new(),
            judged: Vec::new(),
            beside: VecDeque::new(),
            unkept: Vec::new(),
            undoing: None,
            held: VecDeque::new(),
            last_ticket: Ticket::default(),
            last_action: None,
            under_help: None,
            pasting: false,
            seen: reading.head(),
            late: false,
            ready: None,
        })
    }

    /// Returns the rows that a list has on the screen: all but header, title, rule and footer.
    pub fn list_rows(&self) -> usize {
        usize::from(self.size.1.saturating_sub(4)).max(1)
    }

    /// Returns the scopes whose keys are live, the innermost first.
    pub fn scopes(&self) -> &'static [&'static str] {
        match &self.screen {
            Screen::Home(_) => keymaps::AT_HOME,
            Screen::Branches(_) | Screen::Branch(_) => keymaps::AT_BRANCHES,
            Screen::Rounds(_) | Screen::Round(_) => keymaps::AT_ROUNDS,
            Screen::Walk(_) | Screen::Across(_) => keymaps::AT_WALK,
            Screen::Summary(_) => keymaps::AT_SUMMARY,
            Screen::Ledger(_) => keymaps::AT_LEDGER,
            Screen::Analysis(_) => keymaps::AT_ANALYSIS,
            Screen::Rect(_) => keymaps::AT_RECT,
            Screen::Lookbacks(_) | Screen::Lookback(_) => keymaps::AT_LOOKBACK,
            Screen::Progress(_) => keymaps::AT_PROGRESS,
            Screen::Calibration(_) => keymaps::AT_CALIBRATION,
            Screen::Checklist(_) | Screen::Trail(_) => keymaps::AT_LIST,
        }
    }

    /// Puts a text over the screen that has to be seen, such as what the opening of the store has found.
    pub fn tell_first(&mut self, text: String) {
        self.ask(text, Confirmed::Seen);
    }

    /// Says whether anything of this session could not be kept.
    pub const fn has_failed(&self) -> bool {
        !self.unkept.is_empty()
    }

    /// Shows the person a line; one that tells of a loss stays until it was dismissed.
    pub fn tell(&mut self, tone: Tone, text: impl Into<String>) {
        let failed = self.notice.as_ref().is_some_and(|notice| notice.tone == Tone::Error);
        if failed && tone != Tone::Error {
            return;
        }
        self.notice = Some(Notice { tone, text: text.into() });
    }
}
