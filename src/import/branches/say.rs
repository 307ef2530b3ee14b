//! The fates of rows in words, one line a row.

use super::archive::INSIDE_LIMIT;
use super::columns::Column;
use super::{FILE_LIMIT, Fate, ListFault, Plan, PlannedRow, ROW_LIMIT, RowFault};
use crate::locales::{Lang, Word, concern, said, words};
use crate::text::clean_line;

words! {
    COLUMN_CODE: "編號", "code";
    COLUMN_NAME: "名稱", "name";
    COLUMN_PARENT: "上級編號", "parent";
    COLUMN_KIND: "層級", "kind";
    COLUMN_FULL_NAME: "全稱", "full name";
    COLUMN_FULL_MEMBERS: "正式黨員", "full members";
    COLUMN_ALL_MEMBERS: "黨員總數", "all members";
    COLUMN_COMMITTEE: "支委人數", "committee";
    COLUMN_GROUPS: "黨小組數", "groups";
    COLUMN_TERM_START: "本屆起始", "term start";
    COLUMN_TERM_YEARS: "任期", "term years";
    COLUMN_PROFILE: "依據類別", "profile";
    TOO_LARGE: "文件超過 {} MiB，請分成幾個文件導入。", "The file has more than {} MiB: bring it in parts.";
    TOO_LARGE_INSIDE: "工作簿解開後超過 {} MiB，或其中有一部分過大，無法讀取：請只留名冊一頁，另存為 .xlsx 或 CSV。", "The workbook holds more than {} MiB, or a part of it is too large: keep the sheet with the list alone and save it as .xlsx or CSV.";
    TOO_MANY_ROWS: "名冊超過 {} 行，請分成幾個文件導入。", "The list has more than {} rows: bring it in parts.";
    NOT_TEXT: "不是文字文件：請存為 UTF-8 或 GB18030 的 CSV，或 .xlsx。", "Not a text: save it as CSV in UTF-8 or GB18030, or as .xlsx.";
    OLD_WORKBOOK: "舊格式（.xls）或加了密碼的工作簿無法讀取：請另存為不帶密碼的 .xlsx 或 CSV。", "Workbooks of the old form (.xls) or with a password cannot be read: save it as .xlsx without a password, or as CSV.";
    WORKBOOK: "工作簿無法讀取（{}）：請重新另存為 .xlsx 或 CSV。", "The workbook cannot be read ({}): save it again as .xlsx or as CSV.";
    NOTHING_IN_IT: "名冊是空的：第一行是欄名（至少「編號」「名稱」），其後每行一個組織。", "The list is empty: the first row names the columns (code and name at least), then one unit a row.";
    NO_COLUMN: "第一行沒有「{}」欄。", "The first row has no column for: {}.";
    COLUMN_TWICE: "有兩欄都是「{}」，請留一欄。", "Two columns hold the {}: keep one.";
    NEAR_COLUMN: "不認識的欄名「{}」，是否應為「{}」？", "Unknown column {}; did you mean {}?";
    PERSONS: "「{}」欄涉及個人信息，本程序不收；請刪去該欄。", "The column {} is about persons, which this program does not keep: take it out.";
    ROW: "第{}行  {}  {}", "line {}  {}  {}";
    ROW_ADDED: "新增", "add";
    ROW_EDITED: "修改", "change";
    ROW_SAME: "不變", "same";
    ROW_FAULTY: "有誤", "wrong";
    OTHERS: "未採用的欄：{}", "Columns that were not used: {}";
    RAGGED: "有{}格，欄名有{}格", "{} cells, the first row has {}";
    CELL: "「{}」不能是「{}」", "{} cannot be: {}";
    TWICE: "編號與第{}行重複", "the code stands in line {} already";
    NO_PARENT: "沒有編號為「{}」的上級", "no unit has the code {} to stand above";
    CIRCLE: "上級繞回了自己", "the units above lead back to it";
    PERSONAL: "注意：似有個人信息（{}）", "note: this looks like personal data ({})";
}

