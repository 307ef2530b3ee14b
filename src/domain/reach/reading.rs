//! Every question that is asked of what is true now, answered for one person.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::{
    Branch, BranchId, BranchTree, Calibration, CalibrationId, Cell, Checklist, Counts, Day, EditionId, EditionLine,
    Entry, FindingId, Followed, House, Inspection, InspectionLine, ItemId, Ledger, LedgerFinding, LedgerNow, Lookback,
    LookbackId, LookbackLine, Of, PersonId, Rate, ReadFault, Reading, Rev, Round, RoundId, RoundLine, Seq, Side, Tally,
    VisitFinding, VisitSums, VisitWaiting, Waiting,
};
use super::{Reached, Sight, entries};

impl Reached {
    /// Says whether the person sees a unit.
    fn reaches(&self, branch: BranchId) -> Result<bool, ReadFault> {
        Ok(match self.sight()? {
            Sight::Whole { .. } => true,
            Sight::Part(part) => part.has(branch),
        })
    }
}

impl Reading for Reached {
    fn house(&self) -> Result<House, ReadFault> {
        match self.sight()? {
            Sight::Whole { keeps: true } => self.all().house(),
            Sight::Whole { keeps: false } => Ok(entries::own_ways(self.all().house()?, &self.person)),
            Sight::Part(part) => Ok(entries::own_ways(part.house(self.all().house()?, &self.person), &self.person)),
        }
    }

