//! Words for what follows a finding: states, steps, roles, papers, and why a step is refused.

use super::{Lang, VERB_CLAIM, VERB_RELEASE, Word, clock, day, words};
use crate::domain::{Level, Refusal, Role, Standing, State, Verb, Waiting};

words! {
    /// State.
    STATE_DRAFTED: "擬定", "drafted";
    STATE_ISSUED: "下發", "issued";
    STATE_RECEIVED: "簽收", "received";
    STATE_WORKING: "整改中", "in work";
    STATE_REQUESTED: "申請銷號", "closure asked";
    STATE_VERIFYING: "核驗中", "verifying";
    STATE_CLOSED: "已銷號", "closed";
    STATE_REVOKED: "撤銷", "revoked";
    /// Step.
    VERB_DRAFT: "增加事項", "add an item";
    VERB_EDIT: "修改草稿", "edit the draft";
    VERB_ISSUE: "下發", "issue";
    VERB_PUT_RIGHT: "立行立改", "put right on the spot";
    VERB_RECEIVE: "簽收", "receive";
    VERB_START: "開始整改", "start";
    VERB_EVIDENCE: "登記佐證", "enter evidence";
    VERB_REQUEST: "申請銷號", "ask for closure";
    VERB_TAKE_UP: "受理核驗", "take up";
    VERB_PASS: "核驗通過", "pass";
    VERB_APPROVE: "批准銷號", "approve closure";
    VERB_RETURN: "退回返工", "send back";
    VERB_ASK: "申請延期", "ask for more time";
    VERB_GRANT: "批准延期", "grant more time";
    VERB_DENY: "不批准延期", "deny more time";
    VERB_EXEMPT: "豁免", "exempt";
    VERB_LIFT: "解除豁免", "lift the exemption";
    VERB_REVOKE: "撤銷", "revoke";
    VERB_SEND: "登記發函", "record a paper";
    /// Role.
    ROLE_ADMIN: "管理員", "admin";
    ROLE_INSPECTOR: "督查員", "inspector";
    ROLE_APPROVER: "審批人", "approver";
    ROLE_BRANCH: "支部人員", "branch";
    ROLE_VIEWER: "查閱人", "viewer";
    /// How hard it is pressed for.
    LEVEL_NORMAL: "正常", "normal";
    LEVEL_REMIND: "提醒", "remind";
    LEVEL_SUPERVISE: "督辦", "supervise";
    LEVEL_TALK: "約談", "talk";
    LEVEL_CIRCULATE: "通報", "circulate";
    LEVEL_SUBMIT: "提請研究", "put before the committee";
    /// How it stands to its day.
    DAYS_LEFT: "剩{}天", "{} d left";
    DAYS_TODAY: "今天到期", "due today";
    DAYS_OVER: "逾期{}天", "{} d overdue";
    EXEMPT_UNTIL: "豁免至{}", "exempt to {}";
    /// What an item waits for.
    WAITS_ISSUE: "待下發", "to issue";
    WAITS_RECEIVE: "待簽收", "to receive";
    WAITS_START: "待整改", "to start";
    WAITS_VERIFY: "待核驗", "to verify";
    WAITS_APPROVE: "待批准", "to approve";
    WAITS_ANSWER: "待批延期", "time asked";
    SENT_BACK: "退回返工", "sent back";
    /// Counts of items.
    RECTIFICATION: "整改", "Rectification";
    OPEN_N: "在改 {}", "open {}";
    OVERDUE_N: "逾期 {}", "overdue {}";
    TO_VERIFY_N: "待核驗 {}", "to verify {}";
    TO_ISSUE_N: "待下發 {}", "to issue {}";
    CLOSED_N: "已銷號 {}", "closed {}";
    ALL_N: "全部 {}", "all {}";
    CLOSED_SHARE: "銷號進度 {}", "closed of issued {}";
    BEING_COUNTED: "正在統計……", "Being counted…";
    /// Why not.
    R_NOT_ADMIN: "設置和人員由管理員管", "Settings and persons are the admin's";
    R_LAST_ADMIN: "至少要留一名管全部支部的管理員", "At least one admin over the whole tree has to stay";
    R_NO_RECT: "沒有第 {} 項整改事項", "There is no rectification item {}";
    R_NOT_FOLLOWED: "尚未進入整改：這次體檢還沒有簽認", "Not followed yet: its inspection is not signed";
    R_FINDING_ISSUED: "問題 {} 的整改已下發，內容不能再改；更正請另記問題", "Finding {} was issued and is fixed; write a new finding to correct it";
    R_FINDING_CLOSED: "問題 {} 已銷號，不能再加整改事項；再次發現請另記問題", "Finding {} is closed and takes no further item; what is found again is a new finding";
    R_NOT_NOW: "現在不能{}：現為「{}」（{}，{}）{}", "Cannot {} now: it is “{}” ({}, {}){}";
    R_POSSIBLE: "；現在可以：{}", "; possible now: {}";
    R_OVER: "，已經了結", ", it is over";
    R_NOT_YOURS: "「{}」由{}做", "“{}” is for: {}";
    R_NEEDS_BEHALF: "「{}」是支部的事：代為登記要寫明代哪個崗位", "“{}” is the branch's step: name the post on whose behalf";
    R_SAME_HAND: "前一步是 {} 做的，這一步要由另一個人做", "Somebody else has to do this: {} took the step before";
    R_SAME_POST: "前一步是 {}（{} 代）做的，這一步要由另一方做", "Another party has to do this: {} (through {}) took the step before";
    R_OWN_BRANCH: "回避：本人所在支部的事項由別人核驗", "Avoidance: somebody else verifies for one's own branch";
    R_NO_EVIDENCE: "還沒有佐證材料：先登記至少一條", "There is no evidence: enter at least one piece";
    R_OLD_EVIDENCE: "佐證材料的日期都不晚於下發日 {}", "No piece of evidence is later than the issue on {}";
    R_NO_NEW_EVIDENCE: "退回或階段銷號之後還沒有登記新的佐證", "No evidence was entered since it was sent back or its last stage was closed";
    R_FUTURE: "{} 還沒有到（今天 {}）", "{} has not come yet (today is {})";
    R_PAST: "{} 已經過去（今天 {}）", "{} is over (today is {})";
    R_NOT_LATER: "新期限 {} 不晚於現在的 {}", "The new day {} is not later than {}";
    R_NO_MORE: "已經延期 {} 次，不能再延", "It was put off {} times, no more are allowed";
    R_BATCH: "嚴重問題要逐項核驗，不能成批", "Critical items are judged one by one, never in a batch";
    R_NO_STAGES: "只有長期堅持的事項分階段銷號", "Only standing items are closed in stages";
    R_NOT_AT_ONCE: "立行立改只用於該類、且不是嚴重的問題", "Only items of the class “at once” that are not critical are put right on the spot";
    FIELD_MEASURE: "整改措施", "Measure";
    FIELD_GONE: "問題是否消除", "Problem gone";
    FIELD_CAUSE: "原因是否解決", "Cause dealt with";
    FIELD_RULE: "制度是否建立", "Rule in place";
    FIELD_EVIDENCE: "佐證名稱", "Evidence";
    FIELD_NUMBER: "文號", "Number";
    FIELD_PLACE: "存放處", "Kept at";
    FIELD_BEHALF: "代哪個崗位", "On behalf of";
    FIELD_POST: "崗位", "Post";
    FIELD_LEAD: "責任領導", "Lead post";
    FIELD_DUTY_POST: "責任人", "Duty post";
    FIELD_PERSON: "人員", "Person";
    FIELD_OVER: "所管支部", "Branch";
    FIELD_EXTENSIONS: "延期次數", "Extensions";
    FIELD_NEAR: "臨近天數", "Days near";
    FIELD_TALK: "約談天數", "Days to a talk";
    FIELD_CIRCULATE: "通報天數", "Days to a circular";
    FIELD_SUBMIT: "提請天數", "Days to submission";
    FIELD_MONTHS: "重複期（月）", "Months of repeats";
    FIELD_ITEMS: "整改事項數", "Items";
    FIELD_YEAR: "年份", "Year";
}

