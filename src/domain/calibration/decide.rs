//! Decides what somebody wants of a calibration, or why it cannot be.

use super::{Agreement, Calibration, CalibrationChange, CalibrationId, CalibrationRefusal, Choice, Extent, sheet};
use crate::domain::{
    Checklist, Inspection, ItemId, PersonId, REASON_LIMIT, Refusal, Rev, Round, Verdict, care, needs_reason,
};

/// What somebody wants of a calibration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalibrationCommand {
    /// Have two inspectors judge the same items blind.
    Begin {
        /// The two.
        walkers: [PersonId; 2],
        /// The items.
        extent: Extent,
    },
    /// Hand in one's own sheet (交卷).
    HandIn,
    /// Take verdicts for items on which they differ, all of them or none.
    Choose(Vec<(ItemId, Choice)>),
    /// Make the verdicts those of the inspection.
    Merge,
    /// Call it off.
    CallOff {
        /// Why; needed.
        reason: String,
    },
}

/// What a command on a calibration is decided with.
#[derive(Clone, Copy, Debug)]
pub struct CalibrationSurroundings<'a> {
    /// The round, with its plan.
    pub round: &'a Round,
    /// The text that the round is pinned to.
    pub checklist: &'a Checklist,
    /// The inspection, as everybody sees it.
    pub inspection: &'a Inspection,
    /// What each of the two has judged.
    pub sheets: &'a [Inspection; 2],
    /// Another calibration of the inspection that is not over.
    pub under_way: Option<&'a Calibration>,
    /// The first of the two who does not walk here.
    pub no_walker: Option<&'a PersonId>,
}

/// Decides what a command means for a calibration, or why it cannot be.
///
/// `saw` is the revision that the person's screen showed: two may choose for different items at the same time.
pub fn decide_calibration(
    id: CalibrationId,
    calibration: Option<&Calibration>,
    around: CalibrationSurroundings<'_>,
    by: &PersonId,
    saw: Rev,
    command: CalibrationCommand,
) -> Result<Vec<CalibrationChange>, Refusal> {
    if let CalibrationCommand::Begin { walkers, extent } = command {
        return match calibration {
            Some(_) => Err(CalibrationRefusal::Exists(id).into()),
            None => begin(id, around, walkers, extent),
        };
    }
    let calibration = calibration.ok_or(CalibrationRefusal::Unknown)?;
    if let Some(end) = &calibration.end {
        return Err(CalibrationRefusal::Over { by: end.by.clone(), at: end.at }.into());
    }
    let agreement = || {
        if calibration.is_open() {
            Ok(Agreement::of(calibration, around.checklist, around.sheets))
        } else {
            Err(Refusal::from(CalibrationRefusal::StillOut(calibration.still_out())))
        }
    };
    match command {
        CalibrationCommand::Begin { .. } => Err(CalibrationRefusal::Exists(id).into()),
        CalibrationCommand::HandIn => {
            let two = || CalibrationRefusal::NotOneOfTheTwo(calibration.walkers.clone());
            let side = calibration.side_of(by).ok_or_else(two)?;
            sheet::at_work(calibration, side, by)?;
            let sheet = side.of(around.sheets);
            let open = calibration.extent.items(around.checklist);
            let open = open.filter(|item| around.checklist.scored(item) && sheet.verdict(&item.id).is_none());
            let open: Vec<ItemId> = open.map(|item| item.id.clone()).collect();
            if !open.is_empty() {
                return Err(CalibrationRefusal::Unanswered(open).into());
            }
            Ok(vec![CalibrationChange::HandedIn { side }])
        }
        CalibrationCommand::Choose(choices) => {
            let agreement = agreement()?;
            let mut changes = Vec::with_capacity(choices.len());
            for (item, now) in choices {
                choose(calibration, around, &agreement, saw, &item, &now)?;
                let stood = calibration.chosen.get(&item).map(|chosen| &chosen.choice);
                // The last word on an item counts.
                changes.retain(|change| !matches!(change, CalibrationChange::Chosen { item: of, .. } if *of == item));
                if stood != Some(&now) {
                    changes.push(CalibrationChange::Chosen { item, now });
                }
            }
            if changes.is_empty() { Err(Refusal::NothingChanged) } else { Ok(changes) }
        }
        CalibrationCommand::Merge => {
            // What is merged is what was seen.
            if calibration.rev > saw {
                let (by, at) = calibration.last.clone();
                return Err(Refusal::Stale { item: None, by, at });
            }
            agreement()?.merger(calibration)?;
            Ok(vec![CalibrationChange::Merged {}])
        }
        CalibrationCommand::CallOff { reason } => {
            care::check_needed("reason", &reason, REASON_LIMIT)?;
            Ok(vec![CalibrationChange::CalledOff { reason }])
        }
    }
}

