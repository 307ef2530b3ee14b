//! What no text may hold, and what a person is warned of before it is kept.
//!
//! The rules are those of the domain facts, §6: this is not a tool for classified matter, and it keeps no
//! personal data.

use super::Refusal;

/// Checks a text's length, cleanness and that it carries no classification mark.
pub fn check(field: &'static str, text: &str, limit: usize) -> Result<(), Refusal> {
    if text.chars().nth(limit).is_some() {
        return Err(Refusal::TooLong { field, limit });
    }
    if text.chars().any(|c| is_unclean(c) && !(c == '\n' && matches!(field, "note" | "fact"))) {
        return Err(Refusal::Unclean(field));
    }
    classified(text).map_or(Ok(()), |mark| Err(Refusal::Classified(mark.to_owned())))
}

/// Checks a text as [`check`] does, and that it is there.
pub fn check_needed(field: &'static str, text: &str, limit: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::Empty(field)) } else { check(field, text, limit) }
}

/// Says whether a character steers a terminal or a reader instead of being read, or means nothing between programs.
fn is_unclean(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e000}'..='\u{f8ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{10ffff}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Finds a classification mark: a grade followed by ★ or ☆, or a first line that is nothing but a grade and a term.
///
/// The bare word 秘密 within a text is no mark: 「無記名」 and 「保密工作」 are legal text.
pub fn classified(text: &str) -> Option<&str> {
    const GRADES: [&str; 6] = ["絕密", "絶密", "绝密", "機密", "机密", "秘密"];
    for grade in GRADES {
        for (at, _) in text.match_indices(grade) {
            let after = text[at + grade.len()..].trim_start();
            if after.starts_with(['★', '☆']) {
                return Some(&text[at..at + grade.len()]);
            }
        }
    }
    let first = text.lines().next().unwrap_or_default().trim();
    let grade = GRADES.into_iter().find(|grade| first.starts_with(grade))?;
    let term = |c: char| c.is_numeric() || c.is_whitespace() || "一二三四五六七八九十年月個个長长期".contains(c);
    first[grade.len()..].chars().all(term).then_some(&first[..grade.len()])
}

/// A shape in a text that looks like personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// A citizen's identity number.
    IdNumber,
    /// A mobile telephone number.
    Phone,
    /// A bank card number.
    BankCard,
    /// An address for electronic mail.
    Email,
    /// A word about health, family, belief, discipline or what somebody said.
    Word(&'static str),
}

/// Lists what in a text looks like personal data; the person decides.
pub fn concerns(text: &str) -> Vec<Concern> {
    const WORDS: [&str; 12] =
        ["病", "離婚", "离婚", "信教", "舉報人", "举报人", "處分", "处分", "談話內容", "谈话内容", "身份證", "身份证"];
    let mut concerns = Vec::new();
    let text = &text.chars().map(half_width).collect::<String>();
    for concern in groups(text).iter().flat_map(|row| numbers(row)) {
        if !concerns.contains(&concern) {
            concerns.push(concern);
        }
    }
    let local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let mail = text.match_indices('@').any(|(at, _)| {
        let after: String = text[at + 1..].chars().take_while(|c| local(*c)).collect();
        text[..at].ends_with(local) && after.trim_end_matches('.').contains('.')
    });
    concerns.extend(mail.then_some(Concern::Email));
    concerns.extend(WORDS.into_iter().filter(|word| text.contains(word)).map(Concern::Word));
    concerns
}

/// Finds a person's name with a form of address: 張三同志, 王老師, or 李書記 where nothing is written before it.
///
/// It knows the names that most people bear and none that is a word of this field; a person decides.
pub fn named(text: &str) -> Option<&str> {
    const SURNAMES: &str = "王李張张劉刘陳陈楊杨趙赵黃黄吳吴徐孫孙胡朱郭林羅罗鄭郑梁謝谢宋唐許许韓韩馮冯鄧邓曹彭蕭肖萧董潘袁\
                            蔡蔣蒋杜葉叶魏蘇苏呂吕沈姚盧卢崔鍾钟譚谭陸陆范廖";
    const ADDRESSES: [&str; 7] = ["同志", "先生", "女士", "老師", "老师", "同學", "同学"];
    const POSTS: [&str; 10] = ["書記", "书记", "主任", "部長", "部长", "院長", "院长", "處長", "处长", "委員"];
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    // From a surname that stands `back` characters before a form of address.
    let before = |at: usize, back: usize| {
        let head = text.get(..at)?;
        let (from, surname) = head.char_indices().rev().nth(back - 1)?;
        let given = head.get(from..)?.chars().all(han);
        (given && SURNAMES.contains(surname)).then_some(from)
    };
    let first = |from: usize| !text.get(..from).is_some_and(|head| head.ends_with(han));
    let full = ADDRESSES.iter().flat_map(|word| text.match_indices(word)).find_map(|(at, word)| {
        let from = before(at, 3).or_else(|| before(at, 2)).or_else(|| before(at, 1).filter(|from| first(*from)))?;
        text.get(from..at + word.len())
    });
    full.or_else(|| {
        POSTS.iter().flat_map(|word| text.match_indices(word)).find_map(|(at, word)| {
            let from = before(at, 1).filter(|from| first(*from))?;
            text.get(from..at + word.len())
        })
    })
}

/// Turns the full-width forms of digits, letters and signs into the plain ones.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Collects groups of digits that stand in a row with nothing but a separator between them: 138-0013-8000.
fn groups(text: &str) -> Vec<Vec<&str>> {
    const LONGEST_SEPARATOR: usize = 3;
    let part = |c: char| c.is_ascii_digit() || matches!(c, 'X' | 'x');
    let between = |c: char| c == ' ' || c == '\u{a0}' || "-‐‑‒–—−.·・_/()".contains(c);
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let mut rest = text;
    let mut joined = false;
    while let Some(at) = rest.find(part) {
        let gap = rest.get(..at).unwrap_or_default();
        joined = joined && gap.chars().count() <= LONGEST_SEPARATOR && gap.chars().all(between);
        let tail = rest.get(at..).unwrap_or_default();
        let end = tail.find(|c| !part(c)).unwrap_or(tail.len());
        let (group, after) = tail.split_at(end);
        match rows.last_mut().filter(|_| joined) {
            Some(row) => row.push(group),
            None => rows.push(vec![group]),
        }
        (rest, joined) = (after, true);
    }
    rows
}

/// Looks at each group and at neighbours together; dates and counts come in shorter groups than numbers of persons.
fn numbers(row: &[&str]) -> Vec<Concern> {
    const GROUPS: usize = 6;
    const SHORTEST_GROUP: usize = 3;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = row.get(from..).filter(|rest| !rest.is_empty()) {
        let long = rest.iter().take(GROUPS).take_while(|group| group.len() >= SHORTEST_GROUP).count().max(1);
        // The longest stretch that is a number is one number; what follows it is looked at by itself.
        let taken = (1..=long).rev().find_map(|count| Some((number_concern(&rest.get(..count)?.concat())?, count)));
        from += taken.as_ref().map_or(1, |(_, count)| *count);
        found.extend(taken.map(|(concern, _)| concern));
    }
    found
}

fn number_concern(run: &str) -> Option<Concern> {
    let abroad = run.strip_prefix("0086").or_else(|| run.strip_prefix("86")).filter(|rest| rest.len() == 11);
    let run = abroad.unwrap_or(run);
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    match run.len() {
        18 if digits >= 17 && id_checks(run) => Some(Concern::IdNumber),
        11 if digits == 11 && run.starts_with('1') && !run[1..].starts_with(['0', '1', '2']) => Some(Concern::Phone),
        16..=19 if digits == run.len() && luhn(run) => Some(Concern::BankCard),
        _ => None,
    }
}

/// Checks the last character of an identity number (ISO 7064, MOD 11-2).
fn id_checks(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = number.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize);
    number.chars().last().map(|c| c.to_ascii_uppercase()) == check
}

