//! The robot inspector around the house: first run, branches, rounds, checklist, palette, help, forms that are parked.

mod house;

use house::House;
use tijian::domain::{BranchId, BranchKind, Lang, Reading, RoundId};

#[test]
fn a_first_run_leads_from_nothing_to_the_first_verdict() {
    let mut house = House::empty();
    let ana = house.inspector("王督查");
    house.sees(ana, "嚴禁錄入國家秘密");
    house.press(ana, "4").sees(ana, "按 a 新增");
    house.press(ana, "a").types(ana, "辦公室黨支部").press(ana, "<tab>").types(ana, "JG-001").press(ana, "<c-s>");
    house.sees(ana, "JG-001").sees(ana, "辦公室黨支部").sees(ana, "已存 09:00:00");
    house.press(ana, "<esc>2n<c-s>").sees(ana, "2026-4").sees(ana, "2026年第四季度");
    house.press(ana, "<enter>").sees(ana, "辦公室黨支部").press(ana, "<enter>").sees(ana, "R-01").press(ana, "1");
    house.sees(ana, "1/58");
    let inspection = house.shelf().inspection(RoundId(1), BranchId(1)).unwrap();
    assert_eq!(inspection.cells.len(), 1);
}

#[test]
fn home_says_what_waits_and_leads_there() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.sees(ana, "未開始").sees(ana, "2 個支部");
    house.press(ana, "2<enter><enter>112").press(ana, "gh");
    house.sees(ana, "未查完").sees(ana, "3/58").sees(ana, "上次停在 R-03");
    house.press(ana, "gg<enter>").sees(ana, "R-04").sees(ana, "3/58");
}

#[test]
fn a_branch_is_edited_in_place_and_nothing_is_overwritten() {
    let mut house = House::furnished();
    let (ana, bea) = (house.inspector("王督查"), house.inspector("李督查"));
    for who in [ana, bea] {
        house.press(who, "4j").press(who, "e").sees(who, "機關第三黨支部");
    }
    house.types(ana, "甲").press(ana, "<c-s>").sees(ana, "機關第三黨支部甲");
    house.press(bea, "<tab>").types(bea, "B").press(bea, "<c-s>").sees(bea, "王督查").sees(bea, "剛才改過");
    assert_eq!(house.shelf().branch(BranchId(2)).unwrap().unwrap().facts.name, "機關第三黨支部甲");
    // The form is open again: what bea typed is there, what she did not touch is the newest.
    house.sees(bea, "JG-003B").sees(bea, "機關第三黨支部甲").press(bea, "<c-s>");
    let facts = house.shelf().branch(BranchId(2)).unwrap().unwrap().facts;
    assert_eq!((facts.code.as_str(), facts.name.as_str()), ("JG-003B", "機關第三黨支部甲"));
}

#[test]
fn a_refused_form_stays_open_with_what_was_typed() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4a").types(ana, "新支部").press(ana, "<tab>").types(ana, "JG-003").press(ana, "<c-s>");
    house.sees(ana, "已被使用").sees(ana, "新支部");
    house.press(ana, "<c-u>").types(ana, "JG-099").press(ana, "<c-s>").sees_no(ana, "已被使用");
    assert!(house.shelf().branch_by_code("JG-099").unwrap().is_some());
}

#[test]
fn a_name_with_a_number_of_a_person_is_asked_about_before_it_is_kept() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4a").types(ana, "聯絡138 0013 8000").press(ana, "<tab>").types(ana, "JG-050");
    house
        .press(ana, "<c-s>")
        .sees(ana, "似有個人信息")
        .press(ana, "n")
        .sees(ana, "新增支部")
        .press(ana, "<c-s>")
        .sees(ana, "電話號碼")
        .press(ana, "y");
    house.sees(ana, "JG-050");
    assert!(house.shelf().branch_by_code("JG-050").unwrap().is_some());
    house.press(ana, "<esc>2n").types(ana, "１３８－００１３－８０００").press(ana, "<tab>").types(ana, "x");
    house.press(ana, "<c-s>").sees(ana, "似有個人信息").press(ana, "y").sees(ana, "2026-4x");
}

