//! How a checklist text lies in records: a line and pieces that stay under the records' limit.

use super::names;
use super::staging::Staging;
use crate::domain::{Checklist, EditionId, EditionLine, ReadFault};
use crate::store::codec::Bytes;

/// Bytes of a checklist text in one record.
const PIECE: usize = 3 * 1024;

/// Stages a checklist text.
pub fn save(staging: &mut Staging<'_>, id: EditionId, checklist: &Checklist) -> Result<(), ReadFault> {
    let json = serde_json::to_vec(checklist).map_err(|fault| damaged(&id, &fault))?;
    let pieces = json.chunks(PIECE);
    let line = EditionLine {
        id,
        edition: checklist.edition.clone(),
        title: checklist.title.clone(),
        items: u16::try_from(checklist.items.len()).unwrap_or(u16::MAX),
        scored: u16::try_from(checklist.items.iter().filter(|item| checklist.scored(item)).count()).unwrap_or(u16::MAX),
        chunks: u16::try_from(pieces.len()).unwrap_or(u16::MAX),
    };
    for (part, piece) in (0u16..).zip(pieces) {
        staging.put(names::edition_part(&id, part), &piece)?;
    }
    staging.put(names::edition(&id), &line)
}

/// Reads a checklist text.
pub fn load(staging: &Staging<'_>, id: &EditionId) -> Result<Option<Checklist>, ReadFault> {
    let Some(line) = staging.get::<EditionLine>(&names::edition(id))? else {
        return Ok(None);
    };
    let mut json = Vec::with_capacity(usize::from(line.chunks) * PIECE);
    for part in 0..line.chunks {
        let piece: Option<Bytes> = staging.get(&names::edition_part(id, part))?;
        json.extend(piece.ok_or_else(|| damaged(id, &format!("piece {part} is missing")))?.0);
    }
    serde_json::from_slice(&json).map(Some).map_err(|fault| damaged(id, &fault))
}

fn damaged(id: &EditionId, fault: &dyn std::fmt::Display) -> ReadFault {
    ReadFault { record: format!("checklist {}", id.short()), reason: fault.to_string() }
}
