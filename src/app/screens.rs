//! What actions mean on each screen, and how screens follow what becomes true.

use super::home_tasks::counted;
use super::walk_moves::target;
use super::{
    Across, Action, Branches, ChecklistPage, Confirmed, Cursor, Effect, Model, Overlay, Purpose, Rounds, Screen,
    Summary, Tone, TrailPage, Walk,
};
use crate::domain::{ItemId, ReadFault, Reading, Refusal, newest};
use crate::locales::{self as w, said};

impl Model {
    /// Opens a screen in front of this one.
    pub(super) fn open(&mut self, screen: Screen) {
        let mut before = std::mem::replace(&mut self.screen, screen);
        if let Screen::Home(home) = &mut before {
            home.rest();
        }
        self.behind.push(before);
        self.shorten_the_way_back();
    }

    /// Goes back one screen and reads it anew.
    pub(super) fn back(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        if let Some(before) = self.behind.pop() {
            self.screen = before;
            self.refresh(reading)?;
        } else if matches!(self.screen, Screen::Home(_)) {
            let keys = self.keys_of(Action::Quit);
            self.tell(Tone::Plain, w::LEAVE_WITH.fill(self.lang, &[&keys]));
        } else {
            self.screen = Screen::Home(self.home(reading)?);
        }
        Ok(())
    }

    pub(super) fn screen_action(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let rows = self.list_rows();
        if let Some(view) = counted(action) {
            return self.open_ledger(view, reading);
        }
        match action {
            Action::GoHome => {
                self.behind.clear();
                self.screen = Screen::Home(self.home(reading)?);
            }
            Action::GoRounds => self.open(Screen::Rounds(Rounds::load(reading, None, rows)?)),
            Action::GoBranches => self.open(Screen::Branches(Branches::load(reading, "", None, rows)?)),
            Action::GoAnalysis => self.open_analysis(reading)?,
            Action::GoLedger => self.open_ledger(crate::domain::LedgerView::Open, reading)?,
            Action::GoLookbacks => self.open_lookbacks(reading)?,
            Action::GoCalibration => self.go_calibration(reading)?,
            Action::GoChecklist => self.open_checklist(reading)?,
            Action::Filter => {
                // In a walk the items are looked for in the checklist, from where Enter leads back to one.
                if matches!(self.screen, Screen::Walk(_)) {
                    self.open_checklist(reading)?;
                }
                self.open_new_filter();
            }
            Action::Rename => {
                let name = reading.house()?.name;
                self.open_field(Purpose::Organisation, &name);
            }
            Action::BranchAdd => {
                let parent = match &self.screen {
                    Screen::Branches(branches) => branches.selected(),
                    Screen::Branch(page) => Some(page.branch.id),
                    _ => None,
                };
                let parent = match parent {
                    Some(parent) => reading.branch(parent)?,
                    None => None,
                };
                // A branch is added beside a branch and below what is above branches.
                let above = match parent {
                    Some(branch) if branch.facts.kind >= crate::domain::BranchKind::Zhibu => {
                        match branch.facts.parent {
                            Some(parent) => reading.branch(parent)?,
                            None => None,
                        }
                    }
                    other => other,
                };
                self.open_new_branch(above.as_ref());
            }
            Action::RoundAdd => self.open_new_round(reading)?,
            Action::RoundJoin => effects.extend(self.join_selected(reading)?),
            _ => match &self.screen {
                Screen::Walk(_) => self.in_walk(action, reading, effects)?,
                Screen::Across(_) => self.in_across(action, reading, effects)?,
                Screen::Summary(_) => self.in_summary(action, reading, effects)?,
                Screen::Ledger(_) => self.in_ledger(action, reading, effects)?,
                Screen::Analysis(_) => self.in_analysis(action, reading)?,
                Screen::Rect(_) => self.in_rect(action, reading, effects)?,
                Screen::Lookbacks(_) | Screen::Lookback(_) => self.in_lookbacks(action, reading, effects)?,
                Screen::Progress(_) => self.in_progress(action, reading)?,
                Screen::Calibration(_) => self.in_calibration(action, reading, effects)?,
                _ => self.in_list(action, reading)?,
            },
        }
        Ok(())
    }

