//! One trial: a store on a simulated disk, what happens to it, and what must be true of it afterwards.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tijian::domain::{Entry, Reading, Request, Seq, Stamp};
use tijian::store::{
    Ack, Desk, DeskError, FileJournal, Found, Head, Journal, JournalError, JournalReader, MemoryJournal, MemoryRecords,
    Notice, OpenError, Records, seat, verify,
};

use super::FOLDER;
use super::dice::Dice;
use super::disk::{End, SimDisk, Survival};
use super::records::SimRecords;

/// A journal that tells what it was asked to write.
struct Told {
    journal: FileJournal,
    asked: Arc<Mutex<Vec<Entry>>>,
}

impl Journal for Told {
    fn head(&self) -> Head {
        self.journal.head()
    }

    fn append(&mut self, entries: &[Entry]) -> Result<Vec<u64>, JournalError> {
        *self.asked.lock().unwrap() = entries.to_vec();
        self.journal.append(entries)
    }

    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        self.journal.reader()
    }
}

/// What became of a group of commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Nothing was to be written.
    Empty,
    /// It was acknowledged, or said to be kept.
    Kept,
    /// It was said not to be kept.
    NotKept,
    /// The journal failed: it is not known what of it is on the disk.
    Unknown,
}

/// A store on a simulated disk.
pub struct Trial {
    pub disk: SimDisk,
    pub dice: Dice,
    pub desk: Option<Desk>,
    records: Arc<SimRecords>,
    asked: Arc<Mutex<Vec<Entry>>>,
    /// What must be there: what was acknowledged, and what a start has shown.
    must: Vec<Entry>,
    /// What may be there besides: a group that was on its way when the journal failed.
    may: Vec<Entry>,
    /// Whether the desk must not take anything any more.
    stopped: bool,
    twin: Desk,
    /// What happened, for a person who reads why a trial failed.
    pub told: Vec<String>,
}

impl Drop for Trial {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.told.join("\n"));
        }
    }
}

/// Seats a desk that never fails before entries.
fn twin(entries: &[Entry]) -> Desk {
    let mut journal = MemoryJournal::default();
    journal.append(entries).unwrap();
    let found = Found { records: Arc::new(MemoryRecords::default()), trusted: true, broken: false };
    let anew = &mut |_| Ok((Arc::new(MemoryRecords::default()) as Arc<dyn Records>, None));
    seat(Box::new(journal), found, anew, &mut |_, _| ControlFlow::Continue(()), &mut Vec::new()).unwrap()
}

/// Lists the records, without those that say where something lies in the journal's file.
fn dump(records: &dyn Records) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut all = BTreeMap::new();
    let look = &mut |name: &[u8], value: &[u8]| {
        if !matches!(name[0], b't' | b'm') {
            all.insert(name.to_vec(), value.to_vec());
        }
        ControlFlow::Continue(())
    };
    records.scan(&[], &[], look).unwrap();
    all
}

impl Trial {
    /// Begins with an empty disk.
    pub fn new(mut dice: Dice) -> Self {
        let disk = SimDisk::new(dice.another());
        let records = Arc::new(SimRecords::new(disk.clone()));
        let asked = Arc::default();
        Self {
            disk,
            dice,
            desk: None,
            records,
            asked,
            must: Vec::new(),
            may: Vec::new(),
            stopped: false,
            twin: twin(&[]),
            told: Vec::new(),
        }
    }

