//! Laws of look-backs at the desk, and of the chains that units carry on when they are renamed and merged.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;
mod office;

use std::collections::BTreeMap;

use office::{FIRST, Office, ROUND, SECOND, TOP, rect};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, Change, Command, Criteria, Entry, FindingId, LookbackChange, LookbackCommand,
    LookbackId, Outcome, PersonId, Reading, RectId, RoundId, Severity, State,
};

const THIRD: BranchId = BranchId(4);
const UNITS: [BranchId; 3] = [FIRST, SECOND, THIRD];
const ITEMS: [&str; 3] = ["A-01", "A-02", "B-01"];

/// Lists the six items that the first round finds.
fn rects() -> Vec<RectId> {
    [FIRST, SECOND].into_iter().flat_map(|branch| (1..=3).map(move |n| rect(ROUND, branch, n))).collect()
}

fn state(office: &Office, rect: RectId) -> State {
    office.store.shelf.followed(rect.finding).unwrap().unwrap().item(rect.item).unwrap().state
}

/// Lists what a draw has drawn.
fn drawn(entries: &[Entry]) -> Vec<RectId> {
    let of = |change: &Change| match change {
        Change::Lookback(LookbackChange::Drawn { drawn, .. }) => Some(drawn.clone()),
        _ => None,
    };
    entries.iter().flat_map(|entry| &entry.changes).find_map(of).unwrap()
}

