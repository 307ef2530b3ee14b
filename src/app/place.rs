//! Where a person is, and what they have half typed: kept off the journal, so that a dropped line resumes there.

use serde::{Deserialize, Serialize};

use super::conflict::Mine;
use super::sight::{Sight, see, sight_of};
use super::{
    Across, BranchPage, Branches, CalibrationPage, ChecklistPage, Draft, Filter, Home, LedgerPage, LookbackPage,
    Lookbacks, Model, Overlay, Pane, ProgressPage, ProgressPane, ProgressRow, RectPage, RoundNarrow, RoundPage, Rounds,
    Screen, Summary, Tone, TrailPage, Walk,
};
use crate::domain::{
    BranchId, CalibrationId, EditionId, ItemId, Lang, LedgerSort, LedgerView, LookbackId, Narrow, ReadFault, Reading,
    RectId, RoundId,
};
use crate::locales as w;

/// The most marked items that a place remembers.
const MARKS: usize = 2000;

/// A screen by what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceScreen {
    /// 工作台.
    Home,
    /// The tree of units.
    Branches {
        /// The filter.
        filter: String,
        /// The selected unit.
        at: Option<BranchId>,
    },
    /// One unit.
    Branch(BranchId),
    /// The rounds.
    Rounds {
        /// The selected round.
        at: Option<RoundId>,
    },
    /// One round.
    Round {
        /// The round.
        id: RoundId,
        /// The filter.
        filter: String,
        /// Whether only unfinished branches are shown.
        only: bool,
        /// The selected branch.
        at: Option<BranchId>,
        /// The number whose branches alone are shown.
        #[serde(default)]
        narrow: Option<RoundNarrow>,
    },
    /// A walk.
    Walk {
        /// The round.
        round: RoundId,
        /// The branch.
        branch: BranchId,
        /// The item.
        item: Option<ItemId>,
    },
    /// One item across branches.
    Across {
        /// The round.
        round: RoundId,
        /// The item.
        item: ItemId,
        /// The branch.
        branch: Option<BranchId>,
    },
    /// The summary of a walk.
    Summary {
        /// The round.
        round: RoundId,
        /// The branch.
        branch: BranchId,
    },
    /// The checklist.
    Checklist {
        /// The text.
        edition: EditionId,
        /// The filter.
        filter: String,
        /// The selected item.
        item: Option<ItemId>,
    },
    /// The trail of an inspection.
    Trail {
        /// The round.
        round: RoundId,
        /// The branch.
        branch: BranchId,
    },
    /// The ledger.
    Analysis {
        /// The round.
        round: RoundId,
        /// What is looked at.
        pane: Pane,
        /// The selected column.
        column: usize,
    },
    /// The ledger.
    Ledger {
        /// Which rows.
        view: LedgerView,
        /// The column that sorts them.
        sort: LedgerSort,
        /// The filter.
        filter: String,
        /// The selected item.
        at: Option<RectId>,
        /// The marked items.
        marks: Vec<RectId>,
        /// The number whose rows alone are shown.
        #[serde(default)]
        narrow: Option<Narrow>,
    },
    /// One rectification item.
    Rect(RectId),
    /// The look-backs.
    Lookbacks {
        /// The selected one.
        at: Option<LookbackId>,
    },
    /// One look-back.
    Lookback {
        /// The look-back.
        id: LookbackId,
        /// The selected item.
        at: Option<RectId>,
    },
    /// How far a round is.
    Progress {
        /// The round.
        id: RoundId,
        /// What is looked at.
        pane: ProgressPane,
        /// The filter.
        filter: String,
        /// Whether what is all signed is left out.
        only: bool,
        /// The selected unit.
        at: Option<BranchId>,
    },
    /// One calibration.
    Calibration {
        /// The calibration.
        id: CalibrationId,
        /// The selected item.
        at: Option<ItemId>,
    },
    /// One's own sheet in a calibration.
    Sheet {
        /// The calibration.
        id: CalibrationId,
        /// The item that is looked at.
        item: Option<ItemId>,
    },
}

/// A screen that Esc goes back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behind {
    /// The screen.
    pub screen: PlaceScreen,
    /// What was seen of it.
    #[serde(default)]
    pub sight: Sight,
}

/// Where a person is. What later versions have added may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The language of the screen.
    pub lang: Lang,
    /// The screen.
    pub screen: PlaceScreen,
    /// What is seen of it.
    #[serde(default)]
    pub sight: Sight,
    /// The screens that Esc goes back to, the nearest last.
    #[serde(default)]
    pub behind: Vec<Behind>,
    /// What is being typed.
    pub typing: Option<Draft>,
    /// What was put aside.
    pub parked: Vec<Draft>,
}

impl Place {
    /// Names a screen on which nothing was typed yet.
    pub const fn new(lang: Lang, screen: PlaceScreen) -> Self {
        Self {
            lang,
            screen,
            sight: Sight { line: 0, scroll: 0, filter: None },
            behind: Vec::new(),
            typing: None,
            parked: Vec::new(),
        }
    }

