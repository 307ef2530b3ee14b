//! What may be wanted of a round, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use forms::{EDITION, MARKED, ROUND, UNCLEAN, day, long, plan, small};
use tijian::domain::{
    BranchId, Checklist, EditionId, GradeBounds, Profile, Refusal, Rev, Round, RoundChange, RoundCommand, RoundId,
    RoundPlan, RoundSurroundings, Scale, Verdict, apply_round, decide_round, quarter_of,
};

const OTHER: RoundId = RoundId(2);

fn around(checklist: &Checklist) -> RoundSurroundings<'_> {
    RoundSurroundings {
        checklist: Some(checklist),
        code_holder: None,
        unknown_branch: None,
        walked: None,
        begun: false,
        signed: false,
        unsigned: 0,
        no_walker: None,
        figures: None,
    }
}

fn units<const N: usize>(numbers: [u32; N]) -> Vec<BranchId> {
    numbers.map(BranchId).to_vec()
}

fn open_round() -> Round {
    Round { rev: Rev(2), branches: units([2, 4, 6]), ..Round::new(ROUND, plan(Scale::Four)) }
}

fn closed_round() -> Round {
    Round { closed: true, ..open_round() }
}

fn open(plan: RoundPlan) -> RoundCommand {
    RoundCommand::Open { plan, branches: units([2]) }
}

fn other_plan() -> RoundPlan {
    RoundPlan { name: "年度體檢".to_owned(), ..plan(Scale::Four) }
}

fn decided(round: Option<&Round>, command: RoundCommand) -> Result<Vec<RoundChange>, Refusal> {
    decide_round(ROUND, round, around(&small()), command)
}

/// Tells why a plan is refused, which is the same for a round that begins and one that is corrected.
fn refused(plan: &RoundPlan) -> Option<Refusal> {
    let opened = decided(None, open(plan.clone())).err();
    assert_eq!(decided(Some(&open_round()), RoundCommand::Edit(plan.clone())).err(), opened);
    opened
}

#[test]
fn every_command_makes_its_changes() {
    let (was, now) = (plan(Scale::Four), other_plan());
    let opened = RoundChange::Opened(now.clone());
    let cases = [
        (None, RoundCommand::Open { plan: now.clone(), branches: Vec::new() }, vec![opened.clone()]),
        (
            None,
            RoundCommand::Open { plan: now.clone(), branches: units([5, 1, 5, 3]) },
            vec![opened, RoundChange::Joined(units([1, 3, 5]))],
        ),
        (Some(open_round()), RoundCommand::Edit(now.clone()), vec![RoundChange::Edited { was, now }]),
        (Some(open_round()), RoundCommand::Join(units([5, 4, 1, 5])), vec![RoundChange::Joined(units([1, 5]))]),
        (Some(open_round()), RoundCommand::Leave(units([6, 9, 2, 6])), vec![RoundChange::Left(units([2, 6]))]),
        (Some(open_round()), RoundCommand::Close, vec![RoundChange::Closed]),
    ];
    for (round, command, changes) in cases {
        assert_eq!(decided(round.as_ref(), command.clone()), Ok(changes), "{command:?}");
    }
}

#[test]
fn a_round_that_is_not_there_or_over_is_not_changed() {
    let commands = [
        RoundCommand::Edit(other_plan()),
        RoundCommand::Edit(plan(Scale::Four)),
        RoundCommand::Join(units([1])),
        RoundCommand::Leave(units([2])),
        RoundCommand::Close,
    ];
    for command in commands {
        assert_eq!(decided(None, command.clone()), Err(Refusal::NoSuchRound(ROUND)), "{command:?}");
        let over = decided(Some(&closed_round()), command.clone());
        assert_eq!(over, Err(Refusal::RoundClosed(ROUND)), "{command:?}");
    }
}

#[test]
fn a_number_is_given_out_once() {
    for round in [open_round(), closed_round()] {
        assert_eq!(decided(Some(&round), open(other_plan())), Err(Refusal::RoundExists(ROUND)));
    }
}

#[test]
fn what_stands_already_is_no_change() {
    let commands = [
        RoundCommand::Edit(plan(Scale::Four)),
        RoundCommand::Join(units([2, 6])),
        RoundCommand::Join(Vec::new()),
        RoundCommand::Leave(units([1, 3])),
        RoundCommand::Leave(Vec::new()),
    ];
    for command in commands {
        assert_eq!(decided(Some(&open_round()), command.clone()), Err(Refusal::NothingChanged), "{command:?}");
    }
}

