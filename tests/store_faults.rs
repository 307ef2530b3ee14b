//! The desk before a journal that fails: what was not acknowledged is not true, and what is true stays.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a trial fails where it fails")]

mod keep;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use keep::{NINE, add, name, request};
use tijian::domain::{BranchId, Command, Entry, Reading, Seq};
use tijian::store::{Ack, Desk, DeskError, Faults, Hash, Journal, JournalError, MemoryJournal, MemoryRecords, Shelf};

/// Seats a desk before an empty journal with faults to come.
fn desk(faults: Faults) -> Desk {
    let mut journal = MemoryJournal::default();
    let reader = journal.reader().unwrap();
    journal.faults = faults;
    let shelf = Shelf::new(Arc::new(MemoryRecords::default()), reader, Seq(0));
    Desk::new(Box::new(journal), Arc::new(shelf))
}

fn asks(desk: &mut Desk, commands: Vec<Command>) -> Vec<Result<Ack, DeskError>> {
    desk.step(NINE, commands.into_iter().map(|command| request("admin", command)).collect())
}

fn records(desk: &Desk) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut all = BTreeMap::new();
    let look = &mut |name: &[u8], value: &[u8]| {
        all.insert(name.to_vec(), value.to_vec());
        ControlFlow::Continue(())
    };
    desk.shelf().records().scan(&[], &[], look).unwrap();
    all
}

#[test]
fn a_full_disk_takes_back_the_whole_group_and_the_desk_goes_on_afterwards() {
    let mut desk = desk(Faults { full_after: Some(1), ..Faults::default() });
    assert!(asks(&mut desk, vec![name("甲"), add(1, "A")]).iter().all(Result::is_ok));
    let before = records(&desk);
    for _ in 0..2 {
        let answers = asks(&mut desk, vec![add(2, "B"), add(3, "A"), name("乙")]);
        for answer in [&answers[0], &answers[2]] {
            let Err(DeskError::Journal(fault)) = answer else { panic!("{answer:?}") };
            assert!(matches!(**fault, JournalError::Full));
        }
        assert!(matches!(answers[1], Err(DeskError::Refused(_))), "a refusal stays a refusal");
        assert_eq!(records(&desk), before);
        assert_eq!((desk.shelf().head(), desk.shelf().next_branch().unwrap()), (Seq(2), BranchId(2)));
        assert_eq!(desk.shelf().house().unwrap().name, "甲");
    }
}

#[test]
fn after_a_failed_sync_nothing_is_acknowledged_and_reading_goes_on() {
    let mut desk = desk(Faults { sync_fails_after: Some(1), ..Faults::default() });
    assert!(asks(&mut desk, vec![name("甲")])[0].is_ok());
    let before = records(&desk);
    for now in ["乙", "丙"] {
        let answers = asks(&mut desk, vec![name(now)]);
        let Err(DeskError::Journal(fault)) = &answers[0] else { panic!("{:?}", answers[0]) };
        assert!(matches!(**fault, JournalError::Poisoned { .. }));
        assert_eq!((records(&desk), desk.shelf().house().unwrap().name), (before.clone(), "甲".to_owned()));
    }
}

#[test]
fn a_step_in_which_everything_is_refused_asks_nothing_of_the_journal() {
    let mut desk = desk(Faults { full_after: Some(1), sync_fails_after: None });
    assert!(asks(&mut desk, vec![name("甲")])[0].is_ok());
    for answer in asks(&mut desk, vec![name("甲"), name(""), add(1, "")]) {
        assert!(matches!(answer, Err(DeskError::Refused(_))), "{answer:?}");
    }
    assert!(asks(&mut desk, Vec::new()).is_empty());
}

#[test]
fn a_journal_in_memory_holds_what_its_desk_acknowledged() {
    let mut journal = MemoryJournal::default();
    let entries: Vec<Entry> = {
        let mut desk = desk(Faults::default());
        let answers = asks(&mut desk, vec![name("甲"), add(1, "A"), add(2, "B")]);
        answers.into_iter().flat_map(|answer| answer.unwrap().entries).collect()
    };
    journal.append(&entries).unwrap();
    let again = journal.reopened().unwrap();
    let mut read = Vec::new();
    let visit = &mut |entry: &Entry, _: std::ops::Range<u64>, _: &Hash| {
        read.push(entry.clone());
        ControlFlow::Continue(())
    };
    assert_eq!(again.reader().unwrap().scan(None, visit).unwrap(), journal.head());
    assert_eq!(read, entries);
}
