//! What a client has asked for on a channel before its session begins: a terminal, and what the terminal says of itself.

use super::SshLimits;
use crate::domain::Lang;
use crate::door::Dress;
use crate::session::Screen;
use crate::text::{monochrome, takes_clipboard};

/// The size of a window that does not say its size.
const USUAL: (u16, u16) = (80, 24);
/// The longest name of a kind of terminal that is looked at.
const TERM_LIMIT: usize = 64;

/// What a client has asked for on a channel.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// The size of the terminal, where there is one.
    pub(super) size: Option<(u16, u16)>,
    /// The terminal's kind.
    pub(super) term: String,
    variables: usize,
    /// From the weakest to the strongest.
    langs: [Option<Lang>; 4],
    no_colour: bool,
}

/// The variables that name a language, from the weakest to the strongest.
const LANGS: [&str; 4] = ["LANG", "LC_MESSAGES", "LC_ALL", "TIJIAN_LANG"];

impl Asked {
    /// Takes a terminal.
    pub(super) fn terminal(&mut self, term: &str, cols: u32, rows: u32) {
        self.size = Some(USUAL);
        self.resized(cols, rows);
        self.term = term.chars().filter(char::is_ascii_graphic).take(TERM_LIMIT).collect();
    }

    /// Takes another size of the window, and answers what it is now; a side of no cells stays as it was.
    pub(super) fn resized(&mut self, cols: u32, rows: u32) -> Option<(u16, u16)> {
        let side = |now: u16, claimed: u32| match claimed {
            0 => now,
            claimed => u16::try_from(claimed).unwrap_or(u16::MAX),
        };
        let (before_cols, before_rows) = self.size?;
        let size = Screen::clamped((side(before_cols, cols), side(before_rows, rows)));
        self.size = Some(size);
        Some(size)
    }

    /// Takes an environment variable, and answers whether it means anything here.
    pub(super) fn variable(&mut self, name: &str, value: &str, limits: &SshLimits) -> bool {
        self.variables += 1;
        if self.variables > limits.variables || value.len() > limits.variable {
            return false;
        }
        if let Some(at) = LANGS.iter().position(|known| *known == name) {
            let lang = Lang::parse(value);
            if let Some(place) = self.langs.get_mut(at) {
                *place = lang;
            }
            return lang.is_some();
        }
        match name {
            "NO_COLOR" => {
                self.no_colour = !value.is_empty();
                true
            }
            // Whoever has many colours has some.
            "COLORTERM" => true,
            _ => false,
        }
    }

    /// Says whether the terminal can show a screen.
    pub(super) fn can_draw(&self) -> bool {
        !matches!(self.term.as_str(), "" | "dumb" | "unknown")
    }

    /// Returns the language that was asked for.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.langs.iter().rev().find_map(|lang| *lang)
    }

    /// Returns what the terminal has said of itself.
    pub(super) fn dress(&self) -> Dress {
        let colour = !self.no_colour && !monochrome(&self.term);
        Dress {
            lang: self.lang(),
            // The strongest one is the program's own variable.
            lang_asked: self.langs.last().is_some_and(Option::is_some),
            colour,
            clipboard: takes_clipboard(&self.term),
            wide: None,
            keymap: None,
            keys: None,
            resumes: None,
            remote: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claimed_sizes_are_clamped_and_none_means_unchanged() {
        let mut asked = Asked::default();
        assert_eq!(asked.resized(100, 30), None, "there is no window without a terminal");
        asked.terminal("xterm", 0, 0);
        assert_eq!(asked.size, Some((80, 24)));
        assert_eq!(asked.resized(120, 0), Some((120, 24)));
        assert_eq!(asked.resized(0, 0), Some((120, 24)));
        for huge in [65_535, 65_536, u32::MAX] {
            assert_eq!(asked.resized(huge, huge), Some(Screen::clamped((u16::MAX, u16::MAX))));
        }
        assert_eq!(asked.resized(1, 1), Some((1, 1)));
    }

    #[test]
    fn a_language_is_heard_and_hostile_variables_mean_nothing() {
        let limits = SshLimits::default();
        let mut asked = Asked::default();
        asked.terminal("xterm-256color\x1b]0;x\x07", 80, 24);
        assert_eq!(asked.term, "xterm-256color]0;x");
        assert!(asked.variable("LC_ALL", "zh_CN.UTF-8", &limits));
        assert!(asked.variable("LANG", "en_GB.UTF-8", &limits));
        assert_eq!(asked.dress().lang, Some(Lang::Hans), "LC_ALL is the stronger one");
        let long = "x".repeat(limits.variable + 1);
        for (name, value) in [("LD_PRELOAD", "/tmp/x.so"), ("LANG", "C"), ("LC_ALL", long.as_str()), ("", "")] {
            assert!(!asked.variable(name, value, &limits), "{name}");
        }
        assert_eq!(asked.dress().lang, Some(Lang::Hans));
        assert!(asked.dress().colour && asked.dress().remote);
        assert!(asked.variable("NO_COLOR", "1", &limits) && !asked.dress().colour);
        for _ in 0..limits.variables {
            asked.variable("X", "1", &limits);
        }
        assert!(!asked.variable("TIJIAN_LANG", "en", &limits), "beyond the number");
    }

    #[test]
    fn who_cannot_draw_is_known_by_the_terminal() {
        for (term, draws, colour, clipboard) in [
            ("xterm", true, true, true),
            ("tmux-256color", true, true, true),
            ("linux", true, true, false),
            ("vt100", true, false, false),
            ("dumb", false, false, false),
            ("", false, true, false),
        ] {
            let mut asked = Asked::default();
            asked.terminal(term, 80, 24);
            let dress = asked.dress();
            assert_eq!((asked.can_draw(), dress.colour, dress.clipboard), (draws, colour, clipboard), "{term}");
        }
    }
}