fn luhn(number: &str) -> bool {
    let sum: u32 = (number.bytes().rev().map(|byte| u32::from(byte - b'0')).enumerate())
        .map(|(i, digit)| if i % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_classification_mark_is_found_and_the_bare_word_is_not() {
        for marked in ["機密★10年", "關於……（绝密 ☆）", "秘密", "秘密 3年\n內容", "絕密 長期"]
        {
            assert!(classified(marked).is_some(), "{marked}");
        }
        for plain in ["保密工作", "以秘密方式投票", "秘密投票記錄完整", "機密級培訓"] {
            assert_eq!(classified(plain), None, "{plain}");
        }
    }

    #[test]
    fn shapes_of_personal_data_are_noticed() {
        assert_eq!(concerns("聯繫13800138000"), [Concern::Phone]);
        assert_eq!(concerns("證號11010519491231002X。"), [Concern::IdNumber]);
        assert_eq!(concerns("a.b@c.org"), [Concern::Email]);
        assert_eq!(concerns("4111111111111111"), [Concern::BankCard]);
        assert_eq!(concerns("會議20260312第10次，@所有人"), []);
    }

    #[test]
    fn full_width_digits_and_separators_hide_nothing() {
        for phone in [
            "138-0013-8000",
            "138 0013 8000",
            "１３８００１３８０００",
            "138－0013－8000",
            "+86 138 0013 8000",
            "8613800138000",
            "電話 010 138.0013.8000",
        ] {
            assert_eq!(concerns(phone), [Concern::Phone], "{phone}");
        }
        for id in ["110105 19491231 002X", "110105-1949-1231-002x", "１１０１０５１９４９１２３１００２Ｘ"]
        {
            assert_eq!(concerns(id), [Concern::IdNumber], "{id}");
        }
        assert_eq!(concerns("4111 1111 1111 1111"), [Concern::BankCard]);
        assert_eq!(concerns("ａ＠ｃ．ｏｒｇ"), [Concern::Email]);
        for plain in
            ["2026-03-12 2026-04-12", "1 3 5 7 9 11 13 15", "13/12、12/12", "2026.1.3-2026.3.31", "JG-007 2026"]
        {
            assert_eq!(concerns(plain), [], "{plain}");
        }
    }

    #[test]
    fn a_name_with_a_form_of_address_is_noticed() {
        for (text, name) in [
            ("由張三同志負責", "張三同志"),
            ("欧阳和王小明老师谈话", "王小明老师"),
            ("王老師未簽到", "王老師"),
            ("，李書記未參加", "李書記"),
        ] {
            assert_eq!(named(text), Some(name), "{text}");
        }
        for plain in ["支部書記未參加", "黨委書記、各位老師、全體同志", "黨員同志", "老同志", "小王莊主任", ""]
        {
            assert_eq!(named(plain), None, "{plain}");
        }
    }

    #[test]
    fn a_text_that_steers_is_refused() {
        assert_eq!(check("name", "a\u{202e}b", 10), Err(Refusal::Unclean("name")));
        assert_eq!(check("name", "a\nb", 10), Err(Refusal::Unclean("name")));
        assert_eq!(check("note", "a\nb", 10), Ok(()));
        assert_eq!(check("note", "一二三", 2), Err(Refusal::TooLong { field: "note", limit: 2 }));
    }
}
