//! Laws of the ledger: its columns, its queue and its counts say what the findings say, whatever was done to them.

mod keep;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use keep::{NINE, does, furnish, inspect, item, quiet, request, step};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tijian::domain::{
    Answers, BranchId, Class, Command, Day, Evidence, FindingFacts, FindingId, FollowCommand, FollowStep,
    InspectionCommand, Judgement, Ledger, LedgerNow, Paper, Rates, Reading, RectFacts, RectId, RoundId, Severity,
    Stamp, State, Tally, Verdict, Waiting,
};
use tijian::import::checklist::builtin;
use tijian::store::{Shelf, Store};

fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

const FIRST: FindingId = FindingId { round: RoundId(1), branch: BranchId(1), n: 1 };

fn id(n: u16) -> FindingId {
    FindingId { n, ..FIRST }
}

/// Signs the first inspection with three findings: a plain one, a grave one, and one that is put right at once.
fn signed(store: &mut Store) {
    furnish(store);
    let judged = |(at, item): (usize, &tijian::domain::Item)| {
        let verdict = if (1..=3).contains(&at) { Verdict::Fail } else { Verdict::Pass };
        (item.id.clone(), Some(Judgement { verdict, reason: String::new() }))
    };
    let all = builtin().items.iter().enumerate().map(judged).collect();
    does(store, inspect(1, InspectionCommand::Judge(all)));
    for (at, severity, class) in [(2, Severity::Critical, Class::Standing), (3, Severity::Minor, Class::Immediate)] {
        let facts = FindingFacts { item: item(at), fact: format!("問題{at}"), severity, class, due: day(12, 5) };
        does(store, inspect(1, InspectionCommand::Find { n: None, facts }));
    }
    does(store, inspect(1, InspectionCommand::SignOff));
}

fn a_step() -> impl Strategy<Value = FollowCommand> {
    let evidence = || Evidence {
        title: "會議記錄".to_owned(),
        number: String::new(),
        date: day(12, 1),
        place: "檔案櫃".to_owned(),
        sha256: String::new(),
    };
    let answers =
        || Answers { gone: "已補開".to_owned(), cause: "已明確".to_owned(), rule: "已列入".to_owned() };
    let draft =
        RectFacts {
            measure: "補開".to_owned(), lead: String::new(), post: "組織委員".to_owned(), due: day(12, 31)
        };
    let reason = || "記錄不全".to_owned();
    prop_oneof![
        2 => Just(FollowCommand::Draft(draft)),
        6 => Just(FollowCommand::Issue),
        6 => Just(FollowCommand::Receive),
        6 => Just(FollowCommand::Start { measure: "補開".to_owned() }),
        6 => Just(FollowCommand::Evidence(evidence())),
        6 => Just(FollowCommand::Request(answers())),
        6 => Just(FollowCommand::TakeUp),
        4 => select(vec![None, Some(day(12, 30))]).prop_map(|next| FollowCommand::Pass { next }),
        4 => Just(FollowCommand::Approve),
        2 => Just(FollowCommand::Return { reason: reason(), due: day(12, 28) }),
        1 => Just(FollowCommand::Revoke { reason: reason() }),
        3 => Just(FollowCommand::Ask { to: day(12, 29), reason: reason() }),
        2 => Just(FollowCommand::Grant),
        1 => Just(FollowCommand::Deny { reason: reason() }),
        1 => Just(FollowCommand::Exempt { until: day(12, 30), reason: reason() }),
        1 => Just(FollowCommand::Lift { reason: reason() }),
        2 => Just(FollowCommand::PutRight { evidence: evidence(), answers: answers() }),
        1 => Just(FollowCommand::Send(Paper::Reminder)),
    ]
}

