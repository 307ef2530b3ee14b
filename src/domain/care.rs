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
    for run in text.split(|c: char| !c.is_ascii_digit() && !matches!(c, 'X' | 'x')) {
        concerns.extend(number_concern(run));
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

fn number_concern(run: &str) -> Option<Concern> {
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
    fn a_text_that_steers_is_refused() {
        assert_eq!(check("name", "a\u{202e}b", 10), Err(Refusal::Unclean("name")));
        assert_eq!(check("name", "a\nb", 10), Err(Refusal::Unclean("name")));
        assert_eq!(check("note", "a\nb", 10), Ok(()));
        assert_eq!(check("note", "一二三", 2), Err(Refusal::TooLong { field: "note", limit: 2 }));
    }
}
