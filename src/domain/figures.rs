//! What a round comes to when it is over: figures that are written down and never counted anew.

use serde::{Deserialize, Serialize};

use super::{Day, Inspection, Rates, RoundLine, Verdict};

/// How often each verdict was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Verdicts {
    /// 合格.
    pub pass: u32,
    /// 較好.
    pub good: u32,
    /// 一般.
    pub fair: u32,
    /// 不合格.
    pub fail: u32,
    /// 不適用.
    pub not_applicable: u32,
}

impl Verdicts {
    /// Counts those of an inspection.
    pub fn of(inspection: &Inspection) -> Self {
        let mut verdicts = Self::default();
        for verdict in inspection.cells.values().filter_map(|cell| cell.verdict) {
            *verdicts.place(verdict) += 1;
        }
        verdicts
    }

    /// Returns how often a verdict was given.
    pub fn times(mut self, verdict: Verdict) -> u32 {
        *self.place(verdict)
    }

    /// Counts others in.
    pub fn add(&mut self, others: Self) {
        for verdict in Verdict::ALL {
            *self.place(verdict) += others.times(verdict);
        }
    }

    /// Counts others out.
    pub fn take(&mut self, others: Self) {
        for verdict in Verdict::ALL {
            let place = self.place(verdict);
            *place = place.saturating_sub(others.times(verdict));
        }
    }

    const fn place(&mut self, verdict: Verdict) -> &mut u32 {
        match verdict {
            Verdict::Pass => &mut self.pass,
            Verdict::Good => &mut self.good,
            Verdict::Fair => &mut self.fair,
            Verdict::Fail => &mut self.fail,
            Verdict::NotApplicable => &mut self.not_applicable,
        }
    }
}

/// The figures of a round on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The day in China.
    pub on: Day,
    /// Points got in the signed inspections, in tenths of a point times percent, as [`super::ScoreLine`] counts them.
    pub got: u64,
    /// Points that applied in the signed inspections, in tenths.
    pub applicable: u64,
    /// The verdicts of the signed inspections.
    pub verdicts: Verdicts,
    /// Findings of the inspections.
    pub findings: u64,
    /// How what was found is being put right, and the coverage of the plan.
    pub rates: Rates,
}

impl Figures {
    /// Puts together what stands in a round's line and what was counted of its ledger.
    pub fn of(line: &RoundLine, mut rates: Rates, on: Day) -> Self {
        rates.cover(line);
        Self {
            on,
            got: line.got,
            applicable: line.applicable,
            verdicts: line.verdicts,
            findings: line.findings.into(),
            rates,
        }
    }
}

/// Figures that were written down when a round was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Why the round had been opened again; empty for the first figures.
    pub reason: String,
    /// What they are.
    pub figures: Figures,
}
