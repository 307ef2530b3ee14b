//! Ways in of persons: whose a key or a login name is, and that it is nobody else's.

use std::collections::BTreeMap;

use tijian::domain::{
    House, HouseChange, HouseCommand, KEY_KINDS, KEYS_LIMIT, LABEL_LIMIT, PersonFacts, PersonId, Refusal, Rev, Role,
    apply_house, decide_house,
};

fn person(name: &str) -> PersonId {
    PersonId(name.to_owned())
}

/// A house of an admin and two others.
fn house() -> House {
    let facts = |role| PersonFacts { role, over: None, belongs: None, post: String::new() };
    let persons = [("admin", Role::Admin), ("li", Role::Inspector), ("zhao", Role::Approver)];
    let persons: BTreeMap<_, _> = persons.into_iter().map(|(name, role)| (person(name), facts(role))).collect();
    House { persons, ..House::default() }
}

fn key(n: usize) -> String {
    format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{n:0>43}")
}

fn asked(house: &House, by: &str, command: HouseCommand) -> Result<Vec<HouseChange>, Refusal> {
    decide_house(house, &person(by), command)
}

#[track_caller]
fn does(house: &mut House, command: HouseCommand) {
    for change in asked(house, "admin", command).unwrap() {
        let rev = Rev(house.rev.0 + 1);
        apply_house(house, rev, &change);
    }
}

fn bind(who: &str, keys: &[usize]) -> HouseCommand {
    HouseCommand::BindKeys(person(who), keys.iter().map(|n| (key(*n), format!("第{n}把"))).collect())
}

#[test]
fn a_key_is_one_persons_and_goes_with_them() {
    let mut house = house();
    does(&mut house, bind("li", &[1, 2]));
    does(&mut house, HouseCommand::BindLogin(person("li"), "lixiaoming".to_owned()));
    assert_eq!(house.keyholder(&key(2)), Some(&person("li")));
    assert_eq!(house.login("lixiaoming"), Some(&person("li")));
    assert_eq!(asked(&house, "admin", bind("zhao", &[3, 2])), Err(Refusal::KeyTaken(person("li"))));
    assert_eq!(house.keyholder(&key(3)), None, "all of them or none");
    let login = |who: &str, name: &str| asked(&house, "admin", HouseCommand::BindLogin(person(who), name.to_owned()));
    let taken = Refusal::LoginTaken { login: "lixiaoming".to_owned(), holder: person("li") };
    assert_eq!(login("zhao", "lixiaoming"), Err(taken));
    assert_eq!(login("li", "lixiaoming"), Err(Refusal::NothingChanged));
    for bad in ["a b", "a:b", "a/b", "a\u{1b}b"] {
        assert_eq!(login("li", bad), Err(Refusal::Unclean("login")), "{bad:?}");
    }
    assert_eq!(login("li", ""), Err(Refusal::Empty("login")));
    does(&mut house, HouseCommand::TakeKey(person("li"), key(1)));
    assert_eq!(house.keyholder(&key(1)), None);
    assert_eq!(
        asked(&house, "admin", HouseCommand::TakeKey(person("zhao"), key(2))),
        Err(Refusal::NoSuchWay(person("zhao"))),
        "nobody is robbed by a slip"
    );
    does(&mut house, HouseCommand::Unman(person("li")));
    assert!(house.keys.is_empty() && house.logins.is_empty(), "who goes takes their ways along");
    does(&mut house, bind("zhao", &[2]));
    assert_eq!(house.keyholder(&key(2)), Some(&person("zhao")));
}

#[test]
fn only_an_admin_binds_and_only_to_persons_that_are_there() {
    let house = house();
    for by in ["li", "zhao", "nobody"] {
        for command in [
            bind(by, &[1]),
            HouseCommand::TakeKey(person(by), key(1)),
            HouseCommand::BindLogin(person(by), "x".to_owned()),
            HouseCommand::TakeLogin(person(by), "x".to_owned()),
        ] {
            assert_eq!(asked(&house, by, command), Err(Refusal::NotAdmin), "{by}");
        }
    }
    assert_eq!(asked(&house, "admin", bind("nobody", &[1])), Err(Refusal::NoSuchPerson(person("nobody"))));
}

#[test]
fn what_is_no_key_and_what_is_too_many_is_refused() {
    let mut house = house();
    let one = |key: &str, label: &str| HouseCommand::BindKeys(person("li"), vec![(key.to_owned(), label.to_owned())]);
    let good = key(1);
    for bad in [
        "",
        "ssh-ed25519",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC0000000000000000000000",
        "ssh-ed25519 AAAA",
        &good.replace("AAAAC3", "BBBBC3"),
        &format!("{good} label"),
        &format!("{good}\n"),
        &format!("from=\"x\" {good}"),
        &format!("{good}{}", "A".repeat(600)),
    ] {
        assert_eq!(asked(&house, "admin", one(bad, "")), Err(Refusal::NotAKey), "{bad:?}");
    }
    for kind in KEY_KINDS {
        assert!(asked(&house, "admin", one(&good.replace("ssh-ed25519", kind), "")).is_ok(), "{kind}");
    }
    let long = "長".repeat(LABEL_LIMIT + 1);
    assert_eq!(asked(&house, "admin", one(&good, &long)), Err(Refusal::TooLong { field: "label", limit: LABEL_LIMIT }));
    assert_eq!(asked(&house, "admin", one(&good, "\u{202e}x")), Err(Refusal::Unclean("label")));
    assert_eq!(asked(&house, "admin", bind("li", &[])), Err(Refusal::NothingChanged));
    let many: Vec<usize> = (0..KEYS_LIMIT).collect();
    does(&mut house, bind("li", &many));
    assert_eq!(asked(&house, "admin", bind("li", &[99])), Err(Refusal::TooManyWays(KEYS_LIMIT)));
    assert_eq!(asked(&house, "admin", bind("li", &many)), Err(Refusal::NothingChanged));
    does(&mut house, one(&key(3), "另一標籤"));
    assert_eq!(house.keys[&key(3)].label, "另一標籤");
    assert_eq!(house.keys_of(&person("li")).count(), KEYS_LIMIT);
}
