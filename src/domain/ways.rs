//! The ways in of persons: public keys for SSH, and login names of the machine.

use serde::{Deserialize, Serialize};

use super::{House, HouseChange, PersonId, Refusal, care};

/// The most keys of a person.
pub const KEYS_LIMIT: usize = 20;
/// The most login names of a person.
pub const LOGINS_LIMIT: usize = 20;
/// The longest label of a key, in characters.
pub const LABEL_LIMIT: usize = 60;
/// The longest login name, in characters.
pub const LOGIN_LIMIT: usize = 64;
/// The longest key, spelled out.
const KEY_LENGTH: usize = 600;

/// The kinds of keys that are taken, as OpenSSH spells them.
pub const KEY_KINDS: [&str; 6] = [
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// Whose a public key is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFacts {
    /// The person.
    pub holder: PersonId,
    /// By what they tell it from others; at most [`LABEL_LIMIT`] characters.
    #[serde(default)]
    pub label: String,
}

impl House {
    /// Finds the person to whom a public key is bound.
    pub fn keyholder(&self, key: &str) -> Option<&PersonId> {
        self.keys.get(key).map(|facts| &facts.holder)
    }

    /// Finds the person to whom a login name of this machine is bound.
    pub fn login(&self, name: &str) -> Option<&PersonId> {
        self.logins.get(name)
    }

    /// Lists a person's keys.
    pub fn keys_of<'a>(&'a self, who: &'a PersonId) -> impl Iterator<Item = (&'a String, &'a KeyFacts)> {
        self.keys.iter().filter(move |(_, facts)| facts.holder == *who)
    }

    /// Lists a person's login names.
    pub fn logins_of<'a>(&'a self, who: &'a PersonId) -> impl Iterator<Item = &'a String> {
        self.logins.iter().filter(move |(_, holder)| *holder == who).map(|(name, _)| name)
    }

    fn knows(&self, who: &PersonId) -> Result<(), Refusal> {
        if self.persons.contains_key(who) { Ok(()) } else { Err(Refusal::NoSuchPerson(who.clone())) }
    }
}

/// Checks that a text has the shape of a key: its kind and its bytes, and nothing else.
fn check_key(key: &str) -> Result<(), Refusal> {
    let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let shaped = key.split_once(' ').is_some_and(|(kind, bytes)| {
        KEY_KINDS.contains(&kind) && bytes.starts_with("AAAA") && bytes.len() >= 40 && bytes.chars().all(base64)
    });
    if shaped && key.len() <= KEY_LENGTH { Ok(()) } else { Err(Refusal::NotAKey) }
}

/// Decides whether keys are bound to a person: all of them or none.
pub(super) fn bind_keys(
    house: &House,
    who: &PersonId,
    keys: Vec<(String, String)>,
) -> Result<Vec<HouseChange>, Refusal> {
    house.knows(who)?;
    let mut changes: Vec<HouseChange> = Vec::new();
    let mut new = 0;
    for (key, label) in keys {
        check_key(&key)?;
        care::check("label", &label, LABEL_LIMIT)?;
        let was = house.keys.get(&key).cloned();
        if let Some(was) = was.as_ref().filter(|was| was.holder != *who) {
            return Err(Refusal::KeyTaken(was.holder.clone()));
        }
        let now = KeyFacts { holder: who.clone(), label };
        let twice =
            changes.iter().any(|change| matches!(change, HouseChange::Keyed { key: other, .. } if *other == key));
        if was.as_ref() == Some(&now) || twice {
            continue;
        }
        new += usize::from(was.is_none());
        changes.push(HouseChange::Keyed { key, was, now: Some(now) });
    }
    if house.keys_of(who).count() + new > KEYS_LIMIT {
        return Err(Refusal::TooManyWays(KEYS_LIMIT));
    }
    if changes.is_empty() { Err(Refusal::NothingChanged) } else { Ok(changes) }
}

/// Decides whether a key is taken from a person.
pub(super) fn take_key(house: &House, who: &PersonId, key: String) -> Result<Vec<HouseChange>, Refusal> {
    let was = house.keys.get(&key).filter(|was| was.holder == *who).cloned();
    let was = was.ok_or_else(|| Refusal::NoSuchWay(who.clone()))?;
    Ok(vec![HouseChange::Keyed { key, was: Some(was), now: None }])
}

/// Decides whether a login name is bound to a person.
pub(super) fn bind_login(house: &House, who: &PersonId, login: String) -> Result<Vec<HouseChange>, Refusal> {
    house.knows(who)?;
    care::check_needed("login", &login, LOGIN_LIMIT)?;
    if login.chars().any(|c| c.is_whitespace() || matches!(c, ':' | '/')) {
        return Err(Refusal::Unclean("login"));
    }
    match house.logins.get(&login) {
        Some(holder) if holder == who => Err(Refusal::NothingChanged),
        Some(holder) => Err(Refusal::LoginTaken { login, holder: holder.clone() }),
        None if house.logins_of(who).count() >= LOGINS_LIMIT => Err(Refusal::TooManyWays(LOGINS_LIMIT)),
        None => Ok(vec![HouseChange::Lodged { login, was: None, now: Some(who.clone()) }]),
    }
}

/// Decides whether a login name is taken from a person.
pub(super) fn take_login(house: &House, who: &PersonId, login: String) -> Result<Vec<HouseChange>, Refusal> {
    let was = house.logins.get(&login).filter(|was| *was == who).cloned();
    let was = was.ok_or_else(|| Refusal::NoSuchWay(who.clone()))?;
    Ok(vec![HouseChange::Lodged { login, was: Some(was), now: None }])
}

/// Lists what takes every way in from a person who goes.
pub(super) fn take_all(house: &House, who: &PersonId) -> Vec<HouseChange> {
    let keys =
        house.keys_of(who).map(|(key, was)| HouseChange::Keyed { key: key.clone(), was: Some(was.clone()), now: None });
    let logins = house.logins_of(who).map(|login| HouseChange::Lodged {
        login: login.clone(),
        was: Some(who.clone()),
        now: None,
    });
    keys.chain(logins).collect()
}
