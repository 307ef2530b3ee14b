//! Walking the chain from a place on, line by line.

use super::line::{HEADER, Line, decode_line, header_hash};
use super::tail::Bytes;
use super::{Head, JournalError, LINE_LIMIT, Visit};
use crate::domain::{Entry, Seq};

/// How much is read at once.
const STEP: usize = 1 << 20;

/// Visits every entry behind `from` up to `end`, checking that each goes on from the one before.
pub fn scan(bytes: &dyn Bytes, from: Option<Head>, end: u64, visit: Visit<'_>) -> Result<Head, JournalError> {
    let start = Head { seq: Seq(0), hash: header_hash(), end: HEADER.len() as u64 };
    let mut head = from.unwrap_or(start);
    let (mut data, mut base) = (Vec::new(), head.end);
    while head.end < end {
        let at = usize::try_from(head.end - base).unwrap_or_default();
        let rest = data.get(at..).unwrap_or_default();
        let Some(len) = rest.iter().position(|byte| *byte == b'\n') else {
            if rest.len() > LINE_LIMIT {
                return Err(damaged(bytes, &head, "the line has no end"));
            }
            let mut more = rest.to_vec();
            let next = bytes.read(head.end + more.len() as u64, STEP)?;
            if next.is_empty() {
                return Err(damaged(bytes, &head, "the file ends within the line"));
            }
            more.extend_from_slice(&next);
            (data, base) = (more, head.end);
            continue;
        };
        let line = rest.get(..len).unwrap_or_default();
        let Line { entry, prev, hash, .. } = decode_line(line).map_err(|what| damaged(bytes, &head, &what))?;
        if prev != head.hash || entry.seq != head.seq.next() {
            return Err(damaged(bytes, &head, "the line does not go on from the one before it"));
        }
        let range = head.end..head.end + len as u64 + 1;
        head = Head { seq: entry.seq, hash, end: range.end };
        if visit(&entry, range, &hash).is_break() {
            break;
        }
    }
    Ok(head)
}

/// Reads the entry whose line begins at a byte.
pub fn read_at(bytes: &dyn Bytes, offset: u64) -> Result<Entry, JournalError> {
    let mut size = 1024;
    loop {
        let data = bytes.read(offset, size)?;
        if let Some(len) = data.iter().position(|byte| *byte == b'\n') {
            let here = Head { seq: Seq(0), hash: header_hash(), end: offset };
            let decoded = decode_line(data.get(..len).unwrap_or_default());
            return decoded.map(|line| line.entry).map_err(|what| damaged(bytes, &here, &what));
        }
        if data.len() < size || size > LINE_LIMIT {
            let here = Head { seq: Seq(0), hash: header_hash(), end: offset };
            return Err(damaged(bytes, &here, "the line has no end"));
        }
        size = (size * 8).min(LINE_LIMIT + 1);
    }
}

/// Says whether a place lies at the end of a line with its number and hash.
pub fn knows(bytes: &dyn Bytes, place: &Head) -> bool {
    if place.seq == Seq(0) {
        return place.hash == header_hash() && place.end == HEADER.len() as u64;
    }
    // The hash stands at the very end of its line.
    let tail = format!("\"hash\":\"{}\"}}\n", place.hash);
    let Some(start) = place.end.checked_sub(tail.len() as u64) else {
        return false;
    };
    bytes.read(start, tail.len()).is_ok_and(|data| data == tail.as_bytes())
}

fn damaged(bytes: &dyn Bytes, place: &Head, what: &str) -> JournalError {
    // The header is line 1, the first entry line 2.
    let line = if place.seq == Seq(0) && place.end > HEADER.len() as u64 { 0 } else { place.seq.0 + 2 };
    JournalError::Damaged { line, offset: place.end, what: what.to_owned(), file: bytes.name() }
}
