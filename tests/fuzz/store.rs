//! What the store reads back: journal lines, records, and where each person was.

use std::fs;
use std::ops::ControlFlow;
use std::sync::Arc;

use tijian::app::{Msg, Place};
use tijian::domain::{BranchCommand, BranchId, Command, Entry, Lang, Of, ReadFault, Reading, Rev, RoundId, Seq};
use tijian::import::checklist::{builtin, edition_id};
use tijian::store::{
    Batch, FileJournal, Hash, Journal, JournalError, MemoryJournal, MemoryRecords, PlaceFile, Records, Shelf,
};

use crate::bench::{Target, told_at_the_door, turn};
use crate::dice::Dice;
use crate::house::House;

const JSON: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"null",
    b"-1",
    b"1e999",
    b"99999999999999999999",
    b"\\u0000",
    b"\\u001b",
    b"\\ud800",
    b"\\",
    b"\n",
    b"\x1b[2J",
    b"\xff",
    b"\"more\":true,",
    b"\"rev\":18446744073709551615,",
    b"\"seq\":0,",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"{\"a\":{\"a\":{\"a\":{\"a\":",
    "\u{202e}".as_bytes(),
];

/// A house in which a little of everything has happened.
fn used() -> House {
    let mut house = House::furnished();
    let who = house.inspector("inspector");
    house.press(who, "<enter>").press(who, "1").press(who, "2").press(who, "4").press(who, "jj3");
    house.types(who, "會議記錄缺失").press(who, "<enter>");
    let facts = house.shelf().branch(BranchId(3)).unwrap().unwrap().facts;
    house.does("admin", Command::Branch(BranchId(3), BranchCommand::Edit(facts_named(facts, "教務處支部"))));
    house
}

fn facts_named(facts: tijian::domain::BranchFacts, name: &str) -> tijian::domain::BranchFacts {
    tijian::domain::BranchFacts { name: name.to_owned(), ..facts }
}

/// Spells a line's chain anew, so that what was spoilt before it is read at all.
fn chained(line: &[u8], prev: &Hash) -> Vec<u8> {
    const CHAIN: &[u8] = b",\"prev\":\"";
    let end = line.windows(CHAIN.len()).rposition(|window| window == CHAIN).unwrap_or(line.len());
    let mut body = line[..end].to_vec();
    body.extend_from_slice(format!(",\"prev\":\"{prev}\"").as_bytes());
    let hash = Hash(*blake3::Hasher::new().update(&prev.0).update(&body).finalize().as_bytes());
    body.extend_from_slice(format!(",\"hash\":\"{hash}\"}}").as_bytes());
    body
}

#[test]
fn journal_lines() {
    let _turn = turn();
    let house = used();
    let whole = fs::read(house.path().join("journal.jsonl")).unwrap();
    let mut lines = whole.split_inclusive(|byte| *byte == b'\n');
    let header = lines.next().unwrap().to_vec();
    let start = Hash(*blake3::hash(&header).as_bytes());
    // The checklist is a line of its own size: it is tried as it is, the others are spoilt.
    let lines: Vec<Vec<u8>> = lines.filter(|line| line.len() < 8192).map(<[u8]>::to_vec).collect();
    assert!(lines.len() > 5, "{}", lines.len());
    let folder = tempfile::tempdir().unwrap();
    let target = Target { name: "journal", corpus: lines, tokens: JSON, rounds: 1_000 };
    let mut made = |line: Vec<u8>, dice: &mut Dice| {
        if dice.once_in(4) { line } else { [chained(line.trim_ascii_end(), &start), b"\n".to_vec()].concat() }
    };
    target.run_made(&mut made, &mut |line| {
        let path = folder.path().join("journal.jsonl");
        fs::write(&path, [&header, line].concat()).unwrap();
        let (reader, _) = match FileJournal::open_read_only(folder.path()) {
            Ok(opened) => opened,
            Err(fault) => return told_at_the_door(&fault.to_string()),
        };
        let walked = reader.scan(None, &mut |_, _, _| ControlFlow::Continue(()));
        if let Err(fault) = walked {
            assert!(matches!(fault, JournalError::Damaged { .. }), "{fault}");
            told_at_the_door(&fault.to_string());
        }
        match reader.read_at(header.len() as u64) {
            Ok(entry) => same_again(&entry),
            Err(fault) => told_at_the_door(&fault.to_string()),
        }
    });
}

