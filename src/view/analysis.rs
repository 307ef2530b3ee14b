//! The analysis: what people would rather look at than read, with the figure beside every bar.

use super::{Pen, Tint};
use crate::app::{AnalysisPage, FigureNumber, Model, Pane};
use crate::domain::{AGES, Age, BranchId, Figure, Grade, Ranking, Share, per_mille};
use crate::locales::{self as w, Lang};
use crate::text;

/// Columns of a cell of the heat map: the mark of the selected one, a number with its mark, and a blank.
const CELL: u16 = 5;

/// Draws the analysis.
pub fn draw(pen: &mut Pen<'_>, model: &Model, page: &AnalysisPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let right = format!("{} ", page.round.plan.code);
    let end = pen.text_right(width, 1, &right, Tint::Dim);
    let mut x = 1;
    for (n, pane) in (1..).zip(Pane::ALL) {
        let (word, selected) = (pane_word(pane).say(lang), pane == page.pane);
        let said = if selected { format!("[{n} {word}]") } else { format!(" {n} {word} ") };
        let tint = if selected { Tint::Strong } else { Tint::Dim };
        if x + pen.width(&said) <= end {
            x = pen.text(x, 1, end - x, &said, tint);
        }
    }
    match page.pane {
        Pane::Heat => heat(pen, model, page),
        Pane::Trend => trend(pen, model, page),
        Pane::Items => items(pen, model, page),
        Pane::Ranks => ranks(pen, model, page),
        Pane::Ledger => ledger(pen, model, page),
    }
}

/// Returns the word of a pane.
pub const fn pane_word(pane: Pane) -> &'static w::Word {
    match pane {
        Pane::Heat => &w::PANE_HEAT,
        Pane::Trend => &w::PANE_TREND,
        Pane::Items => &w::PANE_ITEMS,
        Pane::Ranks => &w::PANE_RANKS,
        Pane::Ledger => &w::PANE_LEDGER,
    }
}

/// Visits the lines in sight: the row of the window, and which line.
fn sight(model: &Model, page: &AnalysisPage) -> impl Iterator<Item = (u16, usize)> + use<> {
    (3u16..).zip(page.cursor.sight(page.len(), model.analysis_rows()))
}

/// What a rate means by the bounds of the round: colour, and a mark that says the same.
fn grade(page: &AnalysisPage, rate: Option<u32>) -> (Tint, &'static str) {
    match rate.map(|rate| page.round.plan.grades.grade(rate)) {
        None => (Tint::Dim, ""),
        Some(Grade::Excellent) => (Tint::Good, ""),
        Some(Grade::Good) => (Tint::Plain, ""),
        Some(Grade::Pass) => (Tint::Warning, "~"),
        Some(Grade::Fail) => (Tint::Bad, "!"),
    }
}

fn cell(page: &AnalysisPage, rate: Option<u32>) -> (String, Tint) {
    let (tint, mark) = grade(page, rate);
    let number = rate.map_or_else(|| "-".to_owned(), |rate| ((rate + 5) / 10).to_string());
    (format!("{:>3}", format!("{mark}{number}")), tint)
}

