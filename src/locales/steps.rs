//! Words for steps on items, one after another: the time line of a finding, and what the command line says of them.

use super::together::hour;
use super::{Lang, Word, day, state, words};
use crate::domain::{Did, Evidence, FollowChange, Hand, Paper, RectFacts, Rectification};

words! {
    /// Paper.
    PAPER_REMINDER: "提醒函", "reminder";
    PAPER_URGING: "催辦函", "urging letter";
    PAPER_SUPERVISION: "督辦單", "supervision sheet";
    PAPER_TALK: "約談通知", "notice of a talk";
    PAPER_CIRCULAR: "通報", "circular";
    STEP_OPENED: "問題進入整改：{}", "followed: {}";
    STEP_RELAPSED: "回頭看發現反彈：{}", "a look-back found it again: {}";
    STEP_RESTATED: "重新簽認，問題改為：{}", "signed again, the finding now reads: {}";
    STEP_DRAFTED: "擬定", "drafted";
    STEP_EDITED: "修改草稿", "draft corrected";
    STEP_ISSUED: "下發", "issued";
    STEP_RECEIVED: "簽收", "received";
    STEP_STARTED: "開始整改", "started";
    STEP_EVIDENCED: "登記佐證：{}", "evidence: {}";
    STEP_REQUESTED: "申請銷號：{}", "closure asked: {}";
    STEP_TAKEN_UP: "受理核驗", "taken up";
    STEP_CHECKED: "核驗通過，待批准", "found put right, waits for the approval";
    STEP_CLOSED: "銷號（按期）", "closed (in time)";
    STEP_CLOSED_LATE: "銷號（超期）", "closed (late)";
    STEP_STAGE: "階段性銷號，下一階段至 {}", "stage closed, the next one is due {}";
    STEP_RETURNED: "退回返工：{}（期限 {} -> {}）", "sent back: {} (due {} -> {})";
    STEP_REVOKED: "撤銷：{}", "revoked: {}";
    STEP_ASKED: "申請延期至 {}：{}", "asked for more time, to {}: {}";
    STEP_GRANTED: "批准延期：{} -> {}", "more time granted: {} -> {}";
    STEP_DENIED: "不批准延期：{}", "more time denied: {}";
    STEP_EXEMPTED: "豁免至 {}：{}", "exempted to {}: {}";
    STEP_LIFTED: "解除豁免：{}", "exemption lifted: {}";
    STEP_PUT_RIGHT: "立行立改", "put right on the spot";
    STEP_SENT: "已發{}", "sent: {}";
    STEP_CLAIMED: "領取核驗，至 {}", "claimed until {}";
    STEP_RELEASED: "交還核驗", "claim given back";
    SHOW_CLAIM: "領取", "Claim";
    STEP_DUE: "期限 {}", "due {}";
    STEP_ITEM: "第{}項", "item {}";
    ON_BEHALF: "{}（代{}）", "{} (for {})";
    WAITS_FOR_APPROVAL: "核驗通過，待批准", "found put right, waits for the approval";
    STEPS_DONE: "辦理 {} 項，跳過 {} 項。", "{} done, {} left out.";
    STEPS_WOULD: "試運行：可辦 {} 項，跳過 {} 項；未作任何改動。", "Dry run: {} would be done, {} left out; nothing was changed.";
    NO_SUCH_NAME: "沒有整改事項 {}。寫法：輪次/支部/檢查項/問題號.事項號，如 2026-4/JG-007/S-07/01.1（tijian ledger 列出）。", "There is no rectification item {}. It is written round/branch/item/finding.item, such as 2026-4/JG-007/S-07/01.1 (tijian ledger lists them).";
    NAME_NEAR: "沒有整改事項 {}；同一檢查項有：{}", "There is no rectification item {}; on the same checklist item there are:{}";
    NAME_AMBIGUOUS: "{} 不止一個，請寫明：{}", "{} names more than one, say which:{}";
    REV_OF_ONE: "--rev 只用於單個事項。", "--rev is for one item at a time.";
    REV_NOT_YET: "--rev {} 不對：現在是第 {} 次改動。", "--rev {} has not been yet: it stands at {}.";
    REV_STALE: "{} 於 {} 改過；請用 tijian rectify show 看過再辦。", "{} changed it at {}; look at it again with tijian rectify show.";
    STDIN_TWICE: "標準輸入只能用於一處「-」。", "Standard input can be one text only: there is more than one “-”.";
    STDIN_NOT_UTF8: "標準輸入不是 UTF-8 文字。", "Standard input is not UTF-8 text.";
    FOLLOWED_N: "已進入整改：{} 個問題。", "{} findings are followed now.";
    SHOW_BRANCH: "支部", "Branch";
    SHOW_FACT: "問題", "Finding";
    SHOW_MEASURE: "整改措施", "Measure";
    SHOW_LEAD: "責任領導", "Lead post";
    SHOW_POST: "責任人", "Duty post";
    SHOW_ISSUED: "下發", "Issued";
    SHOW_DUE: "整改時限", "Due";
    SHOW_FIRST: "原定 {}", "first {}";
    SHOW_EXTENDED: "延期 {} 次", "put off {} times";
    SHOW_MISSED: "曾超期", "a day was missed";
    SHOW_RETURNS: "退回 {} 次", "sent back {} times";
    SHOW_STAGES: "階段性銷號 {} 次", "{} stages closed";
    SHOW_ASKED: "待答延期", "Asks for";
    SHOW_ASKED_TO: "至 {}：{}", "to {}: {}";
    SHOW_EXEMPT: "豁免", "Exempt";
    SHOW_EVIDENCE: "佐證", "Evidence";
    SHOW_ANSWERS: "三問", "Answers";
    SHOW_CLOSURE: "銷號", "Closure";
    SHOW_SENT: "已發函", "Papers sent";
    SHOW_CHAIN: "歷次", "Chain";
    SHOW_NTH: "第{}次發現", "found for the {}. time";
    SHOW_RELAPSE: "反彈自 {}", "relapse of {}";
    SHOW_POSSIBLE: "現在可以", "Possible now";
    SHOW_TIME_LINE: "時間線", "Time line";
    SHOW_REASON: "理由", "Reason";
    SHOW_SINCE: "{} 於 {} 置為「{}」", "{} at {}: {}";
}

