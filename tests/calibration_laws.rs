//! Laws of calibrations at the desk: nobody but its writer sees a sheet before both have handed in, and what is merged is
//! what was agreed and taken.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;
mod office;

use office::{FIRST, Office, ROUND, SECOND};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tijian::app::CalibrationPage;
use tijian::domain::{
    Agreement, CalibrationCommand, CalibrationId, Change, Choice, Command, Extent, HouseCommand, InspectionChange,
    InspectionCommand, ItemId, Judgement, Of, PersonFacts, PersonId, Reached, Reading, Refusal, Rev, Role, Side,
    Verdict,
};

const ID: CalibrationId = CalibrationId { round: ROUND, branch: FIRST, n: 1 };
const TWO: [&str; 2] = ["inspector", "inspector2"];
/// Words that stand on one sheet and nowhere else.
const SECRETS: [&str; 2] = ["甲卷備註", "乙卷備註"];
const READERS: [&str; 7] = ["admin", "inspector", "inspector2", "inspector3", "approver", "branch", "nobody"];

fn person(name: &str) -> PersonId {
    PersonId(name.to_owned())
}

fn item(name: &str) -> ItemId {
    ItemId(name.to_owned())
}

fn judge(name: &str, verdict: Verdict) -> InspectionCommand {
    let reason = if verdict == Verdict::NotApplicable { "無預備黨員" } else { "" };
    InspectionCommand::Judge(vec![(item(name), Some(Judgement { verdict, reason: reason.to_owned() }))])
}

fn begin(office: &mut Office) {
    let walkers = TWO.map(person);
    office.does("admin", Command::Calibration(ID, CalibrationCommand::Begin { walkers, extent: Extent::Whole }));
}

