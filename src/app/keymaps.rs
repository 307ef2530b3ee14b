//! The key maps that come with the program, a person's own laid over them, and the page that lists them.

use std::sync::{Arc, OnceLock};

use super::{Action, Scope};
use crate::keys::{Key, Keymap, KeymapFault, keys_name};
use crate::locales::Lang;

/// A key map that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BuiltIn {
    /// The default.
    #[default]
    Default,
    /// More of vim's hands, laid over the default.
    Vim,
}

impl BuiltIn {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Default, Self::Vim];

    /// Names it as the configuration spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Vim => "vim",
        }
    }

    /// Finds one by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// The scopes of the home screen, the innermost first.
pub const AT_HOME: &[&str] = &["home", "rounds", "branches", "list", "global"];
/// The scopes of units.
pub const AT_BRANCHES: &[&str] = &["branches", "list", "global"];
/// The scopes of rounds.
pub const AT_ROUNDS: &[&str] = &["rounds", "list", "global"];
/// The scopes of the walk.
pub const AT_WALK: &[&str] = &["walk", "list", "global"];
/// The scopes of the summary.
pub const AT_SUMMARY: &[&str] = &["summary", "list", "global"];
/// The scopes of the ledger.
pub const AT_LEDGER: &[&str] = &["ledger", "item", "list", "global"];
/// The scopes of an item's page.
pub const AT_RECT: &[&str] = &["item", "list", "global"];
/// The scopes of the analysis.
pub const AT_ANALYSIS: &[&str] = &["analysis", "list", "global"];
/// The scopes of look-backs.
pub const AT_LOOKBACK: &[&str] = &["lookback", "list", "global"];
/// The scopes of a round's progress.
pub const AT_PROGRESS: &[&str] = &["progress", "rounds", "list", "global"];
/// The scopes of a calibration.
pub const AT_CALIBRATION: &[&str] = &["calibration", "list", "global"];
/// The scopes of every other list.
pub const AT_LIST: &[&str] = &["list", "global"];
/// The scopes of every screen.
pub const SCREENS: [&[&str]; 12] = [
    AT_HOME,
    AT_BRANCHES,
    AT_ROUNDS,
    AT_WALK,
    AT_SUMMARY,
    AT_LEDGER,
    AT_RECT,
    AT_ANALYSIS,
    AT_LOOKBACK,
    AT_PROGRESS,
    AT_CALIBRATION,
    AT_LIST,
];

const DEFAULT: &str = include_str!("../../keymaps/default.toml");
const VIM: &str = include_str!("../../keymaps/vim.toml");

/// Reads a key map's text; every fault at once.
pub fn parse(text: &str) -> Result<Keymap<Action>, Vec<KeymapFault>> {
    let scopes = Scope::ALL.map(Scope::name);
    Keymap::parse(text, &scopes, &Action::named, Action::NAMES)
}

/// Lays a person's own keys over a built-in map; help and the way out stay reachable.
pub fn layered(built_in: BuiltIn, own: Option<&str>) -> Result<Keymap<Action>, Vec<KeymapFault>> {
    let mut map = parse(DEFAULT)?;
    if built_in == BuiltIn::Vim {
        map = map.layer(parse(VIM)?);
    }
    if let Some(own) = own {
        map = map.layer(parse(own)?);
    }
    Ok(map)
}

/// Returns a built-in map, which is the same one for everybody who has no keys of their own.
pub fn shared(built_in: BuiltIn) -> Arc<Keymap<Action>> {
    static MAPS: [OnceLock<Arc<Keymap<Action>>>; BuiltIn::ALL.len()] = [OnceLock::new(), OnceLock::new()];
    let make = || Arc::new(layered(built_in, None).unwrap_or_default());
    match built_in {
        BuiltIn::Default => MAPS[0].get_or_init(make).clone(),
        BuiltIn::Vim => MAPS[1].get_or_init(make).clone(),
    }
}

/// Lists actions that must stay reachable and are not: from every screen back and to help, from home out.
///
/// A screen may do without a key that leaves the program, but there must be a way home that does not need it.
pub fn lost(map: &Keymap<Action>) -> Vec<Action> {
    let mut lost = map.unreachable(AT_HOME, &[Action::Palette, Action::Quit]);
    for action in [Action::Help, Action::Back] {
        if SCREENS.iter().any(|scopes| map.keys_for(scopes, action).is_empty()) {
            lost.push(action);
        }
    }
    lost
}

/// Spells the keys of an action as key maps do.
fn spelled(keys: &[Vec<Key>]) -> String {
    keys.iter().map(|keys| format!("`{}`", keys_name(keys).replace('|', "\\|"))).collect::<Vec<_>>().join(" ")
}

/// Makes the page that lists every action with its keys, for `keymaps/README.md`.
pub fn page() -> String {
    let maps: Vec<Keymap<Action>> = BuiltIn::ALL.iter().filter_map(|map| layered(*map, None).ok()).collect();
    let mut page = String::from(PAGE_HEAD);
    for scope in Scope::ALL {
        page.push_str(&format!(
            "\n## `[{}]` {} · {}\n\n",
            scope.name(),
            scope.title().say(Lang::Hant),
            scope.title().say(Lang::En)
        ));
        page.push_str("| action | 動作 | | default | vim |\n|---|---|---|---|---|\n");
        for action in Action::ALL.iter().filter(|action| action.scope() == scope) {
            let keys: Vec<String> = (maps.iter())
                .map(|map| {
                    let own: Vec<Vec<Key>> =
                        map.bindings(scope.name()).filter(|(_, bound)| bound == action).map(|(keys, _)| keys).collect();
                    spelled(&own)
                })
                .collect();
            page.push_str(&format!(
                "| `{}` | {} | {} | {} |\n",
                action.name(),
                action.word().say(Lang::Hant),
                action.word().say(Lang::En),
                keys.join(" | ")
            ));
        }
    }
    page
}

const PAGE_HEAD: &str = "# Keys\n\n\
Made from the action table and the maps in this folder; a test keeps it true. `tijian keys` prints the keys in force.\n\n\
A file of your own, `keys.toml` in the configuration folder, is laid over these: `\"key\" = \"action\"` in the table of\n\
a screen binds a key, `\"none\"` takes it away. Keys are `j`, `G`, `C-s`, `enter`, `space`, `f1`; a sequence is keys\n\
with blanks between them. Full-width letters, digits and punctuation mean their ASCII twins, so a Chinese input\n\
method can stay on.\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_maps_are_without_fault() {
        for built_in in BuiltIn::ALL {
            let map = layered(built_in, None).unwrap();
            assert_eq!(lost(&map), [], "{}", built_in.name());
        }
    }

    #[test]
    fn every_action_has_a_key() {
        let map = layered(BuiltIn::Default, None).unwrap();
        for action in Action::ALL {
            let bound = Scope::ALL.iter().any(|scope| map.bindings(scope.name()).any(|(_, known)| known == *action));
            assert!(bound, "{}", action.name());
        }
    }

    #[test]
    fn own_keys_lie_over_the_default() {
        let map = layered(BuiltIn::Default, Some("[walk]\n\"9\" = \"verdict.fail\"\n\"4\" = \"none\"\n")).unwrap();
        assert_eq!(map.keys_for(&["walk"], Action::Fail).len(), 1);
        let faults = layered(BuiltIn::Default, Some("[walk]\n\"9\" = \"verdict.fial\"\n[wlak]\n\"x\" = \"undo\"\n"));
        assert_eq!(faults.unwrap_err().len(), 2);
    }
}