/// Returns the word of a paper.
pub fn paper(paper: Paper) -> &'static Word {
    match paper {
        Paper::Reminder => &PAPER_REMINDER,
        Paper::Urging => &PAPER_URGING,
        Paper::Supervision => &PAPER_SUPERVISION,
        Paper::Talk => &PAPER_TALK,
        Paper::Circular => &PAPER_CIRCULAR,
    }
}

/// Says who took a step, and for which post.
pub fn hand(hand: &Hand, lang: Lang) -> String {
    on_behalf(&hand.by.0, &hand.behalf, lang)
}

/// Says who acted, and for which post.
pub fn on_behalf(by: &str, behalf: &str, lang: Lang) -> String {
    if behalf.is_empty() { by.to_owned() } else { ON_BEHALF.fill(lang, &[&by, &behalf]) }
}

/// Says an index entry of evidence.
pub fn evidence(evidence: &Evidence, lang: Lang) -> String {
    let parts = [evidence.title.as_str(), &evidence.number, &day(evidence.date, lang), &evidence.place];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(comma(lang))
}

const fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ", ",
        Lang::Hant | Lang::Hans => "，",
    }
}

/// Returns what stands behind a label.
pub const fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ": ",
        Lang::Hant | Lang::Hans => "：",
    }
}

fn draft(word: &Word, facts: &RectFacts, lang: Lang) -> String {
    let due = STEP_DUE.fill(lang, &[&facts.due]);
    let parts = [facts.measure.as_str(), &facts.goal, &facts.lead, &facts.post, &due];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}{}{}", word.say(lang), colon(lang), parts.join(comma(lang)))
}

