//! Looking into the tables of a file: each look returns what is there and notes what is wrong with it.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Expected, FaultKind, quoted};
use super::faults::{Faults, is_name, judge_prose, judge_word};
use crate::domain::{Points, Said, braces_pair, slots};

/// The most points that anything may be worth: far from where sums would overflow.
const MOST_POINTS: u32 = 1000;

/// The keys of one text in its languages, such as `look_hant`, `look_hans`, `look_en`.
pub(super) type Keys = [&'static str; 3];

/// A table of the file and the place where it begins.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    table: &'a DeTable<'a>,
    /// Where it begins.
    pub at: usize,
}

/// A value of the file.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

impl<'a> Table<'a> {
    /// Looks at the table of a value, or notes that it is none.
    pub fn of(value: &'a Value<'a>, key: &'static str, faults: &mut Faults) -> Option<Self> {
        let at = value.span().start;
        let Some(table) = value.get_ref().as_table() else {
            let expected = Expected::Tables;
            faults.add(at, FaultKind::WrongType { key, expected });
            return None;
        };
        Some(Self { table, at })
    }

    /// Looks at the whole file.
    pub fn whole(table: &'a DeTable<'a>) -> Self {
        Self { table, at: 0 }
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.table.get(key)
    }

    /// Returns where a key's value begins, or where the table does.
    pub fn place(&self, key: &str) -> usize {
        self.get(key).map_or(self.at, |value| value.span().start)
    }

