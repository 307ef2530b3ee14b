//! `tijian round`: campaigns from a script.

use super::args::{ProfileArg, RoundArgs, RoundVerb, ScaleArg};
use super::keep::{Keep, entered};
use super::{Outcome, outcome};
use crate::app::grade_bounds;
use crate::config::World;
use crate::domain::{
    BranchId, BranchKind, Command, Day, Profile, Reading, Rev, RoundCommand, RoundPlan, Scale, per_mille, quarter_of,
};
use crate::locales as w;
use crate::session::SystemClock;

/// Runs it.
pub fn run(world: &World, verb: RoundVerb) -> Result<String, Outcome> {
    let mut keep = Keep::open(world)?;
    let said = match verb {
        RoundVerb::List { json } => list(&keep, json),
        RoundVerb::Open(args) => open(&mut keep, &args),
        RoundVerb::Join { round, branches } => members(&mut keep, &round, &branches, RoundCommand::Join),
        RoundVerb::Leave { round, branches } => members(&mut keep, &round, &branches, RoundCommand::Leave),
        RoundVerb::Close { round } => close(&mut keep, &round),
    };
    keep.close()?;
    said
}

/// Lists the rounds.
pub fn list(keep: &Keep, json: bool) -> Result<String, Outcome> {
    let mut out = String::new();
    for line in keep.shelf().rounds()? {
        let mean = per_mille(line.got, line.applicable * 100);
        if json {
            let object = serde_json::json!({
                "code": line.plan.code, "name": line.plan.name, "from": line.plan.from, "to": line.plan.to,
                "edition": line.plan.edition, "profile": line.plan.profile, "closed": line.closed,
                "branches": line.branches, "started": line.started, "signed": line.signed,
                "findings": line.findings, "mean_tenths": mean,
            });
            out.push_str(&format!("{object}\n"));
        } else {
            let state = if line.closed { &w::CLOSED } else { &w::GOING_ON };
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
    let bad = |word: &w::Word| Outcome::Refused(word.say(lang).to_owned());
    let today = w::china_day(SystemClock::stamp());
    let (first, last) = quarter_of(today);
    let day = |text: &Option<String>, without: Day| match text {
        None => Ok(without),
        Some(text) => text.parse().map_err(|()| bad(&w::BAD_DATE)),
    };
    let (from, to) = (day(&args.from, first)?, day(&args.to, last)?);
    let tree = keep.shelf().tree()?;
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
        profile: match args.profile {
            ProfileArg::Jiguan => Profile::Jiguan,
            ProfileArg::University => Profile::University,
        },
        scale: match args.scale {
            ScaleArg::Four => Scale::Four,
            ScaleArg::Two => Scale::Two,
        },
        grades: grade_bounds(&args.grades).ok_or_else(|| bad(&w::BAD_GRADES))?,
        vetoes: args.veto.iter().map(|veto| entered(veto)).collect(),
    };
    let id = keep.next_round()?;
    keep.submit(Rev(0), Command::Round(id, RoundCommand::Open { plan, branches }))?;
    Ok(outcome::done(lang))
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

fn close(keep: &mut Keep, round: &str) -> Result<String, Outcome> {
    let line = keep.round(round)?;
    keep.submit(line.rev, Command::Round(line.id, RoundCommand::Close))?;
    Ok(outcome::done(keep.lang))
}
