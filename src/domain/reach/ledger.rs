//! The ledger as far as it is seen: cut out of the columns of the whole, and kept up to date with them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::{
    BranchId, Counts, Day, Ledger, LedgerAnalysis, LedgerNow, LedgerRow, RateKind, ReadFault, Reading, RectId, RoundId,
    Seq, VisitFinding, VisitWaiting, Waiting, waits,
};
use super::locked;
use super::part::Part;

/// The most inspections of a part whose ledger is read by itself while the whole one is still coming.
const READ: usize = 500;

/// The ledger of a part, and from what it was made.
pub struct Cut {
    from: Source,
    seen: Arc<Ledger>,
    /// What it comes to on a day, until it is another.
    counted: Option<(Day, Counts)>,
}

enum Source {
    /// The columns of the whole.
    Whole(Arc<Ledger>),
    /// What was read by itself at an entry.
    Read(Seq),
}

impl Part {
    /// Visits the findings of the part: what lies between them is leapt over.
    pub fn visit(
        &self,
        all: &dyn Reading,
        from: (RoundId, BranchId),
        visit: VisitFinding<'_>,
    ) -> Result<(), ReadFault> {
        let mut next = self.next(from);
        while let Some(from) = next.take() {
            all.ledger(from, &mut |id, finding| {
                if self.has(id.branch) {
                    return visit(id, finding);
                }
                next = self.next((id.round, id.branch));
                ControlFlow::Break(())
            })?;
        }
        Ok(())
    }

    /// Returns the ledger of the part in columns.
    pub fn columns(&self, all: &dyn Reading) -> Result<LedgerNow, ReadFault> {
        match all.whole_ledger()? {
            LedgerNow::Whole(whole) => Ok(LedgerNow::Whole(self.cut(whole))),
            // How far it is read is a count of what is not seen.
            LedgerNow::Coming(_) => Ok(self.read(all)?.map_or(LedgerNow::Coming(0), LedgerNow::Whole)),
        }
    }

    /// Returns the ledger of the part in columns where that takes a part of a frame.
    pub fn at_once(&self, all: &dyn Reading) -> Result<Option<Arc<Ledger>>, ReadFault> {
        match all.ledger_at_once()? {
            Some(whole) => Ok(Some(self.cut(whole))),
            None => self.read(all),
        }
    }

    /// Reads the ledger of a small part by itself; nothing where the part is large.
    fn read(&self, all: &dyn Reading) -> Result<Option<Arc<Ledger>>, ReadFault> {
        if self.units.len() * all.rounds()?.len() > READ {
            return Ok(None);
        }
        let at = all.head();
        let mut kept = locked(&self.ledger);
        if let Some(Cut { from: Source::Read(read), seen, .. }) = &*kept
            && *read == at
        {
            return Ok(Some(Arc::clone(seen)));
        }
        let mut seen = Ledger::default();
        self.visit(all, (RoundId(0), BranchId(0)), &mut |id, finding| {
            seen.take(id, &finding);
            ControlFlow::Continue(())
        })?;
        let seen = Arc::new(seen);
        *kept = Some(Cut { from: Source::Read(at), seen: Arc::clone(&seen), counted: None });
        Ok(Some(seen))
    }

    /// Cuts the part out of the whole; what has not changed since the last time is not looked at.
    fn cut(&self, whole: Arc<Ledger>) -> Arc<Ledger> {
        let mut kept = locked(&self.ledger);
        if let Some(Cut { from: Source::Whole(from), seen, counted }) = &mut *kept {
            if Arc::ptr_eq(from, &whole) {
                return Arc::clone(seen);
            }
            if let Some(changed) = whole.changed_since(from) {
                let rows = changed.into_iter().filter_map(|at| whole.row(at));
                for row in rows.filter(|row| self.has(row.id.finding.branch)) {
                    Arc::make_mut(seen).copy(row, whole.names());
                    *counted = None;
                }
                *from = whole;
                return Arc::clone(seen);
            }
        }
        let mut seen = Ledger::default();
        let rows = whole.by_item().map(|(_, row)| row);
        for row in rows.filter(|row| self.has(row.id.finding.branch)) {
            seen.copy(row, whole.names());
        }
        let seen = Arc::new(seen);
        *kept = Some(Cut { from: Source::Whole(whole), seen: Arc::clone(&seen), counted: None });
        seen
    }

    /// Visits what waits for somebody in the part, the earliest day first.
    pub fn waiting(&self, all: &dyn Reading, waiting: Waiting, visit: VisitWaiting<'_>) -> Result<(), ReadFault> {
        let Some(ledger) = self.at_once(all)? else {
            return all.waiting(waiting, &mut |day, id| {
                if self.has(id.finding.branch) { visit(day, id) } else { ControlFlow::Continue(()) }
            });
        };
        let stands = |row: &LedgerRow| waits(row.state, row.checked, row.asked).any(|other| other == waiting);
        let rows = ledger.rows().filter(|(_, row)| stands(row));
        // Whoever visits wants the first few of many: the rest is not put in order.
        let mut queue: BinaryHeap<Reverse<(Day, RectId)>> = rows.map(|(_, row)| Reverse((row.due, row.id))).collect();
        while let Some(Reverse((day, id))) = queue.pop() {
            if visit(day, id).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Counts how many items of the part stand where, where its columns are there; once for each change of them.
    pub fn counts_at_once(&self, all: &dyn Reading, today: Day) -> Result<Option<Counts>, ReadFault> {
        let Some(ledger) = self.at_once(all)? else { return Ok(None) };
        let mut kept = locked(&self.ledger);
        let Some(cut) = kept.as_mut().filter(|cut| Arc::ptr_eq(&cut.seen, &ledger)) else {
            return Ok(Some(counted(&ledger, today)));
        };
        if let Some((_, counts)) = cut.counted.filter(|(day, _)| *day == today) {
            return Ok(Some(counts));
        }
        let counts = counted(&ledger, today);
        cut.counted = Some((today, counts));
        Ok(Some(counts))
    }

    /// Counts how many items of the part stand where, however long that takes.
    pub fn counts(&self, all: &dyn Reading, today: Day) -> Result<Counts, ReadFault> {
        if let Some(counts) = self.counts_at_once(all, today)? {
            return Ok(counts);
        }
        let mut counts = Counts::default();
        self.visit(all, (RoundId(0), BranchId(0)), &mut |_, finding| {
            counts.take(&finding, today);
            ControlFlow::Continue(())
        })?;
        Ok(counts)
    }
}

fn counted(ledger: &Ledger, today: Day) -> Counts {
    let mut counts = Counts::default();
    for (_, row) in ledger.rows() {
        counts.tally.add_row(row);
        counts.overdue += u32::from(row.state.is_open() && row.due < today);
    }
    let [_, both] = LedgerAnalysis::of(ledger, today, RoundId(0), |_| true);
    counts.on_time = both.rates.rate(RateKind::OnTime);
    counts
}
