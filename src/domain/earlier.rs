//! What earlier rounds found on a branch: the round before, and items that are found again.

use std::collections::BTreeSet;

use super::{Branch, Inspection, ItemId, ReadFault, Reading, Round, RoundLine};

/// What stands behind an inspection.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// The last round that looked at the branch, with what it found.
    pub last: Option<(RoundLine, Inspection)>,
    /// The items on which an earlier round has a finding.
    pub repeats: BTreeSet<ItemId>,
}

/// Reads what rounds found on a branch, or on the units whose history it carries on, within the months of a repeat.
pub fn earlier(reading: &dyn Reading, round: &Round, branch: &Branch) -> Result<Earlier, ReadFault> {
    let mut found = Earlier::default();
    let since = round.plan.to.months_before(i32::from(reading.house()?.policy.repeat_months));
    let units = branch.history();
    for line in reading.rounds()? {
        let before = (line.plan.to, line.plan.from, line.id) < (round.plan.to, round.plan.from, round.id);
        if !before || line.plan.to < since {
            continue;
        }
        for unit in units.iter().copied() {
            if reading.inspection_line(line.id, unit)?.is_none() {
                continue;
            }
            let inspection = reading.inspection(line.id, unit)?;
            found.repeats.extend(inspection.findings.values().map(|finding| finding.facts.item.clone()));
            found.last.get_or_insert_with(|| (line.clone(), inspection));
        }
    }
    Ok(found)
}
