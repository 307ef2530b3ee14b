//! Makes an entry true in the records: the one road for the desk, for catching up and for a rebuild.

use std::collections::HashMap;
use std::sync::Arc;

use super::names;
use super::staging::Staging;
use super::{calibrations, cells, editions, followed, house, lookbacks, rounds, sums};
use crate::domain::{
    BranchId, Change, Checklist, EditionId, Entry, FindingId, Followed, House, Inspection, InspectionChange,
    InspectionLine, Of, ReadFault, Rev, Round, RoundId, apply_branch, apply_follow, apply_house, apply_inspection,
    apply_lookback, apply_round,
};

/// Entries of an aggregate in one piece of its trail.
pub const ENTRIES_A_PIECE: u64 = 128;

/// What is read again and again.
///
/// Never wrong: texts never change, the organisation and rounds carry a revision. Inspections and findings are known to the one who writes
/// them alone; whoever stages something that does not become true forgets all.
#[derive(Default)]
pub struct Memo {
    house: Option<Arc<House>>,
    editions: HashMap<EditionId, Arc<Checklist>>,
    rounds: HashMap<RoundId, Arc<Round>>,
    worked: HashMap<(RoundId, BranchId), Worked>,
    followed: HashMap<FindingId, Followed>,
}

/// An inspection that is worked on.
pub struct Worked {
    /// The inspection.
    pub inspection: Inspection,
    /// Its line; none before its first entry.
    pub line: Option<InspectionLine>,
}

/// Inspections, and findings, that are kept in mind: more than people work on at a time.
const WORKED: usize = 256;

impl Memo {
    /// Returns the organisation.
    pub fn house(&mut self, staging: &Staging<'_>) -> Result<Arc<House>, ReadFault> {
        let rev = house::rev(staging)?;
        if let Some(known) = self.house.as_ref().filter(|known| known.rev == rev) {
            return Ok(Arc::clone(known));
        }
        Ok(Arc::clone(self.house.insert(Arc::new(house::load(staging)?))))
    }

    /// Returns a checklist text.
    pub fn checklist(&mut self, staging: &Staging<'_>, id: &EditionId) -> Result<Option<Arc<Checklist>>, ReadFault> {
        if let Some(known) = self.editions.get(id) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(checklist) = editions::load(staging, id)? else {
            return Ok(None);
        };
        let checklist = Arc::new(checklist);
        self.editions.insert(*id, Arc::clone(&checklist));
        Ok(Some(checklist))
    }

    /// Returns a round with its units.
    pub fn round(&mut self, staging: &Staging<'_>, id: RoundId) -> Result<Option<Arc<Round>>, ReadFault> {
        let rev = staging.get::<crate::domain::RoundLine>(&names::round(id))?.map(|line| line.rev);
        match self.rounds.get(&id) {
            Some(known) if Some(known.rev) == rev => return Ok(Some(Arc::clone(known))),
            _ => {}
        }
        let Some(round) = rounds::load(staging, id)? else {
            return Ok(None);
        };
        let round = Arc::new(round);
        self.rounds.insert(id, Arc::clone(&round));
        Ok(Some(round))
    }

    /// Returns an inspection.
    pub fn inspection(
        &mut self,
        staging: &Staging<'_>,
        round: RoundId,
        branch: BranchId,
    ) -> Result<&Inspection, ReadFault> {
        let worked = self.taken(staging, round, branch)?;
        Ok(&self.kept(worked).inspection)
    }

    /// Takes an inspection out, to be changed and kept again.
    fn taken(&mut self, staging: &Staging<'_>, round: RoundId, branch: BranchId) -> Result<Worked, ReadFault> {
        match self.worked.remove(&(round, branch)) {
            Some(worked) => Ok(worked),
            None => Ok(Worked {
                inspection: cells::load(staging, round, branch)?,
                line: staging.get(&names::inspection(round, branch))?,
            }),
        }
    }

    fn kept(&mut self, worked: Worked) -> &Worked {
        if self.worked.len() >= WORKED {
            self.worked.clear();
        }
        let of = (worked.inspection.round, worked.inspection.branch);
        self.worked.entry(of).insert_entry(worked).into_mut()
    }