impl ListFault {
    /// Says what is wrong and what to do.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge => TOO_LARGE.fill(lang, &[&(FILE_LIMIT >> 20)]),
            Self::TooLargeInside => TOO_LARGE_INSIDE.fill(lang, &[&(INSIDE_LIMIT >> 20)]),
            Self::TooManyRows => TOO_MANY_ROWS.fill(lang, &[&ROW_LIMIT]),
            Self::NotText => NOT_TEXT.say(lang).to_owned(),
            Self::OldWorkbook => OLD_WORKBOOK.say(lang).to_owned(),
            Self::Workbook(reason) => WORKBOOK.fill(lang, &[&clean_line(reason, 120).text]),
            Self::NothingInIt => NOTHING_IN_IT.say(lang).to_owned(),
            Self::NoColumn(column) => NO_COLUMN.fill(lang, &[&column.say(lang)]),
            Self::ColumnTwice(column) => COLUMN_TWICE.fill(lang, &[&column.say(lang)]),
            Self::NearColumn { name, meant } => NEAR_COLUMN.fill(lang, &[name, &meant.say(lang)]),
            Self::Persons(name) => PERSONS.fill(lang, &[name]),
            Self::Store(fault) => crate::locales::DAMAGED.fill(lang, &[&fault.record, &fault.reason]),
        }
    }
}

impl RowFault {
    /// Says what is wrong, without a full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Ragged { head, row } => RAGGED.fill(lang, &[row, head]),
            Self::Cell { column, text } => CELL.fill(lang, &[&column.say(lang), text]),
            Self::Twice { first } => TWICE.fill(lang, &[first]),
            Self::NoParent(code) => NO_PARENT.fill(lang, &[&clean_line(code, 24).text]),
            Self::Circle => CIRCLE.say(lang).to_owned(),
            Self::Refused(refusal) => said(refusal, lang).trim_end_matches(['。', '.']).to_owned(),
        }
    }
}

impl Plan {
    /// Says the rows, one a line: `all` of them, or those alone that a person should look at.
    pub fn say_rows(&self, lang: Lang, all: bool) -> String {
        let mut out = String::new();
        if !self.others.is_empty() {
            let between = if lang == Lang::En { ", " } else { "、" };
            out.push_str(&OTHERS.fill(lang, &[&self.others.join(between)]));
            out.push('\n');
        }
        for row in &self.rows {
            if all || matches!(row.fate, Fate::Faulty(_)) || !row.concerns.is_empty() {
                out.push_str(&row.say(lang));
                out.push('\n');
            }
        }
        out
    }
}

impl PlannedRow {
    /// Says what becomes of the row.
    pub fn say(&self, lang: Lang) -> String {
        let fate = match self.fate {
            Fate::Added => &ROW_ADDED,
            Fate::Edited => &ROW_EDITED,
            Fate::Same => &ROW_SAME,
            Fate::Faulty(_) => &ROW_FAULTY,
        };
        let unit = format!("{} {}", clean_line(&self.code, 16).text, clean_line(&self.name, 30).text);
        let mut line = ROW.fill(lang, &[&self.line, &fate.say(lang), &unit.trim()]);
        let (between, after) = if lang == Lang::En { ("; ", ": ") } else { ("；", "：") };
        let mut remarks: Vec<String> = match &self.fate {
            Fate::Faulty(faults) => faults.iter().map(|fault| fault.say(lang)).collect(),
            Fate::Added | Fate::Edited | Fate::Same => Vec::new(),
        };
        if !self.concerns.is_empty() {
            let named: Vec<String> = self.concerns.iter().map(|one| concern(one, lang)).collect();
            remarks.push(PERSONAL.fill(lang, &[&named.join(", ")]));
        }
        if !remarks.is_empty() {
            line.push_str(after);
            line.push_str(&remarks.join(between));
        }
        line
    }
}

impl Column {
    /// Says the column's name.
    pub fn say(self, lang: Lang) -> &'static str {
        let word: &'static Word = match self {
            Self::Code => &COLUMN_CODE,
            Self::Name => &COLUMN_NAME,
            Self::Parent => &COLUMN_PARENT,
            Self::Kind => &COLUMN_KIND,
            Self::FullName => &COLUMN_FULL_NAME,
            Self::FullMembers => &COLUMN_FULL_MEMBERS,
            Self::AllMembers => &COLUMN_ALL_MEMBERS,
            Self::Committee => &COLUMN_COMMITTEE,
            Self::Groups => &COLUMN_GROUPS,
            Self::TermStart => &COLUMN_TERM_START,
            Self::TermYears => &COLUMN_TERM_YEARS,
            Self::Profile => &COLUMN_PROFILE,
        };
        word.say(lang)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn fates_are_worded_in_every_language() {
        crate::locales::assert_said(&super::all());
    }
}
