//! The robot inspector walks: one key a verdict, findings in place, undo, and the signature.

mod house;

use house::House;
use tijian::domain::{BranchId, ItemId, Lang, Reading, RoundId, Verdict};

const ROUND: RoundId = RoundId(1);
/// 機關第三黨支部.
const BRANCH: BranchId = BranchId(2);

fn walking() -> (House, house::Who) {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter>").sees(ana, "機關第三黨支部");
    house.press(ana, "gg<enter>").sees(ana, "R-01").sees(ana, "0/58");
    (house, ana)
}

fn verdict(house: &House, item: &str) -> Option<Verdict> {
    house.shelf().inspection(ROUND, BRANCH).unwrap().verdict(&ItemId(item.to_owned()))
}

#[test]
fn one_key_is_one_verdict_and_walks_on() {
    let (mut house, ana) = walking();
    house.press(ana, "123").sees(ana, "R-04").sees(ana, "3/58").sees(ana, "已存 09:00:00");
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::Pass));
    assert_eq!(verdict(&house, "R-02"), Some(Verdict::Good));
    assert_eq!(verdict(&house, "R-03"), Some(Verdict::Fair));
    // A quarter of two points and half of two points.
    house.sees(ana, "已扣 1.5");
}

#[test]
fn full_width_digits_and_hanzi_numerals_are_verdicts_too() {
    let (mut house, ana) = walking();
    house.press(ana, "１２").press(ana, "一").sees(ana, "3/58");
    assert_eq!(verdict(&house, "R-02"), Some(Verdict::Good));
}

#[test]
fn pasted_text_without_brackets_gives_no_verdict() {
    let (mut house, ana) = walking();
    for paste in ["會議1次", "abc1", "2026年", "1月"] {
        house.bytes(ana, paste.as_bytes());
    }
    house.sees(ana, "0/58");
    assert_eq!(house.shelf().inspection(ROUND, BRANCH).unwrap().cells.len(), 0);
    house.pastes(ana, "111").sees(ana, "貼上的文字未採用");
    // Digits that a bad line has held back and delivered together are keys.
    house.bytes(ana, b"111").sees(ana, "3/58");
}

#[test]
fn replies_of_a_terminal_are_never_verdicts() {
    let (mut house, ana) = walking();
    let replies: [&[u8]; 4] =
        [b"\x1b]11;rgb:1111/2222/3333\x07", b"\x1b[?64;1;2c", b"\x1b[24;80R", b"\x1bP1$r0m\x1b\\"];
    for reply in replies {
        house.bytes(ana, reply);
    }
    house.sees(ana, "0/58");
    assert_eq!(house.shelf().inspection(ROUND, BRANCH).unwrap().cells.len(), 0);
}

#[test]
fn a_failing_item_leads_through_its_finding_and_on() {
    let (mut house, ana) = walking();
    house.press(ana, "jjj4").sees(ana, "問題  R-04");
    // The slots {sample} and {n} are asked for in turn; the wording fills itself.
    house.types(ana, "6").press(ana, "<enter>").types(ana, "2");
    house.sees(ana, "抽查的6項部署中，2項僅開會傳達");
    house.press(ana, "<enter><enter>").sees(ana, "R-05").sees_no(ana, "問題  R-04");
    let inspection = house.shelf().inspection(ROUND, BRANCH).unwrap();
    let finding = &inspection.findings[&1];
    assert_eq!(finding.facts.item, ItemId("R-04".to_owned()));
    assert_eq!(finding.facts.due.to_string(), "2026-12-23");
    assert!(!finding.facts.fact.contains('{'));
}

#[test]
fn an_open_slot_is_not_accepted() {
    let (mut house, ana) = walking();
    house.press(ana, "jjj4<c-s>").sees(ana, "請填寫");
    assert!(house.shelf().inspection(ROUND, BRANCH).unwrap().findings.is_empty());
}

#[test]
fn not_applicable_asks_for_a_reason_where_the_checklist_does() {
    let (mut house, ana) = walking();
    house.press(ana, "0").sees(ana, "不適用的理由");
    house.press(ana, "<enter>").sees(ana, "須寫明理由");
    house.types(ana, "本年新設支部").press(ana, "<enter>").sees(ana, "R-02");
    let inspection = house.shelf().inspection(ROUND, BRANCH).unwrap();
    assert_eq!(inspection.cells[&ItemId("R-01".to_owned())].reason, "本年新設支部");
}

#[test]
fn undo_and_redo_go_as_far_as_ones_own_changes() {
    let (mut house, ana) = walking();
    house.press(ana, "112m").sees(ana, "3/58");
    house.press(ana, "uuuu").sees(ana, "0/58");
    house.press(ana, "u").sees(ana, "沒有可撤銷的改動");
    house.press(ana, "<c-r><c-r><c-r><c-r>").sees(ana, "3/58");
    house.press(ana, "<c-r>").sees(ana, "沒有可重做的改動");
    assert_eq!(verdict(&house, "R-03"), Some(Verdict::Good));
    // A new change takes the way forward away.
    house.press(ana, "u4<esc><c-r>").sees(ana, "沒有可重做的改動");
}

