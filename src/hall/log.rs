//! The log of who serves others: who came and went, what was refused, what failed. Never what a finding says.

use std::fs::DirBuilder;
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::fmt::MakeWriter;

/// The log's files: one a day, the oldest taken away. Nothing is made before there is something to say.
#[derive(Clone)]
pub struct LogFile {
    folder: PathBuf,
    days: usize,
    file: Arc<Mutex<Option<RollingFileAppender>>>,
}

impl LogFile {
    /// Names the log of a data folder, which keeps so many days.
    pub fn of(dir: &Path, days: usize) -> Self {
        Self { folder: dir.join("log"), days: days.max(1), file: Arc::default() }
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
}

impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = match file.take() {
            Some(opened) => opened,
            None => self.open()?,
        };
        file.insert(opened).write(bytes)
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
}

/// Writes down what a door has to tell.
pub fn log_door(news: &impl std::fmt::Display) {
    tracing::info!("{news}");
}
