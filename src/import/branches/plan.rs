//! The fate of every row, and the one command that carries them out together.

use super::columns::Head;
use super::family::Family;
use super::row::{self, Draft};
use super::{ListFault, ROW_LIMIT, RowFault, table};
use crate::domain::care::Concern;
use crate::domain::{Branch, BranchCommand, BranchFacts, BranchId, BranchSurroundings, Reading, Rev, decide_branch};

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A unit is entered.
    Added,
    /// A unit is corrected.
    Edited,
    /// The unit is known and nothing differs.
    Same,
    /// It cannot be taken, and so no row is.
    Faulty(Vec<RowFault>),
}

/// A row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    /// The line of the file, or the row of the sheet, from 1.
    pub line: u32,
    /// The unit's code.
    pub code: String,
    /// The unit's short name.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// What looks like personal data; a warning, the person decides.
    pub concerns: Vec<Concern>,
}

/// A list that was read against the store.
#[derive(Debug, Default)]
pub struct Plan {
    /// The rows in the order of the file.
    pub rows: Vec<PlannedRow>,
    /// Names of columns that the program has no use for.
    pub others: Vec<String>,
    /// What to ask of the desk, all of it or nothing; empty where a row is faulty.
    pub commands: Vec<(BranchId, BranchCommand)>,
}

/// How many rows meet which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Units to enter.
    pub added: usize,
    /// Units to correct.
    pub edited: usize,
    /// Units that stay as they are.
    pub same: usize,
    /// Rows that cannot be taken.
    pub faults: usize,
}

/// Reads a list and decides the fate of every row; nothing is changed.
pub fn plan(bytes: &[u8], reading: &dyn Reading) -> Result<Plan, ListFault> {
    let rows = table::read(bytes)?;
    let Some((first, rows)) = rows.split_first() else {
        return Err(ListFault::NothingInIt);
    };
    let head = Head::read(&first.cells)?;
    if rows.is_empty() {
        return Err(ListFault::NothingInIt);
    }
    if rows.len() > ROW_LIMIT {
        return Err(ListFault::TooManyRows);
    }
    let mut drafts = rows.iter().map(|row| row::read(row, &head, reading)).collect::<Result<Vec<_>, _>>()?;
    let family = Family::of(&mut drafts, reading)?;
    let order = family.parents_first();
    let ids = numbered(&drafts, &order, reading)?;

    let mut commands = Vec::new();
    for at in order {
        let draft = &mut drafts[at];
        draft.facts.parent = family.parent(at, &ids);
        judge(draft, ids[at]);
        let facts = || draft.facts.clone();
        match draft.fate() {
            Fate::Added => commands.push((ids[at], BranchCommand::Add(facts()))),
            Fate::Edited => commands.push((ids[at], BranchCommand::Edit(facts()))),
            Fate::Same | Fate::Faulty(_) => {}
        }
    }
    if drafts.iter().any(|draft| !draft.faults.is_empty()) {
        commands.clear();
    }
    let rows = drafts.into_iter().map(PlannedRow::of).collect();
    Ok(Plan { rows, others: head.others, commands })
}

/// Gives new units their numbers in the order in which they are entered.
fn numbered(drafts: &[Draft], order: &[usize], reading: &dyn Reading) -> Result<Vec<BranchId>, ListFault> {
    let mut next = reading.next_branch().map_err(ListFault::Store)?;
    let mut ids = vec![BranchId::default(); drafts.len()];
    for at in order {
        ids[*at] = match &drafts[*at].known {
            Some((id, _)) => *id,
            None => {
                let id = next;
                next = id.next();
                id
            }
        };
    }
    Ok(ids)
}

/// Asks the domain what it thinks of the row by itself; neighbours were judged with the whole list.
fn judge(draft: &mut Draft, id: BranchId) {
    let around =
        BranchSurroundings { ancestors: draft.facts.parent.into_iter().collect(), ..BranchSurroundings::default() };
    let branch = draft.known.as_ref().map(|(id, facts)| known(*id, facts.clone()));
    let command = match &draft.known {
        Some((_, facts)) if *facts == draft.facts => return,
        Some(_) => BranchCommand::Edit(draft.facts.clone()),
        None => BranchCommand::Add(draft.facts.clone()),
    };
    if let Err(refusal) = decide_branch(id, branch.as_ref(), &around, command) {
        let told = draft.faults.iter().any(|fault| matches!(fault, RowFault::Circle | RowFault::Refused(_)));
        if !told {
            draft.faults.push(RowFault::Refused(refusal));
        }
    }
}

fn known(id: BranchId, facts: BranchFacts) -> Branch {
    Branch { id, rev: Rev(1), facts, active: true, merged: None, lineage: Vec::new() }
}

impl Draft {
    fn fate(&self) -> Fate {
        match &self.known {
            _ if !self.faults.is_empty() => Fate::Faulty(self.faults.clone()),
            None => Fate::Added,
            Some((_, facts)) if *facts == self.facts => Fate::Same,
            Some(_) => Fate::Edited,
        }
    }
}

impl PlannedRow {
    fn of(draft: Draft) -> Self {
        let fate = draft.fate();
        Self { line: draft.line, code: draft.facts.code, name: draft.facts.name, fate, concerns: draft.concerns }
    }
}

impl Plan {
    /// Counts the rows by their fates.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for row in &self.rows {
            *match row.fate {
                Fate::Added => &mut summary.added,
                Fate::Edited => &mut summary.edited,
                Fate::Same => &mut summary.same,
                Fate::Faulty(_) => &mut summary.faults,
            } += 1;
        }
        summary
    }
}
