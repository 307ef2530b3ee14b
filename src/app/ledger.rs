//! The ledger (整改台賬): every rectification item, by saved views, filtered as one types, sorted by a column.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ledger_arranging::{Fresh, Whole, is_small};
use super::ledger_first::{branches, first, titles};
use super::ledger_rows::Search;
use super::ledger_search::Folded;
use super::{Claims, Cursor, Filter, Narrowed};
use crate::domain::{
    BranchId, BranchTree, Day, House, Ledger, LedgerNow, LedgerRow, LedgerSort, LedgerSorting, LedgerView, Onlooker,
    Outcome, PersonId, Policy, ReadFault, Reading, RectId, RoundId, RowNo, RowSet, Said, Views,
};

/// Changed rows that are followed one by one; where there are more, everything is arranged anew.
const FEW: usize = 100;

/// Whose ledger it is, and when they look.
#[derive(Clone, Debug)]
pub struct Looker {
    /// Who looks.
    pub me: PersonId,
    /// The day in China.
    pub today: Day,
}

/// The ledger on the screen.
#[derive(Clone, Debug)]
pub struct LedgerPage {
    /// Who looks.
    pub looker: Looker,
    /// Which rows are looked at.
    pub view: LedgerView,
    /// The column that sorts them.
    pub sort: LedgerSort,
    /// The items.
    pub ledger: Arc<Ledger>,
    /// How much of it is there.
    pub whole: Whole,
    /// The items shown.
    pub rows: Vec<RowNo>,
    /// Items of each view, in the order of [`LedgerView::ALL`].
    pub counts: [usize; 9],
    /// The selected row.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Option<Filter>,
    /// The number of the analysis whose rows alone are shown.
    pub narrowed: Option<Narrowed>,
    /// Items that are marked for one step together, whether they are shown or not.
    pub marks: BTreeSet<RectId>,
    /// Every unit, for names.
    pub tree: Arc<BranchTree>,
    /// The house's policy: what is near, how hard is pressed.
    pub policy: Policy,
    /// The codes of the rounds.
    pub rounds: BTreeMap<RoundId, String>,
    /// What look-backs have seen of the items that they drew.
    pub looked: BTreeMap<RectId, Outcome>,
    /// Who looks at which item in sight.
    pub claims: Claims,
    /// The titles of the items of the checklist, by number.
    pub(super) titles: Vec<Said>,
    house: House,
    /// The views of each row.
    pub(super) views: Arc<Vec<Views>>,
    /// The rows that may be seen.
    pub(super) seen: RowSet,
    /// These rows in the order of the column: made once, then filtered.
    pub(super) order: Arc<Vec<RowNo>>,
    /// Another order of the column that is being made.
    pub(super) sorting: Option<LedgerSorting>,
    pub(super) folded: Option<Arc<Folded>>,
    /// The rows that have what is typed in the filter; all of them where nothing is.
    pub(super) found: Option<RowSet>,
    /// A search that has more to look through.
    pub(super) searching: Option<Search>,
}

impl LedgerPage {
    /// Reads the ledger where it is small, or the first rows of it: the rest is asked for between keys.
    pub fn load(
        reading: &dyn Reading,
        looker: Looker,
        view: LedgerView,
        sort: LedgerSort,
        rows: usize,
    ) -> Result<Self, ReadFault> {
        let house = reading.house()?;
        let mut page = Self {
            looker,
            view,
            sort,
            ledger: Arc::default(),
            whole: Whole::Unasked,
            rows: Vec::new(),
            counts: [0; 9],
            cursor: Cursor::default(),
            filter: None,
            narrowed: None,
            marks: BTreeSet::new(),
            tree: Arc::default(),
            policy: house.policy.clone(),
            rounds: BTreeMap::new(),
            looked: BTreeMap::new(),
            claims: Claims::default(),
            titles: Vec::new(),
            house,
            views: Arc::default(),
            seen: RowSet::default(),
            order: Arc::default(),
            folded: None,
            found: None,
            sorting: None,
            searching: None,
        };
        let lines = reading.rounds()?;
        let small = reading.ledger_at_once()?.filter(|ledger| is_small(ledger));
        let whole = if small.is_some() { Whole::There } else { Whole::Unasked };
        let (ledger, tree) = match small {
            Some(ledger) => (ledger, reading.tree()?),
            None => {
                let ledger = Arc::new(first(reading, view, rows)?);
                let part = page.house.actor(&page.looker.me).facts.is_some_and(|facts| facts.over.is_some());
                let tree = if part { reading.tree()? } else { Arc::new(branches(reading, &ledger)?) };
                (ledger, tree)
            }
        };
        let fresh = Fresh { titles: titles(reading, &lines, &ledger)?, ledger, tree, narrowed: None };
        page.rounds = lines.into_iter().map(|line| (line.id, line.plan.code)).collect();
        page.looked = reading.looked()?;
        page.begin(fresh, rows);
        page.whole = whole;
        Ok(page)
    }

