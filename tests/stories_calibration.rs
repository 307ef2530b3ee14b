//! The robot inspectors judge the same items blind, lay them side by side and merge them.

mod found;
mod house;

use found::{manned, mans};
use house::{House, Who};
use tijian::app::{Calibrating, Screen, Task};
use tijian::domain::{
    BranchId, CalibrationCommand, CalibrationId, Command, Extent, InspectionCommand, Judgement, PersonId, Reading,
    Role, RoundCommand, RoundId, Side, Verdict,
};
use tijian::import::checklist::builtin;

const ID: CalibrationId = CalibrationId { round: RoundId(1), branch: BranchId(2), n: 1 };

/// Begins a calibration of the first group of the third branch.
fn begins(house: &mut House, who: Who) {
    house.press(who, "2<enter>gggj").sees(who, "第二人").press(who, "<tab>").types(who, "李督查");
    house.press(who, "<tab>").press(who, &"<right>".repeat(5)).press(who, "<c-s>");
    house.sees(who, "第一人  王督查  未交卷").sees(who, "第二人  李督查  未交卷").sees(who, "本人已查 0/");
}

/// Lists the items of the first group.
fn items() -> Vec<tijian::domain::ItemId> {
    builtin().items.iter().filter(|item| item.group == 0).map(|item| item.id.clone()).collect()
}

#[test]
fn two_judge_blind_a_third_sees_nothing_and_what_is_taken_stands_in_the_inspection() {
    let mut house = House::furnished();
    let (wang, li, zhang) = (house.inspector("王督查"), house.inspector("李督查"), house.inspector("張督查"));
    begins(&mut house, wang);
    let items = items();
    // Each walks their own sheet; a failed item asks for a note.
    house.press(wang, "<enter>").sees(wang, "[校準]").press(wang, "4").sees(wang, "備註");
    house.types(wang, "缺第二季度記錄").press(wang, "<c-s>j").press(wang, &"1".repeat(items.len() - 1));
    house.press(li, "2<enter>gggj").sees(li, "未交卷").sees_no(li, "缺第二季度").press(li, "<enter>");
    house
        .sees(li, "[校準]")
        .sees_no(li, "缺第二季度")
        .press(li, "3")
        .press(li, &"1".repeat(items.len() - 2))
        .press(li, "4");
    house.types(li, "只有會議通知").press(li, "<c-s>");
    // Nobody else sees either, in the walk, its summary, the trail or the calibration.
    house.press(zhang, "2<enter>gg<enter>").sees(zhang, "這裡正在校準（王督查、李督查）").sees(zhang, "0/58");
    for keys in ["1", "4", ";"] {
        house.press(zhang, keys).sees(zhang, "王督查 和 李督查 正在校準").sees(zhang, "0/58");
    }
    for (keys, back) in [("S", "<esc>"), ("t", "<esc>"), ("gj", "<esc>"), ("x", "<esc>")] {
        house
            .press(zhang, keys)
            .sees_no(zhang, "缺第二季度")
            .sees_no(zhang, "只有會議通知")
            .sees_no(zhang, "✗")
            .press(zhang, back);
    }
    house.press(zhang, "gj").sees(zhang, "各人的結論和備註只有本人看得到").press(zhang, "J");
    house.sees(zhang, "別人不填答卷").press(zhang, "M").sees(zhang, "還沒有交卷");
    // A killed program brings each back to their own sheet.
    house.is_killed();
    house.sees(wang, "[校準]").sees(li, "[校準]").sees_no(li, "缺第二季度");
    house.press(wang, "gj").sees(wang, &format!("本人已查 {0}/{0} 項", items.len()));
    house.press(wang, "J").sees(wang, "不能再改").press(wang, "y").sees(wang, "已交卷。").sees(wang, "李督查  未交卷");
    house.press(wang, "<enter>2").sees(wang, "不能再改").press(wang, "<esc>").sees_no(wang, "只有會議通知");
    assert_eq!(house.shelf().sheet(ID, Side::Second, &house.of(wang).me).unwrap(), None);
    house.press(li, "gjJy").sees(li, "一致率").sees(li, "不一致 2 項，已定 0 項").sees(li, "缺第二季度記錄");
    // The others see it at once.
    house.sees(wang, "不一致 2 項，已定 0 項").sees(zhang, "不一致 2 項，已定 0 項");
    house.press(zhang, "M").sees(zhang, "2 項不一致沒有定").press(zhang, "1").sees(zhang, "已定 1 項");
    house.sees(zhang, "只有會議通知").press(zhang, "3").sees(zhang, "另定結論").press(zhang, "<right><c-s>");
    house.sees(zhang, "已定 2 項").sees(li, "已定 2 項").press(li, "gg2").sees(li, "定為一般");
    house.press(zhang, "M").sees(zhang, &format!("把 {} 項結論寫入體檢", items.len())).press(zhang, "y");
    house.sees(zhang, "已合併").sees(wang, "張督查 於").sees(li, "一致率");
    let inspection = house.shelf().inspection(RoundId(1), BranchId(2)).unwrap();
    let verdicts: Vec<_> = items.iter().map(|item| inspection.verdict(item).unwrap()).collect();
    let mut wanted = vec![Verdict::Pass; items.len()];
    (wanted[0], wanted[items.len() - 1]) = (Verdict::Fair, Verdict::Good);
    assert_eq!(verdicts, wanted);
    assert_eq!(inspection.note(&items[items.len() - 1]), "只有會議通知");
    assert_eq!(inspection.note(&items[0]), "", "the note goes with the verdict that is taken");
    // The walk goes on as any other, and what was merged is taken back as one.
    house.press(zhang, "<enter>").sees(zhang, &format!("{}/58", items.len())).press(zhang, "u").sees(zhang, "0/58");
    house.press(wang, "M").sees(wang, "只能查看");
    assert_eq!(house.differing(), [] as [String; 0]);
}

