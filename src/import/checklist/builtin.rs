//! The checklist that comes with the program.

use std::sync::OnceLock;

use super::read_with;
use crate::domain::{Card, Checklist, Rule, Said};

const FILE: &[u8] = include_bytes!("../../checklists/builtin.toml");

/// Returns the built-in checklist.
///
/// A test proves that it reads without a fault; were it broken all the same, it would be empty.
pub fn builtin() -> &'static Checklist {
    static BUILTIN: OnceLock<Checklist> = OnceLock::new();
    BUILTIN.get_or_init(|| read_with(FILE, Known::default()).unwrap_or_else(|_| empty()))
}

/// Cards and rules that a file may use without describing them.
#[derive(Clone, Copy, Default)]
pub(super) struct Known<'a> {
    /// The cards.
    pub cards: &'a [Card],
    /// The rules.
    pub rules: &'a [Rule],
}

impl<'a> Known<'a> {
    /// Takes them from a checklist.
    pub fn of(checklist: &'a Checklist) -> Self {
        Self { cards: &checklist.cards, rules: &checklist.rules }
    }
}

/// Makes a checklist without items.
pub(super) fn empty() -> Checklist {
    Checklist {
        edition: String::new(),
        title: Said::default(),
        cards: Vec::new(),
        groups: Vec::new(),
        items: Vec::new(),
        rules: Vec::new(),
    }
}
