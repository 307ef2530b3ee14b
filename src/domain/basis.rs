//! What a check item rests on, as it may be printed: never more than the checklist is sure of.

use super::{Basis, Checklist, Item, Lang, Profile, Rule, Tag};

/// The rule whose title stands for every [`Tag::S`]; an organisation may name its own document there.
pub const OWN_INSPECTION: &str = "UNIT";
/// The rule whose title stands for every [`Tag::L`].
pub const OWN_RULES: &str = "LOCAL";

/// Lists what an item rests on, one rule a line; unverified rows are not printed.
pub fn basis_lines(checklist: &Checklist, item: &Item, profile: Profile, lang: Lang) -> Vec<String> {
    let mut lines: Vec<Line> = Vec::new();
    for basis in item.basis_for(profile) {
        let Some(title) = title(checklist, basis, lang) else {
            continue;
        };
        let place = lines.iter().position(|line| line.title == title).unwrap_or(lines.len());
        if place == lines.len() {
            let articles = Vec::new();
            lines.push(Line { title, articles });
        }
        let article = article(basis, lang);
        if let (Some(line), Some(article)) = (lines.get_mut(place), article)
            && !line.articles.contains(&article)
        {
            line.articles.push(article);
        }
    }
    lines.into_iter().map(|line| line.print(lang)).collect()
}

/// Returns the words that stand beside every printed basis.
pub fn basis_caveat(lang: Lang) -> &'static str {
    match lang {
        Lang::Hant => "以正式印發文本為準",
        Lang::Hans => "以正式印发文本为准",
        Lang::En => "the officially issued text prevails",
    }
}

/// One rule with the articles of it that are printed.
struct Line {
    title: String,
    articles: Vec<Article>,
}

/// An article as it is printed.
#[derive(PartialEq, Eq)]
enum Article {
    /// In the checklist's own words.
    Words(String),
    /// Turned into English figures, without the word `art.`.
    Figures(String),
}

impl Line {
    fn print(self, lang: Lang) -> String {
        let (mut words, mut figures) = (Vec::new(), Vec::new());
        for article in self.articles {
            match article {
                Article::Words(text) => words.push(text),
                Article::Figures(text) => figures.push(text),
            }
        }
        if lang != Lang::En {
            return format!("{}{}", self.title, words.join("、"));
        }
        if !figures.is_empty() {
            let word = if figures.len() > 1 { "arts." } else { "art." };
            words.insert(0, format!("{word} {}", figures.join(", ")));
        }
        words.insert(0, self.title);
        words.join(", ")
    }
}

/// Returns the title that the tag allows.
fn title(checklist: &Checklist, basis: &Basis, lang: Lang) -> Option<String> {
    let (key, otherwise) = match basis.tag {
        Tag::U => return None,
        Tag::V | Tag::C => (basis.rule.as_str(), None),
        Tag::S => (OWN_INSPECTION, Some(["本單位督查要求", "本单位督查要求", "the unit's inspection requirements"])),
        Tag::L => (OWN_RULES, Some(["本單位制度", "本单位制度", "the unit's own rules"])),
    };
    if let Some(rule) = checklist.rules.iter().find(|rule| rule.key == key) {
        return Some(rule_title(rule, lang));
    }
    let [hant, hans, en] = otherwise.unwrap_or([key; 3]);
    let text = match lang {
        Lang::Hant => hant,
        Lang::Hans => hans,
        Lang::En => en,
    };
    Some(text.to_owned())
}

/// Spells a rule's title, with 參照 where the rule does not bind a branch by itself.
fn rule_title(rule: &Rule, lang: Lang) -> String {
    let prefix = match lang {
        _ if !rule.by_reference => "",
        Lang::Hant => "參照",
        Lang::Hans => "参照",
        Lang::En => "by reference: ",
    };
    format!("{prefix}{}", rule.title.pick(lang))
}

/// Returns the article where the tag allows one.
fn article(basis: &Basis, lang: Lang) -> Option<Article> {
    if basis.tag != Tag::V || basis.article.is_empty() {
        return None;
    }
    let as_written = || basis.article.clone();
    Some(match lang {
        Lang::Hant => Article::Words(as_written()),
        Lang::Hans => Article::Words(as_written().replace('條', "条").replace('項', "项")),
        Lang::En => english(&basis.article).map_or_else(|| Article::Words(as_written()), Article::Figures),
    })
}

/// Turns 第十一條第二款 into `11 para. 2`; anything that is written otherwise is left alone.
fn english(article: &str) -> Option<String> {
    let mut parts = article.split('第');
    if parts.next() != Some("") {
        return None;
    }
    let mut said = String::new();
    for part in parts {
        let word = match (part.chars().next_back()?, said.is_empty()) {
            ('條' | '条', true) => "",
            ('款', false) => " para. ",
            ('項' | '项', false) => " item ",
            _ => return None,
        };
        let numeral: String = part.chars().take(part.chars().count() - 1).collect();
        said.push_str(word);
        said.push_str(&number(&numeral)?.to_string());
    }
    (!said.is_empty()).then_some(said)
}

/// Reads a numeral below a thousand, such as 二十一, 一百零二 or 16.
fn number(numeral: &str) -> Option<u32> {
    if numeral.bytes().all(|byte| byte.is_ascii_digit()) {
        return numeral.parse().ok();
    }
    let (mut sum, mut digit) = (0, None);
    for c in numeral.chars() {
        let unit = match c {
            '百' => 100,
            '十' => 10,
            // 零 only marks a gap.
            '零' | '〇' => continue,
            _ => {
                let value = (1..).zip("一二三四五六七八九".chars()).find(|(_, known)| *known == c)?;
                if digit.replace(value.0).is_some() {
                    return None;
                }
                continue;
            }
        };
        sum += unit * digit.take().unwrap_or(1);
    }
    Some(sum + digit.unwrap_or_default()).filter(|number| (1..1000).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_articles_are_read() {
        let cases = [("十", 10), ("十一", 11), ("二十", 20), ("三十九", 39), ("一百零二", 102), ("16", 16)];
        for (numeral, expected) in cases {
            assert_eq!(number(numeral), Some(expected), "{numeral}");
        }
        for bad in ["", "甲", "一二", "第", "零"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_whole_articles_become_english() {
        assert_eq!(english("第十一條").as_deref(), Some("11"));
        assert_eq!(english("第十一條第二款").as_deref(), Some("11 para. 2"));
        assert_eq!(english("第四条第三项").as_deref(), Some("4 item 3"));
        for own in ["四（二）一", "第二章", "第款", "附件1", "", "第二款"] {
            assert_eq!(english(own), None, "{own}");
        }
    }
}
