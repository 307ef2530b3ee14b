//! The screen of a session: ratatui over a buffer of bytes, which go out as one write a frame.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::sixteen::rewritten;
use crate::app::Model;
use crate::view::{Look, draw};

/// The largest window that is drawn: a claimed 65535 × 65535 would ask for gigabytes.
pub const LARGEST: (u16, u16) = (400, 150);

/// Bytes of a frame.
#[derive(Clone, Default)]
struct Sheet(Rc<RefCell<Vec<u8>>>);

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A session's screen.
pub struct Screen {
    sheet: Sheet,
    terminal: Terminal<CrosstermBackend<Sheet>>,
    /// Colours and borders.
    pub look: Look,
}

impl Screen {
    /// Makes a screen of a size. It asks the terminal nothing.
    pub fn new(size: (u16, u16), look: Look) -> io::Result<Self> {
        // What is coloured is decided here, by the look of each line, and nowhere else.
        crossterm::style::force_color_output(true);
        let sheet = Sheet::default();
        let terminal = terminal(&sheet, size)?;
        Ok(Self { sheet, terminal, look })
    }

    /// Clamps a claimed size to what is drawn.
    pub fn clamped((cols, rows): (u16, u16)) -> (u16, u16) {
        (cols.clamp(1, LARGEST.0), rows.clamp(1, LARGEST.1))
    }

    /// Begins anew on a cleared page of another size.
    pub fn anew(&mut self, size: (u16, u16)) -> io::Result<()> {
        self.sheet.0.borrow_mut().clear();
        self.terminal = terminal(&self.sheet, size)?;
        self.sheet.write_all(b"\x1b[0m\x1b[2J\x1b[H")
    }

    /// Draws the model and returns the bytes that bring the terminal there.
    pub fn frame(&mut self, model: &Model) -> io::Result<Vec<u8>> {
        let look = self.look;
        self.terminal.draw(|frame| draw(model, look, frame))?;
        Ok(rewritten(&std::mem::take(&mut *self.sheet.0.borrow_mut()), look.colour))
    }
}

fn terminal(sheet: &Sheet, (cols, rows): (u16, u16)) -> io::Result<Terminal<CrosstermBackend<Sheet>>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, cols, rows));
    Terminal::with_options(CrosstermBackend::new(sheet.clone()), TerminalOptions { viewport })
}
