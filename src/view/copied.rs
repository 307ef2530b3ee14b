//! What is selected, as plain text to be used elsewhere: which screen has something to copy, and what it is.

use super::{
    analysis_text, calibrating_text, compared_text, drawn_text, entry_text, ledger_row_text, lookback_text,
    progress_text,
};
use crate::app::{LedgerPage, Model, RectPage, Screen, Summary, SummaryLine, Task, Walk, rect_texts};
use crate::domain::{
    BranchId, BranchTree, Checklist, FindingFacts, Item, ItemId, Lang, Profile, Stamp, basis_caveat, basis_lines,
    finding_name, rect_name, slots_named,
};
use crate::locales as w;

/// Says what is selected on the screen, in as many lines as it needs; nothing where there is nothing to copy.
pub fn copied(model: &Model) -> Option<String> {
    let (lang, now) = (model.lang, model.moment.stamp);
    let said = match &model.screen {
        Screen::Home(home) => home.tasks.get(home.cursor.at).map(|task| task_text(task, lang))?,
        Screen::Branches(branches) => unit_text(&branches.tree, branches.selected()?)?,
        Screen::Branch(page) => format!("{} {}", page.branch.facts.code, page.path),
        Screen::Rounds(rounds) => {
            let line = rounds.lines.get(rounds.cursor.at)?;
            format!("{} {}", line.plan.code, line.plan.name)
        }
        Screen::Round(page) => unit_text(&page.tree, page.selected()?)?,
        Screen::Walk(walk) => walk_text(walk, lang)?,
        Screen::Across(across) => {
            let title = titled(&across.checklist, &across.item, lang);
            format!("{title}\n{}", unit_text(&across.tree, across.selected()?)?)
        }
        Screen::Summary(summary) => summary_text(summary, lang)?,
        Screen::Checklist(page) => item_text(&page.checklist, page.selected()?, page.profile, lang),
        Screen::Trail(page) => {
            let entry = page.entries.get(page.cursor.at)?;
            let when = format!("{} {}", w::china_day(entry.at), w::clock(entry.at));
            format!("{} › {}\n{} {when} {} {}", page.code, page.path, entry.seq.0, entry.by, entry_text(entry, lang))
        }
        Screen::Ledger(page) => row_text(page, now, lang)?,
        Screen::Analysis(page) => analysis_text(page, page.cursor.at, lang)?,
        Screen::Rect(page) => rect_text(page, now, lang)?,
        Screen::Lookbacks(page) => lookback_text(page, page.lines.get(page.cursor.at)?, lang),
        Screen::Lookback(page) => drawn_text(page, page.selected()?, lang),
        Screen::Progress(page) => progress_text(page, page.selected()?, lang),
        Screen::Calibration(page) => compared_text(page, page.selected()?, lang),
    };
    Some(said)
}

fn task_text(task: &Task, lang: Lang) -> String {
    match task {
        Task::Rect(task) => format!("{}  {}  {} {}", task.name, task.above, task.item, task.fact),
        Task::Calibration(task) => {
            let (word, stands, open) = calibrating_text(task.stands, lang);
            let said = format!("{}  {}  {} {stands} {open}", task.name, task.above, word.say(lang));
            said.trim_end().to_owned()
        }
        Task::Unfinished { name, above, .. } => format!("{name}  {above}"),
        Task::NotBegun { name, .. } => name.clone(),
    }
}

fn unit_text(tree: &BranchTree, id: BranchId) -> Option<String> {
    Some(format!("{} {}", tree.line(id)?.code, tree.path(id, " › ")))
}

fn titled(checklist: &Checklist, item: &ItemId, lang: Lang) -> String {
    let title = checklist.item(item).map_or("", |item| item.title.pick(lang));
    format!("{item} {title}")
}

/// Puts labels before what is said; what is empty is left out.
fn pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>, lang: Lang) -> String {
    let said = pairs.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(label, text)| format!("\n{label}{}{text}", w::colon(lang))).collect()
}

