//! The practice store's findings: lives of every kind, every step taken by somebody who may.
#![allow(clippy::unwrap_used, reason = "a broken test says so")]

mod script;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use script::Home;
use tijian::domain::{BranchId, FindingId, Followed, Reading, Role, RoundId, Severity, State};
use tijian::store::Store;

fn followed(home: &Home) -> (tijian::domain::House, Vec<Followed>) {
    let opened = Store::open(&home.store(), "robot", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap();
    let shelf = &opened.store.shelf;
    let mut ids: Vec<FindingId> = Vec::new();
    let visit = &mut |id, _| {
        ids.push(id);
        ControlFlow::Continue(())
    };
    shelf.ledger((RoundId(0), BranchId(0)), visit).unwrap();
    let found = ids.into_iter().map(|id| shelf.followed(id).unwrap().unwrap()).collect();
    (shelf.house().unwrap(), found)
}

#[test]
fn findings_are_in_every_state_and_most_are_closed() {
    let home = Home::empty();
    home.says(&["demo"]);
    let (house, found) = followed(&home);
    let items = || found.iter().flat_map(|followed| &followed.items);
    let mut states: BTreeMap<State, usize> = BTreeMap::new();
    for item in items() {
        *states.entry(item.state).or_default() += 1;
    }
    for state in State::ALL.into_iter().filter(|state| *state != State::Received) {
        assert!(states.contains_key(&state), "{state:?}: {states:?}");
    }
    let past = found.iter().filter(|followed| followed.id.round < RoundId(3)).count();
    assert!(states[&State::Closed] * 2 > past && states[&State::Closed] < past, "{states:?} of {past}");
    let count = |is: fn(&tijian::domain::Rectification) -> bool| items().filter(|item| is(item)).count();
    assert!(count(|item| item.asked.is_some()) > 0, "another day is asked for");
    assert!(count(|item| item.extensions > 0 && item.state == State::Closed) > 0, "another day was granted");
    assert!(count(|item| item.exempt.is_some()) > 0, "one has leave");
    assert!(count(|item| item.stages > 0) > 0, "a standing one has closed a stage");
    assert!(count(|item| item.on_the_spot) > 0, "one was put right on the spot");
    assert!(count(|item| item.returns > 0 && item.state == State::Working) > 0, "one is sent back");
    assert!(count(|item| item.returns > 0 && item.state == State::Closed) > 0, "one was sent back and closed");
    assert!(count(|item| item.closure.as_ref().is_some_and(|closure| !closure.in_time)) > 0, "one was late");
    assert!(found.iter().any(|followed| followed.nth > 1), "some findings repeat");
    let roles: Vec<Role> = house.persons.values().map(|facts| facts.role).collect();
    for role in [Role::Admin, Role::Inspector, Role::Approver, Role::Branch] {
        assert!(roles.contains(&role), "{role:?}");
    }
    assert_eq!(house.persons[&tijian::domain::PersonId(script::PERSON.to_owned())].role, Role::Admin);
}

#[test]
fn whatever_is_closed_was_shown_and_judged_by_others() {
    let home = Home::empty();
    home.says(&["demo"]);
    let (house, found) = followed(&home);
    let mut behalf = 0;
    for followed in &found {
        for item in followed.items.iter().filter(|item| item.state == State::Closed) {
            let (closure, requested) = (item.closure.as_ref().unwrap(), item.requested.as_ref().unwrap());
            assert!(!item.evidence.is_empty() && item.answers.is_some());
            assert_ne!(closure.verified.by, requested.by);
            assert_eq!(house.persons[&closure.verified.by].role, Role::Inspector);
            assert_eq!(closure.approved.is_some(), followed.facts.severity == Severity::Critical);
            assert!(!house.persons[&closure.verified.by].post.is_empty());
            behalf += usize::from(!requested.behalf.is_empty());
        }
    }
    assert!(behalf > 10, "inspectors entered steps on behalf of a post: {behalf}");
}

#[test]
fn a_practice_store_of_one_branch_has_no_person_of_another() {
    let home = Home::empty();
    home.says(&["demo", "--branches", "1"]);
    let (house, _) = followed(&home);
    assert!(house.persons.values().all(|facts| facts.over.is_none_or(|over| over == BranchId(4))));
}

#[test]
fn drafts_alone_are_for_whoever_practises_alone() {
    let home = Home::practice();
    let (house, found) = followed(&home);
    assert!(house.persons.is_empty() && found.len() > 4);
    assert!(found.iter().flat_map(|followed| &followed.items).all(|item| item.state == State::Drafted));
}

#[test]
fn two_practice_stores_tell_the_same_lives() {
    let told = || {
        let home = Home::empty();
        home.says(&["demo", "--branches", "6"]);
        followed(&home).1
    };
    assert_eq!(told(), told());
}

#[test]
fn a_large_ledger_is_entered_step_by_step_as_well() {
    let home = Home::empty();
    home.says(&["demo", "--items", "800"]);
    home.says(&["verify"]);
    let (_, found) = followed(&home);
    assert!(found.iter().all(|followed| followed.items.len() == 20));
    let items = || found.iter().flat_map(|followed| &followed.items);
    assert_eq!(items().count(), 800);
    for state in State::ALL {
        assert!(items().any(|item| item.state == state), "{state:?}");
    }
    assert!(items().any(|item| item.asked.is_some()) && items().any(|item| item.exempt.is_some()));
    assert!(items().any(|item| item.returns > 0) && found.iter().any(|followed| followed.nth > 1));
    for closed in items().filter(|item| item.state == State::Closed) {
        let verified = &closed.closure.as_ref().unwrap().verified.by;
        assert!(!closed.evidence.is_empty() && *verified != closed.requested.as_ref().unwrap().by);
    }
}
