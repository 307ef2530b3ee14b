//! Holidays and make-up days (放假、調休上班) of whole years, from a CSV or TOML file that people fill from the official
//! notice. Nothing is guessed: a year that is not in a file is not known.

mod days;
mod form;
mod say;

use std::collections::BTreeMap;

use crate::domain::{Day, Year};
use crate::import::branches::ListFault;

pub use form::template;

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 1 << 20;
/// The most days of one range: no holiday is longer.
const RANGE_LIMIT: i32 = 31;

/// What is said of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 放假.
    Off,
    /// 上班.
    Worked,
}

/// Something that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFault {
    /// The line, counted from 1; 0 where it is the whole file.
    pub line: u32,
    /// What is wrong there.
    pub what: CalendarFaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFaultKind {
    /// It is no table at all.
    NoTable(ListFault),
    /// It does not read as TOML; the reader's reason.
    Toml(String),
    /// There is no day in it.
    NothingInIt,
    /// The first row does not name year, kind and days.
    NoColumns,
    /// That is no year.
    NoYear(String),
    /// Neither 放假 nor 上班.
    NoKind(String),
    /// That is no day and no range of days.
    NoDay(String),
    /// A range ends before it begins, or is longer than a month.
    BadRange(String),
    /// A day of another year.
    OtherYear(Day, i16),
    /// A make-up day that is no weekend: it is worked anyway.
    WorkedAnyway(Day),
    /// A day is said to be off and to be worked; the line of the other.
    Both(Day, u32),
}

/// What one place of a file says.
#[derive(Debug)]
struct Said {
    line: u32,
    year: i16,
    kind: Kind,
    days: String,
}

/// Reads a file: every year that it has, or everything that is wrong with it.
pub fn read(bytes: &[u8], toml: bool) -> Result<BTreeMap<i16, Year>, Vec<CalendarFault>> {
    let mut faults = Vec::new();
    let said = if toml { form::toml(bytes, &mut faults) } else { form::table(bytes, &mut faults) };
    let years = judged(&said, &mut faults);
    if years.is_empty() && faults.is_empty() {
        faults.push(CalendarFault { line: 0, what: CalendarFaultKind::NothingInIt });
    }
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(years) } else { Err(faults) }
}

fn judged(said: &[Said], faults: &mut Vec<CalendarFault>) -> BTreeMap<i16, Year> {
    let mut seen: BTreeMap<Day, (Kind, u32)> = BTreeMap::new();
    for Said { line, year, kind, days } in said {
        let mut fault = |what| faults.push(CalendarFault { line: *line, what });
        let named = match days::read(days, *year) {
            Ok(named) => named,
            Err(what) => {
                fault(what);
                continue;
            }
        };
        for day in named {
            if day.0.year() != *year {
                fault(CalendarFaultKind::OtherYear(day, *year));
            } else if *kind == Kind::Worked && !weekend(day) {
                fault(CalendarFaultKind::WorkedAnyway(day));
            } else if let Some((other, first)) = seen.get(&day).filter(|(other, _)| other != kind) {
                let _ = other;
                fault(CalendarFaultKind::Both(day, *first));
            } else {
                seen.entry(day).or_insert((*kind, *line));
            }
        }
    }
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    for (day, (kind, _)) in seen {
        let year = years.entry(day.0.year()).or_default();
        match kind {
            // Weekends are off by themselves.
            Kind::Off if weekend(day) => {}
            Kind::Off => year.off.push(day),
            Kind::Worked => year.worked.push(day),
        }
    }
    years
}

