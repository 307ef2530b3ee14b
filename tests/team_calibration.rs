//! Two inspectors at two real terminals, one at the socket and one by SSH, judge the same items blind, and a third
//! settles and merges what they found.

mod host;

use std::time::Duration;

use host::terminal::{Terminal, run};
use host::{Host, SIZE, has_ssh};

const WHERE: [&str; 2] = ["2026-4", "JG-008"];
/// What each of the two notes on the first item, and nowhere else.
const OURS: &str = "缺第二季度記錄";
const THEIRS: &str = "只有會議通知";

/// Opens the calibration of the branch from the rounds.
fn opens(seat: &mut Terminal) {
    seat.sees("等我處理").settles(150).send("2").sees("體檢輪次").settles(150).send("\r").sees("/20").settles(150);
    seat.send("/").settles(150).send("JG-008").settles(200).send("\r").settles(150).send("g").settles(150).send("j");
    seat.sees("第一人  練習  ").settles(150);
}

/// Judges the first item with a note, and the others of the group.
fn judges(seat: &mut Terminal, first: &str, note: &str) {
    seat.send("\r").sees("[校準]").sees("R-01").settles(150).send(first).settles(150);
    // A failed item opens the field by itself.
    if first != "4" {
        seat.send("k").settles(150).send(";").settles(150);
    }
    seat.sees("備註").settles(100).send(note).sees(note).settles(100).send("\x13").sees("已存").settles(150);
    // A verdict leads on to the next item.
    seat.send("j");
    for item in 2..=6 {
        seat.sees(&format!("R-0{item} ")).settles(150).send("1").sees(&format!("{item}/6"));
    }
}

/// Looks at every screen and asks everything; what must not be there is nowhere.
fn finds_nothing(host: &Host, key: &str, seat: &mut Terminal, hidden: &str) {
    for (keys, sees) in [("gh", "等我處理"), ("gr", "體檢輪次"), ("gl", "整改台賬"), ("ga", "分析"), ("gb", "支部")]
    {
        for key in keys.chars() {
            seat.send(key.to_string()).settles(80);
        }
        seat.sees(sees).settles(150);
        assert!(!seat.text().contains(hidden), "{keys}:\n{}", seat.text());
    }
    let [round, branch] = WHERE;
    let asked: [&[&str]; 9] = [
        &["calibrate", "show", round, branch],
        &["calibrate", "show", round, branch, "--json"],
        &["show", round, branch, "--json"],
        &["show", round, branch, "--trail"],
        &["show", round, "--json"],
        &["round", "progress", round, "--json"],
        &["report", "inspection", round, branch],
        &["lint", round, branch],
        &["ledger", "--json"],
    ];
    for words in asked {
        let (code, said) = host.answer(key, words);
        assert!(code == 0 && !said.contains(hidden), "{key} {words:?}: {code} {said}");
    }
    let (_, said) = host.answer(key, &["calibrate", "show", round, branch, "--json"]);
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(told["items"].is_null() && told["agreed"].is_null() && told["compared"].is_null(), "{said}");
    let (_, said) = host.answer(key, &["show", round, "--json"]);
    let line = said.lines().find(|line| line.contains("JG-008")).unwrap_or_default();
    assert!(line.contains("null") || !line.contains("\"answered\":6"), "not even how far they are: {line}");
}

#[test]
fn two_judge_blind_at_two_terminals_and_what_a_third_takes_lands_in_the_inspection() {
    if !has_ssh() {
        eprintln!("not tried: no OpenSSH here");
        return;
    }
    let [round, branch] = WHERE;
    let keys = [("督查甲", "inspector"), ("督查乙", "third"), ("練習", "office")];
    let mut host = Host::open(&[], &keys);
    let data = host.store.to_str().unwrap().to_owned();
    let (code, said) =
        run(host.home(), &["--data", &data, "calibrate", "begin", round, branch, "練習", "督查甲", "--part", "R1"]);
    assert!(code == 0 && said.contains("第二人  督查甲  未交卷"), "{said}");
    let mut office = Terminal::start(host.home(), SIZE, &["--data", &data]);
    let mut inspector = host.by_key("inspector");
    let mut third = host.by_key("third");
    for seat in [&mut office, &mut inspector, &mut third] {
        opens(seat);
    }
    judges(&mut office, "4", OURS);
    judges(&mut inspector, "3", THEIRS);
    // Neither sees the other's, and a third sees neither's: on no screen, in no list, no count, no paper and no answer.
    finds_nothing(&host, "office", &mut office, THEIRS);
    finds_nothing(&host, "inspector", &mut inspector, OURS);
    finds_nothing(&host, "third", &mut third, OURS);
    finds_nothing(&host, "third", &mut third, THEIRS);
    // One hands in and is none the wiser for it; the other's screen tells that, and nothing of what was judged.
    for seat in [&mut office, &mut inspector, &mut third] {
        seat.send("g").settles(100).send("h").sees("等我處理").settles(150);
        opens(seat);
    }
    inspector.sees("本人已查 6/6 項").send("J").sees("現在交卷").settles(150).send("y").sees("已交卷。");
    office.sees("第二人  督查甲  ").sees("第一人  練習  未交卷");
    for (seat, hidden) in [(&office, THEIRS), (&inspector, OURS), (&third, OURS)] {
        assert!(!seat.text().contains("一致率") && !seat.text().contains(hidden), "{}", seat.text());
    }
    finds_nothing(&host, "inspector", &mut inspector, OURS);
    inspector.send("g").settles(100).send("h").sees("等我處理").settles(150);
    opens(&mut inspector);
    let (code, said) = host.answer("third", &["calibrate", "merge", round, branch]);
    assert!(code == 1 && said.contains("還沒有交卷"), "{code} {said}");
    // Once both have, everybody sees how far they agree, on open screens too, and before anything is merged.
    office.settles(150).send("J").sees("現在交卷").settles(150).send("y");
    for seat in [&mut office, &mut inspector, &mut third] {
        seat.sees("一致率 83.3%（5/6）").sees("不一致 1 項，已定 0 項").sees(OURS).sees(THEIRS);
    }
    let (code, said) = host.answer("office", &["show", round, branch, "--json"]);
    assert!(code == 0 && !said.contains(OURS) && !said.contains(THEIRS), "nothing is merged yet: {said}");
    third.settles(200).send("2").sees("定為一般");
    inspector.sees("已定 1 項");
    third.settles(200).send("M").sees("合併嗎").settles(200).send("y").sees("已合併");
    office.sees("督查乙 於").sees("合併").settles(200).send("\r").sees("6/58").sees(THEIRS);
    assert!(!office.text().contains(OURS), "the note goes with the verdict that is taken: {}", office.text());
    let (code, said) = host.answer("inspector", &["show", round, branch, "--json"]);
    assert!(code == 0 && said.contains("\"fair\"") && !said.contains("\"fail\""), "{said}");
    office.settles(200).leaves();
    inspector.settles(100).leaves();
    third.settles(100).leaves();
    host.served.signal("-TERM");
    assert_eq!(host.served.ends_within(Duration::from_secs(6)).code(), Some(0));
    let (code, said) = run(host.home(), &["--data", &data, "verify"]);
    assert!(code == 0 && said.contains("與日誌一致"), "{code} {said}");
}
