//! What the self-check points at, and what it leaves alone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use forms::{BRANCH, ROUND, Walk, day, find, form, id, item, judge, note, person};
use tijian::domain::care::Concern;
use tijian::domain::{
    Class, Day, Did, Evidence, FAST_ITEMS, FAST_SECONDS, FindingId, FollowChange, House, Inspection, InspectionChange,
    InspectionCommand, Judgement, LedgerFinding, LedgerLine, Lint, LintPlace, PersonFacts, RectFacts, RectId, Rev,
    Role, Scale, Severity, Stamp, State, Verdict, apply_follow, apply_inspection, lint_followed, lint_inspection,
    lint_ledger,
};

const FINDING: FindingId = FindingId { round: ROUND, branch: BRANCH, n: 1 };
const RECT: RectId = RectId { finding: FINDING, item: 1 };

fn lints(walk: &Walk) -> Vec<Lint> {
    lint_inspection(&House::default(), &walk.checklist, &walk.inspection)
}

#[test]
fn a_fail_wants_a_finding_and_a_finding_a_verdict_that_falls_short() {
    let mut walk = Walk::new(Scale::Four);
    walk.does("王督查", [judge("A-01", Verdict::Fail), judge("A-02", Verdict::Pass), judge("B-01", Verdict::Fair)]);
    walk.does("王督查", [find("A-02", "缺2次"), find("B-01", "缺1次"), find("Q-01", "未評")]);
    let on_pass = Lint::FindingOnPass { n: 1, item: id("A-02") };
    assert_eq!(lints(&walk), [Lint::FailWithoutFinding(id("A-01")), on_pass]);
    walk.does("王督查", [find("A-01", "缺2次"), InspectionCommand::Withdraw { n: 1 }]);
    assert_eq!(lints(&walk), []);
    walk.checklist.items.retain(|item| item.id != id("B-01"));
    assert_eq!(lints(&walk), [Lint::NoSuchItem { n: 2, item: id("B-01") }]);
}

/// Walks `FAST_ITEMS` items with so many milliseconds between them.
fn walked(step: i64, verdict: Verdict) -> (tijian::domain::Checklist, Inspection) {
    let names: Vec<String> = (0..FAST_ITEMS).map(|n| format!("A-{n:02}")).collect();
    let checklist = form(names.iter().map(|name| item(name, 0, 10)).collect());
    let mut inspection = Inspection::new(ROUND, BRANCH);
    for (name, at) in names.iter().zip(0..) {
        let now = Some(Judgement { verdict, reason: String::new() });
        let change = InspectionChange::Judged { item: id(name), was: None, now };
        apply_inspection(&mut inspection, Rev(1), &person("王督查"), Stamp(at * step), &change);
    }
    (checklist, inspection)
}

#[test]
fn twenty_verdicts_of_one_person_within_a_minute_are_pointed_at() {
    let lints = |step, verdict| {
        let (checklist, inspection) = walked(step, verdict);
        lint_inspection(&House::default(), &checklist, &inspection)
    };
    let fast = |seconds| vec![Lint::TooFast { by: person("王督查"), items: FAST_ITEMS, seconds }];
    // Nineteen steps lie between twenty verdicts: 19 × 3157 ms are 59.983 s, 19 × 3158 ms are 60.002 s.
    assert_eq!(lints(3157, Verdict::Pass), fast(FAST_SECONDS - 1));
    assert_eq!(lints(3158, Verdict::Pass), []);
    assert_eq!(lints(0, Verdict::Good), fast(0), "all at once");
    assert_eq!(lints(0, Verdict::NotApplicable), [], "it needs no looking");
    let (checklist, mut inspection) = walked(0, Verdict::Pass);
    inspection.cells.values_mut().next().unwrap().by = person("李督查");
    assert_eq!(lint_inspection(&House::default(), &checklist, &inspection), [], "two persons");
}

