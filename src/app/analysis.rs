//! Analysis (分析): what a round and its findings come to; Enter leads to the rows behind a figure.

use std::ops::Range;
use std::sync::Arc;

use super::{Cursor, Looker};
use crate::domain::{
    BranchId, BranchTree, Checklist, Failed, Figure, Ledger, LedgerAnalysis, LedgerNow, Looks, Ranking, ReadFault,
    Reading, RoundAnalysis, RoundId, RoundLine, Sum,
};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pane {
    /// 熱力圖: branches × groups.
    #[default]
    Heat,
    /// 歷輪走勢: the mean score, round by round.
    Trend,
    /// 失分項: what failed most.
    Items,
    /// 排名: branches by their scores, where the round allows it.
    Ranks,
    /// 整改: ages of open items, and rates.
    Ledger,
}

impl Pane {
    /// Every pane, in the order of the number keys.
    pub const ALL: [Self; 5] = [Self::Heat, Self::Trend, Self::Items, Self::Ranks, Self::Ledger];
}

/// The analysis on the screen.
#[derive(Clone, Debug)]
pub struct AnalysisPage {
    /// Who looks, and when.
    pub looker: Looker,
    /// What is looked at.
    pub pane: Pane,
    /// The round.
    pub round: RoundLine,
    /// The rounds, the latest first, each as far as the person sees it, with what it comes to.
    pub rounds: Vec<(RoundLine, Sum)>,
    /// The text that the round is pinned to.
    pub checklist: Arc<Checklist>,
    /// Every unit, for names.
    pub tree: Arc<BranchTree>,
    /// What the round comes to.
    pub analysis: Arc<RoundAnalysis>,
    /// What failed most.
    pub failed: Vec<Failed>,
    /// The order of branches.
    pub ranking: Ranking,
    /// What the ledger comes to: of this round, and of all.
    pub ledger: Option<Box<[LedgerAnalysis; 2]>>,
    /// What look-backs have seen, the latest first.
    pub looks: Looks,
    /// How many items are read, while a large ledger is still coming.
    pub coming: u32,
    /// The selected line.
    pub cursor: Cursor,
    /// The selected number of the line, from the left.
    pub column: usize,
    /// The part of the tree that the person sees; nothing where it is all of it.
    part: Option<Range<usize>>,
}

/// The most rounds whose means are shown.
const ROUNDS: usize = 24;

impl AnalysisPage {
    /// Reads what a round comes to, the latest with a signature where none is named; nothing where there is no round.
    pub fn load(reading: &dyn Reading, looker: Looker, round: Option<RoundId>) -> Result<Option<Self>, ReadFault> {
        let lines = reading.rounds()?;
        let named = lines.iter().find(|line| Some(line.id) == round);
        let line = named.or_else(|| lines.iter().find(|line| line.signed > 0)).or(lines.first()).cloned();
        let Some(round) = line else { return Ok(None) };
        let Some(checklist) = reading.checklist(&round.plan.edition)? else { return Ok(None) };
        let house = reading.house()?;
        let tree = reading.tree()?;
        let part = house.actor(&looker.me).facts.and_then(|facts| facts.over).map(|over| tree.subtree(over));
        let sees = |branch| is_in(part.as_ref(), &tree, branch);
        let mut analysis = RoundAnalysis::of(&checklist);
        reading.sums(round.id, &mut |branch, sums| {
            if sees(branch) {
                analysis.add(branch, &sums);
            }
            std::ops::ControlFlow::Continue(())
        })?;
        analysis.arrange(&tree);
        let mut rounds = Vec::new();
        for line in lines.into_iter().take(ROUNDS) {
            let mut sum = Sum { got: line.got, applicable: line.applicable };
            if part.is_some() {
                sum = part_of(reading, &line, sees)?;
            }
            rounds.push((line, sum));
        }
        let (failed, ranking) = (analysis.most_failed(), analysis.ranking(&round.plan));
        let mut page = Self {
            looker,
            pane: Pane::default(),
            round,
            rounds,
            checklist,
            tree: Arc::clone(&tree),
            analysis: Arc::new(analysis),
            failed,
            ranking,
            ledger: None,
            looks: Looks::default(),
            coming: 0,
            cursor: Cursor::default(),
            column: 0,
            part,
        };
        match reading.whole_ledger()? {
            LedgerNow::Coming(count) => page.coming = count,
            LedgerNow::Whole(whole) => page.count(reading, &whole)?,
        }
        Ok(Some(page))
    }

