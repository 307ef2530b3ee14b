//! Units and rounds corrected from a script: what is named changes, what is not stays, and what is refused is said.

mod script;

use std::fs;

use script::{Home, OWN};
use serde_json::Value;

fn round(home: &Home, code: &str) -> Value {
    let rounds = home.json_lines(&["show", "--json"]);
    rounds.into_iter().find(|round| round["code"] == code).unwrap()
}

/// A home with a round that nobody has begun.
fn fresh() -> Home {
    let home = Home::practice();
    home.says(&["round", "open", "2027-1", "--from", "2027-01-01", "--to", "2027-03-31", "--all"]);
    home
}

#[test]
fn of_a_round_only_what_is_named_changes() {
    let home = fresh();
    let before = round(&home, "2027-1");
    assert_eq!(home.says(&["round", "edit", "2027-1", "--name", "一季度體檢", "--grades", "85/75.5/60"]), "完成。\n");
    let mut after = round(&home, "2027-1");
    assert_eq!(after["name"], "一季度體檢");
    assert_eq!(after["grades"], serde_json::json!({ "excellent": 850, "good": 755, "pass": 600 }));
    for key in ["name", "grades"] {
        after[key] = before[key].clone();
    }
    assert_eq!(after, before);
    let args = ["--from", "2027-01-04", "--to", "2027-04-02", "--profile", "university", "--scale", "two"];
    home.says(&[&["round", "edit", "2027-1", "--veto", "dues_misuse", "--veto", "recruit_fraud"][..], &args].concat());
    let after = round(&home, "2027-1");
    assert_eq!((&after["from"], &after["to"]), (&"2027-01-04".into(), &"2027-04-02".into()));
    assert_eq!((&after["profile"], &after["scale"]), (&"university".into(), &"two".into()));
    assert_eq!(after["vetoes"], serde_json::json!(["dues_misuse", "recruit_fraud"]));
    let shown = home.says(&["show", "2027-1"]);
    for told in ["高校", "85/75.5/60", "dues_misuse recruit_fraud", "2027-04-02", "2026-11", "一季度體檢"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    home.says(&["round", "edit", "2027-1", "--no-veto"]);
    assert_eq!(round(&home, "2027-1")["vetoes"], serde_json::json!([]));
}

#[test]
fn the_edition_of_a_round_that_nobody_has_begun_can_be_changed() {
    let home = fresh();
    let own = home.file("own.toml", OWN);
    home.says(&["checklist", "add", &own]);
    home.says(&["round", "edit", "2027-1", "--edition", "own-1"]);
    assert!(home.says(&["show", "2027-1"]).contains("own-1"));
    home.fails(&["round", "edit", "2027-1", "--edition", "nothing"], 1);
}

#[test]
fn what_a_round_refuses_is_said() {
    let home = fresh();
    for (args, told) in [
        (&["2027-1"][..], "沒有變化"),
        (&["2030-1", "--name", "x"], "沒有這個輪次"),
        (&["2027-1", "--grades", "60/80/90"], "等次下限"),
        (&["2027-1", "--grades", "90"], "90/80/60"),
        (&["2027-1", "--from", "morgen"], "日期寫法"),
        (&["2027-1", "--from", "2027-12-31"], "止日早於起日"),
        (&["2027-1", "--veto", "weather"], "weather"),
        (&["2026-2", "--name", "x"], "輪次已結束"),
        (&["2026-4", "--scale", "two"], "已有支部簽認"),
        (&["2026-4", "--grades", "85/75/60"], "已有支部簽認"),
        (&["2026-4", "--veto", "dues_misuse"], "已有支部簽認"),
        (&["2026-4", "--profile", "university"], "已有支部簽認"),
    ] {
        let said = home.fails(&[&["round", "edit"][..], args].concat(), 1);
        assert!(said.contains(told), "{args:?}: {said}");
    }
    home.fails(&["round", "edit", "2027-1", "--veto", "dues_misuse", "--no-veto"], 2);
    home.says(&["round", "edit", "2026-4", "--name", "第四季度"]);
}

#[test]
fn the_checklist_kept_last_is_proposed_whatever_its_author_calls_it() {
    let home = Home::practice();
    let own = home.file("own.toml", OWN.replace("own-1", "2026-1"));
    home.says(&["checklist", "add", &own]);
    let listed = home.says(&["checklist", "list"]);
    let order: Vec<&str> = listed.lines().map(|line| line.split_whitespace().nth(1).unwrap()).collect();
    assert_eq!(order, ["2026-11", "2026-1"], "{listed}");
    home.says(&["round", "open", "2027-1", "--all"]);
    assert!(home.says(&["show", "2027-1"]).contains(" 2026-1 "));
    assert!(home.says(&["checklist", "show"]).contains("A-01"));
}

#[test]
fn a_unit_is_retired_with_a_reason_and_restored() {
    let home = Home::practice();
    assert_eq!(home.says(&["branch", "retire", "JG-003", "--reason", "併入辦公室黨支部"]), "完成。\n");
    assert!(home.says(&["branch", "list"]).lines().any(|line| line.starts_with("JG-003") && line.contains("已停用")));
    assert!(home.fails(&["branch", "retire", "JG-003", "--reason", "再次"], 1).contains("沒有變化"));
    home.says(&["round", "open", "2027-1", "--all"]);
    assert!(!home.says(&["show", "2027-1"]).contains("JG-003"), "a retired branch joins no new round");
    home.says(&["branch", "restore", "JG-003"]);
    home.says(&["round", "join", "2027-1", "JG-003"]);
    assert!(home.fails(&["branch", "restore", "JG-003"], 1).contains("沒有變化"));
    assert!(home.fails(&["branch", "retire", "JG-999", "--reason", "x"], 1).contains("JG-999"));
    assert!(home.fails(&["branch", "retire", "JG-003", "--reason", " "], 1).contains("理由"));
    home.fails(&["branch", "retire", "JG-003"], 2);
}

/// Returns what the journal says last of a unit.
fn facts(home: &Home) -> Value {
    let text = fs::read_to_string(home.store().join("journal.jsonl")).unwrap();
    let entry: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let change = &entry["changes"][0]["branch"];
    change["edited"]["now"].as_object().map_or_else(|| change["added"].clone(), |now| Value::Object(now.clone()))
}

#[test]
fn what_is_known_of_a_unit_is_given_changed_and_taken_away() {
    let home = Home::practice();
    let given = ["--committee", "5", "--groups", "3", "--term-start", "2025-06-01", "--term-years", "3"];
    let more = ["--profile", "university", "--full-members", "20", "--all-members", "22"];
    home.says(&[&["branch", "add", "JG-031", "--name", "校友會黨支部"][..], &given, &more].concat());
    let known = facts(&home);
    assert_eq!((&known["committee"], &known["groups"], &known["term_years"]), (&5.into(), &3.into(), &3.into()));
    assert_eq!((&known["term_start"], &known["profile"]), (&"2025-06-01".into(), &"university".into()));
    home.says(&["branch", "edit", "JG-031", "--groups", "4"]);
    let edited = facts(&home);
    assert_eq!((&edited["groups"], &edited["committee"], &edited["all_members"]), (&4.into(), &5.into(), &22.into()));
    let none = ["--committee", "--groups", "--term-start", "--term-years", "--profile", "--full-members"];
    let none: Vec<&str> = none.iter().flat_map(|name| [*name, "none"]).collect();
    home.says(&[&["branch", "edit", "JG-031"][..], &none].concat());
    let bare = facts(&home);
    for key in ["committee", "groups", "term_start", "term_years", "profile", "full_members"] {
        assert_eq!(bare[key], Value::Null, "{key}");
    }
    assert_eq!(bare["all_members"], 22);
    for wrong in [["--committee", "many"], ["--term-start", "gestern"], ["--profile", "school"], ["--groups", "70000"]]
    {
        let said = home.fails(&["branch", "edit", "JG-031", wrong[0], wrong[1]], 2);
        assert!(said.contains("none"), "{said}");
    }
    assert!(home.fails(&["branch", "edit", "JG-031", "--term-years", "11"], 1).contains("任期"));
}

#[test]
fn a_name_with_a_number_of_a_person_is_kept_and_warned_of() {
    let home = Home::practice();
    let warned = |args: &[&str]| {
        let ran = home.runs(args);
        assert!(ran.code == 0 && ran.err.contains("請注意") && ran.err.contains("電話號碼"), "{args:?}: {ran:?}");
    };
    warned(&["branch", "add", "JG-031", "--name", "黨支部138-0013-8000"]);
    warned(&["branch", "edit", "JG-031", "--full-name", "聯繫１３８００１３８０００"]);
    warned(&["round", "open", "2027-1", "--name", "找138 0013 8000"]);
    warned(&["round", "edit", "2027-1", "--name", "電話138.0013.8000"]);
    home.says(&["branch", "edit", "JG-031", "--name", "校友會黨支部"]);
}

#[test]
fn a_checklist_is_printed_with_the_basis_of_a_profile() {
    let home = Home::practice();
    let organs = home.says(&["checklist", "show"]);
    assert_eq!(home.says(&["checklist", "show", "2026-11", "--profile", "jiguan"]), organs);
    let university = home.says(&["checklist", "show", "--profile", "university"]);
    assert!(organs.contains("機關基層組織工作條例") && university != organs);
    assert_eq!(university.lines().next(), organs.lines().next());
}
