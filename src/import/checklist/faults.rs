//! Collecting the faults of a file, and judging its texts.

use super::fault::{Fault, FaultKind, quoted};
use crate::text::is_clean;

/// The longest name of an item, a card or a group.
pub(super) const NAME: usize = 16;
/// The longest key of a rule and name of a veto.
pub(super) const LONG_NAME: usize = 32;

/// The faults found so far, and where the lines of the file begin.
pub(super) struct Faults {
    starts: Vec<usize>,
    found: Vec<Fault>,
}

impl Faults {
    /// Prepares to judge a file.
    pub fn of(file: &[u8]) -> Self {
        let ends = file.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        Self { starts: ends.map(|(at, _)| at + 1).collect(), found: Vec::new() }
    }

    /// Returns the line of a byte, from 1.
    pub fn line(&self, at: usize) -> u32 {
        let before = self.starts.partition_point(|start| *start <= at);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Notes a fault at a byte.
    pub fn add(&mut self, at: usize, what: FaultKind) {
        let line = self.line(at);
        self.found.push(Fault { line, what });
    }

    /// Returns what was found, from the top of the file to its end.
    pub fn sorted(mut self) -> Vec<Fault> {
        self.found.sort_by_key(|fault| fault.line);
        self.found
    }
}

/// Returns what a word stands for, or notes that it is not known.
pub(super) fn judge_word<T: Copy>(
    text: &str,
    at: usize,
    key: &'static str,
    words: &[(&str, T)],
    known: &'static str,
    faults: &mut Faults,
) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let word = quoted(text);
        faults.add(at, FaultKind::UnknownWord { key, word, known });
    }
    found
}

/// Notes what is wrong with a text for people.
pub(super) fn judge_prose(text: &str, at: usize, key: &'static str, limit: usize, faults: &mut Faults) {
    let length = text.chars().count();
    if length > limit {
        faults.add(at, FaultKind::TooLong { key, length, limit });
    }
    if !is_clean(text, false) {
        let mut buffer = [0; 4];
        let character = text.chars().find(|c| !is_clean(c.encode_utf8(&mut buffer), false));
        faults.add(at, FaultKind::Unclean { key, character });
    }
}

/// Says whether a name can stand in file names, commands and tables without quotation.
pub(super) fn is_name(name: &str, limit: usize) -> bool {
    (1..=limit).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}
