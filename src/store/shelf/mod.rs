//! The records as the house reads them: what is true now, loaded one aggregate or one line at a time.

mod absorb;
pub(super) mod calibrations;
mod cells;
mod columns;
mod editions;
pub(super) mod followed;
mod house;
pub(super) mod kind;
mod listeners;
pub(super) mod lookbacks;
pub(super) mod names;
mod promises;
mod queue;
mod rounds;
pub(super) mod staging;
mod sums;
mod tree;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) use absorb::{Memo, absorb, remember, remembered, rev_of};
pub(super) use cells::load as load_inspection;
pub(super) use house::{load as load_house, person, rev as house_rev};
use listeners::Listeners;
pub use listeners::{Listener, Listening};
use staging::Staging;

use super::{JournalReader, Records};
use crate::domain::{
    Branch, BranchId, BranchTree, Calibration, CalibrationId, Cell, Checklist, Day, EditionId, EditionLine, Entry,
    FindingId, Followed, House, Inspection, InspectionLine, ItemId, Ledger, LedgerNow, Lookback, LookbackId,
    LookbackLine, Of, PersonFacts, PersonId, Rate, ReadFault, Reading, Rev, Round, RoundId, RoundLine, Seq, Side,
    Tally, VisitFinding, VisitSums, VisitWaiting, Waiting,
};

/// What is true now. Any number of sessions read it while the desk writes.
pub struct Shelf {
    records: Arc<dyn Records>,
    journal: Box<dyn JournalReader>,
    memo: Mutex<Memo>,
    tree: Mutex<Option<Arc<BranchTree>>>,
    columns: Arc<columns::Columns>,
    /// Who is told when something that was being made is there.
    listeners: Arc<Listeners>,
    head: AtomicU64,
}

impl Shelf {
    /// Makes a shelf over records that are written up to `head`.
    pub fn new(records: Arc<dyn Records>, journal: Box<dyn JournalReader>, head: Seq) -> Self {
        let (memo, tree) = (Mutex::default(), Mutex::default());
        let (columns, listeners) = (Arc::default(), Arc::default());
        Self { records, journal, memo, tree, columns, listeners, head: AtomicU64::new(head.0) }
    }

    /// Returns the records under the shelf.
    pub fn records(&self) -> &Arc<dyn Records> {
        &self.records
    }

    /// Takes note that the records are written up to `head`; the desk calls it after each commit.
    pub(super) fn moved(&self, head: Seq, of: &[Of]) {
        let findings = of.iter().filter_map(|of| if let Of::Finding(id) = of { Some(*id) } else { None });
        self.columns.changed(&*self.records, &findings.collect::<Vec<_>>());
        {
            // Both under one lock: a tree that was made before this change must not be kept behind it.
            let mut tree = locked(&self.tree);
            if of.iter().any(|of| matches!(of, Of::Branch(_))) {
                *tree = None;
            }
            self.head.store(head.0, Ordering::Release);
        }
        self.listeners.tell(of);
    }

    /// Has somebody told of every change, and of what they have asked for when it is there, until the answer is dropped.
    #[must_use = "who listens is forgotten with this"]
    pub fn listen(&self, listener: Listener) -> Listening {
        self.listeners.add(listener)
    }

    /// Finds the person to whom a public key is bound, spelled as `algorithm base64`.
    pub fn keyholder(&self, key: &str) -> Result<Option<PersonId>, ReadFault> {
        house::keyholder(&self.staging(), key)
    }

    /// Finds the person to whom a login name of this machine is bound.
    pub fn login(&self, name: &str) -> Result<Option<PersonId>, ReadFault> {
        house::login(&self.staging(), name)
    }

