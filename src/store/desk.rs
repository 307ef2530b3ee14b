//! The desk: the one writer. It decides, writes the journal once for all that wait, and makes the records follow.

use std::sync::Arc;

use super::shelf::staging::Staging;
use super::shelf::{Memo, Shelf, absorb, load_inspection, names, next_branch, remember, rev_of};
use super::{Head, Journal, JournalError, RecordsError};
use crate::domain::{
    Branch, BranchCommand, BranchId, BranchSurroundings, Change, Command, Entry, History, House, InspectionCommand, Of,
    PersonId, ReadFault, Refusal, Request, Rev, Round, RoundCommand, RoundId, RoundLine, RoundSurroundings, Seq, Stamp,
    WalkSurroundings, decide_branch, decide_house, decide_inspection, decide_round,
};

/// Why a command was not acknowledged; nothing of it is true, but for [`DeskError::Records`].
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The house rules refuse it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The journal could not take it.
    #[error(transparent)]
    Journal(#[from] Arc<JournalError>),
    /// The records could not take it: the journal holds it, and the next start makes the records follow.
    #[error("the records do not follow the journal ({0}); the change is kept, start the program again")]
    Records(Arc<RecordsError>),
    /// The records stopped following the journal before: nothing was written.
    #[error("the records do not follow the journal ({0}); nothing is kept any more, start the program again")]
    Behind(Arc<RecordsError>),
    /// A record could not be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// A record of it would be longer than the records take.
    #[error("it makes a record of {0} bytes, which is too long; nothing was kept, say it in fewer words")]
    TooLong(usize),
    /// The store was opened for reading.
    #[error("the store is open for reading only")]
    ReadOnly,
}

impl From<Refusal> for DeskError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A command's acknowledgement: its entries are on the disk.
#[derive(Clone, Debug)]
pub struct Ack {
    /// What was written, in order.
    pub entries: Vec<Entry>,
}

impl Ack {
    /// Returns the last entry's number.
    pub fn seq(&self) -> Seq {
        self.entries.last().map_or(Seq(0), |entry| entry.seq)
    }

    /// Returns the last entry's time.
    pub fn at(&self) -> Stamp {
        self.entries.last().map_or(Stamp(0), |entry| entry.at)
    }
}

/// The one writer of a store.
pub struct Desk {
    journal: Box<dyn Journal>,
    shelf: Arc<Shelf>,
    memo: Memo,
    behind: Option<Arc<RecordsError>>,
    failed: bool,
}

impl Desk {
    /// Seats the writer before a journal and the shelf whose records follow it to its head.
    pub fn new(journal: Box<dyn Journal>, shelf: Arc<Shelf>) -> Self {
        Self { journal, shelf, memo: Memo::default(), behind: None, failed: false }
    }

    /// Returns the shelf that follows this desk.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Says whether the journal or the records have failed, so that nothing is taken any more before the next start.
    pub const fn stopped(&self) -> bool {
        self.failed || self.behind.is_some()
    }

    /// Decides every waiting command in order and writes them with one sync; answers stand in the same order.
    ///
    /// `now` is what the clock says: information for people. The order of things is the entries' number.
    pub fn step(&mut self, now: Stamp, requests: Vec<Request>) -> Vec<Result<Ack, DeskError>> {
        if let Some(behind) = &self.behind {
            return requests.iter().map(|_| Err(DeskError::Behind(Arc::clone(behind)))).collect();
        }
        let shelf = Arc::clone(&self.shelf);
        let mut group = Group {
            staging: Staging::new(&**shelf.records()),
            memo: &mut self.memo,
            shelf: &shelf,
            seq: self.journal.head().seq,
            now,
            entries: Vec::new(),
        };
        let decided: Vec<_> = requests.into_iter().map(|request| group.take(request)).collect();
        let Group { staging, entries, .. } = group;
        if entries.is_empty() {
            return decided.into_iter().map(|answer| answer.map(|_| Ack { entries: Vec::new() })).collect();
        }
        let fault = self.write(staging, &entries).err();
        let answer = |decided: Result<std::ops::Range<usize>, DeskError>| match &fault {
            None => decided.map(|range| Ack { entries: entries.get(range).unwrap_or_default().to_vec() }),
            Some(fault) => decided.and_then(|_| Err(fault.again())),
        };
        decided.into_iter().map(answer).collect()
    }

