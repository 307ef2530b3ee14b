//! The store's faults in the person's language: screens and the command line say them alike.

use crate::domain::{Lang, ReadFault};
use crate::locales as w;
use crate::store::{DeskError, FollowError, JournalError, LockError, OpenError, RecordsError};
use crate::text::printable;

/// Says why a store does not open.
pub fn open_said(fault: &OpenError, lang: Lang) -> String {
    match fault {
        OpenError::Lock(fault) => lock_said(fault, lang),
        OpenError::Journal(fault) => journal_said(fault, lang),
        OpenError::Records(fault) => records_said(fault, lang),
        OpenError::Follow(fault) => follow_said(fault, lang),
        OpenError::JournalGone(path) => w::E_JOURNAL_GONE.fill(lang, &[&printable(path)]),
        OpenError::Io(fault) => w::E_NOT_OPEN.fill(lang, &[fault]),
    }
}

/// Says why a store is not this process's.
pub fn lock_said(fault: &LockError, lang: Lang) -> String {
    match fault {
        LockError::Held { pid, who } => w::E_HELD.fill(lang, &[&printable(pid), &printable(who)]),
        LockError::ReadOnly(fault) => w::E_NOT_WRITABLE.fill(lang, &[fault]),
        LockError::Io(fault) => w::E_NOT_OPEN.fill(lang, &[fault]),
    }
}

/// Says what the journal failed at.
pub fn journal_said(fault: &JournalError, lang: Lang) -> String {
    match fault {
        JournalError::Full => w::E_FULL.say(lang).to_owned(),
        JournalError::Write(fault) => w::E_WRITE.fill(lang, &[fault]),
        JournalError::Poisoned { why } => w::E_POISONED.fill(lang, &[&printable(why)]),
        JournalError::TooLong(len) => w::E_ENTRY_LONG.fill(lang, &[len]),
        JournalError::Encode(fault) => w::E_ENCODE.fill(lang, &[fault]),
        JournalError::Damaged { line, offset, file, .. } => w::E_DAMAGED.fill(lang, &[&printable(file), line, offset]),
        JournalError::Foreign(path) => w::E_FOREIGN.fill(lang, &[&printable(path)]),
        JournalError::Io { path, source } => w::E_FILE.fill(lang, &[&printable(path), source]),
    }
}

/// Says what the records failed at.
pub fn records_said(fault: &RecordsError, lang: Lang) -> String {
    match fault {
        RecordsError::TooLong(len) => w::E_RECORD_LONG.fill(lang, &[len]),
        RecordsError::Full => w::E_FULL.say(lang).to_owned(),
        RecordsError::Engine(why) | RecordsError::Broken(why) => w::E_RECORDS.fill(lang, &[&printable(why)]),
        RecordsError::Read(fault) => read_said(fault, lang),
    }
}

/// Says why records do not follow their journal.
pub fn follow_said(fault: &FollowError, lang: Lang) -> String {
    match fault {
        FollowError::Journal(fault) => journal_said(fault, lang),
        FollowError::Records(fault) => records_said(fault, lang),
        FollowError::Misfit { seq, fault } => {
            w::E_MISFIT.fill(lang, &[seq, &format!("{}: {}", printable(&fault.record), printable(&fault.reason))])
        }
        FollowError::Stopped(seq) => w::E_STOPPED.fill(lang, &[seq]),
    }
}

/// Says which record cannot be read.
pub fn read_said(fault: &ReadFault, lang: Lang) -> String {
    w::DAMAGED.fill(lang, &[&printable(&fault.record), &printable(&fault.reason)])
}

/// Says why records do not follow any more.
fn behind_why(fault: &RecordsError, lang: Lang) -> String {
    match fault {
        RecordsError::Full => w::DISK_FULL.say(lang).to_owned(),
        other => printable(&other.to_string()).into_owned(),
    }
}

/// Says why a command was not acknowledged.
pub fn desk_said(fault: &DeskError, lang: Lang) -> String {
    match fault {
        DeskError::Refused(refusal) => w::said(refusal, lang),
        DeskError::Journal(fault) => journal_said(fault, lang),
        DeskError::Records(fault) => w::E_BEHIND.fill(lang, &[&behind_why(fault, lang)]),
        DeskError::Behind(fault) => w::E_TAKES_NOTHING.fill(lang, &[&behind_why(fault, lang)]),
        DeskError::Read(fault) => read_said(fault, lang),
        DeskError::TooLong(len) => w::E_RECORD_LONG.fill(lang, &[len]),
        DeskError::ReadOnly => w::READ_ONLY.say(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Seq;
    use std::io;
    use std::sync::Arc;

    #[test]
    fn every_fault_is_said_in_the_language_of_the_person() {
        let io = || io::Error::from_raw_os_error(28);
        let read = || ReadFault { record: "r/01".to_owned(), reason: "checksum".to_owned() };
        let damaged = JournalError::Damaged { line: 3, offset: 9, what: "hash".to_owned(), file: "j".to_owned() };
        let desk = [
            DeskError::Journal(Arc::new(JournalError::Full)),
            DeskError::Journal(Arc::new(JournalError::Write(io()))),
            DeskError::Journal(Arc::new(JournalError::TooLong(9))),
            DeskError::Journal(Arc::new(JournalError::Poisoned { why: "sync".to_owned() })),
            DeskError::Records(Arc::new(RecordsError::Engine("sled".to_owned()))),
            DeskError::Behind(Arc::new(RecordsError::Engine("sled".to_owned()))),
            DeskError::TooLong(5000),
            DeskError::Read(read()),
            DeskError::ReadOnly,
        ];
        let open = [
            OpenError::Lock(LockError::ReadOnly(io())),
            OpenError::Lock(LockError::Io(io())),
            OpenError::Lock(LockError::Held { pid: "7".to_owned(), who: "w".to_owned() }),
            OpenError::Journal(damaged),
            OpenError::Journal(JournalError::Foreign("j".to_owned())),
            OpenError::Journal(JournalError::Io { path: "j".to_owned(), source: io() }),
            OpenError::Records(RecordsError::TooLong(5000)),
            OpenError::Records(RecordsError::Full),
            OpenError::Follow(FollowError::Misfit { seq: Seq(4), fault: read() }),
            OpenError::Follow(FollowError::Stopped(Seq(4))),
            OpenError::JournalGone("j".to_owned()),
            OpenError::Io(io()),
        ];
        let han = |text: &str| text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        for lang in Lang::ALL {
            let said = desk.iter().map(|fault| desk_said(fault, lang));
            for said in said.chain(open.iter().map(|fault| open_said(fault, lang))) {
                assert_eq!(han(&said) >= 4, lang != Lang::En, "{said}");
                assert!(!said.contains("{}"), "{said}");
            }
        }
        assert!(open_said(&open[0], Lang::Hant).contains("os error 28"), "the technical reason stays in brackets");
    }
}
