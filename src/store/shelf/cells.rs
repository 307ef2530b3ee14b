//! How an inspection lies in records: a line, its cells card by card, and a record for each note and finding.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::names::{self, Part};
use super::staging::Staging;
use crate::domain::{
    BranchId, Cell, Checklist, Finding, Inspection, InspectionChange, InspectionLine, ItemId, Note, PersonId,
    ReadFault, Rev, RoundId, ScoreLine, Stamp, Verdict, Verdicts, score,
};
use crate::store::records::VALUE_LIMIT;

/// Items of one card that lie together: in one record, unless long reasons want more than a record takes.
const ITEMS_A_PART: usize = 40;
/// Bytes of cells in one record; what is left is for the envelope.
const PIECE: usize = VALUE_LIMIT - 64;
/// Bytes of a cell's numbers at their longest.
const NUMBERS: usize = 32;

/// The cells of one part. Persons and times are kept once: a round of a hundred thousand branches has millions of cells.
#[derive(Serialize, Deserialize, Default)]
struct CellsRecord {
    people: Vec<PersonId>,
    base: i64,
    cells: Vec<CellRecord>,
}

#[derive(Serialize, Deserialize)]
struct CellRecord {
    item: ItemId,
    verdict: Option<Verdict>,
    reason: String,
    marked: bool,
    person: u8,
    after: i64,
    rev: Rev,
}

/// The part of cells whose item is not in the text.
const NOWHERE: Part = (u8::MAX, 0);

/// Lists the cells that lie in one part, in the order of the text.
fn lying_in<'a>(part: Part, checklist: &'a Checklist, inspection: &'a Inspection) -> Vec<(&'a ItemId, &'a Cell)> {
    if part == NOWHERE {
        let cells = inspection.cells.iter();
        return cells.filter(|(item, _)| checklist.position(item).is_none()).collect();
    }
    let (card, forty) = part;
    let of_card = checklist.items.iter().filter(|item| checklist.card_index(item) == card);
    let items = of_card.skip(usize::from(forty) * ITEMS_A_PART).take(ITEMS_A_PART);
    items.filter_map(|item| inspection.cells.get_key_value(&item.id)).collect()
}

/// Finds the part in which an item's cell lies.
pub fn part_of(checklist: &Checklist, id: &ItemId) -> Part {
    let Some(position) = checklist.position(id) else {
        return NOWHERE;
    };
    let card = checklist.items.get(position).map_or(0, |item| checklist.card_index(item));
    let before = checklist.items.iter().take(position).filter(|item| checklist.card_index(item) == card).count();
    (card, u8::try_from(before / ITEMS_A_PART).unwrap_or(u8::MAX))
}

/// Reads one part of an inspection's cells.
pub fn load_part(
    staging: &Staging<'_>,
    round: RoundId,
    branch: BranchId,
    part: Part,
) -> Result<Vec<(ItemId, Cell)>, ReadFault> {
    let pieces: Vec<(_, CellsRecord)> = staging.all(&names::cells(round, branch, Some(part)))?;
    Ok(pieces.into_iter().flat_map(|(_, record)| unpacked(record)).collect())
}

fn unpacked(record: CellsRecord) -> Vec<(ItemId, Cell)> {
    let CellsRecord { people, base, cells } = record;
    let cell = |cell: CellRecord| {
        let by = people.get(usize::from(cell.person)).cloned().unwrap_or_default();
        let at = Stamp(base.wrapping_add(cell.after));
        let CellRecord { item, verdict, reason, marked, rev, .. } = cell;
        (item, Cell { verdict, reason, marked, by, at, rev })
    };
    cells.into_iter().map(cell).collect()
}

/// Stages one part of an inspection's cells, in as many pieces as their reasons want.
fn save_part(
    staging: &mut Staging<'_>,
    round: RoundId,
    branch: BranchId,
    part: Part,
    cells: &[(&ItemId, &Cell)],
) -> Result<(), ReadFault> {
    let name = names::cells(round, branch, Some(part));
    let (mut rest, mut number) = (cells, 0u8);
    while !rest.is_empty() {
        let mut size = 0;
        let fits = rest.iter().take_while(|(item, cell)| {
            size += item.0.len() + cell.reason.len() + cell.by.0.len() + NUMBERS;
            size <= PIECE
        });
        let (piece, after) = rest.split_at(fits.count().max(1));
        staging.put(names::piece(&name, number), &packed(piece))?;
        (rest, number) = (after, number.saturating_add(1));
    }
    // What is left of pieces before.
    while staging.has(&names::piece(&name, number))? && number < u8::MAX {
        staging.remove(names::piece(&name, number));
        number += 1;
    }
    Ok(())
}