    /// Counts the ledger, as far as the person sees it.
    pub fn count(&mut self, reading: &dyn Reading, ledger: &Ledger) -> Result<(), ReadFault> {
        let sees = |branch| is_in(self.part.as_ref(), &self.tree, branch);
        let mut both = Box::new(LedgerAnalysis::of(ledger, self.looker.today, self.round.id, sees));
        let [own, all] = &mut *both;
        let looks = reading.looks(&sees)?;
        (own.rates.relapse, all.rates.relapse) = (looks.of(self.round.id), looks.all);
        self.looks = looks;
        // How many branches of a plan are in a part is in no line of a round.
        if self.part.is_none() {
            own.rates.cover(&self.round);
            self.rounds.iter().for_each(|(line, _)| all.rates.cover(line));
        }
        self.ledger = Some(both);
        Ok(())
    }

    /// Reads anew what has changed, keeping the place.
    pub fn reload(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        if let Some(fresh) = Self::load(reading, self.looker.clone(), Some(self.round.id))? {
            let (pane, cursor, column) = (self.pane, self.cursor, self.column);
            *self = Self { pane, cursor, ..fresh };
            self.go_column(column.cast_signed());
        }
        Ok(())
    }

    /// Counts the lines of the pane.
    pub fn len(&self) -> usize {
        match self.pane {
            Pane::Heat => self.analysis.rows.len(),
            Pane::Trend => self.rounds.len(),
            Pane::Items => self.failed.len(),
            Pane::Ranks => self.ranks().len(),
            Pane::Ledger => Figure::all().count(),
        }
    }

    /// Says whether the pane has no line.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the ranks; none where there is no order.
    pub fn ranks(&self) -> &[(u32, usize)] {
        match &self.ranking {
            Ranking::Ranks(ranks) => ranks,
            Ranking::Off | Ranking::TooFew(_) => &[],
        }
    }

    /// Returns the branch of a line, where the pane is of branches.
    pub fn branch(&self, at: usize) -> Option<(BranchId, Sum)> {
        let row = match self.pane {
            Pane::Heat => at,
            Pane::Ranks => self.ranks().get(at)?.1,
            Pane::Trend | Pane::Items | Pane::Ledger => return None,
        };
        self.analysis.rows.get(row).copied()
    }

    /// Looks at another pane.
    pub fn look(&mut self, pane: Pane) {
        (self.pane, self.cursor, self.column) = (pane, Cursor::default(), 0);
    }

    /// Goes to another number of the line.
    pub fn go_column(&mut self, by: isize) {
        let last = self.numbers().saturating_sub(1);
        self.column = self.column.saturating_add_signed(by).min(last);
    }

    /// Returns the round that stands so many places earlier.
    pub fn round_beside(&self, earlier: isize) -> Option<RoundId> {
        let at = self.rounds.iter().position(|(line, _)| line.id == self.round.id)?;
        self.rounds.get(at.checked_add_signed(earlier)?).map(|(line, _)| line.id)
    }
}

fn is_in(part: Option<&Range<usize>>, tree: &BranchTree, branch: BranchId) -> bool {
    part.is_none_or(|part| tree.place(branch).is_some_and(|place| part.contains(&place)))
}

fn part_of(reading: &dyn Reading, line: &RoundLine, sees: impl Fn(BranchId) -> bool) -> Result<Sum, ReadFault> {
    let mut sum = Sum::default();
    let Some(checklist) = reading.checklist(&line.plan.edition)? else { return Ok(sum) };
    let mut analysis = RoundAnalysis::of(&checklist);
    reading.sums(line.id, &mut |branch, sums| {
        if sees(branch) {
            analysis.add(branch, &sums);
        }
        std::ops::ControlFlow::Continue(())
    })?;
    sum.add(analysis.total);
    Ok(sum)
}
