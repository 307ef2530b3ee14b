//! What it looks like: `draw` reads the model and writes cells. The only room with ratatui beside the session.

mod analysis;
mod branches;
mod calibration;
mod chrome;
mod conflict;
mod copied;
mod forms;
mod home;
mod home_panels;
mod ledger;
mod lists;
mod lookbacks;
mod narrowed;
mod overlays;
mod pen;
mod progress;
mod rect;
mod rounds;
mod summary;
mod theme;
mod trail;
mod walk;

use ratatui::Frame;

use crate::app::{Model, Screen};
use crate::locales as w;
pub use analysis::{figure_text, figure_word, line_text as analysis_text, pane_word};
pub use calibration::{calibrating_text, calibration_lines, calibration_title, compared_text, given_text};
pub use chrome::company_text;
pub use copied::copied;
pub use home_panels::items_text;
pub use ledger::row_text as ledger_row_text;
pub use lookbacks::{drawn_text, lookback_state, lookback_text, sample_text};
pub use narrowed::{narrow_text, round_narrow_text};
pub use pen::Pen;
pub use progress::{progress_nothing, progress_text, progress_word};
pub use rounds::corrected_text;
pub use theme::{Look, Tint};
pub use trail::entry_text;

/// The least window that is drawn into; below it one line says so.
pub const LEAST: (u16, u16) = (40, 10);

/// Draws the model.
pub fn draw(model: &Model, look: Look, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), area, look, model.ambiguous);
    if area.width < LEAST.0 || area.height < LEAST.1 {
        pen.text(0, 0, area.width, w::TOO_SMALL.say(model.lang), Tint::Warning);
        pen.mend();
        return;
    }
    chrome::header(&mut pen, model);
    match &model.screen {
        Screen::Home(home) => home::draw(&mut pen, model, home),
        Screen::Branches(branches) => branches::tree(&mut pen, model, branches),
        Screen::Branch(page) => branches::page(&mut pen, model, page),
        Screen::Rounds(rounds) => rounds::list(&mut pen, model, rounds),
        Screen::Round(page) => rounds::page(&mut pen, model, page),
        Screen::Walk(walk) => walk::draw(&mut pen, model, walk),
        Screen::Across(across) => rounds::across(&mut pen, model, across),
        Screen::Summary(summary) => summary::draw(&mut pen, model, summary),
        Screen::Checklist(page) => lists::checklist(&mut pen, model, page),
        Screen::Trail(page) => trail::draw(&mut pen, model, page),
        Screen::Ledger(page) => ledger::draw(&mut pen, model, page),
        Screen::Analysis(page) => analysis::draw(&mut pen, model, page),
        Screen::Rect(page) => rect::draw(&mut pen, model, page),
        Screen::Lookbacks(page) => lookbacks::list(&mut pen, model, page),
        Screen::Lookback(page) => lookbacks::page(&mut pen, model, page),
        Screen::Progress(page) => progress::draw(&mut pen, model, page),
        Screen::Calibration(page) => calibration::draw(&mut pen, model, page),
    }
    chrome::footer(&mut pen, model);
    let mut caret = chrome::filter_caret(&mut pen, model);
    if let Some(overlay) = &model.overlay {
        caret = overlays::draw(&mut pen, model, overlay);
    }
    pen.mend();
    if let Some(caret) = caret {
        frame.set_cursor_position(caret);
    }
}
