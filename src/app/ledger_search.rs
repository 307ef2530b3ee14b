//! Looking for words in the ledger: each word is looked for in every column, among texts that are kept once.

use std::collections::BTreeMap;

use crate::domain::{BranchTree, Ledger, LedgerRow, RoundId, RowSet, Said, State};
use crate::locales::{Lang, state};
use crate::text::{Needle, fold};

/// The texts of the ledger as they are searched, folded once.
#[derive(Debug)]
pub struct Folded {
    items: Vec<String>,
    facts: Vec<String>,
    posts: Vec<String>,
    states: Vec<String>,
    rounds: Vec<(RoundId, String)>,
}

/// Where one word is found, text by text.
struct Found {
    branches: Vec<bool>,
    items: Vec<bool>,
    facts: Vec<bool>,
    posts: Vec<bool>,
    states: Vec<bool>,
    rounds: Vec<RoundId>,
}

impl Folded {
    /// Folds the texts of a ledger.
    pub fn new(ledger: &Ledger, titles: &[Said], rounds: &BTreeMap<RoundId, String>) -> Self {
        let names = ledger.names();
        let item = |(id, title): (&str, &Said)| fold(&format!("{id} {}", title.pick(Lang::Hant)));
        let none = Said::default();
        let titles = titles.iter().chain(std::iter::repeat(&none));
        Self {
            items: names.items.all().zip(titles).map(item).collect(),
            facts: names.facts.all().map(fold).collect(),
            posts: names.posts.all().map(fold).collect(),
            states: State::ALL.iter().map(|known| fold(state(*known).say(Lang::Hant))).collect(),
            rounds: rounds.iter().map(|(id, code)| (*id, fold(code))).collect(),
        }
    }

    /// Finds the rows in which every word of a text is found.
    pub fn found(&self, text: &str, ledger: &Ledger, tree: &BranchTree) -> RowSet {
        let words: Vec<Found> = text.split_whitespace().map(|word| self.word(word, tree)).collect();
        let mut set = RowSet::for_rows(ledger.len());
        for (at, row) in ledger.rows() {
            let place = tree.place(row.id.finding.branch);
            if words.iter().all(|word| word.has(row, place)) {
                set.insert(at);
            }
        }
        set
    }

    fn word(&self, word: &str, tree: &BranchTree) -> Found {
        let needle = Needle::new(word);
        // What findings state is found by its characters alone: pinyin would find something in every long text.
        let plain = fold(word);
        let find = |texts: &[String]| texts.iter().map(|text| needle.matches(text)).collect();
        Found {
            branches: tree.lines.iter().map(|line| needle.matches(&line.folded)).collect(),
            items: find(&self.items),
            facts: self.facts.iter().map(|text| text.contains(&plain)).collect(),
            posts: find(&self.posts),
            states: find(&self.states),
            rounds: self.rounds.iter().filter(|(_, code)| code.contains(&plain)).map(|(id, _)| *id).collect(),
        }
    }
}

impl Found {
    fn has(&self, row: &LedgerRow, place: Option<usize>) -> bool {
        let has = |found: &[bool], at: usize| found.get(at).copied().unwrap_or(false);
        place.is_some_and(|place| has(&self.branches, place))
            || has(&self.items, row.item as usize)
            || has(&self.facts, row.fact as usize)
            || has(&self.posts, row.post as usize)
            || State::ALL.iter().position(|known| *known == row.state).is_some_and(|at| has(&self.states, at))
            || self.rounds.contains(&row.id.finding.round)
    }
}