/// Counts and lists anew what the shelf keeps of the ledger, and compares.
fn agrees(shelf: &Shelf, columns: &Ledger) {
    let (mut tally, mut rows) = (Tally::default(), 0);
    let mut queue = BTreeSet::new();
    let (mut days, mut findings) = (Vec::new(), Vec::new());
    let mut fresh = Ledger::default();
    shelf
        .ledger((RoundId(0), BranchId(0)), &mut |id, finding| {
            for (item, line) in (1u8..).zip(&finding.lines) {
                tally.add(line);
                let id = RectId { finding: id, item };
                queue.extend(line.waits().map(|waiting| (waiting, line.due, id)));
                days.extend(line.state.is_open().then_some(line.due));
                rows += 1;
            }
            fresh.take(id, &finding);
            findings.push(finding);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(shelf.tally().unwrap(), tally);
    assert_eq!(tally.all(), rows);
    let mut kept = BTreeSet::new();
    for waiting in Waiting::ALL {
        let mut last = None;
        shelf
            .waiting(waiting, &mut |day, id| {
                assert!(last <= Some(day), "the earliest day comes first");
                last = Some(day);
                kept.insert((waiting, day, id));
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    assert_eq!(kept, queue);
    for today in [day(11, 1), day(12, 6), day(12, 30), day(12, 31)] {
        let late = days.iter().filter(|day| **day < today).count();
        assert_eq!(shelf.overdue(today).unwrap() as usize, late, "{today}");
        let mut rates = Rates::default();
        for finding in &findings {
            rates.add(finding, today);
        }
        assert_eq!(shelf.on_time(today).unwrap(), rates.tally.on_time, "{today}");
    }
    assert_eq!(columns.len(), fresh.len());
    for (_, row) in fresh.rows() {
        let kept = columns.find(row.id).and_then(|at| columns.row(at)).unwrap();
        let (one, other) = (columns.names(), fresh.names());
        assert_eq!(one.facts.text(kept.fact), other.facts.text(row.fact));
        assert_eq!(one.items.text(kept.item), other.items.text(row.item));
        assert_eq!(one.posts.text(kept.post), other.posts.text(row.post));
        let numbered = |row: &tijian::domain::LedgerRow| tijian::domain::LedgerRow {
            item: 0,
            fact: 0,
            post: 0,
            requester: None,
            ..*row
        };
        assert_eq!(numbered(kept), numbered(row));
    }
}

fn whole(shelf: &Shelf) -> std::sync::Arc<Ledger> {
    match shelf.whole_ledger().unwrap() {
        LedgerNow::Whole(ledger) => ledger,
        LedgerNow::Coming(read) => panic!("a small ledger is read at once, not {read} items of it"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn columns_queue_and_counts_follow_every_step(
        steps in vec((1u16..=3, 1u8..=2, select(vec!["支部書記", ""]), select(vec!["甲", "乙", "丙"]), a_step()), 1..60),
        early in any::<bool>(),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = quiet(dir.path());
        signed(&mut store);
        if early {
            whole(&store.shelf);
        }
        // A week after the signature: evidence may bear a day after the issue.
        let later = Stamp(NINE.0 + 10 * 86_400_000);
        for (at, (n, item, behalf, by, command)) in steps.into_iter().enumerate() {
            let follow = FollowStep { item, behalf: behalf.to_owned(), batch: false, command };
            let now = if at == 0 { NINE } else { later };
            step(&mut store, now, vec![request(by, Command::Follow(id(n), follow))]);
        }
        let columns = whole(&store.shelf);
        agrees(&store.shelf, &columns);
        prop_assert_eq!(columns.names().items.len(), 3);
    }
}

#[test]
fn the_queue_says_who_is_waited_for_through_a_whole_life() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    signed(&mut store);
    let waiting = |store: &Store| -> Vec<Waiting> {
        let mut found = Vec::new();
        for waiting in Waiting::ALL {
            let mut visit = |_, rect: RectId| {
                found.extend((rect.finding == id(2)).then_some(waiting));
                ControlFlow::Continue(())
            };
            store.shelf.waiting(waiting, &mut visit).unwrap();
        }
        found
    };
    assert_eq!(waiting(&store), [Waiting::Issue]);
    let mut goes = |at: i64, by: &str, behalf: &str, command| {
        let step_on = FollowStep { item: 1, behalf: behalf.to_owned(), batch: false, command };
        let now = Stamp(NINE.0 + at * 86_400_000);
        step(&mut store, now, vec![request(by, Command::Follow(id(2), step_on))]).pop().unwrap().unwrap();
        waiting(&store)
    };
    let evidence = Evidence {
        title: "會議記錄".to_owned(),
        number: String::new(),
        date: day(11, 30),
        place: "檔案櫃".to_owned(),
        sha256: String::new(),
    };
    let answers = Answers { gone: "已補開".to_owned(), cause: "已明確".to_owned(), rule: "已列入".to_owned() };
    assert_eq!(goes(0, "甲", "", FollowCommand::Issue), [Waiting::Branch]);
    assert_eq!(goes(0, "甲", "支部書記", FollowCommand::Receive), [Waiting::Branch]);
    let ask = FollowCommand::Ask { to: day(12, 20), reason: "換屆".to_owned() };
    assert_eq!(goes(1, "甲", "支部書記", ask), [Waiting::Branch, Waiting::Answer]);
    assert_eq!(goes(1, "乙", "", FollowCommand::Grant), [Waiting::Branch]);
    assert_eq!(goes(2, "甲", "支部書記", FollowCommand::Start { measure: "補開".to_owned() }), [Waiting::Branch]);
    assert_eq!(goes(8, "甲", "支部書記", FollowCommand::Evidence(evidence)), [Waiting::Branch]);
    assert_eq!(goes(8, "甲", "支部書記", FollowCommand::Request(answers)), [Waiting::Verify]);
    assert_eq!(goes(9, "乙", "", FollowCommand::TakeUp), [Waiting::Verify]);
    assert_eq!(
        goes(9, "乙", "", FollowCommand::Pass { next: None }),
        [Waiting::Approve],
        "a grave one has a third person"
    );
    assert_eq!(goes(9, "丙", "", FollowCommand::Approve), []);
    assert_eq!(store.shelf.tally().unwrap().of(State::Closed), 1);
    assert_eq!(store.shelf.tally().unwrap().in_time, 1);
}

#[test]
fn steps_that_are_taken_at_once_are_one_entry_or_none() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    signed(&mut store);
    let one = |behalf: &str, command| FollowStep { item: 1, behalf: behalf.to_owned(), batch: false, command };
    let mut at_once =
        |steps| step(&mut store, NINE, vec![request("甲", Command::FollowAll(id(1), steps))]).pop().unwrap();
    let start = || FollowCommand::Start { measure: "補開".to_owned() };
    let early = at_once(vec![one("", FollowCommand::Issue), one("支部書記", start()), one("支部書記", start())]);
    assert!(early.is_err(), "the last of them cannot be");
    assert!(at_once(Vec::new()).is_err());
    let steps = vec![one("", FollowCommand::Issue), one("支部書記", FollowCommand::Receive), one("支部書記", start())];
    let entries = at_once(steps).unwrap().entries;
    assert_eq!(entries.iter().map(|entry| entry.changes.len()).collect::<Vec<_>>(), [3]);
    let followed = store.shelf.followed(id(1)).unwrap().unwrap();
    assert_eq!((followed.items[0].state, followed.rev.0), (State::Working, 2));
    agrees(&store.shelf, &whole(&store.shelf));
    keep::is_sound(&mut store);
}
