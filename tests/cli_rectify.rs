//! The whole life of an item from a script, by three persons: every step, and every false way refused with its reason.

mod script;

use script::{Home, PERSON};
use serde_json::Value;
use tijian::domain::Day;
use tijian::session::SystemClock;

/// Grave, to be put right at once: closed by a third person only.
const GRAVE: &str = "2026-4/JG-001/A-01/01.1";
/// Light, to be put right at once.
const LIGHT: &str = "2026-4/JG-001/A-02/02.1";
/// Light, long term.
const STANDING: &str = "2026-4/JG-001/A-03/03.1";
/// By a date.
const LIMITED: &str = "2026-4/JG-001/A-04/04.1";

fn today() -> Day {
    SystemClock::stamp().china_day()
}

fn in_days(days: i32) -> String {
    today().plus(days).to_string()
}

fn state(home: &Home, id: &str) -> Value {
    home.json(&["rectify", "show", id, "--json"])["items"][0]["state"].clone()
}

/// Enters evidence of a day and asks for the closure.
fn request(home: &Home, id: &str, day: &str) {
    home.says_as("cwc", &["rectify", "evidence", id, "--title", "會議記錄", "--date", day, "--kept", "檔案櫃"]);
    home.says_as("cwc", &["rectify", "request", id, "--gone", "已補開", "--cause", "專人負責", "--rule", "列入計劃"]);
}

/// Brings an item to where the branch works on it.
fn worked(home: &Home, id: &str) {
    home.says_as("li", &["rectify", "issue", id]);
    home.says_as("cwc", &["rectify", "receive", id]);
    home.says_as("cwc", &["rectify", "start", id, "--measure", "補開並建立計劃表"]);
}

