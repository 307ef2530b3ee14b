//! The trail: who did what, when.

use super::walk::bracketed;
use super::{Pen, Tint};
use crate::app::{Model, TrailPage};
use crate::domain::{Change, Entry, InspectionChange, Judgement, Lang};
use crate::locales as w;
use crate::text;

/// Draws the trail.
pub fn draw(pen: &mut Pen<'_>, model: &Model, page: &TrailPage) {
    let (lang, width) = (model.lang, pen.area.width);
    pen.text(1, 1, width - 2, &format!("{}  {}", page.code, page.path), Tint::Strong);
    if page.entries.is_empty() {
        pen.text(2, 3, width - 4, w::NO_TRAIL.say(lang), Tint::Dim);
    }
    for (y, at) in (2..).zip(page.cursor.sight(page.entries.len(), model.list_rows())) {
        let Some(entry) = page.entries.get(at) else { continue };
        let selected = at == page.cursor.at;
        pen.marker(0, y, selected);
        let (day, clock) = (w::china_day(entry.at), w::clock(entry.at));
        let when = if width >= 72 {
            format!("{:>5} {day} {clock} ", entry.seq.0)
        } else {
            let (month, day) = (day.0.month(), day.0.day());
            format!("{:>5} {month:02}-{day:02} {} ", entry.seq.0, clock.get(..5).unwrap_or(&clock))
        };
        let who = text::pad(&entry.by.0, 10, model.ambiguous);
        let tint = Tint::Plain;
        let said = entry_text(entry, lang);
        pen.run(1, y, width - 1, &[(&when, Tint::Dim), (&who, Tint::Plain), (" ", Tint::Plain), (&said, tint)]);
    }
}

/// Says in a line what an entry of an inspection did.
pub fn entry_text(entry: &Entry, lang: Lang) -> String {
    let said: Vec<String> = entry.changes.iter().filter_map(|change| change_text(change, lang)).collect();
    let shown = said.iter().take(4).cloned().collect::<Vec<_>>().join(if lang == Lang::En { "; " } else { "；" });
    if said.len() > 4 { format!("{shown} (+{})", said.len() - 4) } else { shown }
}

fn change_text(change: &Change, lang: Lang) -> Option<String> {
    let change = match change {
        Change::Inspection(change) => change,
        Change::Follow(change) => return Some(w::follow_change(change, lang)),
        _ => return None,
    };
    let verdict = |judgement: &Option<Judgement>| {
        let word = judgement.as_ref().map_or(&w::NOT_CHECKED, |judgement| w::verdict(judgement.verdict));
        let reason = judgement.as_ref().map_or("", |judgement| judgement.reason.as_str());
        if reason.is_empty() { word.say(lang).to_owned() } else { bracketed(word.say(lang), reason, lang) }
    };
    Some(match change {
        InspectionChange::Judged { item, was, now } => {
            w::TR_JUDGED.fill(lang, &[item, &verdict(was), &verdict(now)]).replace('→', "->")
        }
        InspectionChange::Noted { item, now, .. } if now.is_empty() => w::TR_NOTE_GONE.fill(lang, &[item]),
        InspectionChange::Noted { item, now, .. } => w::TR_NOTED.fill(lang, &[item, &now.replace('\n', " ")]),
        InspectionChange::Marked { item, now } => {
            let word = if *now { &w::TR_MARKED } else { &w::TR_UNMARKED };
            word.fill(lang, &[item])
        }
        InspectionChange::Found { n, now: Some(facts), .. } => {
            w::TR_FOUND.fill(lang, &[&facts.item, &format_args!("{n:02}"), &facts.fact])
        }
        InspectionChange::Found { n, was, now: None } => {
            let item = was.as_ref().map_or_else(String::new, |was| was.item.to_string());
            w::TR_FOUND_GONE.fill(lang, &[&item, &format_args!("{n:02}")])
        }
        InspectionChange::Signed { .. } => w::TR_SIGNED.say(lang).to_owned(),
        InspectionChange::Reopened { reason } => w::TR_REOPENED.fill(lang, &[reason]),
        InspectionChange::Undid { seq } => w::TR_UNDID.fill(lang, &[seq]),
        InspectionChange::Redid { seq } => w::TR_REDID.fill(lang, &[seq]),
        InspectionChange::CardTaken { card } => w::TR_CARD_TAKEN.fill(lang, &[&(card + 1)]),
        InspectionChange::CardGiven { card } => w::TR_CARD_GIVEN.fill(lang, &[&(card + 1)]),
    })
}
