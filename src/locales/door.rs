//! Words for those who come in from outside, and for who serves them.

use super::words;

words! {
    DOOR_VERSION: "正在運行的程序是另一個版本（{}）：請用同一版本，或等它退出。", "The program that is running is of another version ({}): use the same one, or wait until it has ended.";
    DOOR_UNKNOWN: "本機帳號 {} 沒有登記為人員：請管理員用 tijian person add 登記。", "The account {} of this machine is no person here: an admin enters it with tijian person add.";
    DOOR_CLAIM: "帳號 {} 在這裏是 {}，不能作為 {} 登錄：只有管理員在 config.toml 的 [serve] account 中指定的帳號可以代人登錄。", "The account {} is {} here and may not come in as {}: only the account that config.toml names as [serve] account may come in for others.";
    DOOR_CLAIM_UNKNOWN: "沒有人員 {}：請管理員用 tijian person add 登記。", "There is no person {}: an admin enters them with tijian person add.";
    DOOR_FULL: "已有 {} 個會話，不能再多：請稍後再來，或請管理員調大 config.toml 的 [serve] sessions。", "There are {} sessions and no room for more: come again later, or have [serve] sessions raised in config.toml.";
    DOOR_FULL_SELF: "您已有 {} 個會話：請先退出一個。", "You have {} sessions already: leave one of them first.";
    DOOR_WORDS: "命令有 {} 個詞，最多 {} 個：請分幾次做。", "The command has {} words and may have {}: do it in several.";
    DOOR_LONG_KEYS: "自定義按鍵（keys.toml）太大：連同終端的說明，正在運行的程序最多收 {} KiB。請刪去其中的註釋和不用的行，或請管理員調大 config.toml 的 [serve] hello_kib。", "Your own keys (keys.toml) are too long: the program that is running takes {} KiB of them and what the terminal is. Take comments and unused lines out, or have [serve] hello_kib raised in config.toml.";
    DOOR_LONG: "命令太長：正在運行的程序最多收 {} KiB。請分幾次做，或請管理員調大 config.toml 的 [serve] hello_kib。", "The command is too long: the program that is running takes {} KiB. Do it in several, or have [serve] hello_kib raised in config.toml.";
    DOOR_BUSY: "正在處理 {} 條命令，不能再多：請稍後再試，或請管理員調大 config.toml 的 [serve] commands。", "{} commands are being answered and there is no room for more: try again later, or have [serve] commands raised in config.toml.";
    DOOR_STOPPING: "程序正在停止服務：已保存的都在，請稍後再來。", "The service is stopping: what was kept is safe, come again later.";
    DOOR_LOST: "會話出錯，已單獨結束；已保存的都在，其他人不受影響。請重新登錄。", "This session failed and ended alone; what was kept is safe and nobody else is touched. Log in again.";
    DOOR_NO_WORDS: "這條命令只能在主機上本地運行：{}", "This command runs on the host alone: {}";
    ALSO_HERE: "同在：{}", "also here: {}";
    STDIN_ELSEWHERE: "由另一進程代為執行時不能用 - 從標準輸入讀取：請把文字寫在命令裏。", "A command that another process runs reads nothing from standard input: give the text itself instead of -.";
    LN_UNANSWERED: "打開數據的程序已退出，最後一行「{}」沒有得到回覆，可能沒有執行：請核對後再繼續。", "The program that had the data open has ended, and the last line was not answered and may not have been done: “{}”. See what stands there before you go on.";
    DOOR_QUOTES: "命令裏的引號不成對。", "The quotes of the command are not closed.";
    SERVING: "正在服務：{}", "Serving: {}";
    SERVING_SSH: "SSH：{}，主機密鑰 {}", "SSH: {}, host key {}";
    NO_SSH: "SSH 入口 {} 打不開：{}", "The SSH door {} does not open: {}";
    SERVING_ON: "還有 {} 個會話：程序在後台繼續服務，最後一人離開後自行結束。", "{} sessions are still open: the program serves on in the background and ends after the last has left.";
    NO_SUCH_GROUP: "本機沒有用戶組 {}（config.toml 的 [serve] group）。", "There is no group {} on this machine ([serve] group in config.toml).";
    NO_SOCKET: "別人無法接入：{}", "Nobody can come in: {}";
    STATUS_NOBODY: "沒有正在運行的程序打開這個數據文件夾。", "No running program has this data folder open.";
    STATUS_HEAD: "程序 {}，版本 {}", "process {}, version {}";
    STATUS_JOURNAL: "日誌：{} 條，{} MiB；磁盤剩餘 {} MiB；待寫入 {}", "journal: {} entries, {} MiB; {} MiB left on the disk; {} waiting to be written";
    STATUS_OWN: "以上只列您自己的會話；全部會話由管理員查看。", "These are your own sessions; an admin sees all of them.";
    STATUS_SESSIONS: "會話：{}（上限 {}）", "sessions: {} (at most {})";
}