#[test]
fn a_sheet_takes_no_findings_and_leads_nowhere_else() {
    let mut house = House::furnished();
    let wang = house.inspector("王督查");
    begins(&mut house, wang);
    house.press(wang, "<enter>").press(wang, "f").sees(wang, "備註").press(wang, "<esc>");
    for keys in ["t", "x", "]b"] {
        house.press(wang, keys).sees(wang, "答卷上只有結論、備註和標記").sees(wang, "[校準]");
    }
    house.press(wang, "1u").sees(wang, "已撤銷").press(wang, "S").sees(wang, "本人已查 0/");
    house.press(wang, "J").sees(wang, "項沒有結論").sees_no(wang, "現在交卷嗎");
    house.press(wang, "X").sees(wang, "撤銷校準的理由").types(wang, "一人調離").press(wang, "<enter>");
    house.sees(wang, "撤銷：一人調離").press(wang, "<enter>1").sees(wang, "已由 王督查 於");
    house.press(wang, "<esc>gr<enter>gg<enter>1").sees(wang, "1/58");
}

#[test]
fn the_palette_leads_there_and_says_what_is_missing() {
    let mut house = House::furnished();
    let wang = house.inspector("王督查");
    house.press(wang, "gj").sees(wang, "先在輪次中選一個支部");
    house.press(wang, "2<enter>gg:").types(wang, "校準").press(wang, "<enter>").sees(wang, "第一人");
    house.press(wang, "<tab>").types(wang, "王督查").press(wang, "<c-s>").sees(wang, "兩處都填了 王督查");
    house.press(wang, "<esc><enter>1gj<tab>").types(wang, "李督查").press(wang, "<c-s>");
    house.sees(wang, "1 項已有結論、備註或問題");
}

/// Lists the calibrations on somebody's home screen, each with whether it is their own sheet.
fn waiting(house: &House, who: Who) -> Vec<(u32, bool)> {
    let Screen::Home(home) = &house.of(who).screen else { panic!("not at home") };
    let tasks = home.tasks.iter().filter_map(|task| match task {
        Task::Calibration(task) => Some((task.id.branch.0, matches!(task.stands, Calibrating::Sheet { .. }))),
        Task::Rect(_) | Task::Unfinished { .. } | Task::NotBegun { .. } => None,
    });
    tasks.collect()
}

