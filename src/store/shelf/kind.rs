//! The kinds of records: the first byte of a name. A letter is never given to another kind; a new shape gets a new schema
//! number and a rebuild.

/// The organisation.
pub const HOUSE: u8 = b'h';
/// A unit.
pub const BRANCH: u8 = b'b';
/// A unit's number by its code.
pub const BRANCH_CODE: u8 = b'B';
/// A round in a line.
pub const ROUND: u8 = b'r';
/// Five hundred of a round's units.
pub const ROUND_PART: u8 = b'R';
/// The teams of a round.
pub const ROUND_TEAMS: u8 = b'T';
/// The figures with which a round was ended.
pub const ROUND_FROZEN: u8 = b'g';
/// A checklist text in a line.
pub const EDITION: u8 = b'e';
/// A piece of a checklist text.
pub const EDITION_PART: u8 = b'E';
/// An inspection in a line.
pub const INSPECTION: u8 = b'i';
/// The cells of one card of an inspection, or of forty of its items.
pub const CELLS: u8 = b'c';
/// A note.
pub const NOTE: u8 = b'n';
/// A finding.
pub const FINDING: u8 = b'f';
/// That an inspection is begun and not signed.
pub const UNFINISHED: u8 = b'w';
/// What a signed inspection comes to, group by group.
pub const SUMS: u8 = b's';
/// A finding that is followed, with its items.
pub const FOLLOWED: u8 = b'F';
/// What the ledger says of sixteen findings of an inspection.
pub const LEDGER: u8 = b'l';
/// That an item waits for somebody, by its day.
pub const QUEUE: u8 = b'q';
/// How many items stand where.
pub const TALLY: u8 = b'L';
/// How many open items have a day.
pub const DUE: u8 = b'd';
/// Which findings kept their day, by the month of that day.
pub const PROMISES: u8 = b'o';
/// A look-back in a line.
pub const LOOKBACK: u8 = b'k';
/// A look-back with the items that it drew.
pub const LOOKBACK_DRAWN: u8 = b'K';
/// How many calibrations an inspection has.
pub const CALIBRATIONS: u8 = b'x';
/// That an inspection is being calibrated.
pub const CALIBRATING: u8 = b'W';
/// A calibration.
pub const CALIBRATION: u8 = b'C';
/// What one of its two inspectors judges.
pub const SHEET: u8 = b'S';
/// A person.
pub const PERSON: u8 = b'p';
/// Whose a public key is.
pub const KEY: u8 = b'X';
/// Whose a login name of the machine is.
pub const LOGIN: u8 = b'u';
/// A year's holidays and make-up days.
pub const YEAR: u8 = b'y';
/// That a post was entered, or taken out.
pub const POST: u8 = b'P';
/// Where 128 entries of an aggregate stand in the journal.
pub const TRAIL: u8 = b't';
/// Up to which entry the records are written.
pub const APPLIED: u8 = b'm';

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_kinds_of_records_have_one_letter() {
        let letters: Vec<&str> = include_str!("kind.rs").split(": u8 = b'").skip(1).map(|rest| &rest[..1]).collect();
        // The last one is the line above.
        let (_, letters) = letters.split_last().unwrap();
        let distinct: std::collections::BTreeSet<&&str> = letters.iter().collect();
        assert!(letters.len() > 20 && distinct.len() == letters.len(), "{letters:?}");
    }
}
