//! A filter over a list: opening it, typing in it, and looking for what is typed.

use super::update::type_into;
use super::{Action, Effect, Filter, Model, Screen, Tone};
use crate::domain::{ReadFault, Reading};
use crate::keys::{Code, Key};
use crate::locales as w;

impl Model {
    pub(super) fn open_new_filter(&mut self) {
        let text = match &self.screen {
            Screen::Branches(branches) => branches.filter_text().to_owned(),
            Screen::Round(page) => page.filter_text().to_owned(),
            Screen::Checklist(page) => page.filter_text().to_owned(),
            Screen::Ledger(page) => page.filter_text().to_owned(),
            Screen::Progress(page) => page.filter_text().to_owned(),
            _ => {
                self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang));
                return;
            }
        };
        let filter = Some(Filter::new(&text, true));
        match &mut self.screen {
            Screen::Branches(branches) => branches.filter = filter,
            Screen::Round(page) => page.filter = filter,
            Screen::Checklist(page) => page.filter = filter,
            Screen::Ledger(page) => page.filter = filter,
            Screen::Progress(page) => page.filter = filter,
            _ => {}
        }
    }

    /// Returns the filter that has the keys.
    pub(super) fn open_filter(&mut self) -> Option<&mut Filter> {
        let filter = match &mut self.screen {
            Screen::Branches(branches) => branches.filter.as_mut(),
            Screen::Round(page) => page.filter.as_mut(),
            Screen::Checklist(page) => page.filter.as_mut(),
            Screen::Ledger(page) => page.filter.as_mut(),
            Screen::Progress(page) => page.filter.as_mut(),
            _ => None,
        };
        filter.filter(|filter| filter.open)
    }

    /// Looks for what is typed in the filter of the screen.
    pub(super) fn search(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let (rows, ledger_rows) = (self.list_rows(), self.ledger_rows());
        match &mut self.screen {
            Screen::Branches(branches) => branches.search(rows),
            Screen::Round(page) => page.search(reading, rows)?,
            Screen::Checklist(page) => page.search(rows),
            Screen::Ledger(page) => page.search(ledger_rows),
            Screen::Progress(page) => page.search(rows),
            _ => {}
        }
        Ok(())
    }

    pub(super) fn filter_key(
        &mut self,
        key: Key,
        reading: &dyn Reading,
        effects: &mut Vec<Effect>,
    ) -> Result<(), ReadFault> {
        let (cols, ambiguous) = (self.field_cols(), self.ambiguous);
        match key.code {
            Code::Down => self.run(Action::Down, reading, effects),
            Code::Up => self.run(Action::Up, reading, effects),
            Code::Enter | Code::Esc => {
                let drop_it = key.code == Code::Esc;
                if let Some(filter) = self.open_filter() {
                    filter.open = false;
                    if drop_it {
                        filter.edit.clear();
                    }
                }
                if drop_it { self.show_all(reading) } else { Ok(()) }
            }
            _ => {
                let Some(filter) = self.open_filter() else {
                    return Ok(());
                };
                type_into(&mut filter.edit, key, cols, ambiguous);
                self.search(reading)
            }
        }
    }
}