fn judged(verdicts: &[Verdict]) -> Command {
    let judge = |(item, verdict): (tijian::domain::ItemId, &Verdict)| {
        (item, Some(Judgement { verdict: *verdict, reason: String::new() }))
    };
    Command::Sheet(ID, InspectionCommand::Judge(items().into_iter().zip(verdicts).map(judge).collect()))
}

#[test]
fn home_leads_each_to_what_waits_for_them_in_a_calibration() {
    let mut house = manned();
    mans(&mut house, "張督查", Role::Inspector, None, None);
    mans(&mut house, "別處督查", Role::Inspector, Some(3), None);
    let walkers = ["王督查", "李督查"].map(|who| PersonId(who.to_owned()));
    let begin = CalibrationCommand::Begin { walkers, extent: Extent::Group("R1".to_owned()) };
    house.does("admin", Command::Calibration(ID, begin));
    let people = ["王督查", "李督查", "張督查", "admin", "別處督查", "趙審批", "三支部"];
    let [wang, li, zhang, admin, elsewhere, zhao, branch] = people.map(|who| house.inspector(who));
    let all = |house: &House, people: &[Who]| people.iter().map(|who| waiting(house, *who)).collect::<Vec<_>>();
    // Each of the two waits for their own sheet, and sees of the other's not even how far it is.
    let others = [zhang, admin, elsewhere, zhao, branch];
    assert_eq!(all(&house, &[wang, li]), [[(2, true)]; 2]);
    assert!(all(&house, &others).iter().all(Vec::is_empty));
    house.sees(wang, "校準未查完").sees(wang, "0/6").sees(wang, "截至 12-31");
    house.does("李督查", judged(&[Verdict::Pass; 6]));
    house.press(wang, "gh").sees(wang, "校準未查完").sees(wang, "0/6").sees_no(wang, "6/6");
    house.press(li, "gh").sees(li, "校準待交卷").sees(li, "6/6");
    house.press(li, "<enter>").sees(li, "[校準]").press(li, "gjJy").sees(li, "已交卷").press(li, "gh");
    assert_eq!(all(&house, &[wang, li]), [vec![(2, true)], vec![]], "who has handed in is not waited for");
    // Once both have, whoever may settle and merge it is waited for, within their part of the tree.
    let verdicts = [Verdict::Pass, Verdict::Fair, Verdict::Pass, Verdict::Fail, Verdict::Pass, Verdict::Pass];
    house.does("王督查", judged(&verdicts));
    house.does("王督查", Command::Calibration(ID, CalibrationCommand::HandIn));
    for who in [wang, li, zhang, admin, elsewhere, zhao, branch] {
        house.press(who, "gh");
    }
    assert_eq!(all(&house, &[wang, li, zhang, admin]), [[(2, false)]; 4]);
    assert!(all(&house, &others[2..]).iter().all(Vec::is_empty), "another part, another role");
    house.sees(zhang, "校準待定").sees(zhang, "一致率 66.7%（4/6）");
    house.press(zhang, "<enter>").sees(zhang, "不一致 2 項，已定 0 項").press(zhang, "12").press(zhang, "gh");
    house.sees(zhang, "校準待合併").press(zhang, "<enter>My").sees(zhang, "已合併").press(zhang, "gh");
    house.sees_no(zhang, "校準").press(wang, "gh").sees_no(wang, "校準");
    assert!(all(&house, &[wang, li, zhang, admin]).iter().all(Vec::is_empty));
}

