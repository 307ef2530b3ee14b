//! Home (工作台): what waits, by deadline, and the first steps of a new store.

use super::Cursor;
use super::home_calibrations::{CalibrationTask, calibration_tasks};
use super::home_tasks::{RectTask, named, rect_tasks};
use crate::domain::{
    BranchId, Counts, Day, House, InspectionLine, LedgerNow, PersonId, ReadFault, Reading, Role, RoundId, RoundLine,
};

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// A rectification item that waits for a step.
    Rect(RectTask),
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
    /// A calibration in which one has a sheet to hand in, or that is to be settled and merged.
    Calibration(CalibrationTask),
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
    /// Says whether it is the same work as another, however far each is.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rect(one), Self::Rect(other)) => (one.id, one.waiting) == (other.id, other.waiting),
            (Self::Unfinished { round, branch, .. }, Self::Unfinished { round: other, branch: at, .. }) => {
                (round, branch) == (other, at)
            }
            (Self::Calibration(one), Self::Calibration(other)) => one.is(other),
            (Self::NotBegun { round, .. }, Self::NotBegun { round: other, .. }) => round == other,
            (Self::Rect(_) | Self::Unfinished { .. } | Self::Calibration(_) | Self::NotBegun { .. }, _) => false,
        }
    }

    const fn until(&self) -> Day {
        match self {
            Self::Rect(task) => task.until,
            Self::Calibration(task) => task.until,
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

/// The most unfinished inspections that are listed.
const UNFINISHED: usize = 200;

/// The home screen.
#[derive(Clone, Debug)]
pub struct Home {
    /// The organisation.
    pub house: House,
    /// The rounds, the latest first, each as far as the person sees it.
    pub rounds: Vec<RoundLine>,
    /// What waits for the person.
    pub tasks: Vec<Task>,
    /// How many items stand where; nothing while the ledger of a large part is still being read.
    pub counts: Option<Counts>,
    /// Whether there is any unit.
    pub has_branches: bool,
    /// Whether the person may take the first steps of a new store.
    founds: bool,
    /// The selected line.
    pub cursor: Cursor,
    /// Whether the ledger was asked for, from which a large part is counted.
    asked: bool,
    /// The work that was stood at when another screen was opened.
    stood: Option<Task>,
}

impl Home {
    /// Makes a home that stands behind another screen, at a line: nothing of it is read before somebody comes back.
    pub fn resting(line: usize) -> Self {
        Self {
            house: House::default(),
            rounds: Vec::new(),
            tasks: Vec::new(),
            counts: None,
            has_branches: false,
            founds: false,
            cursor: Cursor { at: line, top: 0 },
            asked: false,
            stood: None,
        }
    }

    /// Lets go of what is read anew on the way back.
    ///
    /// Who has not moved comes back to what waits first, whatever waited first when they went.
    pub fn rest(&mut self) {
        let stood = self.tasks.get(self.cursor.at).filter(|_| self.cursor.at > 0).cloned();
        *self = Self { stood, cursor: self.cursor, ..Self::resting(0) };
    }

    /// Reads what waits for a person on a day.
    pub fn load(reading: &dyn Reading, me: &PersonId, today: Day) -> Result<Self, ReadFault> {
        let house = reading.house()?;
        let actor = house.actor(me);
        let (rounds, counts) = (reading.rounds()?, reading.counts_at_once(today)?);
        // What waits in a large part is found with what is counted there.
        let rects = if counts.is_some() { rect_tasks(reading, &house, &actor, today)? } else { Vec::new() };
        let mut tasks: Vec<Task> = rects.into_iter().map(Task::Rect).collect();
        // Only who walks is waited for by what is to be walked.
        if matches!(actor.role(), Role::Admin | Role::Inspector) {
            tasks.extend(walks(reading, &rounds, reading.unfinished(UNFINISHED)?)?);
            tasks.extend(calibration_tasks(reading, &rounds, me)?);
            tasks.extend(rounds.iter().filter_map(not_begun));
        }
        // What was touched last stands first among what has the same deadline.
        let touched = |task: &Task| match task {
            Task::Rect(task) => (0, 0, Some(task.id)),
            Task::Unfinished { line, .. } => (1, line.last.as_ref().map_or(0, |(_, at, _)| -at.0), None),
            Task::Calibration(task) => (1, -task.last.0, None),
            Task::NotBegun { .. } => (2, 0, None),
        };
        tasks.sort_by_key(|task| (task.until(), touched(task)));
        let over = actor.facts.and_then(|facts| facts.over);
        let founds = actor.role() == Role::Admin && over.is_none();
        let has_branches = reading.branch(over.unwrap_or(BranchId(1)))?.is_some();
        Ok(Self { house, rounds, tasks, counts, has_branches, founds, ..Self::resting(0) })
    }

    /// Says whether the ledger is to be asked for, from which a large part is counted.
    pub const fn has_more(&self) -> bool {
        self.counts.is_none() && !self.asked
    }

    /// Says whether it is being read.
    pub const fn is_coming(&self) -> bool {
        self.counts.is_none() && self.asked
    }

    /// Asks for the ledger; says whether it is there.
    pub fn ask(&mut self, reading: &dyn Reading) -> Result<bool, ReadFault> {
        self.asked = true;
        Ok(matches!(reading.whole_ledger()?, LedgerNow::Whole(_)))
    }

    /// Keeps the cursor on the work that it stood at, wherever that is now: somebody else's step must not move another
    /// line under a key that is on its way.
    pub fn keep_place(&mut self, before: &Self, rows: usize) {
        let stood = before.stood.as_ref().or_else(|| before.tasks.get(before.cursor.at));
        let at = stood.and_then(|stood| self.tasks.iter().position(|task| task.is(stood)));
        self.cursor = before.cursor;
        self.cursor.go(at.unwrap_or(before.cursor.at), self.tasks.len().max(self.steps().len()), rows);
    }

    /// Returns the round that is going on: the latest that is not closed.
    pub fn current(&self) -> Option<&RoundLine> {
        self.rounds.iter().find(|line| !line.closed)
    }

    /// Lists the first steps with whether each is done; empty once all are, and for whoever may not take them.
    pub fn steps(&self) -> Vec<(Step, bool)> {
        let steps = vec![
            (Step::Name, !self.house.name.is_empty()),
            (Step::Branches, self.has_branches),
            (Step::Round, !self.rounds.is_empty()),
        ];
        if !self.founds || steps.iter().all(|(_, done)| *done) { Vec::new() } else { steps }
    }
}

/// Makes the lines of inspections that are begun and not signed.
fn walks(
    reading: &dyn Reading,
    rounds: &[RoundLine],
    unfinished: Vec<(RoundId, BranchId, InspectionLine)>,
) -> Result<Vec<Task>, ReadFault> {
    let mut tasks = Vec::with_capacity(unfinished.len());
    let editions = reading.editions()?;
    for (round, branch, line) in unfinished {
        let Some(plan) = rounds.iter().find(|line| line.id == round) else {
            continue;
        };
        // The line says it: a text is long, and home is the first screen.
        let items = editions.iter().find(|line| line.id == plan.plan.edition).map_or(0, |line| line.scored);
        let (name, above) = named(reading, branch)?;
        tasks.push(Task::Unfinished { round, branch, name, above, until: plan.plan.to, items, line });
    }
    Ok(tasks)
}

/// Makes the line of a round's branches that nobody has begun.
fn not_begun(line: &RoundLine) -> Option<Task> {
    (!line.closed && line.started < line.branches).then(|| Task::NotBegun {
        round: line.id,
        name: line.plan.name.clone(),
        until: line.plan.to,
        branches: line.branches - line.started,
    })
}
