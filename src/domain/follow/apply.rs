//! Makes true what happened to a followed finding; never fails.

use super::decide::hand;
use super::{Asked, Claim, Closure, Did, Exempt, FollowChange, Followed, Hand, Rectification, State};
use crate::domain::{Day, FindingId, PersonId, Rev, Stamp};

/// Applies what happened; never fails.
pub fn apply_follow(
    followed: &mut Option<Followed>,
    id: FindingId,
    rev: Rev,
    by: &PersonId,
    at: Stamp,
    change: &FollowChange,
) {
    match (change, followed.as_mut()) {
        (FollowChange::Opened { facts, repeat_of, nth, relapse_of }, None) => {
            *followed = Some(Followed {
                id,
                rev,
                facts: facts.clone(),
                repeat_of: *repeat_of,
                nth: *nth,
                relapse_of: *relapse_of,
                lookback: None,
                items: Vec::new(),
                last: (by.clone(), at),
            });
        }
        (FollowChange::Relapsed { lookback, facts, of, nth }, None) => {
            *followed = Some(Followed {
                id,
                rev,
                facts: facts.clone(),
                repeat_of: Some(of.finding),
                nth: *nth,
                relapse_of: Some(*of),
                lookback: Some(*lookback),
                items: Vec::new(),
                last: (by.clone(), at),
            });
        }
        (
            FollowChange::Opened { facts, .. }
            | FollowChange::Relapsed { facts, .. }
            | FollowChange::Restated { now: facts, .. },
            Some(followed),
        ) => {
            followed.facts = facts.clone();
        }
        (FollowChange::Item { n, on, behalf, did }, Some(followed)) => {
            let hand = hand(by, at, *on, behalf);
            if let Did::Drafted(facts) = did {
                followed.items.push(drafted(facts.clone(), hand));
            } else if let Some(item) = usize::from(*n).checked_sub(1).and_then(|n| followed.items.get_mut(n)) {
                step(item, hand, did);
            }
        }
        (FollowChange::Restated { .. } | FollowChange::Item { .. }, None) => {}
    }
    if let Some(followed) = followed {
        followed.rev = rev;
        followed.last = (by.clone(), at);
    }
}

fn drafted(facts: super::RectFacts, hand: Hand) -> Rectification {
    Rectification {
        first_due: facts.due,
        facts,
        state: State::Drafted,
        since: hand,
        reason: String::new(),
        issued: None,
        received: None,
        extensions: 0,
        missed: false,
        asked: None,
        evidence: Vec::new(),
        evidence_seen: 0,
        answers: None,
        requested: None,
        checked: None,
        closure: None,
        returns: 0,
        exempt: None,
        stages: 0,
        on_the_spot: false,
        sent: Vec::new(),
        claim: None,
    }
}

fn step(item: &mut Rectification, hand: Hand, did: &Did) {
    match did {
        // Made by the caller: it is the one step that no item is there for.
        Did::Drafted(_) => {}
        Did::Edited { now, .. } => {
            item.facts = now.clone();
            item.first_due = now.due;
        }
        Did::Issued => {
            item.issued = Some(hand.clone());
            moved(item, State::Issued, hand);
        }
        Did::Received => {
            item.received = Some(hand.clone());
            moved(item, State::Received, hand);
        }
        Did::Started { measure, goal } => {
            for (now, said) in [(&mut item.facts.measure, measure), (&mut item.facts.goal, goal)] {
                if !said.is_empty() {
                    now.clone_from(said);
                }
            }
            moved(item, State::Working, hand);
        }
        Did::Evidenced(evidence) => item.evidence.push(evidence.clone()),
        Did::Requested(answers) => {
            item.answers = Some(answers.clone());
            item.requested = Some(hand.clone());
            // What was asked before is answered by this.
            item.asked = None;
            moved(item, State::Requested, hand);
        }
        Did::TakenUp => {
            let claim = item.claim.take().filter(|claim| claim.by == hand.by);
            moved(item, State::Verifying, hand);
            item.claim = claim;
        }
        Did::Checked => {
            item.checked = Some(hand);
            item.claim = None;
        }
        Did::Closed { in_time } => close(item, hand, *in_time),
        Did::StageClosed { next } => {
            item.stages = item.stages.saturating_add(1);
            item.evidence_seen = u16::try_from(item.evidence.len()).unwrap_or(u16::MAX);
            put_off(item, *next, hand.on);
            moved(item, State::Working, hand);
        }
        Did::Returned { reason, due, .. } => {
            item.returns = item.returns.saturating_add(1);
            item.evidence_seen = u16::try_from(item.evidence.len()).unwrap_or(u16::MAX);
            item.checked = None;
            put_off(item, *due, hand.on);
            moved(item, State::Working, hand);
            item.reason.clone_from(reason);
        }
        Did::Revoked { reason } => {
            moved(item, State::Revoked, hand);
            item.reason.clone_from(reason);
            item.asked = None;
        }
        Did::Asked { to, reason } => item.asked = Some(Asked { to: *to, reason: reason.clone(), hand }),
        Did::Granted { due, .. } => {
            // Asked in time and granted late is no day missed.
            let asked = item.asked.take().map_or(hand.on, |asked| asked.hand.on);
            item.extensions = item.extensions.saturating_add(1);
            put_off(item, *due, asked);
        }
        Did::Denied { .. } => item.asked = None,
        Did::Exempted { until, reason } => {
            item.exempt = Some(Exempt { until: *until, reason: reason.clone(), hand });
        }
        Did::Lifted { .. } => item.exempt = None,
        Did::PutRight => item.on_the_spot = true,
        Did::Sent(paper) => {
            item.sent.retain(|(kind, _)| kind != paper);
            item.sent.push((*paper, hand.on));
        }
        Did::Claimed { until } => item.claim = Some(Claim { by: hand.by, at: hand.at, until: *until }),
        Did::Released => item.claim = None,
    }
}

fn moved(item: &mut Rectification, to: State, hand: Hand) {
    item.state = to;
    item.since = hand;
    item.reason.clear();
    item.claim = None;
}

/// Gives an item another day; whether the old one had passed by `on` stays with it.
fn put_off(item: &mut Rectification, due: Day, on: Day) {
    item.missed |= on > item.last_day();
    item.facts.due = due;
}

fn close(item: &mut Rectification, hand: Hand, in_time: bool) {
    let (verified, approved) = match item.checked.take() {
        Some(checked) => (checked, Some(hand.clone())),
        None => (hand.clone(), None),
    };
    item.closure = Some(Closure { verified, approved, on: hand.on, in_time });
    moved(item, State::Closed, hand);
}
