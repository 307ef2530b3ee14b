//! Home: what waits, the earliest day first.

use super::calibration::calibrating_text;
use super::home_panels::panels;
use super::{Pen, Tint};
use crate::app::{Calibrating, Home, Model, RectTask, Step, Task};
use crate::domain::{Day, Standing, State, Waiting};
use crate::locales as w;

/// Draws the home screen.
pub fn draw(pen: &mut Pen<'_>, model: &Model, home: &Home) {
    let (width, height) = (pen.area.width, pen.area.height);
    let steps = home.steps();
    if !steps.is_empty() {
        first_steps(pen, model, home, &steps);
        return;
    }
    let below = match height {
        ..16 => 0,
        16..18 => 6,
        18.. => 7,
    };
    let rows = height.saturating_sub(3 + below);
    let (x, y, cols, rows) = pen.boxed(0, 1, width, rows, w::WAITING.say(model.lang));
    if home.tasks.is_empty() {
        let said = if home.counts.is_some() { &w::NOTHING_WAITS } else { &w::BEING_COUNTED };
        pen.text(x, y, cols, said.say(model.lang), Tint::Dim);
    }
    let top = home.cursor.at.saturating_sub(usize::from(rows).saturating_sub(1));
    for (line, (at, task)) in (y..y + rows).zip(home.tasks.iter().enumerate().skip(top)) {
        task_line(pen, model, home, (task, at == home.cursor.at), (x, line, cols));
    }
    if below > 0 {
        panels(pen, model, home, height - 2 - below, below);
    }
}

/// What a line says of a task.
struct Line<'a> {
    mark: (&'static str, Tint),
    word: (String, Tint),
    name: String,
    above: &'a str,
    what: String,
    aside: String,
    until: Day,
}

fn said<'a>(model: &Model, home: &Home, task: &'a Task) -> Line<'a> {
    let lang = model.lang;
    match task {
        Task::Rect(task) => {
            let held = task.claim.as_ref().filter(|claim| claim.holds(model.moment.stamp));
            let word = match task.standing {
                Standing::Overdue(_) if task.waiting == Waiting::Branch => {
                    (w::standing(task.standing, lang), Tint::Bad)
                }
                _ if task.back => (w::SENT_BACK.say(lang).to_owned(), Tint::Warning),
                _ => (w::waiting(task.waiting, task.state).say(lang).to_owned(), Tint::Dim),
            };
            Line {
                mark: mark(task),
                word,
                name: task.name.clone(),
                above: &task.above,
                what: held.map_or_else(String::new, |claim| format!("{}  ", w::claimed(claim, lang)))
                    + &format!("{} {}", task.item, task.fact),
                aside: format!("  {}", w::class(task.class).say(lang)),
                until: task.until,
            }
        }
        Task::Unfinished { round, name, above, line, items, until, .. } => {
            let ready = line.score.answered >= *items;
            let word = if ready { &w::READY } else { &w::UNFINISHED };
            let item = line.last.as_ref().and_then(|(_, _, item)| item.as_ref());
            // One branch may wait in two rounds at a time.
            let mut open = home.rounds.iter().filter(|line| !line.closed);
            let code = home.rounds.iter().find(|line| line.id == *round).map_or("", |line| line.plan.code.as_str());
            Line {
                mark: ("~", Tint::Plain),
                word: (word.say(lang).to_owned(), Tint::Dim),
                name: if open.nth(1).is_some() { format!("{code} {name}") } else { name.clone() },
                above,
                what: format!("{}/{items}", line.score.answered.min(*items)),
                aside: item.map_or_else(String::new, |item| format!("  {}", w::LEFT_AT.fill(lang, &[item]))),
                until: *until,
            }
        }
        Task::Calibration(task) => {
            let (word, what, aside) = calibrating_text(task.stands, lang);
            Line {
                mark: match task.stands {
                    Calibrating::Sheet { .. } => ("~", Tint::Plain),
                    Calibrating::Agreement { .. } => ("?", Tint::Warning),
                },
                word: (word.say(lang).to_owned(), Tint::Dim),
                name: task.name.clone(),
                above: &task.above,
                what,
                aside: format!("  {aside}"),
                until: task.until,
            }
        }
        Task::NotBegun { name, branches, until, .. } => Line {
            mark: (".", Tint::Dim),
            word: (w::NOT_BEGUN.say(lang).to_owned(), Tint::Dim),
            name: name.clone(),
            above: "",
            what: w::N_BRANCHES.fill(lang, &[branches]),
            aside: String::new(),
            until: *until,
        },
    }
}

