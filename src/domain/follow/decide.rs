//! Decides what a step means for a rectification item, or why it cannot be.

use super::verb::{FollowCommand, May, Verb};
use super::{
    CLAIM_LASTS, Did, FollowChange, Followed, Hand, ITEMS_LIMIT, REASON_LIMIT, RectFacts, Rectification, State, claim,
    gates,
};
use crate::domain::access::reached;
use crate::domain::{Actor, BranchId, Class, Day, Gate, Policy, Posts, Refusal, Severity, Stamp, care};

/// A step that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowStep {
    /// The item's number; not looked at where an item is written down.
    pub item: u8,
    /// The post on whose behalf; empty where the person acts for themselves.
    pub behalf: String,
    /// Whether it is one of many at once.
    pub batch: bool,
    /// What is wanted.
    pub command: FollowCommand,
}

/// What a step is decided with.
#[derive(Clone, Copy, Debug)]
pub struct FollowSurroundings<'a> {
    /// The day in China.
    pub today: Day,
    /// The moment.
    pub now: Stamp,
    /// Who acts.
    pub actor: &'a Actor<'a>,
    /// The house's policy.
    pub policy: &'a Policy,
    /// The posts that the house knows.
    pub posts: &'a Posts,
    /// The branch and the units above it.
    pub branch_and_above: &'a [BranchId],
}

/// Decides what a step means, or why it cannot be. Every rule of the life of an item is here or in `gates`.
pub fn decide_follow(
    followed: &Followed,
    around: FollowSurroundings<'_>,
    step: FollowStep,
) -> Result<Vec<FollowChange>, Refusal> {
    let FollowStep { item: n, behalf, batch, command } = step;
    let verb = command.verb();
    around.posts.check("behalf", &behalf, "")?;
    if may(verb, around)? == May::Behalf && behalf.trim().is_empty() {
        return Err(Refusal::NeedsBehalf(verb));
    }
    let table = Table { followed, around, behalf, batch };
    let mut n = n;
    let did = match command {
        FollowCommand::Draft(facts) => {
            still_open(followed)?;
            n = table.room()?;
            table.drafted(&facts, None)?;
            vec![Did::Drafted(facts)]
        }
        command => {
            let item = followed.item(n).ok_or(Refusal::NoSuchRect(n))?;
            possible(followed, item, around, verb)?;
            table.decide(item, command)?
        }
    };
    let Table { behalf, .. } = table;
    let change = |did| {
        // To hand it to the branch is the inspectors' own step, whoever answered for the branch beside them.
        let own = matches!(did, Did::Issued);
        FollowChange::Item { n, on: around.today, behalf: if own { String::new() } else { behalf.clone() }, did }
    };
    Ok(did.into_iter().map(change).collect())
}

/// Lists what can be done to an item now, whoever does it: a step that would be refused whatever is said in it is none.
pub fn possible_now(
    followed: &Followed,
    item: &Rectification,
    policy: &Policy,
    (today, now): (Day, Stamp),
) -> Vec<Verb> {
    let open = |verb: &Verb| match verb {
        Verb::PutRight => put_right_at_all(followed).is_ok() && not_before(item.facts.due, today).is_ok(),
        Verb::Issue => not_before(item.facts.due, today).is_ok(),
        Verb::Evidence => gates::room(item).is_ok(),
        Verb::Request => gates::shown(followed, item).is_ok(),
        Verb::Ask => item.extensions < policy.extensions,
        Verb::Release => item.claimed(now).is_some(),
        Verb::Grant => item.asked.as_ref().is_some_and(|asked| not_before(asked.to, today).is_ok()),
        _ => true,
    };
    Verb::ALL.into_iter().filter(|verb| begins(item, *verb) && open(verb)).collect()
}

/// Says whether an item stands where a step begins.
fn begins(item: &Rectification, verb: Verb) -> bool {
    verb.states().contains(&item.state)
        && match verb {
            Verb::Grant | Verb::Deny => item.asked.is_some(),
            Verb::Ask => item.asked.is_none(),
            Verb::Lift => item.exempt.is_some(),
            Verb::Pass => item.checked.is_none(),
            Verb::Approve => item.checked.is_some(),
            Verb::Release => item.claim.is_some(),
            _ => true,
        }
}

fn possible(
    followed: &Followed,
    item: &Rectification,
    around: FollowSurroundings<'_>,
    verb: Verb,
) -> Result<(), Refusal> {
    if begins(item, verb) {
        return Ok(());
    }
    Err(Refusal::NotNow {
        verb,
        state: item.state,
        by: item.since.by.clone(),
        at: item.since.at,
        possible: possible_now(followed, item, around.policy, (around.today, around.now)),
    })
}

/// Says whether somebody may want a step at all.
fn may(verb: Verb, around: FollowSurroundings<'_>) -> Result<May, Refusal> {
    let actor = around.actor;
    let allowed = verb.may(actor.role());
    if allowed == May::No {
        return Err(Refusal::NotYours { verb, roles: verb.roles() });
    }
    reached(actor, around.branch_and_above)?;
    Ok(allowed)
}

