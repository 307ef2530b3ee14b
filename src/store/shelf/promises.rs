//! Which findings kept their day (按期完成率): counted month by month beside the ledger, so that a home screen reads twelve
//! records for a year of whatever many findings.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::names;
use super::staging::Staging;
use crate::domain::{Day, LedgerFinding, Promise, Rate, ReadFault};

/// The findings whose last day is in a month, by the day of the month.
type Month = BTreeMap<i8, Rate>;

/// Stages how a finding went from `before` to `after`.
pub fn save(staging: &mut Staging<'_>, before: Option<&LedgerFinding>, after: &LedgerFinding) -> Result<(), ReadFault> {
    let (was, now) = (before.and_then(Promise::of), Promise::of(after));
    if was == now {
        return Ok(());
    }
    if let Some(was) = was {
        change(staging, was.due, |rate| rate.take_off(was.kept))?;
    }
    if let Some(now) = now {
        change(staging, now.due, |rate| rate.count(now.kept))?;
    }
    Ok(())
}

fn change(staging: &mut Staging<'_>, day: Day, by: impl FnOnce(&mut Rate)) -> Result<(), ReadFault> {
    let name = names::promises(day);
    let mut month: Month = staging.get(&name)?.unwrap_or_default();
    by(month.entry(day.0.day()).or_default());
    month.retain(|_, rate| rate.of > 0);
    if month.is_empty() {
        staging.remove(name);
        return Ok(());
    }
    staging.put(name, &month)
}

/// Counts the findings whose last day has come, and those of them that kept it.
pub fn come(staging: &Staging<'_>, today: Day) -> Result<Rate, ReadFault> {
    let mut all = Rate::default();
    let prefix = [names::kind::PROMISES];
    let this = names::promises(today);
    staging.scan::<Month>(&prefix, &prefix, &mut |name, month| {
        if name > this.as_slice() {
            return ControlFlow::Break(());
        }
        let last = if name == this { today.0.day() } else { i8::MAX };
        for rate in month.range(..=last).map(|(_, rate)| *rate) {
            all.add(rate);
        }
        ControlFlow::Continue(())
    })?;
    Ok(all)
}
