//! How a command ends: its exit code and what is said about it.

use std::io::Read as _;
use std::process::ExitCode;

use crate::config::ConfigError;
use crate::domain::{Lang, ReadFault};
use crate::locales::said;
use crate::store::{DeskError, FollowError, OpenError};

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
}

impl Outcome {
    /// Returns the exit code. 2 is clap's, for words that are not the command's.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Refused(_) => 1,
            Self::Store(_) => 3,
            Self::Damaged(_) => 4,
            Self::NotKept(_) => 5,
        })
    }

    /// Returns what is said about it.
    pub fn text(&self) -> &str {
        match self {
            Self::Refused(text) | Self::Store(text) | Self::Damaged(text) | Self::NotKept(text) => text,
        }
    }

    /// Makes one of what the desk answered.
    pub fn of_desk(fault: &DeskError, lang: Lang) -> Self {
        match fault {
            DeskError::Refused(refusal) => Self::Refused(said(refusal, lang)),
            DeskError::ReadOnly => Self::Store(crate::locales::READ_ONLY.say(lang).to_owned()),
            other => Self::NotKept(other.to_string()),
        }
    }
}

impl From<OpenError> for Outcome {
    fn from(fault: OpenError) -> Self {
        match fault {
            OpenError::Journal(_) | OpenError::Follow(_) | OpenError::JournalGone(_) => {
                Self::Damaged(fault.to_string())
            }
            other => Self::Store(other.to_string()),
        }
    }
}

impl From<FollowError> for Outcome {
    fn from(fault: FollowError) -> Self {
        Self::Damaged(fault.to_string())
    }
}

impl From<ReadFault> for Outcome {
    fn from(fault: ReadFault) -> Self {
        Self::Damaged(fault.to_string())
    }
}

impl From<ConfigError> for Outcome {
    fn from(fault: ConfigError) -> Self {
        Self::Refused(fault.to_string())
    }
}

impl From<std::io::Error> for Outcome {
    fn from(fault: std::io::Error) -> Self {
        Self::NotKept(fault.to_string())
    }
}

/// Says that it is done.
pub fn done(lang: Lang) -> String {
    format!("{}\n", crate::locales::DONE.say(lang))
}

/// Reads a file that somebody named, up to a limit.
pub fn read_file(path: &std::path::Path, limit: u64) -> Result<Vec<u8>, Outcome> {
    let told = |what: String| {
        let path = path.display().to_string();
        Outcome::Refused(format!("{}: {what}", crate::text::printable(&path)))
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
