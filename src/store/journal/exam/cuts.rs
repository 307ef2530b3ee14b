//! Trials of the journal's end: it may be torn at any byte, and every whole act before that byte stays.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::*;
use crate::store::journal::disk::{Disk, DiskFile};

/// How far back from its end a journal is cut.
const TAIL: usize = 64 << 10;

/// A disk in memory: a sync on a real one takes a hundred times as long as all the rest of a trial.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<BTreeMap<PathBuf, Vec<u8>>>>);

struct MemoryFile {
    disk: Memory,
    path: PathBuf,
}

impl Memory {
    fn with<T>(&self, path: &Path, act: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        act(self.0.lock().unwrap().entry(path.to_path_buf()).or_default())
    }

    fn file(&self, path: &Path) -> Box<dyn DiskFile> {
        Box::new(MemoryFile { disk: self.clone(), path: path.to_path_buf() })
    }
}

impl Disk for Memory {
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(self.file(path))
    }

    fn open_to_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(self.file(path))
    }

    fn begin(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let there = self.0.lock().unwrap().contains_key(path);
        if there { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(self.file(path)) }
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

impl DiskFile for MemoryFile {
    fn size(&self) -> io::Result<u64> {
        Ok(self.disk.with(&self.path, |bytes| bytes.len() as u64))
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.disk.with(&self.path, |bytes| {
            let rest = bytes.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
            let count = rest.len().min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            Ok(count)
        })
    }

    fn write_at(&self, data: &[u8], offset: u64) -> io::Result<usize> {
        self.disk.with(&self.path, |bytes| {
            let at = usize::try_from(offset).unwrap();
            bytes.resize(bytes.len().max(at + data.len()), 0);
            bytes[at..at + data.len()].copy_from_slice(data);
            Ok(data.len())
        })
    }

    fn set_size(&self, size: u64) -> io::Result<()> {
        self.disk.with(&self.path, |bytes| bytes.resize(usize::try_from(size).unwrap(), 0));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

/// A journal of many acts, some of several entries.
struct Crowded {
    entries: Vec<Entry>,
    bytes: Vec<u8>,
    /// The byte behind each act and how many entries stand before it.
    ends: Vec<(usize, usize)>,
}

impl Crowded {
    /// Makes one that is longer than what is cut of it by more than one reading step.
    fn new() -> Self {
        let sizes = [1, 2, 1, 5, 1, 1, 3, 1, 2, 1, 4, 1, 1, 2, 1, 3, 1, 1].repeat(16);
        let entries = acts(1, &sizes);
        let spelled = Spelled::of(&entries);
        assert!(spelled.bytes.len() > TAIL + (64 << 10), "{}", spelled.bytes.len());
        let mut ends = vec![(HEADER.len(), 0)];
        for entry in entries.iter().filter(|entry| !entry.more) {
            let n = usize::try_from(entry.seq.0).unwrap();
            ends.push((spelled.ends[n], n));
        }
        Self { entries, bytes: spelled.bytes, ends }
    }

    /// Returns where the last whole act before a byte ends, and how many entries stand up to there.
    fn whole(&self, at: usize) -> (usize, usize) {
        self.ends[self.ends.partition_point(|(end, _)| *end <= at) - 1]
    }

    /// The bytes at which it is cut, the last first.
    fn cuts(&self) -> impl Iterator<Item = usize> {
        (self.bytes.len() - TAIL..=self.bytes.len()).rev()
    }
}

#[test]
fn a_cut_at_every_byte_of_the_last_64_kib_keeps_every_whole_act_and_nothing_else() {
    let crowded = Crowded::new();
    let Crowded { entries, bytes, .. } = &crowded;
    let (dir, disk) = (Path::new("data"), Memory::default());
    let path = dir.join(FILE);
    let open = || FileJournal::open_on(Arc::new(disk.clone()), dir).unwrap();
    disk.with(&path, |file| file.extend_from_slice(bytes));
    for at in crowded.cuts() {
        let (end, count) = crowded.whole(at);
        let torn = &bytes[end..at];
        disk.with(&path, |file| {
            file.truncate(end);
            file.extend_from_slice(torn);
        });
        let (mut journal, cut) = open();
        let wanted = TailCut { end: end as u64, bytes: torn.len() as u64 };
        assert_eq!(cut, (!torn.is_empty()).then_some(wanted), "cut at {at}");
        let aside = disk.0.lock().unwrap().remove(&dir.join(format!("journal.cut-{count}")));
        assert_eq!(aside.as_deref().unwrap_or_default(), torn, "kept aside of a cut at {at}");

        let next = entry(count as u64 + 1);
        assert_eq!(journal.append(std::slice::from_ref(&next)).unwrap(), [end as u64]);
        let (again, cut) = open();
        assert_eq!((again.head(), cut), (journal.head(), None), "appended behind the cut at {at}");
        assert!(disk.with(&path, |file| file.starts_with(&bytes[..end])), "cut at {at}");
        // Reading all of it takes long; the chain is the same up to the next act.
        if at == end || at % 499 == 0 {
            let wanted: Vec<Entry> = entries[..count].iter().cloned().chain([next]).collect();
            assert_eq!(all(&again).unwrap(), wanted, "cut at {at}");
        }
    }
}

#[test]
fn a_cut_in_a_real_file_keeps_every_whole_act_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let crowded = Crowded::new();
    for at in crowded.cuts().step_by(211) {
        fs::write(dir.path().join(FILE), &crowded.bytes[..at]).unwrap();
        let (end, count) = crowded.whole(at);
        let (mut journal, cut) = FileJournal::open(dir.path()).unwrap();
        let bytes = (at - end) as u64;
        assert_eq!(cut, (bytes > 0).then_some(TailCut { end: end as u64, bytes }), "cut at {at}");
        let next = entry(count as u64 + 1);
        journal.append(std::slice::from_ref(&next)).unwrap();
        drop(journal);
        let (again, cut) = FileJournal::open(dir.path()).unwrap();
        let wanted: Vec<Entry> = crowded.entries[..count].iter().cloned().chain([next]).collect();
        assert_eq!((all(&again).unwrap(), cut), (wanted, None), "appended behind the cut at {at}");
    }
}

#[test]
fn a_reader_beside_a_torn_tail_sees_every_whole_act_and_cuts_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let crowded = Crowded::new();
    let path = dir.path().join(FILE);
    fs::write(&path, &crowded.bytes).unwrap();
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    for at in crowded.cuts() {
        file.set_len(at as u64).unwrap();
        let (end, count) = crowded.whole(at);
        let (reader, head) = FileJournal::open_read_only(dir.path()).unwrap();
        assert_eq!((head.seq, head.end), (Seq(count as u64), end as u64), "cut at {at}");
        if at % 499 == 0 {
            assert_eq!(scanned(&*reader, None).unwrap(), crowded.entries[..count], "cut at {at}");
        }
        assert_eq!(file.metadata().unwrap().len(), at as u64);
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is kept aside of what was not cut");
}
