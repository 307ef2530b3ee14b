//! One line of the journal: JSON that an auditor reads without this program.

use serde::Deserialize;

use super::{Hash, JournalError, LINE_LIMIT};
use crate::domain::Entry;

/// The first line of every journal.
pub const HEADER: &str = "{\"tijian\":\"journal\",\"version\":1}\n";

/// Returns the hash that the first entry goes on from.
pub fn header_hash() -> Hash {
    Hash(*blake3::hash(HEADER.as_bytes()).as_bytes())
}

/// Appends the lines of one write to a buffer; returns where each begins, counted from the write's own beginning,
/// and the last one's hash.
pub fn encode_write(entries: &[Entry], prev: &Hash, out: &mut Vec<u8>) -> Result<(Vec<u64>, Hash), JournalError> {
    let (mut offsets, mut hash, begin) = (Vec::with_capacity(entries.len()), *prev, out.len());
    for entry in entries {
        let after = (out.len() - begin) as u64;
        offsets.push(after);
        hash = encode_line(entry, after, &hash, out)?;
    }
    Ok((offsets, hash))
}

/// Appends an entry's line to a buffer and returns its hash; `after` bytes of the same write stand before it.
pub fn encode_line(entry: &Entry, after: u64, prev: &Hash, out: &mut Vec<u8>) -> Result<Hash, JournalError> {
    let start = out.len();
    serde_json::to_writer(&mut *out, entry).map_err(JournalError::Encode)?;
    // The chain stands behind the entry's own fields, in the same object.
    if out.pop() != Some(b'}') {
        out.truncate(start);
        return Err(JournalError::Foreign("the entry".to_owned()));
    }
    if after > 0 {
        out.extend_from_slice(format!(",\"after\":{after}").as_bytes());
    }
    out.extend_from_slice(format!(",\"prev\":\"{prev}\"").as_bytes());
    let hash = hash_of(prev, out.get(start..).unwrap_or_default());
    out.extend_from_slice(format!(",\"hash\":\"{hash}\"}}\n").as_bytes());
    let len = out.len() - start;
    if len > LINE_LIMIT {
        out.truncate(start);
        return Err(JournalError::TooLong(len));
    }
    Ok(hash)
}

fn hash_of(prev: &Hash, line: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&prev.0);
    hasher.update(line);
    Hash(*hasher.finalize().as_bytes())
}

#[derive(Deserialize)]
struct Chain<'a> {
    #[serde(default)]
    after: u64,
    #[serde(borrow)]
    prev: &'a str,
    #[serde(borrow)]
    hash: &'a str,
}

/// A line that was read.
pub struct Line {
    /// What it says.
    pub entry: Entry,
    /// How many bytes of the write that it came with stand before it.
    pub after: u64,
    /// The hash of the line before it.
    pub prev: Hash,
    /// Its own hash.
    pub hash: Hash,
}

/// Reads a line without its newline.
///
/// The line's own hash is checked; whether the hash before it is the line before's is for the caller.
pub fn decode_line(line: &[u8]) -> Result<Line, String> {
    let text = std::str::from_utf8(line).map_err(|fault| fault.to_string())?;
    let chain: Chain<'_> = serde_json::from_str(text).map_err(|fault| fault.to_string())?;
    let (prev, hash) = (parse(chain.prev)?, parse(chain.hash)?);
    let tail = format!(",\"hash\":\"{hash}\"}}");
    let body = text.strip_suffix(&tail).ok_or("the hash does not stand at the end")?;
    if hash_of(&prev, body.as_bytes()) != hash {
        return Err("the hash does not fit the line".to_owned());
    }
    let entry = serde_json::from_str(text).map_err(|fault| fault.to_string())?;
    Ok(Line { entry, after: chain.after, prev, hash })
}

fn parse(hex: &str) -> Result<Hash, String> {
    let id = crate::domain::EditionId::parse(hex).ok_or("a hash is 64 hexadecimal digits")?;
    Ok(Hash(id.0))
}
