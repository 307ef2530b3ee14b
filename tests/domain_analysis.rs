//! Analysis, against sums done by hand, and rates that are the same whichever way they are counted.

use tijian::domain::{
    AGES, BranchId, BranchLine, BranchTree, Class, Day, FindingId, GradeBounds, ItemId, Ledger, LedgerAnalysis,
    LedgerFinding, LedgerLine, PersonId, Profile, RANKED_FROM, Ranking, Rates, RoundAnalysis, RoundId, RoundPlan,
    Scale, Severity, Standing, State, Sum, Sums, is_overdue, standing,
};
use tijian::import::checklist::{builtin, edition_id};

fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

/// Sums of an inspection in which every scored group got so much of a hundred points.
fn sums(got: u64, failed: &[u16]) -> Sums {
    let groups = vec![Sum { got: got * 1000, applicable: 1000 }; builtin().groups.len()];
    Sums { groups, failed: failed.to_vec(), excluded: Vec::new() }
}

fn analysed(rates: &[u64]) -> RoundAnalysis {
    let mut analysis = RoundAnalysis::of(builtin());
    for (branch, got) in (1..).zip(rates) {
        analysis.add(BranchId(branch), &sums(*got, &[]));
    }
    analysis
}

fn plan(ranked: bool) -> RoundPlan {
    RoundPlan {
        code: "2026-4".to_owned(),
        name: "四季度".to_owned(),
        from: day(10, 1),
        to: day(12, 31),
        edition: edition_id(builtin()),
        profile: Profile::Jiguan,
        scale: Scale::Four,
        grades: GradeBounds::default(),
        vetoes: Vec::new(),
        ranked,
    }
}

#[test]
fn cells_stand_in_the_order_of_the_tree_and_the_annex_is_no_column() {
    let mut analysis = RoundAnalysis::of(builtin());
    let unscored = builtin().items.iter().filter(|item| !builtin().scored(item)).map(|item| usize::from(item.group));
    assert!(unscored.collect::<Vec<_>>().iter().all(|group| !analysis.columns.contains(group)));
    let mut second = sums(60, &[0, 5]);
    second.groups[analysis.columns[1]] = Sum { got: 0, applicable: 0 };
    second.excluded = vec![5, 9];
    analysis.add(BranchId(7), &sums(100, &[5]));
    analysis.add(BranchId(3), &second);
    analysis.add(BranchId(5), &sums(81, &[]));
    let line = |id| BranchLine {
        id: BranchId(id),
        parent: None,
        kind: tijian::domain::BranchKind::Zhibu,
        code: String::new(),
        name: String::new(),
        folded: String::new(),
        depth: 0,
        active: true,
    };
    let tree = BranchTree {
        lines: [3, 7, 5].map(line).to_vec(),
        places: vec![(BranchId(3), 0), (BranchId(5), 2), (BranchId(7), 1)],
    };
    analysis.arrange(&tree);
    let order: Vec<u32> = analysis.rows.iter().map(|(branch, _)| branch.0).collect();
    assert_eq!(order, [3, 7, 5]);
    assert_eq!((analysis.rate(0, 0), analysis.rate(0, 1)), (Some(600), None), "nothing applied");
    assert_eq!((analysis.rate(1, 1), analysis.rate(2, 0)), (Some(1000), Some(810)));
    assert_eq!((analysis.rate(3, 0), analysis.rate(0, analysis.columns.len())), (None, None));
    assert_eq!(analysis.groups[0], Sum { got: 241_000, applicable: 3000 });
    assert_eq!(analysis.groups[1].rate(), Some(905), "181 of 200");
    let failed: Vec<_> = analysis.most_failed().iter().map(|one| (one.place, one.branches, one.of)).collect();
    assert_eq!(failed, [(5, 2, 2), (0, 1, 3)], "the one that does not apply in a branch is out of fewer");
}

#[test]
fn ranks_are_shared_by_equals_and_given_from_five_branches_on() {
    let few = analysed(&[90, 80, 70, 60]);
    assert_eq!(few.ranking(&plan(true)), Ranking::TooFew(RANKED_FROM - 1));
    let five = analysed(&[90, 95, 90, 60, 95]);
    assert_eq!(five.ranking(&plan(false)), Ranking::Off);
    assert_eq!(five.ranking(&plan(true)), Ranking::Ranks(vec![(1, 1), (1, 4), (3, 0), (3, 2), (5, 3)]));
}

#[test]
fn a_plan_is_spelled_as_before_unless_it_allows_ranks() {
    let spelled = |ranked| serde_json::to_string(&plan(ranked)).unwrap();
    assert!(!spelled(false).contains("ranked"));
    assert!(spelled(true).ends_with(",\"ranked\":true}"));
    for ranked in [false, true] {
        assert_eq!(serde_json::from_str::<RoundPlan>(&spelled(ranked)).unwrap(), plan(ranked));
    }
}

fn line(state: State, due: Day, issued: Option<Day>) -> LedgerLine {
    LedgerLine {
        state,
        due,
        first_due: due,
        issued,
        requested: None,
        requester: Some(PersonId("甲".to_owned())),
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
        post: "支部書記".to_owned(),
    }
}

