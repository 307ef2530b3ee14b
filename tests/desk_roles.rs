//! Who may want what, asked of the desk: each command × each role, and the part of the tree that a role is for.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;
mod office;

use std::collections::BTreeMap;

use office::{EDITION, FIRST, Office, ROUND, SECOND, TOP, rect};
use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, Command, Criteria, Day, EditionId, FollowCommand, FollowStep, HouseCommand,
    InspectionCommand, Look, LookbackCommand, LookbackId, Outcome, PersonFacts, PersonId, Policy, Refusal, Role,
    RoundCommand, RoundId, RoundPlan, Scale, Verdict, Year,
};

const NEW: BranchId = BranchId(4);

fn reason() -> String {
    "機構調整".to_owned()
}

fn edited(id: BranchId, parent: Option<BranchId>) -> Command {
    let facts = BranchFacts { parent, groups: Some(9), ..forms::unit(&format!("JG-{id}")) };
    Command::Branch(id, BranchCommand::Edit(facts))
}

fn added(parent: Option<BranchId>) -> Command {
    Command::Branch(NEW, BranchCommand::Add(BranchFacts { parent, ..forms::unit("JG-4") }))
}

fn merged(id: BranchId, into: BranchId) -> Command {
    Command::Branch(id, BranchCommand::Merge { into, reason: reason() })
}

fn judged(branch: BranchId) -> Command {
    Command::Inspection(ROUND, branch, forms::judge("A-01", Verdict::Pass))
}

fn drawn(over: Option<BranchId>) -> Command {
    let criteria = Criteria { severity: None, over, closer: None, size: 1 };
    Command::Lookback(LookbackId(1), LookbackCommand::Draw { criteria, seed: 1 })
}

/// Every command that there is beside the steps on an item, and who may want it: admin, inspector, approver, branch,
/// viewer, and somebody whom the house does not know.
fn commands() -> Vec<(Command, &'static str)> {
    const OFFICE: &str = "y-----";
    const WALK: &str = "yy----";
    let plan = || RoundPlan { code: "x".to_owned(), edition: EDITION, ..forms::plan(Scale::Four) };
    let person = PersonFacts { role: Role::Viewer, over: None, belongs: None, post: String::new() };
    let year = BTreeMap::from([(2027, Year { off: vec![Day::new(2027, 3, 4).unwrap()], worked: Vec::new() })]);
    let policy = Policy { near: 9, ..Policy::default() };
    let round = |command| Command::Round(ROUND, command);
    let walk = |command| Command::Inspection(ROUND, FIRST, command);
    let look = Look { outcome: Outcome::Valid, note: String::new() };
    let look = LookbackCommand::Look { rect: rect(ROUND, FIRST, 1), behalf: String::new(), look };
    let retire = BranchCommand::Retire { reason: reason() };
    vec![
        (Command::House(HouseCommand::Name("練習單位".to_owned())), OFFICE),
        (Command::House(HouseCommand::Govern(policy)), OFFICE),
        (Command::House(HouseCommand::Man(PersonId("new".to_owned()), person)), OFFICE),
        (Command::House(HouseCommand::Unman(PersonId("viewer".to_owned()))), OFFICE),
        (Command::House(HouseCommand::Date(year)), OFFICE),
        (Command::House(HouseCommand::AddPosts(vec!["督查一組".to_owned()])), OFFICE),
        (Command::House(HouseCommand::RemovePost("副書記".to_owned())), OFFICE),
        (added(Some(TOP)), OFFICE),
        (edited(FIRST, Some(TOP)), OFFICE),
        (Command::Branch(FIRST, retire), OFFICE),
        (Command::Branch(FIRST, BranchCommand::Restore), OFFICE),
        (merged(FIRST, SECOND), OFFICE),
        (Command::BranchList(vec![(NEW, BranchCommand::Add(forms::unit("JG-4")))]), OFFICE),
        (Command::AddEdition(EditionId([9; 32]), Box::new(forms::small())), OFFICE),
        (Command::Round(RoundId(2), RoundCommand::Open { plan: plan(), branches: vec![FIRST] }), OFFICE),
        (round(RoundCommand::Edit(plan())), OFFICE),
        (round(RoundCommand::Join(vec![TOP])), OFFICE),
        (round(RoundCommand::Leave(vec![SECOND])), OFFICE),
        (round(RoundCommand::Close), OFFICE),
        (round(RoundCommand::Assign { unit: FIRST, members: vec![PersonId("inspector".to_owned())] }), OFFICE),
        (round(RoundCommand::Correct { reason: reason() }), OFFICE),
        (walk(forms::judge("A-01", Verdict::Pass)), WALK),
        (walk(forms::note("A-01", "備註")), WALK),
        (walk(forms::mark("A-01", true)), WALK),
        (walk(forms::find("A-01", "缺2次")), WALK),
        (walk(InspectionCommand::Withdraw { n: 1 }), WALK),
        (walk(InspectionCommand::Undo), WALK),
        (walk(InspectionCommand::Redo), WALK),
        (walk(InspectionCommand::SignOff), WALK),
        (walk(forms::reopen("補充")), WALK),
        (Command::FollowUp(ROUND, FIRST), WALK),
        (drawn(None), WALK),
        (Command::Lookback(LookbackId(1), look), WALK),
        (Command::Lookback(LookbackId(1), LookbackCommand::End { reason: reason() }), WALK),
    ]
}

