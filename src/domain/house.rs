//! The organisation that the store belongs to: its name, its policy, its persons, its working days.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Actor, KeyFacts, PersonFacts, PersonId, Posts, Refusal, Rev, Role, Year, access, care, ways};

/// By what two persons are told apart where one has to judge what the other did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// By who they are.
    #[default]
    Identity,
    /// By the post for which they acted: for a house in which one person enters everybody's steps.
    Post,
}

/// Which days count towards a day that is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Every day.
    #[default]
    Calendar,
    /// Working days, by the table that the house has brought in.
    Working,
}

/// How findings are followed here. Its change is an entry like any other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// By what persons are told apart.
    pub gate: Gate,
    /// Which days count.
    pub counting: Counting,
    /// How often a day may be moved at the branch's wish.
    pub extensions: u8,
    /// Days before the day on which it is near.
    pub near: u16,
    /// Days overdue after which a talk is proposed.
    pub talk_after: u16,
    /// Days overdue after which a circular is proposed.
    pub circulate_after: u16,
    /// Days overdue after which the matter is put before the committee.
    pub submit_after: u16,
    /// Calendar months within which a finding on the same item is a repeat.
    pub repeat_months: u8,
}

impl Default for Policy {
    /// The proposal of the practice; a house may set its own.
    fn default() -> Self {
        Self {
            gate: Gate::Identity,
            counting: Counting::Calendar,
            extensions: 2,
            near: 7,
            talk_after: 15,
            circulate_after: 30,
            submit_after: 60,
            repeat_months: 24,
        }
    }
}

/// The organisation and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct House {
    /// How often it was changed.
    pub rev: Rev,
    /// Its name, or empty before somebody has entered it; at most 40 characters.
    pub name: String,
    /// How findings are followed.
    pub policy: Policy,
    /// The posts for which people act here.
    pub posts: Posts,
    /// Who acts here; where nobody is named there is one local user.
    pub persons: BTreeMap<PersonId, PersonFacts>,
    /// Holidays and make-up days, by year.
    pub years: BTreeMap<i16, Year>,
    /// Whose the public keys are, each spelled as `algorithm base64`.
    #[serde(default)]
    pub keys: BTreeMap<String, KeyFacts>,
    /// Whose the login names of this machine are.
    #[serde(default)]
    pub logins: BTreeMap<String, PersonId>,
}

/// The most persons of a house.
pub const PERSONS_LIMIT: u16 = 2000;
/// The longest handle of a person, in characters.
pub const PERSON_LIMIT: usize = 32;

impl House {
    /// Says who acts, as far as the house knows them.
    pub fn actor<'a>(&'a self, id: &'a PersonId) -> Actor<'a> {
        Actor { id, facts: self.persons.get(id), alone: self.persons.is_empty() }
    }
}

/// What happened to the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HouseChange {
    /// It was named.
    Named {
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
    /// Its policy was set.
    Governed {
        /// Before.
        was: Policy,
        /// Now.
        now: Policy,
    },
    /// A person was entered, changed or taken out.
    Manned {
        /// Their handle.
        who: PersonId,
        /// What was known before.
        was: Option<PersonFacts>,
        /// What is known now.
        now: Option<PersonFacts>,
    },
    /// A year's holidays and make-up days were brought in.
    Dated {
        /// The year.
        year: i16,
        /// What stood before.
        was: Option<Year>,
        /// What stands now.
        now: Year,
    },
    /// A post was entered in the list.
    PostAdded {
        /// Its name.
        post: String,
    },
    /// A post was taken out of the list; where it was named it stays.
    PostRemoved {
        /// Its name.
        post: String,
    },
    /// A public key was bound to a person, labelled otherwise, or taken away.
    Keyed {
        /// The key.
        key: String,
        /// Whose it was.
        was: Option<KeyFacts>,
        /// Whose it is.
        now: Option<KeyFacts>,
    },
    /// A login name of this machine was bound to a person, or taken away.
    Lodged {
        /// The name.
        login: String,
        /// Whose it was.
        was: Option<PersonId>,
        /// Whose it is.
        now: Option<PersonId>,
    },
}

/// What somebody wants of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HouseCommand {
    /// Name it.
    Name(String),
    /// Set its policy.
    Govern(Policy),
    /// Enter a person, or correct what is known of them.
    Man(PersonId, PersonFacts),
    /// Take a person out; what they did stays.
    Unman(PersonId),
    /// Bring in years of holidays and make-up days.
    Date(BTreeMap<i16, Year>),
    /// Enter posts in the list, all of them or none.
    AddPosts(Vec<String>),
    /// Take a post out of the list; where it was named it stays.
    RemovePost(String),
    /// Bind public keys, each with a label, to a person.
    BindKeys(PersonId, Vec<(String, String)>),
    /// Take a public key from a person.
    TakeKey(PersonId, String),
    /// Bind a login name of this machine to a person.
    BindLogin(PersonId, String),
    /// Take a login name from a person.
    TakeLogin(PersonId, String),
}

