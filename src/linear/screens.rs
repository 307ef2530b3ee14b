//! What each screen says when it is opened, and the words before the prompt.

use super::Talk;
use super::lists::PART;
use crate::app::{Action, LedgerPage, Screen, action_of, rect_texts};
use crate::domain::{LedgerView, ReadFault, per_mille};
use crate::locales as w;
use crate::view::{
    calibration_lines, calibration_title, corrected_text, items_text, narrow_text, pane_word, progress_nothing,
    progress_word, round_narrow_text, sample_text,
};

/// Says the views of the ledger with their counts; the one that is looked at stands in brackets.
fn ledger_head(page: &LedgerPage, lang: w::Lang) -> Vec<String> {
    let counted = |(view, count): (&LedgerView, &usize)| {
        let word = w::view(*view).say(lang);
        if *view == page.view { format!("[{word} {count}]") } else { format!("{word} {count}") }
    };
    LedgerView::ALL.iter().zip(&page.counts).map(counted).collect()
}

impl Talk {
    /// Says the screen. `walked` is whether the person was in a walk before, and knows its commands.
    pub(super) fn describe(&mut self, walked: bool) -> Result<(), ReadFault> {
        match &self.model.screen {
            Screen::Walk(_) => {
                self.walk_item(!walked);
                return Ok(());
            }
            Screen::Across(_) => {
                self.across_here()?;
                return Ok(());
            }
            // Further lines of a list stand without the head that was said with its first.
            _ if self.top > 0 => {}
            Screen::Summary(_) => self.summary_head(),
            _ => self.head(),
        }
        self.rows()?;
        self.commands();
        Ok(())
    }

    /// Says how far the round is, how many items stand where, and that something waits.
    fn home_head(&mut self) {
        let lang = self.model.lang;
        let Screen::Home(home) = &self.model.screen else { return };
        let (house, first) = (home.house.name.clone(), !home.steps().is_empty());
        let current = home.current().or_else(|| home.rounds.first()).cloned();
        let (empty, counts) = (home.tasks.is_empty(), home.counts);
        self.page.line(format!("{}  {house}", w::HOME.say(lang)).trim_end());
        if first {
            self.page.line(w::NON_CLASSIFIED.say(lang));
            self.page.line(w::FIRST_STEPS.say(lang));
            return;
        }
        if let Some(line) = current {
            let begun = line.started.saturating_sub(line.signed);
            let open = line.branches.saturating_sub(line.started);
            let mean = w::rate(per_mille(line.got, line.applicable * 100));
            let said = [
                line.plan.name.clone(),
                w::N_BRANCHES.fill(lang, &[&line.branches]),
                w::SIGNED_N.fill(lang, &[&line.signed]),
                format!("{} {begun}", w::UNFINISHED.say(lang)),
                format!("{} {open}", w::NOT_BEGUN.say(lang)),
                w::FINDINGS_N.fill(lang, &[&line.findings]),
                w::AVERAGE.fill(lang, &[&mean]),
            ];
            self.page.pair(w::PROGRESS.say(lang), &said.join("  "), lang);
        }
        if let Some(counts) = counts.filter(|counts| counts.tally.all() > 0) {
            self.page.pair(w::RECTIFICATION.say(lang), &items_text(&counts, lang), lang);
        }
        let waiting = match (empty, counts) {
            (true, None) => &w::BEING_COUNTED,
            (true, Some(_)) => &w::NOTHING_WAITS,
            (false, _) => &w::WAITING,
        };
        self.page.line(waiting.say(lang));
    }