/// Writes an entry anew and reads it: it is the same.
#[track_caller]
fn same_again(entry: &Entry) {
    let mut journal = MemoryJournal::default();
    let at = journal.append(std::slice::from_ref(entry)).unwrap();
    assert_eq!(journal.reader().unwrap().read_at(at[0]).unwrap(), *entry);
}

/// Reads everything that a screen could ask a shelf for.
fn read_all(shelf: &Shelf) -> Result<String, ReadFault> {
    let mut seen = format!("{:?}{:?}{:?}", shelf.house()?, shelf.next_branch()?, shelf.next_round()?);
    let faults = [
        (1..=3).try_for_each(|id| shelf.branch(BranchId(id)).map(|branch| seen.push_str(&format!("{branch:?}")))),
        shelf.branch_by_code("JG-003").map(|id| seen.push_str(&format!("{id:?}"))),
        shelf.tree().map(|tree| seen.push_str(&format!("{tree:?}"))),
        shelf.path(BranchId(3), "/").map(|path| seen.push_str(&path)),
        shelf.rounds().map(|rounds| seen.push_str(&format!("{rounds:?}"))),
        shelf.round(RoundId(1)).map(|round| seen.push_str(&format!("{round:?}"))),
        shelf.editions().map(|editions| seen.push_str(&format!("{editions:?}"))),
        shelf.unfinished(10).map(|lines| seen.push_str(&format!("{lines:?}"))),
        shelf.inspection(RoundId(1), BranchId(2)).map(|one| seen.push_str(&format!("{one:?}"))),
        shelf.inspection_line(RoundId(1), BranchId(2)).map(|one| seen.push_str(&format!("{one:?}"))),
        shelf.trail(Of::Branch(BranchId(3)), Rev(0), 10).map(|trail| seen.push_str(&format!("{trail:?}"))),
        shelf.checklist(&edition_id(builtin())).map(|list| seen.push_str(&format!("{}", list.is_some()))),
    ];
    // Every one is asked, whatever the first says.
    faults.into_iter().collect::<Result<Vec<()>, _>>().map(|_| seen)
}

