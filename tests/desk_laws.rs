//! Laws of the desk: what the shelf shows is what the journal says, whatever two people do at once.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;

use std::ops::ControlFlow;
use std::path::Path;

use forms::{find, finding, id, judgement, mark, note, person, plan, reopen, unit};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tijian::domain::{
    BranchCommand, BranchId, Change, Command, Entry, Inspection, InspectionCommand, ItemId, Judgement, Of, PersonId,
    Reading, Request, Rev, RoundCommand, RoundId, RoundPlan, Scale, ScoreLine, Stamp, Verdict, apply_inspection, score,
};
use tijian::import::checklist::{builtin, edition_id};
use tijian::store::{DeskError, Store};

const ROUND: RoundId = RoundId(1);
const UNITS: [BranchId; 2] = [BranchId(1), BranchId(2)];

fn open(dir: &Path) -> Store {
    Store::open(dir, "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store
}

fn request(by: &str, saw: u64, command: Command) -> Request {
    Request { by: PersonId(by.to_owned()), saw: Rev(saw), command }
}

/// Opens a store with two units in one round over the built-in checklist.
fn furnished(dir: &Path) -> Store {
    let mut store = open(dir);
    let checklist = builtin();
    let edition = edition_id(checklist);
    let add = |id: BranchId| Command::Branch(id, BranchCommand::Add(unit(&format!("JG-{id}"))));
    let round = RoundCommand::Open { plan: RoundPlan { edition, ..plan(Scale::Four) }, branches: UNITS.to_vec() };
    let commands = [
        Command::AddEdition(edition, Box::new(checklist.clone())),
        add(UNITS[0]),
        add(UNITS[1]),
        Command::Round(ROUND, round),
    ];
    let requests = commands.map(|command| request("admin", u64::MAX, command)).to_vec();
    for answer in store.desk.as_mut().unwrap().step(Stamp(1), requests) {
        answer.unwrap();
    }
    store
}

fn an_item() -> impl Strategy<Value = &'static str> {
    select(vec!["R-01", "R-02", "R-03", "Z-99"])
}

fn a_judgement() -> impl Strategy<Value = Option<Judgement>> {
    let verdict = select(Verdict::ALL.to_vec());
    prop_oneof![
        1 => Just(None),
        5 => (verdict, select(vec!["", "新設"])).prop_map(|(verdict, reason)| Some(judgement(verdict, reason)))
    ]
}

fn a_command() -> impl Strategy<Value = InspectionCommand> {
    let text = || select(vec!["", "甲", "乙\n丙"]);
    let all = |verdict| {
        let items = builtin().items.iter();
        InspectionCommand::Judge(items.map(|item| (item.id.clone(), Some(judgement(verdict, "")))).collect())
    };
    let correction = (1u16..4, an_item(), text())
        .prop_map(|(n, item, text)| InspectionCommand::Find { n: Some(n), facts: finding(item, text) });
    prop_oneof![
        8 => vec((an_item().prop_map(id), a_judgement()), 0..3).prop_map(InspectionCommand::Judge),
        2 => (an_item(), text()).prop_map(|(item, text)| note(item, text)),
        2 => (an_item(), any::<bool>()).prop_map(|(item, on)| mark(item, on)),
        2 => (an_item(), text()).prop_map(|(item, text)| find(item, text)),
        1 => correction,
        1 => (1u16..4).prop_map(|n| InspectionCommand::Withdraw { n }),
        4 => Just(InspectionCommand::Undo),
        3 => Just(InspectionCommand::Redo),
        1 => select(vec![Verdict::Pass, Verdict::Good]).prop_map(all),
        2 => Just(InspectionCommand::SignOff),
        1 => Just(reopen("補充材料")),
    ]
}

fn a_request() -> impl Strategy<Value = Request> {
    let saw = prop_oneof![4 => Just(u64::MAX), 1 => 0u64..20];
    (select(vec!["王督查", "李督查"]), saw, select(UNITS.to_vec()), a_command())
        .prop_map(|(by, saw, unit, command)| request(by, saw, Command::Inspection(ROUND, unit, command)))
}

