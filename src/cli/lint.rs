//! `tijian lint`: what somebody should look at once more, in one inspection or wherever there are any (體檢自查).

use std::ops::ControlFlow;

use serde_json::json;

use super::Outcome;
use super::args::LintArgs;
use super::keep::Keep;
use super::out::Out;
use crate::config::World;
use crate::domain::{
    BranchId, FindingId, House, Lint, LintPlace, Reading, RectId, RoundLine, finding_name, lint_followed,
    lint_inspection, rect_name,
};
use crate::locales as w;
use crate::text::printable;

/// Runs it.
pub fn run(world: &World, args: &LintArgs) -> Result<String, Outcome> {
    let keep = Keep::look(world)?;
    let found = look(&keep, args);
    keep.close()?;
    match found? {
        0 => Ok(String::new()),
        found if args.exit_code => Err(Outcome::Remarks(found)),
        _ => Ok(String::new()),
    }
}

/// Prints what is found; answers how much that is.
fn look(keep: &Keep, args: &LintArgs) -> Result<usize, Outcome> {
    let rounds = match &args.round {
        Some(code) => vec![keep.round(code)?],
        None => keep.reading().rounds()?,
    };
    let only = args.branch.as_deref().map(|code| keep.branch(code)).transpose()?;
    let mut lister = Lister { keep, house: keep.reading().house()?, json: args.json, out: Out::new(), count: 0 };
    for round in rounds {
        let Some(branches) = keep.reading().round(round.id)?.map(|round| round.branches.clone()) else { continue };
        if let Some(branch) = only.filter(|branch| !branches.contains(branch)) {
            return Err(Outcome::Refused(w::said(
                &crate::domain::Refusal::NotInRound { round: round.id, branch },
                keep.lang,
            )));
        }
        for branch in branches.into_iter().filter(|branch| only.is_none_or(|only| only == *branch)) {
            if lister.inspection(&round, branch)?.is_break() {
                break;
            }
        }
    }
    lister.end()
}

/// Prints remarks one after another.
struct Lister<'a> {
    keep: &'a Keep,
    house: House,
    json: bool,
    out: Out,
    count: usize,
}

impl Lister<'_> {
    /// Prints those on an inspection and on what came of it.
    fn inspection(&mut self, round: &RoundLine, branch: BranchId) -> Result<ControlFlow<()>, Outcome> {
        let shelf = self.keep.reading();
        if shelf.inspection_line(round.id, branch)?.is_none() {
            return Ok(ControlFlow::Continue(()));
        }
        let inspection = shelf.inspection(round.id, branch)?;
        let mut lints = match shelf.checklist(&round.plan.edition)? {
            Some(checklist) => lint_inspection(&self.house, &checklist, &inspection),
            None => Vec::new(),
        };
        for id in following(self.keep, round, branch)? {
            if let Some(followed) = shelf.followed(id)? {
                lints.extend(lint_followed(&self.house, &followed));
            }
        }
        let code = shelf.branch(branch)?.map_or_else(String::new, |branch| branch.facts.code);
        for lint in lints {
            if self.print(round, &code, &lint)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn print(&mut self, round: &RoundLine, branch: &str, lint: &Lint) -> Result<ControlFlow<()>, Outcome> {
        self.count += 1;
        let said = w::lint(lint, self.keep.lang);
        let text = if self.json {
            let (item, finding) = about(lint);
            let object = json!({
                "round": round.plan.code, "branch": branch, "remark": kind(lint), "item": item,
                "finding": finding.map(|(n, _)| n),
                "id": finding.map(|(n, item)| self.name(round, branch, n, item)).transpose()?.flatten(),
                "text": said,
            });
            object.to_string()
        } else {
            format!("{}/{branch}  {said}", round.plan.code)
        };
        self.out.write(&format!("{}\n", printable(&text)))
    }

    /// Names a finding, or an item of it, as the ledger does; nothing for one that is not followed.
    fn name(&self, round: &RoundLine, branch: &str, n: u16, item: Option<u8>) -> Result<Option<String>, Outcome> {
        let Some(id) = self.keep.reading().branch_by_code(branch)? else { return Ok(None) };
        let followed = self.keep.reading().followed(FindingId { round: round.id, branch: id, n })?;
        Ok(followed.map(|followed| {
            let name = finding_name(&round.plan.code, branch, &followed.facts.item, n);
            item.map_or_else(|| name.clone(), |item| rect_name(&name, item))
        }))
    }

    fn end(mut self) -> Result<usize, Outcome> {
        if !self.json {
            let said = match self.count {
                0 => w::LINT_NONE.say(self.keep.lang).to_owned(),
                count => w::LINT_N.fill(self.keep.lang, &[&count]),
            };
            let _ = self.out.write(&format!("{said}\n"))?;
        }
        self.out.finish()?;
        Ok(self.count)
    }
}

/// Lists the findings of an inspection that are followed.
fn following(keep: &Keep, round: &RoundLine, branch: BranchId) -> Result<Vec<FindingId>, Outcome> {
    let mut found = Vec::new();
    keep.reading().ledger((round.id, branch), &mut |id, _| {
        if (id.round, id.branch) != (round.id, branch) {
            return ControlFlow::Break(());
        }
        found.push(id);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Returns the item of the checklist, and the finding with its item, that a remark is about.
fn about(lint: &Lint) -> (Option<&str>, Option<(u16, Option<u8>)>) {
    let rect = |rect: &RectId| (None, Some((rect.finding.n, Some(rect.item))));
    match lint {
        Lint::FailWithoutFinding(item) => (Some(&item.0), None),
        Lint::NoSuchItem { n, item } | Lint::FindingOnPass { n, item } => (Some(&item.0), Some((*n, None))),
        Lint::FindingWithoutItem(id) => (None, Some((id.n, None))),
        Lint::ClosedWithoutEvidence(id) | Lint::PostMissing(id) | Lint::DueBeforeIssue { rect: id, .. } => rect(id),
        Lint::TooFast { .. } => (None, None),
        Lint::Personal { place, .. } | Lint::NamesPerson { place, .. } => match place {
            LintPlace::Note(item) | LintPlace::Reason(item) => (Some(&item.0), None),
            LintPlace::Finding(n) => (None, Some((*n, None))),
            LintPlace::Rect(id) => rect(id),
        },
    }
}

/// Returns the name of a kind of remark, as scripts read it.
const fn kind(lint: &Lint) -> &'static str {
    match lint {
        Lint::FailWithoutFinding(_) => "fail_without_finding",
        Lint::NoSuchItem { .. } => "no_such_item",
        Lint::FindingOnPass { .. } => "finding_on_pass",
        Lint::FindingWithoutItem(_) => "finding_without_item",
        Lint::ClosedWithoutEvidence(_) => "closed_without_evidence",
        Lint::PostMissing(_) => "post_missing",
        Lint::DueBeforeIssue { .. } => "due_before_issue",
        Lint::TooFast { .. } => "too_fast",
        Lint::Personal { .. } => "personal",
        Lint::NamesPerson { .. } => "names_person",
    }
}