fn finding(n: u16, item: &str, class: Class, lines: Vec<LedgerLine>) -> LedgerFinding {
    let (item, fact) = (ItemId(item.to_owned()), "不全".to_owned());
    LedgerFinding { n, item, fact, severity: Severity::Minor, class, nth: 1, relapse: false, lines }
}

const fn id(round: u32, branch: u32, n: u16) -> FindingId {
    FindingId { round: RoundId(round), branch: BranchId(branch), n }
}

#[test]
fn open_items_fall_into_ages_by_the_days_since_their_issue() {
    let today = day(12, 31);
    let mut ledger = Ledger::default();
    let ages = [0, 7, 8, 15, 16, 30, 31, 60, 61, 90, 91, 300];
    let lines = ages.map(|age| line(State::Working, if age > 60 { day(11, 1) } else { today }, Some(today.plus(-age))));
    ledger.take(id(1, 1, 1), &finding(1, "S-07", Class::Limited, lines.to_vec()));
    // What is not with the branch, and what is not seen, has no age.
    ledger.take(id(1, 1, 2), &finding(2, "S-07", Class::Limited, vec![line(State::Drafted, today, None)]));
    ledger.take(id(1, 9, 1), &finding(1, "R-01", Class::Limited, vec![line(State::Issued, today, Some(today))]));
    let sees = |branch| branch != BranchId(9);
    let [own, analysis] = LedgerAnalysis::of(&ledger, today, RoundId(1), sees);
    assert_eq!(own, analysis, "all is of one round");
    assert_eq!(analysis.ages.map(|age| age.open), [2; AGES.len()]);
    assert_eq!(analysis.ages.map(|age| age.overdue), [0, 0, 0, 0, 2, 2]);
    let found: Vec<(u32, u32)> = analysis.found.iter().map(|found| (found.findings, found.open)).collect();
    assert_eq!(found, [(2, 2), (0, 0)]);
    let [other, all] = LedgerAnalysis::of(&ledger, today, RoundId(2), |_| true);
    assert_eq!((other.ages.map(|age| age.open), all.ages[0].open), ([0; 6], 3));
}

#[test]
fn rates_of_the_columns_are_those_of_the_findings_in_whatever_order_they_came() {
    let mut seed = 1u64;
    let mut dice = |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let today = day(12, 1);
    let mut findings = Vec::new();
    for branch in 1..=40 {
        for n in 1..=u16::try_from(1 + dice(4)).unwrap() {
            let class = [Class::Limited, Class::Standing][usize::try_from(dice(2)).unwrap()];
            let lines = (0..=dice(3)).collect::<Vec<_>>().into_iter().map(|_| {
                let state = State::ALL[usize::try_from(dice(8)).unwrap()];
                let issued = day(10, i8::try_from(1 + dice(28)).unwrap());
                let mut line = line(state, day(11, i8::try_from(1 + dice(30)).unwrap()), Some(issued));
                if matches!(state, State::Drafted | State::Revoked) {
                    line.issued = None;
                }
                (line.returns, line.extensions) = (u8::try_from(dice(2)).unwrap(), u8::try_from(dice(2)).unwrap());
                if state == State::Closed {
                    (line.closed, line.in_time) = (Some(issued.plus(9)), dice(2) == 0);
                }
                line
            });
            let lines: Vec<LedgerLine> = lines.collect();
            findings.push((id(1, branch, n), finding(n, "S-07", class, lines)));
        }
    }
    let mut rates = Rates::default();
    for (_, finding) in &findings {
        rates.add(finding, today);
    }
    assert!(rates.tally.closing.of > 10 && rates.standing.closing.of > 10 && rates.tally.extended.of > 3);
    let mut ledger = Ledger::default();
    // Every third comes later, and one item of each of them later still.
    let parts = findings.iter().enumerate().partition::<Vec<_>, _>(|(at, _)| at % 3 != 0);
    for (_, (id, finding)) in parts.0 {
        ledger.take(*id, finding);
    }
    for (_, (id, finding)) in parts.1.iter().rev() {
        let first = LedgerFinding { lines: finding.lines[..1].to_vec(), ..finding.clone() };
        ledger.take(*id, &first);
    }
    for (_, (id, finding)) in parts.1 {
        ledger.take(*id, finding);
    }
    let order: Vec<_> = ledger.by_item().map(|(_, row)| row.id).collect();
    assert!(order.is_sorted() && order.len() == ledger.len());
    let [own, all] = LedgerAnalysis::of(&ledger, today, RoundId(1), |_| true);
    assert_eq!((own.rates, all.rates), (rates.clone(), rates));
}

#[test]
fn a_day_has_passed_whichever_way_it_is_asked() {
    let days = [day(11, 30), day(12, 1), day(12, 2)];
    for state in State::ALL {
        for due in days {
            for exempt in [None, Some(days[0]), Some(days[1]), Some(days[2])] {
                let counted = matches!(standing(state, due, exempt, days[1]), Standing::Overdue(_));
                assert_eq!(is_overdue(state, due, exempt, days[1]), counted, "{state:?} {due} {exempt:?}");
            }
        }
    }
}
