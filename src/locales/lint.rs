//! Words for what is to be looked at once more (體檢自查).

use super::{Lang, concern, day, words};
use crate::domain::{Lint, LintPlace};

words! {
    LINT: "體檢自查", "self-check";
    LINT_NONE: "自查沒有發現要再看的。", "Nothing to look at once more.";
    LINT_N: "自查有 {} 處要再看一看。", "{} things to look at once more.";
    LINT_FAIL: "{} 不合格，沒有記問題", "{} fails and has no finding";
    LINT_NO_ITEM: "問題 {} 的檢查項 {} 不在清單中", "Finding {} is on {}, which the checklist does not have";
    LINT_ON_PASS: "問題 {} 的檢查項 {} 結論不是不合格、一般或較好", "Finding {} is on {}, whose verdict does not fall short";
    LINT_NO_RECT: "問題 {} 沒有整改事項", "Finding {} has no rectification item";
    LINT_NO_EVIDENCE: "{} 已銷號而沒有佐證材料", "{} is closed without evidence";
    LINT_NO_POST: "{} 沒有責任崗位", "{} names no post";
    LINT_DUE: "{} 下發時（{}）期限 {} 已過", "{} was issued on {} when its day {} was over";
    LINT_FAST: "{} 在 {} 秒內給出 {} 項結論，請核對", "{} gave, within {} s, {} verdicts; please check";
    LINT_PERSONAL: "{}：疑似個人信息（{}）", "{}: looks like personal data ({})";
    LINT_NAMES: "{}：疑似寫了人名（{}），請改寫崗位", "{}: seems to name a person ({}); write the post";
    PLACE_NOTE: "{} 備註", "note on {}";
    PLACE_REASON: "{} 理由", "reason on {}";
    PLACE_FINDING: "問題 {}", "finding {}";
    PLACE_RECT: "整改事項 {}", "rectification item {}";
}

fn rect(rect: crate::domain::RectId, lang: Lang) -> String {
    PLACE_RECT.fill(lang, &[&format!("{}-{}", rect.finding.n, rect.item)])
}

fn place(place: &LintPlace, lang: Lang) -> String {
    match place {
        LintPlace::Note(item) => PLACE_NOTE.fill(lang, &[item]),
        LintPlace::Reason(item) => PLACE_REASON.fill(lang, &[item]),
        LintPlace::Finding(n) => PLACE_FINDING.fill(lang, &[n]),
        LintPlace::Rect(id) => rect(*id, lang),
    }
}

/// Says what is to be looked at once more.
pub fn lint(lint: &Lint, lang: Lang) -> String {
    match lint {
        Lint::FailWithoutFinding(item) => LINT_FAIL.fill(lang, &[item]),
        Lint::NoSuchItem { n, item } => LINT_NO_ITEM.fill(lang, &[n, item]),
        Lint::FindingOnPass { n, item } => LINT_ON_PASS.fill(lang, &[n, item]),
        Lint::FindingWithoutItem(id) => LINT_NO_RECT.fill(lang, &[&id.n]),
        Lint::ClosedWithoutEvidence(id) => LINT_NO_EVIDENCE.fill(lang, &[&rect(*id, lang)]),
        Lint::PostMissing(id) => LINT_NO_POST.fill(lang, &[&rect(*id, lang)]),
        Lint::DueBeforeIssue { rect: id, due, issued } => {
            LINT_DUE.fill(lang, &[&rect(*id, lang), &day(*issued, lang), &day(*due, lang)])
        }
        Lint::TooFast { by, items, seconds } => LINT_FAST.fill(lang, &[by, seconds, items]),
        Lint::Personal { place: at, concern: what } => {
            LINT_PERSONAL.fill(lang, &[&place(at, lang), &concern(what, lang)])
        }
        Lint::NamesPerson { place: at, name } => LINT_NAMES.fill(lang, &[&place(at, lang), name]),
    }
}