#[test]
fn a_group_passes_after_a_question() {
    let (mut house, ana) = walking();
    house.press(ana, "2A").sees(ana, "5 項全部記為合格");
    house.press(ana, "n").sees(ana, "1/58");
    house.press(ana, "A<enter>").sees(ana, "6/58");
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::Good), "what was judged stays");
    house.press(ana, "u").sees(ana, "1/58");
}

#[test]
fn notes_take_lines_and_hanzi_and_are_parked_by_esc() {
    let (mut house, ana) = walking();
    house.press(ana, ";").types(ana, "第一行").press(ana, "<enter>").types(ana, "第二行，1 2 3 4");
    house.press(ana, "<esc>").sees(ana, "已暫放").sees(ana, "0/58");
    house.press(ana, ";").sees(ana, "第二行，1 2 3 4").press(ana, "<c-s>").sees(ana, "第一行");
    let inspection = house.shelf().inspection(ROUND, BRANCH).unwrap();
    assert_eq!(inspection.note(&ItemId("R-01".to_owned())), "第一行\n第二行，1 2 3 4");
}

#[test]
fn personal_data_is_asked_about_and_a_classification_mark_refused() {
    let (mut house, ana) = walking();
    house.press(ana, ";").types(ana, "聯繫 13800138000").press(ana, "<c-s>").sees(ana, "似有個人信息");
    house.press(ana, "<esc>").sees(ana, "13800138000").press(ana, "<c-s>y");
    assert!(!house.shelf().inspection(ROUND, BRANCH).unwrap().notes.is_empty());
    house.press(ana, "j;").types(ana, "機密★10年").press(ana, "<c-s>").sees(ana, "密級標誌");
    assert_eq!(house.shelf().inspection(ROUND, BRANCH).unwrap().notes.len(), 1);
}

#[test]
fn moves_find_what_is_open_failed_and_marked() {
    let (mut house, ana) = walking();
    house.press(ana, "11<space>").sees(ana, "R-04");
    house.press(ana, "gg").sees(ana, "R-01").press(ana, "<space>").sees(ana, "R-03");
    house.press(ana, "mG").sees(ana, "Q-08").press(ana, "]m").sees(ana, "R-03");
    house.press(ana, "4<esc>G]f").sees(ana, "R-03");
    house.press(ana, "J").sees(ana, "R-07").press(ana, "K").sees(ana, "R-01");
    house.press(ana, "]").sees(ana, "接着按").press(ana, "<esc>");
}

#[test]
fn the_signature_says_what_is_missing_and_then_holds() {
    let (mut house, ana) = walking();
    house.press(ana, "S").sees(ana, "未檢 58").press(ana, "S").sees(ana, "還不能簽認");
    house.press(ana, "<esc>");
    for _ in 0..13 {
        house.press(ana, "A<enter>");
    }
    house.press(ana, "gg4<esc>S").sees(ana, "不合格，無問題也無備註 1").press(ana, "S").sees(ana, "R-01");
    house.press(ana, "<esc>;").types(ana, "上級同意暫緩").press(ana, "<c-s>S").sees(ana, "沒有遺漏");
    house
        .sees(ana, "等次 優秀")
        .press(ana, "S")
        .sees(ana, "簽認「機關第三黨支部」")
        .press(ana, "y")
        .sees(ana, "已簽認");
    house.press(ana, "<esc>gg1").sees(ana, "王督查 已於 2026年11月23日 簽認");
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::Fail));
    house.press(ana, "SR").types(ana, "補看材料").press(ana, "<enter><esc>gg1").sees(ana, "R-02");
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::Pass));
}

#[test]
fn every_lost_point_is_explained() {
    let (mut house, ana) = walking();
    house.press(ana, "13p").sees(ana, "扣分明細").sees(ana, "-1.0/2.0").sees(ana, "王督查 2026-11-23 09:00:00");
    house.sees(ana, "R-02").press(ana, "<enter>").sees(ana, "責任清單與委員分工");
}

#[test]
fn last_round_stands_beside_the_item() {
    let (mut house, ana) = walking();
    house.press(ana, "jjj4").types(ana, "6").press(ana, "<enter>").types(ana, "2").press(ana, "<enter><enter>2");
    house.round(2, "2027-1", (10, 2), (12, 31));
    house
        .press(ana, "gr")
        .sees(ana, "2027-1")
        .press(ana, "gg<enter>gg<enter>")
        .sees(ana, "2027-1 › 機關黨委 › 機關第三黨支部");
    house.press(ana, "ggjjj").sees(ana, "2026-4 ✗ 不合格").sees(ana, "重複發現").press(ana, "j=").sees(ana, "R-06");
    let again = house.shelf().inspection(RoundId(2), BRANCH).unwrap();
    assert_eq!(again.verdict(&ItemId("R-05".to_owned())), Some(Verdict::Good));
}

