//! The journal's spelling never changes: every kind of change against a file that is kept for ever.
//!
//! A new kind of change is appended to the list, and `UPDATE_GOLDEN=1` writes the file anew; the old lines stay.
#![allow(clippy::unwrap_used, reason = "a trial fails where it fails")]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tijian::domain::{
    Answers, Basis, BranchChange, BranchFacts, BranchId, BranchKind, Card, Change, Checklist, Class, Closings,
    Counting, Criteria, Day, Did, EditionId, Entry, Evidence, Figures, FindingFacts, FindingId, FollowChange, Gate,
    GradeBounds, Group, HouseChange, InspectionChange, Item, ItemId, Judgement, KeyFacts, Look, LookbackChange,
    LookbackId, Method, Of, Outcome, Paper, PersonFacts, PersonId, Points, Policy, Profile, Rate, Rates, RectFacts,
    RectId, Rev, Role, RoundChange, RoundId, RoundPlan, Rule, Said, Scale, ScoreLine, Seq, Severity, Spread, Stamp,
    Tag, Verdict, Verdicts, Year,
};
use tijian::store::{FileJournal, Journal};

const EDITION: EditionId = EditionId([0x5a; 32]);
const INSPECTED: Of = Of::Inspection(RoundId(1), BranchId(2));

fn said(words: [&str; 3]) -> Said {
    Said { hant: words[0].to_owned(), hans: words[1].to_owned(), en: words[2].to_owned() }
}

fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

fn facts() -> BranchFacts {
    BranchFacts {
        parent: Some(BranchId(1)),
        code: "JG-003".to_owned(),
        name: "機關第三黨支部".to_owned(),
        full_name: "中共練習單位機關第三支部委員會".to_owned(),
        kind: BranchKind::Zhibu,
        profile: Some(Profile::University),
        full_members: Some(18),
        all_members: Some(20),
        committee: Some(0),
        groups: Some(3),
        term_start: Some(day(4, 3)),
        term_years: Some(3),
    }
}

fn plan() -> RoundPlan {
    RoundPlan {
        code: "2026-4".to_owned(),
        name: "四季度體檢".to_owned(),
        from: day(10, 1),
        to: day(12, 31),
        edition: EDITION,
        profile: Profile::Jiguan,
        scale: Scale::Four,
        grades: GradeBounds { excellent: 900, good: 800, pass: 600 },
        vetoes: vec!["三會一課".to_owned()],
        ranked: false,
    }
}

fn finding(severity: Severity, class: Class) -> FindingFacts {
    FindingFacts {
        item: ItemId("S-01".to_owned()),
        fact: "記錄「不全」\n缺 2 次 \\ \"引\"".to_owned(),
        severity,
        class,
        due: day(12, 20),
    }
}

fn checklist() -> Checklist {
    let basis = |tag| Basis { rule: "ZHIBU2018".to_owned(), article: "第五條".to_owned(), tag };
    let item = |id: &str, group| Item {
        id: ItemId(id.to_owned()),
        group,
        title: said(["支委會", "支委会", "Committee"]),
        look: said(["看記錄", "看记录", "Look at the minutes"]),
        methods: vec![Method::Docs, Method::Interview, Method::Onsite],
        evidence: said(["會議記錄\n簽到", "会议记录\n签到", "minutes\nsign-in"]),
        basis: [Tag::V, Tag::C, Tag::S, Tag::L, Tag::U].map(basis).to_vec(),
        basis_university: Some(vec![basis(Tag::S)]),
        points: Points(65),
        severity: Severity::Critical,
        class: Class::Standing,
        days: 30,
        finding: said(["缺{n}次", "缺{n}次", "{n} missing"]),
        sensitive: true,
        na_ok: false,
        first_round_na: true,
        veto: Some("三會一課".to_owned()),
        derived: true,
    };
    let bare = Item { veto: None, basis_university: None, severity: Severity::None, ..item("Q-01", 1) };
    let card = |id: &str, scored| Card { id: id.to_owned(), name: said(["責任", "责任", "Duty"]), scored };
    let group =
        |id: &str, card| Group { id: id.to_owned(), name: said(["組織生活", "组织生活", "Life"]), card };
    Checklist {
        edition: "2026-11".to_owned(),
        title: said(["黨建體檢", "党建体检", "Checkup"]),
        cards: vec![card("S", true), card("Q", false)],
        groups: vec![group("S1", 0), group("Q1", 1)],
        items: vec![item("S-01", 0), bare],
        rules: vec![Rule {
            key: "ZHIBU2018".to_owned(),
            title: said(["《支部條例》", "《支部条例》", "Branch Regulations"]),
            by_reference: true,
        }],
    }
}

