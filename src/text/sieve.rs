//! Looking for one needle in very many texts.
//!
//! What a character can stand for in the needle is asked once a character, not once a text: a hundred thousand names are
//! written with a few hundred characters.

use super::fold::{Needle, Word, typed_as};

/// The most letters that a syllable has: zhuang.
const SYLLABLE: usize = 6;
/// The most letters of a word that are looked for character by character; one bit is for the beginning.
const LETTERS: usize = 63;

/// A needle that gets faster with every text it is tried on.
pub struct Sieve<'a> {
    words: Vec<Tried<'a>>,
}

enum Tried<'a> {
    ByPinyin(Box<Steps>),
    Plain(&'a Word),
}

impl Needle {
    /// Makes a sieve: it passes exactly the texts that the needle matches.
    pub fn sieve(&self) -> Sieve<'_> {
        let tried = |word| if let Some(steps) = Steps::of(word) { Tried::ByPinyin(steps) } else { Tried::Plain(word) };
        Sieve { words: self.words.iter().map(tried).collect() }
    }
}

impl Sieve<'_> {
    /// Says whether every word is found in a folded text.
    pub fn passes(&mut self, folded: &str) -> bool {
        self.words.iter_mut().all(|word| match word {
            Tried::ByPinyin(steps) => steps.lead_through(folded),
            Tried::Plain(word) => word.rank(folded).is_some(),
        })
    }
}

/// For each number of letters, the places in the word from which a character leads that many letters on, as bits.
type Reach = [u64; SYLLABLE];

/// How characters lead through the letters of a word.
struct Steps {
    letters: String,
    /// The bit behind the last letter.
    end: u64,
    /// By character of the basic plane: where its reach stands in the list, counted from 1; 0 before it was asked.
    known: Vec<u16>,
    reaches: Vec<Reach>,
}

impl Steps {
    fn of(word: &Word) -> Option<Box<Self>> {
        let letters = word.folded.clone();
        if word.pinyin.is_none() || letters.is_empty() || letters.len() > LETTERS {
            return None;
        }
        Some(Box::new(Self { end: 1 << letters.len(), letters, known: vec![0; 1 << 16], reaches: Vec::new() }))
    }

    /// Says whether characters that follow each other lead from the word's beginning to its end.
    fn lead_through(&mut self, folded: &str) -> bool {
        // Bit n: the first n letters are found right before the character that comes.
        let mut here = 1;
        for c in folded.chars() {
            let reach = self.reach(c);
            let mut next = 1;
            for (more, from) in (1..).zip(reach) {
                next |= (here & from) << more;
            }
            if next & self.end != 0 {
                return true;
            }
            here = next;
        }
        false
    }

    fn reach(&mut self, c: char) -> Reach {
        let known = self.known.get_mut(c as usize);
        if let Some(reach) = known.as_ref().and_then(|at| self.reaches.get(usize::from(**at).checked_sub(1)?)) {
            return *reach;
        }
        let mut reach = Reach::default();
        typed_as(c, &mut |typed| {
            if let Some(more) = typed.len().checked_sub(1).and_then(|more| reach.get_mut(more)) {
                let places = (0..self.letters.len())
                    .filter(|at| self.letters.get(*at..).is_some_and(|rest| rest.starts_with(typed)));
                *more |= places.fold(0, |bits, at| bits | 1 << at);
            }
        });
        if let (Some(known), Ok(at)) = (known, u16::try_from(self.reaches.len() + 1)) {
            self.reaches.push(reach);
            *known = at;
        }
        reach
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;
    use proptest::prelude::*;

    fn agrees(query: &str, names: &[String]) {
        let needle = Needle::new(query);
        let mut sieve = needle.sieve();
        for name in names {
            let name = fold(name);
            assert_eq!(sieve.passes(&name), needle.matches(&name), "{query} in {name}");
            // Asked again, now that its characters are known.
            assert_eq!(sieve.passes(&name), needle.matches(&name), "{query} in {name}");
        }
    }

    #[test]
    fn syllables_initials_and_letters_mix() {
        let names =
            ["機關第三黨支部 JG-003", "重慶校區支部", "西安長安銀行支部", "ABC財務處 𠮷", "zhi部"].map(String::from);
        for query in
            ["jgd", "jguand", "jiguandisan", "cq", "zhongq", "xian", "xan", "ca", "yinhang", "yx", "zhib", "zb"]
        {
            agrees(query, &names);
            agrees(&format!("{query} zb"), &names);
        }
        agrees("", &names);
        agrees("財務", &names);
        agrees(&"z".repeat(70), &names);
        assert!(Needle::new("zhongq").sieve().passes(&fold("重慶")));
    }

    proptest! {
        #[test]
        fn a_sieve_passes_what_the_needle_matches(
            query in "(zh|z|d|dang|ang|a|an|g|x|xi|c|cai|chong|hang|xing|i|b|bu|[a-z]){1,9}",
            names in proptest::collection::vec("[機關黨支部財務處重慶長行西安樂藏了第一二三教育zbdcai0-9 -]{0,14}", 1..8),
        ) {
            agrees(&query, &names);
        }
    }
}
