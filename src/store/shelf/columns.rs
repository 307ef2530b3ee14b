//! The ledger in columns: made once somebody looks at it, beside the sessions where it is large, and kept up to date by
//! the desk.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::staging::Staging;
use super::{Records, followed};
use crate::domain::{BranchId, FindingId, Ledger, LedgerFinding, LedgerNow, ReadFault, RoundId};
use crate::text::fold;

/// Items that are read within a part of a frame; where there are more, a thread reads them.
const AT_ONCE: usize = 300;
/// How often a ledger that was changed while it was read is read anew before its fault is believed.
const TRIES: u8 = 3;

/// The ledger in columns, as far as it is made.
#[derive(Default)]
pub struct Columns {
    kept: Mutex<Kept>,
    /// Items that the thread has read.
    read: AtomicU32,
}

#[derive(Default)]
enum Kept {
    /// Nobody has looked at it.
    #[default]
    Nothing,
    /// A thread reads it; what was changed meanwhile.
    Coming(Vec<FindingId>),
    /// It is there.
    Whole(Arc<Ledger>),
    /// It could not be read.
    Faulty(ReadFault),
}

impl Columns {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the ledger, or begins to make it; `told` is called from the thread that has made it.
    pub fn now(
        self: &Arc<Self>,
        records: &Arc<dyn Records>,
        told: impl Fn() + Send + 'static,
    ) -> Result<LedgerNow, ReadFault> {
        let mut kept = self.kept();
        match &*kept {
            Kept::Whole(ledger) => return Ok(LedgerNow::Whole(Arc::clone(ledger))),
            Kept::Coming(_) => return Ok(LedgerNow::Coming(self.read.load(Ordering::Relaxed))),
            Kept::Faulty(fault) => {
                let fault = fault.clone();
                *kept = Kept::Nothing;
                return Err(fault);
            }
            Kept::Nothing => {}
        }
        // The desk waits for this lock before it tells of a change: what is read here misses none.
        if let Some(ledger) = small(&**records)? {
            *kept = Kept::Whole(Arc::clone(&ledger));
            return Ok(LedgerNow::Whole(ledger));
        }
        self.read.store(0, Ordering::Relaxed);
        *kept = Kept::Coming(Vec::new());
        drop(kept);
        let (columns, records) = (Arc::clone(self), Arc::clone(records));
        let make = move || {
            columns.make(&*records);
            told();
        };
        if let Err(fault) = std::thread::Builder::new().name("ledger".to_owned()).spawn(make) {
            *self.kept() = Kept::Nothing;
            return Err(ReadFault { record: "ledger".to_owned(), reason: fault.to_string() });
        }
        Ok(LedgerNow::Coming(0))
    }

    /// Returns the ledger of so many items where it is there, or small enough to be made within a part of a frame.
    pub fn at_once(&self, records: &dyn Records, items: usize) -> Result<Option<Arc<Ledger>>, ReadFault> {
        let mut kept = self.kept();
        match &*kept {
            Kept::Whole(ledger) => Ok(Some(Arc::clone(ledger))),
            Kept::Nothing if items <= AT_ONCE => {
                let made = small(records)?;
                if let Some(ledger) = &made {
                    *kept = Kept::Whole(Arc::clone(ledger));
                }
                Ok(made)
            }
            Kept::Nothing | Kept::Coming(_) | Kept::Faulty(_) => Ok(None),
        }
    }

    /// Reads all of it, and once more what was changed meanwhile.
    fn make(&self, records: &dyn Records) {
        let mut tries = 0;
        let (ledger, mut kept) = loop {
            self.read.store(0, Ordering::Relaxed);
            let mut ledger = Ledger::default();
            let made = read(records, &mut |id, finding| {
                ledger.take(id, &finding);
                self.read.store(u32::try_from(ledger.len()).unwrap_or(u32::MAX), Ordering::Relaxed);
                ControlFlow::Continue(())
            });
            let kept = self.kept();
            let changed = matches!(&*kept, Kept::Coming(touched) if !touched.is_empty());
            tries += 1;
            match made {
                Ok(()) => break (Ok(ledger), kept),
                // A record of several pieces that was written while it was read.
                Err(_) if changed && tries < TRIES => {}
                Err(fault) => break (Err(fault), kept),
            }
        };
        let touched = match std::mem::take(&mut *kept) {
            Kept::Coming(touched) => touched,
            _ => Vec::new(),
        };
        let made = ledger.and_then(|mut ledger| {
            for id in touched {
                renew(&mut ledger, records, id)?;
            }
            ledger.fold(fold);
            Ok(ledger)
        });
        *kept = match made {
            Ok(ledger) => Kept::Whole(Arc::new(ledger)),
            Err(fault) => Kept::Faulty(fault),
        };
    }

    /// Takes note that findings have changed; the desk calls it after each commit.
    pub fn changed(&self, records: &dyn Records, findings: &[FindingId]) {
        if findings.is_empty() {
            return;
        }
        let mut kept = self.kept();
        match &mut *kept {
            Kept::Nothing | Kept::Faulty(_) => {}
            Kept::Coming(touched) => touched.extend_from_slice(findings),
            Kept::Whole(ledger) => {
                let ledger = Arc::make_mut(ledger);
                let renewed = findings.iter().try_for_each(|id| renew(ledger, records, *id));
                ledger.fold(fold);
                if let Err(fault) = renewed {
                    *kept = Kept::Faulty(fault);
                }
            }
        }
    }
}

