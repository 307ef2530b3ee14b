//! Days and ranges of days as notices write them: 2027-10-01, 10月1日至7日, 10月1日（週五）.

use super::{CalendarFaultKind, RANGE_LIMIT};
use crate::domain::Day;
use crate::text::clean_line;

/// What stands between several days.
const BETWEEN: [char; 7] = ['、', '，', ',', '；', ';', '\n', ' '];
/// What stands between the first and the last day of a range.
const TO: [&str; 8] = ["至", "到", "～", "~", "—", "–", "..", "－"];

/// Reads days and ranges of a year.
pub fn read(text: &str, year: i16) -> Result<Vec<Day>, CalendarFaultKind> {
    let plain = without_remarks(text);
    let mut days = Vec::new();
    for part in plain.split(BETWEEN).filter(|part| !part.is_empty()) {
        let told = || clean_line(part, 40).text;
        let bounds = TO.iter().find_map(|to| part.split_once(to));
        let (first, last) = match bounds {
            None => {
                let day = day(part, year, None).ok_or_else(|| CalendarFaultKind::NoDay(told()))?;
                (day, day)
            }
            Some((first, last)) => {
                let first = day(first, year, None).ok_or_else(|| CalendarFaultKind::NoDay(told()))?;
                let month = Some(first.0.month());
                let last = day(last, year, month).ok_or_else(|| CalendarFaultKind::NoDay(told()))?;
                (first, last)
            }
        };
        if !(0..RANGE_LIMIT).contains(&last.since(first)) {
            return Err(CalendarFaultKind::BadRange(told()));
        }
        days.extend((0..=last.since(first)).map(|on| first.plus(on)));
    }
    if days.is_empty() { Err(CalendarFaultKind::NoDay(clean_line(text, 40).text)) } else { Ok(days) }
}

/// Takes out what stands in brackets, such as the day of the week.
fn without_remarks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.trim().chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// Reads a day; the year, and behind a range's first day the month, may be left out.
fn day(text: &str, year: i16, month: Option<i8>) -> Option<Day> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let plain = text.trim_end_matches(['日', '號', '号']).replace(['月', '/', '.'], "-");
    let mut parts = plain.split('-').map(|part| part.trim().parse::<i8>().ok());
    match (parts.next()?, parts.next(), parts.next()) {
        (Some(day), None, _) => Day::new(year, month?, day),
        (Some(month), Some(Some(day)), None) => Day::new(year, month, day),
        _ => None,
    }
}
