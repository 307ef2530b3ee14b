//! The first half of the report: what was looked at, and what it comes to.

use super::subject::Subject;
use super::{Paper, Table, words as p};
use crate::domain::{Day, Lang, Method, Points, Slice, per_mille};
use crate::locales as w;

/// Says which branch, round, period and checklist it is.
pub(super) fn about(paper: &mut Paper, subject: &Subject, today: Day) {
    let lang = paper.lang();
    let (plan, inspection) = (&subject.round.plan, &subject.inspection);
    let coded = |name: &str, code: &str| p::WITH_CODE.fill(lang, &[&name, &code]);
    paper.heading(1, p::H_ABOUT.say(lang));
    if !subject.house.is_empty() {
        paper.pair(p::ORGANISATION.say(lang), &subject.house);
    }
    paper.pair(p::UNIT.say(lang), &coded(&subject.path, &subject.branch.facts.code));
    paper.pair(p::ROUND.say(lang), &coded(&plan.name, &plan.code));
    paper.pair(p::PERIOD.say(lang), &w::period(plan.from, plan.to, lang));
    let last = inspection.last.as_ref().map(|(_, at, _)| w::on_day(*at, lang));
    paper.pair(p::LAST_CHANGE.say(lang), &last.unwrap_or_else(|| "—".to_owned()));
    let edition = p::EDITION_OF
        .fill(lang, &[&subject.checklist.title.pick(lang), &subject.checklist.edition, &plan.edition.short()]);
    paper.pair(p::EDITION.say(lang), &edition);
    paper.pair(p::PROFILE.say(lang), w::profile(subject.profile()).say(lang));
    paper.pair(p::METHODS.say(lang), &methods(subject, lang));
    let state = inspection.signed.as_ref().map_or_else(
        || p::UNSIGNED.say(lang).to_owned(),
        |signed| p::SIGNED_ON.fill(lang, &[&w::on_day(signed.at, lang)]),
    );
    paper.pair(p::STATE.say(lang), &state);
    paper.pair(p::MADE_ON.say(lang), &w::day(today, lang));
    paper.gap();
}

/// Counts the items with a verdict by the ways in which the checklist looks at them.
fn methods(subject: &Subject, lang: Lang) -> String {
    let named = [Method::Docs, Method::Interview, Method::Onsite].map(|method| {
        let looked = subject
            .checklist
            .items
            .iter()
            .filter(|item| item.methods.contains(&method) && subject.inspection.verdict(&item.id).is_some())
            .count();
        (looked > 0).then(|| p::METHOD_ITEMS.fill(lang, &[&w::method(method).say(lang), &looked]))
    });
    let named: Vec<String> = named.into_iter().flatten().collect();
    if named.is_empty() { "—".to_owned() } else { named.join(p::BETWEEN.say(lang)) }
}

/// Says the score, the grade, and what keeps them from being taken at their word.
pub(super) fn result(paper: &mut Paper, subject: &Subject) {
    let lang = paper.lang();
    let score = &subject.score;
    let total = &score.total;
    paper.heading(1, p::H_RESULT.say(lang));
    paper.pair(w::SCORE.say(lang), &rate_of(total, lang));
    let grade = match score.grade(&subject.checklist, &subject.round) {
        Some(grade) => w::grade(grade).say(lang),
        None if score.is_final() => "—",
        None => w::NOT_FINAL.say(lang),
    };
    paper.pair(w::GRADE.say(lang), grade);
    let progress = p::PROGRESS_OF.fill(lang, &[&total.answered, &total.items]);
    paper.pair(p::PROGRESS.say(lang), &progress);
    if let Some(item) = score.veto(&subject.checklist, &subject.round).filter(|_| score.is_final()) {
        paper.line(&p::VETO.fill(lang, &[item]));
    }
    if !score.is_final() {
        let open = total.items.saturating_sub(total.answered);
        paper.line(&p::STILL_OPEN.fill(lang, &[&open, &total.open]));
    }
    if total.excluded > Points(0) {
        let full = subject.checklist.full_marks();
        let share = w::rate(per_mille(u64::from(total.excluded.0), u64::from(full.0)));
        let word = if score.for_reference_only(&subject.checklist) { &p::FOR_REFERENCE } else { &p::SOME_EXCLUDED };
        paper.line(&word.fill(lang, &[&total.excluded, &full, &share]));
    }
    paper.gap();
}

/// Says a rate with the points behind it.
fn rate_of(slice: &Slice, lang: Lang) -> String {
    slice.rate().map_or_else(
        || p::NO_RATE.say(lang).to_owned(),
        |rate| p::RATE_OF.fill(lang, &[&w::rate(Some(rate)), &got(slice), &slice.applicable]),
    )
}

/// Returns the points got, rounded half up to a tenth.
pub(super) fn got(slice: &Slice) -> Points {
    Points(u32::try_from((slice.got + 50) / 100).unwrap_or(u32::MAX))
}

/// Says the score of every card that counts, by its groups.
pub(super) fn parts(paper: &mut Paper, subject: &Subject) {
    let lang = paper.lang();
    let checklist = &subject.checklist;
    paper.heading(1, p::H_PARTS.say(lang));
    for ((at, card), slice) in checklist.cards.iter().enumerate().zip(&subject.score.cards) {
        if !card.scored {
            continue;
        }
        paper.heading(2, card.name.pick(lang));
        let mut table = Table::new(&[
            p::C_GROUP.say(lang),
            &format!(">{}", p::C_GOT.say(lang)),
            &format!(">{}", p::C_APPLICABLE.say(lang)),
            &format!(">{}", p::C_EXCLUDED.say(lang)),
            &format!(">{}", p::C_RATE.say(lang)),
        ]);
        for (group, slice) in checklist.groups.iter().zip(&subject.score.groups) {
            if usize::from(group.card) == at {
                let name = format!("{} {}", group.id, group.name.pick(lang));
                table.row(figures(name, slice));
            }
        }
        table.row(figures(p::C_TOTAL.say(lang).to_owned(), slice));
        paper.table(table);
        paper.gap();
    }
}

fn figures(name: String, slice: &Slice) -> Vec<String> {
    vec![name, got(slice).to_string(), slice.applicable.to_string(), slice.excluded.to_string(), w::rate(slice.rate())]
}

/// Lists the groups in which every point was got and nothing is open.
pub(super) fn strong(paper: &mut Paper, subject: &Subject) {
    let lang = paper.lang();
    let checklist = &subject.checklist;
    paper.heading(1, p::H_STRONG.say(lang));
    let mut none = true;
    for (group, slice) in checklist.groups.iter().zip(&subject.score.groups) {
        let scored = checklist.cards.get(usize::from(group.card)).is_some_and(|card| card.scored);
        let full = slice.applicable > Points(0) && slice.got == u64::from(slice.applicable.0) * 100;
        if scored && full && slice.open == Points(0) {
            none = false;
            let name = format!("{} {}", group.id, group.name.pick(lang));
            paper.line(&p::STRONG_GROUP.fill(lang, &[&name, &got(slice), &slice.applicable]));
        }
    }
    if none {
        paper.line(p::NO_STRONG.say(lang));
    }
    paper.gap();
}
