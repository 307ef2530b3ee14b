//! Lists: how many lines a screen has, what each says, what finds it, and what choosing it does.

use super::Talk;
use crate::app::{Action, Msg, ProgressRow, Screen, Step, SummaryLine, Task, Tone};
use crate::domain::{BranchId, BranchTree, Item, ItemId, ReadFault, RoundLine, Side, per_mille};
use crate::locales as w;
use crate::text::fold;
use crate::view::{
    analysis_text, calibrating_text, compared_text, drawn_text, entry_text, given_text, ledger_row_text,
    lookback_state, lookback_text, progress_text,
};

/// Lines of a list that are said at once.
pub const PART: usize = 20;

impl Talk {
    /// Counts the lines that can be chosen on the screen.
    pub(super) fn row_count(&self) -> usize {
        match &self.model.screen {
            Screen::Home(home) if home.steps().is_empty() => home.tasks.len(),
            Screen::Home(home) => home.steps().len(),
            Screen::Branches(branches) => branches.rows.len(),
            Screen::Branch(page) => page.rounds.len(),
            Screen::Rounds(rounds) => rounds.lines.len(),
            Screen::Round(page) => page.rows.len(),
            Screen::Walk(walk) => walk.checklist.items.len(),
            Screen::Across(across) => across.rows.len(),
            Screen::Summary(summary) => summary.lines().len(),
            Screen::Checklist(page) => page.rows.len(),
            Screen::Trail(page) => page.entries.len(),
            Screen::Ledger(page) => page.rows.len(),
            Screen::Analysis(page) => page.len(),
            Screen::Rect(_) => 0,
            Screen::Lookbacks(page) => page.lines.len(),
            Screen::Lookback(page) => page.rows.len(),
            Screen::Progress(page) => page.rows.len(),
            Screen::Calibration(page) => page.rows.len(),
        }
    }

    /// Chooses a line.
    pub(super) fn choose(&mut self, at: usize) -> Result<(), ReadFault> {
        let cursor = match &mut self.model.screen {
            Screen::Home(home) => &mut home.cursor,
            Screen::Branches(branches) => &mut branches.cursor,
            Screen::Branch(page) => &mut page.cursor,
            Screen::Rounds(rounds) => &mut rounds.cursor,
            Screen::Round(page) => &mut page.cursor,
            Screen::Summary(summary) => &mut summary.cursor,
            Screen::Trail(page) => &mut page.cursor,
            Screen::Ledger(page) => &mut page.cursor,
            Screen::Analysis(page) => &mut page.cursor,
            Screen::Rect(_) => return Ok(()),
            Screen::Lookbacks(page) => &mut page.cursor,
            // What is chosen is looked at: the words for what is done with it and for its page are typed behind.
            Screen::Lookback(page) => {
                page.cursor.at = at;
                return self.tell_row(at);
            }
            Screen::Calibration(page) => {
                page.cursor.at = at;
                return self.tell_compared(at);
            }
            Screen::Progress(page) => {
                page.cursor.at = at;
                return self.tell_row(at);
            }
            Screen::Checklist(page) => &mut page.cursor,
            Screen::Across(across) => {
                across.cursor.at = at;
                let rows = self.model.list_rows();
                if let Screen::Across(across) = &mut self.model.screen {
                    across.see(&*self.reading, rows)?;
                }
                self.again();
                return Ok(());
            }
            Screen::Walk(walk) => {
                let item = walk.checklist.items.get(at).map(|item| item.id.clone());
                if let Some(item) = item {
                    self.model.goto_item(&item);
                    self.again();
                }
                return Ok(());
            }
        };
        cursor.at = at;
        let in_walk = matches!(self.model.behind.last(), Some(Screen::Walk(_)));
        if let (Screen::Checklist(page), false) = (&self.model.screen, in_walk) {
            let read = page.selected().map(|item| (page.checklist.clone(), item.clone(), page.profile));
            if let Some((checklist, item, profile)) = read {
                self.page.gap();
                self.item_text(&checklist, &item, profile);
            }
            return Ok(());
        }
        self.again();
        self.msg(Msg::Do(Action::Open));
        Ok(())
    }

