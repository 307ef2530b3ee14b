//! One rectification item with its finding, its evidence and everything that was done to it.

use std::sync::Arc;

use super::Looker;
use crate::domain::{
    Branch, Did, Entry, FindingId, FollowChange, FollowSurroundings, Followed, House, Item, Level, May, Of, Policy,
    ReadFault, Reading, RectId, Rectification, Rev, Round, Stamp, Verb, finding_name, level, may_begin,
};

/// One rectification item.
#[derive(Clone, Debug)]
pub struct RectPage {
    /// Who looks, and when.
    pub looker: Looker,
    /// The finding with its items.
    pub followed: Followed,
    /// The item's number within the finding.
    pub item: u8,
    /// The round that found it.
    pub round: Arc<Round>,
    /// The branch.
    pub branch: Branch,
    /// Its name from the top of the tree down.
    pub path: String,
    /// The item of the checklist, where its edition is kept.
    pub asked: Option<Item>,
    /// The house: its policy and who acts there.
    pub house: House,
    /// The units above the branch, itself first.
    pub above: Vec<crate::domain::BranchId>,
    /// The name of the earlier finding on the same item, where there is one.
    pub before: Option<String>,
    /// What was done to the finding, the oldest first.
    pub entries: Vec<Entry>,
    /// The first line in sight.
    pub scroll: usize,
}

/// The most entries of a finding that are shown: far more than twenty items make in their lives.
const ENTRIES: usize = 2000;

/// Spells the name of a finding; nothing where it is gone.
fn named(reading: &dyn Reading, id: FindingId) -> Result<Option<String>, ReadFault> {
    let (Some(round), Some(branch)) = (reading.round(id.round)?, reading.branch(id.branch)?) else { return Ok(None) };
    let item = reading.followed(id)?.map(|followed| followed.facts.item);
    Ok(item.map(|item| finding_name(&round.plan.code, &branch.facts.code, &item, id.n)))
}

impl RectPage {
    /// Reads an item; nothing where it does not exist.
    pub fn load(reading: &dyn Reading, looker: Looker, id: RectId) -> Result<Option<Self>, ReadFault> {
        let Some(followed) = reading.followed(id.finding)? else { return Ok(None) };
        let (Some(round), Some(branch)) = (reading.round(id.finding.round)?, reading.branch(id.finding.branch)?) else {
            return Ok(None);
        };
        if followed.item(id.item).is_none() {
            return Ok(None);
        }
        let checklist = reading.checklist(&round.plan.edition)?;
        let asked = checklist.and_then(|checklist| checklist.item(&followed.facts.item).cloned());
        let (path, above) = (reading.path(branch.id, " › ")?, reading.above(branch.id)?);
        let entries = reading.trail(Of::Finding(id.finding), Rev(1), ENTRIES)?;
        let house = reading.house()?;
        let before = followed.repeat_of.map(|before| named(reading, before)).transpose()?.flatten();
        let (item, scroll) = (id.item, 0);
        Ok(Some(Self { looker, followed, item, round, branch, path, asked, house, above, before, entries, scroll }))
    }

    /// Reads anew what has changed, keeping the place.
    pub fn reload(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let scroll = self.scroll;
        if let Some(fresh) = Self::load(reading, self.looker.clone(), self.id())? {
            *self = fresh;
            self.scroll = scroll;
        }
        Ok(())
    }

    /// Returns the item's name.
    pub const fn id(&self) -> RectId {
        self.followed.rect(self.item)
    }

    /// Returns the item.
    pub fn rect(&self) -> Option<&Rectification> {
        self.followed.item(self.item)
    }

    /// Returns the house's policy.
    pub const fn policy(&self) -> &Policy {
        &self.house.policy
    }

    /// Derives how hard it is pressed for.
    pub fn level(&self) -> Level {
        self.rect().map_or(Level::Normal, |rect| {
            level(rect.standing(self.looker.today), rect.returns, self.followed.nth, self.policy())
        })
    }

    /// Lists the steps that the one who looks can take now, in the order of an item's life.
    pub fn steps(&self, now: Stamp) -> Vec<(Verb, May)> {
        let actor = self.house.actor(&self.looker.me);
        let around = FollowSurroundings {
            today: self.looker.today,
            now,
            actor: &actor,
            policy: self.policy(),
            posts: &self.house.posts,
            branch_and_above: &self.above,
        };
        let step = |verb: Verb| Some((verb, may_begin(&self.followed, around, self.item, verb).ok()?));
        Verb::ALL.into_iter().filter_map(step).collect()
    }

    /// Visits what was done to this item, the oldest step first, with the post on whose behalf.
    pub fn done(&self) -> impl Iterator<Item = (&Entry, &str, &Did)> {
        let changes = self.entries.iter().flat_map(|entry| entry.changes.iter().map(move |change| (entry, change)));
        changes.filter_map(|(entry, change)| match change {
            crate::domain::Change::Follow(FollowChange::Item { n, behalf, did, .. }) if *n == self.item => {
                Some((entry, behalf.as_str(), did))
            }
            _ => None,
        })
    }
}
