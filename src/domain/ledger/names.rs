//! Texts that many rows of the ledger share, each kept once.

use std::collections::HashMap;
use std::sync::Arc;

/// Texts and their numbers, counted from 0 in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Texts {
    /// Finds a text's number, or gives it the next one.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    /// Finds a text's number, if it has come.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// Returns a text; an empty one where there is none of this number.
    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", |text| text)
    }

    /// Lists the texts in the order of their numbers.
    pub fn all(&self) -> impl ExactSizeIterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }

    /// Says whether it goes on from others: whether their texts have the same numbers here.
    fn holds(&self, other: &Self) -> bool {
        let ends = |texts: &Self, at: usize| texts.texts.get(at).cloned();
        let last = other.texts.len().checked_sub(1);
        last.is_none_or(|last| ends(self, last).is_some_and(|text| Some(text) == ends(other, last)))
    }

    /// Says how many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Says whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// The texts of the ledger, column by column.
#[derive(Clone, Debug, Default)]
pub struct LedgerNames {
    /// Items of the checklist, such as S-07.
    pub items: Texts,
    /// What findings state.
    pub facts: Texts,
    /// Posts that put things right.
    pub posts: Texts,
    /// Handles of those who asked for closures.
    pub people: Texts,
    folded: Vec<String>,
}

impl LedgerNames {
    /// Returns what findings state as it is searched, by the numbers of [`LedgerNames::facts`], as far as it is folded.
    pub fn folded(&self) -> &[String] {
        &self.folded
    }

    /// Folds what findings state and nobody has folded yet.
    pub fn fold(&mut self, fold: fn(&str) -> String) {
        let new = self.facts.texts.iter().skip(self.folded.len());
        self.folded.extend(new.map(|text| fold(text)));
    }

    /// Takes over from others how the newest text is folded, where these have folded it.
    pub(super) fn fold_as(&mut self, others: &Self, fact: u32) {
        if self.folded.len() + 1 == self.facts.len() {
            self.folded.extend(others.folded.get(fact as usize).cloned());
        }
    }

    /// Says whether they go on from others, so that numbers given out there are good here.
    pub fn holds(&self, other: &Self) -> bool {
        self.items.holds(&other.items)
            && self.facts.holds(&other.facts)
            && self.posts.holds(&other.posts)
            && self.people.holds(&other.people)
    }
}
