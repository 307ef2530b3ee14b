//! One exam for every kind of journal, and the file's own trials.

mod cuts;
mod file;

use std::fs;
use std::ops::ControlFlow;

use super::line::{HEADER, encode_line};
use super::{
    Faults, FileJournal, Hash, Head, Journal, JournalError, JournalReader, LINE_LIMIT, MemoryJournal, TailCut,
    header_hash,
};
use crate::domain::{Change, Entry, HouseChange, Of, PersonId, Rev, Seq, Stamp};

const FILE: &str = "journal.jsonl";

type Opened = Result<(Box<dyn Journal>, Option<TailCut>), JournalError>;

/// Lets both kinds of journal open whatever bytes a trial gives them.
fn both(trial: impl Fn(&dyn Fn(&[u8]) -> Opened)) {
    trial(&|bytes| {
        let (journal, cut) = MemoryJournal::holding(bytes)?;
        Ok((Box::new(journal), cut))
    });
    let dir = tempfile::tempdir().unwrap();
    trial(&|bytes| {
        fs::write(dir.path().join(FILE), bytes).unwrap();
        let (journal, cut) = FileJournal::open(dir.path())?;
        Ok((Box::new(journal), cut))
    });
}

/// Makes entry `n`, whose text tells its number.
fn entry(n: u64) -> Entry {
    let now = format!("第{n}個名字{}", "長".repeat(usize::try_from(n % 7).unwrap()));
    Entry {
        seq: Seq(n),
        at: Stamp(1_795_000_000_000 + i64::try_from(n).unwrap()),
        by: PersonId("王督查".to_owned()),
        of: Of::House,
        rev: Rev(n),
        changes: vec![Change::House(HouseChange::Named { was: String::new(), now })],
        more: false,
    }
}

/// Makes acts of so many entries each, numbered from `first` on.
fn acts(first: u64, sizes: &[usize]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for size in sizes {
        for left in (0..*size).rev() {
            let next = first + u64::try_from(entries.len()).unwrap();
            entries.push(Entry { more: left > 0, ..entry(next) });
        }
    }
    entries
}

/// A journal spelled by hand.
struct Spelled {
    bytes: Vec<u8>,
    hash: Hash,
    /// The byte behind each line, the header first.
    ends: Vec<usize>,
}

impl Spelled {
    fn new() -> Self {
        Self { bytes: HEADER.as_bytes().to_vec(), hash: header_hash(), ends: vec![HEADER.len()] }
    }

    fn of(entries: &[Entry]) -> Self {
        let mut spelled = Self::new();
        for entry in entries {
            spelled.add(entry);
        }
        spelled
    }

    fn add(&mut self, entry: &Entry) {
        self.hash = encode_line(entry, 0, &self.hash, &mut self.bytes).unwrap();
        self.ends.push(self.bytes.len());
    }

    /// Adds what one write writes.
    fn write(&mut self, entries: &[Entry]) {
        let begin = self.bytes.len();
        for entry in entries {
            let after = (self.bytes.len() - begin) as u64;
            self.hash = encode_line(entry, after, &self.hash, &mut self.bytes).unwrap();
            self.ends.push(self.bytes.len());
        }
    }

    /// Returns where the line of entry `n` begins and ends.
    fn line(&self, n: usize) -> std::ops::Range<usize> {
        self.ends[n - 1]..self.ends[n]
    }
}

fn scanned(reader: &dyn JournalReader, from: Option<Head>) -> Result<Vec<Entry>, JournalError> {
    let mut entries = Vec::new();
    reader.scan(from, &mut |entry, _, _| {
        entries.push(entry.clone());
        ControlFlow::Continue(())
    })?;
    Ok(entries)
}

fn all(journal: &dyn Journal) -> Result<Vec<Entry>, JournalError> {
    scanned(&*journal.reader()?, None)
}

