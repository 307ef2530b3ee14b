//! The robot inspector half types: parked, resumed, refused, pasted, and never lost.

mod house;

use std::time::Duration;

use house::{House, Who};
use tijian::app::PlaceScreen;
use tijian::domain::{BranchId, Command, Inspection, ItemId, Reading, RoundCommand, RoundId};

const ROUND: RoundId = RoundId(1);
/// 機關第三黨支部.
const BRANCH: BranchId = BranchId(2);

fn walking() -> (House, Who) {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter>gg<enter>").sees(ana, "R-01").sees(ana, "0/58");
    (house, ana)
}

fn item(name: &str) -> ItemId {
    ItemId(name.to_owned())
}

fn inspection(house: &House) -> Inspection {
    house.shelf().inspection(ROUND, BRANCH).unwrap()
}

#[test]
fn what_is_half_typed_at_home_comes_back() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "o<c-u>").types(ana, "某某局").is_killed().sees(ana, "某某局").sees(ana, "單位名稱");
    house.press(ana, "<esc>").sees(ana, "已暫放").press(ana, "o").sees(ana, "某某局");
}

#[test]
fn what_is_half_typed_on_a_screen_that_is_gone_is_parked() {
    let (mut house, ana) = walking();
    house.press(ana, ";").types(ana, "半句話");
    house.does("admin", Command::Round(ROUND, RoundCommand::Leave(vec![BRANCH])));
    house.is_killed().sees(ana, "工作台").sees(ana, "已暫放");
    house.does("admin", Command::Round(ROUND, RoundCommand::Join(vec![BRANCH])));
    house.press(ana, "2<enter>gg<enter>;").sees(ana, "半句話");
}

#[test]
fn a_new_unit_keeps_the_parent_that_it_was_typed_under() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4a").types(ana, "保衛處黨支部").press(ana, "<tab>").types(ana, "JG-077");
    house.is_killed().sees(ana, "保衛處黨支部").press(ana, "<c-s>");
    let id = house.shelf().branch_by_code("JG-077").unwrap().unwrap();
    assert_eq!(house.shelf().branch(id).unwrap().unwrap().facts.parent, Some(BranchId(1)));
    // A refusal opens it again in the same way.
    house.press(ana, "gga").types(ana, "檔案館黨支部").press(ana, "<tab>").types(ana, "JG-077").press(ana, "<c-s>");
    house.sees(ana, "已被使用").press(ana, "<c-u>").types(ana, "JG-078").press(ana, "<c-s>");
    let id = house.shelf().branch_by_code("JG-078").unwrap().unwrap();
    assert_eq!(house.shelf().branch(id).unwrap().unwrap().facts.parent, Some(BranchId(1)));
}

#[test]
fn somebody_led_to_a_walk_keeps_what_they_had_typed_elsewhere() {
    let (mut house, ana) = walking();
    house.press(ana, ";").types(ana, "甲處").press(ana, "<esc>").press(ana, "j;").types(ana, "乙處");
    let screen = PlaceScreen::Walk { round: ROUND, branch: BranchId(3), item: None };
    let place = house.of(ana).place().led_to(screen);
    house.resumes(ana, place).sees(ana, "教務處黨支部").sees_no(ana, "乙處");
    house.press(ana, "gh2<enter>gg<enter>gg;").sees(ana, "甲處").press(ana, "<esc>").press(ana, "j;").sees(ana, "乙處");
}

#[test]
fn a_parked_reason_comes_back() {
    let (mut house, ana) = walking();
    house.press(ana, "0").types(ana, "本年新設").press(ana, "<esc>").sees(ana, "已暫放");
    house.press(ana, "0").sees(ana, "本年新設").sees(ana, "已取回暫放的文字");
}

#[test]
fn a_signed_inspection_says_so_before_anything_is_typed() {
    let (mut house, ana) = walking();
    for _ in 0..13 {
        house.press(ana, "A<enter>");
    }
    house.press(ana, "SSy").sees(ana, "已簽認").press(ana, "<esc>gg");
    for key in ["0", ";", "f", "<enter>"] {
        house.press(ana, key).sees(ana, "簽認").sees_no(ana, "Esc 暫放");
    }
}

#[test]
fn a_closed_round_says_so_before_anything_is_typed() {
    let (mut house, ana) = walking();
    house.does("admin", Command::Round(ROUND, RoundCommand::Close));
    let head = house.shelf().head();
    house.msg(ana, tijian::app::Msg::News(head));
    for key in ["0", ";", "f"] {
        house.press(ana, key).sees(ana, "輪次已結束").sees_no(ana, "Esc 暫放");
    }
}

#[test]
fn a_note_that_was_only_looked_at_is_not_parked() {
    let (mut house, ana) = walking();
    let ben = house.inspector("李督查");
    house.press(ana, ";").types(ana, "甲").press(ana, "<c-s>").press(ana, ";<esc>").sees_no(ana, "已暫放");
    house.press(ben, "2<enter>gg<enter>gg;").types(ben, "乙").press(ben, "<c-s>");
    house.press(ana, ";").sees(ana, "甲乙").press(ana, "<c-s>");
    assert_eq!(inspection(&house).note(&item("R-01")), "甲乙");
}

