//! How a command ends: its exit code and what is said about it.

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use super::within;
use crate::config::ConfigError;
use crate::domain::{Lang, ReadFault, care};
use crate::locales as w;
use crate::session::{desk_said, follow_said, open_said, read_said};
use crate::store::{DeskError, FollowError, JournalError, OpenError, RecordsError};
use crate::text::printable;

/// Why a command did not do what was asked. The exit code is part of the interface: scripts read it.
#[derive(Debug)]
pub enum Outcome {
    /// The house rules, or what was named, refuse it: exit code 1. The text is for the person.
    Refused(String),
    /// The store does not open or is held by another process: exit code 3.
    Store(String),
    /// The journal or the records are damaged or differ: exit code 4.
    Damaged(String),
    /// It could not be kept, or could not be written out: exit code 5.
    NotKept(String),
    /// Items are overdue, and the exit code was to say so: 6.
    Overdue(usize),
    /// There is something to look at once more, and the exit code was to say so: 7.
    Remarks(usize),
    /// The process that owns the store has said it: an exit code and a text.
    Elsewhere(u8, String),
    /// The store did not open, with why.
    Open(OpenError),
    /// The records could not be compared, with why.
    Follow(FollowError),
    /// The desk did not acknowledge it, with why.
    Desk(DeskError),
    /// A record could not be read.
    Read(ReadFault),
    /// The settings could not be read.
    Settings(ConfigError),
    /// Something outside of the store could not be read or written.
    Io(std::io::Error),
}

const REFUSED: u8 = 1;
const STORE: u8 = 3;
const DAMAGED: u8 = 4;
const NOT_KEPT: u8 = 5;
const OVERDUE: u8 = 6;
const REMARKS: u8 = 7;

impl Outcome {
    /// Returns the exit code. 2 is clap's, for words that are not the command's.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(self.number())
    }

    /// Returns the exit code as a number.
    pub fn number(&self) -> u8 {
        match self {
            Self::Refused(_) | Self::Settings(_) => REFUSED,
            Self::Store(_) | Self::Open(OpenError::Lock(_) | OpenError::JournalGone(_) | OpenError::Io(_)) => STORE,
            Self::Damaged(_) | Self::Read(_) => DAMAGED,
            Self::NotKept(_) | Self::Io(_) => NOT_KEPT,
            Self::Overdue(_) => OVERDUE,
            Self::Elsewhere(code, _) => *code,
            Self::Remarks(_) => REMARKS,
            Self::Open(OpenError::Journal(fault)) => journal(fault, STORE),
            Self::Open(OpenError::Records(fault)) => records(fault, STORE),
            Self::Open(OpenError::Follow(fault)) | Self::Follow(fault) => match fault {
                FollowError::Journal(fault) => journal(fault, STORE),
                FollowError::Records(fault) => records(fault, STORE),
                FollowError::Misfit { .. } => DAMAGED,
                FollowError::Stopped(_) => STORE,
            },
            Self::Desk(fault) => match fault {
                DeskError::Refused(_) | DeskError::TooLong(_) => REFUSED,
                DeskError::Journal(fault) => journal(fault, NOT_KEPT),
                DeskError::Records(fault) | DeskError::Behind(fault) => records(fault, NOT_KEPT),
                DeskError::Read(_) => DAMAGED,
                DeskError::ReadOnly => STORE,
            },
        }
    }

    /// Returns what is said about it.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Elsewhere(_, text)
            | Self::Refused(text)
            | Self::Store(text)
            | Self::Damaged(text)
            | Self::NotKept(text) => text.clone(),
            Self::Overdue(found) => w::OVERDUE_OR_NEAR.fill(lang, &[found]),
            Self::Remarks(found) => w::LINT_N.fill(lang, &[found]),
            Self::Open(fault) => open_said(fault, lang),
            Self::Follow(fault) => follow_said(fault, lang),
            Self::Desk(fault) => desk_said(fault, lang),
            Self::Read(fault) => read_said(fault, lang),
            Self::Settings(fault) => settings_said(fault, lang),
            Self::Io(fault) => w::E_IO.fill(lang, &[fault]),
        }
    }
}

/// A full disk or a missing right is no damage, wherever the journal meets it.
fn journal(fault: &JournalError, otherwise: u8) -> u8 {
    match fault {
        JournalError::Damaged { .. } => DAMAGED,
        JournalError::Full | JournalError::Write(_) | JournalError::Poisoned { .. } => NOT_KEPT,
        JournalError::TooLong(_) | JournalError::Encode(_) | JournalError::Foreign(_) | JournalError::Io { .. } => {
            otherwise
        }
    }
}

