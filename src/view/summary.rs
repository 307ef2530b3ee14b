//! The summary before the signature.

use super::walk::verdict_text;
use super::{Pen, Tint};
use crate::app::{Model, SUMMARY_HEAD, Summary, SummaryLine};
use crate::domain::{ItemId, Slice};
use crate::locales as w;
use crate::text;

/// Draws the summary.
pub fn draw(pen: &mut Pen<'_>, model: &Model, summary: &Summary) {
    let (lang, width) = (model.lang, pen.area.width);
    let walk = &summary.walk;
    let score = &walk.score;
    pen.text(1, 1, width - 2, &format!("{}  {}", walk.round.plan.code, walk.path), Tint::Strong);
    let mut line = format!("{} {}", w::SCORE.say(lang), w::rate(score.total.rate()));
    if let Some(grade) = summary.grade() {
        line = format!("{line}  {} {}", w::GRADE.say(lang), w::grade(grade).say(lang));
    }
    let mut beside: Vec<String> = Vec::new();
    if !score.is_final() {
        beside.push(w::NOT_FINAL.say(lang).to_owned());
        beside.push(w::OPEN_POINTS.fill(lang, &[&score.total.open]));
    }
    if score.total.excluded.0 > 0 {
        beside.push(w::EXCLUDED.fill(lang, &[&score.total.excluded]));
    }
    if score.for_reference_only(&walk.checklist) {
        beside.push(format!("[{}]", w::REFERENCE_ONLY.say(lang)));
    }
    if let Some(veto) = score.veto(&walk.checklist, &walk.round) {
        beside.push(w::VETOED.fill(lang, &[veto]));
    }
    pen.run(1, 2, width, &[(&line, Tint::Strong), ("   ", Tint::Plain), (&beside.join("   "), Tint::Warning)]);
    for (y, (card, slice)) in (3..).zip(walk.checklist.cards.iter().zip(&score.cards)).take(4) {
        card_line(pen, model, y, card.name.pick(lang), slice, card.scored);
    }
    pen.rule(0, 7, width);
    let missing = summary.missing();
    let (state, tint) = match &walk.inspection.signed {
        Some(signed) => (w::SIGNED_BY.fill(lang, &[&signed.by, &w::on_day(signed.at, lang)]), Tint::Good),
        None if missing.is_empty() => (w::NOTHING_MISSING.say(lang).to_owned(), Tint::Good),
        None => {
            let (open, bare) = (missing.unanswered.len(), missing.unexplained.len());
            let text = format!("{} {open}   {} {bare}", w::MISSING_OPEN.say(lang), w::MISSING_BARE.say(lang));
            (text, Tint::Warning)
        }
    };
    pen.text(1, 8, width - 2, &state, tint);
    let lines = summary.lines();
    let rows = model.list_rows().saturating_sub(SUMMARY_HEAD);
    for (y, at) in (9..pen.area.height - 2).zip(summary.cursor.sight(lines.len(), rows)) {
        if let Some(line) = lines.get(at) {
            list_line(pen, model, summary, line, at == summary.cursor.at, y);
        }
    }
}

fn card_line(pen: &mut Pen<'_>, model: &Model, y: u16, name: &str, slice: &Slice, scored: bool) {
    let width = pen.area.width;
    let counts = format!("{}/{}", slice.answered, slice.items);
    let said = if scored {
        let lost = w::LOST.fill(model.lang, &[&slice.lost()]);
        format!("{:>5}  {lost}", w::rate(slice.rate()))
    } else {
        w::UNSCORED.say(model.lang).to_owned()
    };
    let name = text::pad(name, 24, model.ambiguous);
    let x = pen.text(3, y, 24, &name, Tint::Plain);
    let x = pen.text(x, y, 8, &text::pad(&counts, 8, model.ambiguous), Tint::Dim);
    pen.text(x, y, width.saturating_sub(x), &said, Tint::Plain);
}

fn list_line(pen: &mut Pen<'_>, model: &Model, summary: &Summary, line: &SummaryLine, selected: bool, y: u16) {
    let (lang, width) = (model.lang, pen.area.width);
    let walk = &summary.walk;
    pen.marker(0, y, selected);
    let title = |item: &ItemId| walk.checklist.item(item).map_or("", |item| item.title.pick(lang)).to_owned();
    let (text, right, tint) = match line {
        SummaryLine::Unanswered(item) => {
            (format!("{item} {}", title(item)), w::MISSING_OPEN.say(lang).to_owned(), Tint::Warning)
        }
        SummaryLine::Unexplained(item) => {
            (format!("{item} {}", title(item)), w::MISSING_BARE.say(lang).to_owned(), Tint::Bad)
        }
        SummaryLine::Remark(lint) => (w::lint(lint, lang), w::LINT.say(lang).to_owned(), Tint::Warning),
        SummaryLine::Marked(item) => {
            (format!("{item} {}", title(item)), format!("* {}", w::MARKED.say(lang)), Tint::Plain)
        }
        SummaryLine::Lost(at) => {
            let Some(loss) = walk.score.losses.get(*at) else { return };
            let right = format!(
                "{}  -{}/{}  {} {}",
                verdict_text(Some(loss.verdict), lang),
                loss.lost,
                loss.of,
                loss.by,
                w::clock(loss.at)
            );
            (format!("{} {}", loss.item, title(&loss.item)), right, Tint::Plain)
        }
        SummaryLine::Finding(n) => {
            let Some(finding) = walk.inspection.findings.get(n) else {
                return;
            };
            let right = format!("{} {}", w::DUE.say(lang), finding.facts.due);
            (format!("{} {n:02} {}", finding.facts.item, finding.facts.fact), right, Tint::Plain)
        }
    };
    let end = pen.text_right(width - 1, y, &right, tint);
    pen.text(2, y, end.saturating_sub(3), &text, Tint::Plain);
}
