//! The real program from a script: what it shows and reports, and the exit code that a script reads.
#![allow(clippy::unwrap_used, reason = "a broken test says so")]

mod script;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use script::{Home, PERSON};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

fn codes(lines: &[Value], key: &str) -> Vec<String> {
    lines.iter().map(|line| line[key].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_practice_store_is_filled_once() {
    let home = Home::empty();
    let said = home.says(&["demo", "--branches", "4"]);
    assert!(said.contains("4 個支部") && said.contains(home.store().to_str().unwrap()), "{said}");
    let said = home.fails(&["demo"], 1);
    assert!(said.contains("已有內容"), "{said}");
    assert!(home.says(&["verify"]).contains("哈希鏈完整"));
}

#[test]
fn two_practice_stores_are_alike() {
    let (one, two) = (Home::practice(), Home::practice());
    for args in [&["show"][..], &["show", "2026-4"], &["show", "2026-3", "JG-001", "--json"]] {
        assert_eq!(one.says(args), two.says(args), "{args:?}");
    }
}

#[test]
fn without_data_the_practice_store_is_beside_the_real_one() {
    let home = Home::empty();
    let output = Command::new(env!("CARGO_BIN_EXE_tijian"))
        .args(["demo", "--branches", "1"])
        .env_clear()
        .env("HOME", home.dir.path())
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(home.dir.path().join(".local/share/tijian/practice").is_dir());
    assert!(!home.dir.path().join(".local/share/tijian/store").exists());
}

#[test]
fn rounds_are_shown_as_text_and_json() {
    let home = Home::practice();
    let said = home.says(&["show"]);
    let lines: Vec<_> = said.lines().collect();
    assert!(lines.len() == 3 && lines[0].starts_with("2026-4") && lines[0].contains("1/4"), "{said}");
    assert!(lines[2].starts_with("2026-2") && lines[2].contains("已結束"), "{said}");
    let rounds = home.json_lines(&["show", "--json"]);
    assert_eq!(codes(&rounds, "code"), ["2026-4", "2026-3", "2026-2"]);
    assert_eq!(
        (&rounds[0]["signed"], &rounds[0]["branches"], &rounds[0]["closed"]),
        (&1.into(), &4.into(), &false.into())
    );
    assert_eq!(home.says(&["round", "list"]), said);
}

#[test]
fn the_branches_of_a_round_are_shown_as_text_and_json() {
    let home = Home::practice();
    let said = home.says(&["show", "2026-4"]);
    let (plan, said) = said.split_once("\n\n").unwrap();
    for told in ["2026-11", "機關", "90/80/60", "四檔", "一票否決"] {
        assert!(plan.contains(told), "{told}: {plan}");
    }
    assert_eq!(said.lines().count(), 4);
    for (code, state) in [("JG-001", "已簽認"), ("JG-002", "未查完"), ("JG-003", "未開始"), ("JG-004", "未開始")]
    {
        let line = said.lines().find(|line| line.starts_with(code)).unwrap();
        assert!(line.contains(state), "{line}");
    }
    let lines = home.json_lines(&["show", "2026-4", "--json"]);
    assert_eq!(codes(&lines, "branch"), said.lines().map(|line| &line[..6]).collect::<Vec<_>>());
    let half = lines.iter().find(|line| line["branch"] == "JG-002").unwrap();
    assert_eq!((&half["state"], &half["answered"]), (&"begun".into(), &33.into()));
    let waiting = lines.iter().find(|line| line["branch"] == "JG-003").unwrap();
    assert_eq!((&waiting["state"], &waiting["answered"]), (&"not begun".into(), &Value::Null));
}

#[test]
fn an_inspection_is_shown_as_text_and_json() {
    let home = Home::practice();
    let said = home.says(&["show", "2026-4", "JG-002"]);
    assert!(said.contains("黨建體檢報告") && said.contains("未完成，暫計"), "{said}");
    assert!(said.lines().all(|line| line.width_cjk() <= 56), "{said}");
    let value = home.json(&["show", "2026-4", "JG-002", "--json"]);
    assert_eq!((&value["round"], &value["branch"]), (&"2026-4".into(), &"JG-002".into()));
    assert_eq!((&value["score"]["final"], &value["signed"]), (&false.into(), &Value::Null));
    assert_eq!(value["items"].as_array().unwrap().len(), 66);
    let signed = home.json(&["show", "2026-4", "JG-001", "--json"]);
    assert_eq!(signed["score"]["final"], true);
    let lost: u64 = signed["items"].as_array().unwrap().iter().map(|item| item["lost_tenths"].as_u64().unwrap()).sum();
    let failed = signed["items"].as_array().unwrap().iter().filter(|item| item["verdict"] == "fail").count();
    assert!(lost > 0);
    assert_eq!(signed["findings"].as_array().unwrap().len(), failed);
    assert!(!said.contains(PERSON) && !value.to_string().contains(PERSON));
}

#[test]
fn the_trail_is_shown_as_text_and_json() {
    let home = Home::practice();
    let said = home.says(&["show", "2026-4", "JG-002", "--trail"]);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 33);
    assert!(lines[0].contains("2026-10-21 09:00:00 王督查 R-01 結論 未檢 -> 合格"), "{}", lines[0]);
    let entries = home.json_lines(&["show", "2026-4", "JG-002", "--trail", "--json"]);
    assert_eq!(entries.len(), 33);
    for (at, entry) in entries.iter().enumerate() {
        assert_eq!((&entry["rev"], &entry["by"]), (&(at + 1).into(), &PERSON.into()));
    }
    assert_eq!(home.says(&["show", "2026-4", "JG-003", "--trail"]), "");
}

#[test]
fn the_language_is_asked_for_by_option() {
    let home = Home::practice();
    assert!(home.says(&["--lang", "en", "show", "2026-4"]).contains("signed"));
    assert!(home.says(&["show", "2026-4", "--lang", "zh-Hans"]).contains("已签认"));
    assert!(home.fails(&["show", "2027-1", "--lang", "en"], 1).contains("There is no such round"));
    assert!(home.fails(&["show", "--lang", "fr"], 2).contains("zh-Hant, zh-Hans or en"));
}

#[test]
fn what_is_not_there_is_refused() {
    let home = Home::practice();
    for (args, told) in [
        (&["show", "2027-1"][..], "沒有這個輪次"),
        (&["show", "2026-4", "JG-999"], "沒有編號為 JG-999 的組織"),
        (&["show", "2026-4", "JG"], "不在這個輪次"),
        (&["show", "2026-4", "JG", "--json"], "不在這個輪次"),
        (&["report", "inspection", "2027-1", "JG-001"], "沒有這個輪次"),
        (&["report", "inspection", "2026-4", "JG-999"], "沒有編號為 JG-999 的組織"),
        (&["report", "inspection", "2026-4", "JG"], "不在這個輪次"),
        (&["show", "\u{1b}[2J\u{202e}x"], "沒有這個輪次"),
        (&["checklist", "show", "nothing"], "沒有這個清單版本"),
        (&["keys", "--map", "emacs"], "default, vim"),
        (&["inspect", "2026-4", "JG-001"], "tijian --help"),
    ] {
        let said = home.fails(args, 1);
        assert!(said.contains(told), "{args:?}: {said}");
        assert!(tijian::text::is_clean(&said, true), "{said:?}");
        let state = fs::read_to_string(home.store().join("records.state")).unwrap();
        assert_eq!(state, "closed", "{args:?} leaves the store as a crash does");
    }
}

#[test]
fn words_that_are_not_the_programs_are_exit_code_two() {
    let home = Home::empty();
    for args in [
        &["nonsense"][..],
        &["show", "2026-4", "--trail"],
        &["show", "--trail"],
        &["report"],
        &["report", "inspection", "2026-4"],
        &["report", "inspection", "2026-4", "JG-001", "--format", "pdf"],
        &["demo", "--branches", "0"],
        &["completions", "tcsh"],
        &["checklist", "check"],
    ] {
        home.fails(args, 2);
    }
    assert!(!home.store().exists(), "nothing was opened");
}

#[test]
fn a_store_that_does_not_open_is_exit_code_three() {
    let home = Home::empty();
    home.file("store", "not a folder");
    home.fails(&["show"], 3);
}

#[test]
fn a_damaged_journal_is_exit_code_four() {
    let home = Home::practice();
    let journals = fs::read_dir(home.store()).unwrap().map(|entry| entry.unwrap().path());
    let mut journals: Vec<_> = journals.filter(|path| journal(path)).collect();
    let journal = journals.pop().unwrap();
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replacen("虛構", "真實", 1)).unwrap();
    let ran = home.runs(&["verify"]);
    assert_eq!(ran.code, 4, "{ran:?}");
}

