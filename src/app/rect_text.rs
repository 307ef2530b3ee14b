//! What an item's page says: label by label, and the steps that can be taken now.

use super::{Model, RectPage, action_of};
use crate::domain::{Lang, Level, Rectification, Recurrence, Severity, Stamp, Standing, State};
use crate::locales as w;
use crate::text::{self, width};

/// Columns of the labels.
pub const LABEL: usize = 10;

/// What a text means for the eye; a word stands beside it always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hue {
    /// Text to read.
    Plain,
    /// What stands back.
    Dim,
    /// It is in order.
    Good,
    /// It wants attention.
    Warning,
    /// It is late or grave.
    Bad,
}

/// Says what it means how an item stands to its day.
pub fn standing_hue(standing: Standing, near: u16) -> Hue {
    match standing {
        Standing::Overdue(_) => Hue::Bad,
        Standing::Left(left) if left <= i32::from(near) => Hue::Warning,
        Standing::Left(_) | Standing::Still | Standing::Exempt(_) => Hue::Dim,
    }
}

/// Says what it means how grave a finding is.
pub const fn severity_hue(severity: Severity) -> Hue {
    match severity {
        Severity::Critical => Hue::Bad,
        Severity::Major => Hue::Warning,
        Severity::Minor | Severity::None => Hue::Dim,
    }
}

/// Says what it means where an item stands.
pub const fn state_hue(state: State) -> Hue {
    match state {
        State::Closed => Hue::Good,
        State::Requested | State::Verifying => Hue::Warning,
        State::Drafted | State::Revoked => Hue::Dim,
        State::Issued | State::Received | State::Working => Hue::Plain,
    }
}

