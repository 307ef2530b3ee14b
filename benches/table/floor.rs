//! The smallest ratatui list that there is: what the library and the terminal cost without a program around them.

use std::io::{Read, stdin, stdout};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::widgets::{List, ListState};
use ratatui::{Terminal, TerminalOptions, Viewport};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

/// What stands on the page.
#[derive(PartialEq)]
enum Page {
    List,
    Blank,
    Wide,
}

/// Shows a list; `j` and `k` move the selection, `p` leaves the page blank but for a head or fills it with rows of
/// another list as wide as the window, `q` ends.
pub fn list(rows: u32) {
    let mut raw = tcgetattr(stdin()).unwrap();
    raw.make_raw();
    tcsetattr(stdin(), OptionalActions::Now, &raw).unwrap();
    let viewport = Viewport::Fixed(Rect::new(0, 0, 80, 24));
    let mut terminal = Terminal::with_options(CrosstermBackend::new(stdout()), TerminalOptions { viewport }).unwrap();
    let names: Vec<String> = (0..rows).map(|row| format!("JG-{row:03}       機關第{row}黨支部")).collect();
    let wide: Vec<String> = (0..24)
        .map(|row| {
            format!(
                "11-{:02}    逾期 {row} 天  機關第{row}黨支部  S-{row:02} 支部黨員大會記錄  較重 整改中  {row:02}",
                24 - row
            )
        })
        .collect();
    let mut state = ListState::default().with_selected(Some(0));
    let mut page = Page::List;
    loop {
        // Only what is in sight is made: a list of all rows would be no floor.
        let at = state.selected().unwrap_or_default();
        let top = at.saturating_sub(23);
        let rows = match page {
            Page::List => names.get(top..).unwrap_or_default(),
            Page::Blank => &[],
            Page::Wide => &wide,
        };
        let sight = rows.iter().take(24).map(String::as_str);
        let mut shown = ListState::default().with_selected(Some(at - top));
        let list = List::new(sight).highlight_symbol("> ");
        terminal.draw(|frame| frame.render_stateful_widget(list, frame.area(), &mut shown)).unwrap();
        let mut key = [0];
        if stdin().read(&mut key).unwrap_or(0) == 0 {
            return;
        }
        match key[0] {
            b'j' => state.select(Some((at + 1).min(names.len() - 1))),
            b'k' => state.select(Some(at.saturating_sub(1))),
            b'p' => page = if page == Page::Blank { Page::Wide } else { Page::Blank },
            b'q' => return,
            _ => {}
        }
    }
}
