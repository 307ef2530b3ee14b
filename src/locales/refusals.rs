//! Refusals in words: what was refused, why, and what is possible now.

use super::{Lang, day, verdict, words};
use crate::domain::{ItemId, Refusal, Stamp};

words! {
    R_NOTHING: "沒有變化。", "Nothing would change.";
    R_STALE: "{} 剛才改過，已顯示最新內容，請看過再改。", "{} changed this just now; the newest is shown, please look again.";
    R_STALE_ITEM: "{} 剛才改過 {}，已顯示最新內容，請看過再改。", "{} changed {} just now; the newest is shown, please look again.";
    R_NO_BRANCH: "沒有這個支部（{}）。", "There is no such branch ({}).";
    R_BRANCH_EXISTS: "有人同時新增了支部，請再按一次保存。", "Somebody added a branch at the same moment; save again.";
    R_CODE_TAKEN: "編號 {} 已被使用。", "The code {} is taken.";
    R_MERGED_ON: "併入的組織（{}）後來也被合併，請先恢復那一個。", "The unit that it was merged into ({}) was merged on; restore that one first.";
    R_BELOW_ITSELF: "組織不能是自己的上級。", "A unit cannot stand below itself.";
    R_MORE_FULL: "正式黨員（{}）多於黨員總數（{}）。", "More full members ({}) than members ({}).";
    R_RANGE: "{}須在 {} 至 {} 之間。", "{} must be from {} to {}.";
    R_NO_ROUND: "沒有這個輪次。", "There is no such round.";
    R_ROUND_EXISTS: "有人同時新建了輪次，請再按一次保存。", "Somebody opened a round at the same moment; save again.";
    R_ROUND_CLOSED: "輪次已結束，不能再改。", "The round is closed; nothing in it can change.";
    R_ROUND_BEGUN: "已有支部開始體檢，清單版本和結論檔次不能再改。", "The walk has begun: checklist and scale are fixed.";
    R_ROUND_SIGNED: "已有支部簽認，清單版本、依據類別、結論檔次、等次下限和否決項不能再改。", "An inspection is signed: checklist, profile, scale, grade bounds and vetoes are fixed.";
    R_WALKED: "該支部已開始體檢，不能退出輪次。", "This branch has been begun and stays in the round.";
    R_UNSIGNED: "還有 {} 個支部未簽認。", "{} branches are begun and not signed.";
    R_NOT_IN_ROUND: "該支部不在這個輪次；可在輪次中加入。", "The branch is not in this round; add it there.";
    R_PERIOD: "檢查期間的止日早於起日。", "The period ends before it begins.";
    R_GRADES: "等次下限須由高到低，且不超過 100。", "Grade bounds must fall and not exceed 100.";
    R_NO_EDITION: "沒有這個清單版本。", "There is no such checklist edition.";
    R_NO_VETO: "清單中沒有「{}」這一否決項。", "The checklist has no veto {}.";
    R_NO_ITEM: "清單中沒有檢查項 {}。", "The checklist has no item {}.";
    R_NO_FINDING: "沒有第 {} 號問題。", "There is no finding {}.";
    R_SCALE: "本輪只用兩檔結論，沒有「{}」。", "This round has two verdicts; there is no {}.";
    R_REASON: "{} 記為不適用須寫明理由。", "{}: not applicable needs a reason.";
    R_SLOT: "表述中還有未填的「{}」。", "The wording has an open slot: {}.";
    R_SIGNED: "{} 已於 {} 簽認；要改請先在收尾頁重新打開（R）。", "{} signed on {}; reopen it on the summary (R) to change it.";
    R_INCOMPLETE: "還不能簽認：未檢 {} 項{}；不合格而無問題也無備註 {} 項{}。", "Not yet: {} items open{}; {} failed without finding or note{}.";
    R_NO_UNDO: "沒有可撤銷的改動（只能撤銷自己簽認前的改動）。", "Nothing of yours to undo (until the signature).";
    R_NO_REDO: "沒有可重做的改動。", "Nothing to redo.";
    R_EMPTY: "「{}」不能為空。", "{} must not be empty.";
    R_LONG: "「{}」最多 {} 字。", "{}: at most {} characters.";
    R_UNCLEAN: "「{}」含有控制字符，請刪去。", "{} holds control characters.";
    R_SHA256: "SHA-256 須為 64 位十六進制數字。", "A SHA-256 is 64 hexadecimal digits.";
    R_CLASSIFIED: "文字帶有密級標誌（{}）。本程序為非涉密工具，不得錄入。", "The text carries a classification mark ({}). This tool is not for classified matter.";
    FIELD_REASON: "理由", "Reason";
    FIELD_FACT: "表述", "Wording";
    FIELD_NOTE: "備註", "Note";
    FIELD_NAME: "名稱", "Name";
    FIELD_CODE: "編號", "Code";
    FIELD_FULL_NAME: "全稱", "Full name";
    FIELD_TERM_YEARS: "任期（年）", "Term (years)";
}

