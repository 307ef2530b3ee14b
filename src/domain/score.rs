//! The score of one inspection, and the reason for every point that is lost.

use super::{Checklist, GradeBounds, Inspection, ItemId, PersonId, Points, Round, Stamp, Verdict, per_mille};

/// A part of the score: a card, a group, or the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Slice {
    /// Points got, in tenths of a point times percent: exact, so that nothing is rounded twice.
    pub got: u64,
    /// Points of the items that apply and are answered.
    pub applicable: Points,
    /// Points of the items judged 不適用.
    pub excluded: Points,
    /// Points of the items without a verdict.
    pub open: Points,
    /// Items with a verdict.
    pub answered: u16,
    /// Items.
    pub items: u16,
}

impl Slice {
    /// Returns points got ÷ points that apply in tenths of a percent, or nothing where nothing applies.
    pub fn rate(&self) -> Option<u32> {
        per_mille(self.got, u64::from(self.applicable.0) * 100)
    }

    /// Returns the points lost, rounded half up to a tenth.
    pub fn lost(&self) -> Points {
        let lost = (u64::from(self.applicable.0) * 100).saturating_sub(self.got);
        Points(u32::try_from((lost + 50) / 100).unwrap_or(u32::MAX))
    }

    fn add(&mut self, points: Points, verdict: Option<Verdict>) {
        self.items += 1;
        match verdict {
            None => self.open += points,
            Some(verdict) => {
                self.answered += 1;
                match verdict.percent() {
                    None => self.excluded += points,
                    Some(percent) => {
                        self.applicable += points;
                        self.got += u64::from(points.0) * u64::from(percent);
                    }
                }
            }
        }
    }
}

/// One item that lost points: which, how many, who decided it and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The item.
    pub item: ItemId,
    /// What was decided.
    pub verdict: Verdict,
    /// The item's points.
    pub of: Points,
    /// Points lost, rounded half up to a tenth.
    pub lost: Points,
    /// Who decided.
    pub by: PersonId,
    /// When.
    pub at: Stamp,
}

/// The score of one inspection.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Score {
    /// The scored cards together.
    pub total: Slice,
    /// Each card, the annex included, in the checklist's order.
    pub cards: Vec<Slice>,
    /// Each group in the checklist's order.
    pub groups: Vec<Slice>,
    /// Every lost point.
    pub losses: Vec<Loss>,
    /// Items of all cards with a verdict.
    pub answered: u16,
    /// Items judged 不合格.
    pub failed: u16,
    /// Findings.
    pub findings: u16,
}

/// What a score is called (等次).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// 不合格.
    Fail,
    /// 合格.
    Pass,
    /// 良好.
    Good,
    /// 優秀.
    Excellent,
}

impl GradeBounds {
    /// Names the grade of a rate in tenths of a percent.
    pub const fn grade(&self, rate: u32) -> Grade {
        if rate >= self.excellent {
            Grade::Excellent
        } else if rate >= self.good {
            Grade::Good
        } else if rate >= self.pass {
            Grade::Pass
        } else {
            Grade::Fail
        }
    }
}

/// Adds up an inspection.
pub fn score(checklist: &Checklist, inspection: &Inspection) -> Score {
    let mut score = Score {
        cards: vec![Slice::default(); checklist.cards.len()],
        groups: vec![Slice::default(); checklist.groups.len()],
        findings: u16::try_from(inspection.findings.len()).unwrap_or(u16::MAX),
        ..Score::default()
    };
    for item in &checklist.items {
        let verdict = inspection.verdict(&item.id);
        score.answered += u16::from(verdict.is_some());
        score.failed += u16::from(verdict == Some(Verdict::Fail));
        if let Some(slice) = score.groups.get_mut(usize::from(item.group)) {
            slice.add(item.points, verdict);
        }
        if let Some(slice) = score.cards.get_mut(usize::from(checklist.card_index(item))) {
            slice.add(item.points, verdict);
        }
        if !checklist.scored(item) {
            continue;
        }
        score.total.add(item.points, verdict);
        if let (Some(verdict), Some(cell)) = (verdict, inspection.cells.get(&item.id))
            && let Some(percent) = verdict.percent().filter(|percent| *percent < 100)
        {
            score.losses.push(Loss {
                item: item.id.clone(),
                verdict,
                of: item.points,
                lost: item.points.percent(100 - percent),
                by: cell.by.clone(),
                at: cell.at,
            });
        }
    }
    score
}

impl Score {
    /// Says whether more than a fifth of the marks is excluded, so that the score is 「僅供參考」.
    pub fn for_reference_only(&self, checklist: &Checklist) -> bool {
        self.total.excluded.0 * 5 > checklist.full_marks().0
    }

    /// Says whether every scored item has a verdict.
    pub const fn is_final(&self) -> bool {
        self.total.answered == self.total.items
    }

    /// Names the grade, with the vetoes that the round opted into; nothing while items are open or none applies.
    pub fn grade(&self, checklist: &Checklist, round: &Round) -> Option<Grade> {
        if !self.is_final() {
            return None;
        }
        if self.veto(checklist, round).is_some() {
            return Some(Grade::Fail);
        }
        self.total.rate().map(|rate| round.plan.grades.grade(rate))
    }

    /// Returns the failed item whose veto caps the grade.
    pub fn veto<'a>(&'a self, checklist: &Checklist, round: &Round) -> Option<&'a ItemId> {
        let caps = |loss: &&Loss| {
            loss.verdict == Verdict::Fail
                && checklist
                    .item(&loss.item)
                    .and_then(|item| item.veto.as_ref())
                    .is_some_and(|veto| round.plan.vetoes.contains(veto))
        };
        self.losses.iter().find(caps).map(|loss| &loss.item)
    }
}
