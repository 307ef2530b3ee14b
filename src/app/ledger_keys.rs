//! What actions mean in the ledger and on an item's page.

use super::{Action, Effect, Model, Screen, Tone, verb_of};
use crate::domain::{LedgerView, ReadFault, Reading};
use crate::locales as w;

/// Returns the view that an action opens.
const fn view_of(action: Action) -> Option<LedgerView> {
    Some(match action {
        Action::ViewOpen => LedgerView::Open,
        Action::ViewOverdue => LedgerView::Overdue,
        Action::ViewNear => LedgerView::Near,
        Action::ViewToVerify => LedgerView::ToVerify,
        Action::ViewMine => LedgerView::Mine,
        Action::ViewRepeated => LedgerView::Repeated,
        Action::ViewDrafted => LedgerView::Drafted,
        Action::ViewClosed => LedgerView::Closed,
        Action::ViewAll => LedgerView::All,
        _ => return None,
    })
}

impl Model {
    /// Returns the rows that the ledger has: those of a list without its column heads, and without the lines that say
    /// what the selected item is about, where there is room for them.
    pub fn ledger_rows(&self) -> usize {
        let rows = self.list_rows().saturating_sub(1).max(1);
        if rows >= 14 { rows - 3 } else { rows }
    }

    /// Says whether the screen waits for a large ledger.
    pub fn is_coming(&self) -> bool {
        match &self.screen {
            Screen::Ledger(page) => page.is_coming(),
            Screen::Analysis(page) => page.ledger.is_none(),
            Screen::Home(home) => home.is_coming(),
            _ => false,
        }
    }

    /// Says whether something goes on between keys, see [`super::Msg::More`].
    pub fn has_more(&self) -> bool {
        match &self.screen {
            Screen::Ledger(page) => page.has_more(),
            Screen::Home(home) => home.has_more() || !self.is_ready(),
            _ => false,
        }
    }

    /// Does a part of what goes on between keys.
    pub(super) fn go_on(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let rows = self.ledger_rows();
        match &mut self.screen {
            Screen::Ledger(page) => page.go_on(reading, rows)?,
            Screen::Home(home) if home.has_more() => {
                let there = home.ask(reading)?;
                if there {
                    self.refresh(reading)?;
                }
            }
            Screen::Home(_) => self.make_ready(reading),
            _ => {}
        }
        Ok(())
    }

    /// Follows the calendar on screens that count days.
    pub(super) fn turn_the_day(&mut self) {
        let (today, rows) = (self.moment.day, self.ledger_rows());
        match &mut self.screen {
            Screen::Ledger(page) => page.turn(today, rows),
            Screen::Rect(page) => page.looker.today = today,
            Screen::Analysis(page) => page.looker.today = today,
            _ => {}
        }
    }

    pub(super) fn in_ledger(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let (rows, count) = (self.ledger_rows(), self.count.unwrap_or(1));
        let Screen::Ledger(page) = &mut self.screen else { return Ok(()) };
        let mut cursor = page.cursor;
        if Self::moved(&mut cursor, action, count, page.rows.len(), rows) {
            page.cursor = cursor;
            return Ok(());
        }
        if let Some(view) = view_of(action) {
            page.look(view, rows);
            return Ok(());
        }
        match action {
            Action::Sort => page.sort(page.sort.next(), rows),
            Action::MarkRow => {
                page.mark();
                page.cursor.step(1, page.rows.len(), rows);
            }
            Action::MarkAll => page.mark_all(),
            Action::Open => self.open_selected(reading)?,
            _ => self.rect_action(action, reading, effects)?,
        }
        Ok(())
    }

    pub(super) fn in_rect(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let (half, count) = (self.list_rows() / 2, self.count.unwrap_or(1) as usize);
        let Screen::Rect(page) = &self.screen else { return Ok(()) };
        let items = page.followed.items.len();
        let last = self.rect_lines(page).len().saturating_sub(self.rect_room(page));
        let Screen::Rect(page) = &mut self.screen else { return Ok(()) };
        match action {
            Action::Down => page.scroll = page.scroll.saturating_add(count).min(last),
            Action::Up => page.scroll = page.scroll.saturating_sub(count),
            Action::PageDown => page.scroll = page.scroll.saturating_add(half).min(last),
            Action::PageUp => page.scroll = page.scroll.saturating_sub(half),
            Action::First => page.scroll = 0,
            Action::Last => page.scroll = last,
            // The next item of the same finding.
            Action::NextPane => {
                let at = usize::from(page.item) % items.max(1);
                (page.item, page.scroll) = (u8::try_from(at + 1).unwrap_or(1), 0);
            }
            Action::Open => self.step_forward(reading, effects)?,
            _ => self.rect_action(action, reading, effects)?,
        }
        self.settle(reading)
    }

    /// What is the same in the ledger and on an item's page.
    fn rect_action(
        &mut self,
        action: Action,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        if let Some(step) = verb_of(action) {
            return self.begin_step(step, reading, effects);
        }
        match action {
            Action::StepNext => self.step_forward(reading, effects)?,
            Action::GoWalk => {
                let id = match &self.screen {
                    Screen::Ledger(page) => page.selected(),
                    Screen::Rect(page) => Some(page.id()),
                    _ => None,
                };
                let Some(id) = id else { return Ok(()) };
                let item = reading.followed(id.finding)?.map(|followed| followed.facts.item);
                self.walk_into(id.finding.round, id.finding.branch, item.as_ref(), reading)?;
            }
            _ => self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang)),
        }
        Ok(())
    }
}