    /// Hands requests to the desk, and holds its answers to what it says of them.
    pub fn asks(&mut self, now: Stamp, requests: &[Request]) {
        let Some(desk) = self.desk.as_mut() else { return };
        self.asked.lock().unwrap().clear();
        let answers = desk.step(now, requests.to_vec());
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        self.told.push(format!("at call {}: {} asked, {} entries", self.disk.calls(), requests.len(), asked.len()));
        assert_eq!(answers.len(), requests.len());
        if self.disk.ended().is_some() {
            // Nobody has heard the answers.
            if !self.stopped {
                self.may = asked;
            }
            return;
        }
        let fate = self.fate(&answers, &asked);
        self.told.push(format!("  {fate:?}"));
        match fate {
            Fate::Kept => self.must.extend(asked),
            Fate::Unknown if !self.stopped => (self.may, self.stopped) = (asked, true),
            Fate::Empty | Fate::NotKept | Fate::Unknown => {}
        }
        if matches!(fate, Fate::Kept | Fate::Empty) {
            self.agrees_with_the_twin(now, requests, &answers);
        }
        if let (Fate::Kept, Some(Err(DeskError::Records(_)))) = (fate, answers.iter().find(|answer| written(answer))) {
            self.stopped = true;
        } else {
            self.shows_what_must_be();
        }
        assert_eq!(self.desk.as_ref().map(Desk::stopped), Some(self.stopped));
    }

    /// Reads out of the answers what became of the group, and that they say the same.
    fn fate(&self, answers: &[Result<Ack, DeskError>], asked: &[Entry]) -> Fate {
        let acknowledged: Vec<&Entry> = answers.iter().flatten().flat_map(|ack| &ack.entries).collect();
        let fates: Vec<Fate> = answers.iter().filter_map(fate_of).collect();
        let fate = fates.first().copied().unwrap_or(Fate::Empty);
        assert!(fates.iter().all(|other| *other == fate), "{answers:?}");
        match answers.iter().any(Result::is_ok) {
            true => {
                assert!(!self.stopped, "acknowledged after a failure");
                assert!(acknowledged.into_iter().eq(asked), "what is acknowledged is what was written");
            }
            false if fate == Fate::Kept => assert!(!asked.is_empty(), "nothing was written, and it is said to be kept"),
            false => assert!(!self.disk.sync_failed() || fate != Fate::Kept, "kept behind a sync that failed"),
        }
        if self.disk.sync_failed() {
            assert!(matches!(fate, Fate::Unknown | Fate::Empty), "{answers:?}");
        }
        fate
    }

    /// Asks a desk that never failed the same: what was not kept must have left nothing behind, not even in mind.
    fn agrees_with_the_twin(&mut self, now: Stamp, requests: &[Request], answers: &[Result<Ack, DeskError>]) {
        if answers.iter().any(|answer| matches!(answer, Err(DeskError::Read(_)))) {
            self.twin = twin(&self.must);
            return;
        }
        if self.stopped {
            return;
        }
        let wanted = self.twin.step(now, requests.to_vec());
        for (answer, wanted) in answers.iter().zip(&wanted) {
            match (answer, wanted) {
                (Ok(answer), Ok(wanted)) => assert_eq!(answer.entries, wanted.entries),
                (Err(DeskError::Records(_)), Ok(_)) => {}
                (Err(DeskError::Refused(answer)), Err(DeskError::Refused(wanted))) => assert_eq!(answer, wanted),
                _ => panic!("{answer:?} instead of {wanted:?}"),
            }
        }
    }

    /// Checks that what sessions read is what must be there and nothing else.
    fn shows_what_must_be(&self) {
        let Some(desk) = self.desk.as_ref().filter(|_| !self.stopped) else { return };
        assert_eq!(desk.shelf().head(), Seq(self.must.len() as u64));
        assert!(dump(&**desk.shelf().records()) == dump(&**self.twin.shelf().records()), "the records differ");
    }

    /// Ends the process, in order or not, and starts it again until it is up.
    pub fn starts_again(&mut self, end: Option<End>) {
        if let Some(end) = end {
            self.disk.end(end);
        }
        loop {
            self.desk = None;
            let how = *self.dice.pick(&[Survival::Nothing, Survival::Prefix, Survival::Sectors]);
            let ended = self.disk.ended();
            self.told.push(format!("ended {ended:?}, {how:?}"));
            if ended.is_some() || self.stopped {
                self.records = Arc::new(self.records.after(ended, &mut self.dice));
            }
            self.disk.starts_again(how);
            let planned = self.disk.plans();
            match self.opens(ended) {
                Ok(()) => return,
                Err(fault) => {
                    self.told.push(format!("it did not open: {fault}"));
                    let full = self.must.is_empty() && self.disk.is_full();
                    assert!(planned > self.disk.plans() || full, "the store does not open: {fault}");
                    if full {
                        self.disk.room(None);
                    }
                }
            }
        }
    }

