//! Reading a keymap file, with all of its faults at once.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::fault::{FaultKind, KeymapFault};
use super::key::Key;
use super::keymap::Keymap;
use super::name::{keys_name, parse_keys};
use super::scope::{Bound, Scope};
use crate::text::nearest;

/// The action name that unbinds.
const NONE: &str = "none";

impl<A: Copy + Eq> Keymap<A> {
    /// Reads a keymap file: a table for each scope, and in it `"keys" = "action.name"` or `"keys" = "none"`.
    ///
    /// `resolve` knows the actions by name; `names` are the names to guess from when it does not. A person mends a file
    /// once, so everything that is wrong is told at once, in the order of the lines.
    pub fn parse(
        text: &str,
        scopes: &[&'static str],
        resolve: &dyn Fn(&str) -> Option<A>,
        names: &[&str],
    ) -> Result<Self, Vec<KeymapFault>> {
        let mut reader = Reader { text, resolve, names, faults: Vec::new() };
        let (file, broken) = DeTable::parse_recoverable(text);
        for error in broken {
            let at = error.span().map_or(text.len(), |span| span.start);
            reader.fault(at, FaultKind::Toml(error.message().to_owned()));
        }
        let mut keymap = Self::default();
        for (name, value) in file.get_ref() {
            let known = scopes.iter().find(|scope| **scope == name.get_ref().as_ref());
            match (value.get_ref().as_table(), known) {
                (Some(table), Some(scope)) => {
                    keymap.scopes.insert(scope, reader.scope(table));
                }
                (Some(table), None) => {
                    let near = nearest(name.get_ref(), scopes.iter().copied()).map(str::to_owned);
                    let name_text = name.get_ref().to_string();
                    reader.fault(name.span().start, FaultKind::UnknownScope { name: name_text, near });
                    // What is wrong inside stays wrong once the scope has its right name.
                    reader.scope(table);
                }
                (None, _) => {
                    let name_text = name.get_ref().to_string();
                    reader.fault(name.span().start, FaultKind::NotAScope { name: name_text });
                }
            }
        }
        let mut faults = reader.faults;
        // By line only: the sort is stable, and within a line the order of finding is the order of reading.
        faults.sort_by_key(|fault| fault.line);
        // TOML's faults were found first. What else such a line seems to say is a consequence of a guess.
        faults.dedup_by(|next, fault| next.line == fault.line && matches!(fault.kind, FaultKind::Toml(_)));
        if faults.is_empty() { Ok(keymap) } else { Err(faults) }
    }
}

/// What all steps of the reading need, and the faults so far.
struct Reader<'a, A> {
    text: &'a str,
    resolve: &'a dyn Fn(&str) -> Option<A>,
    names: &'a [&'a str],
    faults: Vec<KeymapFault>,
}

impl<A: Copy> Reader<'_, A> {
    fn scope(&mut self, table: &DeTable<'_>) -> Scope<A> {
        let mut scope = Scope::default();
        // Where each begins; which line that is, is only counted for a fault.
        let mut places: BTreeMap<Vec<Key>, usize> = BTreeMap::new();
        // In the order of the file, so that of two rows that collide the later one is to blame.
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in rows {
            let at = name.span().start;
            let bound = self.bound(name, value);
            if let (Some(keys), Some(bound)) = (self.keys(name), bound)
                && self.fits(at, &keys, &scope, &places)
            {
                places.insert(keys.clone(), at);
                scope.insert(keys, bound);
            }
        }
        scope
    }

    /// Reads the left side of a row.
    fn keys(&mut self, name: &Spanned<DeString<'_>>) -> Option<Vec<Key>> {
        let at = name.span().start;
        let keys = parse_keys(name.get_ref()).map_err(|fault| self.fault(at, FaultKind::Keys(fault))).ok()?;
        let never: Vec<&Key> = keys.iter().filter(|key| !key.arrives()).collect();
        for key in &never {
            self.fault(at, FaultKind::NeverArrives { key: key.to_string() });
        }
        never.is_empty().then_some(keys)
    }

    /// Reads the right side of a row.
    fn bound(&mut self, name: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Option<Bound<A>> {
        let Some(action) = value.get_ref().as_str() else {
            self.fault(name.span().start, FaultKind::NotAName { keys: name.get_ref().to_string() });
            return None;
        };
        if action == NONE {
            return Some(Bound::Silent);
        }
        let known = (self.resolve)(action);
        if known.is_none() {
            let near = nearest(action, self.names.iter().copied().chain([NONE])).map(str::to_owned);
            self.fault(value.span().start, FaultKind::UnknownAction { name: action.to_owned(), near });
        }
        known.map(Bound::To)
    }

    /// Whether a sequence collides with none of the rows above it.
    fn fits(&mut self, at: usize, keys: &[Key], scope: &Scope<A>, places: &BTreeMap<Vec<Key>, usize>) -> bool {
        let line_of = |keys: &[Key]| places.get(keys).map_or(0, |at| self.line(*at));
        let kind = if scope.get(keys).is_some() {
            FaultKind::Twice { keys: keys_name(keys), other: line_of(keys) }
        } else if let Some(short) = scope.within(keys) {
            let (keys, longer, other) = (keys_name(short), keys_name(keys), self.line(at));
            self.faults.push(KeymapFault { line: line_of(short), kind: FaultKind::Prefix { keys, longer, other } });
            return false;
        } else if let Some((longer, _)) = scope.beyond(keys).next() {
            FaultKind::Prefix { keys: keys_name(keys), longer: keys_name(longer), other: line_of(longer) }
        } else {
            return true;
        };
        self.fault(at, kind);
        false
    }

    fn fault(&mut self, at: usize, kind: FaultKind) {
        self.faults.push(KeymapFault { line: self.line(at), kind });
    }

    /// Returns the line, counted from 1, that holds the byte `at`.
    fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        before.split(|byte| *byte == b'\n').count()
    }
}
