//! Which item or finding is meant: names as papers and the ledger print them, or shorter where that says enough.

use std::ops::ControlFlow;

use crate::cli::Outcome;
use crate::cli::keep::Keep;
use crate::domain::{FindingId, LedgerFinding, Named, Reading, RectId, Refusal, RoundId, finding_name, rect_name};
use crate::locales as w;
use crate::text::printable;

/// A finding of the ledger with its name.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which finding.
    pub id: FindingId,
    /// Its name.
    pub name: String,
    /// How many items it has.
    items: u8,
    /// The item that was named with it.
    item: Option<u8>,
}

impl Found {
    /// Returns the item that was named with it.
    pub const fn named(&self) -> Option<u8> {
        self.item
    }
}

/// Finds the one item that a name says.
pub fn item(keep: &Keep, text: &str) -> Result<(RectId, String), Outcome> {
    let found = finding(keep, text)?;
    let item = match (found.item, found.items) {
        (Some(item), _) => item,
        (None, 1) => 1,
        (None, items) => {
            let names: Vec<String> = (1..=items).map(|item| rect_name(&found.name, item)).collect();
            return Err(ambiguous(keep, text, &names));
        }
    };
    if !(1..=found.items).contains(&item) {
        return Err(Outcome::Refused(format!("{}: {}", found.name, w::said(&Refusal::NoSuchRect(item), keep.lang))));
    }
    Ok((RectId { finding: found.id, item }, rect_name(&found.name, item)))
}

/// Finds the one finding that a name says, with the item where one was named.
pub fn finding(keep: &Keep, text: &str) -> Result<Found, Outcome> {
    let (mut found, mut near, mut unsigned) = (Vec::new(), Vec::new(), false);
    // Codes may hold a slash: every way to read the name is tried.
    for line in keep.reading().rounds()? {
        let Some(rest) = text.trim().strip_prefix(line.plan.code.as_str()).and_then(|rest| rest.strip_prefix('/'))
        else {
            continue;
        };
        for (at, _) in rest.match_indices('/') {
            let (code, tail) = (&rest[..at], &rest[at + 1..]);
            let Some(branch) = keep.reading().branch_by_code(code)? else { continue };
            let Some(named) = Named::read(tail) else { continue };
            let findings = of(keep, line.id, branch)?;
            if findings.is_empty() {
                let inspection = keep.reading().inspection_line(line.id, branch)?;
                unsigned |= inspection.is_some_and(|line| line.signed.is_none() && line.score.findings > 0);
            }
            for (id, finding) in findings {
                let on = named.on.is_none_or(|on| finding.item.0.eq_ignore_ascii_case(on));
                let name = finding_name(&line.plan.code, code, &finding.item, id.n);
                let items = u8::try_from(finding.lines.len()).unwrap_or(u8::MAX);
                let one = Found { id, name, items, item: named.item };
                match (on, named.n.is_none_or(|n| n == id.n)) {
                    (true, true) => found.push(one),
                    (true, false) => near.push(one.name),
                    (false, _) => {}
                }
            }
        }
    }
    if found.len() == 1
        && let Some(one) = found.pop()
    {
        return Ok(one);
    }
    if !found.is_empty() {
        let names: Vec<String> = found.into_iter().map(|one| one.name).collect();
        return Err(ambiguous(keep, text, &names));
    }
    let text = printable(text);
    Err(Outcome::Refused(match (unsigned, near.is_empty()) {
        (true, _) => format!("{text}: {}", w::said(&Refusal::NotFollowed, keep.lang)),
        (false, true) => w::NO_SUCH_NAME.fill(keep.lang, &[&text]),
        (false, false) => w::NAME_NEAR.fill(keep.lang, &[&text, &shortly(&near)]),
    }))
}

fn of(
    keep: &Keep,
    round: RoundId,
    branch: crate::domain::BranchId,
) -> Result<Vec<(FindingId, LedgerFinding)>, Outcome> {
    let mut found = Vec::new();
    keep.reading().ledger((round, branch), &mut |id, finding| {
        if (id.round, id.branch) != (round, branch) {
            return ControlFlow::Break(());
        }
        found.push((id, finding));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

fn ambiguous(keep: &Keep, text: &str, names: &[String]) -> Outcome {
    Outcome::Refused(w::NAME_AMBIGUOUS.fill(keep.lang, &[&printable(text), &shortly(names)]))
}

/// Lists names, a few of many.
fn shortly(names: &[String]) -> String {
    let some: Vec<&str> = names.iter().take(20).map(String::as_str).collect();
    let more =
        if names.len() > some.len() { format!("\n  … (+{})", names.len() - some.len()) } else { String::new() };
    format!("\n  {}{more}", some.join("\n  "))
}
