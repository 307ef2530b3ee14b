//! `tijian branch`: the tree of units from a script.

use std::path::Path;

use super::args::{BranchArgs, BranchVerb, Given, KindArg};
use super::keep::{Keep, entered};
use super::{Outcome, outcome};
use crate::config::World;
use crate::domain::{BranchCommand, BranchFacts, BranchKind, Command, Reading, Rev};
use crate::import::branches::{FILE_LIMIT, plan};
use crate::locales as w;
use crate::text::{Needle, printable};

/// Runs it.
pub fn run(world: &World, verb: BranchVerb) -> Result<String, Outcome> {
    let looks = matches!(verb, BranchVerb::List { .. } | BranchVerb::Import { dry_run: true, .. });
    let mut keep = if looks { Keep::look(world)? } else { Keep::open(world)? };
    let said = match verb {
        BranchVerb::List { filter, json } => list(&keep, filter.as_deref(), json),
        BranchVerb::Add(args) => add(&mut keep, &args),
        BranchVerb::Edit(args) => edit(&mut keep, &args),
        BranchVerb::Retire { code, reason } => {
            command(&mut keep, &code, BranchCommand::Retire { reason: entered(&reason) })
        }
        BranchVerb::Restore { code } => command(&mut keep, &code, BranchCommand::Restore),
        BranchVerb::Merge { code, into, reason } => merge(&mut keep, &code, &into, &reason),
        BranchVerb::Import { file, dry_run } => import(&mut keep, &file, dry_run),
    };
    keep.close()?;
    said
}

fn list(keep: &Keep, filter: Option<&str>, json: bool) -> Result<String, Outcome> {
    let tree = keep.reading().tree()?;
    let needle = filter.map(Needle::new);
    let mut sieve = needle.as_ref().map(Needle::sieve);
    let mut out = String::new();
    for line in &tree.lines {
        if sieve.as_mut().is_some_and(|sieve| !sieve.passes(&line.folded)) {
            continue;
        }
        if json {
            let parent = line.parent.and_then(|parent| tree.line(parent)).map(|parent| parent.code.as_str());
            let object = serde_json::json!({
                "code": line.code, "name": line.name, "kind": line.kind, "parent": parent, "active": line.active,
                "path": tree.path(line.id, " / "),
            });
            out.push_str(&format!("{object}\n"));
        } else {
            let indent = if filter.is_some() { 0 } else { usize::from(line.depth) * 2 };
            let state = if line.active { String::new() } else { format!("  [{}]", w::RETIRED.say(keep.lang)) };
            out.push_str(&format!("{:<12} {}{}{state}\n", line.code, " ".repeat(indent), line.name));
        }
    }
    Ok(out)
}

fn kind(arg: KindArg) -> BranchKind {
    match arg {
        KindArg::Gongwei => BranchKind::Gongwei,
        KindArg::Dangwei => BranchKind::Dangwei,
        KindArg::Zongzhi => BranchKind::Zongzhi,
        KindArg::Zhibu => BranchKind::Zhibu,
        KindArg::Xiaozu => BranchKind::Xiaozu,
    }
}

fn merged(keep: &Keep, args: &BranchArgs, mut facts: BranchFacts) -> Result<BranchFacts, Outcome> {
    facts.code = entered(&args.code);
    if let Some(name) = &args.name {
        facts.name = entered(name);
    }
    match args.parent.as_deref() {
        Some("") => facts.parent = None,
        Some(code) => facts.parent = Some(keep.branch(code)?),
        None => {}
    }
    facts.kind = args.kind.map_or(facts.kind, kind);
    if let Some(full) = &args.full_name {
        facts.full_name = entered(full);
    }
    take(&mut facts.full_members, args.full_members);
    take(&mut facts.all_members, args.all_members);
    take(&mut facts.committee, args.committee);
    take(&mut facts.groups, args.groups);
    take(&mut facts.term_start, args.term_start);
    take(&mut facts.term_years, args.term_years);
    take(&mut facts.profile, args.profile);
    outcome::warn_of_persons([args.name.as_deref(), args.full_name.as_deref()], keep.lang);
    Ok(facts)
}

/// Takes what was given; what was not named stays.
fn take<T>(fact: &mut Option<T>, given: Option<Given<T>>) {
    if let Some(Given(value)) = given {
        *fact = value;
    }
}

fn command(keep: &mut Keep, code: &str, command: BranchCommand) -> Result<String, Outcome> {
    let id = keep.branch(code)?;
    let saw = keep.reading().branch(id)?.map_or(Rev(0), |branch| branch.rev);
    keep.submit(saw, Command::Branch(id, command))?;
    Ok(outcome::done(keep.lang))
}

fn merge(keep: &mut Keep, code: &str, into: &str, reason: &str) -> Result<String, Outcome> {
    let into = keep.branch(into)?;
    command(keep, code, BranchCommand::Merge { into, reason: entered(reason) })
}

fn add(keep: &mut Keep, args: &BranchArgs) -> Result<String, Outcome> {
    if args.name.is_none() {
        return Err(Outcome::Refused(w::NEW_BRANCH_NEEDS_NAME.say(keep.lang).to_owned()));
    }
    let facts = merged(keep, args, BranchFacts::default())?;
    let id = keep.reading().next_branch()?;
    keep.submit(Rev(0), Command::Branch(id, BranchCommand::Add(facts)))?;
    Ok(outcome::done(keep.lang))
}

fn edit(keep: &mut Keep, args: &BranchArgs) -> Result<String, Outcome> {
    let id = keep.branch(&args.code)?;
    let Some(branch) = keep.reading().branch(id)? else {
        return Err(Outcome::Refused(w::NO_SUCH_CODE.fill(keep.lang, &[&printable(&args.code)])));
    };
    let facts = merged(keep, args, branch.facts)?;
    keep.submit(branch.rev, Command::Branch(id, BranchCommand::Edit(facts)))?;
    Ok(outcome::done(keep.lang))
}

fn import(keep: &mut Keep, file: &Path, dry_run: bool) -> Result<String, Outcome> {
    let lang = keep.lang;
    let bytes = outcome::read_file(file, FILE_LIMIT as u64)?;
    let plan = plan(&bytes, keep.reading()).map_err(|fault| Outcome::Refused(fault.say(lang)))?;
    let summary = plan.summary();
    let listed = plan.say_rows(lang, dry_run || summary.faults > 0);
    if summary.faults > 0 {
        return Err(Outcome::Refused(format!("{listed}{}", w::ROWS_BAD.fill(lang, &[&summary.faults]))));
    }
    let counts = [&summary.added as &dyn std::fmt::Display, &summary.edited, &summary.same];
    if dry_run {
        return Ok(format!("{listed}{}\n", w::ROWS_WOULD.fill(lang, &counts)));
    }
    if !plan.commands.is_empty() {
        keep.submit(Rev(0), Command::BranchList(plan.commands))?;
    }
    Ok(format!("{listed}{}\n", w::ROWS_DONE.fill(lang, &counts)))
}
