//! The walk (體檢): one branch, item by item, one key a verdict.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::{
    Branch, BranchId, Calibration, Checklist, DayCount, Earlier, Inspection, Item, ItemId, ReadFault, Reading, Refusal,
    Rev, Round, RoundId, Score, Side, Verdict, earlier, score,
};

/// What an earlier round found on the same branch.
#[derive(Clone, Debug)]
pub struct Before {
    /// The round.
    pub round: RoundId,
    /// Its code, for the screen.
    pub code: String,
    /// What was found.
    pub inspection: Inspection,
}

/// One branch in one round, with the item that is looked at.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The round.
    pub round: Arc<Round>,
    /// The text that it is pinned to.
    pub checklist: Arc<Checklist>,
    /// The branch.
    pub branch: Branch,
    /// Its name from the top of the tree down.
    pub path: String,
    /// What stands, with the person's own changes that are still on their way.
    pub inspection: Inspection,
    /// The score of what stands.
    pub score: Score,
    /// The place of the item in the checklist.
    pub at: usize,
    /// The first line of the item's text in sight.
    pub scroll: usize,
    /// The round before in which this branch was looked at.
    pub before: Option<Before>,
    /// Items that failed in an earlier round within 24 months: found again they are repeats (重複).
    pub repeats: BTreeSet<ItemId>,
    /// Which days count towards a day that is proposed.
    pub count: DayCount,
    /// The calibration that goes on here, or that the sheet belongs to.
    pub calibration: Option<Box<Calibration>>,
    /// Whose sheet of it is walked; nothing in the inspection itself.
    pub blind: Option<Side>,
}

impl Walk {
    /// Opens a branch in a round at its item, or where it was left, or at the first item without a verdict.
    pub fn load(
        reading: &dyn Reading,
        round: RoundId,
        branch: BranchId,
        item: Option<&ItemId>,
    ) -> Result<Result<Self, Refusal>, ReadFault> {
        let Some(plan) = reading.round(round)? else {
            return Ok(Err(Refusal::NoSuchRound(round)));
        };
        let Some(facts) = reading.branch(branch)? else {
            return Ok(Err(Refusal::NoSuchBranch(branch)));
        };
        if plan.branches.binary_search(&branch).is_err() {
            return Ok(Err(Refusal::NotInRound { round, branch }));
        }
        let edition = plan.plan.edition;
        let Some(checklist) = reading.checklist(&edition)? else {
            return Ok(Err(Refusal::NoSuchEdition(edition)));
        };
        let inspection = reading.inspection(round, branch)?;
        let Earlier { last, repeats } = earlier(reading, &plan, &facts)?;
        let before = last.map(|(line, inspection)| Before { round: line.id, code: line.plan.code, inspection });
        let at = match item {
            Some(item) => checklist.position(item).unwrap_or(0),
            None => where_it_goes_on(&checklist, &inspection),
        };
        Ok(Ok(Self {
            score: score(&checklist, &inspection),
            path: reading.path(branch, " › ")?,
            branch: facts,
            round: plan,
            checklist,
            inspection,
            at,
            scroll: 0,
            before,
            repeats,
            count: reading.house()?.day_count(),
            calibration: super::blind::under_way(reading, round, branch)?,
            blind: None,
        }))
    }

    /// Reads again what stands, keeping the place.
    pub fn reload(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        self.recalibrate(reading)?;
        let inspection = self.stored(reading)?;
        // A round that was ended meanwhile takes nothing any more, and says so before anything is typed.
        if let Some(round) = reading.round(self.round.id)? {
            self.round = round;
        }
        self.stands(inspection);
        Ok(())
    }

    /// Takes over what stands.
    pub fn stands(&mut self, inspection: Inspection) {
        self.inspection = inspection;
        self.score = score(&self.checklist, &self.inspection);
    }

    /// Returns the item that is looked at; nothing in an empty checklist.
    pub fn item(&self) -> Option<&Item> {
        self.checklist.items.get(self.at)
    }

    /// Returns the revision that the screen shows.
    pub const fn saw(&self) -> Rev {
        self.inspection.rev
    }

    /// Says whether every item has a verdict, the annex included.
    pub fn all_answered(&self) -> bool {
        usize::from(self.score.answered) == self.checklist.items.len()
    }

    /// Returns what an earlier round said of an item.
    pub fn last_verdict(&self, item: &ItemId) -> Option<Verdict> {
        self.before.as_ref().and_then(|before| before.inspection.verdict(item))
    }

    /// Counts the items that have a verdict, and all of them, within one card.
    pub fn card_counts(&self, card: usize) -> (u16, u16) {
        self.score.cards.get(card).map_or((0, 0), |slice| (slice.answered, slice.items))
    }
}

/// Finds the item where a walk goes on: behind the one that was touched last, or at it while it has no verdict or
/// failed without a word.
pub(super) fn where_it_goes_on(checklist: &Checklist, inspection: &Inspection) -> usize {
    let last = inspection.last.as_ref().and_then(|(_, _, item)| checklist.position(item.as_ref()?));
    let open = |item: &Item| inspection.verdict(&item.id).is_none();
    let bare = |item: &Item| {
        inspection.verdict(&item.id) == Some(Verdict::Fail) && inspection.findings_on(&item.id).next().is_none()
    };
    let items = checklist.items.iter().enumerate();
    let from = last.unwrap_or(0);
    if inspection.signed.is_some() || checklist.items.get(from).is_some_and(bare) {
        return from;
    }
    items.clone().skip(from).chain(items.take(from)).find(|(_, item)| open(item)).map_or(from, |(at, _)| at)
}
