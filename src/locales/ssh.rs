//! Words of the SSH door: what it does not do, what is too much, and keys that are brought to it.

use super::{Lang, Word, words};
use crate::domain::Refusal;

words! {
    SSH_NO_TERMINAL: "沒有終端：請用 ssh -t 連接，或直接給出命令，例如 ssh 主機 ledger --overdue。", "There is no terminal: connect with ssh -t, or give a command, such as ssh HOST ledger --overdue.";
    SSH_DUMB: "終端類型 {} 不能顯示界面：請換終端，或直接給出命令，例如 ssh 主機 ledger --overdue。", "A terminal of the type {} cannot show the screen: use another one, or give a command, such as ssh HOST ledger --overdue.";
    SSH_QUOTES: "命令的引號或反斜線不成對，未執行。", "A quotation mark or backslash of the command is not closed; nothing was done.";
    SSH_NOT_TEXT: "命令不是 UTF-8 文字，未執行。", "The command is not UTF-8; nothing was done.";
    SSH_NO_WORDS: "命令是空的，未執行。", "The command is empty; nothing was done.";
    SSH_LONG: "命令超過 {} 字節，未執行。", "The command is longer than {} bytes; nothing was done.";
    SSH_BUSY: "正在執行的命令已有 {} 個，請稍後再試。", "{} commands are being worked on; try again in a moment.";
    SSH_FELL: "命令異常結束，已記入日誌。", "The command ended by a fault of the program; the log has it.";
    SSH_UNREAD: "回覆太久沒有收取，只送到這裏；請再執行一次，或分幾次做。", "The answer was not taken for too long and ends here; ask again, or do it in several.";
    SSH_CUT: "會話異常結束；確認保存的都在。", "The session ended by a fault of the program; everything that was saved is there.";
    SSH_MOVING: "程序換到另一進程，請重新連接；從離開的地方繼續。", "The program goes on in another process: connect anew, and go on where you were.";
    SSH_SCREENS: "一個連接最多開 {} 個界面，請另開連接。", "A connection has at most {} screens; open another connection.";
    SSH_CHANNELS: "一個連接最多同時開 {} 個通道。", "A connection has at most {} channels at a time.";
    SSH_CHANNELS_EVER: "這個連接開過的通道太多，請重新連接。", "This connection has opened too many channels; connect anew.";
    SSH_NO_SUBSYSTEM: "不提供 SFTP 等子系統：這裏只有體檢程序，不傳文件。", "SFTP and other subsystems are not provided: only the program is here, and no files are carried.";
    SSH_NO_X11: "不提供 X11 轉發。", "X11 forwarding is not provided.";
    SSH_NO_AGENT: "不提供代理轉發。", "Agent forwarding is not provided.";
    SSH_NO_FORWARD: "不提供端口和套接字轉發。", "Forwarding of ports and sockets is not provided.";
    SSH_OF_PERSON: "您已有 {} 個連接，請先關閉一個。", "You have {} connections; close one of them first.";
    SSH_FULL: "連接已滿，請稍後再試。", "There are too many connections; try again in a moment.";
    SSH_LATE: "登錄超過 {} 秒，連接已關閉。", "The login took longer than {} seconds; the connection is closed.";
    SSH_PUSHED: "等待登錄的連接太多，請再試一次。", "Too many connections wait to log in; try again.";
    SSH_CLOSING: "程序正在停止；確認保存的都在。", "The program is being stopped; everything that was saved is there.";
    KEYS_PASTE: "請粘貼公鑰，每行一把，按 Ctrl-D 結束：", "Paste public keys, one a line, and end with Ctrl-D:";
    KEYS_NONE: "沒有登記公鑰（tijian person key add）。", "No public keys are entered (tijian person key add).";
    KEYS_DONE: "已登記 {} 把公鑰。", "{} public keys are entered.";
    KEYS_EMPTY: "沒有公鑰：請給出 .pub 文件，或從標準輸入粘貼。", "There is no public key: name a .pub file, or paste one to standard input.";
    KEYS_LONG: "文件太大，不是公鑰文件。", "That is too much to be a file of public keys.";
    KEYS_PRIVATE: "這是私鑰，未讀入也未保存。私鑰不可給任何人；請用同名的 .pub 文件。若已給別人看過，請另換一對。", "This is a private key; it was not read and not kept. A private key is nobody else's: use the .pub file of the same name, and make a new pair if somebody else has seen it.";
    KEYS_LINE: "第 {} 行不是公鑰，未登記任何一把。公鑰是一行，如 ssh-ed25519 AAAA… 標籤，前面不帶選項。", "Line {} is no public key; none was entered. A public key is one line, such as ssh-ed25519 AAAA… label, without options in front of it.";
    KEYS_KIND: "第 {} 行的公鑰是 {}，不接受；可用 ed25519、ecdsa 及其安全密鑰（sk-）。新建：ssh-keygen -t ed25519", "The key of line {} is of the kind {}, which is not taken; ed25519, ecdsa and their security keys (sk-) are. To make one: ssh-keygen -t ed25519";
    KEYS_NO_PRINT: "{} 沒有指紋為 {} 的公鑰（tijian person key list 列出）。", "{} has no public key with the fingerprint {} (tijian person key list).";
    LOGIN_OF: "登錄名 {}", "login {}";
    KEYS_OF: "公鑰 {} 把", "{} keys";
    R_NO_PERSON: "沒有人員 {}（tijian person list 列出）。", "There is no person {} (tijian person list).";
    R_NOT_A_KEY: "不是可用的公鑰。", "That is no public key that is taken.";
    R_KEY_TAKEN: "這把公鑰已登記給 {}；一把公鑰只屬一人，請先從其名下移除。", "The public key is entered for {}; a key is one person's, so take it from them first.";
    R_LOGIN_TAKEN: "登錄名 {} 已登記給 {}；請先從其名下移除。", "The login name {} is entered for {}; take it from them first.";
    R_TOO_MANY_WAYS: "每人最多 {} 個，請先移除不用的。", "A person has at most {}; take away what is not used any more.";
    R_NO_SUCH_WAY: "{} 名下沒有這一項（tijian person key list、tijian person list）。", "{} has none such (tijian person key list, tijian person list).";
    FIELD_LABEL: "標籤", "Label";
    FIELD_LOGIN: "登錄名", "Login name";
}