    fn head(&mut self) {
        let lang = self.model.lang;
        match &self.model.screen {
            Screen::Home(_) => self.home_head(),
            Screen::Branches(branches) => {
                let count = w::N_BRANCHES.fill(lang, &[&branches.rows.len()]);
                let filter = branches.filter_text().to_owned();
                let empty = branches.tree.lines.is_empty();
                self.page.line(&format!("{}  {count}", w::BRANCHES.say(lang)));
                if empty {
                    self.page.line(w::NO_BRANCHES_YET.say(lang));
                }
                self.page.pair(w::FILTER.say(lang), &filter, lang);
            }
            Screen::Branch(page) => {
                let facts = &page.branch.facts;
                let path = page.path.replace('›', "/");
                let number = |number: Option<u16>| number.map_or_else(|| "—".to_owned(), |number| number.to_string());
                let mut about = vec![facts.code.clone(), w::branch_kind(facts.kind).say(lang).to_owned()];
                if !page.branch.active {
                    about.push(w::RETIRED.say(lang).to_owned());
                }
                about.push(w::MEMBERS.fill(lang, &[&number(facts.all_members), &number(facts.full_members)]));
                if page.below > 0 {
                    about.push(w::BELOW.fill(lang, &[&page.below]));
                }
                let (full_name, none) = (facts.full_name.clone(), page.rounds.is_empty());
                self.page.line(&path);
                self.page.line(&about.join("  "));
                self.page.line(&full_name);
                if none {
                    self.page.line(w::IN_NO_ROUND.say(lang));
                }
            }
            Screen::Rounds(rounds) => {
                let none = rounds.lines.is_empty();
                self.page.line(w::ROUNDS.say(lang));
                if none {
                    self.page.line(w::NO_ROUNDS_YET.say(lang));
                }
            }
            Screen::Round(page) => {
                let (line, filter) = (&page.line, page.filter_text().to_owned());
                let state = w::round_state(line);
                let only = if page.only_unfinished { w::ONLY_OPEN.say(lang) } else { "" };
                let count = w::SIGNED_N.fill(lang, &[&w::OF_BRANCHES.fill(lang, &[&line.signed, &line.branches])]);
                let findings = w::FINDINGS_N.fill(lang, &[&line.findings]);
                let (code, name) = (&line.plan.code, &line.plan.name);
                let narrow = round_narrow_text(page, lang).unwrap_or_default();
                let said = format!("{code} {name}  {}  {count}  {findings}  {only}{narrow}", state.say(lang));
                let corrected = corrected_text(&page.round, line, lang);
                self.page.line(said.trim_end());
                if let Some((why, figures)) = corrected {
                    self.page.line(&why);
                    self.page.line(&figures);
                }
                self.page.pair(w::FILTER.say(lang), &filter, lang);
            }
            Screen::Checklist(page) => {
                let said = format!("{}  {}", w::CHECKLIST.say(lang), page.checklist.title.pick(lang));
                let filter = page.filter_text().to_owned();
                self.page.line(&said);
                self.page.pair(w::FILTER.say(lang), &filter, lang);
            }
            Screen::Trail(page) => {
                let said = format!("{}  {} {}", w::TRAIL.say(lang), page.code, page.path.replace('›', "/"));
                let none = page.entries.is_empty();
                self.page.line(&said);
                if none {
                    self.page.line(w::NO_TRAIL.say(lang));
                }
            }
            Screen::Progress(_) => self.progress_head(),
            Screen::Calibration(page) => {
                let mut lines = vec![page.path.replace('›', "/"), calibration_title(page, lang)];
                lines.extend(calibration_lines(page, lang));
                for line in lines {
                    self.page.line(&line);
                }
            }
            Screen::Ledger(_) | Screen::Rect(_) | Screen::Analysis(_) | Screen::Lookbacks(_) | Screen::Lookback(_) => {
                self.follow_head();
            }
            Screen::Walk(_) | Screen::Across(_) | Screen::Summary(_) => {}
        }
    }

    /// Says how far a round is, and what is looked at.
    fn progress_head(&mut self) {
        let lang = self.model.lang;
        let Screen::Progress(page) = &self.model.screen else { return };
        let (line, filter, none) = (&page.line, page.filter_text().to_owned(), page.rows.is_empty());
        let state = w::round_state(line).say(lang);
        let coverage = format!("{} {}", w::RATE_COVERAGE.say(lang), w::counted(page.coverage(), lang));
        let only = if page.only_unfinished { w::ONLY_OPEN.say(lang) } else { "" };
        let said = format!("{} {}  {state}  {coverage}  {only}", line.plan.code, line.plan.name);
        let pane = progress_word(page.pane).say(lang).to_owned();
        self.page.line(said.trim_end());
        self.page.line(&pane);
        self.page.pair(w::FILTER.say(lang), &filter, lang);
        if none {
            let said = progress_nothing(&self.model);
            self.page.line(&said);
        }
    }

