//! The columns of the ledger (整改台賬) on paper and in files.

use super::words;

words! {
    COL_NUMBER: "序號", "No.";
    COL_ID: "問題編號", "ID";
    COL_ROUND: "輪次", "Round";
    COL_BRANCH_CODE: "支部編號", "Branch code";
    COL_BRANCH: "支部", "Branch";
    COL_ITEM: "檢查項編號", "Item";
    COL_KIND: "問題類別", "Group";
    COL_FACT: "問題描述", "Finding";
    COL_BASIS: "依據（以正式印發文本為準）", "Basis (the officially issued text prevails)";
    COL_SEVERITY: "嚴重程度", "Severity";
    COL_CLASS: "整改類型", "Class";
    COL_GOAL: "整改目標", "Goal";
    COL_MEASURE: "整改措施", "Measure";
    COL_LEAD: "責任領導（崗位）", "Lead post";
    COL_POST: "責任人（崗位）", "Duty post";
    COL_ISSUED: "下發日期", "Issued";
    COL_RECEIVED: "簽收日期", "Received";
    COL_FIRST_DUE: "整改時限", "First due";
    COL_EXTENSIONS: "延期次數", "Extensions";
    COL_DUE: "現時限", "Due";
    COL_STATE: "進展", "State";
    COL_STANDING: "期限情況", "Standing";
    COL_EVIDENCE: "佐證材料索引", "Evidence";
    COL_REQUESTED: "申請銷號日期", "Closure asked";
    COL_VERIFIER: "核驗人（崗位）", "Verifying post";
    COL_CONCLUSION: "核驗結論", "Conclusion";
    COL_RETURNS: "退回次數", "Returns";
    COL_CLOSED: "銷號日期", "Closed";
    COL_IN_TIME: "是否按期", "In time";
    COL_NTH: "是否重複（第n次）", "Found for the n-th time";
    COL_RELAPSE: "是否反彈", "Relapse";
    COL_LOOKED: "回頭看結果", "Look-back";
    COL_NOTE: "備註", "Note";
    COL_CLAIM: "領取核驗（崗位）", "Claimed by the post";
    CELL_YES: "是", "yes";
    CELL_NO: "否", "no";
    CONCLUSION_CLOSED: "同意銷號", "closure agreed";
    CONCLUSION_CHECKED: "核驗通過，待批准", "found put right, waits for the approval";
    CONCLUSION_RETURNED: "退回", "sent back";
    NOTE_STAGES: "階段性銷號 {} 次", "{} stages closed";
    NOTE_ON_THE_SPOT: "立行立改", "put right on the spot";
    LEDGER_N: "共 {} 項。", "{} items.";
    LEDGER_NONE: "沒有符合條件的整改事項。", "There is no such rectification item.";
    OVERDUE_OR_NEAR: "有 {} 項逾期或臨近期限。", "{} items are overdue or near their day.";
}
