//! What may be wanted in an inspection, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use forms::{
    ALL, BRANCH, ITEMS, MARKED, ROUND, UNCLEAN, Walk, day, find, finding, id, judge, judgement, long, mark, note,
    person, reopen,
};
use tijian::domain::{
    BranchId, FindingFacts, Inspection, InspectionChange, InspectionCommand, Missing, Note, Refusal, Rev, Scale,
    ScoreLine, Severity, Signed, Stamp, Verdict, WalkSurroundings, decide_inspection, missing,
};

const ANA: &str = "王督查";
const BEN: &str = "李督查";
const SAID: &str = "應4次，僅2次";

fn walk() -> Walk {
    Walk::new(Scale::Four)
}

fn excused(item: &str, reason: &str) -> InspectionCommand {
    InspectionCommand::Judge(vec![(id(item), Some(judgement(Verdict::NotApplicable, reason)))])
}

fn cleared(item: &str) -> InspectionCommand {
    InspectionCommand::Judge(vec![(id(item), None)])
}

fn corrected(n: u16, facts: FindingFacts) -> InspectionCommand {
    InspectionCommand::Find { n: Some(n), facts }
}

fn withdraw(n: u16) -> InspectionCommand {
    InspectionCommand::Withdraw { n }
}

/// Every command, as it would go through on a fresh inspection or with what stands there.
fn commands() -> Vec<InspectionCommand> {
    vec![
        judge("A-01", Verdict::Pass),
        note("A-01", "記錄齊全"),
        mark("A-01", true),
        find("A-01", SAID),
        corrected(1, finding("A-01", SAID)),
        withdraw(1),
        InspectionCommand::Undo,
        InspectionCommand::Redo,
        InspectionCommand::SignOff,
        reopen("補充材料"),
    ]
}

#[test]
fn a_round_that_is_over_takes_nothing() {
    let mut walk = walk();
    walk.is_signed(ANA);
    walk.round.closed = true;
    for command in commands() {
        assert_eq!(walk.refuses(ANA, ALL, command.clone()), Refusal::RoundClosed(ROUND), "{command:?}");
    }
}

#[test]
fn a_unit_that_is_not_in_the_round_is_not_inspected() {
    let mut walk = walk();
    walk.round.branches = vec![BranchId(1), BranchId(9)];
    for command in commands() {
        let refusal = Refusal::NotInRound { round: ROUND, branch: BRANCH };
        assert_eq!(walk.refuses(ANA, ALL, command.clone()), refusal, "{command:?}");
    }
}

#[test]
fn nothing_changes_under_a_signature_but_its_lifting() {
    let mut walk = walk();
    walk.is_signed(ANA);
    let Some(Signed { by, at }) = walk.inspection.signed.clone() else { panic!("signed") };
    assert_eq!(by, person(ANA));
    for command in commands() {
        if matches!(command, InspectionCommand::Reopen { .. }) {
            assert!(walk.decides(&person(BEN), ALL, command).is_ok());
        } else {
            let refusal = Refusal::AlreadySigned { by: by.clone(), at };
            assert_eq!(walk.refuses(BEN, ALL, command.clone()), refusal, "{command:?}");
        }
    }
}

#[test]
fn an_item_that_the_form_does_not_know_takes_nothing() {
    let walk = walk();
    let both = vec![(id("A-01"), Some(judgement(Verdict::Pass, ""))), (id("Z-99"), None)];
    for command in [
        judge("Z-99", Verdict::Pass),
        cleared("Z-99"),
        InspectionCommand::Judge(both),
        note("Z-99", "甲"),
        mark("Z-99", true),
        find("Z-99", SAID),
    ] {
        assert_eq!(walk.refuses(ANA, ALL, command.clone()), Refusal::NoSuchItem(id("Z-99")), "{command:?}");
    }
}

