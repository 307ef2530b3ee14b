//! One calibration: who has handed in, how far the two agree, and the selected item side by side.

use super::walk::{tint, verdict_text};
use super::{Pen, Tint};
use crate::app::{Action, CALIBRATION_FOOT, Calibrating, CalibrationPage, Model};
use crate::domain::{Compared, Side};
use crate::locales::{self as w, Lang};
use crate::text;

/// The actions whose keys the footer shows on one's own sheet.
pub const SHEET: &[Action] = &[
    Action::NextOpen,
    Action::Note,
    Action::Undo,
    Action::GoCalibration,
    Action::SameAsLast,
    Action::Back,
    Action::Help,
];

/// Returns the actions whose keys the footer shows, the most wanted first.
pub fn live(page: &CalibrationPage) -> &'static [Action] {
    if page.calibration.end.is_some() {
        &[Action::Open, Action::CalibrationBegin, Action::Back, Action::Help]
    } else if page.agreement.is_some() && page.unsettled_from(0).is_none() {
        &[Action::Merge, Action::TakeFirst, Action::TakeSecond, Action::TakeOther, Action::Back, Action::Help]
    } else if page.agreement.is_some() {
        &[Action::TakeFirst, Action::TakeSecond, Action::TakeOther, Action::Merge, Action::Back, Action::Help]
    } else {
        &[Action::Open, Action::HandIn, Action::CallOff, Action::Back, Action::Help]
    }
}

/// Says what a calibration is about.
pub fn calibration_title(page: &CalibrationPage, lang: Lang) -> String {
    let items = w::extent(&page.calibration.extent, &page.checklist, lang);
    format!("{} {}  {items}", w::SCOPE_CALIBRATION.say(lang), page.calibration.id.n)
}

/// Says how a calibration stands, line by line.
pub fn calibration_lines(page: &CalibrationPage, lang: Lang) -> Vec<String> {
    let calibration = &page.calibration;
    let mut lines = vec![w::calibration_state(calibration, lang)];
    if let Some(agreement) = &page.agreement {
        lines.push(w::agreement(calibration, agreement, lang));
        return lines;
    }
    lines.extend(Side::ALL.map(|side| w::walker(calibration, side, lang)));
    if let Some((judged, items)) = page.own {
        lines.push(w::CAL_OWN.fill(lang, &[&judged, &items]));
    }
    lines.push(w::CAL_BLIND.say(lang).to_owned());
    lines
}

/// Says what an item comes to.
pub fn settled_text(page: &CalibrationPage, compared: &Compared, lang: Lang) -> String {
    let outcome = page.agreement.as_ref().and_then(|agreement| agreement.outcome(&page.calibration, compared));
    match outcome {
        _ if compared.agrees() => w::CAL_SAME.say(lang).to_owned(),
        None => w::CAL_TO_TAKE.say(lang).to_owned(),
        Some((judgement, _)) => {
            let verdict = judgement.map_or(&w::CAL_LEFT_OPEN, |judgement| w::verdict(judgement.verdict));
            w::CAL_TAKEN.fill(lang, &[&verdict.say(lang)])
        }
    }
}

/// Says an item with both verdicts and what it comes to.
pub fn compared_text(page: &CalibrationPage, compared: &Compared, lang: Lang) -> String {
    let title = page.checklist.item(&compared.item).map_or("", |item| item.title.pick(lang));
    let [first, second] = compared.given.each_ref().map(|given| w::judged(given.as_ref(), lang));
    format!("{} {title}  {first} / {second}  {}", compared.item, settled_text(page, compared, lang))
}

/// Says what one of the two has given and noted.
pub fn given_text(page: &CalibrationPage, compared: &Compared, side: Side, lang: Lang) -> String {
    let judged = w::judged(side.of(&compared.given).as_ref(), lang);
    let note = side.of(&compared.notes).replace('\n', " ");
    let note = if note.is_empty() { w::CAL_NO_NOTE.say(lang) } else { &note };
    format!("{} {}  {judged}  {note}", w::side(side).say(lang), side.of(&page.calibration.walkers))
}

