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
mod branch_form;
mod branches;
mod checklist_page;
mod confirmed;
mod draft;
mod field;
mod finding_form;
mod form;
mod help;
mod home;
mod home_part;
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
mod overlay_keys;
mod palette;
mod place;
mod preview;
mod rect;
mod rect_form;
mod rect_steps;
mod rect_text;
mod round_form;
mod rounds;
mod screens;
mod screens_follow;
mod screens_list;
mod summary;
mod trail;
mod update;
mod walk;
mod walk_moves;
mod walk_verdicts;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

pub use across::Across;
pub use action::{Action, Scope};
pub use analysis::{AnalysisPage, Figure, Pane};
pub use branches::{BranchPage, Branches};
pub use checklist_page::ChecklistPage;
pub use confirmed::Confirmed;
pub use draft::Draft;
pub use field::{Field, Purpose};
pub use finding_form::FindingDraft;
pub use form::{Form, FormKind, Row, Value};
pub use help::HelpLine;
pub use home::{Home, Step, Task};
pub use home_part::Counts;
pub use home_tasks::{LISTED, RectTask, VISITED};
pub use ledger::{LedgerPage, Looker};
pub use ledger_arranging::Whole;
pub use list::{Cursor, Filter};
pub use lookback_form::LookDraft;
pub use lookback_keys::LOOKBACK_FOOT;
pub use lookbacks::{LookbackPage, LookbackRow, Lookbacks};
pub use palette::Palette;
pub use place::{Behind, Place, PlaceScreen, Sight};
pub use preview::{Preview, PreviewLine};
pub use rect::RectPage;
pub use rect_form::StepDraft;
pub use rect_steps::{action_of, verb_of};
pub use rect_text::{Hue, rect_texts, severity_hue, standing_hue, state_hue};
pub use round_form::grade_bounds;
pub use rounds::{RoundPage, RoundRow, Rounds};
pub use screens::SUMMARY_HEAD;
pub use summary::{Summary, SummaryLine};
pub use trail::TrailPage;
pub use update::update;
pub use walk::{Before, Walk};

use crate::domain::{Day, Entry, Lang, PersonId, ReadFault, Reading, Refusal, Request, Seq, Stamp};
use crate::keys::{Input, Key, Keymap};
use crate::text::Ambiguous;

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
    aside: Vec<(Ticket, Draft)>,
    /// What each command on its way is about.
    sent: Vec<(Ticket, String)>,
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
            aside: Vec::new(),
            sent: Vec::new(),
            unkept: Vec::new(),
            undoing: None,
            held: VecDeque::new(),
            last_ticket: Ticket::default(),
            last_action: None,
            under_help: None,
            pasting: false,
            seen: reading.head(),
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
