//! The score, against sums done by hand.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use forms::{ALL, Walk, form, id, item, judge, judged, mark, person, round, small};
use tijian::domain::{
    Checklist, Grade, GradeBounds, Inspection, InspectionCommand, Item, ItemId, Loss, Points, Round, Scale, Score,
    ScoreLine, Slice, Stamp, Verdict, per_mille, score,
};
use tijian::import::checklist::builtin;

use Verdict::{Fail, Fair, Good, NotApplicable, Pass};

/// Scores a form on which verdicts stand in the order of its items; where one is missing the item is open.
fn sum(checklist: &Checklist, verdicts: &[Option<Verdict>]) -> Score {
    let given = checklist.items.iter().zip(verdicts).filter_map(|(item, verdict)| Some((&item.id, (*verdict)?)));
    score(checklist, &judged(given))
}

fn all(checklist: &Checklist, verdict: Verdict) -> Inspection {
    judged(checklist.items.iter().map(|item| (&item.id, verdict)))
}

/// Judges every item 合格 but one.
fn all_but(checklist: &Checklist, but: &ItemId, verdict: Verdict) -> Inspection {
    judged(checklist.items.iter().map(|item| (&item.id, if item.id == *but { verdict } else { Pass })))
}

fn with_vetoes(vetoes: &[&str]) -> Round {
    let mut round = round(Scale::Four);
    round.plan.vetoes = vetoes.iter().map(|veto| (*veto).to_owned()).collect();
    round
}

/// Two items whose points make up a rate, the second with a veto.
fn pair(first: u32, second: u32) -> Checklist {
    form(vec![item("A-01", 0, first), Item { veto: Some("leadership".to_owned()), ..item("B-01", 1, second) }])
}

#[test]
fn a_verdict_earns_its_share() {
    let shares = Verdict::ALL.map(Verdict::percent);
    assert_eq!(shares, [Some(100), Some(75), Some(50), Some(0), None]);
    assert_eq!(Verdict::ALL.map(Verdict::falls_short), [false, true, true, true, false]);
}

#[test]
fn small_cases_come_out_as_by_hand() {
    type Case = ([Option<Verdict>; 3], (u64, u32, u32, u32), Option<u32>, u32);
    let cases: [Case; 11] = [
        ([None, None, None], (0, 0, 0, 100), None, 0),
        ([Some(Pass), Some(Pass), Some(Pass)], (10_000, 100, 0, 0), Some(1000), 0),
        ([Some(Good), Some(Good), Some(Good)], (7500, 100, 0, 0), Some(750), 25),
        ([Some(Fair), Some(Fair), Some(Fair)], (5000, 100, 0, 0), Some(500), 50),
        ([Some(Fail), Some(Fail), Some(Fail)], (0, 100, 0, 0), Some(0), 100),
        ([Some(Good), Some(Fair), Some(Fail)], (3000, 100, 0, 0), Some(300), 70),
        ([Some(Pass), Some(Good), Some(Fair)], (6750, 100, 0, 0), Some(675), 33),
        ([Some(NotApplicable), Some(Pass), Some(Fair)], (5500, 80, 20, 0), Some(688), 25),
        ([Some(NotApplicable), Some(NotApplicable), Some(Good)], (3750, 50, 50, 0), Some(750), 13),
        ([Some(NotApplicable), Some(NotApplicable), Some(NotApplicable)], (0, 0, 100, 0), None, 0),
        ([Some(Good), None, Some(NotApplicable)], (1500, 20, 50, 30), Some(750), 5),
    ];
    for (verdicts, (got, applicable, excluded, open), rate, lost) in cases {
        let total = sum(&small(), &verdicts).total;
        let answered = u16::try_from(verdicts.iter().flatten().count()).unwrap();
        let expected = Slice {
            got,
            applicable: Points(applicable),
            excluded: Points(excluded),
            open: Points(open),
            answered,
            items: 3,
        };
        assert_eq!(total, expected, "{verdicts:?}");
        assert_eq!((total.rate(), total.lost()), (rate, Points(lost)), "{verdicts:?}");
    }
}