fn heat(pen: &mut Pen<'_>, model: &Model, page: &AnalysisPage) {
    let (lang, width) = (model.lang, pen.area.width);
    if page.is_empty() {
        pen.wrapped(2, 3, width - 4, 2, w::NOTHING_SIGNED.say(lang), Tint::Dim);
        return;
    }
    let columns = page.analysis.columns.len();
    let name = (width / 4).clamp(10, 28);
    let room = usize::from(width.saturating_sub(name + 2 + CELL + 1) / CELL).max(1);
    // The selected column is in sight, with as many before it as there is room for.
    let first = (page.column + 1).saturating_sub(room).min(columns.saturating_sub(room));
    let shown = first..(first + room).min(columns);
    let group = |column: usize| page.analysis.columns.get(column).and_then(|group| page.checklist.groups.get(*group));
    let title = group(page.column).map_or_else(String::new, |group| format!("{} {}", group.id, group.name.pick(lang)));
    pen.text(2, 2, name, &title, Tint::Strong);
    let x = |column: usize| 2 + name + CELL * u16::try_from(column - first).unwrap_or_default();
    for column in shown.clone() {
        let code = group(column).map_or("", |group| group.id.as_str());
        let tint = if column == page.column { Tint::Strong } else { Tint::Dim };
        pen.text_right(x(column) + CELL - 1, 2, code, tint);
    }
    let total = x(shown.end) + CELL + 1;
    pen.text_right(total, 2, w::SCORE.say(lang), Tint::Dim);
    for (y, at) in sight(model, page) {
        let Some((branch, sum)) = page.analysis.rows.get(at).copied() else { continue };
        let selected = at == page.cursor.at;
        pen.marker(0, y, selected);
        branch_name(pen, page, branch, (2, y, name));
        for column in shown.clone() {
            let (said, tint) = cell(page, page.analysis.rate(at, column));
            if selected && column == page.column {
                pen.marker(x(column), y, true);
            }
            pen.text(x(column) + 1, y, 3, &said, tint);
        }
        let (said, tint) = cell(page, sum.rate());
        pen.text_right(total, y, &said, tint);
    }
    let y = pen.area.height - 3;
    pen.text(2, y, name, w::ALL_OF_IT.say(lang), Tint::Dim);
    for column in shown.clone() {
        let (said, tint) = cell(page, page.analysis.groups.get(column).and_then(|sum| sum.rate()));
        pen.text(x(column) + 1, y, 3, &said, tint);
    }
    let (said, tint) = cell(page, page.analysis.total.rate());
    pen.text_right(total, y, &said, tint);
}

fn branch_name(pen: &mut Pen<'_>, page: &AnalysisPage, id: BranchId, (x, y, cols): (u16, u16, u16)) {
    let Some(line) = page.tree.line(id) else { return };
    let above = line.parent.and_then(|parent| page.tree.line(parent)).map_or("", |parent| parent.name.as_str());
    let end = x + cols;
    let at = pen.text(x, y, cols.saturating_sub(1), &line.name, Tint::Plain);
    if at + 4 < end {
        pen.text(at + 1, y, end.saturating_sub(at + 2), above, Tint::Dim);
    }
}

/// Draws rates as a line of small bars, the earliest first.
fn spark(rates: impl Iterator<Item = Option<u32>>, ascii: bool) -> String {
    let levels: [char; 8] = if ascii {
        ['_', '.', ',', '-', '~', '=', '+', '#']
    } else {
        ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
    };
    let level = |rate: u32| levels.get((rate.min(999) * 8 / 1000) as usize).copied().unwrap_or(' ');
    rates.map(|rate| rate.map_or(' ', level)).collect()
}

fn trend(pen: &mut Pen<'_>, model: &Model, page: &AnalysisPage) {
    let width = pen.area.width;
    let line = spark(page.rounds.iter().rev().map(|(_, sum)| sum.rate()), pen.look.ascii);
    pen.text(2, 2, width - 4, &line, Tint::Plain);
    for (y, at) in sight(model, page) {
        let Some((line, sum)) = page.rounds.get(at) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        let said = format!("{:>5}  ", w::rate(sum.rate()));
        let end = pen.text_right(width - 1, y, &said, grade(page, sum.rate()).0);
        let code = text::pad(&line.plan.code, 10, model.ambiguous);
        let half = width / 2;
        pen.run(2, y, half, &[(&code, Tint::Dim), (" ", Tint::Plain), (&line.plan.name, Tint::Plain)]);
        pen.bar(half + 1, y, end.saturating_sub(half + 2), u64::from(sum.rate().unwrap_or_default()), 1000);
    }
}

