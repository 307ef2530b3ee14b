//! What is true now, as screens and papers read it: implemented by the store, faked by tests.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Branch, BranchId, Calibration, CalibrationId, Checklist, Counts, Day, EditionId, Entry, FindingId, Followed, House,
    Inspection, ItemId, Ledger, LedgerFinding, Lookback, LookbackId, LookbackLine, Looks, Of, Outcome, PersonFacts,
    PersonId, Rate, RectId, Rev, Round, RoundId, RoundPlan, ScoreLine, Seq, Side, Stamp, Sums, Takers, Tally, Verdicts,
    Waiting,
};

/// A record could not be read; it is rebuilt from the journal at the next start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the record {record} is damaged ({reason}); leave the program and run `tijian rebuild`")]
pub struct ReadFault {
    /// Which record.
    pub record: String,
    /// What is wrong with it.
    pub reason: String,
}

/// One unit, as lists need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchLine {
    /// The unit.
    pub id: BranchId,
    /// The unit above.
    pub parent: Option<BranchId>,
    /// Its level.
    pub kind: super::BranchKind,
    /// Its code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Its name and code folded for searching.
    pub folded: String,
    /// How deep it stands in the tree; 0 at the top.
    pub depth: u8,
    /// Whether it still exists.
    pub active: bool,
}

/// Every unit in the order of the tree: a unit stands right before what is below it, brothers by parsed ordinals.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct BranchTree {
    /// The units.
    pub lines: Vec<BranchLine>,
    /// Where each unit stands in `lines`, in order of the units' numbers.
    pub places: Vec<(BranchId, u32)>,
}

/// Finds where units stand; the last one it knows.
pub struct BranchFinder<'a> {
    tree: &'a BranchTree,
    last: Option<(BranchId, Option<usize>)>,
}

impl BranchFinder<'_> {
    /// Finds where a unit stands.
    pub fn place(&mut self, id: BranchId) -> Option<usize> {
        match self.last {
            Some((last, place)) if last == id => place,
            _ => {
                let place = self.tree.place(id);
                self.last = Some((id, place));
                place
            }
        }
    }
}

impl BranchTree {
    /// Finds where a unit stands.
    pub fn place(&self, id: BranchId) -> Option<usize> {
        let at = self.places.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.places.get(at).map(|(_, place)| *place as usize)
    }

    /// Begins to find many units, of which one is often asked for several times running.
    pub const fn finder(&self) -> BranchFinder<'_> {
        BranchFinder { tree: self, last: None }
    }

    /// Walks from a unit upwards, itself first.
    pub fn upwards(&self, id: BranchId) -> impl Iterator<Item = BranchId> {
        const DEEPEST: usize = 32;
        std::iter::successors(Some(id), |id| self.line(*id)?.parent).take(DEEPEST)
    }

    /// Finds a unit.
    pub fn line(&self, id: BranchId) -> Option<&BranchLine> {
        self.place(id).and_then(|place| self.lines.get(place))
    }

    /// Returns the places of a unit and of all that is below it; none where there is no such unit.
    pub fn subtree(&self, id: BranchId) -> std::ops::Range<usize> {
        let Some(first) = self.place(id) else { return 0..0 };
        let depth = self.lines.get(first).map_or(0, |line| line.depth);
        let below = self.lines.iter().skip(first + 1).take_while(|line| line.depth > depth).count();
        first..first + 1 + below
    }

    /// Spells the names from the top down to a unit: 「第一黨支部」 alone says little where every college has one.
    pub fn path(&self, id: BranchId, between: &str) -> String {
        let mut names = Vec::new();
        let mut next = self.line(id);
        while let Some(line) = next {
            names.push(line.name.as_str());
            next = line.parent.filter(|_| names.len() < 32).and_then(|parent| self.line(parent));
        }
        names.reverse();
        names.join(between)
    }
}

/// One inspection in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionLine {
    /// How often it was changed.
    pub rev: Rev,
    /// What it comes to.
    pub score: ScoreLine,
    /// How often each verdict stands in it.
    pub verdicts: Verdicts,
    /// When the first change was made.
    pub started: Option<Stamp>,
    /// Who touched it last, when, and on which item.
    pub last: Option<(PersonId, Stamp, Option<ItemId>)>,
    /// When it was signed.
    pub signed: Option<super::Signed>,
    /// The number of the next finding.
    pub next_finding: u16,
    /// The cards that somebody has taken.
    pub cards: Takers,
}

/// One round in a line, with its progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLine {
    /// Its number.
    pub id: RoundId,
    /// How often it was changed.
    pub rev: Rev,
    /// What it is.
    pub plan: RoundPlan,
    /// Whether it is over.
    pub closed: bool,
    /// Why it was opened again after it was over, while it is being corrected.
    pub correction: Option<String>,
    /// Units in it.
    pub branches: u32,
    /// Units that were looked at.
    pub started: u32,
    /// Units that are signed.
    pub signed: u32,
    /// Findings in it.
    pub findings: u32,
    /// Points got and points that applied in the signed inspections, as [`ScoreLine`] counts them.
    pub got: u64,
    /// Points that applied in the signed inspections, in tenths.
    pub applicable: u64,
    /// The verdicts of the signed inspections.
    pub verdicts: Verdicts,
}

