//! An office of several persons before one store, for trials of what goes through many hands.
#![allow(dead_code, reason = "every trial uses its own part of the office")]

use std::ops::ControlFlow;

use tijian::domain::{
    Answers, BranchCommand, BranchFacts, BranchId, Command, Criteria, Day, EditionId, Entry, Evidence, FindingFacts,
    FindingId, FollowCommand, FollowStep, HouseCommand, InspectionCommand, ItemId, Judgement, Look, LookbackCommand,
    LookbackId, Outcome, PersonFacts, PersonId, Reading, RectId, Refusal, Request, Rev, Role, RoundCommand, RoundId,
    RoundPlan, Severity, Stamp, Verdict,
};
use tijian::store::{DeskError, FileJournal, Store, verify};

use crate::forms;

pub const EDITION: EditionId = forms::EDITION;
/// The committee above, and two branches below it.
pub const TOP: BranchId = BranchId(1);
pub const FIRST: BranchId = BranchId(2);
pub const SECOND: BranchId = BranchId(3);
pub const ROUND: RoundId = RoundId(1);

/// Those who act: handle, role, the branch that they belong to and answer for.
const PEOPLE: [(&str, Role, Option<BranchId>); 8] = [
    ("admin", Role::Admin, None),
    ("inspector", Role::Inspector, None),
    ("inspector2", Role::Inspector, None),
    ("inspector3", Role::Inspector, None),
    ("of-the-branch", Role::Inspector, Some(FIRST)),
    ("approver", Role::Approver, None),
    ("branch", Role::Branch, Some(FIRST)),
    ("viewer", Role::Viewer, None),
];

pub struct Office {
    dir: tempfile::TempDir,
    pub store: Store,
    today: Day,
    minute: i64,
}

pub fn day(month: i8, day: i8) -> Day {
    forms::day(month, day)
}

impl Office {
    /// Opens an office with its persons, three units and a round over the two branches, on 2 November.
    pub fn open() -> Self {
        Self::with(&PEOPLE)
    }

    /// Opens an office in which nobody is entered.
    pub fn alone() -> Self {
        Self::with(&[])
    }