#[test]
fn a_form_that_is_parked_comes_back_as_it_was() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4a").types(ana, "JG-050").press(ana, "<esc>").sees(ana, "暫放");
    house.press(ana, "a").sees(ana, "JG-050");
    house.is_killed().sees(ana, "JG-050");
}

#[test]
fn a_branch_is_retired_with_a_reason_and_restored() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4jX").press(ana, "<enter>").sees(ana, "不能為空");
    house.types(ana, "併入第一支部").press(ana, "<enter>").sees(ana, "已停用");
    assert!(!house.shelf().branch(BranchId(2)).unwrap().unwrap().active);
    house.press(ana, "X").sees(ana, "恢復").press(ana, "y");
    assert!(house.shelf().branch(BranchId(2)).unwrap().unwrap().active);
}

#[test]
fn branches_are_found_by_either_script_pinyin_and_code() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    for words in ["第三", "教务处", "jwc", "jiaowuchu", "JG-010", "JG010"] {
        house.press(ana, "4/").types(ana, words).press(ana, "<enter>");
        let found = if words == "第三" { "機關第三黨支部" } else { "教務處黨支部" };
        if words == "JG010" {
            house.sees(ana, "沒有符合的行");
        } else {
            house.sees(ana, found).sees(ana, "1 個支部");
        }
        house.press(ana, "gh");
    }
}

#[test]
fn a_filter_is_typed_with_every_key_and_left_with_esc() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4/").types(ana, "q2aX").sees(ana, "沒有符合的行");
    house.press(ana, "<esc>").sees(ana, "3 個支部");
    assert!(!house.left(ana));
}

#[test]
fn a_round_is_opened_from_a_form_and_its_faults_are_told_in_place() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2n").sees(ana, "新建體檢輪次").press(ana, "<c-s>").sees(ana, "已被使用");
    house.press(ana, "<tab><c-u>").types(ana, "2026-X").press(ana, "<tab><c-u>").types(ana, "2026-13-01");
    house.press(ana, "<c-s>").sees(ana, "2026-13-01");
    assert_eq!(house.shelf().rounds().unwrap().len(), 1);
    house.press(ana, "<c-u>").types(ana, "2026.10.1").press(ana, "<c-s>").sees(ana, "2026-X");
    assert_eq!(house.shelf().rounds().unwrap().len(), 2);
}

#[test]
fn branches_join_and_leave_a_round() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter>G").press(ana, "+").sees(ana, "退出");
    assert_eq!(house.shelf().round(RoundId(1)).unwrap().unwrap().branches, [BranchId(2)]);
    house.press(ana, "gb").press(ana, "jj").press(ana, "+").sees(ana, "加入");
    assert_eq!(house.shelf().round(RoundId(1)).unwrap().unwrap().branches, [BranchId(2), BranchId(3)]);
}

#[test]
fn a_begun_branch_stays_in_its_round() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter><enter>1").press(ana, "<esc>").press(ana, "+").sees(ana, "不能退出");
    assert_eq!(house.shelf().round(RoundId(1)).unwrap().unwrap().branches.len(), 2);
}

#[test]
fn a_round_closes_after_a_question_when_all_that_is_begun_is_signed() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter><enter>1").press(ana, "<esc><esc>").press(ana, "Z").sees(ana, "結束輪次");
    house.press(ana, "n").sees(ana, "進行中");
    house.press(ana, "Zy").sees(ana, "還有 1 個支部未簽認").sees(ana, "進行中");
}

#[test]
fn the_checklist_is_read_by_item_in_three_languages() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "6").sees(ana, "年度黨建工作計劃").press(ana, "T").sees(ana, "年度党建工作计划");
    house.press(ana, "T").sees(ana, "Yearly Party-work plan").press(ana, "<enter>").sees(ana, "R-01");
}