/// What somebody may want of look-backs.
#[derive(Clone, Debug)]
enum Want {
    Draw { who: &'static str, size: u16, seed: u64, severity: Option<Severity>, over: Option<BranchId> },
    Look { who: &'static str, id: u32, rect: RectId, outcome: Outcome },
    End { who: &'static str, id: u32, reason: &'static str },
}

fn a_want() -> impl Strategy<Value = Want> {
    let who = || select(vec!["inspector", "inspector2", "inspector3", "of-the-branch", "approver", "branch"]);
    let draw = (
        who(),
        0..8u16,
        0..4u64,
        select(vec![None, Some(Severity::Major), Some(Severity::Critical)]),
        select(vec![None, Some(TOP), Some(SECOND), Some(BranchId(77))]),
    );
    let look = (who(), 1..4u32, select(rects()), select(Outcome::ALL.to_vec()));
    let end = (who(), 1..4u32, select(vec!["", "支部已撤銷"]));
    prop_oneof![
        3 => draw.prop_map(|(who, size, seed, severity, over)| Want::Draw { who, size, seed, severity, over }),
        8 => look.prop_map(|(who, id, rect, outcome)| Want::Look { who, id, rect, outcome }),
        1 => end.prop_map(|(who, id, reason)| Want::End { who, id, reason }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_look_back_draws_closed_items_alone_and_says_what_the_journal_says(
        closed in vec(any::<bool>(), 6),
        wants in vec(a_want(), 1..24),
    ) {
        let mut office = Office::open();
        let found = [("A-01", Severity::Major), ("A-02", Severity::Minor), ("B-01", Severity::Critical)];
        for branch in [FIRST, SECOND] {
            office.walks(ROUND, branch, &found);
        }
        office.on(11, 3);
        for (rect, _) in rects().into_iter().zip(closed).filter(|(_, closed)| *closed) {
            office.closes(rect);
        }
        let mut looked: BTreeMap<(u32, RectId), Outcome> = BTreeMap::new();
        for want in wants {
            match want {
                Want::Draw { who, size, seed, severity, over } => {
                    let criteria = Criteria { severity, over, closer: None, size };
                    let draw = |office: &mut Office| {
                        let id = office.store.shelf.next_lookback().unwrap();
                        let command = LookbackCommand::Draw { criteria: criteria.clone(), seed };
                        office.asks(who, Command::Lookback(id, command))
                    };
                    // A refused command changes nothing: the office holds that of every one.
                    let Ok(entries) = draw(&mut office) else { continue };
                    let drawn = drawn(&entries);
                    prop_assert!(!drawn.is_empty() && drawn.len() <= usize::from(size));
                    for (at, rect) in drawn.iter().enumerate() {
                        prop_assert!(!drawn[..at].contains(rect), "twice: {rect:?}");
                        prop_assert_eq!(state(&office, *rect), State::Closed);
                        let followed = office.store.shelf.followed(rect.finding).unwrap().unwrap();
                        prop_assert!(severity.is_none_or(|severity| severity == followed.facts.severity));
                        prop_assert!(over.is_none_or(|over| over == TOP || over == rect.finding.branch));
                    }
                    let again = draw(&mut office).unwrap();
                    prop_assert_eq!(self::drawn(&again), drawn, "the same seed draws the same");
                }
                Want::Look { who, id, rect, outcome } => {
                    if office.looks(who, id, rect, outcome).is_ok() {
                        looked.insert((id, rect), outcome);
                    }
                }
                Want::End { who, id, reason } => {
                    let ledger = |office: &Office| {
                        let mut count = 0;
                        office.store.shelf.ledger((ROUND, BranchId(0)), &mut |_, _| {
                            count += 1;
                            std::ops::ControlFlow::Continue(())
                        }).unwrap();
                        count
                    };
                    let before = ledger(&office);
                    if office.ends(who, id, reason).is_ok() {
                        let back = looked.iter().filter(|((of, _), outcome)| *of == id && **outcome == Outcome::Relapsed);
                        prop_assert!(ledger(&office) - before <= back.count(), "only what came back is found again");
                    }
                }
            }
        }
        for ((id, rect), outcome) in looked {
            let lookback = office.store.shelf.lookback(LookbackId(id)).unwrap().unwrap();
            let seen = lookback.drawn(rect).unwrap().seen.clone().unwrap();
            prop_assert_eq!(seen.look.outcome, outcome);
            prop_assert_ne!(&seen.hand.by, &PersonId("inspector2".to_owned()), "who has closed it does not look");
            prop_assert_eq!(state(&office, rect), State::Closed, "closed is final");
        }
        office.agrees();
    }
}

/// What may become of the units between two rounds.
#[derive(Clone, Debug)]
enum Turn {
    Rename(BranchId),
    Merge(BranchId, BranchId),
    Restore(BranchId),
    Walk(BranchId, Vec<&'static str>),
}

fn a_turn() -> impl Strategy<Value = Turn> {
    let unit = || select(UNITS.to_vec());
    prop_oneof![
        1 => unit().prop_map(Turn::Rename),
        2 => (unit(), unit()).prop_map(|(from, into)| Turn::Merge(from, into)),
        1 => unit().prop_map(Turn::Restore),
        4 => (unit(), proptest::sample::subsequence(ITEMS.to_vec(), 1..3)).prop_map(|(unit, items)| Turn::Walk(unit, items)),
    ]
}

/// The units as a person would keep them on a sheet of paper: who was merged into whom.
#[derive(Default)]
struct Sheet(BTreeMap<BranchId, BranchId>);

impl Sheet {
    /// Lists a unit with those that were merged into it, or into one of these.
    fn lineage(&self, unit: BranchId) -> Vec<BranchId> {
        let merged = |from: &&BranchId| {
            let mut at = **from;
            while let Some(into) = self.0.get(&at) {
                at = *into;
            }
            at == unit
        };
        UNITS.iter().filter(merged).copied().collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_again_is_known_whatever_the_units_are_called_and_joined_to(turns in vec(a_turn(), 2..14)) {
        let mut office = Office::open();
        let facts = BranchFacts { parent: Some(TOP), ..forms::unit("JG-4") };
        office.does("admin", Command::Branch(THIRD, BranchCommand::Add(facts)));
        let mut sheet = Sheet::default();
        let mut found: Vec<(FindingId, &'static str)> = Vec::new();
        for (round, turn) in (2u32..).zip(turns) {
            match turn {
                Turn::Rename(unit) => {
                    let facts = office.store.shelf.branch(unit).unwrap().unwrap().facts;
                    let (code, name) = (format!("ZX-{round}"), format!("第{round}黨支部"));
                    let _ = office.asks("admin", Command::Branch(unit, BranchCommand::Edit(BranchFacts { code, name, ..facts })));
                }
                Turn::Merge(from, into) => {
                    let merge = BranchCommand::Merge { into, reason: "機構調整".to_owned() };
                    if office.asks("admin", Command::Branch(from, merge)).is_ok() {
                        sheet.0.insert(from, into);
                    }
                }
                Turn::Restore(unit) => {
                    if office.asks("admin", Command::Branch(unit, BranchCommand::Restore)).is_ok() {
                        sheet.0.remove(&unit);
                    }
                }
                Turn::Walk(unit, items) => {
                    if !office.store.shelf.branch(unit).unwrap().unwrap().active {
                        continue;
                    }
                    let id = RoundId(round);
                    office.round(id, (10, i8::try_from(round).unwrap()), (12, 31), &[unit]);
                    let failed: Vec<_> = items.iter().map(|item| (*item, Severity::Major)).collect();
                    office.walks(id, unit, &failed);
                    let lineage = sheet.lineage(unit);
                    for (n, item) in (1..).zip(items) {
                        let this = FindingId { round: id, branch: unit, n };
                        let before = found.iter().rev().find(|(id, of)| *of == item && lineage.contains(&id.branch));
                        let followed = office.store.shelf.followed(this).unwrap().unwrap();
                        prop_assert_eq!(followed.repeat_of, before.map(|(id, _)| *id), "{:?} of {:?}", item, lineage);
                        let nth = match before {
                            Some((id, _)) => office.store.shelf.followed(*id).unwrap().unwrap().nth + 1,
                            None => 1,
                        };
                        prop_assert_eq!(followed.nth, nth);
                        let chain = office.store.shelf.chain(this).unwrap();
                        prop_assert_eq!(chain.len(), usize::from(nth), "every link of the chain is there");
                        found.push((this, item));
                    }
                }
            }
        }
        office.agrees();
    }
}