/// Says what an item of the checklist asks.
fn item_text(checklist: &Checklist, item: &Item, profile: Profile, lang: Lang) -> String {
    let (between, apart) = if lang == Lang::En { (", ", "; ") } else { ("、", "；") };
    let mut basis = basis_lines(checklist, item, profile, lang).join(apart);
    if !basis.is_empty() {
        let caveat = basis_caveat(lang);
        basis = if lang == Lang::En { format!("{basis} ({caveat})") } else { format!("{basis}（{caveat}）") };
    }
    let said = [
        (w::LOOK.say(lang), slots_named(item.look.pick(lang), lang)),
        (w::EVIDENCE.say(lang), item.evidence_lines(lang).collect::<Vec<_>>().join(between)),
        (w::BASIS.say(lang), basis),
    ];
    format!("{}{}", titled(checklist, &item.id, lang), pairs(said, lang))
}

/// Says the item that is looked at, with what was written on it.
fn walk_text(walk: &Walk, lang: Lang) -> Option<String> {
    let item = walk.item()?;
    let profile = walk.branch.facts.profile.unwrap_or(walk.round.plan.profile);
    let note = [(w::NOTE.say(lang), walk.inspection.note(&item.id).to_owned())];
    let findings: String = walk
        .inspection
        .findings_on(&item.id)
        .map(|(n, found)| format!("\n{}", finding_text(n, &found.facts, lang)))
        .collect();
    Some(format!("{}{}{findings}", item_text(&walk.checklist, item, profile, lang), pairs(note, lang)))
}

fn finding_text(n: u16, facts: &FindingFacts, lang: Lang) -> String {
    format!("{} {n:02}{}{}", w::FINDING.say(lang), w::colon(lang), facts.fact)
}

fn summary_text(summary: &Summary, lang: Lang) -> Option<String> {
    let (lines, walk) = (summary.lines(), &summary.walk);
    let line = lines.get(summary.cursor.at)?;
    let title = summary.item_of(line).map(|item| titled(&walk.checklist, &item, lang));
    let said = match line {
        SummaryLine::Finding(n) => Some(finding_text(*n, &walk.inspection.findings.get(n)?.facts, lang)),
        SummaryLine::Remark(lint) => Some(w::lint(lint, lang)),
        SummaryLine::Unanswered(_) | SummaryLine::Unexplained(_) | SummaryLine::Marked(_) | SummaryLine::Lost(_) => {
            None
        }
    };
    Some(title.into_iter().chain(said).collect::<Vec<_>>().join("\n"))
}

/// Says a line of the ledger with the item's name and what was found.
fn row_text(page: &LedgerPage, now: Stamp, lang: Lang) -> Option<String> {
    let row = page.line(page.cursor.at)?;
    let names = page.ledger.names();
    let finding = row.id.finding;
    let (round, branch) = (page.rounds.get(&finding.round)?, page.tree.line(finding.branch)?);
    let item = ItemId(names.items.text(row.item).to_owned());
    let name = rect_name(&finding_name(round, &branch.code, &item, finding.n), row.id.item);
    Some(format!("{name}\n{}\n{}", ledger_row_text(page, row, now, lang), names.facts.text(row.fact)))
}

/// Says what an item's page says, without what was done step by step.
fn rect_text(page: &RectPage, now: Stamp, lang: Lang) -> Option<String> {
    let (facts, id) = (&page.followed.facts, page.id());
    let finding = finding_name(&page.round.plan.code, &page.branch.facts.code, &facts.item, id.finding.n);
    let steps = w::RECT_LINE.say(lang);
    let said = rect_texts(page, page.rect()?, now, lang);
    let said = said.iter().filter(|(label, ..)| label != steps).map(|(label, text, _)| (label.as_str(), text.clone()));
    Some(format!("{}\n{}{}", rect_name(&finding, id.item), page.path, pairs(said, lang)))
}
