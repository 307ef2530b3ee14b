//! Puts the units in the order in which people read them.

use std::collections::HashMap;

use super::names;
use super::staging::Staging;
use crate::domain::{Branch, BranchId, BranchLine, BranchTree, ReadFault};
use crate::text;

/// Makes the tree of every unit.
pub fn make(staging: &Staging<'_>) -> Result<BranchTree, ReadFault> {
    let mut branches = Vec::new();
    let kind = [names::kind::BRANCH];
    staging.scan::<Branch>(&kind, &kind, &mut |_, branch| {
        branches.push(branch);
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(arranged(branches))
}

fn arranged(branches: Vec<Branch>) -> BranchTree {
    let known: std::collections::HashSet<BranchId> = branches.iter().map(|branch| branch.id).collect();
    let mut below: HashMap<Option<BranchId>, Vec<Branch>> = HashMap::new();
    for branch in branches {
        let parent = branch.facts.parent.filter(|parent| known.contains(parent));
        below.entry(parent).or_default().push(branch);
    }
    for brothers in below.values_mut() {
        brothers.sort_by_cached_key(|branch| (branch.facts.kind, text::sort_key(&branch.facts.name), branch.id));
    }
    let mut tree = BranchTree::default();
    // A stack instead of recursion: a list brought in from outside may be as deep as it likes.
    let mut waiting = vec![below.remove(&None).unwrap_or_default().into_iter()];
    while let Some(brothers) = waiting.last_mut() {
        let Some(branch) = brothers.next() else {
            waiting.pop();
            continue;
        };
        let depth = u8::try_from(waiting.len() - 1).unwrap_or(u8::MAX);
        let id = branch.id;
        tree.lines.push(line(branch, depth));
        waiting.extend(below.remove(&Some(id)).map(Vec::into_iter));
    }
    tree.places = (0u32..).zip(&tree.lines).map(|(place, line)| (line.id, place)).collect();
    tree.places.sort_unstable();
    tree
}

fn line(branch: Branch, depth: u8) -> BranchLine {
    let facts = branch.facts;
    BranchLine {
        id: branch.id,
        parent: facts.parent,
        kind: facts.kind,
        folded: text::fold(&format!("{} {}", facts.name, facts.code)),
        code: facts.code,
        name: facts.name,
        depth,
        active: branch.active,
    }
}