/// One checklist text in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionLine {
    /// Its name.
    pub id: EditionId,
    /// What its author calls it.
    pub edition: String,
    /// Its title.
    pub title: super::Said,
    /// Items in it.
    pub items: u16,
    /// Items that count towards the score.
    pub scored: u16,
    /// Records that hold it.
    pub chunks: u16,
}

/// Returns the checklist that is proposed where none is named: the one that was kept last, whatever its author calls it.
pub fn newest(editions: &[EditionLine]) -> Option<&EditionLine> {
    editions.last()
}

/// Visits a finding of the ledger; answers whether to go on.
pub type VisitFinding<'a> = &'a mut dyn FnMut(FindingId, LedgerFinding) -> ControlFlow<()>;

/// Visits an item that waits, with its day; answers whether to go on.
pub type VisitWaiting<'a> = &'a mut dyn FnMut(Day, RectId) -> ControlFlow<()>;

/// Visits what a signed inspection comes to; answers whether to go on.
pub type VisitSums<'a> = &'a mut dyn FnMut(BranchId, Sums) -> ControlFlow<()>;

/// The ledger in columns, or how far it is made.
#[derive(Clone, Debug)]
pub enum LedgerNow {
    /// It is there.
    Whole(Arc<Ledger>),
    /// So many items of it are read.
    Coming(u32),
}