/// Decides what a command means for the organisation, or why it cannot be.
pub fn decide_house(house: &House, by: &PersonId, command: HouseCommand) -> Result<Vec<HouseChange>, Refusal> {
    if house.actor(by).role() != Role::Admin {
        return Err(Refusal::NotAdmin);
    }
    // Settings and persons are those of the whole house.
    access::reached(&house.actor(by), &[])?;
    match command {
        HouseCommand::Name(now) => {
            care::check_needed("name", &now, 40)?;
            changed(now != house.name)?;
            Ok(vec![HouseChange::Named { was: house.name.clone(), now }])
        }
        HouseCommand::Govern(now) => {
            govern(&now)?;
            changed(now != house.policy)?;
            Ok(vec![HouseChange::Governed { was: house.policy.clone(), now }])
        }
        HouseCommand::Man(who, now) => {
            care::check_needed("person", &who.0, PERSON_LIMIT)?;
            let stood = house.persons.get(&who).map_or("", |facts| facts.post.as_str());
            house.posts.check("post", &now.post, stood)?;
            now.check()?;
            if house.persons.len() >= usize::from(PERSONS_LIMIT) && !house.persons.contains_key(&who) {
                return Err(Refusal::OutOfRange { field: "persons", low: 0, high: PERSONS_LIMIT.into() });
            }
            let was = house.persons.get(&who).cloned();
            changed(was.as_ref() != Some(&now))?;
            keeps_an_admin(house, &who, Some(&now))?;
            Ok(vec![HouseChange::Manned { who, was, now: Some(now) }])
        }
        HouseCommand::Unman(who) => {
            let was = house.persons.get(&who).cloned();
            changed(was.is_some())?;
            keeps_an_admin(house, &who, None)?;
            let mut changes = ways::take_all(house, &who);
            changes.push(HouseChange::Manned { who, was, now: None });
            Ok(changes)
        }
        HouseCommand::Date(years) => {
            for (year, table) in &years {
                dated(*year, table)?;
            }
            let news = years.into_iter().filter(|(year, now)| house.years.get(year) != Some(now));
            let changes: Vec<_> = news
                .map(|(year, now)| HouseChange::Dated { year, was: house.years.get(&year).cloned(), now })
                .collect();
            changed(!changes.is_empty())?;
            Ok(changes)
        }
        HouseCommand::AddPosts(posts) => {
            let mut known = house.posts.clone();
            let mut changes = Vec::with_capacity(posts.len());
            for post in posts {
                known.entered(&post)?;
                known.set(&post, true);
                changes.push(HouseChange::PostAdded { post });
            }
            changed(!changes.is_empty())?;
            Ok(changes)
        }
        HouseCommand::RemovePost(post) => {
            house.posts.removed(&post)?;
            Ok(vec![HouseChange::PostRemoved { post }])
        }
        HouseCommand::BindKeys(who, keys) => ways::bind_keys(house, &who, keys),
        HouseCommand::TakeKey(who, key) => ways::take_key(house, &who, key),
        HouseCommand::BindLogin(who, login) => ways::bind_login(house, &who, login),
        HouseCommand::TakeLogin(who, login) => ways::take_login(house, &who, login),
    }
}

const fn changed(changed: bool) -> Result<(), Refusal> {
    if changed { Ok(()) } else { Err(Refusal::NothingChanged) }
}

/// A house with persons has somebody who may enter the next one.
fn keeps_an_admin(house: &House, who: &PersonId, now: Option<&PersonFacts>) -> Result<(), Refusal> {
    let rules = |facts: &PersonFacts| facts.role == Role::Admin && facts.over.is_none();
    let another = house.persons.iter().any(|(id, facts)| id != who && rules(facts));
    if another || now.is_some_and(rules) { Ok(()) } else { Err(Refusal::LastAdmin) }
}

fn govern(policy: &Policy) -> Result<(), Refusal> {
    let bounds = [
        ("extensions", i64::from(policy.extensions), 0, 20),
        ("near", i64::from(policy.near), 0, 365),
        ("talk_after", i64::from(policy.talk_after), 0, 3650),
        ("circulate_after", i64::from(policy.circulate_after), i64::from(policy.talk_after), 3650),
        ("submit_after", i64::from(policy.submit_after), i64::from(policy.circulate_after), 3650),
        ("repeat_months", i64::from(policy.repeat_months), 1, 120),
    ];
    for (field, value, low, high) in bounds {
        if !(low..=high).contains(&value) {
            return Err(Refusal::OutOfRange { field, low, high });
        }
    }
    Ok(())
}

/// A year's table names days of that year, each once.
fn dated(year: i16, table: &Year) -> Result<(), Refusal> {
    for days in [&table.off, &table.worked] {
        let ordered = days.windows(2).all(|pair| matches!(pair, [one, next] if one < next));
        if !ordered || days.iter().any(|day| day.0.year() != year) {
            return Err(Refusal::OutOfRange { field: "year", low: year.into(), high: year.into() });
        }
    }
    Ok(())
}

/// Applies what happened; never fails.
pub fn apply_house(house: &mut House, rev: Rev, change: &HouseChange) {
    match change {
        HouseChange::Named { now, .. } => house.name.clone_from(now),
        HouseChange::Governed { now, .. } => house.policy = now.clone(),
        HouseChange::Manned { who, now: Some(now), .. } => drop(house.persons.insert(who.clone(), now.clone())),
        HouseChange::Manned { who, now: None, .. } => drop(house.persons.remove(who)),
        HouseChange::Dated { year, now, .. } => drop(house.years.insert(*year, now.clone())),
        HouseChange::PostAdded { post } => house.posts.set(post, true),
        HouseChange::PostRemoved { post } => house.posts.set(post, false),
        HouseChange::Keyed { key, now: Some(now), .. } => drop(house.keys.insert(key.clone(), now.clone())),
        HouseChange::Keyed { key, now: None, .. } => drop(house.keys.remove(key)),
        HouseChange::Lodged { login, now: Some(now), .. } => drop(house.logins.insert(login.clone(), now.clone())),
        HouseChange::Lodged { login, now: None, .. } => drop(house.logins.remove(login)),
    }
    house.rev = rev;
}