fn items(pen: &mut Pen<'_>, model: &Model, page: &AnalysisPage) {
    let (lang, width) = (model.lang, pen.area.width);
    if page.is_empty() {
        pen.wrapped(2, 3, width - 4, 2, w::NO_MATCH.say(lang), Tint::Dim);
    }
    if !page.is_empty() {
        let word = if page.column == 0 { &w::V_FAIL } else { &w::JUDGED };
        pen.text_right(width - 1, 2, &format!("[{}]", word.say(lang)), Tint::Strong);
    }
    for (y, at) in sight(model, page) {
        let Some(failed) = page.failed.get(at).copied() else { continue };
        let Some(item) = page.checklist.items.get(failed.place) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        let said = w::FAILED_IN.fill(lang, &[&failed.branches, &failed.of]);
        let end = pen.text_right(width - 1, y, &said, Tint::Plain);
        let bar = (width / 5).min(24);
        pen.bar(end.saturating_sub(bar + 1), y, bar, failed.branches.into(), failed.of.into());
        let name = end.saturating_sub(bar + 4);
        pen.run(2, y, name, &[(&item.id.0, Tint::Dim), (" ", Tint::Plain), (item.title.pick(lang), Tint::Plain)]);
    }
}

fn ranks(pen: &mut Pen<'_>, model: &Model, page: &AnalysisPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let why = match &page.ranking {
        Ranking::Off => w::RANKS_OFF.say(lang).to_owned(),
        Ranking::TooFew(signed) => w::RANKS_FEW.fill(lang, &[signed, &crate::domain::RANKED_FROM]),
        Ranking::Ranks(_) => String::new(),
    };
    pen.wrapped(2, 3, width - 4, 2, &why, Tint::Dim);
    for (y, at) in sight(model, page) {
        let (Some((rank, _)), Some((branch, sum))) = (page.ranks().get(at), page.branch(at)) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        let end = pen.text_right(width - 1, y, &format!("{:>5}", w::rate(sum.rate())), grade(page, sum.rate()).0);
        let bar = (width / 4).min(30);
        pen.bar(end.saturating_sub(bar + 1), y, bar, u64::from(sum.rate().unwrap_or_default()), 1000);
        let x = pen.text(2, y, 10, &w::RANK_N.fill(lang, &[rank]), Tint::Dim);
        branch_name(pen, page, branch, (x.max(10) + 1, y, end.saturating_sub(bar + 14)));
    }
}

fn ledger(pen: &mut Pen<'_>, model: &Model, page: &AnalysisPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let Some(both) = &page.ledger else {
        pen.text(2, 3, width - 4, &w::LEDGER_COMING.fill(lang, &[&page.coming]), Tint::Dim);
        return;
    };
    let [own, all] = &**both;
    let last = width - 1;
    let column = (width / 4).min(24);
    let number = page.number();
    for (x, own) in [(last, false), (last - column, true)] {
        let word = if own { w::THIS_ROUND.say(lang) } else { w::EVERY_ROUND.say(lang) };
        match number.filter(|(_, number)| number.own == own) {
            Some((figure, FigureNumber { share, .. })) => {
                let said = format!("[{word} {}]", share_word(figure, share).say(lang));
                pen.text_right(x, 2, &said, Tint::Strong);
            }
            None => drop(pen.text_right(x, 2, word, Tint::Dim)),
        }
    }
    let oldest = all.ages.iter().map(|age| age.open).max().unwrap_or_default();
    for (y, at) in sight(model, page) {
        let Some(figure) = Figure::all().nth(at) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        let end = pen.text(2, y, width, &figure_word(figure, lang), Tint::Plain);
        let said = |analysis| figure_text(analysis, figure, lang);
        let of_all = pen.text_right(last, y, &said(all), Tint::Plain);
        let start = pen.text_right(last - column, y, &said(own), Tint::Plain);
        if let Some((_, number)) = number.filter(|_| at == page.cursor.at) {
            pen.marker(if number.own { start } else { of_all }.saturating_sub(1), y, true);
        }
        if let Figure::Age(age) = figure {
            let open = all.ages.get(age).map_or(0, |age| age.open);
            let x = end.max(width / 3) + 1;
            pen.bar(x, y, start.saturating_sub(x + 2), open.into(), oldest.into());
        }
    }
    let apart = &own.rates.standing;
    if apart.overdue.of + apart.measures.of > 0 {
        let said = w::STANDING_APART.fill(lang, &[&w::counted(apart.measures, lang)]);
        pen.text(2, pen.area.height - 3, width - 4, &said, Tint::Dim);
    }
}

