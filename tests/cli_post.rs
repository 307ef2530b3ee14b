//! The list of posts from a script, and what is said where a post is not in it.

mod script;

use script::{Home, PERSON};

#[test]
fn posts_are_listed_entered_and_taken_out() {
    let home = Home::practice();
    let usual = home.says(&["post", "list"]);
    assert!(usual.starts_with("支部書記\n副書記\n組織委員\n宣傳委員\n紀檢委員\n"), "{usual}");
    home.says(&["post", "add", "督查一組", "督查二組"]);
    home.says(&["post", "remove", "督查二組"]);
    home.says(&["post", "remove", "副书记"]);
    let listed: Vec<String> = home.json_lines(&["post", "list", "--json"]).iter().map(said).collect();
    assert!(listed.contains(&"督查一組".to_owned()), "{listed:?}");
    assert!(!listed.contains(&"督查二組".to_owned()) && !listed.contains(&"副書記".to_owned()), "{listed:?}");
    home.says(&["rebuild"]);
    let again: Vec<String> = home.json_lines(&["post", "list", "--json"]).iter().map(said).collect();
    assert_eq!(again, listed, "the journal makes the same list");
}

fn said(line: &serde_json::Value) -> String {
    line["post"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_wrong_about_a_post_is_said_and_nothing_changes() {
    let home = Home::practice();
    let before = home.says(&["post", "list"]);
    let long = "長".repeat(10_000);
    for (args, told) in [
        (&["add", ""][..], "「崗位」不能為空"),
        (&["add", &long], "最多 40 字"),
        (&["add", "督查\u{7}組"], "控制字符"),
        (&["add", "督查一組", "支部书记"], "崗位表中已有：支部書記"),
        (&["remove", "支書"], "崗位表中沒有「支書」。相近的有：支部書記、副書記"),
    ] {
        let said = home.fails(&[&["post"], args].concat(), 1);
        assert!(said.contains(told), "{args:?}: {said}");
    }
    assert_eq!(home.says(&["post", "list"]), before);
    home.fails(&["post", "add"], 2);
}

#[test]
fn an_unknown_post_is_refused_with_the_near_ones_and_how_to_enter_it() {
    let home = Home::practice();
    home.says(&["person", "add", PERSON, "--role", "admin"]);
    let person = ["person", "edit", PERSON, "--post", "組織委員長"];
    let said = home.fails(&person, 1);
    for told in ["崗位", "沒有「組織委員長」", "組織委員、", "由管理員登記：tijian post add 組織委員長"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    let english = home.fails(&[&["--lang", "en"][..], &person].concat(), 1);
    assert!(english.contains("Near to it: 組織委員"), "{english}");
    home.says(&["post", "add", "組織委員長"]);
    home.says(&person);
    assert!(home.says(&["person", "list"]).contains("組織委員長"));
}

#[test]
fn a_step_names_no_post_that_the_house_does_not_know() {
    let home = Home::life();
    let item = "2026-4/JG-001/A-02/02";
    for (args, field) in [
        (&["edit", item, "--post", "組委"][..], "責任人"),
        (&["edit", item, "--lead", "組委"], "責任領導"),
        (&["receive", item, "--on-behalf", "組委"], "代哪個崗位"),
    ] {
        let said = home.refused_to("li", &[&["rectify"], args].concat());
        assert!(said.contains("沒有「組委」") && said.contains("相近的有：組織委員"), "{field}: {said}");
        assert!(said.contains(field), "{field}: {said}");
        let dry = home.refused_to("li", &[&["rectify"], args, &["--dry-run"]].concat());
        assert!(dry.contains("沒有「組委」"), "{dry}");
    }
    home.says_as("li", &["rectify", "edit", item, "--post", "组织委员"]);
    assert!(home.says(&["rectify", "show", item]).contains("組織委員"), "the other script is the same post");
}
