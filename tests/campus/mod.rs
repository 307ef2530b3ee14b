//! A campus of eight units, each with a word of its own in every text that is entered about it: who may not see a unit
//! must never read its word.
#![allow(dead_code, reason = "every trial uses its own part of the campus")]

use std::ops::ControlFlow;
use std::path::Path;

use tijian::domain::{
    Answers, BranchCommand, BranchFacts, BranchId, BranchKind, CalibrationCommand, CalibrationId, Command, Criteria,
    Evidence, Extent, FindingFacts, FindingId, FollowCommand, FollowStep, HouseCommand, InspectionCommand, Judgement,
    Look, LookbackCommand, LookbackId, Outcome, PersonFacts, PersonId, RectFacts, RectId, Request, Rev, Role,
    RoundCommand, RoundId, RoundPlan, Scale, Severity, Stamp, Verdict,
};
use tijian::store::{DeskError, Store};

use crate::forms;

/// Each unit and the one above it: a committee, two general branches, and branches below each of the three.
pub const UNITS: [(u32, Option<u32>); 8] =
    [(1, None), (2, Some(1)), (3, Some(2)), (4, Some(2)), (5, Some(1)), (6, Some(1)), (7, Some(6)), (8, Some(6))];
/// The branch that was merged into [`HEIR`] after the first round.
pub const MERGED: u32 = 8;
/// It stands elsewhere in the tree than the one that it carries on.
pub const HEIR: u32 = 3;
/// The rounds: one that is over, one that is going on, and one over a single branch.
pub const ROUNDS: [(u32, &[u32]); 3] = [(1, &[3, 4, 5, 7, 8]), (2, &[3, 4, 5, 7]), (3, &[5])];

/// The two who judge blind, in the second round the one branch that is not signed, and the only one of the third.
pub const WALKERS: [&str; 2] = ["inspector", "other"];
/// What each of the two begins the note on their sheet with, before the handle.
pub const BLIND: &str = "背對背";

/// The word in every text of a unit.
pub fn word(unit: u32) -> String {
    format!("zq{unit}x")
}

pub fn code(unit: u32) -> String {
    word(unit).to_uppercase()
}

pub const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Admin => "admin",
        Role::Inspector => "inspector",
        Role::Approver => "approver",
        Role::Branch => "branch",
        Role::Viewer => "viewer",
    }
}

/// The word in the handle of everybody who acts over a unit.
pub fn mark(unit: u32) -> String {
    format!("hq{unit}x")
}

/// The handle of somebody with a role over a unit; over all of them without one.
pub fn handle(role: Role, over: Option<u32>) -> String {
    let name = role_name(role);
    over.map_or_else(|| name.to_owned(), |unit| format!("{name}-{}", mark(unit)))
}

/// Lists the units of a part; all of them without a unit.
pub fn part(over: Option<u32>) -> Vec<u32> {
    let above = |unit: u32| UNITS.iter().find(|(id, _)| *id == unit).and_then(|(_, above)| *above);
    let within = |unit: &u32| {
        over.is_none_or(|over| std::iter::successors(Some(*unit), |unit| above(*unit)).any(|unit| unit == over))
    };
    UNITS.iter().map(|(unit, _)| *unit).filter(within).collect()
}

/// Lists the units above one.
pub fn above(unit: u32) -> Vec<u32> {
    let above = |unit: &u32| UNITS.iter().find(|(id, _)| id == unit).and_then(|(_, above)| *above);
    std::iter::successors(Some(unit), above).skip(1).collect()
}

/// Lists every role with the whole, and with every part that it may be for; an admin over the whole is the first.
pub fn people() -> Vec<(Role, Option<u32>)> {
    let mut people = Vec::new();
    for role in Role::ALL {
        if role != Role::Branch {
            people.push((role, None));
        }
        people.extend(UNITS.iter().map(|(unit, _)| (role, Some(*unit))));
    }
    people
}

pub fn finding(round: u32, branch: u32) -> FindingId {
    FindingId { round: RoundId(round), branch: BranchId(branch), n: 1 }
}

pub struct Campus {
    pub store: Store,
    minute: i64,
}

