//! Commands that are decided together and written with one sync.

use super::admitting::admit;
use super::ending::figures;
use super::shelf::staging::Staging;
use super::shelf::{
    Memo, Shelf, absorb, followed, house_rev, load_house, load_inspection, lookbacks, names, next_branch, person,
    rev_of,
};
use super::{DeskError, following, looking};
use crate::domain::{
    Actor, Branch, BranchCommand, BranchId, BranchSurroundings, Change, Command, Entry, FindingId, FollowStep,
    FollowSurroundings, History, Inspection, InspectionChange, InspectionCommand, LookbackChange, LookbackCommand,
    LookbackId, LookbackSurroundings, Of, PersonId, Refusal, Request, Rev, Round, RoundCommand, RoundId, RoundLine,
    RoundSurroundings, Seq, Stamp, WalkSurroundings, access, decide_branch, decide_house, decide_inspection,
    decide_lookback, decide_round, inherited,
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
        admit(&self.staging, &by, &command)?;
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
            let rev = rev_of(&self.staging, self.memo, of)?.next();
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
                self.branch(id, branch.as_ref(), command)
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
            Command::Lookback(id, command) => self.lookback(id, by, saw, command),
            Command::Follow(id, step) => self.follow(id, by, saw, vec![step]),
            Command::FollowAll(id, steps) => self.follow(id, by, saw, steps),
        }
    }

    fn follow(
        &mut self,
        id: FindingId,
        by: &PersonId,
        saw: Rev,
        steps: Vec<FollowStep>,
    ) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
        let rev = self.memo.followed(&self.staging, id)?.ok_or(Refusal::NotFollowed)?.rev;
        self.fresh(Of::Finding(id), rev, saw)?;
        let house = self.memo.house(&self.staging)?;
        let around = FollowSurroundings {
            today: self.now.china_day(),
            now: self.now,
            actor: &house.actor(by),
            policy: &house.policy,
            posts: &house.posts,
            branch_and_above: &following::above(&self.staging, id.branch)?,
        };
        let followed = self.memo.followed(&self.staging, id)?.ok_or(Refusal::NotFollowed)?;
        let changes = following::steps(followed, around, self.now, steps)?;
        Ok(vec![(Of::Finding(id), changes.into_iter().map(Change::Follow).collect())])
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

    fn lookback(
        &mut self,
        id: LookbackId,
        by: &PersonId,
        saw: Rev,
        command: LookbackCommand,
    ) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
        let lookback = lookbacks::load(&self.staging, id)?;
        let house = load_house(&self.staging)?;
        let mut population = Vec::new();
        let mut followed = None;
        let unit = match &command {
            LookbackCommand::Draw { criteria, .. } => {
                population = looking::population(&self.staging, criteria)?;
                criteria.over
            }
            LookbackCommand::Look { rect, .. } => {
                followed = followed::load(&self.staging, rect.finding)?;
                Some(rect.finding.branch)
            }
            LookbackCommand::End { .. } => lookback.as_ref().and_then(|lookback| lookback.criteria.over),
        };
        if let Some(unknown) = unit.filter(|_| matches!(command, LookbackCommand::Draw { .. }))
            && !self.staging.has(&names::branch(unknown))?
        {
            return Err(Refusal::NoSuchBranch(unknown).into());
        }
        let today = self.now.china_day();
        let around = LookbackSurroundings {
            today,
            actor: &house.actor(by),
            policy: &house.policy,
            posts: &house.posts,
            population: &population,
            followed: followed.as_ref(),
            branch_and_above: &unit.map_or_else(|| Ok(Vec::new()), |unit| following::above(&self.staging, unit))?,
        };
        let changes = decide_lookback(id, lookback.as_ref(), around, saw, command)?;
        let over = changes.iter().any(|change| matches!(change, LookbackChange::Ended { .. }));
        let mut acts = vec![(Of::Lookback(id), changes.into_iter().map(Change::Lookback).collect())];
        if let Some(lookback) = lookback.filter(|_| over) {
            acts.extend(looking::relapses(&self.staging, self.memo, &lookback, today)?);
        }
        Ok(acts)
    }

    /// Decides a command on a unit; a merger is an act on two.
    fn branch(
        &self,
        id: BranchId,
        branch: Option<&Branch>,
        command: BranchCommand,
    ) -> Result<Vec<(Of, Vec<Change>)>, DeskError> {
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
        let heir = match &command {
            BranchCommand::Merge { into, .. } => Some(*into),
            BranchCommand::Restore => branch.and_then(|branch| branch.merged),
            BranchCommand::Add(_) | BranchCommand::Edit(_) | BranchCommand::Retire { .. } => None,
        };
        if let Some(heir) = heir {
            around.heir = self.staging.get(&names::branch(heir))?;
        }
        let changes = decide_branch(id, branch, &around, command)?;
        let heirs: Vec<_> = branch
            .into_iter()
            .flat_map(|branch| changes.iter().filter_map(|change| inherited(branch, change)))
            .collect();
        let mut acts = vec![(Of::Branch(id), changes.into_iter().map(Change::Branch).collect())];
        acts.extend(heirs.into_iter().map(|(heir, change)| (Of::Branch(heir), vec![Change::Branch(change)])));
        Ok(acts)
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
            for (of, changes) in view.branch(id, branch.as_ref(), command)? {
                let rev = rev_of(&view.staging, view.memo, of)?.next();
                let (by, changed) = (by.clone(), changes.clone());
                let entry = Entry { seq: view.seq, at: view.now, by, of, rev, changes: changed, more: false };
                absorb(&mut view.staging, view.memo, &entry)?;
                acts.push((of, changes));
            }
        }
        if acts.is_empty() { Err(Refusal::NothingChanged.into()) } else { Ok(acts) }
    }

    fn round(&mut self, id: RoundId, round: Option<&Round>, command: RoundCommand) -> Result<Vec<Change>, DeskError> {
        let lines: Vec<(Vec<u8>, RoundLine)> = self.staging.all(&[names::kind::ROUND])?;
        let line = lines.iter().map(|(_, line)| line).find(|line| line.id == id);
        let plan = match &command {
            RoundCommand::Open { plan, .. } | RoundCommand::Edit(plan) => Some(plan),
            RoundCommand::Join(_)
            | RoundCommand::Leave(_)
            | RoundCommand::Close
            | RoundCommand::Assign { .. }
            | RoundCommand::Correct { .. } => None,
        };
        let checklist = match plan {
            Some(plan) => self.memo.checklist(&self.staging, &plan.edition)?,
            None => None,
        };
        let held = |code: &String| lines.iter().map(|(_, line)| line).find(|line| line.plan.code == *code);
        let mut unknown = None;
        let named = match &command {
            RoundCommand::Open { branches, .. } | RoundCommand::Join(branches) => branches.as_slice(),
            // A team is taken off a unit that is gone, too.
            RoundCommand::Assign { unit, members } if !members.is_empty() => std::slice::from_ref(unit),
            _ => &[],
        };
        for branch in named {
            let found: Option<Branch> = self.staging.get(&names::branch(*branch))?;
            if !found.is_some_and(|found| found.active) {
                unknown = Some(*branch);
                break;
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
        let figures = match (&command, line) {
            (RoundCommand::Close, Some(line)) => Some(figures(&self.staging, line, self.now.china_day())?),
            _ => None,
        };
        let no_walker = match &command {
            RoundCommand::Assign { members, .. } => self.no_walker(members)?,
            _ => None,
        };
        let around = RoundSurroundings {
            no_walker: no_walker.as_ref(),
            figures: figures.as_ref(),
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

    /// Finds the first person who does not walk here; where nobody is entered, anybody may.
    fn no_walker(&self, members: &[PersonId]) -> Result<Option<PersonId>, DeskError> {
        for member in members {
            let (facts, alone) = person(&self.staging, member)?;
            let actor = Actor { id: member, facts: facts.as_ref(), alone };
            if access::one_of(&actor, access::WALKERS).is_err() {
                return Ok(Some(member.clone()));
            }
        }
        Ok(None)
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
        let renumbered;
        let inspection = if matches!(command, InspectionCommand::Find { n: None, .. }) {
            // A look-back may have given out numbers beyond those that the inspection knows.
            let next_finding = following::next_number(&self.staging, round, branch)?;
            renumbered = Inspection { next_finding, ..inspection.clone() };
            &renumbered
        } else {
            inspection
        };
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