#[test]
fn texts_end_at_their_limits() {
    type Place = fn(&mut RoundPlan) -> &mut String;
    let cases: [(&str, usize, Place); 2] = [("code", 16, |plan| &mut plan.code), ("name", 40, |plan| &mut plan.name)];
    for (field, limit, place) in cases {
        let mut wanted = other_plan();
        *place(&mut wanted) = long(limit);
        assert_eq!(refused(&wanted), None, "{field}");
        place(&mut wanted).push('字');
        assert_eq!(refused(&wanted), Some(Refusal::TooLong { field, limit }));
        for blank in ["", "\u{3000} "] {
            blank.clone_into(place(&mut wanted));
            assert_eq!(refused(&wanted), Some(Refusal::Empty(field)));
        }
        for text in UNCLEAN.into_iter().chain(["甲\n乙"]) {
            text.clone_into(place(&mut wanted));
            assert_eq!(refused(&wanted), Some(Refusal::Unclean(field)), "{text:?}");
        }
        MARKED.clone_into(place(&mut wanted));
        assert_eq!(refused(&wanted), Some(Refusal::Classified("機密".to_owned())));
    }
}

#[test]
fn a_code_belongs_to_one_round() {
    let checklist = small();
    let taken = RoundSurroundings { code_holder: Some(OTHER), ..around(&checklist) };
    let own = RoundSurroundings { code_holder: Some(ROUND), ..around(&checklist) };
    let refusal = Refusal::RoundCodeTaken { code: "2026-4".to_owned(), holder: OTHER };
    let edit = || RoundCommand::Edit(other_plan());
    assert_eq!(decide_round(ROUND, None, taken, open(other_plan())), Err(refusal.clone()));
    assert_eq!(decide_round(ROUND, Some(&open_round()), taken, edit()), Err(refusal));
    assert!(decide_round(ROUND, Some(&open_round()), own, edit()).is_ok());
}

#[test]
fn a_period_may_last_a_day_and_never_runs_backwards() {
    let period = |from, to| RoundPlan { from, to, ..other_plan() };
    assert_eq!(refused(&period(day(10, 1), day(10, 1))), None);
    let backwards = Refusal::PeriodBackwards { from: day(10, 2), to: day(10, 1) };
    assert_eq!(refused(&period(day(10, 2), day(10, 1))), Some(backwards));
}

#[test]
fn grade_bounds_fall_and_stay_within_a_hundred() {
    let graded =
        |excellent, good, pass| refused(&RoundPlan { grades: GradeBounds { excellent, good, pass }, ..other_plan() });
    for (excellent, good, pass) in [(1000, 999, 998), (900, 800, 600), (2, 1, 0)] {
        assert_eq!(graded(excellent, good, pass), None, "{excellent} {good} {pass}");
    }
    for (excellent, good, pass) in [(1001, 800, 600), (800, 800, 600), (900, 600, 600), (600, 800, 900), (0, 0, 0)] {
        let refusal = graded(excellent, good, pass);
        assert_eq!(refusal, Some(Refusal::GradesOutOfOrder), "{excellent} {good} {pass}");
    }
}

#[test]
fn a_round_is_pinned_to_a_text_that_is_kept() {
    let checklist = small();
    let without = RoundSurroundings { checklist: None, ..around(&checklist) };
    let refusal = Err(Refusal::NoSuchEdition(EDITION));
    assert_eq!(decide_round(ROUND, None, without, open(other_plan())), refusal);
    assert_eq!(decide_round(ROUND, Some(&open_round()), without, RoundCommand::Edit(other_plan())), refusal);
    for command in [RoundCommand::Join(units([9])), RoundCommand::Leave(units([2])), RoundCommand::Close] {
        assert!(decide_round(ROUND, Some(&open_round()), without, command).is_ok());
    }
}

#[test]
fn a_veto_is_one_that_the_checklist_knows() {
    let vetoed = |vetoes: &[&str]| {
        let vetoes = vetoes.iter().map(|veto| (*veto).to_owned()).collect();
        refused(&RoundPlan { vetoes, ..other_plan() })
    };
    assert_eq!(vetoed(&["leadership"]), None);
    assert_eq!(vetoed(&["leadership", "weather"]), Some(Refusal::NoSuchVeto("weather".to_owned())));
    assert_eq!(vetoed(&[""]), Some(Refusal::NoSuchVeto(String::new())));
}

#[test]
fn units_that_are_unknown_or_retired_do_not_join() {
    let checklist = small();
    let unknown = RoundSurroundings { unknown_branch: Some(BranchId(9)), ..around(&checklist) };
    let refusal = Err(Refusal::NoSuchBranch(BranchId(9)));
    assert_eq!(decide_round(ROUND, None, unknown, open(other_plan())), refusal);
    assert_eq!(decide_round(ROUND, Some(&open_round()), unknown, RoundCommand::Join(units([1, 9]))), refusal);
}

#[test]
fn a_unit_that_was_looked_at_stays() {
    let checklist = small();
    let walked = RoundSurroundings { walked: Some(BranchId(4)), begun: true, ..around(&checklist) };
    let decided = decide_round(ROUND, Some(&open_round()), walked, RoundCommand::Leave(units([2, 4])));
    assert_eq!(decided, Err(Refusal::BranchWalked { round: ROUND, branch: BranchId(4) }));
}

