//! Somebody who sees a large part of a larger house: what is counted at home is theirs, and so is what waits.

mod keep;

use std::ops::ControlFlow;
use std::sync::Arc;

use keep::{NINE, does, inspect, item, plan, quiet, request, step, unit};
use tijian::app::keymaps::{self, BuiltIn};
use tijian::app::{Home, LISTED, Model, Moment, Msg, Screen, Start, Task, VISITED, update};
use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, Class, Command, Day, FindingFacts, FindingId, FollowCommand, FollowStep,
    HouseCommand, InspectionCommand, Judgement, Lang, PersonFacts, PersonId, Reached, Reading, RectFacts, Role,
    RoundCommand, RoundId, Severity, Verdict,
};
use tijian::import::checklist::{builtin, edition_id};
use tijian::store::Store;
use tijian::text::Ambiguous;

/// Units of the part, and the one beside it.
const UNITS: u32 = 600;
const BESIDE: u32 = UNITS + 1;
const FINDINGS: u16 = 60;

fn day(month: i8, day: i8) -> Day {
    Day::new(2026, month, day).unwrap()
}

/// Signs an inspection with findings.
fn signs(store: &mut Store, branch: u32) {
    let judged = |(at, item): (usize, &tijian::domain::Item)| {
        let verdict = if at == 1 { Verdict::Fail } else { Verdict::Pass };
        (item.id.clone(), Some(Judgement { verdict, reason: String::new() }))
    };
    does(store, inspect(branch, InspectionCommand::Judge(builtin().items.iter().enumerate().map(judged).collect())));
    let find = |at| {
        let facts = FindingFacts {
            item: item(1),
            fact: format!("問題{at}"),
            severity: Severity::Minor,
            class: Class::Limited,
            due: day(12, 20),
        };
        request("admin", inspect(branch, InspectionCommand::Find { n: None, facts }))
    };
    let answers = step(store, NINE, (0..FINDINGS).map(find).collect());
    assert!(answers.iter().all(Result::is_ok));
    does(store, inspect(branch, InspectionCommand::SignOff));
}

/// Drafts one more item for each finding of a branch.
fn drafts(store: &mut Store, branch: u32, due: Day) {
    let draft = |n| {
        let (measure, goal, lead) = ("補開".to_owned(), String::new(), String::new());
        let command = FollowCommand::Draft(RectFacts { measure, goal, lead, post: "組織委員".to_owned(), due });
        let id = FindingId { round: RoundId(1), branch: BranchId(branch), n };
        let step = FollowStep { item: 0, behalf: String::new(), batch: false, command };
        request("admin", Command::Follow(id, step))
    };
    let answers = step(store, NINE, (1..=FINDINGS).map(draft).collect());
    assert!(answers.iter().all(Result::is_ok));
}

fn house(store: &mut Store) {
    let units = (1..=BESIDE).map(|id| {
        let parent = Some(BranchId(1)).filter(|_| id > 1 && id < BESIDE);
        (BranchId(id), BranchCommand::Add(BranchFacts { parent, ..unit(&format!("JG-{id}")) }))
    });
    does(store, Command::AddEdition(edition_id(builtin()), Box::new(builtin().clone())));
    does(store, Command::BranchList(units.collect()));
    let branches = (1..=BESIDE).map(BranchId).collect();
    does(store, Command::Round(RoundId(1), RoundCommand::Open { plan: plan(), branches }));
    for (who, role, over) in [("admin", Role::Admin, None), ("王督查", Role::Inspector, Some(BranchId(1)))] {
        let facts = PersonFacts { role, over, belongs: None, post: String::new() };
        does(store, Command::House(HouseCommand::Man(PersonId(who.to_owned()), facts)));
    }
    // More waits beside the part than home looks at, and all of it earlier.
    signs(store, BESIDE);
    (0..8).for_each(|_| drafts(store, BESIDE, day(12, 1)));
    signs(store, 2);
    drafts(store, 2, day(12, 10));
}

fn sits(seen: &Reached) -> Model {
    let start = Start {
        me: PersonId("王督查".to_owned()),
        lang: Lang::Hant,
        moment: Moment { stamp: NINE, day: day(11, 23) },
        size: (80, 24),
        ambiguous: Ambiguous::Narrow,
        keymap: Arc::new(keymaps::layered(BuiltIn::Default, None).unwrap()),
        read_only: false,
    };
    Model::new(start, seen).unwrap()
}

fn home(model: &Model) -> &Home {
    let Screen::Home(home) = &model.screen else { panic!("not at home") };
    home
}

fn rests(model: &mut Model, seen: &Reached) {
    loop {
        for parts in 0.. {
            if !model.has_more() {
                break;
            }
            assert!(parts < 100, "an idle session comes to rest");
            update(model, Msg::More, seen);
        }
        if !model.is_coming() {
            return;
        }
        std::thread::yield_now();
        update(model, Msg::News(seen.head()), seen);
    }
}

#[test]
fn a_large_part_is_counted_once_the_ledger_is_there_and_stays_right() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    house(&mut store);
    let beside = Reached::alone(Arc::clone(&store.shelf) as _, PersonId("admin".to_owned()));
    let queued = |reading: &dyn Reading, branch: u32| {
        let mut count = 0;
        let mut visit = |_, id: tijian::domain::RectId| {
            count += usize::from(id.finding.branch == BranchId(branch));
            ControlFlow::Continue(())
        };
        reading.waiting(tijian::domain::Waiting::Issue, &mut visit).unwrap();
        count
    };
    assert!(queued(&beside, BESIDE) > VISITED);
    let seen = Reached::alone(Arc::clone(&store.shelf) as _, PersonId("王督查".to_owned()));
    let mut model = sits(&seen);
    // The first frame counts nothing that takes long, says so, and has the round as far as it is seen.
    assert_eq!(home(&model).counts, None);
    assert_eq!((home(&model).rounds[0].branches, home(&model).rounds[0].signed), (UNITS, 1));
    rests(&mut model, &seen);
    let first = home(&model).counts.unwrap();
    assert_eq!(first, tijian::domain::Counts { tally: seen.tally().unwrap(), ..first });
    assert_eq!(first.tally.all(), u32::from(FINDINGS) * 2);
    assert_eq!((first.overdue, first.on_time.of), (0, 0));
    let rects: Vec<_> = home(&model)
        .tasks
        .iter()
        .filter_map(|task| if let Task::Rect(task) = task { Some(task) } else { None })
        .collect();
    assert_eq!(rects.len(), LISTED);
    assert!(rects.iter().all(|task| task.id.finding.branch == BranchId(2) && task.until == day(12, 10)));
    // What changes in the part is counted with its news; what changes beside it changes nothing.
    drafts(&mut store, BESIDE, day(12, 2));
    update(&mut model, Msg::News(seen.head()), &seen);
    assert_eq!(home(&model).counts, Some(first));
    drafts(&mut store, 2, day(12, 11));
    update(&mut model, Msg::News(seen.head()), &seen);
    assert_eq!(home(&model).counts.unwrap().tally.all(), u32::from(FINDINGS) * 3);
    // The days pass.
    let step = FollowStep { item: 2, behalf: String::new(), batch: false, command: FollowCommand::Issue };
    does(&mut store, Command::Follow(FindingId { round: RoundId(1), branch: BranchId(2), n: 1 }, step));
    let moment = Moment { stamp: NINE, day: day(12, 11) };
    update(&mut model, Msg::Minute(moment), &seen);
    assert_eq!(home(&model).counts.unwrap().overdue, 1);
}
