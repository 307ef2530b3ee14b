//! Trials of the journal in a file: what a dying start, a torn write and a failing disk leave behind.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::*;

fn opened(dir: &Path) -> (FileJournal, Option<TailCut>) {
    FileJournal::open(dir).unwrap()
}

/// Lists what was kept aside, in order of the names.
fn aside(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|file| file.unwrap())
        .filter(|file| file.file_name().to_string_lossy().starts_with("journal.cut-"))
        .map(|file| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path()).unwrap()))
        .collect();
    found.sort();
    found
}

#[test]
fn a_missing_and_an_empty_file_and_half_a_header_begin_a_journal() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    for left in std::iter::once(None).chain((0..=HEADER.len()).map(Some)) {
        match left {
            Some(len) => fs::write(&path, &HEADER[..len]).unwrap(),
            None => assert!(!path.exists()),
        }
        let (mut journal, cut) = opened(dir.path());
        assert_eq!((journal.head().seq, cut), (Seq(0), None), "{left:?}");
        assert_eq!(fs::read(&path).unwrap(), HEADER.as_bytes(), "{left:?}");
        journal.append(&[entry(1)]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), Spelled::of(&[entry(1)]).bytes, "{left:?}");
    }
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_short_file_that_is_no_journal_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    for text in ["x", "\n", "{\"seq\":1}\n", "a note of mine\n"] {
        fs::write(dir.path().join(FILE), text).unwrap();
        assert!(matches!(FileJournal::open(dir.path()), Err(JournalError::Foreign(_))), "{text:?}");
        assert_eq!(fs::read_to_string(dir.path().join(FILE)).unwrap(), text);
    }
}

#[test]
fn what_is_cut_is_kept_aside_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let spelled = Spelled::of(&acts(1, &[1, 1, 3]));
    let whole = spelled.ends[2];
    let torn = &spelled.bytes[..spelled.bytes.len() - 10];
    fs::write(dir.path().join(FILE), torn).unwrap();
    let (journal, cut) = opened(dir.path());
    assert_eq!(cut, Some(TailCut { end: whole as u64, bytes: (torn.len() - whole) as u64 }));
    drop(journal);
    assert_eq!(fs::read(dir.path().join(FILE)).unwrap(), spelled.bytes[..whole]);
    assert_eq!(aside(dir.path()), [("journal.cut-2".to_owned(), torn[whole..].to_vec())]);
    assert_eq!(opened(dir.path()).1, None, "it is cut once");
}

#[test]
fn a_flipped_bit_in_a_middle_line_is_refused_and_never_read_as_another_value() {
    let entries = acts(1, &[1, 2, 1, 3, 1]);
    let spelled = Spelled::of(&entries);
    for n in [1, 2, 4, 6] {
        let line = spelled.line(n);
        for at in line.clone() {
            for bit in 0..8 {
                let mut bytes = spelled.bytes.clone();
                bytes[at] ^= 1 << bit;
                let (journal, cut) = MemoryJournal::holding(&bytes).unwrap();
                assert_eq!(cut, None, "bit {bit} of byte {at}");
                is_damaged(all(&journal), n as u64 + 1, line.start);
                let read = journal.reader().unwrap().read_at(line.start as u64);
                assert!(matches!(read, Err(JournalError::Damaged { .. })), "bit {bit} of byte {at}");
            }
        }
    }
}

#[test]
fn a_flipped_bit_in_the_file_is_refused_and_the_file_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let spelled = Spelled::of(&acts(1, &[1, 2, 1, 3, 1]));
    let line = spelled.line(4);
    for at in line.clone() {
        let mut bytes = spelled.bytes.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(dir.path().join(FILE), &bytes).unwrap();
        let (journal, cut) = opened(dir.path());
        assert_eq!(cut, None, "byte {at}");
        is_damaged(all(&journal), 5, line.start);
        let (reader, _) = FileJournal::open_read_only(dir.path()).unwrap();
        is_damaged(scanned(&*reader, None), 5, line.start);
        assert_eq!(fs::read(dir.path().join(FILE)).unwrap(), bytes, "byte {at}");
    }
}

