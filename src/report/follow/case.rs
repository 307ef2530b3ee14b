//! What the papers of rectification are about: the followed findings of one branch in one round, read once.

use std::sync::Arc;

use super::super::words as p;
use super::{NoPaper, words as f};
use crate::domain::{
    Branch, BranchId, Checklist, Day, FindingId, Followed, Hand, House, Item, Lang, Level, Profile, Reading, RectId,
    Rectification, Round, RoundId, Standing, State, basis_lines, finding_name, level, rect_name,
};
use crate::locales as w;

/// One branch in one round, with what is followed of it.
pub(super) struct Case {
    /// The organisation.
    pub house: House,
    /// The round.
    pub round: Arc<Round>,
    /// The text that it is pinned to.
    pub checklist: Arc<Checklist>,
    /// The branch.
    pub branch: Branch,
    /// Its name from the top of the tree down.
    pub path: String,
    /// Its findings, in the order of their numbers.
    findings: Vec<Followed>,
}

/// A rectification item, with the finding that it puts right.
#[derive(Clone, Copy)]
pub(super) struct Matter<'a> {
    /// Where it stands.
    pub case: &'a Case,
    /// The finding.
    pub followed: &'a Followed,
    /// The item.
    pub item: &'a Rectification,
    /// Its number within the finding.
    pub n: u8,
}

impl Case {
    /// Reads it.
    pub fn read(reading: &dyn Reading, round: RoundId, branch: BranchId, lang: Lang) -> Result<Self, NoPaper> {
        let (Some(round), Some(facts)) = (reading.round(round)?, reading.branch(branch)?) else {
            return Err(NoPaper::NotInRound);
        };
        if round.branches.binary_search(&branch).is_err() {
            return Err(NoPaper::NotInRound);
        }
        let checklist = reading.checklist(&round.plan.edition)?.ok_or(NoPaper::NotInRound)?;
        let mut findings = Vec::new();
        for line in reading.ledger_of(round.id, branch)? {
            findings.extend(reading.followed(FindingId { round: round.id, branch, n: line.n })?);
        }
        if findings.is_empty() {
            return Err(NoPaper::NothingFollowed);
        }
        let path = reading.path(branch, p::BETWEEN_UNITS.say(lang))?;
        Ok(Self { house: reading.house()?, round, checklist, branch: facts, path, findings })
    }

    /// Reads the case of one item.
    pub fn of(reading: &dyn Reading, rect: RectId, lang: Lang) -> Result<Self, NoPaper> {
        Self::read(reading, rect.finding.round, rect.finding.branch, lang)
    }

    /// Lists the items in the order of their findings.
    pub fn matters(&self) -> Vec<Matter<'_>> {
        let mut matters = Vec::new();
        for followed in &self.findings {
            for (n, item) in (1u8..).zip(&followed.items) {
                matters.push(Matter { case: self, followed, item, n });
            }
        }
        matters
    }

    /// Lists the items that were not given up.
    pub fn standing_matters(&self) -> Result<Vec<Matter<'_>>, NoPaper> {
        let mut matters = self.matters();
        matters.retain(|matter| matter.item.state != State::Revoked);
        if matters.is_empty() { Err(NoPaper::NothingFollowed) } else { Ok(matters) }
    }

    /// Finds one item that was handed to the branch.
    pub fn issued(&self, rect: RectId) -> Result<Matter<'_>, NoPaper> {
        let named = |matter: &Matter<'_>| matter.followed.id == rect.finding && matter.n == rect.item;
        let matter = self.matters().into_iter().find(named).ok_or(NoPaper::NoItem)?;
        if matter.item.issued.is_some() { Ok(matter) } else { Err(NoPaper::NotIssued) }
    }

    /// Names the branch with its code.
    pub fn branch_named(&self, lang: Lang) -> String {
        p::WITH_CODE.fill(lang, &[&self.path, &self.branch.facts.code])
    }

    /// Names the round with its code.
    pub fn round_named(&self, lang: Lang) -> String {
        p::WITH_CODE.fill(lang, &[&self.round.plan.name, &self.round.plan.code])
    }

    /// Names the post of a hand, never the person: a blank where none is known.
    pub fn post(&self, hand: Option<&Hand>, lang: Lang) -> String {
        let known = hand.and_then(|hand| {
            let facts = self.house.persons.get(&hand.by);
            let own = facts.map(|facts| facts.post.as_str()).filter(|post| !post.is_empty());
            let post = Some(hand.behalf.as_str()).filter(|post| !post.is_empty()).or(own);
            post.or_else(|| facts.map(|facts| w::role(facts.role).say(lang))).map(str::to_owned)
        });
        known.unwrap_or_else(|| p::REMARKS_BLANK.say(lang).to_owned())
    }

    fn profile(&self) -> Profile {
        self.branch.facts.profile.unwrap_or(self.round.plan.profile)
    }
}

impl Matter<'_> {
    /// Names it as the command line reads it.
    pub fn name(&self) -> String {
        let (round, branch) = (&self.case.round.plan.code, &self.case.branch.facts.code);
        rect_name(&finding_name(round, branch, &self.followed.facts.item, self.followed.id.n), self.n)
    }

    /// Returns the item of the checklist that falls short.
    pub fn checked(&self) -> Option<&Item> {
        self.case.checklist.item(&self.followed.facts.item)
    }

    /// Names the item of the checklist.
    pub fn titled(&self, lang: Lang) -> String {
        let item = self.checked();
        item.map_or_else(|| self.followed.facts.item.to_string(), |item| super::super::remarks::named(item, lang))
    }

    /// Says what it rests on, one rule a line.
    pub fn basis(&self, lang: Lang) -> String {
        let lines = self.checked().map(|item| basis_lines(&self.case.checklist, item, self.case.profile(), lang));
        let basis = lines.unwrap_or_default().join("\n");
        if basis.is_empty() { "—".to_owned() } else { basis }
    }

    /// Says how it stands to its day.
    pub fn standing(&self, today: Day) -> Standing {
        self.item.standing(today)
    }

    /// Derives how hard it is pressed for.
    pub fn level(&self, today: Day) -> Level {
        level(self.standing(today), self.item.returns, self.followed.nth, &self.case.house.policy)
    }

    /// Says what stands out: found again, come back, put right at once.
    pub fn remark(&self, lang: Lang) -> String {
        let mut said = Vec::new();
        if self.followed.nth > 1 {
            said.push(f::NTH_TIME.fill(lang, &[&self.followed.nth]));
        }
        if self.followed.relapse_of.is_some() {
            said.push(f::RELAPSE.say(lang).to_owned());
        }
        if self.item.on_the_spot {
            said.push(f::ON_THE_SPOT.say(lang).to_owned());
        }
        if said.is_empty() { "—".to_owned() } else { said.join(p::BETWEEN.say(lang)) }
    }
}
