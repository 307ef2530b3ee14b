//! The summary before the signature: what is missing, what was lost and why, and the score.

use super::{Cursor, Walk};
use crate::domain::{Grade, ItemId, Missing, missing};

/// The summary of a walk.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The walk.
    pub walk: Walk,
    /// The selected line.
    pub cursor: Cursor,
}

/// A line of a summary that leads to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SummaryLine {
    /// An item without a verdict.
    Unanswered(ItemId),
    /// A failed item with neither a finding nor a note.
    Unexplained(ItemId),
    /// A marked item.
    Marked(ItemId),
    /// An item that lost points; its place in the score's losses.
    Lost(usize),
    /// A finding.
    Finding(u16),
}

impl Summary {
    /// Makes the summary of a walk.
    pub const fn of(walk: Walk) -> Self {
        Self { walk, cursor: Cursor { at: 0, top: 0 } }
    }

    /// Lists what keeps the inspection from being signed.
    pub fn missing(&self) -> Missing {
        missing(&self.walk.checklist, &self.walk.inspection)
    }

    /// Lists the lines: what is missing first, then marks, lost points and findings.
    pub fn lines(&self) -> Vec<SummaryLine> {
        let missing = self.missing();
        let inspection = &self.walk.inspection;
        let marked = self.walk.checklist.items.iter().filter(|item| inspection.marked(&item.id));
        let mut lines: Vec<SummaryLine> = missing.unanswered.into_iter().map(SummaryLine::Unanswered).collect();
        lines.extend(missing.unexplained.into_iter().map(SummaryLine::Unexplained));
        lines.extend(marked.map(|item| SummaryLine::Marked(item.id.clone())));
        lines.extend((0..self.walk.score.losses.len()).map(SummaryLine::Lost));
        lines.extend(inspection.findings.keys().map(|n| SummaryLine::Finding(*n)));
        lines
    }

    /// Returns the item that a line leads to.
    pub fn item_of(&self, line: &SummaryLine) -> Option<ItemId> {
        match line {
            SummaryLine::Unanswered(item) | SummaryLine::Unexplained(item) | SummaryLine::Marked(item) => {
                Some(item.clone())
            }
            SummaryLine::Lost(at) => self.walk.score.losses.get(*at).map(|loss| loss.item.clone()),
            SummaryLine::Finding(n) => self.walk.inspection.findings.get(n).map(|found| found.facts.item.clone()),
        }
    }

    /// Names the grade.
    pub fn grade(&self) -> Option<Grade> {
        self.walk.score.grade(&self.walk.checklist, &self.walk.round)
    }
}
