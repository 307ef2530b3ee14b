//! What a person sees of a screen: the line, the scroll, the caret of a filter.

use serde::{Deserialize, Serialize};

use super::{Filter, SUMMARY_HEAD, Screen};

/// What a person sees of a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// The selected line, where a screen does not select by what the line shows.
    #[serde(default)]
    pub line: usize,
    /// The first line of an item's text in sight.
    #[serde(default)]
    pub scroll: usize,
    /// The caret of a filter that is being typed.
    #[serde(default)]
    pub filter: Option<usize>,
}

/// Returns what is seen of a screen.
pub(super) fn sight_of(screen: &Screen) -> Sight {
    let line = match screen {
        Screen::Home(home) => home.cursor.at,
        Screen::Branch(page) => page.cursor.at,
        Screen::Summary(summary) => summary.cursor.at,
        Screen::Trail(page) => page.cursor.at,
        Screen::Analysis(page) => page.cursor.at,
        _ => 0,
    };
    let scroll = match screen {
        Screen::Walk(walk) => walk.scroll,
        Screen::Summary(summary) => summary.walk.scroll,
        Screen::Rect(page) => page.scroll,
        _ => 0,
    };
    let filter = match screen {
        Screen::Branches(branches) => branches.filter.as_ref(),
        Screen::Round(page) => page.filter.as_ref(),
        Screen::Checklist(page) => page.filter.as_ref(),
        Screen::Ledger(page) => page.filter.as_ref(),
        Screen::Progress(page) => page.filter.as_ref(),
        _ => None,
    };
    Sight { line, scroll, filter: filter.filter(|filter| filter.open).map(|filter| filter.edit.caret()) }
}

/// Shows a screen as it was seen.
pub(super) fn see(screen: &mut Screen, sight: Sight, rows: usize) {
    match screen {
        Screen::Home(home) => home.cursor.go(sight.line, home.tasks.len().max(home.steps().len()), rows),
        Screen::Branch(page) => page.cursor.go(sight.line, page.rounds.len(), rows),
        Screen::Analysis(page) => page.cursor.go(sight.line, page.len(), rows.saturating_sub(2).max(1)),
        Screen::Trail(page) => page.cursor.go(sight.line, page.entries.len(), rows),
        Screen::Summary(summary) => {
            let lines = summary.lines().len();
            summary.cursor.go(sight.line, lines, rows.saturating_sub(SUMMARY_HEAD));
            summary.walk.scroll = sight.scroll;
        }
        Screen::Walk(walk) => walk.scroll = sight.scroll,
        Screen::Rect(page) => page.scroll = sight.scroll,
        _ => {}
    }
    let filter = match screen {
        Screen::Branches(branches) => &mut branches.filter,
        Screen::Round(page) => &mut page.filter,
        Screen::Checklist(page) => &mut page.filter,
        Screen::Ledger(page) => &mut page.filter,
        Screen::Progress(page) => &mut page.filter,
        _ => return,
    };
    if let Some(caret) = sight.filter {
        let filter = filter.get_or_insert_with(|| Filter::new("", true));
        filter.open = true;
        filter.edit.set_caret(caret);
    }
}
