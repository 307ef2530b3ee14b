//! The checklist to read: items on the left, the selected one below or beside.

use super::walk::bracketed;
use super::{Pen, Tint};
use crate::app::{ChecklistPage, Model};
use crate::domain::{Item, Lang, basis_caveat, basis_lines, slots_named};
use crate::locales as w;

/// Draws the checklist.
pub fn checklist(pen: &mut Pen<'_>, model: &Model, page: &ChecklistPage) {
    let (lang, width, height) = (model.lang, pen.area.width, pen.area.height);
    let title = format!("{}  {}", page.checklist.title.pick(lang), page.checklist.edition);
    let right = format!("{}  {} ", page.edition.short(), w::profile(page.profile).say(lang));
    let end = pen.text_right(width, 1, &right, Tint::Dim);
    pen.text(1, 1, end.saturating_sub(2), &title, Tint::Strong);
    let beside = width >= 72;
    let list = if beside { width * 2 / 5 } else { width };
    for (y, at) in (2..height - 2).zip(page.cursor.sight(page.rows.len(), model.list_rows())) {
        let Some(item) = page.rows.get(at).and_then(|place| page.checklist.items.get(*place)) else {
            continue;
        };
        let selected = at == page.cursor.at;
        pen.marker(0, y, selected);
        let points = if page.checklist.scored(item) { item.points.to_string() } else { "-".to_owned() };
        let end = pen.text_right(list - 1, y, &points, Tint::Dim);
        pen.run(
            2,
            y,
            end.saturating_sub(1),
            &[(&item.id.0, Tint::Dim), (" ", Tint::Plain), (item.title.pick(lang), Tint::Plain)],
        );
    }
    if page.rows.is_empty() {
        pen.text(2, 3, list - 3, w::NO_MATCH.say(lang), Tint::Dim);
    }
    if let (Some(item), true) = (page.selected(), beside) {
        detail(pen, model, page, item, list + 1);
    }
}

fn detail(pen: &mut Pen<'_>, model: &Model, page: &ChecklistPage, item: &Item, x: u16) {
    let lang = model.lang;
    let (cols, bottom) = (pen.area.width.saturating_sub(x + 1), pen.area.height - 2);
    let between = if lang == Lang::En { ", " } else { "、" };
    let evidence = item.evidence_lines(lang).collect::<Vec<_>>().join(between);
    let basis =
        basis_lines(&page.checklist, item, page.profile, lang).join(if lang == Lang::En { "; " } else { "；" });
    let basis = if basis.is_empty() { basis } else { bracketed(&basis, basis_caveat(lang), lang) };
    let days = format!("{} {}", w::class(item.class).say(lang), w::DAYS.fill(lang, &[&item.days]));
    let parts = [
        (w::LOOK.say(lang), slots_named(item.look.pick(lang), lang)),
        (w::EVIDENCE.say(lang), evidence),
        (w::BASIS.say(lang), basis),
        (w::FINDING.say(lang), slots_named(item.finding.pick(lang), lang)),
        (w::F_SEVERITY.say(lang), w::severity(item.severity).say(lang).to_owned()),
        (w::F_CLASS.say(lang), days),
    ];
    let mut y = 2;
    for (label, text) in parts {
        if y + 1 >= bottom || text.is_empty() {
            continue;
        }
        pen.text(x, y, cols, label, Tint::Dim);
        y = pen.wrapped(x + 2, y + 1, cols.saturating_sub(2), bottom.saturating_sub(y + 1), &text, Tint::Plain);
    }
}
