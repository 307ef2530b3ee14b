//! A store that is opened, written, harmed and opened again.
#![allow(dead_code, reason = "every trial uses its own part")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, Class, Command, Day, Entry, FindingFacts, GradeBounds, HouseCommand,
    InspectionCommand, ItemId, Judgement, PersonId, Profile, Request, Rev, RoundCommand, RoundId, RoundPlan, Scale,
    Severity, Stamp, Verdict,
};
use tijian::import::checklist::{builtin, edition_id};
use tijian::store::{Ack, DeskError, FileJournal, OpenError, Opened, Store, Verified, verify};

/// Monday 2026-11-23, 09:00 in China.
pub const NINE: Stamp = Stamp(1_795_395_600_000);
/// The journal in a data folder.
pub const JOURNAL: &str = "journal.jsonl";
/// The records in a data folder.
pub const RECORDS: &str = "records";

/// Every record by its name.
pub type Dump = BTreeMap<Vec<u8>, Vec<u8>>;

/// Opens a store in a run of the machine.
pub fn try_open(dir: &Path, boot: &str) -> Result<Opened, OpenError> {
    Store::open(dir, "robot", boot, &mut |_, _| ControlFlow::Continue(()))
}

/// Opens a store in the run of the machine that all trials share.
pub fn open(dir: &Path) -> Opened {
    try_open(dir, "boot").unwrap()
}

/// Opens a store of which nothing is to be told.
#[track_caller]
pub fn quiet(dir: &Path) -> Store {
    let opened = open(dir);
    assert_eq!(opened.notices, []);
    opened.store
}

/// Makes a request of somebody who saw everything.
pub fn request(by: &str, command: Command) -> Request {
    Request { by: PersonId(by.to_owned()), saw: Rev(u64::MAX), command }
}

/// Hands requests to the desk together.
pub fn step(store: &mut Store, at: Stamp, requests: Vec<Request>) -> Vec<Result<Ack, DeskError>> {
    store.desk.as_mut().unwrap().step(at, requests)
}

/// Hands one request to the desk.
pub fn ask(store: &mut Store, request: Request) -> Result<Ack, DeskError> {
    step(store, NINE, vec![request]).pop().unwrap()
}

/// Hands a command to the desk that must be acknowledged.
#[track_caller]
pub fn does(store: &mut Store, command: Command) -> Ack {
    ask(store, request("admin", command)).unwrap()
}

/// Spells a command that names the organisation.
pub fn name(now: &str) -> Command {
    Command::House(HouseCommand::Name(now.to_owned()))
}

/// Describes a unit by its code.
pub fn unit(code: &str) -> BranchFacts {
    BranchFacts { code: code.to_owned(), name: format!("{code}黨支部"), ..BranchFacts::default() }
}

/// Spells a command that enters a unit.
pub fn add(id: u32, code: &str) -> Command {
    Command::Branch(BranchId(id), BranchCommand::Add(unit(code)))
}

/// Spells a command in the inspection of a unit.
pub fn inspect(branch: u32, command: InspectionCommand) -> Command {
    Command::Inspection(RoundId(1), BranchId(branch), command)
}

/// Names the item at a place of the built-in checklist.
pub fn item(at: usize) -> ItemId {
    builtin().items[at].id.clone()
}

/// Spells a command that gives a verdict.
pub fn judge(branch: u32, at: usize, verdict: Verdict) -> Command {
    let judgement = Judgement { verdict, reason: String::new() };
    inspect(branch, InspectionCommand::Judge(vec![(item(at), Some(judgement))]))
}

/// The plan of the one round.
pub fn plan() -> RoundPlan {
    RoundPlan {
        code: "2026-4".to_owned(),
        name: "四季度".to_owned(),
        from: Day::new(2026, 10, 1).unwrap(),
        to: Day::new(2026, 12, 31).unwrap(),
        edition: edition_id(builtin()),
        profile: Profile::Jiguan,
        scale: Scale::Four,
        grades: GradeBounds::default(),
        vetoes: Vec::new(),
        ranked: false,
    }
}

