//! What actions mean in the analysis.

use super::analysis::Pane;
use super::{Action, AnalysisPage, Model, Screen, Tone};
use crate::domain::{ReadFault, Reading, RoundId};
use crate::locales as w;

/// Returns the pane that an action opens.
const fn pane_of(action: Action) -> Option<Pane> {
    Some(match action {
        Action::PaneHeat => Pane::Heat,
        Action::PaneTrend => Pane::Trend,
        Action::PaneItems => Pane::Items,
        Action::PaneRanks => Pane::Ranks,
        Action::PaneLedger => Pane::Ledger,
        _ => return None,
    })
}

impl Model {
    /// Returns the lines that a pane of the analysis has: those of a list without its column heads and its sums.
    pub fn analysis_rows(&self) -> usize {
        self.list_rows().saturating_sub(2).max(1)
    }

    /// Opens the analysis of the latest round with a signature.
    pub(super) fn open_analysis(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        match AnalysisPage::load(reading, self.looker(), None)? {
            Some(page) => self.open(Screen::Analysis(Box::new(page))),
            None => self.tell(Tone::Plain, w::NO_ROUNDS_YET.say(self.lang)),
        }
        Ok(())
    }

    /// Reads the analysis of a round at a pane and a column.
    pub(super) fn analysis_at(
        &self,
        round: Option<RoundId>,
        pane: Pane,
        column: usize,
        reading: &dyn Reading,
    ) -> Result<Option<Screen>, ReadFault> {
        Ok(AnalysisPage::load(reading, self.looker(), round)?.map(|mut page| {
            page.look(pane);
            page.go_column(column.cast_signed());
            Screen::Analysis(Box::new(page))
        }))
    }

    pub(super) fn in_analysis(&mut self, action: Action, reading: &dyn Reading) -> Result<(), ReadFault> {
        let (rows, count) = (self.analysis_rows(), self.count.unwrap_or(1));
        let Screen::Analysis(page) = &mut self.screen else { return Ok(()) };
        let mut cursor = page.cursor;
        if Self::moved(&mut cursor, action, count, page.len(), rows) {
            page.cursor = cursor;
            return Ok(());
        }
        if let Some(pane) = pane_of(action) {
            page.look(pane);
            return Ok(());
        }
        let steps = isize::try_from(count).unwrap_or(isize::MAX);
        match action {
            Action::NextPane => {
                let at = Pane::ALL.iter().position(|pane| *pane == page.pane).unwrap_or_default();
                page.look(Pane::ALL.get(at + 1).copied().unwrap_or_default());
            }
            Action::ColumnLeft => page.go_column(-steps),
            Action::ColumnRight => page.go_column(steps),
            Action::OlderRound | Action::NewerRound => {
                let by = if action == Action::OlderRound { steps } else { -steps };
                let (round, pane, column) = (page.round_beside(by), page.pane, page.column);
                match round {
                    Some(round) => {
                        if let Some(screen) = self.analysis_at(Some(round), pane, column, reading)? {
                            self.screen = screen;
                        }
                    }
                    None => {
                        let text = w::NOWHERE.fill(self.lang, &[&action.word().say(self.lang)]);
                        self.tell(Tone::Plain, text);
                    }
                }
            }
            Action::Open => self.open_behind(reading)?,
            _ => self.tell(Tone::Plain, w::NOT_ON_THIS_SCREEN.say(self.lang)),
        }
        Ok(())
    }
}
