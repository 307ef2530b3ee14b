//! The ledger (整改台賬): every rectification item, by saved views, filtered as one types, sorted by a column.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::ledger_search::Folded;
use super::{Cursor, Filter};
use crate::domain::{
    BranchId, BranchTree, Day, House, Ledger, LedgerFinding, LedgerNow, LedgerRow, LedgerSort, LedgerView, Onlooker,
    PersonId, Policy, ReadFault, Reading, RectId, RoundId, RowNo, RowSet, Said, Waiting, sorted,
};

/// Items that are shown while a large ledger is still being read: those that wait, by deadline.
const FIRST: usize = 60;

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
    /// How many items are read, while a large ledger is still coming.
    pub coming: Option<u32>,
    /// The items shown.
    pub rows: Vec<RowNo>,
    /// Items of each view, in the order of [`LedgerView::ALL`].
    pub counts: [usize; 9],
    /// The selected row.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Option<Filter>,
    /// Items that are marked for one step together, whether they are shown or not.
    pub marks: BTreeSet<RectId>,
    /// Every unit, for names.
    pub tree: Arc<BranchTree>,
    /// The house's policy: what is near, how hard is pressed.
    pub policy: Policy,
    /// The codes of the rounds.
    pub rounds: BTreeMap<RoundId, String>,
    /// The titles of the items of the checklist, by number.
    titles: Vec<Said>,
    house: House,
    /// All rows that may be seen, in the order of the column: made once, then filtered.
    order: Arc<Vec<RowNo>>,
    folded: Option<Arc<Folded>>,
}

impl LedgerPage {
    /// Reads the ledger, or as much of it as there is.
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
            coming: None,
            rows: Vec::new(),
            counts: [0; 9],
            cursor: Cursor::default(),
            filter: None,
            marks: BTreeSet::new(),
            tree: reading.tree()?,
            policy: house.policy.clone(),
            rounds: BTreeMap::new(),
            titles: Vec::new(),
            house,
            order: Arc::default(),
            folded: None,
        };
        page.read(reading)?;
        page.search(rows);
        Ok(page)
    }

    /// Reads anew what has changed, keeping the selected item where it is still shown.
    pub fn reload(&mut self, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        let at = self.selected();
        let cursor = self.cursor;
        self.tree = reading.tree()?;
        self.house = reading.house()?;
        self.policy = self.house.policy.clone();
        self.read(reading)?;
        self.search(rows);
        self.cursor = cursor;
        self.select(at, rows);
        Ok(())
    }

    fn read(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let lines = reading.rounds()?;
        match reading.whole_ledger()? {
            LedgerNow::Whole(ledger) => (self.ledger, self.coming) = (ledger, None),
            LedgerNow::Coming(count) => (self.ledger, self.coming) = (Arc::new(first(reading)?), Some(count)),
        }
        let mut titles: Vec<Option<Said>> = vec![None; self.ledger.names().items.len()];
        for line in &lines {
            if titles.iter().all(Option::is_some) {
                break;
            }
            let Some(checklist) = reading.checklist(&line.plan.edition)? else { continue };
            for item in &checklist.items {
                let at = self.ledger.names().items.find(&item.id.0).and_then(|at| titles.get_mut(at as usize));
                if let Some(title) = at {
                    title.get_or_insert_with(|| item.title.clone());
                }
            }
        }
        self.titles = titles.into_iter().map(Option::unwrap_or_default).collect();
        self.rounds = lines.into_iter().map(|line| (line.id, line.plan.code)).collect();
        self.folded = None;
        self.arrange();
        Ok(())
    }

    /// Puts every row that may be seen in order.
    fn arrange(&mut self) {
        let mut set = RowSet::for_rows(self.ledger.len());
        let seen = self.subtree();
        let who = self.onlooker();
        self.counts = [0; 9];
        for (at, row) in self.ledger.rows() {
            let place = self.tree.place(row.id.finding.branch);
            if seen.as_ref().is_some_and(|seen| place.is_none_or(|place| !seen.contains(&place))) {
                continue;
            }
            set.insert(at);
            for (count, view) in self.counts.iter_mut().zip(LedgerView::ALL) {
                *count += usize::from(view.has(row, &who));
            }
        }
        self.order = Arc::new(sorted(&self.ledger, &set, self.sort, &self.tree));
    }

    /// Returns the part of the tree that the person's role is for; nothing where it is all of it.
    fn subtree(&self) -> Option<std::ops::Range<usize>> {
        let over = self.house.actor(&self.looker.me).facts.and_then(|facts| facts.over)?;
        Some(self.tree.subtree(over))
    }

    fn onlooker(&self) -> Onlooker {
        let actor = self.house.actor(&self.looker.me);
        let asker = self.ledger.names().people.find(&self.looker.me.0);
        Onlooker {
            today: self.looker.today,
            near: self.policy.near,
            awaited: actor.awaited(),
            asker: asker.and_then(|asker| u16::try_from(asker).ok()),
        }
    }

    /// Looks for what is typed in the filter among the rows of the view.
    pub fn search(&mut self, rows: usize) {
        let who = self.onlooker();
        let text = self.filter_text().trim().to_owned();
        let found = (!text.is_empty()).then(|| {
            let folded =
                self.folded.get_or_insert_with(|| Arc::new(Folded::new(&self.ledger, &self.titles, &self.rounds)));
            folded.found(&text, &self.ledger, &self.tree)
        });
        let shown = |at: &RowNo| {
            found.as_ref().is_none_or(|found| found.has(*at))
                && self.ledger.row(*at).is_some_and(|row| self.view.has(row, &who))
        };
        self.rows = self.order.iter().copied().filter(shown).collect();
        self.cursor.go(0, self.rows.len(), rows);
    }

    /// Looks at another view.
    pub fn look(&mut self, view: LedgerView, rows: usize) {
        self.view = view;
        self.search(rows);
    }

    /// Sorts by another column.
    pub fn sort(&mut self, sort: LedgerSort, rows: usize) {
        let at = self.selected();
        self.sort = sort;
        self.arrange();
        self.search(rows);
        self.select(at, rows);
    }

    /// Follows the calendar: what is near and what is overdue is counted anew.
    pub fn turn(&mut self, today: Day, rows: usize) {
        if self.looker.today != today {
            let at = self.selected();
            self.looker.today = today;
            self.arrange();
            self.search(rows);
            self.select(at, rows);
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

/// Reads the items whose days come first, for a first page.
fn first(reading: &dyn Reading) -> Result<Ledger, ReadFault> {
    let mut waiting = BTreeSet::new();
    for kind in Waiting::ALL {
        let mut left = FIRST;
        reading.waiting(kind, &mut |day, id| {
            waiting.insert((day, id));
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    let findings: BTreeSet<_> = waiting.into_iter().take(FIRST).map(|(_, id)| id.finding).collect();
    let mut ledger = Ledger::default();
    for id in findings {
        if let Some(followed) = reading.followed(id)? {
            ledger.take(id, &LedgerFinding::from(&followed));
        }
    }
    Ok(ledger)
}