fn journal(path: &Path) -> bool {
    path.is_file() && fs::read(path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains("虛構"))
}

#[test]
fn a_report_is_text_or_markdown() {
    let home = Home::practice();
    let text = home.says(&["report", "inspection", "2026-4", "JG-001"]);
    assert!(text.starts_with("【工作稿】\n") && text.contains("党建体检报告"), "papers are simplified: {text}");
    assert_eq!(home.says(&["report", "inspection", "2026-4", "JG-001", "--format", "text"]), text);
    let markdown = home.says(&["report", "inspection", "2026-4", "JG-001", "--format", "md", "--lang", "zh-Hant"]);
    assert!(markdown.starts_with("**【工作稿】**\n\n# 黨建體檢報告\n"), "{markdown}");
    let english = home.says(&["--lang", "en", "report", "inspection", "2026-4", "JG-002"]);
    assert!(english.contains("Party-work check-up report") && english.contains("not final"), "{english}");
    for said in [text, markdown, english] {
        for person in [PERSON, "督查甲", "督查乙", "督查丙", "練習\n"] {
            assert!(!said.contains(person), "{person}: {said}");
        }
    }
}

#[test]
fn keys_are_listed_for_both_maps() {
    let home = Home::empty();
    let default = home.says(&["keys"]);
    assert_eq!(home.says(&["keys", "--map", "default"]), default);
    let vim = home.says(&["keys", "--map", "vim"]);
    assert_ne!(vim, default);
    for said in [&default, &vim] {
        assert!(said.contains("[walk]") && said.contains("verdict.pass"), "{said}");
    }
    assert!(home.says(&["keys", "--lang", "en"]).contains("[global]"));
    assert!(!home.store().exists());
}

