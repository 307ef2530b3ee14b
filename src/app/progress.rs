//! How far a round is (進度): by unit, by team, by inspector. Branches are counted, never how good somebody is.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::rounds::corrected_lines;
use super::{Cursor, Filter};
use crate::domain::{
    self, BranchId, BranchTree, PersonId, Progress, Rate, Rates, ReadFault, Reading, Round, RoundId, RoundLine,
    RoundProgress,
};
use crate::text::{Needle, fold};

/// Lines above the list: what can be looked at, and the heads of the columns.
const PROGRESS_HEAD: usize = 2;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgressPane {
    /// 組織: the tree, as far as there are branches of the round in it.
    #[default]
    Units,
    /// 督查組: who walks where.
    Teams,
    /// 督查員: what falls to each, and what each has signed.
    Walkers,
}

impl ProgressPane {
    /// Every pane, in the order of the number keys.
    pub const ALL: [Self; 3] = [Self::Units, Self::Teams, Self::Walkers];
}

/// A line of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgressRow {
    /// The whole round.
    All,
    /// A branch, or all below a unit.
    Unit(BranchId),
    /// What falls to the team that a unit was given.
    Team(BranchId),
    /// The branches that fall to no team.
    Loose,
    /// An inspector.
    Walker(PersonId),
}

/// A round's progress on the screen.
#[derive(Clone, Debug)]
pub struct ProgressPage {
    /// The round.
    pub round: Arc<Round>,
    /// The round in a line.
    pub line: RoundLine,
    /// Every unit, for names.
    pub tree: Arc<BranchTree>,
    /// How far it is.
    pub counted: RoundProgress,
    /// What is looked at.
    pub pane: ProgressPane,
    /// The lines shown.
    pub rows: Vec<ProgressRow>,
    /// The selected line.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Option<Filter>,
    /// Whether what is all signed is left out.
    pub only_unfinished: bool,
}

impl ProgressPage {
    /// Reads how far a round is; nothing where it does not exist.
    pub fn load(reading: &dyn Reading, id: RoundId, pane: ProgressPane) -> Result<Option<Self>, ReadFault> {
        let Some(round) = reading.round(id)? else { return Ok(None) };
        let Some(line) = reading.rounds()?.into_iter().find(|line| line.id == id) else { return Ok(None) };
        let tree = reading.tree()?;
        let counted = domain::progress(reading, &tree, &round)?;
        let mut page = Self {
            round,
            line,
            tree,
            counted,
            pane,
            rows: Vec::new(),
            cursor: Cursor::default(),
            filter: None,
            only_unfinished: false,
        };
        page.list();
        Ok(Some(page))
    }

    /// Counts anew, keeping the place. The screen has so many rows for lists.
    pub fn reload(&mut self, reading: &dyn Reading, rows: usize) -> Result<(), ReadFault> {
        if let Some(fresh) = Self::load(reading, self.round.id, self.pane)? {
            let (at, cursor, only_unfinished) = (self.selected().cloned(), self.cursor, self.only_unfinished);
            *self = Self { cursor, only_unfinished, filter: self.filter.take(), ..fresh };
            self.list();
            self.select(at.as_ref(), rows);
        }
        Ok(())
    }

    /// Returns the lines of the list, of as many as other lists have.
    pub fn room(&self, rows: usize) -> usize {
        rows.saturating_sub(PROGRESS_HEAD + corrected_lines(&self.round)).max(1)
    }

    /// Looks at another pane.
    pub fn look(&mut self, pane: ProgressPane) {
        (self.pane, self.cursor, self.filter) = (pane, Cursor::default(), None);
        self.list();
    }

    /// Looks for what is typed in the filter.
    pub fn search(&mut self, rows: usize) {
        self.list();
        self.cursor.go(0, self.rows.len(), self.room(rows));
    }

    /// Selects a line where it is shown.
    pub fn select(&mut self, row: Option<&ProgressRow>, rows: usize) {
        let at = row.and_then(|row| self.rows.iter().position(|known| known == row));
        self.cursor.go(at.unwrap_or(self.cursor.at), self.rows.len(), self.room(rows));
    }

    /// Lists the lines of the pane that fit the filter: by the name of the unit, or of somebody in its team.
    fn list(&mut self) {
        let needle = self.filter.as_ref().and_then(Filter::needle);
        self.rows = match self.pane {
            ProgressPane::Units => self.units(needle.as_ref()),
            ProgressPane::Teams => self.teams(needle.as_ref()),
            ProgressPane::Walkers => self.walkers(needle.as_ref()),
        };
    }

