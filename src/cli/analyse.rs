//! `tijian analyse`: the figures of the analysis on the screen, as text and as JSON.

use serde_json::{Value, json};

use super::Outcome;
use super::args::AnalyseArgs;
use super::keep::Keep;
use crate::app::{AnalysisPage, Looker, Pane};
use crate::config::World;
use crate::domain::{AGES, BranchId, Ledger, LedgerAnalysis, Rate, RateKind, Reading, RoundId, Sum};
use crate::locales as w;
use crate::session::SystemClock;
use crate::text::printable;
use crate::view::{analysis_text, pane_word};

/// Runs `analyse`.
pub fn run(world: &World, args: &AnalyseArgs) -> Result<String, Outcome> {
    let keep = Keep::look(world)?;
    let said = said(&keep, args);
    keep.close()?;
    said
}

fn said(keep: &Keep, args: &AnalyseArgs) -> Result<String, Outcome> {
    let round = match &args.round {
        Some(code) => Some(keep.round(code)?.id),
        None => None,
    };
    let looker = Looker { me: keep.person.clone(), today: SystemClock::stamp().china_day() };
    let Some(mut page) = AnalysisPage::load(keep.reading(), looker, round)? else {
        return Err(Outcome::Refused(w::NO_ROUNDS_YET.say(keep.lang).to_owned()));
    };
    if page.ledger.is_none() {
        // A screen goes on while a large ledger is read; here there is nothing else to do.
        let mut ledger = Ledger::default();
        keep.reading().ledger((RoundId(0), BranchId(0)), &mut |id, finding| {
            ledger.take(id, &finding);
            std::ops::ControlFlow::Continue(())
        })?;
        page.count(keep.reading(), &ledger)?;
    }
    Ok(if args.json { format!("{}\n", object(&page)) } else { text(page, keep.lang) })
}

/// Spells every pane, one below the other.
fn text(mut page: AnalysisPage, lang: w::Lang) -> String {
    let mut out = format!("{}  {}  {}\n", w::ANALYSIS.say(lang), page.round.plan.code, page.round.plan.name);
    for pane in Pane::ALL {
        page.look(pane);
        if page.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{}\n", pane_word(pane).say(lang)));
        for line in (0..page.len()).filter_map(|at| analysis_text(&page, at, lang)) {
            out.push_str(&format!("  {}\n", printable(&line)));
        }
    }
    if page.looks.all.of > 0 {
        out.push_str(&format!("\n{}\n", w::A_GO_LOOKBACKS.say(lang)));
        for (id, relapse) in &page.looks.each {
            out.push_str(&format!("  {} {id}  {}\n", w::LOOKBACK.say(lang), w::both_ways(*relapse, lang)));
        }
        for (line, _) in page.rounds.iter().filter(|(line, _)| page.looks.rounds.contains_key(&line.id)) {
            let said = w::both_ways(page.looks.of(line.id), lang);
            out.push_str(&format!("  {}  {said}\n", printable(&line.plan.code)));
        }
    }
    out
}

fn sum(sum: Sum) -> Value {
    json!({ "got": sum.got, "applicable_tenths": sum.applicable, "rate_tenths": sum.rate() })
}

/// Spells the figures; rates are in tenths of a percent and carry their counts.
fn object(page: &AnalysisPage) -> Value {
    let code = |branch: BranchId| page.tree.line(branch).map(|line| line.code.clone());
    let columns = page.analysis.columns.iter().filter_map(|group| page.checklist.groups.get(*group));
    let groups = columns.zip(&page.analysis.groups).map(|(group, total)| {
        let mut object = sum(*total);
        object["group"] = json!(group.id);
        object
    });
    let branches = page.analysis.rows.iter().enumerate().map(|(row, (branch, total))| {
        let rates: Vec<_> = (0..page.analysis.columns.len()).map(|column| page.analysis.rate(row, column)).collect();
        let mut object = sum(*total);
        (object["branch"], object["groups"]) = (json!(code(*branch)), json!(rates));
        object
    });
    let trend = page.rounds.iter().map(|(line, total)| {
        let mut object = sum(*total);
        object["round"] = json!(line.plan.code);
        object
    });
    let failed = page.failed.iter().filter_map(|failed| {
        let item = page.checklist.items.get(failed.place)?;
        Some(json!({ "item": item.id, "branches": failed.branches, "of": failed.of }))
    });
    let ranks = page.ranks().iter().filter_map(|(rank, row)| {
        let (branch, total) = page.analysis.rows.get(*row)?;
        Some(json!({ "rank": rank, "branch": code(*branch), "rate_tenths": total.rate() }))
    });
    let both = page.ledger.as_deref();
    let seen = |relapse: Rate| json!({ "looked": relapse.of, "relapsed": relapse.got, "relapse_tenths": relapse.per_mille(), "effective_tenths": relapse.rest().per_mille() });
    let lookbacks = page.looks.each.iter().map(|(id, relapse)| {
        let mut object = seen(*relapse);
        object["lookback"] = json!(id);
        object
    });
    let looked = page.rounds.iter().filter(|(line, _)| page.looks.rounds.contains_key(&line.id)).map(|(line, _)| {
        let mut object = seen(page.looks.of(line.id));
        object["round"] = json!(line.plan.code);
        object
    });
    json!({
        "round": page.round.plan.code,
        "total": sum(page.analysis.total),
        "groups": groups.collect::<Vec<_>>(),
        "branches": branches.collect::<Vec<_>>(),
        "trend": trend.collect::<Vec<_>>(),
        "failed": failed.collect::<Vec<_>>(),
        "ranks": ranks.collect::<Vec<_>>(),
        "lookbacks": lookbacks.collect::<Vec<_>>(),
        "looked_at_by_round": looked.collect::<Vec<_>>(),
        "ledger": both.map(|[own, _]| figures(own)),
        "ledger_of_all_rounds": both.map(|[_, all]| figures(all)),
    })
}

fn figures(analysis: &LedgerAnalysis) -> Value {
    let ages = AGES
        .iter()
        .zip(&analysis.ages)
        .map(|(from, age)| json!({ "from_days": from, "open": age.open, "overdue": age.overdue }));
    let rate = |rate: Rate| json!({ "got": rate.got, "of": rate.of, "rate_tenths": rate.per_mille() });
    let rates: serde_json::Map<String, Value> =
        RateKind::ALL.iter().map(|kind| (name(*kind).to_owned(), rate(analysis.rates.rate(*kind)))).collect();
    json!({ "ages": ages.collect::<Vec<_>>(), "rates": rates })
}

const fn name(kind: RateKind) -> &'static str {
    match kind {
        RateKind::Closing => "closing",
        RateKind::Measures => "measures",
        RateKind::OnTime => "on_time",
        RateKind::Extended => "extended_on_time",
        RateKind::Overdue => "overdue",
        RateKind::FirstPass => "first_pass",
        RateKind::Relapse => "relapse",
        RateKind::Effective => "effective",
        RateKind::Coverage => "coverage",
    }
}
