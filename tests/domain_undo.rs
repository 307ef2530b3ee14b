//! Taking back and doing again: one's own, the last first, never across a signature.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use forms::{ALL, Walk, find, finding, id, judge, judgement, mark, note, person, reopen};
use tijian::domain::{InspectionChange, InspectionCommand, Refusal, Rev, Scale, Seq, Stamp, Verdict};

const ANA: &str = "王督查";
const BEN: &str = "李督查";
const SAID: &str = "應4次，僅2次";

use InspectionCommand::{Redo, Undo};

fn walk() -> Walk {
    Walk::new(Scale::Four)
}

fn verdict(walk: &Walk, item: &str) -> Option<Verdict> {
    walk.inspection.verdict(&id(item))
}

fn nothing_left(walk: &Walk, by: &str) {
    assert_eq!(walk.refuses(by, ALL, Undo), Refusal::NothingToUndo);
}

#[test]
fn a_fresh_inspection_has_nothing_to_take_back() {
    nothing_left(&walk(), ANA);
    assert_eq!(walk().refuses(ANA, ALL, Redo), Refusal::NothingToRedo);
}

#[test]
fn every_change_has_its_other_side() {
    let judged = |was, now| InspectionChange::Judged { item: id("A-01"), was, now };
    let noted =
        |was: &str, now: &str| InspectionChange::Noted { item: id("A-01"), was: was.to_owned(), now: now.to_owned() };
    let marked = |now| InspectionChange::Marked { item: id("A-01"), now };
    let found = |was, now| InspectionChange::Found { n: 1, was, now };
    let pass = || Some(judgement(Verdict::Pass, ""));
    let facts = |said: &str| Some(finding("A-01", said));
    let corrected = InspectionCommand::Find { n: Some(1), facts: finding("A-01", "另述") };
    let steps = [
        (judge("A-01", Verdict::Pass), judged(None, pass()), judged(pass(), None)),
        (note("A-01", "甲"), noted("", "甲"), noted("甲", "")),
        (note("A-01", ""), noted("甲", ""), noted("", "甲")),
        (mark("A-01", true), marked(true), marked(false)),
        (mark("A-01", false), marked(false), marked(true)),
        (find("A-01", SAID), found(None, facts(SAID)), found(facts(SAID), None)),
        (corrected, found(facts(SAID), facts("另述")), found(facts("另述"), facts(SAID))),
        (InspectionCommand::Withdraw { n: 1 }, found(facts("另述"), None), found(None, facts("另述"))),
    ];
    let mut walk = walk();
    for (command, forth, back) in steps {
        assert_eq!(walk.takes(ANA, ALL, command), Ok(vec![forth.clone()]));
        let seq = walk.trail.last().unwrap().seq;
        assert_eq!(walk.takes(ANA, ALL, Undo), Ok(vec![InspectionChange::Undid { seq }, back]));
        assert_eq!(walk.takes(ANA, ALL, Redo), Ok(vec![InspectionChange::Redid { seq }, forth]));
    }
}

#[test]
fn a_change_of_many_items_is_taken_back_as_one() {
    let mut walk = walk();
    let items = ["A-01", "A-02", "B-01"];
    let all = items.map(|item| (id(item), Some(judgement(Verdict::Pass, ""))));
    walk.does(ANA, [judge("A-02", Verdict::Good), InspectionCommand::Judge(all.to_vec()), Undo]);
    assert_eq!(items.map(|item| verdict(&walk, item)), [None, Some(Verdict::Good), None]);
    walk.does(ANA, [Redo]);
    assert_eq!(items.map(|item| verdict(&walk, item)), [Some(Verdict::Pass); 3]);
}

#[test]
fn steps_go_back_in_order_and_forth_again() {
    let mut walk = walk();
    let verdicts = [Verdict::Pass, Verdict::Good, Verdict::Fair];
    walk.does(ANA, verdicts.map(|verdict| judge("A-01", verdict)));
    for left in [Some(Verdict::Good), Some(Verdict::Pass), None] {
        walk.does(ANA, [Undo]);
        assert_eq!(verdict(&walk, "A-01"), left);
    }
    nothing_left(&walk, ANA);
    for back in verdicts {
        walk.does(ANA, [Redo]);
        assert_eq!(verdict(&walk, "A-01"), Some(back));
    }
    assert_eq!(walk.refuses(ANA, ALL, Redo), Refusal::NothingToRedo);
}

