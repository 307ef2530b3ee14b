//! What is found again: over rounds, after a closure, and after units became one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;
mod office;

use office::{FIRST, Office, ROUND, SECOND, TOP, rect};
use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, Change, Command, FindingId, Followed, HouseCommand, Outcome, Policy, Reading,
    Recurrence, Refusal, RoundId, Severity, earlier, recurrence,
};

const THIRD: BranchId = BranchId(4);

fn followed(office: &Office, round: u32, branch: BranchId, n: u16) -> Followed {
    office.store.shelf.followed(FindingId { round: RoundId(round), branch, n }).unwrap().unwrap()
}

fn merge(office: &mut Office, from: BranchId, into: BranchId) -> usize {
    office.does("admin", Command::Branch(from, BranchCommand::Merge { into, reason: "機構調整".to_owned() })).len()
}

#[test]
fn the_name_of_a_recurrence_is_the_gravest_that_fits() {
    use Severity::{Critical, Major, Minor};
    let cases = [
        (1, false, Minor, Recurrence::First),
        (1, false, Critical, Recurrence::First),
        (2, false, Minor, Recurrence::Repeat),
        (2, false, Major, Recurrence::Repeat),
        (2, true, Major, Recurrence::Relapse),
        (2, false, Critical, Recurrence::Habitual),
        (2, true, Critical, Recurrence::Habitual),
        (3, false, Minor, Recurrence::Habitual),
        (3, true, Minor, Recurrence::Habitual),
        (200, false, Minor, Recurrence::Habitual),
    ];
    for (nth, relapse, severity, expected) in cases {
        assert_eq!(recurrence(nth, relapse, severity), expected, "{nth} {relapse} {severity:?}");
    }
}

#[test]
fn a_chain_leads_from_round_to_round_to_the_first() {
    let mut office = Office::open();
    office.walks(ROUND, FIRST, &[("A-01", Severity::Major), ("A-02", Severity::Major)]);
    office.on(11, 3).closes(rect(ROUND, FIRST, 1));
    office.draws("inspector", 1, 9).unwrap();
    office.looks("inspector3", 1, rect(ROUND, FIRST, 1), Outcome::Relapsed).unwrap();
    office.ends("inspector", 1, "").unwrap();
    assert_eq!(followed(&office, 1, FIRST, 3).recurrence(), Recurrence::Relapse);
    // The next round starts a day later and finds both again.
    office.round(RoundId(2), (10, 2), (12, 31), &[FIRST, SECOND]);
    office.walks(RoundId(2), FIRST, &[("A-01", Severity::Major), ("A-02", Severity::Major)]);
    let (again, other) = (followed(&office, 2, FIRST, 1), followed(&office, 2, FIRST, 2));
    assert_eq!((again.nth, again.relapse_of, again.recurrence()), (3, None, Recurrence::Habitual));
    assert_eq!((other.nth, other.recurrence()), (2, Recurrence::Repeat));
    let chain = office.store.shelf.chain(again.id).unwrap();
    let links: Vec<_> = chain.iter().map(|link| (link.id.round.0, link.id.n, link.nth)).collect();
    assert_eq!(links, [(2, 1, 3), (1, 3, 2), (1, 1, 1)], "what came back stands before what it came back from");
    assert_eq!(office.store.shelf.chain(FindingId { n: 99, ..again.id }).unwrap(), []);
}

