//! Rates of §3.6 against cases that are counted by hand.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use tijian::domain::*;

fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

/// The day on which everything is counted.
const fn today() -> (i8, i8) {
    (11, 23)
}

fn line(state: State, due: Day) -> LedgerLine {
    let issued = (state != State::Drafted).then(|| day(10, 1));
    LedgerLine {
        state,
        due,
        first_due: due,
        issued,
        received: None,
        requested: None,
        requester: None,
        closed: None,
        closer: None,
        in_time: false,
        exempt: None,
        returns: 0,
        extensions: 0,
        asked: false,
        checked: false,
        evidence: 0,
        stages: 0,
        on_the_spot: false,
        post: String::new(),
    }
}

fn closed(on: Day, due: Day) -> LedgerLine {
    LedgerLine { closed: Some(on), in_time: on <= due, ..line(State::Closed, due) }
}

fn finding(class: Class, lines: Vec<LedgerLine>) -> LedgerFinding {
    LedgerFinding {
        n: 1,
        item: ItemId("S-01".to_owned()),
        fact: "一季度未開支部黨員大會".to_owned(),
        severity: Severity::Minor,
        class,
        nth: 1,
        relapse: false,
        lines,
    }
}

fn counted(findings: &[LedgerFinding]) -> Rates {
    let mut rates = Rates::default();
    let (month, d) = today();
    for finding in findings {
        rates.add(finding, day(month, d));
    }
    rates
}

const fn rate(got: u64, of: u64) -> Rate {
    Rate { got, of }
}

#[test]
fn the_published_case_comes_out_as_published() {
    // 101 measures of 40 findings, 83 done: 39 findings with two measures, one with 23; 18 measures of the last are open.
    let (done, open) = (closed(day(11, 1), day(12, 1)), line(State::Working, day(12, 1)));
    let mut findings: Vec<_> = (0..39).map(|_| finding(Class::Limited, vec![done.clone(); 2])).collect();
    findings.push(finding(Class::Limited, [vec![done; 5], vec![open; 18]].concat()));
    let rates = counted(&findings);
    assert_eq!(rates.rate(RateKind::Measures), rate(83, 101));
    assert_eq!(rates.rate(RateKind::Measures).per_mille(), Some(822));
    assert_eq!(rates.rate(RateKind::Closing), rate(39, 40), "a finding is closed when all its measures are");
    assert_eq!(rates.rate(RateKind::FirstPass), rate(83, 83));
    assert_eq!(rates.rate(RateKind::OnTime), rate(0, 0), "no last day has come");
    assert_eq!(rates.rate(RateKind::Overdue), rate(0, 18));
}

#[test]
fn what_is_not_issued_or_is_given_up_counts_nowhere() {
    let revoked = line(State::Revoked, day(11, 1));
    let drafted = line(State::Drafted, day(11, 1));
    let never = LedgerLine { issued: None, ..revoked.clone() };
    let rates = counted(&[
        finding(Class::Limited, vec![revoked.clone()]),
        finding(Class::Limited, vec![drafted.clone()]),
        finding(Class::Limited, vec![never]),
        finding(Class::Limited, Vec::new()),
    ]);
    assert_eq!(rates, Rates::default());
    // Beside a closed measure one that was given up is not missed, and one that is only drafted is.
    let done = closed(day(11, 1), day(11, 20));
    let rates =
        counted(&[finding(Class::Limited, vec![done.clone(), revoked]), finding(Class::Limited, vec![done, drafted])]);
    assert_eq!(rates.rate(RateKind::Closing), rate(1, 2));
    assert_eq!(rates.rate(RateKind::Measures), rate(2, 3));
    assert_eq!(rates.rate(RateKind::OnTime), rate(1, 2));
}

