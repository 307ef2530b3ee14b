//! Look-backs through the desk: who draws and looks, what is stored, and what follows what has come back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;
mod office;

use office::{FIRST, Office, ROUND, SECOND, TOP, day, rect};
use tijian::domain::{
    BranchId, Change, Command, Criteria, FollowCommand, InspectionCommand, Look, LookbackChange, LookbackCommand,
    LookbackId, Of, Outcome, PersonId, Rate, RateKind, Rates, Reading, RectFacts, RectId, Refusal, Rev, Severity,
    State, draw,
};

const ITEMS: [&str; 3] = ["A-01", "A-02", "B-01"];

/// Opens an office in which three items of the first branch and one of the second are closed.
fn office() -> Office {
    let mut office = Office::open();
    office.walks(ROUND, FIRST, &ITEMS.map(|item| (item, Severity::Major)));
    office.walks(ROUND, SECOND, &[("A-01", Severity::Critical), ("B-01", Severity::Minor)]);
    for n in 1..=3 {
        office.on(11, 3).closes(rect(ROUND, FIRST, n));
    }
    office.on(11, 3).closes(rect(ROUND, SECOND, 1));
    office.on(11, 20);
    office
}

fn all() -> [RectId; 4] {
    [rect(ROUND, FIRST, 1), rect(ROUND, FIRST, 2), rect(ROUND, FIRST, 3), rect(ROUND, SECOND, 1)]
}

fn criteria(size: u16) -> Criteria {
    Criteria { severity: None, over: None, closer: None, size }
}

#[test]
fn a_draw_keeps_what_anybody_needs_to_draw_it_again() {
    let mut office = office();
    let command = |seed| LookbackCommand::Draw { criteria: criteria(2), seed };
    let entries = office.does("inspector", Command::Lookback(LookbackId(1), command(42)));
    let [entry] = &entries[..] else { panic!("{entries:?}") };
    let Change::Lookback(LookbackChange::Drawn { criteria, seed, population, drawn }) = &entry.changes[0] else {
        panic!("{entry:?}")
    };
    assert_eq!((entry.of, *seed, *population), (Of::Lookback(LookbackId(1)), 42, 4));
    assert_eq!(*drawn, draw(&all(), usize::from(criteria.size), 42));
    assert_eq!(office.asks("admin", Command::Lookback(LookbackId(1), command(1))), Err(exists()));
    assert_eq!(office.store.shelf.next_lookback().unwrap(), LookbackId(2));
    office.does("inspector3", Command::Lookback(LookbackId(2), command(42)));
    let again = office.store.shelf.lookback(LookbackId(2)).unwrap().unwrap();
    assert_eq!(again.drawn.iter().map(|drawn| drawn.rect).collect::<Vec<_>>(), *drawn);
    office.agrees();
}

fn exists() -> Refusal {
    Refusal::LookbackExists(LookbackId(1))
}

#[test]
fn a_draw_takes_what_its_criteria_say() {
    let mut office = office();
    let [one, two, three, other] = all();
    let closer = |who: &str| Some(PersonId(who.to_owned()));
    let wide = || criteria(9);
    let cases = [
        (wide(), vec![one, two, three, other]),
        (Criteria { over: Some(TOP), ..wide() }, vec![one, two, three, other]),
        (Criteria { over: Some(FIRST), ..wide() }, vec![one, two, three]),
        (Criteria { severity: Some(Severity::Critical), ..wide() }, vec![other]),
        (Criteria { closer: closer("inspector2"), ..wide() }, vec![one, two, three, other]),
        (
            Criteria { over: Some(SECOND), severity: Some(Severity::Critical), closer: closer("inspector2"), size: 1 },
            vec![other],
        ),
    ];
    for (id, (criteria, expected)) in (1..).zip(cases) {
        let command = LookbackCommand::Draw { criteria: criteria.clone(), seed: 1 };
        office.does("inspector", Command::Lookback(LookbackId(id), command));
        let lookback = office.store.shelf.lookback(LookbackId(id)).unwrap().unwrap();
        assert_eq!(lookback.drawn.iter().map(|drawn| drawn.rect).collect::<Vec<_>>(), expected, "{criteria:?}");
    }
    let refused = [
        (Criteria { severity: Some(Severity::Minor), ..wide() }, Refusal::NothingToDraw),
        (Criteria { closer: closer("approver"), ..wide() }, Refusal::NothingToDraw),
        (Criteria { over: Some(BranchId(9)), ..wide() }, Refusal::NoSuchBranch(BranchId(9))),
        (criteria(0), Refusal::OutOfRange { field: "size", low: 1, high: 200 }),
        (criteria(201), Refusal::OutOfRange { field: "size", low: 1, high: 200 }),
    ];
    for (criteria, why) in refused {
        let command = LookbackCommand::Draw { criteria, seed: 1 };
        assert_eq!(office.asks("inspector", Command::Lookback(LookbackId(99), command)), Err(why));
    }
}

