//! The names of records: a kind byte, then big-endian numbers, so that what belongs together stands together.

pub(in crate::store) use super::kind;
use crate::domain::{
    BranchId, CalibrationId, Day, EditionId, FindingId, ItemId, LookbackId, Of, PersonId, RectId, RoundId, Side,
    Waiting,
};

/// The number of the shapes in this version of the program; another number means "rebuild".
pub const SCHEMA: u16 = 9;

fn name(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut name = vec![kind];
    for part in parts {
        name.extend_from_slice(part);
    }
    name
}

/// Names the record of the organisation.
pub fn house() -> Vec<u8> {
    vec![kind::HOUSE]
}

/// Names the record of how far the records are written.
pub fn applied() -> Vec<u8> {
    vec![kind::APPLIED]
}

/// Names a unit's record.
pub fn branch(id: BranchId) -> Vec<u8> {
    name(kind::BRANCH, &[&id.0.to_be_bytes()])
}

/// Names the record that finds a unit by its code.
pub fn branch_code(code: &str) -> Vec<u8> {
    name(kind::BRANCH_CODE, &[code.as_bytes()])
}

/// Names a round's line.
pub fn round(id: RoundId) -> Vec<u8> {
    name(kind::ROUND, &[&id.0.to_be_bytes()])
}

/// Names a part of a round's list of units, or all of them without a part.
pub fn round_part(id: RoundId, part: Option<u16>) -> Vec<u8> {
    let part = part.map(u16::to_be_bytes);
    name(kind::ROUND_PART, &[&id.0.to_be_bytes(), part.as_ref().map_or(&[][..], |part| part)])
}

/// Names the teams of a round.
pub fn round_teams(id: RoundId) -> Vec<u8> {
    name(kind::ROUND_TEAMS, &[&id.0.to_be_bytes()])
}

/// Names the figures with which a round was ended.
pub fn round_frozen(id: RoundId) -> Vec<u8> {
    name(kind::ROUND_FROZEN, &[&id.0.to_be_bytes()])
}

/// Names a checklist text's line.
pub fn edition(id: &EditionId) -> Vec<u8> {
    name(kind::EDITION, &[&id.0])
}

/// Names a piece of a checklist text.
pub fn edition_part(id: &EditionId, part: u16) -> Vec<u8> {
    name(kind::EDITION_PART, &[&id.0, &part.to_be_bytes()])
}

fn of_inspection(kind: u8, round: RoundId, branch: BranchId, rest: &[u8]) -> Vec<u8> {
    name(kind, &[&round.0.to_be_bytes(), &branch.0.to_be_bytes(), rest])
}

/// Names an inspection's line.
pub fn inspection(round: RoundId, branch: BranchId) -> Vec<u8> {
    of_inspection(kind::INSPECTION, round, branch, &[])
}

/// Names the mark of an unfinished inspection.
pub fn unfinished(round: RoundId, branch: BranchId) -> Vec<u8> {
    of_inspection(kind::UNFINISHED, round, branch, &[])
}

/// Names the sums of a signed inspection.
pub fn sums(round: RoundId, branch: BranchId) -> Vec<u8> {
    of_inspection(kind::SUMS, round, branch, &[])
}

/// Reads the round and the branch out of an inspection's name.
pub fn inspection_of(name: &[u8]) -> Option<(RoundId, BranchId)> {
    let round = name.get(1..5)?.try_into().ok()?;
    let branch = name.get(5..9)?.try_into().ok()?;
    Some((RoundId(u32::from_be_bytes(round)), BranchId(u32::from_be_bytes(branch))))
}

/// A part of an inspection's cells: the card, and which forty of its items.
pub type Part = (u8, u8);

/// Names a part of an inspection's cells, or all of them without a part.
pub fn cells(round: RoundId, branch: BranchId, part: Option<Part>) -> Vec<u8> {
    let part = part.map(|(card, forty)| [card, forty]);
    of_inspection(kind::CELLS, round, branch, part.as_ref().map_or(&[][..], |part| part))
}

/// Names a further piece of what did not fit into one record; the first piece has the plain name.
pub fn piece(plain: &[u8], number: u8) -> Vec<u8> {
    let mut name = plain.to_vec();
    name.extend((number > 0).then_some(number));
    name
}

/// Names a note, or all notes of an inspection without an item.
pub fn note(round: RoundId, branch: BranchId, item: Option<&ItemId>) -> Vec<u8> {
    of_inspection(kind::NOTE, round, branch, item.map_or(&[][..], |item| item.0.as_bytes()))
}

