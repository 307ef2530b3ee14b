//! `tijian lint` kind by kind: each remark is made where something is wrong, and gone once it is put right.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test says so")]

mod keep;
mod script;

use keep::{NINE, does, inspect, item, request, step};
use script::Home;
use serde_json::Value;
use tijian::domain::{
    BranchId, Class, Command, Day, FindingFacts, FindingId, FollowCommand, FollowStep, InspectionCommand, Judgement,
    RectFacts, RoundId, Severity, Stamp, Verdict,
};
use tijian::import::checklist::builtin;
use tijian::store::Store;

const DAY: i64 = 86_400_000;
const HALF_A_MINUTE: i64 = 30_000;

/// A home of one local user, whose commands go straight to the desk.
struct Bench {
    home: Home,
}

impl Bench {
    /// Furnished, with every item of the first branch judged at a walking pace: the first fails, the others pass.
    fn walked() -> Self {
        let bench = Self { home: Home::empty() };
        bench.acts(|store| {
            keep::furnish(store);
            // What is furnished stands on the second item; here nothing is wrong to begin with.
            does(store, inspect(1, InspectionCommand::Withdraw { n: 1 }));
            for (at, one) in builtin().items.iter().enumerate() {
                let verdict = if at == 0 { Verdict::Fail } else { Verdict::Pass };
                let judged = (one.id.clone(), Some(Judgement { verdict, reason: String::new() }));
                let command = inspect(1, InspectionCommand::Judge(vec![judged]));
                let when = Stamp(NINE.0 + i64::try_from(at).unwrap() * HALF_A_MINUTE);
                step(store, when, vec![request("甲", command)]).pop().unwrap().unwrap();
            }
            does(store, found(0, "記錄不全"));
        });
        bench
    }

    /// Does something in the store, which is closed again: the program finds it as it would any.
    fn acts<T>(&self, act: impl FnOnce(&mut Store) -> T) -> T {
        std::fs::create_dir_all(self.home.store()).unwrap();
        let mut store = keep::open(&self.home.store()).store;
        let done = act(&mut store);
        store.close("boot").unwrap();
        done
    }

    fn inspects(&self, command: InspectionCommand) {
        self.acts(|store| does(store, inspect(1, command)));
    }

    fn signs(&self) {
        self.inspects(InspectionCommand::SignOff);
    }

    /// Takes a step with the first item of a finding on a day after the first.
    fn follows(&self, n: u16, days: i64, command: FollowCommand) {
        let id = FindingId { round: RoundId(1), branch: BranchId(1), n };
        let command = Command::Follow(id, FollowStep { item: 1, behalf: String::new(), batch: false, command });
        self.acts(|store| {
            step(store, Stamp(NINE.0 + days * DAY), vec![request("甲", command)]).pop().unwrap().unwrap();
        });
    }

    /// The kinds of remarks.
    fn kinds(&self) -> Vec<String> {
        let lines = self.home.json_lines(&["lint", "2026-4", "JG-1", "--json"]);
        lines.iter().map(|line| line["remark"].as_str().unwrap().to_owned()).collect()
    }

    /// The one remark that there is.
    fn only(&self, kind: &str) -> Value {
        let lines = self.home.json_lines(&["lint", "2026-4", "JG-1", "--json"]);
        assert!(lines.len() == 1 && lines[0]["remark"] == kind, "{kind}: {lines:?}");
        assert_eq!((&lines[0]["round"], &lines[0]["branch"]), (&"2026-4".into(), &"JG-1".into()));
        assert!(!lines[0]["text"].as_str().unwrap().is_empty());
        lines[0].clone()
    }
}

fn facts(at: usize, fact: &str, due: Day) -> FindingFacts {
    FindingFacts { item: item(at), fact: fact.to_owned(), severity: Severity::Minor, class: Class::Limited, due }
}

fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

fn found(at: usize, fact: &str) -> Command {
    inspect(1, InspectionCommand::Find { n: None, facts: facts(at, fact, day(12, 20)) })
}

fn note(at: usize, text: &str) -> InspectionCommand {
    InspectionCommand::Note { item: item(at), text: text.to_owned() }
}

