//! The paper 整改方案 with its three lists (三張清單): three views of the same findings.

use super::super::{Paper, Table, words as p};
use super::case::{Case, Matter};
use super::{NoPaper, frame, words as f};
use crate::domain::{BranchId, Class, Day, Lang, Reading, RoundId, basis_caveat};
use crate::locales as w;

/// Drafts the plan of one branch in a round: problems, tasks, responsibility.
pub fn plan(reading: &dyn Reading, round: RoundId, branch: BranchId, lang: Lang, today: Day) -> Result<Paper, NoPaper> {
    let case = Case::read(reading, round, branch, lang)?;
    let matters = case.standing_matters()?;
    let mut paper = Paper::new(lang);
    frame::head(&mut paper, &f::T_PLAN, None, today);
    paper.pair(p::UNIT.say(lang), &case.branch_named(lang));
    paper.pair(p::ROUND.say(lang), &case.round_named(lang));
    paper.gap();
    problems(&mut paper, &matters);
    tasks(&mut paper, &matters);
    duties(&mut paper, &matters);
    frame::foot(&mut paper, &[&p::SIGN_BRANCH, &f::SIGN_CHECKER]);
    Ok(paper)
}

fn problems(paper: &mut Paper, matters: &[Matter<'_>]) {
    let lang = paper.lang();
    paper.heading(1, f::H_PROBLEMS.say(lang));
    let mut table = Table::new(&[
        f::ITEM.say(lang),
        p::C_ITEM.say(lang),
        p::C_FACT.say(lang),
        p::C_BASIS.say(lang),
        p::C_SEVERITY.say(lang),
        p::C_REPEAT.say(lang),
        f::C_CAUSE.say(lang),
    ]);
    table.sheets = true;
    for matter in matters {
        let facts = &matter.followed.facts;
        table.row(vec![
            matter.name(),
            matter.titled(lang),
            facts.fact.clone(),
            matter.basis(lang),
            w::severity(facts.severity).say(lang).to_owned(),
            matter.remark(lang),
            p::REMARKS_BLANK.say(lang).to_owned(),
        ]);
    }
    paper.table(table);
    paper.gap();
    paper.line(basis_caveat(lang));
    paper.gap();
}

/// Says what an item's plan says, or leaves room for it to be written.
fn or_blank(text: &str, lang: Lang) -> String {
    if text.trim().is_empty() { p::REMARKS_BLANK.say(lang) } else { text }.to_owned()
}

fn tasks(paper: &mut Paper, matters: &[Matter<'_>]) {
    let lang = paper.lang();
    paper.heading(1, f::H_TASKS.say(lang));
    let mut table = Table::new(&[
        f::ITEM.say(lang),
        f::C_GOAL.say(lang),
        f::C_MEASURE.say(lang),
        p::C_CLASS.say(lang),
        f::C_STAGES.say(lang),
        p::C_DUE.say(lang),
    ]);
    table.sheets = true;
    for matter in matters {
        let (class, item) = (matter.followed.facts.class, matter.item);
        table.row(vec![
            matter.name(),
            or_blank(&item.facts.goal, lang),
            or_blank(&item.facts.measure, lang),
            w::class(class).say(lang).to_owned(),
            match class {
                Class::Standing => f::STAGES_CLOSED.fill(lang, &[&item.stages]),
                Class::Immediate | Class::Limited => "—".to_owned(),
            },
            w::day(item.last_day(), lang),
        ]);
    }
    paper.table(table);
    paper.gap();
}

fn duties(paper: &mut Paper, matters: &[Matter<'_>]) {
    let lang = paper.lang();
    paper.heading(1, f::H_DUTIES.say(lang));
    let mut table = Table::new(&[
        f::ITEM.say(lang),
        w::FIELD_LEAD.say(lang),
        w::FIELD_DUTY_POST.say(lang),
        p::C_DUE.say(lang),
        f::STATE.say(lang),
    ]);
    table.sheets = true;
    for matter in matters {
        table.row(vec![
            matter.name(),
            or_blank(&matter.item.facts.lead, lang),
            or_blank(&matter.item.facts.post, lang),
            w::day(matter.item.last_day(), lang),
            w::state(matter.item.state).say(lang).to_owned(),
        ]);
    }
    paper.table(table);
    paper.line(f::POSTS_ONLY.say(lang));
    paper.gap();
}
