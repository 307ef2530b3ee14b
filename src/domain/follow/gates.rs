//! The gates before a closure: evidence, answers, and enough different persons.

use super::{EVIDENCE_LIMIT, Evidence, Followed, Hand, Rectification};
use crate::domain::{Actor, Answers, BranchId, Class, Day, Gate, Refusal, Severity, care};

/// Refuses a step by the one who took an earlier step that another has to judge.
///
/// Under [`Gate::Post`] a step on behalf of a post counts as that post's, whoever entered it.
pub fn another(gate: Gate, actor: &Actor<'_>, behalf: &str, earlier: Option<&Hand>) -> Result<(), Refusal> {
    let Some(earlier) = earlier else { return Ok(()) };
    let same = match gate {
        Gate::Identity => *actor.id == earlier.by,
        Gate::Post if behalf.is_empty() && earlier.behalf.is_empty() => *actor.id == earlier.by,
        Gate::Post => behalf == earlier.behalf,
    };
    // Where persons are told apart, another post is no help: it is not named.
    let behalf = match gate {
        Gate::Identity => String::new(),
        Gate::Post => earlier.behalf.clone(),
    };
    if same { Err(Refusal::SameHand { by: earlier.by.clone(), behalf }) } else { Ok(()) }
}

/// Refuses somebody who would judge the branch that they belong to (回避).
pub fn stranger(actor: &Actor<'_>, branch: BranchId) -> Result<(), Refusal> {
    match actor.facts.and_then(|facts| facts.belongs) {
        Some(own) if own == branch => Err(Refusal::OwnBranch(branch)),
        _ => Ok(()),
    }
}

/// Checks an index entry of evidence.
pub fn evidence(evidence: &Evidence, today: Day) -> Result<(), Refusal> {
    care::check_needed("evidence", &evidence.title, 80)?;
    care::check("number", &evidence.number, 40)?;
    care::check_needed("place", &evidence.place, 80)?;
    let digits = evidence.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    let whole = digits && evidence.sha256.len() == 64;
    if !(evidence.sha256.is_empty() || whole) {
        return Err(Refusal::Unclean("sha256"));
    }
    if evidence.date > today {
        return Err(Refusal::FromTheFuture { day: evidence.date, today });
    }
    Ok(())
}

/// Says whether there is room for one more index entry.
pub const fn room(item: &Rectification) -> Result<(), Refusal> {
    if item.evidence.len() < EVIDENCE_LIMIT as usize {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { field: "evidence", low: 0, high: EVIDENCE_LIMIT as i64 })
    }
}

/// Checks that all three questions are answered.
pub fn answered(answers: &Answers) -> Result<(), Refusal> {
    let fields = [("gone", &answers.gone), ("cause", &answers.cause), ("rule", &answers.rule)];
    for (field, text) in fields {
        care::check_needed(field, text, Answers::LIMIT)?;
    }
    Ok(())
}

/// Checks that an item has evidence that can show what was done since it was issued, and since it was sent back.
///
/// It bears a day after the issue; what is put right at once may bear the same day.
pub fn shown(followed: &Followed, item: &Rectification) -> Result<(), Refusal> {
    let issued = item.issued.as_ref().map(|hand| hand.on);
    let late_enough = |evidence: &&Evidence| match (issued, followed.facts.class) {
        (None, _) => false,
        (Some(issued), Class::Immediate) => evidence.date >= issued,
        (Some(issued), _) => evidence.date > issued,
    };
    let new = item.evidence.get(usize::from(item.evidence_seen)..).unwrap_or_default();
    if new.iter().any(|evidence| late_enough(&evidence)) {
        return Ok(());
    }
    Err(match (item.evidence.is_empty(), item.evidence_seen) {
        (true, _) => Refusal::NoEvidence,
        (false, 0) => Refusal::EvidenceTooOld { issued: issued.unwrap_or(item.first_due) },
        (false, _) => Refusal::NoNewEvidence,
    })
}

/// Says whether a third person has to approve.
pub fn needs_approval(followed: &Followed) -> bool {
    followed.facts.severity == Severity::Critical
}
