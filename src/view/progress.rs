//! How far a round is: what can be looked at, and a line with counts for each unit, team or inspector.

use super::{Pen, Tint};
use crate::app::{Model, ProgressPage, ProgressPane, ProgressRow, Screen, team_text};
use crate::domain::Progress;
use crate::locales::{self as w, Lang, Word};
use crate::text;

/// A column of counts.
struct Column {
    head: &'static Word,
    count: fn(&ProgressPage, &ProgressRow, &Progress) -> Option<u64>,
}

const BRANCHES: Column = Column { head: &w::C_BRANCHES, count: |_, _, progress| Some(progress.branches.into()) };
const BEGUN: Column = Column { head: &w::C_BEGUN, count: |_, _, progress| Some(progress.begun.into()) };
const SIGNED: Column = Column { head: &w::C_SIGNED, count: |_, _, progress| Some(progress.signed.into()) };
const ANSWERED: Column = Column { head: &w::C_ANSWERED, count: |_, _, progress| Some(progress.answered) };
const FINDINGS: Column = Column { head: &w::C_FINDINGS, count: |_, _, progress| Some(progress.findings) };
const OWN: Column = Column { head: &w::C_OWN, count: |page, row, _| page.own(row).map(u64::from) };

/// Returns the columns of a pane; where the window is narrow, the least wanted are left out.
const fn columns(pane: ProgressPane, width: u16) -> &'static [Column] {
    match pane {
        ProgressPane::Walkers => &[BRANCHES, BEGUN, SIGNED, OWN],
        ProgressPane::Units | ProgressPane::Teams if width < 72 => &[BRANCHES, BEGUN, SIGNED, FINDINGS],
        ProgressPane::Units | ProgressPane::Teams => &[BRANCHES, BEGUN, SIGNED, ANSWERED, FINDINGS],
    }
}

/// Returns the word of a pane.
pub const fn progress_word(pane: ProgressPane) -> &'static Word {
    match pane {
        ProgressPane::Units => &w::PANE_UNITS,
        ProgressPane::Teams => &w::PANE_TEAMS,
        ProgressPane::Walkers => &w::PANE_WALKERS,
    }
}

/// Draws the progress of a round.
pub fn draw(pen: &mut Pen<'_>, model: &Model, page: &ProgressPage) {
    let shown = super::rounds::only_unfinished(page.only_unfinished, model.lang).unwrap_or_default();
    let top = super::rounds::head(pen, model, &page.round, &page.line, &shown);
    panes(pen, model, page, top);
    let columns = columns(page.pane, pen.area.width);
    let counts = heads(pen, model, page, columns, top + 1);
    if page.rows.is_empty() {
        let said = progress_nothing(model);
        pen.wrapped(2, top + 2, pen.area.width.saturating_sub(4), 3, &said, Tint::Dim);
        return;
    }
    for (y, at) in (top + 2..).zip(page.cursor.sight(page.rows.len(), page.room(model.list_rows()))) {
        let Some(row) = page.rows.get(at) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        named(pen, model, page, row, (2, y, counts.saturating_sub(1)));
        let progress = page.progress(row);
        let mut end = pen.area.width - 1;
        for column in columns.iter().rev() {
            let said = (column.count)(page, row, &progress).map_or_else(String::new, |count| count.to_string());
            pen.text_right(end, y, &said, Tint::Plain);
            end = end.saturating_sub(column_width(pen, model.lang, column));
        }
    }
}

fn panes(pen: &mut Pen<'_>, model: &Model, page: &ProgressPage, y: u16) {
    let (lang, width) = (model.lang, pen.area.width);
    let coverage = format!("{} {} ", w::RATE_COVERAGE.say(lang), w::counted(page.coverage(), lang));
    let end = pen.text_right(width, y, &coverage, Tint::Dim);
    let mut x = 1;
    for (n, pane) in (1..).zip(ProgressPane::ALL) {
        let (word, selected) = (progress_word(pane).say(lang), pane == page.pane);
        let said = if selected { format!("[{n} {word}]") } else { format!(" {n} {word} ") };
        let tint = if selected { Tint::Strong } else { Tint::Dim };
        if x + pen.width(&said) <= end {
            x = pen.text(x, y, end - x, &said, tint);
        }
    }
}

fn column_width(pen: &Pen<'_>, lang: Lang, column: &Column) -> u16 {
    pen.width(column.head.say(lang)).max(6) + 2
}