    /// Reads anew what has changed, keeping the selected item where it is still shown.
    pub fn reload(&mut self, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        self.claims.forget();
        if let Whole::Arranging(arranging) = &mut self.whole {
            // It is followed once it is arranged: what changes all the time would never be.
            arranging.stale = true;
            return Ok(());
        }
        let house = reading.house()?;
        let stood = matches!(self.whole, Whole::There) && house == self.house && self.sorting.is_none();
        self.policy = house.policy.clone();
        self.house = house;
        let lines = reading.rounds()?;
        self.rounds = lines.iter().map(|line| (line.id, line.plan.code.clone())).collect();
        self.looked = reading.looked()?;
        match reading.whole_ledger()? {
            LedgerNow::Coming(count) => self.whole = Whole::Coming(count),
            LedgerNow::Whole(ledger) => {
                let tree = reading.tree()?;
                let stands = stood && Arc::ptr_eq(&tree, &self.tree);
                let changed = if stands { ledger.changed_since(&self.ledger) } else { None };
                let few = changed.filter(|rows| rows.len() <= FEW);
                let narrowed = self.narrowed_in(reading, &ledger)?;
                let fresh = Fresh { titles: titles(reading, &lines, &ledger)?, ledger, tree, narrowed };
                match few {
                    Some(changed) => {
                        let (at, cursor) = (self.selected(), self.cursor);
                        (self.ledger, self.titles, self.folded) = (fresh.ledger, fresh.titles, None);
                        self.narrowed = fresh.narrowed;
                        self.renew(&changed, rows);
                        self.cursor = cursor;
                        self.select(at, rows);
                    }
                    None => self.begin(fresh, rows),
                }
            }
        }
        Ok(())
    }

    /// Says whether the ledger is still being read.
    pub const fn is_coming(&self) -> bool {
        matches!(self.whole, Whole::Coming(_))
    }

    /// Returns the part of a tree that the person's role is for; nothing where it is all of it.
    pub(super) fn part_of(&self, tree: &BranchTree) -> Option<std::ops::Range<usize>> {
        let over = self.house.actor(&self.looker.me).facts.and_then(|facts| facts.over)?;
        Some(tree.subtree(over))
    }

    /// Says who looks at a ledger.
    pub(super) fn onlooker(&self, ledger: &Ledger) -> Onlooker {
        let actor = self.house.actor(&self.looker.me);
        let asker = ledger.names().people.find(&self.looker.me.0);
        Onlooker {
            today: self.looker.today,
            near: self.policy.near,
            awaited: actor.awaited(),
            asker: asker.and_then(|asker| u16::try_from(asker).ok()),
        }
    }

    /// Looks at another view.
    pub fn look(&mut self, view: LedgerView, rows: usize) {
        self.view = view;
        self.show_again(rows);
    }

    /// Shows anew what was found; where that is not all yet, it is looked for from the beginning.
    pub(super) fn show_again(&mut self, rows: usize) {
        if self.is_searching() { self.search(rows) } else { self.show(rows) }
    }

    /// Follows the calendar: what is near and what is overdue is counted anew.
    pub fn turn(&mut self, today: Day, rows: usize) {
        if self.looker.today != today {
            self.looker.today = today;
            self.narrow_today();
            self.begin_again(rows);
        }
    }

    /// Selects an item where it is shown; where it is gone the line stays.
    pub fn select(&mut self, at: Option<RectId>, rows: usize) {
        let row = at.and_then(|at| self.ledger.find(at));
        let place = row.and_then(|row| self.rows.iter().position(|shown| *shown == row));
        self.cursor.go(place.unwrap_or(self.cursor.at), self.rows.len(), rows);
    }

    /// Returns what stands in a line of the screen.
    pub fn line(&self, at: usize) -> Option<&LedgerRow> {
        self.rows.get(at).and_then(|row| self.ledger.row(*row))
    }

    /// Returns the selected item.
    pub fn selected(&self) -> Option<RectId> {
        self.line(self.cursor.at).map(|row| row.id)
    }

    /// Marks the selected item, or takes its mark off.
    pub fn mark(&mut self) {
        if let Some(id) = self.selected()
            && !self.marks.remove(&id)
        {
            self.marks.insert(id);
        }
    }

    /// Marks every item that is shown, or takes all marks off where all are marked.
    pub fn mark_all(&mut self) {
        let shown: BTreeSet<RectId> =
            self.rows.iter().filter_map(|row| self.ledger.row(*row)).map(|row| row.id).collect();
        if shown.is_subset(&self.marks) {
            self.marks.clear();
        } else {
            self.marks.extend(shown);
        }
    }

    /// Returns the title of a row's item of the checklist.
    pub fn title(&self, row: &LedgerRow) -> Option<&Said> {
        self.titles.get(row.item as usize)
    }

    /// Returns a unit's short name.
    pub fn branch(&self, id: BranchId) -> &str {
        self.tree.line(id).map_or("", |line| line.name.as_str())
    }

    /// Returns what is typed in the filter.
    pub fn filter_text(&self) -> &str {
        self.filter.as_ref().map_or("", |filter| filter.edit.text())
    }
}
