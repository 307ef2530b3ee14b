//! Moving in lists, and what actions mean on the screens that are one.

use super::screens::steps;
use super::{Action, ChecklistPage, Cursor, Model, Screen, Tone};
use crate::domain::{ReadFault, Reading};
use crate::locales as w;

impl Model {
    pub(super) fn moved(cursor: &mut Cursor, action: Action, count: u32, len: usize, rows: usize) -> bool {
        let count = steps(count);
        match action {
            Action::Down => cursor.step(count, len, rows),
            Action::Up => cursor.step(-count, len, rows),
            Action::PageDown => cursor.step(rows.cast_signed(), len, rows),
            Action::PageUp => cursor.step(-rows.cast_signed(), len, rows),
            Action::First => cursor.go(0, len, rows),
            Action::Last => cursor.go(len, len, rows),
            _ => return false,
        }
        true
    }

    pub(super) fn in_list(&mut self, action: Action, reading: &dyn Reading) -> Result<(), ReadFault> {
        let count = self.count.unwrap_or(1);
        let rows = match &self.screen {
            Screen::Round(page) => page.room(self.list_rows()),
            _ => self.list_rows(),
        };
        let (cursor, len) = match &mut self.screen {
            Screen::Home(home) => {
                let len = if home.steps().is_empty() { home.tasks.len() } else { home.steps().len() };
                (&mut home.cursor, len)
            }
            Screen::Branches(branches) => (&mut branches.cursor, branches.rows.len()),
            Screen::Branch(page) => (&mut page.cursor, page.rounds.len()),
            Screen::Rounds(rounds) => (&mut rounds.cursor, rounds.lines.len()),
            Screen::Round(page) => (&mut page.cursor, page.rows.len()),
            Screen::Checklist(page) => (&mut page.cursor, page.rows.len()),
            Screen::Trail(page) => (&mut page.cursor, page.entries.len()),
            Screen::Walk(_)
            | Screen::Across(_)
            | Screen::Summary(_)
            | Screen::Ledger(_)
            | Screen::Rect(_)
            | Screen::Analysis(_)
            | Screen::Lookbacks(_)
            | Screen::Lookback(_)
            | Screen::Progress(_)
            | Screen::Calibration(_) => return Ok(()),
        };
        if Self::moved(cursor, action, count, len, rows) {
            return self.settle(reading);
        }
        self.list_action(action, reading)
    }

    fn list_action(&mut self, action: Action, reading: &dyn Reading) -> Result<(), ReadFault> {
        let rows = self.list_rows();
        match (action, &mut self.screen) {
            (Action::Open, _) => self.open_selected(reading)?,
            (Action::BranchEdit, Screen::Branches(branches)) => {
                if let Some(branch) = branches.selected().map(|id| reading.branch(id)).transpose()?.flatten() {
                    self.open_branch_edit(&branch, reading)?;
                }
            }
            (Action::BranchEdit, Screen::Branch(page)) => {
                let branch = page.branch.clone();
                self.open_branch_edit(&branch, reading)?;
            }
            (Action::BranchRetire, Screen::Branches(_) | Screen::Branch(_)) => self.retire_selected(reading)?,
            (Action::RoundEdit | Action::RoundClose | Action::RoundCorrect | Action::RoundProgress, _) => {
                self.round_action(action, reading)?;
            }
            (Action::RoundOnly, Screen::Round(page)) => {
                page.only_unfinished = !page.only_unfinished;
                page.search(reading, rows)?;
            }
            (Action::NextPane, Screen::Checklist(page)) => {
                let at = page.editions.iter().position(|line| line.id == page.edition).unwrap_or_default();
                if let Some(next) = page.editions.get((at + 1) % page.editions.len().max(1)).map(|line| line.id)
                    && let Some(other) = ChecklistPage::load(reading, next, "", None, rows)?
                {
                    self.screen = Screen::Checklist(other);
                }
            }
            _ => self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang)),
        }
        Ok(())
    }
}
