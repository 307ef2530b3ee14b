//! The figures that a round ended with, each time that it did.

use serde_json::json;

use crate::domain::{Figures, Frozen, RateKind, Round, Verdict, per_mille};
use crate::locales::{self as w, Lang};
use crate::text::{Ambiguous, pad};

/// Prints them for eyes; nothing where the round has never been over.
pub fn text(round: &Round, lang: Lang) -> String {
    let mut out = String::new();
    for (at, frozen) in (1..).zip(&round.frozen) {
        let on = w::day(frozen.figures.on, lang);
        let head = if frozen.reason.is_empty() {
            w::FIGURES_ON.fill(lang, &[&on])
        } else {
            w::FIGURES_CORRECTED.fill(lang, &[&on, &frozen.reason])
        };
        let later = if at < round.frozen.len() { w::FIGURES_LATER.say(lang) } else { "" };
        out.push_str(&format!("{head}{later}\n"));
        for (label, value) in rows(&frozen.figures, lang) {
            out.push_str(&format!("  {}  {value}\n", pad(&label, 28, Ambiguous::Narrow)));
        }
        out.push('\n');
    }
    if let Some(reason) = &round.correction {
        out.push_str(&format!("{}\n\n", w::CORRECTING.fill(lang, &[reason])));
    }
    out
}

fn rows(figures: &Figures, lang: Lang) -> Vec<(String, String)> {
    let verdicts: Vec<String> = (Verdict::ALL.into_iter())
        .map(|verdict| format!("{} {}", w::verdict(verdict).say(lang), figures.verdicts.times(verdict)))
        .collect();
    let mean = per_mille(figures.got, figures.applicable * 100);
    let mut rows = vec![
        (w::FIGURES_MEAN.say(lang).to_owned(), w::rate(mean)),
        (w::FIGURES_VERDICTS.say(lang).to_owned(), verdicts.join("  ")),
        (w::FIELD_FINDINGS.say(lang).to_owned(), figures.findings.to_string()),
    ];
    for kind in RateKind::ALL {
        rows.push((w::rate_kind(kind).say(lang).to_owned(), w::counted(figures.rates.rate(kind), lang)));
    }
    let days = &figures.rates.tally.days;
    rows.push((w::DAYS_MEAN.say(lang).to_owned(), w::days(days.mean())));
    rows.push((w::DAYS_MEDIAN.say(lang).to_owned(), w::days(days.median())));
    rows
}

/// Prints them as JSON, one object a line.
pub fn json(round: &Round) -> String {
    let object = |(at, frozen): (usize, &Frozen)| {
        let holds = at == round.frozen.len();
        let object = json!({
            "round": round.plan.code, "frozen": at, "holds": holds, "reason": frozen.reason, "figures": frozen.figures,
        });
        format!("{object}\n")
    };
    let correction = round
        .correction
        .as_ref()
        .map(|reason| format!("{}\n", json!({ "round": round.plan.code, "correction": reason })));
    (1..).zip(&round.frozen).map(object).chain(correction).collect()
}
