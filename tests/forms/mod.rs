//! A small form and the people around it, for tests of the rules alone.
#![allow(dead_code, reason = "every test uses its own part of the form")]

use tijian::domain::{
    BranchFacts, BranchId, BranchKind, Card, Checklist, Class, Day, EditionId, FindingFacts, GradeBounds, Group,
    History, Inspection, InspectionChange, InspectionCommand, Item, ItemId, Judgement, PersonId, Points, Profile,
    Refusal, Rev, Round, RoundId, RoundPlan, Said, Scale, Severity, Stamp, Verdict, WalkSurroundings, apply_inspection,
    decide_inspection,
};

/// A classification mark, as it stands on paper.
pub const MARKED: &str = "機密★10年";
/// Texts that steer a terminal or a reader.
pub const UNCLEAN: [&str; 6] = ["甲\u{1b}[2J", "甲\0", "甲\t乙", "甲\u{202e}乙", "甲\u{200b}乙", "\u{feff}甲"];

pub const ROUND: RoundId = RoundId(4);
pub const BRANCH: BranchId = BranchId(7);
pub const EDITION: EditionId = EditionId([7; 32]);
/// The revision of a screen that has seen everything.
pub const ALL: Rev = Rev(u64::MAX);

/// The items of [`small`]: 2 points, 3 points where 不適用 needs no reason, 5 points with a veto, and one of the annex.
pub const ITEMS: [&str; 4] = ["A-01", "A-02", "B-01", "Q-01"];

pub fn long(chars: usize) -> String {
    "字".repeat(chars)
}

pub fn id(text: &str) -> ItemId {
    ItemId(text.to_owned())
}

pub fn person(name: &str) -> PersonId {
    PersonId(name.to_owned())
}

pub fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

fn said(text: &str) -> Said {
    Said { hant: text.to_owned(), ..Said::default() }
}

pub fn item(name: &str, group: u16, tenths: u32) -> Item {
    Item {
        id: id(name),
        group,
        title: said(name),
        look: Said::default(),
        methods: Vec::new(),
        evidence: Said::default(),
        basis: Vec::new(),
        basis_university: None,
        points: Points(tenths),
        severity: Severity::Minor,
        class: Class::Limited,
        days: 30,
        finding: said("{n}次"),
        sensitive: false,
        na_ok: false,
        first_round_na: false,
        veto: None,
        derived: false,
    }
}

/// Makes a form of two scored groups and an annex.
pub fn form(items: Vec<Item>) -> Checklist {
    let card = |name: &str, scored| Card { id: name.to_owned(), name: said(name), scored };
    let group = |name: &str, card| Group { id: name.to_owned(), name: said(name), card };
    Checklist {
        edition: "2026-11".to_owned(),
        title: said("表"),
        cards: vec![card("A", true), card("B", true), card("Q", false)],
        groups: vec![group("A1", 0), group("B1", 1), group("Q1", 2)],
        items,
        rules: Vec::new(),
    }
}

pub fn small() -> Checklist {
    let [a1, a2, b1, q1] = ITEMS;
    let easy = Item { na_ok: true, ..item(a2, 0, 30) };
    let grave = Item { veto: Some("leadership".to_owned()), ..item(b1, 1, 50) };
    form(vec![item(a1, 0, 20), easy, grave, item(q1, 2, 0)])
}

pub fn plan(scale: Scale) -> RoundPlan {
    RoundPlan {
        code: "2026-4".to_owned(),
        name: "第四季度體檢".to_owned(),
        from: day(10, 1),
        to: day(12, 31),
        edition: EDITION,
        profile: Profile::Jiguan,
        scale,
        grades: GradeBounds::default(),
        vetoes: Vec::new(),
        ranked: false,
    }
}

pub fn round(scale: Scale) -> Round {
    Round { rev: Rev(1), branches: vec![BRANCH], ..Round::new(ROUND, plan(scale)) }
}

pub fn unit(code: &str) -> BranchFacts {
    BranchFacts {
        code: code.to_owned(),
        name: "第三黨支部".to_owned(),
        full_name: "機關第三黨支部".to_owned(),
        kind: BranchKind::Zhibu,
        full_members: Some(18),
        all_members: Some(20),
        term_years: Some(3),
        ..BranchFacts::default()
    }
}