#[test]
fn a_flipped_bit_in_the_last_line_cuts_it_and_keeps_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let entries = acts(1, &[1, 2, 1]);
    let spelled = Spelled::of(&entries);
    let line = spelled.line(4);
    for at in line.clone() {
        for bit in 0..8 {
            let mut bytes = spelled.bytes.clone();
            bytes[at] ^= 1 << bit;
            let (journal, cut) = MemoryJournal::holding(&bytes).unwrap();
            assert_eq!(cut.unwrap().end, line.start as u64, "bit {bit} of byte {at}");
            assert_eq!(all(&journal).unwrap(), entries[..3], "bit {bit} of byte {at}");
        }
        let mut bytes = spelled.bytes.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(dir.path().join(FILE), &bytes).unwrap();
        let (journal, cut) = opened(dir.path());
        assert_eq!(cut.unwrap().end, line.start as u64, "byte {at}");
        assert_eq!(all(&journal).unwrap(), entries[..3], "byte {at}");
        let kept = aside(dir.path());
        assert_eq!(kept, [("journal.cut-3".to_owned(), bytes[line.start..].to_vec())], "byte {at}");
        fs::remove_file(dir.path().join("journal.cut-3")).unwrap();
    }
}

#[test]
fn a_flipped_bit_in_the_last_entry_of_an_act_cuts_the_whole_act() {
    let entries = acts(1, &[2, 3]);
    let spelled = Spelled::of(&entries);
    for at in spelled.line(5) {
        let mut bytes = spelled.bytes.clone();
        bytes[at] ^= 1 << (at % 8);
        let (journal, cut) = MemoryJournal::holding(&bytes).unwrap();
        assert_eq!(cut.unwrap().end, spelled.ends[2] as u64, "byte {at}");
        assert_eq!(all(&journal).unwrap(), entries[..2], "byte {at}");
    }
}

#[test]
fn a_torn_group_that_is_longer_than_one_reading_step_is_cut_as_a_whole() {
    let mut entries = acts(1, &[1, 3000]);
    entries.pop();
    let spelled = Spelled::of(&entries);
    assert!(spelled.bytes.len() > 500_000);
    both(|open| {
        let (journal, cut) = open(&spelled.bytes).unwrap();
        assert_eq!(cut.unwrap().end, spelled.ends[1] as u64);
        assert_eq!(all(&*journal).unwrap(), entries[..1]);
    });
}

#[test]
fn a_journal_longer_than_one_reading_step_reads_back() {
    let entries = acts(1, &vec![1; 9000]);
    let spelled = Spelled::of(&entries);
    assert!(spelled.bytes.len() > 2 << 20);
    both(|open| {
        let (journal, cut) = open(&spelled.bytes).unwrap();
        assert_eq!((journal.head().seq, cut), (Seq(9000), None));
        assert!(all(&*journal).unwrap() == entries);
        let mut bytes = spelled.bytes.clone();
        bytes[spelled.line(8000).start + 3] ^= 4;
        is_damaged(all(&*open(&bytes).unwrap().0), 8001, spelled.line(8000).start);
    });
}

/// Returns a journal of three acts that came one by one and a write of four acts, one of them of three entries.
fn written_together() -> (Vec<Entry>, Spelled) {
    let mut entries = acts(1, &[1, 1, 1, 1, 3, 1, 1]);
    for entry in &mut entries[3..] {
        let now = "長".repeat(120);
        entry.changes = vec![Change::House(HouseChange::Named { was: String::new(), now })];
    }
    let mut spelled = Spelled::of(&entries[..3]);
    spelled.write(&entries[3..]);
    (entries, spelled)
}

/// Leaves sectors of the last write out, as a power cut may.
fn with_holes(spelled: &Spelled, holes: impl Fn(usize) -> bool) -> Vec<u8> {
    let (mut bytes, begin) = (spelled.bytes.clone(), spelled.ends[3]);
    for (at, byte) in bytes.iter_mut().enumerate().skip(begin) {
        if holes(at / 512 - begin / 512) {
            *byte = 0;
        }
    }
    bytes
}

