//! The ledger: views above, a row an item, what the selected one is about below.

use super::narrowed::narrow_text;
use super::rect::tint as hued;
use super::{Pen, Tint};
use crate::app::{LedgerPage, Model, Whole, severity_hue, standing_hue, state_hue};
use crate::domain::{Day, LedgerRow, LedgerView, Recurrence, Severity, Stamp, Standing, State, recurrence};
use crate::locales::{self as w, Lang};
use crate::text;

/// Draws the ledger.
pub fn draw(pen: &mut Pen<'_>, model: &Model, page: &LedgerPage) {
    let (lang, width) = (model.lang, pen.area.width);
    views(pen, model, page);
    let columns = Columns::of(width);
    heads(pen, model, page, &columns);
    if page.rows.is_empty() && !page.is_searching() {
        let word = if page.ledger.is_empty() { &w::LEDGER_EMPTY } else { &w::VIEW_EMPTY };
        pen.wrapped(2, 4, width.saturating_sub(4), 3, word.say(lang), Tint::Dim);
    }
    for (y, at) in (3..).zip(page.cursor.sight(page.rows.len(), model.ledger_rows())) {
        let Some(row) = page.line(at) else { continue };
        pen.marker(0, y, at == page.cursor.at);
        let marked = page.marks.contains(&row.id);
        pen.text(1, y, 1, if marked { "*" } else { " " }, Tint::Key);
        line(pen, model, page, row, (y, &columns));
    }
    let bottom = 3 + u16::try_from(model.ledger_rows()).unwrap_or(u16::MAX);
    let end = pen.area.height.saturating_sub(2);
    if bottom < end && !page.rows.is_empty() {
        detail(pen, model, page, bottom, end);
    }
}

/// A column that a wide window has room for.
#[derive(Clone, Copy)]
enum Further {
    Post,
    Round,
    Class,
    Issued,
    Received,
    Looked,
    Requested,
    Evidence,
    Extensions,
    Returns,
}

impl Further {
    /// Every one with its columns, the most wanted first.
    const ALL: [(Self, u16); 10] = [
        (Self::Post, 12),
        (Self::Round, 8),
        (Self::Class, 8),
        (Self::Issued, 8),
        (Self::Requested, 8),
        (Self::Received, 8),
        (Self::Looked, 6),
        (Self::Evidence, 4),
        (Self::Extensions, 4),
        (Self::Returns, 4),
    ];

    const fn head(self) -> &'static w::Word {
        match self {
            Self::Post => &w::H_COL_POST,
            Self::Round => &w::COL_ROUND,
            Self::Class => &w::H_COL_CLASS,
            Self::Issued => &w::H_COL_ISSUED,
            Self::Received => &w::H_COL_RECEIVED,
            Self::Looked => &w::LOOKBACK,
            Self::Requested => &w::H_COL_REQUESTED,
            Self::Evidence => &w::EVIDENCE,
            Self::Extensions => &w::H_COL_EXTENSIONS,
            Self::Returns => &w::H_COL_RETURNS,
        }
    }

    fn said(self, page: &LedgerPage, row: &LedgerRow, lang: Lang) -> String {
        let day = |day: Option<Day>| day.map_or_else(String::new, |day| short_day(day, page.looker.today));
        let count = |count: u8| if count == 0 { String::new() } else { count.to_string() };
        match self {
            Self::Post => page.ledger.names().posts.text(row.post).to_owned(),
            Self::Round => page.rounds.get(&row.id.finding.round).cloned().unwrap_or_default(),
            Self::Class => w::class(row.class).say(lang).to_owned(),
            Self::Issued => day(row.issued),
            Self::Received => day(row.received),
            Self::Looked => looked(page, row, lang),
            Self::Requested => day(row.requested),
            Self::Evidence => count(row.evidence),
            Self::Extensions => count(row.extensions),
            Self::Returns => count(row.returns),
        }
    }
}

/// Where each column begins, and how wide it is.
struct Columns {
    due: u16,
    standing: u16,
    branch: (u16, u16),
    title: u16,
    severity: Option<u16>,
    state: u16,
    further: Vec<(Further, u16, u16)>,
}

impl Columns {
    /// Lets columns go by their priority as the window narrows.
    fn of(width: u16) -> Self {
        if width < 76 {
            let (title, state) = (36, width.saturating_sub(9));
            return Self { due: 2, standing: 11, branch: (21, 14), title, severity: None, state, further: Vec::new() };
        }
        let branch = if width >= 100 { 26 } else { 18 };
        // A title of twenty-six columns says most; what is left beyond it goes to further columns.
        let mut spare = width.saturating_sub(22 + branch + 26 + 14);
        let mut fit = Vec::new();
        for (further, cols) in Further::ALL {
            if cols + 1 > spare {
                break;
            }
            spare -= cols + 1;
            fit.push((further, cols));
        }
        let mut x = width;
        let mut placed = Vec::with_capacity(fit.len());
        for (further, cols) in fit.into_iter().rev() {
            x -= cols + 1;
            placed.push((further, x, cols));
        }
        let state = x.saturating_sub(9);
        let severity = Some(state.saturating_sub(5));
        Self { due: 2, standing: 11, branch: (21, branch), title: 22 + branch, severity, state, further: placed }
    }
}

