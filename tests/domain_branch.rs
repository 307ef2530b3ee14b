//! What may be wanted of a unit and of the organisation, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use forms::{MARKED, UNCLEAN, long, unit};
use tijian::domain::{
    Branch, BranchChange, BranchCommand, BranchFacts, BranchId, BranchSurroundings, House, HouseChange, HouseCommand,
    PersonId, Refusal, Rev, apply_branch, apply_house, decide_branch, decide_house, inherited,
};

const ME: BranchId = BranchId(7);
const OTHER: BranchId = BranchId(3);
const TOP: BranchId = BranchId(1);

fn alone() -> BranchSurroundings {
    BranchSurroundings::default()
}

fn below(ancestors: &[BranchId]) -> BranchSurroundings {
    BranchSurroundings { ancestors: ancestors.to_vec(), ..alone() }
}

fn standing() -> Branch {
    Branch { id: ME, rev: Rev(1), facts: unit("JG-003"), active: true, merged: None, lineage: Vec::new() }
}

fn retired() -> Branch {
    Branch { active: false, ..standing() }
}

fn retire(reason: &str) -> BranchCommand {
    BranchCommand::Retire { reason: reason.to_owned() }
}

/// Enters a unit that nothing stands around.
fn enter(facts: BranchFacts) -> Result<Vec<BranchChange>, Refusal> {
    decide_branch(ME, None, &alone(), BranchCommand::Add(facts))
}

fn refused(facts: BranchFacts) -> Refusal {
    let correction = decide_branch(ME, Some(&standing()), &alone(), BranchCommand::Edit(facts.clone()));
    let refusal = enter(facts).unwrap_err();
    assert_eq!(correction, Err(refusal.clone()), "entering and correcting follow one rule");
    refusal
}

#[test]
fn every_command_makes_its_one_change() {
    let (was, now) = (unit("JG-003"), unit("JG-004"));
    let cases = [
        (None, BranchCommand::Add(now.clone()), BranchChange::Added(now.clone())),
        (
            Some(standing()),
            BranchCommand::Edit(now.clone()),
            BranchChange::Edited { was: was.clone(), now: now.clone() },
        ),
        (Some(retired()), BranchCommand::Edit(now.clone()), BranchChange::Edited { was, now }),
        (Some(standing()), retire("併入第二支部"), BranchChange::Retired { reason: "併入第二支部".to_owned() }),
        (Some(retired()), BranchCommand::Restore, BranchChange::Restored),
    ];
    for (branch, command, change) in cases {
        let decided = decide_branch(ME, branch.as_ref(), &alone(), command.clone());
        assert_eq!(decided, Ok(vec![change]), "{command:?}");
    }
}

#[test]
fn a_unit_that_is_not_there_is_not_changed() {
    for command in [BranchCommand::Edit(unit("JG-003")), retire("併入"), BranchCommand::Restore] {
        let decided = decide_branch(ME, None, &alone(), command.clone());
        assert_eq!(decided, Err(Refusal::NoSuchBranch(ME)), "{command:?}");
    }
}

#[test]
fn a_unit_is_merged_into_one_that_is_in_being() {
    let heir = |id, active, merged| {
        let other = Branch { id, active, merged, ..standing() };
        BranchSurroundings { heir: Some(other), ..alone() }
    };
    let merge = |into, reason: &str| BranchCommand::Merge { into, reason: reason.to_owned() };
    let decided =
        |around: &BranchSurroundings, into, reason| decide_branch(ME, Some(&standing()), around, merge(into, reason));
    let merged = BranchChange::Merged { into: OTHER, reason: "併入".to_owned() };
    assert_eq!(decided(&heir(OTHER, true, None), OTHER, "併入"), Ok(vec![merged.clone()]));
    assert_eq!(decided(&heir(OTHER, true, None), OTHER, " "), Err(Refusal::Empty("reason")));
    assert_eq!(decided(&heir(OTHER, false, None), OTHER, "併入"), Err(Refusal::NoSuchBranch(OTHER)));
    assert_eq!(decided(&heir(ME, true, None), ME, "併入"), Err(Refusal::NoSuchBranch(ME)));
    assert_eq!(decided(&alone(), OTHER, "併入"), Err(Refusal::NoSuchBranch(OTHER)));
    let gone = decide_branch(ME, Some(&retired()), &heir(OTHER, true, None), merge(OTHER, "併入"));
    assert_eq!(gone, Err(Refusal::NothingChanged));

    // What a unit carries on goes on with it, and comes back with it.
    let before = Branch { lineage: vec![TOP], ..standing() };
    assert_eq!(inherited(&before, &merged), Some((OTHER, BranchChange::Inherited(vec![ME, TOP]))));
    let mut after = Some(before);
    apply_branch(&mut after, ME, Rev(2), &merged);
    let after = after.unwrap();
    assert_eq!((after.active, after.merged, &after.lineage), (false, Some(OTHER), &vec![TOP]));
    assert_eq!(inherited(&after, &BranchChange::Restored), Some((OTHER, BranchChange::Relinquished(vec![ME, TOP]))));
    assert_eq!(inherited(&retired(), &BranchChange::Restored), None);
    let restore = |around: &BranchSurroundings| decide_branch(ME, Some(&after), around, BranchCommand::Restore);
    assert_eq!(restore(&heir(OTHER, true, None)), Ok(vec![BranchChange::Restored]));
    assert_eq!(restore(&heir(OTHER, false, Some(TOP))), Err(Refusal::MergedOn(OTHER)));
}

