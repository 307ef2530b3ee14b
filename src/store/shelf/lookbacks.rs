//! How look-backs lie in records: a line, and the items that were drawn with what was seen of them.

use super::names;
use super::staging::Staging;
use crate::domain::{Lookback, LookbackId, LookbackLine, ReadFault, Rev};

/// Returns a look-back's revision.
pub fn rev(staging: &Staging<'_>, id: LookbackId) -> Result<Option<Rev>, ReadFault> {
    Ok(staging.get::<LookbackLine>(&names::lookback(id))?.map(|line| line.rev))
}

/// Reads a look-back.
pub fn load(staging: &Staging<'_>, id: LookbackId) -> Result<Option<Lookback>, ReadFault> {
    staging.get_long(&names::lookback_drawn(id))
}

/// Reads every look-back in a line, the latest first.
pub fn lines(staging: &Staging<'_>) -> Result<Vec<LookbackLine>, ReadFault> {
    let lines: Vec<(Vec<u8>, LookbackLine)> = staging.all(&[names::kind::LOOKBACK])?;
    Ok(lines.into_iter().rev().map(|(_, line)| line).collect())
}

/// Stages a look-back.
pub fn save(staging: &mut Staging<'_>, lookback: &Lookback) -> Result<(), ReadFault> {
    staging.put(names::lookback(lookback.id), &LookbackLine::from(lookback))?;
    staging.put_long(&names::lookback_drawn(lookback.id), lookback)
}
