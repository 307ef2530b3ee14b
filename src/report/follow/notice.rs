//! The paper 整改通知書: what a branch has to put right, until when, and what it hands in.

use super::super::{Paper, Table, words as p};
use super::case::{Case, Matter};
use super::{NoPaper, frame, words as f};
use crate::domain::{BranchId, Day, Lang, Reading, RoundId, basis_caveat};
use crate::locales as w;

/// Drafts the notice to one branch of a round.
pub fn notice(
    reading: &dyn Reading,
    round: RoundId,
    branch: BranchId,
    lang: Lang,
    today: Day,
) -> Result<Paper, NoPaper> {
    let case = Case::read(reading, round, branch, lang)?;
    let matters = case.standing_matters()?;
    let mut paper = Paper::new(lang);
    frame::head(&mut paper, &f::T_NOTICE, Some(&case.branch_named(lang)), today);
    paper.pair(p::ROUND.say(lang), &case.round_named(lang));
    let mut findings: Vec<u16> = matters.iter().map(|matter| matter.followed.id.n).collect();
    findings.dedup();
    paper.line(&f::NOTICE_SAYS.fill(lang, &[&findings.len(), &matters.len()]));
    paper.gap();
    listed(&mut paper, &matters);
    papers(&mut paper, &matters);
    paper.heading(1, f::H_RIGHTS.say(lang));
    paper.line(f::RIGHT_TO_ANSWER.say(lang));
    paper.line(&f::EXTENSIONS_ALLOWED.fill(lang, &[&case.house.policy.extensions]));
    paper.gap();
    slip(&mut paper, &case);
    frame::foot(&mut paper, &[&f::SIGN_ISSUER]);
    Ok(paper)
}

fn listed(paper: &mut Paper, matters: &[Matter<'_>]) {
    let lang = paper.lang();
    paper.heading(1, f::H_TO_PUT_RIGHT.say(lang));
    let mut table = Table::new(&[
        f::ITEM.say(lang),
        p::C_ITEM.say(lang),
        p::C_FACT.say(lang),
        p::C_BASIS.say(lang),
        p::C_SEVERITY.say(lang),
        p::C_CLASS.say(lang),
        f::C_MEASURE.say(lang),
        p::C_DUE.say(lang),
        p::C_REPEAT.say(lang),
    ]);
    table.sheets = true;
    for matter in matters {
        let facts = &matter.followed.facts;
        let measure = matter.item.facts.measure.trim();
        table.row(vec![
            matter.name(),
            matter.titled(lang),
            facts.fact.clone(),
            matter.basis(lang),
            w::severity(facts.severity).say(lang).to_owned(),
            w::class(facts.class).say(lang).to_owned(),
            if measure.is_empty() { f::BRANCH_PROPOSES.say(lang) } else { measure }.to_owned(),
            w::day(matter.item.last_day(), lang),
            matter.remark(lang),
        ]);
    }
    paper.table(table);
    paper.gap();
    paper.line(basis_caveat(lang));
    paper.gap();
}

/// Lists the papers to hand in, with the records that the checklist asks for.
fn papers(paper: &mut Paper, matters: &[Matter<'_>]) {
    let lang = paper.lang();
    paper.heading(1, f::H_PAPERS.say(lang));
    frame::numbered(paper, &[&f::HAND_IN_PLAN, &f::HAND_IN_EVIDENCE, &f::HAND_IN_CLOSURE]);
    paper.line(f::RECORDS_THAT_SERVE.say(lang));
    for matter in matters {
        let records: Vec<&str> = matter.checked().map(|item| item.evidence_lines(lang).collect()).unwrap_or_default();
        if !records.is_empty() {
            paper.pair(&matter.name(), &records.join(p::BETWEEN.say(lang)));
        }
    }
    paper.line(f::ONLY_WHAT_IS_THERE.say(lang));
    paper.gap();
}

/// Adds the slip on which the branch signs for the notice.
fn slip(paper: &mut Paper, case: &Case) {
    let lang = paper.lang();
    paper.heading(1, f::H_SLIP.say(lang));
    paper.pair(f::SLIP_UNIT.say(lang), &case.branch_named(lang));
    paper.pair(f::SLIP_NUMBER.say(lang), p::REMARKS_BLANK.say(lang));
    paper.pair(f::SLIP_POST.say(lang), p::REMARKS_BLANK.say(lang));
    paper.pair(f::SLIP_ANSWER.say(lang), p::REMARKS_BLANK.say(lang));
    paper.pair(f::SLIP_SIGN.say(lang), p::SIGN_BLANK.say(lang));
    paper.gap();
}
