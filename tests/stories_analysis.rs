//! The robot inspector looks at the whole: heat map, trend, what failed most, ranks, ages and rates; and behind each figure.

mod found;
mod house;

use found::{day, day_comes, rect, signs, standing, steps};
use house::{House, Who};
use tijian::app::{AnalysisPage, Looker, Pane, Screen};
use tijian::domain::{
    Age, BranchCommand, BranchFacts, BranchId, Command, FollowCommand, PersonId, Ranking, RateKind, Reading,
    RoundCommand, RoundId, Severity,
};

fn page(house: &House, who: Who) -> &AnalysisPage {
    match &house.of(who).screen {
        Screen::Analysis(page) => page,
        _ => panic!("not in the analysis:\n{}", house.screen(who)),
    }
}

#[test]
fn the_heat_map_has_what_was_signed_and_leads_into_the_walk() {
    let mut house = standing();
    let wang = house.inspector("王督查");
    house.press(wang, "5").sees(wang, "[1 熱力圖]").sees(wang, "機關第三黨支部").sees(wang, "教務處黨支部");
    house.sees(wang, "R1 主體責任").sees(wang, "全部");
    let shown = page(&house, wang);
    // Four of six items failed in the first group that is asked for responsibility, one of them critical.
    assert_eq!(shown.analysis.rows.len(), 2);
    let rate = |row| shown.analysis.rate(row, 0).unwrap();
    assert!(rate(0) < 600 && rate(1) < 1000, "{} {}", rate(0), rate(1));
    assert_eq!(shown.analysis.rate(0, 99), None);
    let inspection = house.shelf().inspection(RoundId(1), BranchId(2)).unwrap();
    let score = tijian::domain::score(tijian::import::checklist::builtin(), &inspection);
    assert_eq!(shown.analysis.rate(0, 0), score.groups[0].rate());
    assert_eq!(shown.analysis.rows[0].1.rate(), score.total.rate());
    // What was found there stands behind a number, with a name; where nothing was found, the verdicts do.
    house.press(wang, "<enter>").sees(wang, "[2026-4 機關第三黨支部 R1 主體責任]").sees(wang, "R-01");
    let Screen::Ledger(ledger) = &house.of(wang).screen else { panic!("{}", house.screen(wang)) };
    assert_eq!(ledger.rows.len(), 4);
    house.press(wang, "<esc>").sees(wang, "R1 主體責任").press(wang, "l").sees(wang, "R2 第一責任人");
    house.press(wang, "<enter>");
    assert_eq!(house.of(wang).walk().unwrap().item().unwrap().id.0, "R-07");
    house.press(wang, "<esc>").sees(wang, "R2 第一責任人");
}

#[test]
fn what_was_reopened_is_in_no_figure_until_it_is_signed_again() {
    let mut house = standing();
    let wang = house.inspector("王督查");
    let command = tijian::domain::InspectionCommand::Reopen { reason: "補查".to_owned() };
    house.does("王督查", Command::Inspection(RoundId(1), BranchId(2), command));
    house.press(wang, "5").sees_no(wang, "機關第三黨支部");
    assert_eq!(house.differing(), Vec::<String>::new());
    house.does("王督查", Command::Inspection(RoundId(1), BranchId(2), tijian::domain::InspectionCommand::SignOff));
    house.press(wang, "gh5").sees(wang, "機關第三黨支部");
    assert_eq!(house.differing(), Vec::<String>::new());
}

#[test]
fn what_failed_most_leads_to_the_branches_in_which_it_failed() {
    let mut house = standing();
    let wang = house.inspector("王督查");
    house.press(wang, "5").press(wang, "3").sees(wang, "R-01").sees(wang, "2/2 個支部不合格");
    let failed: Vec<(usize, u32)> = page(&house, wang).failed.iter().map(|one| (one.place, one.branches)).collect();
    assert_eq!(failed, [(0, 2), (1, 1), (2, 1), (3, 1)]);
    house.press(wang, "j<enter>").sees(wang, "[R-02 不合格]").sees(wang, "機關第三").sees_no(wang, "教務處");
    // The walk opens at the item; the same key as of a filter shows all branches again.
    house.press(wang, "<enter>");
    assert_eq!(house.of(wang).walk().unwrap().item().unwrap().id.0, "R-02");
    house.press(wang, "<esc>").press(wang, "/<esc>").sees(wang, "教務處").sees_no(wang, "[R-02");
    house.press(wang, "<esc>").sees(wang, "[不合格]").press(wang, "l").sees(wang, "[計入統計]");
    house.press(wang, "<enter>").sees(wang, "[R-02 計入統計]").sees(wang, "教務處");
}

/// Seven branches, all signed: two of them with the same findings.
fn seven(ranked: bool) -> House {
    let mut house = House::furnished();
    for id in 4..=8 {
        let facts = BranchFacts {
            parent: Some(BranchId(1)),
            code: format!("JG-{id:03}"),
            name: format!("第{id}黨支部"),
            ..BranchFacts::default()
        };
        house.does("admin", Command::Branch(BranchId(id), BranchCommand::Add(facts)));
    }
    house.does("admin", Command::Round(RoundId(1), RoundCommand::Join((4..=8).map(BranchId).collect())));
    let mut plan = house.shelf().round(RoundId(1)).unwrap().unwrap().plan.clone();
    if ranked {
        plan.ranked = true;
        house.does("admin", Command::Round(RoundId(1), RoundCommand::Edit(plan)));
    }
    let finding = ("不全", Severity::Minor, day(12, 20));
    for (branch, findings) in [(2, 3), (3, 1), (4, 1), (5, 0)] {
        signs(&mut house, branch, &vec![finding; findings]);
    }
    house
}

