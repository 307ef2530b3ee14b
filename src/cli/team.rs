//! `tijian round team` and `tijian round progress`: who walks where, and how far a round is.

use serde_json::{Value, json};

use super::args::TeamArgs;
use super::keep::{Keep, entered};
use super::{Outcome, outcome, show};
use crate::domain::{self, BranchTree, Command, PersonId, Progress, Reading, Round, RoundCommand, RoundProgress};
use crate::locales as w;
use crate::text::{Ambiguous, pad};

/// Gives a branch, or all below a unit, to inspectors.
pub fn assign(keep: &mut Keep, args: &TeamArgs) -> Result<String, Outcome> {
    let (line, unit) = (keep.round(&args.round)?, keep.branch(&args.unit)?);
    let members = args.members.iter().map(|member| PersonId(entered(member))).collect();
    keep.submit(line.rev, Command::Round(line.id, RoundCommand::Assign { unit, members }))?;
    Ok(outcome::done(keep.lang))
}

/// Prints how far a round is.
pub fn progress(keep: &Keep, round: &str, json: bool) -> Result<String, Outcome> {
    let line = keep.round(round)?;
    let tree = keep.reading().tree()?;
    let Some(round) = keep.reading().round(line.id)? else { return Ok(String::new()) };
    let counted = domain::progress(keep.reading(), &tree, &round)?;
    let branches = branches(keep, &tree, &round)?;
    if json {
        return Ok(format!("{:#}\n", as_json(&tree, &round, &counted, &branches)));
    }
    let lang = keep.lang;
    let mut out = format!("{}  {}\n{}\n", line.plan.code, line.plan.name, said(&counted.all, lang));
    let mut rows = Vec::new();
    for (unit, progress) in &counted.teams {
        let members = round.teams.get(unit).map(|members| names(members)).unwrap_or_default();
        let name = tree.line(*unit).map_or_else(String::new, |line| format!("{} {}", line.code, line.name));
        rows.push((format!("{name}  {members}"), said(progress, lang)));
    }
    if !rows.is_empty() && counted.loose.branches > 0 {
        rows.push((w::NO_TEAM.say(lang).to_owned(), said(&counted.loose, lang)));
    }
    section(&mut out, w::ROUND_TEAMS.say(lang), &rows);
    let persons = counted.persons.keys().chain(counted.signed.keys()).collect::<std::collections::BTreeSet<_>>();
    let rows: Vec<_> = (persons.into_iter())
        .map(|person| {
            let given = counted.persons.get(person).copied().unwrap_or_default();
            let signed = counted.signed.get(person).copied().unwrap_or_default();
            (person.to_string(), format!("{}  {}", said(&given, lang), w::SIGNED_SELF.fill(lang, &[&signed])))
        })
        .collect();
    section(&mut out, w::ROUND_WALKERS.say(lang), &rows);
    let rows: Vec<_> = branches
        .iter()
        .map(|one| {
            let state = show::state_word(one.state).say(lang);
            let counts = w::BRANCH_PROGRESS.fill(lang, &[&one.answered, &one.findings]);
            let path = tree.path(one.id, " / ");
            (format!("{} {path}", one.code), format!("{state}  {counts}  {}", one.team).trim_end().to_owned())
        })
        .collect();
    section(&mut out, w::SHOW_BRANCH.say(lang), &rows);
    Ok(out)
}

/// One branch of a round.
struct One {
    id: domain::BranchId,
    code: String,
    state: &'static str,
    answered: u32,
    findings: u32,
    team: String,
}

fn branches(keep: &Keep, tree: &BranchTree, round: &Round) -> Result<Vec<One>, Outcome> {
    let mut places: Vec<_> = round.branches.iter().filter_map(|id| Some((tree.place(*id)?, *id))).collect();
    places.sort_unstable();
    let mut found = Vec::new();
    for (_, id) in places {
        let line = keep.reading().inspection_line(round.id, id)?;
        found.push(One {
            id,
            code: tree.line(id).map_or_else(String::new, |line| line.code.clone()),
            state: show::state(line.as_ref()),
            answered: line.as_ref().map_or(0, |line| line.score.answered.into()),
            findings: line.as_ref().map_or(0, |line| line.score.findings.into()),
            team: round.team_of(tree.upwards(id)).map(|(_, members)| names(members)).unwrap_or_default(),
        });
    }
    Ok(found)
}

fn names(members: &[PersonId]) -> String {
    members.iter().map(|member| member.0.as_str()).collect::<Vec<_>>().join(" ")
}

fn said(progress: &Progress, lang: w::Lang) -> String {
    let Progress { branches, begun, signed, answered, findings } = progress;
    w::ROUND_PROGRESS.fill(lang, &[branches, begun, signed, answered, findings])
}

fn section(out: &mut String, title: &str, rows: &[(String, String)]) {
    if rows.is_empty() {
        return;
    }
    out.push_str(&format!("\n{title}\n"));
    for (name, counts) in rows {
        out.push_str(&format!("  {}  {counts}\n", pad(name, 34, Ambiguous::Narrow)));
    }
}

fn as_json(tree: &BranchTree, round: &Round, counted: &RoundProgress, branches: &[One]) -> Value {
    let of = |progress: &Progress| {
        json!({
            "branches": progress.branches, "begun": progress.begun, "signed": progress.signed,
            "answered": progress.answered, "findings": progress.findings,
        })
    };
    let code = |unit: &domain::BranchId| tree.line(*unit).map(|line| line.code.clone());
    let teams: Vec<Value> = (counted.teams.iter())
        .map(|(unit, progress)| json!({ "unit": code(unit), "members": round.teams.get(unit), "progress": of(progress) }))
        .collect();
    let persons = counted.persons.keys().chain(counted.signed.keys()).collect::<std::collections::BTreeSet<_>>();
    let persons: Vec<Value> = (persons.into_iter())
        .map(|person| {
            let signed = counted.signed.get(person).copied().unwrap_or_default();
            json!({ "person": person, "progress": counted.persons.get(person).map(of), "signed": signed })
        })
        .collect();
    let branches: Vec<Value> = (branches.iter())
        .map(|one| {
            json!({
                "branch": one.code, "state": one.state, "answered": one.answered, "findings": one.findings,
                "team": one.team.split_whitespace().collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "round": round.plan.code, "all": of(&counted.all), "teams": teams, "no_team": of(&counted.loose),
        "persons": persons, "branches": branches,
    })
}