#[test]
fn records() {
    let _turn = turn();
    let house = used();
    let mut all: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut look = |name: &[u8], value: &[u8]| {
        all.push((name.to_vec(), value.to_vec()));
        ControlFlow::Continue(())
    };
    house.shelf().records().scan(b"", b"", &mut look).unwrap();
    assert!(all.len() > 10, "{}", all.len());
    let spelled = |(name, value): &(Vec<u8>, Vec<u8>)| {
        [&[u8::try_from(name.len()).unwrap()][..], name.as_slice(), value.as_slice()].concat()
    };
    let corpus: Vec<Vec<u8>> = all.iter().map(spelled).collect();
    let tokens: &[&[u8]] =
        &[b"\xfd\xff\xff\xff\xff\xff\xff\xff\xff", b"\xfc\xff\xff\xff\x7f", b"\xfb\xff\xff", b"\0", b"\x01", b"\xff"];
    let target = Target { name: "record", corpus: corpus.clone(), tokens, rounds: 500 };
    let mut made = |mut input: Vec<u8>, dice: &mut Dice| {
        // The name stays one of the names, and the checksum is right in most: else nothing is read behind it.
        let (name, value) = &all[dice.below(all.len())];
        let skip = usize::from(input.first().copied().unwrap_or_default()) + 1;
        let mut value = if skip < input.len() { input.split_off(skip) } else { value.clone() };
        if value.len() > 7 && !dice.once_in(8) {
            value[0] = name[0];
            let known = &all[dice.below(all.len())].1;
            value[1..3].copy_from_slice(&known[1..3]);
            let mut sum = crc32fast::Hasher::new();
            sum.update(&value[..3]);
            sum.update(&value[7..]);
            value[3..7].copy_from_slice(&sum.finalize().to_be_bytes());
        }
        spelled(&(name.clone(), value))
    };
    let base = Batch { puts: all.iter().map(|(name, value)| (name.clone(), Some(value.clone()))).collect() };
    let head = house.shelf().head();
    let records = Arc::new(MemoryRecords::default());
    target.run_made(&mut made, &mut |input| {
        let (name, value) = input[1..].split_at(usize::from(input[0]));
        records.clear().unwrap();
        records.commit(&base).unwrap();
        let spoilt = Batch { puts: vec![(name.to_vec(), Some(value.to_vec()))] };
        if records.commit(&spoilt).is_err() {
            return;
        }
        let shelf = |records: &Arc<MemoryRecords>| {
            let reader = FileJournal::open_read_only(&house.path()).unwrap().0;
            Shelf::new(Arc::clone(records) as Arc<dyn Records>, reader, head)
        };
        match read_all(&shelf(&records)) {
            Ok(seen) => assert_eq!(read_all(&shelf(&records)).unwrap(), seen),
            Err(fault) => told_at_the_door(&fault.to_string()),
        }
    });
    assert_ne!(head, Seq(0));
}

#[test]
fn places() {
    let _turn = turn();
    let mut house = used();
    let who = house.inspector("again");
    let mut corpus = Vec::new();
    for keys in ["", "<enter>", "j4", "<esc>", "?", "<esc><esc>", "b", "a", "R", "<esc><esc>c", "/"] {
        house.press(who, keys).types(who, if keys == "a" { "支部" } else { "" });
        corpus.push(serde_json::to_vec(&house.of(who).place()).unwrap());
    }
    corpus.sort();
    corpus.dedup();
    assert!(corpus.len() > 3, "{}", corpus.len());
    let tokens: &[&[u8]] = &[
        b"null",
        b"\"Home\"",
        b"18446744073709551615",
        b"-1",
        b"{",
        b"}",
        b"[]",
        b",",
        b"\\u001b[2J",
        b"\\u0000",
        "\u{1f468}\u{200d}\u{1f469}".as_bytes(),
        b"\"caret\":999,",
        b"\"focus\":999,",
        b"\"values\":[],",
        b"\"base\":[],",
        b"\"parked\":[],",
        b"\"typing\":null,",
        b"\xff",
        "\u{202e}".as_bytes(),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = PlaceFile::of(folder.path(), &house.of(who).me);
    let start = serde_json::to_vec(&house.of(who).place()).unwrap();
    let target = Target { name: "place", corpus, tokens, rounds: 500 };
    target.run(&mut |bytes| {
        file.save(bytes).unwrap();
        assert_eq!(file.load().unwrap(), bytes);
        let Some(place) = tijian::session::read_place(&file) else { return };
        let written = serde_json::to_vec(&place).unwrap();
        assert_eq!(serde_json::from_slice::<Place>(&written).unwrap(), place);
        let shelf = house.shelf();
        let begin = serde_json::from_slice(&start).unwrap();
        let seat = house.sits("seat", (80, 24), Lang::Hant);
        house.of_mut(seat).resume(begin, &*shelf).unwrap();
        house.of_mut(seat).resume(place, &*shelf).unwrap();
        // Where the person is now is drawn, and keys are taken there.
        house.screen(seat);
        house.press(seat, "<down><right><backspace><enter><esc>");
        house.msg(seat, Msg::News(shelf.head()));
        house.screen(seat);
        house.stands_up(seat);
    });
}