#[test]
fn a_parked_note_that_comes_back_over_a_newer_one_shows_both() {
    let (mut house, ana) = walking();
    let ben = house.inspector("李督查");
    house.press(ana, ";").types(ana, "甲查").press(ana, "<esc>").sees(ana, "已暫放");
    house.press(ben, "2<enter>gg<enter>gg;").types(ben, "乙記").press(ben, "<c-s>");
    house.press(ana, ";").sees(ana, "甲查").sees(ana, "已存的現為「乙記」");
    // It was told: keeping it now is what the person wants.
    house.press(ana, "<c-s>");
    assert_eq!(inspection(&house).note(&item("R-01")), "甲查");
}

#[test]
fn a_note_that_changes_under_an_open_field_is_told_before_it_is_replaced() {
    let (mut house, ana) = walking();
    let ben = house.inspector("李督查");
    house.press(ana, ";").types(ana, "甲查");
    house.press(ben, "2<enter>gg<enter>gg;").types(ben, "乙記").press(ben, "<c-s>");
    house.press(ana, "<c-s>").sees(ana, "甲查").sees(ana, "乙記").sees(ana, "李督查 09:00:00 改過此處");
    assert_eq!(inspection(&house).note(&item("R-01")), "乙記");
    house.press(ana, "<esc>").sees(ana, "您的文字仍在").press(ana, "<c-s>");
    assert_eq!(inspection(&house).note(&item("R-01")), "甲查");
}

#[test]
fn a_note_that_the_desk_refuses_comes_back_beside_the_newer_one() {
    let (mut house, ana) = walking();
    let ben = house.inspector("李督查");
    house.press(ben, "2<enter>gg<enter>gg;").types(ben, "乙記");
    house.press(ana, ";").types(ana, "甲查");
    house.prompt = false;
    house.press(ben, "<c-s>").press(ana, "<c-s>");
    house.prompt = true;
    house.answers();
    house.sees(ana, "甲查").sees(ana, "乙記").sees(ana, "李督查 09:00:00 改過此處");
}

#[test]
fn choices_take_what_an_input_method_sends() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "4a<tab><tab><tab>").press(ana, "２").sees(ana, "< 黨委 >");
    house.press(ana, "\u{3000}").sees(ana, "< 黨總支 >");
}

/// Leaves out the line that says when something was saved.
fn without_footer(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    lines[..lines.len() - 1].join("\n")
}

#[test]
fn esc_leads_after_a_resume_where_it_led_before() {
    let (mut house, ana) = walking();
    house.press(ana, "jjj2").press(ana, "x").sees(ana, "一項查各支部").press(ana, "<enter>S").sees(ana, "收尾簽認");
    let mut before = Vec::new();
    let mut other = House::furnished();
    let bea = other.inspector("王督查");
    other.press(bea, "2<enter>gg<enter>jjj2").press(bea, "x<enter>S");
    for _ in 0..6 {
        before.push(without_footer(&other.press(bea, "<esc>").screen(bea)));
    }
    house.is_killed().sees(ana, "收尾簽認");
    for screen in before {
        assert_eq!(without_footer(&house.press(ana, "<esc>").screen(ana)), screen);
    }
}

#[test]
fn lines_scroll_and_an_open_filter_come_back() {
    let (mut house, ana) = walking();
    house.press(ana, "123t").press(ana, "jj").is_killed();
    assert_eq!(house.of(ana).place().sight.line, 2);
    house.press(ana, "<esc>").sees(ana, "3/58").press(ana, "S").press(ana, "jjjj").is_killed();
    assert_eq!(house.of(ana).place().sight.line, 4);
    house.press(ana, "<esc>").press(ana, "<pagedown>").is_killed();
    assert_eq!(house.of(ana).place().sight.scroll, 5);
    house.press(ana, "gh4/").types(ana, "jwc").press(ana, "<left>").is_killed();
    house.sees(ana, "查找").types(ana, "X").sees(ana, "jwXc");
    house
        .press(ana, "<c-u><delete><enter>")
        .press(ana, "4jj<enter>")
        .press(ana, "gg")
        .is_killed()
        .press(ana, "<enter>");
}

#[test]
fn places_of_older_versions_still_read() {
    let (mut house, ana) = walking();
    for old in [
        r#"{"lang":"Hant","screen":"Home","typing":null,"parked":[]}"#,
        r#"{"lang":"Hant","screen":{"Branch":2},"typing":null,"parked":[]}"#,
        r#"{"lang":"Hant","screen":{"Walk":{"round":1,"branch":2,"item":"R-04"}},"typing":{"kind":{"Field":{"Note":"R-04"}},"home":[1,2],"values":["半句"],"focus":0,"caret":6,"rewritten":false},"parked":[]}"#,
    ] {
        let place = serde_json::from_str(old).unwrap();
        house.resumes(ana, place);
        assert_eq!(house.of(ana).lang, tijian::domain::Lang::Hant);
    }
    house.sees(ana, "半句").press(ana, "<esc>").press(ana, "<esc>").sees(ana, "工作台");
}