/// Says a step that was taken on an item.
pub fn step(did: &Did, lang: Lang) -> String {
    match did {
        Did::Drafted(facts) => draft(&STEP_DRAFTED, facts, lang),
        Did::Edited { now, .. } => draft(&STEP_EDITED, now, lang),
        Did::Issued => STEP_ISSUED.say(lang).to_owned(),
        Did::Received => STEP_RECEIVED.say(lang).to_owned(),
        Did::Started { measure, goal } => {
            let said: Vec<&str> =
                [measure, goal].into_iter().map(String::as_str).filter(|said| !said.is_empty()).collect();
            let colon = if said.is_empty() { "" } else { colon(lang) };
            format!("{}{colon}{}", STEP_STARTED.say(lang), said.join(comma(lang)))
        }
        Did::Evidenced(entry) => STEP_EVIDENCED.fill(lang, &[&evidence(entry, lang)]),
        Did::Requested(answers) => {
            let whole = |text: &str| text.trim_end_matches(['。', '.']).to_owned();
            let said = [&answers.gone, &answers.cause, &answers.rule].map(|text| whole(text)).join(comma(lang));
            STEP_REQUESTED.fill(lang, &[&said])
        }
        Did::TakenUp => STEP_TAKEN_UP.say(lang).to_owned(),
        Did::Checked => STEP_CHECKED.say(lang).to_owned(),
        Did::Closed { in_time: true } => STEP_CLOSED.say(lang).to_owned(),
        Did::Closed { in_time: false } => STEP_CLOSED_LATE.say(lang).to_owned(),
        Did::StageClosed { next } => STEP_STAGE.fill(lang, &[next]),
        Did::Returned { reason, was, due } => STEP_RETURNED.fill(lang, &[reason, was, due]),
        Did::Revoked { reason } => STEP_REVOKED.fill(lang, &[reason]),
        Did::Asked { to, reason } => STEP_ASKED.fill(lang, &[to, reason]),
        Did::Granted { was, due } => STEP_GRANTED.fill(lang, &[was, due]),
        Did::Denied { reason } => STEP_DENIED.fill(lang, &[reason]),
        Did::Exempted { until, reason } => STEP_EXEMPTED.fill(lang, &[until, reason]),
        Did::Lifted { reason } => STEP_LIFTED.fill(lang, &[reason]),
        Did::PutRight => STEP_PUT_RIGHT.say(lang).to_owned(),
        Did::Sent(sent) => STEP_SENT.fill(lang, &[&paper(*sent).say(lang)]),
        Did::Claimed { until } => STEP_CLAIMED.fill(lang, &[&hour(*until)]),
        Did::Released => STEP_RELEASED.say(lang).to_owned(),
    }
}

/// Says what happened to a followed finding, with the item where it has more than one.
pub fn follow_change(change: &FollowChange, lang: Lang) -> String {
    match change {
        FollowChange::Opened { facts, .. } => STEP_OPENED.fill(lang, &[&facts.fact.replace('\n', " ")]),
        FollowChange::Relapsed { facts, .. } => STEP_RELAPSED.fill(lang, &[&facts.fact.replace('\n', " ")]),
        FollowChange::Restated { now, .. } => STEP_RESTATED.fill(lang, &[&now.fact.replace('\n', " ")]),
        FollowChange::Item { n, behalf, did, .. } => {
            let said = on_behalf(&step(did, lang), behalf, lang);
            if *n == 1 { said } else { format!("{} {said}", STEP_ITEM.fill(lang, &[n])) }
        }
    }
}

/// Says where an item stands, who brought it there, and when.
pub fn since(item: &Rectification, lang: Lang) -> String {
    let when = format!("{} {}", super::on_day(item.since.at, lang), super::clock(item.since.at));
    SHOW_SINCE.fill(lang, &[&hand(&item.since, lang), &when, &state(item.state).say(lang)])
}