    fn branch(&self, id: BranchId) -> Result<Option<Branch>, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().branch(id),
            Sight::Part(part) if part.has(id) => Ok(self.all().branch(id)?.map(|branch| part.branch(branch))),
            Sight::Part(_) => Ok(None),
        }
    }

    fn branch_by_code(&self, code: &str) -> Result<Option<BranchId>, ReadFault> {
        match self.all().branch_by_code(code)? {
            Some(id) if self.reaches(id)? => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    fn tree(&self) -> Result<Arc<BranchTree>, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().tree(),
            Sight::Part(part) => Ok(Arc::clone(&part.tree)),
        }
    }

    fn path(&self, id: BranchId, between: &str) -> Result<String, ReadFault> {
        if self.reaches(id)? { self.all().path(id, between) } else { Ok(String::new()) }
    }

    fn above(&self, id: BranchId) -> Result<Vec<BranchId>, ReadFault> {
        if self.reaches(id)? { self.all().above(id) } else { Ok(vec![id]) }
    }

    fn next_branch(&self) -> Result<BranchId, ReadFault> {
        self.all().next_branch()
    }

    fn rounds(&self) -> Result<Vec<RoundLine>, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().rounds(),
            Sight::Part(part) => {
                let counted = part.rounds(self.all())?;
                Ok(counted.iter().filter_map(|counted| counted.line.clone()).collect())
            }
        }
    }

    fn round(&self, id: RoundId) -> Result<Option<Arc<Round>>, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().round(id),
            Sight::Part(part) => part.round(self.all(), id),
        }
    }

    fn next_round(&self) -> Result<RoundId, ReadFault> {
        self.all().next_round()
    }

    fn editions(&self) -> Result<Vec<EditionLine>, ReadFault> {
        match self.sight()? {
            Sight::Part(part) if part.is_empty() => Ok(Vec::new()),
            Sight::Whole { .. } | Sight::Part(_) => self.all().editions(),
        }
    }

    fn checklist(&self, id: &EditionId) -> Result<Option<Arc<Checklist>>, ReadFault> {
        match self.sight()? {
            Sight::Part(part) if part.is_empty() => Ok(None),
            Sight::Whole { .. } | Sight::Part(_) => self.all().checklist(id),
        }
    }

    fn inspection(&self, round: RoundId, branch: BranchId) -> Result<Inspection, ReadFault> {
        if self.reaches(branch)? { self.all().inspection(round, branch) } else { Ok(Inspection::new(round, branch)) }
    }

    fn inspection_line(&self, round: RoundId, branch: BranchId) -> Result<Option<InspectionLine>, ReadFault> {
        if self.reaches(branch)? { self.all().inspection_line(round, branch) } else { Ok(None) }
    }

    fn cell(&self, round: RoundId, branch: BranchId, item: &ItemId) -> Result<Option<Cell>, ReadFault> {
        if self.reaches(branch)? { self.all().cell(round, branch, item) } else { Ok(None) }
    }

    fn sums(&self, round: RoundId, visit: VisitSums<'_>) -> Result<(), ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().sums(round, visit),
            Sight::Part(part) => self.all().sums(round, &mut |branch, sums| {
                if part.has(branch) { visit(branch, sums) } else { ControlFlow::Continue(()) }
            }),
        }
    }

    fn unfinished(&self, limit: usize) -> Result<Vec<(RoundId, BranchId, InspectionLine)>, ReadFault> {
        let part = match self.sight()? {
            Sight::Whole { .. } => return self.all().unfinished(limit),
            Sight::Part(part) => part,
        };
        let mut found = Vec::new();
        for counted in part.rounds(self.all())? {
            let Some(round) = counted.line.as_ref().map(|line| line.id) else { continue };
            found.extend(counted.unfinished.iter().map(|(branch, line)| (round, *branch, line.clone())));
        }
        found.sort_by_key(|(round, branch, _)| (*round, *branch));
        found.truncate(limit);
        Ok(found)
    }

    fn followed(&self, id: FindingId) -> Result<Option<Followed>, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().followed(id),
            Sight::Part(part) if part.has(id.branch) => Ok(self.all().followed(id)?.map(|found| part.followed(found))),
            Sight::Part(_) => Ok(None),
        }
    }

    fn ledger(&self, from: (RoundId, BranchId), visit: VisitFinding<'_>) -> Result<(), ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().ledger(from, visit),
            Sight::Part(part) => part.visit(self.all(), from, visit),
        }
    }

    fn ledger_of(&self, round: RoundId, branch: BranchId) -> Result<Vec<LedgerFinding>, ReadFault> {
        if self.reaches(branch)? { self.all().ledger_of(round, branch) } else { Ok(Vec::new()) }
    }

    fn waiting(&self, waiting: Waiting, visit: VisitWaiting<'_>) -> Result<(), ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().waiting(waiting, visit),
            Sight::Part(part) => part.waiting(self.all(), waiting, visit),
        }
    }

    fn tally(&self) -> Result<Tally, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().tally(),
            Sight::Part(part) => Ok(part.counts(self.all(), Day(jiff::civil::Date::ZERO))?.tally),
        }
    }

    fn overdue(&self, today: Day) -> Result<u32, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().overdue(today),
            Sight::Part(part) => Ok(part.counts(self.all(), today)?.overdue),
        }
    }

    fn on_time(&self, today: Day) -> Result<Rate, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().on_time(today),
            Sight::Part(part) => Ok(part.counts(self.all(), today)?.on_time),
        }
    }

    fn counts_at_once(&self, today: Day) -> Result<Option<Counts>, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().counts_at_once(today),
            Sight::Part(part) => part.counts_at_once(self.all(), today),
        }
    }

    fn whole_ledger(&self) -> Result<LedgerNow, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().whole_ledger(),
            Sight::Part(part) => part.columns(self.all()),
        }
    }

    fn ledger_at_once(&self) -> Result<Option<Arc<Ledger>>, ReadFault> {
        match self.sight()? {
            Sight::Whole { .. } => self.all().ledger_at_once(),
            Sight::Part(part) => part.at_once(self.all()),
        }
    }

    fn lookbacks(&self) -> Result<Vec<LookbackLine>, ReadFault> {
        let lines = self.all().lookbacks()?;
        let part = match self.sight()? {
            Sight::Whole { .. } => return Ok(lines),
            Sight::Part(part) => part,
        };
        let mut seen = Vec::new();
        for line in lines {
            let lookback = self.all().lookback(line.id)?.and_then(|lookback| part.lookback(lookback));
            seen.extend(lookback.as_ref().map(LookbackLine::from));
        }
        Ok(seen)
    }

    fn lookback(&self, id: LookbackId) -> Result<Option<Lookback>, ReadFault> {
        let lookback = self.all().lookback(id)?;
        Ok(match self.sight()? {
            Sight::Whole { .. } => lookback,
            Sight::Part(part) => lookback.and_then(|lookback| part.lookback(lookback)),
        })
    }

    fn next_lookback(&self) -> Result<LookbackId, ReadFault> {
        self.all().next_lookback()
    }

    fn calibrations(&self, round: RoundId, branch: BranchId) -> Result<Vec<Calibration>, ReadFault> {
        if self.reaches(branch)? { self.all().calibrations(round, branch) } else { Ok(Vec::new()) }
    }

    fn calibrating(&self, limit: usize) -> Result<Vec<Calibration>, ReadFault> {
        let part = match self.sight()? {
            Sight::Whole { .. } => return self.all().calibrating(limit),
            Sight::Part(part) => part,
        };
        let mut found = self.all().calibrating(usize::MAX)?;
        found.retain(|calibration| part.has(calibration.id.branch));
        found.truncate(limit);
        Ok(found)
    }

    /// Whoever is named as the reader: what is read here is read by one person.
    fn sheet(&self, id: CalibrationId, side: Side, _: &PersonId) -> Result<Option<Inspection>, ReadFault> {
        if self.reaches(id.branch)? { self.all().sheet(id, side, &self.person) } else { Ok(None) }
    }

    fn trail(&self, of: Of, from: Rev, limit: usize) -> Result<Vec<Entry>, ReadFault> {
        if !self.sees(of)? {
            return Ok(Vec::new());
        }
        let mut seen = Vec::new();
        for entry in self.all().trail(of, from, limit)? {
            seen.extend(self.entry(entry)?);
        }
        Ok(seen)
    }

    fn head(&self) -> Seq {
        self.all().head()
    }
}