    /// Says what the ledger or an item's page begins with.
    fn follow_head(&mut self) {
        let lang = self.model.lang;
        match &self.model.screen {
            Screen::Ledger(page) => {
                let said = ledger_head(page, lang);
                let (filter, empty) = (page.filter_text().to_owned(), page.ledger.is_empty());
                let sorted = w::SORTED_BY.fill(lang, &[&w::sort(page.sort).say(lang)]);
                let narrow = narrow_text(page, lang).unwrap_or_default();
                self.page.line(&format!("{}  {sorted}", w::LEDGER.say(lang)));
                self.page.pieces(&said);
                if empty {
                    self.page.line(w::LEDGER_EMPTY.say(lang));
                }
                if !narrow.is_empty() {
                    self.page.line(&narrow);
                }
                self.page.pair(w::FILTER.say(lang), &filter, lang);
            }
            Screen::Analysis(page) => {
                let said = format!("{}  {}", page.round.plan.code, pane_word(page.pane).say(lang));
                self.page.line(&format!("{}  {said}", w::ANALYSIS.say(lang)));
            }
            Screen::Rect(page) => {
                let path = format!("{}  {}", page.round.plan.code, page.path.replace('›', "/"));
                let texts =
                    page.rect().map(|rect| rect_texts(page, rect, self.model.moment.stamp, lang)).unwrap_or_default();
                self.page.line(&path);
                for (label, text, _) in texts {
                    self.page.pair(&label, &text, lang);
                }
            }
            Screen::Lookbacks(page) => {
                let none = page.lines.is_empty();
                self.page.line(w::LOOKBACK.say(lang));
                if none {
                    self.page.line(w::NO_LOOKBACKS_YET.say(lang));
                }
            }
            Screen::Lookback(page) => {
                let said = format!("{} {}", w::LOOKBACK.say(lang), page.lookback.id);
                let sample = sample_text(page, lang).replace('›', "/");
                let ended = page.lookback.ended.is_some();
                self.page.line(&said);
                self.page.line(&sample);
                if ended {
                    self.page.line(w::CLOSED.say(lang));
                }
            }
            _ => {}
        }
    }

    fn rows(&mut self) -> Result<(), ReadFault> {
        let (lang, count) = (self.model.lang, self.row_count());
        if self.top >= count {
            self.top = 0;
        }
        let end = (self.top + PART).min(count);
        for at in self.top..end {
            let row = self.row_text(at)?;
            self.page.line(&format!("{}. {row}", at + 1));
        }
        if end < count {
            self.page.line(&w::LN_PART.fill(lang, &[&(self.top + 1), &end, &count]));
        }
        Ok(())
    }

    /// Says the commands that are wanted most on this screen.
    fn commands(&mut self) {
        if let Screen::Rect(page) = &self.model.screen {
            let mut steps: Vec<Action> =
                page.steps(self.model.moment.stamp).into_iter().filter_map(|(verb, _)| action_of(verb)).collect();
            steps.extend([Action::GoWalk, Action::Back]);
            self.offer(&steps);
            return;
        }
        let wanted: &[Action] = match &self.model.screen {
            Screen::Home(_) => &[
                Action::GoRounds,
                Action::GoLedger,
                Action::GoAnalysis,
                Action::GoBranches,
                Action::GoChecklist,
                Action::Language,
            ],
            Screen::Analysis(_) => &[
                Action::PaneHeat,
                Action::PaneTrend,
                Action::PaneItems,
                Action::PaneRanks,
                Action::PaneLedger,
                Action::OlderRound,
                Action::NewerRound,
                Action::Back,
            ],
            Screen::Ledger(_) => &[
                Action::ViewOpen,
                Action::ViewOverdue,
                Action::ViewToVerify,
                Action::ViewMine,
                Action::ViewAll,
                Action::Sort,
                Action::Back,
            ],
            Screen::Branches(_) => &[Action::BranchAdd, Action::RoundJoin, Action::Back],
            Screen::Branch(_) => &[Action::BranchEdit, Action::RoundJoin, Action::BranchRetire, Action::Back],
            Screen::Rounds(_) => &[Action::RoundAdd, Action::Back],
            Screen::Round(page) if page.round.closed => &[Action::RoundProgress, Action::RoundCorrect, Action::Back],
            Screen::Round(_) => {
                &[Action::RoundOnly, Action::RoundProgress, Action::RoundEdit, Action::RoundClose, Action::Back]
            }
            Screen::Summary(summary) if summary.walk.inspection.signed.is_some() => {
                &[Action::Reopen, Action::Trail, Action::Back]
            }
            Screen::Summary(_) => &[Action::SignOff, Action::Trail, Action::Back],
            Screen::Lookbacks(_) => &[Action::LookDraw, Action::Back],
            Screen::Lookback(_) => {
                &[Action::LookValid, Action::LookRelapsed, Action::Open, Action::LookEnd, Action::Back]
            }
            Screen::Calibration(page) if page.calibration.end.is_some() => &[Action::CalibrationBegin, Action::Back],
            Screen::Calibration(page) if page.agreement.is_some() => {
                &[Action::TakeFirst, Action::TakeSecond, Action::TakeOther, Action::Merge, Action::Back]
            }
            Screen::Calibration(_) => &[Action::Open, Action::HandIn, Action::CallOff, Action::Back],
            Screen::Progress(_) => &[
                Action::PaneUnits,
                Action::PaneTeams,
                Action::PaneWalkers,
                Action::Open,
                Action::TeamEdit,
                Action::TeamOff,
                Action::Back,
            ],
            _ => &[Action::Back],
        };
        self.offer(wanted);
    }