    fn write(&mut self, mut staging: Staging<'_>, entries: &[Entry]) -> Result<(), DeskError> {
        let offsets = self.journal.append(entries).map_err(|fault| {
            // What the memo has seen of this group was never true.
            self.memo = Memo::default();
            self.failed |= matches!(fault, JournalError::Poisoned { .. });
            DeskError::Journal(Arc::new(fault))
        })?;
        let head = self.journal.head();
        let records = Arc::clone(self.shelf.records());
        let follow = || -> Result<(), Arc<RecordsError>> {
            for (entry, offset) in entries.iter().zip(&offsets) {
                remember(&mut staging, entry.of, entry.rev, *offset).map_err(|fault| Arc::new(fault.into()))?;
            }
            staging.put(names::applied(), &Applied::from(&head)).map_err(|fault| Arc::new(fault.into()))?;
            records.commit(&staging.into_batch()).map_err(Arc::new)
        };
        if let Err(fault) = follow() {
            self.behind = Some(Arc::clone(&fault));
            return Err(DeskError::Records(fault));
        }
        let branches = entries.iter().any(|entry| matches!(entry.of, Of::Branch(_)));
        self.shelf.moved(head.seq, branches);
        Ok(())
    }

    /// Brings sled's own log to the disk: not for safety, but so that the next start has less to catch up with.
    pub fn flush(&self) -> Result<(), RecordsError> {
        self.shelf.records().flush()
    }
}

/// How far the records are written; stands in the same batch as what it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Applied {
    /// The last entry.
    pub seq: Seq,
    /// Its hash.
    pub hash: [u8; 32],
    /// Where the journal ends behind it.
    pub end: u64,
}

impl From<&Head> for Applied {
    fn from(head: &Head) -> Self {
        Self { seq: head.seq, hash: head.hash.0, end: head.end }
    }
}

impl DeskError {
    fn again(&self) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal.clone()),
            Self::Journal(fault) => Self::Journal(Arc::clone(fault)),
            Self::Records(fault) => Self::Records(Arc::clone(fault)),
            Self::Behind(fault) => Self::Behind(Arc::clone(fault)),
            Self::Read(fault) => Self::Read(fault.clone()),
            Self::TooLong(len) => Self::TooLong(*len),
            Self::ReadOnly => Self::ReadOnly,
        }
    }
}

/// Commands that are decided together and written with one sync.
struct Group<'records, 'desk> {
    staging: Staging<'records>,
    memo: &'desk mut Memo,
    shelf: &'desk Shelf,
    seq: Seq,
    now: Stamp,
    entries: Vec<Entry>,
}

impl Group<'_, '_> {
    /// Decides one command; answers which entries are its own. A refused command stages nothing.
    fn take(&mut self, request: Request) -> Result<std::ops::Range<usize>, DeskError> {
        let first = self.entries.len();
        let Request { by, saw, command } = request;
        let acts = self.decide(&by, saw, command)?;
        let seq = self.seq;
        self.staging.begin();
        if let Err(fault) = self.stage(&by, acts) {
            // A number that was given out and not written would break the journal's chain.
            self.staging.take_back();
            self.entries.truncate(first);
            self.seq = seq;
            *self.memo = Memo::default();
            return Err(fault);
        }
        Ok(first..self.entries.len())
    }