#[test]
fn verdicts_say_what_stood_before() {
    let mut walk = walk();
    let steps = [
        (judge("A-01", Verdict::Good), None, Some(judgement(Verdict::Good, ""))),
        (judge("A-01", Verdict::Fail), Some(judgement(Verdict::Good, "")), Some(judgement(Verdict::Fail, ""))),
        (excused("A-01", "新設"), Some(judgement(Verdict::Fail, "")), Some(judgement(Verdict::NotApplicable, "新設"))),
        (
            excused("A-01", "新設支部"),
            Some(judgement(Verdict::NotApplicable, "新設")),
            Some(judgement(Verdict::NotApplicable, "新設支部")),
        ),
        (cleared("A-01"), Some(judgement(Verdict::NotApplicable, "新設支部")), None),
    ];
    for (command, was, now) in steps {
        let change = InspectionChange::Judged { item: id("A-01"), was, now: now.clone() };
        assert_eq!(walk.takes(ANA, ALL, command), Ok(vec![change]));
        assert_eq!(walk.inspection.judgement(&id("A-01")), now);
    }
}

#[test]
fn verdicts_of_one_command_are_given_together_or_not_at_all() {
    let mut walk = walk();
    let pass = |item: &str| (id(item), Some(judgement(Verdict::Pass, "")));
    walk.does(ANA, [judge("A-01", Verdict::Pass)]);
    let changes = walk.takes(ANA, ALL, InspectionCommand::Judge(ITEMS.map(pass).to_vec())).unwrap();
    assert_eq!(changes.len(), 3, "what stands is not said again");
    let mixed = vec![(id("A-02"), None), (id("A-01"), Some(judgement(Verdict::NotApplicable, "")))];
    assert_eq!(walk.refuses(ANA, ALL, InspectionCommand::Judge(mixed)), Refusal::NeedsReason(id("A-01")));
}

#[test]
fn the_last_word_on_an_item_counts_within_one_command() {
    let mut walk = walk();
    let said = |verdict| (id("A-01"), Some(judgement(verdict, "")));
    let twice = InspectionCommand::Judge(vec![said(Verdict::Pass), said(Verdict::Fail)]);
    let change = InspectionChange::Judged { item: id("A-01"), was: None, now: Some(judgement(Verdict::Fail, "")) };
    assert_eq!(walk.takes(ANA, ALL, twice), Ok(vec![change]));
    walk.does(ANA, [InspectionCommand::Undo]);
    assert_eq!(walk.inspection.verdict(&id("A-01")), None);
    let back = InspectionCommand::Judge(vec![said(Verdict::Pass), (id("A-01"), None)]);
    assert_eq!(walk.refuses(ANA, ALL, back), Refusal::NothingChanged);
}

#[test]
fn what_stands_already_is_no_change() {
    let mut walk = walk();
    walk.does(ANA, [judge("A-01", Verdict::Pass), note("A-01", "甲"), mark("A-01", true), find("A-01", SAID)]);
    let commands = [
        judge("A-01", Verdict::Pass),
        cleared("A-02"),
        InspectionCommand::Judge(Vec::new()),
        note("A-01", "甲"),
        note("A-02", ""),
        mark("A-01", true),
        mark("A-02", false),
        corrected(1, finding("A-01", SAID)),
        reopen("補充材料"),
    ];
    for command in commands {
        assert_eq!(walk.refuses(ANA, ALL, command.clone()), Refusal::NothingChanged, "{command:?}");
    }
}

#[test]
fn the_scale_of_two_steps_has_no_steps_between() {
    let walk = Walk::new(Scale::Two);
    for verdict in Verdict::ALL {
        let command = InspectionCommand::Judge(vec![(id("A-01"), Some(judgement(verdict, "新設")))]);
        let refusal = matches!(verdict, Verdict::Good | Verdict::Fair).then_some(Refusal::NotOnThisScale(verdict));
        assert_eq!(walk.decides(&person(ANA), ALL, command).err(), refusal, "{verdict:?}");
    }
}

#[test]
fn what_does_not_apply_wants_a_reason_where_the_form_asks() {
    let walk = walk();
    for (item, asks) in ITEMS.into_iter().zip([true, false, true, false]) {
        for blank in ["", "  ", "\u{3000}"] {
            let refusal = asks.then(|| Refusal::NeedsReason(id(item)));
            assert_eq!(walk.decides(&person(ANA), ALL, excused(item, blank)).err(), refusal, "{item}");
        }
        assert!(walk.decides(&person(ANA), ALL, excused(item, "新設")).is_ok(), "{item}");
    }
}