/// Writes something of every kind: fifteen entries, three of them one act.
pub fn furnish(store: &mut Store) {
    let checklist = builtin();
    does(store, Command::AddEdition(edition_id(checklist), Box::new(checklist.clone())));
    does(store, name("練習單位"));
    let list = (1..=3).map(|id| (BranchId(id), BranchCommand::Add(unit(&format!("JG-{id}")))));
    does(store, Command::BranchList(list.collect()));
    let branches = vec![BranchId(1), BranchId(2), BranchId(3)];
    does(store, Command::Round(RoundId(1), RoundCommand::Open { plan: plan(), branches }));
    does(store, Command::Round(RoundId(1), RoundCommand::Leave(vec![BranchId(3)])));
    let facts = FindingFacts {
        item: item(1),
        fact: "記錄不全".to_owned(),
        severity: Severity::Minor,
        class: Class::Limited,
        due: Day::new(2026, 12, 20).unwrap(),
    };
    does(store, judge(1, 0, Verdict::Pass));
    does(store, judge(1, 1, Verdict::Fail));
    does(store, inspect(1, InspectionCommand::Find { n: None, facts }));
    does(store, inspect(1, InspectionCommand::Note { item: item(0), text: "看了\n三本".to_owned() }));
    does(store, inspect(1, InspectionCommand::Mark { item: item(2), on: true }));
    does(store, judge(2, 0, Verdict::Good));
    does(store, inspect(2, InspectionCommand::Undo));
    does(store, name("練習單位二"));
}

/// Returns every record.
pub fn dump(store: &Store) -> Dump {
    let mut dump = Dump::new();
    let look = &mut |name: &[u8], value: &[u8]| {
        dump.insert(name.to_vec(), value.to_vec());
        ControlFlow::Continue(())
    };
    store.shelf.records().scan(&[], &[], look).unwrap();
    dump
}

/// Makes a furnished store, closes it, and returns its records as they were.
pub fn furnished(dir: &Path) -> Dump {
    let mut store = quiet(dir);
    furnish(&mut store);
    let dump = dump(&store);
    store.close("boot").unwrap();
    dump
}

/// Returns every entry of the journal.
pub fn entries(dir: &Path) -> Vec<Entry> {
    let (reader, _) = FileJournal::open_read_only(dir).unwrap();
    let mut entries = Vec::new();
    let visit = &mut |entry: &Entry, _: std::ops::Range<u64>, _: &tijian::store::Hash| {
        entries.push(entry.clone());
        ControlFlow::Continue(())
    };
    reader.scan(None, visit).unwrap();
    entries
}

/// Compares every record with the journal.
pub fn verified(store: &Store) -> Verified {
    let (reader, _) = FileJournal::open_read_only(&store.dir).unwrap();
    verify(&*reader, &**store.shelf.records(), &mut |_| ControlFlow::Continue(())).unwrap()
}

/// Checks that every record agrees with the journal, and that one more change is taken.
#[track_caller]
pub fn is_sound(store: &mut Store) {
    assert_eq!(verified(store).differing, Vec::<String>::new());
    let head = entries(&store.dir).last().map_or(0, |entry| entry.seq.0);
    let ack = does(store, name(&format!("第{head}次")));
    assert_eq!(ack.seq().0, head + 1);
    assert_eq!(verified(store).differing, Vec::<String>::new());
}

/// Returns the journal's bytes.
pub fn journal(dir: &Path) -> Vec<u8> {
    fs::read(dir.join(JOURNAL)).unwrap()
}

/// Cuts whole lines off the journal's end.
pub fn cut_lines(dir: &Path, count: usize) {
    let bytes = journal(dir);
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    fs::write(dir.join(JOURNAL), lines[..lines.len() - count].concat()).unwrap();
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(file.file_name());
        if file.path().is_dir() {
            copy(&file.path(), &to);
        } else if file.file_type().unwrap().is_file() {
            // A socket is nobody's data.
            fs::copy(file.path(), to).unwrap();
        }
    }
}

/// Lists the folders of records that were put aside.
pub fn aside(dir: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    let mut found: Vec<PathBuf> = names.filter(|path| path.to_string_lossy().contains("records.broken-")).collect();
    found.sort();
    found
}
