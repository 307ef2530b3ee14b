//! Saved views of the ledger: which rows a person looks at.

use super::{LedgerRow, RowNo};
use crate::domain::{Awaited, Day, Standing, State, waits};

/// A view that a number key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerView {
    /// 在改: handed to the branch and not closed.
    #[default]
    Open,
    /// 逾期: the day has passed.
    Overdue,
    /// 臨近: the day is near; how near, the house says.
    Near,
    /// 待核驗: the branch says that it is put right, or asks for another day.
    ToVerify,
    /// 我的: what waits for the one who looks.
    Mine,
    /// 重複: found before on the same item of the same branch.
    Repeated,
    /// 待下發: written down, not yet handed to the branch.
    Drafted,
    /// 已銷號.
    Closed,
    /// 全部.
    All,
}

/// Who looks at the ledger, and when.
#[derive(Clone, Copy, Debug)]
pub struct Onlooker {
    /// The day in China.
    pub today: Day,
    /// Days before a day on which it is near.
    pub near: u16,
    /// What decides which items wait for them.
    pub awaited: Awaited,
    /// Their number among those who asked for closures, if they ever did.
    pub asker: Option<u16>,
}

impl Onlooker {
    /// Says whether a row waits for a step of theirs.
    fn is_waited_for(&self, row: &LedgerRow) -> bool {
        let asked = row.requester.is_some() && row.requester == self.asker;
        let branch = row.id.finding.branch;
        waits(row.state, row.checked, row.asked).any(|waiting| self.awaited.sees_to(waiting, branch, asked))
    }
}

impl LedgerView {
    /// Every view, in the order of the number keys from 1.
    pub const ALL: [Self; 9] = [
        Self::Open,
        Self::Overdue,
        Self::Near,
        Self::ToVerify,
        Self::Mine,
        Self::Repeated,
        Self::Drafted,
        Self::Closed,
        Self::All,
    ];

    /// Says whether a row belongs to the view.
    fn has(self, row: &LedgerRow, standing: Standing, who: &Onlooker) -> bool {
        match self {
            Self::Open => row.state.is_open(),
            Self::Overdue => matches!(standing, Standing::Overdue(_)),
            Self::Near => matches!(standing, Standing::Left(left) if left <= i32::from(who.near)),
            Self::ToVerify => row.asked || matches!(row.state, State::Requested | State::Verifying),
            Self::Mine => who.is_waited_for(row),
            Self::Repeated => row.nth > 1 && row.state != State::Revoked,
            Self::Drafted => row.state == State::Drafted,
            Self::Closed => row.state == State::Closed,
            Self::All => true,
        }
    }
}

/// The views that a row belongs to: a bit for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Views(u16);

impl Views {
    /// Finds the views that a row belongs to.
    pub fn of(row: &LedgerRow, who: &Onlooker) -> Self {
        let standing = row.standing(who.today);
        let bit = |view: LedgerView| u16::from(view.has(row, standing, who)) << view as u16;
        Self(LedgerView::ALL.into_iter().map(bit).sum())
    }

    /// Says whether a view is among them; none is where nothing may be seen of the row.
    pub const fn has(self, view: LedgerView) -> bool {
        self.0 & 1 << view as u16 != 0
    }
}

/// A set of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowSet {
    words: Vec<u64>,
}

