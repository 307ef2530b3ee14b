//! `tijian lookback`: samples of closed items from a script, and what was seen of them (回頭看).

use serde_json::{Value, json};

use super::args::{DrawArgs, LookbackVerb, ResultArgs};
use super::keep::{Keep, entered};
use super::rectify::address;
use super::typed::Typed;
use super::{Outcome, outcome};
use crate::config::World;
use crate::domain::{
    Command, Criteria, Drawn, Look, Lookback, LookbackCommand, LookbackId, LookbackLine, Looks, PersonId, Reading,
    Refusal, Rev,
};
use crate::locales as w;
use crate::report::LedgerReader;
use crate::session::SystemClock;
use crate::text::{Ambiguous, pad, printable, width};

/// Columns of an item's name.
const NAME: usize = 26;

/// Runs it.
pub fn run(world: &World, verb: &LookbackVerb) -> Result<String, Outcome> {
    let looks = matches!(verb, LookbackVerb::List { .. } | LookbackVerb::Show { .. });
    let mut keep = if looks { Keep::look(world)? } else { Keep::open(world)? };
    let said = match verb {
        LookbackVerb::Draw(args) => draw(&mut keep, args),
        LookbackVerb::List { json } => list(&keep, *json),
        LookbackVerb::Show { id, json } => show(&keep, LookbackId(*id), *json),
        LookbackVerb::Result(args) => result(&mut keep, args),
        LookbackVerb::End { id, reason } => end(&mut keep, LookbackId(*id), reason),
    };
    keep.close()?;
    said
}

fn draw(keep: &mut Keep, args: &DrawArgs) -> Result<String, Outcome> {
    let now = SystemClock::stamp();
    let criteria = Criteria {
        severity: args.severity.map(super::args::SeverityArg::severity),
        over: args.branch.as_deref().map(|code| keep.branch(code)).transpose()?,
        closer: args.closer.as_deref().map(|closer| PersonId(entered(closer))),
        size: args.size,
    };
    let seed = args.seed.unwrap_or(now.0.unsigned_abs());
    let id = keep.reading().next_lookback()?;
    keep.submit_at(now, keep.person.clone(), Rev(0), Command::Lookback(id, LookbackCommand::Draw { criteria, seed }))?;
    show(keep, id, false)
}

fn list(keep: &Keep, json: bool) -> Result<String, Outcome> {
    let mut out = String::new();
    for line in keep.reading().lookbacks()? {
        if json {
            let object = json!({
                "id": line.id, "rev": line.rev, "seed": line.seed, "population": line.population,
                "criteria": criteria_json(keep, &line.criteria)?, "drawn": line.drawn, "looked": line.relapse.of,
                "relapsed": line.relapse.got, "by": line.by.0, "at": line.by.1,
                "ended": line.ended.as_ref().map(|(by, at)| json!({ "by": by, "at": at })),
            });
            out.push_str(&format!("{object}\n"));
        } else {
            out.push_str(&format!("{}\n", in_a_line(keep, &line)?));
        }
    }
    Ok(out)
}

fn in_a_line(keep: &Keep, line: &LookbackLine) -> Result<String, Outcome> {
    let lang = keep.lang;
    let state = if line.ended.is_some() { &w::CLOSED } else { &w::GOING_ON };
    Ok(format!(
        "{:>4}  {}  {}  {}  {}  {}",
        line.id,
        w::china_day(line.by.1),
        w::LOOKED_OF.fill(lang, &[&line.relapse.of, &line.drawn]),
        state.say(lang),
        w::both_ways(line.relapse, lang),
        criteria(keep, &line.criteria)?,
    ))
}

/// Says from which items was drawn.
fn criteria(keep: &Keep, criteria: &Criteria) -> Result<String, Outcome> {
    let over = criteria.over.map(|over| keep.reading().path(over, " / ")).transpose()?;
    Ok(w::criteria(criteria, over.as_deref(), keep.lang))
}

fn criteria_json(keep: &Keep, criteria: &Criteria) -> Result<Value, Outcome> {
    let over = criteria.over.map(|over| keep.reading().branch(over)).transpose()?.flatten();
    Ok(json!({
        "severity": criteria.severity, "branch": over.map(|branch| branch.facts.code), "closer": criteria.closer,
        "size": criteria.size,
    }))
}

fn loaded(keep: &Keep, id: LookbackId) -> Result<Lookback, Outcome> {
    let found = keep.reading().lookback(id)?;
    found.ok_or_else(|| Outcome::Refused(w::said(&Refusal::NoSuchLookback(id), keep.lang)))
}

