//! Where a person is, and what they have half typed: kept off the journal, so that a dropped line resumes there.

use serde::{Deserialize, Serialize};

use super::{
    Across, BranchPage, Branches, ChecklistPage, Draft, Model, Overlay, RoundPage, Rounds, Screen, Summary, Tone,
    TrailPage, Walk,
};
use crate::domain::{BranchId, EditionId, ItemId, Lang, ReadFault, Reading, RoundId};
use crate::locales as w;

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
}

/// Where a person is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The language of the screen.
    pub lang: Lang,
    /// The screen.
    pub screen: PlaceScreen,
    /// What is being typed.
    pub typing: Option<Draft>,
    /// What was put aside.
    pub parked: Vec<Draft>,
}

impl Place {
    /// Names a screen on which nothing was typed yet.
    pub const fn new(lang: Lang, screen: PlaceScreen) -> Self {
        Self { lang, screen, typing: None, parked: Vec::new() }
    }

    /// Leads to another screen; what was being typed is put aside.
    #[must_use]
    pub fn led_to(mut self, screen: PlaceScreen) -> Self {
        self.screen = screen;
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
        let screen = match &self.screen {
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
            },
            Screen::Walk(walk) => {
                let item = walk.item().map(|item| item.id.clone());
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
        };
        let home = self.draft_home();
        let typed = |overlay: &Overlay| match overlay {
            Overlay::Field(field) => Some(Draft::of_field(field, home)),
            Overlay::Form(form) => Some(Draft::of_form(form, home)),
            _ => None,
        };
        let typing = match &self.overlay {
            Some(Overlay::Confirm { under: Some(under), .. }) => typed(under),
            Some(overlay) => typed(overlay),
            None => None,
        };
        Place { lang: self.lang, screen, typing, parked: self.parked.clone() }
    }

    /// Goes back to where the person was; what is gone meanwhile leads to the home screen.
    pub fn resume(&mut self, place: Place, reading: &dyn Reading) -> Result<(), ReadFault> {
        self.lang = place.lang;
        self.parked = place.parked;
        if let Some(screen) = self.screen_at(place.screen, reading)? {
            let home = std::mem::replace(&mut self.screen, screen);
            self.behind.push(home);
            if let Screen::Walk(_) | Screen::Summary(_) | Screen::Across(_) | Screen::Trail(_) = self.screen {
                self.tell(Tone::Plain, w::RESUMED.say(self.lang));
            }
        }
        if let Some(draft) = place.typing {
            self.retype(draft, reading)?;
        }
        Ok(())
    }

    fn screen_at(&mut self, place: PlaceScreen, reading: &dyn Reading) -> Result<Option<Screen>, ReadFault> {
        let rows = self.list_rows();
        Ok(match place {
            PlaceScreen::Home => None,
            PlaceScreen::Branches { filter, at } => Some(Screen::Branches(Branches::load(reading, &filter, at, rows)?)),
            PlaceScreen::Branch(id) => BranchPage::load(reading, id)?.map(Screen::Branch),
            PlaceScreen::Rounds { at } => Some(Screen::Rounds(Rounds::load(reading, at, rows)?)),
            PlaceScreen::Round { id, filter, only, at } => {
                RoundPage::load(reading, id, &filter, only, at, rows)?.map(Screen::Round)
            }
            PlaceScreen::Walk { round, branch, item } => {
                Walk::load(reading, round, branch, item.as_ref())?.ok().map(|walk| Screen::Walk(Box::new(walk)))
            }
            PlaceScreen::Across { round, item, branch } => {
                Across::load(reading, round, item, branch, rows)?.map(|across| Screen::Across(Box::new(across)))
            }
            PlaceScreen::Summary { round, branch } => (Walk::load(reading, round, branch, None)?.ok())
                .map(|walk| Screen::Summary(Box::new(Summary::of(walk)))),
            PlaceScreen::Checklist { edition, filter, item } => {
                ChecklistPage::load(reading, edition, &filter, item.as_ref(), rows)?.map(Screen::Checklist)
            }
            PlaceScreen::Trail { round, branch } => TrailPage::load(reading, round, branch, rows)?.map(Screen::Trail),
        })
    }
}
