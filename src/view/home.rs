//! Home: what waits on top, the round that is going on below.

use super::{Pen, Tint};
use crate::app::{Home, Model, Step, Task};
use crate::domain::per_mille;
use crate::locales as w;

/// Draws the home screen.
pub fn draw(pen: &mut Pen<'_>, model: &Model, home: &Home) {
    let (width, height) = (pen.area.width, pen.area.height);
    let steps = home.steps();
    if !steps.is_empty() {
        first_steps(pen, model, home, &steps);
        return;
    }
    let below = if height >= 16 { 6 } else { 0 };
    let rows = height.saturating_sub(3 + below);
    let (x, y, cols, rows) = pen.boxed(0, 1, width, rows, w::WAITING.say(model.lang));
    if home.tasks.is_empty() {
        pen.text(x, y, cols, w::NOTHING_WAITS.say(model.lang), Tint::Dim);
    }
    let top = home.cursor.at.saturating_sub(usize::from(rows).saturating_sub(1));
    for (line, (at, task)) in (y..y + rows).zip(home.tasks.iter().enumerate().skip(top)) {
        task_line(pen, model, home, (task, at == home.cursor.at), (x, line, cols));
    }
    if below > 0 {
        progress(pen, model, home, height - 2 - below, below);
    }
}

fn task_line(
    pen: &mut Pen<'_>,
    model: &Model,
    home: &Home,
    (task, selected): (&Task, bool),
    (x, y, cols): (u16, u16, u16),
) {
    let lang = model.lang;
    pen.marker(x - 1, y, selected);
    let tint = Tint::Plain;
    let (word, name, rest, aside, until) = match task {
        Task::Unfinished { round, name, above, line, items, until, .. } => {
            let ready = line.score.answered >= *items;
            let word = if ready { &w::READY } else { &w::UNFINISHED };
            let item = line.last.as_ref().and_then(|(_, _, item)| item.as_ref());
            let at = item.map_or_else(String::new, |item| format!("  {}", w::LEFT_AT.fill(lang, &[item])));
            // One branch may wait in two rounds at a time.
            let mut open = home.rounds.iter().filter(|line| !line.closed);
            let code = home.rounds.iter().find(|line| line.id == *round).map_or("", |line| line.plan.code.as_str());
            let name = if open.nth(1).is_some() { format!("{code} {name}") } else { name.clone() };
            (word, (name, above.as_str()), format!("{}/{items}", line.score.answered.min(*items)), at, until)
        }
        Task::NotBegun { name, branches, until, .. } => {
            (&w::NOT_BEGUN, (name.clone(), ""), w::N_BRANCHES.fill(lang, &[branches]), String::new(), until)
        }
    };
    let late = *until < model.moment.day;
    let day = if cols >= 68 { until.to_string() } else { format!("{:02}-{:02}", until.0.month(), until.0.day()) };
    let until = w::UNTIL.fill(lang, &[&day]);
    let end = pen.text_right(x + cols, y, &until, if late { Tint::Bad } else { Tint::Dim });
    let mark = if late { "! " } else { "  " };
    let word = crate::text::pad(word.say(lang), 11, model.ambiguous);
    let name_cols = cols / 3;
    let end = end.saturating_sub(1);
    let at = pen.run(x, y, end, &[(mark, Tint::Bad), (&*word, Tint::Dim)]);
    let behind = pen.text(at, y, name_cols, &name.0, tint);
    pen.text(behind + 1, y, (at + name_cols).saturating_sub(behind + 1), name.1, Tint::Dim);
    let at = pen.text(at + name_cols + 2, y, end.saturating_sub(at + name_cols + 2), &rest, Tint::Plain);
    if at + pen.width(&aside) <= end {
        pen.text(at, y, end - at, &aside, Tint::Plain);
    }
}

fn progress(pen: &mut Pen<'_>, model: &Model, home: &Home, y: u16, rows: u16) {
    let lang = model.lang;
    let title = home.current().map_or_else(
        || w::PROGRESS.say(lang).to_owned(),
        |line| format!("{}  {}", w::PROGRESS.say(lang), line.plan.name),
    );
    let (x, y, cols, _) = pen.boxed(0, y, pen.area.width, rows, &title);
    let Some(line) = home.current().or_else(|| home.rounds.first()) else {
        return;
    };
    let count = w::OF_BRANCHES.fill(lang, &[&line.signed, &line.branches]);
    let bar = cols.saturating_sub(pen.width(&count) + 4).min(40);
    pen.bar(x, y, bar, u64::from(line.signed), u64::from(line.branches));
    pen.text(x + bar + 2, y, cols, &count, Tint::Plain);
    let begun = line.started - line.signed.min(line.started);
    let counts = format!(
        "{}   {} {begun}   {} {}   {}",
        w::SIGNED_N.fill(lang, &[&line.signed]),
        w::UNFINISHED.say(lang),
        w::NOT_BEGUN.say(lang),
        line.branches - line.started.min(line.branches),
        w::FINDINGS_N.fill(lang, &[&line.findings]),
    );
    pen.text(x, y + 1, cols, &counts, Tint::Plain);
    let before: Vec<String> = (home.rounds.iter().take(4))
        .map(|line| {
            let mean = per_mille(line.got, line.applicable * 100);
            format!("{} {}", line.plan.code, w::AVERAGE.fill(lang, &[&w::rate(mean)]))
        })
        .collect();
    pen.text(x, y + 2, cols, &before.join("   "), Tint::Dim);
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
