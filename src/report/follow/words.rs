//! Words of the papers of rectification.

use crate::locales::words;

words! {
    T_NOTICE: "整改通知書", "Rectification notice";
    T_PLAN: "整改方案", "Rectification plan";
    T_CLOSURE: "銷號申請（審核）單", "Closure: request and review";
    T_EXTENSION: "延期申請單", "Request for another day";
    T_REMINDER: "提醒函", "Reminder";
    T_URGING: "催辦函", "Urging letter";
    T_SUPERVISION: "督辦單", "Supervision sheet";
    T_TALK: "約談通知", "Notice of a talk";
    T_CIRCULAR: "黨建體檢督查通報", "Circular on the check-up";
    NUMBER: "發文字號", "Number";
    AT_ISSUE: "＿＿＿＿＿＿（印發時由人填寫）", "______________ (by hand, when issued)";
    TO: "主送", "To";
    SEAL: "印章", "Seal";
    H_SIGN: "簽認", "Signatures";
    SIGN_ISSUER: "簽發", "Issued by, signature";
    SIGN_APPLICANT: "申請人簽名", "Applicant, signature";
    SIGN_CHECKER: "核驗人簽名", "Verifier, signature";
    SIGN_APPROVER: "審批人簽名", "Approver, signature";
    PERSON_DECIDES: "本稿由程序按台賬和期限列出；發與不發、如何辦理，由人決定。", "The program lists by ledger and dates; whether this goes out and what follows is decided by a person.";
    ITEM: "事項編號", "Item no.";
    STATE: "狀態", "State";
    C_MEASURE: "整改措施", "Measure";
    C_GOAL: "整改目標", "Goal";
    C_CAUSE: "原因分析", "Cause";
    C_STAGES: "階段", "Stages";
    STAGES_CLOSED: "已階段性銷號{}次", "{} stages closed";
    BRANCH_PROPOSES: "由支部在整改方案中提出", "the branch proposes it in its plan";
    NTH_TIME: "第{}次發現", "found for the {}. time";
    RELAPSE: "銷號後反彈", "came back after its closure";
    ON_THE_SPOT: "檢查期間已立行立改", "put right during the check";
    NOTICE_SAYS: "經體檢，發現存在問題{}個，列為整改事項{}項。請按期整改，逐項銷號。", "The check-up has {} findings, with {} items to put right. Put each right by its day and ask for its closure.";
    H_TO_PUT_RIGHT: "問題和整改時限", "Findings and days";
    H_PAPERS: "應報送的材料", "Papers to hand in";
    HAND_IN_PLAN: "整改方案，附問題、任務、責任三張清單。", "The plan with the lists of problems, tasks and responsibility.";
    HAND_IN_EVIDENCE: "佐證材料索引：名稱、文號、日期、存放處。材料留在支部，不報原件。", "The index of evidence: title, number, date, where kept. The papers themselves stay with the branch.";
    HAND_IN_CLOSURE: "銷號申請單，逐項說明問題是否消除、原因是否解決、制度是否建立。", "The closure request: problem gone, cause dealt with, rule in place.";
    RECORDS_THAT_SERVE: "各事項可用的材料：", "Records that serve, by item:";
    ONLY_WHAT_IS_THERE: "只報工作中形成的材料，不為報送另做材料。", "Only records that the work itself has left; nothing is to be made for this.";
    H_RIGHTS: "說明和延期", "Answer and extension";
    RIGHT_TO_ANSWER: "對問題事實有不同意見的，請在簽收時書面說明，隨本通知書存檔。", "Who sees the facts otherwise says so in writing with the receipt; it is kept with this notice.";
    EXTENSIONS_ALLOWED: "確需延期的，請在到期前填報延期申請單；每項最多延期{}次。", "Who needs another day asks before the day; each item may be put off {} times.";
    H_SLIP: "簽收回執", "Receipt";
    SLIP_UNIT: "簽收單位", "Unit";
    SLIP_NUMBER: "通知書文號", "Number of the notice";
    SLIP_POST: "簽收崗位", "Post that receives it";
    SLIP_ANSWER: "意見或說明", "Answer";
    SLIP_SIGN: "簽名", "Signature";
    H_PROBLEMS: "問題清單", "List of problems";
    H_TASKS: "任務清單", "List of tasks";
    H_DUTIES: "責任清單", "List of responsibility";
    POSTS_ONLY: "責任填崗位，不填姓名。", "Posts only, no names.";
    H_MATTER: "整改事項", "The item";
    H_DAYS: "時限", "Days";
    FIRST_DUE: "原定時限", "First day";
    DUE_NOW: "現時限", "Day now";
    EXTENDED: "延期", "Extended";
    TIMES: "{}次", "{}×";
    TIMES_OF: "{}次（最多{}次）", "{}× (at most {})";
    RETURNED: "退回返工", "Sent back";
    RETURNED_FOR: "退回理由", "Sent back because";
    ISSUED_ON: "下發日期", "Issued on";
    H_DONE: "整改措施和結果", "Measure and result";
    H_EVIDENCE: "佐證材料索引", "Index of evidence";
    C_TITLE: "名稱", "Title";
    C_DOCUMENT: "文號", "Number";
    C_DATE: "日期", "Date";
    C_PLACE: "存放處", "Kept at";
    C_HASH: "校驗碼（SHA-256）", "SHA-256";
    NO_EVIDENCE: "尚未登記佐證材料。", "No evidence is entered yet.";
    EVIDENCE_COUNT: "共{}件。", "{} in all.";
    H_ASKED: "申請", "Request";
    APPLICANT: "申請人（崗位）", "Applicant (post)";
    ASKED_ON: "申請日期", "Asked on";
    H_REVIEW: "審核", "Review";
    CHECKER: "初核人（崗位）", "First check (post)";
    CHECKED_ON: "初核日期", "Checked on";
    ON_SITE: "現場核驗", "Check on site";
    CONCLUSION: "結論", "Conclusion";
    AGREED: "同意銷號（{}）", "closure agreed ({})";
    IN_TIME: "按期", "in time";
    LATE: "逾期", "late";
    CLOSED_ON: "銷號日期", "Closed on";
    TO_CHOOSE_CLOSURE: "□ 同意銷號　□ 退回，理由：＿＿＿＿＿＿　新時限：＿＿＿＿＿＿", "□ closure agreed  □ sent back, reason: __________  new day: __________";
    APPROVER: "審批人（崗位）", "Approver (post)";
    APPROVED_ON: "審批日期", "Approved on";
    THIRD_PERSON: "嚴重問題由第三人審批。", "A critical item is approved by a third person.";
    NOT_THE_SAME: "申請人不核驗、不審批本人提出的申請；本支部的人員回避。", "Nobody judges a request of their own or of their own branch.";
    H_WISH: "延期申請", "Request";
    TO_THE_DAY: "距時限", "To the day";
    WISHED_FOR: "申請延至", "Asked for";
    REASON: "理由", "Reason";
    H_SO_FAR: "已做的工作", "Done so far";
    PROGRESS: "進展", "Progress";
    H_BEFORE: "以往延期記錄", "Earlier requests";
    WAS_DUE: "當時時限", "Day then";
    GRANTED: "批准延期", "granted";
    REFUSED_FOR: "不批准：{}", "not granted: {}";
    DECIDED_ON: "決定日期", "Decided on";
    NONE_BEFORE: "沒有以往延期記錄。", "There was none.";
    H_DECISION: "意見和決定", "Opinion and decision";
    TO_CHOOSE_EXTENSION: "□ 批准，延至：＿＿＿＿＿＿　□ 不批准，理由：＿＿＿＿＿＿", "□ granted until: __________  □ not granted, reason: __________";
    REMINDER_SAYS: "下列整改事項{}項，距時限不超過{}天，請抓緊辦理。", "{} items are due within {} days. Please see to them.";
    URGING_SAYS: "下列整改事項{}項已逾期，請儘快辦理並答覆。", "{} items are overdue. Please see to them and answer.";
    SUPERVISION_SAYS: "下列整改事項{}項已逾期，列入督辦，請逐項回報。", "{} items are overdue and are supervised. Please report on each.";
    TALK_SAYS: "下列整改事項{}項，逾期超過{}天或退回兩次以上，擬約支部負責崗位談一次。", "{} items are more than {} days overdue or were sent back twice: a talk with the branch's leading post is proposed.";
    H_MATTERS: "事項", "Items";
    SENT: "已發文書", "Papers that went out";
    H_ASK: "請辦事項", "What is asked";
    ASK_IN_TIME: "請在時限內完成整改，登記佐證材料，申請銷號。", "Put right in time, enter the evidence, ask for the closure.";
    ASK_EXTENSION: "確有困難的，請在到期前申請延期。", "If that cannot be, ask for another day before the day.";
    ASK_WHY: "請逐項說明進展和未完成的原因。", "Say for each item how far it is and why it is not done.";
    ASK_WHEN: "請明確完成的日期和負責的崗位，完成後申請銷號。", "Name the day on which it will be done and the post that sees to it; then ask for the closure.";
    ASK_SHEET: "請填寫本單答覆欄，按答覆時限送回。", "Fill in the answer below and send it back by the day.";
    ASK_TALK: "請準備逐項說明進展、原因和下一步措施。談的是事項，不評價個人。", "Be ready to speak on each item: progress, cause, next step. The talk is about items, not about a person.";
    H_ANSWER: "答覆", "Answer";
    ANSWER_BY: "答覆時限", "Answer by";
    ANSWER_TO: "答覆至", "Answer to";
    TALK_WHEN: "時間", "When";
    TALK_WHERE: "地點", "Where";
    TALK_POST: "參加崗位", "Posts present";
    CAUSE_AND_NEXT: "原因和下步措施", "Cause and next step";
    H_OVERALL: "總體情況", "Overall";
    OVERALL_LOOKED: "本輪應體檢支部{}個，已簽認{}個，覆蓋率{}。", "{} branches are in the round, {} are signed: coverage {}.";
    OVERALL_FOUND: "列入台賬的問題{}個，其中嚴重{}個、較重{}個、一般{}個；重複發現{}個。", "The ledger has {} findings: {} critical, {} major, {} minor; {} were found again.";
    OVERALL_ITEMS: "整改事項{}項，已下發{}項，已銷號{}項，完成率{}；銷號的事項中按期{}。", "{} items, {} issued, {} closed: {} done; of the closed, in time {}.";
    OVERALL_OPEN: "在辦{}項，逾期{}項，逾期率{}；長期堅持的在辦事項{}項，另作統計。", "{} are open, {} overdue: {}; {} open ones are long-term and counted apart.";
    H_EXISTING: "存在問題", "Problems";
    C_FINDINGS: "問題", "Findings";
    C_BRANCHES: "支部", "Branches";
    ITEM_FOUND: "{}：問題{}個，涉及支部{}個：{}。", "{}: {} findings in {} branches: {}.";
    AND_OTHERS: "{}等", "{} and others";
    H_BEHIND: "逾期超過{}天的支部", "Branches with items more than {} days overdue";
    C_LATE: "逾期項數", "Overdue";
    C_MOST_DAYS: "最長天數", "Most days";
    TO_SUBMIT: "其中{}項逾期超過{}天或多次重複，由機關黨委研究。", "{} of them are more than {} days overdue or were found again and again: the committee looks at them.";
    H_DEMANDS: "整改要求", "What is required";
    DEMAND_LEDGER: "各支部對照台賬逐項整改，事項不清不銷號。", "Each branch works down the ledger item by item; what is not put right is not closed.";
    DEMAND_LATE: "有逾期事項的支部，逐項說明原因，明確完成日期。", "Branches with overdue items say why for each, and name the day.";
    DEMAND_REPEATED: "重複發現的問題，從制度上找原因，不只補當次。", "What was found again needs a rule, not only a repair.";
    DEMAND_BURDEN: "整改用工作中形成的材料說明，不為整改另做台賬和留痕。", "Show it with the records that the work itself has left; make none for this.";
    T_LOOKBACK: "「回頭看」報告", "Look-back report";
    T_STATISTICS: "數據統計表", "Statistics";
    LOOK_NUMBER: "回頭看編號", "Look-back no.";
    ONE_VERIFIER: "限同一核驗人", "of one verifier";
    NOT_ALL_SEEN: "未全部查看的原因", "Why not all were looked at";
    LOOK_SAMPLE: "符合條件的已銷號事項{}項，隨機抽取{}項，已看{}項，未看{}項。", "Of {} closed items that fit, {} were drawn at random; {} were looked at, {} were not.";
    LOOK_RESULT: "其中有效{}項，有效率{}；反彈{}項，反彈率{}。", "{} are still put right: {}; {} came back: {}.";
    LOOK_AGAIN: "同一條件、同一種子可重新抽得同一樣本。", "The same items and seed give the same sample.";
    H_SAMPLE: "抽樣和查看情況", "The sample and what was seen";
    LOOK_OUTCOME: "結果", "Result";
    LOOKED_ON: "查看日期", "Looked at on";
    LOOK_NOTE: "說明", "Note";
    H_RELAPSED: "反彈事項", "What came back";
    CAME_BACK: "反彈情況", "What has come back";
    NO_RELAPSE: "沒有發現反彈。", "Nothing has come back.";
    FIGURES: "數字", "Figures";
    FIGURES_WRITTEN: "{}輪次結束時記下", "as written down when the round ended on {}";
    FIGURES_NOW: "{}統計，輪次尚未結束", "as of {}; the round is not closed";
    CORRECTED_ON: "{}更正", "Corrected on {}";
    H_CHECKED: "體檢情況", "The check-up";
    H_RATES: "整改情況（不含長期堅持）", "Rectification (without standing items)";
    H_STANDING: "長期堅持事項（單列）", "Standing items, apart";
    FIGURE: "項目", "Figure";
    VALUE: "數值", "Value";
    HOW_COUNTED: "完成率、按期率按問題計，措施完成率、逾期率、一次通過率和天數按整改事項計；沒有可計的寫「—」。", "Closing and on-time rates count findings; the others count items; where there is nothing to count stands “—”.";
    NO_FOLLOWED: "沒有列入台賬的整改事項：體檢簽認後，問題才進入整改。", "Nothing is in the ledger: findings are followed once their inspection is signed.";
    NO_ITEM: "沒有這個整改事項。", "There is no such item.";
    NO_ISSUE: "該事項尚未下發；下發之後才有這份文書。", "The item is not issued yet; this paper is for issued ones.";
    NO_PAST: "答覆時限已經過去。", "The day for the answer has passed.";
    NO_PRESSED: "該支部沒有處於「{}」的在辦事項；現有：{}。", "The branch has no item at “{}”; there are: {}.";
    LEVEL_COUNT: "{}{}項", "{} {}";
    NONE_OPEN: "沒有在辦事項", "none in the branch's hands";
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_word_is_said_in_every_language() {
        crate::locales::assert_said(&super::all());
    }

    #[test]
    fn no_word_concludes_what_a_committee_alone_decides() {
        for (name, word) in super::all() {
            for lang in crate::domain::Lang::ALL {
                let said = word.say(lang).to_lowercase();
                for never in ["問責", "问责", "處分", "处分", "accountab", "disciplin", "punish", "sanction"] {
                    assert!(!said.contains(never), "{name}: {said}");
                }
            }
        }
    }
}
