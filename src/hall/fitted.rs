//! A line as the hall takes it: no larger than what is drawn.

use std::io;
use std::time::Duration;

use crate::session::{Event, Heard, Line, Voice};

/// A line whose window is no larger than the operator wants it.
pub(super) struct Fitted<L> {
    line: L,
    most: (u16, u16),
}

impl<L> Fitted<L> {
    /// Takes a line.
    pub(super) const fn new(line: L, most: (u16, u16)) -> Self {
        Self { line, most }
    }

    fn fit(&self, (cols, rows): (u16, u16)) -> (u16, u16) {
        (cols.min(self.most.0), rows.min(self.most.1))
    }
}

impl<L: Line> Line for Fitted<L> {
    fn wait(&mut self, wait: Option<Duration>) -> Event {
        match self.line.wait(wait) {
            Event::Resize(cols, rows) => {
                let (cols, rows) = self.fit((cols, rows));
                Event::Resize(cols, rows)
            }
            Event::Bytes(bytes) => {
                fall(&bytes);
                Event::Bytes(bytes)
            }
            event => event,
        }
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.line.send(bytes)
    }

    fn free(&self) -> bool {
        self.line.free()
    }

    fn size(&self) -> (u16, u16) {
        self.fit(self.line.size())
    }
}

impl Voice for Fitted<Box<dyn Voice + Send>> {
    fn hear(&mut self) -> Heard {
        let heard = self.line.hear();
        if let Heard::Line(text) = &heard {
            fall(text.as_bytes());
        }
        heard
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.line.say(text)
    }
}

/// Lets a session fall that is told to, to try what that costs the others: in builds for trials alone, and by a sequence
/// that no terminal sends.
#[cfg(debug_assertions)]
pub(super) fn fall(bytes: &[u8]) {
    const FALL: &[u8] = b"\x1b_tijian: fall\x1b\\";
    assert!(!bytes.windows(FALL.len()).any(|window| window == FALL), "a trial, which says what is no log's to know");
}

#[cfg(not(debug_assertions))]
pub(super) const fn fall(_: &[u8]) {}

#[cfg(test)]
mod tests {
    use super::*;

    struct Huge;

    impl Line for Huge {
        fn wait(&mut self, _: Option<Duration>) -> Event {
            Event::Resize(u16::MAX, 20)
        }

        fn send(&mut self, _: &[u8]) -> io::Result<()> {
            Ok(())
        }

        fn free(&self) -> bool {
            true
        }

        fn size(&self) -> (u16, u16) {
            (60, u16::MAX)
        }
    }

    #[test]
    fn no_window_is_larger_than_it_may_be() {
        let mut line = Fitted::new(Huge, (120, 40));
        assert_eq!(line.size(), (60, 40));
        assert!(matches!(line.wait(None), Event::Resize(120, 20)));
    }
}
