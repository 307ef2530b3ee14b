//! The paper 黨建體檢報告: what one inspection found, for the branch and the unit above it.

use super::subject::Subject;
use super::{Paper, overview, remarks, words as p};
use crate::domain::{BranchId, Day, Lang, ReadFault, Reading, RoundId};
use crate::locales as w;

/// Writes the report on one branch in one round; nothing where the branch is not in such a round.
///
/// The paper names no person: neither who looked nor who was looked at. The lines for signatures stay blank.
pub fn inspection(
    reading: &dyn Reading,
    round: RoundId,
    branch: BranchId,
    lang: Lang,
    today: Day,
) -> Result<Option<Paper>, ReadFault> {
    written(Paper::new(lang), reading, round, branch, today)
}

/// Writes the same report for a look at the screen: what people wrote stays in their own script.
pub fn inspection_as_typed(
    reading: &dyn Reading,
    round: RoundId,
    branch: BranchId,
    lang: Lang,
    today: Day,
) -> Result<Option<Paper>, ReadFault> {
    written(Paper::new(lang).as_typed(), reading, round, branch, today)
}

fn written(
    mut paper: Paper,
    reading: &dyn Reading,
    round: RoundId,
    branch: BranchId,
    today: Day,
) -> Result<Option<Paper>, ReadFault> {
    let lang = paper.lang();
    let between = p::BETWEEN_UNITS.say(lang);
    let Some(subject) = Subject::read(reading, round, branch, between)? else {
        return Ok(None);
    };
    let draft = w::DRAFT_PAPER.say(lang);
    paper.mark(&p::MARK.fill(lang, &[&draft]));
    paper.gap();
    paper.title(p::TITLE.say(lang));
    paper.gap();
    overview::about(&mut paper, &subject, today);
    overview::result(&mut paper, &subject);
    overview::parts(&mut paper, &subject);
    overview::strong(&mut paper, &subject);
    remarks::findings(&mut paper, &subject);
    remarks::losses(&mut paper, &subject);
    remarks::excluded(&mut paper, &subject);
    remarks::annex(&mut paper, &subject);
    limits(&mut paper, &subject);
    signatures(&mut paper);
    paper.line(w::NON_CLASSIFIED.say(lang));
    paper.gap();
    paper.mark(&p::MARK_CLOSED.fill(lang, &[&draft]));
    Ok(Some(paper))
}

fn limits(paper: &mut Paper, subject: &Subject) {
    let lang = paper.lang();
    paper.heading(1, p::H_LIMITS.say(lang));
    let caveat = crate::domain::basis_caveat(lang).trim_end_matches(['。', '.']);
    paper.line(&p::LIMIT_RULES.fill(lang, &[&subject.checklist.edition, &caveat]));
    for limit in [&p::LIMIT_COUNTS, &p::LIMIT_SAMPLE, &p::LIMIT_PERSON] {
        paper.line(limit.say(lang));
    }
    paper.gap();
}

fn signatures(paper: &mut Paper) {
    let lang = paper.lang();
    paper.heading(1, p::H_SIGN.say(lang));
    paper.pair(p::REMARKS.say(lang), p::REMARKS_BLANK.say(lang));
    for label in [&p::SIGN_TEAM, &p::SIGN_BRANCH, &p::SIGN_ABOVE] {
        paper.pair(label.say(lang), p::SIGN_BLANK.say(lang));
    }
    paper.gap();
}
