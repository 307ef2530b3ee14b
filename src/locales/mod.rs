//! Words on screen, in three languages.
//!
//! Traditional and English are written; simplified is made from traditional once, because that direction is nearly
//! one-to-one and two hand-kept scripts drift. `tests` hold the terms for which a table alone would be wrong.

mod actions;
mod analysis;
mod columns;
mod common;
mod door;
mod faults;
mod follow;
mod forms;
mod house;
mod ledger;
mod linear;
mod lint;
mod look;
mod posts;
mod progress;
mod rates;
mod refusals;
mod screens;
mod ssh;
mod steps;
mod terms;
mod together;

use std::sync::OnceLock;

pub use crate::domain::Lang;
pub use actions::*;
pub use analysis::*;
pub use columns::*;
pub use common::*;
pub use door::*;
pub use faults::*;
pub use follow::*;
pub use forms::*;
pub use house::*;
pub use ledger::*;
pub use linear::*;
pub use lint::*;
pub use look::*;
pub use posts::*;
pub use progress::*;
pub use rates::*;
pub use refusals::*;
pub use screens::*;
pub use ssh::*;
pub use steps::*;
pub use terms::*;
pub use together::*;

/// A text of the program in every language; `{}` are filled in order.
#[derive(Debug)]
pub struct Word {
    hant: &'static str,
    en: &'static str,
    hans: OnceLock<Box<str>>,
}

impl Word {
    /// Writes a word down; `words!` is how.
    pub const fn new(hant: &'static str, en: &'static str) -> Self {
        Self { hant, en, hans: OnceLock::new() }
    }

    /// Says it.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Hant => self.hant,
            Lang::Hans => self.hans.get_or_init(|| simplified(self.hant).into()),
            Lang::En => self.en,
        }
    }

    /// Says it with its `{}` filled in order.
    pub fn fill(&self, lang: Lang, values: &[&dyn std::fmt::Display]) -> String {
        let mut said = String::new();
        let mut values = values.iter();
        let mut parts = self.say(lang).split("{}");
        said.push_str(parts.next().unwrap_or_default());
        for part in parts {
            if let Some(value) = values.next() {
                said.push_str(&value.to_string());
            }
            said.push_str(part);
        }
        said
    }
}

/// Turns a traditional text of the program into simplified characters and their quotation marks.
pub fn simplified(hant: &str) -> String {
    crate::text::simplify(hant).replace('「', "“").replace('」', "”").replace('『', "‘").replace('』', "’")
}

/// Writes words down: a name, the traditional text, the English text. Other rooms keep words of their own with it.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $hant:literal, $en:literal;)*) => {
        $($(#[$doc])* pub static $name: $crate::locales::Word = $crate::locales::Word::new($hant, $en);)*
        #[cfg(test)]
        pub(crate) fn all() -> Vec<(&'static str, &'static $crate::locales::Word)> {
            vec![$((stringify!($name), &$name)),*]
        }
    };
}
pub(crate) use words;

/// Checks that words have the same holes in every language, that English is English and Chinese is Chinese.
#[cfg(test)]
pub(crate) fn assert_said(words: &[(&'static str, &'static Word)]) {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (name, word) in words {
        let holes = |text: &str| text.matches("{}").count();
        assert_eq!(holes(word.hant), holes(word.en), "{name}");
        assert_eq!(holes(word.hant), holes(word.say(Lang::Hans)), "{name}");
        assert!(!word.hant.is_empty() && !word.en.is_empty(), "{name}");
        assert!(!word.en.contains(han), "{name}: {}", word.en);
        assert!(word.hant.contains(han) || word.hant == word.en, "{name}: {}", word.hant);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every() -> Vec<(&'static str, &'static Word)> {
        [
            actions::all(),
            analysis::all(),
            columns::all(),
            common::all(),
            door::all(),
            door::all(),
            faults::all(),
            follow::all(),
            forms::all(),
            ledger::all(),
            house::all(),
            linear::all(),
            lint::all(),
            look::all(),
            progress::all(),
            posts::all(),
            rates::all(),
            refusals::all(),
            screens::all(),
            ssh::all(),
            steps::all(),
            terms::all(),
            together::all(),
        ]
        .concat()
    }

    #[test]
    fn every_word_is_said_in_every_language() {
        assert_said(&every());
    }

    #[test]
    fn terms_of_the_field_come_out_right_in_simplified() {
        let pairs = [
            ("整改台賬", "整改台账"),
            ("銷號", "销号"),
            ("督查人員", "督查人员"),
            ("支部黨員大會", "支部党员大会"),
            ("一崗雙責", "一岗双责"),
            ("制度落實", "制度落实"),
            ("覆蓋率", "覆盖率"),
            ("批覆", "批复"),
            ("幹部", "干部"),
            ("著力", "着力"),
            ("「回頭看」", "“回头看”"),
            ("操作日誌", "操作日志"),
            ("徵求意見", "征求意见"),
            ("聯繫", "联系"),
            ("關係", "关系"),
        ];
        for (hant, hans) in pairs {
            assert_eq!(simplified(hant), hans);
        }
    }

    #[test]
    fn holes_are_filled_in_order() {
        let word = Word::new("第{}項，共{}項", "item {} of {}");
        assert_eq!(word.fill(Lang::Hans, &[&3, &58]), "第3项，共58项");
        assert_eq!(word.fill(Lang::En, &[&3, &58]), "item 3 of 58");
    }
}