fn records(fault: &RecordsError, otherwise: u8) -> u8 {
    match fault {
        RecordsError::Read(_) => DAMAGED,
        RecordsError::Full => NOT_KEPT,
        RecordsError::TooLong(_) | RecordsError::Engine(_) | RecordsError::Broken(_) => otherwise,
    }
}

/// Says what is wrong with the settings.
pub fn settings_said(fault: &ConfigError, lang: Lang) -> String {
    match fault {
        ConfigError::File { path, line: Some(line), fault } => {
            w::E_SETTINGS_LINE.fill(lang, &[&printable(path), line, &printable(fault)])
        }
        ConfigError::File { path, line: None, fault } => {
            w::E_SETTINGS.fill(lang, &[&printable(path), &printable(fault)])
        }
        ConfigError::NoHome => w::E_HOME.say(lang).to_owned(),
    }
}

impl From<OpenError> for Outcome {
    fn from(fault: OpenError) -> Self {
        Self::Open(fault)
    }
}

impl From<FollowError> for Outcome {
    fn from(fault: FollowError) -> Self {
        Self::Follow(fault)
    }
}

impl From<DeskError> for Outcome {
    fn from(fault: DeskError) -> Self {
        Self::Desk(fault)
    }
}

impl From<ReadFault> for Outcome {
    fn from(fault: ReadFault) -> Self {
        Self::Read(fault)
    }
}

impl From<ConfigError> for Outcome {
    fn from(fault: ConfigError) -> Self {
        Self::Settings(fault)
    }
}

impl From<std::io::Error> for Outcome {
    fn from(fault: std::io::Error) -> Self {
        Self::Io(fault)
    }
}

/// Tells a person something on standard error. A terminal that has vanished hears nothing, and that is no fault: the
/// macros of the standard library would end the program in the middle of what it does.
pub fn tell(text: impl std::fmt::Display) {
    let Err(text) = within::tell(text) else { return };
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Says that it is done.
pub fn done(lang: Lang) -> String {
    format!("{}\n", w::DONE.say(lang))
}

/// Warns of names that look like personal data; on the command line the person has decided already.
pub fn warn_of_persons<'a>(names: impl IntoIterator<Item = Option<&'a str>>, lang: Lang) {
    let concerns: Vec<String> =
        names.into_iter().flatten().flat_map(care::concerns).map(|found| w::concern(&found, lang)).collect();
    if !concerns.is_empty() {
        tell(w::PERSONAL_WARNING.fill(lang, &[&concerns.join("、")]));
    }
}

/// Reads a file that somebody named, up to a limit.
pub fn read_file(path: &std::path::Path, limit: u64) -> Result<Vec<u8>, Outcome> {
    let told = |what: String| {
        let path = path.display().to_string();
        Outcome::Refused(format!("{}: {what}", printable(&path)))
    };
    let file = std::fs::File::open(path).map_err(|fault| told(fault.to_string()))?;
    let mut bytes = Vec::new();
    // Reading one byte more than allowed tells the endless file from the large one, whatever its size says.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|fault| told(fault.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(told(format!("> {limit} bytes")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::Arc;

    #[test]
    fn only_damage_is_called_damage() {
        let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
        let damaged = || JournalError::Damaged { line: 3, offset: 9, what: "hash".to_owned(), file: "j".to_owned() };
        let unread = || JournalError::Io { path: "j".to_owned(), source: denied() };
        let read = || ReadFault { record: "r".to_owned(), reason: "checksum".to_owned() };
        let appended = |fault| Outcome::Desk(DeskError::Journal(Arc::new(fault)));
        let codes = [
            (Outcome::Open(OpenError::Journal(damaged())), 4),
            (Outcome::Follow(FollowError::Journal(damaged())), 4),
            (Outcome::Open(OpenError::Follow(FollowError::Misfit { seq: crate::domain::Seq(1), fault: read() })), 4),
            (Outcome::Read(read()), 4),
            (Outcome::Open(OpenError::Journal(unread())), 3),
            (Outcome::Follow(FollowError::Journal(unread())), 3),
            (Outcome::Open(OpenError::JournalGone("j".to_owned())), 3),
            (Outcome::Open(OpenError::Io(denied())), 3),
            (Outcome::Open(OpenError::Records(RecordsError::Broken("disk".to_owned()))), 3),
            (Outcome::Open(OpenError::Journal(JournalError::Full)), 5),
            (Outcome::Open(OpenError::Records(RecordsError::Full)), 5),
            (appended(JournalError::Full), 5),
            (appended(unread()), 5),
            (Outcome::Desk(DeskError::Records(Arc::new(RecordsError::Engine("disk".to_owned())))), 5),
            (Outcome::Desk(DeskError::TooLong(5000)), 1),
            (Outcome::Desk(DeskError::ReadOnly), 3),
        ];
        for (outcome, code) in codes {
            assert_eq!(outcome.number(), code, "{outcome:?}");
        }
    }
}