#[test]
fn cards_and_groups_add_up_and_the_annex_stands_apart() {
    let score = sum(&small(), &[Some(Good), Some(NotApplicable), Some(Pass), Some(Fail)]);
    let slice = |got, applicable, excluded, answered| Slice {
        got,
        applicable: Points(applicable),
        excluded: Points(excluded),
        open: Points(0),
        answered,
        items: answered,
    };
    let parts = [slice(1500, 20, 30, 2), slice(5000, 50, 0, 1), slice(0, 0, 0, 1)];
    assert_eq!(score.cards, parts);
    assert_eq!(score.groups, parts);
    assert_eq!(score.total, slice(6500, 70, 30, 3));
    assert_eq!((score.answered, score.failed, score.findings), (4, 1, 0));
    let line = ScoreLine { got: 6500, applicable: 70, excluded: 30, answered: 4, failed: 1, findings: 0 };
    assert_eq!(ScoreLine::from(&score), line);
}

#[test]
fn every_lost_point_has_its_item_its_verdict_and_its_judge() {
    let score = sum(&small(), &[Some(Good), Some(NotApplicable), Some(Fail), Some(Fail)]);
    let loss = |item, verdict, of, lost| Loss {
        item: id(item),
        verdict,
        of: Points(of),
        lost: Points(lost),
        by: person("王督查"),
        at: Stamp(1000),
    };
    assert_eq!(score.losses, [loss("A-01", Good, 20, 5), loss("B-01", Fail, 50, 50)]);
}

#[test]
fn a_mark_of_somebody_else_does_not_make_them_the_judge() {
    let mut walk = Walk::new(Scale::Four);
    walk.does("王督查", [judge("A-01", Fail)]);
    walk.does("李督查", [mark("A-01", true), mark("A-02", true)]);
    let loss = score(&walk.checklist, &walk.inspection).losses.remove(0);
    assert_eq!((loss.by, loss.at), (person("王督查"), Stamp(1000)));
    assert!(walk.inspection.marked(&id("A-01")) && walk.inspection.marked(&id("A-02")));
    let changed = walk.takes("王督查", tijian::domain::Rev(1), judge("A-01", Pass));
    assert!(changed.is_ok(), "a mark is no verdict that could be overwritten");
}

#[test]
fn rates_are_rounded_half_up_at_the_tenth_of_a_percent() {
    let cases = [
        (10, 20, 333),
        (20, 10, 667),
        (10, 150, 63),
        (125, 1876, 62),
        (1, 1999, 1),
        (1, 2000, 0),
        (1999, 1, 1000),
        (1998, 2, 999),
    ];
    for (first, second, rate) in cases {
        let score = sum(&pair(first, second), &[Some(Pass), Some(Fail)]);
        assert_eq!(score.total.rate(), Some(rate), "{first} of {}", first + second);
    }
    assert_eq!(per_mille(u64::MAX, u64::MAX), Some(1000));
}

#[test]
fn a_sum_is_rounded_once_and_not_item_by_item() {
    let checklist = form((1..=4).map(|n| item(&format!("A-0{n}"), 0, 10)).collect());
    let score = sum(&checklist, &[Some(Good); 4]);
    assert!(score.losses.iter().all(|loss| loss.lost == Points(3)), "a quarter of a point is shown as 0.3");
    assert_eq!((score.total.lost(), score.total.rate()), (Points(10), Some(750)));
}

#[test]
fn more_than_a_fifth_excluded_is_for_reference_only() {
    let cases = [(0, 100, false), (20, 80, false), (21, 79, true), (200, 800, false), (201, 799, true)];
    for (out, left, reference) in cases {
        let checklist = pair(out, left);
        let score = sum(&checklist, &[Some(NotApplicable), Some(Pass)]);
        assert_eq!(score.for_reference_only(&checklist), reference, "{out} of {}", out + left);
        assert_eq!(score.total.rate(), Some(1000));
    }
}