#[test]
fn texts_that_name_persons_or_carry_their_data_are_pointed_at_where_they_stand() {
    let mut walk = Walk::new(Scale::Four);
    walk.does("王督查", [note("A-01", "電話13800138000"), find("A-02", "由張三同志代簽"), find("B-01", "zhao77 未簽")]);
    let named = |n, name: &str| Lint::NamesPerson { place: LintPlace::Finding(n), name: name.to_owned() };
    let phone = Lint::Personal { place: LintPlace::Note(id("A-01")), concern: Concern::Phone };
    assert_eq!(lints(&walk), [phone.clone(), named(1, "張三同志")]);
    let mut house = House::default();
    for handle in ["zhao77", "z"] {
        let facts = PersonFacts { role: Role::Inspector, over: None, belongs: None, post: String::new() };
        house.persons.insert(person(handle), facts);
    }
    let all = lint_inspection(&house, &walk.checklist, &walk.inspection);
    assert_eq!(all, [phone, named(1, "張三同志"), named(2, "zhao77")], "a handle of one character is no name");
}

fn line(state: State) -> LedgerLine {
    LedgerLine {
        state,
        due: day(12, 20),
        first_due: day(12, 20),
        issued: Some(day(11, 1)),
        received: None,
        requested: None,
        requester: None,
        closed: None,
        closer: None,
        in_time: false,
        exempt: None,
        returns: 0,
        extensions: 0,
        asked: false,
        checked: false,
        evidence: 1,
        stages: 0,
        on_the_spot: false,
        post: "支部書記".to_owned(),
    }
}

fn ledger(lines: Vec<LedgerLine>) -> Vec<Lint> {
    let (severity, class) = (Severity::Minor, Class::Limited);
    let finding =
        LedgerFinding { n: 1, item: id("A-01"), fact: String::new(), severity, class, nth: 1, relapse: false, lines };
    lint_ledger(FINDING, &finding)
}

#[test]
fn the_ledger_is_looked_through() {
    assert_eq!(ledger(vec![line(State::Closed), line(State::Working)]), []);
    assert_eq!(ledger(Vec::new()), [Lint::FindingWithoutItem(FINDING)]);
    assert_eq!(ledger(vec![line(State::Revoked)]), [Lint::FindingWithoutItem(FINDING)]);
    let bare = |state| LedgerLine { evidence: 0, ..line(state) };
    assert_eq!(ledger(vec![bare(State::Closed)]), [Lint::ClosedWithoutEvidence(RECT)]);
    assert_eq!(ledger(vec![bare(State::Working)]), []);
    assert_eq!(ledger(vec![LedgerLine { post: " ".to_owned(), ..line(State::Issued) }]), [Lint::PostMissing(RECT)]);
    let late = |issued: Day| LedgerLine { issued: Some(issued), ..line(State::Issued) };
    assert_eq!(ledger(vec![late(day(12, 20))]), []);
    let due = Lint::DueBeforeIssue { rect: RECT, due: day(12, 20), issued: day(12, 21) };
    assert_eq!(ledger(vec![late(day(12, 21))]), [due]);
}

#[test]
fn what_was_written_about_an_item_is_read_too() {
    let facts = forms::finding("A-01", "缺2次");
    let opened = FollowChange::Opened { facts, repeat_of: None, nth: 1, relapse_of: None };
    let draft = |measure: &str| {
        let (lead, post, due) = (String::new(), "支部書記".to_owned(), day(12, 20));
        Did::Drafted(RectFacts { measure: measure.to_owned(), goal: String::new(), lead, post, due })
    };
    let item = |did| FollowChange::Item { n: 1, on: day(11, 1), behalf: String::new(), did };
    let evidence = Evidence {
        title: "王小明老師的說明".to_owned(),
        number: String::new(),
        date: day(11, 2),
        place: "檔案櫃".to_owned(),
        sha256: String::new(),
    };
    let mut followed = None;
    for change in [opened, item(draft("補開，聯繫a@b.org")), item(Did::Evidenced(evidence))] {
        apply_follow(&mut followed, FINDING, Rev(1), &person("王督查"), Stamp(0), &change);
    }
    let place = || LintPlace::Rect(RECT);
    let lints = lint_followed(&House::default(), &followed.unwrap());
    let name = Lint::NamesPerson { place: place(), name: "王小明老師".to_owned() };
    assert_eq!(lints, [Lint::Personal { place: place(), concern: Concern::Email }, name]);
}
