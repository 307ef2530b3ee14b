//! The rectification items that somebody has to see to, the earliest day first.

use std::ops::ControlFlow;

use super::{Action, Home, Model};
use crate::domain::{
    Actor, Claim, Class, Day, House, ItemId, LedgerView, ReadFault, Reading, RectId, Standing, State, Waiting, duties,
    is_duty,
};

/// An item that waits for a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RectTask {
    /// Which item.
    pub id: RectId,
    /// For whose step.
    pub waiting: Waiting,
    /// Where it stands.
    pub state: State,
    /// Whether it was sent back and nothing was done since.
    pub back: bool,
    /// How it stands to its day.
    pub standing: Standing,
    /// The branch's short name.
    pub name: String,
    /// The unit above it, or nothing.
    pub above: String,
    /// The item of the checklist.
    pub item: ItemId,
    /// What the finding states.
    pub fact: String,
    /// How it is put right.
    pub class: Class,
    /// The last day.
    pub until: Day,
    /// Who looks at it, and until when; it may have ended.
    pub claim: Option<Claim>,
}

/// The most items of one kind that are looked at: a home screen costs the same over any number of them.
pub const VISITED: usize = 400;
/// The most items of one kind that are listed: none hides what waits for another step.
pub const LISTED: usize = 24;

/// Lists what somebody has to see to.
pub(super) fn rect_tasks(
    reading: &dyn Reading,
    house: &House,
    actor: &Actor<'_>,
    today: Day,
) -> Result<Vec<RectTask>, ReadFault> {
    let mut tasks = Vec::new();
    for waiting in duties(actor) {
        let mut listed = 0;
        for (day, id) in first(reading, *waiting)? {
            let Some(task) = task(reading, house, actor, (*waiting, day, id), today)? else { continue };
            tasks.push(task);
            listed += 1;
            if listed == LISTED {
                break;
            }
        }
    }
    Ok(tasks)
}

/// Reads the front of a queue.
fn first(reading: &dyn Reading, waiting: Waiting) -> Result<Vec<(Day, RectId)>, ReadFault> {
    let mut queue = Vec::new();
    reading.waiting(waiting, &mut |day, id| {
        queue.push((day, id));
        if queue.len() < VISITED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(queue)
}

fn task(
    reading: &dyn Reading,
    house: &House,
    actor: &Actor<'_>,
    (waiting, day, id): (Waiting, Day, RectId),
    today: Day,
) -> Result<Option<RectTask>, ReadFault> {
    let Some(followed) = reading.followed(id.finding)? else { return Ok(None) };
    let Some(item) = followed.item(id.item) else { return Ok(None) };
    if !is_duty(actor, house.policy.gate, waiting, (&followed, item), today) {
        return Ok(None);
    }
    let (name, above) = named(reading, id.finding.branch)?;
    Ok(Some(RectTask {
        id,
        waiting,
        state: item.state,
        back: item.state == State::Working && !item.reason.is_empty(),
        standing: item.standing(today),
        name,
        above,
        item: followed.facts.item.clone(),
        fact: followed.facts.fact.clone(),
        class: followed.facts.class,
        until: day,
        claim: item.claim.clone(),
    }))
}

/// Returns the short names of a unit and of the one above it: 「第一黨支部」 alone says little where there are many.
pub(super) fn named(reading: &dyn Reading, unit: crate::domain::BranchId) -> Result<(String, String), ReadFault> {
    let facts = reading.branch(unit)?.map(|branch| branch.facts).unwrap_or_default();
    let above = match facts.parent {
        Some(parent) => reading.branch(parent)?.map(|parent| parent.facts.name).unwrap_or_default(),
        None => String::new(),
    };
    Ok((facts.name, above))
}

/// Returns the view of the ledger in which the items of a count on the home screen are.
pub(super) const fn counted(action: Action) -> Option<LedgerView> {
    Some(match action {
        Action::LedgerOpen => LedgerView::Open,
        Action::LedgerOverdue => LedgerView::Overdue,
        Action::LedgerToVerify => LedgerView::ToVerify,
        Action::LedgerDrafted => LedgerView::Drafted,
        Action::LedgerClosed => LedgerView::Closed,
        Action::LedgerAll => LedgerView::All,
        _ => return None,
    })
}

impl Model {
    /// Reads the home screen of the person.
    pub(super) fn home(&self, reading: &dyn Reading) -> Result<Home, ReadFault> {
        Home::load(reading, &self.me, self.moment.day)
    }
}
