//! How screens follow what becomes true, and what opens from the selected line.

use super::{
    BranchPage, Calibrating, Confirmed, Effect, Home, Lookbacks, Model, Purpose, RoundPage, Rounds, Screen, Step, Task,
    Tone, TrailPage,
};
use crate::domain::{
    Change, Entry, InspectionChange, Of, ReadFault, Reading, Request, Rev, RoundCommand, RoundId, Verdict,
};
use crate::locales as w;

impl Model {
    /// Opens what the selected line stands for.
    pub(super) fn open_selected(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        match &self.screen {
            Screen::Home(home) => {
                if let Some((step, _)) = home.steps().get(home.cursor.at) {
                    return self.open_step(*step, reading);
                }
                match home.tasks.get(home.cursor.at).cloned() {
                    Some(Task::Rect(task)) => self.open_rect(task.id, reading)?,
                    Some(Task::Unfinished { round, branch, .. }) => self.walk_into(round, branch, None, reading)?,
                    Some(Task::Calibration(task)) => match task.stands {
                        Calibrating::Sheet { .. } => self.open_sheet(task.id, reading)?,
                        Calibrating::Agreement { .. } => self.open_calibration(task.id, reading)?,
                    },
                    Some(Task::NotBegun { round, .. }) => self.open_round(round, reading)?,
                    None => {}
                }
            }
            Screen::Branches(branches) => {
                if let Some(page) = branches.selected().map(|id| BranchPage::load(reading, id)).transpose()?.flatten() {
                    self.open(Screen::Branch(page));
                }
            }
            Screen::Branch(page) => {
                if let Some((round, _)) = page.rounds.get(page.cursor.at) {
                    let (round, branch) = (round.id, page.branch.id);
                    self.walk_into(round, branch, None, reading)?;
                }
            }
            Screen::Rounds(rounds) => {
                if let Some(id) = rounds.selected() {
                    self.open_round(id, reading)?;
                }
            }
            Screen::Round(page) => {
                if let Some(branch) = page.selected() {
                    let (round, item) = (page.round.id, page.narrowed_item().cloned());
                    self.walk_into(round, branch, item.as_ref(), reading)?;
                }
            }
            Screen::Trail(page) => {
                let item = page.entries.get(page.cursor.at).and_then(item_of);
                let (round, branch) = (page.round, page.branch);
                self.back(reading)?;
                match (&self.screen, item) {
                    (Screen::Walk(_), Some(item)) => self.goto_item(&item),
                    (Screen::Walk(_), None) => {}
                    (_, item) => self.walk_into(round, branch, item.as_ref(), reading)?,
                }
            }
            Screen::Checklist(page) => {
                let item = page.selected().map(|item| item.id.clone());
                if let (Some(item), Some(Screen::Walk(_))) = (item, self.behind.last()) {
                    self.back(reading)?;
                    self.goto_item(&item);
                }
            }
            Screen::Ledger(page) => {
                if let Some(id) = page.selected() {
                    self.open_rect(id, reading)?;
                }
            }
            Screen::Lookbacks(page) => {
                if let Some(id) = page.selected() {
                    self.open_lookback(id, reading)?;
                }
            }
            Screen::Lookback(page) => {
                if let Some(rect) = page.selected().map(|row| row.rect) {
                    self.open_rect(rect, reading)?;
                }
            }
            Screen::Walk(_)
            | Screen::Across(_)
            | Screen::Summary(_)
            | Screen::Rect(_)
            | Screen::Analysis(_)
            | Screen::Progress(_)
            | Screen::Calibration(_) => {}
        }
        Ok(())
    }

    fn open_step(&mut self, step: Step, reading: &dyn Reading) -> Result<(), ReadFault> {
        match step {
            Step::Name => {
                let name = reading.house()?.name;
                self.open_field(Purpose::Organisation, &name);
            }
            Step::Branches => self.open_new_branch(None),
            Step::Round => self.open_new_round(reading)?,
        }
        Ok(())
    }

