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
    // What an archive says of itself costs nothing to read; one that lies is stopped on the way.
    if archive.decompressed_size().is_some_and(|size| size > INSIDE_LIMIT as u128) {
        return Err(ListFault::TooLargeInside);
    }
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
    /// What this is in.
    inside: Inside,
    /// The last bytes, the newest lowest, without those that UTF-16 puts between letters: whoever looks for a word
    /// looks at one number, because this is done for every byte of a file.
    last: u128,
    /// The greatest number of texts that was claimed.
    claimed: usize,
    claim: Claim,
}

/// What does not begin an element with a `<`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Text,
    Comment,
    Quotation,
    Instruction,
    /// A part in which a zero stood: UTF-16, or a picture.
    Other,
}

/// How far the claim of a number of texts is read.
#[derive(Default)]
enum Claim {
    #[default]
    None,
    Named,
    Number(usize),
}

/// Spells a word as the number that it makes of the last bytes.
const fn word(letters: &[u8]) -> u128 {
    let (mut number, mut at) = (0, 0);
    while at < letters.len() {
        number = number << 8 | letters[at] as u128;
        at += 1;
    }
    number
}

const CLAIM_WORD: u128 = word(CLAIM);
const CLAIM_MASK: u128 = (1 << (8 * CLAIM.len())) - 1;

impl Gauge {
    /// Takes more bytes; answers whether a reader could still hold them.
    fn takes(&mut self, bytes: &[u8]) -> bool {
        self.size += bytes.len();
        for byte in bytes {
            // In UTF-16 the runs are not seen, so that such a part may be one run as a whole.
            if *byte == 0 {
                self.inside = Inside::Other;
            } else {
                self.step(*byte);
            }
            self.run += 1;
            // Pictures and the like are runs as well, and nobody reads them.
            if self.run > RUN_LIMIT && (self.inside != Inside::Other || self.run > FILE_LIMIT / 4) {
                return false;
            }
        }
        true
    }

    fn step(&mut self, byte: u8) {
        self.last = self.last << 8 | u128::from(byte);
        match (self.inside, byte) {
            (Inside::Text, b'<') => self.run = 0,
            (Inside::Text, b'-') if self.last & 0xffff_ffff == word(b"<!--") => self.inside = Inside::Comment,
            (Inside::Text, b'[') if self.last & 0x00ff_ffff == word(b"<![") => self.inside = Inside::Quotation,
            (Inside::Text, b'?') if self.last & 0xffff == word(b"<?") => self.inside = Inside::Instruction,
            (Inside::Comment, b'>') if self.last & 0x00ff_ffff == word(b"-->") => self.inside = Inside::Text,
            (Inside::Quotation, b'>') if self.last & 0x00ff_ffff == word(b"]]>") => self.inside = Inside::Text,
            (Inside::Instruction, b'>') if self.last & 0xffff == word(b"?>") => self.inside = Inside::Text,
            _ => {}
        }
        match (&self.claim, byte) {
            _ if self.last & CLAIM_MASK == CLAIM_WORD => self.claim = Claim::Named,
            (Claim::None, _) | (Claim::Named, b'=' | b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'+') => {}
            (Claim::Named, b'0'..=b'9') => self.claims(usize::from(byte - b'0')),
            (Claim::Number(so_far), b'0'..=b'9') => {
                self.claims(so_far.saturating_mul(10).saturating_add(usize::from(byte - b'0')));
            }
            _ => self.claim = Claim::None,
        }
    }

    fn claims(&mut self, number: usize) {
        self.claim = Claim::Number(number);
        self.claimed = self.claimed.max(number);
    }
}
