//! What waits for somebody, by deadline, and how many items stand where: kept beside the ledger, so that a home screen
//! reads its first lines and its counts without reading the ledger.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::names;
use super::staging::Staging;
use crate::domain::{Day, FindingId, LedgerFinding, LedgerLine, ReadFault, RectId, Tally, Waiting};

/// Stages how a finding's items went from `before` to `after`.
pub fn save(
    staging: &mut Staging<'_>,
    id: FindingId,
    before: Option<&LedgerFinding>,
    after: &LedgerFinding,
) -> Result<(), ReadFault> {
    let stood = before.map_or(&[][..], |finding| &finding.lines);
    let mut tally: Tally = staging.get(&names::tally())?.unwrap_or_default();
    let mut days: BTreeMap<Day, i32> = BTreeMap::new();
    for (item, line) in (1u8..).zip(&after.lines) {
        let old = usize::from(item).checked_sub(1).and_then(|at| stood.get(at));
        if old == Some(line) {
            continue;
        }
        let id = RectId { finding: id, item };
        if let Some(old) = old {
            tally.remove(old);
            for waiting in old.waits().filter(|waiting| !stands_in(line, *waiting, old.due)) {
                staging.remove(names::queue(waiting, old.due, id));
            }
            if let Some(day) = open_day(old) {
                *days.entry(day).or_default() -= 1;
            }
        }
        tally.add(line);
        let stood = |waiting: &Waiting| old.is_some_and(|old| stands_in(old, *waiting, line.due));
        for waiting in line.waits().filter(|waiting| !stood(waiting)) {
            staging.put(names::queue(waiting, line.due, id), &())?;
        }
        if let Some(day) = open_day(line) {
            *days.entry(day).or_default() += 1;
        }
    }
    staging.put(names::tally(), &tally)?;
    for (day, by) in days.into_iter().filter(|(_, by)| *by != 0) {
        let name = names::due(day);
        let count = staging.get::<u32>(&name)?.unwrap_or_default().saturating_add_signed(by);
        if count == 0 { staging.remove(name) } else { staging.put(name, &count)? }
    }
    Ok(())
}

/// Says whether an item waits for somebody under a day.
fn stands_in(line: &LedgerLine, waiting: Waiting, due: Day) -> bool {
    line.due == due && line.waits().any(|other| other == waiting)
}

fn open_day(line: &LedgerLine) -> Option<Day> {
    line.state.is_open().then_some(line.due)
}

/// Visits what waits for somebody, the earliest day first.
pub fn scan(
    staging: &Staging<'_>,
    waiting: Waiting,
    visit: &mut dyn FnMut(Day, RectId) -> ControlFlow<()>,
) -> Result<(), ReadFault> {
    let prefix = names::queue_of(waiting);
    staging.scan::<()>(&prefix, &prefix, &mut |name, ()| match names::queued(name) {
        Some((day, id)) => visit(day, id),
        None => ControlFlow::Continue(()),
    })
}

/// Counts the open items whose day is before `today`.
pub fn overdue(staging: &Staging<'_>, today: Day) -> Result<u32, ReadFault> {
    let mut count = 0u32;
    let prefix = [names::kind::DUE];
    staging.scan::<u32>(&prefix, &prefix, &mut |name, items| match names::due_of(name) {
        Some(day) if day < today => {
            count = count.saturating_add(items);
            ControlFlow::Continue(())
        }
        _ => ControlFlow::Break(()),
    })?;
    Ok(count)
}