    fn with(people: &[(&str, Role, Option<BranchId>)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store;
        let mut office = Self { dir, store, today: day(11, 2), minute: 0 };
        for (who, role, of) in people.iter().copied() {
            let over = of.filter(|_| role == Role::Branch);
            let facts = PersonFacts { role, over, belongs: of, post: String::new() };
            office.does("admin", Command::House(HouseCommand::Man(PersonId(who.to_owned()), facts)));
        }
        office.does("admin", Command::AddEdition(EDITION, Box::new(forms::small())));
        for (id, parent) in [(TOP, None), (FIRST, Some(TOP)), (SECOND, Some(TOP))] {
            let facts = BranchFacts { parent, ..forms::unit(&format!("JG-{id}")) };
            office.does("admin", Command::Branch(id, BranchCommand::Add(facts)));
        }
        office.round(ROUND, (10, 1), (12, 31), &[FIRST, SECOND]);
        office
    }

    /// Turns the clock to nine o'clock of a day in China.
    pub fn on(&mut self, month: i8, date: i8) -> &mut Self {
        (self.today, self.minute) = (day(month, date), 0);
        self
    }

    pub fn now(&self) -> Stamp {
        let days = i64::from(self.today.since(Day::new(1970, 1, 1).unwrap()));
        Stamp(days * 86_400_000 + 3_600_000 + self.minute * 60_000)
    }

    /// Hands a command to the desk; the revision that the person saw is the newest.
    pub fn asks(&mut self, who: &str, command: Command) -> Result<Vec<Entry>, Refusal> {
        self.asks_at(who, Rev(u64::MAX), command)
    }

    /// Hands a command to the desk that was decided before a screen of some age.
    pub fn asks_at(&mut self, who: &str, saw: Rev, command: Command) -> Result<Vec<Entry>, Refusal> {
        self.minute += 1;
        let request = Request { by: PersonId(who.to_owned()), saw, command };
        let (now, head) = (self.now(), self.store.shelf.head());
        let answer = self.store.desk.as_mut().unwrap().step(now, vec![request]).pop().unwrap();
        match answer {
            Ok(ack) => Ok(ack.entries),
            Err(DeskError::Refused(refusal)) => {
                assert_eq!(self.store.shelf.head(), head, "a refused command changes nothing");
                Err(refusal)
            }
            Err(fault) => panic!("{fault}"),
        }
    }

    #[track_caller]
    pub fn does(&mut self, who: &str, command: Command) -> Vec<Entry> {
        self.asks(who, command).unwrap()
    }

    pub fn round(&mut self, id: RoundId, from: (i8, i8), to: (i8, i8), branches: &[BranchId]) {
        let plan = RoundPlan {
            code: format!("2026-{id}"),
            from: day(from.0, from.1),
            to: day(to.0, to.1),
            edition: EDITION,
            ..forms::plan(tijian::domain::Scale::Four)
        };
        self.does("admin", Command::Round(id, RoundCommand::Open { plan, branches: branches.to_vec() }));
    }

    /// Walks a branch: a finding on each named item, everything else passes, and the signature.
    pub fn walks(&mut self, round: RoundId, branch: BranchId, failed: &[(&str, Severity)]) {
        for (item, severity) in failed {
            let facts = FindingFacts { severity: *severity, ..forms::finding(item, "缺2次") };
            self.inspects(round, branch, InspectionCommand::Find { n: None, facts });
        }
        let verdict = |item: &str| {
            let fails = failed.iter().any(|(failed, _)| *failed == item);
            if fails { Verdict::Fail } else { Verdict::Pass }
        };
        let verdicts = forms::ITEMS
            .map(|item| (ItemId(item.to_owned()), Some(Judgement { verdict: verdict(item), reason: String::new() })));
        self.inspects(round, branch, InspectionCommand::Judge(verdicts.to_vec()));
        self.inspects(round, branch, InspectionCommand::SignOff);
    }

    #[track_caller]
    pub fn inspects(&mut self, round: RoundId, branch: BranchId, command: InspectionCommand) -> Vec<Entry> {
        self.does("inspector", Command::Inspection(round, branch, command))
    }

    pub fn steps(&mut self, who: &str, rect: RectId, command: FollowCommand) -> Result<Vec<Entry>, Refusal> {
        let behalf = if who == "branch" { "" } else { "支部書記" };
        let own = matches!(
            command,
            FollowCommand::Issue | FollowCommand::TakeUp | FollowCommand::Pass { .. } | FollowCommand::Approve
        );
        let behalf = if own { String::new() } else { behalf.to_owned() };
        let step = FollowStep { item: rect.item, behalf, batch: false, command };
        self.asks(who, Command::Follow(rect.finding, step))
    }

    /// Brings an item from its draft to 已銷號: `inspector` issues, the branch's steps are entered, `inspector2` verifies
    /// and `approver` approves what is grave.
    pub fn closes(&mut self, rect: RectId) {
        let evidence = Evidence {
            title: "會議記錄".to_owned(),
            number: String::new(),
            date: self.today.plus(1),
            place: "檔案櫃".to_owned(),
            sha256: String::new(),
        };
        let answers =
            Answers {
                gone: "已補開".to_owned(), cause: "已明確專人".to_owned(), rule: "列入計劃".to_owned()
            };
        self.steps("inspector", rect, FollowCommand::Issue).unwrap();
        self.steps("inspector", rect, FollowCommand::Receive).unwrap();
        self.steps("inspector", rect, FollowCommand::Start { goal: String::new(), measure: "補開".to_owned() })
            .unwrap();
        (self.today, self.minute) = (self.today.plus(2), 0);
        self.steps("inspector", rect, FollowCommand::Evidence(evidence)).unwrap();
        self.steps("inspector", rect, FollowCommand::Request(answers)).unwrap();
        self.steps("inspector2", rect, FollowCommand::TakeUp).unwrap();
        self.steps("inspector2", rect, FollowCommand::Pass { next: None }).unwrap();
        let followed = self.store.shelf.followed(rect.finding).unwrap().unwrap();
        if followed.facts.severity == Severity::Critical {
            self.steps("approver", rect, FollowCommand::Approve).unwrap();
        }
    }

    /// Draws a sample of everything that is closed.
    pub fn draws(&mut self, who: &str, id: u32, size: u16) -> Result<Vec<Entry>, Refusal> {
        let criteria = Criteria { severity: None, over: None, closer: None, size };
        self.asks(who, Command::Lookback(LookbackId(id), LookbackCommand::Draw { criteria, seed: 7 }))
    }

    pub fn looks(&mut self, who: &str, id: u32, rect: RectId, outcome: Outcome) -> Result<Vec<Entry>, Refusal> {
        let note = if outcome == Outcome::Relapsed { "又缺1次".to_owned() } else { String::new() };
        let command = LookbackCommand::Look { rect, behalf: String::new(), look: Look { outcome, note } };
        self.asks(who, Command::Lookback(LookbackId(id), command))
    }

    pub fn ends(&mut self, who: &str, id: u32, reason: &str) -> Result<Vec<Entry>, Refusal> {
        self.asks(who, Command::Lookback(LookbackId(id), LookbackCommand::End { reason: reason.to_owned() }))
    }

    /// Says that every record is what the journal says, told again from its beginning.
    #[track_caller]
    pub fn agrees(&self) {
        let journal = FileJournal::open_read_only(self.dir.path()).unwrap().0;
        let records = self.store.shelf.records();
        let verified = verify(&*journal, &**records, &mut |_| ControlFlow::Continue(())).unwrap();
        assert!(verified.differing.is_empty(), "{:?}", verified.differing);
    }
}

/// Names the first item of a finding.
pub fn rect(round: RoundId, branch: BranchId, n: u16) -> RectId {
    RectId { finding: FindingId { round, branch, n }, item: 1 }
}
