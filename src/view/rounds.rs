//! The rounds, one round's branches, and one item across them.

use super::narrowed::round_narrow_text;
use super::walk::{tint, verdict_text};
use super::{Pen, Tint};
use crate::app::{Across, Model, RoundPage, RoundRow, Rounds};
use crate::domain::{BranchId, BranchTree, Round, RoundLine, per_mille};
use crate::locales::{self as w, Lang};
use crate::text;

/// Draws the rounds.
pub fn list(pen: &mut Pen<'_>, model: &Model, rounds: &Rounds) {
    let (lang, width) = (model.lang, pen.area.width);
    if rounds.lines.is_empty() {
        pen.wrapped(2, 3, width - 4, 3, w::NO_ROUNDS_YET.say(lang), Tint::Dim);
        return;
    }
    for (y, at) in (2..).zip(rounds.cursor.sight(rounds.lines.len(), model.list_rows())) {
        let Some(line) = rounds.lines.get(at) else { continue };
        let selected = at == rounds.cursor.at;
        pen.marker(0, y, selected);
        let mean = per_mille(line.got, line.applicable * 100);
        let right = format!(
            "{}  {}  {}",
            w::OF_BRANCHES.fill(lang, &[&line.signed, &line.branches]),
            w::AVERAGE.fill(lang, &[&w::rate(mean)]),
            w::round_state(line).say(lang)
        );
        let end = pen.text_right(width - 1, y, &right, Tint::Plain);
        let code = text::pad(&line.plan.code, 10, model.ambiguous);
        pen.run(2, y, end.saturating_sub(1), &[(&code, Tint::Dim), (" ", Tint::Plain), (&line.plan.name, Tint::Plain)]);
    }
}

/// Draws the head of what is about one round, with what part of it is shown, and below it what was corrected; answers
/// the line behind it.
pub fn head(pen: &mut Pen<'_>, model: &Model, round: &Round, line: &RoundLine, shown: &str) -> u16 {
    let (lang, width) = (model.lang, pen.area.width);
    let mut right = format!(
        "{}  {}  {} ",
        w::OF_BRANCHES.fill(lang, &[&line.signed, &line.branches]),
        w::FINDINGS_N.fill(lang, &[&line.findings]),
        w::round_state(line).say(lang)
    );
    if !shown.is_empty() {
        right = format!("{shown} {right}");
    }
    let end = pen.text_right(width, 1, &right, Tint::Dim);
    pen.text(1, 1, end.saturating_sub(2), &format!("{}  {}", line.plan.code, line.plan.name), Tint::Strong);
    let Some((why, figures)) = corrected_text(round, line, lang) else { return 2 };
    let end = pen.text_right(width - 1, 2, &figures, Tint::Plain);
    pen.text(1, 2, end.saturating_sub(3), &why, Tint::Warning);
    3
}

/// Says that only what is unfinished is shown.
pub fn only_unfinished(only: bool, lang: Lang) -> Option<String> {
    only.then(|| format!("[{}]", w::ONLY_OPEN.say(lang)))
}

/// Says that a round is being corrected or was, and why; beside it its figures before and after.
pub fn corrected_text(round: &Round, line: &RoundLine, lang: Lang) -> Option<(String, String)> {
    let mean = |got: u64, applicable: u64| w::rate(per_mille(got, applicable * 100));
    let (why, before, after) = match (&round.correction, round.frozen.as_slice()) {
        (Some(reason), [.., before]) => {
            let now = (mean(line.got, line.applicable), u64::from(line.findings));
            (w::CORRECTING.fill(lang, &[reason]), before, now)
        }
        (None, [.., before, after]) => {
            let figures = &after.figures;
            let then = (mean(figures.got, figures.applicable), figures.findings);
            (w::CORRECTED_FOR.fill(lang, &[&after.reason]), before, then)
        }
        (Some(reason), []) => return Some((w::CORRECTING.fill(lang, &[reason]), String::new())),
        (None, _) => return None,
    };
    let was = (mean(before.figures.got, before.figures.applicable), before.figures.findings);
    Some((why, w::BEFORE_AFTER.fill(lang, &[&was.0, &after.0, &was.1, &after.1])))
}

