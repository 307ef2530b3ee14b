//! The ledger's first page is read at home before anybody asks for it: the key that opens it reads nothing.
#![allow(clippy::unwrap_used, reason = "a broken test says so")]

mod script;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use script::Home;
use tijian::app::keymaps::{self, BuiltIn};
use tijian::app::{Action, LedgerPage, Model, Moment, Msg, Screen, Start, Whole, update};
use tijian::domain::{Day, Lang, LedgerView, PersonId, Reading, Seq, Stamp};
use tijian::store::{Batch, FileJournal, Records, RecordsError, Shelf, Store};
use tijian::text::Ambiguous;

/// Records that count how often they are asked.
struct Counted {
    records: Arc<dyn Records>,
    asked: Arc<AtomicUsize>,
}

impl Records for Counted {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.records.get(name)
    }

    fn scan(
        &self,
        from: &[u8],
        prefix: &[u8],
        look: &mut dyn FnMut(&[u8], &[u8]) -> ControlFlow<()>,
    ) -> Result<(), RecordsError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.records.scan(from, prefix, look)
    }

    fn commit(&self, batch: &Batch) -> Result<(), RecordsError> {
        self.records.commit(batch)
    }

    fn flush(&self) -> Result<(), RecordsError> {
        self.records.flush()
    }

    fn clear(&self) -> Result<(), RecordsError> {
        self.records.clear()
    }
}

fn sits(reading: &dyn Reading) -> Model {
    let moment = Moment { stamp: Stamp(1_795_395_600_000), day: Day::new(2026, 11, 23).unwrap() };
    let start = Start {
        me: PersonId(script::PERSON.to_owned()),
        lang: Lang::Hant,
        moment,
        size: (80, 24),
        ambiguous: Ambiguous::Narrow,
        keymap: Arc::new(keymaps::layered(BuiltIn::Default, None).unwrap()),
        read_only: false,
    };
    Model::new(start, reading).unwrap()
}

/// Does what goes on between keys, and says how many parts of it there were.
fn rests(model: &mut Model, reading: &dyn Reading) -> usize {
    let mut parts = 0;
    while model.has_more() {
        update(model, Msg::More, reading);
        parts += 1;
        assert!(parts < 100, "an idle session comes to rest");
    }
    parts
}

fn ledger(model: &Model) -> &LedgerPage {
    let Screen::Ledger(page) = &model.screen else { panic!("not in the ledger") };
    page
}

#[test]
fn the_key_that_opens_the_ledger_reads_nothing_unless_something_has_changed() {
    let home = Home::empty();
    home.says(&["demo", "--items", "400"]);
    let store = Store::open(&home.store(), "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store;
    let asked = Arc::new(AtomicUsize::new(0));
    let shelf = |head: Seq| {
        let records = Counted { records: Arc::clone(store.shelf.records()), asked: Arc::clone(&asked) };
        Shelf::new(Arc::new(records), FileJournal::open_read_only(&store.dir).unwrap().0, head)
    };
    for (action, view) in [(Action::GoLedger, LedgerView::Open), (Action::LedgerOverdue, LedgerView::Overdue)] {
        // Each shelf begins with nothing made.
        let now = shelf(store.shelf.head());
        let mut model = sits(&now);
        assert_eq!(rests(&mut model, &now), 1, "it is made once");
        let before = asked.load(Ordering::Relaxed);
        update(&mut model, Msg::Do(action), &now);
        assert_eq!(asked.load(Ordering::Relaxed), before, "{view:?}");
        let page = ledger(&model);
        assert_eq!(page.view, view);
        assert!(matches!(page.whole, Whole::Unasked) && !page.rows.is_empty());
        let first: Vec<_> = page.rows.iter().filter_map(|row| page.ledger.row(*row)).map(|row| row.id).collect();
        // What was read first stands first in the whole ledger, too.
        rests(&mut model, &now);
        while ledger(&model).is_coming() {
            std::thread::yield_now();
            update(&mut model, Msg::News(now.head()), &now);
        }
        rests(&mut model, &now);
        let page = ledger(&model);
        assert_eq!(page.ledger.len(), now.tally().unwrap().all() as usize);
        assert!(page.rows.len() > first.len());
        assert_eq!(page.line(0).map(|row| row.id), first.first().copied());
        let later = shelf(Seq(now.head().0 + 1));
        let mut model = sits(&later);
        rests(&mut model, &later);
        let latest = shelf(Seq(now.head().0 + 2));
        let before = asked.load(Ordering::Relaxed);
        update(&mut model, Msg::Do(action), &latest);
        assert!(asked.load(Ordering::Relaxed) > before, "what has changed meanwhile is read");
    }
}