    pub(super) fn open_round(&mut self, id: RoundId, reading: &dyn Reading) -> Result<(), ReadFault> {
        if let Some(page) = RoundPage::load(reading, id, "", false, None, self.list_rows())? {
            self.open(Screen::Round(page));
        }
        Ok(())
    }

    pub(super) fn retire_selected(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let id = match &self.screen {
            Screen::Branches(branches) => branches.selected(),
            Screen::Branch(page) => Some(page.branch.id),
            _ => None,
        };
        let Some(branch) = id.map(|id| reading.branch(id)).transpose()?.flatten() else {
            return Ok(());
        };
        if branch.active {
            self.open_field(Purpose::Retire(branch.id), "");
        } else {
            let question = w::ASK_RESTORE.fill(self.lang, &[&branch.facts.name]);
            self.ask(question, Confirmed::Restore(branch.id));
        }
        Ok(())
    }

    /// Takes the selected unit into the round that is going on, or out of it.
    pub(super) fn join_selected(&mut self, reading: &dyn Reading) -> Result<Option<Effect>, ReadFault> {
        let (round, branch) = match &self.screen {
            Screen::Round(page) => (Some(page.round.id), page.selected()),
            Screen::Progress(page) => (Some(page.round.id), page.unit()),
            Screen::Branches(branches) => (current(reading)?, branches.selected()),
            Screen::Branch(page) => (current(reading)?, Some(page.branch.id)),
            _ => (None, None),
        };
        let (Some(round), Some(branch)) = (round, branch) else {
            self.tell(Tone::Warning, w::NO_ROUND_OPEN.say(self.lang));
            return Ok(None);
        };
        let Some(plan) = reading.round(round)? else {
            return Ok(None);
        };
        let member = plan.branches.binary_search(&branch).is_ok();
        let command = if member { RoundCommand::Leave(vec![branch]) } else { RoundCommand::Join(vec![branch]) };
        let text = if member { &w::LEFT_ROUND } else { &w::JOINED_ROUND };
        self.tell(Tone::Plain, text.fill(self.lang, &[&plan.plan.name]));
        let command = crate::domain::Command::Round(round, command);
        Ok(Some(self.submit(Request { by: self.me.clone(), saw: plan.rev, command })))
    }

    /// Brings what the selection points at into memory, and the selection into sight.
    pub(super) fn settle(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let (rows, ledger_rows, look_rows) = (self.list_rows(), self.ledger_rows(), self.lookback_rows());
        let calibrated = self.calibration_rows();
        match &mut self.screen {
            Screen::Round(page) => {
                page.cursor.go(page.cursor.at, page.rows.len(), page.room(rows));
                page.see(reading, rows)?;
            }
            Screen::Across(across) => {
                across.cursor.go(across.cursor.at, across.rows.len(), rows);
                across.see(reading, rows)?;
            }
            Screen::Branches(branches) => branches.cursor.go(branches.cursor.at, branches.rows.len(), rows),
            Screen::Rounds(rounds) => rounds.cursor.go(rounds.cursor.at, rounds.lines.len(), rows),
            Screen::Checklist(page) => page.cursor.go(page.cursor.at, page.rows.len(), rows),
            Screen::Trail(page) => page.cursor.go(page.cursor.at, page.entries.len(), rows),
            Screen::Ledger(page) => page.cursor.go(page.cursor.at, page.rows.len(), ledger_rows),
            Screen::Analysis(page) => page.cursor.go(page.cursor.at, page.len(), rows.saturating_sub(2).max(1)),
            Screen::Lookbacks(page) => page.cursor.go(page.cursor.at, page.lines.len(), rows),
            Screen::Lookback(page) => page.cursor.go(page.cursor.at, page.rows.len(), look_rows),
            Screen::Progress(page) => page.cursor.go(page.cursor.at, page.rows.len(), page.room(rows)),
            Screen::Calibration(page) => page.cursor.go(page.cursor.at, page.rows.len(), calibrated),
            Screen::Home(_) | Screen::Branch(_) | Screen::Walk(_) | Screen::Summary(_) | Screen::Rect(_) => {}
        }
        Ok(())
    }