    /// Says what can be typed now: each action with its key.
    pub(super) fn offer(&mut self, actions: &[Action]) {
        let lang = self.model.lang;
        let mut pieces: Vec<String> = Vec::new();
        if self.model.walk().is_some() && self.is_list() {
            pieces.push(format!("report {}", w::LN_PAPER.say(lang)));
        }
        pieces.extend(
            actions
                .iter()
                .chain(&[Action::Help, Action::Quit])
                .map(|action| format!("{} {}", self.typed_for(*action), action.word().say(lang))),
        );
        self.page.pieces(&pieces);
    }

    fn across_here(&mut self) -> Result<(), ReadFault> {
        let lang = self.model.lang;
        let Screen::Across(across) = &self.model.screen else { return Ok(()) };
        let title = across.checklist.item(&across.item).map_or("", |item| item.title.pick(lang));
        let title = format!("{}  {} {title}", across.round.plan.code, across.item);
        let (at, of) = (across.cursor.at, across.rows.len());
        let row = self.row_text(at)?;
        self.page.line(&title);
        self.page.line(&w::LN_STATE.fill(lang, &[&(at + 1), &of, &row]));
        let verdicts = self.verdicts();
        self.page.pieces(&verdicts);
        self.offer(&[Action::Down, Action::Up, Action::Note, Action::Finding, Action::Undo, Action::Back]);
        Ok(())
    }

    /// Returns the words before the prompt: where the person is.
    pub(super) fn prompt(&self) -> String {
        let lang = self.model.lang;
        let word = match &self.model.screen {
            Screen::Walk(walk) => return walk.item().map_or_else(String::new, |item| item.id.to_string()),
            Screen::Across(across) => {
                let line = across.selected().and_then(|id| across.tree.line(id));
                return format!("{}{}{}", across.item, w::colon(lang), line.map_or("", |line| line.code.as_str()));
            }
            Screen::Home(_) => &w::HOME,
            Screen::Branches(_) | Screen::Branch(_) => &w::BRANCHES,
            Screen::Rounds(_) | Screen::Round(_) => &w::ROUNDS,
            Screen::Summary(_) => &w::SUMMARY,
            Screen::Checklist(_) => &w::CHECKLIST,
            Screen::Trail(_) => &w::TRAIL,
            Screen::Ledger(_) => &w::LEDGER,
            Screen::Analysis(_) => &w::ANALYSIS,
            Screen::Rect(_) => &w::RECT,
            Screen::Lookbacks(_) => &w::LOOKBACK,
            Screen::Lookback(page) => {
                return page.selected().map_or_else(String::new, |row| row.name.clone());
            }
            Screen::Calibration(page) => match page.selected() {
                Some(compared) => return compared.item.to_string(),
                None => &w::SCOPE_CALIBRATION,
            },
            Screen::Progress(page) => match page.unit().and_then(|unit| page.tree.line(unit)) {
                Some(line) => return line.code.clone(),
                None => &w::SCOPE_PROGRESS,
            },
        };
        word.say(lang).to_owned()
    }
}
