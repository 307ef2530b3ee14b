//! Look-backs, the self-check, teams, progress and the figures of a round, from a script.

mod script;

use script::Home;
use tijian::session::SystemClock;

/// Light, to be put right at once.
const LIGHT: &str = "2026-4/JG-001/A-02/02.1";
/// Grave, to be put right at once: closed by a third person.
const GRAVE: &str = "2026-4/JG-001/A-01/01.1";
/// By a date.
const LIMITED: &str = "2026-4/JG-001/A-04/04.1";

/// Has two items closed, verified by `li`; `wang` inspects as well, and so does `bai`, who is of the branch.
fn closed() -> Home {
    let home = Home::life();
    home.says_as("office", &["person", "add", "wang", "--role", "inspector"]);
    home.says_as("office", &["person", "add", "bai", "--role", "inspector", "--belongs", "JG-001"]);
    let day = SystemClock::stamp().china_day().to_string();
    for id in [GRAVE, LIGHT] {
        home.says_as("li", &["rectify", "issue", id]);
        home.says_as("cwc", &["rectify", "receive", id]);
        home.says_as("cwc", &["rectify", "start", id, "--measure", "補開並建立計劃表"]);
        home.says_as("cwc", &["rectify", "evidence", id, "--title", "記錄", "--date", &day, "--kept", "檔案櫃"]);
        home.says_as("cwc", &["rectify", "request", id, "--gone", "已補開", "--cause", "專人", "--rule", "列入計劃"]);
        home.says_as("li", &["rectify", "take-up", id]);
        home.says_as("li", &["rectify", "pass", id]);
    }
    home.says_as("zhao", &["rectify", "approve", GRAVE]);
    home
}

