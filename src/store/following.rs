//! What the desk does for findings that are followed: opens them at a signature, and takes steps on their items.

use super::shelf::staging::Staging;
use super::shelf::{followed, names};
use crate::domain::{
    Branch, BranchId, Change, Day, Did, Finding, FindingId, FollowChange, FollowStep, FollowSurroundings, Followed,
    House, Inspection, InspectionLine, LedgerFinding, Of, ReadFault, RectFacts, RectId, Refusal, RoundId, RoundLine,
    Stamp, State, apply_follow, decide_follow,
};

/// The post that a fresh item names: the one that answers for a branch.
const DUTY_POST: &str = "支部書記";
/// Why the items of a finding that was withdrawn before anything was issued are given up.
const WITHDRAWN: &str = "問題已撤回";

/// Lists the acts that make a signed inspection's findings followed, and let go of those that were withdrawn.
pub fn open(
    staging: &Staging<'_>,
    house: &House,
    inspection: &Inspection,
    today: Day,
) -> Result<Vec<(Of, Vec<Change>)>, ReadFault> {
    let (round, branch) = (inspection.round, inspection.branch);
    let mut acts = Vec::new();
    let stood: Vec<u16> = of_inspection(staging, round, branch)?.iter().map(|finding| finding.n).collect();
    let gone = stood.into_iter().filter(|n| !inspection.findings.contains_key(n));
    for n in gone {
        let id = FindingId { round, branch, n };
        // What a look-back has seen was never in the inspection, and is not withdrawn with it.
        let Some(followed) = followed::load(staging, id)?.filter(|followed| followed.lookback.is_none()) else {
            continue;
        };
        let drafts = (1u8..).zip(&followed.items).filter(|(_, item)| item.state == State::Drafted);
        let changes: Vec<_> =
            drafts.map(|(n, _)| item(n, today, Did::Revoked { reason: WITHDRAWN.to_owned() })).collect();
        if !changes.is_empty() {
            acts.push((Of::Finding(id), changes));
        }
    }
    let mut past = None;
    for (n, finding) in &inspection.findings {
        let id = FindingId { round, branch, n: *n };
        let changes = match followed::load(staging, id)? {
            None => {
                let past = match &mut past {
                    Some(past) => past,
                    none => none.insert(Past::of(staging, house, round, branch)?),
                };
                opened(house, past, finding, today)
            }
            Some(followed) => restated(&followed, finding, today),
        };
        if !changes.is_empty() {
            acts.push((Of::Finding(id), changes));
        }
    }
    Ok(acts)
}

/// Decides steps on a finding one after the other, each on what those before it have left.
pub fn steps(
    followed: &Followed,
    around: FollowSurroundings<'_>,
    at: Stamp,
    steps: Vec<FollowStep>,
) -> Result<Vec<FollowChange>, Refusal> {
    let mut changes = Vec::with_capacity(steps.len());
    // One step alone, as most are, is decided on what stands.
    let mut left = (steps.len() > 1).then(|| followed.clone());
    for step in steps {
        for change in decide_follow(left.as_ref().unwrap_or(followed), around, step)? {
            if left.is_some() {
                apply_follow(&mut left, followed.id, followed.rev.next(), around.actor.id, at, &change);
            }
            changes.push(change);
        }
    }
    if changes.is_empty() { Err(Refusal::NothingChanged) } else { Ok(changes) }
}

/// Returns the post that a fresh item names; none where the house does not know it any more.
pub fn duty_post(house: &House) -> String {
    if house.posts.knows(DUTY_POST) { DUTY_POST.to_owned() } else { String::new() }
}

fn item(n: u8, on: Day, did: Did) -> Change {
    Change::Follow(FollowChange::Item { n, on, behalf: String::new(), did })
}

fn opened(house: &House, past: &Past, finding: &Finding, today: Day) -> Vec<Change> {
    let facts = finding.facts.clone();
    let before = past.last(&facts.item.0);
    let relapse_of = before.and_then(|(id, finding)| {
        let closed = finding.lines.iter().rposition(|line| line.state == State::Closed)?;
        Some(RectId { finding: *id, item: u8::try_from(closed + 1).ok()? })
    });
    let draft = RectFacts {
        measure: String::new(),
        goal: String::new(),
        lead: String::new(),
        post: duty_post(house),
        // A day that has passed by the time of the signature could not be issued.
        due: facts.due.max(today),
    };
    let nth = before.map_or(1, |(_, finding)| finding.nth.saturating_add(1));
    let opened = FollowChange::Opened { facts, repeat_of: before.map(|(id, _)| *id), nth, relapse_of };
    vec![Change::Follow(opened), item(1, today, Did::Drafted(draft))]
}

