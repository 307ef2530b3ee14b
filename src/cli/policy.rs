//! `tijian policy`: how findings are followed here.

use super::Outcome;
use super::args::{CountingArg, GateArg, PolicyArgs, PolicyVerb};
use super::keep::Keep;
use super::outcome;
use crate::config::World;
use crate::domain::{Command, Counting, House, HouseCommand, Policy, Reading};
use crate::locales::{self as w, Lang};
use crate::session::SystemClock;
use crate::text::{Ambiguous, pad};

/// Runs it.
pub fn run(world: &World, verb: &PolicyVerb) -> Result<String, Outcome> {
    let looks = matches!(verb, PolicyVerb::Show { .. });
    let mut keep = if looks { Keep::look(world)? } else { Keep::open(world)? };
    let said = match verb {
        PolicyVerb::Show { json } => show(&keep, *json),
        PolicyVerb::Set(args) => set(&mut keep, args),
    };
    keep.close()?;
    said
}

fn show(keep: &Keep, json: bool) -> Result<String, Outcome> {
    let (house, lang) = (keep.reading().house()?, keep.lang);
    let policy = &house.policy;
    if json {
        let value = serde_json::json!({
            "rev": house.rev, "gate": policy.gate, "counting": policy.counting, "extensions": policy.extensions,
            "near": policy.near, "talk_after": policy.talk_after, "circulate_after": policy.circulate_after,
            "submit_after": policy.submit_after, "repeat_months": policy.repeat_months,
        });
        return Ok(format!("{value}\n"));
    }
    let rows = [
        (&w::FIELD_GATE, w::gate(policy.gate).say(lang).to_owned()),
        (&w::FIELD_COUNTING, w::counting(policy.counting).say(lang).to_owned()),
        (&w::FIELD_EXTENSIONS, policy.extensions.to_string()),
        (&w::FIELD_NEAR, policy.near.to_string()),
        (&w::FIELD_TALK, policy.talk_after.to_string()),
        (&w::FIELD_CIRCULATE, policy.circulate_after.to_string()),
        (&w::FIELD_SUBMIT, policy.submit_after.to_string()),
        (&w::FIELD_MONTHS, policy.repeat_months.to_string()),
    ];
    let mut out = String::new();
    for (label, value) in rows {
        out.push_str(&format!("{}  {value}\n", pad(label.say(lang), 20, Ambiguous::Narrow)));
    }
    out.push_str(&missing(&house, lang));
    Ok(out)
}

/// Names this year where its working days are to be counted and nobody has brought in its table.
fn missing(house: &House, lang: Lang) -> String {
    let year = w::china_day(SystemClock::stamp()).0.year();
    if house.policy.counting == Counting::Working && !house.years.contains_key(&year) {
        format!("{}\n", w::YEAR_MISSING.fill(lang, &[&year]))
    } else {
        String::new()
    }
}

fn set(keep: &mut Keep, args: &PolicyArgs) -> Result<String, Outcome> {
    let house = keep.reading().house()?;
    let was = house.policy;
    let now = Policy {
        gate: args.gate.map_or(was.gate, GateArg::gate),
        counting: args.counting.map_or(was.counting, CountingArg::counting),
        extensions: args.extensions.unwrap_or(was.extensions),
        near: args.near.unwrap_or(was.near),
        talk_after: args.talk_after.unwrap_or(was.talk_after),
        circulate_after: args.circulate_after.unwrap_or(was.circulate_after),
        submit_after: args.submit_after.unwrap_or(was.submit_after),
        repeat_months: args.repeat_months.unwrap_or(was.repeat_months),
    };
    keep.submit(house.rev, Command::House(HouseCommand::Govern(now)))?;
    Ok(outcome::done(keep.lang) + &missing(&keep.reading().house()?, keep.lang))
}