/// Draws the views with their counts; where room is short, those farthest from the one that is looked at lose theirs.
fn views(pen: &mut Pen<'_>, model: &Model, page: &LedgerPage) {
    let (lang, width) = (model.lang, pen.area.width);
    let said = |view: LedgerView, at: usize, counted: bool| {
        let count = page.counts.get(at).copied().unwrap_or_default();
        let word = w::view(view).say(lang);
        let count = if counted { format!(" {count}") } else { String::new() };
        if view == page.view { format!("[{word}{count}]") } else { format!("{}{word}{count}", at + 1) }
    };
    let fits = |pen: &Pen<'_>, counted: bool| {
        let wide = |(at, view)| pen.width(&said(view, at, counted)) + 1;
        LedgerView::ALL.into_iter().enumerate().map(wide).sum::<u16>() < width
    };
    let all = fits(pen, true);
    let mut order: Vec<(usize, LedgerView)> = LedgerView::ALL.into_iter().enumerate().collect();
    if !fits(pen, false) {
        order.sort_by_key(|(_, view)| *view != page.view);
    }
    let mut x = 1;
    for (at, view) in order {
        let own = view == page.view;
        let text = said(view, at, all || own);
        let tint = match view {
            _ if own => Tint::Strong,
            LedgerView::Overdue if page.counts.get(at).is_some_and(|count| *count > 0) => Tint::Bad,
            _ => Tint::Dim,
        };
        if x + pen.width(&text) > width {
            break;
        }
        x = pen.text(x, 1, width - x, &text, tint) + 1;
    }
}

fn heads(pen: &mut Pen<'_>, model: &Model, page: &LedgerPage, columns: &Columns) {
    let lang = model.lang;
    let read = match page.whole {
        Whole::Unasked => Some(0),
        Whole::Coming(read) => Some(read),
        Whole::Arranging(_) | Whole::There => None,
    };
    if let Some(read) = read {
        pen.text(1, 2, pen.area.width - 2, &w::LEDGER_COMING.fill(lang, &[&read]), Tint::Warning);
        return;
    }
    let (branch, cols) = columns.branch;
    let narrow = narrow_text(page, lang);
    if narrow.is_none() {
        pen.text(columns.due, 2, 8, w::S_DUE.say(lang), Tint::Dim);
        pen.text(branch, 2, cols, w::S_BRANCH.say(lang), Tint::Dim);
        pen.text(columns.title, 2, 12, w::S_ITEM.say(lang), Tint::Dim);
    }
    let order = if page.is_sorting() { &w::LEDGER_SORTING } else { &w::SORTED_BY };
    let mut right = order.fill(lang, &[&w::sort(page.sort).say(lang)]);
    if !page.marks.is_empty() {
        right = format!("{}  {right}", w::MARKED_N.fill(lang, &[&page.marks.len()]));
    }
    if page.is_searching() {
        right = format!("{}  {right}", w::LEDGER_SEARCHING.say(lang));
    }
    for (further, x, cols) in &columns.further {
        pen.text(*x, 2, *cols, further.head().say(lang), Tint::Dim);
    }
    // The rest of the line above the title says how it is sorted.
    let end = columns.severity.map_or(pen.area.width, |_| columns.state + 8);
    let start = pen.text_right(end - 1, 2, &right, Tint::Dim);
    pen.text(1, 2, start.saturating_sub(3), narrow.as_deref().unwrap_or_default(), Tint::Warning);
}

fn line(pen: &mut Pen<'_>, model: &Model, page: &LedgerPage, row: &LedgerRow, (y, columns): (u16, &Columns)) {
    let (lang, today) = (model.lang, page.looker.today);
    let standing = row.standing(today);
    let tint = hued(standing_hue(standing, page.policy.near));
    pen.text(columns.due, y, 8, &short_day(row.due, today), if tint == Tint::Bad { tint } else { Tint::Plain });
    let said = match (standing, row.closed) {
        (Standing::Still, Some(closed)) => short_day(closed, today),
        _ => w::standing(standing, lang),
    };
    pen.text(columns.standing, y, 9, &said, tint);
    let (x, cols) = columns.branch;
    pen.text(x, y, cols, page.branch(row.id.finding.branch), Tint::Plain);
    let end = columns.severity.unwrap_or(columns.state).saturating_sub(1);
    title(pen, model, page, row, (columns.title, y, end));
    if let Some(x) = columns.severity {
        pen.text(x, y, 4, w::severity(row.severity).say(lang), hued(severity_hue(row.severity)));
    }
    pen.text(columns.state, y, 8, w::state(row.state).say(lang), hued(state_hue(row.state)));
    for (further, x, cols) in &columns.further {
        pen.text(*x, y, *cols, &further.said(page, row, lang), Tint::Dim);
    }
}