/// Says how somebody may take a step on an item that stands where it begins, before its particulars are asked for.
pub fn may_begin(followed: &Followed, around: FollowSurroundings<'_>, item: u8, verb: Verb) -> Result<May, Refusal> {
    let allowed = may(verb, around)?;
    match verb {
        Verb::PutRight => put_right_at_all(followed)?,
        Verb::Draft => still_open(followed)?,
        _ => {}
    }
    if verb != Verb::Draft {
        let item = followed.item(item).ok_or(Refusal::NoSuchRect(item))?;
        possible(followed, item, around, verb)?;
        match verb {
            Verb::TakeUp | Verb::Pass | Verb::Approve | Verb::Return | Verb::Claim => {
                claim::unclaimed(item, around.actor, around.now)?;
            }
            Verb::Release => claim::released(item, around.actor, around.now)?,
            _ => {}
        }
    }
    Ok(allowed)
}

struct Table<'a> {
    followed: &'a Followed,
    around: FollowSurroundings<'a>,
    behalf: String,
    batch: bool,
}

impl Table<'_> {
    fn decide(&self, item: &Rectification, command: FollowCommand) -> Result<Vec<Did>, Refusal> {
        let today = self.around.today;
        Ok(match command {
            // A new item is made before any item is looked at.
            FollowCommand::Draft(_) => Vec::new(),
            FollowCommand::Edit(now) => {
                self.drafted(&now, Some(&item.facts))?;
                if now == item.facts {
                    return Err(Refusal::NothingChanged);
                }
                vec![Did::Edited { was: item.facts.clone(), now }]
            }
            FollowCommand::Issue => {
                not_before(item.facts.due, today)?;
                vec![Did::Issued]
            }
            FollowCommand::Receive => vec![Did::Received],
            FollowCommand::Start { measure, goal } => {
                care::check("measure", &measure, RectFacts::LIMIT)?;
                care::check("goal", &goal, RectFacts::LIMIT)?;
                if measure.trim().is_empty() && item.facts.measure.trim().is_empty() {
                    return Err(Refusal::Empty("measure"));
                }
                vec![Did::Started { measure, goal }]
            }
            FollowCommand::Evidence(evidence) => {
                gates::room(item)?;
                gates::evidence(&evidence, today)?;
                vec![Did::Evidenced(evidence)]
            }
            FollowCommand::Request(answers) => {
                gates::answered(&answers)?;
                gates::shown(self.followed, item)?;
                vec![Did::Requested(answers)]
            }
            FollowCommand::TakeUp => {
                self.judge(item)?;
                vec![Did::TakenUp]
            }
            FollowCommand::Pass { next } => self.pass(item, next)?,
            FollowCommand::Approve => {
                self.judge(item)?;
                gates::another(self.gate(), self.around.actor, &self.behalf, item.checked.as_ref())?;
                vec![closed(item, today)]
            }
            FollowCommand::Return { reason, due } => {
                self.judge(item)?;
                care::check_needed("reason", &reason, REASON_LIMIT)?;
                not_before(due, today)?;
                vec![Did::Returned { reason, was: item.facts.due, due }]
            }
            FollowCommand::Revoke { reason } => {
                care::check_needed("reason", &reason, REASON_LIMIT)?;
                vec![Did::Revoked { reason }]
            }
            FollowCommand::PutRight { evidence, answers } => self.put_right(item, evidence, answers)?,
            FollowCommand::Send(paper) => vec![Did::Sent(paper)],
            FollowCommand::Claim => {
                gates::stranger(self.around.actor, self.followed.id.branch)?;
                gates::another(self.gate(), self.around.actor, &self.behalf, item.requested.as_ref())?;
                claim::unclaimed(item, self.around.actor, self.around.now)?;
                vec![Did::Claimed { until: Stamp(self.around.now.0.saturating_add(CLAIM_LASTS)) }]
            }
            FollowCommand::Release => {
                claim::released(item, self.around.actor, self.around.now)?;
                vec![Did::Released]
            }
            other => self.day(item, other)?,
        })
    }

    /// Decides what is about another day or a leave.
    fn day(&self, item: &Rectification, command: FollowCommand) -> Result<Vec<Did>, Refusal> {
        Ok(match command {
            FollowCommand::Ask { to, reason } => {
                let most = self.around.policy.extensions;
                if item.extensions >= most {
                    return Err(Refusal::NoMoreExtensions(most));
                }
                care::check_needed("reason", &reason, REASON_LIMIT)?;
                if to <= item.facts.due {
                    return Err(Refusal::NotLater { due: item.facts.due, to });
                }
                not_before(to, self.around.today)?;
                vec![Did::Asked { to, reason }]
            }
            FollowCommand::Grant => {
                let asked = item.asked.as_ref().ok_or(Refusal::NothingChanged)?;
                self.answer(item)?;
                not_before(asked.to, self.around.today)?;
                vec![Did::Granted { was: item.facts.due, due: asked.to }]
            }
            FollowCommand::Deny { reason } => {
                self.answer(item)?;
                care::check_needed("reason", &reason, REASON_LIMIT)?;
                vec![Did::Denied { reason }]
            }
            FollowCommand::Exempt { until, reason } => {
                gates::stranger(self.around.actor, self.followed.id.branch)?;
                care::check_needed("reason", &reason, REASON_LIMIT)?;
                not_before(until, self.around.today)?;
                vec![Did::Exempted { until, reason }]
            }
            FollowCommand::Lift { reason } => {
                care::check_needed("reason", &reason, REASON_LIMIT)?;
                vec![Did::Lifted { reason }]
            }
            _ => Vec::new(),
        })
    }

    const fn gate(&self) -> Gate {
        self.around.policy.gate
    }

    /// Finds the number of the next item.
    fn room(&self) -> Result<u8, Refusal> {
        let count = u8::try_from(self.followed.items.len()).unwrap_or(u8::MAX);
        if count < ITEMS_LIMIT {
            Ok(count + 1)
        } else {
            Err(Refusal::OutOfRange { field: "items", low: 1, high: i64::from(ITEMS_LIMIT) })
        }
    }

    fn drafted(&self, facts: &RectFacts, stood: Option<&RectFacts>) -> Result<(), Refusal> {
        let posts = self.around.posts;
        care::check("measure", &facts.measure, RectFacts::LIMIT)?;
        care::check("goal", &facts.goal, RectFacts::LIMIT)?;
        posts.check("lead", &facts.lead, stood.map_or("", |stood| stood.lead.as_str()))?;
        posts.check("duty_post", &facts.post, stood.map_or("", |stood| stood.post.as_str()))?;
        not_before(facts.due, self.around.today)
    }

    /// Checks that somebody may judge what the branch asks: not of the branch, and not the one who asked.
    fn judge(&self, item: &Rectification) -> Result<(), Refusal> {
        if self.batch && self.followed.facts.severity == Severity::Critical {
            return Err(Refusal::NotInABatch);
        }
        claim::unclaimed(item, self.around.actor, self.around.now)?;
        gates::stranger(self.around.actor, self.followed.id.branch)?;
        gates::another(self.gate(), self.around.actor, &self.behalf, item.requested.as_ref())
    }

    /// Checks that somebody may answer a wish for another day.
    fn answer(&self, item: &Rectification) -> Result<(), Refusal> {
        gates::stranger(self.around.actor, self.followed.id.branch)?;
        let asker = item.asked.as_ref().map(|asked| &asked.hand);
        gates::another(self.gate(), self.around.actor, &self.behalf, asker)
    }

    fn pass(&self, item: &Rectification, next: Option<Day>) -> Result<Vec<Did>, Refusal> {
        self.judge(item)?;
        let today = self.around.today;
        match next {
            Some(_) if self.followed.facts.class != Class::Standing => Err(Refusal::NoStages),
            Some(next) if next <= today => Err(Refusal::Past { day: next, today }),
            Some(next) => Ok(vec![Did::StageClosed { next }]),
            None if gates::needs_approval(self.followed) => Ok(vec![Did::Checked]),
            None => Ok(vec![closed(item, today)]),
        }
    }

    /// Enters all steps of what was put right before the inspectors left; somebody else still verifies it.
    fn put_right(
        &self,
        item: &Rectification,
        evidence: super::Evidence,
        answers: super::Answers,
    ) -> Result<Vec<Did>, Refusal> {
        put_right_at_all(self.followed)?;
        let today = self.around.today;
        gates::evidence(&evidence, today)?;
        gates::answered(&answers)?;
        if evidence.date < today {
            return Err(Refusal::EvidenceTooOld { issued: today });
        }
        not_before(item.facts.due, today)?;
        Ok(vec![
            Did::Issued,
            Did::Received,
            Did::Started { measure: String::new(), goal: String::new() },
            Did::PutRight,
            Did::Evidenced(evidence),
            Did::Requested(answers),
        ])
    }
}

