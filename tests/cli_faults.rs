//! What a script is told when something is wrong around the program: exit codes, settings, a torn journal.

mod script;

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;

use script::Home;

fn settings(home: &Home, text: &str) {
    let folder = home.dir.path().join(".config/tijian");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
}

#[test]
fn a_wrong_setting_is_told_with_file_and_line() {
    let home = Home::practice();
    settings(&home, "person = \"w\"\nkeymap = \"vmi\"\nlang = \"fr\"\n");
    let ran = home.runs(&["show"]);
    assert_eq!(ran.code, 0, "the program goes on without it");
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 2, "{ran:?}");
    assert!(lines[0].contains("config.toml 第 3 行") && lines[0].contains("zh-Hans"), "{ran:?}");
    assert!(lines[1].contains("config.toml 第 2 行") && lines[1].contains("default, vim"), "{ran:?}");
    settings(&home, "\n\ncolor = true\n");
    let said = home.fails(&["show"], 1);
    assert!(said.contains("config.toml 第 3 行") && said.contains("color"), "{said}");
    assert!(home.fails(&["show", "--lang", "en"], 1).contains("wrong in line 3"));
    settings(&home, "lang = \n");
    assert!(home.fails(&["show"], 1).contains("第 1 行"));
}

#[test]
fn the_faults_of_a_key_file_are_counted() {
    let home = Home::empty();
    settings(&home, "");
    fs::write(home.dir.path().join(".config/tijian/keys.toml"), "[walk]\n\"1\" = \"nonsense\"\n").unwrap();
    let ran = home.runs(&["keys"]);
    assert!(ran.code == 0 && ran.err.contains("有 1 處錯誤"), "{ran:?}");
}

#[test]
fn what_is_not_damage_is_not_called_damage() {
    let home = Home::practice();
    let journal = home.store().join("journal.jsonl");
    let whole = fs::read(&journal).unwrap();
    fs::write(&journal, "something else\n".repeat(40)).unwrap();
    assert!(home.fails(&["show"], 3).contains("不是本版本能讀的操作日誌"));
    fs::remove_file(&journal).unwrap();
    let said = home.fails(&["show"], 3);
    assert!(said.contains("不見了") && said.contains("備份"), "{said}");
    assert!(home.fails(&["show", "--lang", "en"], 3).contains("is missing"));
    fs::write(&journal, &whole).unwrap();
    fs::set_permissions(&journal, Permissions::from_mode(0o000)).unwrap();
    // A person who may read everything is not kept out by permissions.
    if fs::read(&journal).is_err() {
        assert!(home.fails(&["show"], 3).contains("無法打開或讀取"));
    }
    fs::set_permissions(&journal, Permissions::from_mode(0o600)).unwrap();
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(&journal, &damaged).unwrap();
    assert!(home.fails(&["rebuild"], 4).contains("已損壞"));
}

#[test]
fn after_a_rebuild_the_next_start_has_nothing_to_do() {
    let home = Home::practice();
    fs::write(home.store().join("records.state"), "another run").unwrap();
    assert!(home.says(&["rebuild"]).contains("已由操作日誌重建"));
    assert_eq!(fs::read_to_string(home.store().join("records.state")).unwrap(), "closed");
    assert_eq!(home.runs(&["show"]).err, "", "nothing is rebuilt once more");
    let journal = home.store().join("journal.jsonl");
    let mut file = fs::OpenOptions::new().append(true).open(&journal).unwrap();
    file.write_all(b"{\"seq\":9").unwrap();
    drop(file);
    let ran = home.runs(&["rebuild"]);
    assert!(ran.code == 0 && ran.err.contains("8 字節"), "a tail that is cut is told: {ran:?}");
    assert!(home.says(&["verify"]).contains("與日誌一致"));
}

/// Every subcommand with the words that lead to it.
const VERBS: [&[&str]; 27] = [
    &["branch"],
    &["branch", "list"],
    &["branch", "add"],
    &["branch", "edit"],
    &["branch", "retire"],
    &["branch", "restore"],
    &["branch", "import"],
    &["checklist"],
    &["checklist", "list"],
    &["checklist", "show"],
    &["checklist", "check"],
    &["checklist", "add"],
    &["checklist", "diff"],
    &["round"],
    &["round", "list"],
    &["round", "open"],
    &["round", "edit"],
    &["round", "join"],
    &["round", "leave"],
    &["round", "close"],
    &["inspect"],
    &["show"],
    &["keys"],
    &["demo"],
    &["report", "inspection"],
    &["verify"],
    &["rebuild"],
];

#[test]
fn every_subcommand_has_examples_that_begin_with_it() {
    let home = Home::empty();
    for verb in VERBS {
        let said = home.says(&[verb, &["--help"]].concat());
        let (_, examples) = said.split_once("Examples:\n").unwrap_or_else(|| panic!("{verb:?}: {said}"));
        let own = format!("{} ", verb.join(" "));
        assert!(examples.lines().any(|line| format!("{} ", line.trim()).contains(&own)), "{verb:?}: {examples}");
        assert!(examples.lines().all(|line| line.starts_with("  tijian ")), "{verb:?}: {examples}");
    }
}

#[test]
fn completions_know_every_verb_and_no_trial() {
    let home = Home::empty();
    for shell in ["bash", "zsh", "fish"] {
        let said = home.says(&["completions", shell]);
        for word in ["retire", "restore", "no-veto", "term-start", "inspection", "completions"] {
            assert!(said.contains(word), "{shell}: {word}");
        }
        assert!(!said.contains("selftest"), "{shell}");
    }
}
