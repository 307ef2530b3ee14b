//! How the organisation lies in records: a head, a record for each person, for each year of its
//! calendar, and for each post that was entered or taken out.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::names;
use super::staging::Staging;
use crate::domain::{House, HouseChange, KeyFacts, PersonFacts, PersonId, Policy, Posts, ReadFault, Rev, Year};

#[derive(Serialize, Deserialize)]
struct HeadRecord {
    rev: Rev,
    name: String,
    policy: Policy,
}

/// Returns the organisation's revision.
pub fn rev(staging: &Staging<'_>) -> Result<Rev, ReadFault> {
    Ok(staging.get::<HeadRecord>(&names::house())?.map(|head| head.rev).unwrap_or_default())
}

/// Reads the organisation whole.
pub fn load(staging: &Staging<'_>) -> Result<House, ReadFault> {
    let Some(head) = staging.get::<HeadRecord>(&names::house())? else {
        return Ok(House::default());
    };
    let persons: Vec<(Vec<u8>, PersonFacts)> = staging.all(&[names::kind::PERSON])?;
    let persons: BTreeMap<PersonId, PersonFacts> =
        persons.into_iter().filter_map(|(name, facts)| Some((names::person_of(&name)?, facts))).collect();
    let years: Vec<(Vec<u8>, Year)> = staging.all(&[names::kind::YEAR])?;
    let years = years.into_iter().filter_map(|(name, year)| Some((names::year_of(&name)?, year))).collect();
    let mut posts = Posts::default();
    for (name, known) in staging.all::<bool>(&[names::kind::POST])? {
        if let Some(post) = names::post_of(&name) {
            posts.set(post, known);
        }
    }
    let keys: Vec<(Vec<u8>, KeyFacts)> = staging.all(&[names::kind::KEY])?;
    let keys = keys.into_iter().filter_map(|(name, facts)| Some((names::text_of(&name)?, facts))).collect();
    let logins: Vec<(Vec<u8>, PersonId)> = staging.all(&[names::kind::LOGIN])?;
    let logins = logins.into_iter().filter_map(|(name, holder)| Some((names::text_of(&name)?, holder))).collect();
    Ok(House { rev: head.rev, name: head.name, policy: head.policy, posts, persons, years, keys, logins })
}

/// Finds the person to whom a public key is bound.
pub fn keyholder(staging: &Staging<'_>, key: &str) -> Result<Option<PersonId>, ReadFault> {
    Ok(staging.get::<KeyFacts>(&names::key(key))?.map(|facts| facts.holder))
}

/// Finds the person to whom a login name of this machine is bound.
pub fn login(staging: &Staging<'_>, name: &str) -> Result<Option<PersonId>, ReadFault> {
    staging.get(&names::login(name))
}

/// Reads what is known of one person, and whether nobody is known at all.
pub fn person(staging: &Staging<'_>, id: &PersonId) -> Result<(Option<PersonFacts>, bool), ReadFault> {
    let facts: Option<PersonFacts> = staging.get(&names::person(id))?;
    let mut alone = facts.is_none();
    if alone {
        let kind = [names::kind::PERSON];
        staging.scan::<PersonFacts>(&kind, &kind, &mut |_, _| {
            alone = false;
            ControlFlow::Break(())
        })?;
    }
    Ok((facts, alone))
}

/// Stages what `changes` have touched in the organisation.
pub fn save<'a>(
    staging: &mut Staging<'_>,
    house: &House,
    changes: impl Iterator<Item = &'a HouseChange>,
) -> Result<(), ReadFault> {
    let head = HeadRecord { rev: house.rev, name: house.name.clone(), policy: house.policy.clone() };
    staging.put(names::house(), &head)?;
    for change in changes {
        match change {
            HouseChange::Named { .. } | HouseChange::Governed { .. } => {}
            HouseChange::Manned { who, .. } => match house.persons.get(who) {
                Some(facts) => staging.put(names::person(who), facts)?,
                None => staging.remove(names::person(who)),
            },
            HouseChange::Dated { year, now, .. } => staging.put(names::year(*year), now)?,
            HouseChange::PostAdded { post } => staging.put(names::post(post), &true)?,
            HouseChange::PostRemoved { post } => staging.put(names::post(post), &false)?,
            HouseChange::Keyed { key, now: Some(now), .. } => staging.put(names::key(key), now)?,
            HouseChange::Keyed { key, now: None, .. } => staging.remove(names::key(key)),
            HouseChange::Lodged { login, now: Some(now), .. } => staging.put(names::login(login), now)?,
            HouseChange::Lodged { login, now: None, .. } => staging.remove(names::login(login)),
        }
    }
    Ok(())
}