fn judged(was: Option<Verdict>, now: Option<Verdict>) -> Change {
    let judgement = |verdict| Judgement {
        verdict,
        reason: if verdict == Verdict::NotApplicable { "無此崗位".to_owned() } else { String::new() },
    };
    let (was, now) = (was.map(judgement), now.map(judgement));
    Change::Inspection(InspectionChange::Judged { item: ItemId("S-01".to_owned()), was, now })
}

fn house() -> Vec<Change> {
    vec![Change::House(HouseChange::Named { was: String::new(), now: "練習單位 \u{1f3e2}".to_owned() })]
}

fn branches() -> Vec<(BranchId, Vec<Change>)> {
    let top = BranchFacts { code: "JG".to_owned(), name: "機關黨委".to_owned(), ..BranchFacts::default() };
    let of_kind = |kind| BranchFacts { kind, profile: Some(Profile::Jiguan), ..facts() };
    let edited = |was, now| Change::Branch(BranchChange::Edited { was: of_kind(was), now: of_kind(now) });
    vec![
        (BranchId(1), vec![Change::Branch(BranchChange::Added(top))]),
        (BranchId(2), vec![Change::Branch(BranchChange::Added(facts()))]),
        (
            BranchId(2),
            vec![
                edited(BranchKind::Zhibu, BranchKind::Xiaozu),
                edited(BranchKind::Zongzhi, BranchKind::Dangwei),
                edited(BranchKind::Dangwei, BranchKind::Gongwei),
            ],
        ),
        (BranchId(2), vec![Change::Branch(BranchChange::Retired { reason: "併入第二支部".to_owned() })]),
        (BranchId(2), vec![Change::Branch(BranchChange::Restored)]),
    ]
}

fn rounds() -> Vec<Vec<Change>> {
    let two = RoundPlan { scale: Scale::Two, profile: Profile::University, vetoes: Vec::new(), ..plan() };
    vec![
        vec![
            Change::Round(RoundChange::Opened(plan())),
            Change::Round(RoundChange::Joined(vec![BranchId(1), BranchId(2)])),
        ],
        vec![Change::Round(RoundChange::Edited { was: plan(), now: two })],
        vec![Change::Round(RoundChange::Left(vec![BranchId(1)]))],
        vec![Change::Round(RoundChange::Closed)],
    ]
}

fn inspections() -> Vec<Vec<Change>> {
    let item = ItemId("S-01".to_owned());
    let noted = |was: &str, now: &str| {
        let (item, was, now) = (item.clone(), was.to_owned(), now.to_owned());
        Change::Inspection(InspectionChange::Noted { item, was, now })
    };
    let found = |was, now| Change::Inspection(InspectionChange::Found { n: 1, was, now });
    let (minor, major) = (finding(Severity::Minor, Class::Immediate), finding(Severity::Major, Class::Limited));
    let score = ScoreLine { got: 123_456, applicable: 985, excluded: 15, answered: 66, failed: 2, findings: 1 };
    vec![
        Verdict::ALL.into_iter().map(|verdict| judged(None, Some(verdict))).collect(),
        vec![judged(Some(Verdict::NotApplicable), None)],
        vec![noted("", "第一行\n第二行\t\u{7f}"), noted("第一行", "")],
        [true, false].map(|now| Change::Inspection(InspectionChange::Marked { item: item.clone(), now })).to_vec(),
        vec![found(None, Some(minor.clone())), found(Some(minor), Some(major.clone())), found(Some(major), None)],
        vec![Change::Inspection(InspectionChange::Undid { seq: Seq(14) }), judged(Some(Verdict::Fail), None)],
        vec![Change::Inspection(InspectionChange::Redid { seq: Seq(14) }), judged(None, Some(Verdict::Fail))],
        vec![Change::Inspection(InspectionChange::Signed { score })],
        vec![Change::Inspection(InspectionChange::Reopened { reason: "補簽".to_owned() })],
    ]
}

