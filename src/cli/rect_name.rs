//! Which rectification item a name means: `2026-2/JG-007/S-07/01`.

use super::Outcome;
use super::keep::Keep;
use crate::domain::{FindingId, LedgerFinding, Reading, RectId};
use crate::locales as w;
use crate::text::printable;

/// How many names are told where none fits.
const TOLD: usize = 12;

/// Finds the item: the code of the round, of the branch, the item of the checklist, and which of the items on that one
/// in this inspection it is, from 1 in the order of the findings.
pub fn rect(keep: &Keep, name: &str) -> Result<RectId, Outcome> {
    let unknown = |there: &[String]| {
        let there = if there.is_empty() { "—".to_owned() } else { there.join(", ") };
        Outcome::Refused(w::RECT_UNKNOWN.fill(keep.lang, &[&printable(name), &printable(&there)]))
    };
    let malformed = || Outcome::Refused(w::RECT_FORM.fill(keep.lang, &[&printable(name)]));
    let (rest, nth) = name.trim().rsplit_once('/').ok_or_else(malformed)?;
    let (codes, checked) = rest.rsplit_once('/').ok_or_else(malformed)?;
    let nth: usize = nth.parse().map_err(|_| malformed())?;
    let mut found = Vec::new();
    let mut there = Vec::new();
    // A code may have the same stroke in it: every place to cut is tried.
    for (at, _) in codes.match_indices('/') {
        let (round, branch) = (codes.get(..at).unwrap_or_default(), codes.get(at + 1..).unwrap_or_default());
        let Some(round) = keep.shelf().rounds()?.into_iter().find(|line| line.plan.code == round) else { continue };
        let Some(branch_id) = keep.shelf().branch_by_code(branch)? else { continue };
        let findings = keep.shelf().ledger_of(round.id, branch_id)?;
        let of = |n: u16, item: u8| RectId { finding: FindingId { round: round.id, branch: branch_id, n }, item };
        for (item, nth_here, n, place) in numbered(&findings) {
            if item.eq_ignore_ascii_case(checked) && nth_here == nth {
                found.push(of(n, place));
            }
            there.push(format!("{}/{branch}/{item}/{nth_here:02}", round.plan.code));
        }
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let same = |other: &&String| other.rsplit('/').nth(1).is_some_and(|one| one.eq_ignore_ascii_case(checked));
            let mut near: Vec<String> = there.iter().filter(same).cloned().collect();
            near.extend(there.iter().filter(|other| !same(other)).cloned());
            near.truncate(TOLD);
            Err(unknown(&near))
        }
        _ => Err(Outcome::Refused(w::RECT_AMBIGUOUS.fill(keep.lang, &[&printable(name), &found.len()]))),
    }
}

/// Numbers the items by the item of the checklist that they are for: its name, the number, the finding, the place in it.
fn numbered(findings: &[LedgerFinding]) -> Vec<(&str, usize, u16, u8)> {
    let mut numbered: Vec<(&str, usize, u16, u8)> = Vec::new();
    for finding in findings {
        for (place, _) in (1u8..).zip(&finding.lines) {
            let item = finding.item.0.as_str();
            let before = numbered.iter().filter(|(other, ..)| *other == item).count();
            numbered.push((item, before + 1, finding.n, place));
        }
    }
    numbered
}
