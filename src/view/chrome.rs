//! The frame around every screen: who and when above, what was told and what the keys do below.

use ratatui::layout::Position;

use super::{Pen, Tint};
use crate::app::{Action, Filter, Model, Notice, Overlay, Present, ProgressPane, Saved, Screen, Spot, Tone};
use crate::keys::{Found, Next};
use crate::locales::{self as w, Lang};
use crate::text;

/// Draws the first line: the program, the screen, the person, the day.
pub fn header(pen: &mut Pen<'_>, model: &Model) {
    let (lang, width) = (model.lang, pen.area.width);
    let day = model.moment.day;
    let date = match lang {
        Lang::En => day.to_string(),
        Lang::Hant | Lang::Hans => format!("{}月{}日", day.0.month(), day.0.day()),
    };
    // A long name leaves room for what the screen is.
    let name = text::cut_mark(&model.me.0, usize::from(width / 3), model.ambiguous);
    let mut who = format!("{name}  {date} ");
    if model.read_only {
        who = format!("[{}]  {who}", w::READ_ONLY_MARK.say(lang));
    }
    let right = pen.text_right(width, 0, &who, Tint::Dim);
    let house = match &model.screen {
        Screen::Home(home) => home.house.name.as_str(),
        _ => "",
    };
    let others = company(model);
    let house = if others.is_empty() { house } else { &others };
    let between = if house.is_empty() { "" } else { "  " };
    let title = title(model);
    pen.run(
        1,
        0,
        right.saturating_sub(1),
        &[
            (w::APP.say(lang), Tint::Strong),
            ("  ", Tint::Plain),
            (title, Tint::Plain),
            (between, Tint::Plain),
            (house, Tint::Dim),
        ],
    );
}

/// Names those who are somewhere, with the item that each looks at.
pub fn company_text(company: &[Present]) -> String {
    let at = |present: &Present| match &present.spot {
        Spot::Walk { item: Some(item), .. } => format!("{} {item}", present.person),
        Spot::Walk { item: None, .. } | Spot::Rect(_) | Spot::Elsewhere => present.person.to_string(),
    };
    company.iter().map(at).collect::<Vec<_>>().join("、")
}

fn company(model: &Model) -> String {
    if model.company.is_empty() {
        return String::new();
    }
    w::ALSO_HERE.fill(model.lang, &[&company_text(&model.company)])
}

fn title(model: &Model) -> &str {
    let word = match &model.screen {
        Screen::Home(_) => &w::HOME,
        Screen::Branches(_) | Screen::Branch(_) => &w::BRANCHES,
        Screen::Rounds(_) | Screen::Round(_) => &w::ROUNDS,
        Screen::Walk(_) => &w::SCOPE_WALK,
        Screen::Across(_) => &w::A_ACROSS,
        Screen::Summary(_) => &w::SUMMARY,
        Screen::Checklist(_) => &w::CHECKLIST,
        Screen::Trail(_) => &w::TRAIL,
        Screen::Ledger(_) => &w::LEDGER,
        Screen::Analysis(_) => &w::ANALYSIS,
        Screen::Rect(_) => &w::RECT,
        Screen::Lookbacks(_) | Screen::Lookback(_) => &w::A_GO_LOOKBACKS,
        Screen::Progress(_) => &w::SCOPE_PROGRESS,
        Screen::Calibration(_) => &w::SCOPE_CALIBRATION,
    };
    word.say(model.lang)
}

/// Draws the last two lines: what was told or typed, then the keys of this state.
pub fn footer(pen: &mut Pen<'_>, model: &Model) {
    let (width, height) = (pen.area.width, pen.area.height);
    let saved = saved(model);
    let tint = if matches!(model.saved, Saved::Failed(_)) { Tint::Bad } else { Tint::Dim };
    let right = if saved.is_empty() { width } else { pen.text_right(width - 1, height - 1, &saved, tint) };
    match &model.notice {
        Some(Notice { tone, text }) => {
            let (mark, tint) = match tone {
                Tone::Plain => ("· ", Tint::Plain),
                Tone::Warning => ("! ", Tint::Warning),
                Tone::Error => ("!! ", Tint::Bad),
            };
            let mark = if pen.look.ascii && mark == "· " { "- " } else { mark };
            told(pen, mark, text, tint);
        }
        None => pen.rule(0, height - 2, width),
    }
    let end = right.saturating_sub(if saved.is_empty() { 1 } else { 2 });
    if model.pending.is_empty() {
        keys(pen, model, end);
    } else {
        continuations(pen, model, end);
    }
}

/// Lines of the list that a long notice may take.
const TOLD: usize = 4;

/// Draws a notice above the footer: a refusal says at its end what to do, so it is never cut where there is room.
fn told(pen: &mut Pen<'_>, mark: &str, text: &str, tint: Tint) {
    let (width, last) = (pen.area.width, pen.area.height - 2);
    let room = width.saturating_sub(4);
    let lines = text::wrap(text, usize::from(room), pen.ambiguous);
    if lines.len() > 1 {
        let rows = u16::try_from(lines.len().min(TOLD)).unwrap_or(1);
        let first = last + 1 - rows;
        pen.blank(0, first, width, rows);
        pen.text(1, first, 2, mark, tint);
        pen.wrapped(3, first, room, rows, text, tint);
    } else {
        pen.run(1, last, width, &[(mark, tint), (text, tint)]);
    }
}

