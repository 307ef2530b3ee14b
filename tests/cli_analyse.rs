//! The analysis from a script: the figures of the screen, and the counts that other commands say.

mod script;

use script::Home;
use serde_json::{Value, json};

fn analysed(home: &Home, args: &[&str]) -> Value {
    serde_json::from_str(&home.says(&[&["analyse", "--json"][..], args].concat())).unwrap()
}

#[test]
fn what_it_counts_is_what_the_ledger_and_the_rounds_say() {
    let home = Home::practice();
    let found = analysed(&home, &["--round", "2026-3"]);
    let shown = home.json_lines(&["show", "2026-3", "--json"]);
    let signed: Vec<&Value> = shown.iter().filter(|line| line["state"] == "signed").collect();
    let branches = found["branches"].as_array().unwrap();
    assert!(branches.len() > 1 && branches.len() == signed.len());
    for branch in branches {
        let line = signed.iter().find(|line| line["branch"] == branch["branch"]).unwrap();
        assert_eq!(line["score_tenths"], branch["rate_tenths"]);
    }
    let failed: u64 = found["failed"].as_array().unwrap().iter().map(|one| one["branches"].as_u64().unwrap()).sum();
    assert_eq!(failed, signed.iter().map(|line| line["failed"].as_u64().unwrap()).sum::<u64>());
    assert_eq!(found["ranks"], json!([]), "no round is ranked unless it allows it");
    // Open items by age are the open items of the ledger.
    let items = home.json_lines(&["ledger", "--json"]);
    let states = ["issued", "received", "working", "requested", "verifying"];
    let open = items.iter().filter(|item| states.contains(&item["state"].as_str().unwrap())).count();
    let ages = found["ledger_of_all_rounds"]["ages"].as_array().unwrap();
    assert_eq!(ages.iter().map(|age| age["open"].as_u64().unwrap()).sum::<u64>(), u64::try_from(open).unwrap());
    for rate in found["ledger"]["rates"].as_object().unwrap().values() {
        assert!(rate["got"].as_u64() <= rate["of"].as_u64(), "{rate}");
    }
    assert_eq!(analysed(&home, &[])["round"], "2026-4", "the latest with a signature");
}

#[test]
fn it_is_read_by_people_too_and_says_what_it_lacks() {
    let home = Home::practice();
    let said = home.says(&["analyse", "--round", "2026-3"]);
    for word in ["熱力圖", "歷輪走勢", "失分項", "整改完成率（問題）", "按期完成率", "覆蓋率"]
    {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(home.fails(&["analyse", "--round", "x"], 1).contains('x'));
    assert!(Home::empty().fails(&["analyse"], 1).contains("輪次"));
}

#[test]
fn a_round_that_allows_it_is_ranked() {
    let home = Home::practice();
    let edited = home.says(&["round", "edit", "2026-4", "--ranked"]);
    assert_eq!(edited, "完成。\n");
    assert!(home.says(&["show", "2026-4"]).contains("按得分排名"));
    let ranks = analysed(&home, &["--round", "2026-4"])["ranks"].clone();
    let signed = analysed(&home, &["--round", "2026-4"])["branches"].as_array().unwrap().len();
    assert_eq!(ranks.as_array().unwrap().is_empty(), signed < 5, "{signed} are signed");
    home.says(&["round", "edit", "2026-4", "--no-ranked"]);
    assert!(home.says(&["show", "2026-4"]).contains("不排名"));
}
