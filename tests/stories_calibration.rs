//! The robot inspectors judge the same items blind, lay them side by side and merge them.

mod house;

use house::{House, Who};
use tijian::domain::{BranchId, CalibrationId, Reading, RoundId, Side, Verdict};
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
