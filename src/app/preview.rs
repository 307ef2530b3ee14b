//! What a step would do to each of several items, before it is taken.

use crate::domain::{FollowCommand, RectId, Rev, Verb};

/// A step on several items, tried on each.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The step.
    pub verb: Verb,
    /// What is wanted of each.
    pub command: FollowCommand,
    /// The post on whose behalf; empty where the person acts for themselves.
    pub behalf: String,
    /// The items: those that would be skipped first.
    pub lines: Vec<PreviewLine>,
    /// The first line in sight.
    pub top: usize,
}

/// What a step would do to one item.
#[derive(Clone, Debug)]
pub struct PreviewLine {
    /// The item.
    pub id: RectId,
    /// The revision of its finding that was tried.
    pub saw: Rev,
    /// What it is: branch and item of the checklist.
    pub what: String,
    /// Why it would be skipped; nothing where it would be done.
    pub why: Option<String>,
}

impl Preview {
    /// Counts the items that would be skipped.
    pub fn skipped(&self) -> usize {
        self.lines.iter().filter(|line| line.why.is_some()).count()
    }

    /// Counts the items on which the step would be taken.
    pub fn taken(&self) -> usize {
        self.lines.len() - self.skipped()
    }
}