/// Draws one round with its branches.
pub fn page(pen: &mut Pen<'_>, model: &Model, page: &RoundPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let narrow = round_narrow_text(page, lang);
    let shown: Vec<String> = narrow.into_iter().chain(only_unfinished(page.only_unfinished, lang)).collect();
    let top = head(pen, model, &page.round, &page.line, &shown.join(" "));
    if page.rows.is_empty() {
        pen.text(2, top + 1, width - 4, w::NO_MATCH.say(lang), Tint::Dim);
    }
    let items = page.checklist.items.iter().filter(|item| page.checklist.scored(item)).count();
    for (y, at) in (top..).zip(page.cursor.sight(page.rows.len(), page.room(model.list_rows()))) {
        let Some(row) = page.rows.get(at) else { continue };
        let selected = at == page.cursor.at;
        pen.marker(0, y, selected);
        let (said, meaning) = state(model, row, items);
        let end = pen.text_right(width - 1, y, &said, meaning);
        branch(pen, &page.tree, row.branch, (2, y, end.saturating_sub(1)));
    }
}

fn state(model: &Model, row: &RoundRow, items: usize) -> (String, Tint) {
    let lang = model.lang;
    match &row.line {
        None | Some(None) => (format!("{}  . ", w::NOT_BEGUN.say(lang)), Tint::Dim),
        Some(Some(line)) => {
            let rate = per_mille(line.score.got, u64::from(line.score.applicable) * 100);
            let counts = format!(
                "{}  {:>5}  {}/{items}",
                w::FINDINGS_N.fill(lang, &[&line.score.findings]),
                w::rate(rate),
                usize::from(line.score.answered).min(items),
            );
            if line.signed.is_some() {
                (format!("{counts}  {}  ✓ ", w::SIGNED.say(lang)), Tint::Good)
            } else {
                (format!("{counts}  {}  ~ ", w::UNFINISHED.say(lang)), Tint::Warning)
            }
        }
    }
}

fn branch(pen: &mut Pen<'_>, tree: &BranchTree, id: BranchId, (x, y, end): (u16, u16, u16)) {
    let Some(line) = tree.line(id) else { return };
    let above = line.parent.and_then(|parent| tree.line(parent)).map_or("", |parent| parent.name.as_str());
    let x = pen.text(x, y, end.saturating_sub(x), &line.name, Tint::Plain);
    pen.text(x + 2, y, end.saturating_sub(x + 2), above, Tint::Dim);
}

/// Draws one item across the branches of a round.
pub fn across(pen: &mut Pen<'_>, model: &Model, across: &Across) {
    let (lang, width) = (model.lang, pen.area.width);
    let title = across.checklist.item(&across.item).map_or("", |item| item.title.pick(lang));
    let right = format!("{} ", across.round.plan.code);
    let end = pen.text_right(width, 1, &right, Tint::Dim);
    pen.text(1, 1, end.saturating_sub(2), &format!("{} {title}", across.item), Tint::Strong);
    for (y, at) in (2..).zip(across.cursor.sight(across.rows.len(), model.list_rows())) {
        let Some(id) = across.rows.get(at).copied() else {
            continue;
        };
        let selected = at == across.cursor.at;
        pen.marker(0, y, selected);
        let cell = across.cell(id);
        let verdict = cell.and_then(|cell| cell.verdict);
        let marked = if cell.is_some_and(|cell| cell.marked) { "* " } else { "" };
        let said = text::pad(&verdict_text(verdict, lang), 13, model.ambiguous);
        let end = pen.text_right(width - 1, y, &format!("{marked}{said}"), tint(verdict));
        branch(pen, &across.tree, id, (2, y, end.saturating_sub(1)));
    }
}
