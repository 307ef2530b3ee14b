//! The checklist that comes with the program.

use std::sync::OnceLock;

use super::read_with;
use crate::domain::{Card, Checklist, EditionId, Rule, Said};

const FILE: &[u8] = include_bytes!("../../checklists/builtin.toml");

/// The name of the built-in checklist, as [`super::edition_id`] makes it.
///
/// It stands here so that a start need not read the file to find that the store has it already; a test compares both.
pub const BUILTIN: EditionId = EditionId([
    0xf3, 0xbb, 0x0a, 0x05, 0x3b, 0xcc, 0x49, 0x21, 0x7b, 0xb3, 0x92, 0x0f, 0xa0, 0x6f, 0x06, 0xc5, 0x7d, 0xc0, 0xe8,
    0xb9, 0x7a, 0xe3, 0xf2, 0x30, 0xfa, 0xd3, 0x51, 0x01, 0xb4, 0x8b, 0xd8, 0x4e,
]);

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
