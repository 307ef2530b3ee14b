//! The trail (操作記錄) of one inspection: who did what, when.

use std::sync::Arc;

use super::Cursor;
use crate::domain::{BranchId, Checklist, Entry, Of, ReadFault, Reading, Rev, RoundId};

/// The trail of one inspection, the newest entry first.
#[derive(Clone, Debug)]
pub struct TrailPage {
    /// The round.
    pub round: RoundId,
    /// The round's code.
    pub code: String,
    /// The branch.
    pub branch: BranchId,
    /// Its name from the top of the tree down.
    pub path: String,
    /// The text that names the items.
    pub checklist: Arc<Checklist>,
    /// What happened.
    pub entries: Vec<Entry>,
    /// The selected entry.
    pub cursor: Cursor,
}

/// The most entries that are shown, the newest of them: far more than a walk makes.
const ENTRIES: u64 = 5000;

impl TrailPage {
    /// Reads the trail; nothing where the round does not exist.
    pub fn load(
        reading: &dyn Reading,
        round: RoundId,
        branch: BranchId,
        rows: usize,
    ) -> Result<Option<Self>, ReadFault> {
        let Some(plan) = reading.round(round)? else {
            return Ok(None);
        };
        let Some(checklist) = reading.checklist(&plan.plan.edition)? else {
            return Ok(None);
        };
        let last = reading.inspection_line(round, branch)?.map_or(Rev(0), |line| line.rev);
        let from = Rev(last.0.saturating_sub(ENTRIES) + 1);
        let mut entries = reading.trail(Of::Inspection(round, branch), from, usize::MAX)?;
        entries.reverse();
        let mut cursor = Cursor::default();
        cursor.go(0, entries.len(), rows);
        let path = reading.path(branch, " › ")?;
        Ok(Some(Self { round, code: plan.plan.code.clone(), branch, path, checklist, entries, cursor }))
    }
}
