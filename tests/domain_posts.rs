//! Posts: what is not in the list of the house is refused where it is named, and stays where it stands.

mod forms;
mod office;

use office::{FIRST, Office, ROUND, day, rect};
use tijian::domain::{
    Command, FollowCommand, FollowStep, House, HouseChange, HouseCommand, Look, LookbackCommand, LookbackId, Outcome,
    PersonFacts, PersonId, Posts, Reading, RectFacts, Refusal, Rev, Role, Severity, apply_house, decide_house,
};

const UNKNOWN: &str = "黨建幹事";

fn me() -> PersonId {
    PersonId("me".to_owned())
}

fn admin(post: &str) -> PersonFacts {
    PersonFacts { role: Role::Admin, over: None, belongs: None, post: post.to_owned() }
}

#[track_caller]
fn unknown<T: std::fmt::Debug>(got: Result<T, Refusal>, wanted: &str) {
    match got {
        Err(Refusal::NoSuchPost { field, post, .. }) => assert_eq!((field, post.as_str()), (wanted, UNKNOWN)),
        other => panic!("{wanted}: {other:?}"),
    }
}

#[test]
fn a_house_begins_with_the_usual_posts_and_keeps_its_own_list() {
    let mut house = House::default();
    assert!(house.posts.knows("支部書記") && !house.posts.knows(UNKNOWN));
    unknown(decide_house(&house, &me(), HouseCommand::Man(me(), admin(UNKNOWN))), "post");
    let add = |posts: &[&str]| HouseCommand::AddPosts(posts.iter().map(|post| (*post).to_owned()).collect());
    assert_eq!(decide_house(&house, &me(), add(&["支部書記"])), Err(Refusal::NothingChanged));
    assert_eq!(decide_house(&house, &me(), add(&["甲", "甲"])), Err(Refusal::NothingChanged));
    assert_eq!(decide_house(&house, &me(), add(&[" "])), Err(Refusal::Empty("post")));
    assert_eq!(decide_house(&house, &me(), add(&[])), Err(Refusal::NothingChanged));
    let many: Vec<String> = (0..=500).map(|n| format!("第{n}組")).collect();
    assert!(matches!(decide_house(&house, &me(), HouseCommand::AddPosts(many)), Err(Refusal::OutOfRange { .. })));
    for change in decide_house(&house, &me(), add(&[UNKNOWN])).unwrap() {
        apply_house(&mut house, Rev(1), &change);
    }
    assert!(decide_house(&house, &me(), HouseCommand::Man(me(), admin(UNKNOWN))).is_ok());
    assert_eq!(house.posts.iter().last(), Some(UNKNOWN), "the usual ones stand first");
    let gone = HouseCommand::RemovePost(UNKNOWN.to_owned());
    assert_eq!(
        decide_house(&house, &me(), gone.clone()),
        Ok(vec![HouseChange::PostRemoved { post: UNKNOWN.to_owned() }])
    );
    unknown(decide_house(&House::default(), &me(), gone), "post");
}

#[test]
fn a_post_that_left_the_list_stays_where_it_stands_and_is_not_asked_about_again() {
    let posts = Posts::default();
    assert_eq!(posts.check("post", UNKNOWN, UNKNOWN), Ok(()));
    assert_eq!(posts.check("post", "", "支部書記"), Ok(()), "to name none is no fault here");
    unknown(posts.check("post", UNKNOWN, "支部書記"), "post");
    let mut house = House::default();
    // A line of the journal from before there was a list.
    let old = HouseChange::Manned { who: me(), was: None, now: Some(admin(UNKNOWN)) };
    apply_house(&mut house, Rev(1), &old);
    assert_eq!(house.persons[&me()].post, UNKNOWN);
    let reach = PersonFacts { belongs: Some(FIRST), ..admin(UNKNOWN) };
    assert!(decide_house(&house, &me(), HouseCommand::Man(me(), reach)).is_ok());
}

#[test]
fn no_step_and_no_look_names_a_post_that_the_house_does_not_know() {
    let mut office = Office::open();
    office.walks(ROUND, FIRST, &[("A-01", Severity::Major), ("B-01", Severity::Minor)]);
    office.on(11, 10);
    let (first, second) = (rect(ROUND, FIRST, 1), rect(ROUND, FIRST, 2));
    let plan = |lead: &str, post: &str| RectFacts {
        measure: "補開".to_owned(),
        goal: String::new(),
        lead: lead.to_owned(),
        post: post.to_owned(),
        due: day(12, 20),
    };
    let ask = |office: &mut Office, behalf: &str, command| {
        let step = FollowStep { item: 1, behalf: behalf.to_owned(), batch: false, command };
        office.asks("inspector", Command::Follow(second.finding, step))
    };
    unknown(ask(&mut office, "", FollowCommand::Draft(plan(UNKNOWN, "支部書記"))), "lead");
    unknown(ask(&mut office, "", FollowCommand::Edit(plan("", UNKNOWN))), "duty_post");
    ask(&mut office, "", FollowCommand::Issue).unwrap();
    unknown(ask(&mut office, UNKNOWN, FollowCommand::Receive), "behalf");
    office.closes(first);
    office.draws("inspector", 1, 5).unwrap();
    let look = Look { outcome: Outcome::Valid, note: String::new() };
    let look = |behalf: &str| {
        let command = LookbackCommand::Look { rect: first, behalf: behalf.to_owned(), look: look.clone() };
        Command::Lookback(LookbackId(1), command)
    };
    unknown(office.asks("inspector", look(UNKNOWN)), "behalf");
    let enter = |post: &str| Command::House(HouseCommand::AddPosts(vec![post.to_owned()]));
    office.does("admin", enter(UNKNOWN));
    ask(&mut office, UNKNOWN, FollowCommand::Receive).unwrap();
    office.does("inspector", look(UNKNOWN));
    office.agrees();
}

#[test]
fn a_fresh_item_names_no_post_that_has_left_the_list() {
    let mut office = Office::open();
    office.does("admin", Command::House(HouseCommand::RemovePost("支部書記".to_owned())));
    office.walks(ROUND, FIRST, &[("A-01", Severity::Minor)]);
    let id = rect(ROUND, FIRST, 1).finding;
    assert_eq!(office.store.shelf.followed(id).unwrap().unwrap().items[0].facts.post, "");
    office.agrees();
}
