//! The field's terms: verdicts, severities, classes, levels, grades.

use super::{Lang, Word, words};
use crate::domain::{
    BranchKind, Class, Day, Grade, Method, Profile, Scale, Severity, Verdict, care::Concern, per_mille,
};

words! {
    NOT_CHECKED: "未檢", "not checked";
    V_PASS: "合格", "pass";
    V_GOOD: "較好", "fairly good";
    V_FAIR: "一般", "fair";
    V_FAIL: "不合格", "fail";
    V_NA: "不適用", "n/a";
    S_NONE: "不計", "none";
    S_MINOR: "一般", "minor";
    S_MAJOR: "較重", "major";
    S_CRITICAL: "嚴重", "critical";
    C_IMMEDIATE: "立行立改", "at once";
    C_LIMITED: "限期整改", "by a date";
    C_STANDING: "長期堅持", "long term";
    M_DOCS: "查閱材料", "documents";
    M_INTERVIEW: "訪談", "interview";
    M_ONSITE: "現場查看", "on site";
    K_GONGWEI: "工委", "work committee";
    K_DANGWEI: "黨委", "Party committee";
    K_ZONGZHI: "黨總支", "general branch";
    K_ZHIBU: "黨支部", "branch";
    K_XIAOZU: "黨小組", "group";
    P_JIGUAN: "機關", "organ";
    P_UNIVERSITY: "高校", "university";
    X_FOUR: "四檔（合格 較好 一般 不合格）", "four: pass, fairly good, fair, fail";
    X_TWO: "兩檔（合格 不合格）", "two: pass, fail";
    G_EXCELLENT: "優秀", "excellent";
    G_GOOD: "良好", "good";
    G_PASS: "合格", "pass";
    G_FAIL: "不合格", "fail";
    CONCERN_ID: "身份證號", "an identity number";
    CONCERN_PHONE: "電話號碼", "a telephone number";
    CONCERN_CARD: "銀行卡號", "a bank card number";
    CONCERN_MAIL: "電子郵箱", "an e-mail address";
    REFERENCE_ONLY: "僅供參考", "for reference only";
    DRAFT_PAPER: "工作稿", "working draft";
    QUARTER: "{}年第{}季度", "{} Q{}";
    HALF_YEAR: "{}年{}半年", "{} half-year {}";
    WHOLE_YEAR: "{}年度", "{}";
    SPAN: "{}至{}", "{} to {}";
}

/// Returns the word of a verdict.
pub fn verdict(verdict: Verdict) -> &'static Word {
    match verdict {
        Verdict::Pass => &V_PASS,
        Verdict::Good => &V_GOOD,
        Verdict::Fair => &V_FAIR,
        Verdict::Fail => &V_FAIL,
        Verdict::NotApplicable => &V_NA,
    }
}

/// Returns the glyph of a verdict; each is one column in every terminal.
pub const fn verdict_glyph(verdict: Option<Verdict>) -> char {
    match verdict {
        None => '.',
        Some(Verdict::Pass) => '✓',
        Some(Verdict::Good) => '+',
        Some(Verdict::Fair) => '~',
        Some(Verdict::Fail) => '✗',
        Some(Verdict::NotApplicable) => '-',
    }
}

/// Returns the word of a severity.
pub fn severity(severity: Severity) -> &'static Word {
    match severity {
        Severity::None => &S_NONE,
        Severity::Minor => &S_MINOR,
        Severity::Major => &S_MAJOR,
        Severity::Critical => &S_CRITICAL,
    }
}

/// Returns the word of a class.
pub fn class(class: Class) -> &'static Word {
    match class {
        Class::Immediate => &C_IMMEDIATE,
        Class::Limited => &C_LIMITED,
        Class::Standing => &C_STANDING,
    }
}

/// Returns the word of a method.
pub fn method(method: Method) -> &'static Word {
    match method {
        Method::Docs => &M_DOCS,
        Method::Interview => &M_INTERVIEW,
        Method::Onsite => &M_ONSITE,
    }
}

