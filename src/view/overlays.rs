//! What lies over a screen: help, palette, questions, lost points.

use ratatui::layout::Position;

use super::walk::verdict_text;
use super::{Pen, Tint, forms};
use crate::app::{Confirmed, Cursor, HelpLine, Model, Overlay, Palette, Preview};
use crate::keys::label;
use crate::locales as w;
use crate::text;

/// Draws an overlay; answers where the caret stands while a field has the keys.
pub fn draw(pen: &mut Pen<'_>, model: &Model, overlay: &Overlay) -> Option<Position> {
    match overlay {
        Overlay::Help { top } => help(pen, model, *top),
        Overlay::Palette(palette) => return Some(draw_palette(pen, model, palette)),
        Overlay::Confirm { question, under, then } => {
            if let Some(under) = under {
                draw(pen, model, under);
            }
            let (title, keys) = match then {
                Confirmed::Seen => (&w::TOLD, &w::ANY_KEY),
                _ => (&w::QUESTION, &w::YES_NO),
            };
            confirm(pen, model, title.say(model.lang), question, keys.say(model.lang));
        }
        Overlay::Field(field) => return Some(forms::field(pen, model, field)),
        Overlay::Form(form) => return forms::form(pen, model, form),
        Overlay::Losses { cursor } => losses(pen, model, *cursor),
        Overlay::Preview(shown) => preview(pen, model, shown),
        Overlay::Conflict(shown) => super::conflict::draw(pen, model, shown),
    }
    None
}

/// Draws what a step would do to each of several items, and why some are skipped.
fn preview(pen: &mut Pen<'_>, model: &Model, preview: &Preview) {
    let lang = model.lang;
    let what = w::verb(preview.verb).say(lang);
    let title = w::PREVIEW_TITLE.fill(lang, &[&what, &preview.taken(), &preview.skipped()]);
    let wanted = u16::try_from(preview.lines.len()).unwrap_or(u16::MAX).saturating_mul(2).saturating_add(2);
    let (x, y, cols, rows) = middle(pen, 90, wanted.max(5));
    let (x, y, cols, rows) = pen.boxed(x, y, cols, rows, &title);
    let mut at = y;
    for line in preview.lines.iter().skip(preview.top) {
        if at >= y + rows {
            break;
        }
        let (word, tint) = match line.why {
            Some(_) => (&w::PREVIEW_SKIP, Tint::Warning),
            None => (&w::PREVIEW_DO, Tint::Good),
        };
        pen.run(x, at, x + cols, &[(word.say(lang), tint), ("  ", Tint::Plain), (&line.what, Tint::Plain)]);
        at += 1;
        if let Some(why) = &line.why {
            let room = (y + rows).saturating_sub(at).min(2);
            at = pen.wrapped(x + 4, at, cols.saturating_sub(4), room, why, Tint::Dim);
        }
    }
}

/// Returns a box in the middle of the window.
pub fn middle(pen: &Pen<'_>, cols: u16, rows: u16) -> (u16, u16, u16, u16) {
    let (width, height) = (pen.area.width, pen.area.height.saturating_sub(2));
    let (cols, rows) = (cols.min(width), rows.min(height));
    ((width - cols) / 2, 1 + (height - rows) / 2, cols, rows)
}

fn help(pen: &mut Pen<'_>, model: &Model, top: usize) {
    let (width, height) = (pen.area.width, pen.area.height);
    let lines = model.help_lines();
    let (x, y, cols, rows) = pen.boxed(0, 1, width, height - 2, w::HELP.say(model.lang));
    let columns = if cols >= 60 { 2 } else { 1 };
    let each = cols / columns;
    let rows = usize::from(rows);
    let page = rows * usize::from(columns);
    let top = top.min(lines.len().saturating_sub(page));
    for (at, line) in lines.iter().skip(top).take(page).enumerate() {
        let column = u16::try_from(at / rows).unwrap_or_default();
        let y = y + u16::try_from(at % rows).unwrap_or_default();
        let x = x + column * each;
        match line {
            HelpLine::Scope(scope) => {
                pen.text(x, y, each - 1, scope.title().say(model.lang), Tint::Strong);
            }
            HelpLine::Action(action) => {
                let keys = model.keymap.keys_for(model.scopes(), *action);
                let spelled: Vec<String> = keys.iter().take(3).map(|keys| label(keys, pen.look.ascii)).collect();
                let keys = spelled.join(" ");
                let keys = text::pad(&keys, 14, model.ambiguous);
                let word = action.word().say(model.lang);
                pen.run(x + 1, y, x + each - 1, &[(&keys, Tint::Key), (word, Tint::Plain)]);
            }
        }
    }
}

