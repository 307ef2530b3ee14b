//! What a person may do, cell by cell: each role × each part of the tree × each command on each unit; and who keeps the
//! house.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod campus;
mod forms;

use campus::{Campus, UNITS, finding, handle, part, people};
use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, CalibrationCommand, CalibrationId, Change, Choice, Command, Criteria, Extent,
    FollowCommand, FollowStep, HouseChange, HouseCommand, InspectionCommand, LookbackCommand, LookbackId, Of,
    PersonFacts, PersonId, Reading, Refusal, Request, Rev, Role, RoundCommand, RoundId, Side, Stamp,
};
use tijian::locales::{self as w, Lang};
use tijian::store::DeskError;

const OFFICE: &[Role] = &[Role::Admin];
const WALKERS: &[Role] = &[Role::Admin, Role::Inspector];

/// A command on a unit that changes nothing even where it is let through, the roles that it is for, and the units that
/// have to be reached; nothing in the place of a unit is the whole tree.
struct Trial {
    command: Command,
    roles: Vec<Role>,
    places: Vec<Option<u32>>,
}

fn trials(campus: &Campus) -> Vec<Trial> {
    let shelf = &campus.store.shelf;
    let facts = |unit| shelf.branch(BranchId(unit)).unwrap().unwrap().facts;
    let mut trials = Vec::new();
    let mut add = |command, roles: &[Role], places: &[Option<u32>]| {
        trials.push(Trial { command, roles: roles.to_vec(), places: places.to_vec() });
    };
    for (unit, above) in UNITS {
        let (id, here) = (BranchId(unit), [Some(unit)]);
        let branch = |command| Command::Branch(id, command);
        add(branch(BranchCommand::Edit(facts(unit))), OFFICE, &here);
        add(branch(BranchCommand::Retire { reason: String::new() }), OFFICE, &here);
        add(branch(BranchCommand::Merge { into: id, reason: String::new() }), OFFICE, &here);
        // The number is taken; whether somebody may enter a unit there is asked before.
        let below = BranchFacts { parent: Some(id), ..facts(unit) };
        add(Command::Branch(BranchId(1), BranchCommand::Add(below)), OFFICE, &here);
        let moved = BranchFacts { parent: Some(BranchId(5)), code: "K".repeat(20), ..facts(unit) };
        let places = if above == Some(5) { vec![Some(unit)] } else { vec![Some(unit), Some(5)] };
        add(branch(BranchCommand::Edit(moved)), OFFICE, &places);
        add(Command::Inspection(RoundId(2), id, InspectionCommand::Redo), WALKERS, &here);
        add(Command::Inspection(RoundId(2), id, InspectionCommand::Withdraw { n: 99 }), WALKERS, &here);
        add(Command::Inspection(RoundId(2), id, forms::reopen("")), WALKERS, &here);
        // Nobody has taken it: what is asked before is who may free it.
        add(Command::Inspection(RoundId(2), id, InspectionCommand::FreeCard(0)), OFFICE, &here);
        add(Command::Inspection(RoundId(2), id, InspectionCommand::GiveCard(0)), WALKERS, &here);
        for command in calibrating() {
            add(Command::Calibration(CalibrationId { round: RoundId(2), branch: id, n: 1 }, command), WALKERS, &here);
        }
        // Whose sheet it is comes after who may walk there at all.
        let sheet = CalibrationId { round: RoundId(2), branch: id, n: 1 };
        add(Command::Sheet(sheet, InspectionCommand::Redo), WALKERS, &here);
        add(Command::Sheet(sheet, forms::note("A-01", "備註")), WALKERS, &here);
        let criteria = |over| Criteria { severity: None, over, closer: None, size: 0 };
        let draw = |over| Command::Lookback(LookbackId(9), LookbackCommand::Draw { criteria: criteria(over), seed: 1 });
        add(draw(Some(id)), WALKERS, &here);
        if matches!(unit, 3..=5) {
            for command in steps() {
                let roles = command.verb().roles();
                // There is no such item: what is asked before is who may.
                let step = FollowStep { item: 9, behalf: "支部書記".to_owned(), batch: false, command };
                add(Command::Follow(finding(2, unit), step), &roles, &here);
            }
        }
        let assign = RoundCommand::Assign { unit: id, members: vec![PersonId("nobody".to_owned())] };
        add(Command::Round(RoundId(2), assign), OFFICE, &[None]);
        add(Command::Round(RoundId(2), RoundCommand::Join(Vec::new())), OFFICE, &[None]);
    }
    let end = LookbackCommand::End { reason: String::new() };
    add(Command::Lookback(LookbackId(1), end), WALKERS, &[None]);
    let end = LookbackCommand::End { reason: String::new() };
    add(Command::Lookback(LookbackId(2), end), WALKERS, &[Some(5)]);
    let plan = shelf.round(RoundId(2)).unwrap().unwrap().plan.clone();
    add(Command::Round(RoundId(2), RoundCommand::Edit(plan)), OFFICE, &[None]);
    add(Command::Round(RoundId(2), RoundCommand::Close), OFFICE, &[None]);
    add(Command::BranchList(Vec::new()), OFFICE, &[None]);
    add(Command::House(HouseCommand::Name(String::new())), OFFICE, &[None]);
    add(Command::House(HouseCommand::Unman(PersonId("nobody".to_owned()))), OFFICE, &[None]);
    trials
}