/// Returns the word of a state.
pub fn state(state: State) -> &'static Word {
    match state {
        State::Drafted => &STATE_DRAFTED,
        State::Issued => &STATE_ISSUED,
        State::Received => &STATE_RECEIVED,
        State::Working => &STATE_WORKING,
        State::Requested => &STATE_REQUESTED,
        State::Verifying => &STATE_VERIFYING,
        State::Closed => &STATE_CLOSED,
        State::Revoked => &STATE_REVOKED,
    }
}

/// Returns the word of what an item waits for.
pub fn waiting(waiting: Waiting, state: State) -> &'static Word {
    match (waiting, state) {
        (Waiting::Issue, _) => &WAITS_ISSUE,
        (Waiting::Branch, State::Issued) => &WAITS_RECEIVE,
        (Waiting::Branch, State::Received) => &WAITS_START,
        (Waiting::Branch, _) => &STATE_WORKING,
        (Waiting::Verify, State::Verifying) => &STATE_VERIFYING,
        (Waiting::Verify, _) => &WAITS_VERIFY,
        (Waiting::Approve, _) => &WAITS_APPROVE,
        (Waiting::Answer, _) => &WAITS_ANSWER,
    }
}

/// Returns the word of a step.
pub fn verb(verb: Verb) -> &'static Word {
    match verb {
        Verb::Draft => &VERB_DRAFT,
        Verb::Edit => &VERB_EDIT,
        Verb::Issue => &VERB_ISSUE,
        Verb::PutRight => &VERB_PUT_RIGHT,
        Verb::Receive => &VERB_RECEIVE,
        Verb::Start => &VERB_START,
        Verb::Evidence => &VERB_EVIDENCE,
        Verb::Request => &VERB_REQUEST,
        Verb::TakeUp => &VERB_TAKE_UP,
        Verb::Pass => &VERB_PASS,
        Verb::Approve => &VERB_APPROVE,
        Verb::Return => &VERB_RETURN,
        Verb::Ask => &VERB_ASK,
        Verb::Grant => &VERB_GRANT,
        Verb::Deny => &VERB_DENY,
        Verb::Exempt => &VERB_EXEMPT,
        Verb::Lift => &VERB_LIFT,
        Verb::Revoke => &VERB_REVOKE,
        Verb::Send => &VERB_SEND,
        Verb::Claim => &VERB_CLAIM,
        Verb::Release => &VERB_RELEASE,
    }
}