fn begin(
    id: CalibrationId,
    around: CalibrationSurroundings<'_>,
    walkers: [PersonId; 2],
    extent: Extent,
) -> Result<Vec<CalibrationChange>, Refusal> {
    if around.round.closed {
        return Err(Refusal::RoundClosed(id.round));
    }
    if around.round.branches.binary_search(&id.branch).is_err() {
        return Err(Refusal::NotInRound { round: id.round, branch: id.branch });
    }
    if let Some(signed) = &around.inspection.signed {
        return Err(Refusal::AlreadySigned { by: signed.by.clone(), at: signed.at });
    }
    if let Some(other) = around.under_way {
        return Err(CalibrationRefusal::UnderWay { by: other.by.0.clone(), at: other.by.1 }.into());
    }
    let [first, second] = &walkers;
    if first == second {
        return Err(CalibrationRefusal::OneWalker(first.clone()).into());
    }
    for walker in &walkers {
        care::check_needed("person", &walker.0, crate::domain::PERSON_LIMIT)?;
    }
    if let Some(person) = around.no_walker {
        return Err(Refusal::NoSuchWalker(person.clone()));
    }
    if extent.items(around.checklist).next().is_none() {
        let code = match extent {
            Extent::Whole => String::new(),
            Extent::Card(code) | Extent::Group(code) => code,
        };
        return Err(CalibrationRefusal::NoSuchPart(code).into());
    }
    let stands = |item: &&crate::domain::Item| {
        let inspection = around.inspection;
        inspection.verdict(&item.id).is_some()
            || !inspection.note(&item.id).is_empty()
            || inspection.findings_on(&item.id).next().is_some()
    };
    let judged: Vec<ItemId> = extent.items(around.checklist).filter(stands).map(|item| item.id.clone()).collect();
    if !judged.is_empty() {
        return Err(CalibrationRefusal::JudgedAlready(judged).into());
    }
    Ok(vec![CalibrationChange::Begun { walkers, extent }])
}

/// Refuses a choice where there is none to make, or that the inspection could not take.
fn choose(
    calibration: &Calibration,
    around: CalibrationSurroundings<'_>,
    agreement: &Agreement,
    saw: Rev,
    item: &ItemId,
    now: &Choice,
) -> Result<(), Refusal> {
    let known = around.checklist.item(item).ok_or_else(|| Refusal::NoSuchItem(item.clone()))?;
    let Some(compared) = agreement.item(item) else {
        return Err(CalibrationRefusal::NotInIt(item.clone()).into());
    };
    if compared.agrees() {
        return Err(CalibrationRefusal::Agreed(item.clone()).into());
    }
    if let Some(chosen) = calibration.chosen.get(item).filter(|chosen| chosen.rev > saw) {
        return Err(Refusal::Stale { item: Some(item.clone()), by: chosen.by.clone(), at: chosen.at });
    }
    let Choice::Other(judgement) = now else { return Ok(()) };
    if !around.round.plan.scale.allows(judgement.verdict) {
        return Err(Refusal::NotOnThisScale(judgement.verdict));
    }
    care::check("reason", &judgement.reason, 200)?;
    if judgement.verdict == Verdict::NotApplicable
        && judgement.reason.trim().is_empty()
        && needs_reason(around.checklist, known)
    {
        return Err(Refusal::NeedsReason(item.clone()));
    }
    Ok(())
}