    /// Returns a followed finding.
    pub fn followed(&mut self, staging: &Staging<'_>, id: FindingId) -> Result<Option<&Followed>, ReadFault> {
        Ok(match self.found(staging, id)? {
            Some(followed) => Some(self.follows(followed)),
            None => None,
        })
    }

    /// Takes a followed finding out, to be changed and kept again.
    fn found(&mut self, staging: &Staging<'_>, id: FindingId) -> Result<Option<Followed>, ReadFault> {
        match self.followed.remove(&id) {
            Some(followed) => Ok(Some(followed)),
            None => followed::load(staging, id),
        }
    }

    fn follows(&mut self, followed: Followed) -> &Followed {
        if self.followed.len() >= WORKED {
            self.followed.clear();
        }
        self.followed.entry(followed.id).insert_entry(followed).into_mut()
    }
}

/// Returns the revision of an aggregate; 0 before its first entry.
pub fn rev_of(staging: &Staging<'_>, memo: &mut Memo, of: Of) -> Result<Rev, ReadFault> {
    Ok(match of {
        Of::House => Some(house::rev(staging)?),
        Of::Branch(id) => staging.get::<crate::domain::Branch>(&names::branch(id))?.map(|branch| branch.rev),
        Of::Edition(id) => staging.has(&names::edition(&id))?.then_some(Rev(1)),
        Of::Round(id) => staging.get::<crate::domain::RoundLine>(&names::round(id))?.map(|line| line.rev),
        Of::Inspection(round, branch) => {
            staging.get::<crate::domain::InspectionLine>(&names::inspection(round, branch))?.map(|line| line.rev)
        }
        Of::Finding(id) => memo.followed(staging, id)?.map(|followed| followed.rev),
        Of::Lookback(id) => lookbacks::rev(staging, id)?,
        Of::Calibration(id) => calibrations::rev(staging, id)?,
        Of::Sheet(id, side) => Some(calibrations::sheet(staging, id, side)?.rev),
    }
    .unwrap_or_default())
}

/// Stages what an entry has made true.
pub fn absorb(staging: &mut Staging<'_>, memo: &mut Memo, entry: &Entry) -> Result<(), ReadFault> {
    match entry.of {
        Of::House => {
            let mut house = house::load(staging)?;
            let changes = || {
                entry.changes.iter().filter_map(|change| match change {
                    Change::House(change) => Some(change),
                    _ => None,
                })
            };
            for change in changes() {
                apply_house(&mut house, entry.rev, change);
            }
            house::save(staging, &house, changes())
        }
        Of::Branch(id) => branch(staging, id, entry),
        Of::Edition(id) => {
            for change in &entry.changes {
                if let Change::Edition(checklist) = change {
                    editions::save(staging, id, checklist)?;
                }
            }
            Ok(())
        }
        Of::Round(id) => {
            let mut round = memo.round(staging, id)?.map(|round| Round::clone(&round));
            for change in &entry.changes {
                if let Change::Round(change) = change {
                    apply_round(&mut round, id, entry.rev, change);
                }
            }
            round.map_or(Ok(()), |round| rounds::save(staging, &round))
        }
        Of::Inspection(round, branch) => inspection(staging, memo, round, branch, entry),
        Of::Finding(id) => {
            let mut finding = memo.found(staging, id)?;
            for change in &entry.changes {
                if let Change::Follow(change) = change {
                    apply_follow(&mut finding, id, entry.rev, &entry.by, entry.at, change);
                }
            }
            finding.map_or(Ok(()), |finding| followed::save(staging, memo.follows(finding)))
        }
        Of::Lookback(id) => {
            let mut lookback = lookbacks::load(staging, id)?;
            for change in &entry.changes {
                if let Change::Lookback(change) = change {
                    apply_lookback(&mut lookback, id, entry.rev, &entry.by, entry.at, change);
                }
            }
            lookback.map_or(Ok(()), |lookback| lookbacks::save(staging, &lookback))
        }
        Of::Calibration(id) => calibrations::absorb(staging, id, entry),
        Of::Sheet(id, side) => calibrations::absorb_sheet(staging, id, side, entry),
    }
}