    fn open_checklist(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let rows = self.list_rows();
        let (edition, item) = match self.walk() {
            Some(walk) => (Some(walk.round.plan.edition), walk.item().map(|item| item.id.clone())),
            None => (newest(&reading.editions()?).map(|line| line.id), None),
        };
        let page = match edition {
            Some(edition) => ChecklistPage::load(reading, edition, "", item.as_ref(), rows)?,
            None => None,
        };
        match page {
            Some(mut page) => {
                if let Some(walk) = self.walk() {
                    page.profile = walk.round.plan.profile;
                }
                self.open(Screen::Checklist(page));
            }
            None => self.tell(Tone::Warning, w::NO_CHECKLIST.say(self.lang)),
        }
        Ok(())
    }

    fn in_walk(&mut self, action: Action, reading: &dyn Reading, effects: &mut Vec<Effect>) -> Result<(), ReadFault> {
        let count = self.count.unwrap_or(1).max(1) as usize;
        let Screen::Walk(walk) = &mut self.screen else {
            return Ok(());
        };
        match action {
            Action::PageDown => walk.scroll += 5,
            Action::PageUp => walk.scroll = walk.scroll.saturating_sub(5),
            Action::Open => self.open_finding_or_note(),
            Action::Down
            | Action::Up
            | Action::First
            | Action::Last
            | Action::NextOpen
            | Action::PreviousOpen
            | Action::NextFailed
            | Action::PreviousFailed
            | Action::NextMarked
            | Action::NextGroup
            | Action::PreviousGroup => match target(walk, &self.me, action, count) {
                Some(at) => (walk.at, walk.scroll) = (at, 0),
                None => {
                    let text = w::NOWHERE.fill(self.lang, &[&action.word().say(self.lang)]);
                    self.tell(Tone::Plain, text);
                }
            },
            _ => self.walk_action(action, reading, effects)?,
        }
        Ok(())
    }

    /// Enter on an item: its finding where it failed, its note otherwise.
    fn open_finding_or_note(&mut self) {
        let Some(walk) = self.walk() else { return };
        let Some(item) = walk.item() else { return };
        if walk.inspection.verdict(&item.id) == Some(crate::domain::Verdict::Fail) {
            self.open_finding();
        } else {
            self.open_note();
        }
    }

    /// Opens the note on the item that is looked at.
    pub(super) fn open_note(&mut self) {
        let Some((walk, item)) = self.walk().and_then(|walk| Some((walk, walk.item()?.id.clone()))) else { return };
        let text = walk.inspection.note(&item).to_owned();
        self.open_field(Purpose::Note(item), &text);
    }

