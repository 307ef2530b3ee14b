//! Finding the end of a journal without reading all of it, and cutting off what was never acknowledged.

use super::line::{HEADER, decode_line, header_hash};
use super::{Head, JournalError, LINE_LIMIT};
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

/// Finds the last line that is whole, ends its act and has the right hash; answers the head there.
///
/// What stands behind it was never acknowledged: one write makes an act, and a write is acknowledged after its sync.
/// A good line that ends its act is the head whatever stands before it; damage before it is found by the scan.
pub fn find_head(bytes: &dyn Bytes) -> Result<(Head, Option<TailCut>), JournalError> {
    let len = bytes.len()?;
    let header = HEADER.len() as u64;
    let first = bytes.read(0, HEADER.len())?;
    if first != HEADER.as_bytes() {
        return Err(JournalError::Foreign(bytes.name()));
    }
    let empty = Head { seq: Seq(0), hash: header_hash(), end: header };
    let mut window = Window { bytes, from: len, data: Vec::new() };
    let mut end = len;
    // Lines are looked at from the last to the first; the first good one that ends its act is the head.
    while end > header {
        if len - end > BACK {
            return Err(damaged(bytes, end, "no good line near the end"));
        }
        let start = window.line_start(end, header)?;
        let line = window.slice(start, end);
        let whole = line.last() == Some(&b'\n');
        let decoded = if whole { decode_line(&line[..line.len() - 1]) } else { Err("cut short".to_owned()) };
        match decoded {
            Ok((entry, _, hash)) if !entry.more => {
                let head = Head { seq: entry.seq, hash, end };
                let cut = (end < len).then_some(TailCut { end, bytes: len - end });
                return Ok((head, cut));
            }
            // An act that was not finished was never acknowledged, and neither was a line
            // that is cut short or whose sectors did not all reach the disk.
            Ok(_) | Err(_) => {}
        }
        end = start;
    }
    let cut = (len > header).then_some(TailCut { end: header, bytes: len - header });
    Ok((empty, cut))
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