    /// Takes note that something has changed, and reads the screen anew where that may be on it.
    ///
    /// While the person's own changes are on their way the screen is ahead of the records: then it waits for the answer.
    pub(super) fn heard(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        self.late = self.waiting > 0;
        if self.late || !self.is_behind(reading)? {
            return Ok(());
        }
        self.refresh(reading)
    }

    /// Says whether the records may hold something that the screen does not show.
    fn is_behind(&self, reading: &dyn Reading) -> Result<bool, ReadFault> {
        // The one screen that is open all day, and shows one branch: others' work elsewhere costs it a look, no more.
        let Screen::Walk(walk) = &self.screen else { return Ok(true) };
        if walk.calibration.is_some() {
            return Ok(true);
        }
        let stands = reading.inspection_line(walk.round.id, walk.inspection.branch)?.map_or(Rev(0), |line| line.rev);
        let round = reading.round(walk.round.id)?.map(|round| round.rev);
        Ok(stands != walk.inspection.rev || round != Some(walk.round.rev))
    }

    /// Reads the screen anew, keeping the place.
    pub(super) fn refresh(&mut self, reading: &dyn Reading) -> Result<(), ReadFault> {
        let (rows, ledger_rows, calibrated) = (self.list_rows(), self.ledger_rows(), self.calibration_rows());
        match &mut self.screen {
            Screen::Home(home) => {
                let mut fresh = Home::load(reading, &self.me, self.moment.day)?;
                fresh.keep_place(home, rows);
                *home = fresh;
            }
            Screen::Branches(branches) => {
                let (at, filter) = (branches.selected(), branches.filter.take());
                branches.tree = reading.tree()?;
                branches.filter = filter;
                branches.search(rows);
                branches.select(at, rows);
            }
            Screen::Branch(page) => {
                let (id, cursor) = (page.branch.id, page.cursor);
                if let Some(mut fresh) = BranchPage::load(reading, id)? {
                    fresh.cursor.go(cursor.at, fresh.rounds.len(), rows);
                    *page = fresh;
                }
            }
            Screen::Rounds(rounds) => *rounds = Rounds::load(reading, rounds.selected(), rows)?,
            Screen::Round(page) => {
                let (id, at, filter, only) = (page.round.id, page.selected(), page.filter.take(), page.only_unfinished);
                let narrow = page.narrowed.take().map(|narrowed| narrowed.0);
                if let Some(mut fresh) = RoundPage::load(reading, id, "", only, None, rows)? {
                    fresh.filter = filter;
                    fresh.narrow(reading, narrow, rows)?;
                    fresh.select(reading, at, rows)?;
                    *page = fresh;
                }
            }
            Screen::Walk(walk) => walk.reload(reading)?,
            Screen::Summary(summary) => summary.walk.reload(reading)?,
            Screen::Across(across) => {
                across.forget();
                across.walk = None;
                across.see(reading, rows)?;
            }
            Screen::Trail(page) => {
                let cursor = page.cursor;
                if let Some(mut fresh) = TrailPage::load(reading, page.round, page.branch, rows)? {
                    fresh.cursor.go(cursor.at, fresh.entries.len(), rows);
                    *page = fresh;
                }
            }
            Screen::Ledger(page) => page.reload(reading, ledger_rows)?,
            Screen::Rect(page) => page.reload(reading)?,
            Screen::Analysis(page) => page.reload(reading)?,
            Screen::Lookbacks(page) => *page = Lookbacks::load(reading, page.selected(), rows)?,
            Screen::Lookback(page) => page.reload(reading)?,
            Screen::Progress(page) => page.reload(reading, rows)?,
            Screen::Calibration(page) => page.reload(reading, &self.me, calibrated)?,
            Screen::Checklist(_) => {}
        }
        Ok(())
    }

