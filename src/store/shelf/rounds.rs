//! How a round lies in records: a line with its progress, its units five hundred to a record, and its teams and figures.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::names;
use super::staging::Staging;
use crate::domain::{BranchId, InspectionLine, ReadFault, Round, RoundId, RoundLine, Verdicts};

/// Units in one record.
const UNITS_A_PART: usize = 500;

/// Reads a round with its units.
pub fn load(staging: &Staging<'_>, id: RoundId) -> Result<Option<Round>, ReadFault> {
    let Some(line) = staging.get::<RoundLine>(&names::round(id))? else {
        return Ok(None);
    };
    let mut branches = Vec::with_capacity(line.branches as usize);
    for (_, part) in staging.all::<Vec<BranchId>>(&names::round_part(id, None))? {
        branches.extend(part);
    }
    let teams = staging.get_long(&names::round_teams(id))?.unwrap_or_default();
    let frozen = staging.get_long(&names::round_frozen(id))?.unwrap_or_default();
    let RoundLine { rev, plan, closed, correction, .. } = line;
    Ok(Some(Round { id, rev, plan, closed, branches, teams, correction, frozen }))
}

/// Stages a round, keeping the progress that stands in its line.
pub fn save(staging: &mut Staging<'_>, round: &Round) -> Result<(), ReadFault> {
    let before: Option<RoundLine> = staging.get(&names::round(round.id))?;
    let had = before.as_ref().map_or(0, |line| line.branches as usize).div_ceil(UNITS_A_PART);
    let line = RoundLine {
        id: round.id,
        rev: round.rev,
        plan: round.plan.clone(),
        closed: round.closed,
        correction: round.correction.clone(),
        branches: u32::try_from(round.branches.len()).unwrap_or(u32::MAX),
        ..before.unwrap_or_else(|| empty(round))
    };
    staging.put(names::round(round.id), &line)?;
    let parts = round.branches.chunks(UNITS_A_PART);
    for gone in parts.len()..had {
        staging.remove(names::round_part(round.id, u16::try_from(gone).ok()));
    }
    for (part, units) in (0u16..).zip(parts) {
        staging.put(names::round_part(round.id, Some(part)), &units)?;
    }
    changed(staging, &names::round_teams(round.id), &round.teams)?;
    changed(staging, &names::round_frozen(round.id), &round.frozen)
}

/// Stages what is there for few rounds, where it is otherwise than it stands.
fn changed<T>(staging: &mut Staging<'_>, name: &[u8], value: &T) -> Result<(), ReadFault>
where
    T: Default + PartialEq + Serialize + DeserializeOwned,
{
    let stands: T = staging.get_long(name)?.unwrap_or_default();
    if stands == *value { Ok(()) } else { staging.put_long(name, value) }
}

fn empty(round: &Round) -> RoundLine {
    RoundLine {
        id: round.id,
        rev: round.rev,
        plan: round.plan.clone(),
        closed: false,
        correction: None,
        branches: 0,
        started: 0,
        signed: 0,
        findings: 0,
        got: 0,
        applicable: 0,
        verdicts: Verdicts::default(),
    }
}

/// Stages a round's progress after one of its inspections went from `before` to `after`.
pub fn progress(
    staging: &mut Staging<'_>,
    id: RoundId,
    before: Option<&InspectionLine>,
    after: &InspectionLine,
) -> Result<(), ReadFault> {
    let counts = |line: &InspectionLine| (line.signed.is_some(), line.score.findings);
    if before.is_some_and(|before| before.signed.is_none() && counts(before) == counts(after)) {
        // An open inspection stays open, as most of its changes leave it.
        return Ok(());
    }
    let Some(mut line) = staging.get::<RoundLine>(&names::round(id))? else {
        return Ok(());
    };
    let unmoved = line.clone();
    if let Some(before) = before {
        line.started = line.started.saturating_sub(1);
        line.findings = line.findings.saturating_sub(u32::from(before.score.findings));
        if before.signed.is_some() {
            line.signed = line.signed.saturating_sub(1);
            line.got = line.got.saturating_sub(before.score.got);
            line.applicable = line.applicable.saturating_sub(u64::from(before.score.applicable));
            line.verdicts.take(before.verdicts);
        }
    }
    line.started += 1;
    line.findings += u32::from(after.score.findings);
    if after.signed.is_some() {
        line.signed += 1;
        line.got += after.score.got;
        line.applicable += u64::from(after.score.applicable);
        line.verdicts.add(after.verdicts);
    }
    if line == unmoved { Ok(()) } else { staging.put(names::round(id), &line) }
}
