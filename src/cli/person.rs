//! `tijian person`: who acts here, and what each may do.

use super::args::{KeyVerb, PersonArgs, PersonVerb, RoleArg};
use super::keep::{Keep, entered};
use super::{Outcome, outcome, ways};
use crate::config::World;
use crate::domain::{BranchId, Command, HouseCommand, PersonFacts, PersonId, Reading, Role};
use crate::locales as w;
use crate::text::{Ambiguous, pad, printable};

/// Runs it.
pub fn run(world: &World, verb: &PersonVerb) -> Result<String, Outcome> {
    let looks = matches!(verb, PersonVerb::List { .. } | PersonVerb::Key(KeyVerb::List { .. }));
    let mut keep = if looks { Keep::look(world)? } else { Keep::open(world)? };
    let said = match verb {
        PersonVerb::List { json } => list(&keep, *json),
        PersonVerb::Add(args) => add(&mut keep, args),
        PersonVerb::Edit(args) => edit(&mut keep, args),
        PersonVerb::Remove { handle } => remove(&mut keep, handle),
        PersonVerb::Key(verb) => ways::key(&mut keep, verb),
        PersonVerb::Login(verb) => ways::login(&mut keep, verb),
    };
    keep.close()?;
    said
}

fn list(keep: &Keep, json: bool) -> Result<String, Outcome> {
    let code = |id: Option<BranchId>| -> Result<Option<String>, Outcome> {
        let Some(id) = id else { return Ok(None) };
        Ok(keep.reading().branch(id)?.map(|branch| branch.facts.code))
    };
    let mut out = String::new();
    let house = keep.reading().house()?;
    for (handle, facts) in &house.persons {
        let (keys, logins) = (house.keys_of(handle).count(), house.logins_of(handle).collect::<Vec<_>>());
        let (over, belongs) = (code(facts.over)?, code(facts.belongs)?);
        if json {
            let object = serde_json::json!({
                "handle": handle, "role": facts.role, "over": over, "belongs": belongs, "post": facts.post,
                "keys": keys, "logins": logins,
            });
            out.push_str(&format!("{object}\n"));
        } else {
            let mut line = format!(
                "{} {} {}",
                pad(&handle.0, 16, Ambiguous::Narrow),
                pad(w::role(facts.role).say(keep.lang), 10, Ambiguous::Narrow),
                facts.post
            );
            for (word, code) in [(&w::PERSON_OVER, over), (&w::PERSON_BELONGS, belongs)] {
                if let Some(code) = code {
                    line.push_str(&format!("  {}", word.fill(keep.lang, &[&code])));
                }
            }
            for login in logins {
                line.push_str(&format!("  {}", w::LOGIN_OF.fill(keep.lang, &[login])));
            }
            if keys > 0 {
                line.push_str(&format!("  {}", w::KEYS_OF.fill(keep.lang, &[&keys])));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    if out.is_empty() && !json {
        return Ok(format!("{}\n", w::NO_PERSONS.say(keep.lang)));
    }
    Ok(out)
}

/// Finds the unit of an option; the word `none` takes away what stands.
fn unit(keep: &Keep, given: Option<&str>, stood: Option<BranchId>) -> Result<Option<BranchId>, Outcome> {
    match given {
        None => Ok(stood),
        Some("none" | "") => Ok(None),
        Some(code) => keep.branch(code).map(Some),
    }
}

fn man(keep: &mut Keep, args: &PersonArgs, stood: PersonFacts) -> Result<String, Outcome> {
    let facts = PersonFacts {
        role: args.role.map_or(stood.role, RoleArg::role),
        over: unit(keep, args.over.as_deref(), stood.over)?,
        belongs: unit(keep, args.belongs.as_deref(), stood.belongs)?,
        post: args.post.as_deref().map_or(Ok(stood.post), |post| keep.post(post))?,
    };
    outcome::warn_of_persons([Some(args.handle.as_str()), args.post.as_deref()], keep.lang);
    let saw = keep.reading().house()?.rev;
    keep.submit(saw, Command::House(HouseCommand::Man(PersonId(entered(&args.handle)), facts)))?;
    Ok(outcome::done(keep.lang))
}

fn add(keep: &mut Keep, args: &PersonArgs) -> Result<String, Outcome> {
    let who = PersonId(entered(&args.handle));
    if keep.reading().house()?.persons.contains_key(&who) {
        return Err(Outcome::Refused(w::PERSON_KNOWN.fill(keep.lang, &[&printable(&who.0)])));
    }
    if args.role.is_none() {
        return Err(Outcome::Refused(w::PERSON_NEEDS_ROLE.say(keep.lang).to_owned()));
    }
    let blank = PersonFacts { role: Role::Viewer, over: None, belongs: None, post: String::new() };
    man(keep, args, blank)
}

/// Finds a person by their handle.
pub(super) fn known(keep: &Keep, handle: &str) -> Result<(PersonId, PersonFacts), Outcome> {
    let found = keep.reading().house()?.persons.remove_entry(&PersonId(entered(handle)));
    found.ok_or_else(|| Outcome::Refused(w::NO_SUCH_PERSON.fill(keep.lang, &[&printable(handle)])))
}

fn edit(keep: &mut Keep, args: &PersonArgs) -> Result<String, Outcome> {
    let (_, stood) = known(keep, &args.handle)?;
    man(keep, args, stood)
}

fn remove(keep: &mut Keep, handle: &str) -> Result<String, Outcome> {
    let (who, _) = known(keep, handle)?;
    let saw = keep.reading().house()?.rev;
    keep.submit(saw, Command::House(HouseCommand::Unman(who)))?;
    Ok(outcome::done(keep.lang))
}
