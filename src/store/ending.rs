//! What the desk counts when a round is ended.

use std::ops::ControlFlow;

use super::shelf::staging::Staging;
use super::shelf::{followed, lookbacks};
use crate::domain::{BranchId, Day, Figures, Outcome, Rates, ReadFault, RoundLine};

/// Counts what a round comes to on a day.
pub fn figures(staging: &Staging<'_>, line: &RoundLine, today: Day) -> Result<Figures, ReadFault> {
    let mut rates = Rates::default();
    followed::scan(staging, (line.id, BranchId::default()), &mut |id, finding| {
        if id.round != line.id {
            return ControlFlow::Break(());
        }
        rates.add(&finding, today);
        ControlFlow::Continue(())
    })?;
    for lookback in lookbacks::lines(staging)? {
        let Some(lookback) = lookbacks::load(staging, lookback.id)? else { continue };
        let own = lookback.drawn.iter().filter(|drawn| drawn.rect.finding.round == line.id);
        for seen in own.filter_map(|drawn| drawn.seen.as_ref()) {
            rates.relapse.count(seen.look.outcome == Outcome::Relapsed);
        }
    }
    Ok(Figures::of(line, rates, today))
}