/// Returns the word of a role.
pub fn role(role: Role) -> &'static Word {
    match role {
        Role::Admin => &ROLE_ADMIN,
        Role::Inspector => &ROLE_INSPECTOR,
        Role::Approver => &ROLE_APPROVER,
        Role::Branch => &ROLE_BRANCH,
        Role::Viewer => &ROLE_VIEWER,
    }
}

/// Returns the word of how hard an item is pressed for.
pub fn level(level: Level) -> &'static Word {
    match level {
        Level::Normal => &LEVEL_NORMAL,
        Level::Remind => &LEVEL_REMIND,
        Level::Supervise => &LEVEL_SUPERVISE,
        Level::Talk => &LEVEL_TALK,
        Level::Circulate => &LEVEL_CIRCULATE,
        Level::Submit => &LEVEL_SUBMIT,
    }
}

/// Says how an item stands to its day; nothing where no day runs.
pub fn standing(standing: Standing, lang: Lang) -> String {
    match standing {
        Standing::Still => String::new(),
        Standing::Exempt(until) => EXEMPT_UNTIL.fill(lang, &[&until]),
        Standing::Left(0) => DAYS_TODAY.say(lang).to_owned(),
        Standing::Left(left) => DAYS_LEFT.fill(lang, &[&left]),
        Standing::Overdue(late) => DAYS_OVER.fill(lang, &[&late]),
    }
}