    fn stage(&mut self, by: &PersonId, acts: Vec<(Of, Vec<Change>)>) -> Result<(), DeskError> {
        let last = acts.len().saturating_sub(1);
        for (i, (of, changes)) in acts.into_iter().enumerate() {
            let rev = rev_of(&self.staging, of)?.next();
            self.seq = self.seq.next();
            let entry = Entry { seq: self.seq, at: self.now, by: by.clone(), of, rev, changes, more: i < last };
            absorb(&mut self.staging, self.memo, &entry)?;
            self.entries.push(entry);
        }
        self.staging.too_long().map_or(Ok(()), |len| Err(DeskError::TooLong(len)))
    }

    fn decide(&mut self, by: &PersonId, saw: Rev, command: Command) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
        match command {
            Command::House(command) => {
                let house: House = self.staging.get(&names::house())?.unwrap_or_default();
                self.fresh(Of::House, house.rev, saw)?;
                let changes = decide_house(&house, command)?;
                Ok(vec![(Of::House, changes.into_iter().map(Change::House).collect())])
            }
            Command::Branch(id, command) => {
                let branch: Option<Branch> = self.staging.get(&names::branch(id))?;
                self.fresh(Of::Branch(id), branch.as_ref().map_or(Rev(0), |branch| branch.rev), saw)?;
                self.branch(id, branch.as_ref(), command).map(|changes| vec![(Of::Branch(id), changes)])
            }
            Command::BranchList(list) => self.branch_list(by, list),
            Command::AddEdition(id, checklist) => {
                if self.staging.has(&names::edition(&id))? {
                    return Err(Refusal::NothingChanged.into());
                }
                Ok(vec![(Of::Edition(id), vec![Change::Edition(checklist)])])
            }
            Command::Round(id, command) => {
                let round = self.memo.round(&self.staging, id)?;
                self.fresh(Of::Round(id), round.as_ref().map_or(Rev(0), |round| round.rev), saw)?;
                let changes = self.round(id, round.as_deref(), command)?;
                Ok(vec![(Of::Round(id), changes)])
            }
            Command::Inspection(round, branch, command) => {
                let changes = self.inspection(round, branch, by, saw, command)?;
                Ok(vec![(Of::Inspection(round, branch), changes)])
            }
        }
    }

    /// Refuses what was decided on a screen that somebody has overtaken.
    fn fresh(&self, of: Of, rev: Rev, saw: Rev) -> Result<(), DeskError> {
        if rev <= saw {
            return Ok(());
        }
        let staged = self.entries.iter().rev().find(|entry| entry.of == of).cloned();
        let last = match staged {
            Some(entry) => Some(entry),
            None => self.shelf.entries(of, rev, 1)?.pop(),
        };
        let (by, at) = last.map_or_else(Default::default, |entry| (entry.by, entry.at));
        Err(Refusal::Stale { item: None, by, at }.into())
    }

    fn branch(&self, id: BranchId, branch: Option<&Branch>, command: BranchCommand) -> Result<Vec<Change>, DeskError> {
        let mut around = BranchSurroundings::default();
        if let BranchCommand::Add(facts) | BranchCommand::Edit(facts) = &command {
            around.code_holder = self.staging.get(&names::branch_code(&facts.code))?;
            let mut next = facts.parent;
            while let Some(parent) = next.filter(|parent| !around.ancestors.contains(parent)) {
                let Some(above) = self.staging.get::<Branch>(&names::branch(parent))? else {
                    break;
                };
                around.ancestors.push(parent);
                next = above.facts.parent;
            }
        }
        let changes = decide_branch(id, branch, &around, command)?;
        Ok(changes.into_iter().map(Change::Branch).collect())
    }

    /// Decides a list of units against each other: each is staged on a view of its own before the next is decided.
    fn branch_list(
        &mut self,
        by: &PersonId,
        list: Vec<(BranchId, BranchCommand)>,
    ) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
        let mut acts = Vec::with_capacity(list.len());
        let mut view = Group {
            staging: self.staging.fork(),
            memo: &mut Memo::default(),
            shelf: self.shelf,
            seq: self.seq,
            now: self.now,
            entries: Vec::new(),
        };
        let first = next_branch(&view.staging)?;
        for (id, command) in list {
            let branch: Option<Branch> = view.staging.get(&names::branch(id))?;
            if branch.is_none() && id < first {
                return Err(Refusal::NoSuchBranch(id).into());
            }
            let changes = view.branch(id, branch.as_ref(), command)?;
            let of = Of::Branch(id);
            let rev = rev_of(&view.staging, of)?.next();
            let entry =
                Entry { seq: view.seq, at: view.now, by: by.clone(), of, rev, changes: changes.clone(), more: false };
            absorb(&mut view.staging, view.memo, &entry)?;
            acts.push((of, changes));
        }
        if acts.is_empty() { Err(Refusal::NothingChanged.into()) } else { Ok(acts) }
    }

    fn round(&mut self, id: RoundId, round: Option<&Round>, command: RoundCommand) -> Result<Vec<Change>, DeskError> {
        let lines: Vec<(Vec<u8>, RoundLine)> = self.staging.all(&[names::kind::ROUND])?;
        let line = lines.iter().map(|(_, line)| line).find(|line| line.id == id);
        let plan = match &command {
            RoundCommand::Open { plan, .. } | RoundCommand::Edit(plan) => Some(plan),
            RoundCommand::Join(_) | RoundCommand::Leave(_) | RoundCommand::Close => None,
        };
        let checklist = match plan {
            Some(plan) => self.memo.checklist(&self.staging, &plan.edition)?,
            None => None,
        };
        let held = |code: &String| lines.iter().map(|(_, line)| line).find(|line| line.plan.code == *code);
        let mut unknown = None;
        if let RoundCommand::Open { branches, .. } | RoundCommand::Join(branches) = &command {
            for branch in branches {
                let found: Option<Branch> = self.staging.get(&names::branch(*branch))?;
                if !found.is_some_and(|found| found.active) {
                    unknown = Some(*branch);
                    break;
                }
            }
        }
        let mut walked = None;
        if let RoundCommand::Leave(branches) = &command {
            for branch in branches {
                if self.staging.has(&names::inspection(id, *branch))? {
                    walked = Some(*branch);
                    break;
                }
            }
        }
        let around = RoundSurroundings {
            checklist: checklist.as_deref(),
            code_holder: plan.and_then(|plan| held(&plan.code)).map(|line| line.id),
            unknown_branch: unknown,
            walked,
            begun: line.is_some_and(|line| line.started > 0),
            unsigned: line.map_or(0, |line| line.started.saturating_sub(line.signed) as usize),
        };
        let changes = decide_round(id, round, around, command)?;
        Ok(changes.into_iter().map(Change::Round).collect())
    }

    fn inspection(
        &mut self,
        round: RoundId,
        branch: BranchId,
        by: &PersonId,
        saw: Rev,
        command: InspectionCommand,
    ) -> Result<Vec<Change>, DeskError> {
        let plan = self.memo.round(&self.staging, round)?.ok_or(Refusal::NoSuchRound(round))?;
        let edition = plan.plan.edition;
        let checklist = self.memo.checklist(&self.staging, &edition)?.ok_or(Refusal::NoSuchEdition(edition))?;
        let inspection = load_inspection(&self.staging, round, branch)?;
        let history = match command {
            InspectionCommand::Undo | InspectionCommand::Redo => {
                let of = Of::Inspection(round, branch);
                let mut trail = self.shelf.entries(of, Rev(1), usize::MAX)?;
                trail.extend(self.entries.iter().filter(|entry| entry.of == of).cloned());
                Some(History::of(by, &trail))
            }
            _ => None,
        };
        let around = WalkSurroundings { round: &plan, checklist: &checklist, history: history.as_ref() };
        let changes = decide_inspection(&inspection, around, by, saw, command)?;
        Ok(changes.into_iter().map(Change::Inspection).collect())
    }
}
