//! What stands below the tasks of the home screen: the round that is going on, and how many items stand where.

use super::{Pen, Tint};
use crate::app::{Action, Home, Model};
use crate::domain::{Counts, RoundLine, State, per_mille};
use crate::locales::{self as w, Lang};

/// The least window that has room for two panels beside each other.
const TWO: u16 = 76;

/// Draws the panels into so many rows.
pub fn panels(pen: &mut Pen<'_>, model: &Model, home: &Home, y: u16, rows: u16) {
    let (lang, width) = (model.lang, pen.area.width);
    let line = home.current().or_else(|| home.rounds.first());
    let title = line.map_or_else(
        || w::PROGRESS.say(lang).to_owned(),
        |line| format!("{}  {}", w::PROGRESS.say(lang), line.plan.name),
    );
    if width >= TWO {
        let half = width / 2;
        let left = pen.boxed(0, y, half, rows, &title);
        let right = pen.boxed(half, y, width - half, rows, w::RECTIFICATION.say(lang));
        progress(pen, lang, line, left);
        averages(pen, lang, home, (left.0, left.1 + 3, left.2));
        match home.counts {
            None => drop(pen.text(right.0, right.1, right.2, w::BEING_COUNTED.say(lang), Tint::Dim)),
            Some(counts) => {
                for (row, pair) in (right.1..).zip(standing(&counts, lang).as_chunks::<2>().0) {
                    for (x, (action, said, tint)) in [right.0, right.0 + right.2 / 2].into_iter().zip(pair) {
                        let key = format!("{} ", model.keys_of(*action));
                        pen.run(x, row, x + right.2 / 2, &[(&key, Tint::Key), (said, *tint)]);
                    }
                }
                shares(pen, lang, &counts, (right.0, right.1 + 3, right.2, right.3.saturating_sub(3)));
            }
        }
        return;
    }
    let inside = pen.boxed(0, y, width, rows, &title);
    let (x, y, cols, _) = inside;
    progress(pen, lang, line, inside);
    match home.counts {
        None => drop(pen.text(x, y + 2, cols, w::BEING_COUNTED.say(lang), Tint::Dim)),
        Some(counts) => {
            let mut at = pen.text(x, y + 2, cols, w::RECTIFICATION.say(lang), Tint::Dim);
            for (_, said, tint) in standing(&counts, lang) {
                if at + 2 + pen.width(&said) <= x + cols {
                    at = pen.text(at + 2, y + 2, cols, &said, tint);
                }
            }
            shares(pen, lang, &counts, (x, y + 3, cols, inside.3.saturating_sub(3)));
        }
    }
}

/// Draws how far a round is.
fn progress(pen: &mut Pen<'_>, lang: Lang, line: Option<&RoundLine>, (x, y, cols, _): (u16, u16, u16, u16)) {
    let Some(line) = line else { return };
    let count = w::OF_BRANCHES.fill(lang, &[&line.signed, &line.branches]);
    let bar = cols.saturating_sub(pen.width(&count) + 2).min(40);
    pen.bar(x, y, bar, u64::from(line.signed), u64::from(line.branches));
    pen.text(x + bar + 2, y, cols, &count, Tint::Plain);
    let begun = line.started.saturating_sub(line.signed);
    let counts = [
        w::SIGNED_N.fill(lang, &[&line.signed]),
        format!("{} {begun}", w::UNFINISHED.say(lang)),
        format!("{} {}", w::NOT_BEGUN.say(lang), line.branches.saturating_sub(line.started)),
        w::FINDINGS_N.fill(lang, &[&line.findings]),
    ];
    // What does not fit behind the rest goes to a line of its own where there is one.
    let (mut at, mut row) = (x, y + 1);
    for said in counts {
        if at > x && at + pen.width(&said) > x + cols {
            (at, row) = (x, row + 1);
        }
        at = pen.text(at, row, cols, &said, Tint::Plain) + 3;
    }
}

/// Draws the mean score of the last rounds, as many as there is room for.
fn averages(pen: &mut Pen<'_>, lang: Lang, home: &Home, (x, y, cols): (u16, u16, u16)) {
    let mut at = x;
    for line in &home.rounds {
        let mean = per_mille(line.got, line.applicable * 100);
        let said = format!("{} {}", line.plan.code, w::AVERAGE.fill(lang, &[&w::rate(mean)]));
        if at + pen.width(&said) > x + cols {
            return;
        }
        at = pen.text(at, y, cols, &said, Tint::Dim) + 3;
    }
}

/// Says how many items stand where; what presses first.
fn standing(counts: &Counts, lang: Lang) -> [(Action, String, Tint); 6] {
    let Counts { tally, overdue, .. } = counts;
    let verify = tally.of(State::Requested) + tally.of(State::Verifying) + tally.asked;
    let late = if *overdue > 0 { Tint::Bad } else { Tint::Plain };
    [
        (Action::LedgerOpen, w::OPEN_N.fill(lang, &[&tally.open()]), Tint::Plain),
        (Action::LedgerOverdue, w::OVERDUE_N.fill(lang, &[overdue]), late),
        (Action::LedgerToVerify, w::TO_VERIFY_N.fill(lang, &[&verify]), Tint::Plain),
        (Action::LedgerClosed, w::CLOSED_N.fill(lang, &[&tally.of(State::Closed)]), Tint::Plain),
        (Action::LedgerDrafted, w::TO_ISSUE_N.fill(lang, &[&tally.of(State::Drafted)]), Tint::Plain),
        (Action::LedgerAll, w::ALL_N.fill(lang, &[&tally.all()]), Tint::Dim),
    ]
}

/// Says in one line how many items stand where.
pub fn items_text(counts: &Counts, lang: Lang) -> String {
    let said = standing(counts, lang).map(|(_, said, _)| said);
    format!("{}  {}", said.join("  "), [done(counts, lang), on_time(counts, lang)].join("  "))
}

/// Draws how much is closed, and how much of it in time: below each other, or side by side where there is one row.
fn shares(pen: &mut Pen<'_>, lang: Lang, counts: &Counts, (x, y, cols, rows): (u16, u16, u16, u16)) {
    let at = pen.text(x, y, cols, &done(counts, lang), Tint::Plain) + 2;
    let (at, y) = if rows > 1 { (x, y + 1) } else { (at, y) };
    pen.text(at, y, (x + cols).saturating_sub(at), &on_time(counts, lang), Tint::Plain);
}

/// Says how many of the findings whose last day has come kept it.
fn on_time(counts: &Counts, lang: Lang) -> String {
    format!("{} {}", w::RATE_ON_TIME.say(lang), w::counted(counts.on_time, lang))
}

/// Says how many of the items that were issued are closed.
fn done(counts: &Counts, lang: Lang) -> String {
    let closed = counts.tally.of(State::Closed);
    w::CLOSED_SHARE.fill(lang, &[&w::share(closed, closed + counts.tally.open(), lang)])
}
