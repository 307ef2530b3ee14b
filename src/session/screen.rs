//! The screen of a session: ratatui over our ink, whose bytes go out as one write a frame.

use std::io;

use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::ink::Ink;
use crate::app::Model;
use crate::view::{Look, draw};

/// The largest window that is drawn: a claimed 65535 × 65535 would ask for gigabytes.
pub const LARGEST: (u16, u16) = (400, 150);

/// A session's screen.
pub struct Screen {
    terminal: Terminal<Ink>,
    /// What goes out ahead of the next frame.
    before: &'static [u8],
    /// What goes to the person's clipboard with it.
    clip: Vec<u8>,
    /// Colours and borders.
    pub look: Look,
}

impl Screen {
    /// Makes a screen of a size, on a blank page. It asks the terminal nothing.
    pub fn new(size: (u16, u16), look: Look) -> io::Result<Self> {
        Ok(Self { terminal: terminal(size, look)?, before: b"", clip: Vec::new(), look })
    }

    /// Clamps a claimed size to what is drawn.
    pub fn clamped((cols, rows): (u16, u16)) -> (u16, u16) {
        (cols.clamp(1, LARGEST.0), rows.clamp(1, LARGEST.1))
    }

    /// Begins anew on a cleared page of another size.
    pub fn anew(&mut self, size: (u16, u16)) -> io::Result<()> {
        self.terminal = terminal(size, self.look)?;
        self.before = b"\x1b[0m\x1b[2J";
        Ok(())
    }

    /// Takes what goes to the clipboard with the next frame; what was to go there before and has not gone is given up.
    pub fn clip(&mut self, bytes: Vec<u8>) {
        self.clip = bytes;
    }

    /// Draws the model and returns the bytes that bring the terminal there.
    pub fn frame(&mut self, model: &Model) -> io::Result<Vec<u8>> {
        let look = self.look;
        self.terminal.draw(|frame| draw(model, look, frame))?;
        let mut bytes = std::mem::take(&mut self.before).to_vec();
        bytes.append(&mut self.terminal.backend_mut().take());
        bytes.append(&mut self.clip);
        Ok(bytes)
    }
}

fn terminal((cols, rows): (u16, u16), look: Look) -> io::Result<Terminal<Ink>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, cols, rows));
    Terminal::with_options(Ink::new((cols, rows), !look.ascii), TerminalOptions { viewport })
}
