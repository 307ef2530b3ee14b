//! The palette: every command by name, pinyin or key; Enter runs it.

use super::{Action, Cursor, Model};
use crate::keys::{Code, Key, label};
use crate::text::{Ambiguous, Edit, Needle, fold};

/// The open palette.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What is typed.
    pub edit: Edit,
    /// The commands that match, best first.
    pub rows: Vec<Action>,
    /// The selected one.
    pub cursor: Cursor,
}

impl Palette {
    /// Opens it with every command that is live on this screen first.
    pub fn new(model: &Model) -> Self {
        let mut palette = Self { edit: Edit::line(40), rows: Vec::new(), cursor: Cursor::default() };
        palette.search(model);
        palette
    }

    /// Looks for what is typed.
    pub fn search(&mut self, model: &Model) {
        let live = model.scopes();
        let text = self.edit.text().trim();
        let needle = (!text.is_empty()).then(|| Needle::new(text));
        let mut found: Vec<(u32, usize, Action)> = (Action::ALL.iter().copied())
            .filter_map(|action| {
                // What is nearest to the screen comes first, what belongs to other screens last.
                let far = live.iter().position(|scope| *scope == action.scope().name()).unwrap_or(usize::MAX);
                let rank = match &needle {
                    None => Some(0),
                    Some(needle) => {
                        let said = format!("{} {}", action.word().say(model.lang), action.name());
                        let keys = model.keys_of(action);
                        let by_key = (keys == text).then_some(0);
                        by_key.or_else(|| needle.rank(&fold(&said)).map(|rank| rank + 1))
                    }
                };
                rank.map(|rank| (rank, far, action))
            })
            .collect();
        found.sort_by_key(|(rank, far, _)| (*far, *rank));
        self.rows = found.into_iter().map(|(_, _, action)| action).collect();
        self.cursor = Cursor::default();
    }
}

/// Ranks keys for people who know no key map yet: Enter before l, ? before F1.
const fn plainness(key: &Key) -> u8 {
    match key.code {
        Code::Char(c) if c.is_ascii_alphabetic() => 1,
        Code::Left | Code::Right | Code::Up | Code::Down => 2,
        Code::F(_) => 3,
        _ => 0,
    }
}

impl Model {
    /// Spells the shortest key of an action on this screen; empty where it has none.
    pub fn keys_of(&self, action: Action) -> String {
        let keys = self.keymap.keys_for(self.scopes(), action);
        let best = keys.iter().min_by_key(|keys| (keys.len(), keys.first().map(plainness)));
        best.map_or_else(String::new, |keys| label(keys, self.ambiguous == Ambiguous::Wide))
    }
}