#[test]
fn the_other_order_is_one_item_across_branches() {
    let (mut house, ana) = walking();
    house.press(ana, "x").sees(ana, "一項查各支部").sees(ana, "教務處黨支部").press(ana, "gg12");
    let other = house.shelf().inspection(ROUND, BranchId(3)).unwrap();
    assert_eq!(other.verdict(&ItemId("R-01".to_owned())), Some(Verdict::Good));
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::Pass));
    house.press(ana, "<esc>").sees(ana, "機關第三黨支部").sees(ana, "1/58");
}

#[test]
fn the_trail_says_who_did_what() {
    let (mut house, ana) = walking();
    house.press(ana, "13u;").types(ana, "看過記錄").press(ana, "<c-s>t");
    house.sees(ana, "R-01 結論 未檢 -> 合格").sees(ana, "撤銷第").sees(ana, "R-02 備註 看過記錄").sees(ana, "王督查");
}

#[test]
fn two_inspectors_see_each_other_and_nobody_is_overwritten() {
    let (mut house, ana) = walking();
    let ben = house.inspector("李督查");
    house.press(ben, "2<enter>gg<enter>").sees(ben, "R-01");
    house.press(ana, "1").sees(ben, "1/58").sees(ben, "王督查");
    // Ben judges the same item before Ana's change has reached his screen.
    house.prompt = false;
    house.press(ana, "gg4<esc>").press(ben, "gg2");
    house.prompt = true;
    house.answers();
    house.sees(ben, "王督查").sees(ben, "改過此處");
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::Fail));
    house.press(ben, "9");
    // On different items both go through.
    house.prompt = false;
    house.press(ana, "ggj1").press(ben, "ggjj1");
    house.prompt = true;
    house.answers();
    assert_eq!(verdict(&house, "R-02"), Some(Verdict::Pass));
    assert_eq!(verdict(&house, "R-03"), Some(Verdict::Pass));
    // Undo takes back one's own, never the other's.
    house.press(ben, "u");
    assert_eq!(verdict(&house, "R-03"), None);
    assert_eq!(verdict(&house, "R-02"), Some(Verdict::Pass));
}

#[test]
fn a_killed_session_goes_on_at_the_same_character() {
    let (mut house, ana) = walking();
    house.press(ana, "11;").types(ana, "查到第二季").press(ana, "<left>");
    house.is_killed().sees(ana, "查到第二季").sees(ana, "2/58").sees(ana, "已回到上次離開的地方");
    house.types(ana, "X").press(ana, "<c-s>");
    let inspection = house.shelf().inspection(ROUND, BRANCH).unwrap();
    assert_eq!(inspection.note(&ItemId("R-03".to_owned())), "查到第二X季");
    house.press(ana, "j4").types(ana, "6").is_killed().sees(ana, "問題  R-04").sees(ana, "抽查的6項");
}

#[test]
fn the_language_changes_live() {
    let (mut house, ana) = walking();
    house.press(ana, "T").sees(ana, "党建体检").sees(ana, "责任").press(ana, "T").sees(ana, "Look at");
    house.sees(ana, "1 Pass").press(ana, "<f2>").sees(ana, "黨建體檢");
    assert_eq!(house.of(ana).lang, Lang::Hant);
}

#[test]
fn keys_behind_an_undo_are_meant_for_where_it_leads() {
    let (mut house, ana) = walking();
    house.press(ana, "111").sees(ana, "R-04");
    house.prompt = false;
    house.press(ana, "u4<esc>");
    house.prompt = true;
    house.answers();
    assert_eq!(verdict(&house, "R-03"), Some(Verdict::Fail));
    assert_eq!(verdict(&house, "R-04"), None);
}

#[test]
fn what_could_not_be_kept_is_told_until_it_was_seen() {
    let (mut house, ana) = walking();
    house.full = true;
    house.press(ana, "1").sees(ana, "未能保存 R-01").sees(ana, "0/58");
    house.full = false;
    house.press(ana, "j1").sees(ana, "未能保存 R-01").sees(ana, "1/58");
    house.press(ana, "<esc>").sees_no(ana, "未能保存").sees(ana, "1/58");
    assert!(house.of(ana).has_failed(), "the program's exit code tells of it too");
}

#[test]
fn what_is_judged_across_branches_is_what_is_shown() {
    let (mut house, ana) = walking();
    // A lost point leads to another item, and the page goes along.
    house.press(ana, "3").press(ana, "ggx").sees(ana, "R-01");
    house.press(ana, "J").sees(ana, "R-02").press(ana, "p<enter>").sees(ana, "R-01").press(ana, "1");
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::Pass));
    assert_eq!(verdict(&house, "R-02"), None);
    // A reason is written to the branch that was selected, and the next digit to the one that is selected then.
    house.press(ana, "gg0").types(ana, "新成立").press(ana, "<enter>").press(ana, "2");
    let other = house.shelf().inspection(ROUND, BranchId(3)).unwrap();
    assert_eq!(verdict(&house, "R-01"), Some(Verdict::NotApplicable));
    assert_eq!(other.verdict(&ItemId("R-01".to_owned())), Some(Verdict::Good));
}