/// Every command on a calibration; each is refused on one that is over, and where there is none.
fn calibrating() -> Vec<CalibrationCommand> {
    let nobody = || PersonId("nobody".to_owned());
    let begin = CalibrationCommand::Begin { walkers: [nobody(), nobody()], extent: Extent::Whole };
    let call_off = CalibrationCommand::CallOff { reason: "一人調離".to_owned() };
    vec![
        begin,
        CalibrationCommand::HandIn,
        CalibrationCommand::Choose(vec![(forms::id("A-01"), Choice::Given(Side::First))]),
        CalibrationCommand::Merge,
        call_off,
    ]
}

fn steps() -> Vec<FollowCommand> {
    let reason = String::new;
    vec![
        FollowCommand::Issue,
        FollowCommand::Receive,
        FollowCommand::Start { measure: String::new(), goal: String::new() },
        FollowCommand::TakeUp,
        FollowCommand::Pass { next: None },
        FollowCommand::Approve,
        FollowCommand::Return { reason: reason(), due: forms::day(12, 30) },
        FollowCommand::Revoke { reason: reason() },
        FollowCommand::Ask { to: forms::day(12, 30), reason: reason() },
        FollowCommand::Grant,
        FollowCommand::Deny { reason: reason() },
        FollowCommand::Exempt { until: forms::day(12, 30), reason: reason() },
        FollowCommand::Lift { reason: reason() },
    ]
}

#[test]
fn a_command_is_let_through_for_a_role_within_its_part_and_else_says_who_may() {
    let dir = tempfile::tempdir().unwrap();
    let mut campus = Campus::fill(dir.path());
    let trials = trials(&campus);
    let mut counts = (0, 0, 0);
    for (role, over) in people() {
        let who = handle(role, over);
        let inside = part(over);
        for Trial { command, roles, places } in &trials {
            let answer = campus.asks(&who, command.clone());
            let cell = format!("{who}: {command:?}: {answer:?}");
            let reached = places.iter().all(|place| place.map_or(over.is_none(), |unit| inside.contains(&unit)));
            let refusal = match answer {
                Ok(()) => None,
                Err(DeskError::Refused(refusal)) => Some(refusal),
                Err(fault) => panic!("{cell}: {fault}"),
            };
            let said = refusal.as_ref().map(|refusal| w::said(refusal, Lang::Hant)).unwrap_or_default();
            match (&refusal, roles.contains(&role), reached) {
                (Some(Refusal::ForOthers { roles: told } | Refusal::NotYours { roles: told, .. }), false, _) => {
                    assert_eq!(told, roles, "{cell}");
                    assert!(roles.iter().all(|role| said.contains(w::role(*role).say(Lang::Hant))), "{said}");
                    counts.0 += 1;
                }
                (Some(Refusal::NotAdmin), false, _) => {
                    assert!(said.contains("管理員"), "{said}");
                    counts.0 += 1;
                }
                (Some(Refusal::OutOfReach(_)), true, false) => {
                    assert!(said.contains("管全部支部的人員"), "{said}");
                    counts.1 += 1;
                }
                (
                    None
                    | Some(
                        Refusal::ForOthers { .. }
                        | Refusal::NotYours { .. }
                        | Refusal::NotAdmin
                        | Refusal::OutOfReach(_),
                    ),
                    ..,
                ) => panic!("{cell}"),
                (Some(_), true, true) => counts.2 += 1,
                (Some(_), ..) => panic!("{cell}"),
            }
        }
    }
    assert!(counts.0 > 1000 && counts.1 > 500 && counts.2 > 300, "each kind of cell is there: {counts:?}");
}

