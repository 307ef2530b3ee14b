//! The order of branches by their scores: only where the round allows it, and never of a few.

use super::RoundAnalysis;
use crate::domain::RoundPlan;

/// The fewest branches that are put in an order.
pub const RANKED_FROM: usize = 5;

/// The order of branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// The round does not allow one.
    Off,
    /// So few branches are signed that an order would single them out.
    TooFew(usize),
    /// The ranks, the best first: the rank and the row of the analysis.
    Ranks(Vec<(u32, usize)>),
}

impl RoundAnalysis {
    /// Puts the branches in the order of their scores; those with the same score share a rank.
    pub fn ranking(&self, plan: &RoundPlan) -> Ranking {
        if !plan.ranked {
            return Ranking::Off;
        }
        let rates = self.rows.iter().enumerate().filter_map(|(row, (_, total))| Some((total.rate()?, row)));
        let mut order: Vec<(u32, usize)> = rates.collect();
        if order.len() < RANKED_FROM {
            return Ranking::TooFew(order.len());
        }
        order.sort_by_key(|(rate, row)| (std::cmp::Reverse(*rate), *row));
        let mut ranks = Vec::with_capacity(order.len());
        let (mut rank, mut last) = (0, None);
        for (place, (rate, row)) in (1u32..).zip(order) {
            if last != Some(rate) {
                (rank, last) = (place, Some(rate));
            }
            ranks.push((rank, row));
        }
        Ranking::Ranks(ranks)
    }
}
