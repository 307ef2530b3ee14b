//! What somebody wants in an inspection, and whether it can be.

use super::{
    CardNo, Checklist, FindingFacts, History, Inspection, InspectionChange, Item, ItemId, Judgement, Note, PersonId,
    Refusal, Rev, Round, ScoreLine, Verdict, cards, care, score,
};

/// What somebody wants in an inspection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InspectionCommand {
    /// Give, change or take back verdicts, all of them or none.
    Judge(Vec<(ItemId, Option<Judgement>)>),
    /// Write a note; an empty one removes it.
    Note {
        /// The item.
        item: ItemId,
        /// The text, clean.
        text: String,
    },
    /// Set a mark or take it off.
    Mark {
        /// The item.
        item: ItemId,
        /// Whether it is to be marked.
        on: bool,
    },
    /// Write a finding, or correct the one of this number.
    Find {
        /// Its number, where it exists.
        n: Option<u16>,
        /// What it is to state.
        facts: FindingFacts,
    },
    /// Withdraw a finding.
    Withdraw {
        /// Its number.
        n: u16,
    },
    /// Take a card: the others leave it to this person.
    TakeCard(CardNo),
    /// Give a card back.
    GiveCard(CardNo),
    /// Free a card of somebody else, who is away; the office does that.
    FreeCard(CardNo),
    /// Take back one's own last change.
    Undo,
    /// Do again what one took back last.
    Redo,
    /// Sign: nothing changes afterwards.
    SignOff,
    /// Lift the signature.
    Reopen {
        /// Why; needed.
        reason: String,
    },
}

/// What a command in an inspection is decided with.
#[derive(Clone, Copy, Debug)]
pub struct WalkSurroundings<'a> {
    /// The round, with its plan.
    pub round: &'a Round,
    /// The text that the round is pinned to.
    pub checklist: &'a Checklist,
    /// The person's changes that can be taken back; needed for undo and redo alone.
    pub history: Option<&'a History>,
}

/// Decides what a command means in an inspection, or why it cannot be.
///
/// `saw` is the revision that the person's screen showed: what was touched after it is refused, so that nobody
/// overwrites what they have not seen, while two inspectors may work on different items.
pub fn decide_inspection(
    inspection: &Inspection,
    around: WalkSurroundings<'_>,
    by: &PersonId,
    saw: Rev,
    command: InspectionCommand,
) -> Result<Vec<InspectionChange>, Refusal> {
    if around.round.closed {
        return Err(Refusal::RoundClosed(around.round.id));
    }
    if around.round.branches.binary_search(&inspection.branch).is_err() {
        return Err(Refusal::NotInRound { round: around.round.id, branch: inspection.branch });
    }
    if let (Some(signed), false) = (&inspection.signed, matches!(command, InspectionCommand::Reopen { .. })) {
        return Err(Refusal::AlreadySigned { by: signed.by.clone(), at: signed.at });
    }
    match command {
        InspectionCommand::Judge(verdicts) => judge(inspection, around, saw, verdicts),
        InspectionCommand::Note { item, text } => {
            known(around.checklist, &item)?;
            fresh(inspection.notes.get(&item).map(|note| (note.rev, &note.by, note.at)), saw, &item)?;
            care::check("note", &text, Note::LIMIT)?;
            let was = inspection.note(&item).to_owned();
            if was == text {
                Err(Refusal::NothingChanged)
            } else {
                Ok(vec![InspectionChange::Noted { item, was, now: text }])
            }
        }
        InspectionCommand::Mark { item, on } => {
            known(around.checklist, &item)?;
            if inspection.marked(&item) == on {
                return Err(Refusal::NothingChanged);
            }
            Ok(vec![InspectionChange::Marked { item, now: on }])
        }
        InspectionCommand::Find { n, facts } => find(inspection, around.checklist, saw, n, facts),
        InspectionCommand::Withdraw { n } => {
            let finding = inspection.findings.get(&n).ok_or(Refusal::NoSuchFinding(n))?;
            fresh(Some((finding.rev, &finding.by, finding.at)), saw, &finding.facts.item)?;
            Ok(vec![InspectionChange::Found { n, was: Some(finding.facts.clone()), now: None }])
        }
        InspectionCommand::TakeCard(card) => cards::take(inspection, around.checklist, by, card),
        InspectionCommand::GiveCard(card) => cards::give(inspection, by, card),
        InspectionCommand::FreeCard(card) => cards::free(inspection, card),
        InspectionCommand::Undo => around.history.ok_or(Refusal::NothingToUndo)?.undo(inspection, by),
        InspectionCommand::Redo => around.history.ok_or(Refusal::NothingToRedo)?.redo(inspection, by),
        InspectionCommand::SignOff => {
            // A signature is given for what was seen.
            if let Some((last, at, item)) = inspection.last.as_ref().filter(|_| inspection.rev > saw) {
                return Err(Refusal::Stale { item: item.clone(), by: last.clone(), at: *at });
            }
            let missing = missing(around.checklist, inspection);
            if !missing.is_empty() {
                return Err(Refusal::Incomplete(Box::new(missing)));
            }
            let score = score(around.checklist, inspection);
            Ok(vec![InspectionChange::Signed { score: ScoreLine::from(&score) }])
        }
        InspectionCommand::Reopen { reason } => {
            if inspection.signed.is_none() {
                return Err(Refusal::NothingChanged);
            }
            care::check_needed("reason", &reason, 200)?;
            Ok(vec![InspectionChange::Reopened { reason }])
        }
    }
}