/// Reads the item out of a note's name.
pub fn note_of(name: &[u8]) -> Option<ItemId> {
    std::str::from_utf8(name.get(9..)?).ok().map(|item| ItemId(item.to_owned()))
}

/// Names a finding, or all findings of an inspection without a number.
pub fn finding(round: RoundId, branch: BranchId, n: Option<u16>) -> Vec<u8> {
    let n = n.map(u16::to_be_bytes);
    of_inspection(kind::FINDING, round, branch, n.as_ref().map_or(&[][..], |n| n))
}

/// Reads the number out of a finding's name.
pub fn finding_of(name: &[u8]) -> Option<u16> {
    name.get(9..11)?.try_into().ok().map(u16::from_be_bytes)
}

/// Names a finding that is followed.
pub fn followed(id: FindingId) -> Vec<u8> {
    of_inspection(kind::FOLLOWED, id.round, id.branch, &id.n.to_be_bytes())
}

/// Findings of one inspection in one record of the ledger.
pub const FINDINGS_A_PART: u16 = 16;

/// Names the record of the ledger that holds a finding.
pub fn ledger(id: FindingId) -> Vec<u8> {
    of_inspection(kind::LEDGER, id.round, id.branch, &(id.n / FINDINGS_A_PART).to_be_bytes())
}

/// Names the record of how many items stand where.
pub fn tally() -> Vec<u8> {
    vec![kind::TALLY]
}

/// Spells a day so that names sort as days do.
fn spelled(day: Day) -> [u8; 4] {
    let year = (day.0.year().cast_unsigned() ^ 0x8000).to_be_bytes();
    [year[0], year[1], day.0.month().unsigned_abs(), day.0.day().unsigned_abs()]
}