/// What one of the two does on their sheet.
#[derive(Clone, Debug)]
enum Act {
    Judge(&'static str, Verdict),
    Note(&'static str),
    Mark(&'static str),
    Undo,
    Redo,
}

fn an_act() -> impl Strategy<Value = Act> {
    let item = || select(forms::ITEMS.to_vec());
    prop_oneof![
        6 => (item(), select(Verdict::ALL.to_vec())).prop_map(|(item, verdict)| Act::Judge(item, verdict)),
        2 => item().prop_map(Act::Note),
        1 => item().prop_map(Act::Mark),
        1 => Just(Act::Undo),
        1 => Just(Act::Redo),
    ]
}

fn takes(office: &mut Office, side: usize, act: &Act) {
    let command = match act {
        Act::Judge(item, verdict) => judge(item, *verdict),
        Act::Note(name) => InspectionCommand::Note { item: item(name), text: format!("{}{name}", SECRETS[side]) },
        Act::Mark(name) => InspectionCommand::Mark { item: item(name), on: true },
        Act::Undo => InspectionCommand::Undo,
        Act::Redo => InspectionCommand::Redo,
    };
    match office.asks(TWO[side], Command::Sheet(ID, command)) {
        Ok(entries) => assert!(entries.iter().all(|entry| matches!(entry.of, Of::Sheet(ID, _)))),
        Err(Refusal::NothingChanged | Refusal::NothingToUndo | Refusal::NothingToRedo) => {}
        Err(refusal) => panic!("{act:?}: {refusal:?}"),
    }
}

/// Everything that a reader can read of the inspection and its calibration, as text.
fn readable(office: &Office, reader: &str) -> String {
    let (shelf, me) = (&office.store.shelf, person(reader));
    let mut text = String::new();
    text += &format!("{:?}", shelf.inspection(ROUND, FIRST).unwrap());
    text += &format!("{:?}", shelf.inspection_line(ROUND, FIRST).unwrap());
    text += &format!("{:?}", shelf.rounds().unwrap());
    text += &format!("{:?}", shelf.unfinished(10).unwrap());
    text += &format!("{:?}", shelf.calibrations(ROUND, FIRST).unwrap());
    let everything =
        [Of::Inspection(ROUND, FIRST), Of::Calibration(ID), Of::Sheet(ID, Side::First), Of::Sheet(ID, Side::Second)];
    for of in everything {
        text += &format!("{:?}", shelf.trail(of, Rev(1), usize::MAX).unwrap());
    }
    for side in Side::ALL {
        text += &format!("{:?}", shelf.sheet(ID, side, &me).unwrap());
    }
    text += &format!("{:?}", CalibrationPage::load(&**shelf, ID, &me, None, 9).unwrap());
    text
}

/// Checks that each reader sees no more than their own sheet.
fn is_blind(office: &Office) {
    for reader in READERS {
        let text = readable(office, reader);
        for (side, secret) in Side::ALL.into_iter().zip(SECRETS) {
            let own = TWO[side as usize] == reader;
            let sheet = office.store.shelf.sheet(ID, side, &person(reader)).unwrap();
            assert_eq!(sheet.is_some(), own, "{reader} {side}");
            assert!(own || !text.contains(secret), "{reader} reads {secret}: {text}");
        }
        let shown = |change: &Change| matches!(change, Change::Inspection(InspectionChange::Judged { .. }));
        for side in Side::ALL {
            let trail = office.store.shelf.trail(Of::Sheet(ID, side), Rev(1), usize::MAX).unwrap();
            assert!(!trail.iter().flat_map(|entry| &entry.changes).any(shown), "{side}");
        }
    }
    assert_eq!(office.store.shelf.inspection_line(ROUND, FIRST).unwrap(), None, "nothing counts before the merger");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_but_its_writer_sees_a_sheet_before_both_have_handed_in_and_what_is_merged_is_what_was_taken(
        acts in vec((0..2usize, an_act()), 1..20),
        last in vec(select(Verdict::ALL.to_vec()), 8),
        choices in vec((0..3u8, select(Verdict::ALL.to_vec())), 4),
        early in any::<bool>(),
    ) {
        let mut office = Office::open();
        begin(&mut office);
        for (side, act) in &acts {
            takes(&mut office, *side, act);
            is_blind(&office);
        }
        for (at, name) in forms::ITEMS.iter().enumerate() {
            for side in 0..2 {
                takes(&mut office, side, &Act::Judge(name, last[at * 2 + side]));
            }
        }
        let order = if early { [0, 1] } else { [1, 0] };
        office.does(TWO[order[0]], Command::Calibration(ID, CalibrationCommand::HandIn));
        is_blind(&office);
        office.does(TWO[order[1]], Command::Calibration(ID, CalibrationCommand::HandIn));

        let shelf = std::sync::Arc::clone(&office.store.shelf);
        let sheet = |side, reader: &str| shelf.sheet(ID, side, &person(reader)).unwrap().unwrap();
        let sheets = [sheet(Side::First, "admin"), sheet(Side::Second, "nobody")];
        let calibration = shelf.calibrations(ROUND, FIRST).unwrap().pop().unwrap();
        let agreement = Agreement::of(&calibration, &forms::small(), &sheets);
        prop_assert_eq!(agreement.rate().of, forms::ITEMS.len() as u64);
        let mut wanted = Vec::new();
        for (compared, (which, verdict)) in agreement.items.iter().zip(&choices) {
            let reason = if *verdict == Verdict::NotApplicable { "無" } else { "" }.to_owned();
            let choice = match which {
                0 => Choice::Given(Side::First),
                1 => Choice::Given(Side::Second),
                _ => Choice::Other(Judgement { verdict: *verdict, reason }),
            };
            if compared.agrees() {
                wanted.push((compared.item.clone(), compared.given[0].clone()));
                continue;
            }
            wanted.push((compared.item.clone(), compared.taken(&choice)));
            let command = CalibrationCommand::Choose(vec![(compared.item.clone(), choice)]);
            office.does("inspector3", Command::Calibration(ID, command));
        }
        let entries = office.does("inspector3", Command::Calibration(ID, CalibrationCommand::Merge));
        prop_assert_eq!(entries.len(), 2, "one act: the merger and the verdicts");
        prop_assert!(entries[0].more && !entries[1].more);
        let inspection = shelf.inspection(ROUND, FIRST).unwrap();
        for (item, judgement) in wanted {
            prop_assert_eq!(inspection.judgement(&item), judgement, "{}", item);
            prop_assert_eq!(&inspection.cells[&item].by, &person("inspector3"));
        }
        // It is over and stays readable, and the walk goes on as any other.
        for reader in READERS {
            let page = CalibrationPage::load(&*shelf, ID, &person(reader), None, 9).unwrap().unwrap();
            prop_assert_eq!(page.agreement.as_ref(), Some(&agreement));
        }
        let stood = inspection.verdict(&item("A-01")) == Some(Verdict::Good);
        office.inspects(ROUND, FIRST, judge("A-01", if stood { Verdict::Pass } else { Verdict::Good }));
        office.agrees();
    }
}

#[test]
fn the_desk_says_who_may_and_holds_the_walk_until_the_end() {
    let mut office = Office::open();
    let whole = || CalibrationCommand::Begin { walkers: TWO.map(person), extent: Extent::Whole };
    for who in ["approver", "branch", "viewer"] {
        let refused = office.asks(who, Command::Calibration(ID, whole())).unwrap_err();
        assert!(matches!(refused, Refusal::ForOthers { .. }), "{who}: {refused:?}");
    }
    let with_viewer = CalibrationCommand::Begin { walkers: ["inspector", "viewer"].map(person), extent: Extent::Whole };
    let refused = office.asks("admin", Command::Calibration(ID, with_viewer)).unwrap_err();
    assert_eq!(refused, Refusal::NoSuchWalker(person("viewer")));
    begin(&mut office);
    let mine = Command::Inspection(ROUND, FIRST, judge("A-01", Verdict::Pass));
    for who in ["inspector", "inspector3", "admin"] {
        let refused = office.asks(who, mine.clone()).unwrap_err();
        assert!(matches!(refused, Refusal::Calibration(_)), "{who}: {refused:?}");
    }
    let refused = office.asks("inspector3", Command::Sheet(ID, judge("A-01", Verdict::Pass))).unwrap_err();
    assert!(matches!(refused, Refusal::Calibration(_)), "{refused:?}");
    let other = CalibrationId { n: 2, ..ID };
    assert!(office.asks("admin", Command::Calibration(other, whole())).is_err(), "one at a time");
    let reason = "一人調離".to_owned();
    office.does("admin", Command::Calibration(ID, CalibrationCommand::CallOff { reason }));
    office.does("inspector3", mine);
    assert_eq!(office.store.shelf.calibrations(ROUND, FIRST).unwrap().len(), 1);
    office.agrees();
}

#[test]
fn who_does_not_reach_the_branch_neither_judges_nor_reads() {
    let mut office = Office::open();
    let over = PersonFacts { role: Role::Inspector, over: Some(SECOND), belongs: None, post: String::new() };
    office.does("admin", Command::House(HouseCommand::Man(person("far"), over)));
    let whole = |two: [&str; 2]| CalibrationCommand::Begin { walkers: two.map(person), extent: Extent::Whole };
    let refused = office.asks("far", Command::Calibration(ID, whole(TWO))).unwrap_err();
    assert_eq!(refused, Refusal::OutOfReach(Some(FIRST)));
    let refused = office.asks("admin", Command::Calibration(ID, whole(["inspector", "far"]))).unwrap_err();
    assert_eq!(refused, Refusal::NoSuchWalker(person("far")));
    begin(&mut office);
    for who in TWO {
        for name in forms::ITEMS {
            office.does(who, Command::Sheet(ID, judge(name, Verdict::Pass)));
        }
        office.does(who, Command::Calibration(ID, CalibrationCommand::HandIn));
    }
    for command in [CalibrationCommand::Merge, CalibrationCommand::CallOff { reason: "無".to_owned() }] {
        let refused = office.asks("far", Command::Calibration(ID, command)).unwrap_err();
        assert_eq!(refused, Refusal::OutOfReach(Some(FIRST)));
    }
    let sees =
        |who: &str| Reached::alone(std::sync::Arc::<tijian::store::Shelf>::clone(&office.store.shelf), person(who));
    let (far, near) = (sees("far"), sees("viewer"));
    assert_eq!(far.calibrations(ROUND, FIRST).unwrap(), []);
    assert_eq!(near.calibrations(ROUND, FIRST).unwrap().len(), 1);
    for side in Side::ALL {
        assert_eq!(far.sheet(ID, side, &person("far")).unwrap(), None);
        assert!(near.sheet(ID, side, &person("viewer")).unwrap().is_some());
        assert_eq!(far.trail(Of::Sheet(ID, side), Rev(1), 9).unwrap(), []);
        assert_eq!(near.trail(Of::Sheet(ID, side), Rev(1), 9).unwrap().len(), forms::ITEMS.len());
    }
}

#[test]
fn what_is_read_for_one_person_is_not_asked_for_in_the_name_of_another() {
    let mut office = Office::open();
    begin(&mut office);
    office.does(TWO[0], Command::Sheet(ID, judge("A-01", Verdict::Fail)));
    let all = std::sync::Arc::<tijian::store::Shelf>::clone(&office.store.shelf);
    let other = Reached::alone(all, person(TWO[1]));
    assert_eq!(other.sheet(ID, Side::First, &person(TWO[0])).unwrap(), None);
    assert!(other.sheet(ID, Side::Second, &person(TWO[0])).unwrap().is_some());
}
