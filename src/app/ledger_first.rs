//! The first page of a large ledger, while the whole of it is still being read.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::domain::{
    BranchId, BranchLine, BranchTree, Ledger, LedgerFinding, LedgerView, ReadFault, Reading, RoundLine, Said, Waiting,
};
use crate::text::fold;

/// Lists for whom the items of a view wait, as far as they do.
const fn waiting(view: LedgerView) -> &'static [Waiting] {
    match view {
        LedgerView::Open | LedgerView::Overdue | LedgerView::Near => {
            &[Waiting::Branch, Waiting::Verify, Waiting::Approve]
        }
        LedgerView::ToVerify => &[Waiting::Verify, Waiting::Approve, Waiting::Answer],
        LedgerView::Drafted => &[Waiting::Issue],
        LedgerView::Mine | LedgerView::Repeated | LedgerView::Closed | LedgerView::All => &Waiting::ALL,
    }
}

/// Says whether the first page of one view has the first rows of another, too.
pub fn has_first(one: LedgerView, other: LedgerView) -> bool {
    waiting(one) == waiting(other)
}

/// Reads the items whose days come first, for a first page.
pub fn first(reading: &dyn Reading, view: LedgerView, rows: usize) -> Result<Ledger, ReadFault> {
    let mut found = BTreeSet::new();
    for kind in waiting(view) {
        let mut left = rows.max(1);
        reading.waiting(*kind, &mut |day, id| {
            found.insert((day, id));
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    let findings: BTreeSet<_> = found.into_iter().take(rows.max(1)).map(|(_, id)| id.finding).collect();
    let mut ledger = Ledger::default();
    for id in findings {
        if let Some(followed) = reading.followed(id)? {
            ledger.take(id, &LedgerFinding::from(&followed));
        }
    }
    Ok(ledger)
}

/// Reads the units of some items alone: the whole tree of a large house takes longer than a frame.
pub fn branches(reading: &dyn Reading, ledger: &Ledger) -> Result<BranchTree, ReadFault> {
    let ids: BTreeSet<BranchId> = ledger.rows().map(|(_, row)| row.id.finding.branch).collect();
    let mut tree = BranchTree::default();
    for id in ids {
        let Some(branch) = reading.branch(id)? else { continue };
        tree.places.push((id, u32::try_from(tree.lines.len()).unwrap_or(u32::MAX)));
        tree.lines.push(BranchLine {
            id,
            parent: branch.facts.parent,
            kind: branch.facts.kind,
            folded: fold(&format!("{} {}", branch.facts.name, branch.facts.code)),
            code: branch.facts.code,
            name: branch.facts.name,
            depth: 0,
            active: branch.active,
        });
    }
    Ok(tree)
}

/// Finds the titles of the items of the checklist that a ledger names, by number.
pub fn titles(reading: &dyn Reading, rounds: &[RoundLine], ledger: &Ledger) -> Result<Vec<Said>, ReadFault> {
    let mut titles: Vec<Option<Said>> = vec![None; ledger.names().items.len()];
    for line in rounds {
        if titles.iter().all(Option::is_some) {
            break;
        }
        let Some(checklist) = reading.checklist(&line.plan.edition)? else { continue };
        for item in &checklist.items {
            let at = ledger.names().items.find(&item.id.0).and_then(|at| titles.get_mut(at as usize));
            if let Some(title) = at {
                title.get_or_insert_with(|| item.title.clone());
            }
        }
    }
    Ok(titles.into_iter().map(Option::unwrap_or_default).collect())
}
