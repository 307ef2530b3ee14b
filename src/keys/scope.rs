//! The bindings of one scope.
//!
//! They are a trie kept flat: sequences in order, so that all that begin alike stand together.

use std::collections::BTreeMap;

use super::key::Key;

/// What a sequence does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound<A> {
    To(A),
    /// It was unbound on purpose: here it does nothing.
    Silent,
}

impl<A> Bound<A> {
    /// Returns the action, if there is one.
    pub(super) fn action(self) -> Option<A> {
        match self {
            Self::To(action) => Some(action),
            Self::Silent => None,
        }
    }
}

/// Sequences of keys and what they do.
///
/// No sequence is the beginning of another, or the longer one could never be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scope<A>(BTreeMap<Vec<Key>, Bound<A>>);

impl<A> Default for Scope<A> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<A: Copy> Scope<A> {
    /// Returns what exactly this sequence does here.
    pub(super) fn get(&self, keys: &[Key]) -> Option<Bound<A>> {
        self.0.get(keys).copied()
    }

    /// Iterates over all bindings, in the order of their keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Vec<Key>, Bound<A>)> {
        self.0.iter().map(|(keys, bound)| (keys, *bound))
    }

    /// Iterates over the sequences that are longer than `start` and begin with it.
    pub(super) fn beyond<'a>(&'a self, start: &'a [Key]) -> impl Iterator<Item = (&'a Vec<Key>, Bound<A>)> + 'a {
        let from = (std::ops::Bound::Excluded(start), std::ops::Bound::Unbounded);
        let alike = self.0.range::<[Key], _>(from).take_while(move |(keys, _)| keys.starts_with(start));
        alike.map(|(keys, bound)| (keys, *bound))
    }

    /// Returns the bound sequence that is a beginning of `keys` and shorter.
    pub(super) fn within(&self, keys: &[Key]) -> Option<&Vec<Key>> {
        (1..keys.len()).find_map(|len| self.0.get_key_value(&keys[..len])).map(|(short, _)| short)
    }

    /// Adds a binding next to those that are there; the caller has seen to it that none collides.
    pub(super) fn insert(&mut self, keys: Vec<Key>, bound: Bound<A>) {
        self.0.insert(keys, bound);
    }

    /// Puts a binding over those that are there: what stands in its way goes.
    pub(super) fn put_over(&mut self, keys: Vec<Key>, bound: Bound<A>) {
        while let Some(short) = self.within(&keys).cloned() {
            if matches!(bound, Bound::Silent) {
                // To unbind `g g` where `g` has a meaning of its own asks for nothing: that meaning is to stay.
                return;
            }
            self.0.remove(&short);
        }
        self.0.retain(|longer, _| !longer.starts_with(&keys));
        self.0.insert(keys, bound);
    }
}
