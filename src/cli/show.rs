//! `tijian show`: what is true now.

use super::args::ShowArgs;
use super::keep::Keep;
use super::{Outcome, figures, round};
use crate::config::World;
use crate::domain::{BranchId, InspectionLine, Of, Reading, Rev, RoundLine, per_mille};
use crate::locales::{self as w, Lang};
use crate::report;
use crate::session::SystemClock;
use crate::view::entry_text;

/// Runs `show`.
pub fn run(world: &World, args: &ShowArgs) -> Result<String, Outcome> {
    let keep = Keep::look(world)?;
    let said = match (&args.round, &args.branch) {
        (None, _) => round::list(&keep, args.json),
        (Some(code), None) => keep.round(code).and_then(|line| branches(&keep, &line, args.json)),
        (Some(code), Some(branch)) => (keep.round(code))
            .and_then(|line| Ok((line, keep.branch(branch)?)))
            .and_then(|(line, branch)| inspection(&keep, &line, branch, args)),
    };
    keep.close()?;
    said
}

fn branches(keep: &Keep, line: &RoundLine, json: bool) -> Result<String, Outcome> {
    let tree = keep.reading().tree()?;
    let Some(round) = keep.reading().round(line.id)? else { return Ok(String::new()) };
    let mut members: Vec<(usize, BranchId)> =
        round.branches.iter().filter_map(|id| Some((tree.place(*id)?, *id))).collect();
    members.sort_unstable();
    let mut out = if json { String::new() } else { round::planned(keep, line)? };
    for (_, id) in members {
        let Some(branch) = tree.line(id) else { continue };
        let found = keep.reading().inspection_line(line.id, id)?;
        if json {
            let score = found.as_ref().map(|found| found.score);
            let object = serde_json::json!({
                "round": line.plan.code, "branch": branch.code, "name": branch.name,
                "state": state(found.as_ref()),
                "answered": score.map(|score| score.answered), "failed": score.map(|score| score.failed),
                "findings": score.map(|score| score.findings),
                "score_tenths": score.and_then(|score| per_mille(score.got, u64::from(score.applicable) * 100)),
                "excluded_tenths": score.map(|score| score.excluded),
            });
            out.push_str(&format!("{object}\n"));
        } else {
            let rate = found.as_ref().map(|found| found.score);
            let rate = rate.and_then(|score| per_mille(score.got, u64::from(score.applicable) * 100));
            let said = state_word(state(found.as_ref()));
            let findings = found.as_ref().map_or(0, |found| found.score.findings);
            out.push_str(&format!(
                "{:<12} {:>5}  {}  {}  {}\n",
                branch.code,
                w::rate(rate),
                said.say(keep.lang),
                w::FINDINGS_N.fill(keep.lang, &[&findings]),
                tree.path(id, " / ")
            ));
        }
    }
    if json {
        out.push_str(&figures::json(&round));
    } else {
        let said = figures::text(&round, keep.lang);
        out.push_str(&if said.is_empty() { said } else { format!("\n{said}") });
    }
    Ok(out)
}

/// Says how far an inspection is, for scripts.
pub fn state(line: Option<&InspectionLine>) -> &'static str {
    match line {
        None => "not begun",
        Some(line) if line.signed.is_some() => "signed",
        Some(_) => "begun",
    }
}

/// Returns the word for how far an inspection is.
pub fn state_word(state: &str) -> &'static w::Word {
    match state {
        "signed" => &w::SIGNED,
        "begun" => &w::UNFINISHED,
        _ => &w::NOT_BEGUN,
    }
}

fn inspection(keep: &Keep, line: &RoundLine, branch: BranchId, args: &ShowArgs) -> Result<String, Outcome> {
    if args.trail {
        let entries = keep.reading().trail(Of::Inspection(line.id, branch), Rev(1), usize::MAX)?;
        let said = entries.iter().map(|entry| {
            if args.json {
                return serde_json::to_string(entry).unwrap_or_default() + "\n";
            }
            let when = format!("{} {}", w::china_day(entry.at), w::clock(entry.at));
            format!("{:>6} {when} {} {}\n", entry.seq.0, entry.by, entry_text(entry, keep.lang))
        });
        return Ok(said.collect());
    }
    if args.json {
        let value = report::inspection_json(keep.reading(), line.id, branch)?;
        return value.map(|value| format!("{value:#}\n")).ok_or_else(|| not_in_round(keep.lang));
    }
    let today = w::china_day(SystemClock::stamp());
    let paper = report::inspection_as_typed(keep.reading(), line.id, branch, keep.lang, today)?;
    paper.map(|paper| paper.text()).ok_or_else(|| not_in_round(keep.lang))
}

fn not_in_round(lang: Lang) -> Outcome {
    Outcome::Refused(w::R_NOT_IN_ROUND.say(lang).to_owned())
}
