//! The summary before the signature: what is missing, what to look at once more, what was lost and why, and the score.

use super::{Cursor, Walk};
use crate::domain::{Grade, House, ItemId, Lint, LintPlace, Missing, lint_inspection, missing};

/// The summary of a walk.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The walk.
    pub walk: Walk,
    /// The house, whose persons no text should name.
    house: House,
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
    /// Something to look at once more. It stops nobody.
    Remark(Lint),
    /// A marked item.
    Marked(ItemId),
    /// An item that lost points; its place in the score's losses.
    Lost(usize),
    /// A finding.
    Finding(u16),
}

impl Summary {
    /// Makes the summary of a walk.
    pub const fn of(walk: Walk, house: House) -> Self {
        Self { walk, house, cursor: Cursor { at: 0, top: 0 } }
    }

    /// Lists what is to be looked at once more before the signature; what is missing anyway is not said twice.
    pub fn remarks(&self) -> Vec<Lint> {
        let inspection = &self.walk.inspection;
        if inspection.signed.is_some() {
            return Vec::new();
        }
        let mut lints = lint_inspection(&self.house, &self.walk.checklist, inspection);
        let unexplained = self.missing().unexplained;
        lints.retain(|lint| !matches!(lint, Lint::FailWithoutFinding(item) if unexplained.contains(item)));
        lints
    }

    /// Lists what keeps the inspection from being signed.
    pub fn missing(&self) -> Missing {
        missing(&self.walk.checklist, &self.walk.inspection)
    }

    /// Lists the lines: what is missing first, then remarks, marks, lost points and findings.
    pub fn lines(&self) -> Vec<SummaryLine> {
        let missing = self.missing();
        let inspection = &self.walk.inspection;
        let marked = self.walk.checklist.items.iter().filter(|item| inspection.marked(&item.id));
        let mut lines: Vec<SummaryLine> = missing.unanswered.into_iter().map(SummaryLine::Unanswered).collect();
        lines.extend(missing.unexplained.into_iter().map(SummaryLine::Unexplained));
        lines.extend(self.remarks().into_iter().map(SummaryLine::Remark));
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
            SummaryLine::Remark(lint) => self.remarked(lint),
            SummaryLine::Lost(at) => self.walk.score.losses.get(*at).map(|loss| loss.item.clone()),
            SummaryLine::Finding(n) => self.found(*n),
        }
    }

    /// Returns the item that a remark is about; nothing for one about the whole walk.
    fn remarked(&self, lint: &Lint) -> Option<ItemId> {
        match lint {
            Lint::FailWithoutFinding(item) => Some(item.clone()),
            Lint::NoSuchItem { n, .. } | Lint::FindingOnPass { n, .. } => self.found(*n),
            Lint::FindingWithoutItem(id) => self.found(id.n),
            Lint::ClosedWithoutEvidence(rect) | Lint::PostMissing(rect) | Lint::DueBeforeIssue { rect, .. } => {
                self.found(rect.finding.n)
            }
            Lint::TooFast { .. } => None,
            Lint::Personal { place, .. } | Lint::NamesPerson { place, .. } => match place {
                LintPlace::Note(item) | LintPlace::Reason(item) => Some(item.clone()),
                LintPlace::Finding(n) => self.found(*n),
                LintPlace::Rect(rect) => self.found(rect.finding.n),
            },
        }
    }

    fn found(&self, n: u16) -> Option<ItemId> {
        self.walk.inspection.findings.get(&n).map(|found| found.facts.item.clone())
    }

    /// Names the grade.
    pub fn grade(&self) -> Option<Grade> {
        self.walk.score.grade(&self.walk.checklist, &self.walk.round)
    }
}
