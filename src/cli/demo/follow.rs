//! What became of the practice store's findings: lives of every kind, entered step by step as people would enter them.

use std::collections::BTreeMap;

use super::{INSPECTORS, moment};
use crate::cli::Outcome;
use crate::cli::keep::Keep;
use crate::domain::{
    Answers, BranchId, Class, Command, Day, Evidence, FindingFacts, FindingId, FollowCommand, FollowStep, HouseCommand,
    Item, Lang, PersonFacts, PersonId, Request, Rev, Role, RoundId, Severity, Stamp,
};

/// The post that answers for a branch; inspectors enter its steps on its behalf.
pub const SECRETARY: &str = "支部書記";
/// The posts of this house beside the usual ones.
const OWN_POSTS: [&str; 5] = ["機關黨委辦公室", "機關黨委副書記", "督查一組", "督查二組", "督查三組"];
/// Who approves what is grave, and other days.
pub const APPROVER: &str = "審批甲";
/// Those of a branch who enter its steps themselves: of the first branches alone.
const OF_BRANCHES: [&str; 3] = ["支部甲", "支部乙", "支部丙"];
/// Branches whose findings have whole lives; those of the others are handed over, or put right on the spot.
const WHOLE_LIVES: u32 = 3000;
/// The last day on which something is entered that is late, counted from the day of the walk: before the next round.
const LATEST: i32 = 50;
/// The number of the first branch; units above it come before.
const FIRST: u32 = 4;

/// What becomes of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It waits to be handed over.
    Draft,
    /// It is handed over, and nobody has taken it.
    Issued,
    /// It is put right while the inspectors are there.
    OnTheSpot,
    /// The branch works on it.
    Work,
    /// It is closed; a standing one closes a stage.
    Closed,
    /// It is closed after its day has passed.
    ClosedLate,
    /// It is sent back once, then closed.
    ClosedAgain,
    /// It is sent back, and the branch works on it.
    SentBack,
    /// The branch has asked for its closure.
    Asked,
    /// Somebody looks at it.
    Looked,
    /// The branch has asked for another day.
    Longer,
    /// It got another day, then it is closed.
    ClosedLonger,
    /// It has leave.
    Exempt,
    /// It is given up.
    Revoked,
}

/// The fates of a past round, one after the other: most are closed.
const PAST: [Fate; 20] = [
    Fate::Closed,
    Fate::OnTheSpot,
    Fate::Closed,
    Fate::Work,
    Fate::ClosedAgain,
    Fate::Asked,
    Fate::Closed,
    Fate::Closed,
    Fate::SentBack,
    Fate::Closed,
    Fate::Longer,
    Fate::OnTheSpot,
    Fate::Closed,
    Fate::Exempt,
    Fate::ClosedLate,
    Fate::ClosedLonger,
    Fate::Closed,
    Fate::Looked,
    Fate::Closed,
    Fate::Revoked,
];
/// The fates of the round that is going on.
const PRESENT: [Fate; 4] = [Fate::Draft, Fate::Issued, Fate::Work, Fate::Draft];

/// A finding of a signed inspection, with what becomes of its item.
pub struct Life<'a> {
    id: FindingId,
    item: &'a Item,
    due: Day,
    class: Class,
    grave: bool,
    fate: Fate,
}

/// Gives out fates in turn, so that a small practice store has one of each as well.
pub struct Fates {
    turns: &'static [Fate],
    past: bool,
    next: usize,
}

impl Fates {
    /// Gives out those of a round.
    pub const fn of(round: RoundId, past: bool) -> Self {
        // Another beginning in each round: a branch does not fare the same every time.
        let next = (round.0 as usize).saturating_sub(1) * 8;
        Self { turns: if past { &PAST } else { &PRESENT }, past, next }
    }

    /// Leaves everything a draft.
    pub const fn none() -> Self {
        Self { turns: &[Fate::Draft], past: false, next: 0 }
    }

    /// Says what becomes of a finding.
    pub fn give<'a>(&mut self, id: FindingId, item: &'a Item, facts: &FindingFacts) -> Life<'a> {
        let turn = self.next;
        self.next += 1;
        let (class, grave) = (facts.class, facts.severity == Severity::Critical);
        let at_once = class == Class::Immediate && !grave;
        let whole = id.branch.0 < FIRST + WHOLE_LIVES;
        let fate = match self.turns.get(turn % self.turns.len()).copied().unwrap_or(Fate::Issued) {
            _ if self.past && !whole => {
                if at_once {
                    Fate::OnTheSpot
                } else {
                    Fate::Issued
                }
            }
            Fate::OnTheSpot if !at_once => Fate::Closed,
            fate => fate,
        };
        Life { id, item, due: facts.due, class, grave, fate }
    }
}

