//! Moving through the items of a walk.

use super::{Action, Walk};
use crate::domain::{Item, PersonId, Verdict};

/// Answers where an action leads within the walk; nothing where it does not move, or there is nowhere to go.
///
/// An unanswered item of a card that somebody else has taken is theirs, and one that two judge blind waits for their
/// merger: both are passed over. A sheet has no cards: whoever judges blind judges every item on it.
pub fn target(walk: &Walk, me: &PersonId, action: Action, count: usize) -> Option<usize> {
    let last = walk.checklist.items.len().checked_sub(1)?;
    let group = |item: &Item| item.group;
    match action {
        Action::Down => (walk.at < last).then(|| (walk.at + count).min(last)),
        Action::Up => (walk.at > 0).then(|| walk.at.saturating_sub(count)),
        Action::First => Some(0),
        Action::Last => Some(last),
        Action::NextOpen => next(walk, |item| open(walk, me, item)),
        Action::PreviousOpen => previous(walk, |item| open(walk, me, item)),
        Action::NextFailed => next(walk, |item| short(walk, item)),
        Action::PreviousFailed => previous(walk, |item| short(walk, item)),
        Action::NextMarked => next(walk, |item| walk.inspection.marked(&item.id)),
        Action::NextGroup => {
            let here = walk.item().map(group)?;
            let after = walk.checklist.items.iter().skip(walk.at).position(|item| item.group != here)?;
            Some(walk.at + after)
        }
        Action::PreviousGroup => {
            let before = walk.checklist.items.get(walk.at.checked_sub(1)?).map(group)?;
            walk.checklist.items.iter().position(|item| item.group == before)
        }
        _ => None,
    }
}

/// Says whether an item waits for a verdict of this person.
fn open(walk: &Walk, me: &PersonId, item: &Item) -> bool {
    walk.inspection.verdict(&item.id).is_none() && walk.taken_from(me, item).is_none() && !walk.is_held(item)
}

/// Says whether an item failed or has a finding.
fn short(walk: &Walk, item: &Item) -> bool {
    walk.inspection.verdict(&item.id) == Some(Verdict::Fail) || walk.inspection.findings_on(&item.id).next().is_some()
}

/// Finds the next item, past the end from the top again.
pub fn next(walk: &Walk, wanted: impl Fn(&Item) -> bool) -> Option<usize> {
    let items = &walk.checklist.items;
    let after = items.iter().enumerate().skip(walk.at + 1);
    after.chain(items.iter().enumerate().take(walk.at + 1)).find(|(_, item)| wanted(item)).map(|(at, _)| at)
}

fn previous(walk: &Walk, wanted: impl Fn(&Item) -> bool) -> Option<usize> {
    let items = &walk.checklist.items;
    let before = items.iter().enumerate().take(walk.at).rev();
    before.chain(items.iter().enumerate().skip(walk.at).rev()).find(|(_, item)| wanted(item)).map(|(at, _)| at)
}