    /// Says an item of a calibration with what each of the two has given and noted.
    fn tell_compared(&mut self, at: usize) -> Result<(), ReadFault> {
        let lang = self.model.lang;
        let Screen::Calibration(page) = &self.model.screen else { return Ok(()) };
        let given = page.row(at).map(|compared| Side::ALL.map(|side| given_text(page, compared, side, lang)));
        self.tell_row(at)?;
        for line in given.into_iter().flatten() {
            self.page.line(&line);
        }
        Ok(())
    }

    fn tell_row(&mut self, at: usize) -> Result<(), ReadFault> {
        let text = self.row_text(at)?;
        self.tell(Tone::Plain, text);
        Ok(())
    }

    /// Returns the code of a line.
    pub(super) fn row_code(&self, at: usize) -> Option<String> {
        let of = |tree: &BranchTree, id: BranchId| tree.line(id).map(|line| line.code.clone());
        match &self.model.screen {
            Screen::Home(home) => match home.tasks.get(at)? {
                Task::Rect(task) => self.reading.branch(task.id.finding.branch).ok()?.map(|branch| branch.facts.code),
                Task::Unfinished { branch, .. } => self.reading.branch(*branch).ok()?.map(|branch| branch.facts.code),
                Task::Calibration(task) => self.reading.branch(task.id.branch).ok()?.map(|branch| branch.facts.code),
                Task::NotBegun { round, .. } => {
                    home.rounds.iter().find(|line| line.id == *round).map(|line| line.plan.code.clone())
                }
            },
            Screen::Branches(branches) => branches.line(at).map(|line| line.code.clone()),
            Screen::Branch(page) => page.rounds.get(at).map(|(line, _)| line.plan.code.clone()),
            Screen::Rounds(rounds) => rounds.lines.get(at).map(|line| line.plan.code.clone()),
            Screen::Round(page) => page.rows.get(at).and_then(|row| of(&page.tree, row.branch)),
            Screen::Across(across) => across.rows.get(at).and_then(|id| of(&across.tree, *id)),
            Screen::Walk(walk) => walk.checklist.items.get(at).map(|item| item.id.0.clone()),
            Screen::Summary(summary) => {
                summary.lines().get(at).and_then(|line| summary.item_of(line)).map(|item| item.0)
            }
            Screen::Checklist(page) => {
                page.rows.get(at).and_then(|place| page.checklist.items.get(*place)).map(|item| item.id.0.clone())
            }
            Screen::Analysis(page) => of(&page.tree, page.branch(at)?.0),
            Screen::Ledger(page) => {
                page.line(at).and_then(|row| page.tree.line(row.id.finding.branch)).map(|line| line.code.clone())
            }
            Screen::Lookbacks(page) => page.lines.get(at).map(|line| line.id.to_string()),
            Screen::Lookback(page) => page.rows.get(at).map(|row| row.name.clone()),
            Screen::Progress(page) => match page.rows.get(at)? {
                ProgressRow::Walker(person) => Some(person.0.clone()),
                row => of(&page.tree, page.unit_of(row)?),
            },
            Screen::Calibration(page) => page.row(at).map(|compared| compared.item.0.clone()),
            Screen::Trail(_) | Screen::Rect(_) => None,
        }
    }

    /// Returns what a line is found by.
    pub(super) fn row_folded(&self, at: usize) -> String {
        let of = |tree: &BranchTree, id: BranchId| tree.line(id).map(|line| line.folded.clone());
        let known = match &self.model.screen {
            Screen::Branches(branches) => branches.line(at).map(|line| line.folded.clone()),
            Screen::Round(page) => page.rows.get(at).and_then(|row| of(&page.tree, row.branch)),
            Screen::Across(across) => across.rows.get(at).and_then(|id| of(&across.tree, *id)),
            Screen::Checklist(page) => {
                let item = page.rows.get(at).and_then(|place| page.checklist.items.get(*place));
                item.map(|Item { id, title, .. }| fold(&format!("{id} {} {} {}", title.hant, title.hans, title.en)))
            }
            _ => None,
        };
        known.unwrap_or_else(|| fold(&self.row_text(at).unwrap_or_default()))
    }