/// Returns the word of a level.
pub fn branch_kind(kind: BranchKind) -> &'static Word {
    match kind {
        BranchKind::Gongwei => &K_GONGWEI,
        BranchKind::Dangwei => &K_DANGWEI,
        BranchKind::Zongzhi => &K_ZONGZHI,
        BranchKind::Zhibu => &K_ZHIBU,
        BranchKind::Xiaozu => &K_XIAOZU,
    }
}

/// Returns the word of a profile.
pub fn profile(profile: Profile) -> &'static Word {
    match profile {
        Profile::Jiguan => &P_JIGUAN,
        Profile::University => &P_UNIVERSITY,
    }
}

/// Returns the word of a scale.
pub fn scale(scale: Scale) -> &'static Word {
    match scale {
        Scale::Four => &X_FOUR,
        Scale::Two => &X_TWO,
    }
}

/// Returns the word of a grade.
pub fn grade(grade: Grade) -> &'static Word {
    match grade {
        Grade::Excellent => &G_EXCELLENT,
        Grade::Good => &G_GOOD,
        Grade::Pass => &G_PASS,
        Grade::Fail => &G_FAIL,
    }
}

/// Says what looks like personal data.
pub fn concern(concern: &Concern, lang: Lang) -> String {
    match concern {
        Concern::IdNumber => CONCERN_ID.say(lang).to_owned(),
        Concern::Phone => CONCERN_PHONE.say(lang).to_owned(),
        Concern::BankCard => CONCERN_CARD.say(lang).to_owned(),
        Concern::Email => CONCERN_MAIL.say(lang).to_owned(),
        Concern::Word(word) => (*word).to_owned(),
    }
}

/// Says a rate in tenths of a percent; 「—」 where there is none.
pub fn rate(rate: Option<u32>) -> String {
    rate.map_or_else(|| "—".to_owned(), |rate| format!("{}.{}", rate / 10, rate % 10))
}

/// Says a share with its counts: 82.2%（83/101）; 「—」 where there is nothing to divide by.
pub fn share(part: u32, of: u32, lang: Lang) -> String {
    match per_mille(part.into(), of.into()) {
        None => rate(None),
        some if lang == Lang::En => format!("{}% ({part}/{of})", rate(some)),
        some => format!("{}%（{part}/{of}）", rate(some)),
    }
}

/// Says a day: 2026年11月23日, or 2026-11-23 in English.
pub fn day(day: Day, lang: Lang) -> String {
    match lang {
        Lang::En => day.to_string(),
        Lang::Hant | Lang::Hans => format!("{}年{}月{}日", day.0.year(), day.0.month(), day.0.day()),
    }
}

/// Says a period: a year, a half-year or a quarter by its name, anything else by its days.
pub fn period(from: Day, to: Day, lang: Lang) -> String {
    let (year, first, last) = (from.0.year(), from.0.month(), to.0.month());
    let whole = from.0.day() == 1 && to.plus(1).0.day() == 1 && to.0.year() == year;
    match (whole, first, last) {
        (true, 1, 12) => WHOLE_YEAR.fill(lang, &[&year]),
        (true, 1, 6) => HALF_YEAR.fill(lang, &[&year, &if lang == Lang::En { "1" } else { "上" }]),
        (true, 7, 12) => HALF_YEAR.fill(lang, &[&year, &if lang == Lang::En { "2" } else { "下" }]),
        (true, 1, 3) => QUARTER.fill(lang, &[&year, &ordinal(1, lang)]),
        (true, 4, 6) => QUARTER.fill(lang, &[&year, &ordinal(2, lang)]),
        (true, 7, 9) => QUARTER.fill(lang, &[&year, &ordinal(3, lang)]),
        (true, 10, 12) => QUARTER.fill(lang, &[&year, &ordinal(4, lang)]),
        _ => SPAN.fill(lang, &[&day(from, lang), &day(to, lang)]),
    }
}

const fn ordinal(quarter: usize, lang: Lang) -> &'static str {
    match (lang, quarter) {
        (Lang::En, 1) => "1",
        (Lang::En, 2) => "2",
        (Lang::En, 3) => "3",
        (Lang::En, _) => "4",
        (_, 1) => "一",
        (_, 2) => "二",
        (_, 3) => "三",
        (_, _) => "四",
    }
}
