//! What the linear mode says beside the words of the screens.

use super::words;

words! {
    LN_MODE: "逐行模式：每行一個命令，按 Enter 送出；? 幫助，q 離開。", "Line mode: one command a line, then Enter; ? helps, q leaves.";
    LN_CHOOSE: "選擇一行：輸入行號、編號或名稱（可用拼音）。", "Choose a line by its number, its code or its name.";
    LN_PART: "第 {} 至 {} 行，共 {} 行；按 Enter 看其餘。", "Lines {} to {} of {}; Enter shows the rest.";
    LN_MANY: "有 {} 行符合；請輸入行號，或寫得更詳細。", "{} lines match; give a number, or write more of it.";
    LN_NO_LINE: "沒有第 {} 行。", "There is no line {}.";
    LN_UNKNOWN: "不明白「{}」；輸入 ? 看可用的命令。", "Not understood: {}. Type ? for the commands.";
    LN_TOO_LONG: "這一行太長，未採用。", "That line is too long and was not used.";
    LN_CLEANED: "這一行中的控制字符已去除。", "Control characters were taken out of that line.";
    LN_STEERS: "這一行含有控制字符，未採用；請只輸入文字。", "That line held control characters and was not used; type plain text.";
    LN_CAME: "進入：{}", "came here: {}";
    LN_WENT: "離開：{}", "left: {}";
    LN_RESUMED: "已回到上次離開的地方；輸入 < 返回。", "Back where you left; < goes back.";
    LN_ITEM: "第 {} 項，共 {} 項", "item {} of {}";
    LN_COUNTS: "已檢 {}/{}，{}", "{}/{} judged, {}";
    LN_YES: "輸入 y 確定；其他都是取消。", "y for yes; anything else is no.";
    LN_DROPPED: "已取消，未作改動。", "Cancelled; nothing was changed.";
    LN_ROW_KEYS: "逐欄填寫：Enter 接受方括號中的內容，- 清空，. 接受其餘各欄，< 暫放。", "One field after the other: Enter accepts what is in brackets, - empties, . accepts all the rest, < parks.";
    LN_LINE_KEYS: "Enter 接受方括號中的內容，< 暫放。", "Enter accepts what is in brackets, < parks.";
    LN_ONE_LINE: "輸入一行；空行取消。", "Write one line; an empty one cancels.";
    LN_LINES: "逐行輸入；單獨一行 . 保存，單獨一行 < 暫放。", "Write lines; a line of one . saves, a line of one < parks.";
    LN_NOTE_KEYS: "Enter 照此保存，+ 接着寫，- 重寫，< 暫放。", "Enter keeps it so, + goes on writing, - begins anew, < parks.";
    LN_PICK: "輸入 1 至 {} 的一個數字。", "Give a number from 1 to {}.";
    LN_NO_COPY: "逐行模式不能複製到剪貼板；請直接選取已顯示的文字。", "Line mode has no clipboard; select the text where it stands.";
    LN_EMPTY: "（空）", "(empty)";
    LN_HOW_NUMBER: "#12 到第 12 行；編號如 S-07 直接到該項", "#12 goes to line 12; a code such as S-07 goes to that item";
    LN_HOW_NAME: "命令也可寫名稱，如「{}」", "a command may be written as its name, such as {}";
    LN_HOW_FIND: "/文字 查找", "/text finds";
    LN_HOW_BACK: "< 返回；空行再讀一次", "< goes back; an empty line reads it again";
    LN_REPORT: "報告", "report";
    LN_PAPER: "體檢報告（文本）", "the paper, as text";
    LN_NO_REPORT: "此處沒有文書；請先打開一個體檢、輪次、整改事項或回頭看。", "There is no paper here; open an inspection, a round, an item or a look-back first.";
    LN_P_INSPECTION: "體檢報告", "report on the inspection";
    LN_P_NOTICE: "整改通知書", "notice";
    LN_P_PLAN: "整改方案", "plan";
    LN_P_CLOSURE: "銷號申請單", "closure sheet";
    LN_P_EXTENSION: "延期申請單", "extension sheet";
    LN_P_REMINDER: "提醒函", "reminder";
    LN_P_URGING: "催辦函", "urging letter";
    LN_P_SUPERVISION: "督辦單", "supervision sheet";
    LN_P_TALK: "約談通知", "call to a talk";
    LN_P_STATISTICS: "數據統計表", "statistics";
    LN_P_CIRCULAR: "督查通報", "circular";
    LN_P_LOOKBACK: "回頭看報告", "report on the look-back";
    LN_LEFT: "已離開；確認保存的都在，下次從這裏繼續。", "Left. Everything that was saved is there; the next start goes on here.";
    LN_DESK_GONE: "保存的一方沒有回答", "the desk did not answer";
    LN_STATE: "第 {} 個支部，共 {} 個：{}", "branch {} of {}: {}";
}
