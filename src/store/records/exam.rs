//! One exam for every kind of records.

use std::ops::ControlFlow;

use super::{Batch, MemoryRecords, Records, RecordsError, SledRecords, VALUE_LIMIT, set_aside};

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