#[test]
fn a_number_is_given_out_once() {
    for branch in [standing(), retired()] {
        let decided = decide_branch(ME, Some(&branch), &alone(), BranchCommand::Add(unit("JG-009")));
        assert_eq!(decided, Err(Refusal::BranchExists(ME)));
    }
}

#[test]
fn what_stands_already_is_no_change() {
    let cases = [
        (standing(), BranchCommand::Edit(unit("JG-003"))),
        (standing(), BranchCommand::Restore),
        (retired(), retire("再次撤銷")),
        (retired(), retire("")),
    ];
    for (branch, command) in cases {
        let decided = decide_branch(ME, Some(&branch), &alone(), command.clone());
        assert_eq!(decided, Err(Refusal::NothingChanged), "{command:?}");
    }
}

#[test]
fn texts_end_at_their_limits() {
    type Place = fn(&mut BranchFacts) -> &mut String;
    let cases: [(&str, usize, Place); 3] = [
        ("code", 16, |facts| &mut facts.code),
        ("name", 30, |facts| &mut facts.name),
        ("full_name", 60, |facts| &mut facts.full_name),
    ];
    for (field, limit, place) in cases {
        let mut facts = unit("JG-009");
        *place(&mut facts) = long(limit);
        assert_eq!(enter(facts.clone()), Ok(vec![BranchChange::Added(facts.clone())]), "{field}");
        place(&mut facts).push('字');
        assert_eq!(refused(facts), Refusal::TooLong { field, limit });
    }
}

#[test]
fn code_and_name_are_needed_and_the_full_name_is_not() {
    for blank in ["", " ", "\u{3000}"] {
        assert_eq!(refused(unit(blank)), Refusal::Empty("code"));
        assert_eq!(refused(BranchFacts { name: blank.to_owned(), ..unit("JG-009") }), Refusal::Empty("name"));
    }
    assert!(enter(BranchFacts { full_name: String::new(), ..unit("JG-009") }).is_ok());
}

#[test]
fn texts_that_steer_or_carry_a_mark_are_refused() {
    let classified = || Refusal::Classified("機密".to_owned());
    for (texts, refusal) in [(&UNCLEAN[..], None), (&["甲\n乙"][..], None), (&[MARKED][..], Some(classified()))] {
        for text in texts.iter().map(|text| (*text).to_owned()) {
            let expected = |field| refusal.clone().unwrap_or(Refusal::Unclean(field));
            assert_eq!(refused(unit(&text)), expected("code"), "{text:?}");
            assert_eq!(refused(BranchFacts { name: text.clone(), ..unit("J") }), expected("name"), "{text:?}");
            assert_eq!(
                refused(BranchFacts { full_name: text.clone(), ..unit("J") }),
                expected("full_name"),
                "{text:?}"
            );
        }
    }
}

#[test]
fn a_code_belongs_to_one_unit() {
    let taken = BranchSurroundings { code_holder: Some(OTHER), ..alone() };
    let own = BranchSurroundings { code_holder: Some(ME), ..alone() };
    let refusal = Refusal::CodeTaken { code: "JG-009".to_owned(), holder: OTHER };
    for (branch, command) in
        [(None, BranchCommand::Add(unit("JG-009"))), (Some(standing()), BranchCommand::Edit(unit("JG-009")))]
    {
        assert_eq!(decide_branch(ME, branch.as_ref(), &taken, command.clone()), Err(refusal.clone()));
        assert!(decide_branch(ME, branch.as_ref(), &own, command).is_ok(), "its own code it may keep");
    }
}

#[test]
fn the_tree_has_no_cycle_and_no_hole() {
    let cases = [
        (Some(TOP), below(&[TOP]), None),
        (Some(OTHER), below(&[OTHER, TOP]), None),
        (None, alone(), None),
        (Some(ME), below(&[ME]), Some(Refusal::BelowItself(ME))),
        (Some(ME), alone(), Some(Refusal::BelowItself(ME))),
        (Some(OTHER), below(&[OTHER, ME]), Some(Refusal::BelowItself(ME))),
        (Some(OTHER), below(&[OTHER, TOP, ME]), Some(Refusal::BelowItself(ME))),
        (Some(OTHER), alone(), Some(Refusal::NoSuchBranch(OTHER))),
        (Some(OTHER), below(&[TOP]), Some(Refusal::NoSuchBranch(OTHER))),
    ];
    for (parent, around, refusal) in cases {
        let facts = BranchFacts { parent, ..unit("JG-009") };
        for (branch, command) in
            [(None, BranchCommand::Add(facts.clone())), (Some(standing()), BranchCommand::Edit(facts.clone()))]
        {
            let decided = decide_branch(ME, branch.as_ref(), &around, command);
            assert_eq!(decided.err(), refusal, "{parent:?} {around:?}");
        }
    }
}

