//! `tijian person key` and `tijian person login`: by which ways a person comes in.

use std::io::{IsTerminal, Read};
use std::path::Path;

use super::args::{KeyVerb, LoginVerb};
use super::keep::{Keep, entered};
use super::person::known;
use super::{Outcome, outcome};
use crate::domain::{Command, HouseCommand, KeyFacts, Lang, Reading};
use crate::door::ssh::{KeyFault, fingerprint, read_keys};
use crate::locales as w;
use crate::text::{Ambiguous, pad, printable};

/// More than any file of public keys.
const LARGEST: u64 = 128 << 10;

/// Runs what is wanted of keys.
pub fn key(keep: &mut Keep, verb: &KeyVerb) -> Result<String, Outcome> {
    match verb {
        KeyVerb::Add { handle, file, pasted: _, text } => {
            let text = text.clone().map_or_else(|| brought(file.as_deref(), keep.lang), Ok)?;
            add(keep, handle, &text)
        }
        KeyVerb::List { handle, json } => list(keep, handle.as_deref(), *json),
        KeyVerb::Remove { handle, fingerprint } => remove(keep, handle, fingerprint),
    }
}

/// Runs what is wanted of login names.
pub fn login(keep: &mut Keep, verb: &LoginVerb) -> Result<String, Outcome> {
    let (LoginVerb::Add { handle, login } | LoginVerb::Remove { handle, login }) = verb;
    let (who, _) = known(keep, handle)?;
    let login = entered(login);
    let command = match verb {
        LoginVerb::Add { .. } => HouseCommand::BindLogin(who, login),
        LoginVerb::Remove { .. } => HouseCommand::TakeLogin(who, login),
    };
    submit(keep, command)?;
    Ok(outcome::done(keep.lang))
}

fn submit(keep: &mut Keep, command: HouseCommand) -> Result<(), Outcome> {
    let saw = keep.reading().house()?.rev;
    keep.submit(saw, Command::House(command)).map(drop)
}

/// Reads keys that somebody has brought along in a file, or pastes.
pub fn brought(file: Option<&Path>, lang: Lang) -> Result<String, Outcome> {
    let bytes = match file {
        Some(path) if path != Path::new("-") => outcome::read_file(path, LARGEST)?,
        _ => pasted(lang)?,
    };
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn add(keep: &mut Keep, handle: &str, text: &str) -> Result<String, Outcome> {
    let (who, _) = known(keep, handle)?;
    let keys = read_keys(text).map_err(|fault| refused(&fault, keep.lang))?;
    outcome::warn_of_persons(keys.iter().map(|key| Some(key.label.as_str())), keep.lang);
    let told: String = keys.iter().map(|key| format!("{} {}\n", key.fingerprint, key.label)).collect();
    let count = keys.len();
    submit(keep, HouseCommand::BindKeys(who, keys.into_iter().map(|key| (key.key, key.label)).collect()))?;
    Ok(format!("{told}{}\n", w::KEYS_DONE.fill(keep.lang, &[&count])))
}

fn pasted(lang: Lang) -> Result<Vec<u8>, Outcome> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        outcome::tell(w::KEYS_PASTE.say(lang));
    }
    let mut bytes = Vec::new();
    stdin.lock().take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn refused(fault: &KeyFault, lang: Lang) -> Outcome {
    Outcome::Refused(match fault {
        KeyFault::Empty => w::KEYS_EMPTY.say(lang).to_owned(),
        KeyFault::TooLong => w::KEYS_LONG.say(lang).to_owned(),
        KeyFault::Private => w::KEYS_PRIVATE.say(lang).to_owned(),
        KeyFault::NoKey { line } => w::KEYS_LINE.fill(lang, &[line]),
        KeyFault::Kind { line, kind } => w::KEYS_KIND.fill(lang, &[line, &printable(kind)]),
    })
}

fn list(keep: &Keep, handle: Option<&str>, json: bool) -> Result<String, Outcome> {
    let one = handle.map(|handle| known(keep, handle)).transpose()?.map(|(who, _)| who);
    let house = keep.reading().house()?;
    let wanted = |facts: &KeyFacts| one.as_ref().is_none_or(|one| facts.holder == *one);
    let mut keys: Vec<_> = house.keys.iter().filter(|(_, facts)| wanted(facts)).collect();
    keys.sort_by(|(_, one), (_, other)| (&one.holder, &one.label).cmp(&(&other.holder, &other.label)));
    let mut out = String::new();
    for (key, facts) in keys {
        let kind = key.split(' ').next().unwrap_or_default();
        let print = fingerprint(key).unwrap_or_default();
        if json {
            let object = serde_json::json!({
                "handle": facts.holder, "fingerprint": print, "kind": kind, "label": facts.label,
            });
            out.push_str(&format!("{object}\n"));
        } else {
            let line = format!("{} {print} {kind} {}", pad(&facts.holder.0, 16, Ambiguous::Narrow), facts.label);
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    if out.is_empty() && !json {
        return Ok(format!("{}\n", w::KEYS_NONE.say(keep.lang)));
    }
    Ok(out)
}

fn remove(keep: &mut Keep, handle: &str, print: &str) -> Result<String, Outcome> {
    let (who, _) = known(keep, handle)?;
    let house = keep.reading().house()?;
    let found = house.keys_of(&who).find(|(key, _)| fingerprint(key).as_deref() == Some(print.trim()));
    let Some((key, _)) = found else {
        return Err(Outcome::Refused(w::KEYS_NO_PRINT.fill(keep.lang, &[&who, &printable(print)])));
    };
    let key = key.clone();
    submit(keep, HouseCommand::TakeKey(who, key))?;
    Ok(outcome::done(keep.lang))
}