#[track_caller]
fn is_damaged<T>(answer: Result<T, JournalError>, line: u64, offset: usize) {
    match answer {
        Err(JournalError::Damaged { line: told, offset: at, .. }) => {
            assert_eq!((told, at), (line, offset as u64), "line and byte");
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("damage was read as if it were none"),
    }
}

#[test]
fn what_was_appended_is_read_back() {
    both(|open| {
        let (mut journal, cut) = open(HEADER.as_bytes()).unwrap();
        assert_eq!((journal.head().seq, cut), (Seq(0), None));
        let entries = acts(1, &[1, 3, 1]);
        let mut offsets = journal.append(&entries[..1]).unwrap();
        let middle = journal.head();
        offsets.extend(journal.append(&entries[1..]).unwrap());

        let mut spelled = Spelled::new();
        spelled.write(&entries[..1]);
        spelled.write(&entries[1..]);
        let begins: Vec<u64> = spelled.ends[..5].iter().map(|end| *end as u64).collect();
        assert_eq!(offsets, begins);
        let head = Head { seq: Seq(5), hash: spelled.hash, end: spelled.bytes.len() as u64 };
        assert_eq!(journal.head(), head);

        let reader = journal.reader().unwrap();
        assert_eq!(scanned(&*reader, None).unwrap(), entries);
        assert_eq!(scanned(&*reader, Some(middle)).unwrap(), entries[1..]);
        assert_eq!(scanned(&*reader, Some(head)).unwrap(), []);
        for (offset, entry) in offsets.iter().zip(&entries) {
            assert_eq!(reader.read_at(*offset).unwrap(), *entry);
        }
        assert!(reader.read_at(offsets[1] + 1).is_err(), "a place within a line is no entry");
        assert!(reader.read_at(head.end).is_err(), "there is nothing behind the end");
        assert!(reader.knows(&middle) && reader.knows(&head));
        assert!(!reader.knows(&Head { hash: head.hash, ..middle }));
        assert!(!reader.knows(&Head { end: head.end + 1, ..head }));
        let start = Head { seq: Seq(0), hash: header_hash(), end: HEADER.len() as u64 };
        assert!(reader.knows(&start));

        let (again, cut) = open(&spelled.bytes).unwrap();
        assert_eq!((again.head(), cut), (head, None));
        assert_eq!(all(&*again).unwrap(), entries);
    });
}

#[test]
fn a_visitor_may_stop_and_is_told_where_each_line_lies() {
    both(|open| {
        let spelled = Spelled::of(&acts(1, &[1, 1, 1, 1]));
        let (journal, _) = open(&spelled.bytes).unwrap();
        let mut seen = Vec::new();
        let last = journal.reader().unwrap().scan(None, &mut |entry, line, hash| {
            seen.push((entry.seq, line, *hash));
            if entry.seq == Seq(2) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let line = spelled.line(2);
        let (seq, range, hash) = seen.last().cloned().unwrap();
        assert_eq!((seq, range), (Seq(2), line.start as u64..line.end as u64));
        assert_eq!(last.unwrap(), Head { seq, hash, end: line.end as u64 });
    });
}

#[test]
fn an_unfinished_act_is_cut_as_a_whole() {
    both(|open| {
        let entries = acts(1, &[1, 3]);
        for kept in 2..4 {
            let spelled = Spelled::of(&entries[..kept]);
            let (mut journal, cut) = open(&spelled.bytes).unwrap();
            let whole = spelled.ends[1];
            let cut = cut.unwrap();
            assert_eq!((cut.end, cut.bytes), (whole as u64, (spelled.bytes.len() - whole) as u64));
            assert_eq!(all(&*journal).unwrap(), entries[..1]);
            journal.append(&[entry(2)]).unwrap();
            assert_eq!(all(&*journal).unwrap(), [entry(1), entry(2)]);
        }
        let (journal, cut) = open(&Spelled::of(&acts(1, &[3])[..2]).bytes).unwrap();
        assert_eq!((journal.head().seq, cut.unwrap().end), (Seq(0), HEADER.len() as u64));
    });
}

#[test]
fn a_torn_tail_is_cut_and_told() {
    both(|open| {
        let entries = acts(1, &[1, 1, 1]);
        let spelled = Spelled::of(&entries);
        let whole = spelled.ends[2];
        let torn: [&[u8]; 5] =
            [&spelled.bytes[whole..whole + 20], b"\n", b"{}\n", &[0; 5000], b"{\"seq\":3,\"more\":true\n\n\xff\n"];
        for tail in torn {
            let bytes = [&spelled.bytes[..whole], tail].concat();
            let (mut journal, cut) = open(&bytes).unwrap();
            assert_eq!(cut, Some(TailCut { end: whole as u64, bytes: tail.len() as u64 }));
            assert_eq!(all(&*journal).unwrap(), entries[..2]);
            journal.append(&entries[2..]).unwrap();
            assert_eq!(all(&*journal).unwrap(), entries);
        }
    });
}

#[test]
fn a_last_line_without_its_newline_is_cut() {
    both(|open| {
        let entries = acts(1, &[1, 1]);
        let spelled = Spelled::of(&entries);
        let (journal, cut) = open(&spelled.bytes[..spelled.bytes.len() - 1]).unwrap();
        assert_eq!(cut.unwrap().bytes, spelled.line(2).len() as u64 - 1);
        assert_eq!(all(&*journal).unwrap(), entries[..1]);
    });
}

#[test]
fn a_changed_word_in_the_middle_is_refused_with_line_and_byte() {
    both(|open| {
        let spelled = Spelled::of(&acts(1, &[1, 1, 1, 1]));
        let text = String::from_utf8(spelled.bytes.clone()).unwrap();
        let changed = text.replace("第2個", "第9個");
        assert_eq!(changed.len(), text.len());
        let (journal, cut) = open(changed.as_bytes()).unwrap();
        assert_eq!(cut, None);
        is_damaged(all(&*journal), 3, spelled.line(2).start);
        is_damaged(journal.reader().unwrap().read_at(spelled.line(2).start as u64), 0, spelled.line(2).start);

        let mut bytes = spelled.bytes.clone();
        let digit = &mut bytes[spelled.line(3).end - 4];
        *digit = if *digit == b'0' { b'1' } else { b'0' };
        is_damaged(all(&*open(&bytes).unwrap().0), 4, spelled.line(3).start);
    });
}

#[test]
fn a_broken_chain_is_refused() {
    both(|open| {
        let good = Spelled::of(&acts(1, &[1, 1, 1, 1]));
        let line = |n: usize| &good.bytes[good.line(n)];
        let header = HEADER.as_bytes();
        let at = good.line(2).start;
        let (swapped, gone) = ([header, line(1), line(3), line(2), line(4)], [header, line(1), line(3), line(4)]);
        is_damaged(all(&*open(&swapped.concat()).unwrap().0), 3, at);
        is_damaged(all(&*open(&gone.concat()).unwrap().0), 3, at);
        let twice = [header, line(1), line(2), line(2), line(3), line(4)].concat();
        is_damaged(all(&*open(&twice).unwrap().0), 4, good.line(2).end);
        let blank = [header, line(1), b"\n", line(2), line(3), line(4)].concat();
        is_damaged(all(&*open(&blank).unwrap().0), 3, at);

        let mut other = Spelled::of(&acts(1, &[1]));
        other.hash = Hash([7; 32]);
        for n in 2..=4 {
            other.add(&entry(n));
        }
        is_damaged(all(&*open(&other.bytes).unwrap().0), 3, at);
    });
}

#[test]
fn a_wrong_number_is_refused_although_the_hashes_hold() {
    both(|open| {
        for wrong in [0, 1, 3, u64::MAX] {
            let mut spelled = Spelled::of(&acts(1, &[1]));
            let at = spelled.bytes.len();
            spelled.add(&Entry { seq: Seq(wrong), ..entry(2) });
            spelled.add(&entry(3));
            is_damaged(all(&*open(&spelled.bytes).unwrap().0), 3, at);
        }
    });
}

#[test]
fn a_line_of_another_kind_is_refused_although_its_hash_holds() {
    let spelled = Spelled::of(&acts(1, &[1]));
    let body = format!("{{\"seq\":2,\"what\":\"never seen\",\"prev\":\"{}\"", spelled.hash);
    let hash = blake3::Hasher::new().update(&spelled.hash.0).update(body.as_bytes()).finalize().to_hex();
    let mut bytes = spelled.bytes.clone();
    bytes.extend(format!("{body},\"hash\":\"{hash}\"}}\n").into_bytes());
    let mut after = Spelled { hash: Hash(*blake3::hash(b"").as_bytes()), bytes, ends: Vec::new() };
    after.add(&entry(3));
    both(|open| is_damaged(all(&*open(&after.bytes).unwrap().0), 3, spelled.bytes.len()));
}

#[test]
fn what_is_no_journal_is_refused_and_left_as_it_is() {
    both(|open| {
        let later = HEADER.replace("\"version\":1", "\"version\":2");
        let long = "x".repeat(5000);
        let foreign = [later.as_str(), "PK\u{3}\u{4} and a great deal more of some other file", &long];
        for text in foreign {
            assert!(matches!(open(text.as_bytes()), Err(JournalError::Foreign(_))), "{text}");
        }
        for at in 0..HEADER.len() {
            let mut bytes = Spelled::of(&acts(1, &[1])).bytes;
            bytes[at] ^= 1;
            assert!(matches!(open(&bytes), Err(JournalError::Foreign(_))), "byte {at}");
        }
    });
}

#[test]
fn an_entry_that_is_too_long_leaves_nothing_behind() {
    both(|open| {
        let (mut journal, _) = open(HEADER.as_bytes()).unwrap();
        let now = "x".repeat(LINE_LIMIT);
        let long = Entry { changes: vec![Change::House(HouseChange::Named { was: String::new(), now })], ..entry(2) };
        assert!(matches!(journal.append(&[entry(1), long]), Err(JournalError::TooLong(_))));
        assert_eq!((journal.head().seq, all(&*journal).unwrap()), (Seq(0), Vec::new()));
        let now = "x".repeat(LINE_LIMIT - 1000);
        let fits = Entry { changes: vec![Change::House(HouseChange::Named { was: String::new(), now })], ..entry(1) };
        journal.append(std::slice::from_ref(&fits)).unwrap();
        journal.append(&[entry(2)]).unwrap();
        assert_eq!(all(&*journal).unwrap(), [fits, entry(2)]);
    });
}

#[test]
fn a_full_disk_loses_only_what_was_not_acknowledged() {
    let mut journal = MemoryJournal::default();
    journal.faults.full_after = Some(1);
    journal.append(&[entry(1)]).unwrap();
    assert!(matches!(journal.append(&[entry(2)]), Err(JournalError::Full)));
    assert_eq!(all(&journal).unwrap(), [entry(1)]);
    journal.faults = Faults::default();
    journal.append(&[entry(2)]).unwrap();
    assert_eq!(all(&journal.reopened().unwrap()).unwrap(), [entry(1), entry(2)]);
}

#[test]
fn after_a_failed_sync_nothing_is_taken_until_the_next_start() {
    let mut journal = MemoryJournal::default();
    journal.faults.sync_fails_after = Some(1);
    journal.append(&[entry(1)]).unwrap();
    for _ in 0..2 {
        assert!(matches!(journal.append(&[entry(2)]), Err(JournalError::Poisoned { .. })));
        journal.faults = Faults::default();
    }
    let mut again = journal.reopened().unwrap();
    again.append(&[entry(2)]).unwrap();
    assert_eq!(all(&again).unwrap(), [entry(1), entry(2)]);
}

#[test]
fn a_line_without_an_end_is_not_read_to_its_end() {
    let mut bytes = Spelled::of(&acts(1, &[1, 1])).bytes;
    let begin = bytes.len();
    bytes.resize(begin + LINE_LIMIT + (3 << 20), b'x');
    bytes.push(b'\n');
    bytes.extend_from_slice(&Spelled::of(&[entry(1)]).bytes[HEADER.len()..]);
    both(|open| {
        let (journal, cut) = open(&bytes).unwrap();
        assert_eq!(cut, None);
        for answer in [all(&*journal).map(drop), journal.reader().unwrap().read_at(begin as u64).map(drop)] {
            let Err(JournalError::Damaged { what, offset, .. }) = answer else { panic!("{answer:?}") };
            assert_eq!((what.as_str(), offset), ("the line has no end", begin as u64));
        }
    });
}

#[test]
fn an_end_that_no_write_can_have_left_is_refused_and_not_cut() {
    let good = Spelled::of(&acts(1, &[1, 1])).bytes;
    let endless = vec![b'x'; LINE_LIMIT * 4 + (1 << 20)];
    let junk = [&vec![b'x'; (1 << 20) - 1][..], b"\n"].concat().repeat(66);
    for (harm, told) in [(endless, "a line without an end"), (junk, "no good line near the end")] {
        let bytes = [&good[..], &harm].concat();
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE), &bytes).unwrap();
        let fault = FileJournal::open(dir.path()).map(drop).unwrap_err();
        assert!(matches!(&fault, JournalError::Damaged { what, .. } if what == told), "{fault}");
        assert_eq!(fs::metadata(dir.path().join(FILE)).unwrap().len(), bytes.len() as u64);
    }
}
