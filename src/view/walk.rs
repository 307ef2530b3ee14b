//! The walk: the cards with their items on the left, the item on the right.

use super::{Pen, Tint};
use crate::app::{Action, Model, Walk};
use crate::domain::{Item, Lang, Verdict, basis_caveat, basis_lines, slots_named};
use crate::locales::{self as w, verdict_glyph};
use crate::text;

/// Columns of the left side.
const LEFT: u16 = 22;

/// Draws the walk.
pub fn draw(pen: &mut Pen<'_>, model: &Model, walk: &Walk) {
    let (width, height) = (pen.area.width, pen.area.height);
    title(pen, model, walk);
    let left = if width >= 56 { LEFT } else { 0 };
    if left > 0 {
        cards(pen, model, walk, 2, height - 4);
        let down = if pen.look.ascii { "|" } else { "│" };
        for y in 2..height - 2 {
            pen.text(left, y, 1, down, Tint::Dim);
        }
    }
    if let Some(item) = walk.item() {
        let x = if left > 0 { left + 2 } else { 1 };
        body(pen, model, walk, item, x);
    }
}

fn title(pen: &mut Pen<'_>, model: &Model, walk: &Walk) {
    let (lang, width) = (model.lang, pen.area.width);
    let total = &walk.score.total;
    let mut right = format!("{}/{}  {} ", total.answered, total.items, w::LOST.fill(lang, &[&total.lost()]));
    if let Some(started) = walk.inspection.started.filter(|_| walk.inspection.signed.is_none()) {
        let minutes = (model.moment.stamp.0 - started.0).max(0) / 60_000;
        if minutes < 600 {
            right = format!("{right} {} ", w::MINUTES.fill(lang, &[&minutes]));
        }
    }
    if walk.inspection.signed.is_some() {
        right = format!("{right} [{}] ", w::SIGNED.say(lang));
    }
    let end = pen.text_right(width, 1, &right, Tint::Plain);
    let bar = 14.min(end.saturating_sub(30));
    let end = if bar >= 6 {
        pen.bar(end - bar - 1, 1, bar, u64::from(total.answered), u64::from(total.items));
        end - bar - 2
    } else {
        end.saturating_sub(1)
    };
    // The whole way down where there is room for it, else the branch alone.
    let long = format!("{} › {}", walk.round.plan.code, walk.path);
    let short = || format!("{} › {}", walk.round.plan.code, walk.branch.facts.name);
    let path = if pen.width(&long) < end.saturating_sub(2) { long } else { short() };
    let path = if pen.look.ascii { path.replace('›', ">") } else { path };
    pen.text(1, 1, end.saturating_sub(1), &path, Tint::Strong);
}

/// A line of the column of cards, by its place in the checklist.
enum CardLine {
    Card(usize),
    Taker(usize),
    Group(usize),
}

/// Draws the cards, each with its groups, each item a glyph.
fn cards(pen: &mut Pen<'_>, model: &Model, walk: &Walk, top: u16, rows: u16) {
    let here = walk.item().map(|item| usize::from(item.group));
    let mut lines = Vec::new();
    for card in 0..walk.checklist.cards.len() {
        lines.push(CardLine::Card(card));
        let below = Taken::of(pen, model, walk, card).is_some_and(|taken| !taken.beside);
        lines.extend(below.then_some(CardLine::Taker(card)));
        let groups = walk.checklist.groups.iter().enumerate().filter(|(_, group)| usize::from(group.card) == card);
        lines.extend(groups.map(|(group, _)| CardLine::Group(group)));
    }
    let current = lines.iter().position(|line| matches!(line, CardLine::Group(group) if Some(*group) == here));
    let rows = usize::from(rows);
    let skip = (current.unwrap_or_default() + 2).saturating_sub(rows).min(lines.len().saturating_sub(rows));
    for (y, line) in (top..).zip(lines.into_iter().skip(skip).take(rows)) {
        match line {
            CardLine::Card(at) => {
                let (answered, items) = walk.card_counts(at);
                let end = pen.text_right(LEFT - 1, y, &format!("{answered}/{items}"), Tint::Dim);
                let name = walk.checklist.cards.get(at).map_or("", |card| card.name.pick(model.lang));
                let behind = pen.text(1, y, end.saturating_sub(2), name, Tint::Strong);
                if let Some(taken) = Taken::of(pen, model, walk, at).filter(|taken| taken.beside) {
                    pen.text(behind + 1, y, end.saturating_sub(behind + 2), &taken.who, taken.tint);
                }
            }
            CardLine::Taker(at) => {
                if let Some(taken) = Taken::of(pen, model, walk, at) {
                    pen.text(3, y, LEFT - 4, &taken.who, taken.tint);
                }
            }
            CardLine::Group(at) => group_line(pen, model, walk, y, at, Some(at) == here),
        }
    }
}