pub(super) fn listed<T: Copy>(all: &[T], word: fn(T) -> &'static Word, lang: Lang) -> String {
    let words: Vec<&str> = all.iter().map(|one| word(*one).say(lang)).collect();
    words.join(if lang == Lang::En { ", " } else { "、" })
}

/// Says why a step, a setting or a person is refused; nothing for what is refused elsewhere.
pub(super) fn refused(refusal: &Refusal, lang: Lang) -> Option<String> {
    Some(match refusal {
        Refusal::NotAdmin => R_NOT_ADMIN.say(lang).to_owned(),
        Refusal::LastAdmin => R_LAST_ADMIN.say(lang).to_owned(),
        Refusal::NoSuchRect(n) => R_NO_RECT.fill(lang, &[n]),
        Refusal::NotFollowed => R_NOT_FOLLOWED.say(lang).to_owned(),
        Refusal::FindingIssued(n) => R_FINDING_ISSUED.fill(lang, &[n]),
        Refusal::FindingClosed(n) => R_FINDING_CLOSED.fill(lang, &[&format_args!("{n:02}")]),
        Refusal::NotNow { verb: step, state: now, by, at, possible } => {
            let possible = match possible.as_slice() {
                [] => R_OVER.say(lang).to_owned(),
                verbs => R_POSSIBLE.fill(lang, &[&listed(verbs, verb, lang)]),
            };
            let when = format!("{} {}", at.china_day(), clock(*at));
            R_NOT_NOW.fill(lang, &[&verb(*step).say(lang), &state(*now).say(lang), by, &when, &possible])
        }
        Refusal::NotYours { verb: step, roles } => {
            R_NOT_YOURS.fill(lang, &[&verb(*step).say(lang), &listed(roles, role, lang)])
        }
        Refusal::NeedsBehalf(step) => R_NEEDS_BEHALF.fill(lang, &[&verb(*step).say(lang)]),
        Refusal::SameHand { by, behalf } if behalf.is_empty() => R_SAME_HAND.fill(lang, &[by]),
        Refusal::SameHand { by, behalf } => R_SAME_POST.fill(lang, &[behalf, by]),
        Refusal::OwnBranch(_) => R_OWN_BRANCH.say(lang).to_owned(),
        Refusal::NoEvidence => R_NO_EVIDENCE.say(lang).to_owned(),
        Refusal::EvidenceTooOld { issued } => R_OLD_EVIDENCE.fill(lang, &[&day(*issued, lang)]),
        Refusal::NoNewEvidence => R_NO_NEW_EVIDENCE.say(lang).to_owned(),
        Refusal::FromTheFuture { day: then, today } => R_FUTURE.fill(lang, &[&day(*then, lang), &day(*today, lang)]),
        Refusal::Past { day: then, today } => R_PAST.fill(lang, &[&day(*then, lang), &day(*today, lang)]),
        Refusal::NotLater { due, to } => R_NOT_LATER.fill(lang, &[&day(*to, lang), &day(*due, lang)]),
        Refusal::NoMoreExtensions(most) => R_NO_MORE.fill(lang, &[most]),
        Refusal::NotInABatch => R_BATCH.say(lang).to_owned(),
        Refusal::NoStages => R_NO_STAGES.say(lang).to_owned(),
        Refusal::NotAtOnce => R_NOT_AT_ONCE.say(lang).to_owned(),
        _ => return None,
    })
}