/// Enters the persons: whoever practises is an admin, so that nothing is closed to them.
pub fn persons(keep: &mut Keep, at: Stamp, by: &PersonId, branches: u32) -> Result<(), Outcome> {
    let facts = |role, over: Option<u32>, post: &str| {
        let over = over.map(BranchId);
        PersonFacts { role, over, belongs: over, post: post.to_owned() }
    };
    let mut persons = vec![(by.clone(), facts(Role::Admin, None, "機關黨委辦公室"))];
    for (who, post) in INSPECTORS.into_iter().zip(["督查一組", "督查二組", "督查三組"]) {
        persons.push((PersonId(who.to_owned()), facts(Role::Inspector, None, post)));
    }
    persons.push((PersonId(APPROVER.to_owned()), facts(Role::Approver, None, "機關黨委副書記")));
    for (who, branch) in OF_BRANCHES.into_iter().zip(FIRST..FIRST.saturating_add(branches)) {
        persons.push((PersonId(who.to_owned()), facts(Role::Branch, Some(branch), SECRETARY)));
    }
    if persons.iter().all(|(who, _)| *who != keep.person) {
        persons.push((keep.person.clone(), facts(Role::Admin, None, "機關黨委辦公室")));
    }
    let own = OWN_POSTS.into_iter().map(str::to_owned).collect();
    let commands = std::iter::once(HouseCommand::AddPosts(own))
        .chain(persons.into_iter().map(|(who, facts)| HouseCommand::Man(who, facts)));
    let requests =
        commands.map(|command| Request { by: by.clone(), saw: Rev(u64::MAX), command: Command::House(command) });
    keep.submit_all_at(at, requests.collect())
}