/// Returns the mark of an item; each is one column in every terminal.
const fn mark(task: &RectTask) -> (&'static str, Tint) {
    match (task.waiting, task.state) {
        (Waiting::Verify | Waiting::Approve | Waiting::Answer, _) => ("?", Tint::Warning),
        _ if task.back => ("<", Tint::Warning),
        (Waiting::Issue, _) | (Waiting::Branch, State::Issued) => (".", Tint::Dim),
        (Waiting::Branch, _) => ("~", Tint::Plain),
    }
}

fn task_line(
    pen: &mut Pen<'_>,
    model: &Model,
    home: &Home,
    (task, selected): (&Task, bool),
    (x, y, cols): (u16, u16, u16),
) {
    let Line { mark, word, name, above, what, aside, until } = said(model, home, task);
    pen.marker(x - 1, y, selected);
    let (today, day) = (model.moment.day.0, until.0);
    let late = day < today;
    let day =
        if day.year() == today.year() { format!("{:02}-{:02}", day.month(), day.day()) } else { until.to_string() };
    let tint = if late { Tint::Bad } else { Tint::Dim };
    let end = pen.text_right(x + cols, y, &w::UNTIL.fill(model.lang, &[&day]), tint).saturating_sub(1);
    let (mark, tint) = if late { ("!", Tint::Bad) } else { mark };
    let padded = format!("{} ", crate::text::pad(&word.0, 11, model.ambiguous));
    let at = pen.run(x, y, end, &[(mark, tint), (" ", Tint::Plain), (&padded, word.1)]);
    let name_cols = cols * 3 / 10;
    let behind = pen.text(at, y, name_cols, &name, Tint::Plain);
    pen.text(behind + 1, y, (at + name_cols).saturating_sub(behind + 1), above, Tint::Dim);
    let at = at + name_cols + 1;
    let at = pen.text(at, y, end.saturating_sub(at), &what, Tint::Plain);
    if at + pen.width(&aside) <= end {
        pen.text(at, y, end - at, &aside, Tint::Dim);
    }
}

fn first_steps(pen: &mut Pen<'_>, model: &Model, home: &Home, steps: &[(Step, bool)]) {
    let (lang, width) = (model.lang, pen.area.width);
    let (x, y, cols, _) = pen.boxed(0, 1, width, pen.area.height - 3, w::FIRST_STEPS.say(lang));
    let mut row = y + 1;
    for (at, (step, done)) in steps.iter().enumerate() {
        let word = match step {
            Step::Name => &w::STEP_NAME,
            Step::Branches => &w::STEP_BRANCHES,
            Step::Round => &w::STEP_ROUND,
        };
        let selected = at == home.cursor.at;
        let mark = if *done { "✓ " } else { "  " };
        pen.marker(x - 1, row, selected);
        let end = pen.text(x, row, 2, mark, Tint::Good);
        let text = format!("{}. {}", at + 1, word.say(lang));
        row = pen.wrapped(end, row, cols.saturating_sub(2), 2, &text, Tint::Plain);
    }
    row = pen.wrapped(x + 2, row + 1, cols.saturating_sub(2), 2, w::STEP_PRACTICE.say(lang), Tint::Dim);
    pen.wrapped(x, row + 1, cols, 3, w::NON_CLASSIFIED.say(lang), Tint::Warning);
}