/// What is true now. Every call is a look-up in memory or on disk that takes far less than a frame.
pub trait Reading {
    /// Returns the organisation.
    fn house(&self) -> Result<House, ReadFault>;
    /// Returns what is known of a person, and whether nobody is known at all, without reading the whole house.
    fn person(&self, id: &PersonId) -> Result<(Option<PersonFacts>, bool), ReadFault> {
        let house = self.house()?;
        Ok((house.persons.get(id).cloned(), house.persons.is_empty()))
    }
    /// Returns a unit.
    fn branch(&self, id: BranchId) -> Result<Option<Branch>, ReadFault>;
    /// Finds a unit by its code.
    fn branch_by_code(&self, code: &str) -> Result<Option<BranchId>, ReadFault>;
    /// Returns every unit; made once after each change of a unit, then shared.
    fn tree(&self) -> Result<Arc<BranchTree>, ReadFault>;
    /// Spells the names from the top down to a unit, without reading the whole tree.
    fn path(&self, id: BranchId, between: &str) -> Result<String, ReadFault> {
        let mut names = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|_| names.len() < 32) {
            let Some(branch) = self.branch(id)? else { break };
            names.push(branch.facts.name);
            next = branch.facts.parent;
        }
        names.reverse();
        Ok(names.join(between))
    }
    /// Lists a unit and the units above it, itself first.
    fn above(&self, id: BranchId) -> Result<Vec<BranchId>, ReadFault> {
        let mut above = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| !above.contains(id)) {
            above.push(id);
            next = self.branch(id)?.and_then(|branch| branch.facts.parent);
        }
        Ok(above)
    }
    /// Returns the number that the next unit gets.
    fn next_branch(&self) -> Result<BranchId, ReadFault>;
    /// Lists the rounds, the latest first.
    fn rounds(&self) -> Result<Vec<RoundLine>, ReadFault>;
    /// Returns a round with the units in it.
    fn round(&self, id: RoundId) -> Result<Option<Arc<Round>>, ReadFault>;
    /// Returns the number that the next round gets.
    fn next_round(&self) -> Result<RoundId, ReadFault> {
        Ok(self.rounds()?.iter().map(|line| line.id).max().unwrap_or_default().next())
    }
    /// Lists the checklist texts that the store keeps, in the order in which they came.
    fn editions(&self) -> Result<Vec<EditionLine>, ReadFault>;
    /// Returns a checklist text.
    fn checklist(&self, id: &EditionId) -> Result<Option<Arc<Checklist>>, ReadFault>;
    /// Returns an inspection, untouched where nobody has begun it.
    fn inspection(&self, round: RoundId, branch: BranchId) -> Result<Inspection, ReadFault>;
    /// Returns an inspection in a line, or nothing where nobody has begun it.
    fn inspection_line(&self, round: RoundId, branch: BranchId) -> Result<Option<InspectionLine>, ReadFault>;
    /// Returns the verdict and mark on one item, without loading the inspection.
    fn cell(&self, round: RoundId, branch: BranchId, item: &ItemId) -> Result<Option<super::Cell>, ReadFault>;
    /// Visits what the signed inspections of a round come to, in the order of the units' numbers.
    fn sums(&self, round: RoundId, visit: VisitSums<'_>) -> Result<(), ReadFault>;
    /// Lists inspections that are begun and not signed, at most `limit`.
    fn unfinished(&self, limit: usize) -> Result<Vec<(RoundId, BranchId, InspectionLine)>, ReadFault>;
    /// Returns a finding that is followed, with its items.
    fn followed(&self, id: FindingId) -> Result<Option<Followed>, ReadFault>;
    /// Lists a finding and the earlier ones on the same item of the branch and its lineage, the latest first.
    fn chain(&self, id: FindingId) -> Result<Vec<Followed>, ReadFault> {
        let mut chain: Vec<Followed> = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| chain.iter().all(|link| link.id != *id)) {
            let Some(followed) = self.followed(id)? else { break };
            next = followed.repeat_of;
            chain.push(followed);
        }
        Ok(chain)
    }
    /// Visits the findings of the ledger in the order of rounds, branches and numbers, from one inspection on.
    fn ledger(&self, from: (RoundId, BranchId), visit: VisitFinding<'_>) -> Result<(), ReadFault>;
    /// Lists the ledger's findings of one inspection.
    fn ledger_of(&self, round: RoundId, branch: BranchId) -> Result<Vec<LedgerFinding>, ReadFault> {
        let mut found = Vec::new();
        self.ledger((round, branch), &mut |id, finding| {
            if (id.round, id.branch) != (round, branch) {
                return ControlFlow::Break(());
            }
            found.push(finding);
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }
    /// Visits what waits for somebody in the ledger, the earliest day first.
    fn waiting(&self, waiting: Waiting, visit: VisitWaiting<'_>) -> Result<(), ReadFault>;
    /// Counts the items of the ledger by where they stand.
    fn tally(&self) -> Result<Tally, ReadFault>;
    /// Counts the open items whose day is before `today`.
    fn overdue(&self, today: Day) -> Result<u32, ReadFault>;
    /// Counts 按期完成率 of the whole ledger, as [`super::Closings::on_time`] does.
    fn on_time(&self, today: Day) -> Result<Rate, ReadFault>;
    /// Counts how many items stand where, where that takes a part of a frame: otherwise the ledger is to be asked for,
    /// and they are counted once it is there.
    fn counts_at_once(&self, today: Day) -> Result<Option<Counts>, ReadFault> {
        let (tally, overdue, on_time) = (self.tally()?, self.overdue(today)?, self.on_time(today)?);
        Ok(Some(Counts { tally, overdue, on_time }))
    }
    /// Returns the ledger in columns. A large one is made beside the session, which is woken when it is there.
    fn whole_ledger(&self) -> Result<LedgerNow, ReadFault>;
    /// Returns the ledger in columns where that takes a part of a frame: it is made already, or it is small.
    fn ledger_at_once(&self) -> Result<Option<Arc<Ledger>>, ReadFault>;
    /// Lists the look-backs, the latest first.
    fn lookbacks(&self) -> Result<Vec<LookbackLine>, ReadFault>;
    /// Returns a look-back with the items that it drew.
    fn lookback(&self, id: LookbackId) -> Result<Option<Lookback>, ReadFault>;
    /// Counts what look-backs have seen, the latest first, as far as branches are seen.
    fn looks(&self, seen: &dyn Fn(BranchId) -> bool) -> Result<Looks, ReadFault> {
        let mut looks = Looks::default();
        for line in self.lookbacks()? {
            if let Some(lookback) = self.lookback(line.id)? {
                looks.add(&lookback, seen);
            }
        }
        Ok(looks)
    }
    /// Lists what look-backs have seen of the items that they drew, the latest of each.
    fn looked(&self) -> Result<BTreeMap<RectId, Outcome>, ReadFault> {
        let mut looked = BTreeMap::new();
        for line in self.lookbacks()?.into_iter().rev() {
            let drawn = self.lookback(line.id)?.map(|lookback| lookback.drawn).unwrap_or_default();
            looked.extend(drawn.into_iter().filter_map(|drawn| Some((drawn.rect, drawn.seen?.look.outcome))));
        }
        Ok(looked)
    }
    /// Returns the number that the next look-back gets.
    fn next_lookback(&self) -> Result<LookbackId, ReadFault> {
        Ok(self.lookbacks()?.iter().map(|line| line.id).max().unwrap_or_default().next())
    }
    /// Lists the calibrations of an inspection, the latest last.
    fn calibrations(&self, round: RoundId, branch: BranchId) -> Result<Vec<Calibration>, ReadFault>;
    /// Lists the calibrations that are not over, at most `limit`.
    fn calibrating(&self, limit: usize) -> Result<Vec<Calibration>, ReadFault>;
    /// Returns what one of the two has judged in a calibration, where `reader` may see it.
    fn sheet(&self, id: CalibrationId, side: Side, reader: &PersonId) -> Result<Option<Inspection>, ReadFault>;
    /// Lists an aggregate's entries, oldest first, from revision `from`, at most `limit`; none of a sheet that not
    /// everybody may see.
    fn trail(&self, of: Of, from: Rev, limit: usize) -> Result<Vec<Entry>, ReadFault>;
    /// Returns the number of the last entry: when it moves, something is new.
    fn head(&self) -> Seq;
}
