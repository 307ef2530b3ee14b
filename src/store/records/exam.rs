//! One exam for every kind of records.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Batch, LaterRecords, MemoryRecords, Records, RecordsError, SledRecords, VALUE_LIMIT, set_aside};

fn put(name: &[u8], value: &[u8]) -> (Vec<u8>, Option<Vec<u8>>) {
    (name.to_vec(), Some(value.to_vec()))
}

fn names(records: &dyn Records, from: &[u8], prefix: &[u8]) -> Vec<Vec<u8>> {
    let mut names = Vec::new();
    let look = &mut |name: &[u8], _: &[u8]| {
        names.push(name.to_vec());
        ControlFlow::Continue(())
    };
    records.scan(from, prefix, look).unwrap();
    names
}

fn examine(records: &dyn Records) {
    assert_eq!(records.get(b"a1").unwrap(), None);
    let puts = vec![put(b"a1", b"one"), put(b"a2", b"two"), put(b"a\xff", b"last"), put(b"b1", b"other")];
    records.commit(&Batch { puts }).unwrap();
    assert_eq!(records.get(b"a2").unwrap().as_deref(), Some(&b"two"[..]));
    assert_eq!(names(records, b"a", b"a"), [b"a1".to_vec(), b"a2".to_vec(), b"a\xff".to_vec()]);
    assert_eq!(names(records, b"a2", b"a"), [b"a2".to_vec(), b"a\xff".to_vec()]);
    assert_eq!(names(records, b"", b"").len(), 4);
    let mut seen = 0;
    let look = &mut |_: &[u8], _: &[u8]| {
        seen += 1;
        ControlFlow::Break(())
    };
    records.scan(b"a", b"a", look).unwrap();
    assert_eq!(seen, 1);

    let too_long = Batch { puts: vec![put(b"a1", b"never"), put(b"z", &[0; VALUE_LIMIT + 1])] };
    assert!(matches!(records.commit(&too_long), Err(RecordsError::TooLong(_))));
    assert_eq!(records.get(b"a1").unwrap().as_deref(), Some(&b"one"[..]), "a refused batch writes nothing");

    records.commit(&Batch { puts: vec![(b"a1".to_vec(), None), put(b"a2", b"three")] }).unwrap();
    assert_eq!(records.get(b"a1").unwrap(), None);
    assert_eq!(records.get(b"a2").unwrap().as_deref(), Some(&b"three"[..]));
    records.flush().unwrap();
    records.clear().unwrap();
    assert_eq!(names(records, b"", b""), Vec::<Vec<u8>>::new());
}

#[test]
fn memory_passes() {
    examine(&MemoryRecords::default());
}

#[test]
fn what_is_written_later_passes_and_is_shown_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let records = LaterRecords::over(SledRecords::open(dir.path(), 1 << 20).unwrap()).unwrap();
    examine(&records);
    for round in 0..200u8 {
        records.commit(&Batch { puts: vec![put(b"k", &[round]), put(&[b'n', round], b"v")] }).unwrap();
        if round > 2 {
            records.commit(&Batch { puts: vec![(vec![b'n', round - 2], None)] }).unwrap();
        }
        assert_eq!(records.get(b"k").unwrap(), Some(vec![round]));
        let shown = names(&records, b"n", b"n");
        assert_eq!(shown.last(), Some(&vec![b'n', round]), "the newest is shown, the gone is not: {shown:?}");
        assert!(!shown.contains(&vec![b'n', round.wrapping_sub(2)]) || round <= 2);
    }
    drop(records);
    let again = SledRecords::open(dir.path(), 1 << 20).unwrap();
    assert_eq!(again.get(b"k").unwrap(), Some(vec![199]), "what waits is written before the end");
    assert_eq!(names(&again, b"n", b"n"), [[b'n', 0], [b'n', 198], [b'n', 199]]);
}

/// Records that count their batches.
#[derive(Default)]
struct Counting(MemoryRecords, Arc<AtomicUsize>);

impl Records for Counting {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        self.0.get(name)
    }
    fn scan(&self, from: &[u8], prefix: &[u8], look: super::Look<'_>) -> Result<(), RecordsError> {
        self.0.scan(from, prefix, look)
    }
    fn commit(&self, batch: &Batch) -> Result<(), RecordsError> {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.commit(batch)
    }
    fn flush(&self) -> Result<(), RecordsError> {
        self.0.flush()
    }
    fn clear(&self) -> Result<(), RecordsError> {
        self.0.clear()
    }
}

