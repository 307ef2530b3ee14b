//! The log of who serves others: who came and went, what was refused, what failed. Never what a finding says.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tracing::error;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::fmt::MakeWriter;

use crate::domain::PersonId;
use crate::session::{Clock, SystemClock};

/// What is written where the log of a day has become as long as it may be.
const FULL: &[u8] = b"the log of this day is full; nothing more is written before tomorrow ([serve] log_mib)\n";
/// A day, as the files of the log have it.
const DAY: i64 = 86_400_000;

/// The log's files: one a day, the oldest taken away, none longer than it may be. Nothing is made before there is
/// something to say.
#[derive(Clone)]
pub struct LogFile {
    folder: PathBuf,
    days: usize,
    most: u64,
    today: Arc<Mutex<Today>>,
}

#[derive(Default)]
struct Today {
    file: Option<RollingFileAppender>,
    day: i64,
    /// Bytes in the day's file.
    written: u64,
    full: bool,
}

impl LogFile {
    /// Names the log of a data folder, which keeps so many days of so many bytes each.
    pub fn of(dir: &Path, days: usize, most: u64) -> Self {
        Self { folder: dir.join("log"), days: days.max(1), most, today: Arc::default() }
    }

    fn open(&self) -> io::Result<RollingFileAppender> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let files = RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("tijian")
            .filename_suffix("log")
            .max_log_files(self.days);
        files.build(&self.folder).map_err(io::Error::other)
    }

    /// Finds how long the newest file is, which may be an earlier process's.
    fn newest(&self) -> u64 {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let newest = files.filter(|file| file.file_name().to_string_lossy().starts_with("tijian."));
        newest.max_by_key(fs::DirEntry::file_name).and_then(|file| file.metadata().ok()).map_or(0, |data| data.len())
    }

    fn write_at(&self, day: i64, bytes: &[u8]) -> io::Result<usize> {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if today.file.is_none() {
            today.file = Some(self.open()?);
            (today.day, today.written) = (day, self.newest());
        }
        if today.day != day {
            (today.day, today.written, today.full) = (day, 0, false);
        }
        let said = if today.written + bytes.len() as u64 <= self.most { bytes } else { FULL };
        if !std::mem::replace(&mut today.full, said == FULL) || said != FULL {
            today.written += said.len() as u64;
            if let Some(file) = &mut today.file {
                file.write_all(said)?;
            }
        }
        Ok(bytes.len())
    }
}

impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_at(SystemClock::stamp().0.div_euclid(DAY), bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogFile {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Has everything that is to be logged in this process written there, from now on.
pub fn keep_log(file: LogFile) {
    let lines = tracing_subscriber::fmt().with_ansi(false).with_target(false).with_writer(file);
    // Only a trial has more than one log in a process: then the first one takes it.
    let _ = tracing::subscriber::set_global_default(lines.finish());
    // What the standard library writes of a panic would stand in the middle of somebody's screen; and what a panic says
    // may quote what somebody has written.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        error!(at, thread = std::thread::current().name().unwrap_or_default(), "panic");
    }));
}

/// How long nothing more is written of somebody for whom there was no room.
const REST: Duration = Duration::from_mins(1);

/// Says whether a line about somebody is written: one a minute.
#[derive(Default)]
pub(super) struct Seldom {
    clock: SystemClock,
    told: Mutex<BTreeMap<PersonId, Duration>>,
}

impl Seldom {
    /// Says whether a line is due.
    pub(super) fn is_due(&self, person: &PersonId) -> bool {
        let (now, mut told) = (self.clock.ticks(), self.told.lock().unwrap_or_else(PoisonError::into_inner));
        let due = told.get(person).is_none_or(|at| now.saturating_sub(*at) >= REST);
        if due {
            told.insert(person.clone(), now);
        }
        due
    }
}

/// Writes down what a door has to tell.
pub fn log_door(news: &impl std::fmt::Display) {
    tracing::info!("{news}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_of_a_day_has_an_end_also_over_several_processes() {
        let dir = tempfile::tempdir().unwrap();
        let text = || {
            let files = fs::read_dir(dir.path().join("log")).unwrap();
            files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect::<String>()
        };
        let today = SystemClock::stamp().0.div_euclid(DAY);
        let log = LogFile::of(dir.path(), 3, 4096);
        assert!(!dir.path().join("log").exists(), "nothing before there is something to say");
        for _ in 0..1000 {
            assert_eq!(log.write_at(today, &[b'x'; 64]).unwrap(), 64);
        }
        let long = text();
        assert!(long.len() <= 4096 + FULL.len() && long.matches("full").count() == 1, "{}", long.len());
        // The next process goes on where this one ended.
        let next = LogFile::of(dir.path(), 3, 4096);
        (0..100).for_each(|_| drop(next.write_at(today, &[b'y'; 64])));
        assert!(text().len() <= 4096 + 2 * FULL.len() && !text().contains("yy"), "{}", text().len());
        // And tomorrow there is room again.
        log.write_at(today + 1, b"tomorrow").unwrap();
        assert!(text().contains("tomorrow"));
    }

    #[test]
    fn somebody_for_whom_there_is_no_room_is_one_line_a_minute() {
        let seldom = Seldom::default();
        let (li, wang) = (PersonId("li".to_owned()), PersonId("wang".to_owned()));
        assert!(seldom.is_due(&li) && !seldom.is_due(&li) && seldom.is_due(&wang));
    }
}
