//! The ledger (整改台賬) in columns: every rectification item in a row of fixed size, for lists over a million of them.
//!
//! Texts that many rows share are kept once and named by number. A row keeps its number for good: an item is never
//! taken out of the ledger, and one that comes later stands behind all others.

mod names;
mod order;
mod sorting;
mod view;

pub use names::*;
pub use order::*;
pub use sorting::*;
pub use view::*;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Class, Day, FindingId, LedgerFinding, LedgerLine, Policy, RectId, Severity, Standing, State};
use super::{Level, level, standing};

/// Rows that lie together: so few that one of them is changed without copying the rest of a large ledger.
const ROWS_A_CHUNK: usize = 2048;

/// A row's number: its place in the ledger, which never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowNo(pub u32);

/// What the ledger keeps of a rectification item.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of the ledger")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// Which item of which finding.
    pub id: RectId,
    /// The item of the checklist, as [`LedgerNames::items`] numbers it.
    pub item: u32,
    /// What the finding states, as [`LedgerNames::facts`] numbers it.
    pub fact: u32,
    /// The post that does it, as [`LedgerNames::posts`] numbers it.
    pub post: u32,
    /// Who asked for the closure, as [`LedgerNames::people`] numbers them.
    pub requester: Option<u16>,
    /// Where it stands.
    pub state: State,
    /// How grave the finding is.
    pub severity: Severity,
    /// How it is put right.
    pub class: Class,
    /// Which finding on this item of this branch it is; 1 where it is the first.
    pub nth: u8,
    /// How often it was sent back.
    pub returns: u8,
    /// How often its day was moved at the branch's wish.
    pub extensions: u8,
    /// Index entries of evidence.
    pub evidence: u8,
    /// Stages of a standing item that are closed.
    pub stages: u8,
    /// Whether the finding came back after its item was closed.
    pub relapse: bool,
    /// Whether it was closed without missing a day.
    pub in_time: bool,
    /// Whether a wish for another day is open.
    pub asked: bool,
    /// Whether it is found put right and a third person has yet to approve.
    pub checked: bool,
    /// Whether it was put right on the spot.
    pub on_the_spot: bool,
    /// The last day, with what leave adds.
    pub due: Day,
    /// The day that it had first.
    pub first_due: Day,
    /// When it was handed to the branch.
    pub issued: Option<Day>,
    /// When the branch received it.
    pub received: Option<Day>,
    /// When its closure was asked for.
    pub requested: Option<Day>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// Until when it has leave.
    pub exempt: Option<Day>,
}

impl LedgerRow {
    fn new(id: RectId, finding: &LedgerFinding, line: &LedgerLine, names: &mut Arc<LedgerNames>) -> Self {
        let requester = line.requester.as_ref();
        let requester = requester.map(|who| number(names, |names| &mut names.people, |names| &names.people, &who.0));
        Self {
            id,
            item: number(names, |names| &mut names.items, |names| &names.items, &finding.item.0),
            fact: number(names, |names| &mut names.facts, |names| &names.facts, &finding.fact),
            post: number(names, |names| &mut names.posts, |names| &names.posts, &line.post),
            requester: requester.and_then(|who| u16::try_from(who).ok()),
            state: line.state,
            severity: finding.severity,
            class: finding.class,
            nth: finding.nth,
            returns: line.returns,
            extensions: line.extensions,
            evidence: line.evidence,
            stages: line.stages,
            relapse: finding.relapse,
            in_time: line.in_time,
            asked: line.asked,
            checked: line.checked,
            on_the_spot: line.on_the_spot,
            due: line.due,
            first_due: line.first_due,
            issued: line.issued,
            received: line.received,
            requested: line.requested,
            closed: line.closed,
            exempt: line.exempt,
        }
    }

    /// Says how the item stands to its day.
    pub fn standing(&self, today: Day) -> Standing {
        standing(self.state, self.due, self.exempt, today)
    }

    /// Derives how hard it is pressed for.
    pub fn level(&self, policy: &Policy, today: Day) -> Level {
        level(self.standing(today), self.returns, self.nth, policy)
    }
}

/// Finds a text's number among names that a reader may share: they are copied for a new text alone.
fn number(
    names: &mut Arc<LedgerNames>,
    of: fn(&mut LedgerNames) -> &mut Texts,
    among: fn(&LedgerNames) -> &Texts,
    text: &str,
) -> u32 {
    among(names).find(text).unwrap_or_else(|| of(Arc::make_mut(names)).number(text))
}

/// Every rectification item. A copy shares what did not change, so that a reader keeps the one it has begun with.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    chunks: Vec<Arc<Vec<LedgerRow>>>,
    len: u32,
    /// The first rows stand in the order of their items; where later ones stand is written down.
    in_order: u32,
    later: Arc<BTreeMap<RectId, RowNo>>,
    names: Arc<LedgerNames>,
}

impl Ledger {
    /// Says how many items there are.
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Says whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the texts that rows name by number.
    pub fn names(&self) -> &LedgerNames {
        &self.names
    }

