//! What somebody may see: the part of the tree that their role is for, and nothing beside it.
//!
//! What is outside of it answers as if it did not exist. Only a path spells the names of the units above.

mod counts;
mod entries;
mod ledger;
mod lookbacks;
mod part;
mod reading;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::{BranchId, Entry, Of, PersonId, ReadFault, Reading, Role, Seq};
use part::Part;

/// A reading that sessions share.
pub type SharedReading = Arc<dyn Reading + Send + Sync>;

/// What is true now, with the parts of it that persons see: those who see the same part share what is made of it.
pub struct Reach {
    all: SharedReading,
    /// The parts that somebody looks at; the one without a unit is empty.
    parts: Mutex<BTreeMap<Option<BranchId>, Weak<Part>>>,
}

impl Reach {
    /// Makes one over all that is true.
    pub fn over(all: SharedReading) -> Arc<Self> {
        Arc::new(Self { all, parts: Mutex::default() })
    }

    /// Returns what a person sees, now and after their role has changed.
    pub fn of(self: &Arc<Self>, person: PersonId) -> Reached {
        Reached { reach: Arc::clone(self), person, known: Arc::default() }
    }

    /// Cuts a part out of the tree as it stands, or finds the one that somebody looks at already.
    fn part(&self, over: Option<BranchId>) -> Result<Arc<Part>, ReadFault> {
        let tree = self.all.tree()?;
        let mut parts = locked(&self.parts);
        let known = parts.get(&over).and_then(Weak::upgrade).filter(|part| part.is_of(&tree));
        if let Some(part) = known {
            return Ok(part);
        }
        let part = Arc::new(Part::of(tree, over));
        parts.retain(|_, part| part.strong_count() > 0);
        parts.insert(over, Arc::downgrade(&part));
        Ok(part)
    }
}

/// What one person sees of all that is true now.
#[derive(Clone)]
pub struct Reached {
    reach: Arc<Reach>,
    person: PersonId,
    /// How far they see, as the house said at an entry.
    known: Arc<Mutex<Option<(Seq, Sight)>>>,
}

/// How far somebody sees.
#[derive(Clone)]
enum Sight {
    /// All of it; only who keeps the house sees what was entered about persons.
    Whole { keeps: bool },
    /// A part of the tree; an empty one where the house does not know them.
    Part(Arc<Part>),
}

impl Reached {
    /// Makes one for a person who shares with nobody.
    pub fn alone(all: SharedReading, person: PersonId) -> Self {
        Reach::over(all).of(person)
    }

    fn all(&self) -> &(dyn Reading + Send + Sync) {
        &*self.reach.all
    }

    /// Finds how far the person sees: asked of the house after each entry, one person at a time.
    fn sight(&self) -> Result<Sight, ReadFault> {
        let head = self.reach.all.head();
        let mut known = locked(&self.known);
        if let Some((_, sight)) = known.as_ref().filter(|(at, _)| *at == head) {
            return Ok(sight.clone());
        }
        let (facts, alone) = self.reach.all.person(&self.person)?;
        let sight = match facts {
            None if alone => Sight::Whole { keeps: true },
            None => Sight::Part(self.reach.part(None)?),
            // One who answers for a branch has one.
            Some(facts) if facts.over.is_none() && facts.role != Role::Branch => {
                Sight::Whole { keeps: facts.role == Role::Admin }
            }
            Some(facts) => Sight::Part(self.reach.part(facts.over)?),
        };
        *known = Some((head, sight.clone()));
        Ok(sight)
    }

    /// Says whether the person sees what an entry belongs to.
    pub fn sees(&self, of: Of) -> Result<bool, ReadFault> {
        let Sight::Part(part) = self.sight()? else { return Ok(true) };
        Ok(match of {
            Of::House | Of::Edition(_) => !part.is_empty(),
            Of::Branch(branch) | Of::Inspection(_, branch) => part.has(branch),
            Of::Finding(id) => part.has(id.branch),
            Of::Calibration(id) | Of::Sheet(id, _) => part.has(id.branch),
            Of::Round(id) => self.round(id)?.is_some(),
            Of::Lookback(id) => self.lookback(id)?.is_some(),
        })
    }

    /// Returns as much of an entry as the person sees; nothing where that is none of it.
    pub fn entry(&self, entry: Entry) -> Result<Option<Entry>, ReadFault> {
        if !self.sees(entry.of)? {
            return Ok(None);
        }
        Ok(match self.sight()? {
            Sight::Whole { keeps: true } => Some(entry),
            Sight::Whole { keeps: false } => entries::without_persons(entry),
            Sight::Part(part) => part.entry(entry),
        })
    }
}

/// Locks what holds only memoised readings: a panic elsewhere leaves them right.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
