//! How the sums of signed inspections lie in records: one for each, in the order of rounds and units.

use std::ops::ControlFlow;

use super::names;
use super::staging::Staging;
use crate::domain::{BranchId, Checklist, Inspection, InspectionLine, ReadFault, RoundId, Sums, VisitSums, score};

/// Stages the sums of an inspection that was just signed, and takes out those of one that was reopened.
pub fn save(
    staging: &mut Staging<'_>,
    checklist: &Checklist,
    inspection: &Inspection,
    before: Option<&InspectionLine>,
) -> Result<(), ReadFault> {
    let name = names::sums(inspection.round, inspection.branch);
    let was = before.is_some_and(|line| line.signed.is_some());
    match (was, inspection.signed.is_some()) {
        (_, true) => staging.put(name, &Sums::of(checklist, inspection, &score(checklist, inspection))),
        (true, false) => {
            staging.remove(name);
            Ok(())
        }
        (false, false) => Ok(()),
    }
}

/// Visits the sums of a round.
pub fn scan(staging: &Staging<'_>, round: RoundId, visit: VisitSums<'_>) -> Result<(), ReadFault> {
    let all = names::sums(round, BranchId(0));
    let prefix = all.get(..5).unwrap_or_default();
    staging.scan::<Sums>(prefix, prefix, &mut |name, sums| match names::inspection_of(name) {
        Some((_, branch)) => visit(branch, sums),
        None => ControlFlow::Continue(()),
    })
}
