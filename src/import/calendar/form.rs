//! The two forms of a file: a table of year, kind and days, or TOML with a table a year.

use toml::de::{DeTable, DeValue};

use super::{CalendarFault, CalendarFaultKind, FILE_LIMIT, Kind, Said};
use crate::domain::Lang;
use crate::import::branches::ListFault;
use crate::import::branches::table::{read, text};
use crate::text::{clean_line, fold};

/// Names of the columns, folded: year, kind, days.
const COLUMNS: [&[&str]; 3] =
    [&["年", "年份", "year"], &["类别", "类型", "安排", "kind"], &["日期", "日子", "天", "days", "day", "date"]];

fn kind(word: &str) -> Option<Kind> {
    match fold(word).trim() {
        "放假" | "休" | "休假" | "节假日" | "假日" | "off" | "holiday" => Some(Kind::Off),
        "上班" | "班" | "调休" | "调休上班" | "补班" | "worked" | "work" => Some(Kind::Worked),
        _ => None,
    }
}

fn year(word: &str) -> Option<i16> {
    word.trim().trim_end_matches('年').parse().ok().filter(|year| (1900..=2199).contains(year))
}

fn short(text: &str) -> String {
    clean_line(text, 40).text
}

/// Reads a table.
pub fn table(bytes: &[u8], faults: &mut Vec<CalendarFault>) -> Vec<Said> {
    let mut fault = |line, what| faults.push(CalendarFault { line, what });
    let rows = match read(bytes) {
        Ok(rows) => rows,
        Err(ListFault::NothingInIt) => return Vec::new(),
        Err(why) => {
            fault(0, CalendarFaultKind::NoTable(why));
            return Vec::new();
        }
    };
    let Some((head, rows)) = rows.split_first() else { return Vec::new() };
    let place = |names: &[&str]| head.cells.iter().position(|cell| names.contains(&fold(cell).trim()));
    let [Some(of_year), Some(of_kind), Some(of_days)] = COLUMNS.map(place) else {
        fault(head.line, CalendarFaultKind::NoColumns);
        return Vec::new();
    };
    let mut said = Vec::new();
    for row in rows {
        let cell = |at: usize| row.cells.get(at).map_or("", String::as_str);
        match (year(cell(of_year)), kind(cell(of_kind))) {
            (None, _) => fault(row.line, CalendarFaultKind::NoYear(short(cell(of_year)))),
            (_, None) => fault(row.line, CalendarFaultKind::NoKind(short(cell(of_kind)))),
            (Some(year), Some(kind)) => {
                // Days that are parted by the separator of the table stand in the cells behind.
                let days: Vec<&str> = row.cells.iter().skip(of_days).map(String::as_str).collect();
                let days = if of_days == head.cells.len() - 1 { days.join("、") } else { cell(of_days).to_owned() };
                said.push(Said { line: row.line, year, kind, days });
            }
        }
    }
    said
}

/// Reads TOML.
pub fn toml(bytes: &[u8], faults: &mut Vec<CalendarFault>) -> Vec<Said> {
    let mut fault = |line, what| faults.push(CalendarFault { line, what });
    if bytes.len() > FILE_LIMIT {
        fault(0, CalendarFaultKind::NoTable(ListFault::TooLarge));
        return Vec::new();
    }
    let whole = match text(bytes) {
        Ok(whole) => whole,
        Err(why) => {
            fault(0, CalendarFaultKind::NoTable(why));
            return Vec::new();
        }
    };
    // A hostile file has as many faults as fit, and each asks for its line.
    let ends: Vec<usize> = whole.match_indices('\n').map(|(at, _)| at).collect();
    let line = |at: usize| u32::try_from(ends.partition_point(|end| *end < at) + 1).unwrap_or(u32::MAX);
    let file = match DeTable::parse(&whole) {
        Ok(file) => file,
        Err(wrong) => {
            let at = wrong.span().map_or(0, |span| span.start);
            fault(line(at), CalendarFaultKind::Toml(clean_line(wrong.message(), 120).text));
            return Vec::new();
        }
    };
    let mut said = Vec::new();
    for (name, value) in file.get_ref() {
        let at = line(name.span().start);
        let Some(year) = year(name.get_ref()) else {
            fault(at, CalendarFaultKind::NoYear(short(name.get_ref())));
            continue;
        };
        let Some(kinds) = value.get_ref().as_table() else {
            fault(at, CalendarFaultKind::NoDay(short(name.get_ref())));
            continue;
        };
        for (name, value) in kinds {
            let at = line(name.span().start);
            let Some(kind) = kind(name.get_ref()) else {
                fault(at, CalendarFaultKind::NoKind(short(name.get_ref())));
                continue;
            };
            let Some(days) = value.get_ref().as_array() else {
                fault(at, CalendarFaultKind::NoDay(short(name.get_ref())));
                continue;
            };
            for day in days {
                let at = line(day.span().start);
                match day.get_ref() {
                    DeValue::String(days) => said.push(Said { line: at, year, kind, days: days.to_string() }),
                    DeValue::Integer(number) => fault(at, CalendarFaultKind::NoDay(short(number.as_str()))),
                    _ => fault(at, CalendarFaultKind::NoDay(String::new())),
                }
            }
        }
    }
    said
}

/// Returns the form of a table to be filled; it holds no day, because none is guessed.
pub fn template(year: i16, toml: bool, lang: Lang) -> String {
    match (toml, lang) {
        (true, Lang::Hant) => {
            format!(
                "# 按正式通知填寫，如 off = [\"10月1日至7日\"]，worked = [\"10月10日\"]\n[{year}]\noff = []\nworked = []\n"
            )
        }
        (true, Lang::Hans) => {
            format!(
                "# 按正式通知填写，如 off = [\"10月1日至7日\"]，worked = [\"10月10日\"]\n[{year}]\noff = []\nworked = []\n"
            )
        }
        (true, Lang::En) => {
            format!(
                "# From the official notice, such as off = [\"10-01..10-07\"], worked = [\"10-10\"]\n\
                 [{year}]\noff = []\nworked = []\n"
            )
        }
        (false, Lang::Hant) => format!("年,類別,日期\n{year},放假,\n{year},上班,\n"),
        (false, Lang::Hans) => format!("年,类别,日期\n{year},放假,\n{year},上班,\n"),
        (false, Lang::En) => format!("year,kind,days\n{year},off,\n{year},worked,\n"),
    }
}