/// Reads a small ledger; nothing where there is more of it.
fn small(records: &dyn Records) -> Result<Option<Arc<Ledger>>, ReadFault> {
    let mut ledger = Ledger::default();
    let mut more = false;
    read(records, &mut |id, finding| {
        ledger.take(id, &finding);
        more = ledger.len() > AT_ONCE;
        if more { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok((!more).then(|| Arc::new(ledger)))
}

fn renew(ledger: &mut Ledger, records: &dyn Records, id: FindingId) -> Result<(), ReadFault> {
    if let Some(followed) = followed::load(&Staging::new(records), id)? {
        ledger.take(id, &LedgerFinding::from(&followed));
    }
    Ok(())
}

fn read(
    records: &dyn Records,
    visit: &mut dyn FnMut(FindingId, LedgerFinding) -> ControlFlow<()>,
) -> Result<(), ReadFault> {
    followed::scan(&Staging::new(records), (RoundId(0), BranchId(0)), visit)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::domain::{
        Class, Day, FindingFacts, FollowChange, Followed, ItemId, PersonId, RectFacts, RectId, Rev, Severity, Stamp,
        State, apply_follow,
    };
    use crate::store::MemoryRecords;
    use crate::store::shelf::staging::Staging;

    fn followed(branch: u32, did: &[crate::domain::Did]) -> Followed {
        let day = Day::new(2026, 12, 1).unwrap();
        let facts = FindingFacts {
            item: ItemId("S-07".to_owned()),
            fact: "記錄不全".to_owned(),
            severity: Severity::Minor,
            class: Class::Limited,
            due: day,
        };
        let id = FindingId { round: RoundId(1), branch: BranchId(branch), n: 1 };
        let draft =
            RectFacts { measure: String::new(), lead: String::new(), post: "支部書記".to_owned(), due: day };
        let opened = FollowChange::Opened { facts, repeat_of: None, nth: 1, relapse_of: None };
        let item = |did| FollowChange::Item { n: 1, on: day, behalf: String::new(), did };
        let mut followed = None;
        let steps = [crate::domain::Did::Drafted(draft)].into_iter().chain(did.iter().cloned()).map(item);
        for change in [opened].into_iter().chain(steps) {
            apply_follow(&mut followed, id, Rev(1), &PersonId("甲".to_owned()), Stamp(0), &change);
        }
        followed.unwrap()
    }

    fn commit(records: &dyn Records, findings: impl Iterator<Item = Followed>) {
        let mut staging = Staging::new(records);
        for finding in findings {
            followed::save(&mut staging, &finding).unwrap();
        }
        records.commit(&staging.into_batch()).unwrap();
    }

    #[test]
    fn a_large_ledger_is_made_beside_the_session_and_misses_no_change() {
        let memory = Arc::new(MemoryRecords::default());
        let records: Arc<dyn Records> = memory;
        let count = u32::try_from(AT_ONCE).unwrap() + 10;
        commit(&*records, (1..=count).map(|branch| followed(branch, &[])));
        let columns = Arc::new(Columns::default());
        let (told, hears) = channel();
        let first = columns.now(&records, move || told.send(()).unwrap()).unwrap();
        assert!(matches!(first, LedgerNow::Coming(_)));
        let issued = followed(3, &[crate::domain::Did::Issued]);
        commit(&*records, [issued].into_iter());
        columns.changed(&*records, &[FindingId { round: RoundId(1), branch: BranchId(3), n: 1 }]);
        hears.recv().unwrap();
        let Ok(LedgerNow::Whole(ledger)) = columns.now(&records, || {}) else { panic!("it is there") };
        assert_eq!(ledger.len(), count as usize);
        let id = FindingId { round: RoundId(1), branch: BranchId(3), n: 1 };
        let row = ledger.row(ledger.find(RectId { finding: id, item: 1 }).unwrap()).unwrap();
        assert_eq!(row.state, State::Issued);
    }

    #[test]
    fn a_ledger_that_cannot_be_read_says_so_once_and_is_tried_again() {
        let memory = Arc::new(MemoryRecords::default());
        let records: Arc<dyn Records> = memory;
        commit(&*records, [followed(1, &[])].into_iter());
        let columns = Arc::new(Columns::default());
        assert!(matches!(columns.now(&records, || {}), Ok(LedgerNow::Whole(_))));
        let name = super::super::names::followed(FindingId { round: RoundId(1), branch: BranchId(1), n: 1 });
        let mut broken = name.clone();
        broken.push(0);
        records.commit(&crate::store::Batch { puts: vec![(broken, Some(vec![1, 2, 3]))] }).unwrap();
        columns.changed(&*records, &[FindingId { round: RoundId(1), branch: BranchId(1), n: 1 }]);
        assert!(columns.now(&records, || {}).is_err());
        assert!(matches!(columns.now(&records, || {}), Ok(LedgerNow::Whole(_))), "the ledger's own records are whole");
    }
}
