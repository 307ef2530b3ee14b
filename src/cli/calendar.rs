//! `tijian calendar`: the holidays and make-up days by which working days are counted.

use std::path::Path;

use super::args::CalendarVerb;
use super::keep::Keep;
use super::{Outcome, outcome};
use crate::config::World;
use crate::domain::{Command, Day, HouseCommand, Reading};
use crate::import::calendar::{FILE_LIMIT, read, template};
use crate::locales as w;
use crate::session::SystemClock;

/// Runs it.
pub fn run(world: &World, verb: &CalendarVerb) -> Result<String, Outcome> {
    let mut keep = match verb {
        CalendarVerb::Template { toml } => {
            let next = SystemClock::stamp().china_day().0.year() + 1;
            return Ok(template(next, *toml, world.lang));
        }
        CalendarVerb::Import { dry_run: false, .. } => Keep::open(world)?,
        CalendarVerb::Import { .. } | CalendarVerb::Show { .. } => Keep::look(world)?,
    };
    let said = match verb {
        CalendarVerb::Import { file, dry_run } => import(&mut keep, file, *dry_run),
        CalendarVerb::Show { year } => show(&keep, *year),
        CalendarVerb::Template { .. } => Ok(String::new()),
    };
    keep.close()?;
    said
}

fn import(keep: &mut Keep, file: &Path, dry_run: bool) -> Result<String, Outcome> {
    let lang = keep.lang;
    let bytes = outcome::read_file(file, FILE_LIMIT as u64)?;
    let toml = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let years = read(&bytes, toml).map_err(|faults| {
        let said: String = faults.iter().map(|fault| format!("{}\n", fault.say(lang))).collect();
        Outcome::Refused(format!("{said}{}", w::YEAR_BAD.fill(lang, &[&faults.len()])))
    })?;
    let word = if dry_run { &w::YEAR_WOULD } else { &w::YEAR_DONE };
    let said = years
        .iter()
        .map(|(year, table)| format!("{}\n", word.fill(lang, &[year, &table.off.len(), &table.worked.len()])));
    let said: String = said.collect();
    if !dry_run {
        let saw = keep.reading().house()?.rev;
        keep.submit(saw, Command::House(HouseCommand::Date(years)))?;
    }
    Ok(said)
}

fn show(keep: &Keep, year: Option<i16>) -> Result<String, Outcome> {
    let (years, lang) = (keep.reading().house()?.years, keep.lang);
    if let Some(year) = year.filter(|year| !years.contains_key(year)) {
        return Err(Outcome::Refused(w::YEAR_MISSING.fill(lang, &[&year])));
    }
    let mut out = String::new();
    for (of, table) in years.iter().filter(|(of, _)| year.is_none_or(|year| year == **of)) {
        out.push_str(&format!("{of}\n"));
        for (word, days) in [(&w::DAYS_OFF, &table.off), (&w::DAYS_WORKED, &table.worked)] {
            if !days.is_empty() {
                out.push_str(&format!("  {}  {}\n", word.say(lang), listed(days)));
            }
        }
    }
    Ok(if out.is_empty() { format!("{}\n", w::YEARS_NONE.say(lang)) } else { out })
}

/// Lists days; those that follow each other are a range.
fn listed(days: &[Day]) -> String {
    let mut ranges: Vec<(Day, Day)> = Vec::new();
    for day in days {
        match ranges.last_mut() {
            Some((_, last)) if day.since(*last) == 1 => *last = *day,
            _ => ranges.push((*day, *day)),
        }
    }
    let said = ranges.into_iter().map(
        |(first, last)| {
            if first == last { first.to_string() } else { format!("{first}..{last}") }
        },
    );
    said.collect::<Vec<_>>().join(" ")
}
