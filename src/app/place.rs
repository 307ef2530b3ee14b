//! Where a person is, and what they have half typed: kept off the journal, so that a dropped line resumes there.

use serde::{Deserialize, Serialize};

use super::{
    Across, BranchPage, Branches, ChecklistPage, Field, FindingDraft, Form, FormKind, Model, Overlay, Purpose,
    RoundPage, Rounds, Screen, Summary, Tone, TrailPage, Value, Walk,
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

/// What a draft belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum DraftKind {
    Field(Purpose),
    Branch(Option<BranchId>),
    Round(Option<RoundId>),
    Finding(FindingDraft),
}

/// A text that is not kept yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    kind: DraftKind,
    home: Option<(RoundId, BranchId)>,
    values: Vec<String>,
    focus: usize,
    caret: usize,
    rewritten: bool,
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

impl Draft {
    /// Makes a draft of a field.
    pub fn of_field(field: &Field, home: Option<(RoundId, BranchId)>) -> Self {
        Self {
            kind: DraftKind::Field(field.purpose.clone()),
            home,
            values: vec![field.edit.text().to_owned()],
            focus: 0,
            caret: field.edit.caret(),
            rewritten: false,
        }
    }

    /// Makes a draft of a form.
    pub fn of_form(form: &Form, home: Option<(RoundId, BranchId)>) -> Self {
        let values = form.rows.iter().map(|row| match &row.value {
            Value::Text(edit) => edit.text().to_owned(),
            Value::Choice { at, .. } => at.to_string(),
        });
        let caret = match form.rows.get(form.focus).map(|row| &row.value) {
            Some(Value::Text(edit)) => edit.caret(),
            _ => 0,
        };
        let (kind, rewritten) = match &form.kind {
            FormKind::Branch { id, .. } => (DraftKind::Branch(*id), false),
            FormKind::Round { id, .. } => (DraftKind::Round(*id), false),
            FormKind::Finding(draft) => (DraftKind::Finding(draft.clone()), draft.rewritten),
        };
        Self { kind, home, values: values.collect(), focus: form.focus, caret, rewritten }
    }

    pub(super) fn is_field(&self, purpose: &Purpose, home: Option<(RoundId, BranchId)>) -> bool {
        self.kind == DraftKind::Field(purpose.clone()) && self.home == home
    }

    pub(super) fn is_form(&self, form: &Form, home: Option<(RoundId, BranchId)>) -> bool {
        let same = match (&self.kind, &form.kind) {
            (DraftKind::Branch(mine), FormKind::Branch { id, .. }) => mine == id,
            (DraftKind::Round(mine), FormKind::Round { id, .. }) => mine == id,
            (DraftKind::Finding(mine), FormKind::Finding(draft)) => (&mine.item, mine.n) == (&draft.item, draft.n),
            _ => false,
        };
        same && self.home == home && self.values.len() == form.rows.len()
    }

    pub(super) fn same_place(&self, other: &Self) -> bool {
        let same = match (&self.kind, &other.kind) {
            (DraftKind::Finding(mine), DraftKind::Finding(other)) => (&mine.item, mine.n) == (&other.item, other.n),
            (mine, other) => mine == other,
        };
        same && self.home == other.home
    }

    pub(super) fn into_field(self) -> Option<Field> {
        let DraftKind::Field(purpose) = self.kind else {
            return None;
        };
        let mut field = Field::new(purpose, self.values.first().map_or("", String::as_str));
        field.edit.set_caret(self.caret);
        Some(field)
    }

    /// Puts what was typed back into a freshly opened form.
    pub(super) fn into_form(self, mut form: Form) -> Form {
        for (row, value) in form.rows.iter_mut().zip(&self.values) {
            match &mut row.value {
                Value::Text(edit) => *edit = edit.clone().with_text(value),
                Value::Choice { options, at } => {
                    *at = value.parse().unwrap_or(*at).min(options.len().saturating_sub(1));
                }
            }
        }
        form.focus = self.focus.min(form.rows.len().saturating_sub(1));
        form.touched = true;
        if let Some(edit) = form.edit_mut() {
            edit.set_caret(self.caret);
        }
        if let FormKind::Finding(draft) = &mut form.kind {
            draft.rewritten = self.rewritten;
        }
        form
    }
}

impl Model {
    /// Returns the inspection that a draft typed now would belong to.
    pub(super) fn draft_home(&self) -> Option<(RoundId, BranchId)> {
        self.walk().map(|walk| (walk.round.id, walk.inspection.branch))
    }

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
        let Some(screen) = self.screen_at(place.screen, reading)? else {
            return Ok(());
        };
        let home = std::mem::replace(&mut self.screen, screen);
        if !matches!(self.screen, Screen::Home(_)) {
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

    fn retype(&mut self, draft: Draft, reading: &dyn Reading) -> Result<(), ReadFault> {
        if draft.home != self.draft_home() {
            self.parked.push(draft);
            return Ok(());
        }
        self.parked.push(draft.clone());
        match draft.kind {
            DraftKind::Field(purpose) => self.open_field(purpose, ""),
            DraftKind::Finding(_) => self.open_finding(),
            DraftKind::Branch(None) => self.open_new_branch(None),
            DraftKind::Branch(Some(id)) => {
                if let Some(branch) = reading.branch(id)? {
                    self.open_branch_edit(&branch, reading)?;
                }
            }
            DraftKind::Round(None) => self.open_new_round(reading)?,
            DraftKind::Round(Some(id)) => self.open_round_edit(id, reading)?,
        }
        self.tell(Tone::Plain, w::RESUMED.say(self.lang));
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

    /// Keeps a copy of a form aside until the desk has answered, so that a refusal loses nothing.
    pub(super) fn keep_aside(&mut self, form: &Form) {
        let draft = Draft::of_form(form, self.draft_home());
        self.parked.retain(|other| !other.same_place(&draft));
        self.parked.push(draft.clone());
        self.aside = Some(draft);
    }

    /// Forgets the copy once the desk has kept the form.
    pub(super) fn forget_aside(&mut self) {
        if let Some(kept) = self.aside.take() {
            self.parked.retain(|other| !other.same_place(&kept));
        }
    }
}
