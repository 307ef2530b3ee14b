//! Finding the end of a journal without reading all of it, and cutting off what was never acknowledged.

use super::line::{HEADER, Line, decode_line, header_hash};
use super::{Hash, Head, JournalError, LINE_LIMIT};
use crate::domain::Seq;

/// What was cut off the end: a write that never was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TailCut {
    /// Where the journal ends now.
    pub end: u64,
    /// The bytes that were cut.
    pub bytes: u64,
}

/// Bytes that can be read at an offset: a file, or memory.
pub trait Bytes {
    /// Returns how many there are.
    fn len(&self) -> Result<u64, JournalError>;
    /// Reads up to `len` bytes at an offset; fewer at the end.
    fn read(&self, offset: u64, len: usize) -> Result<Vec<u8>, JournalError>;
    /// Names them for a message.
    fn name(&self) -> String;
}

/// How far back the last good line is looked for: farther than the longest group of lines that one write can tear.
const BACK: u64 = 64 << 20;
/// How much is read at once.
const STEP: u64 = 64 << 10;

/// The end of a journal.
pub struct Tail {
    /// The last act that counts.
    pub head: Head,
    /// What stands behind it and is to be cut.
    pub cut: Option<TailCut>,
    /// Where the last write begins: whatever stands before it was synced before the write was begun.
    pub written: u64,
}

/// Finds the last line that is whole, ends its act and has the right hash: the head stands there.
///
/// What stands behind it was never acknowledged: one write makes an act, and a write is acknowledged after its sync.
/// A power cut may keep any sectors of a write that was not synced and leave others out: where the line found came
/// with others in one write, that write is looked through from its beginning, and a hole in it ends the journal too.
/// Damage before the last write was acknowledged; it stays and is found by the scan.
pub fn find_tail(bytes: &dyn Bytes) -> Result<Tail, JournalError> {
    let len = bytes.len()?;
    let first = bytes.read(0, HEADER.len())?;
    if first != HEADER.as_bytes() {
        return Err(JournalError::Foreign(bytes.name()));
    }
    let last = last_act(bytes, len)?;
    let tail = if last.begin == last.start { last.tail() } else { looked_through(bytes, last)? };
    let cut = (tail.head.end < len).then(|| TailCut { end: tail.head.end, bytes: len - tail.head.end });
    Ok(Tail { cut, ..tail })
}

/// A line that ends an act.
struct Act {
    head: Head,
    /// Where the line begins.
    start: u64,
    /// Where the write that it came with begins.
    begin: u64,
}

impl Act {
    fn tail(self) -> Tail {
        Tail { head: self.head, cut: None, written: self.begin }
    }
}

/// Looks at lines from the last to the first, up to the first good one that ends its act.
fn last_act(bytes: &dyn Bytes, len: u64) -> Result<Act, JournalError> {
    let header = HEADER.len() as u64;
    let mut window = Window { bytes, from: len, data: Vec::new() };
    let mut end = len;
    while end > header {
        if len - end > BACK {
            return Err(damaged(bytes, end, "no good line near the end"));
        }
        let start = window.line_start(end, header)?;
        // An act that was not finished was never acknowledged, and neither was a line
        // that is cut short or whose sectors did not all reach the disk.
        if let Some(line) = window.slice(start, end).strip_suffix(b"\n")
            && let Ok(Line { entry, after, hash, .. }) = decode_line(line)
            && !entry.more
        {
            let head = Head { seq: entry.seq, hash, end };
            let begin = start.checked_sub(after).filter(|begin| *begin >= header && after <= BACK);
            return Ok(Act { head, start, begin: begin.unwrap_or(start) });
        }
        end = start;
    }
    let head = Head { seq: Seq(0), hash: header_hash(), end: header };
    Ok(Act { head, start: 0, begin: 0 })
}

/// Looks through the write that a line came with, from its beginning up to that line.
fn looked_through(bytes: &dyn Bytes, last: Act) -> Result<Tail, JournalError> {
    let data = bytes.read(last.begin, usize::try_from(last.head.end - last.begin).unwrap_or_default())?;
    let (mut good, mut before, mut at) = (None, None, 0);
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        let Some(Ok(line_read)) = line.strip_suffix(b"\n").map(decode_line) else { break };
        let Line { entry, prev, hash, .. } = line_read;
        if before.is_some_and(|(seq, hash): (Seq, Hash)| (seq.next(), hash) != (entry.seq, prev)) {
            break;
        }
        before = Some((entry.seq, hash));
        at += line.len();
        if !entry.more {
            good = Some(Head { seq: entry.seq, hash, end: last.begin + at as u64 });
        }
    }
    if good == Some(last.head) {
        return Ok(last.tail());
    }
    // A sector that a power cut left out reads as zeros; anything else between good lines is damage from outside.
    if !has_hole(&data, at, last.begin) {
        return Ok(last.tail());
    }
    if let Some(head) = good {
        return Ok(Tail { head, cut: None, written: last.begin });
    }
    let above = last_act(bytes, last.begin)?;
    Ok(if above.head.end == last.begin { above.tail() } else { last.tail() })
}

/// A disk writes a sector as a whole or not at all.
const SECTOR: u64 = 512;

/// Says whether behind `from` a sector is missing from data that begin at a byte of the file.
fn has_hole(data: &[u8], from: usize, begin: u64) -> bool {
    let first = begin + from as u64 - (begin + from as u64) % SECTOR;
    let end = begin + data.len() as u64;
    let place = |at: u64| usize::try_from(at.saturating_sub(begin)).unwrap_or_default().min(data.len());
    let mut sectors = (first..end).step_by(512).map(|at| data.get(place(at)..place(at + SECTOR)).unwrap_or_default());
    sectors.any(|sector| !sector.is_empty() && sector.iter().all(|byte| *byte == 0))
}

fn damaged(bytes: &dyn Bytes, offset: u64, what: &str) -> JournalError {
    JournalError::Damaged { line: 0, offset, what: what.to_owned(), file: bytes.name() }
}

/// The end of the bytes, read backwards in steps.
struct Window<'a> {
    bytes: &'a dyn Bytes,
    from: u64,
    data: Vec<u8>,
}

impl Window<'_> {
    /// Finds where the line that ends at `end` begins.
    fn line_start(&mut self, end: u64, floor: u64) -> Result<u64, JournalError> {
        loop {
            let known = usize::try_from(end.saturating_sub(self.from)).unwrap_or_default();
            // The newline that ends this line is not the one that ends the line before.
            let search = self.data.get(..known.saturating_sub(1)).unwrap_or_default();
            if let Some(at) = search.iter().rposition(|byte| *byte == b'\n') {
                return Ok((self.from + at as u64 + 1).max(floor));
            }
            if self.from <= floor {
                return Ok(floor);
            }
            if end - self.from > LINE_LIMIT as u64 * 2 {
                return Err(damaged(self.bytes, self.from, "a line without an end"));
            }
            let step = STEP.max(self.data.len() as u64).min(self.from - floor);
            let mut data = self.bytes.read(self.from - step, usize::try_from(step).unwrap_or_default())?;
            data.extend_from_slice(&self.data);
            self.from -= step;
            self.data = data;
        }
    }

    fn slice(&self, start: u64, end: u64) -> &[u8] {
        let at = |place: u64| usize::try_from(place.saturating_sub(self.from)).unwrap_or_default();
        self.data.get(at(start)..at(end)).unwrap_or_default()
    }
}
