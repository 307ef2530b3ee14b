//! Behind every number of the analysis stand exactly the rows that it counts: looked through number by number in the
//! practice store, in every round.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test says so")]

mod script;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use script::{Home, PERSON};
use tijian::app::keymaps::BuiltIn;
use tijian::app::{AnalysisPage, LedgerPage, Model, Moment, Msg, Pane, RoundPage, Screen, Start, keymaps, update};
use tijian::domain::{
    Day, Figure, Lang, LedgerNow, LedgerView, PersonId, Rate, RateKind, Reading, Share, Stamp, Verdict,
};
use tijian::keys::{Code, Glue, Input, Key};
use tijian::store::{Shelf, Store};
use tijian::text::Ambiguous;

/// Somebody who looks at the practice store.
struct Desk {
    shelf: Arc<Shelf>,
    model: Model,
    _store: Store,
}

/// The practice store with a look-back that has seen two of its items come back.
fn looked_back() -> Home {
    let home = Home::empty();
    home.says(&["demo"]);
    home.says_as("督查丙", &["lookback", "draw", "--size", "6", "--seed", "7", "--closer", "督查甲"]);
    let drawn = home.json(&["lookback", "show", "1", "--json"])["drawn"].clone();
    for (at, one) in drawn.as_array().unwrap().iter().enumerate() {
        let result: &[&str] = if at % 3 == 0 { &["relapsed", "--note", "又少開1次"] } else { &["valid"] };
        let args = [&["lookback", "result", "1", one["id"].as_str().unwrap()], result].concat();
        home.says_as("督查丙", &args);
    }
    home
}

impl Desk {
    fn sits(home: &Home) -> Self {
        let store = Store::open(&home.store(), "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store;
        let shelf = Arc::clone(&store.shelf);
        while matches!(shelf.whole_ledger().unwrap(), LedgerNow::Coming(_)) {
            std::thread::yield_now();
        }
        let start = Start {
            me: PersonId(PERSON.to_owned()),
            lang: Lang::Hant,
            moment: Moment { stamp: Stamp(0), day: Day::new(2026, 11, 26).unwrap() },
            size: (80, 24),
            ambiguous: Ambiguous::Narrow,
            keymap: Arc::new(keymaps::layered(BuiltIn::Default, None).unwrap()),
            read_only: false,
        };
        let model = Model::new(start, &*shelf).unwrap();
        Self { shelf, model, _store: store }
    }

    fn press(&mut self, key: Key) -> &mut Self {
        update(&mut self.model, Msg::Input(Input::Key(key, Glue::Alone)), &*self.shelf);
        self
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            self.press(Key::char(c));
        }
        self
    }

    fn page(&self) -> &AnalysisPage {
        let Screen::Analysis(page) = &self.model.screen else { panic!("not in the analysis") };
        page
    }

    /// Puts the selection on a number.
    fn selects(&mut self, pane: Pane, at: usize, column: usize) {
        let Screen::Analysis(page) = &mut self.model.screen else { panic!("not in the analysis") };
        page.look(pane);
        page.cursor.go(at, page.len(), 18);
        page.column = column;
    }

    /// Opens what stands behind the selected number, and comes back to it.
    fn behind<T>(&mut self, look: impl Fn(&Screen) -> T) -> T {
        let stood = (self.page().pane, self.page().cursor, self.page().column);
        self.press(Key::plain(Code::Enter));
        let seen = look(&self.model.screen);
        self.press(Key::plain(Code::Esc));
        assert_eq!((self.page().pane, self.page().cursor, self.page().column), stood, "Esc leads back to the number");
        seen
    }
}

fn ledger(screen: &Screen) -> &LedgerPage {
    let Screen::Ledger(page) = screen else { panic!("not in the ledger") };
    assert!(page.narrowed.is_some() && page.view == LedgerView::All);
    page
}

fn round(screen: &Screen) -> &RoundPage {
    let Screen::Round(page) = screen else { panic!("not in a round") };
    page
}

/// Counts what a rate counts in the rows shown: findings, or their items.
fn counts(page: &LedgerPage, kind: RateKind) -> u64 {
    let rows = page.rows.iter().map(|at| page.ledger.row(*at).unwrap().id);
    let findings = matches!(kind, RateKind::Closing | RateKind::OnTime | RateKind::Extended);
    let count = if findings { rows.map(|id| id.finding).collect::<BTreeSet<_>>().len() } else { rows.count() };
    u64::try_from(count).unwrap()
}

