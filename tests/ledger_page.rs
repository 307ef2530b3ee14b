//! The ledger on the screen: what it follows change by change and finds slice by slice is what it would show afresh.
#![allow(clippy::unwrap_used, reason = "a broken test says so")]

mod script;

use std::ops::ControlFlow;
use std::sync::Arc;

use script::Home;
use tijian::app::{Filter, LedgerPage, Looker};
use tijian::domain::{
    Command, Day, FollowCommand, FollowStep, LedgerSort, LedgerView, PersonId, Reading, Request, Rev, RowNo, Stamp,
    State,
};
use tijian::store::{Shelf, Store};

const ROWS: usize = 15;

fn store(home: &Home) -> Store {
    home.says(&["demo", "--items", "240"]);
    Store::open(&home.store(), "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store
}

fn page(shelf: &Arc<Shelf>, view: LedgerView, sort: LedgerSort, filter: &str) -> LedgerPage {
    let looker = Looker { me: PersonId(script::PERSON.to_owned()), today: Day::new(2026, 11, 23).unwrap() };
    let mut page = LedgerPage::load(&**shelf, looker, view, sort, ROWS).unwrap();
    page.filter = Some(Filter::new(filter, true));
    page.search(ROWS);
    page
}

fn ids(page: &LedgerPage) -> Vec<tijian::domain::RectId> {
    page.rows.iter().map(|row| page.ledger.row(*row).unwrap().id).collect()
}

#[test]
fn a_search_in_slices_finds_what_a_search_at_once_finds() {
    let home = Home::empty();
    let store = store(&home);
    for (view, filter) in [
        (LedgerView::All, "第8頁"),
        (LedgerView::Open, "組織委員"),
        (LedgerView::All, "zzb 整改中"),
        (LedgerView::Closed, "2026-2"),
        (LedgerView::All, "沒有這樣的字"),
    ] {
        let whole = page(&store.shelf, view, LedgerSort::Branch, filter);
        assert!(!whole.is_searching());
        let len = u32::try_from(whole.ledger.len()).unwrap();
        for slice in [1, 64, len - 1, len, len + 60] {
            let mut page = whole.clone();
            page.rows.clear();
            page.search_by(slice, ROWS);
            assert_eq!(page.is_searching(), slice < len);
            let first: Vec<RowNo> = page.rows.clone();
            assert!(first.iter().all(|row| whole.rows.contains(row)), "{filter}: what is found first is right");
            let mut slices = 0;
            while page.is_searching() {
                page.go_on_by(slice, &*store.shelf, ROWS).unwrap();
                slices += 1;
            }
            assert_eq!(page.rows, whole.rows, "{filter} by {slice}");
            assert_eq!(slices, if slice < len { len.div_ceil(slice) } else { 0 });
        }
    }
}

#[test]
fn a_sort_in_slices_keeps_the_rows_until_all_stand_in_their_order() {
    let home = Home::empty();
    let store = store(&home);
    for (view, filter) in [(LedgerView::All, ""), (LedgerView::Open, "組織委員")] {
        for sort in LedgerSort::ALL {
            let stood = page(&store.shelf, view, LedgerSort::Returns, filter);
            let mut whole = stood.clone();
            whole.sort(sort, ROWS);
            assert!(!whole.is_sorting());
            for slice in [1, 100, 5000] {
                let mut page = stood.clone();
                page.sort_by(0, sort, ROWS);
                while page.is_sorting() {
                    assert_eq!(page.rows, stood.rows, "{sort:?} by {slice}");
                    page.go_on_by(slice, &*store.shelf, ROWS).unwrap();
                }
                assert_eq!(page.rows, whole.rows, "{sort:?} by {slice}");
                assert_eq!(page.selected(), stood.selected());
            }
            // A key in the middle asks for another one.
            let mut page = stood.clone();
            page.sort_by(0, LedgerSort::Item, ROWS);
            page.go_on_by(7, &*store.shelf, ROWS).unwrap();
            page.sort_by(0, sort, ROWS);
            while page.has_more() {
                page.go_on_by(64, &*store.shelf, ROWS).unwrap();
            }
            assert_eq!(page.rows, whole.rows, "{sort:?} after another");
        }
    }
}

#[test]
fn a_page_that_follows_changes_shows_what_a_fresh_one_shows() {
    let home = Home::empty();
    let mut store = store(&home);
    let views =
        [(LedgerView::All, ""), (LedgerView::Drafted, ""), (LedgerView::Open, "支部書記"), (LedgerView::All, "整改中")];
    let kinds: Vec<_> =
        LedgerSort::ALL.into_iter().flat_map(|sort| views.map(|(view, text)| (view, sort, text))).collect();
    let mut pages: Vec<LedgerPage> =
        kinds.iter().map(|(view, sort, text)| page(&store.shelf, *view, *sort, text)).collect();
    let drafted: Vec<_> =
        pages[0].ledger.rows().filter(|(_, row)| row.state == State::Drafted).map(|(_, row)| row.id).take(6).collect();
    assert_eq!(drafted.len(), 6);
    // Long before the days of the drafts have passed.
    let now = Stamp(1_776_000_000_000);
    for (at, id) in drafted.into_iter().enumerate() {
        let command =
            if at % 2 == 0 { FollowCommand::Revoke { reason: "重複".to_owned() } } else { FollowCommand::Issue };
        let step = FollowStep { item: id.item, behalf: String::new(), batch: false, command };
        let by = PersonId(script::PERSON.to_owned());
        let request = Request { by, saw: Rev(u64::MAX), command: Command::Follow(id.finding, step) };
        store.desk.as_mut().unwrap().step(now, vec![request]).pop().unwrap().unwrap();
        for (page, (view, sort, text)) in pages.iter_mut().zip(&kinds) {
            page.reload(&*store.shelf, ROWS).unwrap();
            let fresh = self::page(&store.shelf, *view, *sort, text);
            assert_eq!(ids(page), ids(&fresh), "{view:?} {sort:?} {text}");
            assert_eq!(page.counts, fresh.counts);
        }
    }
    assert!(store.shelf.head() > tijian::domain::Seq(8));
}