fn drawn(home: &Home, id: &str) -> Vec<String> {
    let shown = home.json(&["lookback", "show", id, "--json"]);
    let drawn = shown["drawn"].as_array().unwrap();
    drawn.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_draw_prints_its_seed_and_is_drawn_again_by_it() {
    let home = closed();
    let said = home.says_as("wang", &["lookback", "draw", "--size", "1"]);
    let listed = home.json_lines(&["lookback", "list", "--json"]);
    let seed = listed[0]["seed"].to_string();
    assert!(said.contains(&seed) && said.contains("從 2 項中抽取 1 項"), "{said}");
    home.says_as("li", &["lookback", "draw", "--size", "1", "--seed", &seed]);
    assert_eq!(drawn(&home, "1"), drawn(&home, "2"));
    home.says_as("li", &["lookback", "draw", "--seed", "7", "--branch", "JG", "--closer", "li"]);
    assert_eq!(drawn(&home, "3"), [GRAVE, LIGHT]);
    let shown = home.says(&["lookback", "show", "3"]);
    for told in ["機關黨委 · 核驗人 li", "7  從 2 項中抽取 2 項", "未看", GRAVE, LIGHT] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let json = home.json(&["lookback", "show", "3", "--json"]);
    assert_eq!((&json["criteria"]["branch"], &json["criteria"]["closer"]), (&"JG".into(), &"li".into()));
    assert_eq!(home.says(&["lookback", "list"]).lines().count(), 3);

    let refused = |person: &str, args: &[&str], told: &str| {
        let said = home.refused_to(person, &[&["lookback"], args].concat());
        assert!(said.contains(told), "{args:?}: {said}");
    };
    refused("cwc", &["draw"], "由管理員、督查員做");
    refused("li", &["draw", "--severity", "major"], "沒有符合條件的已銷號事項");
    refused("li", &["draw", "--closer", "zhao"], "沒有符合條件的已銷號事項");
    refused("li", &["draw", "--branch", "JG-9"], "JG-9");
    refused("li", &["show", "9"], "沒有第 9 次回頭看");
    refused("li", &["end", "9"], "沒有第 9 次回頭看");
    home.fails(&["lookback", "draw", "--size", "0"], 2);
    home.fails(&["lookback", "draw", "--size", "201"], 2);
    assert_eq!(home.json_lines(&["lookback", "list", "--json"]).len(), 3, "what was refused drew nothing");
}

#[test]
fn somebody_else_looks_and_what_has_come_back_is_a_new_finding_of_the_ledger() {
    let home = closed();
    home.says_as("li", &["lookback", "draw", "--seed", "7"]);
    let refused = |person: &str, args: &[&str], told: &str| {
        let said = home.refused_to(person, &[&["lookback"], args].concat());
        assert!(said.contains(told), "{person} {args:?}: {said}");
    };
    refused("li", &["result", "1", LIGHT, "valid"], "前一步是 li 做的，這一步要由另一個人做");
    refused("bai", &["result", "1", LIGHT, "valid"], "回避：本人所在支部的事項");
    refused("cwc", &["result", "1", LIGHT, "valid"], "由管理員、督查員做");
    refused("wang", &["result", "1", LIGHT, "relapsed"], "備註");
    refused("wang", &["result", "1", LIMITED, "valid"], "不在本次抽取的樣本中");
    home.says_as("wang", &["lookback", "result", "1", LIGHT, "valid", "--note", "記錄齊全"]);
    refused("wang", &["result", "1", LIGHT, "valid", "--note", "記錄齊全"], "沒有");
    refused("wang", &["end", "1"], "還有 1 項沒有看");
    home.says_as("wang", &["lookback", "result", "1", GRAVE, "反彈", "--note", "第三季度又少開1次"]);
    let shown = home.says(&["lookback", "show", "1"]);
    for told in ["反彈率", "50.0%（1/2）", "第三季度又少開1次", "記錄齊全", "進行中"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let before = home.json_lines(&["ledger", "--json"]).len();
    let said = home.says_as("wang", &["lookback", "end", "1"]);
    assert!(said.contains("1 項反彈列為新問題"), "{said}");
    refused("wang", &["result", "1", LIGHT, "relapsed", "--note", "又缺"], "已由 wang 於");
    let ledger = home.json_lines(&["ledger", "--json"]);
    assert_eq!(ledger.len(), before + 1);
    let new = ledger.iter().find(|line| line["relapse"] == true).unwrap();
    assert_eq!((&new["fact"], &new["state"]), (&"第三季度又少開1次".into(), &"drafted".into()));
    let of = |name: &str| ledger.iter().find(|line| line["id"].as_str().unwrap().starts_with(name)).unwrap();
    assert_eq!((&of(LIGHT)["lookback"], &of(GRAVE)["lookback"]), (&"valid".into(), &"relapsed".into()));
    assert!(of(LIGHT)["received"].is_string() && new["received"].is_null() && new["lookback"].is_null());
    let csv = home.says(&["ledger", "--csv"]);
    assert!(csv.contains(",簽收日期,") && csv.contains(",回頭看結果,") && csv.contains(",反彈,"), "{csv}");
    let name = new["id"].as_str().unwrap();
    assert!(home.says(&["rectify", "show", name]).contains("反彈"), "{name}");
    let json = home.json(&["lookback", "show", "1", "--json"]);
    assert_eq!((&json["looked"], &json["relapsed"]), (&2.into(), &1.into()));
    assert_eq!(json["drawn"][0]["result"], "relapsed");
    assert_eq!(json["ended"]["by"], "wang");
    assert!(home.says(&["verify"]).contains("哈希鏈完整"));
}

#[test]
fn what_is_left_when_a_look_back_ends_takes_a_reason() {
    let home = closed();
    home.says_as("li", &["lookback", "draw", "--seed", "7"]);
    let said = home.refused_to("li", &["lookback", "end", "1", "--reason", " "]);
    assert!(said.contains("還有 2 項沒有看"), "{said}");
    home.says_as("li", &["lookback", "end", "1", "--reason", "支部已撤銷"]);
    assert!(home.says(&["lookback", "show", "1"]).contains("支部已撤銷"));
    assert!(home.says(&["--lang", "en", "lookback", "show", "1"]).contains("not looked"));
}

#[test]
fn the_self_check_names_what_to_look_at_and_stops_nobody() {
    let home = Home::life();
    let walk = "A-01\n4\n;\n詢問王某某同志，電話13800138000\n\n\n\nq\n";
    home.as_typing("li", &["--linear", "inspect", "2026-4", "JG-002"], walk);
    home.says_as("li", &["rectify", "edit", LIMITED, "--post="]);
    let said = home.says(&["lint"]);
    assert!(said.contains("2026-4/JG-001  整改事項 4-1 沒有責任崗位"), "{said}");
    let json = home.json_lines(&["lint", "2026-4", "JG-001", "--json"]);
    let post = json.iter().find(|line| line["remark"] == "post_missing").unwrap();
    assert_eq!((&post["id"], &post["branch"]), (&LIMITED.into(), &"JG-001".into()));
    assert!(json.iter().all(|line| line["branch"] == "JG-001"), "{json:?}");
    let ran = home.runs(&["lint", "2026-4", "JG-001", "--exit-code"]);
    assert_eq!(ran.code, 7, "{ran:?}");
    assert!(ran.err.contains("處要再看一看"), "{ran:?}");
    assert_eq!(home.runs(&["lint", "--exit-code", "2026-4", "JG-002"]).code, 0, "nothing there");
    assert!(home.refused_to("li", &["lint", "2026-9"]).contains("2026-9"));
    assert!(home.refused_to("li", &["lint", "2026-4", "JG"]).contains("不在"));
}

#[test]
fn teams_and_progress_are_counts_of_branches() {
    let home = closed();
    home.says_as("office", &["round", "team", "2026-4", "JG", "wang", "li"]);
    home.says_as("office", &["round", "team", "2026-4", "JG-002", "wang"]);
    let refused = |args: &[&str], told: &str| {
        let said = home.refused_to("office", &[&["round", "team", "2026-4"], args].concat());
        assert!(said.contains(told), "{args:?}: {said}");
    };
    refused(&["JG", "zhao"], "zhao 不是本單位登記的督查人員");
    refused(&["JG-9", "li"], "JG-9");
    assert!(home.refused_to("li", &["round", "team", "2026-4", "JG", "li"]).contains("由管理員做"));
    home.fails(&["round", "team", "2026-4", "JG"], 2);
    let said = home.says(&["round", "progress", "2026-4"]);
    for told in ["支部 2  已開始 1  已簽認 1  結論 4  問題 4", "li wang", "本人簽認 1", "JG-001"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let json = home.json(&["round", "progress", "2026-4", "--json"]);
    assert_eq!((&json["all"]["branches"], &json["all"]["signed"]), (&2.into(), &1.into()));
    assert_eq!(json["teams"][0]["unit"], "JG");
    assert_eq!(json["teams"][0]["members"], serde_json::json!(["li", "wang"]));
    assert_eq!((&json["teams"][0]["progress"]["branches"], &json["no_team"]["branches"]), (&1.into(), &0.into()));
    let li = json["persons"].as_array().unwrap().iter().find(|one| one["person"] == "li").unwrap();
    assert_eq!((&li["signed"], &li["progress"]["signed"]), (&1.into(), &1.into()));
    assert_eq!(json["branches"][1]["team"], serde_json::json!(["wang"]));
    home.says_as("office", &["round", "team", "2026-4", "JG-002", "--nobody"]);
    let json = home.json(&["round", "progress", "2026-4", "--json"]);
    assert_eq!(json["branches"][1]["team"], serde_json::json!(["li", "wang"]), "the team of the unit above");
}

#[test]
fn figures_are_written_down_and_a_correction_leaves_them_readable() {
    let home = closed();
    assert!(home.refused_to("office", &["round", "correct", "2026-4", "--reason", "記錯"]).contains("還沒有結束"));
    home.says_as("office", &["round", "close", "2026-4"]);
    let shown = home.says(&["show", "2026-4"]);
    for told in ["結束時的數字", "整改完成率（問題）", "100.0%（2/2）", "覆蓋率", "50.0%（1/2）"]
    {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert!(home.refused_to("office", &["round", "correct", "2026-4", "--reason", " "]).contains("理由"));
    assert!(home.refused_to("li", &["round", "correct", "2026-4", "--reason", "記錯"]).contains("由管理員做"));
    home.says_as("office", &["round", "correct", "2026-4", "--reason", "結論記錯"]);
    assert!(home.says(&["show", "2026-4"]).contains("正在更正：結論記錯"));
    // What is corrected was over all the same: no list says that it goes on.
    for args in [&["round", "list"][..], &["show", "2026-4"], &["show"]] {
        let said = home.says(args);
        assert!(said.contains("已結束，更正中") && !said.contains("進行中"), "{args:?}: {said}");
    }
    assert_eq!(home.json_lines(&["round", "list", "--json"])[0]["correction"], "結論記錯");
    home.says_as("office", &["round", "close", "2026-4"]);
    assert!(!home.says(&["round", "list"]).contains("更正中"));
    assert!(home.json_lines(&["round", "list", "--json"])[0]["correction"].is_null());
    let shown = home.says(&["show", "2026-4"]);
    assert!(shown.contains("，已由後面的數字更正") && shown.contains("更正理由：結論記錯"), "{shown}");
    let lines = home.json_lines(&["show", "2026-4", "--json"]);
    let frozen: Vec<_> = lines.iter().filter(|line| line["figures"].is_object()).collect();
    assert_eq!(frozen.len(), 2);
    assert_eq!((&frozen[0]["holds"], &frozen[1]["holds"]), (&false.into(), &true.into()));
    assert_eq!(frozen[1]["reason"], "結論記錯");
    assert_eq!(frozen[0]["figures"]["rates"]["tally"]["closing"], serde_json::json!({ "got": 2, "of": 2 }));
}

#[test]
fn a_merged_branch_is_carried_on_by_another() {
    let home = Home::life();
    home.says_as("office", &["branch", "merge", "JG-001", "--into", "JG-002", "--reason", "兩個支部合併"]);
    let refused = |args: &[&str]| home.refused_to("office", &[&["branch", "merge"], args].concat());
    refused(&["JG-001", "--into", "JG-002", "--reason", "再併一次"]);
    refused(&["JG-002", "--into", "JG-002", "--reason", "併入自己"]);
    refused(&["JG-002", "--into", "JG-9", "--reason", "沒有"]);
    home.refused_to("li", &["branch", "merge", "JG-002", "--into", "JG-001", "--reason", "不歸我管"]);
    home.fails(&["branch", "merge", "JG-002", "--into", "JG"], 2);
    assert!(home.says(&["branch", "list"]).contains("辦公室黨支部"));
}

#[test]
fn a_look_back_is_walked_line_by_line() {
    let home = closed();
    home.says_as("li", &["lookback", "draw", "--seed", "7"]);
    // A number chooses an item; the words of the results are typed behind it.
    let said = home.as_typing("wang", &["--linear"], "gk\n1\n2\nlook.valid\n1\n反彈\n又少開1次\nS\ny\nq\n");
    assert_eq!(said.code, 0, "{said:?}");
    for told in ["回頭看", LIGHT, GRAVE, "1 項反彈列為新問題"] {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
    let json = home.json(&["lookback", "show", "1", "--json"]);
    let results: Vec<_> = json["drawn"].as_array().unwrap().iter().map(|one| one["result"].clone()).collect();
    assert_eq!(results, ["relapsed", "valid"]);
    assert_eq!(json["drawn"][0]["note"], "又少開1次");
}