pub fn judgement(verdict: Verdict, reason: &str) -> Judgement {
    Judgement { verdict, reason: reason.to_owned() }
}

pub fn judge(item: &str, verdict: Verdict) -> InspectionCommand {
    InspectionCommand::Judge(vec![(id(item), Some(judgement(verdict, "")))])
}

pub fn note(item: &str, text: &str) -> InspectionCommand {
    InspectionCommand::Note { item: id(item), text: text.to_owned() }
}

pub fn mark(item: &str, on: bool) -> InspectionCommand {
    InspectionCommand::Mark { item: id(item), on }
}

pub fn finding(item: &str, fact: &str) -> FindingFacts {
    FindingFacts {
        item: id(item),
        fact: fact.to_owned(),
        severity: Severity::Major,
        class: Class::Limited,
        due: day(12, 23),
    }
}

pub fn find(item: &str, fact: &str) -> InspectionCommand {
    InspectionCommand::Find { n: None, facts: finding(item, fact) }
}

pub fn reopen(reason: &str) -> InspectionCommand {
    InspectionCommand::Reopen { reason: reason.to_owned() }
}

/// One inspection with its trail, as the one writer keeps it.
#[derive(Clone, Debug)]
pub struct Walk {
    pub round: Round,
    pub checklist: Checklist,
    pub inspection: Inspection,
    pub trail: Vec<tijian::domain::Entry>,
}

impl Walk {
    pub fn new(scale: Scale) -> Self {
        Self { round: round(scale), checklist: small(), inspection: Inspection::new(ROUND, BRANCH), trail: Vec::new() }
    }

    /// Decides and makes true.
    pub fn takes(&mut self, by: &str, saw: Rev, command: InspectionCommand) -> Result<Vec<InspectionChange>, Refusal> {
        use tijian::domain::{Change, Entry, Of, Seq};
        let by = person(by);
        let changes = self.decides(&by, saw, command)?;
        let place = self.trail.len() as u64 + 1;
        let (rev, at) = (Rev(place), Stamp(i64::try_from(place).unwrap() * 1000));
        for change in &changes {
            apply_inspection(&mut self.inspection, rev, &by, at, change);
        }
        self.trail.push(Entry {
            seq: Seq(place + 100),
            at,
            by,
            of: Of::Inspection(ROUND, BRANCH),
            rev,
            changes: changes.iter().cloned().map(Change::Inspection).collect(),
            more: false,
        });
        Ok(changes)
    }

    /// Decides and leaves it there.
    pub fn decides(
        &self,
        by: &PersonId,
        saw: Rev,
        command: InspectionCommand,
    ) -> Result<Vec<InspectionChange>, Refusal> {
        let history = History::of(by, &self.trail);
        let around = WalkSurroundings { round: &self.round, checklist: &self.checklist, history: Some(&history) };
        decide_inspection(&self.inspection, around, by, saw, command)
    }

    /// Makes several commands of one person true.
    pub fn does(&mut self, by: &str, commands: impl IntoIterator<Item = InspectionCommand>) {
        for command in commands {
            self.takes(by, ALL, command).unwrap();
        }
    }

    /// Judges every item of the scored cards and signs.
    pub fn is_signed(&mut self, by: &str) {
        let verdicts = ITEMS.map(|item| (id(item), Some(judgement(Verdict::Pass, ""))));
        self.does(by, [InspectionCommand::Judge(verdicts.to_vec()), InspectionCommand::SignOff]);
    }

    /// Tells what a person is told.
    pub fn refuses(&self, by: &str, saw: Rev, command: InspectionCommand) -> Refusal {
        self.decides(&person(by), saw, command).unwrap_err()
    }
}

/// Makes an inspection on which these verdicts stand, whatever the rules say.
pub fn judged<'a>(verdicts: impl IntoIterator<Item = (&'a ItemId, Verdict)>) -> Inspection {
    let mut inspection = Inspection::new(ROUND, BRANCH);
    for (item, verdict) in verdicts {
        let now = Some(judgement(verdict, ""));
        let change = InspectionChange::Judged { item: item.clone(), was: None, now };
        apply_inspection(&mut inspection, Rev(1), &person("王督查"), Stamp(1000), &change);
    }
    inspection
}
