//! A large ledger to measure with: two rounds whose findings have twenty items each, in every state.
//!
//! What somebody does to a finding on one day is one entry, so that a million items are entered in a minute or two.

use super::follow::{self, APPROVER, SECRETARY};
use super::{INSPECTORS, enter_branches, finding, mixed, moment};
use crate::cli::Outcome;
use crate::cli::keep::Keep;
use crate::domain::{
    Answers, BranchId, Checklist, Class, Command, Day, Evidence, FindingFacts, FindingId, FollowCommand, FollowStep,
    InspectionCommand, Item, Judgement, PersonId, RectFacts, Request, Rev, RoundCommand, RoundId, Severity, Verdict,
};

/// Items of a finding.
const ITEMS: u32 = 20;
/// Findings of a branch in a round.
const FINDINGS: u32 = 4;
/// Rounds over which the items are spread.
const ROUNDS: u32 = 2;
/// Branches whose steps are entered with one sync a day.
const AT_ONCE: usize = 128;
/// Posts that put things right.
const POSTS: [&str; 4] = [SECRETARY, "組織委員", "宣傳委員", "紀檢委員"];

/// Returns how many branches hold so many items.
pub fn branches(items: u32) -> u32 {
    items.div_ceil(ITEMS * FINDINGS * ROUNDS).max(1)
}

/// How far an item has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Draft,
    Revoked,
    Issued,
    Received,
    Work,
    Longer,
    Exempt,
    Asked,
    Looked,
    SentBack,
    Closed,
}

/// How far the items of a past round have come, of a hundred.
const PAST: [(u64, Reach); 11] = [
    (1, Reach::Draft),
    (4, Reach::Revoked),
    (6, Reach::Issued),
    (8, Reach::Received),
    (14, Reach::Work),
    (16, Reach::Longer),
    (17, Reach::Exempt),
    (20, Reach::Asked),
    (22, Reach::Looked),
    (25, Reach::SentBack),
    (100, Reach::Closed),
];
/// How far those of the round that is going on have come.
const PRESENT: [(u64, Reach); 11] = [
    (12, Reach::Draft),
    (14, Reach::Revoked),
    (26, Reach::Issued),
    (34, Reach::Received),
    (62, Reach::Work),
    (66, Reach::Longer),
    (67, Reach::Exempt),
    (75, Reach::Asked),
    (79, Reach::Looked),
    (84, Reach::SentBack),
    (100, Reach::Closed),
];

/// A finding and how far its items have come.
struct Many<'a> {
    id: FindingId,
    item: &'a Item,
    facts: FindingFacts,
    day: Day,
    reach: Vec<Reach>,
}

/// Enters branches and rounds that hold about so many items.
pub fn fill(keep: &mut Keep, items: u32) -> Result<(), Outcome> {
    let walk = enter_branches(keep, branches(items), false)?;
    let mut left = items;
    for (number, plan) in (1..=ROUNDS).zip(walk.plans()) {
        let round = RoundId(number);
        let open = RoundCommand::Open { plan: plan.clone(), branches: walk.members.clone() };
        keep.submit_at(moment(plan.from, 0), walk.by.clone(), Rev(0), Command::Round(round, open))?;
        for (place, part) in walk.members.chunks(AT_ONCE).enumerate() {
            let day = plan.from.plus(10 + i32::try_from(place % 40).unwrap_or_default());
            let mut found = Vec::with_capacity(part.len() * FINDINGS as usize);
            for branch in part {
                for item in failing(&walk.checklist, *branch, round) {
                    let count = left.min(ITEMS);
                    left -= count;
                    let n = u16::try_from(found.len() % FINDINGS as usize).unwrap_or_default() + 1;
                    let id = FindingId { round, branch: *branch, n };
                    let mut facts = finding(item, &plan, *branch, day);
                    facts.fact.push_str(&format!("（見底稿第{}頁）", branch.0 * 10 + u32::from(n)));
                    let table = if number < ROUNDS { &PAST } else { &PRESENT };
                    let reach = (1..=count.max(1)).map(|number| reach(table, id, number)).collect();
                    found.push(Many { id, item, facts, day, reach });
                }
            }
            walked(keep, &walk.checklist, round, part, &found)?;
            let later = |days| moment(day.plus(days), 60);
            keep.submit_all_at(later(6), found.iter().filter_map(Many::by_the_branch).collect())?;
            keep.submit_all_at(later(7), found.iter().filter_map(Many::by_another).collect())?;
            keep.submit_all_at(later(8), found.iter().filter_map(Many::by_a_third).collect())?;
        }
        if number < ROUNDS {
            let saw = keep.round_rev(round)?;
            keep.submit_at(moment(plan.to, 60), walk.by.clone(), saw, Command::Round(round, RoundCommand::Close))?;
        }
    }
    Ok(())
}

