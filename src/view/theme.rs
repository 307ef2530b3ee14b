//! Colours by meaning. Nothing is said by colour alone: a glyph and a word stand beside it.

use ratatui::style::{Color, Modifier, Style};

/// How the terminal is to be drawn into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are used; `NO_COLOR` and monochrome terminals take them away.
    pub colour: bool,
    /// Whether borders and bars are ASCII, for terminals that draw them two columns wide.
    pub ascii: bool,
}

/// What a text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// Text to read.
    Plain,
    /// What stands out: titles.
    Strong,
    /// What stands back: labels, hints, rules.
    Dim,
    /// It is in order.
    Good,
    /// It wants attention.
    Warning,
    /// It failed.
    Bad,
    /// A key to press.
    Key,
    /// The mark before the selected line: one cell, so that moving it costs a bad line next to nothing.
    Marker,
}

impl Look {
    /// Returns the style of a meaning. No backgrounds: they leave ghosts behind wide glyphs.
    pub const fn style(self, tint: Tint) -> Style {
        let style = Style::new();
        if self.colour {
            return match tint {
                Tint::Plain => style,
                Tint::Strong => style.add_modifier(Modifier::BOLD),
                Tint::Dim => style.fg(Color::DarkGray),
                Tint::Good => style.fg(Color::Green),
                Tint::Warning => style.fg(Color::Yellow),
                Tint::Bad => style.fg(Color::Red),
                Tint::Key => style.fg(Color::Cyan),
                Tint::Marker => style.fg(Color::Cyan).add_modifier(Modifier::REVERSED),
            };
        }
        match tint {
            Tint::Plain | Tint::Dim | Tint::Good => style,
            Tint::Strong | Tint::Key | Tint::Warning => style.add_modifier(Modifier::BOLD),
            Tint::Bad => style.add_modifier(Modifier::UNDERLINED),
            Tint::Marker => style.add_modifier(Modifier::REVERSED),
        }
    }
}
