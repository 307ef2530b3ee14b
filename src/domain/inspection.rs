//! An inspection (體檢): one branch in one round, with its verdicts, notes and findings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{BranchId, CardNo, Class, Day, ItemId, PersonId, Rev, RoundId, Score, Seq, Severity, Stamp, Taker, Takers};

/// What was decided on one item (結論).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 合格: all of the points.
    Pass,
    /// 較好: three quarters.
    Good,
    /// 一般: half.
    Fair,
    /// 不合格: none; wants a finding.
    Fail,
    /// 不適用: out of the score.
    NotApplicable,
}

impl Verdict {
    /// Every verdict, in the order of the keys 1 2 3 4 0.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Good, Self::Fair, Self::Fail, Self::NotApplicable];

    /// Returns the share of an item's points that it earns, or nothing where the item leaves the score.
    pub const fn percent(self) -> Option<u32> {
        match self {
            Self::Pass => Some(100),
            Self::Good => Some(75),
            Self::Fair => Some(50),
            Self::Fail => Some(0),
            Self::NotApplicable => None,
        }
    }

    /// Says whether it falls short of 合格.
    pub const fn falls_short(self) -> bool {
        matches!(self, Self::Good | Self::Fair | Self::Fail)
    }
}

/// What stands on one item: its verdict, the reason beside it, and a mark to come back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The verdict, or nothing where it was taken back or never given.
    pub verdict: Option<Verdict>,
    /// Why 不適用, where the checklist asks.
    pub reason: String,
    /// Whether somebody wants to come back to it.
    pub marked: bool,
    /// Who gave the verdict; where there is none, who touched it last.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
    /// The revision in which they did.
    pub rev: Rev,
}

/// A note on one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says; at most [`Note::LIMIT`] characters.
    pub text: String,
    /// Who wrote it last.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
    /// The revision that touched it last.
    pub rev: Rev,
}

impl Note {
    /// The longest note, in characters: it stays under one record of 4 KiB.
    pub const LIMIT: usize = 1000;
}

/// What a finding (問題) states, as a person accepted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingFacts {
    /// The item that falls short.
    pub item: ItemId,
    /// The stated fact; at most [`FindingFacts::LIMIT`] characters.
    pub fact: String,
    /// How grave it is.
    pub severity: Severity,
    /// How it is to be put right.
    pub class: Class,
    /// The last day to put it right, included.
    pub due: Day,
}

impl FindingFacts {
    /// The longest wording of a finding, in characters.
    pub const LIMIT: usize = 500;
}

/// A finding within its inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it states.
    pub facts: FindingFacts,
    /// Who wrote it last.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
    /// The revision that touched it last.
    pub rev: Rev,
}

/// The signature under an inspection (簽認).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Who signed.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
}

/// One branch in one round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The round.
    pub round: RoundId,
    /// The branch.
    pub branch: BranchId,
    /// How often it was changed.
    pub rev: Rev,
    /// What stands on each item that was touched.
    pub cells: BTreeMap<ItemId, Cell>,
    /// Notes.
    pub notes: BTreeMap<ItemId, Note>,
    /// Findings by their number within the inspection.
    pub findings: BTreeMap<u16, Finding>,
    /// The number of the next finding; numbers are never reused.
    pub next_finding: u16,
    /// When the first change was made.
    pub started: Option<Stamp>,
    /// Who touched it last, when, and on which item.
    pub last: Option<(PersonId, Stamp, Option<ItemId>)>,
    /// The signature, once it is signed.
    pub signed: Option<Signed>,
    /// The cards that somebody has taken.
    pub cards: Takers,
}

/// What happened in an inspection. Every change says what stood before, so that it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InspectionChange {
    /// A verdict was given, changed or taken back.
    Judged {
        /// The item.
        item: ItemId,
        /// The verdict before, with its reason.
        was: Option<Judgement>,
        /// The verdict now, with its reason.
        now: Option<Judgement>,
    },
    /// A note was written; empty where it was removed.
    Noted {
        /// The item.
        item: ItemId,
        /// The note before.
        was: String,
        /// The note now.
        now: String,
    },
    /// A mark was set or taken off.
    Marked {
        /// The item.
        item: ItemId,
        /// Whether it is marked now.
        now: bool,
    },
    /// A finding was written, corrected or withdrawn.
    Found {
        /// Its number.
        n: u16,
        /// What it stated before.
        was: Option<FindingFacts>,
        /// What it states now.
        now: Option<FindingFacts>,
    },
    /// The inspection was signed, with this result.
    Signed {
        /// The score at that moment.
        score: ScoreLine,
    },
    /// The signature was lifted.
    Reopened {
        /// Why.
        reason: String,
    },
    /// What follows takes back the entry of this number.
    Undid {
        /// The entry.
        seq: Seq,
    },
    /// What follows does again what the entry of this number did.
    Redid {
        /// The entry.
        seq: Seq,
    },
    /// Somebody has taken a card: the others leave it to them.
    CardTaken {
        /// Its place in the checklist.
        card: CardNo,
    },
    /// A card is free again.
    CardGiven {
        /// Its place in the checklist.
        card: CardNo,
    },
}