const WHO: [&str; 6] = ["admin", "inspector", "approver", "branch", "viewer", "stranger"];

/// Says whether somebody is let to the desk; what is decided there is another matter.
fn admitted(office: &mut Office, who: &str, command: Command) -> bool {
    !matches!(
        office.asks(who, command),
        Err(Refusal::ForOthers { .. } | Refusal::NotAdmin | Refusal::OutOfReach(_) | Refusal::NotYours { .. })
    )
}

#[test]
fn each_command_is_for_some_roles_and_for_no_others() {
    for (command, expected) in commands() {
        // From the last to the first: what somebody is refused changes nothing for the next.
        let mut office = Office::open();
        for (who, expected) in WHO.iter().zip(expected.chars()).collect::<Vec<_>>().into_iter().rev() {
            let said = format!("{who}: {command:?}");
            assert_eq!(admitted(&mut office, who, command.clone()), expected == 'y', "{said}");
        }
    }
}

#[test]
fn one_who_is_refused_hears_for_whom_it_is() {
    let mut office = Office::open();
    let refused = office.asks("viewer", judged(FIRST));
    assert_eq!(refused, Err(Refusal::ForOthers { roles: vec![Role::Admin, Role::Inspector] }));
    assert_eq!(office.asks("branch", added(None)), Err(Refusal::ForOthers { roles: vec![Role::Admin] }));
}

#[test]
fn where_nobody_is_entered_the_one_local_user_may_everything() {
    for (command, _) in commands() {
        let mut office = Office::alone();
        assert!(admitted(&mut office, "anybody", command.clone()), "{command:?}");
    }
}

#[test]
fn the_program_keeps_the_text_that_it_brings_along() {
    let mut office = Office::open();
    let edition = || Command::AddEdition(EditionId([9; 32]), Box::new(forms::small()));
    office.does("tijian", edition());
    assert!(!admitted(&mut office, "tijian", judged(FIRST)), "and nothing else");
}

#[test]
fn a_role_for_a_part_of_the_tree_ends_at_its_edge() {
    let mut office = Office::open();
    for (who, role) in [("part-admin", Role::Admin), ("part-inspector", Role::Inspector)] {
        let facts = PersonFacts { role, over: Some(FIRST), belongs: None, post: String::new() };
        office.does("admin", Command::House(HouseCommand::Man(PersonId(who.to_owned()), facts)));
    }
    office.walks(ROUND, FIRST, &[("A-01", tijian::domain::Severity::Major)]);
    let issue = |branch| {
        let step = FollowStep { item: 1, behalf: String::new(), batch: false, command: FollowCommand::Issue };
        Command::Follow(rect(ROUND, branch, 1).finding, step)
    };
    let plan = RoundPlan { code: "x".to_owned(), edition: EDITION, ..forms::plan(Scale::Four) };
    let cases = [
        ("part-inspector", judged(FIRST), true),
        ("part-inspector", judged(SECOND), false),
        ("part-inspector", judged(TOP), false),
        ("part-inspector", issue(FIRST), true),
        ("part-inspector", drawn(Some(FIRST)), true),
        ("part-inspector", drawn(Some(TOP)), false),
        ("part-inspector", drawn(None), false),
        ("part-admin", edited(FIRST, Some(TOP)), true),
        ("part-admin", edited(SECOND, Some(TOP)), false),
        ("part-admin", edited(FIRST, Some(SECOND)), false),
        ("part-admin", edited(FIRST, None), false),
        ("part-admin", merged(FIRST, SECOND), false),
        ("part-admin", merged(SECOND, FIRST), false),
        ("part-admin", added(Some(TOP)), false),
        ("part-admin", added(None), false),
        ("part-admin", added(Some(FIRST)), true),
        ("part-admin", edited(NEW, Some(FIRST)), true),
        ("part-admin", Command::Round(ROUND, RoundCommand::Edit(plan)), false),
        ("part-admin", Command::House(HouseCommand::Name("乙".to_owned())), false),
    ];
    for (who, command, expected) in cases {
        let said = format!("{who}: {command:?}");
        assert_eq!(admitted(&mut office, who, command), expected, "{said}");
    }
    office.agrees();
}