#[test]
fn texts_end_at_their_limits() {
    type Saying = fn(&str) -> InspectionCommand;
    let mut walk = walk();
    walk.is_signed(ANA);
    let signed = walk;
    let open = Walk::new(Scale::Four);
    let cases: [(&Walk, &str, usize, Saying); 4] = [
        (&open, "reason", 200, |text| excused("A-01", text)),
        (&open, "note", Note::LIMIT, |text| note("A-01", text)),
        (&open, "fact", FindingFacts::LIMIT, |text| find("A-01", text)),
        (&signed, "reason", 200, reopen),
    ];
    for (walk, field, limit, command) in cases {
        assert!(walk.decides(&person(ANA), ALL, command(&long(limit))).is_ok(), "{field}");
        assert_eq!(walk.refuses(ANA, ALL, command(&long(limit + 1))), Refusal::TooLong { field, limit });
        for text in UNCLEAN {
            assert_eq!(walk.refuses(ANA, ALL, command(text)), Refusal::Unclean(field), "{text:?}");
        }
        assert_eq!(walk.refuses(ANA, ALL, command(MARKED)), Refusal::Classified("機密".to_owned()));
        let lines = walk.decides(&person(ANA), ALL, command("甲\n乙")).err();
        assert_eq!(lines, (field == "reason").then_some(Refusal::Unclean(field)), "{field}");
    }
}

#[test]
fn a_finding_states_a_fact_without_open_slots() {
    let walk = walk();
    for blank in ["", " \n"] {
        assert_eq!(walk.refuses(ANA, ALL, find("A-01", blank)), Refusal::Empty("fact"));
    }
    let open = find("A-01", "應{total}次，僅{n}次");
    assert_eq!(walk.refuses(ANA, ALL, open), Refusal::SlotOpen("total".to_owned()));
    for text in ["{備註}", "{}", "{N}", "甲{"] {
        assert!(walk.decides(&person(ANA), ALL, find("A-01", text)).is_ok(), "{text}");
    }
}