    /// Notes every key that is not in `known`.
    pub fn refuse_others(&self, known: &[&'static str], faults: &mut Faults) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let near = crate::text::nearest(name, known.iter().copied());
                let near = near.and_then(|near| known.iter().copied().find(|key| *key == near));
                let key_name = quoted(name);
                faults.add(key.span().start, FaultKind::UnknownKey { key: key_name, near });
            }
        }
    }

    /// Notes that a key is missing.
    pub fn miss(&self, key: &'static str, faults: &mut Faults) {
        faults.add(self.at, FaultKind::Missing(key));
    }

    /// Notes that a text is missing in every language, unless one was given that is no text: that is told already.
    pub fn miss_said(&self, keys: Keys, faults: &mut Faults) {
        let given = keys.iter().any(|key| self.get(key).is_some_and(|value| value.get_ref().as_str().is_none()));
        if !given {
            self.miss(keys[0], faults);
        }
    }

    /// Returns a string.
    pub fn text(&self, key: &'static str, faults: &mut Faults) -> Option<(&'a str, usize)> {
        let value = self.get(key)?;
        let at = value.span().start;
        let text = value.get_ref().as_str();
        if text.is_none() {
            let expected = Expected::Text;
            faults.add(at, FaultKind::WrongType { key, expected });
        }
        text.map(|text| (text, at))
    }

    /// Returns a text for people: clean, and no longer than `limit`.
    pub fn prose(&self, key: &'static str, limit: usize, faults: &mut Faults) -> String {
        let Some((text, at)) = self.text(key, faults) else {
            return String::new();
        };
        judge_prose(text, at, key, limit, faults);
        text.to_owned()
    }

    /// Returns a text for people in each language that has it.
    pub fn said(&self, keys: Keys, limit: usize, faults: &mut Faults) -> Said {
        let [hant, hans, en] = keys.map(|key| self.prose(key, limit, faults));
        Said { hant, hans, en }
    }

    /// Returns a text with slots, and notes where its languages differ in them.
    pub fn wording(&self, keys: Keys, limit: usize, faults: &mut Faults) -> Said {
        let said = self.said(keys, limit, faults);
        let mut first: Option<(&'static str, BTreeSet<&str>)> = None;
        for (key, text) in keys.into_iter().zip([&said.hant, &said.hans, &said.en]) {
            if text.is_empty() {
                continue;
            }
            if !braces_pair(text) {
                faults.add(self.place(key), FaultKind::Braces(key));
                continue;
            }
            let own: BTreeSet<&str> = slots(text).into_iter().collect();
            let Some((other, others)) = &first else {
                first = Some((key, own));
                continue;
            };
            let only: Vec<String> = own.symmetric_difference(others).map(|slot| (*slot).to_owned()).collect();
            if !only.is_empty() {
                let other = *other;
                faults.add(self.place(key), FaultKind::Slots { key, other, only });
            }
        }
        said
    }

    /// Returns a list of strings with their places.
    pub fn texts(&self, key: &'static str, faults: &mut Faults) -> Vec<(&'a str, usize)> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let wrong = |span: Range<usize>, faults: &mut Faults| {
            let expected = Expected::Texts;
            faults.add(span.start, FaultKind::WrongType { key, expected });
        };
        let Some(list) = value.get_ref().as_array() else {
            wrong(value.span(), faults);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for line in list {
            match line.get_ref().as_str() {
                Some(text) => texts.push((text, line.span().start)),
                None => wrong(line.span(), faults),
            }
        }
        texts
    }

    /// Returns a list of texts for people as lines.
    pub fn lines(&self, key: &'static str, most: usize, limit: usize, faults: &mut Faults) -> String {
        let texts = self.texts(key, faults);
        if let Some((_, at)) = texts.get(most) {
            faults.add(*at, FaultKind::TooManyLines { key, limit: most });
        }
        for (text, at) in &texts {
            judge_prose(text, *at, key, limit, faults);
        }
        let lines: Vec<&str> = texts.into_iter().map(|(text, _)| text).collect();
        lines.join("\n")
    }

    /// Returns a flag; one that is not there is not set.
    pub fn flag(&self, key: &'static str, faults: &mut Faults) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let expected = Expected::Flag;
            faults.add(value.span().start, FaultKind::WrongType { key, expected });
        }
        flag.unwrap_or_default()
    }

    /// Returns a name that other texts refer to.
    pub fn name(&self, key: &'static str, limit: usize, faults: &mut Faults) -> Option<(&'a str, usize)> {
        let (name, at) = self.text(key, faults)?;
        if !is_name(name, limit) {
            let name = quoted(name);
            faults.add(at, FaultKind::BadName { key, name, limit });
            return None;
        }
        Some((name, at))
    }

    /// Returns one of the known words; `known` lists them for the message.
    pub fn word<T: Copy>(
        &self,
        key: &'static str,
        words: &[(&str, T)],
        known: &'static str,
        faults: &mut Faults,
    ) -> Option<T> {
        let (text, at) = self.text(key, faults)?;
        judge_word(text, at, key, words, known, faults)
    }

    /// Returns a number of points.
    pub fn points(&self, key: &'static str, faults: &mut Faults) -> Option<Points> {
        let value = self.get(key)?;
        let (points, what) = match value.get_ref() {
            DeValue::Integer(number) => (
                u32::from_str_radix(number.as_str(), number.radix())
                    .ok()
                    .filter(|whole| *whole <= MOST_POINTS)
                    .map(Points::whole),
                FaultKind::BadNumber { key, expected: Expected::Points },
            ),
            DeValue::Float(number) => {
                (tenths(number.as_str()), FaultKind::BadNumber { key, expected: Expected::Points })
            }
            _ => (None, FaultKind::WrongType { key, expected: Expected::Points }),
        };
        if points.is_none() {
            faults.add(value.span().start, what);
        }
        points
    }

    /// Returns a number of days.
    pub fn days(&self, key: &'static str, faults: &mut Faults) -> Option<u16> {
        let value = self.get(key)?;
        let expected = Expected::Days;
        let (days, what) = match value.get_ref() {
            DeValue::Integer(number) => (
                u16::from_str_radix(number.as_str(), number.radix()).ok().filter(|days| (1..=730).contains(days)),
                FaultKind::BadNumber { key, expected },
            ),
            _ => (None, FaultKind::WrongType { key, expected }),
        };
        if days.is_none() {
            faults.add(value.span().start, what);
        }
        days
    }

    /// Returns the tables of an array of tables.
    pub fn tables(&self, key: &'static str, faults: &mut Faults) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            let expected = Expected::Tables;
            faults.add(value.span().start, FaultKind::WrongType { key, expected });
            return Vec::new();
        };
        list.iter().filter_map(|value| Table::of(value, key, faults)).collect()
    }
}

/// Reads a decimal number of points; one finer than a tenth is refused, because rounding it would change a score.
fn tenths(number: &str) -> Option<Points> {
    let (whole, fraction) = number.strip_prefix('+').unwrap_or(number).split_once('.')?;
    let (tenth, rest) = fraction.split_at_checked(1)?;
    let whole: u32 = whole.parse().ok().filter(|whole| *whole <= MOST_POINTS)?;
    let tenth: u32 = tenth.parse().ok()?;
    let points = Points(whole * 10 + tenth);
    (points <= Points::whole(MOST_POINTS) && rest.bytes().all(|byte| byte == b'0')).then_some(points)
}
