//! An inspection as JSON for other programs: codes and figures, no names or handles of persons.

use serde_json::{Value, json};

use super::overview::got;
use super::subject::Subject;
use crate::domain::{BranchId, Grade, Points, ReadFault, Reading, RoundId, Slice, Verdict};
use crate::locales::china_day;

/// Gives one branch in one round as JSON; nothing where the branch is not in such a round.
///
/// Points are in tenths and rates in tenths of a percent, as integers: nothing is rounded on the way.
pub fn inspection_json(reading: &dyn Reading, round: RoundId, branch: BranchId) -> Result<Option<Value>, ReadFault> {
    let Some(subject) = Subject::read(reading, round, branch, "/")? else {
        return Ok(None);
    };
    let (plan, inspection) = (&subject.round.plan, &subject.inspection);
    Ok(Some(json!({
        "round": plan.code,
        "branch": subject.branch.facts.code,
        "path": subject.path,
        "profile": subject.profile(),
        "period": { "from": plan.from, "to": plan.to },
        "edition": { "name": subject.checklist.edition, "hash": plan.edition },
        "last_change": inspection.last.as_ref().map(|(_, at, _)| china_day(*at)),
        "signed": inspection.signed.as_ref().map(|signed| china_day(signed.at)),
        "score": score(&subject),
        "cards": parts(subject.checklist.cards.iter().map(|card| &card.id), &subject.score.cards),
        "groups": parts(subject.checklist.groups.iter().map(|group| &group.id), &subject.score.groups),
        "items": items(&subject),
        "findings": findings(&subject),
    })))
}

fn score(subject: &Subject) -> Value {
    let score = &subject.score;
    let mut value = slice(&score.total);
    value["full_tenths"] = json!(subject.checklist.full_marks());
    value["final"] = json!(score.is_final());
    value["for_reference_only"] = json!(score.for_reference_only(&subject.checklist));
    let grade = score.grade(&subject.checklist, &subject.round);
    value["grade"] = json!(grade.map(|grade| match grade {
        Grade::Excellent => "excellent",
        Grade::Good => "good",
        Grade::Pass => "pass",
        Grade::Fail => "fail",
    }));
    value["veto"] = json!(score.veto(&subject.checklist, &subject.round));
    value
}

fn slice(slice: &Slice) -> Value {
    json!({
        "got_tenths": got(slice),
        "applicable_tenths": slice.applicable,
        "excluded_tenths": slice.excluded,
        "open_tenths": slice.open,
        "rate_per_mille": slice.rate(),
        "answered": slice.answered,
        "items": slice.items,
    })
}

fn parts<'a>(ids: impl Iterator<Item = &'a String>, slices: &[Slice]) -> Vec<Value> {
    let part = |(id, part): (&String, &Slice)| {
        let mut value = slice(part);
        value["id"] = json!(id);
        value
    };
    ids.zip(slices).map(part).collect()
}

fn items(subject: &Subject) -> Vec<Value> {
    let item = |item: &crate::domain::Item| {
        let judged = subject.inspection.judgement(&item.id);
        let scored = subject.checklist.scored(item);
        let lost = judged
            .as_ref()
            .and_then(|judged| judged.verdict.percent())
            .filter(|_| scored)
            .map_or(Points(0), |percent| item.points.percent(100 - percent));
        json!({
            "id": item.id,
            "scored": scored,
            "verdict": judged.as_ref().map(|judged| judged.verdict),
            "reason": judged
                .as_ref()
                .filter(|judged| judged.verdict == Verdict::NotApplicable)
                .map(|judged| &judged.reason),
            "points_tenths": item.points,
            "lost_tenths": lost,
        })
    };
    subject.checklist.items.iter().map(item).collect()
}

fn findings(subject: &Subject) -> Vec<Value> {
    let found = subject.inspection.findings.iter();
    found
        .map(|(n, finding)| {
            let facts = &finding.facts;
            json!({
                "id": subject.finding_id(&facts.item, *n),
                "item": facts.item,
                "fact": facts.fact,
                "severity": facts.severity,
                "class": facts.class,
                "due": facts.due,
                "repeated": subject.repeats.contains(&facts.item),
            })
        })
        .collect()
}
