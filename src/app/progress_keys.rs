//! What actions mean on the screen of a round's progress.

use super::progress::team_text;
use super::{
    Action, BranchPage, Confirmed, Effect, Filter, Model, ProgressPage, ProgressPane, ProgressRow, Screen, Tone,
};
use crate::domain::{BranchId, Command, ReadFault, Reading, Request, RoundCommand, RoundId};
use crate::locales as w;

/// Returns the pane that an action opens.
const fn pane_of(action: Action) -> Option<ProgressPane> {
    Some(match action {
        Action::PaneUnits => ProgressPane::Units,
        Action::PaneTeams => ProgressPane::Teams,
        Action::PaneWalkers => ProgressPane::Walkers,
        _ => return None,
    })
}

impl Model {
    pub(super) fn open_progress(&mut self, id: RoundId, reading: &dyn Reading) -> Result<(), ReadFault> {
        if let Some(page) = ProgressPage::load(reading, id, ProgressPane::default())? {
            self.open(Screen::Progress(Box::new(page)));
        }
        Ok(())
    }

    pub(super) fn in_progress(&mut self, action: Action, reading: &dyn Reading) -> Result<(), ReadFault> {
        let (rows, count) = (self.list_rows(), self.count.unwrap_or(1));
        let Screen::Progress(page) = &mut self.screen else { return Ok(()) };
        let (len, room) = (page.rows.len(), page.room(rows));
        if Self::moved(&mut page.cursor, action, count, len, room) {
            return Ok(());
        }
        if let Some(pane) = pane_of(action) {
            page.look(pane);
            return Ok(());
        }
        match action {
            Action::NextPane => {
                let at = ProgressPane::ALL.iter().position(|pane| *pane == page.pane).unwrap_or_default();
                page.look(ProgressPane::ALL.get(at + 1).copied().unwrap_or_default());
            }
            Action::RoundOnly => {
                page.only_unfinished = !page.only_unfinished;
                page.search(rows);
            }
            Action::Open => self.open_counted(reading)?,
            Action::TeamEdit | Action::TeamOff => match page.unit() {
                Some(unit) if action == Action::TeamEdit => self.begin_team(unit, reading)?,
                Some(unit) => self.begin_team_off(unit, reading)?,
                None => self.tell(Tone::Plain, w::NO_UNIT_HERE.say(self.lang)),
            },
            _ => self.round_action(action, reading)?,
        }
        Ok(())
    }

    /// Opens what stands behind a count: a branch's walk, a unit, the branches of a team or of an inspector.
    fn open_counted(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let rows = self.list_rows();
        let Screen::Progress(page) = &mut self.screen else { return Ok(()) };
        let round = page.round.id;
        match page.selected().cloned() {
            Some(ProgressRow::Unit(unit)) if page.round.branches.binary_search(&unit).is_ok() => {
                self.walk_into(round, unit, None, reading)?;
            }
            Some(ProgressRow::Unit(unit)) => {
                if let Some(unit) = BranchPage::load(reading, unit)? {
                    self.open(Screen::Branch(unit));
                }
            }
            Some(ProgressRow::Team(unit)) => {
                page.look(ProgressPane::Units);
                page.select(Some(&ProgressRow::Unit(unit)), rows);
            }
            Some(ProgressRow::Walker(person)) => {
                page.look(ProgressPane::Units);
                page.filter = Some(Filter::new(&person.0, false));
                page.search(rows);
            }
            Some(ProgressRow::All | ProgressRow::Loose) => self.open_round(round, reading)?,
            None => {}
        }
        Ok(())
    }

    /// Asks before a team is taken off.
    fn begin_team_off(&mut self, unit: BranchId, reading: &dyn Reading) -> Result<(), ReadFault> {
        let Screen::Progress(page) = &self.screen else { return Ok(()) };
        let round = std::sync::Arc::clone(&page.round);
        let name = page.tree.line(unit).map_or_else(String::new, |line| line.name.clone());
        if self.refuse_office(&round, reading)? {
            return Ok(());
        }
        match round.teams.get(&unit) {
            Some(members) => {
                let question = w::ASK_TEAM_OFF.fill(self.lang, &[&name, &team_text(members)]);
                self.ask(question, Confirmed::TeamOff(round.id, unit));
            }
            None => self.tell(Tone::Plain, w::NO_OWN_TEAM.fill(self.lang, &[&name])),
        }
        Ok(())
    }

    /// Takes a team off, as the round stands now.
    pub(super) fn take_team_off(
        &mut self,
        id: RoundId,
        unit: BranchId,
        reading: &dyn Reading,
    ) -> Result<Effect, ReadFault> {
        let saw = reading.round(id)?.map_or_else(Default::default, |round| round.rev);
        let command = Command::Round(id, RoundCommand::Assign { unit, members: Vec::new() });
        Ok(self.submit(Request { by: self.me.clone(), saw, command }))
    }
}