    fn opens(&mut self, ended: Option<End>) -> Result<(), OpenError> {
        let trusted = ended != Some(End::Cut) || self.dice.one_in(2);
        let (journal, cut) = FileJournal::open_on(Arc::new(self.disk.clone()), Path::new(FOLDER))?;
        if cut.is_some() {
            assert!(!self.may.is_empty(), "cut without a reason: {cut:?}");
        }
        let told = Told { journal, asked: Arc::clone(&self.asked) };
        let found = Found { records: Arc::clone(&self.records) as Arc<dyn Records>, trusted, broken: false };
        let (mut notices, mut made, disk) = (Vec::new(), None, self.disk.clone());
        let anew = &mut |_| {
            let records = Arc::new(SimRecords::new(disk.clone()));
            made = Some(Arc::clone(&records));
            Ok((records as Arc<dyn Records>, None))
        };
        let desk = seat(Box::new(told), found, anew, &mut |_, _| ControlFlow::Continue(()), &mut notices);
        if let Some(made) = made {
            self.records = made;
        }
        let desk = desk?;
        let short = notices.iter().find(|notice| matches!(notice, Notice::JournalShort { .. }));
        assert!(short.is_none(), "the records had seen more: {short:?}");
        // A look at everything is part of the trial, not of the store.
        let plans = self.disk.lift_plans();
        self.holds();
        self.disk.lay_plans(plans);
        (self.desk, self.stopped) = (Some(desk), false);
        self.told.push(format!("it is open with {} entries, {notices:?}", self.must.len()));
        self.shows_what_must_be();
        Ok(())
    }

    /// Checks the whole store: the journal holds what it must and whole acts of what it may, and the records follow.
    fn holds(&mut self) {
        let (journal, cut) = FileJournal::open_on(Arc::new(self.disk.clone()), Path::new(FOLDER)).unwrap();
        assert_eq!(cut, None, "it is cut once");
        let reader = journal.reader().unwrap();
        let mut entries = Vec::new();
        let visit = &mut |entry: &Entry, _: std::ops::Range<u64>, _: &tijian::store::Hash| {
            entries.push(entry.clone());
            ControlFlow::Continue(())
        };
        reader.scan(None, visit).unwrap();
        let (must, more) = entries.split_at_checked(self.must.len()).unwrap_or_else(|| {
            panic!("{} acknowledged entries, {} are left", self.must.len(), entries.len());
        });
        assert!(must == self.must, "an acknowledged entry is not what it was");
        assert!(self.may.starts_with(more), "what nobody had asked for is there");
        assert!(more.last().is_none_or(|last| !last.more), "an act is there in part");
        let verified = verify(&*reader, &*self.records, &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(verified.differing, Vec::<String>::new());
        if !more.is_empty() {
            self.twin = twin(&entries);
        }
        // What a start has shown is as good as acknowledged.
        (self.must, self.may) = (entries, Vec::new());
    }

    /// Tells how many entries are there.
    pub fn entries(&self) -> usize {
        self.must.len()
    }
}

fn written(answer: &Result<Ack, DeskError>) -> bool {
    fate_of(answer).is_some()
}

fn fate_of(answer: &Result<Ack, DeskError>) -> Option<Fate> {
    match answer {
        Ok(_) | Err(DeskError::Records(_)) => Some(Fate::Kept),
        // A command whose trail could not be read is refused alone.
        Err(DeskError::Refused(_) | DeskError::Read(_)) => None,
        Err(DeskError::Behind(_)) => Some(Fate::NotKept),
        Err(DeskError::Journal(fault)) => Some(match **fault {
            JournalError::Poisoned { .. } => Fate::Unknown,
            JournalError::Full | JournalError::Write(_) => Fate::NotKept,
            _ => panic!("{fault}"),
        }),
        Err(fault) => panic!("{fault}"),
    }
}