/// What the office has set, and the life of a finding's items with every step there is.
fn later() -> Vec<(Of, Vec<Change>)> {
    let policy = Policy { gate: Gate::Post, counting: Counting::Working, near: 5, ..Policy::default() };
    let person = |role, over| PersonFacts { role, over, belongs: over, post: "支部書記".to_owned() };
    let who = || PersonId("李書記".to_owned());
    let year = Year { off: vec![day(10, 1), day(10, 2)], worked: vec![day(10, 10)] };
    let manned = |was, now| Change::House(HouseChange::Manned { who: who(), was, now });
    let branch = person(Role::Branch, Some(BranchId(2)));
    let mut house = vec![
        Change::House(HouseChange::Governed { was: Policy::default(), now: policy }),
        manned(None, Some(branch.clone())),
    ];
    let mut stood = branch;
    for role in [Role::Admin, Role::Inspector, Role::Approver, Role::Viewer] {
        let now = person(role, None);
        house.push(manned(Some(std::mem::replace(&mut stood, now.clone())), Some(now)));
    }
    house.push(manned(Some(stood), None));
    house.push(Change::House(HouseChange::Dated { year: 2026, was: None, now: year }));
    let id = FindingId { round: RoundId(1), branch: BranchId(2), n: 1 };
    let (minor, major) = (finding(Severity::Minor, Class::Immediate), finding(Severity::Major, Class::Standing));
    let before = FindingId { n: 7, ..id };
    let opened = FollowChange::Opened {
        facts: minor.clone(),
        repeat_of: Some(before),
        nth: 2,
        relapse_of: Some(RectId { finding: before, item: 1 }),
    };
    let mut changes = vec![
        Change::Follow(opened),
        Change::Follow(FollowChange::Opened { facts: minor.clone(), repeat_of: None, nth: 1, relapse_of: None }),
        Change::Follow(FollowChange::Restated { was: minor, now: major }),
    ];
    let draft = RectFacts {
        measure: "補開".to_owned(),
        goal: String::new(),
        lead: "黨委書記".to_owned(),
        post: "支部書記".to_owned(),
        due: day(12, 20),
    };
    let evidence = Evidence {
        title: "支部黨員大會記錄".to_owned(),
        number: "記〔2026〕3號".to_owned(),
        date: day(12, 1),
        place: "檔案櫃".to_owned(),
        sha256: "5a".repeat(32),
    };
    let answers =
        Answers { gone: "已補開".to_owned(), cause: "已明確專人".to_owned(), rule: "列入計劃".to_owned() };
    let reason = || "理由".to_owned();
    let mut steps = vec![
        Did::Drafted(draft.clone()),
        Did::Edited { was: draft.clone(), now: RectFacts { measure: "補開並公示".to_owned(), ..draft } },
        Did::Issued,
        Did::Received,
        Did::Started { goal: String::new(), measure: "補開並公示".to_owned() },
        Did::Started { goal: String::new(), measure: String::new() },
        Did::Evidenced(evidence),
        Did::Asked { to: day(12, 28), reason: reason() },
        Did::Granted { was: day(12, 20), due: day(12, 28) },
        Did::Denied { reason: reason() },
        Did::Requested(answers),
        Did::TakenUp,
        Did::Checked,
        Did::Returned { reason: reason(), was: day(12, 28), due: day(12, 30) },
        Did::StageClosed { next: day(12, 31) },
        Did::Exempted { until: day(12, 31), reason: reason() },
        Did::Lifted { reason: reason() },
        Did::PutRight,
        Did::Closed { in_time: true },
        Did::Revoked { reason: reason() },
    ];
    steps.extend(Paper::ALL.map(Did::Sent));
    let behalf = |did: &Did| if matches!(did, Did::Received) { "支部書記".to_owned() } else { String::new() };
    let step = |did: Did| Change::Follow(FollowChange::Item { n: 1, on: day(12, 2), behalf: behalf(&did), did });
    changes.extend(steps.into_iter().map(step));
    vec![(Of::House, house), (Of::Finding(id), changes)]
}

