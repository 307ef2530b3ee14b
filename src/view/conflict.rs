//! What two have said of the same, and the keys that take either.

use super::overlays::middle;
use super::rect::tint;
use super::{Pen, Tint};
use crate::app::{Conflict, Model};
use crate::locales as w;

/// Draws a conflict.
pub fn draw(pen: &mut Pen<'_>, model: &Model, conflict: &Conflict) {
    let lang = model.lang;
    let lines = model.conflict_lines(conflict);
    let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let (x, y, cols, rows) = middle(pen, model.conflict_room().0, wanted.max(5));
    let (x, y, cols, rows) = pen.boxed(x, y, cols, rows, w::CONFLICT.say(lang));
    let bottom = y + rows;
    let room = usize::from(rows);
    let skip = conflict.top.min(lines.len().saturating_sub(room));
    let half = cols / 2;
    for (row, line) in (y..bottom).zip(lines.iter().skip(skip)) {
        let tint = if line.head { Tint::Strong } else { tint(line.hue) };
        pen.text(x, row, if line.right.is_some() { half.saturating_sub(1) } else { cols }, &line.left, tint);
        if let Some(right) = &line.right {
            pen.text(x + half + 1, row, cols.saturating_sub(half + 1), right, tint);
        }
    }
    // The footer names the keys; the frame says how much more there is.
    let hidden = lines.len().saturating_sub(skip + room);
    if hidden > 0 {
        pen.text_right(x + cols, bottom, &format!(" PgDn +{hidden} "), Tint::Key);
    }
}