fn restated(followed: &Followed, finding: &Finding, today: Day) -> Vec<Change> {
    if followed.facts == finding.facts || followed.is_issued() {
        return Vec::new();
    }
    let (was, now) = (followed.facts.clone(), finding.facts.clone());
    let mut changes = Vec::new();
    for (n, draft) in (1u8..).zip(&followed.items) {
        if draft.state == State::Drafted && draft.facts.due == was.due && was.due != now.due {
            let moved = RectFacts { due: now.due.max(today), ..draft.facts.clone() };
            changes.push(item(n, today, Did::Edited { was: draft.facts.clone(), now: moved }));
        }
    }
    changes.insert(0, Change::Follow(FollowChange::Restated { was, now }));
    changes
}

/// Returns the number above every one that a finding of an inspection bears or has borne.
pub fn next_number(staging: &Staging<'_>, round: RoundId, branch: BranchId) -> Result<u16, ReadFault> {
    let line: Option<InspectionLine> = staging.get(&names::inspection(round, branch))?;
    let stated = line.map_or(1, |line| line.next_finding);
    let followed = of_inspection(staging, round, branch)?.last().map_or(0, |finding| finding.n);
    Ok(stated.max(followed.saturating_add(1)))
}

/// Lists a unit and the units above it.
pub fn above(staging: &Staging<'_>, branch: BranchId) -> Result<Vec<BranchId>, ReadFault> {
    let mut above = Vec::new();
    let mut next = Some(branch);
    while let Some(id) = next.filter(|id| !above.contains(id)) {
        above.push(id);
        next = staging.get::<Branch>(&names::branch(id))?.and_then(|branch| branch.facts.parent);
    }
    Ok(above)
}

/// Reads the ledger's findings of one inspection.
pub fn of_inspection(staging: &Staging<'_>, round: RoundId, branch: BranchId) -> Result<Vec<LedgerFinding>, ReadFault> {
    let mut found = Vec::new();
    followed::scan(staging, (round, branch), &mut |id, finding| {
        if (id.round, id.branch) != (round, branch) {
            return std::ops::ControlFlow::Break(());
        }
        found.push(finding);
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// What earlier rounds found on a branch, or on the units whose history it carries on, the latest finding first.
struct Past {
    findings: Vec<(FindingId, LedgerFinding)>,
}

impl Past {
    fn of(staging: &Staging<'_>, house: &House, round: RoundId, branch: BranchId) -> Result<Self, ReadFault> {
        let mut lines: Vec<RoundLine> = staging.all(&[names::kind::ROUND])?.into_iter().map(|(_, line)| line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse((line.plan.to, line.plan.from, line.id)));
        let Some(own) = lines.iter().find(|line| line.id == round).map(|line| (line.plan.to, line.plan.from, line.id))
        else {
            return Ok(Self { findings: Vec::new() });
        };
        let since = own.0.months_before(i32::from(house.policy.repeat_months));
        let known: Option<Branch> = staging.get(&names::branch(branch))?;
        let units = known.map_or_else(|| vec![branch], |branch| branch.history());
        let mut findings = Vec::new();
        let before = |line: &&RoundLine| (line.plan.to, line.plan.from, line.id) < own && line.plan.to >= since;
        for line in lines.iter().filter(before) {
            for unit in &units {
                let found = of_inspection(staging, line.id, *unit)?;
                let id = |n| FindingId { round: line.id, branch: *unit, n };
                // What came back during the round stands behind what it came back from.
                findings.extend(found.into_iter().rev().map(|finding| (id(finding.n), finding)));
            }
        }
        Ok(Self { findings })
    }

    fn last(&self, item: &str) -> Option<&(FindingId, LedgerFinding)> {
        let given_up = |finding: &LedgerFinding| finding.lines.iter().all(|line| line.state == State::Revoked);
        self.findings.iter().find(|(_, finding)| finding.item.0 == item && !given_up(finding))
    }
}
