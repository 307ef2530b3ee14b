//! The part of the house that somebody sees at home, and what it comes to.

use super::home_tasks::Queued;
use crate::domain::{
    Actor, BranchId, Day, FindingId, InspectionLine, Promise, Rate, ReadFault, Reading, RectId, RoundId, RoundLine,
    Standing, Tally,
};

/// The most inspections that are read to count a part: a home screen is drawn within a frame.
const READ: usize = 2000;
/// The most unfinished inspections that are looked at where they are not counted.
const UNFINISHED: usize = 200;

/// What of the house somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These units, in order of their numbers.
    Units(Vec<BranchId>),
}

/// How many items stand where, as far as they are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// By state.
    pub tally: Tally,
    /// Open ones whose day has passed.
    pub overdue: u32,
    /// 按期完成率: findings that kept their day ÷ findings whose last day has come.
    pub on_time: Rate,
}

/// What somebody sees of the house.
pub(super) struct Seen {
    /// The rounds, each as far as it is seen.
    pub rounds: Vec<RoundLine>,
    /// Inspections that are begun and not signed.
    pub unfinished: Vec<(RoundId, BranchId, InspectionLine)>,
    /// How many items stand where; nothing where a part is too large to be counted unit by unit.
    pub counts: Option<Counts>,
    /// Everything that waits for somebody, where it was counted unit by unit.
    pub queue: Option<Vec<Queued>>,
}

impl Part {
    pub(super) fn of(reading: &dyn Reading, actor: &Actor<'_>) -> Result<Self, ReadFault> {
        let Some(over) = actor.facts.and_then(|facts| facts.over) else { return Ok(Self::Whole) };
        let tree = reading.tree()?;
        let lines = tree.lines.get(tree.subtree(over)).unwrap_or_default();
        let mut units: Vec<BranchId> = lines.iter().map(|line| line.id).collect();
        units.sort_unstable();
        Ok(Self::Units(units))
    }

    /// Says whether a unit is in it.
    pub fn has(&self, unit: BranchId) -> bool {
        match self {
            Self::Whole => true,
            Self::Units(units) => units.binary_search(&unit).is_ok(),
        }
    }
}

impl Seen {
    /// Reads what is seen of the house on a day.
    pub(super) fn of(reading: &dyn Reading, part: &Part, today: Day) -> Result<Self, ReadFault> {
        let rounds = reading.rounds()?;
        let mut seen = Self { rounds, unfinished: Vec::new(), counts: None, queue: None };
        match part {
            Part::Units(units) if units.len() * seen.rounds.len() <= READ => seen.count(reading, units, today)?,
            Part::Units(_) => {
                seen.unfinished = reading.unfinished(UNFINISHED)?;
                seen.unfinished.retain(|(_, unit, _)| part.has(*unit));
            }
            Part::Whole => {
                seen.unfinished = reading.unfinished(UNFINISHED)?;
                let (tally, overdue, on_time) = (reading.tally()?, reading.overdue(today)?, reading.on_time(today)?);
                seen.counts = Some(Counts { tally, overdue, on_time });
            }
        }
        Ok(seen)
    }

    /// Counts a part unit by unit.
    fn count(&mut self, reading: &dyn Reading, units: &[BranchId], today: Day) -> Result<(), ReadFault> {
        let (mut counts, mut queue, mut lines) = (Counts::default(), Vec::new(), Vec::new());
        for (at, whole) in std::mem::take(&mut self.rounds).into_iter().enumerate() {
            // Of a round that is over only what was looked at is told, unless it is the one on the screen.
            let round = if at == 0 || !whole.closed { reading.round(whole.id)? } else { None };
            let mut line =
                RoundLine { branches: 0, started: 0, signed: 0, findings: 0, got: 0, applicable: 0, ..whole };
            for unit in units {
                let inspection = reading.inspection_line(line.id, *unit)?;
                let member = round.as_ref().is_some_and(|round| round.branches.binary_search(unit).is_ok());
                line.branches += u32::from(member || inspection.is_some());
                if let Some(inspection) = inspection {
                    add(&mut line, &inspection);
                    if inspection.signed.is_none() && !line.closed {
                        self.unfinished.push((line.id, *unit, inspection));
                    }
                    // What is in the ledger was signed once.
                    items(reading, (line.id, *unit), today, &mut counts, &mut queue)?;
                }
            }
            if line.branches > 0 {
                lines.push(line);
            }
        }
        (self.rounds, self.counts, self.queue) = (lines, Some(counts), Some(queue));
        Ok(())
    }
}

fn add(line: &mut RoundLine, inspection: &InspectionLine) {
    line.started += 1;
    line.findings += u32::from(inspection.score.findings);
    if inspection.signed.is_some() {
        line.signed += 1;
        line.got += inspection.score.got;
        line.applicable += u64::from(inspection.score.applicable);
    }
}

fn items(
    reading: &dyn Reading,
    (round, branch): (RoundId, BranchId),
    today: Day,
    counts: &mut Counts,
    queue: &mut Vec<Queued>,
) -> Result<(), ReadFault> {
    for finding in reading.ledger_of(round, branch)? {
        if let Some(promise) = Promise::of(&finding).filter(|promise| promise.has_come(today)) {
            counts.on_time.count(promise.kept);
        }
        for (item, line) in (1u8..).zip(&finding.lines) {
            counts.tally.add(line);
            counts.overdue += u32::from(matches!(line.standing(today), Standing::Overdue(_)));
            let id = RectId { finding: FindingId { round, branch, n: finding.n }, item };
            queue.extend(line.waits().map(|waiting| Queued { day: line.due, waiting, id }));
        }
    }
    Ok(())
}
