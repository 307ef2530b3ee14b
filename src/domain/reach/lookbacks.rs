//! Look-backs as far as they are seen: the items that they drew in a part of the tree.

use super::super::{Criteria, Drawn, Lookback, RectId};
use super::part::Part;

impl Part {
    /// Returns a look-back with the items of the part that it drew; nothing where it drew none of them.
    pub fn lookback(&self, mut lookback: Lookback) -> Option<Lookback> {
        lookback.drawn.retain(|drawn: &Drawn| self.has(drawn.rect.finding.branch));
        let (criteria, drawn) = self.drawn(lookback.criteria, lookback.drawn.len())?;
        Some(Lookback { criteria, population: drawn, ..lookback })
    }

    /// Returns the items of the part, with from what and from how many they were drawn as far as that is seen.
    pub fn sample(&self, criteria: Criteria, mut drawn: Vec<RectId>) -> Option<(Criteria, u32, Vec<RectId>)> {
        drawn.retain(|rect| self.has(rect.finding.branch));
        let (criteria, population) = self.drawn(criteria, drawn.len())?;
        Some((criteria, population, drawn))
    }

    /// How many there were to draw from, and how many were wanted, are counts of what is not seen.
    fn drawn(&self, mut criteria: Criteria, drawn: usize) -> Option<(Criteria, u32)> {
        criteria.over = criteria.over.filter(|over| self.has(*over));
        criteria.size = u16::try_from(drawn).unwrap_or(u16::MAX);
        (drawn > 0).then_some((criteria, u32::try_from(drawn).unwrap_or(u32::MAX)))
    }
}