/// Picks the items of the checklist that a branch fails: half of them the same from round to round.
fn failing(checklist: &Checklist, branch: BranchId, round: RoundId) -> Vec<&Item> {
    let scored: Vec<&Item> = checklist.items.iter().filter(|item| checklist.scored(item)).collect();
    let first = |salt: u64| usize::try_from(mixed(u64::from(branch.0), salt, 5)).unwrap_or_default();
    let mut places: Vec<usize> = Vec::new();
    for n in 0..FINDINGS as usize {
        let salt = if n % 2 == 0 { 0 } else { u64::from(round.0) };
        let mut place = (first(salt) % 1_000_000 + n * 13) % scored.len().max(1);
        while places.contains(&place) && places.len() < scored.len() {
            place = (place + 1) % scored.len();
        }
        places.push(place);
    }
    places.sort_unstable();
    places.into_iter().filter_map(|place| scored.get(place).copied()).collect()
}

fn reach(table: &[(u64, Reach)], id: FindingId, item: u32) -> Reach {
    let luck = mixed(u64::from(id.branch.0), u64::from(id.n) * 32 + u64::from(item), u64::from(id.round.0)) % 100;
    table.iter().find(|(below, _)| luck < *below).map_or(Reach::Closed, |(_, reach)| *reach)
}

/// Walks some branches to their signature and hands over what was found.
fn walked(
    keep: &mut Keep,
    checklist: &Checklist,
    round: RoundId,
    branches: &[BranchId],
    found: &[Many<'_>],
) -> Result<(), Outcome> {
    let Some(day) = found.first().map(|found| found.day) else { return Ok(()) };
    let request = |branch: BranchId, command| Request {
        by: PersonId(inspector(branch, 0).to_owned()),
        saw: Rev(u64::MAX),
        command: Command::Inspection(round, branch, command),
    };
    let judge = |branch: &BranchId| {
        let failed: Vec<&Item> = failing(checklist, *branch, round);
        let verdict = |item: &Item| {
            let luck = mixed(u64::from(branch.0), u64::from(item.days), u64::from(round.0)) % 8;
            match luck {
                _ if failed.iter().any(|failed| failed.id == item.id) => Verdict::Fail,
                0 => Verdict::Good,
                1 => Verdict::Fair,
                _ => Verdict::Pass,
            }
        };
        let judged = checklist.items.iter().filter(|item| checklist.scored(item)).map(|item| {
            let judgement = Judgement { verdict: verdict(item), reason: String::new() };
            (item.id.clone(), Some(judgement))
        });
        request(*branch, InspectionCommand::Judge(judged.collect()))
    };
    let find =
        |found: &Many<'_>| request(found.id.branch, InspectionCommand::Find { n: None, facts: found.facts.clone() });
    let sign = |branch: &BranchId| request(*branch, InspectionCommand::SignOff);
    keep.submit_all_at(moment(day, 0), branches.iter().map(judge).chain(found.iter().map(find)).collect())?;
    let handed_over = found.iter().map(Many::handed_over);
    keep.submit_all_at(moment(day, 40), branches.iter().map(sign).chain(handed_over).collect())
}

/// Returns the inspector who looked at a branch, or the next one.
fn inspector(branch: BranchId, further: usize) -> &'static str {
    INSPECTORS[(branch.0 as usize + further) % INSPECTORS.len()]
}

