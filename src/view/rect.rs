//! One rectification item: what it is about, how it stands, what was done, and what can be done now.

use super::{Pen, Tint};
use crate::app::{Hue, Model, RectPage, state_hue};
use crate::locales as w;

/// Returns the tint of what a text means.
pub const fn tint(hue: Hue) -> Tint {
    match hue {
        Hue::Plain => Tint::Plain,
        Hue::Dim => Tint::Dim,
        Hue::Good => Tint::Good,
        Hue::Warning => Tint::Warning,
        Hue::Bad => Tint::Bad,
    }
}

/// Draws an item's page.
pub fn draw(pen: &mut Pen<'_>, model: &Model, page: &RectPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let Some(rect) = page.rect() else { return };
    let right = format!("{} ", w::state(rect.state).say(lang));
    let end = pen.text_right(width, 1, &right, tint(state_hue(rect.state)));
    let path = format!("{} › {}", page.round.plan.code, page.path);
    let path = if pen.look.ascii { path.replace('›', ">") } else { path };
    pen.text(1, 1, end.saturating_sub(2), &path, Tint::Strong);
    let (lines, room) = (model.rect_lines(page), model.rect_room(page));
    let bottom = 2 + u16::try_from(room).unwrap_or(u16::MAX - 2);
    // A window that has grown has more in sight than when the place was left.
    let skip = page.scroll.min(lines.len().saturating_sub(room));
    for (y, (label, line, hue)) in (2..bottom).zip(lines.iter().skip(skip)) {
        pen.run(1, y, width - 1, &[(label, Tint::Dim), (line, tint(*hue))]);
    }
    let hidden = lines.len().saturating_sub(skip + room);
    pen.rule(0, bottom, width);
    if hidden > 0 {
        pen.text_right(width - 1, bottom, &format!(" PgDn +{hidden} "), Tint::Key);
    }
    for (y, line) in (bottom + 1..).zip(model.offered_steps(page)) {
        pen.text(1, y, width - 2, &line, Tint::Key);
    }
}