    /// Returns a row.
    pub fn row(&self, row: RowNo) -> Option<&LedgerRow> {
        let row = row.0 as usize;
        self.chunks.get(row / ROWS_A_CHUNK)?.get(row % ROWS_A_CHUNK)
    }

    /// Visits every row with its number.
    pub fn rows(&self) -> impl Iterator<Item = (RowNo, &LedgerRow)> {
        (0u32..).map(RowNo).zip(self.chunks.iter().flat_map(|chunk| chunk.iter()))
    }

    /// Visits the rows from one on with their numbers.
    pub fn rows_from(&self, from: RowNo) -> impl Iterator<Item = (RowNo, &LedgerRow)> {
        let (chunk, within) = (from.0 as usize / ROWS_A_CHUNK, from.0 as usize % ROWS_A_CHUNK);
        let rows = self.chunks.get(chunk..).unwrap_or_default().iter().flat_map(|chunk| chunk.iter());
        (from.0..).map(RowNo).zip(rows.skip(within))
    }

    /// Visits every row in the order of the items: those of a finding, and those of a branch in a round, stand together.
    pub fn by_item(&self) -> impl Iterator<Item = (RowNo, &LedgerRow)> {
        let mut first = self.rows().take(self.in_order as usize).peekable();
        let mut later = self.later.values().filter_map(|at| Some((*at, self.row(*at)?))).peekable();
        std::iter::from_fn(move || match (first.peek(), later.peek()) {
            (Some((_, one)), Some((_, other))) if other.id < one.id => later.next(),
            (Some(_), _) => first.next(),
            (None, _) => later.next(),
        })
    }

    /// Visits the rows of each finding together.
    pub fn by_finding(&self, mut visit: impl FnMut(&[(RowNo, &LedgerRow)])) {
        let mut finding: Vec<(RowNo, &LedgerRow)> = Vec::new();
        for (at, row) in self.by_item() {
            if finding.first().is_some_and(|(_, first)| first.id.finding != row.id.finding) {
                visit(&finding);
                finding.clear();
            }
            finding.push((at, row));
        }
        if !finding.is_empty() {
            visit(&finding);
        }
    }

