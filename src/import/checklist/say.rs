//! Saying what is wrong, in three languages.

use super::fault::{Expected, FaultKind};
use crate::locales::{Lang, words};

words! {
    TOO_LARGE: "文件有{}字節，上限為{}字節", "the file has {} bytes; at most {} are read";
    NOT_UTF8: "不是UTF-8編碼：第{}字節（從0起）無法識別，請另存為UTF-8", "not UTF-8: byte {} (from 0) cannot be read; save the file as UTF-8";
    SYNTAX: "不合TOML格式：{}", "not TOML: {}";
    SCHEMA: "不支持schema = {}，本程序只識別1", "schema = {} is not supported; this program knows 1";
    NO_ITEMS: "沒有[[item]]，檢查表至少要有一項", "there is no [[item]]; a checklist has at least one";
    TOO_MANY_ITEMS: "超過{}項", "more than {} items";
    TOO_MANY_CARDS: "超過{}張卡", "more than {} cards";
    UNKNOWN_KEY: "不識別的鍵「{}」", "unknown key `{}`";
    MEANT: "，是否應為「{}」？", ", did you mean `{}`?";
    MISSING: "缺少「{}」", "`{}` is missing";
    MISSING_TITLE: "缺少「{}」（或其簡體、英文之一）", "`{}` is missing (or its simplified or English form)";
    WRONG_TYPE: "「{}」應為{}", "`{}` should be {}";
    UNKNOWN_WORD: "「{}」不能是「{}」，可用：{}", "`{}` cannot be `{}`; it is one of: {}";
    BAD_NUMBER: "「{}」應為{}", "`{}` should be {}";
    BAD_NAME: "「{}」的名稱「{}」不合要求：只用英文字母、數字和.-_，不超過{}個字符", "`{}` has the name `{}`; names are ASCII letters, digits and .-_, at most {} of them";
    TOO_LONG: "「{}」有{}字，上限為{}字", "`{}` has {} characters; at most {}";
    TOO_MANY_LINES: "「{}」超過{}條", "`{}` has more than {} lines";
    UNCLEAN: "「{}」含有不可見或控制字符{}", "`{}` has a character that hides or controls: {}";
    NOT_COMPOSED: "「{}」的字符不是組合形式（NFC）", "the characters of `{}` are not composed (NFC)";
    BRACES: "「{}」的花括號不成對，或其中不是小寫英文名（如{n}）", "a brace of `{}` is alone, or holds no lower-case name such as {n}";
    SLOTS: "「{}」與「{}」的填空不同：{}", "the slots of `{}` and `{}` differ: {}";
    DUPLICATE: "「{}」重複：{}已見於第{}行", "`{}` repeats: {} stands in line {}";
    GROUP_FORM: "分組「{}」應寫作「代號 名稱」，如「R1 主體責任」", "the group `{}` should be a code, a blank and a title, such as `R1 Duty`";
    GROUP_DIFFERS: "分組{}的代號或名稱與第{}行不同", "the code or title of group {} differs from line {}";
    GROUP_IN_TWO_CARDS: "分組{}在第{}行屬於另一張卡", "group {} belongs to another card in line {}";
    SCATTERED_CARD: "卡{}的各項沒有排在一起", "the items of card {} do not stand together";
    SCATTERED_GROUP: "分組{}的各項沒有排在一起", "the items of group {} do not stand together";
    UNKNOWN_CARD: "卡{}不是內置卡，也沒有[[card]]說明", "card {} is neither built in nor described in a [[card]]";
    EMPTY_CARD: "卡{}沒有檢查項", "card {} has no item";
    NO_POINTS: "計分卡的檢查項應有分值", "an item of a scored card is worth more than 0 points";
    POINTS_IN_ANNEX: "不計分卡的檢查項分值應為0", "an item of a card that is not scored is worth 0 points";
    CARD_TOTAL: "卡{}寫明{}分，各項合計{}分", "card {} says {} points, its items come to {}";
    TOTAL: "總分應為{}分，計分項合計{}分", "the scored items should come to {} points, they come to {}";
    BASIS_FORM: "「{}」每行應為[\"規定\", \"條款\", \"標記\"]", "a row of `{}` should be [\"rule\", \"article\", \"tag\"]";
    UNKNOWN_RULE: "規定{}沒有名稱：不是內置規定，也沒有[[rule]]說明", "rule {} has no title: it is neither built in nor described in a [[rule]]";
    E_TEXT: "引號中的文字", "a text in quotation marks";
    E_FLAG: "true或false", "true or false";
    E_TEXTS: "文字的列表，如[\"甲\", \"乙\"]", "a list of texts, such as [\"a\", \"b\"]";
    E_TABLES: "雙方括號的表，如[[item]]", "tables in double brackets, such as [[item]]";
    E_POINTS: "0至1000的數，最細到0.1", "a number from 0 to 1000, in steps of 0.1";
    E_DAYS: "1至730的整數", "a whole number from 1 to 730";
}

