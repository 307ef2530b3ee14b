//! What the desk does for look-backs: gathers the closed items that may be drawn, and follows again what has come back.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::shelf::staging::Staging;
use super::shelf::{Memo, followed, load_house};
use super::{DeskError, following};
use crate::domain::{
    BranchId, Change, Counting, Criteria, Day, Did, FindingFacts, FindingId, FollowChange, Followed, House, Look,
    Lookback, Of, ReadFault, RectFacts, RectId, Refusal, worked_days_on,
};

/// Lists the closed items that may be drawn, in the order of rounds, branches and numbers.
///
/// What has come back already is left out: there is nothing to see any more.
pub fn population(staging: &Staging<'_>, criteria: &Criteria) -> Result<Vec<RectId>, ReadFault> {
    let (mut found, mut back) = (Vec::new(), Vec::new());
    let mut below: HashMap<BranchId, bool> = HashMap::new();
    let mut fault = None;
    followed::scan(staging, Default::default(), &mut |id, finding| {
        if finding.relapse {
            back.push(id);
        }
        let mut items = (1u8..).zip(&finding.lines).filter(|(_, line)| criteria.takes(&finding, line)).peekable();
        if items.peek().is_none() {
            return ControlFlow::Continue(());
        }
        let taken = criteria.over.is_none_or(|over| match below.get(&id.branch) {
            Some(below) => *below,
            None => match following::above(staging, id.branch) {
                Ok(above) => *below.entry(id.branch).or_insert(above.contains(&over)),
                Err(damage) => {
                    fault = Some(damage);
                    false
                }
            },
        });
        if taken {
            found.extend(items.map(|(item, _)| RectId { finding: id, item }));
        }
        if fault.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    if let Some(fault) = fault {
        return Err(fault);
    }
    let mut gone = BTreeSet::new();
    for id in back {
        gone.extend(followed::load(staging, id)?.and_then(|followed| followed.relapse_of));
    }
    found.retain(|rect| !gone.contains(rect));
    Ok(found)
}

/// Lists the acts that follow again what a look-back has seen come back.
pub fn relapses(
    staging: &Staging<'_>,
    memo: &mut Memo,
    lookback: &Lookback,
    today: Day,
) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
    let house = load_house(staging)?;
    let mut acts = Vec::new();
    let mut numbers: HashMap<(crate::domain::RoundId, BranchId), u16> = HashMap::new();
    for (rect, look) in lookback.relapsed() {
        let FindingId { round, branch, .. } = rect.finding;
        let Some(old) = followed::load(staging, rect.finding)? else { continue };
        if has_come_back(staging, rect)? {
            continue;
        }
        let n = match numbers.get(&(round, branch)) {
            Some(n) => *n,
            None => following::next_number(staging, round, branch)?,
        };
        // The last number of all stays free, so that no two findings can bear the same.
        let after = n.checked_add(1).ok_or(Refusal::OutOfRange { field: "findings", low: 0, high: u16::MAX.into() })?;
        numbers.insert((round, branch), after);
        let due = due(staging, memo, &house, &old, today)?;
        acts.push((
            Of::Finding(FindingId { n, ..rect.finding }),
            followed_again(&house, lookback, (&old, rect), look, due, today),
        ));
    }
    Ok(acts)
}

/// Says whether a finding of the same inspection has come from an item already, by another look-back.
fn has_come_back(staging: &Staging<'_>, rect: RectId) -> Result<bool, ReadFault> {
    let FindingId { round, branch, .. } = rect.finding;
    for finding in following::of_inspection(staging, round, branch)?.into_iter().filter(|finding| finding.relapse) {
        let other = followed::load(staging, FindingId { n: finding.n, ..rect.finding })?;
        if other.is_some_and(|other| other.relapse_of == Some(rect)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Proposes the last day by the days of the item in the checklist, as the house counts them.
fn due(staging: &Staging<'_>, memo: &mut Memo, house: &House, old: &Followed, today: Day) -> Result<Day, ReadFault> {
    let round = memo.round(staging, old.id.round)?;
    let checklist = match round {
        Some(round) => memo.checklist(staging, &round.plan.edition)?,
        None => None,
    };
    let days =
        checklist.and_then(|checklist| checklist.item(&old.facts.item).map(|item| item.days)).unwrap_or_default();
    let calendar = today.plus(i32::from(days));
    Ok(match house.policy.counting {
        Counting::Calendar => calendar,
        // It is a draft: who issues it sets the day, where the house has no table for the year.
        Counting::Working => worked_days_on(&house.years, today, days).unwrap_or(calendar),
    })
}

fn followed_again(
    house: &House,
    lookback: &Lookback,
    (old, rect): (&Followed, RectId),
    look: &Look,
    due: Day,
    today: Day,
) -> Vec<Change> {
    let facts = FindingFacts { fact: look.note.clone(), due, ..old.facts.clone() };
    let stood = old.item(rect.item).map(|item| item.facts.clone());
    let draft = RectFacts {
        measure: String::new(),
        goal: String::new(),
        lead: stood.as_ref().map_or_else(String::new, |facts| facts.lead.clone()),
        post: stood.map_or_else(|| following::duty_post(house), |facts| facts.post),
        due,
    };
    let nth = old.nth.saturating_add(1);
    let relapsed = FollowChange::Relapsed { lookback: lookback.id, facts, of: rect, nth };
    let drafted = FollowChange::Item { n: 1, on: today, behalf: String::new(), did: Did::Drafted(draft) };
    vec![Change::Follow(relapsed), Change::Follow(drafted)]
}