impl Campus {
    /// Enters everything into an empty data folder.
    pub fn fill(dir: &Path) -> Self {
        let store = Store::open(dir, "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store;
        let mut campus = Self { store, minute: 0 };
        campus.enter_units();
        for (role, over) in people() {
            let post = over.map_or("", |_| "支部書記").to_owned();
            let facts = PersonFacts { role, over: over.map(BranchId), belongs: None, post };
            campus.does("admin", Command::House(HouseCommand::Man(PersonId(handle(role, over)), facts)));
        }
        let other = PersonFacts { role: Role::Inspector, over: None, belongs: None, post: "督查組".to_owned() };
        campus.does("admin", Command::House(HouseCommand::Man(PersonId("other".to_owned()), other)));
        campus.first_round();
        let reason = format!("併入 {}", word(MERGED));
        let merge = BranchCommand::Merge { into: BranchId(HEIR), reason };
        campus.does("admin", Command::Branch(BranchId(MERGED), merge));
        campus.second_round();
        campus.open(3);
        campus.calibrated((3, 5), &["other"]);
        campus
    }

    fn now(&self) -> Stamp {
        Stamp(1_793_581_200_000 + self.minute * 60_000)
    }

    pub fn asks(&mut self, who: &str, command: Command) -> Result<(), DeskError> {
        self.minute += 1;
        let request = Request { by: PersonId(who.to_owned()), saw: Rev(u64::MAX), command };
        let now = self.now();
        self.store.desk.as_mut().unwrap().step(now, vec![request]).pop().unwrap().map(drop)
    }

    #[track_caller]
    pub fn does(&mut self, who: &str, command: Command) {
        self.asks(who, command).unwrap_or_else(|fault| panic!("{fault:?}"));
    }

    fn enter_units(&mut self) {
        self.does("admin", Command::House(HouseCommand::Name("某大學".to_owned())));
        self.does("admin", Command::AddEdition(forms::EDITION, Box::new(forms::small())));
        for (unit, above) in UNITS {
            let facts = BranchFacts {
                parent: above.map(BranchId),
                code: code(unit),
                name: format!("單位{}", word(unit)),
                full_name: format!("全稱{}", word(unit)),
                kind: if matches!(unit, 2 | 6) { BranchKind::Zongzhi } else { BranchKind::Zhibu },
                ..BranchFacts::default()
            };
            self.does("admin", Command::Branch(BranchId(unit), BranchCommand::Add(facts)));
        }
    }

    fn open(&mut self, round: u32) {
        let members = ROUNDS.iter().find(|(id, _)| *id == round).unwrap().1;
        let only = if let [one] = members { word(*one) } else { String::new() };
        let month = i8::try_from(round).unwrap() + 6;
        let plan = RoundPlan {
            code: format!("R{round}{only}"),
            name: format!("第{round}輪{only}"),
            from: forms::day(month, 1),
            to: forms::day(month + 3, 30),
            ..forms::plan(Scale::Four)
        };
        let branches = members.iter().copied().map(BranchId).collect();
        self.does("admin", Command::Round(RoundId(round), RoundCommand::Open { plan, branches }));
    }

    fn walk(&mut self, round: u32, branch: u32, sign: bool) {
        let word = word(branch);
        let walk = |command| Command::Inspection(RoundId(round), BranchId(branch), command);
        let facts = FindingFacts { severity: Severity::Major, ..forms::finding("A-01", &format!("缺1次{word}")) };
        self.does("inspector", walk(InspectionCommand::Find { n: None, facts }));
        self.does("inspector", walk(forms::note("B-01", &format!("備註{word}"))));
        let verdict = |item: &str| match item {
            "A-01" => Judgement { verdict: Verdict::Fail, reason: String::new() },
            "A-02" => Judgement { verdict: Verdict::NotApplicable, reason: format!("不涉及{word}") },
            _ => Judgement { verdict: Verdict::Pass, reason: String::new() },
        };
        let verdicts = forms::ITEMS.map(|item| (forms::id(item), Some(verdict(item))));
        self.does("inspector", walk(InspectionCommand::Judge(verdicts.to_vec())));
        if sign {
            self.does("inspector", walk(InspectionCommand::SignOff));
        }
    }

    fn step(&mut self, who: &str, (round, branch): (u32, u32), command: FollowCommand) {
        let step = FollowStep { item: 1, behalf: String::new(), batch: false, command };
        self.does(who, Command::Follow(finding(round, branch), step));
    }

    fn written(&mut self, at: (u32, u32)) {
        let word = word(at.1);
        let facts = RectFacts {
            measure: format!("措施{word}"),
            goal: format!("目標{word}"),
            lead: "組織委員".to_owned(),
            post: "支部書記".to_owned(),
            due: forms::day(12, 23),
        };
        self.step("inspector", at, FollowCommand::Edit(facts));
    }

    fn closed(&mut self, at: (u32, u32)) {
        let word = word(at.1);
        let secretary = handle(Role::Branch, Some(at.1));
        let evidence = Evidence {
            title: format!("記錄{word}"),
            number: format!("編號{word}"),
            date: self.now().china_day().plus(1),
            place: format!("檔案櫃{word}"),
            sha256: String::new(),
        };
        let answers =
            Answers {
                gone: format!("已補開{word}"), cause: format!("已明確{word}"), rule: format!("列入計劃{word}")
            };
        self.step("inspector", at, FollowCommand::Issue);
        self.step(&secretary, at, FollowCommand::Receive);
        self.step(
            &secretary,
            at,
            FollowCommand::Start { measure: format!("補開{word}"), goal: format!("按期開齊{word}") },
        );
        self.minute += 24 * 60;
        self.step(&secretary, at, FollowCommand::Evidence(evidence));
        self.step(&secretary, at, FollowCommand::Request(answers));
        self.step("other", at, FollowCommand::TakeUp);
        self.step("other", at, FollowCommand::Pass { next: None });
    }

    /// Has two inspectors judge blind, and those of them who are named hand in.
    fn calibrated(&mut self, (round, branch): (u32, u32), hand_in: &[&str]) {
        let id = CalibrationId { round: RoundId(round), branch: BranchId(branch), n: 1 };
        let does = |command| Command::Calibration(id, command);
        let walkers = WALKERS.map(|who| PersonId(who.to_owned()));
        self.does("admin", does(CalibrationCommand::Begin { walkers, extent: Extent::Whole }));
        for who in WALKERS {
            let judged = |item| {
                let reason = format!("不涉及{}", word(branch));
                (forms::id(item), Some(Judgement { verdict: Verdict::NotApplicable, reason }))
            };
            let sheet = |command| Command::Sheet(id, command);
            self.does(who, sheet(InspectionCommand::Judge(forms::ITEMS.map(judged).to_vec())));
            self.does(who, sheet(forms::note("A-01", &format!("{BLIND}{who}{}", word(branch)))));
        }
        for who in hand_in {
            self.does(who, does(CalibrationCommand::HandIn));
        }
    }

    fn first_round(&mut self) {
        self.open(1);
        for (unit, members) in [(2, "inspector".to_owned()), (6, handle(Role::Inspector, Some(6)))] {
            let members = vec![PersonId(members)];
            self.does("admin", Command::Round(RoundId(1), RoundCommand::Assign { unit: BranchId(unit), members }));
        }
        for branch in ROUNDS[0].1 {
            self.walk(1, *branch, true);
            self.written((1, *branch));
            self.closed((1, *branch));
        }
        self.does("admin", Command::Round(RoundId(1), RoundCommand::Close));
        for (id, over) in [(1, None), (2, Some(5))] {
            let criteria = Criteria { severity: None, over: over.map(BranchId), closer: None, size: 10 };
            let draw = LookbackCommand::Draw { criteria, seed: 7 };
            self.does("other", Command::Lookback(LookbackId(id), draw));
        }
        for branch in [3, 5] {
            let look = Look { outcome: Outcome::Valid, note: format!("看過{}", word(branch)) };
            let rect = RectId { finding: finding(1, branch), item: 1 };
            let look = LookbackCommand::Look { rect, behalf: String::new(), look };
            self.does("inspector", Command::Lookback(LookbackId(1), look));
        }
    }

    fn second_round(&mut self) {
        self.open(2);
        for branch in [3, 4, 5] {
            self.walk(2, branch, true);
            self.written((2, branch));
        }
        // The last one is calibrated, begun and not signed.
        self.calibrated((2, 7), &WALKERS);
        let id = CalibrationId { round: RoundId(2), branch: BranchId(7), n: 1 };
        self.does("inspector", Command::Calibration(id, CalibrationCommand::Merge));
        self.walk(2, 7, false);
        for branch in [3, 5] {
            let (at, secretary) = ((2, branch), handle(Role::Branch, Some(branch)));
            self.step("inspector", at, FollowCommand::Issue);
            self.step(&secretary, at, FollowCommand::Receive);
            let reason = format!("需要時間{}", word(branch));
            self.step(
                &secretary,
                at,
                FollowCommand::Start { measure: format!("補開{}", word(branch)), goal: String::new() },
            );
            self.step(&secretary, at, FollowCommand::Ask { to: forms::day(12, 30), reason });
        }
    }
}