/// What keeps an inspection from being signed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Missing {
    /// Items without a verdict; those of the annex may stay open.
    pub unanswered: Vec<ItemId>,
    /// Items judged 不合格 with neither a finding nor a note that gives an accepted reason.
    ///
    /// Most frequencies in the rules carry 「一般」: a person may accept a reason, and then writes it down.
    pub unexplained: Vec<ItemId>,
}

impl Missing {
    /// Says whether nothing is missing.
    pub const fn is_empty(&self) -> bool {
        self.unanswered.is_empty() && self.unexplained.is_empty()
    }
}

/// Lists what keeps an inspection from being signed.
pub fn missing(checklist: &Checklist, inspection: &Inspection) -> Missing {
    let mut missing = Missing::default();
    for item in &checklist.items {
        match inspection.verdict(&item.id) {
            None if checklist.scored(item) => missing.unanswered.push(item.id.clone()),
            Some(Verdict::Fail)
                if inspection.findings_on(&item.id).next().is_none() && inspection.note(&item.id).trim().is_empty() =>
            {
                missing.unexplained.push(item.id.clone());
            }
            _ => {}
        }
    }
    missing
}

fn judge(
    inspection: &Inspection,
    around: WalkSurroundings<'_>,
    saw: Rev,
    verdicts: Vec<(ItemId, Option<Judgement>)>,
) -> Result<Vec<InspectionChange>, Refusal> {
    let mut changes = Vec::with_capacity(verdicts.len());
    for (id, now) in verdicts {
        let item = known(around.checklist, &id)?;
        fresh(inspection.cells.get(&id).map(|cell| (cell.rev, &cell.by, cell.at)), saw, &id)?;
        if let Some(now) = &now {
            if !around.round.plan.scale.allows(now.verdict) {
                return Err(Refusal::NotOnThisScale(now.verdict));
            }
            care::check("reason", &now.reason, 200)?;
            if now.verdict == Verdict::NotApplicable
                && now.reason.trim().is_empty()
                && needs_reason(around.checklist, item)
            {
                return Err(Refusal::NeedsReason(id));
            }
        }
        let was = inspection.judgement(&id);
        // The last word on an item counts, so that the change can be taken back as one.
        changes.retain(|change| !matches!(change, InspectionChange::Judged { item, .. } if *item == id));
        if was != now {
            changes.push(InspectionChange::Judged { item: id, was, now });
        }
    }
    if changes.is_empty() { Err(Refusal::NothingChanged) } else { Ok(changes) }
}

/// Says whether 不適用 on this item wants a reason.
pub fn needs_reason(checklist: &Checklist, item: &Item) -> bool {
    checklist.scored(item) && !item.na_ok
}

fn find(
    inspection: &Inspection,
    checklist: &Checklist,
    saw: Rev,
    n: Option<u16>,
    facts: FindingFacts,
) -> Result<Vec<InspectionChange>, Refusal> {
    known(checklist, &facts.item)?;
    care::check_needed("fact", &facts.fact, FindingFacts::LIMIT)?;
    if let Some(slot) = super::slots(&facts.fact).first() {
        return Err(Refusal::SlotOpen((*slot).to_owned()));
    }
    let (n, was) = match n {
        None => (inspection.next_finding, None),
        Some(n) => {
            let finding = inspection.findings.get(&n).ok_or(Refusal::NoSuchFinding(n))?;
            fresh(Some((finding.rev, &finding.by, finding.at)), saw, &facts.item)?;
            (n, Some(finding.facts.clone()))
        }
    };
    if was.as_ref() == Some(&facts) {
        return Err(Refusal::NothingChanged);
    }
    Ok(vec![InspectionChange::Found { n, was, now: Some(facts) }])
}

fn known<'a>(checklist: &'a Checklist, id: &ItemId) -> Result<&'a Item, Refusal> {
    checklist.item(id).ok_or_else(|| Refusal::NoSuchItem(id.clone()))
}

fn fresh(touched: Option<(Rev, &PersonId, super::Stamp)>, saw: Rev, item: &ItemId) -> Result<(), Refusal> {
    match touched {
        Some((rev, by, at)) if rev > saw => Err(Refusal::Stale { item: Some(item.clone()), by: by.clone(), at }),
        _ => Ok(()),
    }
}
