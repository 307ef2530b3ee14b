//! Words for calibrations, and why something about them is refused.

use super::{Lang, Word, clock, counted, day, verdict, words};
use crate::domain::{
    Agreement, Calibration, CalibrationRefusal, Checklist, Ending, Extent, ItemId, Judgement, PersonId, Refusal, Side,
    Stamp,
};

words! {
    SCOPE_CALIBRATION: "校準", "Calibration";
    A_GO_CALIBRATION: "校準", "Calibration";
    A_CAL_BEGIN: "開始校準", "Begin";
    A_HAND_IN: "交卷", "Hand in";
    A_TAKE_FIRST: "取第一人", "Take first";
    A_TAKE_SECOND: "取第二人", "Take second";
    A_TAKE_OTHER: "另定結論", "Take another";
    A_MERGE: "合併", "Merge";
    A_CALL_OFF: "撤銷校準", "Call off";
    SIDE_FIRST: "第一人", "first";
    SIDE_SECOND: "第二人", "second";
    CAL_WHOLE: "全部檢查項", "all items";
    T_CALIBRATE: "校準：{}", "Calibration: {}";
    T_OTHER: "另定結論：{}", "Another verdict: {}";
    T_CALL_OFF: "撤銷校準的理由", "Why the calibration is called off";
    F_FIRST: "第一人", "First inspector";
    F_SECOND: "第二人", "Second inspector";
    F_EXTENT: "範圍", "Items";
    F_VERDICT: "結論", "Verdict";
    F_REASON_NA: "不適用理由", "Why it does not apply";
    CAL_PAIR: "{} · {}", "{} · {}";
    CAL_BEGUN_BY: "{} 於 {} 發起", "begun by {} on {}";
    CAL_IN: "{} 已交卷", "handed in {}";
    CAL_OUT: "未交卷", "not handed in";
    CAL_MERGED: "{} 於 {} 合併", "merged by {} on {}";
    CAL_OFF: "{} 於 {} 撤銷：{}", "called off by {} on {}: {}";
    CAL_OWN: "本人已查 {}/{} 項", "You have judged {}/{}";
    CAL_BLIND: "兩人都交卷之前，各人的結論和備註只有本人看得到。", "Until both have handed in, each one's verdicts and notes are seen by that one alone.";
    CAL_RATE: "一致率", "Agreement";
    CAL_DIFFER: "不一致 {} 項，已定 {} 項", "{} differ, {} settled";
    CAL_SAME: "一致", "agreed";
    CAL_TO_TAKE: "待定", "to settle";
    CAL_TO_JUDGE: "校準未查完", "to judge";
    CAL_TO_HAND_IN: "校準待交卷", "to hand in";
    CAL_TO_SETTLE: "校準待定", "to settle";
    CAL_TO_MERGE: "校準待合併", "to merge";
    CAL_N_TO_SETTLE: "{} 項待定", "{} to settle";
    CAL_TAKEN: "定為{}", "settled: {}";
    CAL_LEFT_OPEN: "未查", "left open";
    CAL_NO_NOTE: "（無備註）", "(no note)";
    CAL_BLIND_MARK: "校準", "blind";
    CAL_HERE: "這裡正在校準（{}、{}），{} 打開", "A calibration goes on here ({}, {}); {} opens it";
    CAL_WHICH: "先在輪次中選一個支部，或打開它的體檢，再開始校準", "Choose a branch in a round, or open its walk, to calibrate";
    CAL_NOT_HERE: "答卷上只有結論、備註和標記；{} 看校準", "A sheet has verdicts, notes and marks alone; {} opens the calibration";
    SHEET_ANSWERED: "答卷上每一項都有結論；按 {} 去交卷。", "Every item on the sheet has a verdict; {} leads to handing it in.";
    ASK_HAND_IN: "交卷後不能再改。現在交卷嗎？", "After handing in nothing changes any more. Hand in?";
    ASK_MERGE: "把 {} 項結論寫入體檢，校準就此結束。合併嗎？", "{} verdicts go into the inspection and the calibration is over. Merge?";
    HANDED_IN_NOW: "已交卷。", "Handed in.";
    MERGED_NOW: "已合併，結論已寫入體檢。", "Merged; the verdicts stand in the inspection.";
    CALLED_OFF_NOW: "校準已撤銷。", "The calibration is called off.";
    NO_CALIBRATION: "這次體檢沒有校準", "This inspection has no calibration";
    /// Why not.
    R_CAL_UNKNOWN: "沒有這次校準", "There is no such calibration";
    R_CAL_EXISTS: "有人同時開始了校準，請再試一次", "Somebody began a calibration at the same moment; try again";
    R_CAL_UNDER_WAY: "{} 於 {} 開始的校準還沒有結束；先合併或撤銷它", "The calibration that {} began on {} is not over; merge it or call it off first";
    R_CAL_OVER: "這次校準已由 {} 於 {} 結束，只能查看", "{} ended this calibration on {}; it can only be read";
    R_CAL_ONE: "校準要兩名不同的督查員，兩處都填了 {}", "A calibration takes two inspectors; both are {}";
    R_CAL_PART: "清單中沒有「{}」這張卡或這一組；請填卡或組的編號", "The checklist has no card or group {}; give the code of one";
    R_CAL_JUDGED: "{} 項已有結論、備註或問題{}，不能再背對背判；請換一個範圍，或先清除", "{} items have a verdict, note or finding{} and cannot be judged blind; choose other items or clear them";
    R_CAL_TWO: "這次校準由 {} 和 {} 判，別人不填答卷", "{} and {} judge in this calibration, nobody else";
    R_CAL_HANDED: "已於 {} 交卷，不能再改", "Handed in on {}; nothing changes any more";
    R_CAL_STILL_OUT: "{} 還沒有交卷；兩人都交卷後才能看結果和合併", "{} has not handed in; results are seen and merged when both have";
    R_CAL_NOT_IN: "{} 不在這次校準的範圍內", "{} is not among the items of this calibration";
    R_CAL_SHEET: "答卷上只有結論、備註和標記，也不分卡；問題和簽認等合併後再寫", "A sheet takes verdicts, notes and marks and has no cards; findings and signature come after the merger";
    R_CAL_OPEN: "還有 {} 項沒有結論{}，查完再交卷", "{} items have no verdict{}; judge them, then hand in";
    R_CAL_AGREED: "{} 兩人結論一致，不用另定", "Both agree on {}; there is nothing to settle";
    R_CAL_CHOOSE: "還有 {} 項不一致沒有定{}，定完再合併", "{} items that differ are not settled{}; settle them, then merge";
    R_CAL_HELD: "{} 和 {} 正在校準，範圍內的項目等合併後再改，簽認也等合併後", "{} and {} are calibrating: its items and the signature wait for the merger";
}