/// A team, and a round that ends twice.
fn ended() -> Vec<(Of, Vec<Change>)> {
    let people = |names: &[&str]| names.iter().map(|name| PersonId((*name).to_owned())).collect::<Vec<_>>();
    let (two, three) = (people(&["李督查", "王督查"]), people(&["張督查"]));
    let rate = |got, of| Rate { got, of };
    let tally = Closings {
        closing: rate(39, 40),
        measures: rate(83, 101),
        on_time: rate(30, 35),
        extended: rate(2, 4),
        overdue: rate(3, 18),
        first_pass: rate(80, 83),
        days: Spread([(12, 3), (31, 80)].into()),
    };
    let rates = Rates { tally, standing: Closings::default(), relapse: rate(1, 5), coverage: rate(19, 20) };
    let verdicts = Verdicts { pass: 1000, good: 60, fair: 40, fail: 30, not_applicable: 30 };
    let figures = Figures { on: day(12, 31), got: 123_456, applicable: 19_700, verdicts, findings: 40, rates };
    let changes = vec![
        RoundChange::Assigned { unit: BranchId(1), was: Vec::new(), now: two.clone() },
        RoundChange::Assigned { unit: BranchId(1), was: two, now: three },
        RoundChange::Frozen(Box::new(figures)),
        RoundChange::Corrected { reason: "漏記一項".to_owned() },
    ];
    vec![(Of::Round(RoundId(1)), changes.into_iter().map(Change::Round).collect())]
}

/// Two units that become one, and two again.
fn merged() -> Vec<(Of, Vec<Change>)> {
    let of = |id: u32, change| (Of::Branch(BranchId(id)), vec![Change::Branch(change)]);
    vec![
        of(2, BranchChange::Merged { into: BranchId(1), reason: "併入機關黨委".to_owned() }),
        of(1, BranchChange::Inherited(vec![BranchId(2)])),
        of(1, BranchChange::Relinquished(vec![BranchId(2)])),
    ]
}

/// A look-back with every change there is, and the finding that it has opened.
fn looked_back() -> Vec<(Of, Vec<Change>)> {
    let old = FindingId { round: RoundId(1), branch: BranchId(2), n: 1 };
    let rect = RectId { finding: old, item: 1 };
    let criteria = Criteria {
        severity: Some(Severity::Minor),
        over: Some(BranchId(1)),
        closer: Some(PersonId("王督查".to_owned())),
        size: 5,
    };
    let all = Criteria { severity: None, over: None, closer: None, size: 200 };
    let look = |outcome, note: &str| Look { outcome, note: note.to_owned() };
    let looked =
        |behalf: &str, was, now| LookbackChange::Looked { rect, on: day(12, 30), behalf: behalf.to_owned(), was, now };
    let valid = look(Outcome::Valid, "");
    let changes = vec![
        LookbackChange::Drawn { criteria, seed: u64::MAX, population: 83, drawn: vec![rect] },
        LookbackChange::Drawn { criteria: all, seed: 0, population: 1, drawn: vec![rect] },
        looked("", None, valid.clone()),
        looked("回頭看組", Some(valid), look(Outcome::Relapsed, "又缺\n一次")),
        LookbackChange::Ended { reason: String::new() },
        LookbackChange::Ended { reason: "支部已撤銷".to_owned() },
    ];
    let facts = finding(Severity::Minor, Class::Limited);
    let relapsed = FollowChange::Relapsed { lookback: LookbackId(1), facts, of: rect, nth: 2 };
    vec![
        (Of::Lookback(LookbackId(1)), changes.into_iter().map(Change::Lookback).collect()),
        (Of::Finding(FindingId { n: 2, ..old }), vec![Change::Follow(relapsed)]),
    ]
}