fn man(who: &str, role: Role, over: Option<u32>) -> Command {
    let facts = PersonFacts { role, over: over.map(BranchId), belongs: None, post: String::new() };
    Command::House(HouseCommand::Man(PersonId(who.to_owned()), facts))
}

fn out(who: &str) -> Command {
    Command::House(HouseCommand::Unman(PersonId(who.to_owned())))
}

#[test]
fn the_last_admin_over_the_whole_stays_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut campus = Campus::fill(dir.path());
    // Admins over parts, of whom there are eight, keep no house: not even the one over the top.
    for command in [
        out("admin"),
        man("admin", Role::Inspector, None),
        man("admin", Role::Viewer, None),
        man("admin", Role::Branch, Some(3)),
        man("admin", Role::Admin, Some(1)),
        man("admin", Role::Admin, Some(3)),
    ] {
        let said = format!("{command:?}");
        let answer = campus.asks("admin", command);
        assert!(matches!(answer, Err(DeskError::Refused(Refusal::LastAdmin))), "{said}: {answer:?}");
    }
    // With a second one the first may go, and then the second is the last.
    campus.does("admin", man("second", Role::Admin, None));
    campus.does("second", man("admin", Role::Admin, Some(1)));
    let answer = campus.asks("second", out("second"));
    assert!(matches!(answer, Err(DeskError::Refused(Refusal::LastAdmin))), "{answer:?}");
    let answer = campus.asks("admin", out("second"));
    assert!(matches!(answer, Err(DeskError::Refused(Refusal::OutOfReach(None)))), "{answer:?}");
}

#[test]
fn two_admins_who_take_each_other_out_at_once_leave_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut campus = Campus::fill(dir.path());
    campus.does("admin", man("second", Role::Admin, None));
    let saw = campus.store.shelf.house().unwrap().rev;
    let request = |by: &str, command| Request { by: PersonId(by.to_owned()), saw, command };
    let both = vec![request("admin", out("second")), request("second", man("admin", Role::Viewer, None))];
    let answers = campus.store.desk.as_mut().unwrap().step(Stamp(1_795_395_600_000), both);
    assert!(answers[0].is_ok() && answers[1].is_err(), "{answers:?}");
    let house = campus.store.shelf.house().unwrap();
    let rules = house.persons.values().filter(|facts| facts.role == Role::Admin && facts.over.is_none());
    assert_eq!(rules.count(), 1);
}

#[test]
fn a_change_of_role_is_an_entry_with_what_stood_before() {
    let dir = tempfile::tempdir().unwrap();
    let mut campus = Campus::fill(dir.path());
    let who = handle(Role::Viewer, Some(4));
    let stood = campus.store.shelf.person(&PersonId(who.clone())).unwrap().0;
    let rev = campus.store.shelf.house().unwrap().rev;
    campus.does("admin", man(&who, Role::Inspector, Some(2)));
    campus.does("admin", out(&who));
    let entries = campus.store.shelf.trail(Of::House, rev.next(), 9).unwrap();
    let [changed, gone] = &entries[..] else { panic!("{entries:?}") };
    let manned = |entry: &tijian::domain::Entry| match &entry.changes[..] {
        [Change::House(HouseChange::Manned { who: of, was, now })] => {
            assert_eq!((of.0.as_str(), entry.by.0.as_str(), entry.of), (who.as_str(), "admin", Of::House));
            (was.clone(), now.clone())
        }
        other => panic!("{other:?}"),
    };
    let facts = PersonFacts { role: Role::Inspector, over: Some(BranchId(2)), belongs: None, post: String::new() };
    assert_eq!(manned(changed), (stood, Some(facts.clone())));
    assert_eq!(manned(gone), (Some(facts), None));
    assert_eq!(changed.rev, Rev(rev.0 + 1));
}