#[test]
fn an_open_item_keeps_the_score_from_being_final() {
    let (checklist, round) = (small(), round(Scale::Four));
    let open = sum(&checklist, &[Some(Pass), Some(Pass), None, Some(Pass)]);
    assert!(!open.is_final());
    assert_eq!(open.grade(&checklist, &round), None);
    let closed = sum(&checklist, &[Some(Pass), Some(NotApplicable), Some(Pass)]);
    assert!(closed.is_final(), "the annex may stay open");
    assert_eq!(closed.grade(&checklist, &round), Some(Grade::Excellent));
    let out = sum(&checklist, &[Some(NotApplicable); 4]);
    assert!(out.is_final());
    assert_eq!(out.grade(&checklist, &round), None, "nothing applies, so nothing is graded");
}

#[test]
fn a_grade_includes_its_bound() {
    let bounds = GradeBounds::default();
    let cases = [
        (1000, Grade::Excellent),
        (900, Grade::Excellent),
        (899, Grade::Good),
        (800, Grade::Good),
        (799, Grade::Pass),
        (600, Grade::Pass),
        (599, Grade::Fail),
        (0, Grade::Fail),
    ];
    for (rate, grade) in cases {
        assert_eq!(bounds.grade(rate), grade, "{rate}");
        let checklist = pair(rate, 1000 - rate);
        let score = sum(&checklist, &[Some(Pass), Some(Fail)]);
        assert_eq!(score.grade(&checklist, &round(Scale::Four)), Some(grade), "{rate}");
    }
    assert!(Grade::Excellent > Grade::Good && Grade::Good > Grade::Pass && Grade::Pass > Grade::Fail);
}

#[test]
fn a_grade_goes_by_the_rate_that_is_printed() {
    for (first, rate, grade) in [(17_990, 900, Grade::Excellent), (17_989, 899, Grade::Good)] {
        let checklist = pair(first, 20_000 - first);
        let score = sum(&checklist, &[Some(Pass), Some(Fail)]);
        assert_eq!(score.total.rate(), Some(rate));
        assert_eq!(score.grade(&checklist, &round(Scale::Four)), Some(grade));
    }
}

#[test]
fn a_veto_caps_the_grade_where_the_round_opted_in() {
    let checklist = pair(950, 50);
    let none = with_vetoes(&[]);
    let opted = with_vetoes(&["leadership"]);
    let graded = |second, round: &Round| {
        let score = sum(&checklist, &[Some(Pass), second]);
        (score.veto(&checklist, round).cloned(), score.grade(&checklist, round))
    };
    assert_eq!(graded(Some(Fail), &none), (None, Some(Grade::Excellent)));
    assert_eq!(graded(Some(Fail), &opted), (Some(id("B-01")), Some(Grade::Fail)));
    for softer in [Pass, Good, Fair, NotApplicable] {
        assert_eq!(graded(Some(softer), &opted), (None, Some(Grade::Excellent)), "{softer:?}");
    }
    assert_eq!(graded(None, &opted), (None, None));
    let open = sum(&checklist, &[None, Some(Fail)]);
    assert_eq!(open.veto(&checklist, &opted), Some(&id("B-01")), "the veto is told while items are open");
    assert_eq!(open.grade(&checklist, &opted), None);
}

#[test]
fn verdicts_on_items_that_the_form_does_not_know_do_not_count() {
    let checklist = small();
    let foreign = id("Z-99");
    let known = checklist.items.iter().map(|item| (&item.id, Pass));
    let inspection = judged(known.chain([(&foreign, Fail)]));
    assert_eq!(score(&checklist, &inspection), score(&checklist, &all(&checklist, Pass)));
}

