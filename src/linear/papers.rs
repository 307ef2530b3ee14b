//! The papers that can be read out where one is: `report` and the name of one.

use super::Talk;
use crate::app::{Screen, Tone};
use crate::domain::{BranchId, LookbackId, ReadFault, RectId, RoundId};
use crate::locales as w;
use crate::report::{self, Letter, NoPaper};
use crate::text::fold;

/// A paper by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// 體檢報告.
    Inspection(RoundId, BranchId),
    /// 整改通知書.
    Notice(RoundId, BranchId),
    /// 整改方案.
    Plan(RoundId, BranchId),
    /// 銷號申請（審核）單.
    Closure(RectId),
    /// 延期申請單.
    Extension(RectId),
    /// A letter that presses.
    Press(Letter, BranchId),
    /// 數據統計表.
    Statistics(RoundId),
    /// 督查通報.
    Circular(RoundId),
    /// 「回頭看」報告.
    Lookback(LookbackId),
}

impl Wanted {
    /// The name under which it is asked for, as on the command line.
    const fn name(self) -> &'static str {
        match self {
            Self::Inspection(..) => "inspection",
            Self::Notice(..) => "notice",
            Self::Plan(..) => "plan",
            Self::Closure(_) => "closure",
            Self::Extension(_) => "extension",
            Self::Press(Letter::Reminder, _) => "reminder",
            Self::Press(Letter::Urging, _) => "urging",
            Self::Press(Letter::Supervision, _) => "supervision",
            Self::Press(Letter::Talk, _) => "talk",
            Self::Statistics(_) => "statistics",
            Self::Circular(_) => "circular",
            Self::Lookback(_) => "lookback",
        }
    }

    const fn word(self) -> &'static w::Word {
        match self {
            Self::Inspection(..) => &w::LN_P_INSPECTION,
            Self::Notice(..) => &w::LN_P_NOTICE,
            Self::Plan(..) => &w::LN_P_PLAN,
            Self::Closure(_) => &w::LN_P_CLOSURE,
            Self::Extension(_) => &w::LN_P_EXTENSION,
            Self::Press(Letter::Reminder, _) => &w::LN_P_REMINDER,
            Self::Press(Letter::Urging, _) => &w::LN_P_URGING,
            Self::Press(Letter::Supervision, _) => &w::LN_P_SUPERVISION,
            Self::Press(Letter::Talk, _) => &w::LN_P_TALK,
            Self::Statistics(_) => &w::LN_P_STATISTICS,
            Self::Circular(_) => &w::LN_P_CIRCULAR,
            Self::Lookback(_) => &w::LN_P_LOOKBACK,
        }
    }
}

impl Talk {
    /// Lists the papers that are there for what is looked at.
    fn papers(&self) -> Vec<Wanted> {
        let of_round = |round| vec![Wanted::Statistics(round), Wanted::Circular(round)];
        let of_branch = |round, branch| {
            let letters = Letter::ALL.map(|letter| Wanted::Press(letter, branch));
            let own = [Wanted::Inspection(round, branch), Wanted::Notice(round, branch), Wanted::Plan(round, branch)];
            own.into_iter().chain(letters).collect()
        };
        let of_item = |rect: RectId| {
            let mut papers = vec![Wanted::Closure(rect), Wanted::Extension(rect)];
            let of_branch: Vec<Wanted> = of_branch(rect.finding.round, rect.finding.branch);
            papers.extend(of_branch);
            papers
        };
        match &self.model.screen {
            Screen::Rect(page) => of_item(page.id()),
            Screen::Ledger(page) => page.selected().map_or_else(Vec::new, of_item),
            Screen::Rounds(page) => page.selected().map_or_else(Vec::new, of_round),
            Screen::Round(page) => of_round(page.round.id),
            Screen::Progress(page) => of_round(page.round.id),
            Screen::Analysis(page) => of_round(page.round.id),
            Screen::Lookbacks(page) => page.selected().map(Wanted::Lookback).into_iter().collect(),
            Screen::Lookback(page) => vec![Wanted::Lookback(page.lookback.id)],
            Screen::Walk(_) | Screen::Across(_) | Screen::Summary(_) => {
                let walk = self.model.walk();
                walk.map_or_else(Vec::new, |walk| of_branch(walk.round.id, walk.inspection.branch))
            }
            Screen::Home(_)
            | Screen::Branches(_)
            | Screen::Branch(_)
            | Screen::Checklist(_)
            | Screen::Trail(_)
            | Screen::Calibration(_) => Vec::new(),
        }
    }

    /// Says what can be asked for here.
    pub(super) fn papers_said(&self) -> Vec<String> {
        let lang = self.model.lang;
        self.papers().into_iter().map(|paper| format!("report {} {}", paper.name(), paper.word().say(lang))).collect()
    }

    /// Reads a paper out: in a walk the one on the inspection where none is named, elsewhere the only one there is.
    pub(super) fn report(&mut self, name: &str) -> Result<(), ReadFault> {
        let (lang, papers) = (self.model.lang, self.papers());
        let called = |paper: &&Wanted| {
            fold(paper.name()) == fold(name)
                || w::Lang::ALL.iter().any(|lang| fold(paper.word().say(*lang)) == fold(name))
        };
        let wanted = match papers.as_slice() {
            [] => {
                self.tell(Tone::Warning, w::LN_NO_REPORT.say(lang).to_owned());
                return Ok(());
            }
            [first @ Wanted::Inspection(..), ..] if name.is_empty() => Some(*first),
            [only] if name.is_empty() => Some(*only),
            all => all.iter().find(called).copied(),
        };
        let Some(wanted) = wanted else {
            if !name.is_empty() {
                self.tell(Tone::Warning, w::LN_UNKNOWN.fill(lang, &[&name]));
            }
            let said = self.papers_said();
            self.page.pieces(&said);
            return Ok(());
        };
        let (reading, today) = (&*self.reading, self.model.moment.day);
        let paper = match wanted {
            Wanted::Inspection(round, branch) => {
                report::inspection(reading, round, branch, lang, today)?.ok_or(NoPaper::NotInRound)
            }
            Wanted::Notice(round, branch) => report::notice(reading, round, branch, lang, today),
            Wanted::Plan(round, branch) => report::plan(reading, round, branch, lang, today),
            Wanted::Closure(rect) => report::closure(reading, rect, lang, today),
            Wanted::Extension(rect) => report::extension(reading, rect, lang, today),
            Wanted::Press(letter, branch) => report::press(reading, letter, branch, None, lang, today),
            Wanted::Statistics(round) => report::statistics(reading, round, lang, today),
            Wanted::Circular(round) => report::circular(reading, round, lang, today),
            Wanted::Lookback(id) => report::lookback(reading, id, lang, today),
        };
        match paper {
            Ok(paper) => {
                self.page.gap();
                self.page.line(&paper.text());
            }
            Err(NoPaper::Read(fault)) => return Err(fault),
            Err(why) => self.tell(Tone::Warning, why.said(lang)),
        }
        Ok(())
    }
}
