//! Faults of a table of holidays in words.

use super::{CalendarFault, CalendarFaultKind};
use crate::locales::{Lang, words};

words! {
    LINE: "第{}行  {}", "line {}  {}";
    TOML: "不是 TOML（{}）", "not TOML ({})";
    NOTHING: "表中沒有日子：每行一條「年,類別,日期」，如「2027,放假,10月1日至7日」", "there is no day in it: a row is year, kind, days, such as 2027,off,10-01..10-07";
    NO_COLUMNS: "第一行應有欄名「年」「類別」「日期」", "the first row names the columns year, kind and days";
    NO_YEAR: "「{}」不是年份", "no year: {}";
    NO_KIND: "「{}」既不是放假，也不是上班", "neither off nor worked: {}";
    NO_DAY: "「{}」不是日子，寫如 2027-10-01 或 10月1日至7日", "no day: {}; write 2027-10-01 or 10-01..10-07";
    BAD_RANGE: "「{}」的止日早於起日，或超過一個月", "{} ends before it begins, or is longer than a month";
    OTHER_YEAR: "{} 不是 {} 年的日子", "{} is no day of {}";
    WORKED_ANYWAY: "{} 不是週末，本來就上班", "{} is no weekend day and is worked anyway";
    BOTH: "{} 又放假又上班（另見第{}行）", "{} is off and worked (see line {})";
}

impl CalendarFault {
    /// Says what is wrong, and where.
    pub fn say(&self, lang: Lang) -> String {
        let said = self.what.say(lang);
        if self.line == 0 { said } else { LINE.fill(lang, &[&self.line, &said]) }
    }
}

impl CalendarFaultKind {
    /// Says what is wrong.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::NoTable(fault) => fault.say(lang),
            Self::Toml(reason) => TOML.fill(lang, &[reason]),
            Self::NothingInIt => NOTHING.say(lang).to_owned(),
            Self::NoColumns => NO_COLUMNS.say(lang).to_owned(),
            Self::NoYear(text) => NO_YEAR.fill(lang, &[text]),
            Self::NoKind(text) => NO_KIND.fill(lang, &[text]),
            Self::NoDay(text) => NO_DAY.fill(lang, &[text]),
            Self::BadRange(text) => BAD_RANGE.fill(lang, &[text]),
            Self::OtherYear(day, year) => OTHER_YEAR.fill(lang, &[day, year]),
            Self::WorkedAnyway(day) => WORKED_ANYWAY.fill(lang, &[day]),
            Self::Both(day, line) => BOTH.fill(lang, &[day, line]),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn faults_are_worded_in_every_language() {
        crate::locales::assert_said(&super::all());
    }
}
