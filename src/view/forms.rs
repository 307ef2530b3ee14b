//! Text fields and forms. The real cursor stands at the caret, so that an input method draws in the right place.

use ratatui::layout::Position;

use super::overlays::middle;
use super::{Pen, Tint};
use crate::app::{Field, Form, FormKind, Model, Purpose, Row, Value};
use crate::locales as w;
use crate::text;

/// Draws a text field; answers where the caret stands.
pub fn field(pen: &mut Pen<'_>, model: &Model, field: &Field) -> Position {
    let lang = model.lang;
    let title = match &field.purpose {
        Purpose::Note(item) => w::T_NOTE.fill(lang, &[item]),
        Purpose::Reason(item) => w::T_REASON.fill(lang, &[item]),
        Purpose::Reopen => w::T_REOPEN.say(lang).to_owned(),
        Purpose::Organisation => w::T_ORGANISATION.say(lang).to_owned(),
        Purpose::Retire(_) => w::T_RETIRE.say(lang).to_owned(),
        Purpose::EndLookback(_) => w::T_END_LOOKBACK.say(lang).to_owned(),
        Purpose::CallOff(_) => w::T_CALL_OFF.say(lang).to_owned(),
        Purpose::Correct(_) => w::T_CORRECT.say(lang).to_owned(),
    };
    let rows = if field.has_lines() { (pen.area.height / 2).clamp(7, 12) } else { 5 };
    let cols = pen.area.width.min(80);
    let top = pen.area.height.saturating_sub(rows + 2);
    let (x, y, cols, rows) = pen.boxed((pen.area.width - cols) / 2, top, cols, rows, &title);
    let keys = if field.has_lines() { &w::NOTE_KEYS } else { &w::FIELD_KEYS };
    let left = w::LEFT_OVER.fill(lang, &[&field.edit.remaining()]);
    let end = pen.text_right(x + cols, y + rows - 1, &left, Tint::Dim);
    pen.text(x, y + rows - 1, end.saturating_sub(x + 1), keys.say(lang), Tint::Key);
    edit(pen, model, &field.edit, (x, y, model_cols(model, cols), rows.saturating_sub(1)))
}

/// Returns the columns that keys and drawing agree on for a field over the screen.
fn model_cols(model: &Model, cols: u16) -> u16 {
    cols.min(u16::try_from(model.field_cols()).unwrap_or(cols))
}

fn edit(pen: &mut Pen<'_>, model: &Model, edit: &text::Edit, (x, y, cols, rows): (u16, u16, u16, u16)) -> Position {
    let layout = edit.layout(usize::from(cols), usize::from(rows.max(1)), model.ambiguous);
    for (row, line) in (y..y + rows.max(1)).zip(&layout.lines) {
        pen.text(x, row, cols, line, Tint::Plain);
    }
    let col = u16::try_from(layout.col).unwrap_or_default().min(cols);
    let row = u16::try_from(layout.row).unwrap_or_default();
    let (width, height) = (pen.area.width - 1, pen.area.height - 1);
    Position::new(pen.area.x + (x + col).min(width), pen.area.y + (y + row).min(height))
}

/// Draws a form; answers where the caret stands.
pub fn form(pen: &mut Pen<'_>, model: &Model, form: &Form) -> Option<Position> {
    let lang = model.lang;
    let finding = matches!(form.kind, FormKind::Finding(_));
    let heights: Vec<u16> = form.rows.iter().map(row_height).collect();
    let wanted = heights.iter().sum::<u16>() + 4;
    let title = if finding { w::T_FINDING.fill(lang, &[&form.title]) } else { form.title.clone() };
    let (x, y, cols, rows) = middle(pen, 80, wanted);
    let (x, y, cols, rows) = pen.boxed(x, y, cols, rows, &title);
    let keys = if finding { &w::FINDING_KEYS } else { &w::FORM_KEYS };
    let bottom = y + rows.saturating_sub(1);
    match &form.fault {
        Some(fault) => pen.run(x, bottom, x + cols, &[("! ", Tint::Bad), (fault, Tint::Bad)]),
        None => pen.text(x, bottom, cols, keys.say(lang), Tint::Key),
    };
    let room = rows.saturating_sub(1);
    // Rows above the one that has the keys give way where the window is low.
    let mut first = 0;
    while first < form.focus && heights.iter().skip(first).take(form.focus + 1 - first).sum::<u16>() > room {
        first += 1;
    }
    let label_cols = form.rows.iter().map(|row| pen.width(&row.label)).max().unwrap_or_default().min(cols / 3) + 2;
    let mut at = y;
    let mut caret = None;
    for (place, (row, height)) in form.rows.iter().zip(&heights).enumerate().skip(first) {
        if at + height > y + room {
            break;
        }
        let focused = place == form.focus;
        pen.marker(x - 1, at, focused);
        pen.text(x, at, label_cols - 1, &row.label, if focused { Tint::Strong } else { Tint::Dim });
        let field = (x + label_cols, at, cols.saturating_sub(label_cols), *height);
        let stands = value(pen, model, row, field, focused);
        if focused {
            caret = stands;
        }
        at += height;
    }
    caret
}

fn row_height(row: &Row) -> u16 {
    match &row.value {
        Value::Text(edit) if edit.is_multiline() => 4,
        _ => 1,
    }
}

fn value(
    pen: &mut Pen<'_>,
    model: &Model,
    row: &Row,
    (x, y, cols, rows): (u16, u16, u16, u16),
    focused: bool,
) -> Option<Position> {
    match &row.value {
        Value::Choice { options, at } => {
            let chosen = options.get(*at).map_or("", String::as_str);
            let shown = if focused { format!("< {chosen} >") } else { format!("  {chosen}") };
            pen.text(x, y, cols, &shown, if focused { Tint::Strong } else { Tint::Plain });
            focused.then(|| Position::new(pen.area.x + x.min(pen.area.width - 1), pen.area.y + y))
        }
        Value::Text(text) => {
            let hint = row.hint.map_or("", |hint| hint.say(model.lang));
            if !hint.is_empty() && text.text().is_empty() {
                pen.text(x + 1, y, cols, hint, Tint::Dim);
            }
            Some(edit(pen, model, text, (x, y, cols, rows)))
        }
    }
}