    fn staging(&self) -> Staging<'_> {
        Staging::new(&*self.records)
    }

    /// Reads entries of an aggregate through the trail.
    pub(super) fn entries(&self, of: Of, from: Rev, limit: usize) -> Result<Vec<Entry>, ReadFault> {
        let offsets = remembered(&self.staging(), of, from, limit)?;
        let entry = |offset| {
            self.journal
                .read_at(offset)
                .map_err(|fault| ReadFault { record: of.to_string(), reason: fault.to_string() })
        };
        offsets.into_iter().map(entry).collect()
    }
}

/// Locks what holds only memoised readings: a panic elsewhere leaves them right.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reading for Shelf {
    fn house(&self) -> Result<House, ReadFault> {
        house::load(&self.staging())
    }

    fn person(&self, id: &PersonId) -> Result<(Option<PersonFacts>, bool), ReadFault> {
        house::person(&self.staging(), id)
    }

    fn branch(&self, id: BranchId) -> Result<Option<Branch>, ReadFault> {
        self.staging().get(&names::branch(id))
    }

    fn branch_by_code(&self, code: &str) -> Result<Option<BranchId>, ReadFault> {
        self.staging().get(&names::branch_code(code))
    }

    fn tree(&self) -> Result<Arc<BranchTree>, ReadFault> {
        if let Some(tree) = &*locked(&self.tree) {
            return Ok(Arc::clone(tree));
        }
        let head = self.head.load(Ordering::Acquire);
        let made = Arc::new(tree::make(&self.staging())?);
        let mut kept = locked(&self.tree);
        // Somebody may have entered a unit while this tree was made: then it is shown once and not kept.
        if self.head.load(Ordering::Acquire) == head {
            *kept = Some(Arc::clone(&made));
        }
        Ok(made)
    }

    fn next_branch(&self) -> Result<BranchId, ReadFault> {
        next_branch(&self.staging())
    }

    fn rounds(&self) -> Result<Vec<RoundLine>, ReadFault> {
        let mut lines: Vec<RoundLine> =
            self.staging().all(&[names::kind::ROUND])?.into_iter().map(|(_, line)| line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse((line.plan.to, line.plan.from, line.id)));
        Ok(lines)
    }

    fn round(&self, id: RoundId) -> Result<Option<Arc<Round>>, ReadFault> {
        locked(&self.memo).round(&self.staging(), id)
    }

    fn editions(&self) -> Result<Vec<EditionLine>, ReadFault> {
        let staging = self.staging();
        let mut lines = Vec::new();
        for (_, line) in staging.all::<EditionLine>(&[names::kind::EDITION])? {
            // Names are hashes and say nothing of time; the place of its entry in the journal does.
            let kept = remembered(&staging, Of::Edition(line.id), Rev(1), 1)?;
            lines.push((kept, line));
        }
        lines.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }

    fn checklist(&self, id: &EditionId) -> Result<Option<Arc<Checklist>>, ReadFault> {
        locked(&self.memo).checklist(&self.staging(), id)
    }

    fn inspection(&self, round: RoundId, branch: BranchId) -> Result<Inspection, ReadFault> {
        cells::load(&self.staging(), round, branch)
    }

    fn inspection_line(&self, round: RoundId, branch: BranchId) -> Result<Option<InspectionLine>, ReadFault> {
        self.staging().get(&names::inspection(round, branch))
    }

    fn cell(&self, round: RoundId, branch: BranchId, item: &ItemId) -> Result<Option<Cell>, ReadFault> {
        let Some(plan) = self.round(round)? else {
            return Ok(None);
        };
        let Some(checklist) = self.checklist(&plan.plan.edition)? else {
            return Ok(None);
        };
        let part = cells::part_of(&checklist, item);
        let cells = cells::load_part(&self.staging(), round, branch, part)?;
        Ok(cells.into_iter().find(|(id, _)| id == item).map(|(_, cell)| cell))
    }

    fn sums(&self, round: RoundId, visit: VisitSums<'_>) -> Result<(), ReadFault> {
        sums::scan(&self.staging(), round, visit)
    }

    fn unfinished(&self, limit: usize) -> Result<Vec<(RoundId, BranchId, InspectionLine)>, ReadFault> {
        let staging = self.staging();
        let mut found = Vec::new();
        let kind = [names::kind::UNFINISHED];
        staging.scan::<()>(&kind, &kind, &mut |name, ()| {
            found.extend(names::inspection_of(name));
            if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let mut lines = Vec::with_capacity(found.len());
        for (round, branch) in found {
            lines.extend(staging.get(&names::inspection(round, branch))?.map(|line| (round, branch, line)));
        }
        Ok(lines)
    }

    fn followed(&self, id: FindingId) -> Result<Option<Followed>, ReadFault> {
        followed::load(&self.staging(), id)
    }

    fn ledger(&self, from: (RoundId, BranchId), visit: VisitFinding<'_>) -> Result<(), ReadFault> {
        followed::scan(&self.staging(), from, visit)
    }

    fn waiting(&self, waiting: Waiting, visit: VisitWaiting<'_>) -> Result<(), ReadFault> {
        queue::scan(&self.staging(), waiting, visit)
    }

    fn tally(&self) -> Result<Tally, ReadFault> {
        Ok(self.staging().get(&names::tally())?.unwrap_or_default())
    }

    fn overdue(&self, today: Day) -> Result<u32, ReadFault> {
        queue::overdue(&self.staging(), today)
    }

    fn on_time(&self, today: Day) -> Result<Rate, ReadFault> {
        promises::come(&self.staging(), today)
    }

    fn whole_ledger(&self) -> Result<LedgerNow, ReadFault> {
        let listeners = Arc::clone(&self.listeners);
        self.columns.now(&self.records, move || listeners.tell(&[]))
    }

    fn ledger_at_once(&self) -> Result<Option<Arc<Ledger>>, ReadFault> {
        let items = self.tally()?.all() as usize;
        self.columns.at_once(&*self.records, items)
    }

    fn lookbacks(&self) -> Result<Vec<LookbackLine>, ReadFault> {
        lookbacks::lines(&self.staging())
    }

    fn lookback(&self, id: LookbackId) -> Result<Option<Lookback>, ReadFault> {
        lookbacks::load(&self.staging(), id)
    }

    fn calibrations(&self, round: RoundId, branch: BranchId) -> Result<Vec<Calibration>, ReadFault> {
        calibrations::all(&self.staging(), round, branch)
    }

    fn calibrating(&self, limit: usize) -> Result<Vec<Calibration>, ReadFault> {
        calibrations::not_over(&self.staging(), limit)
    }

    fn sheet(&self, id: CalibrationId, side: Side, reader: &PersonId) -> Result<Option<Inspection>, ReadFault> {
        calibrations::seen(&self.staging(), id, side, reader)
    }

    fn trail(&self, of: Of, from: Rev, limit: usize) -> Result<Vec<Entry>, ReadFault> {
        if let Of::Sheet(id, _) = of
            && !calibrations::is_open(&self.staging(), id)?
        {
            return Ok(Vec::new());
        }
        self.entries(of, from, limit)
    }

    fn head(&self) -> Seq {
        Seq(self.head.load(Ordering::Acquire))
    }
}

/// Returns the number that the next unit gets: units are numbered from 1 without gaps.
pub(super) fn next_branch(staging: &Staging<'_>) -> Result<BranchId, ReadFault> {
    // Numbers are never reused and units never removed, so the free ones are all above: find the edge by halves.
    let taken = |number: u32| staging.has(&names::branch(BranchId(number)));
    let mut high = 1;
    while taken(high)? {
        high = u32::saturating_mul(high, 2);
    }
    let mut low = high / 2;
    while low + 1 < high {
        let middle = low.midpoint(high);
        if taken(middle)? { low = middle } else { high = middle }
    }
    Ok(BranchId(high.max(1)))
}
