//! Teams of a round, and what is done of the work that they were given: counts of branches, never of how good somebody is.

use std::collections::BTreeMap;

use super::{BranchId, BranchTree, InspectionLine, PersonId, ReadFault, Reading, Round};

/// The most inspectors of a team.
pub const TEAM_LIMIT: usize = 20;
/// The most teams of a round.
pub const TEAMS_LIMIT: usize = 200;

impl Round {
    /// Finds the team that a branch falls to, given with the units above it: the one at the nearest of these.
    pub fn team_of(&self, branch_and_above: impl IntoIterator<Item = BranchId>) -> Option<(BranchId, &[PersonId])> {
        let teams = branch_and_above.into_iter().filter_map(|unit| Some((unit, self.teams.get(&unit)?.as_slice())));
        teams.into_iter().next()
    }
}

/// Branches, and how far they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Progress {
    /// Branches.
    pub branches: u32,
    /// Branches that somebody has begun, signed ones included.
    pub begun: u32,
    /// Branches that are signed.
    pub signed: u32,
    /// Items with a verdict.
    pub answered: u64,
    /// Findings.
    pub findings: u64,
}

impl Progress {
    fn count(&mut self, line: Option<&InspectionLine>) {
        self.branches += 1;
        if let Some(line) = line {
            self.begun += 1;
            self.signed += u32::from(line.signed.is_some());
            self.answered += u64::from(line.score.answered);
            self.findings += u64::from(line.score.findings);
        }
    }
}

/// How far a round is: all of it, each team, and each inspector.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RoundProgress {
    /// The whole round.
    pub all: Progress,
    /// The branches that fall to each team, by the unit that it was given.
    pub teams: BTreeMap<BranchId, Progress>,
    /// The branches that fall to no team.
    pub loose: Progress,
    /// The branches at and below each unit that has some.
    pub units: BTreeMap<BranchId, Progress>,
    /// The branches that fall to each inspector's teams.
    pub persons: BTreeMap<PersonId, Progress>,
    /// How many branches each inspector has signed, whoever they fell to.
    pub signed: BTreeMap<PersonId, u32>,
}

/// Counts how far a round is.
pub fn progress(reading: &dyn Reading, tree: &BranchTree, round: &Round) -> Result<RoundProgress, ReadFault> {
    let mut progress = RoundProgress::default();
    progress.teams.extend(round.teams.keys().map(|unit| (*unit, Progress::default())));
    for branch in &round.branches {
        let line = reading.inspection_line(round.id, *branch)?;
        progress.all.count(line.as_ref());
        for unit in tree.upwards(*branch) {
            progress.units.entry(unit).or_default().count(line.as_ref());
        }
        match round.team_of(tree.upwards(*branch)) {
            None => progress.loose.count(line.as_ref()),
            Some((unit, members)) => {
                progress.teams.entry(unit).or_default().count(line.as_ref());
                for member in members {
                    progress.persons.entry(member.clone()).or_default().count(line.as_ref());
                }
            }
        }
        if let Some(signed) = line.and_then(|line| line.signed) {
            *progress.signed.entry(signed.by).or_default() += 1;
        }
    }
    Ok(progress)
}
