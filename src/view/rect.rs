//! One rectification item: what it is about, how it stands, what was done, and what can be done now.

use super::ledger::{severity_tint, standing_tint, state_tint};
use super::{Pen, Tint};
use crate::app::{Model, RectPage, action_of};
use crate::domain::{Lang, Rectification, Recurrence};
use crate::locales as w;
use crate::text;

/// Columns of the labels.
const LABEL: usize = 10;

/// Draws an item's page.
pub fn draw(pen: &mut Pen<'_>, model: &Model, page: &RectPage) {
    let (lang, width, height) = (model.lang, pen.area.width, pen.area.height);
    let Some(rect) = page.rect() else { return };
    let right = format!("{} ", w::state(rect.state).say(lang));
    let end = pen.text_right(width, 1, &right, state_tint(rect.state));
    let path = format!("{} › {}", page.round.plan.code, page.path);
    let path = if pen.look.ascii { path.replace('›', ">") } else { path };
    pen.text(1, 1, end.saturating_sub(2), &path, Tint::Strong);
    let steps = offered(pen, model, page);
    let bottom = height.saturating_sub(2 + u16::try_from(steps.len()).unwrap_or_default() + 1);
    let room = usize::from(bottom.saturating_sub(2));
    let mut lines = Vec::new();
    let mut before = String::new();
    for (label, text, tint) in texts(page, rect, lang) {
        let cols = usize::from(width).saturating_sub(LABEL + 2).max(8);
        for (at, line) in text::wrap(&text, cols, model.ambiguous).into_iter().enumerate() {
            let label = if at == 0 && label != before { label.as_str() } else { "" };
            lines.push((text::pad(label, LABEL, model.ambiguous), line, tint));
        }
        before = label;
    }
    // What lies below the last line is no place to stand.
    let skip = page.scroll.min(lines.len().saturating_sub(room));
    for (y, (label, line, tint)) in (2..bottom).zip(lines.iter().skip(skip)) {
        pen.run(1, y, width - 1, &[(label, Tint::Dim), (line, *tint)]);
    }
    let hidden = lines.len().saturating_sub(skip + room);
    pen.rule(0, bottom, width);
    if hidden > 0 {
        pen.text_right(width - 1, bottom, &format!(" PgDn +{hidden} "), Tint::Key);
    }
    for (y, line) in (bottom + 1..).zip(&steps) {
        pen.text(1, y, width - 2, line, Tint::Key);
    }
}