/// Says a refusal.
pub fn said(refusal: &Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::NothingChanged => R_NOTHING.say(lang).to_owned(),
        Refusal::Stale { item, by, at } => {
            let who = format!("{by} {}", clock(*at));
            match item {
                None => R_STALE.fill(lang, &[&who]),
                Some(item) => R_STALE_ITEM.fill(lang, &[&who, item]),
            }
        }
        Refusal::NoSuchBranch(id) => R_NO_BRANCH.fill(lang, &[id]),
        Refusal::BranchExists(_) => R_BRANCH_EXISTS.say(lang).to_owned(),
        Refusal::CodeTaken { code, .. } | Refusal::RoundCodeTaken { code, .. } => R_CODE_TAKEN.fill(lang, &[code]),
        Refusal::MergedOn(id) => R_MERGED_ON.fill(lang, &[id]),
        Refusal::BelowItself(_) => R_BELOW_ITSELF.say(lang).to_owned(),
        Refusal::MoreFullThanAll { full, all } => R_MORE_FULL.fill(lang, &[full, all]),
        Refusal::OutOfRange { field, low, high } => R_RANGE.fill(lang, &[&field_word(field, lang), low, high]),
        Refusal::NoSuchRound(_) => R_NO_ROUND.say(lang).to_owned(),
        Refusal::RoundExists(_) => R_ROUND_EXISTS.say(lang).to_owned(),
        Refusal::RoundClosed(_) => R_ROUND_CLOSED.say(lang).to_owned(),
        Refusal::RoundBegun(_) => R_ROUND_BEGUN.say(lang).to_owned(),
        Refusal::RoundSigned(_) => R_ROUND_SIGNED.say(lang).to_owned(),
        Refusal::BranchWalked { .. } => R_WALKED.say(lang).to_owned(),
        Refusal::StillUnsigned(count) => R_UNSIGNED.fill(lang, &[count]),
        Refusal::NotInRound { .. } => R_NOT_IN_ROUND.say(lang).to_owned(),
        Refusal::PeriodBackwards { .. } => R_PERIOD.say(lang).to_owned(),
        Refusal::GradesOutOfOrder => R_GRADES.say(lang).to_owned(),
        Refusal::NoSuchEdition(_) => R_NO_EDITION.say(lang).to_owned(),
        Refusal::NoSuchVeto(veto) => R_NO_VETO.fill(lang, &[veto]),
        Refusal::NoSuchItem(item) => R_NO_ITEM.fill(lang, &[item]),
        Refusal::NoSuchFinding(n) => R_NO_FINDING.fill(lang, &[n]),
        Refusal::NotOnThisScale(given) => R_SCALE.fill(lang, &[&verdict(*given).say(lang)]),
        Refusal::NeedsReason(item) => R_REASON.fill(lang, &[item]),
        Refusal::SlotOpen(slot) => R_SLOT.fill(lang, &[&crate::domain::slot_name(slot, lang)]),
        Refusal::AlreadySigned { by, at } => R_SIGNED.fill(lang, &[by, &on_day(*at, lang)]),
        Refusal::Incomplete(missing) => {
            let (open, bare) = (&missing.unanswered, &missing.unexplained);
            R_INCOMPLETE.fill(lang, &[&open.len(), &listed(open, lang), &bare.len(), &listed(bare, lang)])
        }
        Refusal::NothingToUndo => R_NO_UNDO.say(lang).to_owned(),
        Refusal::NothingToRedo => R_NO_REDO.say(lang).to_owned(),
        Refusal::Empty(field) => R_EMPTY.fill(lang, &[&field_word(field, lang)]),
        Refusal::TooLong { field, limit } => R_LONG.fill(lang, &[&field_word(field, lang), limit]),
        Refusal::Unclean("sha256") => R_SHA256.say(lang).to_owned(),
        Refusal::Unclean(field) => R_UNCLEAN.fill(lang, &[&field_word(field, lang)]),
        Refusal::Classified(mark) => R_CLASSIFIED.fill(lang, &[mark]),
        // What is not said here is said of what follows a finding; its test names every one.
        other => (super::follow::refused(other, lang))
            .or_else(|| super::look::refused(other, lang))
            .or_else(|| super::posts::refused(other, lang))
            .or_else(|| super::ssh::refused(other, lang))
            .or_else(|| super::together::refused(other, lang))
            .or_else(|| super::calibration::refused(other, lang))
            .unwrap_or_default(),
    }
}

fn listed(items: &[ItemId], lang: Lang) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut named: Vec<&str> = items.iter().take(4).map(|item| item.0.as_str()).collect();
    if items.len() > 4 {
        named.push("…");
    }
    match lang {
        Lang::En => format!(" ({})", named.join(" ")),
        Lang::Hant | Lang::Hans => format!("（{}）", named.join("、")),
    }
}

/// Returns the word of a field.
pub(super) fn field_word(field: &str, lang: Lang) -> String {
    let word = match field {
        "reason" => &FIELD_REASON,
        "fact" => &FIELD_FACT,
        "note" => &FIELD_NOTE,
        "name" => &FIELD_NAME,
        "code" => &FIELD_CODE,
        "full_name" => &FIELD_FULL_NAME,
        "term_years" => &FIELD_TERM_YEARS,
        "posts" => &super::posts::FIELD_POSTS,
        other => {
            let word =
                super::follow::field(other).or_else(|| super::look::field(other)).or_else(|| super::ssh::field(other));
            return word.map_or(other, |word| word.say(lang)).to_owned();
        }
    };
    word.say(lang).to_owned()
}

/// Business days are those of China, whatever the machine's zone: eight hours ahead, without summer time since 1991.
pub const CHINA_MINUTES: i64 = 8 * 60;

/// Returns the civil day of a moment in China.
pub fn china_day(at: Stamp) -> crate::domain::Day {
    at.china_day()
}

/// Spells a moment's time of day in China, 09:41:07.
pub fn clock(at: Stamp) -> String {
    let seconds = (at.0 + CHINA_MINUTES * 60_000).div_euclid(1000).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Spells a moment's day in China.
pub fn on_day(at: Stamp, lang: Lang) -> String {
    day(china_day(at), lang)
}