#[test]
fn the_palette_finds_a_command_by_name_pinyin_or_key() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    for words in ["輪次", "lunci", "tjlc", "体检轮次", "go.rounds"] {
        house.press(ana, ":").types(ana, words).press(ana, "<enter>").sees(ana, "2026-4").press(ana, "gh");
    }
    house.press(ana, ":").types(ana, "zzzz").press(ana, "<enter><esc>").sees(ana, "工作台");
    house.press(ana, ":").types(ana, "verdict.pass").press(ana, "<enter>").sees(ana, "此命令用於");
}

#[test]
fn help_lists_the_keys_of_the_screen_and_esc_leaves_it() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter><enter>?").sees(ana, "幫助").sees(ana, "合格").press(ana, "G").sees(ana, "換語言");
    house.press(ana, "<esc>").sees(ana, "R-01");
}

#[test]
fn a_dead_key_is_told_and_changes_nothing() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "y").sees(ana, "「y」鍵在此處無作用").press(ana, "<esc>").sees(ana, "離開程序請按 q");
    house.press(ana, "q");
    assert!(house.left(ana));
}

#[test]
fn the_organisation_gets_its_name_and_a_classified_one_is_refused() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "o<c-u>").types(ana, "某某局機關").press(ana, "<enter>").sees(ana, "某某局機關");
    house.press(ana, "o<c-u>").types(ana, "絕密★").press(ana, "<enter>").sees(ana, "密級標誌");
    assert_eq!(house.shelf().house().unwrap().name, "某某局機關");
}

#[test]
fn a_unit_s_page_shows_its_rounds_and_leads_into_them() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4").press(ana, "<enter>").sees(ana, "下級 2 個").sees(ana, "不在任何輪次中").press(ana, "<esc>");
    house.press(ana, "j<enter>").sees(ana, "2026-4").press(ana, "<enter>").sees(ana, "R-01");
}

#[test]
fn every_screen_draws_at_every_small_size_in_every_language() {
    for lang in Lang::ALL {
        for size in [(1, 1), (2, 2), (5, 3), (20, 6), (40, 10), (60, 18), (80, 24), (200, 60)] {
            let mut house = House::furnished();
            let ana = house.sits("王督查", size, lang);
            for keys in
                ["2", "<enter>", "<enter>", "4", "<esc>", "S", "t", "gh4", "a", "<esc>gh6", "<enter>", "gh?", "<esc>:"]
            {
                house.press(ana, keys);
                let screen = house.screen(ana);
                assert_eq!(screen.lines().count(), usize::from(size.1), "{keys}");
            }
        }
    }
}

#[test]
fn kinds_are_chosen_with_arrows() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4a").types(ana, "第一黨總支").press(ana, "<tab>").types(ana, "JG-Z");
    house.press(ana, "<tab><tab>").press(ana, "<left>").press(ana, "<c-s>");
    let id = house.shelf().branch_by_code("JG-Z").unwrap().unwrap();
    assert_eq!(house.shelf().branch(id).unwrap().unwrap().facts.kind, BranchKind::Zongzhi);
}

#[test]
fn an_item_is_found_by_name_from_the_walk() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter><enter>/").types(ana, "huanjie").press(ana, "<enter>").sees(ana, "S-03");
    house.press(ana, "<enter>").sees(ana, "S-03 按期換屆");
}

#[test]
fn what_is_usual_in_a_first_round_is_proposed() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter><enter>/").types(ana, "R-11").press(ana, "<enter><enter>").sees(ana, "首輪體檢通常");
}

#[test]
fn the_way_back_has_an_end_and_it_is_home() {
    let mut house = House::furnished();
    let who = house.inspector("王督查");
    house.press(who, &"grgb".repeat(40));
    assert!(house.of(who).behind.len() <= 16, "{} screens lie behind", house.of(who).behind.len());
    house.press(who, &"<esc>".repeat(17)).sees(who, "等我處理");
}