/// Lists the steps that can be taken now with their keys, in as many lines as they need.
fn offered(pen: &Pen<'_>, model: &Model, page: &RectPage) -> Vec<String> {
    let room = pen.area.width.saturating_sub(2);
    let mut lines = vec![String::new()];
    for (verb, _) in page.steps() {
        let Some(action) = action_of(verb) else { continue };
        let piece = format!("{} {}", model.keys_of(action), action.word().say(model.lang));
        let Some(last) = lines.last_mut() else { break };
        if last.is_empty() {
            last.push_str(&piece);
        } else if pen.width(last) + 2 + pen.width(&piece) <= room {
            last.push_str("  ");
            last.push_str(&piece);
        } else {
            lines.push(piece);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Says what an item is about, how it stands and what was done, label by label.
pub fn texts(page: &RectPage, rect: &Rectification, lang: Lang) -> Vec<(String, String, Tint)> {
    let today = page.looker.today;
    let facts = &page.followed.facts;
    let mut lines = Vec::new();
    let mut add = |label: &w::Word, text: String, tint: Tint| {
        if !text.is_empty() {
            lines.push((label.say(lang).to_owned(), text, tint));
        }
    };
    let title = page.asked.as_ref().map_or("", |item| item.title.pick(lang));
    let of = w::RECT_OF.fill(lang, &[&page.item, &page.followed.items.len()]);
    let number = format!("{:02}", page.followed.id.n);
    add(&w::S_ITEM, format!("{} {title}  {} {number}  {of}", facts.item, w::FINDING.say(lang)), Tint::Plain);
    add(&w::RECT_FACT, facts.fact.clone(), Tint::Plain);
    let grave = format!("{}  {}", w::severity(facts.severity).say(lang), w::class(facts.class).say(lang));
    add(&w::S_SEVERITY, grave, severity_tint(facts.severity));
    add(&w::RECT_CHAIN, chain(page, lang), Tint::Warning);
    let since = w::SINCE.fill(lang, &[&rect.since.by, &rect.since.on]);
    let mut state = format!("{}  {since}", w::state(rect.state).say(lang));
    if !rect.reason.is_empty() {
        state = format!("{state}  {}", rect.reason);
    }
    add(&w::RECT_STATE, state, state_tint(rect.state));
    let standing = rect.standing(today);
    let level = page.level();
    let mut due = vec![rect.last_day().to_string(), w::standing(standing, lang)];
    if rect.first_due != rect.facts.due {
        due.push(w::FIRST_DUE.fill(lang, &[&rect.first_due]));
    }
    due.extend((rect.extensions > 0).then(|| w::EXTENDED_N.fill(lang, &[&rect.extensions])));
    due.extend((rect.returns > 0).then(|| w::RETURNED_N.fill(lang, &[&rect.returns])));
    if level > crate::domain::Level::Normal {
        due.push(format!("[{}]", w::level(level).say(lang)));
    }
    due.retain(|part| !part.is_empty());
    add(&w::RECT_TERMS, due.join("  "), standing_tint(standing, page.policy().near));
    let posts = [&rect.facts.lead, &rect.facts.post].into_iter().filter(|post| !post.is_empty());
    add(&w::RECT_POSTS, posts.cloned().collect::<Vec<_>>().join(" / "), Tint::Plain);
    add(&w::FIELD_MEASURE, rect.facts.measure.clone(), Tint::Plain);
    if let Some(asked) = &rect.asked {
        add(&w::VERB_ASK, format!("{}  {}", asked.to, asked.reason), Tint::Warning);
    }
    if let Some(exempt) = &rect.exempt {
        add(
            &w::VERB_EXEMPT,
            format!("{}  {}", w::EXEMPT_UNTIL.fill(lang, &[&exempt.until]), exempt.reason),
            Tint::Plain,
        );
    }
    for evidence in &rect.evidence {
        let parts = [&evidence.title, &evidence.number, &evidence.date.to_string(), &evidence.place];
        let said: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        add(&w::EVIDENCE, said.join("  "), Tint::Plain);
    }
    if let Some(answers) = &rect.answers {
        let said =
            [(&w::FIELD_GONE, &answers.gone), (&w::FIELD_CAUSE, &answers.cause), (&w::FIELD_RULE, &answers.rule)];
        for (word, text) in said {
            add(&w::RECT_ANSWERS, format!("{}  {text}", word.say(lang)), Tint::Plain);
        }
    }
    // The newest first: it is what one comes to see.
    let done: Vec<_> = page.done().collect();
    for (entry, behalf, did) in done.into_iter().rev() {
        let when = format!("{} {}", entry.at.china_day(), w::clock(entry.at));
        let who = w::on_behalf(&entry.by.0, behalf, lang);
        add(&w::RECT_LINE, format!("{when} {who}  {}", w::step(did, lang)), Tint::Plain);
    }
    lines
}

/// Says where a finding comes from, where it was found before.
fn chain(page: &RectPage, lang: Lang) -> String {
    let recurrence = page.followed.recurrence();
    if recurrence == Recurrence::First {
        return String::new();
    }
    let mut said = vec![w::recurrence(recurrence).say(lang).to_owned(), w::NTH_TIME.fill(lang, &[&page.followed.nth])];
    let before = page.before.as_deref().unwrap_or_default();
    said.extend((!before.is_empty()).then(|| w::REPEAT_OF.fill(lang, &[&before])));
    if let Some(closed) = page.followed.relapse_of {
        said.push(w::RELAPSE_OF.fill(lang, &[&format!("{:02}.{}", closed.finding.n, closed.item)]));
    }
    said.join("  ")
}