impl FaultKind {
    /// Says it in one sentence without a full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge { size, limit } => TOO_LARGE.fill(lang, &[size, limit]),
            Self::NotUtf8 { offset } => NOT_UTF8.fill(lang, &[offset]),
            Self::Syntax(message) => SYNTAX.fill(lang, &[message]),
            Self::Schema(schema) => SCHEMA.fill(lang, &[schema]),
            Self::NoItems => NO_ITEMS.say(lang).to_owned(),
            Self::TooManyItems { limit } => TOO_MANY_ITEMS.fill(lang, &[limit]),
            Self::TooManyCards { limit } => TOO_MANY_CARDS.fill(lang, &[limit]),
            Self::UnknownKey { key, near } => UNKNOWN_KEY.fill(lang, &[key]) + &meant(*near, lang),
            Self::Missing(key) if key.ends_with("_hant") => MISSING_TITLE.fill(lang, &[key]),
            Self::Missing(key) => MISSING.fill(lang, &[key]),
            Self::WrongType { key, expected } => WRONG_TYPE.fill(lang, &[key, &expected.say(lang)]),
            Self::UnknownWord { key, word, known } => UNKNOWN_WORD.fill(lang, &[key, word, known]),
            Self::BadNumber { key, expected } => BAD_NUMBER.fill(lang, &[key, &expected.say(lang)]),
            Self::BadName { key, name, limit } => BAD_NAME.fill(lang, &[key, name, limit]),
            Self::TooLong { key, length, limit } => TOO_LONG.fill(lang, &[key, length, limit]),
            Self::TooManyLines { key, limit } => TOO_MANY_LINES.fill(lang, &[key, limit]),
            Self::Unclean { key, character } => match character {
                Some(character) => UNCLEAN.fill(lang, &[key, &format!("U+{:04X}", u32::from(*character))]),
                None => NOT_COMPOSED.fill(lang, &[key]),
            },
            Self::Braces(key) => BRACES.fill(lang, &[key]),
            Self::Slots { key, other, only } => SLOTS.fill(lang, &[key, other, &only.join(", ")]),
            Self::Duplicate { key, name, first } => DUPLICATE.fill(lang, &[key, name, first]),
            Self::UnknownRule { rule, near } => UNKNOWN_RULE.fill(lang, &[rule]) + &meant(near.as_deref(), lang),
            Self::BasisForm(key) => BASIS_FORM.fill(lang, &[key]),
            _ => self.say_of_cards(lang),
        }
    }

    fn say_of_cards(&self, lang: Lang) -> String {
        match self {
            Self::GroupForm(group) => GROUP_FORM.fill(lang, &[group]),
            Self::GroupDiffers { group, first } => GROUP_DIFFERS.fill(lang, &[group, first]),
            Self::GroupInTwoCards { group, first } => GROUP_IN_TWO_CARDS.fill(lang, &[group, first]),
            Self::Scattered { key: "card", name } => SCATTERED_CARD.fill(lang, &[name]),
            Self::Scattered { name, .. } => SCATTERED_GROUP.fill(lang, &[name]),
            Self::UnknownCard(card) => UNKNOWN_CARD.fill(lang, &[card]),
            Self::EmptyCard(card) => EMPTY_CARD.fill(lang, &[card]),
            Self::NoPoints => NO_POINTS.say(lang).to_owned(),
            Self::PointsInAnnex => POINTS_IN_ANNEX.say(lang).to_owned(),
            Self::CardTotal { card, said, sum } => CARD_TOTAL.fill(lang, &[card, said, sum]),
            Self::Total { said, sum } => TOTAL.fill(lang, &[said, sum]),
            _ => String::new(),
        }
    }
}

impl Expected {
    fn say(self, lang: Lang) -> &'static str {
        match self {
            Self::Text => &E_TEXT,
            Self::Flag => &E_FLAG,
            Self::Texts => &E_TEXTS,
            Self::Tables => &E_TABLES,
            Self::Points => &E_POINTS,
            Self::Days => &E_DAYS,
        }
        .say(lang)
    }
}

fn meant(near: Option<&str>, lang: Lang) -> String {
    near.map(|near| MEANT.fill(lang, &[&near])).unwrap_or_default()
}
