//! What a person may take back and do again in an inspection: read from its trail, never stored.

use std::collections::BTreeMap;

use super::{Change, Entry, Inspection, InspectionChange, ItemId, PersonId, Refusal, Seq, Stamp};

/// One person's changes since the last signature, in two stacks.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// What everybody has done to each thing and not taken back, the last on top.
    lying: BTreeMap<Thing, Vec<Seq>>,
    /// Who did the entries of this number, when, and to what.
    deeds: BTreeMap<Seq, (PersonId, Stamp, Vec<Thing>)>,
    /// Who touched each thing last.
    touched: BTreeMap<Thing, (PersonId, Stamp)>,
}

#[derive(Clone, Debug)]
struct Step {
    seq: Seq,
    changes: Vec<InspectionChange>,
    /// What lay on top of each thing when the step was taken back.
    bare: Vec<(Thing, Option<Seq>)>,
}

/// What a change is a change of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Verdict(ItemId),
    Note(ItemId),
    Mark(ItemId),
    Finding(u16),
}

impl Thing {
    fn of(change: &InspectionChange) -> Option<Self> {
        Some(match change {
            InspectionChange::Judged { item, .. } => Self::Verdict(item.clone()),
            InspectionChange::Noted { item, .. } => Self::Note(item.clone()),
            InspectionChange::Marked { item, .. } => Self::Mark(item.clone()),
            InspectionChange::Found { n, .. } => Self::Finding(*n),
            InspectionChange::Signed { .. }
            | InspectionChange::Reopened { .. }
            | InspectionChange::Undid { .. }
            | InspectionChange::Redid { .. }
            | InspectionChange::CardTaken { .. }
            | InspectionChange::CardGiven { .. } => return None,
        })
    }
}

impl History {
    /// Reads the trail of one inspection, oldest entry first, for what `by` did.
    ///
    /// A signature or its lifting by anybody is a wall: what lies before it is not taken back.
    pub fn of<'a>(by: &PersonId, trail: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut history = Self::default();
        for entry in trail {
            history.read(by, entry);
        }
        history
    }

    fn read(&mut self, by: &PersonId, entry: &Entry) {
        let changes = || {
            entry.changes.iter().filter_map(|change| match change {
                Change::Inspection(change) => Some(change),
                _ => None,
            })
        };
        let own = entry.by == *by;
        match changes().next() {
            Some(InspectionChange::Signed { .. } | InspectionChange::Reopened { .. }) => *self = Self::default(),
            // Who has which card is no part of the work: it is given back, not undone.
            Some(InspectionChange::CardTaken { .. } | InspectionChange::CardGiven { .. }) | None => {}
            Some(InspectionChange::Undid { seq }) => {
                let things = self.things(*seq);
                for thing in &things {
                    if let Some(lying) = self.lying.get_mut(thing) {
                        lying.retain(|other| other != seq);
                    }
                }
                self.touch(&things, entry);
                if let Some(mut step) = self.undo.pop_if(|_| own) {
                    step.bare = things.into_iter().map(|thing| (thing.clone(), self.top(&thing))).collect();
                    self.redo.push(step);
                }
            }
            Some(InspectionChange::Redid { seq }) => {
                let things = self.things(*seq);
                for thing in &things {
                    self.lying.entry(thing.clone()).or_default().push(*seq);
                }
                self.touch(&things, entry);
                self.undo.extend(self.redo.pop_if(|_| own));
            }
            Some(_) => {
                let things: Vec<Thing> = changes().filter_map(Thing::of).collect();
                for thing in &things {
                    self.lying.entry(thing.clone()).or_default().push(entry.seq);
                }
                self.touch(&things, entry);
                self.deeds.insert(entry.seq, (entry.by.clone(), entry.at, things));
                if own {
                    self.redo.clear();
                    let changes = changes().cloned().collect();
                    self.undo.push(Step { seq: entry.seq, changes, bare: Vec::new() });
                }
            }
        }
    }

    fn things(&self, seq: Seq) -> Vec<Thing> {
        self.deeds.get(&seq).map(|(_, _, things)| things.clone()).unwrap_or_default()
    }

    fn touch(&mut self, things: &[Thing], entry: &Entry) {
        for thing in things {
            self.touched.insert(thing.clone(), (entry.by.clone(), entry.at));
        }
    }

    fn top(&self, thing: &Thing) -> Option<Seq> {
        self.lying.get(thing)?.last().copied()
    }

    /// Makes the changes that take the last step back.
    pub fn undo(&self, inspection: &Inspection, by: &PersonId) -> Result<Vec<InspectionChange>, Refusal> {
        let step = self.undo.last().ok_or(Refusal::NothingToUndo)?;
        let back: Vec<_> = step.changes.iter().rev().filter_map(reversed).collect();
        for change in &step.changes {
            self.untouched(inspection, by, change, |_| Some(step.seq))?;
        }
        Ok(std::iter::once(InspectionChange::Undid { seq: step.seq }).chain(back).collect())
    }

    /// Makes the changes that do again what was taken back last.
    pub fn redo(&self, inspection: &Inspection, by: &PersonId) -> Result<Vec<InspectionChange>, Refusal> {
        let step = self.redo.last().ok_or(Refusal::NothingToRedo)?;
        for change in step.changes.iter().rev().filter_map(reversed) {
            let bare = |thing: &Thing| step.bare.iter().find(|(other, _)| other == thing).and_then(|(_, top)| *top);
            self.untouched(inspection, by, &change, bare)?;
        }
        Ok(std::iter::once(InspectionChange::Redid { seq: step.seq }).chain(step.changes.iter().cloned()).collect())
    }

    /// Refuses where somebody else has touched what `left` left behind, though they may have left the same behind.
    fn untouched(
        &self,
        inspection: &Inspection,
        by: &PersonId,
        left: &InspectionChange,
        lay: impl Fn(&Thing) -> Option<Seq>,
    ) -> Result<(), Refusal> {
        let Some(thing) = Thing::of(left) else { return Ok(()) };
        let top = self.top(&thing);
        if stands(inspection, left) && top == lay(&thing) {
            return Ok(());
        }
        let deed = top.and_then(|top| self.deeds.get(&top)).map(|(by, at, _)| (by.clone(), *at));
        let (by, at) = deed
            .filter(|(other, _)| other != by)
            .or_else(|| self.touched.get(&thing).cloned())
            .unwrap_or_else(|| (by.clone(), Stamp(0)));
        Err(Refusal::Stale { item: item_of(inspection, left), by, at })
    }
}

