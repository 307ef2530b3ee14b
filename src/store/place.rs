//! Where each person was: a small file a person, off the journal, so that a dropped line resumes there.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::fs::{CWD, RenameFlags};

use crate::domain::PersonId;

/// The largest place that is read back; far more than parked texts can need.
const LIMIT: u64 = 1 << 20;
/// Blanks that a file may keep behind its place.
const SLACK: usize = 4096;

/// The file of one person's place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceFile {
    path: PathBuf,
}

impl PlaceFile {
    /// Names the file of a person in a data folder.
    pub fn of(dir: &Path, person: &PersonId) -> Self {
        // A handle may hold any character; its hash is a safe file name.
        let name = blake3::hash(person.0.as_bytes()).to_hex();
        Self { path: dir.join("places").join(format!("{}.json", name.get(..16).unwrap_or("person"))) }
    }

    /// Names the file of a person's further line, for somebody who is at several at once; 0 is the only one of most.
    #[must_use]
    pub fn line(&self, number: usize) -> Self {
        match number {
            0 => self.clone(),
            number => Self { path: self.path.with_extension(format!("{number}.json")) },
        }
    }

    /// Names the file of the line at which the person was last, of so many.
    #[must_use]
    pub fn newest(&self, lines: usize) -> Self {
        let newest = (0..lines).map(|line| self.line(line)).max_by_key(|file| (file.written(), file.path == self.path));
        newest.unwrap_or_else(|| self.clone())
    }

    /// Says when the place was written last.
    pub fn written(&self) -> Option<SystemTime> {
        fs::metadata(&self.path).and_then(|data| data.modified()).ok()
    }

    /// Names the file of what the next start of this person reads first.
    #[must_use]
    pub fn glimpse(&self) -> Self {
        let dir = self.path.parent().and_then(Path::parent).unwrap_or(Path::new("."));
        let name = self.path.file_stem().unwrap_or_default();
        Self { path: dir.join("glimpses").join(name) }
    }

    /// Reads the place; nothing where there is none or it is too large.
    pub fn load(&self) -> Option<Vec<u8>> {
        let size = fs::metadata(&self.path).ok()?.len();
        if size > LIMIT { None } else { fs::read(&self.path).ok() }
    }

    /// Writes the place as a whole: a kill in between leaves the one before.
    pub fn save(&self, bytes: &[u8]) -> io::Result<()> {
        let half = self.half();
        let mut file = self.opened(&half, OpenOptions::new().write(true).truncate(true))?;
        file.write_all(bytes)?;
        drop(file);
        fs::rename(half, &self.path)
    }

    /// Writes as a whole a place that holds no words of the person's own.
    ///
    /// It is written over the one before the last, and the two files change names: no file is made or taken away, which is
    /// most of the work, and a disk takes it when it likes. A power cut leaves a place of half a minute ago.
    pub fn save_lightly(&self, bytes: &[u8]) -> io::Result<()> {
        let half = self.half();
        let mut file = self.opened(&half, OpenOptions::new().write(true).truncate(false))?;
        let before = usize::try_from(file.metadata()?.len()).unwrap_or_default();
        file.write_all(bytes)?;
        if before > bytes.len() + SLACK {
            file.set_len(bytes.len() as u64)?;
        } else {
            // Blanks behind it mean nothing, and a file that keeps its length is never cut in the middle.
            file.write_all(&vec![b' '; before.saturating_sub(bytes.len())])?;
        }
        drop(file);
        let swapped = rustix::fs::renameat_with(CWD, &half, CWD, &self.path, RenameFlags::EXCHANGE);
        // There is none yet, or the file system knows no such thing.
        swapped.or_else(|_| fs::rename(half, &self.path))
    }

    /// Names the file that is written before it takes its name.
    fn half(&self) -> PathBuf {
        self.path.with_extension("half")
    }

    /// Opens a file beside the place, which is made where there is none, its folder as well.
    fn opened(&self, half: &Path, how: &mut OpenOptions) -> io::Result<fs::File> {
        how.create(true).mode(0o600);
        match (how.open(half), self.path.parent()) {
            (Err(fault), Some(folder)) if fault.kind() == io::ErrorKind::NotFound => {
                DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
                how.open(half)
            }
            (opened, _) => opened,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_place_replaces_the_one_before_as_a_whole() {
        let dir = tempfile::tempdir().unwrap();
        let file = PlaceFile::of(dir.path(), &PersonId("王督查".to_owned()));
        assert_eq!(file.load(), None);
        file.save(b"the first").unwrap();
        // Who has the one before open has all of it: nothing is written over.
        let mut before = fs::File::open(&file.path).unwrap();
        file.save(b"another").unwrap();
        let mut text = String::new();
        before.read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), file.load().unwrap()), ("the first", b"another".to_vec()));
    }

    #[test]
    fn a_light_place_is_whole_and_makes_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = PlaceFile::of(dir.path(), &PersonId("王督查".to_owned()));
        let mut stood = String::new();
        for (round, text) in ["first", "the second one", "3", "", "fifth"].iter().cycle().take(23).enumerate() {
            let before = fs::File::open(&file.path);
            file.save_lightly(text.as_bytes()).unwrap();
            // Who has the one before open has all of it.
            if let Ok(mut before) = before {
                let mut all = String::new();
                before.read_to_string(&mut all).unwrap();
                assert_eq!(all.trim_end(), stood, "{round}");
            }
            (*text).clone_into(&mut stood);
            assert_eq!(String::from_utf8(file.load().unwrap()).unwrap().trim_end(), *text, "{round}");
            let files = fs::read_dir(file.path.parent().unwrap()).unwrap().count();
            assert!(files <= 2, "{files}");
        }
        // Words that are half typed are written the other way, and both ways get on with each other.
        let long = [b'x'; 3 * SLACK];
        file.save(&long).unwrap();
        assert_eq!(file.load().unwrap(), long);
        file.save_lightly(b"short").unwrap();
        file.save_lightly(b"shorter").unwrap();
        assert_eq!(file.load().unwrap(), b"shorter", "what was long is not kept as blanks");
    }

    #[test]
    fn a_place_that_is_none_by_its_size_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = PlaceFile::of(dir.path(), &PersonId("王督查".to_owned()));
        let most = usize::try_from(LIMIT).unwrap();
        file.save(&vec![b' '; most]).unwrap();
        assert_eq!(file.load().unwrap().len(), most);
        file.save(&vec![b' '; most + 1]).unwrap();
        assert_eq!(file.load(), None);
    }
}
