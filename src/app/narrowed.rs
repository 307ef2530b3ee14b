//! Lists that are narrowed to what a number of the analysis counts: named in their heads, taken off with the filter.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{LedgerPage, Model, RoundPage, Screen};
use crate::domain::{
    Beside, BranchId, Counted, Day, ItemId, Ledger, Narrow, ReadFault, Reading, RoundId, RowNo, RowSet, Said,
};

/// What the ledger is narrowed to.
#[derive(Clone, Debug)]
pub struct Narrowed {
    /// The number whose rows are shown.
    pub narrow: Narrow,
    /// The group of the checklist that it is about, where it is about one.
    pub group: Option<(String, Said)>,
    beside: Beside,
    rows: RowSet,
}

impl Narrowed {
    fn load(reading: &dyn Reading, narrow: Narrow, ledger: &Ledger, today: Day) -> Result<Self, ReadFault> {
        let mut narrowed = Self { narrow, group: None, beside: Beside::default(), rows: RowSet::default() };
        match (&narrowed.narrow.counted, narrowed.narrow.round) {
            (Counted::Group(_, group), Some(round)) => {
                let group = *group;
                narrowed.take_group(reading, (round, group), ledger)?;
            }
            (Counted::Group(..), None) => {}
            (Counted::Figure(..), _) => {
                for line in reading.lookbacks()? {
                    if let Some(lookback) = reading.lookback(line.id)? {
                        narrowed.beside.looked.extend(lookback.outcomes());
                    }
                }
            }
        }
        narrowed.count(ledger, today);
        Ok(narrowed)
    }

    fn take_group(
        &mut self,
        reading: &dyn Reading,
        (round, group): (RoundId, Option<usize>),
        ledger: &Ledger,
    ) -> Result<(), ReadFault> {
        let Some(edition) = reading.round(round)?.map(|round| round.plan.edition) else { return Ok(()) };
        let Some(checklist) = reading.checklist(&edition)? else { return Ok(()) };
        let names = &ledger.names().items;
        self.beside.in_group = vec![false; names.len()];
        for item in &checklist.items {
            let is = group.map_or_else(|| checklist.scored(item), |group| usize::from(item.group) == group);
            if let Some(known) = names.find(&item.id.0).and_then(|at| self.beside.in_group.get_mut(at as usize)) {
                *known = is;
            }
        }
        let named = group.and_then(|group| checklist.groups.get(group));
        self.group = named.map(|group| (group.id.clone(), group.name.clone()));
        Ok(())
    }

    fn count(&mut self, ledger: &Ledger, today: Day) {
        self.rows = self.narrow.rows(ledger, &self.beside, today);
    }
}

impl LedgerPage {
    /// Narrows the ledger to what a number counts, or shows all of it again.
    pub fn narrow(&mut self, reading: &dyn Reading, narrow: Option<Narrow>, rows: usize) -> Result<(), ReadFault> {
        self.narrowed = None;
        if let Some(narrow) = narrow {
            self.narrowed = Some(Narrowed::load(reading, narrow, &self.ledger, self.looker.today)?);
        }
        self.show_again(rows);
        Ok(())
    }

    /// Says what a ledger that has just been read is narrowed to.
    pub(super) fn narrowed_in(&self, reading: &dyn Reading, ledger: &Ledger) -> Result<Option<Narrowed>, ReadFault> {
        let narrow = self.narrowed.as_ref().map(|narrowed| narrowed.narrow.clone());
        narrow.map(|narrow| Narrowed::load(reading, narrow, ledger, self.looker.today)).transpose()
    }

    /// Takes over what was counted while the ledger was arranged, unless the person has narrowed it otherwise since.
    pub(super) fn narrowed_meanwhile(&mut self, counted: Option<Narrowed>) {
        match (&self.narrowed, counted) {
            (Some(narrowed), Some(counted)) if narrowed.narrow == counted.narrow => self.narrowed = Some(counted),
            _ => self.narrow_today(),
        }
    }

    /// Follows the calendar.
    pub(super) fn narrow_today(&mut self) {
        if let Some(narrowed) = &mut self.narrowed {
            narrowed.count(&self.ledger, self.looker.today);
        }
    }

    /// Says whether a row is among those that the ledger is narrowed to.
    pub(super) fn is_narrowed_to(&self, at: RowNo) -> bool {
        self.narrowed.as_ref().is_none_or(|narrowed| narrowed.rows.has(at))
    }
}

impl Model {
    /// Shows everything again on a screen whose filter was taken off.
    pub fn show_all(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        match &mut self.screen {
            Screen::Ledger(page) => page.narrowed = None,
            Screen::Round(page) => page.narrowed = None,
            _ => {}
        }
        self.search(reading)
    }
}

/// What a number of the analysis counts among the branches of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signed {
    /// Those that are signed.
    All,
    /// Those of them in which an item applies.
    Applies(ItemId),
    /// Those of them in which an item failed.
    Failed(ItemId),
}

/// What a round's branches are narrowed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundNarrow {
    /// The part of the tree that was counted; all of it where none is named.
    pub over: Option<BranchId>,
    /// What is counted.
    pub signed: Signed,
}

impl RoundPage {
    /// Narrows the branches to what a number counts, or shows all of them again.
    pub fn narrow(&mut self, reading: &dyn Reading, narrow: Option<RoundNarrow>, rows: usize) -> Result<(), ReadFault> {
        self.narrowed = None;
        if let Some(narrow) = narrow {
            let branches = self.counted(reading, &narrow)?;
            self.narrowed = Some(Box::new((narrow, branches)));
        }
        self.search(reading, rows)
    }

    fn counted(&self, reading: &dyn Reading, narrow: &RoundNarrow) -> Result<BTreeSet<BranchId>, ReadFault> {
        let part = narrow.over.map(|over| self.tree.subtree(over));
        let place = |item: &ItemId| self.checklist.position(item).and_then(|at| u16::try_from(at).ok());
        let mut found = BTreeSet::new();
        reading.sums(self.round.id, &mut |branch, sums| {
            let seen = part.as_ref().is_none_or(|part| self.tree.place(branch).is_some_and(|at| part.contains(&at)));
            let is = match &narrow.signed {
                Signed::All => true,
                Signed::Applies(item) => place(item).is_some_and(|place| !sums.excluded.contains(&place)),
                Signed::Failed(item) => place(item).is_some_and(|place| sums.failed.contains(&place)),
            };
            if seen && is {
                found.insert(branch);
            }
            std::ops::ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// Returns the item of the checklist by which the branches are narrowed.
    pub fn narrowed_item(&self) -> Option<&ItemId> {
        match &self.narrowed.as_ref()?.0.signed {
            Signed::All => None,
            Signed::Applies(item) | Signed::Failed(item) => Some(item),
        }
    }
}