    /// Says a line.
    pub(super) fn row_text(&self, at: usize) -> Result<String, ReadFault> {
        let lang = self.model.lang;
        let said = match &self.model.screen {
            Screen::Home(home) => {
                let steps = home.steps();
                match (steps.get(at), home.tasks.get(at)) {
                    (Some((step, done)), _) => Some(step_text(*step, *done, lang)),
                    (None, Some(task)) => Some(self.task_text(task)),
                    (None, None) => None,
                }
            }
            Screen::Branches(branches) => branches.line(at).map(|line| {
                let state = if line.active { "" } else { w::RETIRED.say(lang) };
                let kind = w::branch_kind(line.kind).say(lang);
                format!("{} {}  {kind}  {state}", line.code, branches.tree.path(line.id, " / "))
            }),
            Screen::Branch(page) => page.rounds.get(at).map(|(line, found)| {
                format!("{} {}  {}", line.plan.code, line.plan.name, self.progress(found.as_ref(), None))
            }),
            Screen::Rounds(rounds) => rounds.lines.get(at).map(|line| round_text(line, lang)),
            Screen::Round(page) => match page.rows.get(at) {
                None => None,
                Some(row) => {
                    let found = match &row.line {
                        Some(found) => found.clone(),
                        None => self.reading.inspection_line(page.round.id, row.branch)?,
                    };
                    let items = page.checklist.items.iter().filter(|item| page.checklist.scored(item)).count();
                    let name = branch_text(&page.tree, row.branch);
                    Some(format!("{name}  {}", self.progress(found.as_ref(), Some(items))))
                }
            },
            Screen::Across(across) => match across.rows.get(at) {
                None => None,
                Some(id) => {
                    let verdict = if across.selected() == Some(*id) {
                        across.cell(*id).and_then(|cell| cell.verdict)
                    } else {
                        self.reading.cell(across.round.id, *id, &across.item)?.and_then(|cell| cell.verdict)
                    };
                    let word = verdict.map_or(&w::NOT_CHECKED, w::verdict).say(lang);
                    Some(format!("{}  {word}", branch_text(&across.tree, *id)))
                }
            },
            Screen::Walk(walk) => {
                walk.checklist.items.get(at).map(|item| format!("{} {}", item.id, item.title.pick(lang)))
            }
            Screen::Summary(summary) => summary.lines().get(at).map(|line| self.summary_text(summary, line)),
            Screen::Checklist(page) => {
                let item = page.rows.get(at).and_then(|place| page.checklist.items.get(*place));
                item.map(|item| format!("{} {}", item.id, item.title.pick(lang)))
            }
            Screen::Trail(page) => page.entries.get(at).map(|entry| {
                let when = format!("{} {}", w::china_day(entry.at), w::clock(entry.at));
                format!("{} {when} {} {}", entry.seq.0, entry.by, entry_text(entry, lang))
            }),
            Screen::Analysis(page) => analysis_text(page, at, lang),
            Screen::Ledger(page) => page.line(at).map(|row| ledger_row_text(page, row, self.model.moment.stamp, lang)),
            Screen::Lookbacks(page) => page.lines.get(at).map(|line| {
                format!("{}  {}", lookback_text(page, line, lang), lookback_state(line, lang)).replace('›', "/")
            }),
            Screen::Lookback(page) => page.rows.get(at).map(|row| drawn_text(page, row, lang)),
            Screen::Progress(page) => page.rows.get(at).map(|row| progress_text(page, row, lang)),
            Screen::Calibration(page) => page.row(at).map(|compared| compared_text(page, compared, lang)),
            Screen::Rect(_) => None,
        };
        Ok(said.unwrap_or_default().trim_end().to_owned())
    }

    fn task_text(&self, task: &Task) -> String {
        let lang = self.model.lang;
        let (text, until) = match task {
            Task::Rect(task) => {
                let standing = w::standing(task.standing, lang);
                let word = if task.back { &w::SENT_BACK } else { w::waiting(task.waiting, task.state) };
                let (name, above, item, fact) = (&task.name, &task.above, &task.item, &task.fact);
                let class = w::class(task.class).say(lang);
                let held = task.claim.as_ref().filter(|claim| claim.holds(self.model.moment.stamp));
                let held = held.map_or_else(String::new, |claim| format!("  {}", w::claimed(claim, lang)));
                (format!("{}  {name}  {above}  {item} {fact}  {class}  {standing}{held}", word.say(lang)), &task.until)
            }
            Task::Unfinished { name, above, line, items, until, .. } => {
                let word = if line.score.answered >= *items { &w::READY } else { &w::UNFINISHED };
                let item = line.last.as_ref().and_then(|(_, _, item)| item.as_ref());
                let at = item.map_or_else(String::new, |item| w::LEFT_AT.fill(lang, &[item]));
                let done = line.score.answered.min(*items);
                (format!("{}  {name}  {above}  {done}/{items}  {at}", word.say(lang)), until)
            }
            Task::Calibration(task) => {
                let (word, what, aside) = calibrating_text(task.stands, lang);
                let (name, above) = (&task.name, &task.above);
                (format!("{}  {name}  {above}  {what}  {aside}", word.say(lang)), &task.until)
            }
            Task::NotBegun { name, branches, until, .. } => {
                (format!("{}  {name}  {}", w::NOT_BEGUN.say(lang), w::N_BRANCHES.fill(lang, &[branches])), until)
            }
        };
        let late = if *until < self.model.moment.day { "! " } else { "" };
        format!("{late}{}  {}", text.trim_end(), w::UNTIL.fill(lang, &[until]))
    }

