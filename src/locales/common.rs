//! Lines that tell, ask and refuse, wherever the person is.

use super::words;

words! {
    READ_ONLY: "數據文件夾只讀，現在只能查看。", "The data folder is read-only: you can look, not change.";
    DAMAGED: "記錄 {} 無法讀取（{}）。請離開後運行 tijian rebuild，數據以操作日誌為準，不會丟失。", "Record {} cannot be read ({}). Leave and run tijian rebuild: the journal has everything.";
    NOT_KEPT: "未能保存：{}。該項未作改動；請先記下，檢查磁盤後重新打開程序。", "Not kept: {}. Nothing was changed; note it down, check the disk, start again.";
    CLOCK_BACK: "系統時間往回調了；先後次序以日誌編號為準。", "The clock went back; the journal's numbers keep the order.";
    NOT_UTF8: "收到的不是 UTF-8 文字；請把終端編碼設為 UTF-8。", "Not UTF-8: set your terminal's encoding to UTF-8.";
    PASTE_NOWHERE: "此處沒有輸入欄，貼上的文字未採用。", "No field is open here: the pasted text was not used.";
    PASTE_CUT: "貼上的文字過長，已按上限截斷。", "The pasted text was cut at this field's limit.";
    PASTE_CLEANED: "貼上的文字中有控制字符，已去除。", "Control characters were taken out of the pasted text.";
    LOOKS_PASTED: "像是貼上的文字，未作結論。", "That looks like pasted text: no verdict was given.";
    DEAD_KEY: "「{}」鍵在此處無作用；按 ? 看可用的鍵。", "The key {} does nothing here; ? shows the keys.";
    LEAVE_WITH: "已在工作台；離開程序請按 {}。", "This is home; press {} to leave.";
    NOT_HERE: "此命令用於「{}」。", "This command belongs to: {}.";
    NOT_ON_THIS_SCREEN: "此畫面沒有這個動作。", "There is no such action on this screen.";
    NOWHERE: "沒有{}。", "There is none: {}.";
    RESUMED: "已回到上次離開的地方；Esc 返回。", "Back where you left; Esc goes back.";
    DRAFT_PARKED: "未保存的文字已暫放，再次打開即可繼續。", "Your text is parked; open it again to go on.";
    DRAFT_BACK: "已取回暫放的文字。", "Your parked text is back.";
    KEEPING: "正在保存……", "Saving…";
    ALL_ANSWERED: "全部檢查項已有結論；按 S 收尾簽認。", "Every item has a verdict; S for the summary.";
    NO_LAST_VERDICT: "上次沒有結論可用。", "There is no last verdict to take over.";
    NO_FINDING_HERE: "本項沒有問題可撤回。", "This item has no finding to withdraw.";
    GROUP_DONE: "本組已全部有結論。", "This group is complete.";
    NOTHING_LOST: "沒有扣分。", "No points are lost.";
    SIGNED_NOW: "已簽認。", "Signed.";
    UNDONE: "已撤銷：{}", "Undone: {}";
    REDONE: "已重做：{}", "Redone: {}";
    NO_ROUND_OPEN: "沒有進行中的輪次。", "No round is going on.";
    LEFT_ROUND: "退出輪次：{}", "Taken out of: {}";
    JOINED_ROUND: "加入輪次：{}", "Added to: {}";
    NO_CHECKLIST: "沒有可用的清單。", "There is no checklist.";
    ASK_WITHDRAW: "撤回問題 {}/{}？（留痕，可撤銷）", "Withdraw finding {}/{}? (It stays in the trail; undo brings it back.)";
    ASK_ALL_PASS: "「{}」尚未檢查的 {} 項全部記為合格？", "{}: judge all {} open items as pass?";
    ASK_SIGN: "簽認「{}」的體檢？簽認後不能再改，重新打開須寫明理由。", "Sign the inspection of {}? Afterwards it can only be reopened with a reason.";
    ASK_CLOSE_ROUND: "結束輪次「{}」？結束後其中的內容不能再改。", "Close the round {}? Nothing in it can be changed afterwards.";
    ASK_RESTORE: "恢復「{}」？", "Restore {}?";
    ASK_PERSONAL: "文字中似有個人信息（{}）。確定保留？", "This looks like personal data ({}). Keep it?";
    YES_NO: "Enter／y 確定   其他鍵取消", "Enter/y yes   any other key no";
    NON_CLASSIFIED: "本程序為非涉密工具，嚴禁錄入國家秘密、工作秘密和個人敏感信息。", "Not for classified matter: enter no state or work secrets and no sensitive personal data.";
}