    fn units(&self, needle: Option<&Needle>) -> Vec<ProgressRow> {
        let walked = self.teams_of(needle);
        let mut sieve = needle.map(Needle::sieve);
        let mut rows = if needle.is_none() { vec![ProgressRow::All] } else { Vec::new() };
        for line in &self.tree.lines {
            let Some(progress) = self.counted.units.get(&line.id) else { continue };
            let team =
                || self.round.team_of(self.tree.upwards(line.id)).is_some_and(|(unit, _)| walked.contains(&unit));
            if self.only_unfinished && progress.signed == progress.branches
                || sieve.as_mut().is_some_and(|sieve| !sieve.passes(&line.folded) && !team())
            {
                continue;
            }
            rows.push(ProgressRow::Unit(line.id));
        }
        rows
    }

    fn teams(&self, needle: Option<&Needle>) -> Vec<ProgressRow> {
        let walked = self.teams_of(needle);
        let named = |unit: BranchId| {
            needle.is_none_or(|needle| self.tree.line(unit).is_some_and(|line| needle.matches(&line.folded)))
        };
        let fits = |unit: &BranchId| named(*unit) || walked.contains(unit);
        let mut units: Vec<BranchId> = self.round.teams.keys().copied().filter(fits).collect();
        units.sort_by_key(|unit| self.tree.place(*unit));
        let loose = needle.is_none() && !units.is_empty() && self.counted.loose.branches > 0;
        units.into_iter().map(ProgressRow::Team).chain(loose.then_some(ProgressRow::Loose)).collect()
    }

    fn walkers(&self, needle: Option<&Needle>) -> Vec<ProgressRow> {
        let persons: BTreeSet<&PersonId> = self.counted.persons.keys().chain(self.counted.signed.keys()).collect();
        let fits = |person: &&PersonId| needle.is_none_or(|needle| needle.matches(&fold(&person.0)));
        persons.into_iter().filter(fits).cloned().map(ProgressRow::Walker).collect()
    }

    /// Finds the teams in which somebody is called so, by the units that they were given.
    fn teams_of(&self, needle: Option<&Needle>) -> BTreeSet<BranchId> {
        let Some(needle) = needle else { return BTreeSet::new() };
        let called = |members: &[PersonId]| members.iter().any(|member| needle.matches(&fold(&member.0)));
        self.round.teams.iter().filter(|(_, members)| called(members)).map(|(unit, _)| *unit).collect()
    }

    /// Returns the selected line.
    pub fn selected(&self) -> Option<&ProgressRow> {
        self.rows.get(self.cursor.at)
    }

    /// Returns the selected branch or unit.
    pub fn unit(&self) -> Option<BranchId> {
        self.unit_of(self.selected()?)
    }

    /// Returns the branch or unit of a line.
    pub const fn unit_of(&self, row: &ProgressRow) -> Option<BranchId> {
        match row {
            ProgressRow::Unit(unit) | ProgressRow::Team(unit) => Some(*unit),
            ProgressRow::All | ProgressRow::Loose | ProgressRow::Walker(_) => None,
        }
    }

    /// Returns the coverage of the plan.
    pub fn coverage(&self) -> Rate {
        let mut rates = Rates::default();
        rates.cover(&self.line);
        rates.coverage
    }

    /// Returns how far a line is.
    pub fn progress(&self, row: &ProgressRow) -> Progress {
        let found = match row {
            ProgressRow::All => Some(&self.counted.all),
            ProgressRow::Unit(unit) => self.counted.units.get(unit),
            ProgressRow::Team(unit) => self.counted.teams.get(unit),
            ProgressRow::Loose => Some(&self.counted.loose),
            ProgressRow::Walker(person) => self.counted.persons.get(person),
        };
        found.copied().unwrap_or_default()
    }

    /// Returns how many branches an inspector has signed, whoever they fell to; nothing for what is no inspector.
    pub fn own(&self, row: &ProgressRow) -> Option<u32> {
        match row {
            ProgressRow::Walker(person) => Some(self.counted.signed.get(person).copied().unwrap_or_default()),
            ProgressRow::All | ProgressRow::Unit(_) | ProgressRow::Team(_) | ProgressRow::Loose => None,
        }
    }

    /// Returns the team that a line falls to, and whether it was given to that very unit.
    pub fn team(&self, row: &ProgressRow) -> Option<(&[PersonId], bool)> {
        let (ProgressRow::Unit(unit) | ProgressRow::Team(unit)) = row else { return None };
        let (given, members) = self.round.team_of(self.tree.upwards(*unit))?;
        Some((members, given == *unit))
    }

    /// Returns what is typed in the filter.
    pub fn filter_text(&self) -> &str {
        self.filter.as_ref().map_or("", |filter| filter.edit.text())
    }
}

/// Spells a team: names with blanks between.
pub fn team_text(members: &[PersonId]) -> String {
    members.iter().map(|member| member.0.as_str()).collect::<Vec<_>>().join(" ")
}
