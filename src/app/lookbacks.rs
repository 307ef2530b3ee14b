//! The look-backs (回頭看), and one of them with the items that it drew.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Cursor;
use crate::domain::{
    BranchId, ItemId, Lookback, LookbackId, LookbackLine, Outcome, ReadFault, Reading, RectId, RoundId, Seen, Severity,
    finding_name, rect_name,
};

/// The look-backs.
#[derive(Clone, Debug)]
pub struct Lookbacks {
    /// The look-backs, the latest first.
    pub lines: Vec<LookbackLine>,
    /// The units that some of them drew from, by their paths.
    pub units: BTreeMap<BranchId, String>,
    /// The selected one.
    pub cursor: Cursor,
}

impl Lookbacks {
    /// Reads the look-backs.
    pub fn load(reading: &dyn Reading, at: Option<LookbackId>, rows: usize) -> Result<Self, ReadFault> {
        let lines = reading.lookbacks()?;
        let mut units = BTreeMap::new();
        for over in lines.iter().filter_map(|line| line.criteria.over) {
            if let Entry::Vacant(unit) = units.entry(over) {
                unit.insert(reading.path(over, " › ")?);
            }
        }
        let mut cursor = Cursor::default();
        let row = at.and_then(|at| lines.iter().position(|line| line.id == at));
        cursor.go(row.unwrap_or_default(), lines.len(), rows);
        Ok(Self { lines, units, cursor })
    }

    /// Returns the selected look-back.
    pub fn selected(&self) -> Option<LookbackId> {
        self.lines.get(self.cursor.at).map(|line| line.id)
    }
}

/// An item that was drawn, as it stood in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookbackRow {
    /// Which item.
    pub rect: RectId,
    /// Its name.
    pub name: String,
    /// The branch's short name.
    pub branch: String,
    /// The item of the checklist.
    pub item: ItemId,
    /// What was found.
    pub fact: String,
    /// How grave it was.
    pub severity: Severity,
}

/// One look-back, walked like a checklist.
#[derive(Clone, Debug)]
pub struct LookbackPage {
    /// The look-back.
    pub lookback: Lookback,
    /// The path of the unit that it drew from.
    pub over: Option<String>,
    /// The items that it drew.
    pub rows: Vec<LookbackRow>,
    /// The selected item.
    pub cursor: Cursor,
}

impl LookbackPage {
    /// Reads a look-back; nothing where it does not exist.
    pub fn load(
        reading: &dyn Reading,
        id: LookbackId,
        at: Option<RectId>,
        height: usize,
    ) -> Result<Option<Self>, ReadFault> {
        let Some(lookback) = reading.lookback(id)? else { return Ok(None) };
        let over = lookback.criteria.over.map(|over| reading.path(over, " › ")).transpose()?;
        let rounds: BTreeMap<RoundId, String> =
            reading.rounds()?.into_iter().map(|line| (line.id, line.plan.code)).collect();
        let mut rows = Vec::with_capacity(lookback.drawn.len());
        for drawn in &lookback.drawn {
            let id = drawn.rect.finding;
            let (Some(followed), Some(branch)) = (reading.followed(id)?, reading.branch(id.branch)?) else { continue };
            let round = rounds.get(&id.round).map_or("", String::as_str);
            let finding = finding_name(round, &branch.facts.code, &followed.facts.item, id.n);
            rows.push(LookbackRow {
                rect: drawn.rect,
                name: rect_name(&finding, drawn.rect.item),
                branch: branch.facts.name,
                item: followed.facts.item,
                fact: followed.facts.fact,
                severity: followed.facts.severity,
            });
        }
        let mut page = Self { lookback, over, rows, cursor: Cursor::default() };
        let first = page.rows.iter().position(|row| at == Some(row.rect)).or_else(|| page.open_from(0));
        page.cursor.go(first.unwrap_or_default(), page.rows.len(), height);
        Ok(Some(page))
    }

    /// Reads anew what was seen; what was closed stays as it was.
    pub fn reload(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        if let Some(fresh) = reading.lookback(self.lookback.id)? {
            self.lookback = fresh;
        }
        Ok(())
    }

    /// Returns the selected item.
    pub fn selected(&self) -> Option<&LookbackRow> {
        self.rows.get(self.cursor.at)
    }

    /// Returns what was seen of a row.
    pub fn seen(&self, row: &LookbackRow) -> Option<&Seen> {
        self.lookback.drawn(row.rect).and_then(|drawn| drawn.seen.as_ref())
    }

    /// Returns the result of a row.
    pub fn outcome(&self, row: &LookbackRow) -> Option<Outcome> {
        self.seen(row).map(|seen| seen.look.outcome)
    }

    /// Counts the items that nobody has looked at.
    pub fn left(&self) -> usize {
        self.lookback.drawn.iter().filter(|drawn| drawn.seen.is_none()).count()
    }

    /// Finds the first item from a place on that nobody has looked at, beginning again at the top.
    pub fn open_from(&self, place: usize) -> Option<usize> {
        let open = |at: &usize| self.rows.get(*at).is_some_and(|row| self.seen(row).is_none());
        (place..self.rows.len()).find(open).or_else(|| (0..place.min(self.rows.len())).find(open))
    }
}