fn show(keep: &Keep, id: LookbackId, json: bool) -> Result<String, Outcome> {
    let lookback = loaded(keep, id)?;
    let reader = LedgerReader::new(keep.reading(), SystemClock::stamp().china_day(), keep.lang)?;
    if json {
        return Ok(format!("{:#}\n", as_json(keep, &lookback, &reader)?));
    }
    let lang = keep.lang;
    let mut out = format!("{} {}\n", w::LOOKBACK.say(lang), lookback.id);
    let (by, at) = &lookback.by;
    let when = format!("{} {}  {by}", w::china_day(*at), w::clock(*at));
    let drew = w::DREW_OF.fill(lang, &[&lookback.population, &lookback.drawn.len()]);
    let ended = lookback.ended.as_ref().map_or_else(
        || w::GOING_ON.say(lang).to_owned(),
        |ended| format!("{} {}  {}  {}", w::china_day(ended.at), w::clock(ended.at), ended.by, ended.reason),
    );
    let rows = [
        (&w::LOOK_DRAWN, when),
        (&w::LOOK_FROM, criteria(keep, &lookback.criteria)?),
        (&w::LOOK_SEED, format!("{}  {drew}", lookback.seed)),
        (&w::LOOK_END, ended.trim_end().to_owned()),
        (&w::RATE_EFFECTIVE, w::counted(lookback.relapse().rest(), lang)),
        (&w::RATE_RELAPSE, w::counted(lookback.relapse(), lang)),
    ];
    for (label, value) in rows {
        out.push_str(&format!("  {}  {value}\n", pad(label.say(lang), 14, Ambiguous::Narrow)));
    }
    let mut looks = Looks::default();
    looks.add(&lookback, |_| true);
    for line in keep.reading().rounds()?.iter().filter(|line| looks.rounds.contains_key(&line.id)) {
        let said = w::both_ways(looks.of(line.id), lang);
        out.push_str(&format!("  {}  {said}\n", pad(&line.plan.code, 14, Ambiguous::Narrow)));
    }
    out.push('\n');
    for drawn in &lookback.drawn {
        out.push_str(&row(drawn, &reader, keep)?);
    }
    Ok(printable(&out).into_owned())
}

fn row(drawn: &Drawn, reader: &LedgerReader<'_>, keep: &Keep) -> Result<String, Outcome> {
    let Some(item) = reader.again(drawn.rect)? else { return Ok(String::new()) };
    let result = w::looked(drawn.seen.as_ref().map(|seen| seen.look.outcome)).say(keep.lang);
    let mut row = format!(
        "{}  {}  {}  {}\n",
        named(&item.name),
        pad(result, 16, Ambiguous::Narrow),
        pad(&item.branch_name, 22, Ambiguous::Narrow),
        item.finding.fact.replace('\n', " "),
    );
    if let Some(seen) = &drawn.seen {
        let said = [w::hand(&seen.hand, keep.lang), seen.look.note.replace('\n', " ")].join("  ");
        row.push_str(&format!("{}  {}  {}\n", " ".repeat(NAME), seen.hand.on, said.trim_end()));
    }
    Ok(row)
}

/// Pads a name; one that is longer is never cut, so that it can be handed back.
fn named(name: &str) -> String {
    if width(name, Ambiguous::Narrow) > NAME { name.to_owned() } else { pad(name, NAME, Ambiguous::Narrow) }
}

fn as_json(keep: &Keep, lookback: &Lookback, reader: &LedgerReader<'_>) -> Result<Value, Outcome> {
    let mut drawn = Vec::new();
    for one in &lookback.drawn {
        let item = reader.again(one.rect)?;
        let seen = one.seen.as_ref();
        drawn.push(json!({
            "id": item.as_ref().map(|item| item.name.as_str()), "branch": item.as_ref().map(|item| item.branch.as_str()),
            "item": item.as_ref().map(|item| item.finding.item.0.as_str()),
            "result": seen.map(|seen| seen.look.outcome), "note": seen.map(|seen| seen.look.note.as_str()),
            "by": seen.map(|seen| &seen.hand.by), "behalf": seen.map(|seen| &seen.hand.behalf),
            "on": seen.map(|seen| seen.hand.on),
        }));
    }
    let mut looks = Looks::default();
    looks.add(lookback, |_| true);
    let rounds = keep.reading().rounds()?.into_iter().filter(|line| looks.rounds.contains_key(&line.id));
    let rounds: Vec<Value> = rounds
        .map(|line| {
            let relapse = looks.of(line.id);
            json!({ "round": line.plan.code, "looked": relapse.of, "relapsed": relapse.got })
        })
        .collect();
    Ok(json!({
        "id": lookback.id, "rev": lookback.rev, "seed": lookback.seed, "population": lookback.population,
        "criteria": criteria_json(keep, &lookback.criteria)?, "by": lookback.by.0, "at": lookback.by.1,
        "looked": lookback.relapse().of, "relapsed": lookback.relapse().got,
        "ended": lookback.ended.as_ref().map(|ended| json!({ "by": ended.by, "at": ended.at, "reason": ended.reason })),
        "rounds": rounds, "drawn": drawn,
    }))
}

fn result(keep: &mut Keep, args: &ResultArgs) -> Result<String, Outcome> {
    let id = LookbackId(args.id);
    let saw = loaded(keep, id)?.rev;
    let (rect, _) = address::item(keep, &args.item)?;
    let note = Typed::new(keep.lang).read(&args.note)?;
    outcome::warn_of_persons([Some(note.as_str())], keep.lang);
    let look = Look { outcome: args.result.outcome(), note };
    let command = LookbackCommand::Look { rect, behalf: keep.post(&args.on_behalf)?, look };
    keep.submit(saw, Command::Lookback(id, command))?;
    Ok(outcome::done(keep.lang))
}

fn end(keep: &mut Keep, id: LookbackId, reason: &str) -> Result<String, Outcome> {
    let saw = loaded(keep, id)?.rev;
    outcome::warn_of_persons([Some(reason)], keep.lang);
    let ack = keep.submit(saw, Command::Lookback(id, LookbackCommand::End { reason: entered(reason) }))?;
    let again = ack.entries.len().saturating_sub(1);
    Ok(format!("{}\n", w::LOOKBACK_ENDED_N.fill(keep.lang, &[&again])))
}