#[test]
fn a_note_takes_blank_lines_and_its_footer_says_what_keeps_it() {
    let (mut house, ana) = walking();
    house.press(ana, ";").sees(ana, "Ctrl-S 保存   Enter 換行");
    house.types(ana, "一").press(ana, "<enter><enter>").types(ana, "二").press(ana, "<c-s>");
    assert_eq!(inspection(&house).note(&item("R-01")), "一\n\n二");
}

#[test]
fn a_step_back_in_a_note_ends_at_a_clause_or_a_pause() {
    let (mut house, ana) = walking();
    house.press(ana, ";").types(ana, "查了會議，缺");
    house.silence = Duration::from_secs(3);
    house.types(ana, "一");
    house.silence = Duration::from_millis(200);
    house.types(ana, "次").press(ana, "<c-z>").sees(ana, "查了會議，缺").sees_no(ana, "缺一");
    house.press(ana, "<c-z>").sees(ana, "查了會議，").sees_no(ana, "，缺");
}

#[test]
fn a_text_without_brackets_opens_nothing_and_confirms_nothing() {
    let (mut house, ana) = walking();
    for paste in ["f6\r2\r\r\r", ";備註\u{3000}一\r\r", "第一，q", "A項y\r", "x項\r1", "\r\rab"] {
        house.bytes(ana, paste.as_bytes()).sees(ana, "像是貼上的文字").sees(ana, "R-01").sees(ana, "0/58");
        assert!(house.of(ana).overlay.is_none() && !house.left(ana), "{paste}");
    }
    // Neither does one that comes while a question is asked.
    house.press(ana, "A").sees(ana, "全部記為合格").bytes(ana, "yes\r".as_bytes()).sees(ana, "全部記為合格");
    house.press(ana, "n").sees(ana, "0/58");
    // A field takes it.
    house.press(ana, ";").bytes(ana, "會議4次\r共1次".as_bytes()).sees(ana, "共1次").press(ana, "<c-s>");
    assert_eq!(inspection(&house).note(&item("R-01")), "會議4次\n共1次");
}

#[test]
fn a_text_without_brackets_goes_on_over_the_ends_of_reads_and_fields() {
    let (mut house, ana) = walking();
    house.bytes(ana, "會議記".as_bytes());
    house.silence = Duration::from_millis(20);
    house.bytes(ana, b"1").bytes(ana, b"\r").bytes(ana, b"111").sees(ana, "0/58").sees(ana, "像是貼上的文字");
    // Behind a silence, keys are keys.
    house.silence = Duration::from_millis(60);
    house.bytes(ana, b"111").sees(ana, "3/58");
    house.press(ana, "gg0").sees(ana, "不適用的理由");
    house.bytes(ana, "本年新設\r".as_bytes()).sees(ana, "R-02");
    house.silence = Duration::from_millis(20);
    house.bytes(ana, b"444").sees_no(ana, "問題  R").sees(ana, "像是貼上的文字");
}

#[test]
fn language_and_help_work_while_something_is_typed() {
    let (mut house, ana) = walking();
    house.press(ana, ";").types(ana, "半句話").press(ana, "<f2><f2>").sees(ana, "Note on R-01").sees(ana, "半句話");
    house.press(ana, "<f1>").sees(ana, "Help").press(ana, "<f2>").sees(ana, "幫助").is_killed().sees(ana, "半句話");
    house.press(ana, "<f1>j:").sees(ana, "半句話").press(ana, "<esc>").sees(ana, "已暫放");
    // A form keeps what was typed and chosen, under labels of the other language.
    house.press(ana, "jjj4").types(ana, "6").press(ana, "<tab><tab><tab>").press(ana, "3").sees(ana, "嚴重程度");
    house.press(ana, "<f2><f2>").sees(ana, "Severity").sees_no(ana, "嚴重程度").sees(ana, "6項");
    house.press(ana, "<f1><esc>").sees(ana, "Severity").press(ana, "<f2><esc>gh4a").types(ana, "甲黨支部");
    house.press(ana, "<f2><f2>").sees(ana, "Code above").sees(ana, "甲黨支部").press(ana, "<esc>gh");
    house.press(ana, "2n").sees(ana, "Period from").press(ana, "<f2>").sees(ana, "檢查期間起").press(ana, "<esc>gh");
    house.press(ana, ":").types(ana, "lunci").press(ana, "<f2>").sees(ana, "lunci").press(ana, "<f1><esc>");
    house
        .sees(ana, "lunci")
        .press(ana, "<esc>4/")
        .types(ana, "jwc")
        .press(ana, "<f1>")
        .press(ana, "x")
        .sees(ana, "jwc");
    house.press(ana, "<f2>").sees(ana, "jwc").types(ana, "Q").sees(ana, "jwcQ");
}

#[test]
fn a_pasted_plus_takes_no_branch_out_of_a_round() {
    let mut house = House::furnished();
    let ana = house.inspector("王督查");
    house.press(ana, "2<enter>G").bytes(ana, b"1+1").sees(ana, "像是貼上的文字");
    assert_eq!(house.shelf().round(ROUND).unwrap().unwrap().branches.len(), 2);
}