#[test]
fn whatever_sectors_of_the_last_write_are_missing_its_whole_acts_before_the_first_hole_stay() {
    let (entries, spelled) = written_together();
    let sectors = spelled.bytes.len() / 512 - spelled.ends[3] / 512 + 1;
    assert!((7..=10).contains(&sectors), "{sectors}");
    both(|open| {
        for mask in 1..1_u32 << sectors {
            let bytes = with_holes(&spelled, |sector| mask >> sector & 1 == 1);
            let whole = bytes.iter().zip(&spelled.bytes).position(|(a, b)| a != b).unwrap();
            let kept = (3..entries.len()).take_while(|n| spelled.ends[n + 1] <= whole).count() + 3;
            let kept = (0..=kept).rev().find(|n| !entries[n - 1].more).unwrap();
            let (journal, cut) = open(&bytes).unwrap();
            assert_eq!(cut.unwrap().end, spelled.ends[kept] as u64, "{mask:b}");
            if mask % 97 == 0 {
                assert_eq!(all(&*journal).unwrap(), entries[..kept], "{mask:b}");
            }
        }
    });
}

#[test]
fn damage_in_the_last_write_that_no_power_cut_leaves_is_refused() {
    let (_, spelled) = written_together();
    let mut bytes = spelled.bytes.clone();
    bytes[spelled.line(5).start + 30] ^= 4;
    both(|open| {
        let (journal, cut) = open(&bytes).unwrap();
        assert_eq!(cut, None);
        is_damaged(all(&*journal), 6, spelled.line(5).start);
    });
}

#[test]
fn a_hole_before_the_last_write_was_acknowledged_and_is_refused() {
    let (_, spelled) = written_together();
    let mut behind = Spelled { bytes: with_holes(&spelled, |sector| sector == 2), ..spelled };
    behind.add(&entry(10));
    let hole = behind.ends.iter().rposition(|end| *end <= behind.bytes.iter().position(|byte| *byte == 0).unwrap());
    both(|open| {
        let (journal, cut) = open(&behind.bytes).unwrap();
        assert_eq!(cut, None);
        is_damaged(all(&*journal), hole.unwrap() as u64 + 2, behind.ends[hole.unwrap()]);
    });
    let (entries, spelled) = written_together();
    let mut bytes = with_holes(&spelled, |sector| sector == 0 || sector == 3);
    bytes[spelled.line(3).start..spelled.line(3).end].fill(0);
    both(|open| {
        let (journal, cut) = open(&bytes).unwrap();
        assert_eq!(cut, None, "{} entries were acknowledged before", entries.len());
        is_damaged(all(&*journal), 4, spelled.line(3).start);
    });
}

#[test]
fn a_line_says_how_much_of_its_write_stands_before_it() {
    let (_, spelled) = written_together();
    for n in 1..=9 {
        let line = std::str::from_utf8(&spelled.bytes[spelled.line(n)]).unwrap();
        let said = spelled.line(n).start.saturating_sub(spelled.ends[3]);
        assert_eq!(line.contains(&format!(",\"after\":{said},\"prev\"")), n > 4, "{line}");
        assert_eq!(line.contains("\"after\""), n > 4, "{line}");
    }
}

#[test]
fn cuts_at_the_same_place_are_all_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    let spelled = Spelled::of(&acts(1, &[1, 1]));
    for torn in ["one", "another", "a third"] {
        fs::write(dir.path().join(FILE), [&spelled.bytes[..], torn.as_bytes()].concat()).unwrap();
        assert_eq!(opened(dir.path()).1.unwrap().bytes, torn.len() as u64);
    }
    let texts: Vec<_> =
        aside(dir.path()).into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect();
    let wanted = [("journal.cut-2", "one"), ("journal.cut-2-2", "another"), ("journal.cut-2-3", "a third")];
    assert_eq!(texts, wanted.map(|(name, text)| (name.to_owned(), text.to_owned())));
}

#[test]
fn a_header_of_which_only_the_length_reached_the_disk_begins_a_journal() {
    let dir = tempfile::tempdir().unwrap();
    for written in 0..HEADER.len() {
        let mut left = HEADER.as_bytes().to_vec();
        left[written..].fill(0);
        fs::write(dir.path().join(FILE), left).unwrap();
        let (journal, cut) = opened(dir.path());
        assert_eq!((journal.head().seq, cut), (Seq(0), None), "{written}");
    }
    fs::write(dir.path().join(FILE), [0; 5000]).unwrap();
    assert!(matches!(FileJournal::open(dir.path()), Err(JournalError::Foreign(_))));
}