fn draw_palette(pen: &mut Pen<'_>, model: &Model, palette: &Palette) -> Position {
    let (x, y, cols, rows) = middle(pen, 64, pen.area.height.saturating_sub(4));
    let (x, y, cols, rows) = pen.boxed(x, y, cols, rows, w::PALETTE.say(model.lang));
    let start = pen.text(x, y, 2, ": ", Tint::Key);
    let layout = palette.edit.layout(usize::from(cols.saturating_sub(3)), 1, model.ambiguous);
    let typed = layout.lines.first().map_or("", String::as_str);
    if typed.is_empty() {
        pen.text(start + 2, y, cols.saturating_sub(4), w::TYPE_COMMAND.say(model.lang), Tint::Dim);
    }
    pen.text(start, y, cols.saturating_sub(2), typed, Tint::Strong);
    let list = usize::from(rows.saturating_sub(1));
    let top = palette.cursor.at.saturating_sub(list.saturating_sub(1));
    for (row, (at, action)) in (y + 1..y + rows).zip(palette.rows.iter().enumerate().skip(top)) {
        let selected = at == palette.cursor.at;
        let live = model.scopes().contains(&action.scope().name());
        let keys = model.keys_of(*action);
        let end = pen.text_right(x + cols, row, &keys, Tint::Key);
        let tint = match (selected, live) {
            (true, _) => Tint::Strong,
            (false, true) => Tint::Plain,
            (false, false) => Tint::Dim,
        };
        pen.marker(x - 1, row, selected);
        let word = text::pad(action.word().say(model.lang), 22, model.ambiguous);
        let place = action.scope().title().say(model.lang);
        pen.run(x, row, end.saturating_sub(1), &[(&word, tint), (place, Tint::Dim)]);
    }
    let col = start + u16::try_from(layout.col).unwrap_or_default();
    Position::new(pen.area.x + col, pen.area.y + y)
}

fn confirm(pen: &mut Pen<'_>, model: &Model, title: &str, question: &str, keys: &str) {
    let cols = 60.min(pen.area.width);
    let lines = text::wrap(question, usize::from(cols.saturating_sub(4)), model.ambiguous);
    let rows = u16::try_from(lines.len()).unwrap_or(4) + 4;
    let (x, y, cols, rows) = middle(pen, cols, rows);
    let (x, y, cols, rows) = pen.boxed(x, y, cols, rows, title);
    for (row, line) in (y..y + rows).zip(&lines) {
        pen.text(x, row, cols, line, Tint::Strong);
    }
    pen.text(x, y + rows.saturating_sub(1), cols, keys, Tint::Key);
}

fn losses(pen: &mut Pen<'_>, model: &Model, cursor: Cursor) {
    let Some(walk) = model.walk() else { return };
    let (width, height) = (pen.area.width, pen.area.height);
    let title = format!("{}  {}", w::LOSSES.say(model.lang), w::LOST.fill(model.lang, &[&walk.score.total.lost()]));
    let (x, y, cols, rows) = pen.boxed(0, 1, width, height - 2, &title);
    let list = usize::from(rows.saturating_sub(3));
    let top = cursor.at.saturating_sub(list.saturating_sub(1));
    let verdict_cols = if model.lang == w::Lang::En { 13 } else { 8 };
    for (row, (at, loss)) in (y..).zip(walk.score.losses.iter().enumerate().skip(top).take(list)) {
        let selected = at == cursor.at;
        let item = walk.checklist.item(&loss.item);
        let mut right = format!("{} {}", loss.by, w::china_day(loss.at));
        if width >= 72 {
            right = format!("{right} {}", w::clock(loss.at));
        }
        let end = pen.text_right(x + cols, row, &right, Tint::Dim);
        let name = format!(
            "-{}/{} {} {} {}",
            loss.lost,
            loss.of,
            text::pad(&verdict_text(Some(loss.verdict), model.lang), verdict_cols, model.ambiguous),
            loss.item,
            item.map_or("", |item| item.title.pick(model.lang))
        );
        pen.marker(x - 1, row, selected);
        pen.text(x, row, end.saturating_sub(x + 1), &name, Tint::Plain);
    }
    // The rule behind the selected loss: it is what the person across the table asks for.
    let selected = walk.score.losses.get(cursor.at).and_then(|loss| walk.checklist.item(&loss.item));
    if let Some(item) = selected {
        let profile = walk.branch.facts.profile.unwrap_or(walk.round.plan.profile);
        let basis = crate::domain::basis_lines(&walk.checklist, item, profile, model.lang);
        let (colon, between) = if model.lang == w::Lang::En { (": ", "; ") } else { ("：", "；") };
        let text = format!("{}{colon}{}", w::BASIS.say(model.lang), basis.join(between));
        pen.rule(x, y + rows.saturating_sub(3), cols);
        pen.wrapped(x, y + rows.saturating_sub(2), cols, 2, &text, Tint::Plain);
    }
}