#[test]
fn who_closed_it_and_who_is_of_the_branch_do_not_look() {
    let mut office = office();
    for (who, allowed) in
        [("viewer", false), ("branch", false), ("approver", false), ("stranger", false), ("admin", true)]
    {
        assert_eq!(office.draws(who, 1, 9).is_ok(), allowed, "{who}");
    }
    let [one, .., grave] = all();
    let look = |office: &mut Office, who: &str, rect| office.looks(who, 1, rect, Outcome::Valid).map(drop);
    let same = |by: &str| Err(Refusal::SameHand { by: PersonId(by.to_owned()), behalf: String::new() });
    assert_eq!(look(&mut office, "inspector2", one), same("inspector2"));
    assert_eq!(look(&mut office, "of-the-branch", one), Err(Refusal::OwnBranch(FIRST)));
    assert!(matches!(look(&mut office, "branch", one), Err(Refusal::ForOthers { .. })));
    assert_eq!(look(&mut office, "of-the-branch", grave), Ok(()));
    assert_eq!(look(&mut office, "inspector2", grave), same("inspector2"));
    let beside = RectId { item: 2, ..one };
    assert_eq!(look(&mut office, "inspector3", beside), Err(Refusal::NotDrawn(beside)));
    assert_eq!(look(&mut office, "inspector3", one), Ok(()));
    assert_eq!(look(&mut office, "inspector3", one), Err(Refusal::NothingChanged));
    office.agrees();
}

#[test]
fn a_result_is_corrected_until_the_end_and_nobody_overwrites_what_they_have_not_seen() {
    let mut office = office();
    office.draws("inspector", 1, 9).unwrap();
    let [one, two, ..] = all();
    let command = |rect, outcome| {
        let look = Look { outcome, note: "記錄齊全".to_owned() };
        Command::Lookback(LookbackId(1), LookbackCommand::Look { rect, behalf: String::new(), look })
    };
    office.asks_at("inspector", Rev(1), command(one, Outcome::Relapsed)).unwrap();
    office.asks_at("inspector3", Rev(1), command(two, Outcome::Valid)).unwrap();
    let stale = office.asks_at("inspector3", Rev(1), command(one, Outcome::Valid)).unwrap_err();
    assert!(matches!(&stale, Refusal::Stale { by, .. } if by.0 == "inspector"), "{stale:?}");
    office.asks_at("inspector3", Rev(3), command(one, Outcome::Valid)).unwrap();
    let end = |reason: &str| Command::Lookback(LookbackId(1), LookbackCommand::End { reason: reason.to_owned() });
    assert!(matches!(office.asks_at("inspector", Rev(3), end("支部已撤銷")), Err(Refusal::Stale { .. })));
    assert_eq!(office.asks("inspector", end(" ")), Err(Refusal::StillToLookAt(2)));
    office.does("inspector", end("支部已撤銷"));
    let ended = office.asks("inspector3", command(one, Outcome::Relapsed)).unwrap_err();
    assert!(matches!(&ended, Refusal::LookbackEnded { by, .. } if by.0 == "inspector"), "{ended:?}");
    assert!(matches!(office.asks("inspector3", end("")), Err(Refusal::LookbackEnded { .. })));
    let line = office.store.shelf.lookbacks().unwrap().remove(0);
    assert_eq!((line.drawn, line.relapse), (4, Rate { got: 0, of: 2 }));
    let bare = LookbackCommand::Look {
        rect: two,
        behalf: String::new(),
        look: Look { outcome: Outcome::Relapsed, note: " ".to_owned() },
    };
    office.draws("inspector", 2, 9).unwrap();
    assert_eq!(office.asks("inspector3", Command::Lookback(LookbackId(2), bare)), Err(Refusal::Empty("note")));
    office.agrees();
}