impl RowSet {
    /// Makes an empty set for rows below `len`.
    pub fn for_rows(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)] }
    }

    /// Makes room for rows below `len`.
    pub fn reach(&mut self, len: usize) {
        self.words.resize(len.div_ceil(64).max(self.words.len()), 0);
    }

    /// Puts a row in.
    pub fn insert(&mut self, row: RowNo) {
        if let Some(word) = self.words.get_mut(row.0 as usize / 64) {
            *word |= 1 << (row.0 % 64);
        }
    }

    /// Puts a row in, or takes it out.
    pub fn put(&mut self, row: RowNo, is_in: bool) {
        if let Some(word) = self.words.get_mut(row.0 as usize / 64) {
            *word = *word & !(1 << (row.0 % 64)) | u64::from(is_in) << (row.0 % 64);
        }
    }

    /// Says whether a row is in.
    pub fn has(&self, row: RowNo) -> bool {
        self.words.get(row.0 as usize / 64).is_some_and(|word| word & 1 << (row.0 % 64) != 0)
    }

    /// Counts the rows in it.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Ledger;
    use super::super::tests::{finding, id};
    use super::*;
    use crate::domain::{BranchId, Role};

    fn looks(role: Role, today: Day) -> Onlooker {
        Onlooker { today, near: 7, awaited: Awaited { role, alone: false, belongs: None }, asker: None }
    }

    #[test]
    fn mine_is_what_waits_for_the_one_who_looks() {
        let mut ledger = Ledger::default();
        let states = [State::Drafted, State::Issued, State::Working, State::Requested, State::Verifying, State::Closed];
        let mut found = finding(1, "R-01", &states);
        found.lines[2].asked = true;
        found.lines[3].requester = Some(crate::domain::PersonId("支部甲".to_owned()));
        found.lines[4].checked = true;
        ledger.take(id(1, 1), &found);
        let asker = ledger.names().people.find("支部甲").and_then(|number| u16::try_from(number).ok());
        let mine = |who: Onlooker| -> Vec<u32> {
            ledger.rows().filter(|(_, row)| Views::of(row, &who).has(LedgerView::Mine)).map(|(at, _)| at.0).collect()
        };
        let today = Day::new(2026, 11, 1).unwrap();
        assert_eq!(mine(looks(Role::Inspector, today)), [0, 3]);
        assert_eq!(mine(looks(Role::Approver, today)), [2, 3, 4]);
        assert_eq!(mine(looks(Role::Branch, today)), [1, 2]);
        assert_eq!(mine(looks(Role::Admin, today)), [0, 2, 3, 4]);
        assert_eq!(mine(looks(Role::Viewer, today)), [] as [u32; 0]);
        let by = |role, alone, belongs| Onlooker { awaited: Awaited { role, alone, belongs }, ..looks(role, today) };
        assert_eq!(mine(by(Role::Admin, true, None)), [0, 1, 2, 3, 4]);
        let own = by(Role::Inspector, false, Some(BranchId(1)));
        assert_eq!(mine(own), [0], "nobody verifies for the branch they belong to");
        let asked = Onlooker { asker, ..looks(Role::Inspector, today) };
        assert_eq!(mine(asked), [0], "nobody verifies what they asked for");
    }

    #[test]
    fn each_view_has_what_its_name_says() {
        let mut ledger = Ledger::default();
        ledger.take(
            id(1, 1),
            &finding(1, "R-01", &[State::Issued, State::Drafted, State::Requested, State::Closed, State::Revoked]),
        );
        // All of them are due on 2026-11-01.
        let shown = |view: LedgerView, day: Day| -> Vec<u32> {
            let who = looks(Role::Inspector, day);
            ledger.rows().filter(|(_, row)| Views::of(row, &who).has(view)).map(|(at, _)| at.0).collect()
        };
        let day = |day| Day::new(2026, 11, day).unwrap();
        let early = Day::new(2026, 10, 1).unwrap();
        assert_eq!(shown(LedgerView::Open, day(1)), [0, 2]);
        assert_eq!(shown(LedgerView::Overdue, day(1)), [] as [u32; 0], "the day itself is in time");
        assert_eq!(shown(LedgerView::Overdue, day(2)), [0, 2]);
        assert_eq!(shown(LedgerView::Near, day(1)), [0, 2]);
        assert_eq!(shown(LedgerView::Near, early), [] as [u32; 0]);
        assert_eq!(shown(LedgerView::ToVerify, day(1)), [2]);
        assert_eq!(shown(LedgerView::Drafted, day(1)), [1]);
        assert_eq!(shown(LedgerView::Closed, day(1)), [3]);
        assert_eq!(shown(LedgerView::Repeated, day(1)), [] as [u32; 0]);
        assert_eq!(shown(LedgerView::All, day(1)).len(), 5);
    }

    #[test]
    fn a_set_of_rows_knows_its_rows() {
        let mut set = RowSet::for_rows(130);
        for row in [0, 63, 64, 129, 500] {
            set.insert(RowNo(row));
        }
        assert_eq!(set.count(), 4, "what lies outside is not taken in");
        assert!(set.has(RowNo(129)) && !set.has(RowNo(128)) && !set.has(RowNo(500)));
    }
}