fn branch(staging: &mut Staging<'_>, id: BranchId, entry: &Entry) -> Result<(), ReadFault> {
    let mut branch: Option<crate::domain::Branch> = staging.get(&names::branch(id))?;
    let old_code = branch.as_ref().map(|branch| branch.facts.code.clone());
    for change in &entry.changes {
        if let Change::Branch(change) = change {
            apply_branch(&mut branch, id, entry.rev, change);
        }
    }
    let Some(branch) = branch else { return Ok(()) };
    if let Some(old) = old_code.filter(|old| *old != branch.facts.code) {
        staging.remove(names::branch_code(&old));
    }
    staging.put(names::branch_code(&branch.facts.code), &id)?;
    staging.put(names::branch(id), &branch)
}

fn inspection(
    staging: &mut Staging<'_>,
    memo: &mut Memo,
    round: RoundId,
    branch: BranchId,
    entry: &Entry,
) -> Result<(), ReadFault> {
    let missing = |what: String| ReadFault { record: entry.of.to_string(), reason: format!("{what} is missing") };
    let plan = memo.round(staging, round)?.ok_or_else(|| missing(format!("round {round}")))?;
    let edition = plan.plan.edition;
    let checklist = memo.checklist(staging, &edition)?.ok_or_else(|| missing(format!("edition {edition}")))?;
    let Worked { mut inspection, line: before } = memo.taken(staging, round, branch)?;
    let changes: Vec<&InspectionChange> = (entry.changes.iter())
        .filter_map(|change| match change {
            Change::Inspection(change) => Some(change),
            _ => None,
        })
        .collect();
    for change in &changes {
        apply_inspection(&mut inspection, entry.rev, &entry.by, entry.at, change);
    }
    let after = cells::save(staging, &checklist, &inspection, &changes)?;
    match (before.as_ref().map(|line| line.signed.is_some()), after.signed.is_some()) {
        (None | Some(true), false) => staging.put(names::unfinished(round, branch), &())?,
        (_, true) => staging.remove(names::unfinished(round, branch)),
        (Some(false), false) => {}
    }
    sums::save(staging, &checklist, &inspection, before.as_ref())?;
    rounds::progress(staging, round, before.as_ref(), &after)?;
    memo.kept(Worked { inspection, line: Some(after) });
    Ok(())
}

/// Stages where an entry stands in the journal, for the trail of its aggregate.
pub fn remember(staging: &mut Staging<'_>, of: Of, rev: Rev, offset: u64) -> Result<(), ReadFault> {
    let place = rev.0.saturating_sub(1);
    let piece = u32::try_from(place / ENTRIES_A_PIECE).unwrap_or(u32::MAX);
    let name = names::trail(of, piece);
    let mut offsets: Vec<u64> = staging.get(&name)?.unwrap_or_default();
    offsets.truncate(usize::try_from(place % ENTRIES_A_PIECE).unwrap_or_default());
    let before: u64 = offsets.iter().sum();
    offsets.push(offset.saturating_sub(before));
    staging.put(name, &offsets)
}

/// Reads where the entries of an aggregate stand, from revision `from` on, at most `limit`.
pub fn remembered(staging: &Staging<'_>, of: Of, from: Rev, limit: usize) -> Result<Vec<u64>, ReadFault> {
    let mut found = Vec::new();
    let first = from.0.max(1) - 1;
    let mut skip = usize::try_from(first % ENTRIES_A_PIECE).unwrap_or_default();
    let mut piece = u32::try_from(first / ENTRIES_A_PIECE).unwrap_or(u32::MAX);
    while found.len() < limit {
        let Some(steps) = staging.get::<Vec<u64>>(&names::trail(of, piece))? else {
            break;
        };
        let mut offset = 0;
        let whole = steps.len() as u64 == ENTRIES_A_PIECE;
        let offsets = steps.into_iter().map(|step| {
            offset += step;
            offset
        });
        found.extend(offsets.skip(skip).take(limit - found.len()));
        if !whole {
            break;
        }
        skip = 0;
        piece = piece.saturating_add(1);
    }
    Ok(found)
}
