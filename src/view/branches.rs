//! The tree of units, and one unit's page.

use super::{Pen, Tint};
use crate::app::{BranchPage, Branches, Model};
use crate::domain::{BranchLine, per_mille};
use crate::locales as w;
use crate::text;

/// Draws the tree.
pub fn tree(pen: &mut Pen<'_>, model: &Model, branches: &Branches) {
    let (lang, width) = (model.lang, pen.area.width);
    let count = w::N_BRANCHES.fill(lang, &[&branches.rows.len()]);
    pen.text(1, 1, width, &count, Tint::Dim);
    if branches.rows.is_empty() {
        let word = if branches.tree.lines.is_empty() { &w::NO_BRANCHES_YET } else { &w::NO_MATCH };
        pen.wrapped(2, 3, width - 4, 3, word.say(lang), Tint::Dim);
        return;
    }
    let rows = model.list_rows();
    let filtered = !branches.filter_text().is_empty();
    for (y, row) in (2..).zip(branches.cursor.sight(branches.rows.len(), rows)) {
        let Some(line) = branches.line(row) else { continue };
        let selected = row == branches.cursor.at;
        pen.marker(0, y, selected);
        let kind = w::branch_kind(line.kind).say(lang);
        let state = if line.active { "" } else { w::RETIRED.say(lang) };
        let right = format!("{state}  {kind}");
        let end = pen.text_right(width - 1, y, &right, Tint::Dim);
        let code = text::pad(&line.code, 12, model.ambiguous);
        pen.text(2, y, 12, &code, Tint::Dim);
        name(pen, branches, line, (15, y, end.saturating_sub(1)), filtered);
    }
}

fn name(pen: &mut Pen<'_>, branches: &Branches, line: &BranchLine, (x, y, end): (u16, u16, u16), filtered: bool) {
    let tint = if line.active { Tint::Plain } else { Tint::Dim };
    if filtered {
        // Without its neighbours a name says little: the path of what is above stands behind it.
        let between = if pen.look.ascii { " > " } else { " › " };
        let above = line.parent.map(|parent| branches.tree.path(parent, between)).unwrap_or_default();
        pen.run(x, y, end, &[(&line.name, tint), ("   ", Tint::Plain), (&above, Tint::Dim)]);
    } else {
        let indent = u16::from(line.depth.min(8)) * 2;
        pen.text(x + indent, y, end.saturating_sub(x + indent), &line.name, tint);
    }
}

/// Draws one unit.
pub fn page(pen: &mut Pen<'_>, model: &Model, page: &BranchPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let facts = &page.branch.facts;
    let path = if pen.look.ascii { page.path.replace('›', ">") } else { page.path.clone() };
    pen.text(1, 1, width - 2, &path, Tint::Strong);
    let mut about = vec![facts.code.clone(), w::branch_kind(facts.kind).say(lang).to_owned()];
    if !page.branch.active {
        about.push(w::RETIRED.say(lang).to_owned());
    }
    let number = |number: Option<u16>| number.map_or_else(|| "—".to_owned(), |number| number.to_string());
    about.push(w::MEMBERS.fill(lang, &[&number(facts.all_members), &number(facts.full_members)]));
    if let (Some(start), Some(years)) = (facts.term_start, facts.term_years) {
        about.push(w::TERM.fill(lang, &[&start, &years]));
    }
    if page.below > 0 {
        about.push(w::BELOW.fill(lang, &[&page.below]));
    }
    pen.text(1, 2, width - 2, &about.join("   "), Tint::Plain);
    if !facts.full_name.is_empty() {
        pen.text(1, 3, width - 2, &facts.full_name, Tint::Dim);
    }
    pen.rule(0, 4, width);
    let rates: Vec<u32> = (page.rounds.iter().rev())
        .filter_map(|(_, line)| line.as_ref())
        .filter_map(|line| per_mille(line.score.got, u64::from(line.score.applicable) * 100))
        .collect();
    if rates.len() > 1 && !pen.look.ascii {
        pen.run(
            1,
            5,
            width,
            &[(w::SCORE.say(lang), Tint::Dim), ("  ", Tint::Plain), (&sparkline(&rates), Tint::Plain)],
        );
    }
    if page.rounds.is_empty() {
        pen.wrapped(2, 6, width.saturating_sub(4), 3, w::IN_NO_ROUND.say(lang), Tint::Dim);
    }
    let rows = pen.area.height.saturating_sub(8);
    let top = page.cursor.at.saturating_sub(usize::from(rows).saturating_sub(1));
    for (y, (at, (round, line))) in (6..6 + rows).zip(page.rounds.iter().enumerate().skip(top)) {
        let selected = at == page.cursor.at;
        pen.marker(0, y, selected);
        let said = match line {
            None => w::NOT_BEGUN.say(lang).to_owned(),
            Some(line) => {
                let rate = per_mille(line.score.got, u64::from(line.score.applicable) * 100);
                let state = if line.signed.is_some() { &w::SIGNED } else { &w::UNFINISHED };
                let findings = w::FINDINGS_N.fill(lang, &[&line.score.findings]);
                format!("{:>6}  {}  {findings}", w::rate(rate), state.say(lang))
            }
        };
        let end = pen.text_right(width - 1, y, &said, Tint::Plain);
        let name = format!("{}  {}", text::pad(&round.plan.code, 10, model.ambiguous), round.plan.name);
        pen.text(2, y, end.saturating_sub(3), &name, Tint::Plain);
    }
}

/// Draws rates as eight heights of a bar, 40 % at the bottom.
fn sparkline(rates: &[u32]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let bar = |rate: &u32| BARS[(rate.clamp(&400, &999) - 400) as usize * BARS.len() / 600];
    rates.iter().map(bar).collect()
}