#[test]
fn a_new_change_takes_the_way_forward_away() {
    let mut walk = walk();
    walk.does(ANA, [judge("A-01", Verdict::Pass), judge("A-02", Verdict::Pass), Undo, note("B-01", "甲")]);
    assert_eq!(walk.refuses(ANA, ALL, Redo), Refusal::NothingToRedo);
    walk.does(ANA, [Undo, Undo]);
    nothing_left(&walk, ANA);
    walk.does(ANA, [Redo, Redo]);
    assert_eq!((verdict(&walk, "A-01"), walk.inspection.note(&id("B-01"))), (Some(Verdict::Pass), "甲"));
}

#[test]
fn a_change_of_somebody_else_does_not_take_the_way_forward_away() {
    let mut walk = walk();
    walk.does(ANA, [judge("A-01", Verdict::Pass), Undo]);
    walk.does(BEN, [judge("A-02", Verdict::Pass)]);
    walk.does(ANA, [Redo]);
    assert_eq!(verdict(&walk, "A-01"), Some(Verdict::Pass));
}

#[test]
fn everybody_takes_back_their_own() {
    let mut walk = walk();
    walk.does(ANA, [judge("A-01", Verdict::Pass)]);
    walk.does(BEN, [judge("A-02", Verdict::Fail), find("A-02", SAID)]);
    walk.does(ANA, [note("A-01", "甲"), Undo, Undo]);
    nothing_left(&walk, ANA);
    assert_eq!((verdict(&walk, "A-01"), verdict(&walk, "A-02")), (None, Some(Verdict::Fail)));
    walk.does(BEN, [Undo]);
    assert!(walk.inspection.findings.is_empty());
    nothing_left(&walk, "旁人");
    walk.does(ANA, [Redo, Redo]);
    assert_eq!(walk.refuses("旁人", ALL, Redo), Refusal::NothingToRedo);
}

#[test]
fn what_somebody_else_touched_is_not_taken_back() {
    let withdraw = InspectionCommand::Withdraw { n: 1 };
    let corrected = InspectionCommand::Find { n: Some(1), facts: finding("A-01", "另述") };
    let cases = [
        (judge("A-01", Verdict::Pass), judge("A-01", Verdict::Fail)),
        (judge("A-01", Verdict::Pass), InspectionCommand::Judge(vec![(id("A-01"), None)])),
        (note("A-01", "甲"), note("A-01", "乙")),
        (note("A-01", "甲"), note("A-01", "")),
        (mark("A-01", true), mark("A-01", false)),
        (find("A-01", SAID), corrected),
        (find("A-01", SAID), withdraw),
    ];
    for (own, other) in cases {
        let mut walk = walk();
        walk.does(ANA, [own.clone()]);
        walk.does(BEN, [other.clone()]);
        let stale = Refusal::Stale { item: Some(id("A-01")), by: person(BEN), at: Stamp(2000) };
        assert_eq!(walk.refuses(ANA, ALL, Undo), stale, "{own:?} {other:?}");
        walk.does(BEN, [Undo]);
        assert!(walk.takes(ANA, ALL, Undo).is_ok(), "{own:?} {other:?}");
    }
}

