//! Commands that are decided together and written with one sync.

use super::DeskError;
use super::following;
use super::shelf::staging::Staging;
use super::shelf::{Memo, Shelf, absorb, followed, house_rev, load_house, load_inspection, names, next_branch, rev_of};
use crate::domain::{
    Branch, BranchCommand, BranchId, BranchSurroundings, Change, Command, Entry, FindingId, FollowSurroundings,
    History, InspectionChange, InspectionCommand, Of, PersonId, Refusal, Request, Rev, Round, RoundCommand, RoundId,
    RoundLine, RoundSurroundings, Seq, Stamp, WalkSurroundings, decide_branch, decide_follow, decide_house,
    decide_inspection, decide_round,
};

/// Commands that are decided together and written with one sync.
pub struct Group<'records, 'desk> {
    pub staging: Staging<'records>,
    pub memo: &'desk mut Memo,
    pub shelf: &'desk Shelf,
    pub seq: Seq,
    pub now: Stamp,
    pub entries: Vec<Entry>,
}

impl Group<'_, '_> {
    /// Decides one command; answers which entries are its own. A refused command stages nothing.
    pub fn take(&mut self, request: Request) -> Result<std::ops::Range<usize>, DeskError> {
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
                self.fresh(Of::House, house_rev(&self.staging)?, saw)?;
                let changes = decide_house(&load_house(&self.staging)?, by, command)?;
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
                let signed =
                    changes.iter().any(|change| matches!(change, Change::Inspection(InspectionChange::Signed { .. })));
                let mut acts = vec![(Of::Inspection(round, branch), changes)];
                if signed {
                    acts.extend(self.opened(round, branch)?);
                }
                Ok(acts)
            }
            Command::FollowUp(round, branch) => {
                if load_inspection(&self.staging, round, branch)?.signed.is_none() {
                    return Err(Refusal::NotFollowed.into());
                }
                let acts = self.opened(round, branch)?;
                if acts.is_empty() { Err(Refusal::NothingChanged.into()) } else { Ok(acts) }
            }
            Command::Follow(id, step) => {
                let followed = followed::load(&self.staging, id)?.ok_or(Refusal::NotFollowed)?;
                self.fresh(Of::Finding(id), followed.rev, saw)?;
                let house = load_house(&self.staging)?;
                let around = FollowSurroundings {
                    today: self.now.china_day(),
                    actor: &house.actor(by),
                    policy: &house.policy,
                    branch_and_above: &self.above(id.branch)?,
                };
                let changes = decide_follow(&followed, around, step)?;
                Ok(vec![(Of::Finding(id), changes.into_iter().map(Change::Follow).collect())])
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

    /// Lists the acts that make what an inspection has found followed.
    fn opened(&self, round: RoundId, branch: BranchId) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
        let inspection = load_inspection(&self.staging, round, branch)?;
        let house = load_house(&self.staging)?;
        Ok(following::open(&self.staging, &house, &inspection, self.now.china_day())?)
    }

    /// Lists a unit and the units above it.
    fn above(&self, branch: BranchId) -> Result<Vec<BranchId>, DeskError> {
        let mut above = Vec::new();
        let mut next = Some(branch);
        while let Some(id) = next.filter(|id| !above.contains(id)) {
            above.push(id);
            next = self.staging.get::<Branch>(&names::branch(id))?.and_then(|branch| branch.facts.parent);
        }
        Ok(above)
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
            signed: line.is_some_and(|line| line.signed > 0),
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
        let inspection = self.memo.inspection(&self.staging, round, branch)?;
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
        let changes = decide_inspection(inspection, around, by, saw, command)?;
        for change in &changes {
            // What the branch holds in its hands stays what it reads there.
            if let InspectionChange::Found { n, was: Some(_), .. } = change
                && followed::load(&self.staging, FindingId { round, branch, n: *n })?.is_some_and(|f| f.is_issued())
            {
                return Err(Refusal::FindingIssued(*n).into());
            }
        }
        Ok(changes.into_iter().map(Change::Inspection).collect())
    }
}
