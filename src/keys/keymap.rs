//! Which action a sequence of keys is, by scope.

use std::collections::{BTreeMap, BTreeSet};

use super::key::Key;
use super::scope::{Bound, Scope};

/// The bindings of every scope.
///
/// A scope is a place where keys may mean something of their own: a screen, a list, everywhere. The scopes that count at a
/// moment are asked innermost first, and the first that knows a sequence decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap<A> {
    pub(super) scopes: BTreeMap<&'static str, Scope<A>>,
}

/// What the keys pressed so far are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<A> {
    /// A whole sequence.
    Action(A),
    /// The beginning of some: the keys that lead on, in their order.
    Prefix(Vec<(Key, Next<A>)>),
    /// Nothing, or a key that was unbound.
    None,
}

/// Where a key after a prefix leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<A> {
    /// To an action.
    Action(A),
    /// To more keys.
    More,
}

impl<A> Default for Keymap<A> {
    fn default() -> Self {
        Self { scopes: BTreeMap::new() }
    }
}

impl<A: Copy + Eq> Keymap<A> {
    /// Lays another keymap over this one, as a person's own file lies over the default.
    ///
    /// Where the two collide, the upper one stands: its `g` replaces `g g`, its `g g` replaces `g`, and its `none` takes
    /// a key away.
    #[must_use]
    pub fn layer(mut self, over: Self) -> Self {
        for (name, upper) in over.scopes {
            let lower = self.scopes.entry(name).or_default();
            for (keys, bound) in upper.iter() {
                lower.put_over(keys.clone(), bound);
            }
        }
        self
    }

    /// Says what `keys` are in these scopes, innermost first.
    ///
    /// An unbound key is silent: it also hides what the outer scopes have there, for a person who takes `q` out of the
    /// walk does not want it to leave the program instead. An empty `keys` asks what can be pressed at all.
    pub fn lookup(&self, scopes: &[&str], keys: &[Key]) -> Found<A> {
        let mut onward: BTreeSet<Key> = BTreeSet::new();
        for scope in scopes.iter().filter_map(|name| self.scopes.get(name)) {
            match scope.get(keys) {
                Some(Bound::To(action)) if onward.is_empty() => return Found::Action(action),
                Some(Bound::Silent) if onward.is_empty() => return Found::None,
                // An inner scope goes on from here, so that this one and those around it are out of reach.
                Some(_) => break,
                None => {
                    let live = scope.beyond(keys).filter(|(_, bound)| bound.action().is_some());
                    onward.extend(live.filter_map(|(longer, _)| longer.get(keys.len()).copied()));
                }
            }
        }
        let mut keys = keys.to_vec();
        let mut next = Vec::new();
        for key in onward {
            keys.push(key);
            // Asked again for each: an inner scope may have unbound what an outer one offers.
            match self.lookup(scopes, &keys) {
                Found::Action(action) => next.push((key, Next::Action(action))),
                Found::Prefix(_) => next.push((key, Next::More)),
                Found::None => {}
            }
            keys.pop();
        }
        if next.is_empty() { Found::None } else { Found::Prefix(next) }
    }

    /// Iterates over the bindings of one scope, in the order of their keys.
    pub fn bindings(&self, scope: &str) -> impl Iterator<Item = (Vec<Key>, A)> {
        let all = self.scopes.get(scope).into_iter().flat_map(Scope::iter);
        all.filter_map(|(keys, bound)| Some((keys.clone(), bound.action()?)))
    }

    /// Returns every sequence that does `action` in these scopes, the shortest first.
    pub fn keys_for(&self, scopes: &[&str], action: A) -> Vec<Vec<Key>> {
        let mut found: Vec<Vec<Key>> = Vec::new();
        // Every frame asks this for each key in its footer: nothing is copied that is not the answer.
        for (keys, bound) in scopes.iter().filter_map(|scope| self.scopes.get(scope)).flat_map(Scope::iter) {
            // The last test is for two scopes that bind the same keys to the same action.
            if bound.action() == Some(action) && self.reaches(scopes, keys, action) && !found.contains(keys) {
                found.push(keys.clone());
            }
        }
        // Stable, so that among those of one length the innermost scope stays first.
        found.sort_by_key(Vec::len);
        found
    }

    /// Returns those of `actions` that no key leads to in these scopes.
    ///
    /// Help and the way out must not be among them, whatever a person's file says.
    pub fn unreachable(&self, scopes: &[&str], actions: &[A]) -> Vec<A> {
        actions.iter().copied().filter(|action| self.keys_for(scopes, *action).is_empty()).collect()
    }

    /// Whether somebody who presses `keys` one after the other gets to `action`.
    fn reaches(&self, scopes: &[&str], keys: &[Key], action: A) -> bool {
        let waits = |len| matches!(self.lookup(scopes, &keys[..len]), Found::Prefix(_));
        (1..keys.len()).all(waits) && self.lookup(scopes, keys) == Found::Action(action)
    }
}