#[test]
fn what_is_written_later_is_gathered_and_many_are_not_held_back() {
    let counting = Counting::default();
    let batches = Arc::clone(&counting.1);
    let records = LaterRecords::over(counting).unwrap();
    for round in 0..200u8 {
        records.commit(&Batch { puts: vec![put(&[b'n', round], b"v")] }).unwrap();
    }
    records.flush().unwrap();
    let few = batches.load(Ordering::SeqCst);
    assert!(few <= 20, "200 changes in a row make {few} batches");
    let many = (0..5_000u16).map(|number| put(&number.to_be_bytes(), b"v")).collect();
    records.commit(&Batch { puts: many }).unwrap();
    records.commit(&Batch { puts: vec![put(b"z", b"v")] }).unwrap();
    records.flush().unwrap();
    assert_eq!(names(&records, b"", b"").len(), 5_000 + 201);
}

/// Records that take nothing any more once something was put under a name.
struct Failing(MemoryRecords);

impl Records for Failing {
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, RecordsError> {
        self.0.get(name)
    }
    fn scan(&self, from: &[u8], prefix: &[u8], look: super::Look<'_>) -> Result<(), RecordsError> {
        self.0.scan(from, prefix, look)
    }
    fn commit(&self, batch: &Batch) -> Result<(), RecordsError> {
        if batch.puts.iter().any(|(name, _)| name == b"full") { Err(RecordsError::Full) } else { self.0.commit(batch) }
    }
    fn flush(&self) -> Result<(), RecordsError> {
        self.0.flush()
    }
    fn clear(&self) -> Result<(), RecordsError> {
        self.0.clear()
    }
}

#[test]
fn what_cannot_be_written_later_is_told_with_the_next_commit_and_goes_on_being_shown() {
    let records = LaterRecords::over(Failing(MemoryRecords::default())).unwrap();
    records.commit(&Batch { puts: vec![put(b"a", b"1")] }).unwrap();
    records.flush().unwrap();
    records.commit(&Batch { puts: vec![put(b"full", b"2")] }).unwrap();
    assert!(matches!(records.flush(), Err(RecordsError::Full)));
    assert!(matches!(records.commit(&Batch { puts: vec![put(b"b", b"3")] }), Err(RecordsError::Full)));
    assert_eq!(records.get(b"full").unwrap(), Some(b"2".to_vec()));
    assert_eq!(records.get(b"b").unwrap(), None);
    assert_eq!(names(&records, b"", b""), [b"a".to_vec(), b"full".to_vec()]);
}

#[test]
fn sled_passes_and_keeps_what_was_flushed() {
    let dir = tempfile::tempdir().unwrap();
    let records = SledRecords::open(dir.path(), 1 << 20).unwrap();
    examine(&records);
    records.commit(&Batch { puts: vec![put(b"k", b"v")] }).unwrap();
    drop(records);
    let again = SledRecords::open(dir.path(), 1 << 20).unwrap();
    assert_eq!(again.get(b"k").unwrap().as_deref(), Some(&b"v"[..]));
}

#[test]
fn leftover_and_empty_snapshots_do_not_keep_sled_shut() {
    let dir = tempfile::tempdir().unwrap();
    let records = SledRecords::open(dir.path(), 1 << 20).unwrap();
    records.commit(&Batch { puts: vec![put(b"k", b"v")] }).unwrap();
    drop(records);
    let folder = dir.path().join("records");
    std::fs::write(folder.join("snap.0000000000000FFF.generating"), b"half").unwrap();
    std::fs::write(folder.join("snap.0000000000000FFE"), b"").unwrap();
    let again = SledRecords::open(dir.path(), 1 << 20).unwrap();
    assert_eq!(again.get(b"k").unwrap().as_deref(), Some(&b"v"[..]));
}

#[test]
fn broken_records_are_told_and_can_be_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("records");
    std::fs::write(&folder, b"not a folder").unwrap();
    assert!(matches!(SledRecords::open(dir.path(), 1 << 20), Err(RecordsError::Broken(_))));
    let aside = set_aside(dir.path()).unwrap().unwrap();
    assert!(aside.exists() && !folder.exists());
    SledRecords::open(dir.path(), 1 << 20).unwrap();
}