#[test]
fn where_nothing_is_wrong_nothing_is_said_and_cron_hears_so() {
    let bench = Bench::walked();
    assert_eq!(bench.kinds(), [""; 0]);
    assert_eq!(bench.home.says(&["lint", "2026-4", "JG-1", "--json"]), "");
    let ran = bench.home.runs(&["lint", "2026-4", "JG-1", "--exit-code"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(!ran.out.is_empty(), "a person hears that there is nothing");
}

#[test]
fn a_fail_without_a_finding_is_named_until_it_has_one() {
    let bench = Bench::walked();
    bench.acts(|store| {
        let judged = (item(3), Some(Judgement { verdict: Verdict::Fail, reason: String::new() }));
        does(store, inspect(1, InspectionCommand::Judge(vec![judged])));
    });
    bench.inspects(note(3, "另有說明"));
    let line = bench.only("fail_without_finding");
    assert_eq!((&line["item"], &line["finding"], &line["id"]), (&item(3).0.into(), &Value::Null, &Value::Null));
    bench.acts(|store| does(store, found(3, "缺1次")));
    assert_eq!(bench.kinds(), [""; 0]);
}

#[test]
fn a_finding_on_what_passed_is_named_until_it_is_withdrawn() {
    let bench = Bench::walked();
    let n = 3;
    bench.acts(|store| does(store, found(5, "缺1次")));
    let line = bench.only("finding_on_pass");
    assert_eq!((&line["item"], &line["finding"]), (&item(5).0.into(), &n.into()));
    bench.inspects(InspectionCommand::Withdraw { n });
    assert_eq!(bench.kinds(), [""; 0]);
}

#[test]
fn verdicts_faster_than_anybody_looks_are_named_until_they_are_given_again() {
    let bench = Bench::walked();
    let all = || {
        let passes = builtin().items.iter().skip(1).take(20);
        passes.map(|one| (one.id.clone(), Some(Judgement { verdict: Verdict::Pass, reason: String::new() })))
    };
    let good =
        |(id, judged): (_, Option<Judgement>)| (id, judged.map(|one| Judgement { verdict: Verdict::Good, ..one }));
    bench.acts(|store| does(store, inspect(1, InspectionCommand::Judge(all().map(good).collect()))));
    let line = bench.only("too_fast");
    assert_eq!((&line["item"], &line["id"]), (&Value::Null, &Value::Null));
    bench.acts(|store| {
        for (at, judged) in (1..).zip(all()) {
            let command = inspect(1, InspectionCommand::Judge(vec![judged]));
            let when = Stamp(NINE.0 + DAY + at * HALF_A_MINUTE);
            step(store, when, vec![request("甲", command)]).pop().unwrap().unwrap();
        }
    });
    assert_eq!(bench.kinds(), [""; 0]);
}

#[test]
fn texts_with_persons_in_them_are_named_until_they_are_written_anew() {
    let bench = Bench::walked();
    bench.inspects(note(2, "電話13800138000"));
    let line = bench.only("personal");
    assert_eq!((&line["item"], &line["finding"]), (&item(2).0.into(), &Value::Null));
    bench.inspects(note(2, "看了三本"));
    assert_eq!(bench.kinds(), [""; 0]);
    let again = |fact| InspectionCommand::Find { n: Some(2), facts: facts(0, fact, day(12, 20)) };
    bench.inspects(again("由張三同志代簽"));
    let line = bench.only("names_person");
    assert_eq!((&line["item"], &line["finding"]), (&Value::Null, &2.into()));
    bench.inspects(again("由他人代簽"));
    assert_eq!(bench.kinds(), [""; 0]);
}

#[test]
fn an_item_without_a_post_is_named_by_its_name_until_it_has_one() {
    let bench = Bench::walked();
    bench.signs();
    let draft = |post: &str| {
        let (measure, lead, post) = (String::new(), String::new(), post.to_owned());
        FollowCommand::Edit(RectFacts { measure, lead, post, due: day(12, 20) })
    };
    bench.follows(2, 0, draft(""));
    let line = bench.only("post_missing");
    let name = bench.home.json_lines(&["ledger", "--json"])[0]["id"].clone();
    assert_eq!((&line["id"], &line["finding"]), (&name, &2.into()));
    bench.follows(2, 0, draft("支部書記"));
    assert_eq!(bench.kinds(), [""; 0]);
}

#[test]
fn a_finding_without_an_item_is_named_until_it_has_one_again() {
    let bench = Bench::walked();
    bench.signs();
    bench.follows(2, 0, FollowCommand::Revoke { reason: "重複記錄".to_owned() });
    let line = bench.only("finding_without_item");
    assert_eq!(line["finding"], 2);
    assert!(line["id"].as_str().unwrap().ends_with("/02"), "{line}");
}

#[test]
fn exit_codes_and_scope_are_those_of_what_was_asked_for() {
    let bench = Bench::walked();
    bench.inspects(note(2, "電話13800138000"));
    bench.inspects(note(4, "電話13900139000"));
    let ran = |args: &[&str]| bench.home.runs(&[&["lint"], args].concat());
    assert_eq!(ran(&[]).code, 0, "what is found stops nobody who did not ask for it");
    for args in [&["--exit-code"][..], &["2026-4", "--exit-code"], &["2026-4", "JG-1", "--exit-code"]] {
        let ran = ran(args);
        assert_eq!(ran.code, 7, "{args:?}: {ran:?}");
        assert!(ran.err.contains('2') && ran.out.contains("2026-4/JG-1"), "{args:?}: {ran:?}");
    }
    let json = ran(&["--json", "--exit-code"]);
    assert_eq!((json.code, json.out.lines().count()), (7, 2));
    assert!(json.out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    let other = ran(&["2026-4", "JG-2", "--exit-code"]);
    assert_eq!((other.code, other.err.as_str()), (0, ""), "the other branch has nothing");
    for args in [&["2026-9"][..], &["2026-4", "JG-9"], &["2026-4", "JG-3"]] {
        let ran = ran(args);
        assert!(ran.code != 0 && ran.code != 7 && !ran.err.is_empty(), "{args:?}: {ran:?}");
    }
}