#[test]
fn a_finding_is_in_time_when_its_last_day_has_come_and_no_day_was_missed() {
    let at_the_edge = closed(day(11, 23), day(11, 23));
    let late = closed(day(11, 21), day(11, 20));
    let extended = LedgerLine { extensions: 1, ..closed(day(11, 20), day(11, 20)) };
    let extended_and_open = LedgerLine { extensions: 2, ..line(State::Working, day(11, 22)) };
    let early = closed(day(11, 1), day(11, 24));
    let open_today = line(State::Working, day(11, 23));
    let rates = counted(&[
        finding(Class::Limited, vec![at_the_edge]),
        finding(Class::Limited, vec![late.clone()]),
        finding(Class::Immediate, vec![extended]),
        finding(Class::Limited, vec![extended_and_open]),
        finding(Class::Limited, vec![early.clone()]),
        finding(Class::Limited, vec![open_today]),
        // Its last day is the later one, which has not come.
        finding(Class::Limited, vec![late, early]),
    ]);
    assert_eq!(rates.rate(RateKind::OnTime), rate(2, 5));
    assert_eq!(rates.rate(RateKind::Extended), rate(1, 2));
}

#[test]
fn open_measures_are_overdue_from_the_next_day_on_and_never_while_they_have_leave() {
    let leave = LedgerLine { exempt: Some(day(11, 30)), due: day(11, 30), ..line(State::Issued, day(11, 1)) };
    let lines = vec![
        line(State::Issued, day(11, 22)),
        line(State::Received, day(11, 23)),
        line(State::Requested, day(11, 1)),
        line(State::Verifying, day(12, 1)),
        leave,
        closed(day(11, 22), day(11, 1)),
    ];
    assert_eq!(counted(&[finding(Class::Limited, lines)]).rate(RateKind::Overdue), rate(2, 5));
}

#[test]
fn returns_count_against_the_first_asking() {
    let done = closed(day(11, 1), day(11, 20));
    let returned = LedgerLine { returns: 1, ..done.clone() };
    let open = LedgerLine { returns: 2, ..line(State::Working, day(11, 20)) };
    let rates = counted(&[finding(Class::Limited, vec![done.clone(), done, returned, open])]);
    assert_eq!(rates.rate(RateKind::FirstPass), rate(2, 3));
    assert_eq!(rates.rate(RateKind::FirstPass).per_mille(), Some(667));
}

#[test]
fn standing_findings_are_counted_apart() {
    let lines = vec![closed(day(11, 1), day(11, 20))];
    let rates = counted(&[finding(Class::Standing, lines.clone()), finding(Class::Limited, lines)]);
    assert_eq!((rates.tally.closing, rates.standing.closing), (rate(1, 1), rate(1, 1)));
    assert_eq!((rates.tally.days.len(), rates.standing.days.len()), (1, 1));
}

#[test]
fn days_have_a_mean_in_tenths_and_a_median_in_halves() {
    let spread = |days: &[u32]| {
        let mut spread = Spread::default();
        for days in days {
            spread.count(*days);
        }
        (spread.mean(), spread.median())
    };
    assert_eq!(spread(&[]), (None, None));
    assert_eq!(spread(&[0]), (Some(0), Some(0)));
    assert_eq!(spread(&[31, 10, 3, 4]), (Some(120), Some(70)), "48 ÷ 4, and between 4 and 10");
    assert_eq!(spread(&[5, 4, 4]), (Some(43), Some(40)), "13 ÷ 3 = 4.33");
    assert_eq!(spread(&[1, 2]), (Some(15), Some(15)));
    assert_eq!(spread(&[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), (Some(1), Some(0)), "0.05 up");
    assert_eq!(spread(&[7, 7, 9, 9]), (Some(80), Some(80)));
    // From issue on 1 October to closure: 31 and 51 days; a clock that was set back makes none.
    let lines = vec![closed(day(11, 1), day(12, 1)), closed(day(11, 21), day(12, 1)), closed(day(9, 1), day(12, 1))];
    let days = counted(&[finding(Class::Limited, lines)]).tally.days;
    assert_eq!(days.0.into_iter().collect::<Vec<_>>(), [(0, 1), (31, 1), (51, 1)]);
}
