//! `tijian checklist`: editions from a script.

use std::path::Path;
use std::sync::Arc;

use super::args::ChecklistVerb;
use super::keep::Keep;
use super::{Outcome, outcome};
use crate::config::World;
use crate::domain::{
    Checklist, Command, Difference, Profile, Reading, Rev, basis_caveat, basis_lines, diff, slots_named,
};
use crate::import::checklist::{builtin, edition_id, read};
use crate::locales::{self as w, Lang};
use crate::text::printable;

/// The largest checklist that is read, in bytes.
const LIMIT: u64 = 1 << 20;

/// Runs it.
pub fn run(world: &World, verb: ChecklistVerb) -> Result<String, Outcome> {
    if let ChecklistVerb::Check { file } = &verb {
        // Checking a file needs no store.
        let checklist = checked(file, world.lang)?;
        return Ok(good(&checklist, world.lang));
    }
    let mut keep = if matches!(verb, ChecklistVerb::Add { .. }) { Keep::open(world)? } else { Keep::look(world)? };
    let said = match verb {
        ChecklistVerb::List => list(&keep),
        ChecklistVerb::Show { edition, profile } => show(&keep, edition.as_deref(), profile.profile()),
        ChecklistVerb::Add { file } => add(&mut keep, &file),
        ChecklistVerb::Diff { old, new } => compare(&keep, &old, &new),
        ChecklistVerb::Check { .. } => Ok(String::new()),
    };
    keep.close()?;
    said
}

fn checked(file: &Path, lang: Lang) -> Result<Checklist, Outcome> {
    let bytes = outcome::read_file(file, LIMIT)?;
    read(&bytes).map_err(|faults| {
        let name = file.display().to_string();
        let mut said: String = faults
            .iter()
            .map(|fault| format!("{}:{}: {}\n", printable(&name), fault.line, fault.what.say(lang)))
            .collect();
        said.push_str(&w::CHECK_BAD.fill(lang, &[&faults.len()]));
        Outcome::Refused(said)
    })
}

fn good(checklist: &Checklist, lang: Lang) -> String {
    let id = edition_id(checklist);
    let said = w::CHECK_GOOD.fill(lang, &[&checklist.items.len(), &checklist.full_marks(), &id.short()]);
    format!("{said}\n")
}

fn list(keep: &Keep) -> Result<String, Outcome> {
    let mut out = String::new();
    for line in keep.reading().editions()? {
        out.push_str(&format!(
            "{}  {}  {}  {}\n",
            line.id.short(),
            line.edition,
            line.items,
            line.title.pick(keep.lang)
        ));
    }
    Ok(out)
}

fn add(keep: &mut Keep, file: &Path) -> Result<String, Outcome> {
    let checklist = checked(file, keep.lang)?;
    let id = edition_id(&checklist);
    if keep.reading().checklist(&id)?.is_some() {
        return Ok(format!("{}\n", w::EDITION_KNOWN.fill(keep.lang, &[&id.short()])));
    }
    keep.submit(Rev(0), Command::AddEdition(id, Box::new(checklist)))?;
    Ok(format!("{}\n", w::EDITION_KEPT.fill(keep.lang, &[&id.short()])))
}

/// Finds a checklist: a file, an edition of the store, or the built-in one by its author's name.
fn named(keep: &Keep, name: &str) -> Result<Arc<Checklist>, Outcome> {
    let path = Path::new(name);
    if path.extension().is_some_and(|extension| extension == "toml") {
        return checked(path, keep.lang).map(Arc::new);
    }
    if name == "builtin" {
        return Ok(Arc::new(builtin().clone()));
    }
    let line = keep.edition(Some(name))?;
    let found = keep.reading().checklist(&line.id)?;
    found.ok_or_else(|| Outcome::Refused(w::R_NO_EDITION.say(keep.lang).to_owned()))
}

fn compare(keep: &Keep, old: &str, new: &str) -> Result<String, Outcome> {
    let (old, new) = (named(keep, old)?, named(keep, new)?);
    let mut out = String::new();
    for difference in diff(&old, &new) {
        out.push_str(&match difference {
            Difference::Added(item) => format!("+ {item} {}\n", title(&new, &item, keep.lang)),
            Difference::Removed(item) => format!("- {item} {}\n", title(&old, &item, keep.lang)),
            Difference::Moved { item } => format!("> {item} {}\n", title(&new, &item, keep.lang)),
            Difference::Changed { item, fields, points } => {
                let points = points.map_or_else(String::new, |(was, now)| format!(" ({was} -> {now})"));
                format!("~ {item} {}: {}{points}\n", title(&new, &item, keep.lang), fields.join(", "))
            }
        });
    }
    Ok(if out.is_empty() { format!("{}\n", w::NO_DIFFERENCE.say(keep.lang)) } else { out })
}

fn title(checklist: &Checklist, item: &crate::domain::ItemId, lang: Lang) -> String {
    checklist.item(item).map_or_else(String::new, |item| item.title.pick(lang).to_owned())
}

fn show(keep: &Keep, edition: Option<&str>, profile: Profile) -> Result<String, Outcome> {
    let lang = keep.lang;
    let line = keep.edition(edition)?;
    let Some(checklist) = keep.reading().checklist(&line.id)? else {
        return Err(Outcome::Refused(w::R_NO_EDITION.say(lang).to_owned()));
    };
    let mut out = format!("{}  {}  {}\n", checklist.title.pick(lang), checklist.edition, line.id);
    let mut group = None;
    for item in &checklist.items {
        if group != Some(item.group) {
            group = Some(item.group);
            let name = checklist.group_of(item).map_or("", |group| group.name.pick(lang));
            let card = checklist.card_of(item).map_or("", |card| card.name.pick(lang));
            out.push_str(&format!("\n{card} / {name}\n"));
        }
        let points = if checklist.scored(item) { item.points.to_string() } else { "-".to_owned() };
        let basis = basis_lines(&checklist, item, profile, lang).join("; ");
        out.push_str(&format!("  {:<6} {points:>4}  {}\n", item.id.0, item.title.pick(lang)));
        out.push_str(&format!("         {}\n", slots_named(item.look.pick(lang), lang)));
        if !basis.is_empty() {
            out.push_str(&format!("         {basis} ({})\n", basis_caveat(lang)));
        }
    }
    Ok(out)
}