/// Returns the word of one of the two numbers of a figure.
pub const fn share_word(figure: Figure, share: Share) -> &'static w::Word {
    match (figure, share) {
        (Figure::Age(_), Share::Whole) => &w::V_OPEN,
        (Figure::Age(_), Share::Part) => &w::V_OVERDUE,
        (Figure::Rate(_), Share::Whole) => &w::SHARE_WHOLE,
        (Figure::Rate(_), Share::Part) => &w::SHARE_PART,
    }
}

/// Returns the words of a figure of the ledger.
pub fn figure_word(figure: Figure, lang: Lang) -> String {
    match figure {
        Figure::Age(age) => {
            let from = AGES.get(age).copied().unwrap_or_default();
            w::age(from, AGES.get(age + 1).map(|next| next - 1), lang)
        }
        Figure::Rate(kind) => w::rate_kind(kind).say(lang).to_owned(),
    }
}

/// Says a figure of the ledger.
pub fn figure_text(analysis: &crate::domain::LedgerAnalysis, figure: Figure, lang: Lang) -> String {
    match figure {
        Figure::Age(age) => match analysis.ages.get(age) {
            Some(Age { open, overdue: 0 }) => open.to_string(),
            Some(Age { open, overdue }) => w::AGE_OF.fill(lang, &[open, overdue]),
            None => String::new(),
        },
        Figure::Rate(kind) => w::counted(analysis.rates.rate(kind), lang),
    }
}

/// Says a line of a pane.
pub fn line_text(page: &AnalysisPage, at: usize, lang: Lang) -> Option<String> {
    let named = |branch: BranchId| page.tree.path(branch, " / ");
    Some(match page.pane {
        Pane::Heat => {
            let (branch, sum) = page.branch(at)?;
            let groups = page.analysis.columns.iter().enumerate().filter_map(|(column, group)| {
                Some(format!("{} {}", page.checklist.groups.get(*group)?.id, w::rate(page.analysis.rate(at, column))))
            });
            let groups = groups.collect::<Vec<_>>().join("  ");
            format!("{}  {} {}  {groups}", named(branch), w::SCORE.say(lang), w::rate(sum.rate()))
        }
        Pane::Trend => {
            let (line, sum) = page.rounds.get(at)?;
            format!("{} {}  {} {}", line.plan.code, line.plan.name, w::SCORE.say(lang), w::rate(sum.rate()))
        }
        Pane::Items => {
            let failed = page.failed.get(at)?;
            let item = page.checklist.items.get(failed.place)?;
            let said = w::FAILED_IN.fill(lang, &[&failed.branches, &failed.of]);
            format!("{} {}  {said}", item.id, item.title.pick(lang))
        }
        Pane::Ranks => {
            let (rank, _) = page.ranks().get(at)?;
            let (branch, sum) = page.branch(at)?;
            let score = w::rate(per_mille(sum.got, sum.applicable * 100));
            format!("{}  {}  {score}", w::RANK_N.fill(lang, &[rank]), named(branch))
        }
        Pane::Ledger => {
            let figure = Figure::all().nth(at)?;
            let both = page.ledger.as_ref()?;
            let [own, all] = both.as_ref().each_ref().map(|analysis| figure_text(analysis, figure, lang));
            let (this, every) = (w::THIS_ROUND.say(lang), w::EVERY_ROUND.say(lang));
            format!("{}  {this} {own}  {every} {all}", figure_word(figure, lang))
        }
    })
}
