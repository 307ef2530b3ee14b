//! The paper 數據統計表: every rate of a round with the counts that it was made of.

use std::ops::ControlFlow;

use super::super::{Paper, Table, words as p};
use super::{NoPaper, frame, words as f};
use crate::domain::{
    BranchId, Closings, Day, Figures, Lang, Rate, RateKind, Rates, ReadFault, Reading, Round, RoundId, RoundLine,
    Verdict, per_mille,
};
use crate::locales as w;

/// Drafts the statistics of one round: as they were written down where it is over, else as they stand on the day.
pub fn statistics(reading: &dyn Reading, round: RoundId, lang: Lang, today: Day) -> Result<Paper, NoPaper> {
    let line = reading.rounds()?.into_iter().find(|line| line.id == round).ok_or(NoPaper::NotInRound)?;
    let whole = reading.round(round)?.ok_or(NoPaper::NotInRound)?;
    let written = whole.frozen.last().filter(|_| line.closed);
    let figures = match written {
        Some(frozen) => frozen.figures.clone(),
        None => counted(reading, &line, today)?,
    };
    let mut paper = Paper::new(lang);
    frame::head(&mut paper, &f::T_STATISTICS, None, today);
    paper.pair(p::ROUND.say(lang), &p::WITH_CODE.fill(lang, &[&line.plan.name, &line.plan.code]));
    paper.pair(p::PERIOD.say(lang), &w::period(line.plan.from, line.plan.to, lang));
    let basis = if written.is_some() { &f::FIGURES_WRITTEN } else { &f::FIGURES_NOW };
    paper.pair(f::FIGURES.say(lang), &basis.fill(lang, &[&w::day(figures.on, lang)]));
    corrected(&mut paper, &whole);
    paper.gap();
    inspected(&mut paper, &figures);
    rates(&mut paper, &figures.rates);
    closings(&mut paper, &figures.rates);
    paper.line(f::HOW_COUNTED.say(lang));
    paper.gap();
    frame::foot(&mut paper, &[&f::SIGN_ISSUER]);
    Ok(paper)
}

/// Counts what a round comes to on a day, as it would be written down if it ended.
fn counted(reading: &dyn Reading, line: &RoundLine, today: Day) -> Result<Figures, ReadFault> {
    let mut rates = Rates::default();
    reading.ledger((line.id, BranchId::default()), &mut |id, finding| {
        if id.round != line.id {
            return ControlFlow::Break(());
        }
        rates.add(&finding, today);
        ControlFlow::Continue(())
    })?;
    rates.relapse = reading.looks(&|_| true)?.of(line.id);
    Ok(Figures::of(line, rates, today))
}

/// Says that figures were corrected, and why.
fn corrected(paper: &mut Paper, round: &Round) {
    let lang = paper.lang();
    for frozen in round.frozen.iter().filter(|frozen| !frozen.reason.is_empty()) {
        paper.pair(f::CORRECTED_ON.fill(lang, &[&w::day(frozen.figures.on, lang)]).as_str(), &frozen.reason);
    }
    if let Some(reason) = &round.correction {
        paper.line(&w::CORRECTING.fill(lang, &[reason]));
    }
}

fn inspected(paper: &mut Paper, figures: &Figures) {
    let lang = paper.lang();
    paper.heading(1, f::H_CHECKED.say(lang));
    let mut table = Table::new(&[f::FIGURE.say(lang), &format!(">{}", f::VALUE.say(lang))]);
    let coverage = w::counted(figures.rates.coverage, lang);
    let mean = w::rate(per_mille(figures.got, figures.applicable * 100));
    table.row(vec![w::rate_kind(RateKind::Coverage).say(lang).to_owned(), coverage]);
    table.row(vec![w::FIGURES_MEAN.say(lang).to_owned(), mean]);
    for verdict in Verdict::ALL {
        let count = figures.verdicts.times(verdict).to_string();
        table.row(vec![w::verdict(verdict).say(lang).to_owned(), count]);
    }
    table.row(vec![w::FIELD_FINDINGS.say(lang).to_owned(), figures.findings.to_string()]);
    paper.table(table);
    paper.gap();
}

/// The rates of what can be finished once for all, and of look-backs.
fn rates(paper: &mut Paper, rates: &Rates) {
    let lang = paper.lang();
    paper.heading(1, f::H_RATES.say(lang));
    let rows = RateKind::ALL.into_iter().filter(|kind| *kind != RateKind::Coverage);
    table(paper, rows.map(|kind| (kind, rates.rate(kind))), &rates.tally, lang);
}

/// The same of 長期堅持, which is counted apart.
fn closings(paper: &mut Paper, rates: &Rates) {
    let lang = paper.lang();
    paper.heading(1, f::H_STANDING.say(lang));
    let apart = Rates { tally: rates.standing.clone(), ..Rates::default() };
    let of_look = |kind: &RateKind| matches!(kind, RateKind::Relapse | RateKind::Effective | RateKind::Coverage);
    let rows = RateKind::ALL.into_iter().filter(|kind| !of_look(kind));
    table(paper, rows.map(|kind| (kind, apart.rate(kind))), &apart.tally, lang);
}

fn table(paper: &mut Paper, rows: impl Iterator<Item = (RateKind, Rate)>, closings: &Closings, lang: Lang) {
    let mut table = Table::new(&[f::FIGURE.say(lang), &format!(">{}", f::VALUE.say(lang))]);
    for (kind, rate) in rows {
        table.row(vec![w::rate_kind(kind).say(lang).to_owned(), w::counted(rate, lang)]);
    }
    table.row(vec![w::DAYS_MEAN.say(lang).to_owned(), w::days(closings.days.mean())]);
    table.row(vec![w::DAYS_MEDIAN.say(lang).to_owned(), w::days(closings.days.median())]);
    paper.table(table);
    paper.gap();
}