fn folded(branch: BranchId, trail: &[Entry]) -> Inspection {
    let mut inspection = Inspection::new(ROUND, branch);
    for entry in trail {
        for change in &entry.changes {
            let Change::Inspection(change) = change else { panic!("{change:?}") };
            apply_inspection(&mut inspection, entry.rev, &entry.by, entry.at, change);
        }
    }
    inspection
}

/// Checks every view of the two inspections against their trails.
fn agrees(reading: &dyn Reading) {
    let (mut started, mut signed, mut findings, mut got, mut applicable) = (0, 0, 0, 0, 0);
    for unit in UNITS {
        let trail = reading.trail(Of::Inspection(ROUND, unit), Rev(1), usize::MAX).unwrap();
        let inspection = reading.inspection(ROUND, unit).unwrap();
        assert_eq!(inspection, folded(unit, &trail));
        let touched = inspection.cells.keys().cloned().chain([id("R-01"), id("Z-99")]).collect::<Vec<ItemId>>();
        for item in touched {
            assert_eq!(reading.cell(ROUND, unit, &item).unwrap().as_ref(), inspection.cells.get(&item), "{item}");
        }
        let Some(line) = reading.inspection_line(ROUND, unit).unwrap() else {
            assert!(trail.is_empty());
            continue;
        };
        let sum = ScoreLine::from(&score(builtin(), &inspection));
        assert_eq!((line.rev, line.score, line.next_finding), (inspection.rev, sum, inspection.next_finding));
        assert_eq!(
            (line.started, &line.last, &line.signed),
            (inspection.started, &inspection.last, &inspection.signed)
        );
        started += 1;
        findings += u32::from(sum.findings);
        if line.signed.is_some() {
            signed += 1;
            got += sum.got;
            applicable += u64::from(sum.applicable);
        }
    }
    let round = reading.rounds().unwrap().remove(0);
    let sums = (round.started, round.signed, round.findings, round.got, round.applicable);
    assert_eq!(sums, (started, signed, findings, got, applicable));
    let unfinished = reading.unfinished(9).unwrap().len();
    assert_eq!(unfinished, (started - signed) as usize);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_shelf_shows_what_the_journal_says(groups in vec(vec(a_request(), 1..4), 1..24)) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = furnished(dir.path());
        for (minute, group) in (1..).zip(groups) {
            let before = store.shelf.head();
            let answers = store.desk.as_mut().unwrap().step(Stamp(minute * 60_000), group);
            let written: u64 = answers.iter().map(|answer| match answer {
                Ok(ack) => ack.entries.len() as u64,
                Err(DeskError::Refused(_)) => 0,
                Err(fault) => panic!("{fault}"),
            }).sum();
            prop_assert_eq!(store.shelf.head().0, before.0 + written, "a refused command writes nothing");
            agrees(&*store.shelf);
        }
        let stood = UNITS.map(|unit| store.shelf.inspection(ROUND, unit).unwrap());
        drop(store);
        let store = open(dir.path());
        agrees(&*store.shelf);
        prop_assert_eq!(UNITS.map(|unit| store.shelf.inspection(ROUND, unit).unwrap()), stood);
    }
}

#[test]
fn commands_that_wait_together_are_decided_one_after_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = furnished(dir.path());
    let inspect = |by, saw, command| request(by, saw, Command::Inspection(ROUND, UNITS[0], command));
    let group = vec![
        inspect("王督查", 0, forms::judge("R-01", Verdict::Pass)),
        inspect("李督查", 0, forms::judge("R-01", Verdict::Fail)),
        inspect("李督查", 0, forms::judge("R-02", Verdict::Fair)),
        inspect("王督查", 0, InspectionCommand::Undo),
        inspect("李督查", 3, forms::judge("R-01", Verdict::Good)),
    ];
    let answers = store.desk.as_mut().unwrap().step(Stamp(5), group);
    let revs: Vec<_> = answers.iter().map(|answer| answer.as_ref().ok().map(|ack| ack.entries[0].rev)).collect();
    assert_eq!(revs, [Some(Rev(1)), None, Some(Rev(2)), Some(Rev(3)), Some(Rev(4))]);
    let inspection = store.shelf.inspection(ROUND, UNITS[0]).unwrap();
    assert_eq!(inspection.verdict(&id("R-01")), Some(Verdict::Good));
    assert_eq!(inspection.cells[&id("R-01")].by, person("李督查"));
    agrees(&*store.shelf);
}
