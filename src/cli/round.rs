//! `tijian round`: campaigns from a script.

use super::args::{ProfileArg, RoundArgs, RoundEditArgs, RoundVerb, ScaleArg};
use super::keep::{Keep, entered};
use super::{Outcome, outcome, team};
use crate::app::grade_bounds;
use crate::config::World;
use crate::domain::{
    BranchId, BranchKind, Command, Day, GradeBounds, Points, Reading, Rev, RoundCommand, RoundLine, RoundPlan,
    per_mille, quarter_of,
};
use crate::locales::{self as w, Lang};
use crate::session::SystemClock;
use crate::text::{Ambiguous, pad};

/// Runs it.
pub fn run(world: &World, verb: RoundVerb) -> Result<String, Outcome> {
    let looks = matches!(verb, RoundVerb::List { .. } | RoundVerb::Progress { .. });
    let mut keep = if looks { Keep::look(world)? } else { Keep::open(world)? };
    let said = match verb {
        RoundVerb::List { json } => list(&keep, json),
        RoundVerb::Open(args) => open(&mut keep, &args),
        RoundVerb::Edit(args) => edit(&mut keep, &args),
        RoundVerb::Join { round, branches } => members(&mut keep, &round, &branches, RoundCommand::Join),
        RoundVerb::Leave { round, branches } => members(&mut keep, &round, &branches, RoundCommand::Leave),
        RoundVerb::Team(args) => team::assign(&mut keep, &args),
        RoundVerb::Progress { round, json } => team::progress(&keep, &round, json),
        RoundVerb::Close { round } => one(&mut keep, &round, RoundCommand::Close),
        RoundVerb::Correct { round, reason } => {
            outcome::warn_of_persons([Some(reason.as_str())], keep.lang);
            one(&mut keep, &round, RoundCommand::Correct { reason: entered(&reason) })
        }
    };
    keep.close()?;
    said
}

/// Lists the rounds.
pub fn list(keep: &Keep, json: bool) -> Result<String, Outcome> {
    let mut out = String::new();
    for line in keep.reading().rounds()? {
        let mean = per_mille(line.got, line.applicable * 100);
        if json {
            let object = serde_json::json!({
                "code": line.plan.code, "name": line.plan.name, "from": line.plan.from, "to": line.plan.to,
                "edition": line.plan.edition, "profile": line.plan.profile, "closed": line.closed,
                "scale": line.plan.scale, "grades": line.plan.grades, "vetoes": line.plan.vetoes,
                "branches": line.branches, "started": line.started, "signed": line.signed,
                "findings": line.findings, "mean_tenths": mean, "correction": line.correction,
            });
            out.push_str(&format!("{object}\n"));
        } else {
            let state = w::round_state_whole(&line);
            out.push_str(&format!(
                "{:<10} {}  {}/{}  {}  {}\n",
                line.plan.code,
                line.plan.name,
                line.signed,
                line.branches,
                w::AVERAGE.fill(keep.lang, &[&w::rate(mean)]),
                state.say(keep.lang)
            ));
        }
    }
    Ok(out)
}

fn open(keep: &mut Keep, args: &RoundArgs) -> Result<String, Outcome> {
    let lang = keep.lang;
    let today = w::china_day(SystemClock::stamp());
    let (first, last) = quarter_of(today);
    let (from, to) = (day(args.from.as_deref(), first, lang)?, day(args.to.as_deref(), last, lang)?);
    let tree = keep.reading().tree()?;
    let branches: Vec<BranchId> = if args.all {
        let branches = tree.lines.iter().filter(|line| line.active && line.kind == BranchKind::Zhibu);
        branches.map(|line| line.id).collect()
    } else {
        args.branches.iter().map(|code| keep.branch(code)).collect::<Result<_, _>>()?
    };
    let plan = RoundPlan {
        code: entered(&args.code),
        name: args.name.as_deref().map_or_else(|| w::period(from, to, lang), entered),
        from,
        to,
        edition: keep.edition(args.edition.as_deref())?.id,
        profile: args.profile.profile(),
        scale: args.scale.scale(),
        grades: bounds(&args.grades, lang)?,
        vetoes: args.veto.iter().map(|veto| entered(veto)).collect(),
        ranked: args.ranked,
    };
    outcome::warn_of_persons([args.name.as_deref()], lang);
    let id = keep.next_round()?;
    keep.submit(Rev(0), Command::Round(id, RoundCommand::Open { plan, branches }))?;
    Ok(outcome::done(lang))
}

