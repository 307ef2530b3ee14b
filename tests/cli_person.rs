//! Persons and the policy from a script: who may do what, and what is refused.

mod script;

use script::{Home, PERSON};

#[test]
fn persons_are_entered_corrected_and_taken_out() {
    let home = Home::practice();
    assert!(home.says(&["person", "list"]).contains("尚未登記人員"));
    home.says(&["post", "add", "機關黨委辦公室"]);
    home.says(&["person", "add", PERSON, "--role", "admin", "--post", "機關黨委辦公室"]);
    home.says(&["person", "add", "li", "--role", "inspector", "--belongs", "JG-002"]);
    home.says(&["person", "add", "cwc", "--role", "branch", "--over", "JG-002", "--belongs", "JG-002"]);
    let listed = home.says(&["person", "list"]);
    for told in ["王督查", "管理員", "機關黨委辦公室", "督查員", "屬 JG-002", "管 JG-002"] {
        assert!(listed.contains(told), "{told}: {listed}");
    }
    home.says(&["person", "edit", "li", "--role", "approver", "--over", "JG-Z1", "--belongs", "none"]);
    let lines = home.json_lines(&["person", "list", "--json"]);
    let li = lines.iter().find(|line| line["handle"] == "li").unwrap();
    assert_eq!((&li["role"], &li["over"], &li["belongs"]), (&"approver".into(), &"JG-Z1".into(), &().into()));
    home.says(&["person", "remove", "li"]);
    assert_eq!(home.json_lines(&["person", "list", "--json"]).len(), 2);
}

#[test]
fn what_is_wrong_about_a_person_is_said_and_nothing_changes() {
    let home = Home::practice();
    let first = home.fails(&["person", "add", "li", "--role", "inspector"], 1);
    assert!(first.contains("管理員"), "the first person can enter the next: {first}");
    home.says(&["person", "add", PERSON, "--role", "admin"]);
    let long = "長".repeat(10_000);
    for (args, told) in [
        (&["add", "li"][..], "--role"),
        (&["add", PERSON, "--role", "admin"], "已有人員"),
        (&["add", "cwc", "--role", "branch"], "所管支部"),
        (&["add", "cwc", "--role", "branch", "--over", "JG-999"], "JG-999"),
        (&["add", "li", "--role", "viewer", "--belongs", "JG-998"], "JG-998"),
        (&["add", "", "--role", "viewer"], "人員"),
        (&["add", &long, "--role", "viewer"], "最多 32 字"),
        (&["add", "li", "--role", "viewer", "--post", &long], "最多 40 字"),
        (&["add", "li\u{1b}[31m", "--role", "viewer"], "控制字符"),
        (&["add", "li", "--role", "viewer", "--post", "書\u{202e}記"], "控制字符"),
        (&["edit", "nobody", "--role", "viewer"], "沒有人員 nobody"),
        (&["edit", PERSON, "--role", "viewer"], "至少要留一名"),
        (&["edit", PERSON], "沒有變化"),
        (&["remove", "nobody"], "沒有人員"),
        (&["remove", PERSON], "至少要留一名"),
    ] {
        let said = home.fails(&[&["person"][..], args].concat(), 1);
        assert!(said.contains(told) && tijian::text::is_clean(&said, true), "{args:?}: {said}");
    }
    home.fails(&["person", "add", "li", "--role", "king"], 2);
    assert!(home.refused_to("somebody", &["person", "add", "li", "--role", "viewer"]).contains("由管理員管"));
    assert!(home.refused_to("somebody", &["policy", "set", "--near", "3"]).contains("由管理員管"));
    assert_eq!(home.json_lines(&["person", "list", "--json"]).len(), 1);
}

#[test]
fn of_the_policy_only_what_is_named_changes() {
    let home = Home::practice();
    let before = home.json(&["policy", "show", "--json"]);
    assert_eq!((&before["gate"], &before["extensions"], &before["near"]), (&"identity".into(), &2.into(), &7.into()));
    home.says(&["policy", "set", "--near", "10", "--extensions", "1", "--gate", "post"]);
    let mut after = home.json(&["policy", "show", "--json"]);
    assert_eq!((&after["gate"], &after["extensions"], &after["near"]), (&"post".into(), &1.into(), &10.into()));
    for key in ["gate", "extensions", "near", "rev"] {
        after[key] = before[key].clone();
    }
    assert_eq!(after, before);
    assert!(home.says(&["policy", "show"]).contains("崗位"));
    for (args, told) in [
        (&["--near", "366"][..], "臨近天數須在 0 至 365"),
        (&["--talk-after", "40"], "通報天數"),
        (&["--repeat-months", "0"], "重複期"),
        (&["--near", "10"], "沒有變化"),
        (&[], "沒有變化"),
    ] {
        let said = home.fails(&[&["policy", "set"][..], args].concat(), 1);
        assert!(said.contains(told), "{args:?}: {said}");
    }
    home.fails(&["policy", "set", "--near", "many"], 2);
    let said = home.says(&["policy", "set", "--counting", "working"]);
    assert!(said.contains("放假和調休表") && said.contains("tijian calendar import"), "{said}");
}
