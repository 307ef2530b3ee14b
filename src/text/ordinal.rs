//! Sorting names by the numbers in them: 第二 < 第十 < 第十一, and 2 < 10; hanzi as a mainland reader looks them up.

use encoding_rs::GB18030;

use super::fold::fold;

/// Makes a key that sorts a name; equal names have equal keys.
///
/// Hanzi count as a number only behind 第: 三會一課 is a word. Other hanzi stand in the order of GB 2312, whose common
/// characters are laid out by pinyin.
pub fn sort_key(name: &str) -> Vec<u8> {
    let folded: Vec<char> = fold(name).chars().collect();
    let mut key = Vec::with_capacity(name.len() + 8);
    let mut at = 0;
    while let Some(c) = folded.get(at).copied() {
        let (number, used) = if c.is_ascii_digit() {
            let digits: String = folded.iter().skip(at).take_while(|c| c.is_ascii_digit()).collect();
            (digits.parse().ok(), digits.len())
        } else if c == '第' {
            let numerals: Vec<char> =
                folded.iter().skip(at + 1).copied().take_while(|c| numeral(*c).is_some()).collect();
            (parsed(&numerals), numerals.len() + 1)
        } else {
            (None, 1)
        };
        if let Some(number) = number {
            // One byte below every character marks a number, so that numbers sort among themselves.
            key.push(1);
            key.extend(u64::to_be_bytes(number));
            at += used;
        } else {
            let mut bytes = [0; 4];
            key.extend_from_slice(&GB18030.encode(c.encode_utf8(&mut bytes)).0);
            at += 1;
        }
    }
    key.push(0);
    key.extend(name.bytes());
    key
}

#[derive(Clone, Copy)]
enum Numeral {
    Digit(u64),
    Unit(u64),
}

fn numeral(c: char) -> Option<Numeral> {
    const DIGITS: [&str; 10] = ["〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"];
    if let Some(unit) = match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    } {
        return Some(Numeral::Unit(unit));
    }
    let digit = c.to_digit(10).map(u64::from);
    let hanzi = || (0u64..).zip(DIGITS).find(|(_, forms)| forms.contains(c)).map(|(digit, _)| digit);
    digit.or_else(hanzi).map(Numeral::Digit)
}

/// Reads numerals such as 二十三, 一百零二 or 一〇二.
fn parsed(numerals: &[char]) -> Option<u64> {
    let (mut sum, mut digits, mut any) = (0u64, 0u64, false);
    for numeral in numerals.iter().filter_map(|c| numeral(*c)) {
        match numeral {
            Numeral::Digit(digit) => digits = digits.saturating_mul(10).saturating_add(digit),
            Numeral::Unit(unit) => {
                sum = sum.saturating_add(unit.saturating_mul(if digits == 0 { 1 } else { digits }));
                digits = 0;
            }
        }
        any = true;
    }
    any.then(|| sum.saturating_add(digits))
}

/// Writes a number from 1 to 9999 in hanzi, as names count: 十一, 二十, 一百零二.
pub fn numerals(number: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let (mut text, mut rest, mut gap) = (String::new(), number, false);
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = rest / unit;
        rest %= unit;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text.push(DIGITS[(digit % 10) as usize]);
        }
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_sort_as_people_count() {
        let mut names = [
            "機關第十一黨支部",
            "機關第二黨支部",
            "機關第十黨支部",
            "機關第二十黨支部",
            "機關第一百零二黨支部",
            "機關第一黨支部",
        ];
        names.sort_by_key(|name| sort_key(name));
        let order = ["第一黨", "第二黨", "第十黨", "第十一黨", "第二十黨", "第一百零二黨"];
        for (name, part) in names.iter().zip(order) {
            assert!(name.contains(part), "{names:?}");
        }
        assert!(sort_key("JG-2") < sort_key("JG-10"));
        assert!(sort_key("第二黨支部") < sort_key("第十党支部"));
        assert!(sort_key("三會一課") != sort_key("第三會一課"));
        let mut offices = ["組織部", "宣傳部", "保衛處", "教務處", "機關", "人事處"];
        offices.sort_by_key(|name| sort_key(name));
        assert_eq!(offices, ["保衛處", "機關", "教務處", "人事處", "宣傳部", "組織部"]);
    }

    proptest! {
        #[test]
        fn written_numbers_sort_as_numbers(one in 1u64..=9999, other in 1u64..=9999) {
            let key = |number| sort_key(&format!("機關第{}支部", numerals(number)));
            prop_assert_eq!(one.cmp(&other), key(one).cmp(&key(other)), "{} {}", numerals(one), numerals(other));
        }
    }
}
