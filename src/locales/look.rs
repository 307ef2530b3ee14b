//! Words for look-backs and repeats, for who may want what, and why these are refused.

use super::follow::listed;
use super::{Lang, Word, clock, day, role, severity, words};
use crate::domain::{Criteria, Outcome, Recurrence, Refusal};

words! {
    LOOKBACK: "回頭看", "look-back";
    /// Outcome.
    OUTCOME_VALID: "有效", "still put right";
    OUTCOME_RELAPSED: "反彈", "came back";
    NO_LOOKBACKS_YET: "還沒有回頭看：從已銷號的事項中隨機抽取一批，再去看是否反彈", "No look-backs yet: draw a sample of closed items and see whether they are still put right";
    T_DRAW: "抽取回頭看樣本", "Draw a sample";
    F_CLOSER: "核驗人", "Verified by";
    H_ANY: "不填為全部", "all where empty";
    H_LOOK_NOTE: "看了什麼；反彈的寫明情況", "what it was seen by; what has come back";
    BAD_SIZE: "數量為 1 到 {} 的整數", "A whole number from 1 to {}";
    BAD_SEED: "種子是一個非負整數", "The seed is a whole number, not negative";
    ASK_END_LOOKBACK: "結束這次回頭看嗎？反彈的 {} 項將列為新問題。", "End this look-back? The {} that came back become new findings.";
    T_END_LOOKBACK: "結束回頭看：未看完的理由", "End the look-back: why not all were looked at";
    NOT_LOOKED: "未看", "not looked";
    LOOKED_OF: "已看 {}/{} 項", "looked at {}/{}";
    DREW_OF: "從 {} 項中抽取 {} 項", "of {} items {} were drawn";
    LOOK_DRAWN: "抽取", "Drawn";
    LOOK_FROM: "條件", "From";
    LOOK_SEED: "種子", "Seed";
    LOOK_END: "結束", "Ended";
    FROM_ALL: "全部已銷號事項", "all closed items";
    FROM_CLOSER: "核驗人 {}", "verified by {}";
    LOOKBACK_ENDED_N: "回頭看已結束，{} 項反彈列為新問題。", "The look-back is ended; {} that came back are new findings.";
    /// How often it was found.
    RECUR_FIRST: "首次", "first";
    RECUR_REPEAT: "重複", "repeat";
    RECUR_RELAPSE: "反彈", "relapse";
    RECUR_HABITUAL: "屢查屢犯", "again and again";
    /// Why not.
    R_FOR_OTHERS: "這件事由{}做", "This is for: {}";
    R_OUT_OF_REACH: "不在本人所管的支部範圍內，由管這一支部或管全部支部的人員辦理", "It is outside the part of the tree that your role is for; it is for those whose part it is in, or who are there for the whole tree";
    R_WHOLE_TREE: "這件事涉及全部支部，由管全部支部的人員辦理", "It is about the whole tree, and for those who are there for all of it";
    R_NO_LOOKBACK: "沒有第 {} 次回頭看", "There is no look-back {}";
    R_LOOKBACK_EXISTS: "有人同時抽取了樣本，請再試一次", "Somebody drew a sample at the same moment; try again";
    R_LOOKBACK_ENDED: "這次回頭看已由 {} 於 {} 結束，結果不能再改", "{} ended this look-back at {}; its results are fixed";
    R_NOTHING_TO_DRAW: "沒有符合條件的已銷號事項，請放寬條件", "No closed item fits; widen the criteria";
    R_NOT_DRAWN: "這一事項不在本次抽取的樣本中", "This item is not in the sample";
    R_STILL_TO_LOOK: "還有 {} 項沒有看；要現在結束須寫明理由", "{} items were not looked at; give a reason to end it now";
    R_ROUND_OPEN: "輪次還沒有結束，可直接在體檢中修改", "The round is not closed; change it where it stands";
    R_UNDER_CORRECTION: "輪次正在更正，計劃和參加支部不能再改", "The round is being corrected; its plan and branches are fixed";
    R_NO_WALKER: "{} 不是本單位登記的督查人員", "{} is not entered as one who inspects here";
    FIELD_TEAM: "督查組人數", "Members of a team";
    FIELD_TEAMS: "督查組數", "Teams";
    FIELD_SIZE: "抽取數量", "Size of the sample";
    FIELD_FINDINGS: "問題數", "Findings";
}

/// Returns the word of what a look-back has seen.
pub fn outcome(outcome: Outcome) -> &'static Word {
    match outcome {
        Outcome::Valid => &OUTCOME_VALID,
        Outcome::Relapsed => &OUTCOME_RELAPSED,
    }
}

/// Returns the word of a result, or of there being none yet.
pub fn looked(result: Option<Outcome>) -> &'static Word {
    result.map_or(&NOT_LOOKED, outcome)
}

/// Says from which closed items is drawn; the unit is named by the caller.
pub fn criteria(criteria: &Criteria, over: Option<&str>, lang: Lang) -> String {
    let parts = [
        criteria.severity.map(|of| severity(of).say(lang).to_owned()),
        over.map(str::to_owned),
        criteria.closer.as_ref().map(|closer| FROM_CLOSER.fill(lang, &[closer])),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    if said.is_empty() { FROM_ALL.say(lang).to_owned() } else { said.join(" · ") }
}

/// Returns the word of how a finding stands to earlier ones.
pub fn recurrence(recurrence: Recurrence) -> &'static Word {
    match recurrence {
        Recurrence::First => &RECUR_FIRST,
        Recurrence::Repeat => &RECUR_REPEAT,
        Recurrence::Relapse => &RECUR_RELAPSE,
        Recurrence::Habitual => &RECUR_HABITUAL,
    }
}

/// Says why a look-back or a person is refused; nothing for what is refused elsewhere.
pub(super) fn refused(refusal: &Refusal, lang: Lang) -> Option<String> {
    Some(match refusal {
        Refusal::ForOthers { roles } => R_FOR_OTHERS.fill(lang, &[&listed(roles, role, lang)]),
        Refusal::OutOfReach(Some(_)) => R_OUT_OF_REACH.say(lang).to_owned(),
        Refusal::OutOfReach(None) => R_WHOLE_TREE.say(lang).to_owned(),
        Refusal::RoundOpen(_) => R_ROUND_OPEN.say(lang).to_owned(),
        Refusal::UnderCorrection(_) => R_UNDER_CORRECTION.say(lang).to_owned(),
        Refusal::NoSuchWalker(person) => R_NO_WALKER.fill(lang, &[person]),
        Refusal::NoSuchLookback(id) => R_NO_LOOKBACK.fill(lang, &[id]),
        Refusal::LookbackExists(_) => R_LOOKBACK_EXISTS.say(lang).to_owned(),
        Refusal::LookbackEnded { by, at } => {
            let when = format!("{} {}", day(at.china_day(), lang), clock(*at));
            R_LOOKBACK_ENDED.fill(lang, &[by, &when])
        }
        Refusal::NothingToDraw => R_NOTHING_TO_DRAW.say(lang).to_owned(),
        Refusal::NotDrawn(_) => R_NOT_DRAWN.say(lang).to_owned(),
        Refusal::StillToLookAt(left) => R_STILL_TO_LOOK.fill(lang, &[left]),
        _ => return None,
    })
}

/// Returns the word of a field of a look-back.
pub(super) fn field(field: &str) -> Option<&'static Word> {
    Some(match field {
        "team" => &FIELD_TEAM,
        "teams" => &FIELD_TEAMS,
        "size" => &FIELD_SIZE,
        "findings" => &FIELD_FINDINGS,
        _ => return None,
    })
}