#[test]
fn a_grave_item_is_closed_by_three_persons_and_by_no_other_way() {
    let home = Home::life();
    let refused = |person: &str, args: &[&str], told: &str| {
        let said = home.refused_to(person, &[&["rectify"], args].concat());
        assert!(said.contains(told), "{person} {args:?}: {said}");
        assert!(said.starts_with(GRAVE), "{said}");
    };
    let day = in_days(0);
    let says = |person: &str, args: &[&str]| home.says_as(person, &[&["rectify"], args].concat());
    refused("cwc", &["issue", GRAVE], "由管理員、督查員做");
    refused("zhao", &["issue", GRAVE], "由管理員、督查員做");
    refused(PERSON, &["issue", GRAVE], "由管理員、督查員做");
    let unknown = home.refused_to("nobody", &["rectify", "issue", GRAVE]);
    assert!(unknown.contains("沒有登記人員 nobody") && unknown.contains("沒有整改事項"), "{unknown}");
    refused("cwc", &["receive", GRAVE], "現在可以：修改草稿、下發");
    let issued = says("li", &["issue", GRAVE]);
    assert!(issued.starts_with(GRAVE) && issued.contains("擬定 -> 下發"), "{issued}");
    refused("li", &["issue", GRAVE], "現為「下發」（li，");
    refused("li", &["issue", GRAVE], "；現在可以：簽收");
    refused("li", &["receive", GRAVE], "代為登記要寫明代哪個崗位");
    refused("li", &["receive", GRAVE, "--on-behalf", " "], "代為登記");
    refused("zhao", &["receive", GRAVE], "支部人員");
    says("cwc", &["receive", GRAVE]);
    refused("cwc", &["request", GRAVE, "--gone", "x", "--cause", "x", "--rule", "x"], "現在可以：開始整改");
    refused("cwc", &["start", GRAVE], "整改措施");
    says("cwc", &["start", GRAVE, "--measure", "補開並建立計劃表"]);
    refused("li", &["revoke", GRAVE, "--reason", "不要了"], "整改中");
    refused("cwc", &["request", GRAVE, "--gone", "x", "--cause", "x", "--rule", "x"], "還沒有佐證材料");
    let evidence = |date: &str, told: &str| {
        refused("cwc", &["evidence", GRAVE, "--title", "記錄", "--date", date, "--kept", "檔案櫃"], told);
    };
    evidence(&in_days(1), "還沒有到");
    says("cwc", &["evidence", GRAVE, "--title", "舊記錄", "--date", &in_days(-3), "--kept", "檔案櫃"]);
    refused("cwc", &["request", GRAVE, "--gone", "x", "--cause", "x", "--rule", "x"], "不晚於下發日");
    says(
        "cwc",
        &["evidence", GRAVE, "--title", "會議記錄", "--date", &day, "--kept", "檔案櫃", "--number", "記〔2026〕3號"],
    );
    refused("cwc", &["request", GRAVE, "--gone", "已補開", "--cause", "", "--rule", "x"], "原因是否解決");
    refused("cwc", &["pass", GRAVE], "管理員、督查員、審批人");
    says("cwc", &["request", GRAVE, "--gone", "已補開", "--cause", "專人負責", "--rule", "列入計劃"]);
    refused("cwc", &["take-up", GRAVE], "由管理員、督查員、審批人做");
    refused("li", &["pass", GRAVE], "現在可以：受理核驗");
    says("li", &["take-up", GRAVE]);
    refused("li", &["approve", GRAVE], "由管理員、審批人做");
    refused("zhao", &["approve", GRAVE], "現在可以：核驗通過");
    assert!(says("li", &["pass", GRAVE]).contains("待批准"));
    assert_eq!(state(&home, GRAVE), "verifying");
    refused("li", &["pass", GRAVE], "批准銷號");
    let closed = says("zhao", &["approve", GRAVE]);
    assert!(closed.contains("核驗中 -> 已銷號"), "{closed}");
    for (person, args) in [
        ("zhao", &["return", GRAVE, "--reason", "不實", "--due", &day][..]),
        ("li", &["issue", GRAVE]),
        ("li", &["edit", GRAVE, "--post", "組織委員"]),
        ("li", &["revoke", GRAVE, "--reason", "不要了"]),
        ("cwc", &["evidence", GRAVE, "--title", "記錄", "--date", &day, "--kept", "檔案櫃"]),
    ] {
        refused(person, args, "現為「已銷號」（zhao，");
        refused(person, args, "，已經了結");
    }
    let shown = home.says(&["rectify", "show", GRAVE]);
    for told in
        ["已銷號", "嚴重", "會議記錄，記〔2026〕3號", "補開並建立計劃表", "cwc 申請銷號：已補開", "zhao 銷號（按期）"]
    {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let value = home.json(&["rectify", "show", GRAVE, "--json"]);
    assert_eq!((&value["closed"], &value["branch"]), (&true.into(), &"JG-001".into()));
    let item = &value["items"][0];
    assert_eq!((&item["id"], &item["state"]), (&GRAVE.into(), &"closed".into()));
    assert_eq!(item["closure"]["verified"]["by"], "li");
    assert_eq!(item["closure"]["approved"]["by"], "zhao");
    assert_eq!(item["requested"]["by"], "cwc");
    assert_eq!(item["evidence"].as_array().unwrap().len(), 2);
    assert!(home.says(&["verify"]).contains("哈希鏈完整"));
}

#[test]
fn nobody_judges_what_they_asked_for_or_their_own_branch() {
    let home = Home::life();
    home.says_as("office", &["person", "add", "sun", "--role", "inspector", "--belongs", "JG-001"]);
    home.says_as("li", &["rectify", "issue", LIGHT]);
    let behalf = ["--on-behalf", "支部書記"];
    let on_behalf = |args: &[&str]| home.says_as("li", &[&["rectify"], args, &behalf].concat());
    on_behalf(&["receive", LIGHT]);
    on_behalf(&["start", LIGHT, "--measure", "補記"]);
    on_behalf(&["evidence", LIGHT, "--title", "記錄", "--date", &in_days(0), "--kept", "櫃"]);
    on_behalf(&["request", LIGHT, "--gone", "是", "--cause", "是", "--rule", "是"]);
    let own = home.refused_to("li", &["rectify", "take-up", LIGHT]);
    assert!(own.contains("另一個人") && own.contains("li"), "{own}");
    assert!(home.refused_to("sun", &["rectify", "take-up", LIGHT]).contains("回避"));
    let elsewhere = ["--role", "inspector", "--over", "JG-002"];
    home.says_as("office", &[&["person", "add", "qian"][..], &elsewhere].concat());
    let unseen = home.refused_to("qian", &["rectify", "take-up", LIGHT]);
    assert!(unseen.contains(LIGHT) && unseen.contains("沒有"), "what lies elsewhere does not exist for them: {unseen}");
    home.says_as("office", &["rectify", "take-up", LIGHT]);
    home.says_as("office", &["rectify", "pass", LIGHT]);
    assert_eq!(state(&home, LIGHT), "closed");
    assert!(home.says(&["rectify", "show", LIGHT]).contains("（代支部書記）"), "marked for ever");
}

#[test]
fn what_is_sent_back_needs_a_reason_a_day_and_new_evidence() {
    let home = Home::life();
    worked(&home, LIGHT);
    request(&home, LIGHT, &in_days(0));
    home.says_as("li", &["rectify", "take-up", LIGHT]);
    let back = |reason: &str, due: &str| {
        home.refused_to("li", &["rectify", "return", LIGHT, "--reason", reason, "--due", due])
    };
    assert!(back(" ", &in_days(9)).contains("理由"));
    assert!(back(&"長".repeat(10_000), &in_days(9)).contains("最多 200 字"));
    assert!(back("\u{1b}]0;x\u{7}不實", &in_days(9)).contains("控制字符"));
    assert!(back("機密★ 不實", &in_days(9)).contains("密級"));
    assert!(back("簽到不符", &in_days(-1)).contains("已經過去"));
    let given = home.as_typing(
        "li",
        &["rectify", "return", LIGHT, "--reason", "-", "--due", &in_days(9)],
        "簽到與記錄\n  不符\n",
    );
    assert_eq!(given.code, 0, "{given:?}");
    let value = home.json(&["rectify", "show", LIGHT, "--json"]);
    let item = &value["items"][0];
    assert_eq!((&item["reason"], &item["returns"]), (&"簽到與記錄 不符".into(), &1.into()));
    let again = ["rectify", "request", LIGHT, "--gone", "是", "--cause", "是", "--rule", "是"];
    assert!(home.refused_to("cwc", &again).contains("還沒有登記新的佐證"));
    request(&home, LIGHT, &in_days(0));
    home.says_as("li", &["rectify", "take-up", LIGHT]);
    home.says_as("li", &["rectify", "pass", LIGHT]);
    assert_eq!(state(&home, LIGHT), "closed");
}

#[test]
fn days_are_asked_for_granted_denied_and_exempted() {
    let home = Home::life();
    worked(&home, LIMITED);
    let ask = |to: &str| ["rectify", "ask", LIMITED, "--reason", "換屆未完成", "--to", to].map(str::to_owned);
    let refused = |person: &str, args: &[String], told: &str| {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let said = home.refused_to(person, &args);
        assert!(said.contains(told), "{args:?}: {said}");
    };
    refused("cwc", &ask(&in_days(1)), "不晚於現在的");
    assert!(home.refused_to("zhao", &["rectify", "grant", LIMITED]).contains("現在不能批准延期"));
    for days in [40, 50] {
        let args = ask(&in_days(days));
        home.says_as("cwc", &args.each_ref().map(String::as_str));
        refused("cwc", &ask(&in_days(60)), "現在不能申請延期");
        assert!(home.refused_to("li", &["rectify", "grant", LIMITED]).contains("審批人"));
        let said = home.says_as("zhao", &["rectify", "grant", LIMITED]);
        assert!(said.contains(&in_days(days)), "{said}");
    }
    refused("cwc", &ask(&in_days(70)), "已經延期 2 次");
    home.says_as("zhao", &["rectify", "exempt", LIMITED, "--until", &in_days(80), "--reason", "機構改革"]);
    assert_eq!(home.json(&["rectify", "show", LIMITED, "--json"])["items"][0]["due"], in_days(80));
    home.says_as("zhao", &["rectify", "lift", LIMITED, "--reason", "已完成"]);
    assert_eq!(home.json(&["rectify", "show", LIMITED, "--json"])["items"][0]["due"], in_days(50));
    home.says_as("office", &["policy", "set", "--extensions", "3"]);
    let args = ask(&in_days(70));
    home.says_as("cwc", &args.each_ref().map(String::as_str));
    assert!(home.refused_to("zhao", &["rectify", "deny", LIMITED, "--reason", ""]).contains("理由"));
    home.says_as("zhao", &["rectify", "deny", LIMITED, "--reason", "理由不足"]);
    home.says_as("li", &["rectify", "sent", "urging", LIMITED]);
    let shown = home.says(&["rectify", "show", LIMITED]);
    for told in ["延期 2 次", "不批准延期：理由不足", "催辦函", "豁免至", "解除豁免"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
}

#[test]
fn evidence_of_the_day_of_the_issue_shows_only_what_is_put_right_at_once() {
    let home = Home::life();
    worked(&home, STANDING);
    // Evidence has to bear a later day than the issue: today's is not enough.
    home.says_as("cwc", &["rectify", "evidence", STANDING, "--title", "記錄", "--date", &in_days(0), "--kept", "櫃"]);
    let asked = ["rectify", "request", STANDING, "--gone", "是", "--cause", "是", "--rule", "是"];
    assert!(
        home.refused_to("cwc", &asked).contains("沒有一條晚於")
            || home.refused_to("cwc", &asked).contains("不晚於下發日")
    );
    worked(&home, LIGHT);
    request(&home, LIGHT, &in_days(0));
    home.says_as("li", &["rectify", "take-up", LIGHT]);
    assert!(home.refused_to("li", &["rectify", "pass", LIGHT, "--next", &in_days(90)]).contains("長期堅持"));
}

#[test]
fn an_item_is_drafted_corrected_put_right_and_revoked() {
    let home = Home::life();
    let finding = "2026-4/JG-001/A-02/02";
    let past = home.refused_to("li", &["rectify", "draft", finding, "--measure", "補", "--due", &in_days(-1)]);
    assert!(past.contains("已經過去"), "{past}");
    let said = home.says_as(
        "li",
        &["rectify", "draft", finding, "--measure", "修訂制度", "--goal", "制度上牆", "--due", &in_days(20)],
    );
    assert!(said.contains("2026-4/JG-001/A-02/02.2"), "{said}");
    let bare = home.refused_to("li", &["rectify", "issue", finding]);
    assert!(bare.contains(LIGHT) && bare.contains("02.2"), "which of the two: {bare}");
    let second = "2026-4/JG-001/A-02/02.2";
    home.says_as("li", &["rectify", "edit", second, "--lead", "黨委书记", "--due", &in_days(25)]);
    assert!(home.refused_to("li", &["rectify", "edit", second, "--due", &in_days(25)]).contains("沒有變化"));
    let shown = home.says(&["rectify", "show", finding]);
    assert!(["黨委書記", "修訂制度", "整改目標", "制度上牆"].iter().all(|told| shown.contains(told)), "{shown}");
    let right =
        ["--title", "照片", "--kept", "櫃", "--gone", "是", "--cause", "是", "--rule", "是", "--on-behalf", "支部書記"];
    let put = |id: &str, date: &str| {
        let args = [&["rectify", "put-right", id, "--date", date][..], &right].concat();
        home.as_typing("li", &args, "")
    };
    assert!(put(GRAVE, &in_days(0)).err.contains("不是嚴重"), "grave items are not");
    assert!(put(LIMITED, &in_days(0)).err.contains("立行立改"));
    assert!(put(LIGHT, &in_days(-1)).err.contains("佐證"));
    assert_eq!(put(LIGHT, &in_days(0)).code, 0);
    assert_eq!(state(&home, LIGHT), "requested");
    assert!(home.refused_to("li", &["rectify", "take-up", LIGHT]).contains("另一個人"));
    home.says_as("office", &["rectify", "take-up", LIGHT]);
    home.says_as("office", &["rectify", "pass", LIGHT]);
    home.says_as("li", &["rectify", "revoke", second, "--reason", "併入第一項"]);
    assert_eq!(home.json(&["rectify", "show", finding, "--json"])["closed"], true);
    assert!(home.refused_to("li", &["rectify", "issue", second]).contains("現為「撤銷」（li，"));
}

#[test]
fn a_batch_names_what_it_left_out_and_why() {
    let home = Home::life();
    let dry = home.says_as("li", &["rectify", "issue", GRAVE, LIGHT, "--dry-run"]);
    assert!(dry.contains("試運行：可辦 2 項，跳過 0 項") && dry.contains("擬定 -> 下發"), "{dry}");
    assert_eq!(state(&home, GRAVE), "drafted", "nothing was changed");
    home.says_as("li", &["rectify", "issue", LIGHT]);
    let args = ["rectify", "issue", GRAVE, LIGHT, "2026-4/JG-001/A-09/01", STANDING, STANDING];
    let dry = home.as_typing("li", &[&args[..], &["--dry-run"]].concat(), "");
    let ran = home.as_typing("li", &args, "");
    for (ran, told) in [(dry, "可辦 2 項，跳過 2 項"), (ran, "辦理 2 項，跳過 2 項")] {
        assert_eq!(ran.code, 1);
        assert!(ran.out.contains(GRAVE) && ran.out.contains(STANDING) && ran.out.contains(told), "{ran:?}");
        assert!(ran.err.contains(LIGHT) && ran.err.contains("A-09"), "{ran:?}");
    }
    for id in [GRAVE, STANDING] {
        assert_eq!(state(&home, id), "issued");
    }
    // Grave items are judged one by one.
    home.says_as("cwc", &["rectify", "receive", GRAVE, LIGHT]);
    home.says_as("cwc", &["rectify", "start", GRAVE, LIGHT, "--measure", "補開"]);
    request(&home, GRAVE, &in_days(0));
    request(&home, LIGHT, &in_days(0));
    let ran = home.as_typing("li", &["rectify", "take-up", GRAVE, LIGHT], "");
    assert!(ran.code == 1 && ran.err.contains("不能成批") && ran.err.starts_with(GRAVE), "{ran:?}");
    assert_eq!((state(&home, GRAVE), state(&home, LIGHT)), ("requested".into(), "verifying".into()));
    home.says_as("li", &["rectify", "take-up", GRAVE]);
    let ran = home.as_typing("li", &["rectify", "pass", GRAVE, LIGHT], "");
    assert!(ran.code == 1 && ran.err.contains("不能成批"), "{ran:?}");
    assert_eq!((state(&home, GRAVE), state(&home, LIGHT)), ("verifying".into(), "closed".into()));
}

#[test]
fn a_revision_that_was_overtaken_is_refused_with_who_and_when() {
    let home = Home::life();
    let rev = home.json(&["rectify", "show", LIGHT, "--json"])["rev"].as_u64().unwrap().to_string();
    home.says_as("li", &["rectify", "issue", LIGHT, "--rev", &rev]);
    for more in [&[][..], &["--dry-run"]] {
        let args = [&["rectify", "receive", LIGHT, "--rev", &rev][..], more].concat();
        let ran = home.as_typing("cwc", &args, "");
        let day = tijian::locales::day(today(), tijian::locales::Lang::Hant);
        assert!(ran.code == 1 && ran.err.contains("li 於") && ran.err.contains(&day), "{ran:?}");
    }
    assert!(home.refused_to("cwc", &["rectify", "receive", LIGHT, "--rev", "99"]).contains("--rev 99"));
    assert!(home.refused_to("cwc", &["rectify", "receive", LIGHT, GRAVE, "--rev", "1"]).contains("單個"));
    assert_eq!(state(&home, LIGHT), "issued");
}

#[test]
fn a_name_may_be_shorter_and_is_refused_where_it_says_too_little() {
    let home = Home::life();
    for name in [
        LIGHT,
        "2026-4/JG-001/A-02/02",
        "2026-4/JG-001/A-02",
        "2026-4/JG-001/a-02",
        "2026-4/JG-001/02.1",
        "2026-4/JG-001/2",
    ] {
        assert_eq!(home.json(&["rectify", "show", name, "--json"])["finding"], "2026-4/JG-001/A-02/02", "{name}");
    }
    for (name, told) in [
        ("", "寫法"),
        ("x", "寫法"),
        ("2026-4/JG-001/A-02/01", "2026-4/JG-001/A-02/02"),
        ("2026-4/JG-001/A-02/02.7", "沒有第 7 項"),
        ("2026-4/JG-009/A-02/02", "寫法"),
        ("2026-4/JG-002/A-02/02", "寫法"),
        ("\u{1b}[2J/\u{202e}/x", "寫法"),
    ] {
        let said = home.fails(&["rectify", "show", name], 1);
        assert!(said.contains(told) && tijian::text::is_clean(&said, true), "{name:?}: {said}");
    }
    home.fails(&["rectify", "issue"], 2);
    home.fails(&["rectify", "ask", LIGHT, "--to", "morgen", "--reason", "x"], 2);
    home.fails(&["rectify", "sent", "flowers", LIGHT], 2);
}

#[test]
fn hostile_texts_are_refused_and_change_nothing() {
    let home = Home::life();
    let long = "長".repeat(10_000);
    worked(&home, LIGHT);
    let before = home.json(&["rectify", "show", LIGHT, "--json"])["rev"].clone();
    let digits = "x".repeat(64);
    for (field, value, told) in [
        ("--title", long.as_str(), "佐證名稱"),
        ("--title", "\u{1b}[31m紅", "控制字符"),
        ("--title", "", "佐證名稱"),
        ("--kept", "櫃\u{200b}", "控制字符"),
        ("--kept", &long, "最多 80 字"),
        ("--number", &long, "最多 40 字"),
        ("--sha256", "abc", "SHA-256"),
        ("--sha256", &digits, "SHA-256"),
        ("--on-behalf", &long, "最多 40 字"),
        ("--on-behalf", "書記\u{7}", "控制字符"),
    ] {
        let mut args = vec!["rectify", "evidence", LIGHT, "--date", "2026-01-02"];
        for (name, plain) in [("--title", "記錄"), ("--kept", "櫃")] {
            args.extend([name, if field == name { value } else { plain }]);
        }
        if !matches!(field, "--title" | "--kept") {
            args.extend([field, value]);
        }
        let said = home.refused_to("cwc", &args);
        assert!(said.contains(told) && tijian::text::is_clean(&said, true), "{field}: {said}");
        assert!(said.len() < 2000, "what is refused is not told back whole");
    }
    let twice = home.refused_to("cwc", &["rectify", "request", LIGHT, "--gone", "-", "--cause", "-", "--rule", "x"]);
    assert!(twice.contains("標準輸入"), "{twice}");
    assert_eq!(home.json(&["rectify", "show", LIGHT, "--json"])["rev"], before);
}

#[test]
fn every_language_says_what_is_possible() {
    let home = Home::life();
    let english = home.refused_to("cwc", &["--lang", "en", "rectify", "receive", LIGHT]);
    assert!(english.contains("Cannot receive now") && english.contains("possible now: edit the draft"), "{english}");
    let simple = home.refused_to("cwc", &["--lang", "zh-Hans", "rectify", "receive", LIGHT]);
    assert!(simple.contains("现在不能签收"), "{simple}");
    assert!(home.says(&["--lang", "en", "rectify", "show", LIGHT]).contains("Possible now"));
}

#[test]
fn a_claim_is_taken_and_given_back_from_a_script() {
    let home = Home::life();
    worked(&home, LIGHT);
    request(&home, LIGHT, &in_days(0));
    let says = |person: &str, verb: &str| home.says_as(person, &["rectify", verb, LIGHT]);
    let refused = |person: &str, verb: &str, told: &str| {
        let said = home.refused_to(person, &["rectify", verb, LIGHT]);
        assert!(said.contains(told), "{person} {verb}: {said}");
    };
    refused("cwc", "claim", "由管理員、督查員、審批人做");
    assert!(says("li", "claim").contains("領取核驗"));
    let shown = home.says(&["rectify", "show", LIGHT]);
    assert!(shown.contains("領取：li 至") && shown.contains("領取核驗，至"), "{shown}");
    let claim = home.json(&["rectify", "show", LIGHT, "--json"])["items"][0]["claim"].clone();
    assert_eq!(claim["by"], "li");
    assert_eq!(claim["until"].as_i64().unwrap() - claim["at"].as_i64().unwrap(), 2 * 60 * 60 * 1000);
    refused("zhao", "take-up", "li 已領取核驗，至");
    refused("zhao", "release", "li 已領取核驗，至");
    says("li", "release");
    refused("li", "release", "現在不能交還核驗");
    says("zhao", "take-up");
    assert_eq!(home.json(&["rectify", "show", LIGHT, "--json"])["items"][0]["claim"], Value::Null);
}