fn packed(cells: &[(&ItemId, &Cell)]) -> CellsRecord {
    let base = cells.iter().map(|(_, cell)| cell.at.0).min().unwrap_or_default();
    let mut record = CellsRecord { base, ..CellsRecord::default() };
    for (item, cell) in cells {
        let person = record.people.iter().position(|person| *person == cell.by).unwrap_or_else(|| {
            record.people.push(cell.by.clone());
            record.people.len() - 1
        });
        record.cells.push(CellRecord {
            item: ItemId::clone(item),
            verdict: cell.verdict,
            reason: cell.reason.clone(),
            marked: cell.marked,
            person: u8::try_from(person).unwrap_or(u8::MAX),
            after: cell.at.0.wrapping_sub(base),
            rev: cell.rev,
        });
    }
    record
}

/// Reads an inspection whole; an untouched one where nobody has begun it.
pub fn load(staging: &Staging<'_>, round: RoundId, branch: BranchId) -> Result<Inspection, ReadFault> {
    let mut inspection = Inspection::new(round, branch);
    let line: Option<InspectionLine> = staging.get(&names::inspection(round, branch))?;
    let Some(line) = line else { return Ok(inspection) };
    inspection.rev = line.rev;
    inspection.started = line.started;
    inspection.last = line.last;
    inspection.signed = line.signed;
    inspection.next_finding = line.next_finding;
    inspection.cards = line.cards;
    for (_, record) in staging.all::<CellsRecord>(&names::cells(round, branch, None))? {
        inspection.cells.extend(unpacked(record));
    }
    for (name, note) in staging.all::<Note>(&names::note(round, branch, None))? {
        inspection.notes.extend(names::note_of(&name).map(|item| (item, note)));
    }
    for (name, finding) in staging.all::<Finding>(&names::finding(round, branch, None))? {
        inspection.findings.extend(names::finding_of(&name).map(|n| (n, finding)));
    }
    Ok(inspection)
}

/// Stages what `changes` have touched in an inspection and returns its line.
pub fn save(
    staging: &mut Staging<'_>,
    checklist: &Checklist,
    inspection: &Inspection,
    changes: &[&InspectionChange],
) -> Result<InspectionLine, ReadFault> {
    let (round, branch) = (inspection.round, inspection.branch);
    let mut parts = BTreeSet::new();
    for change in changes {
        match change {
            InspectionChange::Judged { item, .. } | InspectionChange::Marked { item, .. } => {
                parts.insert(part_of(checklist, item));
            }
            InspectionChange::Noted { item, .. } => {
                let name = names::note(round, branch, Some(item));
                match inspection.notes.get(item) {
                    Some(note) => staging.put(name, note)?,
                    None => staging.remove(name),
                }
            }
            InspectionChange::Found { n, .. } => {
                let name = names::finding(round, branch, Some(*n));
                match inspection.findings.get(n) {
                    Some(finding) => staging.put(name, finding)?,
                    None => staging.remove(name),
                }
            }
            InspectionChange::Signed { .. }
            | InspectionChange::Reopened { .. }
            | InspectionChange::Undid { .. }
            | InspectionChange::Redid { .. }
            | InspectionChange::CardTaken { .. }
            | InspectionChange::CardGiven { .. } => {}
        }
    }
    for part in parts {
        save_part(staging, round, branch, part, &lying_in(part, checklist, inspection))?;
    }
    let line = InspectionLine {
        rev: inspection.rev,
        score: ScoreLine::from(&score(checklist, inspection)),
        verdicts: Verdicts::of(inspection),
        started: inspection.started,
        last: inspection.last.clone(),
        signed: inspection.signed.clone(),
        next_finding: inspection.next_finding,
        cards: inspection.cards.clone(),
    };
    staging.put(names::inspection(round, branch), &line)?;
    Ok(line)
}