    /// Follows the person's own acknowledged change.
    pub(super) fn follow(&mut self, entries: &[Entry], reading: &dyn Reading) -> Result<(), ReadFault> {
        // A signature brings its findings to the ledger in the same act; the screen follows the signature.
        let of_screen = |entry: &&Entry| !matches!(entry.of, Of::Finding(_));
        let Some(entry) = entries.iter().rfind(of_screen).or(entries.last()) else { return Ok(()) };
        if let Of::Lookback(id) = entry.of {
            return self.follow_lookback(id, entry, entries.len(), reading);
        }
        // A merger brings the verdicts to the inspection in the same act.
        if let Some((first, Of::Calibration(id))) = entries.first().map(|first| (first, first.of)) {
            return self.follow_calibration(id, first, reading);
        }
        let undone = entry.changes.iter().any(|change| {
            matches!(
                change,
                Change::Inspection(
                    InspectionChange::Undid { .. }
                        | InspectionChange::Redid { .. }
                        | InspectionChange::Signed { .. }
                        | InspectionChange::Reopened { .. }
                )
            )
        });
        let here = self.walk().map(super::Walk::of);
        if here == Some(entry.of) {
            // While more is on its way the screen is ahead of the records; the last answer brings them together.
            if self.waiting == 0 {
                let walk = match &mut self.screen {
                    Screen::Across(across) => across.walk.as_mut(),
                    Screen::Walk(walk) => Some(&mut **walk),
                    Screen::Summary(summary) => Some(&mut summary.walk),
                    _ => None,
                };
                if let Some(walk) = walk
                    && (undone || walk.inspection.rev != entry.rev)
                {
                    walk.reload(reading)?;
                }
            }
            if undone && let Some(item) = item_of(entry) {
                if !matches!(self.screen, Screen::Across(_)) {
                    self.goto_item(&item);
                }
                self.tell_undone(entry);
            }
            if let Some(Change::Inspection(InspectionChange::Signed { .. })) = entry.changes.first() {
                self.tell(Tone::Plain, w::SIGNED_NOW.say(self.lang));
            }
            return Ok(());
        }
        self.refresh(reading)
    }

    fn tell_undone(&mut self, entry: &Entry) {
        let word = match entry.changes.first() {
            Some(Change::Inspection(InspectionChange::Undid { .. })) => &w::UNDONE,
            Some(Change::Inspection(InspectionChange::Redid { .. })) => &w::REDONE,
            _ => return,
        };
        let touched: Vec<String> = (entry.changes.iter())
            .filter_map(|change| match change {
                Change::Inspection(InspectionChange::Judged { item, now, .. }) => {
                    let verdict = now.as_ref().map(|now| now.verdict);
                    Some(format!("{item} {}", verdict_word(verdict).say(self.lang)))
                }
                Change::Inspection(InspectionChange::Noted { item, .. } | InspectionChange::Marked { item, .. }) => {
                    Some(item.to_string())
                }
                _ => None,
            })
            .collect();
        let shown = touched.iter().take(3).cloned().collect::<Vec<_>>().join("、");
        let more = if touched.len() > 3 { format!("…（{}）", touched.len()) } else { String::new() };
        self.tell(Tone::Plain, word.fill(self.lang, &[&format!("{shown}{more}")]));
    }
}

/// Returns the word of a verdict, or of its absence.
pub fn verdict_word(verdict: Option<Verdict>) -> &'static w::Word {
    verdict.map_or(&w::NOT_CHECKED, w::verdict)
}

/// Returns the item that an entry speaks of.
fn item_of(entry: &Entry) -> Option<crate::domain::ItemId> {
    entry.changes.iter().find_map(|change| match change {
        Change::Inspection(
            InspectionChange::Judged { item, .. }
            | InspectionChange::Noted { item, .. }
            | InspectionChange::Marked { item, .. },
        ) => Some(item.clone()),
        Change::Inspection(InspectionChange::Found { was, now, .. }) => {
            now.as_ref().or(was.as_ref()).map(|facts| facts.item.clone())
        }
        _ => None,
    })
}

/// Returns the round that is going on: the latest that is not closed.
fn current(reading: &dyn Reading) -> Result<Option<RoundId>, ReadFault> {
    Ok(reading.rounds()?.into_iter().find(|line| !line.closed).map(|line| line.id))
}
