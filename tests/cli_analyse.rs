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
fn what_look_backs_have_seen_is_said_one_by_one_and_round_by_round() {
    let home = Home::empty();
    home.says(&["demo"]);
    for (closer, relapsed) in [("督查甲", 1), ("督查乙", 2)] {
        home.says_as("督查丙", &["lookback", "draw", "--size", "4", "--seed", "7", "--closer", closer]);
        let last = home.json_lines(&["lookback", "list", "--json"])[0]["id"].to_string();
        let drawn = home.json(&["lookback", "show", &last, "--json"])["drawn"].clone();
        for (at, one) in drawn.as_array().unwrap().iter().enumerate() {
            let result: &[&str] = if at < relapsed { &["relapsed", "--note", "又少開1次"] } else { &["valid"] };
            let id = one["id"].as_str().unwrap();
            home.says_as("督查丙", &[&["lookback", "result", &last, id], result].concat());
        }
    }
    let found = analysed(&home, &[]);
    let of = |one: &Value| [one["looked"].as_u64().unwrap(), one["relapsed"].as_u64().unwrap()];
    let each: Vec<_> = found["lookbacks"].as_array().unwrap().iter().map(of).collect();
    assert_eq!(each, [[4, 2], [4, 1]], "the latest first");
    assert_eq!(found["lookbacks"][0]["effective_tenths"], 500);
    assert_eq!(found["lookbacks"][1]["relapse_tenths"], 250);
    let rounds = found["looked_at_by_round"].as_array().unwrap();
    let sum = rounds.iter().map(of).fold([0, 0], |one, other| [one[0] + other[0], one[1] + other[1]]);
    assert_eq!(sum, [8, 3]);
    // A look-back says the same of the rounds that it looked at, and the round's own rate is that of its items.
    let shown = home.json(&["lookback", "show", "2", "--json"]);
    let own: Vec<_> = shown["rounds"].as_array().unwrap().iter().map(of).collect();
    assert_eq!(own.iter().map(|one| one[0]).sum::<u64>(), 4);
    for round in rounds {
        let code = round["round"].as_str().unwrap();
        let rate = analysed(&home, &["--round", code])["ledger"]["rates"]["relapse"].clone();
        assert_eq!([rate["of"].as_u64().unwrap(), rate["got"].as_u64().unwrap()], of(round), "{code}");
    }
    assert!(home.says(&["analyse"]).contains("回頭看 2  有效率 50.0%（2/4）  反彈率 50.0%（2/4）"));
    assert!(home.says(&["lookback", "show", "1"]).contains("有效率"));
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