    /// Leads to another screen; what was being typed is put aside.
    #[must_use]
    pub fn led_to(mut self, screen: PlaceScreen) -> Self {
        (self.screen, self.sight) = (screen, Sight::default());
        if let Some(draft) = self.typing.take() {
            self.parked.retain(|other| !other.same_place(&draft));
            self.parked.push(draft);
        }
        self
    }
}

impl Model {
    /// Says where the person is.
    pub fn place(&self) -> Place {
        let screen = place_of(&self.screen);
        let sight = sight_of(&self.screen);
        let behind = self.behind.iter().map(|screen| Behind { screen: place_of(screen), sight: sight_of(screen) });
        let behind = behind.collect();
        let home = self.draft_home();
        let typed = |overlay: &Overlay| match overlay {
            Overlay::Field(field) => Some(Draft::of_field(field, home)),
            Overlay::Form(form) => Some(Draft::of_form(form, home)),
            Overlay::Conflict(conflict) => match &conflict.mine {
                Mine::Field(field) => Some(Draft::of_field(field, home)),
                Mine::Form(form, _) | Mine::Parked(form, _) => Some(Draft::of_form(form, home)),
                Mine::Verdicts(_) => None,
            },
            _ => None,
        };
        let typing = match self.under_help.as_ref().or(self.overlay.as_ref()) {
            Some(Overlay::Confirm { under: Some(under), .. }) => typed(under),
            Some(overlay) => typed(overlay),
            None => None,
        };
        Place { lang: self.lang, screen, sight, behind, typing, parked: self.parked.clone() }
    }

    /// Goes back to where the person was; what is gone meanwhile leads to the home screen.
    pub fn resume(&mut self, place: Place, reading: &dyn Reading) -> Result<(), ReadFault> {
        self.lang = place.lang;
        self.parked = place.parked;
        let rows = self.list_rows();
        let mut behind = Vec::new();
        for Behind { screen, sight } in place.behind {
            if screen == PlaceScreen::Home {
                behind.push(Screen::Home(Home::resting(sight.line)));
            } else if let Some(mut screen) = self.screen_at(screen, reading)? {
                see(&mut screen, sight, rows);
                behind.push(screen);
            }
        }
        if let Some(mut screen) = self.screen_at(place.screen, reading)? {
            see(&mut screen, place.sight, rows);
            self.screen = screen;
            let home = matches!(self.screen, Screen::Home(_));
            // From every screen there is a way home.
            if !home && !matches!(behind.first(), Some(Screen::Home(_))) {
                behind.insert(0, Screen::Home(Home::resting(0)));
            }
            self.behind = behind;
            self.shorten_the_way_back();
            if let Screen::Walk(_) | Screen::Summary(_) | Screen::Across(_) | Screen::Trail(_) = self.screen {
                self.tell(Tone::Plain, w::RESUMED.say(self.lang));
            }
        }
        if let Some(draft) = place.typing {
            self.retype(draft, reading)?;
        }
        Ok(())
    }

    /// Keeps the way back deep enough for any real way; the oldest screens go first, home stays.
    pub(super) fn shorten_the_way_back(&mut self) {
        if self.behind.len() > 16 {
            let surplus = self.behind.len() - 16;
            self.behind.drain(1..=surplus);
        }
    }