fn title(pen: &mut Pen<'_>, model: &Model, page: &LedgerPage, row: &LedgerRow, (x, y, end): (u16, u16, u16)) {
    let (mut x, lang) = (x, model.lang);
    if pen.area.width < 76 && row.severity == Severity::Critical {
        x = pen.text(x, y, 1, "!", Tint::Bad);
    }
    let item = page.ledger.names().items.text(row.item);
    let title = page.title(row).map_or("", |title| title.pick(lang));
    let claim = page.claims.on(row.id, model.moment.stamp);
    let note = claim.map_or_else(|| note(row, lang), |claim| w::CLAIMED_MARK.fill(lang, &[&claim.by]));
    let room = if note.is_empty() { end } else { end.saturating_sub(pen.width(&note) + 1) };
    let x = pen.run(x, y, room, &[(item, Tint::Dim), (" ", Tint::Plain), (title, Tint::Plain)]);
    pen.text(x + 1, y, end.saturating_sub(x + 1), &note, Tint::Warning);
}

/// Says what makes a row stand out: it came back, it waits for a word.
fn note(row: &LedgerRow, lang: Lang) -> String {
    let recurrence = recurrence(row.nth, row.relapse, row.severity);
    match row {
        _ if recurrence > Recurrence::Repeat => w::recurrence(recurrence).say(lang).to_owned(),
        LedgerRow { asked: true, .. } => w::ASKED_MARK.say(lang).to_owned(),
        LedgerRow { checked: true, state: State::Verifying, .. } => w::CHECKED_MARK.say(lang).to_owned(),
        LedgerRow { returns: 1.., state, .. } if !state.is_final() => w::RETURNED_N.fill(lang, &[&row.returns]),
        LedgerRow { nth: 2.., .. } => w::NTH_TIME.fill(lang, &[&row.nth]),
        _ => String::new(),
    }
}

/// Says what a look-back has seen of a row's item; nothing where none has looked.
fn looked(page: &LedgerPage, row: &LedgerRow, lang: Lang) -> String {
    page.looked.get(&row.id).map_or_else(String::new, |seen| w::outcome(*seen).say(lang).to_owned())
}

fn detail(pen: &mut Pen<'_>, model: &Model, page: &LedgerPage, top: u16, end: u16) {
    let width = pen.area.width;
    pen.rule(0, top, width);
    let Some(row) = page.line(page.cursor.at) else { return };
    let lang = model.lang;
    let round = page.rounds.get(&row.id.finding.round).map_or("", String::as_str);
    let claim = page.claims.on(row.id, model.moment.stamp).map(|claim| w::claimed(claim, lang));
    let mut about = vec![
        claim.unwrap_or_default(),
        round.to_owned(),
        page.ledger.names().posts.text(row.post).to_owned(),
        w::class(row.class).say(lang).to_owned(),
        format!("{} {}", w::EVIDENCE.say(lang), row.evidence),
    ];
    about.extend((row.extensions > 0).then(|| w::EXTENDED_N.fill(lang, &[&row.extensions])));
    about.extend((row.returns > 0).then(|| w::RETURNED_N.fill(lang, &[&row.returns])));
    let received =
        row.received.map(|day| format!("{} {}", w::H_COL_RECEIVED.say(lang), short_day(day, page.looker.today)));
    about.extend(received);
    let seen = looked(page, row, lang);
    about.extend((!seen.is_empty()).then(|| format!("{} {seen}", w::LOOKBACK.say(lang))));
    about.retain(|part| !part.is_empty());
    pen.text(1, top, width - 2, &format!(" {} ", about.join("  ")), Tint::Dim);
    let fact = page.ledger.names().facts.text(row.fact);
    pen.wrapped(1, top + 1, width - 2, end.saturating_sub(top + 1), fact, Tint::Plain);
}

/// Spells a day in eight columns: without its year where that is this one.
pub fn short_day(day: Day, today: Day) -> String {
    let date = day.0;
    if date.year() == today.0.year() {
        format!("{:02}-{:02}", date.month(), date.day())
    } else {
        format!("{:02}-{:02}-{:02}", date.year().rem_euclid(100), date.month(), date.day())
    }
}

/// Says a row in a line, where there is no screen.
pub fn row_text(page: &LedgerPage, row: &LedgerRow, now: Stamp, lang: Lang) -> String {
    let names = page.ledger.names();
    let round = page.rounds.get(&row.id.finding.round).map_or("", String::as_str);
    let title = page.title(row).map_or("", |title| title.pick(lang));
    let parts = [
        round.to_owned(),
        page.branch(row.id.finding.branch).to_owned(),
        format!("{} {title}", names.items.text(row.item)),
        w::severity(row.severity).say(lang).to_owned(),
        w::state(row.state).say(lang).to_owned(),
        row.due.to_string(),
        w::standing(row.standing(page.looker.today), lang),
        note(row, lang),
        page.claims.on(row.id, now).map(|claim| w::claimed(claim, lang)).unwrap_or_default(),
    ];
    text::shown(&parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("  ")).into_owned()
}