/// Returns the word of a field of what follows a finding.
pub(super) fn field(field: &str) -> Option<&'static Word> {
    Some(match field {
        "measure" => &FIELD_MEASURE,
        "goal" => &super::COL_GOAL,
        "gone" => &FIELD_GONE,
        "cause" => &FIELD_CAUSE,
        "rule" => &FIELD_RULE,
        "evidence" => &FIELD_EVIDENCE,
        "number" => &FIELD_NUMBER,
        "place" => &FIELD_PLACE,
        "behalf" => &FIELD_BEHALF,
        "post" => &FIELD_POST,
        "lead" => &FIELD_LEAD,
        "duty_post" => &FIELD_DUTY_POST,
        "person" => &FIELD_PERSON,
        "over" => &FIELD_OVER,
        "extensions" => &FIELD_EXTENSIONS,
        "near" => &FIELD_NEAR,
        "talk_after" => &FIELD_TALK,
        "circulate_after" => &FIELD_CIRCULATE,
        "submit_after" => &FIELD_SUBMIT,
        "repeat_months" => &FIELD_MONTHS,
        "items" => &FIELD_ITEMS,
        "year" => &FIELD_YEAR,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use crate::domain::{
        BranchId, Day, EditionId, FindingId, ItemId, Lang, LookbackId, PersonId, RectId, Refusal, Role, RoundId, Stamp,
        State, Verb, Verdict,
    };

    /// Makes the refusal that follows another; a new kind has to be put into the row.
    fn next(refusal: &Refusal) -> Option<Refusal> {
        use Refusal as R;
        let (by, at) = (PersonId("li".to_owned()), Stamp(0));
        let day = Day::new(2026, 11, 23).unwrap();
        let (round, branch) = (RoundId(3), BranchId(7));
        let item = || ItemId("S-07".to_owned());
        Some(match refusal {
            R::NothingChanged => R::Stale { item: None, by, at },
            R::Stale { .. } => R::NoSuchBranch(branch),
            R::NoSuchBranch(_) => R::BranchExists(branch),
            R::BranchExists(_) => R::CodeTaken { code: "JG".to_owned(), holder: branch },
            R::CodeTaken { .. } => R::BelowItself(branch),
            R::BelowItself(_) => R::MoreFullThanAll { full: 3, all: 2 },
            R::MoreFullThanAll { .. } => R::OutOfRange { field: "near", low: 0, high: 9 },
            R::OutOfRange { .. } => R::NoSuchRound(round),
            R::NoSuchRound(_) => R::RoundExists(round),
            R::RoundExists(_) => R::RoundCodeTaken { code: "2026-4".to_owned(), holder: round },
            R::RoundCodeTaken { .. } => R::RoundClosed(round),
            R::RoundClosed(_) => R::RoundBegun(round),
            R::RoundBegun(_) => R::RoundSigned(round),
            R::RoundSigned(_) => R::BranchWalked { round, branch },
            R::BranchWalked { .. } => R::StillUnsigned(4),
            R::StillUnsigned(_) => R::NotInRound { round, branch },
            R::NotInRound { .. } => R::PeriodBackwards { from: day, to: day },
            R::PeriodBackwards { .. } => R::GradesOutOfOrder,
            R::GradesOutOfOrder => R::NoSuchEdition(EditionId([0; 32])),
            R::NoSuchEdition(_) => R::NoSuchVeto("x".to_owned()),
            R::NoSuchVeto(_) => R::NoSuchItem(item()),
            R::NoSuchItem(_) => R::NoSuchFinding(3),
            R::NoSuchFinding(_) => R::NoSuchCard(4),
            R::NoSuchCard(_) => R::CardTaken { by, at },
            R::CardTaken { .. } => R::NotOnThisScale(Verdict::Good),
            R::NotOnThisScale(_) => R::NeedsReason(item()),
            R::NeedsReason(_) => R::SlotOpen("n".to_owned()),
            R::SlotOpen(_) => R::AlreadySigned { by, at },
            R::AlreadySigned { .. } => R::Incomplete(Box::default()),
            R::Incomplete(_) => R::NothingToUndo,
            R::NothingToUndo => R::NothingToRedo,
            R::NothingToRedo => R::Empty("reason"),
            R::Empty(_) => R::TooLong { field: "reason", limit: 200 },
            R::TooLong { .. } => R::Unclean("reason"),
            R::Unclean(_) => R::Classified("機密".to_owned()),
            R::Classified(_) => R::NotAdmin,
            R::NotAdmin => R::LastAdmin,
            R::LastAdmin => R::NoSuchRect(2),
            R::NoSuchRect(_) => R::NotFollowed,
            R::NotFollowed => R::FindingIssued(2),
            R::FindingIssued(_) => {
                R::NotNow { verb: Verb::Issue, state: State::Closed, by, at, possible: vec![Verb::Start] }
            }
            R::NotNow { .. } => R::Claimed { by, until: at },
            R::Claimed { .. } => R::NotYours { verb: Verb::Issue, roles: vec![Role::Admin] },
            R::NotYours { .. } => R::NeedsBehalf(Verb::Receive),
            R::NeedsBehalf(_) => R::SameHand { by, behalf: "支部書記".to_owned() },
            R::SameHand { .. } => R::OwnBranch(branch),
            R::OwnBranch(_) => R::NoEvidence,
            R::NoEvidence => R::EvidenceTooOld { issued: day },
            R::EvidenceTooOld { .. } => R::NoNewEvidence,
            R::NoNewEvidence => R::FromTheFuture { day, today: day },
            R::FromTheFuture { .. } => R::Past { day, today: day },
            R::Past { .. } => R::NotLater { due: day, to: day },
            R::NotLater { .. } => R::NoMoreExtensions(2),
            R::NoMoreExtensions(_) => R::NotInABatch,
            R::NotInABatch => R::NoStages,
            R::NoStages => R::NotAtOnce,
            R::NotAtOnce => R::MergedOn(branch),
            R::MergedOn(_) => R::FindingClosed(2),
            R::FindingClosed(_) => R::ForOthers { roles: vec![Role::Admin] },
            R::ForOthers { .. } => R::OutOfReach(Some(branch)),
            R::OutOfReach(_) => R::NoSuchLookback(LookbackId(2)),
            R::NoSuchLookback(id) => R::LookbackExists(*id),
            R::LookbackExists(_) => R::LookbackEnded { by, at },
            R::LookbackEnded { .. } => R::NothingToDraw,
            R::NothingToDraw => R::NotDrawn(RectId { finding: FindingId { round, branch, n: 1 }, item: 1 }),
            R::NotDrawn(_) => R::StillToLookAt(3),
            R::StillToLookAt(_) => R::RoundOpen(round),
            R::RoundOpen(_) => R::UnderCorrection(round),
            R::UnderCorrection(_) => R::NoSuchWalker(by),
            R::NoSuchWalker(_) => R::NoSuchPost { field: "lead", post: "書記員".to_owned(), known: Box::default() },
            R::Calibration(_) => return None,
            R::NoSuchPost { .. } => R::NoSuchPerson(by),
            #[rustfmt::skip]
            R::NoSuchPerson(_) | R::NotAKey | R::KeyTaken(_) | R::LoginTaken { .. } | R::TooManyWays(_)
                | R::NoSuchWay(_) => return crate::locales::ssh::next(refusal),
        })
    }

    #[test]
    fn every_refusal_is_said_in_every_language() {
        let mut refusal = Some(Refusal::NothingChanged);
        let mut count = 0;
        while let Some(this) = refusal {
            for lang in [Lang::Hant, Lang::Hans, Lang::En] {
                let said = said(&this, lang);
                assert!(!said.is_empty() && !said.contains("{}"), "{this:?}: {said:?}");
            }
            refusal = next(&this);
            count += 1;
        }
        assert!(count > 50, "{count}");
    }

    #[test]
    fn a_step_that_cannot_be_says_where_the_item_stands_since_when_and_what_can_be() {
        let refusal = |possible| Refusal::NotNow {
            verb: Verb::Receive,
            state: State::Drafted,
            by: PersonId("li".to_owned()),
            at: Stamp(1_795_000_000_000),
            possible,
        };
        let open = said(&refusal(vec![Verb::Edit, Verb::Issue]), Lang::Hant);
        for told in ["不能簽收", "li", "2026-11-18", "「擬定」", "現在可以：修改草稿、下發"] {
            assert!(open.contains(told), "{told}: {open}");
        }
        assert!(said(&refusal(Vec::new()), Lang::En).ends_with("it is over"));
    }
}