/// A post that comes, and one that goes.
fn posts() -> Vec<Change> {
    vec![
        Change::House(HouseChange::PostAdded { post: "督查一組".to_owned() }),
        Change::House(HouseChange::PostRemoved { post: "副書記".to_owned() }),
    ]
}

/// A draft and a start that say what is reached.
fn aimed() -> (Of, Vec<Change>) {
    let facts = RectFacts {
        measure: "補開".to_owned(),
        goal: "每季度一次".to_owned(),
        lead: String::new(),
        post: "支部書記".to_owned(),
        due: day(12, 20),
    };
    let started = Did::Started { measure: String::new(), goal: "每季度不少於一次".to_owned() };
    let step = |did| Change::Follow(FollowChange::Item { n: 2, on: day(12, 2), behalf: String::new(), did });
    let id = FindingId { round: RoundId(1), branch: BranchId(2), n: 1 };
    (Of::Finding(id), [Did::Drafted(facts), started].map(step).to_vec())
}

/// Ways in that are bound to persons, and taken from them.
fn ways() -> Vec<(Of, Vec<Change>)> {
    let key = || "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA0GH4jDrXXr5oMTVnYbQyYMwBzWVKDgsHAJnMlzcaYh".to_owned();
    let facts = |label: &str| KeyFacts { holder: PersonId("li".to_owned()), label: label.to_owned() };
    let keyed = |was, now| Change::House(HouseChange::Keyed { key: key(), was, now });
    let login = || "lixiaoming".to_owned();
    let lodged = |was, now| Change::House(HouseChange::Lodged { login: login(), was, now });
    let holder = || PersonId("li".to_owned());
    let changes = vec![
        keyed(None, Some(facts("辦公室"))),
        keyed(Some(facts("辦公室")), Some(facts(""))),
        keyed(Some(facts("")), None),
        lodged(None, Some(holder())),
        lodged(Some(holder()), None),
    ];
    vec![(Of::House, changes)]
}

/// A card that is taken, and given back.
fn cards() -> Vec<Change> {
    [InspectionChange::CardTaken { card: 2 }, InspectionChange::CardGiven { card: 2 }].map(Change::Inspection).to_vec()
}

/// A claim, and one that is given back.
fn claimed() -> (Of, Vec<Change>) {
    let step = |did| Change::Follow(FollowChange::Item { n: 1, on: day(12, 2), behalf: String::new(), did });
    let id = FindingId { round: RoundId(1), branch: BranchId(2), n: 1 };
    (Of::Finding(id), [Did::Claimed { until: Stamp(1_795_402_800_000) }, Did::Released].map(step).to_vec())
}

/// Lists every kind of change, spelled out so that no clock, chance or setting has a say.
fn entries() -> Vec<Entry> {
    let mut acts = vec![(Of::House, house())];
    acts.extend(branches().into_iter().map(|(id, changes)| (Of::Branch(id), changes)));
    acts.push((Of::Edition(EDITION), vec![Change::Edition(Box::new(checklist()))]));
    acts.extend(rounds().into_iter().map(|changes| (Of::Round(RoundId(1)), changes)));
    acts.extend(inspections().into_iter().map(|changes| (INSPECTED, changes)));
    acts.extend(later());
    acts.extend(looked_back());
    acts.extend(merged());
    acts.extend(ended());
    acts.push((Of::House, posts()));
    acts.push(aimed());
    acts.extend(ways());
    acts.push(claimed());
    acts.push((INSPECTED, cards()));
    let mut entries: Vec<Entry> = Vec::new();
    for (seq, (of, changes)) in (1u64..).zip(acts) {
        let rev = Rev(1 + entries.iter().filter(|entry| entry.of == of).count() as u64);
        // The first two units were brought in as one list; one entry is from before 1970.
        let (more, at) = (seq == 2, if seq == 4 { -1 } else { 1_795_395_600_000 + i64::try_from(seq).unwrap() });
        let by = PersonId(if seq % 2 == 0 { "王督查" } else { "admin" }.to_owned());
        entries.push(Entry { seq: Seq(seq), at: Stamp(at), by, of, rev, changes, more });
    }
    entries
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/journal.jsonl")
}

