//! The robot inspectors and a round: who walks where, and how far it is.

mod found;
mod house;

use found::{manned, mans, standing};
use house::{House, Who};
use tijian::domain::{BranchId, Command, InspectionCommand, Judgement, PersonId, Reading, Role, RoundId, Verdict};
use tijian::import::checklist::builtin;

/// Who walks at a unit of the first round, as the records say.
fn team(house: &House, unit: u32) -> Vec<String> {
    let round = house.shelf().round(RoundId(1)).unwrap().unwrap();
    round.teams.get(&BranchId(unit)).into_iter().flatten().map(|PersonId(name)| name.clone()).collect()
}

fn progress(house: &mut House, name: &str) -> Who {
    let who = house.inspector(name);
    house.press(who, "2<enter>").sees(who, "p 進度分組").press(who, "p").sees(who, "[1 組織]");
    who
}

#[test]
fn a_team_is_put_together_at_the_screen_and_taken_away() {
    let mut house = manned();
    let admin = progress(&mut house, "admin");
    // The first line is the whole round, which has no team.
    house.press(admin, "e").sees(admin, "此行不是支部或上級");
    house.press(admin, "je").sees(admin, "督查組：機關黨委").sees(admin, "李督查").sees_no(admin, "趙審批");
    house.press(admin, "<down><space><down><space><c-s>").sees(admin, "機關黨委  李督查 王督查");
    house.sees(admin, "教務處黨支部  (李督查 王督查)");
    assert_eq!(team(&house, 1), ["李督查", "王督查"]);
    // Whom a branch is given goes before who was given what is above it.
    house.press(admin, "je<down><down><space><c-s>").sees(admin, "機關第三黨支部  王督查");
    house.press(admin, "e").sees(admin, "< 在組 >").press(admin, "<space><c-s>");
    house.sees(admin, "機關第三黨支部  (李督查 王督查)");
    assert_eq!(team(&house, 2), [] as [&str; 0]);
    house.press(admin, "X").sees(admin, "機關第三黨支部」沒有單獨編組");
    house.press(admin, "kX").sees(admin, "撤去「機關黨委」的督查組（李督查 王督查）").press(admin, "n");
    assert_eq!(team(&house, 1).len(), 2);
    house.press(admin, "Xy").sees_no(admin, "王督查");
    assert_eq!(team(&house, 1), [] as [&str; 0]);
    assert_eq!(house.differing(), [] as [String; 0]);
}

#[test]
fn who_does_not_keep_rounds_is_told_before_anything_is_typed() {
    let mut house = manned();
    let wang = progress(&mut house, "王督查");
    for keys in ["je", "X"] {
        house.press(wang, keys).sees(wang, "由管理員做").sees_no(wang, "督查組：");
    }
}

#[test]
fn two_who_set_one_team_do_not_overwrite_each_other() {
    let mut house = manned();
    mans(&mut house, "副管理員", Role::Admin, None, None);
    let (admin, other) = (progress(&mut house, "admin"), progress(&mut house, "副管理員"));
    house.press(admin, "je").press(other, "je<down><down><space>");
    house.press(admin, "<down><down><down><space><c-s>").sees(admin, "機關黨委  王督查");
    house.press(other, "<c-s>").sees(other, "admin").sees(other, "剛才改過").sees(other, "督查組：機關黨委");
    // What the other has put in stands in the form that is open again, beside what was typed.
    house.press(other, "<c-s>");
    assert_eq!(team(&house, 1), ["李督查", "王督查"]);
}

#[test]
fn a_half_made_team_survives_a_dropped_line() {
    let mut house = manned();
    let admin = progress(&mut house, "admin");
    house.press(admin, "je<down><space>");
    house.is_killed().sees(admin, "督查組：機關黨委").sees(admin, "< 在組 >").press(admin, "<f2>");
    house.sees(admin, "督查组：").press(admin, "<c-s>").sees(admin, "機關黨委  李督查");
    house.is_killed().sees(admin, "> 機關黨委  李督查");
}

