//! The ledger from a script: what is listed, in which order and form, and what is overdue.

mod script;

use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use script::Home;
use serde_json::Value;
use tijian::domain::{
    BranchId, Command, Day, FindingId, FollowCommand, FollowStep, PersonId, Reading, Request, RoundId, Stamp,
};
use tijian::session::SystemClock;
use tijian::store::Store;
use tijian::text::{Ambiguous, width};

fn ids(home: &Home, args: &[&str]) -> Vec<String> {
    let lines = home.json_lines(&[&["ledger", "--json"], args].concat());
    lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

fn golden(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if asked_to("UPDATE_GOLDEN") {
        fs::write(&path, made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "{name} differs: UPDATE_GOLDEN=1 writes it anew:\n{made}");
}

#[expect(clippy::disallowed_methods, reason = "a person asks for it by hand")]
fn asked_to(name: &str) -> bool {
    std::env::var_os(name).is_some()
}

/// Issues a finding of the practice store on a past day, which no script can do.
fn issue_in_the_past(home: &Home, branch: u32, n: u16) {
    let opened = Store::open(&home.store(), "test", "boot", &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    let mut store = opened.store;
    let id = FindingId { round: RoundId(1), branch: BranchId(branch), n };
    let followed = store.shelf.followed(id).unwrap().unwrap();
    let days = Day::new(2026, 4, 20).unwrap().since(Day::new(1970, 1, 1).unwrap());
    let step = FollowStep { item: 1, behalf: String::new(), batch: false, command: FollowCommand::Issue };
    let request =
        Request { by: PersonId("督查甲".to_owned()), saw: followed.rev, command: Command::Follow(id, step) };
    let at = Stamp(i64::from(days) * 86_400_000);
    for answer in store.desk.as_mut().unwrap().step(at, vec![request]) {
        answer.unwrap();
    }
    store.close("boot").unwrap();
}

#[test]
fn the_files_of_the_ledger_are_what_they_were() {
    let home = Home::practice();
    golden("ledger.csv", &home.says(&["ledger", "--round", "2026-2", "--csv"]));
    golden("ledger.jsonl", &home.says(&["ledger", "--round", "2026-2", "--json"]));
    golden("ledger-en.csv", &home.says(&["--lang", "en", "ledger", "--round", "2026-4", "--csv"]));
}

#[test]
fn a_csv_file_reads_back_and_runs_no_formula() {
    let home = Home::life();
    let id = "2026-4/JG-001/A-02/02.1";
    let posts = ["=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", "a,\"b\""];
    home.says_as("office", &[&["post", "add", "--"], &posts[..]].concat());
    for post in posts {
        home.says_as("li", &["rectify", "edit", id, &format!("--post={post}"), &format!("--lead={post}")]);
        let made = home.says(&["ledger", "--csv"]);
        let mut reader = csv::ReaderBuilder::new().from_reader(made.as_bytes());
        let head = reader.headers().unwrap().clone();
        let at = |name: &str| head.iter().position(|head| head == name).unwrap();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 4);
        let row = rows.iter().find(|row| &row[at("問題編號")] == id).unwrap();
        let guarded = if post.starts_with('a') { post.to_owned() } else { format!("'{post}") };
        assert_eq!(&row[at("責任人（崗位）")], guarded);
        assert_eq!(&row[at("責任領導（崗位）")], guarded);
        assert!(made.ends_with("\r\n") && !made.contains("li,"), "{made}");
    }
    assert!(home.says(&["ledger", "--csv", "--bom"]).starts_with("\u{feff}序號,"));
    home.fails(&["ledger", "--bom"], 2);
    home.fails(&["ledger", "--csv", "--json"], 2);
}

#[test]
fn every_object_has_what_other_programs_rest_on() {
    let home = Home::practice();
    let lines = home.json_lines(&["ledger", "--json"]);
    assert_eq!(lines.len(), 15);
    for line in &lines {
        for key in ["id", "branch", "item", "state", "due", "severity"] {
            assert!(line[key].is_string(), "{key}: {line}");
        }
        let id = line["id"].as_str().unwrap();
        assert_eq!(home.json(&["rectify", "show", id, "--json"])["items"][0]["id"], id, "an id is handed back");
    }
}

#[test]
fn filters_find_what_their_names_say() {
    let home = Home::practice();
    assert_eq!(ids(&home, &["--round", "2026-4"]), ["2026-4/JG-001/S-22/01.1"]);
    assert_eq!(ids(&home, &["--round", "2026-2", "--branch", "JG-001"]).len(), 3);
    let below = ids(&home, &["--branch", "JG-Z2"]);
    let rest = ids(&home, &["--branch", "JG-Z1"]);
    assert_eq!(below.len() + rest.len(), 15);
    assert_eq!(ids(&home, &["--branch", "JG"]).len(), 15);
    assert!(below.iter().all(|id| id.contains("JG-001") || id.contains("JG-003")), "{below:?}");
    assert_eq!(ids(&home, &["--item", "s-17"]), ["2026-2/JG-003/S-17/01.1", "2026-3/JG-003/S-17/02.1"]);
    assert_eq!(ids(&home, &["--repeat", "--item", "S-17"]), ["2026-3/JG-003/S-17/02.1"]);
    assert_eq!(ids(&home, &["--class", "長期堅持"]), ["2026-3/JG-002/D-09/02.1"]);
    assert_eq!(ids(&home, &["--state", "issued,closed"]), [] as [&str; 0]);
    home.says(&["rectify", "edit", "2026-2/JG-001/S-13/03", "--due", "2199-01-01"]);
    home.says(&["rectify", "issue", "2026-2/JG-001/S-13/03"]);
    assert_eq!(ids(&home, &["--state", "下发"]), ["2026-2/JG-001/S-13/03.1"]);
    assert_eq!(ids(&home, &["--state", "open"]), ["2026-2/JG-001/S-13/03.1"]);
    assert_eq!(ids(&home, &["--severity", "較重,嚴重"]).len(), 9);
    assert_eq!(ids(&home, &["--limit", "2"]).len(), 2);
    assert_eq!(ids(&home, &["--limit", "0"]).len(), 0);
    // Either script, pinyin, its initials, and several words.
    let found = ids(&home, &["--text", "賬實不符"]);
    assert!(found.contains(&"2026-4/JG-001/S-22/01.1".to_owned()), "{found:?}");
    assert_eq!(ids(&home, &["--text", "账实不符"]), found);
    assert_eq!(ids(&home, &["--text", "zhangshibufu"]), found);
    assert_eq!(ids(&home, &["--text", "账实 JG-001"]), ["2026-4/JG-001/S-22/01.1"]);
    assert_eq!(ids(&home, &["--text", "xyzzy"]), [] as [&str; 0]);
    for (args, told) in [(["--round", "2030-1"], "沒有這個輪次"), (["--branch", "JG-999"], "JG-999")] {
        assert!(home.fails(&[&["ledger"][..], &args].concat(), 1).contains(told));
    }
    home.fails(&["ledger", "--state", "lost"], 2);
    home.fails(&["ledger", "--sort", "beauty"], 2);
}

#[test]
fn each_order_is_what_people_expect() {
    let home = Home::practice();
    let of = |sort: &str, key: &str| -> Vec<Value> {
        let lines = home.json_lines(&["ledger", "--json", "--sort", sort]);
        assert_eq!(lines.len(), 15);
        lines.into_iter().map(|line| line[key].clone()).collect()
    };
    let due = of("due", "due");
    assert!(due.is_sorted_by_key(|day| day.as_str().unwrap().to_owned()), "{due:?}");
    let severity = of("severity", "severity");
    assert!(severity.is_sorted_by_key(|word| word == "minor"), "{severity:?}");
    let branch = of("branch", "branch");
    let mut grouped = branch.clone();
    grouped.dedup();
    assert_eq!(grouped.len(), 4, "{branch:?}");
    let first = home.json_lines(&["ledger", "--json", "--sort", "due", "--limit", "1"]);
    assert_eq!(first[0]["due"], due[0]);
}

#[test]
fn the_table_stands_in_columns() {
    let home = Home::practice();
    let said = home.says(&["ledger", "--round", "2026-2"]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 9, "a head, seven items, a sum: {said}");
    assert!(lines[0].starts_with("問題編號") && lines[8].contains("共 7 項"));
    let column = |line: &str, mark: &str| width(&line[..line.find(mark).unwrap()], Ambiguous::Narrow);
    assert!(lines[1..8].iter().all(|line| column(line, "擬定") == column(lines[0], "進展")), "{said}");
    assert!(home.says(&["ledger", "--state", "closed"]).contains("沒有符合條件"));
    assert!(home.says(&["--lang", "en", "ledger", "--round", "2026-2"]).contains("7 items"));
}

#[test]
fn what_waits_for_somebody_is_theirs_by_role_and_place() {
    let home = Home::life();
    let mine = |person: &str| home.as_typing(person, &["ledger", "--json", "--mine"], "").out.lines().count();
    assert_eq!((mine("li"), mine("cwc"), mine("zhao"), mine("nobody")), (4, 0, 0, 0));
    let id = "2026-4/JG-001/A-01/01";
    home.says_as("li", &["rectify", "issue", id]);
    assert_eq!((mine("li"), mine("cwc")), (3, 1));
    home.says_as("cwc", &["rectify", "receive", id]);
    home.says_as("cwc", &["rectify", "start", id, "--measure", "補開"]);
    let today = SystemClock::stamp().china_day();
    home.says_as("cwc", &["rectify", "ask", id, "--to", &today.plus(60).to_string(), "--reason", "換屆"]);
    assert_eq!((mine("cwc"), mine("zhao")), (1, 1), "a wish waits for the one who answers it");
    home.says_as("zhao", &["rectify", "deny", id, "--reason", "不必"]);
    let today = today.to_string();
    home.says_as("cwc", &["rectify", "evidence", id, "--title", "記錄", "--date", &today, "--kept", "櫃"]);
    home.says_as("cwc", &["rectify", "request", id, "--gone", "是", "--cause", "是", "--rule", "是"]);
    assert_eq!((mine("cwc"), mine("zhao"), mine("li")), (0, 1, 4));
    home.says_as("office", &["person", "edit", "zhao", "--belongs", "JG-001"]);
    assert_eq!(mine("zhao"), 0, "nobody verifies for their own branch");
}

#[test]
fn cron_is_told_by_an_exit_code() {
    let home = Home::practice();
    let ran = home.runs(&["overdue", "--exit-code"]);
    assert!(ran.code == 0 && ran.out.contains("沒有符合條件"), "{ran:?}");
    issue_in_the_past(&home, 4, 1);
    issue_in_the_past(&home, 4, 2);
    let ran = home.runs(&["overdue"]);
    assert!(ran.code == 0 && ran.err.is_empty() && ran.out.contains("逾期"), "{ran:?}");
    let ran = home.runs(&["overdue", "--exit-code"]);
    assert!(ran.code == 6 && ran.err.contains("有 2 項") && ran.out.contains("2026-2/JG-001/R-06/01.1"), "{ran:?}");
    assert!(ran.out.find("R-06").unwrap() < ran.out.find("S-05").unwrap(), "the longest first: {}", ran.out);
    let lines = home.json_lines(&["overdue", "--json"]);
    assert!(lines.iter().all(|line| line["overdue"] == true && line["days_overdue"].as_i64().unwrap() > 0));
    assert_eq!(ids(&home, &["--overdue"]).len(), 2);
    assert_eq!(home.runs(&["overdue", "--exit-code", "--branch", "JG-002"]).code, 0);
    home.says(&["rectify", "exempt", "2026-2/JG-001/R-06/01", "--until", "2199-01-01", "--reason", "機構改革"]);
    assert_eq!(ids(&home, &["--overdue"]), ["2026-2/JG-001/S-05/02.1"]);
    // What is near is asked for by its days.
    let soon = SystemClock::stamp().china_day().plus(5).to_string();
    home.says(&["rectify", "edit", "2026-2/JG-001/S-13/03", "--due", &soon]);
    home.says(&["rectify", "issue", "2026-2/JG-001/S-13/03"]);
    assert_eq!(ids(&home, &["--due-within", "4"]).len(), 0);
    assert_eq!(ids(&home, &["--due-within", "5"]), ["2026-2/JG-001/S-13/03.1"]);
    assert_eq!(home.json_lines(&["overdue", "--within", "5", "--json"]).len(), 2);
}

#[test]
fn a_reader_that_goes_away_ends_a_long_list() {
    let home = Home::practice();
    for form in ["--csv", "--json"] {
        let mut child = Process::new(env!("CARGO_BIN_EXE_tijian"))
            .arg("--data")
            .arg(home.store())
            .args(["ledger", form])
            .env_clear()
            .env("HOME", home.dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = Process::new(env!("CARGO_BIN_EXE_tijian"))
        .arg("--data")
        .arg(home.store())
        .args(["ledger", "--csv"])
        .env_clear()
        .env("HOME", home.dir.path())
        .stdout(full)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(5));
}

#[test]
fn a_claim_that_holds_is_told_with_its_post_and_never_with_a_name() {
    let home = Home::life();
    let id = "2026-4/JG-001/A-02/02.1";
    home.says_as("office", &["person", "add", "wang", "--role", "inspector", "--post", "支部書記"]);
    home.says_as("li", &["rectify", "issue", id]);
    home.says_as("cwc", &["rectify", "receive", id]);
    home.says_as("cwc", &["rectify", "start", id, "--measure", "補開"]);
    let today = SystemClock::stamp().china_day().to_string();
    home.says_as("cwc", &["rectify", "evidence", id, "--title", "記錄", "--date", &today, "--kept", "檔案櫃"]);
    home.says_as("cwc", &["rectify", "request", id, "--gone", "已補開", "--cause", "專人提醒", "--rule", "寫入制度"]);
    let claim = |home: &Home| {
        let lines = home.json_lines(&["ledger", "--json"]);
        let line = lines.into_iter().find(|line| line["id"] == id).unwrap();
        (line["claim"]["post"].clone(), line["claim"]["until"].is_number())
    };
    assert_eq!(claim(&home), (Value::Null, false));
    home.says_as("wang", &["rectify", "claim", id]);
    assert_eq!(claim(&home), ("支部書記".into(), true));
    let csv = home.says(&["ledger", "--csv"]);
    assert!(csv.lines().next().unwrap().ends_with(",備註,領取核驗（崗位）"), "{csv}");
    let row = csv.lines().find(|line| line.contains(id)).unwrap();
    assert!(row.rsplit(',').next().unwrap().starts_with("支部書記 至 20") && !row.contains("wang"), "{row}");
    home.says_as("wang", &["rectify", "release", id]);
    assert_eq!(claim(&home), (Value::Null, false));
}
