//! Folding text for comparing and searching: scripts, widths and cases find each other, and pinyin finds hanzi.

use std::sync::{Arc, LazyLock};

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::{PinyinData, PinyinNotation};
use unicode_normalization::UnicodeNormalization;

/// Folds a text: full width to half width, upper to lower case, traditional to simplified.
pub fn fold(text: &str) -> String {
    let narrow: String = text.nfkc().flat_map(char::to_lowercase).collect();
    // Searching knows one 著: whoever types 着 finds 显著.
    simplify(&narrow).replace('著', "着")
}

/// Turns traditional into simplified characters; what the table misses of the field's own terms is added.
pub fn simplify(text: &str) -> String {
    let plain = fast2s::convert(text).replace("批覆", "批复").replace("答覆", "答复");
    let mut simple = String::with_capacity(plain.len());
    let mut before = None;
    let mut chars = plain.chars().peekable();
    while let Some(c) = chars.next() {
        let written = before.is_some_and(|c| WRITTEN_AFTER.contains(c))
            || chars.peek().is_some_and(|c| WRITTEN_BEFORE.contains(*c));
        simple.push(if c == '著' && !written { '着' } else { c });
        before = Some(c);
    }
    simple
}

/// Characters behind which 著 stays: 显著, 论著.
const WRITTEN_AFTER: &str = "显卓昭论专名原编译巨遗土";
/// Characters before which 著 stays: 著作, 著名.
const WRITTEN_BEFORE: &str = "作名述者称";

/// Something to look for: several words, each of which must be found.
#[derive(Clone)]
pub struct Needle {
    pub(super) words: Vec<Word>,
}

#[derive(Clone)]
pub(super) struct Word {
    pub(super) folded: String,
    pub(super) pinyin: Option<Arc<ByPinyin>>,
}

/// Letters that are looked for by pinyin: whole syllables, initials, or letters as they stand.
pub(super) struct ByPinyin(IbMatcher<'static, str>);

/// The readings of every character, made once.
static PINYIN: LazyLock<PinyinData> = LazyLock::new(|| PinyinData::new(notations()));

fn notations() -> PinyinNotation {
    PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter
}

impl ByPinyin {
    fn new(letters: &str) -> Self {
        let pinyin = PinyinMatchConfig::builder(notations()).data(&PINYIN).build();
        Self(IbMatcher::builder(letters).pinyin(pinyin).build())
    }

    fn is_in(&self, hay: &str) -> bool {
        self.0.is_match(hay)
    }
}

/// Visits what a character may be typed as: its syllables, their initials, or itself.
pub(super) fn typed_as(c: char, visit: &mut dyn FnMut(&str)) {
    visit(c.encode_utf8(&mut [0; 4]));
    PINYIN.get_pinyins_and_for_each(c, |pinyin| {
        for notation in notations() {
            pinyin.notation(notation).into_iter().for_each(&mut *visit);
        }
    });
}

impl Needle {
    /// Makes a needle of what a person typed.
    pub fn new(query: &str) -> Self {
        let words = fold(query).split_whitespace().map(Word::new).collect();
        Self { words }
    }

    /// Says whether every word is found in a folded text.
    pub fn matches(&self, folded: &str) -> bool {
        self.words.iter().all(|word| word.rank(folded).is_some())
    }

    /// Says how well the words are found in a folded text; less is better, nothing where one is missing.
    pub fn rank(&self, folded: &str) -> Option<u32> {
        self.words.iter().map(|word| word.rank(folded)).try_fold(0, |sum, rank| Some(sum + rank?))
    }
}

impl std::fmt::Debug for Needle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.words.iter().map(|word| &word.folded)).finish()
    }
}

/// The rank of a match by pinyin: behind every match by character.
const BY_PINYIN: u32 = 1000;

impl Word {
    fn new(folded: &str) -> Self {
        let by_pinyin = folded.chars().all(|c| c.is_ascii_lowercase());
        let pinyin = by_pinyin.then(|| Arc::new(ByPinyin::new(folded)));
        Self { folded: folded.to_owned(), pinyin }
    }

    pub(super) fn rank(&self, hay: &str) -> Option<u32> {
        if let Some(at) = hay.find(&self.folded) {
            return Some(u32::try_from(at).unwrap_or(u32::MAX).min(BY_PINYIN - 1));
        }
        self.pinyin.as_ref().filter(|pinyin| pinyin.is_in(hay)).map(|_| BY_PINYIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_widths_and_cases_find_each_other() {
        assert_eq!(fold("機關第三黨支部"), fold("机关第三党支部"));
        assert_eq!(fold("ＪＧ－００７"), "jg-007");
        assert_eq!(fold("著力"), fold("着力"));
        assert!(Needle::new("財務").matches(&fold("财务处党支部")));
    }

    #[test]
    fn what_is_written_is_not_what_goes_on() {
        for (hant, hans) in [("著力", "着力"), ("成效顯著", "成效显著"), ("學習著作", "学习著作"), ("圍繞著", "围绕着")]
        {
            assert_eq!(simplify(hant), hans);
            assert_eq!(simplify(hans), hans, "a simplified text stays");
        }
        assert!(Needle::new("顯着").matches(&fold("成效顯著")));
    }

    #[test]
    fn pinyin_finds_hanzi_by_initials_and_in_full() {
        let names = ["機關第三黨支部", "教務處黨支部", "重慶校區支部"].map(fold);
        let finds = |query: &str| names.iter().map(|name| Needle::new(query).matches(name)).collect::<Vec<_>>();
        assert_eq!(finds("jgds"), [true, false, false]);
        assert_eq!(finds("jiaowu"), [false, true, false]);
        assert_eq!(finds("cq"), [false, false, true]);
        assert_eq!(finds("zhibu"), [true, true, true]);
        assert_eq!(finds("jiaowu zb"), [false, true, false]);
        assert_eq!(finds("xyz"), [false, false, false]);
    }

    #[test]
    fn a_match_at_the_beginning_ranks_first() {
        let needle = Needle::new("支部");
        assert!(needle.rank("支部大会") < needle.rank("党支部"));
        assert!(Needle::new("zb").rank(&fold("zb-1")) < Needle::new("zb").rank(&fold("支部")));
    }
}