#[test]
fn where_nobody_is_entered_names_are_typed() {
    let mut house = House::furnished();
    let me = progress(&mut house, "甲");
    house.press(me, "2").sees(me, "還沒有督查組").press(me, "1jje").types(me, "甲 乙").press(me, "<c-s>");
    assert_eq!(team(&house, 2), ["乙", "甲"]);
    house.press(me, "2").sees(me, "機關第三黨支部  乙 甲").sees(me, "未分組").press(me, "e<c-u><c-s>");
    house.sees(me, "還沒有督查組");
    assert_eq!(team(&house, 2), [] as [&str; 0]);
}

#[test]
fn every_count_leads_to_what_it_counts() {
    let mut house = standing();
    let admin = progress(&mut house, "admin");
    house.press(admin, "je<down><down><space><c-s>");
    house.press(admin, "3").sees(admin, "本人簽認").sees(admin, "王督查").press(admin, "<enter>");
    house.sees(admin, "[1 組織]").sees(admin, "查找 / 王督查").sees(admin, "教務處黨支部  (王督查)");
    house.press(admin, "/").press(admin, "<esc>").press(admin, "2<enter>").sees(admin, "> 機關黨委  王督查");
    house.press(admin, "<enter>").sees(admin, "下級 2 個").press(admin, "<esc>jj<enter>").sees(admin, "R-01");
    house.press(admin, "<esc>gg<enter>").sees(admin, "58/58").press(admin, "<esc>");
    // What is signed to the end is left out where only the rest is wanted.
    house.sees(admin, "教務處").press(admin, "o").sees(admin, "只看未完成").sees_no(admin, "教務處").press(admin, "o");
    house.press(admin, "p").sees(admin, "體檢輪次");
    // From home the round that is going on is meant.
    house.press(admin, "ghp").sees(admin, "[1 組織]").sees(admin, "覆蓋率 100.0%（2/2）");
}

#[test]
fn a_round_that_is_over_is_corrected_with_a_reason_that_everybody_sees() {
    let mut house = standing();
    let (admin, wang) = (house.inspector("admin"), house.inspector("王督查"));
    house.press(admin, "2<enter>C").sees(admin, "輪次還沒有結束").press(admin, "Zy").sees(admin, "已結束");
    house.press(wang, "2<enter>").sees(wang, "C 更正輪次").press(wang, "C").sees(wang, "由管理員做");
    house.press(admin, "C").sees(admin, "更正輪次的理由").press(admin, "<enter>").sees(admin, "不能為空");
    house.types(admin, "補錄");
    house.is_killed().sees(admin, "更正輪次的理由").types(admin, "漏查").press(admin, "<enter>");
    house.sees(admin, "更正中").sees(admin, "正在更正：補錄漏查").sees(admin, "問題 5 → 5");
    house.sees(wang, "正在更正：補錄漏查").press(wang, "p").sees(wang, "正在更正：補錄漏查").press(wang, "<esc>");
    house.press(wang, "<esc>").sees(wang, "更正中").press(wang, "<enter>");
    let inspect = |command| Command::Inspection(RoundId(1), BranchId(3), command);
    house.does("王督查", inspect(InspectionCommand::Reopen { reason: "補錄".to_owned() }));
    let fails = Some(Judgement { verdict: Verdict::Fair, reason: String::new() });
    house.does("王督查", inspect(InspectionCommand::Judge(vec![(builtin().items[9].id.clone(), fails)])));
    house.press(admin, "Z").sees(admin, "再次結束輪次").press(admin, "y").sees(admin, "1 個支部");
    house.does("王督查", inspect(InspectionCommand::SignOff));
    house.press(admin, "Zy").sees(admin, "已結束").sees(admin, "已更正：補錄漏查").sees(admin, "問題 5 → 5");
    let round = house.shelf().round(RoundId(1)).unwrap().unwrap();
    let got: Vec<u64> = round.frozen.iter().map(|frozen| frozen.figures.got).collect();
    assert!(round.closed && got[1] < got[0], "the figures of before stay: {got:?}");
    assert_eq!(house.differing(), [] as [String; 0]);
}
