//! One row → what is known of one unit.

use super::columns::{Column, Head};
use super::table::Row;
use super::{ListFault, RowFault};
use crate::domain::care::{Concern, concerns};
use crate::domain::{BranchFacts, BranchId, BranchKind, Day, Profile, Reading, Refusal};
use crate::locales::{Lang, branch_kind, profile};
use crate::text::{clean_line, fold, is_clean};

/// A row that was read; its unit above is a code until every row is known.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its line.
    pub line: u32,
    /// The unit that has its code already, and what is known of it.
    pub known: Option<(BranchId, BranchFacts)>,
    /// What will be known of the unit.
    pub facts: BranchFacts,
    /// The code of the unit above, where the row names one.
    pub parent: Option<String>,
    /// What is wrong.
    pub faults: Vec<RowFault>,
    /// What looks like personal data.
    pub concerns: Vec<Concern>,
}

/// Reads a row.
pub(super) fn read(row: &Row, head: &Head, reading: &dyn Reading) -> Result<Draft, ListFault> {
    let mut draft = Draft {
        line: row.line,
        known: None,
        facts: BranchFacts::default(),
        parent: None,
        faults: Vec::new(),
        concerns: Vec::new(),
    };
    let width = head.columns.len();
    if row.cells.len() < width || row.cells.iter().skip(width).any(|cell| !cell.is_empty()) {
        draft.faults.push(RowFault::Ragged { head: width, row: row.cells.len() });
    }
    let cells = || head.columns.iter().zip(&row.cells).filter_map(|(column, cell)| Some(((*column)?, cell.as_str())));
    if let Some((_, code)) = cells().find(|(column, _)| *column == Column::Code)
        && is_clean(code, false)
        && let Some(id) = reading.branch_by_code(code).map_err(ListFault::Store)?
        && let Some(branch) = reading.branch(id).map_err(ListFault::Store)?
    {
        draft.facts = branch.facts.clone();
        draft.known = Some((id, branch.facts));
    }
    for (column, cell) in cells() {
        if cell.is_empty() {
            continue;
        }
        if !is_clean(cell, false) {
            draft.faults.push(RowFault::Refused(Refusal::Unclean(column.field())));
        } else if !put(&mut draft, column, cell) {
            draft.faults.push(RowFault::Cell { column, text: clean_line(cell, 24).text });
        }
        draft.concerns.extend(concerns(cell));
    }
    Ok(draft)
}

/// Puts a cell where it belongs; says no where it cannot be read.
fn put(draft: &mut Draft, column: Column, cell: &str) -> bool {
    let facts = &mut draft.facts;
    let number = || fold(cell).trim_end_matches(['人', '个', '年']).trim().parse::<u16>().ok();
    let counted = |place: &mut Option<u16>| {
        let number = number();
        *place = number.or(*place);
        number.is_some()
    };
    match column {
        Column::Code => cell.clone_into(&mut facts.code),
        Column::Name => cell.clone_into(&mut facts.name),
        Column::FullName => cell.clone_into(&mut facts.full_name),
        Column::Parent => draft.parent = Some(cell.to_owned()),
        Column::Kind => return kind(cell).map(|kind| facts.kind = kind).is_some(),
        Column::Profile => return basis(cell).map(|profile| facts.profile = Some(profile)).is_some(),
        Column::FullMembers => return counted(&mut facts.full_members),
        Column::AllMembers => return counted(&mut facts.all_members),
        Column::Committee => return counted(&mut facts.committee),
        Column::Groups => return counted(&mut facts.groups),
        Column::TermYears => return counted(&mut facts.term_years),
        Column::TermStart => {
            // A moment at midnight is how some programs spell a day.
            let day = fold(cell).split([' ', 't']).next().and_then(|day| day.parse::<Day>().ok());
            facts.term_start = day.or(facts.term_start);
            return day.is_some();
        }
    }
    true
}

fn kind(cell: &str) -> Option<BranchKind> {
    let bare = |text: &str| fold(text).trim_start_matches('党').to_owned();
    let wanted = bare(cell);
    BranchKind::ALL.into_iter().find(|kind| Lang::ALL.iter().any(|lang| bare(branch_kind(*kind).say(*lang)) == wanted))
}

fn basis(cell: &str) -> Option<Profile> {
    let wanted = fold(cell);
    [Profile::Jiguan, Profile::University]
        .into_iter()
        .find(|one| Lang::ALL.iter().any(|lang| fold(profile(*one).say(*lang)) == wanted))
}

impl Column {
    /// The field's name as refusals spell it.
    pub(super) const fn field(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Name => "name",
            Self::FullName => "full_name",
            Self::Parent => "parent",
            Self::Kind => "kind",
            Self::FullMembers => "full_members",
            Self::AllMembers => "all_members",
            Self::Committee => "committee",
            Self::Groups => "groups",
            Self::TermStart => "term_start",
            Self::TermYears => "term_years",
            Self::Profile => "profile",
        }
    }
}