#[test]
fn what_waits_in_a_calibration_stands_among_the_rest_by_its_day() {
    let mut house = House::furnished();
    house.round(2, "2026-5", (11, 1), (11, 30));
    let walkers = || ["王督查", "李督查"].map(|who| PersonId(who.to_owned()));
    for round in [1, 2] {
        let id = CalibrationId { round: RoundId(round), branch: BranchId(3), n: 1 };
        let begin = CalibrationCommand::Begin { walkers: walkers(), extent: Extent::Whole };
        house.does("admin", Command::Calibration(id, begin));
    }
    let wang = house.inspector("王督查");
    let Screen::Home(home) = &house.of(wang).screen else { panic!("not at home") };
    let rounds: Vec<u32> = home
        .tasks
        .iter()
        .filter_map(|task| match task {
            Task::Calibration(task) => Some(task.id.round.0),
            Task::NotBegun { round, .. } => Some(round.0),
            Task::Rect(_) | Task::Unfinished { .. } => None,
        })
        .collect();
    assert_eq!(rounds, [2, 2, 1, 1], "the earlier day first");
    // A round that is over asks nobody for anything; the whole is the same after the records are made anew.
    house.does("admin", Command::Round(RoundId(2), RoundCommand::Close));
    house.press(wang, "gh").sees(wang, "截至 12-31").sees_no(wang, "截至 11-30");
    assert_eq!(house.differing(), [] as [String; 0]);
}

#[test]
fn who_judges_blind_is_asked_about_nobodys_card_and_who_walks_on_is_led_past_what_is_judged_blind() {
    let mut house = House::furnished();
    let (wang, li, zhang) = (house.inspector("王督查"), house.inspector("李督查"), house.inspector("張督查"));
    // 張督查 has the card in which the calibration is.
    house.press(zhang, "2<enter>gg<enter>C").sees(zhang, "已存");
    begins(&mut house, wang);
    let count = items().len();
    // On a sheet nobody's card is in the way, and none is taken or given there.
    house.press(wang, "<enter>").sees(wang, "[校準]").sees_no(wang, "張督查 負責").press(wang, "1");
    house.sees(wang, &format!("1/{count}")).sees_no(wang, "仍要判定");
    for key in ["C", "B"] {
        house.press(wang, key).sees(wang, "也不分卡");
    }
    house.press(wang, "gg").press(wang, &"<space>1".repeat(count)).sees(wang, &format!("{count}/{count}"));
    // In the walk itself what is judged blind is refused at once, to who has the card as to everybody, and not asked about.
    house.press(li, "2<enter>gg<enter>").sees(li, "R-01").press(li, "1").sees(li, "正在校準").sees_no(li, "仍要判定");
    house.press(zhang, "gg1").sees(zhang, "正在校準").sees(zhang, "0/58");
    // The way to what is unanswered leads past it, to the rest of the card for who has it and to the next card for others.
    house.press(zhang, "gg<space>").press(li, "gg<space>");
    let at = |house: &House, who| house.of(who).walk().unwrap().item().unwrap().clone();
    let (first, other) = (at(&house, zhang), at(&house, li));
    assert_eq!((first.id.0.as_str(), builtin().card_index(&first)), ("R-07", 0));
    assert_eq!(builtin().card_index(&other), 1);
    house.press(zhang, "1").sees(zhang, "1/58");
    // A card is taken and given back meanwhile, and what is merged lands whoever has it.
    house.press(zhang, "B").press(li, "ggC").sees(zhang, "由 李督查 負責");
    house.press(wang, "gjJy").press(li, "2<enter>gggj<enter>").press(li, &"1".repeat(count)).press(li, "gjJy");
    house.press(zhang, "gj").sees(zhang, "一致率").press(zhang, "My").sees(zhang, "已合併").sees_no(zhang, "仍要判定");
    let inspection = house.shelf().inspection(RoundId(1), BranchId(2)).unwrap();
    assert!(items().iter().all(|item| inspection.verdict(item) == Some(Verdict::Pass)));
    assert_eq!(inspection.cards.get(&0).map(|taker| taker.by.0.as_str()), Some("李督查"));
    house.press(zhang, "<enter>gg1").sees(zhang, "仍要判定");
    assert_eq!(house.differing(), [] as [String; 0]);
}