    /// Finds an item.
    pub fn find(&self, id: RectId) -> Option<RowNo> {
        if let Some(row) = self.later.get(&id) {
            return Some(*row);
        }
        let (mut low, mut high) = (0, self.in_order);
        while low < high {
            let middle = low.midpoint(high);
            match self.row(RowNo(middle))?.id.cmp(&id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(RowNo(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Lists the rows that are not as they were in an earlier copy of this ledger, or not there; nothing where the other
    /// is no such copy. What both share is not looked at.
    pub fn changed_since(&self, earlier: &Self) -> Option<Vec<RowNo>> {
        let mut changed = Vec::new();
        let old = earlier.chunks.iter().map(Some).chain(std::iter::repeat(None));
        for (place, (chunk, old)) in self.chunks.iter().zip(old).enumerate() {
            if old.is_some_and(|old| Arc::ptr_eq(old, chunk)) {
                continue;
            }
            for (within, row) in chunk.iter().enumerate() {
                let at = RowNo(u32::try_from(place * ROWS_A_CHUNK + within).ok()?);
                match old.and_then(|old| old.get(within)) {
                    Some(stood) if stood == row => {}
                    Some(stood) if stood.id != row.id => return None,
                    _ => changed.push(at),
                }
            }
        }
        (earlier.len <= self.len && self.names.holds(&earlier.names)).then_some(changed)
    }

    /// Folds what findings state, where that is not done: a large ledger takes longer for it than a key may.
    pub fn fold(&mut self, fold: fn(&str) -> String) {
        if self.names.folded().len() < self.names.facts.len() {
            Arc::make_mut(&mut self.names).fold(fold);
        }
    }

    /// Takes in what the ledger says of a finding: new items are added, known ones brought up to date.
    pub fn take(&mut self, id: FindingId, finding: &LedgerFinding) {
        for (item, line) in (1u8..).zip(&finding.lines) {
            let id = RectId { finding: id, item };
            let row = LedgerRow::new(id, finding, line, &mut self.names);
            match self.find(id) {
                Some(at) => self.put(at, row),
                None => self.add(row),
            }
        }
    }

    /// Takes in a row of another ledger, which names its texts by numbers of its own.
    pub fn copy(&mut self, row: &LedgerRow, names: &LedgerNames) {
        let mine = &mut self.names;
        let facts = mine.facts.len();
        let fact = number(mine, |names| &mut names.facts, |names| &names.facts, names.facts.text(row.fact));
        if mine.facts.len() > facts {
            Arc::make_mut(mine).fold_as(names, row.fact);
        }
        let requester = row
            .requester
            .map(|who| number(mine, |names| &mut names.people, |names| &names.people, names.people.text(who.into())));
        let row = LedgerRow {
            item: number(mine, |names| &mut names.items, |names| &names.items, names.items.text(row.item)),
            fact,
            post: number(mine, |names| &mut names.posts, |names| &names.posts, names.posts.text(row.post)),
            requester: requester.and_then(|who| u16::try_from(who).ok()),
            ..*row
        };
        match self.find(row.id) {
            Some(at) => self.put(at, row),
            None => self.add(row),
        }
    }

    fn put(&mut self, at: RowNo, row: LedgerRow) {
        let at = at.0 as usize;
        let chunk = self.chunks.get_mut(at / ROWS_A_CHUNK).map(Arc::make_mut);
        if let Some(stood) = chunk.and_then(|chunk| chunk.get_mut(at % ROWS_A_CHUNK)) {
            *stood = row;
        }
    }

    fn add(&mut self, row: LedgerRow) {
        let last = self.len.checked_sub(1).and_then(|last| self.row(RowNo(last))).map(|last| last.id);
        if self.in_order == self.len && last.is_none_or(|last| last < row.id) {
            self.in_order += 1;
        } else {
            Arc::make_mut(&mut self.later).insert(row.id, RowNo(self.len));
        }
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < ROWS_A_CHUNK => Arc::make_mut(chunk).push(row),
            _ => {
                let mut chunk = Vec::with_capacity(if self.chunks.is_empty() { 16 } else { ROWS_A_CHUNK });
                chunk.push(row);
                self.chunks.push(Arc::new(chunk));
            }
        }
        self.len += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BranchId, ItemId, RoundId};

    pub(super) fn id(branch: u32, n: u16) -> FindingId {
        FindingId { round: RoundId(1), branch: BranchId(branch), n }
    }

    pub(super) fn finding(n: u16, item: &str, states: &[State]) -> LedgerFinding {
        let day = Day::new(2026, 11, 1).unwrap();
        let line = |state: &State| LedgerLine {
            state: *state,
            due: day,
            first_due: day,
            issued: None,
            received: None,
            requested: None,
            requester: None,
            closed: None,
            closer: None,
            in_time: false,
            exempt: None,
            returns: 0,
            extensions: 0,
            asked: false,
            checked: false,
            evidence: 0,
            stages: 0,
            on_the_spot: false,
            post: "支部書記".to_owned(),
        };
        LedgerFinding {
            n,
            item: ItemId(item.to_owned()),
            fact: format!("問題 {n}"),
            severity: Severity::Minor,
            class: Class::Limited,
            nth: 1,
            relapse: false,
            lines: states.iter().map(line).collect(),
        }
    }

    #[test]
    fn a_row_is_small() {
        assert!(size_of::<LedgerRow>() <= 96, "{} bytes", size_of::<LedgerRow>());
    }

    #[test]
    fn items_are_found_in_whatever_order_they_came_and_keep_their_rows() {
        let mut ledger = Ledger::default();
        for branch in 1..=3000 {
            ledger.take(id(branch, 1), &finding(1, "R-01", &[State::Issued]));
        }
        // One that comes later, and a second item of an old finding.
        ledger.take(id(7, 2), &finding(2, "S-07", &[State::Drafted]));
        ledger.take(id(9, 1), &finding(1, "R-01", &[State::Closed, State::Drafted]));
        assert_eq!(ledger.len(), 3002);
        let row = |id, item| ledger.find(RectId { finding: id, item });
        assert_eq!(row(id(7, 1), 1), Some(RowNo(6)));
        assert_eq!(row(id(7, 2), 1), Some(RowNo(3000)));
        assert_eq!(row(id(9, 1), 2), Some(RowNo(3001)));
        assert_eq!(row(id(9, 1), 3), None);
        assert_eq!(row(id(4000, 1), 1), None);
        let state = |at| ledger.row(RowNo(at)).unwrap().state;
        assert_eq!((state(8), state(3001)), (State::Closed, State::Drafted));
        for (at, row) in ledger.rows() {
            assert_eq!(ledger.find(row.id), Some(at));
        }
        let names = ledger.names();
        assert_eq!(names.items.len(), 2);
        assert_eq!(names.items.text(ledger.row(RowNo(3000)).unwrap().item), "S-07");
        assert_eq!(names.posts.len(), 1);
    }

    #[test]
    fn a_reader_keeps_what_it_has_begun_with() {
        let mut ledger = Ledger::default();
        ledger.take(id(1, 1), &finding(1, "R-01", &[State::Issued]));
        let before = ledger.clone();
        ledger.take(id(1, 1), &finding(1, "R-01", &[State::Closed]));
        ledger.take(id(2, 1), &finding(1, "R-02", &[State::Issued]));
        assert_eq!((before.len(), ledger.len()), (1, 2));
        assert_eq!(before.row(RowNo(0)).unwrap().state, State::Issued);
        assert_eq!(ledger.row(RowNo(0)).unwrap().state, State::Closed);
        assert_eq!(before.names().items.len(), 1);
    }
}