impl Life<'_> {
    /// Hands it over on the day of the signature.
    pub fn handed_over(&self, day: Day) -> Option<Request> {
        match self.fate {
            Fate::Draft | Fate::Revoked => None,
            Fate::OnTheSpot => {
                let command = FollowCommand::PutRight { evidence: self.evidence(day), answers: answers() };
                Some(self.step(self.inspector(0), SECRETARY, command))
            }
            _ => Some(self.step(self.inspector(0), "", FollowCommand::Issue)),
        }
    }

    /// Lists the steps that follow, each with the days after it was handed over.
    fn steps(&self, from: Day) -> Vec<(i32, Request)> {
        let mut steps = Vec::new();
        match self.fate {
            Fate::Draft | Fate::Issued => return steps,
            Fate::Revoked => {
                let reason = "與另一問題重複，併入辦理。".to_owned();
                return vec![(1, self.step(self.inspector(0), "", FollowCommand::Revoke { reason }))];
            }
            Fate::OnTheSpot => {
                self.judged(2, from, &mut steps);
                return steps;
            }
            _ => {}
        }
        let measure = format!("補齊「{}」，列入支部年度計劃，明確專人負責。", self.record());
        let goal = format!("「{}」齊全、及時，不再缺漏。", self.record());
        steps.push((1, self.of_branch(FollowCommand::Receive)));
        steps.push((2, self.of_branch(FollowCommand::Start { measure, goal })));
        let another_day = || {
            let reason = "需與年度工作安排銜接，時間不足。".to_owned();
            (4, self.of_branch(FollowCommand::Ask { to: self.due.max(from.plus(4)).plus(30), reason }))
        };
        match self.fate {
            Fate::Draft | Fate::Issued | Fate::OnTheSpot | Fate::Revoked | Fate::Work => {}
            Fate::Longer => steps.push(another_day()),
            Fate::Exempt => {
                let reason = "辦公樓修繕，支部暫無活動場地。".to_owned();
                let until = from.plus(270);
                steps.push((4, self.step(APPROVER, "", FollowCommand::Exempt { until, reason })));
            }
            Fate::ClosedLonger => {
                steps.push(another_day());
                steps.push((5, self.step(APPROVER, "", FollowCommand::Grant)));
                self.asked(6, from, &mut steps);
                self.judged(7, from, &mut steps);
            }
            Fate::Closed => {
                self.asked(6, from, &mut steps);
                self.judged(7, from, &mut steps);
            }
            Fate::ClosedLate => {
                let late = self.due.since(from).clamp(6, LATEST);
                self.asked(late, from, &mut steps);
                self.judged(late + 3, from, &mut steps);
            }
            Fate::Asked => self.asked(6, from, &mut steps),
            Fate::Looked => {
                self.asked(6, from, &mut steps);
                steps.push((7, self.step(self.inspector(1), "", FollowCommand::TakeUp)));
            }
            Fate::SentBack | Fate::ClosedAgain => {
                self.asked(6, from, &mut steps);
                steps.push((7, self.step(self.inspector(1), "", FollowCommand::TakeUp)));
                let reason = "材料只說明做過，未說明制度如何保證。".to_owned();
                let back = FollowCommand::Return { reason, due: from.plus(27) };
                steps.push((7, self.step(self.inspector(1), "", back)));
                if self.fate == Fate::ClosedAgain {
                    self.asked(12, from, &mut steps);
                    self.judged(13, from, &mut steps);
                }
            }
        }
        steps
    }

    /// The branch enters evidence and asks for the closure.
    fn asked(&self, days: i32, from: Day, steps: &mut Vec<(i32, Request)>) {
        steps.push((days, self.of_branch(FollowCommand::Evidence(self.evidence(from.plus(days))))));
        steps.push((days, self.of_branch(FollowCommand::Request(answers()))));
    }

    /// Another inspector looks and finds it put right; what is grave is approved by a third.
    fn judged(&self, days: i32, from: Day, steps: &mut Vec<(i32, Request)>) {
        let next = (self.class == Class::Standing).then(|| from.plus(days + 90));
        steps.push((days, self.step(self.inspector(1), "", FollowCommand::TakeUp)));
        steps.push((days, self.step(self.inspector(1), "", FollowCommand::Pass { next })));
        if self.grave && next.is_none() {
            steps.push((days + 1, self.step(APPROVER, "", FollowCommand::Approve)));
        }
    }

    fn step(&self, by: &str, behalf: &str, command: FollowCommand) -> Request {
        let step = FollowStep { item: 1, behalf: behalf.to_owned(), batch: false, command };
        Request { by: PersonId(by.to_owned()), saw: Rev(u64::MAX), command: Command::Follow(self.id, step) }
    }

    /// A step of the branch: by its own person where it has one, through the inspector where it has none.
    fn of_branch(&self, command: FollowCommand) -> Request {
        let own = self.id.branch.0.checked_sub(FIRST).and_then(|place| OF_BRANCHES.get(place as usize));
        match own {
            Some(own) => self.step(own, "", command),
            None => self.step(self.inspector(0), SECRETARY, command),
        }
    }

    /// Returns the inspector who looked at the branch, or the next one.
    fn inspector(&self, further: usize) -> &'static str {
        INSPECTORS[(self.id.branch.0 as usize + further) % INSPECTORS.len()]
    }

    fn record(&self) -> &str {
        record(self.item)
    }

    fn evidence(&self, date: Day) -> Evidence {
        Evidence {
            title: self.record().to_owned(),
            number: String::new(),
            date,
            place: "支部檔案櫃".to_owned(),
            sha256: String::new(),
        }
    }
}

/// Names what shows that an item of the checklist was done.
pub fn record(item: &Item) -> &str {
    item.evidence_lines(Lang::Hant).next().unwrap_or("工作記錄")
}

fn answers() -> Answers {
    Answers {
        gone: "已補齊，現場核對無缺項。".to_owned(),
        cause: "分工不清，已明確由組織委員負責。".to_owned(),
        rule: "列入支部年度計劃，每季度自查一次。".to_owned(),
    }
}

/// Enters the steps of many findings, one sync a day for all of them.
pub fn live(keep: &mut Keep, from: Day, lives: &[Life<'_>]) -> Result<(), Outcome> {
    let mut days: BTreeMap<i32, Vec<Request>> = BTreeMap::new();
    for (day, request) in lives.iter().flat_map(|life| life.steps(from)) {
        days.entry(day).or_default().push(request);
    }
    for (day, requests) in days {
        keep.submit_all_at(moment(from.plus(day), 60), requests)?;
    }
    Ok(())
}