impl Model {
    /// Lists the steps that can be taken now with their keys, in as many lines as they need.
    pub fn offered_steps(&self, page: &RectPage) -> Vec<String> {
        let room = usize::from(self.size.0).saturating_sub(2);
        let mut lines: Vec<String> = Vec::new();
        for (verb, _) in page.steps(self.moment.stamp) {
            let Some(action) = action_of(verb) else { continue };
            let piece = format!("{} {}", self.keys_of(action), action.word().say(self.lang));
            match lines.last_mut() {
                Some(last) if width(last, self.ambiguous) + 2 + width(&piece, self.ambiguous) <= room => {
                    last.push_str("  ");
                    last.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
        lines
    }

    /// Wraps what an item's page says into lines: a label or nothing, the text, what it means.
    pub fn rect_lines(&self, page: &RectPage) -> Vec<(String, String, Hue)> {
        let Some(rect) = page.rect() else { return Vec::new() };
        let cols = usize::from(self.size.0).saturating_sub(LABEL + 2).max(8);
        let mut lines = Vec::new();
        let mut before = String::new();
        for (label, text, hue) in rect_texts(page, rect, self.moment.stamp, self.lang) {
            for (at, line) in text::wrap(&text, cols, self.ambiguous).into_iter().enumerate() {
                let label = if at == 0 && label != before { label.as_str() } else { "" };
                lines.push((text::pad(label, LABEL, self.ambiguous), line, hue));
            }
            before = label;
        }
        lines
    }

    /// Counts the lines of an item's page that are in sight at once: all but header, title, steps and footer.
    pub fn rect_room(&self, page: &RectPage) -> usize {
        usize::from(self.size.1).saturating_sub(5 + self.offered_steps(page).len())
    }
}

/// Says what an item is about, how it stands and what was done, label by label.
pub fn rect_texts(page: &RectPage, rect: &Rectification, now: Stamp, lang: Lang) -> Vec<(String, String, Hue)> {
    let today = page.looker.today;
    let facts = &page.followed.facts;
    let mut lines = Vec::new();
    let mut add = |label: &w::Word, text: String, hue: Hue| {
        if !text.is_empty() {
            lines.push((label.say(lang).to_owned(), text, hue));
        }
    };
    let title = page.asked.as_ref().map_or("", |item| item.title.pick(lang));
    let of = w::RECT_OF.fill(lang, &[&page.item, &page.followed.items.len()]);
    let number = format!("{:02}", page.followed.id.n);
    add(&w::S_ITEM, format!("{} {title}  {} {number}  {of}", facts.item, w::FINDING.say(lang)), Hue::Plain);
    add(&w::RECT_FACT, facts.fact.clone(), Hue::Plain);
    let grave = format!("{}  {}", w::severity(facts.severity).say(lang), w::class(facts.class).say(lang));
    add(&w::S_SEVERITY, grave, severity_hue(facts.severity));
    add(&w::RECT_CHAIN, chain(page, lang), Hue::Warning);
    let since = w::SINCE.fill(lang, &[&rect.since.by, &rect.since.on]);
    let mut state = format!("{}  {since}", w::state(rect.state).say(lang));
    if !rect.reason.is_empty() {
        state = format!("{state}  {}", rect.reason);
    }
    add(&w::RECT_STATE, state, state_hue(rect.state));
    if let Some(claim) = rect.claimed(now) {
        add(&w::RECT_STATE, w::claimed(claim, lang), Hue::Warning);
    }
    let standing = rect.standing(today);
    let level = page.level();
    let mut due = vec![rect.last_day().to_string(), w::standing(standing, lang)];
    if rect.first_due != rect.facts.due {
        due.push(w::FIRST_DUE.fill(lang, &[&rect.first_due]));
    }
    due.extend((rect.extensions > 0).then(|| w::EXTENDED_N.fill(lang, &[&rect.extensions])));
    due.extend((rect.returns > 0).then(|| w::RETURNED_N.fill(lang, &[&rect.returns])));
    if level > Level::Normal {
        due.push(format!("[{}]", w::level(level).say(lang)));
    }
    due.retain(|part| !part.is_empty());
    add(&w::RECT_TERMS, due.join("  "), standing_hue(standing, page.policy().near));
    let posts = [&rect.facts.lead, &rect.facts.post].into_iter().filter(|post| !post.is_empty());
    add(&w::RECT_POSTS, posts.cloned().collect::<Vec<_>>().join(" / "), Hue::Plain);
    add(&w::COL_GOAL, rect.facts.goal.clone(), Hue::Plain);
    add(&w::FIELD_MEASURE, rect.facts.measure.clone(), Hue::Plain);
    if let Some(asked) = &rect.asked {
        add(&w::VERB_ASK, format!("{}  {}", asked.to, asked.reason), Hue::Warning);
    }
    if let Some(exempt) = &rect.exempt {
        add(
            &w::VERB_EXEMPT,
            format!("{}  {}", w::EXEMPT_UNTIL.fill(lang, &[&exempt.until]), exempt.reason),
            Hue::Plain,
        );
    }
    for evidence in &rect.evidence {
        let parts = [&evidence.title, &evidence.number, &evidence.date.to_string(), &evidence.place];
        let said: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        add(&w::EVIDENCE, said.join("  "), Hue::Plain);
    }
    if let Some(answers) = &rect.answers {
        let said =
            [(&w::FIELD_GONE, &answers.gone), (&w::FIELD_CAUSE, &answers.cause), (&w::FIELD_RULE, &answers.rule)];
        for (word, text) in said {
            add(&w::RECT_ANSWERS, format!("{}  {text}", word.say(lang)), Hue::Plain);
        }
    }
    // The newest first: it is what one comes to see.
    let done: Vec<_> = page.done().collect();
    for (entry, behalf, did) in done.into_iter().rev() {
        let when = format!("{} {}", entry.at.china_day(), w::clock(entry.at));
        let who = w::on_behalf(&entry.by.0, behalf, lang);
        add(&w::RECT_LINE, format!("{when} {who}  {}", w::step(did, lang)), Hue::Plain);
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
