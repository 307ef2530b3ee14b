//! Labels, hints and faults of forms and fields.

use super::words;

words! {
    T_BRANCH_ADD: "新增支部", "Add a branch";
    T_BRANCH_EDIT: "修改支部", "Edit a branch";
    T_ROUND_ADD: "新建體檢輪次", "New round";
    T_ROUND_EDIT: "修改體檢輪次", "Edit a round";
    T_NOTE: "備註 {}", "Note on {}";
    T_REASON: "{} 不適用的理由", "Why {} does not apply";
    T_REOPEN: "重新打開的理由", "Why it is reopened";
    T_ORGANISATION: "單位名稱", "Name of the organisation";
    T_RETIRE: "停用的理由", "Why it is retired";
    T_FINDING: "問題  {}", "Finding  {}";
    F_NAME: "名稱", "Name";
    F_CODE: "編號", "Code";
    F_PARENT: "上級編號", "Code above";
    F_KIND: "層級", "Level";
    F_PROFILE: "依據類別", "Profile";
    F_FULL_NAME: "全稱", "Full name";
    F_FULL_MEMBERS: "正式黨員數", "Full members";
    F_ALL_MEMBERS: "黨員總數", "All members";
    F_COMMITTEE: "支委會人數", "Committee";
    F_GROUPS: "黨小組數", "Groups";
    F_TERM_START: "本屆起始日", "Term began";
    F_TERM_YEARS: "任期（年）", "Term (years)";
    F_ROUND_NAME: "名稱", "Name";
    F_FROM: "檢查期間起", "Period from";
    F_TO: "檢查期間止", "Period to";
    F_EDITION: "清單版本", "Checklist";
    F_SCALE: "結論檔次", "Verdicts";
    F_GRADES: "等次下限", "Grade bounds";
    F_WHO: "參加支部", "Branches";
    F_WORDING: "表述", "Wording";
    F_SEVERITY: "嚴重程度", "Severity";
    F_CLASS: "整改類型", "Class";
    F_DUE: "整改時限", "Due";
    H_CODE: "如 JG-007，不重複", "such as JG-007, unique";
    H_PARENT: "上級組織的編號，可空", "the unit above, may be empty";
    H_ROUND_CODE: "如 2026-4", "such as 2026-4";
    H_DAY: "如 2026-11-23", "such as 2026-11-23";
    H_DUE: "含當日", "that day included";
    H_GRADES: "優秀/良好/合格", "excellent/good/pass";
    AS_THE_ROUND: "隨輪次", "as the round";
    ALL_BRANCHES: "全部在用支部", "every active branch";
    NO_BRANCHES: "稍後逐個加入", "added later one by one";
    BAD_DATE: "日期寫法如 2026-11-23。", "A date is written 2026-11-23.";
    BAD_NUMBER: "須為 0 至 65535 的整數。", "A whole number from 0 to 65535.";
    BAD_GRADES: "三個下限由高到低，如 90/80/60。", "Three falling bounds such as 90/80/60.";
    NO_SUCH_CODE: "沒有編號為 {} 的組織。", "There is no unit with the code {}.";
    DUE_PASSED: "整改時限不能早於今天。", "The due date lies in the past.";
    SLOT_OPEN: "請填寫「{}」。", "Please fill in: {}.";
    FORM_KEYS: "Tab 下一欄   ←→ 選擇   Ctrl-S 保存   Esc 暫放", "Tab next   ←→ choose   Ctrl-S save   Esc park";
    FINDING_KEYS: "Enter 接受   Tab 下一欄   ←→ 選擇   Esc 暫放", "Enter accept   Tab next   ←→ choose   Esc park";
    NOTE_KEYS: "Ctrl-S 保存   Enter 換行   Esc 暫放", "Ctrl-S save   Enter new line   Esc park";
    FIELD_KEYS: "Enter 保存   Esc 暫放", "Enter save   Esc park";
    LEFT_OVER: "還可輸入 {} 字", "{} characters left";
}