/// Draws the heads of the columns; answers where the counts begin.
fn heads(pen: &mut Pen<'_>, model: &Model, page: &ProgressPage, columns: &[Column], y: u16) -> u16 {
    let mut end = pen.area.width - 1;
    if page.rows.is_empty() {
        return end;
    }
    for column in columns.iter().rev() {
        pen.text_right(end, y, column.head.say(model.lang), Tint::Dim);
        end = end.saturating_sub(column_width(pen, model.lang, column));
    }
    let what = progress_word(page.pane).say(model.lang);
    pen.text(2, y, end.saturating_sub(2), what, Tint::Dim);
    end
}

/// Says why a pane has no line.
pub fn progress_nothing(model: &Model) -> String {
    let lang = model.lang;
    let Screen::Progress(page) = &model.screen else { return String::new() };
    match page.pane {
        _ if !page.filter_text().is_empty() => w::NO_MATCH.say(lang).to_owned(),
        ProgressPane::Units => w::NO_MATCH.say(lang).to_owned(),
        ProgressPane::Teams => w::NO_TEAMS_YET.fill(lang, &[&model.keys_of(crate::app::Action::TeamEdit)]),
        ProgressPane::Walkers => w::NO_WALKERS_YET.say(lang).to_owned(),
    }
}

/// Draws what a line is about, and who walks there; a team that was given to a unit above stands in brackets.
fn named(pen: &mut Pen<'_>, model: &Model, page: &ProgressPage, row: &ProgressRow, (x, y, end): (u16, u16, u16)) {
    let lang = model.lang;
    let team = match page.team(row) {
        Some((members, true)) => team_text(members),
        Some((members, false)) => format!("({})", team_text(members)),
        None => String::new(),
    };
    let line = page.unit_of(row).and_then(|unit| page.tree.line(unit));
    let (indent, name) = match (row, line) {
        (ProgressRow::Unit(_), Some(line)) if page.filter_text().is_empty() => {
            (u16::from(line.depth.min(8)) * 2, line.name.clone())
        }
        (_, Some(line)) => (0, line.name.clone()),
        (ProgressRow::All, None) => (0, w::ALL_OF_IT.say(lang).to_owned()),
        (ProgressRow::Loose, None) => (0, w::NO_TEAM.say(lang).to_owned()),
        (ProgressRow::Walker(person), None) => (0, person.0.clone()),
        (ProgressRow::Unit(_) | ProgressRow::Team(_), None) => (0, String::new()),
    };
    let x = (x + indent).min(end);
    // Both are seen: a long name leaves room for the team.
    let room = end.saturating_sub(x);
    let wanted = if team.is_empty() { 0 } else { (pen.width(&team) + 2).min(room / 2) };
    let name = text::cut_mark(&name, usize::from(room.saturating_sub(wanted)), model.ambiguous);
    pen.run(x, y, end, &[(&name, Tint::Plain), ("  ", Tint::Plain), (&team, Tint::Dim)]);
}

/// Says a line: its code and name, who walks there, and how far it is.
pub fn progress_text(page: &ProgressPage, row: &ProgressRow, lang: Lang) -> String {
    let line = page.unit_of(row).and_then(|unit| page.tree.line(unit));
    let name = match (row, line) {
        (_, Some(line)) => format!("{} {}", line.code, page.tree.path(line.id, " / ")),
        (ProgressRow::All, None) => w::ALL_OF_IT.say(lang).to_owned(),
        (ProgressRow::Loose, None) => w::NO_TEAM.say(lang).to_owned(),
        (ProgressRow::Walker(person), None) => person.0.clone(),
        (ProgressRow::Unit(_) | ProgressRow::Team(_), None) => String::new(),
    };
    let team = match page.team(row) {
        Some((members, true)) => format!("  {}", team_text(members)),
        Some((members, false)) => format!("  ({})", team_text(members)),
        None => String::new(),
    };
    let Progress { branches, begun, signed, answered, findings } = page.progress(row);
    let counts = w::ROUND_PROGRESS.fill(lang, &[&branches, &begun, &signed, &answered, &findings]);
    let own = page.own(row).map_or_else(String::new, |own| format!("  {}", w::SIGNED_SELF.fill(lang, &[&own])));
    format!("{name}{team}  {counts}{own}")
}
