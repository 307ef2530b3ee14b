//! The frame around every screen: who and when above, what was told and what the keys do below.

use ratatui::layout::Position;

use super::{Pen, Tint};
use crate::app::{Action, Filter, Model, Notice, Saved, Screen, Tone};
use crate::keys::Found;
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
            pen.run(1, height - 2, width, &[(mark, tint), (text, tint)]);
        }
        None => pen.rule(0, height - 2, width),
    }
    if model.pending.is_empty() {
        keys(pen, model, right.saturating_sub(2));
    } else {
        continuations(pen, model, right.saturating_sub(2));
    }
}

fn saved(model: &Model) -> String {
    match &model.saved {
        Saved::Nothing => String::new(),
        Saved::Waiting => w::SAVING.say(model.lang).to_owned(),
        Saved::At(at) => w::SAVED_AT.fill(model.lang, &[&w::clock(*at)]),
        Saved::Failed(_) => w::NOT_SAVED.say(model.lang).to_owned(),
    }
}

fn keys(pen: &mut Pen<'_>, model: &Model, end: u16) {
    let y = pen.area.height - 1;
    let mut x = 1;
    for action in live(model) {
        let key = model.keys_of(*action);
        if key.is_empty() {
            continue;
        }
        let word = action.word().say(model.lang);
        if x + pen.width(&key) + 1 + pen.width(word) > end {
            break;
        }
        x = pen.run(x, y, end, &[(&key, Tint::Key), (" ", Tint::Plain), (word, Tint::Plain)]) + 2;
    }
}

/// Shows at once what may follow the keys of a sequence.
fn continuations(pen: &mut Pen<'_>, model: &Model, end: u16) {
    let y = pen.area.height - 1;
    let typed: String = model.pending.iter().map(|key| key.label(pen.look.ascii)).collect();
    let mut x =
        pen.run(1, y, end, &[(&typed, Tint::Key), (" ", Tint::Plain), (w::NEXT_KEYS.say(model.lang), Tint::Dim)]);
    if let Found::Prefix(next) = model.keymap.lookup(model.scopes(), &model.pending) {
        for (key, next) in next {
            let word = match next {
                crate::keys::Next::Action(action) => action.word().say(model.lang),
                crate::keys::Next::More => "...",
            };
            let key = key.label(pen.look.ascii);
            x = pen.run(x + 2, y, end, &[(&key, Tint::Key), (" ", Tint::Plain), (word, Tint::Plain)]);
        }
    }
}

/// Returns the actions whose keys the footer shows, the most wanted first.
fn live(model: &Model) -> &'static [Action] {
    match &model.screen {
        Screen::Home(home) if !home.steps().is_empty() => {
            &[Action::Open, Action::GoBranches, Action::GoRounds, Action::Language, Action::Help, Action::Quit]
        }
        Screen::Home(_) => {
            &[Action::Open, Action::GoRounds, Action::GoBranches, Action::GoChecklist, Action::Help, Action::Quit]
        }
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
        Screen::Round(_) => &[
            Action::Open,
            Action::Filter,
            Action::RoundOnly,
            Action::RoundJoin,
            Action::RoundEdit,
            Action::Back,
            Action::Help,
        ],
        Screen::Walk(_) => &[
            Action::NextOpen,
            Action::Note,
            Action::Finding,
            Action::SameAsLast,
            Action::Undo,
            Action::Summary,
            Action::Help,
        ],
        Screen::Across(_) => &[Action::Open, Action::Note, Action::Finding, Action::Undo, Action::Back, Action::Help],
        Screen::Summary(summary) if summary.walk.inspection.signed.is_some() => {
            &[Action::Reopen, Action::Trail, Action::Back, Action::Help]
        }
        Screen::Summary(_) => &[Action::SignOff, Action::Open, Action::Trail, Action::Back, Action::Help],
        Screen::Checklist(_) => &[Action::Filter, Action::NextPane, Action::Back, Action::Help],
        Screen::Trail(_) => &[Action::Open, Action::Back, Action::Help],
    }
}

fn filter_of(model: &Model) -> Option<&Filter> {
    match &model.screen {
        Screen::Branches(branches) => branches.filter.as_ref(),
        Screen::Round(page) => page.filter.as_ref(),
        Screen::Checklist(page) => page.filter.as_ref(),
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
