//! What a person may take back and do again in an inspection: read from its trail, never stored.

use super::{Change, Entry, Inspection, InspectionChange, PersonId, Refusal, Seq};

/// One person's changes since the last signature, in two stacks.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
}

#[derive(Clone, Debug)]
struct Step {
    seq: Seq,
    changes: Vec<InspectionChange>,
}

impl History {
    /// Reads the trail of one inspection, oldest entry first, for what `by` did.
    ///
    /// A signature or its lifting by anybody is a wall: what lies before it is not taken back.
    pub fn of<'a>(by: &PersonId, trail: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut history = Self::default();
        for entry in trail {
            history.read(by, entry);
        }
        history
    }

    fn read(&mut self, by: &PersonId, entry: &Entry) {
        let changes = || {
            entry.changes.iter().filter_map(|change| match change {
                Change::Inspection(change) => Some(change),
                _ => None,
            })
        };
        match changes().next() {
            Some(InspectionChange::Signed { .. } | InspectionChange::Reopened { .. }) => *self = Self::default(),
            _ if entry.by != *by => {}
            // Who has which card is no part of the work: it is given back, not undone.
            Some(InspectionChange::CardTaken { .. } | InspectionChange::CardGiven { .. }) => {}
            Some(InspectionChange::Undid { .. }) => self.redo.extend(self.undo.pop()),
            Some(InspectionChange::Redid { .. }) => self.undo.extend(self.redo.pop()),
            Some(_) => {
                self.redo.clear();
                self.undo.push(Step { seq: entry.seq, changes: changes().cloned().collect() });
            }
            None => {}
        }
    }

    /// Makes the changes that take the last step back.
    pub fn undo(&self, inspection: &Inspection, by: &PersonId) -> Result<Vec<InspectionChange>, Refusal> {
        let step = self.undo.last().ok_or(Refusal::NothingToUndo)?;
        let back: Vec<_> = step.changes.iter().rev().filter_map(reversed).collect();
        untouched(inspection, by, &step.changes)?;
        Ok(std::iter::once(InspectionChange::Undid { seq: step.seq }).chain(back).collect())
    }

    /// Makes the changes that do again what was taken back last.
    pub fn redo(&self, inspection: &Inspection, by: &PersonId) -> Result<Vec<InspectionChange>, Refusal> {
        let step = self.redo.last().ok_or(Refusal::NothingToRedo)?;
        let back: Vec<_> = step.changes.iter().rev().filter_map(reversed).collect();
        untouched(inspection, by, &back)?;
        Ok(std::iter::once(InspectionChange::Redid { seq: step.seq }).chain(step.changes.iter().cloned()).collect())
    }
}

/// Refuses where somebody else has touched what `left` left behind.
fn untouched(inspection: &Inspection, by: &PersonId, left: &[InspectionChange]) -> Result<(), Refusal> {
    for change in left {
        let (item, stands, touched) = match change {
            InspectionChange::Judged { item, now, .. } => {
                let cell = inspection.cells.get(item).map(|cell| (cell.by.clone(), cell.at));
                (Some(item), inspection.judgement(item) == *now, cell)
            }
            InspectionChange::Noted { item, now, .. } => {
                let note = inspection.notes.get(item).map(|note| (note.by.clone(), note.at));
                (Some(item), inspection.note(item) == now, note)
            }
            InspectionChange::Marked { item, now } => (Some(item), inspection.marked(item) == *now, None),
            InspectionChange::Found { n, was, now } => {
                let finding = inspection.findings.get(n);
                let stands = finding.map(|finding| &finding.facts) == now.as_ref();
                let facts = finding.map(|finding| &finding.facts).or(now.as_ref()).or(was.as_ref());
                (facts.map(|facts| &facts.item), stands, finding.map(|finding| (finding.by.clone(), finding.at)))
            }
            _ => continue,
        };
        if !stands {
            // What was removed says no longer by whom: then whoever came last stands for them.
            let last = || inspection.last.as_ref().map(|(by, at, _)| (by.clone(), *at));
            let (by, at) = touched.or_else(last).unwrap_or_else(|| (by.clone(), super::Stamp(0)));
            return Err(Refusal::Stale { item: item.cloned(), by, at });
        }
    }
    Ok(())
}

/// Turns a change round; markers have no other side.
fn reversed(change: &InspectionChange) -> Option<InspectionChange> {
    match change.clone() {
        InspectionChange::Judged { item, was, now } => Some(InspectionChange::Judged { item, was: now, now: was }),
        InspectionChange::Noted { item, was, now } => Some(InspectionChange::Noted { item, was: now, now: was }),
        InspectionChange::Marked { item, now } => Some(InspectionChange::Marked { item, now: !now }),
        InspectionChange::Found { n, was, now } => Some(InspectionChange::Found { n, was: now, now: was }),
        InspectionChange::Signed { .. }
        | InspectionChange::Reopened { .. }
        | InspectionChange::Undid { .. }
        | InspectionChange::Redid { .. }
        | InspectionChange::CardTaken { .. }
        | InspectionChange::CardGiven { .. } => None,
    }
}
