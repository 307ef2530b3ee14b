//! The robot inspectors look back: a sample of what is closed, looked at by somebody else, and what has come back.

mod found;
mod house;

use found::rect;
use house::{House, Who};
use tijian::domain::{LookbackId, Outcome, Reading, State};

/// Draws everything that is closed, and opens it.
fn drawn(house: &mut House, who: Who) {
    house.press(who, "7").sees(who, "還沒有回頭看").press(who, "n").sees(who, "抽取回頭看樣本");
    house.press(who, "<c-s>").sees(who, "從 2 項中抽取 2 項").sees(who, "已看 0/2 項");
}

#[test]
fn what_has_come_back_is_followed_again_and_the_ledger_says_so() {
    let mut house = found::closed();
    let sun = house.inspector("孫督查");
    drawn(&mut house, sun);
    house.sees(sun, "種子 179582").sees(sun, "未開展述職").sees(sun, "長期未換屆").sees(sun, "2026-4/JG-003/");
    // One key an item, and on to the next that nobody has looked at.
    house.press(sun, "1").sees(sun, "已看 1/2 項").sees(sun, "有效").press(sun, "4").sees(sun, "反彈的寫明情況");
    house.press(sun, "<enter>").sees(sun, "備註").types(sun, "改選後又空缺一人").press(sun, "<enter>");
    house.sees(sun, "已看 2/2 項").sees(sun, "反彈率 50.0%（1/2）").press(sun, "jj").sees(sun, "改選後又空缺一人");
    // Enter leads to the item and back.
    house.press(sun, "<enter>").sees(sun, "第 1/1 項").press(sun, "<esc>").sees(sun, "已看 2/2 項");
    house.press(sun, "S").sees(sun, "反彈的 1 項將列為新問題").press(sun, "n").sees_no(sun, "新問題");
    house.press(sun, "Sy").sees(sun, "1 項反彈列為新問題");
    house.press(sun, "4").sees(sun, "已由 孫督查 於").press(sun, "S").sees(sun, "已由 孫督查 於");
    let again = rect(2, 5).finding;
    let followed = house.shelf().followed(again).unwrap().unwrap();
    assert_eq!((followed.relapse_of, followed.items[0].state), (Some(rect(2, 4)), State::Drafted));
    let wang = house.inspector("王督查");
    house.press(wang, "37").sees(wang, "[待下發 ").press(wang, "/").types(wang, "改選後").press(wang, "<enter>");
    house.sees(wang, "屢查屢犯").press(wang, "<enter>").sees(wang, "反彈自 04.1");
    house.press(sun, "<esc>").sees(sun, "已看 2/2 項  反彈率 50.0%（1/2）  已結束");
    assert_eq!(house.differing(), [] as [String; 0]);
}

#[test]
fn who_has_closed_it_and_who_is_of_the_branch_do_not_look_back() {
    let mut house = found::closed();
    let sun = house.inspector("孫督查");
    drawn(&mut house, sun);
    let wang = house.inspector("王督查");
    house.press(wang, "gk").sees(wang, "已看 0/2 項").press(wang, "<enter>1").sees(wang, "前一步是 王督查 做的");
    house.press(wang, "4").sees(wang, "前一步是 王督查 做的").press(wang, "j1").sees(wang, "已看 1/2 項");
    let li = house.inspector("李督查");
    for key in ["1", "4"] {
        house.press(li, "gk<enter>").press(li, key).sees(li, "回避：本人所在支部");
    }
    let zhao = house.inspector("趙審批");
    house.press(zhao, "7<enter>1").sees(zhao, "由管理員、督查員做");
    house.press(zhao, "<esc>n<c-s>").sees(zhao, "由管理員、督查員做").sees(zhao, "抽取回頭看樣本");
    assert_eq!(house.shelf().lookbacks().unwrap().len(), 1);
    // What somebody else has seen meanwhile is there at once, and is not overwritten unseen.
    house.sees(sun, "已看 1/2 項").press(sun, "1").sees(sun, "已看 2/2 項");
    let seen = house.shelf().lookback(LookbackId(1)).unwrap().unwrap();
    assert!(seen.drawn.iter().all(|drawn| drawn.seen.as_ref().is_some_and(|seen| seen.look.outcome == Outcome::Valid)));
}

#[test]
fn a_draw_says_what_is_wrong_and_a_place_is_kept() {
    let mut house = found::closed();
    let sun = house.inspector("孫督查");
    house.press(sun, "7n<c-u>").types(sun, "0").press(sun, "<c-s>").sees(sun, "數量為 1 到 200 的整數");
    house.press(sun, "<c-u>").types(sun, "1").press(sun, "<tab>").press(sun, "2<tab>").types(sun, "JG-999");
    house.press(sun, "<c-s>").sees(sun, "沒有編號為 JG-999 的組織").press(sun, "<c-u>").types(sun, "JG-003");
    house.press(sun, "<tab><tab><c-u>").types(sun, "x").press(sun, "<c-s>").sees(sun, "種子是一個非負整數");
    house.press(sun, "<c-u>").types(sun, "7").press(sun, "<c-s>").sees(sun, "嚴重 · 機關黨委");
    house.sees(sun, "種子 7").sees(sun, "長期未換屆").sees_no(sun, "未開展述職");
    // A line that drops with a half-typed note costs nothing.
    house.press(sun, "4").types(sun, "又空缺");
    house.is_killed().sees(sun, "又空缺").types(sun, "一人").press(sun, "<enter>").sees(sun, "已看 1/1 項");
    house.press(sun, "<esc>n").sees(sun, "抽取回頭看樣本").press(sun, "<tab><tab><tab>").types(sun, "無此人");
    house.press(sun, "<c-s>").sees(sun, "沒有符合條件的已銷號事項").sees(sun, "無此人");
}

#[test]
fn the_summary_names_what_to_look_at_and_stops_nobody() {
    let mut house = found::manned();
    let wang = house.inspector("王督查");
    house.press(wang, "2<enter>gg<enter>").press(wang, &"1".repeat(58)).press(wang, "gg4<esc>;");
    house.types(wang, "與李督查同志核對").press(wang, "<c-s>");
    house.press(wang, "S").sees(wang, "R-01 不合格，沒有記問題").sees(wang, "體檢自查");
    house.sees(wang, "R-01 備註：疑似寫了人名（李督查同志），請改寫崗位").sees(wang, "在 0 秒內給出 20 項結論");
    // A remark leads to its item; the one about the whole walk leads nowhere.
    house.press(wang, "<enter>").sees(wang, "R-01 年度黨建工作計劃").press(wang, "S");
    house.press(wang, "Sy").sees(wang, "已簽認").sees_no(wang, "體檢自查");
}

#[test]
fn ending_before_all_is_seen_takes_a_reason() {
    let mut house = found::closed();
    let sun = house.inspector("孫督查");
    drawn(&mut house, sun);
    house.press(sun, "1S").sees(sun, "還有 1 項沒有看").sees(sun, "未看完的理由").press(sun, "<enter>");
    house.sees(sun, "還有 1 項沒有看").types(sun, "支部已撤銷").press(sun, "<enter>").sees(sun, "0 項反彈");
    let ended = house.shelf().lookback(LookbackId(1)).unwrap().unwrap().ended.unwrap();
    assert_eq!(ended.reason, "支部已撤銷");
}
