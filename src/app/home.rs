//! Home (工作台): what waits, by deadline, and the first steps of a new store.

use super::Cursor;
use super::home_part::{Counts, Part, Seen};
use super::home_tasks::{RectTask, named, rect_tasks};
use crate::domain::{BranchId, Day, House, InspectionLine, PersonId, ReadFault, Reading, Role, RoundId, RoundLine};

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
            (Self::NotBegun { round, .. }, Self::NotBegun { round: other, .. }) => round == other,
            (Self::Rect(_) | Self::Unfinished { .. } | Self::NotBegun { .. }, _) => false,
        }
    }

    const fn until(&self) -> Day {
        match self {
            Self::Rect(task) => task.until,
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
    /// The rounds, the latest first, each as far as the person sees it.
    pub rounds: Vec<RoundLine>,
    /// What waits for the person.
    pub tasks: Vec<Task>,
    /// How many items stand where; nothing where the person sees a part that is too large to be counted here.
    pub counts: Option<Counts>,
    /// Whether there is any unit.
    pub has_branches: bool,
    /// The selected line.
    pub cursor: Cursor,
}

impl Home {
    /// Reads what waits for a person on a day. What they do not reach is in no line and in no count.
    pub fn load(reading: &dyn Reading, me: &PersonId, today: Day) -> Result<Self, ReadFault> {
        let house = reading.house()?;
        let actor = house.actor(me);
        let part = Part::of(reading, &actor)?;
        let Seen { rounds, unfinished, counts, queue } = Seen::of(reading, &part, today)?;
        let rects = rect_tasks(reading, &house, &actor, &part, queue.as_deref(), today)?;
        let mut tasks: Vec<Task> = rects.into_iter().map(Task::Rect).collect();
        // Only who walks is waited for by what is to be walked.
        if matches!(actor.role(), Role::Admin | Role::Inspector) {
            tasks.extend(walks(reading, &rounds, unfinished)?);
            tasks.extend(rounds.iter().filter(|_| counts.is_some()).filter_map(not_begun));
        }
        // What was touched last stands first among what has the same deadline.
        let touched = |task: &Task| match task {
            Task::Rect(task) => (0, 0, Some(task.id)),
            Task::Unfinished { line, .. } => (1, line.last.as_ref().map_or(0, |(_, at, _)| -at.0), None),
            Task::NotBegun { .. } => (2, 0, None),
        };
        tasks.sort_by_key(|task| (task.until(), touched(task)));
        let has_branches = match &part {
            Part::Whole => reading.branch(BranchId(1))?.is_some(),
            Part::Units(units) => !units.is_empty(),
        };
        Ok(Self { house, rounds, tasks, counts, has_branches, cursor: Cursor::default() })
    }

    /// Keeps the cursor on the work that it stood at, wherever that is now: somebody else's step must not move another
    /// line under a key that is on its way.
    pub fn keep_place(&mut self, before: &Self, rows: usize) {
        let stood = before.tasks.get(before.cursor.at);
        let at = stood.and_then(|stood| self.tasks.iter().position(|task| task.is(stood)));
        self.cursor = before.cursor;
        self.cursor.go(at.unwrap_or(before.cursor.at), self.tasks.len().max(self.steps().len()), rows);
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