#[test]
fn what_has_come_back_is_a_new_finding_and_the_old_one_stays_as_it_is() {
    let mut office = office();
    office.draws("inspector", 1, 9).unwrap();
    let [one, two, three, grave] = all();
    let before = office.store.shelf.followed(one.finding).unwrap();
    for (rect, outcome) in
        [(one, Outcome::Relapsed), (two, Outcome::Valid), (three, Outcome::Relapsed), (grave, Outcome::Relapsed)]
    {
        office.looks("inspector3", 1, rect, outcome).unwrap();
    }
    assert_eq!(office.store.shelf.followed(rect(ROUND, FIRST, 4).finding).unwrap(), None, "nothing before the end");
    let entries = office.ends("inspector", 1, "").unwrap();
    assert_eq!(entries.iter().map(|entry| entry.more).collect::<Vec<_>>(), [true, true, true, false], "one act");
    assert_eq!(office.store.shelf.followed(one.finding).unwrap(), before, "closed is final");
    for (old, new) in [(one, rect(ROUND, FIRST, 4)), (three, rect(ROUND, FIRST, 5)), (grave, rect(ROUND, SECOND, 3))] {
        let (old_one, new_one) = (office.store.shelf.followed(old.finding), office.store.shelf.followed(new.finding));
        let (old_one, new_one) = (old_one.unwrap().unwrap(), new_one.unwrap().unwrap());
        assert_eq!((new_one.relapse_of, new_one.repeat_of, new_one.nth), (Some(old), Some(old.finding), 2));
        assert_eq!(new_one.facts.item, old_one.facts.item);
        assert_eq!((new_one.facts.severity, new_one.facts.fact.as_str()), (old_one.facts.severity, "又缺1次"));
        // 30 days from 20 November.
        let RectFacts { due, post, .. } = &new_one.items[0].facts;
        assert_eq!((*due, post.as_str(), new_one.items[0].state), (day(12, 20), "支部書記", State::Drafted));
    }
    let rates = Rates { relapse: office.store.shelf.looks(&|_| true).unwrap().all, ..Rates::default() };
    assert_eq!(rates.rate(RateKind::Relapse), Rate { got: 3, of: 4 });
    assert_eq!(rates.rate(RateKind::Effective).per_mille(), Some(250));
    // What has come back is looked at where it is followed now, not again here.
    office.draws("inspector", 2, 9).unwrap();
    let left = office.store.shelf.lookback(LookbackId(2)).unwrap().unwrap();
    assert_eq!(left.drawn.iter().map(|drawn| drawn.rect).collect::<Vec<_>>(), [two]);
    office.agrees();
}

#[test]
fn two_look_backs_that_saw_the_same_open_it_once() {
    let mut office = office();
    let [one, ..] = all();
    for id in [1, 2] {
        office.draws("inspector", id, 9).unwrap();
        office.looks("inspector3", id, one, Outcome::Relapsed).unwrap();
    }
    assert_eq!(office.ends("inspector", 1, "只看一項").unwrap().len(), 2);
    assert_eq!(office.ends("inspector", 2, "只看一項").unwrap().len(), 1);
    office.agrees();
}

#[test]
fn signing_again_leaves_what_a_look_back_has_seen_and_numbers_never_meet() {
    let mut office = office();
    office.draws("inspector", 1, 9).unwrap();
    let [one, ..] = all();
    office.looks("inspector3", 1, one, Outcome::Relapsed).unwrap();
    office.ends("inspector", 1, "只看一項").unwrap();
    let back = rect(ROUND, FIRST, 4);
    office.inspects(ROUND, FIRST, forms::reopen("補充"));
    office.inspects(ROUND, FIRST, forms::find("A-02", "缺3次"));
    let inspection = office.store.shelf.inspection(ROUND, FIRST).unwrap();
    assert_eq!(inspection.findings.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 5]);
    office.inspects(ROUND, FIRST, InspectionCommand::SignOff);
    let item =
        |office: &Office, rect: RectId| office.store.shelf.followed(rect.finding).unwrap().unwrap().items[0].clone();
    assert_eq!(item(&office, back).state, State::Drafted, "it was not withdrawn");
    assert_eq!(item(&office, rect(ROUND, FIRST, 5)).state, State::Drafted);
    // What the inspection itself withdraws is given up as before.
    office.inspects(ROUND, FIRST, forms::reopen("補充"));
    office.inspects(ROUND, FIRST, InspectionCommand::Withdraw { n: 5 });
    office.inspects(ROUND, FIRST, InspectionCommand::SignOff);
    assert_eq!(item(&office, rect(ROUND, FIRST, 5)).state, State::Revoked);
    assert_eq!(item(&office, back).state, State::Drafted);
    // The new finding lives the life of any other.
    office.on(11, 21).closes(back);
    assert_eq!(item(&office, back).state, State::Closed);
    assert!(office.steps("inspector", one, FollowCommand::Issue).is_err(), "the old one stays closed");
    office.agrees();
}