#[test]
fn findings_are_numbered_once_and_for_ever() {
    let mut walk = walk();
    let facts = |n: i8| FindingFacts { due: day(12, n), severity: Severity::Critical, ..finding("A-01", SAID) };
    let found = |n, was, now| Ok(vec![InspectionChange::Found { n, was, now }]);
    let anew = || InspectionCommand::Find { n: None, facts: facts(1) };
    assert_eq!(walk.takes(ANA, ALL, anew()), found(1, None, Some(facts(1))));
    assert_eq!(walk.takes(ANA, ALL, anew()), found(2, None, Some(facts(1))), "the same may be found twice");
    assert_eq!(walk.takes(ANA, ALL, corrected(2, facts(9))), found(2, Some(facts(1)), Some(facts(9))));
    assert_eq!(walk.takes(ANA, ALL, withdraw(2)), found(2, Some(facts(9)), None));
    for gone in [withdraw(2), withdraw(0), withdraw(9), corrected(2, facts(3))] {
        assert!(matches!(walk.refuses(ANA, ALL, gone), Refusal::NoSuchFinding(0 | 2 | 9)));
    }
    assert_eq!(walk.takes(ANA, ALL, anew()), found(3, None, Some(facts(1))));
    assert_eq!(walk.inspection.findings.keys().copied().collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn nobody_overwrites_what_they_have_not_seen() {
    let mut walk = walk();
    walk.does(ANA, [judge("A-01", Verdict::Fail), note("A-01", "甲"), find("A-01", SAID)]);
    let stale = |place: i64| Refusal::Stale { item: Some(id("A-01")), by: person(ANA), at: Stamp(place * 1000) };
    let cases = [
        (judge("A-01", Verdict::Pass), 1),
        (cleared("A-01"), 1),
        (note("A-01", "乙"), 2),
        (note("A-01", ""), 2),
        (corrected(1, finding("A-01", "另述")), 3),
        (withdraw(1), 3),
    ];
    for (command, place) in cases {
        let seen = Rev(u64::try_from(place).unwrap());
        assert_eq!(walk.refuses(BEN, Rev(seen.0 - 1), command.clone()), stale(place), "{command:?}");
        assert!(walk.decides(&person(BEN), seen, command.clone()).is_ok(), "{command:?}");
    }
    for elsewhere in [judge("A-02", Verdict::Pass), note("A-02", "乙"), mark("A-01", true), find("A-01", SAID)] {
        assert!(walk.decides(&person(BEN), Rev(0), elsewhere.clone()).is_ok(), "{elsewhere:?}");
    }
}

#[test]
fn a_signature_wants_every_scored_item_and_a_word_on_every_failure() {
    let mut walk = walk();
    let incomplete = |walk: &Walk| match walk.refuses(ANA, ALL, InspectionCommand::SignOff) {
        Refusal::Incomplete(missing) => *missing,
        other => panic!("{other:?}"),
    };
    let ids = |items: &[&str]| items.iter().map(|item| id(item)).collect::<Vec<_>>();
    let expected = |unanswered, unexplained| Missing { unanswered: ids(unanswered), unexplained: ids(unexplained) };
    assert_eq!(incomplete(&walk), expected(&["A-01", "A-02", "B-01"], &[]));
    walk.does(ANA, [judge("A-01", Verdict::Fail), judge("Q-01", Verdict::Fail)]);
    assert_eq!(incomplete(&walk), expected(&["A-02", "B-01"], &["A-01", "Q-01"]));
    walk.does(ANA, [judge("A-02", Verdict::Fair), excused("B-01", "新設"), find("Q-01", SAID)]);
    assert_eq!(incomplete(&walk), expected(&[], &["A-01"]));
    walk.does(ANA, [note("A-01", " \n")]);
    assert_eq!(incomplete(&walk), expected(&[], &["A-01"]), "a blank note explains nothing");
    walk.does(ANA, [note("A-01", "受疫情影響，已補課")]);
    assert!(missing(&walk.checklist, &walk.inspection).is_empty());
    let score = ScoreLine { got: 1500, applicable: 50, excluded: 50, answered: 4, failed: 2, findings: 1 };
    let signed = walk.takes(ANA, ALL, InspectionCommand::SignOff);
    assert_eq!(signed, Ok(vec![InspectionChange::Signed { score }]));
    assert_eq!(walk.inspection.signed, Some(Signed { by: person(ANA), at: walk.trail.last().unwrap().at }));
}

#[test]
fn lifting_a_signature_wants_a_reason() {
    let mut walk = walk();
    walk.is_signed(ANA);
    for blank in ["", " ", "\n"] {
        assert_eq!(walk.refuses(ANA, ALL, reopen(blank)), Refusal::Empty("reason"));
    }
    let change = InspectionChange::Reopened { reason: "補充材料".to_owned() };
    assert_eq!(walk.takes(BEN, ALL, reopen("補充材料")), Ok(vec![change]));
    assert_eq!(walk.inspection.signed, None);
    assert!(walk.decides(&person(ANA), ALL, judge("A-01", Verdict::Fail)).is_ok());
}

#[test]
fn without_a_history_nothing_is_taken_back() {
    let mut walk = walk();
    walk.does(ANA, [judge("A-01", Verdict::Pass)]);
    let around = WalkSurroundings { round: &walk.round, checklist: &walk.checklist, history: None };
    let decided = |command| decide_inspection(&walk.inspection, around, &person(ANA), ALL, command);
    assert_eq!(decided(InspectionCommand::Undo), Err(Refusal::NothingToUndo));
    assert_eq!(decided(InspectionCommand::Redo), Err(Refusal::NothingToRedo));
}

#[test]
fn an_inspection_remembers_who_began_and_who_was_last() {
    let mut walk = walk();
    assert_eq!(walk.inspection, Inspection::new(ROUND, BRANCH));
    walk.does(ANA, [judge("A-01", Verdict::Pass), find("A-02", SAID)]);
    walk.does(BEN, [withdraw(1)]);
    let inspection = &walk.inspection;
    assert_eq!((inspection.rev, inspection.started), (Rev(3), Some(Stamp(1000))));
    assert_eq!(inspection.last, Some((person(BEN), Stamp(3000), Some(id("A-02")))));
    assert_eq!(inspection.next_finding, 2);
}
