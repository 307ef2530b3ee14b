//! The paper 銷號申請（審核）單: what was put right, what shows it, and who looked; blank where that is open.

use super::super::{Paper, words as p};
use super::case::{Case, Matter};
use super::{NoPaper, frame, words as f};
use crate::domain::{Class, Day, Lang, Reading, RectId, Severity, State};
use crate::locales as w;

/// Drafts the request for the closure of one item, with the review.
pub fn closure(reading: &dyn Reading, rect: RectId, lang: Lang, today: Day) -> Result<Paper, NoPaper> {
    let case = Case::of(reading, rect, lang)?;
    let matter = case.issued(rect)?;
    let mut paper = Paper::new(lang);
    frame::head(&mut paper, &f::T_CLOSURE, None, today);
    paper.gap();
    frame::about(&mut paper, &matter);
    days(&mut paper, &matter);
    done(&mut paper, &matter);
    frame::evidence(&mut paper, &matter);
    asked(&mut paper, &matter);
    review(&mut paper, &matter);
    frame::foot(&mut paper, &[&f::SIGN_APPLICANT, &f::SIGN_CHECKER, &f::SIGN_APPROVER]);
    Ok(paper)
}

fn days(paper: &mut Paper, matter: &Matter<'_>) {
    let lang = paper.lang();
    let item = matter.item;
    paper.heading(1, f::H_DAYS.say(lang));
    paper.pair(f::FIRST_DUE.say(lang), &w::day(item.first_due, lang));
    paper.pair(f::DUE_NOW.say(lang), &w::day(item.last_day(), lang));
    paper.pair(f::EXTENDED.say(lang), &f::TIMES.fill(lang, &[&item.extensions]));
    paper.pair(f::RETURNED.say(lang), &f::TIMES.fill(lang, &[&item.returns]));
    if item.returns > 0 && item.state == State::Working && !item.reason.is_empty() {
        paper.pair(f::RETURNED_FOR.say(lang), &item.reason);
    }
    if matter.followed.facts.class == Class::Standing {
        paper.pair(f::C_STAGES.say(lang), &f::STAGES_CLOSED.fill(lang, &[&item.stages]));
    }
    paper.gap();
}

fn done(paper: &mut Paper, matter: &Matter<'_>) {
    let lang = paper.lang();
    let answers = matter.item.answers.as_ref();
    paper.heading(1, f::H_DONE.say(lang));
    frame::filled(paper, &f::C_MEASURE, Some(&matter.item.facts.measure));
    frame::filled(paper, &w::FIELD_GONE, answers.map(|answers| answers.gone.as_str()));
    frame::filled(paper, &w::FIELD_CAUSE, answers.map(|answers| answers.cause.as_str()));
    frame::filled(paper, &w::FIELD_RULE, answers.map(|answers| answers.rule.as_str()));
    paper.gap();
}

fn asked(paper: &mut Paper, matter: &Matter<'_>) {
    let lang = paper.lang();
    // What was sent back has yet to be asked for anew.
    let requested = matter
        .item
        .requested
        .as_ref()
        .filter(|_| matches!(matter.item.state, State::Requested | State::Verifying | State::Closed));
    paper.heading(1, f::H_ASKED.say(lang));
    paper.pair(f::APPLICANT.say(lang), &matter.case.post(requested, lang));
    frame::dated(paper, &f::ASKED_ON, requested.map(|hand| hand.on));
    paper.gap();
}

fn review(paper: &mut Paper, matter: &Matter<'_>) {
    let lang = paper.lang();
    let item = matter.item;
    let closure = item.closure.as_ref();
    let checked = closure.map(|closure| &closure.verified).or(item.checked.as_ref());
    let approved = closure.and_then(|closure| closure.approved.as_ref());
    paper.heading(1, f::H_REVIEW.say(lang));
    paper.pair(f::CHECKER.say(lang), &matter.case.post(checked, lang));
    frame::dated(paper, &f::CHECKED_ON, checked.map(|hand| hand.on));
    frame::filled(paper, &f::ON_SITE, None);
    match closure {
        Some(closure) => {
            let in_time = if closure.in_time { &f::IN_TIME } else { &f::LATE };
            paper.pair(f::CONCLUSION.say(lang), &f::AGREED.fill(lang, &[&in_time.say(lang)]));
            paper.pair(f::CLOSED_ON.say(lang), &w::day(closure.on, lang));
        }
        None => paper.pair(f::CONCLUSION.say(lang), f::TO_CHOOSE_CLOSURE.say(lang)),
    }
    let grave = matter.followed.facts.severity == Severity::Critical;
    if approved.is_some() || grave || closure.is_none() {
        paper.pair(f::APPROVER.say(lang), &matter.case.post(approved, lang));
        frame::dated(paper, &f::APPROVED_ON, approved.map(|hand| hand.on));
    }
    if grave {
        paper.line(f::THIRD_PERSON.say(lang));
    }
    paper.line(f::NOT_THE_SAME.say(lang));
    paper.pair(p::REMARKS.say(lang), p::REMARKS_BLANK.say(lang));
    paper.gap();
}
