//! The look-backs, and one of them with the items that it drew.

use super::{Pen, Tint};
use crate::app::{LookbackPage, LookbackRow, Lookbacks, Model};
use crate::domain::{LookbackLine, Outcome};
use crate::locales::{self as w, Lang};
use crate::text;

/// Says a look-back in a line: when it was drawn, how far it is, and from which items.
pub fn lookback_text(page: &Lookbacks, line: &LookbackLine, lang: Lang) -> String {
    let over = line.criteria.over.and_then(|over| page.units.get(&over)).map(String::as_str);
    format!("{}  {}", w::day(line.by.1.china_day(), lang), w::criteria(&line.criteria, over, lang))
}

/// Says how far a look-back is, and what came back.
pub fn lookback_state(line: &LookbackLine, lang: Lang) -> String {
    let state = if line.ended.is_some() { &w::CLOSED } else { &w::GOING_ON };
    let looked = w::LOOKED_OF.fill(lang, &[&line.relapse.of, &line.drawn]);
    format!("{looked}  {} {}  {}", w::RATE_RELAPSE.say(lang), w::counted(line.relapse, lang), state.say(lang))
}

/// Says an item of a look-back with its result.
pub fn drawn_text(page: &LookbackPage, row: &LookbackRow, lang: Lang) -> String {
    let result = w::looked(page.outcome(row)).say(lang);
    format!("{}  {result}  {}  {}", row.name, row.branch, row.fact.replace('\n', " "))
}

/// Says how a sample was drawn.
pub fn sample_text(page: &LookbackPage, lang: Lang) -> String {
    let lookback = &page.lookback;
    let drew = w::DREW_OF.fill(lang, &[&lookback.population, &lookback.drawn.len()]);
    let from = w::criteria(&lookback.criteria, page.over.as_deref(), lang);
    format!("{drew}  {} {}  {from}", w::LOOK_SEED.say(lang), lookback.seed)
}

/// Draws the look-backs.
pub fn list(pen: &mut Pen<'_>, model: &Model, page: &Lookbacks) {
    let (lang, width) = (model.lang, pen.area.width);
    if page.lines.is_empty() {
        pen.wrapped(2, 3, width - 4, 3, w::NO_LOOKBACKS_YET.say(lang), Tint::Dim);
        return;
    }
    for (y, at) in (2..).zip(page.cursor.sight(page.lines.len(), model.list_rows())) {
        let Some(line) = page.lines.get(at) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        let end = pen.text_right(width - 1, y, &lookback_state(line, lang), Tint::Plain);
        let id = text::pad(&line.id.to_string(), 4, model.ambiguous);
        let said = lookback_text(page, line, lang);
        pen.run(2, y, end.saturating_sub(1), &[(&id, Tint::Dim), (&said, Tint::Plain)]);
    }
}

/// Draws one look-back: how it was drawn, the items, and more of the selected one below.
pub fn page(pen: &mut Pen<'_>, model: &Model, page: &LookbackPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let relapse = page.lookback.relapse();
    let mut right = w::LOOKED_OF.fill(lang, &[&relapse.of, &page.lookback.drawn.len()]);
    right = format!("{right}  {} {} ", w::RATE_RELAPSE.say(lang), w::counted(relapse, lang));
    if page.lookback.ended.is_some() {
        right = format!("{}  {right}", w::CLOSED.say(lang));
    }
    let end = pen.text_right(width, 1, &right, Tint::Dim);
    let title = format!("{}  {}", page.lookback.id, sample_text(page, lang));
    pen.text(1, 1, end.saturating_sub(2), &title, Tint::Strong);
    for (y, at) in (2..).zip(page.cursor.sight(page.rows.len(), model.lookback_rows())) {
        let Some(row) = page.rows.get(at) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        line(pen, model, page, row, y);
    }
    let bottom = 2 + u16::try_from(model.lookback_rows()).unwrap_or(u16::MAX);
    if bottom < pen.area.height.saturating_sub(2) {
        detail(pen, model, page, bottom);
    }
}

fn line(pen: &mut Pen<'_>, model: &Model, page: &LookbackPage, row: &LookbackRow, y: u16) {
    let (lang, width) = (model.lang, pen.area.width);
    let outcome = page.outcome(row);
    let tint = match outcome {
        None => Tint::Dim,
        Some(Outcome::Valid) => Tint::Good,
        Some(Outcome::Relapsed) => Tint::Bad,
    };
    let right = w::severity(row.severity).say(lang);
    let end = pen.text_right(width - 1, y, right, Tint::Dim);
    let results = [None, Some(Outcome::Valid), Some(Outcome::Relapsed)];
    let widest = results.iter().map(|known| pen.width(w::looked(*known).say(lang))).max().unwrap_or_default();
    let result = text::pad(w::looked(outcome).say(lang), usize::from(widest), model.ambiguous);
    let branch = text::pad(&row.branch, usize::from(width / 4), model.ambiguous);
    let item = format!("{} ", row.item);
    let fact = row.fact.replace('\n', " ");
    let parts = [
        (result.as_str(), tint),
        (" ", Tint::Plain),
        (branch.as_str(), Tint::Plain),
        (" ", Tint::Plain),
        (item.as_str(), Tint::Dim),
        (fact.as_str(), Tint::Plain),
    ];
    pen.run(2, y, end.saturating_sub(1), &parts);
}

/// Says more of the selected item: its name, and what was seen of it by whom.
fn detail(pen: &mut Pen<'_>, model: &Model, page: &LookbackPage, y: u16) {
    let (lang, width) = (model.lang, pen.area.width);
    let Some(row) = page.selected() else { return };
    pen.rule(0, y, width);
    let seen = page.seen(row).map_or_else(String::new, |seen| {
        format!("{}  {}  {}", seen.hand.on, w::hand(&seen.hand, lang), seen.look.note.replace('\n', " "))
    });
    pen.run(2, y + 1, width - 1, &[(&row.name, Tint::Dim), ("  ", Tint::Plain), (&seen, Tint::Plain)]);
}