    fn progress(&self, line: Option<&crate::domain::InspectionLine>, items: Option<usize>) -> String {
        let lang = self.model.lang;
        let Some(line) = line else { return w::NOT_BEGUN.say(lang).to_owned() };
        let state = if line.signed.is_some() { &w::SIGNED } else { &w::UNFINISHED };
        let rate = w::rate(per_mille(line.score.got, u64::from(line.score.applicable) * 100));
        let findings = w::FINDINGS_N.fill(lang, &[&line.score.findings]);
        let of = items
            .map_or_else(String::new, |items| format!("  {}/{items}", usize::from(line.score.answered).min(items)));
        format!("{}{of}  {} {rate}  {findings}", state.say(lang), w::SCORE.say(lang))
    }

    fn summary_text(&self, summary: &crate::app::Summary, line: &SummaryLine) -> String {
        let (lang, walk) = (self.model.lang, &summary.walk);
        let title = |item: &ItemId| {
            let title = walk.checklist.item(item).map_or("", |item| item.title.pick(lang));
            format!("{item} {title}")
        };
        match line {
            SummaryLine::Unanswered(item) => format!("{}  {}", w::MISSING_OPEN.say(lang), title(item)),
            SummaryLine::Unexplained(item) => format!("{}  {}", w::MISSING_BARE.say(lang), title(item)),
            SummaryLine::Remark(lint) => format!("{}  {}", w::LINT.say(lang), w::lint(lint, lang)),
            SummaryLine::Marked(item) => format!("{}  {}", w::MARKED.say(lang), title(item)),
            SummaryLine::Lost(at) => walk.score.losses.get(*at).map_or_else(String::new, |loss| {
                let word = w::verdict(loss.verdict).say(lang);
                format!("{word}  {}  -{}/{}  {} {}", title(&loss.item), loss.lost, loss.of, loss.by, w::clock(loss.at))
            }),
            SummaryLine::Finding(n) => walk.inspection.findings.get(n).map_or_else(String::new, |finding| {
                let facts = &finding.facts;
                format!(
                    "{} {n:02}  {} {}  {} {}",
                    w::FINDING.say(lang),
                    facts.item,
                    facts.fact,
                    w::DUE.say(lang),
                    facts.due
                )
            }),
        }
    }
}

fn step_text(step: Step, done: bool, lang: w::Lang) -> String {
    let word = match step {
        Step::Name => &w::STEP_NAME,
        Step::Branches => &w::STEP_BRANCHES,
        Step::Round => &w::STEP_ROUND,
    };
    let done = if done { w::DONE.say(lang) } else { "" };
    format!("{}  {done}", word.say(lang))
}

fn round_text(line: &RoundLine, lang: w::Lang) -> String {
    let mean = w::rate(per_mille(line.got, line.applicable * 100));
    let count = w::OF_BRANCHES.fill(lang, &[&line.signed, &line.branches]);
    let (code, name) = (&line.plan.code, &line.plan.name);
    format!(
        "{code} {name}  {}  {}  {}",
        w::round_state(line).say(lang),
        w::SIGNED_N.fill(lang, &[&count]),
        w::AVERAGE.fill(lang, &[&mean])
    )
}

/// Says a unit by its code and its name with what stands above it.
pub fn branch_text(tree: &BranchTree, id: BranchId) -> String {
    let code = tree.line(id).map_or("", |line| line.code.as_str());
    format!("{code} {}", tree.path(id, " / "))
}
