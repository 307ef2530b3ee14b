//! What somebody should look at once more (體檢自查): before a signature, and as long as it stands. It stops nobody.

use std::collections::BTreeMap;

use super::care::{self, Concern};
use super::{
    Checklist, Day, FindingId, Followed, House, Inspection, ItemId, LedgerFinding, PersonId, RectId, State, Verdict,
};

/// Verdicts of one person that are looked at together.
pub const FAST_ITEMS: usize = 20;
/// Seconds in which nobody gives so many verdicts by looking: three an item, while to find one page in one binder takes
/// half a minute. Keys alone take less, and so does what is typed in from paper afterwards: the person decides.
pub const FAST_SECONDS: i64 = 60;

/// Where a text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LintPlace {
    /// The note on an item.
    Note(ItemId),
    /// The reason beside a verdict.
    Reason(ItemId),
    /// The wording of a finding.
    Finding(u16),
    /// What is to be done, or an answer or index entry of a rectification item.
    Rect(RectId),
}

/// Something to look at once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lint {
    /// An item is judged 不合格 and has no finding; a note may say why.
    FailWithoutFinding(ItemId),
    /// A finding names an item that the checklist does not have.
    NoSuchItem {
        /// The finding's number.
        n: u16,
        /// The item.
        item: ItemId,
    },
    /// A finding stands on an item that does not fall short by its verdict.
    FindingOnPass {
        /// The finding's number.
        n: u16,
        /// The item.
        item: ItemId,
    },
    /// A finding of a signed inspection has no rectification item that was not given up.
    FindingWithoutItem(FindingId),
    /// A rectification item is closed without evidence.
    ClosedWithoutEvidence(RectId),
    /// A rectification item names no post that does it.
    PostMissing(RectId),
    /// The day of a rectification item was over when it was issued.
    DueBeforeIssue {
        /// The item.
        rect: RectId,
        /// Its first day.
        due: Day,
        /// The day of the issue.
        issued: Day,
    },
    /// Somebody gave verdicts faster than anybody looks.
    TooFast {
        /// Who.
        by: PersonId,
        /// How many verdicts.
        items: usize,
        /// Within how many seconds.
        seconds: i64,
    },
    /// A text looks like personal data.
    Personal {
        /// Where it stands.
        place: LintPlace,
        /// What it looks like.
        concern: Concern,
    },
    /// A text names a person.
    NamesPerson {
        /// Where it stands.
        place: LintPlace,
        /// The name as it stands there.
        name: String,
    },
}

/// Lists what is to be looked at in an inspection of a house, whose persons' handles are names as well.
pub fn lint_inspection(house: &House, checklist: &Checklist, inspection: &Inspection) -> Vec<Lint> {
    let mut lints = Vec::new();
    for item in &checklist.items {
        if inspection.verdict(&item.id) == Some(Verdict::Fail) && inspection.findings_on(&item.id).next().is_none() {
            lints.push(Lint::FailWithoutFinding(item.id.clone()));
        }
    }
    for (n, finding) in &inspection.findings {
        let item = finding.facts.item.clone();
        if checklist.item(&item).is_none() {
            lints.push(Lint::NoSuchItem { n: *n, item });
        } else if inspection.verdict(&item).is_some_and(|verdict| !verdict.falls_short()) {
            lints.push(Lint::FindingOnPass { n: *n, item });
        }
    }
    lints.extend(too_fast(inspection));
    for (item, note) in &inspection.notes {
        text(&mut lints, &LintPlace::Note(item.clone()), &note.text, house);
    }
    for (item, cell) in &inspection.cells {
        text(&mut lints, &LintPlace::Reason(item.clone()), &cell.reason, house);
    }
    for (n, finding) in &inspection.findings {
        text(&mut lints, &LintPlace::Finding(*n), &finding.facts.fact, house);
    }
    lints
}

/// Lists what is to be looked at in a finding of the ledger, without reading it whole: for a standing check of many.
pub fn lint_ledger(id: FindingId, finding: &LedgerFinding) -> Vec<Lint> {
    let mut lints = Vec::new();
    if finding.lines.iter().all(|line| line.state == State::Revoked) {
        lints.push(Lint::FindingWithoutItem(id));
    }
    for (item, line) in (1u8..).zip(&finding.lines).filter(|(_, line)| line.state != State::Revoked) {
        let rect = RectId { finding: id, item };
        if line.state == State::Closed && line.evidence == 0 {
            lints.push(Lint::ClosedWithoutEvidence(rect));
        }
        if line.post.trim().is_empty() {
            lints.push(Lint::PostMissing(rect));
        }
        if let Some(issued) = line.issued.filter(|issued| line.first_due < *issued) {
            lints.push(Lint::DueBeforeIssue { rect, due: line.first_due, issued });
        }
    }
    lints
}

/// Lists what is to be looked at in a followed finding: as [`lint_ledger`], and in what was written about it.
pub fn lint_followed(house: &House, followed: &Followed) -> Vec<Lint> {
    let mut lints = lint_ledger(followed.id, &LedgerFinding::from(followed));
    for (n, item) in (1u8..).zip(&followed.items) {
        let place = LintPlace::Rect(followed.rect(n));
        let answers = item.answers.iter().flat_map(|answers| [&answers.gone, &answers.cause, &answers.rule]);
        let evidence = item.evidence.iter().flat_map(|evidence| [&evidence.title, &evidence.place]);
        let texts = [&item.facts.measure, &item.facts.goal, &item.reason].into_iter().chain(answers).chain(evidence);
        for words in texts {
            text(&mut lints, &place, words, house);
        }
    }
    lints
}

/// Finds each person's quickest [`FAST_ITEMS`] verdicts, where they came faster than anybody looks.
///
/// 不適用 needs no looking and does not count.
fn too_fast(inspection: &Inspection) -> Vec<Lint> {
    let mut moments: BTreeMap<&PersonId, Vec<i64>> = BTreeMap::new();
    for cell in inspection.cells.values() {
        if cell.verdict.is_some_and(|verdict| verdict != Verdict::NotApplicable) {
            moments.entry(&cell.by).or_default().push(cell.at.0);
        }
    }
    let quickest = |mut moments: Vec<i64>| {
        moments.sort_unstable();
        let spans = moments.windows(FAST_ITEMS).filter_map(|window| Some(window.last()? - window.first()?));
        spans.min().map(|span| span / 1000).filter(|seconds| *seconds < FAST_SECONDS)
    };
    let lint = |(by, moments): (&PersonId, Vec<i64>)| {
        Some(Lint::TooFast { by: by.clone(), items: FAST_ITEMS, seconds: quickest(moments)? })
    };
    moments.into_iter().filter_map(lint).collect()
}

fn text(lints: &mut Vec<Lint>, place: &LintPlace, words: &str, house: &House) {
    let concerns = care::concerns(words).into_iter();
    lints.extend(concerns.map(|concern| Lint::Personal { place: place.clone(), concern }));
    let handle = house.persons.keys().find(|known| known.0.chars().count() > 1 && words.contains(&known.0));
    let name = care::named(words).map(str::to_owned).or_else(|| handle.map(|handle| handle.0.clone()));
    lints.extend(name.map(|name| Lint::NamesPerson { place: place.clone(), name }));
}