#[test]
fn edition_and_scale_are_fixed_once_somebody_has_begun() {
    let checklist = small();
    let edit = |begun, plan| {
        let around = RoundSurroundings { begun, ..around(&checklist) };
        decide_round(ROUND, Some(&open_round()), around, RoundCommand::Edit(plan)).err()
    };
    let edition = RoundPlan { edition: EditionId([8; 32]), ..plan(Scale::Four) };
    for pinned in [plan(Scale::Two), edition] {
        assert_eq!(edit(false, pinned.clone()), None);
        assert_eq!(edit(true, pinned), Some(Refusal::RoundBegun(ROUND)));
    }
    let grades = GradeBounds { excellent: 950, ..GradeBounds::default() };
    let vetoes = vec!["leadership".to_owned()];
    for free in [other_plan(), RoundPlan { grades, ..plan(Scale::Four) }, RoundPlan { vetoes, ..plan(Scale::Four) }] {
        assert_eq!(edit(true, free), None);
    }
}

#[test]
fn nothing_that_a_grade_rests_on_changes_under_a_signature() {
    let checklist = small();
    let edit = |signed, plan| {
        let around = RoundSurroundings { begun: true, signed, ..around(&checklist) };
        decide_round(ROUND, Some(&open_round()), around, RoundCommand::Edit(plan)).err()
    };
    let grades = GradeBounds { excellent: 950, ..GradeBounds::default() };
    let vetoes = vec!["leadership".to_owned()];
    for graded in [
        RoundPlan { grades, ..plan(Scale::Four) },
        RoundPlan { vetoes, ..plan(Scale::Four) },
        RoundPlan { profile: Profile::University, ..plan(Scale::Four) },
    ] {
        assert_eq!(edit(false, graded.clone()), None);
        assert_eq!(edit(true, graded), Some(Refusal::RoundSigned(ROUND)));
    }
    for pinned in [plan(Scale::Two), RoundPlan { edition: EditionId([8; 32]), ..plan(Scale::Four) }] {
        assert_eq!(edit(true, pinned), Some(Refusal::RoundSigned(ROUND)));
    }
    assert_eq!(edit(true, other_plan()), None, "a name is no part of the grade");
}

#[test]
fn a_round_closes_when_everything_begun_is_signed() {
    let checklist = small();
    let close = |unsigned| {
        let around = RoundSurroundings { unsigned, begun: true, ..around(&checklist) };
        decide_round(ROUND, Some(&open_round()), around, RoundCommand::Close)
    };
    assert_eq!(close(0), Ok(vec![RoundChange::Closed]));
    for unsigned in [1, 80] {
        assert_eq!(close(unsigned), Err(Refusal::StillUnsigned(unsigned)));
    }
}

#[test]
fn changes_become_true_in_order() {
    let mut round = None;
    let edited = RoundChange::Edited { was: plan(Scale::Four), now: plan(Scale::Two) };
    let steps = [
        (RoundChange::Opened(plan(Scale::Four)), Scale::Four, units([]), false),
        (RoundChange::Joined(units([2, 6])), Scale::Four, units([2, 6]), false),
        (RoundChange::Joined(units([4, 6])), Scale::Four, units([2, 4, 6]), false),
        (RoundChange::Left(units([2, 9])), Scale::Four, units([4, 6]), false),
        (edited, Scale::Two, units([4, 6]), false),
        (RoundChange::Closed, Scale::Two, units([4, 6]), true),
    ];
    for (rev, (change, scale, branches, closed)) in (1..).zip(steps) {
        apply_round(&mut round, ROUND, Rev(rev), &change);
        let expected = Round { rev: Rev(rev), closed, branches, ..Round::new(ROUND, plan(scale)) };
        assert_eq!(round, Some(expected), "{change:?}");
    }
    let mut nothing = None;
    apply_round(&mut nothing, ROUND, Rev(1), &RoundChange::Closed);
    assert_eq!(nothing, None);
}

#[test]
fn the_two_step_scale_has_neither_of_the_steps_between() {
    for verdict in Verdict::ALL {
        assert!(Scale::Four.allows(verdict));
        let expected = !matches!(verdict, Verdict::Good | Verdict::Fair);
        assert_eq!(Scale::Two.allows(verdict), expected, "{verdict:?}");
    }
}

#[test]
fn a_quarter_begins_and_ends_with_its_months() {
    let quarters = [((1, 1), (3, 31)), ((4, 1), (6, 30)), ((7, 1), (9, 30)), ((10, 1), (12, 31))].map(|(from, to)| {
        let (from, to) = (day(from.0, from.1), day(to.0, to.1));
        assert_eq!((quarter_of(from), quarter_of(to)), ((from, to), (from, to)));
        (from, to)
    });
    assert_eq!(quarter_of(day(5, 15)), quarters[1]);
}