fn saved(model: &Model) -> String {
    match &model.saved {
        Saved::Nothing => String::new(),
        // As wide as what will stand there in a moment, so that nothing beside it moves.
        Saved::Waiting => {
            let room = text::width(&saved_at(model, model.moment.stamp), model.ambiguous);
            text::pad_left(w::SAVING.say(model.lang), room, model.ambiguous)
        }
        Saved::At(at) => saved_at(model, *at),
        Saved::Failed(_) => w::NOT_SAVED.say(model.lang).to_owned(),
    }
}

fn saved_at(model: &Model, at: crate::domain::Stamp) -> String {
    w::SAVED_AT.fill(model.lang, &[&w::clock(at)])
}

fn keys(pen: &mut Pen<'_>, model: &Model, end: u16) {
    let y = pen.area.height - 1;
    if let Some(overlay) = &model.overlay {
        pen.text(1, y, end.saturating_sub(1), overlay_keys(overlay).map_or("", |word| word.say(model.lang)), Tint::Key);
        return;
    }
    let mut shown: Vec<(Action, String, &str)> = (live(model).iter())
        .map(|action| (*action, model.keys_of(*action), action.word().say(model.lang)))
        .filter(|(_, key, _)| !key.is_empty())
        .collect();
    let wide = |pen: &Pen<'_>, shown: &[(Action, String, &str)]| {
        shown.iter().map(|(_, key, word)| pen.width(key) + 3 + pen.width(word)).sum::<u16>().saturating_sub(1)
    };
    // Where room is short, the least wanted go; the ways out and help stay.
    while wide(pen, &shown) > end {
        match shown.iter().rposition(|(action, _, _)| !matches!(action, Action::Back | Action::Help | Action::Quit)) {
            Some(at) => shown.remove(at),
            None => break,
        };
    }
    let mut x = 1;
    for (_, key, word) in &shown {
        x = pen.run(x, y, end, &[(key, Tint::Key), (" ", Tint::Plain), (word, Tint::Plain)]) + 2;
    }
}

/// Returns what the footer says of an overlay; fields, forms and questions say it themselves.
const fn overlay_keys(overlay: &Overlay) -> Option<&'static w::Word> {
    match overlay {
        Overlay::Help { .. } => Some(&w::HELP_KEYS),
        Overlay::Palette(_) => Some(&w::PALETTE_KEYS),
        Overlay::Losses { .. } => Some(&w::LOSSES_KEYS),
        Overlay::Preview(_) => Some(&w::PREVIEW_KEYS),
        Overlay::Conflict(_) => Some(&w::CONFLICT_KEYS),
        Overlay::Confirm { .. } | Overlay::Field(_) | Overlay::Form(_) => None,
    }
}

/// Shows at once what may follow the keys of a sequence.
fn continuations(pen: &mut Pen<'_>, model: &Model, end: u16) {
    let y = pen.area.height - 1;
    let typed: String = model.pending.iter().map(|key| key.label(pen.look.ascii)).collect();
    let Found::Prefix(next) = model.keymap.lookup(model.scopes(), &model.pending) else { return };
    let next: Vec<(String, &str)> = (next.iter())
        .map(|(key, next)| {
            let word = match next {
                Next::Action(action) => action.word().say(model.lang),
                Next::More => "...",
            };
            (key.label(pen.look.ascii), word)
        })
        .collect();
    let said = format!(" {}", w::NEXT_KEYS.say(model.lang));
    let wide = next.iter().map(|(key, word)| pen.width(key) + 3 + pen.width(word)).sum::<u16>();
    let fits = 1 + pen.width(&typed) + pen.width(&said) + wide <= end;
    let (said, gap) = if fits { (said.as_str(), 2) } else { ("", 1) };
    let mut x = pen.run(1, y, end, &[(&typed, Tint::Key), (said, Tint::Dim)]);
    for (key, word) in &next {
        x = pen.run(x + gap, y, end, &[(key, Tint::Key), (" ", Tint::Plain), (word, Tint::Plain)]);
    }
}