/// Returns the kept journal, after it was written anew where a person asks for that.
fn kept() -> &'static [u8] {
    static KEPT: LazyLock<Vec<u8>> = LazyLock::new(|| {
        #[expect(clippy::disallowed_methods, reason = "a person asks for it by hand")]
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(golden(), encoded(&entries())).unwrap();
        }
        fs::read(golden()).unwrap()
    });
    &KEPT
}

fn encoded(entries: &[Entry]) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let (mut journal, cut) = FileJournal::open(dir.path()).unwrap();
    assert_eq!(cut, None);
    // A line that others came with in one write says so: these came alone.
    for entry in entries {
        journal.append(std::slice::from_ref(entry)).unwrap();
    }
    fs::read(dir.path().join("journal.jsonl")).unwrap()
}

/// Names the kind of a change; a kind that is not listed here does not compile.
fn kind(change: &Change) -> &'static str {
    match change {
        Change::House(HouseChange::Named { .. }) => "named",
        Change::Branch(BranchChange::Added(_)) => "added",
        Change::Branch(BranchChange::Edited { .. }) => "branch edited",
        Change::Branch(BranchChange::Retired { .. }) => "retired",
        Change::Branch(BranchChange::Restored) => "restored",
        Change::Branch(BranchChange::Merged { .. }) => "merged",
        Change::Branch(BranchChange::Inherited(_)) => "inherited",
        Change::Branch(BranchChange::Relinquished(_)) => "relinquished",
        Change::Edition(_) => "edition",
        Change::Round(RoundChange::Opened(_)) => "opened",
        Change::Round(RoundChange::Edited { .. }) => "round edited",
        Change::Round(RoundChange::Joined(_)) => "joined",
        Change::Round(RoundChange::Left(_)) => "left",
        Change::Round(RoundChange::Closed) => "closed",
        Change::Round(RoundChange::Assigned { .. }) => "assigned",
        Change::Round(RoundChange::Frozen(_)) => "frozen",
        Change::Round(RoundChange::Corrected { .. }) => "corrected",
        Change::Inspection(InspectionChange::Judged { .. }) => "judged",
        Change::Inspection(InspectionChange::Noted { .. }) => "noted",
        Change::Inspection(InspectionChange::Marked { .. }) => "marked",
        Change::Inspection(InspectionChange::Found { .. }) => "found",
        Change::Inspection(InspectionChange::Signed { .. }) => "signed",
        Change::Inspection(InspectionChange::Reopened { .. }) => "reopened",
        Change::Inspection(InspectionChange::Undid { .. }) => "undid",
        Change::Inspection(InspectionChange::Redid { .. }) => "redid",
        Change::Inspection(InspectionChange::CardTaken { .. }) => "card taken",
        Change::Inspection(InspectionChange::CardGiven { .. }) => "card given",
        Change::House(HouseChange::Governed { .. }) => "governed",
        Change::House(HouseChange::Manned { .. }) => "manned",
        Change::House(HouseChange::Dated { .. }) => "dated",
        Change::House(HouseChange::PostAdded { .. }) => "post added",
        Change::House(HouseChange::PostRemoved { .. }) => "post removed",
        Change::House(HouseChange::Keyed { .. }) => "keyed",
        Change::House(HouseChange::Lodged { .. }) => "lodged",
        Change::Follow(FollowChange::Opened { .. }) => "followed",
        Change::Follow(FollowChange::Relapsed { .. }) => "relapsed",
        Change::Follow(FollowChange::Restated { .. }) => "restated",
        Change::Follow(FollowChange::Item { did, .. }) => step(did),
        Change::Lookback(LookbackChange::Drawn { .. }) => "drawn",
        Change::Lookback(LookbackChange::Looked { .. }) => "looked",
        Change::Lookback(LookbackChange::Ended { .. }) => "look-back ended",
    }
}

