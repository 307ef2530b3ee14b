//! Words of the ledger and of an item's page.

use super::{Word, words};
use crate::domain::{LedgerSort, LedgerView};

words! {
    LEDGER: "整改台賬", "Ledger";
    RECT: "整改事項", "Rectification";
    V_OPEN: "在改", "Open";
    V_OVERDUE: "逾期", "Overdue";
    V_NEAR: "臨近", "Near";
    V_TO_VERIFY: "待核驗", "To verify";
    V_MINE: "我的", "Mine";
    V_REPEATED: "重複", "Repeated";
    V_DRAFTED: "待下發", "Drafts";
    V_CLOSED: "已銷號", "Closed";
    V_ALL: "全部", "All";
    S_DUE: "期限", "due";
    S_BRANCH: "支部", "branch";
    S_ITEM: "檢查項", "item";
    S_SEVERITY: "嚴重程度", "severity";
    S_STATE: "狀態", "state";
    S_RETURNS: "退回次數", "returns";
    SORTED_BY: "按{}", "by {}";
    LEDGER_COMING: "正在讀取台賬（已讀 {} 項），先列最緊的", "Reading the ledger ({} items so far); the most pressing first";
    LEDGER_EMPTY: "還沒有整改事項：體檢簽認後，問題自動列入台賬", "No items yet: findings come here once an inspection is signed";
    LEDGER_SEARCHING: "還在查找", "Still looking";
    LEDGER_SORTING: "正在改按{}排列", "Putting in order by {}";
    VIEW_EMPTY: "這一視圖沒有事項", "Nothing in this view";
    MARKED_N: "已標 {} 項", "{} marked";
    N_ITEMS: "（{} 項）", " ({} items)";
    NTH_TIME: "第{}次", "{}. time";
    RETURNED_N: "退回{}次", "sent back {}×";
    EXTENDED_N: "延期{}次", "put off {}×";
    ASKED_MARK: "待批延期", "more time asked";
    CHECKED_MARK: "待批准", "to approve";
    NOTHING_SELECTED: "沒有選中事項", "Nothing is selected";
    ITEM_IS_OVER: "這一事項已經了結", "This item is over";
    ASK_STEP: "確定{}嗎？", "{}: are you sure?";
    STEPS_TAKEN: "辦理 {} 項，跳過 {} 項", "{} done, {} skipped";
    PREVIEW_TITLE: "{}：將辦理 {} 項，跳過 {} 項", "{}: {} to do, {} to skip";
    PREVIEW_KEYS: "Enter 辦理  Esc 不辦  ↓↑ 翻看", "Enter go ahead  Esc no  ↓↑ scroll";
    PREVIEW_SKIP: "跳過", "skip";
    PREVIEW_DO: "辦理", "do";
    CLOSE_WHOLE: "整項銷號", "close the item";
    CLOSE_STAGE: "階段性銷號", "close a stage";
    F_CLOSING: "銷號方式", "Closing";
    F_NEXT_STAGE: "下一階段期限", "Next stage due";
    F_NEW_DUE: "新期限", "New day";
    F_UNTIL: "豁免至", "Exempt to";
    F_REASON: "理由", "Reason";
    F_PAPER: "文書", "Paper";
    F_DATE: "材料日期", "Date";
    H_POST: "崗位，不寫姓名", "a post, not a name";
    H_EVIDENCE: "材料名稱，如會議記錄", "such as: minutes of a meeting";
    H_PLACE: "如支部檔案櫃第2格", "such as: branch archive, shelf 2";
    H_SHA: "文件校驗值，可不填", "of a file, or nothing";
    H_COL_POST: "責任人", "Post";
    H_COL_CLASS: "類型", "Class";
    H_COL_ISSUED: "下發", "Issued";
    H_COL_REQUESTED: "申請", "Asked";
    H_COL_EXTENSIONS: "延期", "+d";
    H_COL_RETURNS: "退回", "Back";
    RECT_FACT: "問題", "Finding";
    RECT_STATE: "狀態", "State";
    RECT_TERMS: "期限", "Due";
    RECT_POSTS: "責任", "Posts";
    RECT_CHAIN: "重複", "Repeats";
    RECT_ANSWERS: "自述", "Answers";
    RECT_LINE: "經過", "History";
    RECT_OF: "第 {}/{} 項", "item {}/{}";
    SINCE: "{} {} 起", "since {} {}";
    FIRST_DUE: "原定 {}", "first {}";
    REPEAT_OF: "上次 {}", "before: {}";
    RELAPSE_OF: "反彈自 {}", "relapse of {}";
}

/// Returns the word of a view.
pub fn view(view: LedgerView) -> &'static Word {
    match view {
        LedgerView::Open => &V_OPEN,
        LedgerView::Overdue => &V_OVERDUE,
        LedgerView::Near => &V_NEAR,
        LedgerView::ToVerify => &V_TO_VERIFY,
        LedgerView::Mine => &V_MINE,
        LedgerView::Repeated => &V_REPEATED,
        LedgerView::Drafted => &V_DRAFTED,
        LedgerView::Closed => &V_CLOSED,
        LedgerView::All => &V_ALL,
    }
}

/// Returns the word of a column that sorts.
pub fn sort(sort: LedgerSort) -> &'static Word {
    match sort {
        LedgerSort::Due => &S_DUE,
        LedgerSort::Branch => &S_BRANCH,
        LedgerSort::Item => &S_ITEM,
        LedgerSort::Severity => &S_SEVERITY,
        LedgerSort::State => &S_STATE,
        LedgerSort::Returns => &S_RETURNS,
    }
}
