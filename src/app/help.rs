//! The page of keys: what every key does on this screen.

use super::{Action, Model, Overlay, Palette, Scope};
use crate::keys::Code;

/// A line of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// The title of a family of actions.
    Scope(Scope),
    /// An action that has a key here.
    Action(Action),
}

impl Model {
    /// Lists the page: what is nearest comes first, the screen's own keys, then those of lists, then those that work
    /// everywhere.
    pub fn help_lines(&self) -> Vec<HelpLine> {
        let mut lines = Vec::new();
        let near = self.scopes().iter().filter_map(|name| Scope::ALL.into_iter().find(|scope| scope.name() == *name));
        for scope in near {
            lines.push(HelpLine::Scope(scope));
            let actions = Action::ALL.iter().copied().filter(|action| action.scope() == scope);
            let bound = actions.filter(|action| !self.keymap.keys_for(self.scopes(), *action).is_empty());
            lines.extend(bound.map(HelpLine::Action));
        }
        lines
    }

    /// Takes a key while the page is open; a key that does not move it closes it.
    pub(super) fn help_key(&mut self, top: usize, code: Code) {
        let rows = self.list_rows();
        let last = self.help_lines().len().saturating_sub(1);
        let top = match code {
            Code::Down | Code::Char('j') => top + 1,
            Code::PageDown | Code::Char(' ') => top + rows / 2,
            Code::Up | Code::Char('k') => top.saturating_sub(1),
            Code::PageUp => top.saturating_sub(rows / 2),
            Code::Home | Code::Char('g') => 0,
            // Two columns at the widest: the last line is in sight long before it is the first.
            Code::End | Code::Char('G') => last.saturating_sub(rows),
            Code::Char(':' | '/') if self.under_help.is_none() => {
                self.overlay = Some(Overlay::Palette(Palette::new(self)));
                return;
            }
            _ => return,
        };
        self.overlay = Some(Overlay::Help { top: top.min(last) });
    }
}