#[test]
fn there_are_never_more_full_members_than_members() {
    let cases = [
        (Some(20), Some(20), None),
        (Some(0), Some(0), None),
        (Some(20), None, None),
        (None, Some(0), None),
        (Some(21), Some(20), Some(Refusal::MoreFullThanAll { full: 21, all: 20 })),
        (Some(1), Some(0), Some(Refusal::MoreFullThanAll { full: 1, all: 0 })),
    ];
    for (full_members, all_members, refusal) in cases {
        let facts = BranchFacts { full_members, all_members, ..unit("JG-009") };
        assert_eq!(enter(facts).err(), refusal, "{full_members:?} of {all_members:?}");
    }
}

#[test]
fn a_term_lasts_from_one_year_to_ten() {
    for years in [None, Some(1), Some(10)] {
        assert!(enter(BranchFacts { term_years: years, ..unit("JG-009") }).is_ok(), "{years:?}");
    }
    for years in [0, 11, u16::MAX] {
        let refusal = refused(BranchFacts { term_years: Some(years), ..unit("JG-009") });
        assert_eq!(refusal, Refusal::OutOfRange { field: "term_years", low: 1, high: 10 });
    }
}

#[test]
fn retiring_wants_a_clean_reason_of_at_most_two_hundred_characters() {
    let decided = |reason: &str| decide_branch(ME, Some(&standing()), &alone(), retire(reason));
    assert_eq!(decided(&long(200)), Ok(vec![BranchChange::Retired { reason: long(200) }]));
    assert_eq!(decided(&long(201)), Err(Refusal::TooLong { field: "reason", limit: 200 }));
    for blank in ["", "  ", "\n"] {
        assert_eq!(decided(blank), Err(Refusal::Empty("reason")));
    }
    for text in UNCLEAN.into_iter().chain(["甲\n乙"]) {
        assert_eq!(decided(text), Err(Refusal::Unclean("reason")), "{text:?}");
    }
    assert_eq!(decided(MARKED), Err(Refusal::Classified("機密".to_owned())));
}

#[test]
fn changes_become_true_in_order() {
    let mut branch = None;
    let edited = BranchChange::Edited { was: unit("JG-003"), now: unit("JG-004") };
    let steps = [
        (BranchChange::Added(unit("JG-003")), "JG-003", true),
        (edited, "JG-004", true),
        (BranchChange::Retired { reason: "併入".to_owned() }, "JG-004", false),
        (BranchChange::Restored, "JG-004", true),
    ];
    for (rev, (change, code, active)) in (1..).zip(steps) {
        apply_branch(&mut branch, ME, Rev(rev), &change);
        let expected = Branch { id: ME, rev: Rev(rev), facts: unit(code), active, merged: None, lineage: Vec::new() };
        assert_eq!(branch, Some(expected), "{change:?}");
    }
}

#[test]
fn a_change_to_a_unit_that_is_not_there_makes_none() {
    let mut branch = None;
    for change in [
        BranchChange::Restored,
        BranchChange::Retired { reason: "併入".to_owned() },
        BranchChange::Edited { was: unit("A"), now: unit("B") },
    ] {
        apply_branch(&mut branch, ME, Rev(3), &change);
        assert_eq!(branch, None, "{change:?}");
    }
}

#[test]
fn the_organisation_has_one_name_of_at_most_forty_characters() {
    let mut house = House::default();
    let name =
        |house: &House, text: &str| decide_house(house, &PersonId::default(), HouseCommand::Name(text.to_owned()));
    let change = HouseChange::Named { was: String::new(), now: long(40) };
    assert_eq!(name(&house, &long(40)), Ok(vec![change.clone()]));
    assert_eq!(name(&house, &long(41)), Err(Refusal::TooLong { field: "name", limit: 40 }));
    assert_eq!(name(&house, " "), Err(Refusal::Empty("name")));
    assert_eq!(name(&house, MARKED), Err(Refusal::Classified("機密".to_owned())));
    for text in UNCLEAN {
        assert_eq!(name(&house, text), Err(Refusal::Unclean("name")), "{text:?}");
    }
    apply_house(&mut house, Rev(1), &change);
    assert_eq!(house, House { rev: Rev(1), name: long(40), ..House::default() });
    assert_eq!(name(&house, &long(40)), Err(Refusal::NothingChanged));
}