/// Opens every number of every pane of the round on the screen; answers how many there were that are not 0.
fn every_number(desk: &mut Desk) -> usize {
    let mut seen = 0;
    let id = desk.page().round.id;
    // Branches × groups.
    for at in 0..desk.page().analysis.rows.len() {
        for column in 0..desk.page().analysis.columns.len() {
            desk.selects(Pane::Heat, at, column);
            let page = desk.page();
            let (branch, group) = (page.analysis.rows[at].0, page.analysis.columns[column]);
            let checklist = Arc::clone(&page.checklist);
            let in_group = |item: &tijian::domain::ItemId| {
                checklist.item(item).is_some_and(|item| usize::from(item.group) == group)
            };
            let found = desk.shelf.ledger_of(id, branch).unwrap();
            let wanted: usize = found.iter().filter(|found| in_group(&found.item)).map(|found| found.lines.len()).sum();
            let shown = desk.behind(|screen| match screen {
                Screen::Walk(walk) => {
                    assert!((walk.round.id, walk.inspection.branch) == (id, branch));
                    assert!(in_group(&walk.item().unwrap().id), "where nothing was found the verdicts are shown");
                    0
                }
                screen => ledger(screen).rows.len(),
            });
            assert_eq!(shown, wanted, "{branch} {group}");
            seen += usize::from(wanted > 0);
        }
    }
    for at in 0..desk.page().rounds.len() {
        desk.selects(Pane::Trend, at, 0);
        let line = desk.page().rounds[at].0.clone();
        let shown = desk.behind(|screen| (round(screen).round.id, round(screen).rows.len()));
        assert_eq!(shown, (line.id, line.signed as usize));
    }
    for at in 0..desk.page().failed.len() {
        let failed = desk.page().failed[at];
        for (column, wanted) in [failed.branches, failed.of].into_iter().enumerate() {
            desk.selects(Pane::Items, at, column);
            let item = desk.page().checklist.items[failed.place].id.clone();
            let shelf = Arc::clone(&desk.shelf);
            let shown = desk.behind(|screen| {
                let page = round(screen);
                let verdict = |row: &tijian::app::RoundRow| shelf.inspection(id, row.branch).unwrap().verdict(&item);
                let is = |row| match verdict(row) {
                    Some(Verdict::Fail) => true,
                    Some(Verdict::NotApplicable) => false,
                    _ => column == 1,
                };
                assert!(page.rows.iter().all(is), "{item}");
                page.rows.len()
            });
            assert_eq!(shown, wanted as usize, "{item} {column}");
            seen += 1;
        }
    }
    seen + figures(desk)
}

/// Opens the numbers of ages and rates.
fn figures(desk: &mut Desk) -> usize {
    let mut seen = 0;
    for at in 0..Figure::all().count() {
        for column in 0..4 {
            desk.selects(Pane::Ledger, at, column);
            let (figure, number) = desk.page().number().unwrap();
            let both = desk.page().ledger.clone().unwrap();
            let analysis = if number.own { &both[0] } else { &both[1] };
            let wanted = match (figure, number.share) {
                (Figure::Age(age), Share::Whole) => u64::from(analysis.ages[age].open),
                (Figure::Age(age), Share::Part) => u64::from(analysis.ages[age].overdue),
                (Figure::Rate(kind), Share::Whole) => analysis.rates.rate(kind).of,
                (Figure::Rate(kind), Share::Part) => analysis.rates.rate(kind).got,
            };
            let shown = desk.behind(|screen| match (figure, screen) {
                (Figure::Rate(RateKind::Coverage), Screen::Rounds(rounds)) => {
                    let of = |line: &tijian::domain::RoundLine| match number.share {
                        Share::Whole => line.branches,
                        Share::Part => line.signed,
                    };
                    rounds.lines.iter().map(of).map(u64::from).sum()
                }
                (Figure::Rate(RateKind::Coverage), screen) => round(screen).rows.len() as u64,
                (Figure::Rate(kind), screen) => counts(ledger(screen), kind),
                (Figure::Age(_), screen) => ledger(screen).rows.len() as u64,
            });
            assert_eq!(shown, wanted, "{figure:?} {number:?}");
            seen += usize::from(wanted > 0);
        }
    }
    seen
}

#[test]
fn every_number_of_the_practice_store_opens_as_many_rows_as_it_says() {
    let home = looked_back();
    let mut desk = Desk::sits(&home);
    desk.keys("5");
    let rounds = desk.page().rounds.len();
    assert!(rounds > 2);
    let mut seen = every_number(&mut desk);
    for _ in 1..rounds {
        desk.keys("[");
        seen += every_number(&mut desk);
    }
    let [_, all] = *desk.page().ledger.clone().unwrap();
    assert_eq!(all.rates.relapse, Rate { got: 2, of: 6 });
    assert!(seen > 300, "{seen} numbers");
}

#[test]
fn what_the_ledger_is_narrowed_to_goes_with_the_filter_and_outlives_a_dropped_line() {
    let home = looked_back();
    let mut desk = Desk::sits(&home);
    desk.keys("5");
    desk.selects(Pane::Ledger, 10, 2);
    desk.press(Key::plain(Code::Enter));
    let (narrow, len, all) = {
        let page = ledger(&desk.model.screen);
        (page.narrowed.clone().unwrap().narrow, page.rows.len(), page.ledger.len())
    };
    assert!(len > 0 && len < all);
    let place = desk.model.place();
    let bytes = serde_json::to_vec(&place).unwrap();
    // A filter looks among the rows behind the number, another view as well.
    desk.keys("/zzb").press(Key::plain(Code::Enter));
    assert!(ledger(&desk.model.screen).rows.len() <= len);
    desk.keys("/").press(Key::plain(Code::Esc));
    let Screen::Ledger(page) = &desk.model.screen else { panic!("not in the ledger") };
    assert!(page.narrowed.is_none());
    assert_eq!(page.rows.len(), all, "Esc in the filter takes it off, and what it is narrowed to");
    let mut again = desk;
    again.keys("gh");
    again.model.resume(serde_json::from_slice(&bytes).unwrap(), &*again.shelf).unwrap();
    let page = ledger(&again.model.screen);
    assert_eq!((&page.narrowed.as_ref().unwrap().narrow, page.rows.len()), (&narrow, len));
}