fn day_of(bytes: &[u8]) -> Option<Day> {
    let &[high, low, month, day] = bytes else { return None };
    let year = (u16::from_be_bytes([high, low]) ^ 0x8000).cast_signed();
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// Names the record of how many open items have a day.
pub fn due(day: Day) -> Vec<u8> {
    name(kind::DUE, &[&spelled(day)])
}

/// Reads the day out of such a name.
pub fn due_of(name: &[u8]) -> Option<Day> {
    day_of(name.get(1..)?)
}

/// Names the record of which findings kept their day, for the month of a day.
pub fn promises(day: Day) -> Vec<u8> {
    let [high, low, month, _] = spelled(day);
    name(kind::PROMISES, &[&[high, low, month]])
}

/// Names everything that waits for the same.
pub fn queue_of(waiting: Waiting) -> [u8; 2] {
    let letter = match waiting {
        Waiting::Issue => b'i',
        Waiting::Branch => b'b',
        Waiting::Verify => b'v',
        Waiting::Approve => b'a',
        Waiting::Answer => b'w',
    };
    [kind::QUEUE, letter]
}

/// Names the record that an item waits.
pub fn queue(waiting: Waiting, day: Day, id: RectId) -> Vec<u8> {
    let FindingId { round, branch, n } = id.finding;
    let mut name = queue_of(waiting).to_vec();
    name.extend(spelled(day));
    name.extend(round.0.to_be_bytes());
    name.extend(branch.0.to_be_bytes());
    name.extend(n.to_be_bytes());
    name.push(id.item);
    name
}

/// Reads the day and the item out of such a name.
pub fn queued(name: &[u8]) -> Option<(Day, RectId)> {
    let day = day_of(name.get(2..6)?)?;
    let number = |from: usize| name.get(from..from + 4)?.try_into().ok().map(u32::from_be_bytes);
    let n = name.get(14..16)?.try_into().ok().map(u16::from_be_bytes)?;
    let finding = FindingId { round: RoundId(number(6)?), branch: BranchId(number(10)?), n };
    Some((day, RectId { finding, item: *name.get(16)? }))
}

/// Names a look-back's line.
pub fn lookback(id: LookbackId) -> Vec<u8> {
    name(kind::LOOKBACK, &[&id.0.to_be_bytes()])
}

/// Names a look-back with the items that it drew.
pub fn lookback_drawn(id: LookbackId) -> Vec<u8> {
    name(kind::LOOKBACK_DRAWN, &[&id.0.to_be_bytes()])
}

/// Names the record of how many calibrations an inspection has.
pub fn calibrations(round: RoundId, branch: BranchId) -> Vec<u8> {
    of_inspection(kind::CALIBRATIONS, round, branch, &[])
}

/// Names these records of every inspection of a round.
pub fn calibrations_of(round: RoundId) -> Vec<u8> {
    name(kind::CALIBRATIONS, &[&round.0.to_be_bytes()])
}

/// Names the mark of an inspection that is being calibrated.
pub fn calibrating(round: RoundId, branch: BranchId) -> Vec<u8> {
    of_inspection(kind::CALIBRATING, round, branch, &[])
}

/// Names a calibration.
pub fn calibration(id: CalibrationId) -> Vec<u8> {
    of_inspection(kind::CALIBRATION, id.round, id.branch, &id.n.to_be_bytes())
}

/// Names what one of the two inspectors judges.
pub fn sheet(id: CalibrationId, side: Side) -> Vec<u8> {
    let [high, low] = id.n.to_be_bytes();
    of_inspection(kind::SHEET, id.round, id.branch, &[high, low, side as u8])
}

/// Names a person's record.
pub fn person(id: &PersonId) -> Vec<u8> {
    name(kind::PERSON, &[id.0.as_bytes()])
}

/// Reads the handle out of a person's name.
pub fn person_of(name: &[u8]) -> Option<PersonId> {
    std::str::from_utf8(name.get(1..)?).ok().map(|id| PersonId(id.to_owned()))
}

/// Names the record of whose a public key is.
pub fn key(key: &str) -> Vec<u8> {
    name(kind::KEY, &[key.as_bytes()])
}

/// Names the record of whose a login name is.
pub fn login(login: &str) -> Vec<u8> {
    name(kind::LOGIN, &[login.as_bytes()])
}

/// Reads the text out of the name of a key or a login name.
pub fn text_of(name: &[u8]) -> Option<String> {
    std::str::from_utf8(name.get(1..)?).ok().map(str::to_owned)
}

/// Names a year's record.
pub fn year(year: i16) -> Vec<u8> {
    // The sign bit turned, so that years sort as people count them.
    name(kind::YEAR, &[&(year.cast_unsigned() ^ 0x8000).to_be_bytes()])
}

/// Reads the year out of its name.
pub fn year_of(name: &[u8]) -> Option<i16> {
    let bytes = name.get(1..3)?.try_into().ok()?;
    Some((u16::from_be_bytes(bytes) ^ 0x8000).cast_signed())
}

/// Names a post's record.
pub fn post(post: &str) -> Vec<u8> {
    name(kind::POST, &[post.as_bytes()])
}

/// Reads the post out of its name.
pub fn post_of(name: &[u8]) -> Option<&str> {
    std::str::from_utf8(name.get(1..)?).ok()
}

/// Names a piece of an aggregate's trail.
pub fn trail(of: Of, piece: u32) -> Vec<u8> {
    let mut name = vec![kind::TRAIL];
    match of {
        Of::House => name.push(0),
        Of::Branch(id) => {
            name.push(1);
            name.extend(id.0.to_be_bytes());
        }
        Of::Edition(id) => {
            name.push(2);
            name.extend(id.0);
        }
        Of::Round(id) => {
            name.push(3);
            name.extend(id.0.to_be_bytes());
        }
        Of::Inspection(round, branch) => {
            name.push(4);
            name.extend(round.0.to_be_bytes());
            name.extend(branch.0.to_be_bytes());
        }
        Of::Finding(FindingId { round, branch, n }) => {
            name.push(5);
            name.extend(round.0.to_be_bytes());
            name.extend(branch.0.to_be_bytes());
            name.extend(n.to_be_bytes());
        }
        Of::Lookback(id) => {
            name.push(6);
            name.extend(id.0.to_be_bytes());
        }
        Of::Calibration(id) => {
            name.push(7);
            name.extend(calibration(id).into_iter().skip(1));
        }
        Of::Sheet(id, side) => {
            name.push(8);
            name.extend(sheet(id, side).into_iter().skip(1));
        }
    }
    name.extend(piece.to_be_bytes());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_named_in_the_order_of_days_and_reads_back() {
        let day = |year, month, day| Day::new(year, month, day).unwrap();
        let finding = FindingId { round: RoundId(3), branch: BranchId(0x0102_0304), n: 258 };
        let id = RectId { finding, item: 7 };
        let days = [day(1999, 12, 31), day(2026, 1, 31), day(2026, 2, 1), day(2026, 11, 5), day(2199, 1, 1)];
        let names = days.map(|day| queue(Waiting::Verify, day, id));
        assert!(names.is_sorted());
        for (name, day) in names.iter().zip(days) {
            assert_eq!(queued(name), Some((day, id)));
            assert_eq!(due_of(&due(day)), Some(day));
            assert!(name.starts_with(&queue_of(Waiting::Verify)));
        }
        assert_eq!(queued(b"qv"), None);
    }
}
