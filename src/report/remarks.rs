//! The second half of the report: findings, lost points, what was excluded and what the annex notes.

use super::subject::Subject;
use super::{Paper, Table, words as p};
use crate::domain::{Item, ItemId, Lang, Points, Verdict, basis_caveat, basis_lines};
use crate::locales as w;

/// Names an item as papers do: its code and its title.
pub(super) fn named(item: &Item, lang: Lang) -> String {
    format!("{} {}", item.id, item.title.pick(lang))
}

fn named_by_id(subject: &Subject, id: &ItemId, lang: Lang) -> String {
    subject.checklist.item(id).map_or_else(|| id.to_string(), |item| named(item, lang))
}

/// Lists the findings in the order of their numbers.
pub(super) fn findings(paper: &mut Paper, subject: &Subject) {
    let lang = paper.lang();
    let found = &subject.inspection.findings;
    paper.heading(1, p::H_FINDINGS.say(lang));
    if found.is_empty() {
        paper.line(p::NO_FINDINGS.say(lang));
        paper.gap();
        return;
    }
    let mut table = Table::new(&[
        p::C_NUMBER.say(lang),
        p::C_ITEM.say(lang),
        p::C_FACT.say(lang),
        p::C_BASIS.say(lang),
        p::C_SEVERITY.say(lang),
        p::C_CLASS.say(lang),
        p::C_DUE.say(lang),
        p::C_REPEAT.say(lang),
    ]);
    // A table of prose does not fit into 56 columns: plain text writes it finding by finding.
    table.sheets = true;
    let mut repeated = 0;
    for (n, finding) in found {
        let facts = &finding.facts;
        let again = subject.repeats.contains(&facts.item);
        repeated += usize::from(again);
        let basis = subject.checklist.item(&facts.item).map(|item| {
            let lines = basis_lines(&subject.checklist, item, subject.profile(), lang);
            lines.join("\n")
        });
        table.row(vec![
            subject.finding_id(&facts.item, *n),
            named_by_id(subject, &facts.item, lang),
            facts.fact.clone(),
            basis.filter(|basis| !basis.is_empty()).unwrap_or_else(|| "—".to_owned()),
            w::severity(facts.severity).say(lang).to_owned(),
            w::class(facts.class).say(lang).to_owned(),
            w::day(facts.due, lang),
            if again { w::REPEATED.say(lang) } else { "—" }.to_owned(),
        ]);
    }
    paper.line(&p::FINDINGS_COUNT.fill(lang, &[&found.len(), &repeated]));
    if repeated > 0 {
        paper.line(p::REPEAT_RULE.say(lang));
    }
    paper.gap();
    paper.table(table);
    paper.gap();
    paper.line(basis_caveat(lang));
    paper.gap();
}

/// Lists every item that lost points, so that a reader can add them up.
pub(super) fn losses(paper: &mut Paper, subject: &Subject) {
    let lang = paper.lang();
    let losses = &subject.score.losses;
    paper.heading(1, p::H_LOSSES.say(lang));
    if losses.is_empty() {
        paper.line(p::NO_LOSSES.say(lang));
        paper.gap();
        return;
    }
    let mut table = Table::new(&[
        p::C_ITEM.say(lang),
        p::C_VERDICT.say(lang),
        &format!(">{}", p::C_LOST.say(lang)),
        &format!(">{}", p::C_OF.say(lang)),
    ]);
    for loss in losses {
        table.row(vec![
            named_by_id(subject, &loss.item, lang),
            w::verdict(loss.verdict).say(lang).to_owned(),
            loss.lost.to_string(),
            loss.of.to_string(),
        ]);
    }
    paper.table(table);
    let (sum, exact): (Points, _) = (losses.iter().map(|loss| loss.lost).sum(), subject.score.total.lost());
    if sum != exact {
        paper.line(&p::LOSSES_ROUNDED.fill(lang, &[&sum, &exact]));
    }
    for loss in losses {
        let bare = subject.inspection.findings_on(&loss.item).next().is_none();
        let note = subject.inspection.note(&loss.item);
        // A person accepted a reason instead of a finding: without it the loss would stand unexplained.
        if loss.verdict == Verdict::Fail && bare && !note.is_empty() {
            paper.line(&p::FAILED_BARE.fill(lang, &[&named_by_id(subject, &loss.item, lang), &note]));
        }
    }
    paper.gap();
}

/// Lists the items that left the score, with the reasons.
pub(super) fn excluded(paper: &mut Paper, subject: &Subject) {
    let lang = paper.lang();
    paper.heading(1, p::H_EXCLUDED.say(lang));
    let mut table = Table::new(&[p::C_ITEM.say(lang), p::C_OF.say(lang), p::C_REASON.say(lang)]);
    table.sheets = true;
    for item in subject.items(true) {
        let judged = subject.inspection.judgement(&item.id);
        if let Some(judged) = judged.filter(|judged| judged.verdict == Verdict::NotApplicable) {
            let reason = Some(judged.reason)
                .filter(|reason| !reason.is_empty())
                .unwrap_or_else(|| p::NO_REASON.say(lang).to_owned());
            table.row(vec![named(item, lang), item.points.to_string(), reason]);
        }
    }
    if table.rows.is_empty() {
        paper.line(p::NO_EXCLUDED.say(lang));
    } else {
        paper.table(table);
    }
    paper.gap();
}

/// Lists what the annex says: verdicts and notes that never count.
pub(super) fn annex(paper: &mut Paper, subject: &Subject) {
    let lang = paper.lang();
    paper.heading(1, p::H_ANNEX.say(lang));
    let mut table = Table::new(&[p::C_ITEM.say(lang), p::C_VERDICT.say(lang), p::C_NOTE.say(lang)]);
    table.sheets = true;
    for item in subject.items(false) {
        let verdict = subject.inspection.verdict(&item.id);
        let note = subject.inspection.note(&item.id);
        if verdict.is_some() || !note.is_empty() {
            let verdict = verdict.map_or(&w::NOT_CHECKED, w::verdict);
            let note = if note.is_empty() { "—" } else { note };
            table.row(vec![named(item, lang), verdict.say(lang).to_owned(), note.to_owned()]);
        }
    }
    if table.rows.is_empty() {
        paper.line(p::NO_ANNEX.say(lang));
    } else {
        paper.line(p::ANNEX_RULE.say(lang));
        paper.table(table);
    }
    paper.gap();
}