/// Says whether what a change left behind still stands.
fn stands(inspection: &Inspection, left: &InspectionChange) -> bool {
    match left {
        InspectionChange::Judged { item, now, .. } => inspection.judgement(item) == *now,
        InspectionChange::Noted { item, now, .. } => inspection.note(item) == now,
        InspectionChange::Marked { item, now } => inspection.marked(item) == *now,
        InspectionChange::Found { n, now, .. } => {
            inspection.findings.get(n).map(|finding| &finding.facts) == now.as_ref()
        }
        _ => true,
    }
}

/// Returns the item that a change is about.
fn item_of(inspection: &Inspection, change: &InspectionChange) -> Option<ItemId> {
    match change {
        InspectionChange::Judged { item, .. }
        | InspectionChange::Noted { item, .. }
        | InspectionChange::Marked { item, .. } => Some(item.clone()),
        InspectionChange::Found { n, was, now } => {
            let stands = inspection.findings.get(n).map(|finding| &finding.facts);
            stands.or(now.as_ref()).or(was.as_ref()).map(|facts| facts.item.clone())
        }
        _ => None,
    }
}

/// Turns a change round; markers have no other side.
fn reversed(change: &InspectionChange) -> Option<InspectionChange> {
    match change.clone() {
        InspectionChange::Judged { item, was, now } => Some(InspectionChange::Judged { item, was: now, now: was }),
        InspectionChange::Noted { item, was, now } => Some(InspectionChange::Noted { item, was: now, now: was }),
        InspectionChange::Marked { item, now } => Some(InspectionChange::Marked { item, now: !now }),
        InspectionChange::Found { n, was, now } => Some(InspectionChange::Found { n, was: now, now: was }),
        InspectionChange::Signed { .. }
        | InspectionChange::Reopened { .. }
        | InspectionChange::Undid { .. }
        | InspectionChange::Redid { .. }
        | InspectionChange::CardTaken { .. }
        | InspectionChange::CardGiven { .. } => None,
    }
}
