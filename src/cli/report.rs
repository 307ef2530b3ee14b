//! `tijian report`: papers.

use super::Outcome;
use super::args::{BranchPaper, FormatArg, ItemPaper, LetterPaper, PressVerb, ReportVerb};
use super::keep::Keep;
use super::rectify::address;
use crate::config::World;
use crate::domain::{BranchId, Day, LookbackId, RectId, RoundId};
use crate::locales::{self as w, Lang};
use crate::report::{self, Letter, NoPaper, Paper};
use crate::session::SystemClock;
use crate::text::printable;

/// Runs it. Papers are in simplified characters unless a language was asked for: official papers use them.
pub fn run(world: &World, verb: &ReportVerb) -> Result<String, Outcome> {
    let keep = Keep::look(world)?;
    let lang = if world.lang_asked { world.lang } else { Lang::Hans };
    let today = w::china_day(SystemClock::stamp());
    let paper = drafted(&keep, verb, lang, today);
    keep.close()?;
    let said = match verb.format() {
        FormatArg::Text => paper?.text(),
        FormatArg::Md => paper?.markdown(),
    };
    Ok(printable(&said).into_owned())
}

fn drafted(keep: &Keep, verb: &ReportVerb, lang: Lang, today: Day) -> Result<Paper, Outcome> {
    let reading = keep.reading();
    let paper = match verb {
        ReportVerb::Inspection(args) => {
            let (round, branch) = of_branch(keep, args)?;
            report::inspection(reading, round, branch, lang, today)
                .map_err(NoPaper::from)
                .and_then(|paper| paper.ok_or(NoPaper::NotInRound))
        }
        ReportVerb::Notice(args) => {
            let (round, branch) = of_branch(keep, args)?;
            report::notice(reading, round, branch, lang, today)
        }
        ReportVerb::Plan(args) => {
            let (round, branch) = of_branch(keep, args)?;
            report::plan(reading, round, branch, lang, today)
        }
        ReportVerb::Closure(args) => report::closure(reading, of_item(keep, args)?, lang, today),
        ReportVerb::Extension(args) => report::extension(reading, of_item(keep, args)?, lang, today),
        ReportVerb::Lookback { id, .. } => report::lookback(reading, LookbackId(*id), lang, today),
        ReportVerb::Statistics { round, .. } => report::statistics(reading, keep.round(round)?.id, lang, today),
        ReportVerb::Press(PressVerb::Reminder(args)) => letter(keep, Letter::Reminder, args, lang, today)?,
        ReportVerb::Press(PressVerb::Urging(args)) => letter(keep, Letter::Urging, args, lang, today)?,
        ReportVerb::Press(PressVerb::Supervision(args)) => letter(keep, Letter::Supervision, args, lang, today)?,
        ReportVerb::Press(PressVerb::Talk(args)) => letter(keep, Letter::Talk, args, lang, today)?,
        ReportVerb::Press(PressVerb::Circular { round, .. }) => {
            report::circular(reading, keep.round(round)?.id, lang, today)
        }
    };
    paper.map_err(|why| match why {
        NoPaper::Read(fault) => fault.into(),
        why => Outcome::Refused(why.said(keep.lang)),
    })
}

fn of_branch(keep: &Keep, args: &BranchPaper) -> Result<(RoundId, BranchId), Outcome> {
    Ok((keep.round(&args.round)?.id, keep.branch(&args.branch)?))
}

fn of_item(keep: &Keep, args: &ItemPaper) -> Result<RectId, Outcome> {
    address::item(keep, &args.item).map(|(id, _)| id)
}

fn letter(
    keep: &Keep,
    letter: Letter,
    args: &LetterPaper,
    lang: Lang,
    today: Day,
) -> Result<Result<Paper, NoPaper>, Outcome> {
    let branch = keep.branch(&args.branch)?;
    Ok(report::press(keep.reading(), letter, branch, args.answer_by, lang, today))
}
