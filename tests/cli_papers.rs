//! The papers of rectification from a script: named items, both forms, and what is refused with what is there.
#![allow(clippy::unwrap_used, reason = "a broken test says so")]

mod script;

use script::{Home, PERSON};

const ROUND: &str = "2026-2";

/// Finds a branch of the round that has something to put right, and one that has not.
fn branches(home: &Home) -> (String, Option<String>) {
    let lines = home.json_lines(&["show", ROUND, "--json"]);
    let code = |with: bool| {
        // Lines of the round's figures speak of no branch.
        let found = lines.iter().find(|line| line["findings"].as_u64().is_some_and(|count| (count > 0) == with));
        found.map(|line| line["branch"].as_str().unwrap().to_owned())
    };
    (code(true).unwrap(), code(false))
}

/// Reads the names of the items from a notice.
fn names(notice: &str) -> Vec<String> {
    notice.lines().filter_map(|line| line.strip_prefix("事项编号：")).map(str::to_owned).collect()
}

#[test]
fn a_notice_and_a_plan_are_printed_in_both_forms() {
    let home = Home::practice();
    let (branch, without) = branches(&home);
    for (verb, title) in [("notice", "整改通知书"), ("plan", "整改方案")] {
        let text = home.says(&["report", verb, ROUND, &branch]);
        assert!(text.starts_with("【工作稿】\n") && text.contains(title), "{text}");
        let markdown = home.says(&["report", verb, ROUND, &branch, "--format", "md"]);
        assert!(markdown.starts_with("**【工作稿】**\n\n# ") && markdown.contains("| --- |"), "{markdown}");
        let english = home.says(&["report", verb, ROUND, &branch, "--lang", "en"]);
        assert!(english.starts_with("[working draft]\n"), "{english}");
        for said in [text, markdown, english] {
            for person in [PERSON, "督查甲", "督查乙", "督查丙"] {
                assert!(!said.contains(person), "{person}: {said}");
            }
        }
        if let Some(without) = &without {
            assert!(home.fails(&["report", verb, ROUND, without], 1).contains("沒有列入台賬的整改事項"));
        }
    }
}

#[test]
fn an_item_is_named_as_the_notice_names_it() {
    let home = Home::empty();
    home.says(&["demo"]);
    let (branch, _) = branches(&home);
    let names = names(&home.says(&["report", "notice", ROUND, &branch]));
    let name = names.first().unwrap();
    for verb in ["closure", "extension"] {
        let ran = home.runs(&["report", verb, name]);
        assert!(ran.out.contains(name) || ran.err.contains("尚未下發"), "{ran:?}");
    }
    let (rest, _) = name.rsplit_once('/').unwrap();
    let said = home.fails(&["report", "closure", &format!("{rest}/77")], 1);
    assert!(said.contains(name.split('.').next().unwrap()), "what is there is told: {said}");
    let said = home.fails(&["report", "extension", "\u{1b}[2J/x/y/1"], 1);
    assert!(tijian::text::is_clean(&said, true), "{said:?}");
    let ledger: Vec<String> = home.json_lines(&["ledger", "--json"]).iter().map(|row| row["id"].to_string()).collect();
    for name in &names {
        assert!(ledger.contains(&format!("\"{name}\"")), "the ledger does not know {name}: {ledger:?}");
    }
}

#[test]
fn the_circular_is_about_a_round_and_letters_about_a_branch() {
    let home = Home::practice();
    let said = home.says(&["report", "press", "circular", ROUND]);
    assert!(said.contains("覆盖率100.0%（4/4）"), "{said}");
    assert!(home.fails(&["report", "press", "circular", "2030-1"], 1).contains("沒有這個輪次"));
    for kind in ["reminder", "urging", "supervision", "talk"] {
        assert!(home.fails(&["report", "press", kind, "JG-999"], 1).contains("沒有編號為 JG-999 的組織"));
        let (branch, _) = branches(&home);
        let ran = home.runs(&["report", "press", kind, &branch]);
        assert!(ran.out.starts_with("【工作稿】") || ran.err.contains("現有："), "{ran:?}");
        let said = home.fails(&["report", "press", kind, &branch, "--answer-by", "2026-01-01"], 1);
        assert!(said.contains("答覆時限已經過去"), "{said}");
        home.fails(&["report", "press", kind, &branch, "--answer-by", "soon"], 2);
    }
    home.fails(&["report", "press"], 2);
    home.fails(&["report", "press", "blame", "JG-001"], 2);
}

#[test]
fn every_paper_has_examples_in_its_help() {
    let home = Home::empty();
    for verb in [
        &["inspection"][..],
        &["notice"],
        &["plan"],
        &["closure"],
        &["extension"],
        &["press"],
        &["press", "reminder"],
        &["press", "urging"],
        &["press", "supervision"],
        &["press", "talk"],
        &["press", "circular"],
    ] {
        let said = home.says(&[&["report"], verb, &["--help"]].concat());
        assert!(said.contains(&format!("Examples:\n  tijian report {}", verb.join(" "))), "{said}");
    }
    assert!(!home.store().exists());
}