fn day(text: Option<&str>, without: Day, lang: Lang) -> Result<Day, Outcome> {
    let bad = |()| Outcome::Refused(w::BAD_DATE.say(lang).to_owned());
    text.map_or(Ok(without), |text| text.parse().map_err(bad))
}

fn bounds(text: &str, lang: Lang) -> Result<GradeBounds, Outcome> {
    grade_bounds(text).ok_or_else(|| Outcome::Refused(w::BAD_GRADES.say(lang).to_owned()))
}

fn edit(keep: &mut Keep, args: &RoundEditArgs) -> Result<String, Outcome> {
    let (line, lang) = (keep.round(&args.code)?, keep.lang);
    let mut plan = line.plan;
    if let Some(name) = &args.name {
        plan.name = entered(name);
    }
    plan.from = day(args.from.as_deref(), plan.from, lang)?;
    plan.to = day(args.to.as_deref(), plan.to, lang)?;
    if let Some(grades) = &args.grades {
        plan.grades = bounds(grades, lang)?;
    }
    if args.no_veto || !args.veto.is_empty() {
        plan.vetoes = args.veto.iter().map(|veto| entered(veto)).collect();
    }
    plan.ranked = (plan.ranked || args.ranked) && !args.no_ranked;
    plan.profile = args.profile.map_or(plan.profile, ProfileArg::profile);
    plan.scale = args.scale.map_or(plan.scale, ScaleArg::scale);
    if let Some(edition) = &args.edition {
        plan.edition = keep.edition(Some(edition))?.id;
    }
    outcome::warn_of_persons([args.name.as_deref()], lang);
    keep.submit(line.rev, Command::Round(line.id, RoundCommand::Edit(plan)))?;
    Ok(outcome::done(lang))
}

/// Says what a round is: period, checklist, basis, verdicts, bounds, vetoes.
pub fn planned(keep: &Keep, line: &RoundLine) -> Result<String, Outcome> {
    let (plan, lang) = (&line.plan, keep.lang);
    let known = keep.reading().editions()?.into_iter().find(|edition| edition.id == plan.edition);
    let edition = known.map_or_else(String::new, |edition| format!("{} ", edition.edition));
    let bound = |bound: u32| Points(bound).to_string().trim_end_matches(".0").to_owned();
    let grades = [plan.grades.excellent, plan.grades.good, plan.grades.pass].map(bound).join("/");
    let vetoes = if plan.vetoes.is_empty() { "—".to_owned() } else { plan.vetoes.join(" ") };
    let state = w::round_state_whole(line);
    let rows = [
        (&w::F_FROM, plan.from.to_string()),
        (&w::F_TO, plan.to.to_string()),
        (&w::F_EDITION, format!("{edition}{}", plan.edition.short())),
        (&w::F_PROFILE, w::profile(plan.profile).say(lang).to_owned()),
        (&w::F_SCALE, w::scale(plan.scale).say(lang).to_owned()),
        (&w::F_GRADES, grades),
        (&w::F_VETOES, vetoes),
        (&w::F_RANKED, if plan.ranked { &w::RANKED } else { &w::NOT_RANKED }.say(lang).to_owned()),
    ];
    let mut out = format!("{}  {}  {}\n", plan.code, plan.name, state.say(lang));
    for (label, value) in rows {
        out.push_str(&format!("  {}  {value}\n", pad(label.say(lang), 14, Ambiguous::Narrow)));
    }
    Ok(out + "\n")
}

fn members(
    keep: &mut Keep,
    round: &str,
    codes: &[String],
    command: fn(Vec<BranchId>) -> RoundCommand,
) -> Result<String, Outcome> {
    let line = keep.round(round)?;
    let branches = codes.iter().map(|code| keep.branch(code)).collect::<Result<Vec<_>, _>>()?;
    keep.submit(line.rev, Command::Round(line.id, command(branches)))?;
    Ok(outcome::done(keep.lang))
}

fn one(keep: &mut Keep, round: &str, command: RoundCommand) -> Result<String, Outcome> {
    let line = keep.round(round)?;
    keep.submit(line.rev, Command::Round(line.id, command))?;
    Ok(outcome::done(keep.lang))
}