/// A verdict with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Why 不適用; empty otherwise.
    #[serde(default)]
    pub reason: String,
}

/// A score in one line, as it is kept beside the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ScoreLine {
    /// Points got, in tenths of a point times percent (1000 is one point).
    pub got: u64,
    /// Points that applied, in tenths.
    pub applicable: u32,
    /// Points excluded by 不適用, in tenths.
    pub excluded: u32,
    /// Scored and unscored items with a verdict.
    pub answered: u16,
    /// Items judged 不合格.
    pub failed: u16,
    /// Findings.
    pub findings: u16,
}

impl From<&Score> for ScoreLine {
    fn from(score: &Score) -> Self {
        let total = &score.total;
        Self {
            got: total.got,
            applicable: total.applicable.0,
            excluded: total.excluded.0,
            answered: score.answered,
            failed: score.failed,
            findings: score.findings,
        }
    }
}

impl Inspection {
    /// Makes one that nobody has touched.
    pub const fn new(round: RoundId, branch: BranchId) -> Self {
        Self {
            round,
            branch,
            rev: Rev(0),
            cells: BTreeMap::new(),
            notes: BTreeMap::new(),
            findings: BTreeMap::new(),
            next_finding: 1,
            started: None,
            last: None,
            signed: None,
            cards: Takers::new(),
        }
    }

    /// Returns the verdict on an item.
    pub fn verdict(&self, item: &ItemId) -> Option<Verdict> {
        self.cells.get(item).and_then(|cell| cell.verdict)
    }

    /// Returns the verdict on an item with its reason.
    pub fn judgement(&self, item: &ItemId) -> Option<Judgement> {
        let cell = self.cells.get(item)?;
        cell.verdict.map(|verdict| Judgement { verdict, reason: cell.reason.clone() })
    }

    /// Returns the note on an item, empty where there is none.
    pub fn note(&self, item: &ItemId) -> &str {
        self.notes.get(item).map_or("", |note| note.text.as_str())
    }

    /// Says whether an item is marked.
    pub fn marked(&self, item: &ItemId) -> bool {
        self.cells.get(item).is_some_and(|cell| cell.marked)
    }

    /// Lists the findings on an item with their numbers.
    pub fn findings_on<'a>(&'a self, item: &'a ItemId) -> impl Iterator<Item = (u16, &'a Finding)> {
        self.findings.iter().filter(move |(_, finding)| finding.facts.item == *item).map(|(n, finding)| (*n, finding))
    }

    fn touch(&mut self, item: ItemId, by: &PersonId, at: Stamp, rev: Rev) -> &mut Cell {
        let cell = self.cells.entry(item).or_insert_with(|| Cell {
            verdict: None,
            reason: String::new(),
            marked: false,
            by: by.clone(),
            at,
            rev,
        });
        (cell.at, cell.rev) = (at, rev);
        cell.by.clone_from(by);
        cell
    }
}

/// Applies what happened; never fails.
pub fn apply_inspection(inspection: &mut Inspection, rev: Rev, by: &PersonId, at: Stamp, change: &InspectionChange) {
    inspection.rev = rev;
    inspection.started.get_or_insert(at);
    let mut on = None;
    match change {
        InspectionChange::Judged { item, now, .. } => {
            on = Some(item.clone());
            let cell = inspection.touch(item.clone(), by, at, rev);
            cell.verdict = now.as_ref().map(|now| now.verdict);
            cell.reason = now.as_ref().map_or_else(String::new, |now| now.reason.clone());
        }
        InspectionChange::Marked { item, now } => {
            on = Some(item.clone());
            // A mark is no verdict: who decided, and when, stays.
            match inspection.cells.get_mut(item).filter(|cell| cell.verdict.is_some()) {
                Some(cell) => cell.marked = *now,
                None => inspection.touch(item.clone(), by, at, rev).marked = *now,
            }
        }
        InspectionChange::Noted { item, now, .. } => {
            on = Some(item.clone());
            if now.is_empty() {
                inspection.notes.remove(item);
            } else {
                let note = Note { text: now.clone(), by: by.clone(), at, rev };
                inspection.notes.insert(item.clone(), note);
            }
        }
        InspectionChange::Found { n, now, .. } => {
            inspection.next_finding = inspection.next_finding.max(n.saturating_add(1));
            match now {
                None => drop(inspection.findings.remove(n)),
                Some(facts) => {
                    on = Some(facts.item.clone());
                    let finding = Finding { facts: facts.clone(), by: by.clone(), at, rev };
                    inspection.findings.insert(*n, finding);
                }
            }
        }
        InspectionChange::Signed { .. } => inspection.signed = Some(Signed { by: by.clone(), at }),
        InspectionChange::Reopened { .. } => inspection.signed = None,
        InspectionChange::Undid { .. } | InspectionChange::Redid { .. } => {}
        InspectionChange::CardTaken { card } => {
            inspection.cards.insert(*card, Taker { by: by.clone(), at });
        }
        InspectionChange::CardGiven { card } => drop(inspection.cards.remove(card)),
    }
    let on = on.or_else(|| inspection.last.take().and_then(|(_, _, item)| item));
    inspection.last = Some((by.clone(), at, on));
}