fn weekend(day: Day) -> bool {
    matches!(day.0.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: i8, day: i8) -> Day {
        Day::new(2027, month, day).unwrap()
    }

    /// Invented: 2027-03-04 is a Thursday, 2027-03-06 a Saturday, 2027-03-14 a Sunday.
    fn year() -> Year {
        Year { off: vec![day(3, 4), day(3, 5), day(5, 3)], worked: vec![day(3, 14)] }
    }

    #[test]
    fn a_table_in_either_script_and_toml_say_the_same() {
        let hant = "年,類別,日期\n2027,放假,3月4日至7日\n2027,放假,2027-05-03\n2027,調休上班,3月14日（週日）\n";
        let hans = "年份;类别;日期\n2027;放假;2027-03-04~2027-03-07、5月3日\n2027;上班;3-14\n";
        let english = "year,kind,days\n2027,off,2027-03-04..2027-03-07\n2027,holiday,5/3\n2027,worked,3.14\n";
        for text in [hant, hans, english] {
            assert_eq!(read(text.as_bytes(), false), Ok(BTreeMap::from([(2027, year())])), "{text}");
        }
        let toml = "[2027]\noff = [\"3月4日至3月7日\", \"5月3日\"]\n\"上班\" = [\"2027-03-14\"]\n";
        assert_eq!(read(toml.as_bytes(), true), Ok(BTreeMap::from([(2027, year())])));
        let gbk = encoding_rs::GB18030.encode(hans).0;
        assert_eq!(read(&gbk, false), Ok(BTreeMap::from([(2027, year())])));
    }

    #[test]
    fn every_fault_is_named_with_its_line_and_nothing_is_taken() {
        use CalendarFaultKind as F;
        let found = |text: &str, toml| -> Vec<(u32, F)> {
            read(text.as_bytes(), toml).unwrap_err().into_iter().map(|fault| (fault.line, fault.what)).collect()
        };
        let text = "年,類別,日期\n2027,放假,3月4日\n二〇二七,放假,3月4日\n2027,休息嗎,3月4日\n2027,放假,3月32日\n\
                    2027,放假,\n2027,放假,3月9日至3月4日\n2027,放假,3月4日至8月4日\n2027,放假,2028-01-01\n\
                    2027,上班,3月3日\n2027,放假,3月6日至7日\n2027,上班,3月6日\n";
        let other = Day::new(2028, 1, 1).unwrap();
        let expected = vec![
            (3, F::NoYear("二〇二七".to_owned())),
            (4, F::NoKind("休息嗎".to_owned())),
            (5, F::NoDay("3月32日".to_owned())),
            (6, F::NoDay(String::new())),
            (7, F::BadRange("3月9日至3月4日".to_owned())),
            (8, F::BadRange("3月4日至8月4日".to_owned())),
            (9, F::OtherYear(other, 2027)),
            (10, F::WorkedAnyway(day(3, 3))),
            (12, F::Both(day(3, 6), 11)),
        ];
        assert_eq!(found(text, false), expected);
        assert_eq!(found("編號,名稱\n1,x\n", false), [(1, F::NoColumns)]);
        assert!(matches!(found("", false)[..], [(0, F::NothingInIt)]));
        assert!(matches!(found("年,類別,日期\n", false)[..], [(0, F::NothingInIt)]));
        assert!(matches!(found("\0\0", false)[..], [(0, F::NoTable(_))]));
        let toml = "[2027]\noff = [\"3月4日\", 7]\nrest = []\n[x]\noff = []\n2028 = 1\n";
        let expected =
            [(2, F::NoDay("7".to_owned())), (3, F::NoKind("rest".to_owned())), (4, F::NoYear("x".to_owned()))];
        assert_eq!(found(toml, true), expected);
        assert!(matches!(found("[2027\n", true)[..], [(1, F::Toml(_))]));
        assert!(matches!(found("2027 = 1\n", true)[..], [(1, F::NoDay(_))]));
        assert!(matches!(found("[2027]\n", true)[..], [(0, F::NothingInIt)]));
    }

    #[test]
    fn a_template_is_refused_until_it_is_filled() {
        for toml in [false, true] {
            for lang in [crate::domain::Lang::Hant, crate::domain::Lang::Hans, crate::domain::Lang::En] {
                let text = template(2027, toml, lang);
                let faults = read(text.as_bytes(), toml).unwrap_err();
                assert!(!faults.is_empty() && text.contains("2027"), "{text}");
                let day = if toml { "off = [\"3月4日\"]" } else { ",3月4日" };
                let filled = text
                    .replace("off = []", day)
                    .replace(",放假,", &format!(",放假{day}"))
                    .replace(",off,", &format!(",off{day}"))
                    .replace(",上班,", ",上班,3月14日")
                    .replace(",worked,", ",worked,3月14日");
                let years = read(filled.as_bytes(), toml).unwrap_or_else(|faults| panic!("{filled}: {faults:?}"));
                assert_eq!(years[&2027].off, [day_of()], "{filled}");
            }
        }
    }

    fn day_of() -> Day {
        day(3, 4)
    }
}
