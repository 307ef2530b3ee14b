//! Rounds as far as they are seen: their units, and what these come to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{BranchId, InspectionLine, ReadFault, Reading, Round, RoundId, RoundLine, Seq, Verdicts};
use super::locked;
use super::part::Part;

/// What a round comes to in a part of the tree.
pub struct Counted {
    /// The line of the whole round, and the entry at which it was counted.
    whole: RoundLine,
    at: Seq,
    /// The line of the part; nothing where the round has no unit of it.
    pub line: Option<RoundLine>,
    /// Its inspections that are begun and not signed.
    pub unfinished: Vec<(BranchId, InspectionLine)>,
}

impl Part {
    /// Returns a round with the units and teams of the part; nothing where it has none of them.
    pub fn round(&self, all: &dyn Reading, id: RoundId) -> Result<Option<Arc<Round>>, ReadFault> {
        let Some(whole) = all.round(id)? else { return Ok(None) };
        let mut rounds = locked(&self.rounds);
        if let Some((_, seen)) = rounds.get(&id).filter(|(from, _)| Arc::ptr_eq(from, &whole)) {
            return Ok(seen.clone());
        }
        let seen = self.cut_round(&whole).map(Arc::new);
        rounds.insert(id, (whole, seen.clone()));
        Ok(seen)
    }

    fn cut_round(&self, whole: &Round) -> Option<Round> {
        let branches: Vec<BranchId> = whole.branches.iter().copied().filter(|unit| self.has(*unit)).collect();
        if branches.is_empty() {
            return None;
        }
        let mut teams: BTreeMap<_, _> = whole.teams.clone();
        teams.retain(|unit, _| self.has(*unit));
        // What was given to those who walk above falls to the whole part.
        if let (Some(top), Some((_, team))) = (self.tree.lines.first(), whole.team_of(self.above.iter().copied())) {
            teams.entry(top.id).or_insert_with(|| team.to_vec());
        }
        // The figures that were written down are those of all units.
        let (plan, correction, frozen) = (whole.plan.clone(), whole.correction.clone(), Vec::new());
        Some(Round { plan, branches, teams, correction, frozen, ..*whole })
    }

    /// Counts the rounds that have units of the part, the latest first.
    pub fn rounds(&self, all: &dyn Reading) -> Result<Vec<Arc<Counted>>, ReadFault> {
        let at = all.head();
        let mut found = Vec::new();
        for whole in all.rounds()? {
            let known = locked(&self.counted).get(&whole.id).map(Arc::clone);
            // What a round is over with stands until it is opened again.
            let counted = match known.filter(|known| known.whole == whole && (whole.closed || known.at == at)) {
                Some(known) => known,
                None => {
                    let counted = Arc::new(self.count(all, whole, at)?);
                    locked(&self.counted).insert(counted.whole.id, Arc::clone(&counted));
                    counted
                }
            };
            if counted.line.is_some() {
                found.push(counted);
            }
        }
        Ok(found)
    }

    fn count(&self, all: &dyn Reading, whole: RoundLine, at: Seq) -> Result<Counted, ReadFault> {
        let mut unfinished = Vec::new();
        let Some(round) = self.round(all, whole.id)? else {
            return Ok(Counted { whole, at, line: None, unfinished });
        };
        let mut line = RoundLine {
            branches: u32::try_from(round.branches.len()).unwrap_or(u32::MAX),
            started: 0,
            signed: 0,
            findings: 0,
            got: 0,
            applicable: 0,
            verdicts: Verdicts::default(),
            ..whole.clone()
        };
        for branch in round.branches.iter().copied() {
            let Some(inspection) = all.inspection_line(whole.id, branch)? else { continue };
            line.started += 1;
            line.findings += u32::from(inspection.score.findings);
            if inspection.signed.is_some() {
                line.signed += 1;
                line.got += inspection.score.got;
                line.applicable += u64::from(inspection.score.applicable);
                line.verdicts.add(inspection.verdicts);
            } else {
                unfinished.push((branch, inspection));
            }
        }
        Ok(Counted { whole, at, line: Some(line), unfinished })
    }
}