#[test]
fn units_that_became_one_carry_the_history_of_all() {
    let mut office = Office::open();
    office.walks(ROUND, FIRST, &[("A-01", Severity::Major)]);
    office.walks(ROUND, SECOND, &[("A-02", Severity::Major), ("B-01", Severity::Critical)]);
    office.on(11, 3).closes(rect(ROUND, FIRST, 1));
    let facts = BranchFacts { parent: Some(TOP), ..forms::unit("JG-4") };
    office.does("admin", Command::Branch(THIRD, BranchCommand::Add(facts)));
    assert_eq!(merge(&mut office, FIRST, SECOND), 2, "one act on two units");
    merge(&mut office, SECOND, THIRD);
    let heir = office.store.shelf.branch(THIRD).unwrap().unwrap();
    assert_eq!((heir.lineage, heir.active), (vec![FIRST, SECOND], true));
    assert!(!office.store.shelf.tree().unwrap().line(FIRST).unwrap().active);
    office.round(RoundId(2), (10, 2), (12, 31), &[THIRD]);
    office.walks(
        RoundId(2),
        THIRD,
        &[("A-01", Severity::Major), ("A-02", Severity::Major), ("B-01", Severity::Critical)],
    );
    let found: Vec<_> = (1..=3).map(|n| followed(&office, 2, THIRD, n)).collect();
    let before = |branch, n| Some(FindingId { round: ROUND, branch, n });
    assert_eq!(found[0].repeat_of, before(FIRST, 1));
    assert_eq!(found[0].relapse_of, Some(rect(ROUND, FIRST, 1)));
    assert_eq!((found[1].repeat_of, found[1].relapse_of), (before(SECOND, 1), None));
    assert_eq!((found[2].repeat_of, found[2].recurrence()), (before(SECOND, 2), Recurrence::Habitual));
    // The walk of the new unit knows it as well.
    let (round, branch) = (office.store.shelf.round(RoundId(2)), office.store.shelf.branch(THIRD));
    let behind = earlier(&*office.store.shelf, &round.unwrap().unwrap(), &branch.unwrap().unwrap()).unwrap();
    assert_eq!(behind.repeats.iter().map(|item| item.0.as_str()).collect::<Vec<_>>(), ["A-01", "A-02", "B-01"]);
    office.agrees();
}

#[test]
fn a_merger_that_is_taken_back_leaves_each_its_own_history() {
    let mut office = Office::open();
    let facts = BranchFacts { parent: Some(TOP), ..forms::unit("JG-4") };
    office.does("admin", Command::Branch(THIRD, BranchCommand::Add(facts)));
    merge(&mut office, FIRST, SECOND);
    merge(&mut office, SECOND, THIRD);
    let restore = |office: &mut Office, id| office.asks("admin", Command::Branch(id, BranchCommand::Restore));
    assert_eq!(restore(&mut office, FIRST), Err(Refusal::MergedOn(SECOND)));
    let entries = restore(&mut office, SECOND).unwrap();
    assert!(matches!(&entries[1].changes[..], [Change::Branch(_)]) && entries[0].more);
    assert_eq!(office.store.shelf.branch(THIRD).unwrap().unwrap().lineage, []);
    assert_eq!(office.store.shelf.branch(SECOND).unwrap().unwrap().lineage, [FIRST]);
    restore(&mut office, FIRST).unwrap();
    assert_eq!(office.store.shelf.branch(SECOND).unwrap().unwrap().lineage, []);
    // A list that is brought in follows the same rules.
    let command = |into| BranchCommand::Merge { into, reason: "機構調整".to_owned() };
    let list = |from, into| Command::BranchList(vec![(from, command(into)), (into, command(THIRD))]);
    office.does("admin", list(FIRST, SECOND));
    assert_eq!(office.store.shelf.branch(THIRD).unwrap().unwrap().lineage, [FIRST, SECOND]);
    office.agrees();
}

#[test]
fn the_months_of_a_repeat_are_the_houses_own() {
    let mut office = Office::open();
    office.does("admin", Command::House(HouseCommand::Govern(Policy { repeat_months: 1, ..Policy::default() })));
    office.round(RoundId(2), (7, 1), (9, 30), &[FIRST]);
    office.walks(RoundId(2), FIRST, &[("A-01", Severity::Major)]);
    office.walks(ROUND, FIRST, &[("A-01", Severity::Major)]);
    assert_eq!(followed(&office, 1, FIRST, 1).recurrence(), Recurrence::First, "three months lie between");
    let (round, branch) = (office.store.shelf.round(ROUND), office.store.shelf.branch(FIRST));
    let behind = earlier(&*office.store.shelf, &round.unwrap().unwrap(), &branch.unwrap().unwrap()).unwrap();
    assert!(behind.repeats.is_empty());
}
