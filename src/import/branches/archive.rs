//! What an `.xlsx` archive would become, measured before anything is made of it.
//!
//! An archive of 60 KiB can hold a sheet of 64 MiB, and a head of ten bytes can claim room for as many texts as it likes.
//! So every part is inflated once into nothing, with a limit, and what a reader would have to hold at once is judged.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{FILE_LIMIT, ListFault};

/// The most bytes that all parts together may have.
pub const INSIDE_LIMIT: usize = 4 * FILE_LIMIT;
/// The most bytes of the styles: an element of five bytes becomes hundreds.
const STYLES_LIMIT: usize = 1 << 20;
/// The longest run of bytes that a reader holds at once: a text, an element with its attributes, a comment.
const RUN_LIMIT: usize = 1 << 20;
/// The most parts.
const PART_LIMIT: usize = 10_000;
/// The most texts that may be claimed; the claim is believed, and some programs claim more than there are.
const TEXTS_LIMIT: usize = 1 << 20;
/// The claim of how many texts there are.
const CLAIM: &[u8] = b"uniqueCount";

/// Refuses an archive that would become too large.
pub(super) fn judge(bytes: &[u8]) -> Result<(), ListFault> {
    let fault = |fault: &dyn std::fmt::Display| ListFault::Workbook(fault.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|told| fault(&told))?;
    if archive.len() > PART_LIMIT {
        return Err(ListFault::TooLargeInside);
    }
    let (mut total, mut chunk) = (0, vec![0; 64 << 10]);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|told| fault(&told))?;
        let limit = limit_of(&part.name().map_err(|told| fault(&told))?);
        let mut gauge = Gauge::default();
        loop {
            let count = match part.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => count,
                Err(told) => return Err(fault(&told)),
            };
            total += count;
            let fits = chunk.get(..count).is_some_and(|read| gauge.takes(read));
            if !fits || gauge.size > limit || total > INSIDE_LIMIT {
                return Err(ListFault::TooLargeInside);
            }
        }
        if gauge.claimed > TEXTS_LIMIT {
            return Err(ListFault::TooLargeInside);
        }
    }
    Ok(())
}

/// Returns how large a part may be: sheets are read as a stream, everything else is held.
fn limit_of(name: &str) -> usize {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    match last.as_str() {
        "styles.xml" => STYLES_LIMIT,
        sheet if sheet.contains("sheet") => INSIDE_LIMIT,
        _ => FILE_LIMIT,
    }
}

/// What a part holds so far.
#[derive(Default)]
struct Gauge {
    size: usize,
    /// Bytes since the last beginning of an element.
    run: usize,
    /// What ends the comment or the like in which this is; elements do not begin in it.
    until: Option<&'static [u8]>,
    /// The last bytes, without those that UTF-16 puts between letters.
    last: [u8; 12],
    /// The greatest number of texts that was claimed.
    claimed: usize,
    claim: Claim,
}

/// How far the claim of a number of texts is read.
#[derive(Default)]
enum Claim {
    #[default]
    None,
    Named,
    Number(usize),
}

impl Gauge {
    /// Takes more bytes; answers whether a reader could still hold them.
    fn takes(&mut self, bytes: &[u8]) -> bool {
        self.size += bytes.len();
        bytes.iter().all(|byte| {
            // In UTF-16 the runs are not seen, so that such a part may be one run as a whole.
            if *byte == 0 {
                self.until = Some(b"\0");
            } else {
                self.step(*byte);
            }
            self.run += 1;
            // Pictures and the like are runs as well, and nobody reads them.
            self.run <= if self.until == Some(b"\0") { FILE_LIMIT / 4 } else { RUN_LIMIT }
        })
    }

    fn step(&mut self, byte: u8) {
        self.last.rotate_left(1);
        if let Some(last) = self.last.last_mut() {
            *last = byte;
        }
        match self.until {
            Some(end) if self.last.ends_with(end) => self.until = None,
            Some(_) => {}
            None if byte == b'<' => self.run = 0,
            None => {
                let begun: [(&[u8], &[u8]); 3] = [(b"<!--", b"-->"), (b"<![", b"]]>"), (b"<?", b"?>")];
                self.until = begun.iter().find(|(begin, _)| self.last.ends_with(begin)).map(|(_, end)| *end);
            }
        }
        self.claim = match (&self.claim, byte) {
            _ if self.last.ends_with(CLAIM) => Claim::Named,
            (Claim::Named, b'=' | b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'+') => Claim::Named,
            (Claim::Named, b'0'..=b'9') => Claim::Number(usize::from(byte - b'0')),
            (Claim::Number(so_far), b'0'..=b'9') => {
                Claim::Number(so_far.saturating_mul(10).saturating_add(usize::from(byte - b'0')))
            }
            _ => Claim::None,
        };
        if let Claim::Number(number) = self.claim {
            self.claimed = self.claimed.max(number);
        }
    }
}
