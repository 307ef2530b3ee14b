//! Texts of the command line, one of which may come from standard input.

use std::cell::Cell;
use std::io::Read as _;

use super::keep::entered;
use super::{Outcome, within};
use crate::locales::{self as w, Lang};

/// More than any field takes, in bytes: what is longer is refused by its field.
const LIMIT: u64 = 64 << 10;

/// Reads texts; `-` is standard input, once.
pub struct Typed {
    lang: Lang,
    used: Cell<bool>,
}

impl Typed {
    /// Begins with standard input unread.
    pub const fn new(lang: Lang) -> Self {
        Self { lang, used: Cell::new(false) }
    }

    /// Returns a text as it was given or typed; lines that were typed become one.
    pub fn read(&self, text: &str) -> Result<String, Outcome> {
        if text != "-" {
            return Ok(entered(text));
        }
        if within::is_within() {
            return Err(Outcome::Refused(w::STDIN_ELSEWHERE.say(self.lang).to_owned()));
        }
        if self.used.replace(true) {
            return Err(Outcome::Refused(w::STDIN_TWICE.say(self.lang).to_owned()));
        }
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(LIMIT).read_to_end(&mut bytes)?;
        let text =
            String::from_utf8(bytes).map_err(|_| Outcome::Refused(w::STDIN_NOT_UTF8.say(self.lang).to_owned()))?;
        Ok(entered(&text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")))
    }
}
