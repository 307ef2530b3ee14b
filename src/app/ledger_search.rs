//! Looking for words in the ledger: each word is looked for in every column, among texts that are kept once.

use std::collections::BTreeMap;

use crate::domain::{BranchTree, Ledger, LedgerRow, RoundId, Said, State};
use crate::locales::{Lang, state};
use crate::text::{Needle, fold};

/// Words that are looked for at most.
const WORDS: usize = 32;

/// The texts of the ledger as they are searched, folded once.
#[derive(Debug)]
pub struct Folded {
    items: Vec<String>,
    /// What findings state, as far as the ledger does not bring it folded.
    late: Vec<String>,
    posts: Vec<String>,
    states: Vec<String>,
    rounds: Vec<(RoundId, String)>,
}

/// Which of the words are found where, text by text: a bit for each word.
#[derive(Clone, Debug)]
pub struct Found {
    all: u32,
    branches: Vec<u32>,
    items: Vec<u32>,
    facts: Vec<u32>,
    posts: Vec<u32>,
    states: Vec<u32>,
    rounds: Vec<(RoundId, u32)>,
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
            late: names.facts.all().skip(names.folded().len()).map(fold).collect(),
            posts: names.posts.all().map(fold).collect(),
            states: State::ALL.iter().map(|known| fold(state(*known).say(Lang::Hant))).collect(),
            rounds: rounds.iter().map(|(id, code)| (*id, fold(code))).collect(),
        }
    }

    /// Looks for every word of a text.
    pub fn find(&self, text: &str, ledger: &Ledger, tree: &BranchTree) -> Found {
        let words = || (0..).zip(text.split_whitespace().take(WORDS));
        let needles: Vec<(u32, Needle)> = words().map(|(bit, word)| (1 << bit, Needle::new(word))).collect();
        // What findings state is found by its characters alone: pinyin would find something in every long text.
        let plain: Vec<(u32, String)> = words().map(|(bit, word)| (1 << bit, fold(word))).collect();
        let needled =
            |text: &str| needles.iter().filter(|(_, needle)| needle.matches(text)).map(|(bit, _)| bit).sum::<u32>();
        let plainly =
            |text: &str| plain.iter().filter(|(_, word)| text.contains(word.as_str())).map(|(bit, _)| bit).sum::<u32>();
        let facts = ledger.names().folded().iter().chain(&self.late);
        Found {
            all: needles.iter().map(|(bit, _)| bit).sum(),
            branches: tree.lines.iter().map(|line| needled(&line.folded)).collect(),
            items: self.items.iter().map(|text| needled(text)).collect(),
            facts: facts.map(|text| plainly(text)).collect(),
            posts: self.posts.iter().map(|text| needled(text)).collect(),
            states: self.states.iter().map(|text| needled(text)).collect(),
            rounds: self.rounds.iter().map(|(id, code)| (*id, plainly(code))).collect(),
        }
    }
}

impl Found {
    /// Says whether every word is found in a row; `place` is where its branch stands in the tree.
    pub fn has(&self, row: &LedgerRow, place: Option<usize>) -> bool {
        let of = |found: &[u32], at: usize| found.get(at).copied().unwrap_or_default();
        let round = self.rounds.iter().find(|(round, _)| *round == row.id.finding.round);
        let found = place.map_or(0, |place| of(&self.branches, place))
            | of(&self.items, row.item as usize)
            | of(&self.facts, row.fact as usize)
            | of(&self.posts, row.post as usize)
            | of(&self.states, row.state as usize)
            | round.map_or(0, |(_, found)| *found);
        found == self.all
    }
}
