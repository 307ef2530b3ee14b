//! What stands behind a number of the analysis: Enter leads to exactly the rows that it counts, and back to the number.

use super::analysis::Pane;
use super::{AnalysisPage, LedgerPage, Model, RoundNarrow, RoundPage, Rounds, Screen, Signed};
use crate::domain::{
    BranchId, Counted, Figure, ItemId, LedgerSort, LedgerView, Narrow, RateKind, ReadFault, Reading, RoundId, Share,
};

/// A number of a figure of the ledger, by where it stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureNumber {
    /// Whether it is of the round alone; of all rounds otherwise.
    pub own: bool,
    /// Which of the two numbers.
    pub share: Share,
}

impl FigureNumber {
    /// Numbers in a line.
    pub const COUNT: usize = 4;

    /// Finds the number at a place from the left: a rate is written part of whole, an age whole and part of it.
    pub const fn at(figure: Figure, place: usize) -> Self {
        let share = match (figure, place % 2) {
            (Figure::Age(_), 0) | (Figure::Rate(_), 1) => Share::Whole,
            (Figure::Age(_) | Figure::Rate(_), _) => Share::Part,
        };
        Self { own: place < 2, share }
    }
}

impl AnalysisPage {
    /// Counts the numbers side by side in a line of the pane.
    pub(super) fn numbers(&self) -> usize {
        match self.pane {
            Pane::Heat => self.analysis.columns.len(),
            Pane::Items => 2,
            Pane::Ledger => FigureNumber::COUNT,
            Pane::Trend | Pane::Ranks => 1,
        }
    }

    /// Returns the figure and the number of it that is selected, where the pane is of the ledger.
    pub fn number(&self) -> Option<(Figure, FigureNumber)> {
        let figure = Figure::all().nth(self.cursor.at).filter(|_| self.pane == Pane::Ledger)?;
        Some((figure, FigureNumber::at(figure, self.column)))
    }
}

impl Model {
    /// Opens what stands behind the selected number.
    pub(super) fn open_behind(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let Screen::Analysis(page) = &self.screen else { return Ok(()) };
        let (round, at, column) = (page.round.id, page.cursor.at, page.column);
        match page.pane {
            Pane::Heat | Pane::Ranks => {
                let Some((branch, _)) = page.branch(at) else { return Ok(()) };
                let group = page.analysis.columns.get(column).copied().filter(|_| page.pane == Pane::Heat);
                let first =
                    group.and_then(|group| page.checklist.items.iter().find(|item| usize::from(item.group) == group));
                let first = first.map(|item| item.id.clone());
                self.open_group(round, (branch, group), first.as_ref(), reading)
            }
            Pane::Trend => match page.rounds.get(at).map(|(line, _)| line.id) {
                Some(round) => self.open_branches(round, Some(Signed::All), reading),
                None => Ok(()),
            },
            Pane::Items => {
                let item = page.failed.get(at).and_then(|failed| page.checklist.items.get(failed.place));
                let Some(item) = item.map(|item| item.id.clone()) else { return Ok(()) };
                let counted = if column == 0 { Signed::Failed(item) } else { Signed::Applies(item) };
                self.open_branches(round, Some(counted), reading)
            }
            Pane::Ledger => {
                let Some((figure, number)) = page.number() else { return Ok(()) };
                let of = number.own.then_some(round);
                match (figure, of) {
                    (Figure::Rate(RateKind::Coverage), Some(round)) => {
                        let signed = (number.share == Share::Part).then_some(Signed::All);
                        self.open_branches(round, signed, reading)
                    }
                    (Figure::Rate(RateKind::Coverage), None) => {
                        let rounds = Rounds::load(reading, Some(round), self.list_rows())?;
                        self.open(Screen::Rounds(rounds));
                        Ok(())
                    }
                    (Figure::Age(_) | Figure::Rate(_), round) => {
                        let narrow = Narrow { round, counted: Counted::Figure(figure, number.share) };
                        let page = self.narrowed_ledger(narrow, reading)?;
                        self.open(Screen::Ledger(Box::new(page)));
                        Ok(())
                    }
                }
            }
        }
    }

    /// Opens what was found in a branch on the items of a group; where nothing was, the verdicts on them.
    fn open_group(
        &mut self,
        round: RoundId,
        (branch, group): (BranchId, Option<usize>),
        first: Option<&ItemId>,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        let narrow = Narrow { round: Some(round), counted: Counted::Group(branch, group) };
        let page = self.narrowed_ledger(narrow, reading)?;
        if page.rows.is_empty() && matches!(page.whole, super::Whole::There) {
            return self.walk_into(round, branch, first, reading);
        }
        self.open(Screen::Ledger(Box::new(page)));
        Ok(())
    }

    fn narrowed_ledger(&self, narrow: Narrow, reading: &dyn Reading) -> Result<LedgerPage, ReadFault> {
        let rows = self.ledger_rows();
        let mut page = LedgerPage::load(reading, self.looker(), LedgerView::All, LedgerSort::Due, rows)?;
        page.narrow(reading, Some(narrow), rows)?;
        Ok(page)
    }

    /// Opens a round at the branches that are counted; at all of them where nothing is named.
    fn open_branches(
        &mut self,
        round: RoundId,
        counted: Option<Signed>,
        reading: &dyn Reading,
    ) -> Result<(), ReadFault> {
        let rows = self.list_rows();
        let Some(mut page) = RoundPage::load(reading, round, "", false, None, rows)? else { return Ok(()) };
        if let Some(signed) = counted {
            let over = reading.house()?.actor(&self.me).facts.and_then(|facts| facts.over);
            page.narrow(reading, Some(RoundNarrow { over, signed }), rows)?;
        }
        self.open(Screen::Round(page));
        Ok(())
    }
}
