//! Decides what somebody wants of a look-back, or why it cannot be.

use super::{Criteria, LOOK_NOTE_LIMIT, Look, Lookback, LookbackChange, Outcome, SAMPLE_LIMIT, draw};
use crate::domain::follow::gates;
use crate::domain::{
    Actor, BranchId, Day, Followed, LookbackId, PERSON_LIMIT, Policy, Posts, REASON_LIMIT, RectId, Refusal, Rev, State,
    access, care,
};

/// What somebody wants of a look-back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookbackCommand {
    /// Draw a sample.
    Draw {
        /// From which items.
        criteria: Criteria,
        /// The seed.
        seed: u64,
    },
    /// Say what was seen of an item, or correct it.
    Look {
        /// Which item.
        rect: RectId,
        /// The post on whose behalf; empty where the person acts for themselves.
        behalf: String,
        /// What was seen.
        look: Look,
    },
    /// End it: what has come back is followed again.
    End {
        /// Why some items were not looked at; not needed where all were.
        reason: String,
    },
}

/// What a command on a look-back is decided with.
#[derive(Clone, Copy, Debug)]
pub struct LookbackSurroundings<'a> {
    /// The day in China.
    pub today: Day,
    /// Who acts.
    pub actor: &'a Actor<'a>,
    /// The house's policy.
    pub policy: &'a Policy,
    /// The posts that the house knows.
    pub posts: &'a Posts,
    /// The closed items that may be drawn, in order; needed for a draw alone.
    pub population: &'a [RectId],
    /// The finding of the item that is looked at.
    pub followed: Option<&'a Followed>,
    /// The branch that is looked at, with the units above it; else the unit that is drawn from, with those above it.
    pub branch_and_above: &'a [BranchId],
}

/// Decides what a command means for a look-back, or why it cannot be.
///
/// `saw` is the revision that the person's screen showed: two inspectors may look at different items.
pub fn decide_lookback(
    id: LookbackId,
    lookback: Option<&Lookback>,
    around: LookbackSurroundings<'_>,
    saw: Rev,
    command: LookbackCommand,
) -> Result<Vec<LookbackChange>, Refusal> {
    access::one_of(around.actor, access::WALKERS)?;
    let open = || match lookback {
        None => Err(Refusal::NoSuchLookback(id)),
        Some(Lookback { ended: Some(ended), .. }) => Err(Refusal::LookbackEnded { by: ended.by.clone(), at: ended.at }),
        Some(lookback) => Ok(lookback),
    };
    match command {
        LookbackCommand::Draw { criteria, seed } => {
            if lookback.is_some() {
                return Err(Refusal::LookbackExists(id));
            }
            access::reached(around.actor, around.branch_and_above)?;
            if !(1..=SAMPLE_LIMIT).contains(&criteria.size) {
                return Err(Refusal::OutOfRange { field: "size", low: 1, high: SAMPLE_LIMIT.into() });
            }
            let closer = criteria.closer.as_ref().map_or("", |closer| closer.0.as_str());
            care::check("person", closer, PERSON_LIMIT)?;
            let drawn = draw(around.population, usize::from(criteria.size), seed);
            if drawn.is_empty() {
                return Err(Refusal::NothingToDraw);
            }
            let population = u32::try_from(around.population.len()).unwrap_or(u32::MAX);
            Ok(vec![LookbackChange::Drawn { criteria, seed, population, drawn }])
        }
        LookbackCommand::Look { rect, behalf, look: now } => {
            let drawn = open()?.drawn(rect).ok_or(Refusal::NotDrawn(rect))?;
            if let Some(seen) = drawn.seen.as_ref().filter(|seen| seen.rev > saw) {
                return Err(Refusal::Stale { item: None, by: seen.hand.by.clone(), at: seen.hand.at });
            }
            access::reached(around.actor, around.branch_and_above)?;
            around.posts.check("behalf", &behalf, "")?;
            another(around, rect, &behalf)?;
            match now.outcome {
                Outcome::Valid => care::check("note", &now.note, LOOK_NOTE_LIMIT)?,
                // It becomes what the new finding states.
                Outcome::Relapsed => care::check_needed("note", &now.note, LOOK_NOTE_LIMIT)?,
            }
            let was = drawn.seen.as_ref().map(|seen| seen.look.clone());
            if was.as_ref() == Some(&now) {
                return Err(Refusal::NothingChanged);
            }
            Ok(vec![LookbackChange::Looked { rect, on: around.today, behalf, was, now }])
        }
        LookbackCommand::End { reason } => {
            let lookback = open()?;
            if lookback.rev > saw {
                let (by, at) = lookback.last.clone();
                return Err(Refusal::Stale { item: None, by, at });
            }
            access::reached(around.actor, around.branch_and_above)?;
            let left = lookback.drawn.iter().filter(|drawn| drawn.seen.is_none()).count();
            care::check("reason", &reason, REASON_LIMIT)?;
            if left > 0 && reason.trim().is_empty() {
                return Err(Refusal::StillToLookAt(left));
            }
            Ok(vec![LookbackChange::Ended { reason: if left > 0 { reason } else { String::new() } }])
        }
    }
}

/// Refuses who has closed the item, and who is of the branch.
fn another(around: LookbackSurroundings<'_>, rect: RectId, behalf: &str) -> Result<(), Refusal> {
    let item = around.followed.and_then(|followed| followed.item(rect.item)).ok_or(Refusal::NoSuchRect(rect.item))?;
    gates::stranger(around.actor, rect.finding.branch)?;
    // Only closed items are drawn, and closed is final.
    let closure = item.closure.as_ref().filter(|_| item.state == State::Closed);
    let hands = closure.into_iter().flat_map(|closure| std::iter::once(&closure.verified).chain(&closure.approved));
    for hand in hands {
        gates::another(around.policy.gate, around.actor, behalf, Some(hand))?;
    }
    Ok(())
}
