//! What all papers of rectification share: the head, the foot, and the blanks in between.

use super::super::{Paper, Table, words as p};
use super::case::Matter;
use super::words as f;
use crate::domain::{Day, Lang, basis_caveat};
use crate::locales::{self as w, Word};

/// Begins a paper: the mark, the title, a blank for the number, to whom it goes, and the day.
pub(super) fn head(paper: &mut Paper, title: &Word, to: Option<&str>, today: Day) {
    let lang = paper.lang();
    paper.mark(&p::MARK.fill(lang, &[&w::DRAFT_PAPER.say(lang)]));
    paper.gap();
    paper.title(title.say(lang));
    paper.gap();
    paper.pair(f::NUMBER.say(lang), f::AT_ISSUE.say(lang));
    if let Some(to) = to {
        paper.pair(f::TO.say(lang), to);
    }
    paper.pair(p::MADE_ON.say(lang), &w::day(today, lang));
}

/// Ends a paper: who decides, the lines for signature and seal, the warning, the mark.
pub(super) fn foot(paper: &mut Paper, signs: &[&Word]) {
    let lang = paper.lang();
    paper.heading(1, f::H_SIGN.say(lang));
    for label in signs {
        paper.pair(label.say(lang), p::SIGN_BLANK.say(lang));
    }
    paper.pair(f::SEAL.say(lang), f::AT_ISSUE.say(lang));
    paper.gap();
    paper.line(f::PERSON_DECIDES.say(lang));
    paper.line(w::NON_CLASSIFIED.say(lang));
    paper.gap();
    paper.mark(&p::MARK_CLOSED.fill(lang, &[&w::DRAFT_PAPER.say(lang)]));
}

/// Adds a label with its value, or with a blank where there is none.
pub(super) fn filled(paper: &mut Paper, label: &Word, value: Option<&str>) {
    let lang = paper.lang();
    let value = value.filter(|value| !value.is_empty()).unwrap_or_else(|| p::REMARKS_BLANK.say(lang));
    paper.pair(label.say(lang), value);
}

/// Adds a label with its day, or with a blank where there is none.
pub(super) fn dated(paper: &mut Paper, label: &Word, day: Option<Day>) {
    let said = day.map(|day| w::day(day, paper.lang()));
    filled(paper, label, said.as_deref());
}

/// Says which finding an item puts right, by which post and until when.
pub(super) fn about(paper: &mut Paper, matter: &Matter<'_>) {
    let lang = paper.lang();
    let (facts, item) = (&matter.followed.facts, matter.item);
    paper.heading(1, f::H_MATTER.say(lang));
    paper.pair(f::ITEM.say(lang), &matter.name());
    paper.pair(p::UNIT.say(lang), &matter.case.branch_named(lang));
    paper.pair(p::ROUND.say(lang), &matter.case.round_named(lang));
    paper.pair(p::C_ITEM.say(lang), &matter.titled(lang));
    paper.pair(p::C_FACT.say(lang), &facts.fact);
    paper.pair(p::C_BASIS.say(lang), &matter.basis(lang));
    paper.pair(p::C_SEVERITY.say(lang), w::severity(facts.severity).say(lang));
    paper.pair(p::C_CLASS.say(lang), w::class(facts.class).say(lang));
    paper.pair(p::C_REPEAT.say(lang), &matter.remark(lang));
    filled(paper, &w::FIELD_LEAD, Some(&item.facts.lead));
    filled(paper, &w::FIELD_DUTY_POST, Some(&item.facts.post));
    dated(paper, &f::ISSUED_ON, item.issued.as_ref().map(|hand| hand.on));
    paper.pair(f::STATE.say(lang), w::state(item.state).say(lang));
    paper.line(basis_caveat(lang));
    paper.gap();
}

/// Lists what shows that an item was put right: where it is kept, never the thing itself.
pub(super) fn evidence(paper: &mut Paper, matter: &Matter<'_>) {
    let lang = paper.lang();
    paper.heading(1, f::H_EVIDENCE.say(lang));
    let mut table = Table::new(&[
        f::C_TITLE.say(lang),
        f::C_DOCUMENT.say(lang),
        f::C_DATE.say(lang),
        f::C_PLACE.say(lang),
        f::C_HASH.say(lang),
    ]);
    table.sheets = true;
    let or_none = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    for evidence in &matter.item.evidence {
        table.row(vec![
            evidence.title.clone(),
            or_none(&evidence.number),
            w::day(evidence.date, lang),
            evidence.place.clone(),
            or_none(&evidence.sha256),
        ]);
    }
    if table.rows.is_empty() {
        paper.line(f::NO_EVIDENCE.say(lang));
    } else {
        paper.line(&f::EVIDENCE_COUNT.fill(lang, &[&table.rows.len()]));
        paper.table(table);
    }
    paper.gap();
}

/// Adds sentences, numbered in their order.
pub(super) fn numbered(paper: &mut Paper, sentences: &[&Word]) {
    let lang = paper.lang();
    for (n, said) in (1..).zip(sentences.iter().map(|word| word.say(lang))) {
        let line = match lang {
            Lang::En => format!("({n}) {said}"),
            Lang::Hant | Lang::Hans => format!("{n}．{said}"),
        };
        paper.line(&line);
    }
}