/// Who has a card, as the column of cards says it.
struct Taken {
    who: String,
    tint: Tint,
    /// Whether it stands beside the card's name; else it has a line of its own.
    beside: bool,
}

impl Taken {
    fn of(pen: &Pen<'_>, model: &Model, walk: &Walk, card: usize) -> Option<Self> {
        let taker = walk.inspection.cards.get(&u8::try_from(card).ok()?)?;
        let mine = taker.by == model.me;
        let who = if mine { w::CARD_MINE.say(model.lang) } else { &taker.by.0 };
        let (answered, items) = walk.card_counts(card);
        let name = walk.checklist.cards.get(card).map_or("", |card| card.name.pick(model.lang));
        let wide = pen.width(name) + pen.width(who) + pen.width(&format!("{answered}/{items}")) + 3;
        let tint = if mine { Tint::Good } else { Tint::Warning };
        Some(Self { who: who.to_owned(), tint, beside: wide < LEFT })
    }
}

fn group_line(pen: &mut Pen<'_>, model: &Model, walk: &Walk, y: u16, group: usize, current: bool) {
    let id = walk.checklist.groups.get(group).map_or("", |group| group.id.as_str());
    pen.marker(0, y, current);
    let mut x = 1;
    x = pen.text(x, y, 3, &text::pad(id, 3, model.ambiguous), if current { Tint::Strong } else { Tint::Dim });
    let items = walk.checklist.items.iter().enumerate().filter(|(_, item)| usize::from(item.group) == group);
    for (place, item) in items {
        if x + 2 >= LEFT {
            break;
        }
        let verdict = walk.inspection.verdict(&item.id);
        let marked = verdict.is_none() && walk.inspection.marked(&item.id);
        let glyph = if marked { '*' } else { verdict_glyph(verdict) };
        let here = place == walk.at;
        let shown = if here { format!("[{glyph}]") } else { glyph.to_string() };
        x = pen.text(x, y, 3, &shown, if here { Tint::Strong } else { tint(verdict) });
    }
}

/// Returns how a verdict is drawn.
pub const fn tint(verdict: Option<Verdict>) -> Tint {
    match verdict {
        None | Some(Verdict::NotApplicable) => Tint::Dim,
        Some(Verdict::Pass) => Tint::Good,
        Some(Verdict::Good | Verdict::Fair) => Tint::Warning,
        Some(Verdict::Fail) => Tint::Bad,
    }
}

/// Says a verdict with its glyph.
pub fn verdict_text(verdict: Option<Verdict>, lang: Lang) -> String {
    let word = verdict.map_or(&w::NOT_CHECKED, w::verdict);
    format!("{} {}", verdict_glyph(verdict), word.say(lang))
}

