//! Who stands above whom: parents before children, and no circles.

use std::collections::HashMap;

use super::row::Draft;
use super::{ListFault, RowFault};
use crate::domain::{BranchId, Reading};

/// A unit above: in the list, or only in the store.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Listed(usize),
    Kept(BranchId),
}

/// The rows with their family ties.
pub(super) struct Family {
    above: Vec<Option<Above>>,
}

impl Family {
    /// Finds every row's unit above; rows whose unit above does not exist, or leads back to them, are faulted.
    pub fn of(drafts: &mut [Draft], reading: &dyn Reading) -> Result<Self, ListFault> {
        let mut codes: HashMap<String, usize> = HashMap::new();
        let mut ids: HashMap<BranchId, usize> = HashMap::new();
        for (at, draft) in drafts.iter_mut().enumerate() {
            if let Some(first) = codes.get(&draft.facts.code).filter(|_| !draft.facts.code.is_empty()) {
                draft.faults.push(RowFault::Twice { first: u32::try_from(*first).unwrap_or(u32::MAX) });
                continue;
            }
            codes.insert(draft.facts.code.clone(), at);
            ids.extend(draft.known.iter().map(|(id, _)| (*id, at)));
        }
        let lines: Vec<u32> = drafts.iter().map(|draft| draft.line).collect();
        for fault in drafts.iter_mut().flat_map(|draft| &mut draft.faults) {
            if let RowFault::Twice { first } = fault {
                *first = lines.get(*first as usize).copied().unwrap_or_default();
            }
        }
        let mut family = Self { above: vec![None; drafts.len()] };
        let kept = |id: BranchId| ids.get(&id).map_or(Above::Kept(id), |at| Above::Listed(*at));
        for (at, draft) in drafts.iter_mut().enumerate() {
            family.above[at] = match &draft.parent {
                None => draft.facts.parent.map(kept),
                Some(code) => match codes.get(code) {
                    Some(parent) => Some(Above::Listed(*parent)),
                    None => {
                        let found = reading.branch_by_code(code).map_err(ListFault::Store)?;
                        if found.is_none() {
                            draft.faults.push(RowFault::NoParent(code.clone()));
                        }
                        found.map(kept)
                    }
                },
            };
        }
        family.judge_circles(drafts, reading, kept)?;
        Ok(family)
    }

    fn judge_circles(
        &self,
        drafts: &mut [Draft],
        reading: &dyn Reading,
        kept: impl Fn(BranchId) -> Above,
    ) -> Result<(), ListFault> {
        // Rows up to the number of the walk that met them first: each row is climbed once.
        let mut met = vec![usize::MAX; drafts.len()];
        for start in 0..drafts.len() {
            let mut next = Some(Above::Listed(start));
            while let Some(here) = next {
                next = match here {
                    Above::Listed(at) if met[at] == start => {
                        drafts[at].faults.push(RowFault::Circle);
                        None
                    }
                    Above::Listed(at) if met[at] != usize::MAX => None,
                    Above::Listed(at) => {
                        met[at] = start;
                        self.above[at]
                    }
                    Above::Kept(id) => {
                        let branch = reading.branch(id).map_err(ListFault::Store)?;
                        branch.and_then(|branch| branch.facts.parent).map(&kept)
                    }
                };
            }
        }
        Ok(())
    }

    /// Lists the rows in an order in which no row comes before its unit above.
    pub fn parents_first(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.above.len());
        let mut placed = vec![false; self.above.len()];
        for start in 0..self.above.len() {
            let mut climb = Vec::new();
            let mut next = Some(start);
            while let Some(at) = next.filter(|at| !placed[*at]) {
                placed[at] = true;
                climb.push(at);
                next = match self.above[at] {
                    Some(Above::Listed(parent)) => Some(parent),
                    Some(Above::Kept(_)) | None => None,
                };
            }
            order.extend(climb.into_iter().rev());
        }
        order
    }

    /// Returns the number of a row's unit above; `ids` are those of the rows.
    pub fn parent(&self, at: usize, ids: &[BranchId]) -> Option<BranchId> {
        match self.above[at]? {
            Above::Listed(parent) => ids.get(parent).copied(),
            Above::Kept(id) => Some(id),
        }
    }
}