/// Returns the actions whose keys the footer shows, the most wanted first.
fn live(model: &Model) -> &'static [Action] {
    match &model.screen {
        Screen::Home(home) if !home.steps().is_empty() => {
            &[Action::Open, Action::GoBranches, Action::GoRounds, Action::Language, Action::Help, Action::Quit]
        }
        Screen::Home(_) => &[
            Action::Open,
            Action::GoRounds,
            Action::GoLedger,
            Action::GoAnalysis,
            Action::GoBranches,
            Action::GoChecklist,
            Action::Help,
            Action::Quit,
        ],
        Screen::Branches(_) => &[
            Action::Open,
            Action::Filter,
            Action::BranchAdd,
            Action::BranchEdit,
            Action::RoundJoin,
            Action::Back,
            Action::Help,
        ],
        Screen::Branch(_) => &[Action::Open, Action::BranchEdit, Action::RoundJoin, Action::Back, Action::Help],
        Screen::Rounds(_) => &[Action::Open, Action::RoundAdd, Action::RoundEdit, Action::Back, Action::Help],
        Screen::Round(page) if page.round.closed => {
            &[Action::Open, Action::Filter, Action::RoundProgress, Action::RoundCorrect, Action::Back, Action::Help]
        }
        Screen::Round(page) if page.round.correction.is_some() => &[
            Action::Open,
            Action::RoundProgress,
            Action::RoundClose,
            Action::Filter,
            Action::RoundOnly,
            Action::Back,
            Action::Help,
        ],
        Screen::Round(_) => &[
            Action::Open,
            Action::Filter,
            Action::RoundProgress,
            Action::RoundOnly,
            Action::RoundJoin,
            Action::RoundEdit,
            Action::Back,
            Action::Help,
        ],
        Screen::Walk(walk) if walk.blind.is_some() => super::calibration::SHEET,
        Screen::Walk(_) => &[
            Action::NextOpen,
            Action::Note,
            Action::Finding,
            Action::Undo,
            Action::Summary,
            Action::SameAsLast,
            Action::Help,
        ],
        Screen::Across(_) => &[Action::Open, Action::Note, Action::Finding, Action::Undo, Action::Back, Action::Help],
        Screen::Summary(summary) if summary.walk.inspection.signed.is_some() => {
            &[Action::Reopen, Action::Trail, Action::Back, Action::Help]
        }
        Screen::Summary(_) => &[Action::SignOff, Action::Open, Action::Trail, Action::Back, Action::Help],
        Screen::Checklist(_) => &[Action::Filter, Action::NextPane, Action::Back, Action::Help],
        Screen::Trail(_) => &[Action::Open, Action::Back, Action::Help],
        Screen::Ledger(_) => &[
            Action::Open,
            Action::StepNext,
            Action::Filter,
            Action::MarkRow,
            Action::Sort,
            Action::GoWalk,
            Action::Back,
            Action::Help,
        ],
        Screen::Analysis(_) => &[Action::Open, Action::OlderRound, Action::NewerRound, Action::Back, Action::Help],
        Screen::Rect(_) => &[Action::StepNext, Action::GoWalk, Action::Back, Action::Help],
        Screen::Lookbacks(page) if page.lines.is_empty() => &[Action::LookDraw, Action::Back, Action::Help],
        Screen::Lookbacks(_) => &[Action::Open, Action::LookDraw, Action::Back, Action::Help],
        Screen::Lookback(page) if page.lookback.ended.is_some() => &[Action::Open, Action::Back, Action::Help],
        Screen::Lookback(_) => {
            &[Action::LookValid, Action::LookRelapsed, Action::Open, Action::LookEnd, Action::Back, Action::Help]
        }
        Screen::Calibration(page) => super::calibration::live(page),
        Screen::Progress(page) => match page.pane {
            ProgressPane::Units => &[
                Action::Open,
                Action::TeamEdit,
                Action::TeamOff,
                Action::Filter,
                Action::RoundOnly,
                Action::Back,
                Action::Help,
            ],
            ProgressPane::Teams => {
                &[Action::Open, Action::TeamEdit, Action::TeamOff, Action::Filter, Action::Back, Action::Help]
            }
            ProgressPane::Walkers => &[Action::Open, Action::Filter, Action::Back, Action::Help],
        },
    }
}

fn filter_of(model: &Model) -> Option<&Filter> {
    match &model.screen {
        Screen::Branches(branches) => branches.filter.as_ref(),
        Screen::Round(page) => page.filter.as_ref(),
        Screen::Checklist(page) => page.filter.as_ref(),
        Screen::Ledger(page) => page.filter.as_ref(),
        Screen::Progress(page) => page.filter.as_ref(),
        _ => None,
    }
}

/// Draws the filter over the rule above the footer; answers where the caret stands while it has the keys.
pub fn filter_caret(pen: &mut Pen<'_>, model: &Model) -> Option<Position> {
    let filter = filter_of(model)?;
    if filter.edit.text().is_empty() && !filter.open || model.notice.is_some() {
        return None;
    }
    let y = pen.area.height - 2;
    let width = pen.area.width;
    pen.blank(0, y, width, 1);
    let label = format!("{} / ", w::FILTER.say(model.lang));
    let x = pen.text(1, y, width, &label, Tint::Key);
    let layout = filter.edit.layout(usize::from(width.saturating_sub(x + 1)), 1, model.ambiguous);
    let line = layout.lines.first().map_or("", String::as_str);
    pen.text(x, y, width, line, Tint::Strong);
    let col = x + u16::try_from(layout.col).unwrap_or_default();
    filter.open.then(|| Position::new(pen.area.x + col.min(width - 1), pen.area.y + y))
}
