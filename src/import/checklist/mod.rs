//! Checklists as files: the built-in one, and those of an organisation.
//!
//! A file is judged whole. Somebody who has typed sixty items wants to hear of all slips at once, each with its line.

mod builtin;
mod card;
mod fault;
mod faults;
mod form;
mod item;
mod place;
mod rule;
mod say;
mod table;
#[cfg(test)]
mod tests;

use toml::de::DeTable;

pub use builtin::{BUILTIN, builtin};
pub use fault::{Expected, Fault, FaultKind};

use crate::domain::{Checklist, EditionId};
use builtin::Known;
use fault::retold;
use faults::Faults;

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 1 << 20;
/// The most items that a checklist may have.
pub const ITEM_LIMIT: usize = 500;

/// Reads a checklist file, or says everything that is wrong with it, from its top to its end.
pub fn read(bytes: &[u8]) -> Result<Checklist, Vec<Fault>> {
    read_with(bytes, Known::of(builtin()))
}

/// Names an edition: the BLAKE3 hash of everything in it, whatever file it was read from.
pub fn edition_id(checklist: &Checklist) -> EditionId {
    let mut hasher = blake3::Hasher::new();
    // Neither the hasher nor a structure of texts and numbers can fail to be written.
    serde_json::to_writer(&mut hasher, checklist).unwrap_or_default();
    EditionId(*hasher.finalize().as_bytes())
}

/// Reads a file; `known` holds the cards and rules that the file need not describe.
fn read_with(bytes: &[u8], known: Known<'_>) -> Result<Checklist, Vec<Fault>> {
    let mut faults = Faults::of(bytes);
    if bytes.len() > FILE_LIMIT {
        let (size, limit) = (bytes.len(), FILE_LIMIT);
        faults.add(0, FaultKind::TooLarge { size, limit });
        return Err(faults.sorted());
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(fault) => {
            let offset = fault.valid_up_to();
            faults.add(offset, FaultKind::NotUtf8 { offset });
            return Err(faults.sorted());
        }
    };
    let file = match DeTable::parse(text) {
        Ok(file) => file,
        Err(fault) => {
            let at = fault.span().map_or(0, |span| span.start);
            faults.add(at, FaultKind::Syntax(retold(fault.message())));
            return Err(faults.sorted());
        }
    };
    let checklist = form::read_form(file.get_ref(), known, &mut faults);
    let faults = faults.sorted();
    if faults.is_empty() { Ok(checklist) } else { Err(faults) }
}