#[test]
fn the_builtin_checklist_is_worth_a_hundred_points() {
    let checklist = builtin();
    assert_eq!(checklist.full_marks(), Points::whole(100));
    let cases = [(Pass, 1000, 0), (Good, 750, 250), (Fair, 500, 500), (Fail, 0, 1000)];
    for (verdict, rate, lost) in cases {
        let score = score(checklist, &all(checklist, verdict));
        assert!(score.is_final() && !score.for_reference_only(checklist));
        assert_eq!((score.total.rate(), score.total.lost()), (Some(rate), Points(lost)), "{verdict:?}");
        let cards: Vec<_> = score.cards.iter().map(|card| card.applicable).collect();
        assert_eq!(cards, [Points::whole(25), Points::whole(20), Points::whole(55), Points(0)]);
    }
    let score = score(checklist, &all(checklist, Pass));
    assert_eq!((score.losses.len(), score.failed), (0, 0));
    assert_eq!((score.total.items, usize::from(score.answered)), (58, checklist.items.len()));
}

#[test]
fn a_single_failure_in_the_builtin_checklist_costs_exactly_its_points() {
    let checklist = builtin();
    for item in &checklist.items {
        let scored = checklist.scored(item);
        assert_eq!(scored, item.points > Points(0), "{}", item.id);
        for (verdict, percent) in [(Fail, 100), (Fair, 50), (Good, 25)] {
            let score = score(checklist, &all_but(checklist, &item.id, verdict));
            let lost = u64::from(item.points.0) * percent;
            assert_eq!(score.total.got, 100_000 - lost, "{} {verdict:?}", item.id);
            assert_eq!(score.losses.len(), usize::from(scored));
            if verdict == Fail {
                assert_eq!(score.total.rate(), Some(1000 - item.points.0), "{}", item.id);
                assert_eq!(score.total.lost(), item.points);
                assert!(score.losses.iter().all(|loss| loss.item == item.id && loss.lost == item.points));
            }
        }
    }
}

#[test]
fn a_single_item_that_does_not_apply_in_the_builtin_checklist_costs_nothing() {
    let checklist = builtin();
    for item in &checklist.items {
        let score = score(checklist, &all_but(checklist, &item.id, NotApplicable));
        assert_eq!(score.total.rate(), Some(1000), "{}", item.id);
        assert_eq!(score.total.applicable + score.total.excluded, Points::whole(100));
        assert_eq!(score.total.excluded, item.points);
    }
}

#[test]
fn vetoes_of_the_builtin_checklist_cap_only_where_they_are_opted_into() {
    let checklist = builtin();
    let vetoed: Vec<_> = checklist.items.iter().filter_map(|item| Some((item, item.veto.as_deref()?))).collect();
    for (item, veto) in vetoed {
        assert!(checklist.scored(item), "{}: a veto on the annex would never count", item.id);
        let score = score(checklist, &all_but(checklist, &item.id, Fail));
        let by_rate = GradeBounds::default().grade(1000 - item.points.0);
        assert_eq!(score.grade(checklist, &with_vetoes(&[])), Some(by_rate), "{}", item.id);
        assert_eq!(score.grade(checklist, &with_vetoes(&[veto])), Some(Grade::Fail), "{}", item.id);
    }
}

#[test]
fn the_score_under_the_signature_is_the_score_on_the_screen() {
    let mut walk = Walk::new(Scale::Four);
    walk.is_signed("王督查");
    walk.does("李督查", [forms::reopen("複核"), judge("A-01", Good), judge("B-01", Fair)]);
    let line = ScoreLine::from(&score(&walk.checklist, &walk.inspection));
    let signed = walk.takes("李督查", ALL, InspectionCommand::SignOff).unwrap();
    assert_eq!(signed, [tijian::domain::InspectionChange::Signed { score: line }]);
    assert_eq!((line.got, line.applicable), (7000, 100));
}