/// Returns the word of which of the two.
pub const fn side(side: Side) -> &'static Word {
    match side {
        Side::First => &SIDE_FIRST,
        Side::Second => &SIDE_SECOND,
    }
}

/// Says a moment as a day with its time.
fn when(at: Stamp, lang: Lang) -> String {
    format!("{} {}", day(at.china_day(), lang), clock(at))
}

/// Says which items are judged twice.
pub fn extent(extent: &Extent, checklist: &Checklist, lang: Lang) -> String {
    let named = match extent {
        Extent::Whole => return CAL_WHOLE.say(lang).to_owned(),
        Extent::Card(code) => checklist.cards.iter().find(|card| card.id == *code).map(|card| (&card.id, &card.name)),
        Extent::Group(code) => {
            checklist.groups.iter().find(|group| group.id == *code).map(|group| (&group.id, &group.name))
        }
    };
    named.map_or_else(String::new, |(code, name)| format!("{code} {}", name.pick(lang)))
}

/// Says a verdict with its reason, or that there is none.
pub fn judged(judgement: Option<&Judgement>, lang: Lang) -> String {
    match judgement {
        None => CAL_LEFT_OPEN.say(lang).to_owned(),
        Some(Judgement { verdict: of, reason }) if reason.is_empty() => verdict(*of).say(lang).to_owned(),
        Some(Judgement { verdict: of, reason }) => format!("{} {}", verdict(*of).say(lang), reason.replace('\n', " ")),
    }
}

/// Says one of the two, and whether they have handed in.
pub fn walker(calibration: &Calibration, of: Side, lang: Lang) -> String {
    let stands = of.of(&calibration.handed_in);
    let stands = stands.map_or_else(|| CAL_OUT.say(lang).to_owned(), |at| CAL_IN.fill(lang, &[&when(at, lang)]));
    format!("{}  {}  {stands}", side(of).say(lang), of.of(&calibration.walkers))
}

/// Says how a calibration began and, where it is over, how it ended.
pub fn calibration_state(calibration: &Calibration, lang: Lang) -> String {
    match &calibration.end {
        None => CAL_BEGUN_BY.fill(lang, &[&calibration.by.0, &when(calibration.by.1, lang)]),
        Some(end) => match &end.ending {
            Ending::Merged => CAL_MERGED.fill(lang, &[&end.by, &when(end.at, lang)]),
            Ending::CalledOff { reason } => CAL_OFF.fill(lang, &[&end.by, &when(end.at, lang), reason]),
        },
    }
}

/// Says how far the two agree, item by item: nothing about either of them.
pub fn agreement(calibration: &Calibration, agreement: &Agreement, lang: Lang) -> String {
    let differ = agreement.differing().count();
    let settled = agreement.differing().filter(|item| calibration.chosen.contains_key(&item.item)).count();
    let rate = counted(agreement.rate(), lang);
    format!("{} {rate}  {}", CAL_RATE.say(lang), CAL_DIFFER.fill(lang, &[&differ, &settled]))
}