#[test]
fn branches_are_ranked_only_where_the_round_allows_it_and_never_a_few() {
    let mut house = seven(false);
    let ana = house.inspector("甲");
    house.press(ana, "5").press(ana, "4").sees(ana, "本輪未開啟支部排名");
    assert_eq!(page(&house, ana).ranking, Ranking::Off);
    let mut house = seven(true);
    let ana = house.inspector("甲");
    house.press(ana, "5").press(ana, "4").sees(ana, "只有 4 個支部簽認，不足 5 個不排名");
    for branch in 6..=8 {
        signs(&mut house, branch, &[("不全", Severity::Minor, day(12, 20)); 2]);
    }
    house.press(ana, "gh5").press(ana, "4").sees(ana, "第 1");
    let shown = page(&house, ana);
    let ranks: Vec<(u32, u32)> =
        shown.ranks().iter().map(|(rank, row)| (*rank, shown.analysis.rows[*row].0.0)).collect();
    let of = |branch| ranks.iter().find(|(_, of)| *of == branch).unwrap().0;
    assert_eq!((of(5), of(3), of(4), of(6), of(7), of(8), of(2)), (1, 2, 2, 4, 4, 4, 7));
    house.sees(ana, "第 7");
}

#[test]
fn ages_and_rates_are_those_of_the_practice() {
    let mut house = standing();
    // One more is closed in time: of four issued findings of the branch one is closed, and none of the other's.
    steps(&mut house, "王督查", rect(2, 3), FollowCommand::TakeUp);
    steps(&mut house, "王督查", rect(2, 3), FollowCommand::Pass { next: None });
    day_comes(&mut house, 20);
    let wang = house.inspector("王督查");
    house.press(wang, "5").press(wang, "5").sees(wang, "整改完成率（問題）").sees(wang, "25.0%（1/4）");
    let [own, all] = &**page(&house, wang).ledger.as_ref().unwrap();
    assert_eq!(own, all, "there is one round, and no look-back");
    let rate = |kind| (own.rates.rate(kind).got, own.rates.rate(kind).of);
    assert_eq!(rate(RateKind::Closing), (1, 4), "what is not issued is not counted");
    assert_eq!(rate(RateKind::OnTime), (1, 3), "the days of three have come by 12-13");
    assert_eq!(rate(RateKind::Overdue), (2, 3));
    assert_eq!(rate(RateKind::FirstPass), (1, 1));
    assert_eq!(rate(RateKind::Coverage), (2, 2));
    let ages: Vec<u32> = own.ages.iter().map(|age| age.open).collect();
    assert_eq!(ages, [0, 0, 3, 0, 0, 0], "19 or 20 days after the issue");
    assert_eq!(own.ages[2], Age { open: 3, overdue: 2 });
    assert_eq!(own.found.iter().map(|found| found.findings).sum::<u32>(), 5);
    // Each leads to its rows.
    house.press(wang, "jjjjjjjjjj").sees(wang, "[本輪 分子]").press(wang, "<enter>").sees(wang, "[2026-4 逾期率 分子]");
    let shown = |house: &House| match &house.of(wang).screen {
        Screen::Ledger(ledger) => ledger.rows.len(),
        _ => panic!("{}", house.screen(wang)),
    };
    assert_eq!(shown(&house), 2);
    house.press(wang, "<esc>l").sees(wang, "[本輪 分母]").press(wang, "<enter>");
    assert_eq!(shown(&house), 3);
    // What is closed meanwhile is behind it no more.
    steps(&mut house, "趙審批", rect(2, 4), FollowCommand::Approve);
    let head = house.shelf().head();
    house.msg(wang, tijian::app::Msg::News(head));
    assert_eq!(shown(&house), 2);
}

#[test]
fn who_answers_for_a_branch_sees_the_figures_of_that_branch_alone() {
    let mut house = standing();
    let third = house.inspector("三支部");
    house.press(third, "5").sees(third, "機關第三黨支部").sees_no(third, "教務處");
    assert_eq!(page(&house, third).analysis.rows.len(), 1);
    let [own, _] = &**page(&house, third).ledger.as_ref().unwrap();
    assert_eq!(own.found.iter().map(|found| found.findings).sum::<u32>(), 4);
    let (_, sum) = page(&house, third).rounds[0];
    assert_eq!(sum, page(&house, third).analysis.total);
}

#[test]
fn the_trend_goes_over_the_rounds_and_the_keys_go_through_them() {
    let mut house = standing();
    house.round(2, "2027-1", (10, 2), (12, 31));
    let wang = house.inspector("王督查");
    house.press(wang, "5");
    assert_eq!(page(&house, wang).round.id, RoundId(1), "the latest with a signature");
    house.press(wang, "2").sees(wang, "2027-1").sees(wang, "2026-4").press(wang, "]");
    assert_eq!(page(&house, wang).round.id, RoundId(2));
    house.press(wang, "]").sees(wang, "沒有").press(wang, "1").sees(wang, "本輪還沒有簽認的體檢");
    house.press(wang, "[2j<enter>");
    assert!(matches!(&house.of(wang).screen, Screen::Round(page) if page.round.id == RoundId(1)));
    // The place is kept.
    house.press(wang, "<esc>").is_killed();
    assert_eq!((page(&house, wang).pane, page(&house, wang).round.id), (Pane::Trend, RoundId(1)));
}

#[test]
fn there_is_no_analysis_without_a_round() {
    let mut house = House::empty();
    let ana = house.inspector("甲");
    house.press(ana, "5").sees(ana, "還沒有輪次");
    let looker = Looker { me: PersonId("甲".to_owned()), today: day(11, 23) };
    assert!(AnalysisPage::load(&*house.shelf(), looker, None).unwrap().is_none());
}