impl Many<'_> {
    /// On the day of the signature: the other items are written down, and most of all are handed over.
    fn handed_over(&self) -> Request {
        let draft = |number: u32| {
            let days =
                i32::try_from(mixed(u64::from(self.id.branch.0), u64::from(number), 11) % 90).unwrap_or_default();
            let facts = RectFacts {
                measure: format!("補齊「{}」。", self.record()),
                goal: String::new(),
                lead: String::new(),
                post: POSTS[number as usize % POSTS.len()].to_owned(),
                due: self.day.plus(15 + days),
            };
            FollowCommand::Draft(facts)
        };
        let mut steps: Vec<FollowStep> =
            (2..).take(self.reach.len().saturating_sub(1)).map(|number| step(1, "", draft(number))).collect();
        for (number, reach) in (1u8..).zip(&self.reach) {
            match reach {
                Reach::Draft => {}
                Reach::Revoked => {
                    let reason = "與另一事項重複。".to_owned();
                    steps.push(step(number, "", FollowCommand::Revoke { reason }));
                }
                _ => steps.push(step(number, "", FollowCommand::Issue)),
            }
        }
        self.request(inspector(self.id.branch, 0), steps)
    }

    /// Some days later, on behalf of the branch: taken over, put right, shown.
    fn by_the_branch(&self) -> Option<Request> {
        let mut steps = Vec::new();
        for (number, reach) in (1u8..).zip(&self.reach) {
            let mut take = |command| steps.push(step(number, SECRETARY, command));
            if *reach >= Reach::Received {
                take(FollowCommand::Receive);
            }
            if *reach >= Reach::Work {
                // The first item was written down by the signature, without what is to be done.
                let measure = if number == 1 { format!("補齊「{}」。", self.record()) } else { String::new() };
                take(FollowCommand::Start { goal: String::new(), measure });
            }
            if *reach == Reach::Longer {
                let reason = "需與年度計劃銜接。".to_owned();
                take(FollowCommand::Ask { to: self.day.plus(400), reason });
            }
            if *reach >= Reach::Asked {
                let evidence = Evidence {
                    title: self.record().to_owned(),
                    number: String::new(),
                    date: self.day.plus(6),
                    place: "支部檔案櫃".to_owned(),
                    sha256: String::new(),
                };
                take(FollowCommand::Evidence(evidence));
                let said = |text: &str| text.to_owned();
                let answers = Answers {
                    gone: said("已補齊。"), cause: said("已明確專人。"), rule: said("列入計劃。")
                };
                take(FollowCommand::Request(answers));
            }
        }
        self.some(inspector(self.id.branch, 0), steps)
    }

    /// The day after, by another inspector: taken up, passed or sent back.
    fn by_another(&self) -> Option<Request> {
        let mut steps = Vec::new();
        for (number, reach) in (1u8..).zip(&self.reach) {
            if *reach < Reach::Looked {
                continue;
            }
            steps.push(step(number, "", FollowCommand::TakeUp));
            let ends = match reach {
                Reach::SentBack => {
                    let back = "材料未說明制度如何保證。".to_owned();
                    Some(FollowCommand::Return { reason: back, due: self.day.plus(34) })
                }
                Reach::Closed => Some(FollowCommand::Pass { next: self.stage() }),
                _ => None,
            };
            steps.extend(ends.map(|ends| step(number, "", ends)));
        }
        self.some(inspector(self.id.branch, 1), steps)
    }

    /// Another day later, by a third person: what is grave is approved, some have leave.
    fn by_a_third(&self) -> Option<Request> {
        let mut steps = Vec::new();
        for (number, reach) in (1u8..).zip(&self.reach) {
            let grave = self.facts.severity == Severity::Critical && self.stage().is_none();
            if *reach == Reach::Exempt {
                let reason = "辦公樓修繕。".to_owned();
                steps.push(step(number, "", FollowCommand::Exempt { until: self.day.plus(270), reason }));
            } else if *reach == Reach::Closed && grave {
                steps.push(step(number, "", FollowCommand::Approve));
            }
        }
        self.some(APPROVER, steps)
    }

    /// A standing item closes a stage.
    fn stage(&self) -> Option<Day> {
        (self.facts.class == Class::Standing).then(|| self.day.plus(97))
    }

    fn record(&self) -> &str {
        follow::record(self.item)
    }

    fn some(&self, by: &str, steps: Vec<FollowStep>) -> Option<Request> {
        (!steps.is_empty()).then(|| self.request(by, steps))
    }

    fn request(&self, by: &str, steps: Vec<FollowStep>) -> Request {
        Request { by: PersonId(by.to_owned()), saw: Rev(u64::MAX), command: Command::FollowAll(self.id, steps) }
    }
}

fn step(item: u8, behalf: &str, command: FollowCommand) -> FollowStep {
    FollowStep { item, behalf: behalf.to_owned(), batch: false, command }
}