    fn screen_at(&mut self, place: PlaceScreen, reading: &dyn Reading) -> Result<Option<Screen>, ReadFault> {
        let rows = self.list_rows();
        Ok(match place {
            PlaceScreen::Home => Some(Screen::Home(self.home(reading)?)),
            PlaceScreen::Branches { filter, at } => Some(Screen::Branches(Branches::load(reading, &filter, at, rows)?)),
            PlaceScreen::Branch(id) => BranchPage::load(reading, id)?.map(Screen::Branch),
            PlaceScreen::Rounds { at } => Some(Screen::Rounds(Rounds::load(reading, at, rows)?)),
            PlaceScreen::Round { id, filter, only, at, narrow } => {
                let Some(mut page) = RoundPage::load(reading, id, &filter, only, at, rows)? else { return Ok(None) };
                page.narrow(reading, narrow, rows)?;
                page.select(reading, at, rows)?;
                Some(Screen::Round(page))
            }
            PlaceScreen::Walk { round, branch, item } => {
                Walk::load(reading, round, branch, item.as_ref())?.ok().map(|walk| Screen::Walk(Box::new(walk)))
            }
            PlaceScreen::Across { round, item, branch } => {
                Across::load(reading, round, item, branch, rows)?.map(|across| Screen::Across(Box::new(across)))
            }
            PlaceScreen::Summary { round, branch } => {
                let house = reading.house()?;
                let walk = Walk::load(reading, round, branch, None)?.ok();
                walk.map(|walk| Screen::Summary(Box::new(Summary::of(walk, house))))
            }
            PlaceScreen::Checklist { edition, filter, item } => {
                ChecklistPage::load(reading, edition, &filter, item.as_ref(), rows)?.map(Screen::Checklist)
            }
            PlaceScreen::Trail { round, branch } => TrailPage::load(reading, round, branch, rows)?.map(Screen::Trail),
            PlaceScreen::Ledger { view, sort, filter, at, marks, narrow } => {
                let rows = self.ledger_rows();
                let mut page = LedgerPage::load(reading, self.looker(), view, sort, rows)?;
                page.filter = (!filter.is_empty()).then(|| Filter::new(&filter, false));
                page.marks = marks.into_iter().collect();
                page.search(rows);
                page.narrow(reading, narrow, rows)?;
                page.select(at, rows);
                Some(Screen::Ledger(Box::new(page)))
            }
            PlaceScreen::Analysis { round, pane, column } => self.analysis_at(Some(round), pane, column, reading)?,
            PlaceScreen::Rect(id) => {
                RectPage::load(reading, self.looker(), id)?.map(|page| Screen::Rect(Box::new(page)))
            }
            PlaceScreen::Lookbacks { at } => Some(Screen::Lookbacks(Lookbacks::load(reading, at, rows)?)),
            PlaceScreen::Lookback { id, at } => {
                let rows = self.lookback_rows();
                LookbackPage::load(reading, id, at, rows)?.map(|page| Screen::Lookback(Box::new(page)))
            }
            PlaceScreen::Calibration { id, at } => {
                let rows = self.calibration_rows();
                let page = CalibrationPage::load(reading, id, &self.me, at.as_ref(), rows)?;
                page.map(|page| Screen::Calibration(Box::new(page)))
            }
            PlaceScreen::Sheet { id, item } => {
                let walk = Walk::blind(reading, id, &self.me, item.as_ref())?.ok();
                walk.map(|walk| Screen::Walk(Box::new(walk)))
            }
            PlaceScreen::Progress { id, pane, filter, only, at } => {
                ProgressPage::load(reading, id, pane)?.map(|mut page| {
                    page.filter = (!filter.is_empty()).then(|| Filter::new(&filter, false));
                    page.only_unfinished = only;
                    page.search(rows);
                    let row = |unit| {
                        if pane == ProgressPane::Teams { ProgressRow::Team(unit) } else { ProgressRow::Unit(unit) }
                    };
                    page.select(at.map(row).as_ref(), rows);
                    Screen::Progress(Box::new(page))
                })
            }
        })
    }
}

/// Names a screen by what it shows.
fn place_of(screen: &Screen) -> PlaceScreen {
    match screen {
        Screen::Home(_) => PlaceScreen::Home,
        Screen::Branches(branches) => {
            PlaceScreen::Branches { filter: branches.filter_text().to_owned(), at: branches.selected() }
        }
        Screen::Branch(page) => PlaceScreen::Branch(page.branch.id),
        Screen::Rounds(rounds) => PlaceScreen::Rounds { at: rounds.selected() },
        Screen::Round(page) => PlaceScreen::Round {
            id: page.round.id,
            filter: page.filter_text().to_owned(),
            only: page.only_unfinished,
            at: page.selected(),
            narrow: page.narrowed.as_deref().map(|(narrow, _)| narrow.clone()),
        },
        Screen::Walk(walk) => {
            let item = walk.item().map(|item| item.id.clone());
            if let Some(calibration) = walk.calibration.as_ref().filter(|_| walk.blind.is_some()) {
                return PlaceScreen::Sheet { id: calibration.id, item };
            }
            PlaceScreen::Walk { round: walk.round.id, branch: walk.inspection.branch, item }
        }
        Screen::Across(across) => {
            PlaceScreen::Across { round: across.round.id, item: across.item.clone(), branch: across.selected() }
        }
        Screen::Summary(summary) => {
            PlaceScreen::Summary { round: summary.walk.round.id, branch: summary.walk.inspection.branch }
        }
        Screen::Checklist(page) => PlaceScreen::Checklist {
            edition: page.edition,
            filter: page.filter_text().to_owned(),
            item: page.selected().map(|item| item.id.clone()),
        },
        Screen::Trail(page) => PlaceScreen::Trail { round: page.round, branch: page.branch },
        Screen::Ledger(page) => PlaceScreen::Ledger {
            view: page.view,
            sort: page.sort,
            filter: page.filter_text().to_owned(),
            at: page.selected(),
            marks: page.marks.iter().copied().take(MARKS).collect(),
            narrow: page.narrowed.as_ref().map(|narrowed| narrowed.narrow.clone()),
        },
        Screen::Analysis(page) => PlaceScreen::Analysis { round: page.round.id, pane: page.pane, column: page.column },
        Screen::Rect(page) => PlaceScreen::Rect(page.id()),
        Screen::Lookbacks(page) => PlaceScreen::Lookbacks { at: page.selected() },
        Screen::Lookback(page) => {
            PlaceScreen::Lookback { id: page.lookback.id, at: page.selected().map(|row| row.rect) }
        }
        Screen::Calibration(page) => PlaceScreen::Calibration {
            id: page.calibration.id,
            at: page.selected().map(|compared| compared.item.clone()),
        },
        Screen::Progress(page) => PlaceScreen::Progress {
            id: page.round.id,
            pane: page.pane,
            filter: page.filter_text().to_owned(),
            only: page.only_unfinished,
            at: page.unit(),
        },
    }
}
