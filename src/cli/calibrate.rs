//! `tijian calibrate`: two inspectors judge the same items blind, from a script (校準).

use serde_json::{Value, json};

use super::args::{CalibrateVerb, InspectionArgs, TakeArgs};
use super::keep::{Keep, entered};
use super::{Outcome, outcome};
use crate::app::CalibrationPage;
use crate::config::World;
use crate::domain::{
    Calibration, CalibrationCommand, CalibrationId, CalibrationRefusal, Command, Ending, Extent, ItemId, PersonId,
    Reading, Rev, Side,
};
use crate::locales as w;
use crate::text::printable;
use crate::view::{calibration_lines, calibration_title, compared_text, given_text};

/// Runs it.
pub fn run(world: &World, verb: &CalibrateVerb) -> Result<String, Outcome> {
    let looks = matches!(verb, CalibrateVerb::Show { .. });
    let mut keep = if looks { Keep::look(world)? } else { Keep::open(world)? };
    let said = match verb {
        CalibrateVerb::Begin { of, first, second, part } => begin(&mut keep, of, [first, second], part.as_deref()),
        CalibrateVerb::Show { of, number, json } => show(&keep, of, *number, *json),
        CalibrateVerb::HandIn { of } => act(&mut keep, of, CalibrationCommand::HandIn),
        CalibrateVerb::Take(args) => take(&mut keep, args),
        CalibrateVerb::Merge { of } => act(&mut keep, of, CalibrationCommand::Merge),
        CalibrateVerb::CallOff { of, reason } => {
            outcome::warn_of_persons([Some(reason.as_str())], keep.lang);
            act(&mut keep, of, CalibrationCommand::CallOff { reason: entered(reason) })
        }
    };
    keep.close()?;
    said
}

fn refused(keep: &Keep, refusal: CalibrationRefusal) -> Outcome {
    Outcome::Refused(w::said(&refusal.into(), keep.lang))
}

/// Finds the calibrations of an inspection.
fn all(keep: &Keep, of: &InspectionArgs) -> Result<(CalibrationId, Vec<Calibration>), Outcome> {
    let (round, branch) = (keep.round(&of.round)?.id, keep.branch(&of.branch)?);
    let all = keep.reading().calibrations(round, branch)?;
    let n = all.last().map_or(0, |last| last.id.n).saturating_add(1);
    Ok((CalibrationId { round, branch, n }, all))
}

fn latest(keep: &Keep, of: &InspectionArgs) -> Result<Calibration, Outcome> {
    let last = all(keep, of)?.1.pop();
    last.ok_or_else(|| Outcome::Refused(w::NO_CALIBRATION.say(keep.lang).to_owned()))
}

fn begin(keep: &mut Keep, of: &InspectionArgs, two: [&String; 2], part: Option<&str>) -> Result<String, Outcome> {
    let (id, _) = all(keep, of)?;
    let extent = match part {
        None => Extent::Whole,
        Some(code) => {
            let round = keep.reading().round(id.round)?;
            let checklist = round.map(|round| keep.reading().checklist(&round.plan.edition)).transpose()?.flatten();
            let found = checklist.and_then(|checklist| Extent::named(&checklist, code.trim()));
            found.ok_or_else(|| refused(keep, CalibrationRefusal::NoSuchPart(entered(code))))?
        }
    };
    let walkers = two.map(|person| PersonId(entered(person)));
    keep.submit(Rev(0), Command::Calibration(id, CalibrationCommand::Begin { walkers, extent }))?;
    show(keep, of, None, false)
}

fn act(keep: &mut Keep, of: &InspectionArgs, command: CalibrationCommand) -> Result<String, Outcome> {
    let calibration = latest(keep, of)?;
    keep.submit(calibration.rev, Command::Calibration(calibration.id, command))?;
    Ok(outcome::done(keep.lang))
}

fn take(keep: &mut Keep, args: &TakeArgs) -> Result<String, Outcome> {
    outcome::warn_of_persons([Some(args.reason.as_str())], keep.lang);
    let choice = args.what.choice(entered(&args.reason));
    act(keep, &args.of, CalibrationCommand::Choose(vec![(ItemId(entered(&args.item)), choice)]))
}

fn show(keep: &Keep, of: &InspectionArgs, number: Option<u16>, json: bool) -> Result<String, Outcome> {
    let id = match number {
        None => latest(keep, of)?.id,
        Some(n) => CalibrationId { n, ..all(keep, of)?.0 },
    };
    let page = CalibrationPage::load(keep.reading(), id, &keep.person, None, 1)?;
    let page = page.ok_or_else(|| refused(keep, CalibrationRefusal::Unknown))?;
    if json {
        return Ok(format!("{:#}\n", as_json(&page, of)));
    }
    let lang = keep.lang;
    let mut out = format!("{} {}\n{}\n", page.round.plan.code, page.path, calibration_title(&page, lang));
    for line in calibration_lines(&page, lang) {
        out.push_str(&format!("  {line}\n"));
    }
    let rows = || (0..page.rows.len()).filter_map(|at| page.row(at));
    for compared in rows() {
        out.push_str(&format!("\n{}\n", compared_text(&page, compared, lang)));
        if !compared.agrees() || compared.notes.iter().any(|note| !note.is_empty()) {
            for side in Side::ALL {
                out.push_str(&format!("  {}\n", given_text(&page, compared, side, lang)));
            }
        }
    }
    Ok(printable(&out).into_owned())
}

fn as_json(page: &CalibrationPage, of: &InspectionArgs) -> Value {
    let calibration = &page.calibration;
    let two =
        |side: Side| json!({ "person": side.of(&calibration.walkers), "handed_in": side.of(&calibration.handed_in) });
    let end = calibration.end.as_ref().map(|end| {
        let reason = match &end.ending {
            Ending::Merged => None,
            Ending::CalledOff { reason } => Some(reason),
        };
        json!({ "merged": end.ending == Ending::Merged, "by": end.by, "at": end.at, "reason": reason })
    });
    let items = page.agreement.as_ref().map(|agreement| {
        let item = |compared: &crate::domain::Compared| {
            let settled = agreement.outcome(calibration, compared).and_then(|(judgement, _)| judgement);
            json!({
                "item": compared.item, "first": compared.given[0], "second": compared.given[1],
                "notes": compared.notes, "agree": compared.agrees(), "settled": settled,
                "by": calibration.chosen.get(&compared.item).map(|chosen| &chosen.by),
            })
        };
        agreement.items.iter().map(item).collect::<Vec<_>>()
    });
    let rate = page.agreement.as_ref().map(crate::domain::Agreement::rate);
    json!({
        "round": of.round, "branch": of.branch, "number": calibration.id.n, "rev": calibration.rev,
        "part": calibration.extent, "first": two(Side::First), "second": two(Side::Second),
        "by": calibration.by.0, "at": calibration.by.1, "end": end,
        "agreed": rate.map(|rate| rate.got), "compared": rate.map(|rate| rate.of), "items": items,
    })
}