    /// The actions of a walk that lead to another screen.
    pub(super) fn walk_elsewhere(
        &mut self,
        action: Action,
        item: ItemId,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        let rows = self.list_rows();
        if self.is_blind() {
            return self.blind_elsewhere(action, reading);
        }
        let Some(walk) = self.walk() else { return Ok(()) };
        let (round, branch) = (walk.round.id, walk.inspection.branch);
        match action {
            Action::Across => {
                if let Some(across) = Across::load(reading, round, item, Some(branch), rows)? {
                    self.open(Screen::Across(Box::new(across)));
                }
            }
            Action::GoRect => self.open_rect_of_walk(reading)?,
            Action::Trail => {
                if let Some(page) = TrailPage::load(reading, round, branch, rows)? {
                    self.open(Screen::Trail(page));
                }
            }
            Action::Explain => {
                if walk.score.losses.is_empty() {
                    self.tell(Tone::Plain, w::NOTHING_LOST.say(self.lang));
                } else {
                    self.overlay = Some(Overlay::Losses { cursor: Cursor::default() });
                }
            }
            Action::Summary => {
                let summary = Summary::of(walk.clone(), reading.house()?);
                self.open(Screen::Summary(Box::new(summary)));
            }
            Action::NextBranch | Action::PreviousBranch => self.other_branch(action, &item, reading)?,
            _ => self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang)),
        }
        Ok(())
    }

    /// Goes to the neighbouring branch of the round, at the same item where it was begun.
    fn other_branch(&mut self, action: Action, item: &ItemId, reading: &dyn Reading) -> Result<(), ReadFault> {
        let Some(walk) = self.walk() else { return Ok(()) };
        let tree = reading.tree()?;
        let mut order: Vec<_> = walk.round.branches.iter().filter_map(|id| Some((tree.place(*id)?, *id))).collect();
        order.sort_unstable();
        let here = order.iter().position(|(_, id)| *id == walk.inspection.branch).unwrap_or_default();
        let there = if action == Action::NextBranch { here.checked_add(1) } else { here.checked_sub(1) };
        let Some((_, branch)) = there.and_then(|there| order.get(there).copied()) else {
            let text = w::NOWHERE.fill(self.lang, &[&action.word().say(self.lang)]);
            self.tell(Tone::Plain, text);
            return Ok(());
        };
        let round = walk.round.id;
        if let Ok(other) = Walk::load(reading, round, branch, Some(item))? {
            self.screen = Screen::Walk(Box::new(other));
        }
        Ok(())
    }

    fn in_across(&mut self, action: Action, reading: &dyn Reading, effects: &mut Vec<Effect>) -> Result<(), ReadFault> {
        let rows = self.list_rows();
        let count = steps(self.count.unwrap_or(1));
        let Screen::Across(across) = &mut self.screen else {
            return Ok(());
        };
        let len = across.rows.len();
        match action {
            Action::Down | Action::NextBranch => across.cursor.step(count, len, rows),
            Action::Up | Action::PreviousBranch => across.cursor.step(-count, len, rows),
            Action::PageDown => across.cursor.step(rows.cast_signed(), len, rows),
            Action::PageUp => across.cursor.step(-rows.cast_signed(), len, rows),
            Action::First => across.cursor.go(0, len, rows),
            Action::Last => across.cursor.go(len, len, rows),
            Action::NextGroup | Action::PreviousGroup | Action::NextOpen => {
                let at = across.checklist.position(&across.item).unwrap_or_default();
                let to = match action {
                    Action::PreviousGroup => at.checked_sub(1),
                    _ => at.checked_add(1),
                };
                if let Some(item) = to.and_then(|to| across.checklist.items.get(to)) {
                    across.item = item.id.clone();
                    across.forget();
                    across.walk = None;
                }
            }
            Action::Open => {
                let (round, branch, item) = (across.round.id, across.selected(), across.item.clone());
                if let Some(branch) = branch {
                    self.walk_into(round, branch, Some(&item), reading)?;
                }
                return Ok(());
            }
            Action::Across => return self.back(reading),
            _ => self.walk_action(action, reading, effects)?,
        }
        self.settle(reading)
    }

    fn in_summary(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let rows = self.list_rows().saturating_sub(SUMMARY_HEAD);
        let Screen::Summary(summary) = &mut self.screen else {
            return Ok(());
        };
        let lines = summary.lines();
        match action {
            Action::SignOff => {
                let missing = summary.missing();
                if !missing.is_empty() {
                    let text = said(&Refusal::Incomplete(Box::new(missing)), self.lang);
                    self.tell(Tone::Warning, text);
                    return Ok(());
                }
                let question = w::ASK_SIGN.fill(self.lang, &[&summary.walk.branch.facts.name]);
                self.ask(question, Confirmed::SignOff);
            }
            Action::Open => {
                let item = lines.get(summary.cursor.at).and_then(|line| summary.item_of(line));
                if let Some(item) = item {
                    self.back(reading)?;
                    self.goto_item(&item);
                }
            }
            Action::Reopen | Action::Trail | Action::Undo | Action::Redo => {
                self.walk_action(action, reading, effects)?;
            }
            _ => {
                let mut cursor = summary.cursor;
                self.count = self.count.or(Some(1));
                Self::moved(&mut cursor, action, self.count.unwrap_or(1), lines.len(), rows);
                summary.cursor = cursor;
            }
        }
        Ok(())
    }

    /// Goes to an item of the walk on the screen.
    pub fn goto_item(&mut self, item: &ItemId) {
        if let Screen::Across(across) = &mut self.screen
            && across.checklist.item(item).is_some()
            && across.item != *item
        {
            // The item of the page goes along: what is judged is always what is shown.
            across.item = item.clone();
            across.forget();
        }
        if let Some(walk) = self.walk_mut()
            && let Some(at) = walk.checklist.position(item)
        {
            (walk.at, walk.scroll) = (at, 0);
        }
    }

    pub(super) fn walk_into(
        &mut self,
        round: crate::domain::RoundId,
        branch: crate::domain::BranchId,
        item: Option<&ItemId>,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        match Walk::load(reading, round, branch, item)? {
            Ok(walk) => {
                self.open(Screen::Walk(Box::new(walk)));
                self.tell_calibration();
            }
            Err(refusal) => {
                let text = said(&refusal, self.lang);
                self.tell(Tone::Warning, text);
            }
        }
        Ok(())
    }
}

/// Lines above the list of a summary.
pub const SUMMARY_HEAD: usize = 7;

/// Turns a count that was typed into steps; none is one.
pub(super) fn steps(count: u32) -> isize {
    isize::try_from(count.max(1)).unwrap_or(isize::MAX)
}