fn body(pen: &mut Pen<'_>, model: &Model, walk: &Walk, item: &Item, x: u16) {
    let (lang, height) = (model.lang, pen.area.height);
    let cols = pen.area.width.saturating_sub(x + 1);
    let scored = walk.checklist.scored(item);
    let name = format!("{} {}", item.id, item.title.pick(lang));
    let points = w::POINTS_OF.fill(lang, &[&item.points]);
    let full = format!("{points} {}", w::severity(item.severity).say(lang));
    let right = match scored {
        false => w::UNSCORED.say(lang).to_owned(),
        true if pen.width(&name) + pen.width(&full) < cols => full,
        true => points,
    };
    let end = pen.text_right(x + cols, 2, &right, Tint::Dim);
    pen.text(x, 2, end.saturating_sub(x + 1), &name, Tint::Strong);
    // What is decided stands at the bottom and never scrolls away; what is read stands above it.
    let bottom = decided(walk, item, model, cols);
    let room = height.saturating_sub(5);
    let low = u16::try_from(bottom.len()).unwrap_or(room).min(room.saturating_sub(4).max(3));
    let top = room - low;
    let lines = reading(walk, item, model, cols);
    let skip = walk.scroll.min(lines.len().saturating_sub(usize::from(top)));
    let hidden = lines.len().saturating_sub(skip + usize::from(top));
    for (y, (text, tint)) in (3..3 + top).zip(lines.iter().skip(skip)) {
        let mut room = cols;
        if hidden > 0 && y == 2 + top {
            room = pen.text_right(x + cols, y, &format!(" PgDn +{hidden}"), Tint::Key).saturating_sub(x);
        }
        pen.text(x, y, room, text, *tint);
    }
    let shown = usize::from(low);
    for (y, (text, tint)) in (3 + top..3 + top + low).zip(&bottom) {
        if text.is_empty() {
            pen.rule(x, y, cols);
        } else {
            let last = y + 1 == 3 + top + low && bottom.len() > shown;
            let mark = if pen.look.ascii { ".." } else { "…" };
            pen.text(x, y, cols, &format!("{text}{}", if last { mark } else { "" }), *tint);
        }
    }
}

type Lines = Vec<(String, Tint)>;

/// Columns of the labels before the texts of an item.
const LABEL: usize = 8;

/// Puts an aside in the brackets of the language.
pub fn bracketed(text: &str, aside: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{text} ({aside})"),
        Lang::Hant | Lang::Hans => format!("{text}（{aside}）"),
    }
}

/// Adds a labelled text; its further lines stand under its first.
fn labelled(lines: &mut Lines, model: &Model, cols: u16, label: &str, text: &str, tint: Tint) {
    let room = usize::from(cols).saturating_sub(LABEL).max(8);
    for (at, line) in text::wrap(text, room, model.ambiguous).into_iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        lines.push((format!("{}{line}", text::pad(label, LABEL, model.ambiguous)), tint));
    }
}

/// Puts short pieces into lines without breaking any of them.
fn packed(pieces: &[String], room: usize, model: &Model) -> String {
    let (mut text, mut used) = (String::new(), 0);
    for piece in pieces {
        let wide = text::width(piece, model.ambiguous);
        if used > 0 {
            let fits = used + 2 + wide <= room;
            text.push_str(if fits { "  " } else { "\n" });
            used = if fits { used + 2 } else { 0 };
        }
        text.push_str(piece);
        used += wide;
    }
    text
}

