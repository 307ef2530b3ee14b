//! The paper 「回頭看」報告: the sample and how it was drawn, what holds, what has come back; causes stay blank.

use super::super::ledger::{LedgerItem, LedgerReader};
use super::super::{Paper, Table, words as p};
use super::{NoPaper, frame, words as f};
use crate::domain::{Criteria, Day, Drawn, Lang, Lookback, LookbackId, Outcome, Reading};
use crate::locales as w;

/// Drafts the report on a look-back.
pub fn lookback(reading: &dyn Reading, id: LookbackId, lang: Lang, today: Day) -> Result<Paper, NoPaper> {
    let lookback = reading.lookback(id)?.ok_or(NoPaper::NoLookback(id))?;
    let reader = LedgerReader::new(reading, today, lang)?;
    let mut drawn = Vec::new();
    for one in &lookback.drawn {
        if let Some(item) = reader.again(one.rect)? {
            drawn.push((one, item));
        }
    }
    let mut paper = Paper::new(lang);
    frame::head(&mut paper, &f::T_LOOKBACK, None, today);
    about(&mut paper, &lookback, &criteria(reading, &lookback.criteria, lang)?);
    overall(&mut paper, &lookback);
    sample(&mut paper, &drawn);
    relapsed(&mut paper, &drawn);
    frame::foot(&mut paper, &[&f::SIGN_ISSUER]);
    Ok(paper)
}

/// Says from which items was drawn; a person is not named.
fn criteria(reading: &dyn Reading, criteria: &Criteria, lang: Lang) -> Result<String, NoPaper> {
    let over = criteria.over.map(|over| reading.path(over, p::BETWEEN_UNITS.say(lang))).transpose()?;
    let known = Criteria { closer: None, ..criteria.clone() };
    let said = w::criteria(&known, over.as_deref(), lang);
    let closer = criteria.closer.as_ref().map(|_| f::ONE_VERIFIER.say(lang));
    Ok(match closer {
        None => said,
        Some(closer) => format!("{said}{}{closer}", p::BETWEEN.say(lang)),
    })
}

fn about(paper: &mut Paper, lookback: &Lookback, criteria: &str) {
    let lang = paper.lang();
    paper.pair(f::LOOK_NUMBER.say(lang), &lookback.id.to_string());
    paper.pair(w::LOOK_DRAWN.say(lang), &w::day(lookback.by.1.china_day(), lang));
    paper.pair(w::LOOK_FROM.say(lang), criteria);
    paper.pair(w::LOOK_SEED.say(lang), &lookback.seed.to_string());
    let state = match &lookback.ended {
        None => w::GOING_ON.say(lang).to_owned(),
        Some(ended) => w::day(ended.at.china_day(), lang),
    };
    paper.pair(w::LOOK_END.say(lang), &state);
    if let Some(ended) = lookback.ended.as_ref().filter(|ended| !ended.reason.is_empty()) {
        paper.pair(f::NOT_ALL_SEEN.say(lang), &ended.reason);
    }
    paper.gap();
}

fn overall(paper: &mut Paper, lookback: &Lookback) {
    let lang = paper.lang();
    let relapse = lookback.relapse();
    paper.heading(1, f::H_OVERALL.say(lang));
    let left = u64::try_from(lookback.drawn.len()).unwrap_or(u64::MAX).saturating_sub(relapse.of);
    paper.line(&f::LOOK_SAMPLE.fill(lang, &[&lookback.population, &lookback.drawn.len(), &relapse.of, &left]));
    let effective = w::counted(relapse.rest(), lang);
    paper
        .line(&f::LOOK_RESULT.fill(lang, &[&relapse.rest().got, &effective, &relapse.got, &w::counted(relapse, lang)]));
    paper.line(f::LOOK_AGAIN.say(lang));
    paper.gap();
}

fn sample(paper: &mut Paper, drawn: &[(&Drawn, LedgerItem)]) {
    let lang = paper.lang();
    paper.heading(1, f::H_SAMPLE.say(lang));
    let mut table = Table::new(&[
        f::ITEM.say(lang),
        p::UNIT.say(lang),
        p::C_FACT.say(lang),
        f::LOOK_OUTCOME.say(lang),
        f::LOOKED_ON.say(lang),
        f::LOOK_NOTE.say(lang),
    ]);
    table.sheets = true;
    for (one, item) in drawn {
        let seen = one.seen.as_ref();
        let or_none = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| "—".to_owned());
        table.row(vec![
            item.name.clone(),
            item.branch_name.clone(),
            item.finding.fact.clone(),
            w::looked(seen.map(|seen| seen.look.outcome)).say(lang).to_owned(),
            or_none(seen.map(|seen| w::day(seen.hand.on, lang))),
            or_none(seen.map(|seen| seen.look.note.clone())),
        ]);
    }
    paper.table(table);
    paper.gap();
}

fn relapsed(paper: &mut Paper, drawn: &[(&Drawn, LedgerItem)]) {
    let lang = paper.lang();
    paper.heading(1, f::H_RELAPSED.say(lang));
    let mut table =
        Table::new(&[f::ITEM.say(lang), p::UNIT.say(lang), f::CAME_BACK.say(lang), f::CAUSE_AND_NEXT.say(lang)]);
    table.sheets = true;
    for (one, item) in drawn {
        let Some(seen) = one.seen.as_ref().filter(|seen| seen.look.outcome == Outcome::Relapsed) else { continue };
        let blank = p::REMARKS_BLANK.say(lang).to_owned();
        table.row(vec![item.name.clone(), item.branch_name.clone(), seen.look.note.clone(), blank]);
    }
    if table.rows.is_empty() {
        paper.line(f::NO_RELAPSE.say(lang));
    } else {
        paper.table(table);
    }
    paper.gap();
}
