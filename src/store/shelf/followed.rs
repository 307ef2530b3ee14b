//! How followed findings lie in records: each with its items, and their lines in the ledger sixteen findings to a record.

use std::ops::ControlFlow;

use super::staging::Staging;
use super::{names, promises, queue};
use crate::domain::{BranchId, FindingId, Followed, LedgerFinding, ReadFault, RoundId};
use crate::store::codec::Bytes;

/// Reads a followed finding.
pub fn load(staging: &Staging<'_>, id: FindingId) -> Result<Option<Followed>, ReadFault> {
    staging.get_long(&names::followed(id))
}

/// Stages a followed finding and its lines in the ledger.
pub fn save(staging: &mut Staging<'_>, followed: &Followed) -> Result<(), ReadFault> {
    let id = followed.id;
    staging.put_long(&names::followed(id), followed)?;
    let part = names::ledger(id);
    let mut findings: Vec<LedgerFinding> = staging.get_long(&part)?.unwrap_or_default();
    let line = LedgerFinding::from(followed);
    let at = findings.binary_search_by_key(&id.n, |finding| finding.n);
    let stood = at.ok().and_then(|at| findings.get(at));
    queue::save(staging, id, stood, &line)?;
    promises::save(staging, stood, &line)?;
    match at {
        Ok(at) => findings.get_mut(at).map_or((), |stood| *stood = line),
        Err(at) => findings.insert(at, line),
    }
    staging.put_long(&part, &findings)
}

/// Visits the ledger's findings in the order of rounds, branches and numbers, from one inspection on.
pub fn scan(
    staging: &Staging<'_>,
    from: (RoundId, BranchId),
    visit: &mut dyn FnMut(FindingId, LedgerFinding) -> ControlFlow<()>,
) -> Result<(), ReadFault> {
    let prefix = [names::kind::LEDGER];
    let first = names::ledger(FindingId { round: from.0, branch: from.1, n: 0 });
    let mut longer = Vec::new();
    let mut stopped = false;
    staging.scan::<(u8, Bytes)>(&first, &prefix, &mut |name, (pieces, Bytes(bytes))| {
        let (part, number) = name.split_at(name.len().saturating_sub(1));
        if number == [0] {
            longer.clear();
        }
        longer.extend(bytes);
        if number != [pieces.saturating_sub(1)] {
            return ControlFlow::Continue(());
        }
        let Some((round, branch)) = names::inspection_of(part) else {
            return ControlFlow::Continue(());
        };
        let Ok(findings) = super::staging::read::<Vec<LedgerFinding>>(part, &longer) else {
            stopped = true;
            return ControlFlow::Break(());
        };
        for finding in findings {
            if visit(FindingId { round, branch, n: finding.n }, finding).is_break() {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    if stopped {
        // Read once more for its own words.
        staging.get_long::<Vec<LedgerFinding>>(&first)?;
        return Err(ReadFault { record: "ledger".to_owned(), reason: "a part does not decode".to_owned() });
    }
    Ok(())
}
