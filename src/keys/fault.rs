//! What can be wrong with a keymap file.

use super::name::NameFault;

/// One fault of a keymap file and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct KeymapFault {
    /// The line, counted from 1.
    pub line: usize,
    pub kind: FaultKind,
}

/// What is wrong.
///
/// The fields are there for messages in another language than that of `Display`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The file is not TOML, or names a key twice.
    #[error("{0}")]
    Toml(String),
    /// A table that is no scope.
    #[error("`{name}` is not a scope{}", hint(near.as_deref()))]
    UnknownScope { name: String, near: Option<String> },
    /// A binding outside of any table.
    #[error("`{name}` stands outside of a scope such as [global]")]
    NotAScope { name: String },
    /// A value that is not the name of an action.
    #[error("`{keys}` must be bound to the name of an action, in quotes")]
    NotAName { keys: String },
    /// An action that nobody knows.
    #[error("`{name}` is not an action{}", hint(near.as_deref()))]
    UnknownAction { name: String, near: Option<String> },
    /// A sequence that cannot be read.
    #[error(transparent)]
    Keys(NameFault),
    /// A key that no terminal sends.
    #[error("`{key}` never arrives: terminals send another key or none for it")]
    NeverArrives { key: String },
    /// The same keys in other words.
    #[error("`{keys}` is bound twice, the first time in line {other}")]
    Twice { keys: String, other: usize },
    /// A sequence that another one begins with.
    #[error("`{keys}` is the beginning of `{longer}` in line {other}, which could never be reached")]
    Prefix { keys: String, longer: String, other: usize },
}

/// Ends a message with the guess, or with nothing.
pub(super) fn hint(near: Option<&str>) -> String {
    near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default()
}