/// Says the refusals about ways in.
pub fn refused(refusal: &Refusal, lang: Lang) -> Option<String> {
    Some(match refusal {
        Refusal::NoSuchPerson(who) => R_NO_PERSON.fill(lang, &[who]),
        Refusal::NotAKey => R_NOT_A_KEY.say(lang).to_owned(),
        Refusal::KeyTaken(holder) => R_KEY_TAKEN.fill(lang, &[holder]),
        Refusal::LoginTaken { login, holder } => R_LOGIN_TAKEN.fill(lang, &[login, holder]),
        Refusal::TooManyWays(limit) => R_TOO_MANY_WAYS.fill(lang, &[limit]),
        Refusal::NoSuchWay(who) => R_NO_SUCH_WAY.fill(lang, &[who]),
        _ => return None,
    })
}

/// Returns the word of a field of a way in.
pub fn field(name: &str) -> Option<&'static Word> {
    match name {
        "label" => Some(&FIELD_LABEL),
        "login" => Some(&FIELD_LOGIN),
        _ => None,
    }
}

/// Walks on through the refusals about ways in, for the test that says every one.
#[cfg(test)]
pub(super) fn next(refusal: &Refusal) -> Option<Refusal> {
    let holder = || crate::domain::PersonId("li".to_owned());
    match refusal {
        Refusal::NoSuchPerson(_) => Some(Refusal::NotAKey),
        Refusal::NotAKey => Some(Refusal::KeyTaken(holder())),
        Refusal::KeyTaken(_) => Some(Refusal::LoginTaken { login: "lixiaoming".to_owned(), holder: holder() }),
        Refusal::LoginTaken { .. } => Some(Refusal::TooManyWays(20)),
        Refusal::TooManyWays(_) => Some(Refusal::NoSuchWay(holder())),
        _ => None,
    }
}