fn items(items: &[ItemId], lang: Lang) -> String {
    let mut named: Vec<&str> = items.iter().take(4).map(|item| item.0.as_str()).collect();
    if items.len() > 4 {
        named.push("…");
    }
    match lang {
        Lang::En => format!(" ({})", named.join(" ")),
        Lang::Hant | Lang::Hans => format!("（{}）", named.join("、")),
    }
}

fn persons(persons: &[PersonId], lang: Lang) -> String {
    let named: Vec<&str> = persons.iter().map(|person| person.0.as_str()).collect();
    named.join(if lang == Lang::En { ", " } else { "、" })
}

/// Says why something about a calibration is refused; nothing for what is refused elsewhere.
pub(super) fn refused(refusal: &Refusal, lang: Lang) -> Option<String> {
    use CalibrationRefusal as R;
    let Refusal::Calibration(refusal) = refusal else { return None };
    Some(match &**refusal {
        R::Unknown => R_CAL_UNKNOWN.say(lang).to_owned(),
        R::Exists(_) => R_CAL_EXISTS.say(lang).to_owned(),
        R::UnderWay { by, at } => R_CAL_UNDER_WAY.fill(lang, &[by, &when(*at, lang)]),
        R::Over { by, at } => R_CAL_OVER.fill(lang, &[by, &when(*at, lang)]),
        R::OneWalker(person) => R_CAL_ONE.fill(lang, &[person]),
        R::NoSuchPart(code) => R_CAL_PART.fill(lang, &[code]),
        R::JudgedAlready(of) => R_CAL_JUDGED.fill(lang, &[&of.len(), &items(of, lang)]),
        R::NotOneOfTheTwo([first, second]) => R_CAL_TWO.fill(lang, &[first, second]),
        R::HandedIn(at) => R_CAL_HANDED.fill(lang, &[&when(*at, lang)]),
        R::StillOut(of) => R_CAL_STILL_OUT.fill(lang, &[&persons(of, lang)]),
        R::NotInIt(item) => R_CAL_NOT_IN.fill(lang, &[item]),
        R::NotOnASheet => R_CAL_SHEET.say(lang).to_owned(),
        R::Unanswered(of) => R_CAL_OPEN.fill(lang, &[&of.len(), &items(of, lang)]),
        R::Agreed(item) => R_CAL_AGREED.fill(lang, &[item]),
        R::NotChosen(of) => R_CAL_CHOOSE.fill(lang, &[&of.len(), &items(of, lang)]),
        R::Held([first, second]) => R_CAL_HELD.fill(lang, &[first, second]),
    })
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;
    use crate::domain::{BranchId, CalibrationId, RoundId};

    /// Names the refusal that follows one, so that none can be added without being said.
    fn next(refusal: &CalibrationRefusal) -> Option<CalibrationRefusal> {
        use CalibrationRefusal as R;
        let (by, at) = (PersonId("li".to_owned()), Stamp(1_795_000_000_000));
        let (item, two) = (ItemId("S-07".to_owned()), [by.clone(), PersonId("wang".to_owned())]);
        let id = CalibrationId { round: RoundId(1), branch: BranchId(2), n: 1 };
        Some(match refusal {
            R::Unknown => R::Exists(id),
            R::Exists(_) => R::UnderWay { by, at },
            R::UnderWay { .. } => R::Over { by, at },
            R::Over { .. } => R::OneWalker(by),
            R::OneWalker(_) => R::NoSuchPart("X".to_owned()),
            R::NoSuchPart(_) => R::JudgedAlready(vec![item]),
            R::JudgedAlready(_) => R::NotOneOfTheTwo(two),
            R::NotOneOfTheTwo(_) => R::HandedIn(at),
            R::HandedIn(_) => R::StillOut(two.to_vec()),
            R::StillOut(_) => R::NotInIt(item),
            R::NotInIt(_) => R::NotOnASheet,
            R::NotOnASheet => R::Unanswered(vec![item]),
            R::Unanswered(_) => R::Agreed(item),
            R::Agreed(_) => R::NotChosen(vec![item; 6]),
            R::NotChosen(_) => R::Held(two),
            R::Held(_) => return None,
        })
    }

    #[test]
    fn every_refusal_of_a_calibration_is_said_in_every_language() {
        let mut refusal = Some(CalibrationRefusal::Unknown);
        let mut count = 0;
        while let Some(this) = refusal {
            for lang in [Lang::Hant, Lang::Hans, Lang::En] {
                let said = said(&this.clone().into(), lang);
                assert!(!said.is_empty() && !said.contains("{}"), "{this:?}: {said:?}");
            }
            refusal = next(&this);
            count += 1;
        }
        assert_eq!(count, 16);
    }
}