/// Says what a calibration asks of somebody at home: the step, how far it is, and what more there is to say.
pub fn calibrating_text(stands: Calibrating, lang: Lang) -> (&'static w::Word, String, String) {
    match stands {
        Calibrating::Sheet { judged, items } => {
            let word = if judged < items { &w::CAL_TO_JUDGE } else { &w::CAL_TO_HAND_IN };
            (word, format!("{judged}/{items}"), String::new())
        }
        Calibrating::Agreement { rate, open } => {
            let rate = format!("{} {}", w::CAL_RATE.say(lang), w::counted(rate, lang));
            match open {
                0 => (&w::CAL_TO_MERGE, rate, String::new()),
                _ => (&w::CAL_TO_SETTLE, rate, w::CAL_N_TO_SETTLE.fill(lang, &[&open])),
            }
        }
    }
}

/// Draws the calibration.
pub fn draw(pen: &mut Pen<'_>, model: &Model, page: &CalibrationPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let title = calibration_title(page, lang);
    let end = pen.text_right(width - 1, 1, &title, Tint::Dim);
    let path = format!("{} › {}", page.round.plan.code, page.branch.facts.name);
    let path = if pen.look.ascii { path.replace('›', ">") } else { path };
    pen.text(1, 1, end.saturating_sub(2), &path, Tint::Strong);
    let mut y = 2;
    for line in &calibration_lines(page, lang) {
        y = if page.agreement.is_some() {
            pen.text(1, y, width - 2, line, Tint::Plain);
            y + 1
        } else {
            pen.wrapped(1, y, width - 2, 3, line, Tint::Plain)
        };
    }
    if page.agreement.is_some() {
        items(pen, model, page);
    }
}

fn items(pen: &mut Pen<'_>, model: &Model, page: &CalibrationPage) {
    let (width, rows) = (pen.area.width, model.calibration_rows());
    for (y, at) in (4..).zip(page.cursor.sight(page.rows.len(), rows)) {
        let Some(compared) = page.row(at) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        line(pen, model, page, compared, y);
    }
    let bottom = 4 + u16::try_from(rows).unwrap_or(u16::MAX);
    let foot = u16::try_from(CALIBRATION_FOOT).unwrap_or(u16::MAX);
    let Some(compared) = page.selected().filter(|_| bottom + foot <= pen.area.height.saturating_sub(2)) else { return };
    pen.rule(0, bottom, width);
    for (y, side) in (bottom + 1..).zip(Side::ALL) {
        pen.text(1, y, width - 2, &given_text(page, compared, side, model.lang), Tint::Plain);
    }
    let chosen = page.calibration.chosen.get(&compared.item).map(|chosen| chosen.by.0.clone()).unwrap_or_default();
    let settled = format!("{}  {chosen}", settled_text(page, compared, model.lang));
    pen.text(1, bottom + 3, width - 2, settled.trim_end(), Tint::Dim);
}

fn line(pen: &mut Pen<'_>, model: &Model, page: &CalibrationPage, compared: &Compared, y: u16) {
    let (lang, width) = (model.lang, pen.area.width);
    let settled = settled_text(page, compared, lang);
    let open = !compared.agrees() && !page.calibration.chosen.contains_key(&compared.item);
    let mut end = pen.text_right(width - 1, y, &settled, if open { Tint::Warning } else { Tint::Dim });
    end = end.min(width.saturating_sub(15));
    let column = if width >= 76 { 14 } else { 9 };
    for given in compared.given.iter().rev() {
        end = end.saturating_sub(column);
        let verdict = given.as_ref().map(|given| given.verdict);
        let said = if column > 9 || lang != Lang::En {
            verdict_text(verdict, lang)
        } else {
            w::verdict_glyph(verdict).to_string()
        };
        pen.text(end, y, column - 1, &said, tint(verdict));
    }
    let title = page.checklist.item(&compared.item).map_or("", |item| item.title.pick(lang));
    let item = text::pad(&compared.item.0, 5, model.ambiguous);
    pen.run(2, y, end.saturating_sub(1), &[(&item, Tint::Dim), (title, Tint::Plain)]);
}