fn reading(walk: &Walk, item: &Item, model: &Model, cols: u16) -> Lines {
    let lang = model.lang;
    let mut lines = Lines::new();
    labelled(&mut lines, model, cols, w::LOOK.say(lang), &slots_named(item.look.pick(lang), lang), Tint::Plain);
    let methods: Vec<&str> = item.methods.iter().map(|method| w::method(*method).say(lang)).collect();
    let between = if lang == Lang::En { ", " } else { "、" };
    let mut papers = item.evidence_lines(lang).collect::<Vec<_>>().join(between);
    if !methods.is_empty() {
        papers = bracketed(&methods.join(between), &papers, lang);
    }
    labelled(&mut lines, model, cols, w::EVIDENCE.say(lang), &papers, Tint::Plain);
    let profile = walk.branch.facts.profile.unwrap_or(walk.round.plan.profile);
    let basis = basis_lines(&walk.checklist, item, profile, lang);
    if !basis.is_empty() {
        let said = basis.join(if lang == Lang::En { "; " } else { "；" });
        let text = bracketed(&said, basis_caveat(lang), lang);
        labelled(&mut lines, model, cols, w::BASIS.say(lang), &text, Tint::Dim);
    }
    if item.first_round_na && walk.before.is_none() && walk.inspection.verdict(&item.id).is_none() {
        labelled(&mut lines, model, cols, "", w::FIRST_ROUND_NA.say(lang), Tint::Dim);
    }
    if item.sensitive {
        labelled(&mut lines, model, cols, "!", w::SENSITIVE.say(lang), Tint::Warning);
    }
    let last = walk.before.as_ref().map(|before| {
        let verdict = before.inspection.verdict(&item.id);
        let mut said = format!("{} {}", before.code, verdict_text(verdict, lang));
        if let Some((_, finding)) = before.inspection.findings_on(&item.id).last() {
            let [open, close] = match lang {
                Lang::Hant => ["「", "」"],
                Lang::Hans => ["“", "”"],
                Lang::En => ["\"", "\""],
            };
            said = format!("{said} {open}{}{close}", finding.facts.fact);
        }
        (said, verdict)
    });
    let repeat = walk.repeats.contains(&item.id);
    match last {
        Some((mut said, verdict)) => {
            if repeat {
                said = format!("{said} [{}]", w::REPEATED.say(lang));
            }
            labelled(&mut lines, model, cols, w::LAST_TIME.say(lang), &said, tint(verdict));
        }
        None => labelled(&mut lines, model, cols, w::LAST_TIME.say(lang), w::NO_LAST.say(lang), Tint::Dim),
    }
    lines
}

fn decided(walk: &Walk, item: &Item, model: &Model, cols: u16) -> Lines {
    let lang = model.lang;
    let mut lines = vec![(String::new(), Tint::Dim)];
    let cell = walk.inspection.cells.get(&item.id);
    let verdict = walk.inspection.verdict(&item.id);
    let room = usize::from(cols).saturating_sub(LABEL);
    let mut said = vec![verdict_text(verdict, lang)];
    if let Some(cell) = cell {
        if !cell.reason.is_empty() {
            said = vec![bracketed(&said.concat(), &cell.reason, lang)];
        }
        if cell.marked {
            said.push(format!("* {}", w::MARKED.say(lang)));
        }
        said.push(format!("{} {}", cell.by, w::clock(cell.at)));
    }
    let said = packed(&said, room, model);
    if let Some(taker) = walk.taker().filter(|taker| taker.by != model.me) {
        labelled(&mut lines, model, cols, w::CARD.say(lang), &w::card_of(taker, lang), Tint::Warning);
    }
    labelled(&mut lines, model, cols, w::VERDICT.say(lang), &said, tint(verdict));
    if walk.inspection.signed.is_none() {
        let offered: Vec<String> = [Action::Pass, Action::Good, Action::Fair, Action::Fail, Action::NotApplicable]
            .into_iter()
            .zip(Verdict::ALL)
            .filter(|(_, verdict)| walk.round.plan.scale.allows(*verdict))
            .map(|(action, _)| format!("{} {}", model.keys_of(action), action.word().say(lang)))
            .collect();
        labelled(&mut lines, model, cols, "", &packed(&offered, room, model), Tint::Key);
    }
    let note = walk.inspection.note(&item.id);
    if !note.is_empty() {
        let first: Vec<String> = text::wrap(note, usize::from(cols).saturating_sub(LABEL).max(8), model.ambiguous);
        let shown = first.iter().take(3).cloned().collect::<Vec<_>>().join("\n");
        labelled(&mut lines, model, cols, w::NOTE.say(lang), &shown, Tint::Plain);
    }
    for (n, finding) in walk.inspection.findings_on(&item.id) {
        let facts = &finding.facts;
        let terms = [
            w::severity(facts.severity).say(lang),
            w::class(facts.class).say(lang),
            &format!("{} {}", w::DUE.say(lang), facts.due),
        ];
        let terms = terms.join(if lang == Lang::En { ", " } else { " " });
        let said = bracketed(&format!("{n:02} {}", facts.fact), &terms, lang);
        labelled(&mut lines, model, cols, w::FINDING.say(lang), &said, Tint::Bad);
    }
    lines
}