#[test]
fn the_same_from_another_hand_is_not_ones_own() {
    let withdrawn = InspectionCommand::Withdraw { n: 1 };
    let corrected = |said: &str| InspectionCommand::Find { n: Some(1), facts: finding("A-01", said) };
    let cases = [
        (judge("A-01", Verdict::Pass), vec![judge("A-01", Verdict::Fail), judge("A-01", Verdict::Pass)]),
        (note("A-01", "甲"), vec![note("A-01", ""), note("A-01", "甲")]),
        (mark("A-01", true), vec![mark("A-01", false), mark("A-01", true)]),
        (find("A-01", SAID), vec![corrected("另述"), corrected(SAID)]),
    ];
    for (own, others) in cases {
        let mut walk = walk();
        walk.does(ANA, [own.clone()]);
        walk.does(BEN, others);
        let stale = Refusal::Stale { item: Some(id("A-01")), by: person(BEN), at: Stamp(3000) };
        assert_eq!(walk.refuses(ANA, ALL, Undo), stale, "{own:?}");
        walk.does(BEN, [Undo, Undo]);
        assert!(walk.takes(ANA, ALL, Undo).is_ok(), "{own:?}");
        // And forth again: another has been there and has left nothing.
        walk.does(BEN, [note("A-01", "乙"), note("A-01", "")]);
        let again = walk.takes(ANA, ALL, Redo);
        assert_eq!(again.is_ok(), !matches!(own, InspectionCommand::Note { .. }), "{own:?}: {again:?}");
    }
    let mut walk = walk();
    walk.does(ANA, [find("A-01", SAID), Undo]);
    assert_eq!(walk.refuses(BEN, ALL, withdrawn), Refusal::NoSuchFinding(1));
}

#[test]
fn what_somebody_else_touched_is_not_done_again() {
    let cases = [
        (judge("A-01", Verdict::Pass), judge("A-01", Verdict::Fail)),
        (note("A-01", "甲"), note("A-01", "乙")),
        (mark("A-01", true), mark("A-01", true)),
    ];
    for (own, other) in cases {
        let mut walk = walk();
        walk.does(ANA, [own.clone(), Undo]);
        walk.does(BEN, [other.clone()]);
        let stale = Refusal::Stale { item: Some(id("A-01")), by: person(BEN), at: Stamp(3000) };
        assert_eq!(walk.refuses(ANA, ALL, Redo), stale, "{own:?} {other:?}");
    }
}

#[test]
fn the_refusal_names_the_item_and_who_touched_it() {
    let mut walk = walk();
    walk.does(ANA, [judge("A-01", Verdict::Pass)]);
    walk.does(BEN, [judge("A-01", Verdict::Fail)]);
    walk.does(ANA, [note("A-02", "甲"), Undo]);
    let stale = Refusal::Stale { item: Some(id("A-01")), by: person(BEN), at: Stamp(2000) };
    assert_eq!(walk.refuses(ANA, ALL, Undo), stale, "nobody was faster than oneself");
}

#[test]
fn a_signature_is_a_wall_for_everybody() {
    let mut walk = walk();
    walk.does(BEN, [note("Q-01", "甲"), note("Q-01", "乙"), Undo]);
    walk.is_signed(ANA);
    walk.does(BEN, [reopen("補充材料")]);
    for by in [ANA, BEN] {
        nothing_left(&walk, by);
        assert_eq!(walk.refuses(by, ALL, Redo), Refusal::NothingToRedo);
    }
    walk.does(ANA, [judge("A-01", Verdict::Good), Undo]);
    assert_eq!(verdict(&walk, "A-01"), Some(Verdict::Pass), "what came after is taken back");
    nothing_left(&walk, ANA);
}

#[test]
fn taking_back_needs_no_look_at_the_last_revision() {
    let mut walk = walk();
    walk.does(ANA, [judge("A-01", Verdict::Pass)]);
    walk.does(BEN, [judge("A-02", Verdict::Pass)]);
    let undid = walk.takes(ANA, Rev(0), Undo).unwrap();
    assert_eq!(undid.first(), Some(&InspectionChange::Undid { seq: Seq(101) }));
}

#[test]
fn a_finding_that_comes_back_keeps_its_number() {
    let mut walk = walk();
    walk.does(ANA, [find("A-01", SAID), Undo]);
    assert_eq!((walk.inspection.findings.len(), walk.inspection.next_finding), (0, 2));
    walk.does(BEN, [find("A-02", SAID)]);
    walk.does(ANA, [Redo]);
    let items: Vec<_> = walk.inspection.findings.iter().map(|(n, found)| (*n, found.facts.item.0.as_str())).collect();
    assert_eq!(items, [(1, "A-01"), (2, "A-02")]);
    assert_eq!(walk.inspection.next_finding, 3);
}
