//! Calibrations from a script: two judge the same items blind, line by line, and an office merges what they found.

mod script;

use script::Home;

const WHERE: [&str; 2] = ["2026-4", "JG-002"];
/// A note that stands on one sheet and nowhere else.
const SECRET: &str = "缺第二季度記錄";

/// Has `li` and `wang` judge a branch blind.
fn begun() -> Home {
    let home = Home::life();
    home.says_as("office", &["person", "add", "wang", "--role", "inspector"]);
    let said = home.says_as("office", &["calibrate", "begin", "2026-4", "JG-002", "li", "wang"]);
    assert!(said.contains("第一人  li  未交卷") && said.contains("第二人  wang  未交卷"), "{said}");
    home
}

#[track_caller]
fn calibrate(home: &Home, person: &str, verb: &str, rest: &[&str]) -> String {
    home.says_as(person, &[&["calibrate", verb], &WHERE[..], rest].concat())
}

#[track_caller]
fn refused(home: &Home, person: &str, verb: &str, rest: &[&str], told: &str) {
    let said = home.refused_to(person, &[&["calibrate", verb], &WHERE[..], rest].concat());
    assert!(said.contains(told), "{person} {verb}: {said}");
}

/// Judges four items line by line on the own sheet, the first with a note where it fails.
fn judges(home: &Home, person: &str, lines: &str) {
    let typed = format!("gj\nopen\n{lines}q\n");
    let ran = home.as_typing(person, &["--linear", "inspect", "2026-4", "JG-002"], &typed);
    assert_eq!(ran.code, 0, "{ran:?}");
    // A sheet is told from the walk, and nothing is offered that it does not have.
    let (walk, sheet) = ran.out.split_once("[校準]").unwrap_or_else(|| panic!("{ran:?}"));
    assert!(walk.contains("領取此卡") && !sheet.contains("領取此卡") && !sheet.contains("收尾簽認"), "{ran:?}");
}

#[test]
fn nothing_printed_shows_a_sheet_before_both_have_handed_in() {
    let home = begun();
    refused(&home, "office", "begin", &["li", "wang"], "還沒有結束");
    judges(&home, "li", &format!("4\n{SECRET}\n.\nj\n1\n1\n1\n"));
    calibrate(&home, "li", "hand-in", &[]);
    refused(&home, "li", "hand-in", &[], "不能再改");
    refused(&home, "wang", "hand-in", &[], "4 項沒有結論");
    refused(&home, "office", "hand-in", &[], "別人不填答卷");
    refused(&home, "office", "take", &["A-01", "first"], "wang 還沒有交卷");
    refused(&home, "office", "merge", &[], "wang 還沒有交卷");
    refused(&home, "zhao", "merge", &[], "由管理員、督查員做");
    for person in ["office", "wang", "zhao", "cwc"] {
        for args in [
            &["calibrate", "show", "2026-4", "JG-002"][..],
            &["calibrate", "show", "2026-4", "JG-002", "--json"],
            &["show", "2026-4", "JG-002"],
            &["show", "2026-4", "JG-002", "--json"],
            &["show", "2026-4", "JG-002", "--trail"],
            &["report", "inspection", "2026-4", "JG-002"],
            &["lint", "2026-4", "JG-002"],
        ] {
            let ran = home.as_typing(person, args, "");
            assert!(!ran.out.contains(SECRET) && !ran.out.contains("不合格 1"), "{person} {args:?}: {ran:?}");
        }
    }
    let shown = home.json(&["calibrate", "show", "2026-4", "JG-002", "--json"]);
    assert!(shown["items"].is_null() && shown["agreed"].is_null(), "{shown}");
    assert!(shown["first"]["handed_in"].is_number() && shown["second"]["handed_in"].is_null(), "{shown}");
}