/// Closed is final: an item that is added later would open the finding again.
fn still_open(followed: &Followed) -> Result<(), Refusal> {
    if followed.is_closed() { Err(Refusal::FindingClosed(followed.id.n)) } else { Ok(()) }
}

/// Says whether a finding is one that can be put right while the inspectors are still there.
fn put_right_at_all(followed: &Followed) -> Result<(), Refusal> {
    if followed.facts.class == Class::Immediate && !gates::needs_approval(followed) {
        Ok(())
    } else {
        Err(Refusal::NotAtOnce)
    }
}

fn not_before(day: Day, today: Day) -> Result<(), Refusal> {
    if day < today { Err(Refusal::Past { day, today }) } else { Ok(()) }
}

fn closed(item: &Rectification, today: Day) -> Did {
    Did::Closed { in_time: !item.missed && today <= item.last_day() }
}

/// Makes the hand of a step.
pub(super) fn hand(entry_by: &crate::domain::PersonId, at: crate::domain::Stamp, on: Day, behalf: &str) -> Hand {
    Hand { by: entry_by.clone(), behalf: behalf.to_owned(), on, at }
}

/// Says whether a state is reached by the branch's own steps.
pub const fn is_with_the_branch(state: State) -> bool {
    matches!(state, State::Issued | State::Received | State::Working)
}