fn step(did: &Did) -> &'static str {
    match did {
        Did::Drafted(_) => "drafted",
        Did::Edited { .. } => "draft edited",
        Did::Issued => "issued",
        Did::Received => "received",
        Did::Started { .. } => "started",
        Did::Evidenced(_) => "evidenced",
        Did::Requested(_) => "requested",
        Did::TakenUp => "taken up",
        Did::Checked => "checked",
        Did::Closed { .. } => "item closed",
        Did::StageClosed { .. } => "stage closed",
        Did::Returned { .. } => "returned",
        Did::Revoked { .. } => "revoked",
        Did::Asked { .. } => "asked",
        Did::Granted { .. } => "granted",
        Did::Denied { .. } => "denied",
        Did::Exempted { .. } => "exempted",
        Did::Lifted { .. } => "lifted",
        Did::PutRight => "put right",
        Did::Sent(_) => "sent",
        Did::Claimed { .. } => "claimed",
        Did::Released => "released",
    }
}

/// As many as `kind` and `step` have arms.
const KINDS: usize = 62;

#[test]
fn the_list_holds_every_kind_of_change() {
    let entries = entries();
    let kinds: std::collections::BTreeSet<_> = entries.iter().flat_map(|entry| &entry.changes).map(kind).collect();
    assert_eq!(kinds.len(), KINDS, "{kinds:?}");
}

#[test]
fn the_journal_is_spelled_as_it_always_was() {
    let bytes = encoded(&entries());
    let kept = kept();
    let differs = kept.split(|byte| *byte == b'\n').zip(bytes.split(|byte| *byte == b'\n')).position(|(a, b)| a != b);
    assert!(kept == bytes, "line {:?} is spelled otherwise than in {}", differs.map(|at| at + 1), golden().display());
}

#[test]
fn the_kept_journal_reads_back_as_the_same_entries() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("journal.jsonl"), kept()).unwrap();
    let (reader, head) = FileJournal::open_read_only(dir.path()).unwrap();
    let (mut read, mut places) = (Vec::new(), Vec::new());
    let visit = &mut |entry: &Entry, line: std::ops::Range<u64>, _: &tijian::store::Hash| {
        read.push(entry.clone());
        places.push(line.start);
        ControlFlow::Continue(())
    };
    assert_eq!(reader.scan(None, visit).unwrap(), head);
    let wanted = entries();
    for (read, wanted) in read.iter().zip(&wanted) {
        assert_eq!(read, wanted);
    }
    assert_eq!(read.len(), wanted.len());
    for (place, wanted) in places.into_iter().zip(&wanted) {
        assert_eq!(reader.read_at(place).unwrap(), *wanted);
    }
    assert!(reader.knows(&head));
}

#[test]
fn a_line_of_the_kept_journal_is_plain_json_with_its_chain_at_the_end() {
    let text = std::str::from_utf8(kept()).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("{\"tijian\":\"journal\",\"version\":1}"));
    let mut prev = blake3::hash(b"{\"tijian\":\"journal\",\"version\":1}\n").to_hex().to_string();
    for (line, n) in lines.zip(1u64..) {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["seq"], n);
        assert_eq!(value["prev"], prev, "line {n}");
        let (body, _) = line.split_once(",\"hash\":\"").unwrap();
        let before: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&prev[at..at + 2], 16).unwrap()).collect();
        prev = blake3::Hasher::new().update(&before).update(body.as_bytes()).finalize().to_hex().to_string();
        assert!(line.ends_with(&format!(",\"hash\":\"{prev}\"}}")), "line {n}");
    }
}