#[test]
fn what_is_taken_is_merged_and_the_calibration_stays_readable() {
    let home = begun();
    judges(&home, "li", &format!("4\n{SECRET}\n.\nj\n1\n1\n1\n"));
    calibrate(&home, "li", "hand-in", &[]);
    judges(&home, "wang", "3\n1\n1\n1\n");
    calibrate(&home, "wang", "hand-in", &[]);
    let shown = calibrate(&home, "zhao", "show", &[]);
    for told in ["一致率 75.0%（3/4）", "不一致 1 項", SECRET, "待定"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    refused(&home, "office", "merge", &[], "1 項不一致沒有定");
    refused(&home, "office", "take", &["A-02", "first"], "兩人結論一致");
    refused(&home, "office", "take", &["A-09", "first"], "A-09");
    calibrate(&home, "office", "take", &["A-01", "good"]);
    calibrate(&home, "wang", "take", &["A-01", "first"]);
    calibrate(&home, "office", "merge", &[]);
    refused(&home, "office", "merge", &[], "只能查看");
    let shown = home.json(&["calibrate", "show", "2026-4", "JG-002", "--json"]);
    assert_eq!((&shown["agreed"], &shown["compared"]), (&3.into(), &4.into()));
    assert_eq!((&shown["items"][0]["settled"]["verdict"], &shown["items"][0]["by"]), (&"fail".into(), &"wang".into()));
    assert_eq!((&shown["end"]["merged"], &shown["end"]["by"]), (&true.into(), &"office".into()));
    let inspection = home.says(&["report", "inspection", "2026-4", "JG-002"]);
    assert!(inspection.contains("A-01"), "{inspection}");
    let trail = home.says(&["show", "2026-4", "JG-002", "--trail"]);
    assert!(trail.contains("office") && trail.contains("A-01"), "{trail}");
    home.says(&["verify"]);
}

#[test]
fn a_part_is_named_by_its_code_and_one_is_called_off() {
    let home = Home::life();
    refused(&home, "office", "show", &[], "沒有校準");
    refused(&home, "office", "begin", &["li", "li"], "兩處都填了 li");
    refused(&home, "office", "begin", &["li", "zhao"], "zhao 不是");
    refused(&home, "office", "begin", &["li", "office", "--part", "Z9"], "Z9");
    let judged = home.refused_to("office", &["calibrate", "begin", "2026-4", "JG-001", "li", "office"]);
    assert!(judged.contains("li 已於"), "{judged}");
    let said = calibrate(&home, "office", "begin", &["li", "office", "--part", "a1"]);
    assert!(said.contains("校準 1  A1 會議"), "{said}");
    calibrate(&home, "office", "call-off", &["--reason", "一人調離"]);
    assert!(calibrate(&home, "li", "show", &[]).contains("撤銷：一人調離"));
    calibrate(&home, "office", "begin", &["li", "office"]);
    assert!(calibrate(&home, "li", "show", &["--number", "1"]).contains("撤銷：一人調離"));
}

#[test]
fn what_differs_is_settled_and_merged_line_by_line() {
    let home = begun();
    judges(&home, "li", &format!("4\n{SECRET}\n.\nj\n1\n1\n1\n"));
    judges(&home, "wang", "3\n1\n1\n1\n");
    let typed = |person: &str, lines: &str| {
        let ran = home.as_typing(person, &["--linear", "inspect", "2026-4", "JG-002"], lines);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.out
    };
    let home_of = |person: &str, lines: &str| home.as_typing(person, &["--linear"], lines).out;
    let said = home_of("li", "gh\nq\n");
    assert!(said.contains("校準待交卷  財務處黨支部") && said.contains("4/4") && !said.contains(SECRET), "{said}");
    let said = typed("li", "gj\nJ\ny\nq\n");
    assert!(said.contains("本人已查 4/4 項") && said.contains("已交卷。"), "{said}");
    let said = typed("office", "gj\nM\nq\n");
    assert!(said.contains("wang 還沒有交卷") && !said.contains(SECRET), "{said}");
    typed("wang", "gj\nJ\ny\nq\n");
    let said = home_of("wang", "gh\nq\n");
    assert!(said.contains("校準待定  財務處黨支部") && said.contains("一致率 75.0%（3/4）  1 項待定"), "{said}");
    assert!(!home_of("zhao", "gh\nq\n").contains("校準"));
    let said = typed("office", "gj\n1\ntake.first\nM\ny\nq\n");
    for told in ["一致率 75.0%（3/4）", SECRET, "定為不合格", "已合併"] {
        assert!(said.contains(told), "{told}: {said}");
    }
}
