//! Home (工作台): what waits, by deadline, and the first steps of a new store.

use super::Cursor;
use crate::domain::{BranchId, Day, House, InspectionLine, ReadFault, Reading, RoundId, RoundLine};

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// An inspection that is begun and not signed.
    Unfinished {
        /// The round.
        round: RoundId,
        /// The branch.
        branch: BranchId,
        /// The branch's short name.
        name: String,
        /// The unit above it, or nothing.
        above: String,
        /// The round's last day.
        until: Day,
        /// Items to judge; the annex does not count.
        items: u16,
        /// How far it is.
        line: InspectionLine,
    },
    /// Branches of a round that nobody has begun.
    NotBegun {
        /// The round.
        round: RoundId,
        /// The round's name.
        name: String,
        /// The round's last day.
        until: Day,
        /// How many.
        branches: u32,
    },
}

impl Task {
    const fn until(&self) -> Day {
        match self {
            Self::Unfinished { until, .. } | Self::NotBegun { until, .. } => *until,
        }
    }
}

/// A first step of a new store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Name the organisation.
    Name,
    /// Enter branches.
    Branches,
    /// Begin a round.
    Round,
}

/// The home screen.
#[derive(Clone, Debug)]
pub struct Home {
    /// The organisation.
    pub house: House,
    /// The rounds, the latest first.
    pub rounds: Vec<RoundLine>,
    /// What waits.
    pub tasks: Vec<Task>,
    /// Whether there is any unit.
    pub has_branches: bool,
    /// The selected line.
    pub cursor: Cursor,
}

/// The most unfinished inspections that the home screen lists.
const TASKS: usize = 200;

impl Home {
    /// Reads what waits.
    pub fn load(reading: &dyn Reading) -> Result<Self, ReadFault> {
        let rounds = reading.rounds()?;
        let mut tasks = Vec::new();
        let unfinished = reading.unfinished(TASKS)?;
        let editions = reading.editions()?;
        for (round, branch, line) in unfinished {
            let Some(plan) = rounds.iter().find(|line| line.id == round) else {
                continue;
            };
            // The line says it: a text is long, and home is the first screen.
            let items = editions.iter().find(|line| line.id == plan.plan.edition).map_or(0, |line| line.scored);
            let facts = reading.branch(branch)?.map(|branch| branch.facts).unwrap_or_default();
            // 「第一黨支部」 alone says little where every committee has one.
            let above = match facts.parent {
                Some(parent) => reading.branch(parent)?.map(|parent| parent.facts.name).unwrap_or_default(),
                None => String::new(),
            };
            let (name, until) = (facts.name, plan.plan.to);
            tasks.push(Task::Unfinished { round, branch, name, above, until, items, line });
        }
        for line in rounds.iter().filter(|line| !line.closed && line.started < line.branches) {
            tasks.push(Task::NotBegun {
                round: line.id,
                name: line.plan.name.clone(),
                until: line.plan.to,
                branches: line.branches - line.started,
            });
        }
        // What was touched last stands first among what has the same deadline.
        let touched = |task: &Task| match task {
            Task::Unfinished { line, .. } => line.last.as_ref().map_or(0, |(_, at, _)| -at.0),
            Task::NotBegun { .. } => i64::MAX,
        };
        tasks.sort_by_key(|task| (task.until(), touched(task)));
        let has_branches = reading.branch(BranchId(1))?.is_some();
        Ok(Self { house: reading.house()?, rounds, tasks, has_branches, cursor: Cursor::default() })
    }

    /// Returns the round that is going on: the latest that is not closed.
    pub fn current(&self) -> Option<&RoundLine> {
        self.rounds.iter().find(|line| !line.closed)
    }

    /// Lists the first steps with whether each is done; empty once all are.
    pub fn steps(&self) -> Vec<(Step, bool)> {
        let steps = vec![
            (Step::Name, !self.house.name.is_empty()),
            (Step::Branches, self.has_branches),
            (Step::Round, !self.rounds.is_empty()),
        ];
        if steps.iter().all(|(_, done)| *done) { Vec::new() } else { steps }
    }
}