#[test]
fn completions_are_made_for_every_shell() {
    let home = Home::empty();
    for (shell, mark) in [("bash", "complete -F"), ("zsh", "#compdef tijian"), ("fish", "complete -c tijian")] {
        let said = home.says(&["completions", shell]);
        assert!(said.contains(mark) && said.contains("checklist") && said.contains("inspection"), "{shell}");
    }
    assert!(!home.store().exists());
}

#[test]
fn help_has_examples_and_exit_codes() {
    let home = Home::empty();
    let said = home.says(&["--help"]);
    assert!(said.contains("Examples:\n  tijian demo") && said.contains("Exit codes: 0 done, 1 refused"), "{said}");
    assert!(said.contains("嚴禁錄入國家秘密"), "{said}");
    assert!(!said.contains("selftest") && !said.contains("--page"), "{said}");
    for verb in ["branch", "checklist", "round", "inspect", "show", "keys", "demo", "report", "verify", "rebuild"] {
        assert!(said.contains(&format!("\n  {verb} ")), "{verb}");
        assert!(home.says(&[verb, "--help"]).contains("Usage: tijian"), "{verb}");
    }
    assert!(home.says(&["--version"]).starts_with("tijian "));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let home = Home::practice();
    let mut child = Command::new(env!("CARGO_BIN_EXE_tijian"))
        .arg("--data")
        .arg(home.store())
        .args(["checklist", "show", "2026-11"])
        .env_clear()
        .env("HOME", home.dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn output_that_cannot_be_written_is_exit_code_five() {
    let home = Home::practice();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_tijian"))
        .arg("--data")
        .arg(home.store())
        .arg("show")
        .env_clear()
        .env("HOME", home.dir.path())
        .stdout(full)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(5));
}
