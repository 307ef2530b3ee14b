//! What the store and the settings failed at: what it means, what to do, and the technical reason in brackets.

use super::words;

words! {
    E_NOT_WRITABLE: "數據文件夾不能寫入（{}）。", "The data folder cannot be written ({}).";
    E_NOT_OPEN: "數據文件夾打不開（{}）。", "The data folder does not open ({}).";
    E_HELD: "數據正由另一個 tijian 使用（進程 {}，{}）。請先離開那一個；要同時使用，請各用自己的 --data 文件夾。", "The store is open in another tijian (process {}, {}). Leave that one first; to work side by side, give each its own --data folder.";
    E_DAMAGED: "{} 第 {} 行（字節 {}）已損壞；未作任何改動。請從備份恢復該文件，或帶上它的副本求助。", "{}: line {} (byte {}) is damaged; nothing was changed. Restore the file from a backup, or ask for help with a copy of it.";
    E_JOURNAL_GONE: "{} 不見了，由它寫成的記錄還在：請從備份放回該文件；要從頭開始，請移走 records 文件夾。", "{} is missing, but records written from it are there: put the journal back from a backup, or move the records folder away to begin anew.";
    DISK_FULL: "磁盤已滿", "the disk is full";
    E_FULL: "磁盤已滿，沒有寫入；請騰出空間再試。", "The disk is full and nothing was written; free some space and try again.";
    E_WRITE: "操作日誌未能寫入（{}），沒有留下任何改動；請再試一次。", "The journal could not be written ({}) and nothing was changed; try again.";
    E_POISONED: "此後不再保存，請離開並重新打開程序：操作日誌寫入失敗（{}）。", "Nothing is kept any more, leave and start the program again: the journal failed ({}).";
    E_ENTRY_LONG: "這一改動有 {} 字節，超出操作日誌一行的上限；沒有寫入。", "This change has {} bytes, more than a line of the journal may have; nothing was written.";
    E_ENCODE: "這一改動無法寫成日誌（{}）；沒有寫入。", "This change could not be spelled for the journal ({}); nothing was written.";
    E_FOREIGN: "{} 不是本版本能讀的操作日誌。", "{} is not a journal that this version reads.";
    E_FILE: "{} 無法打開或讀取（{}）。", "{} cannot be opened or read ({}).";
    E_RECORDS: "記錄無法使用（{}）；數據以操作日誌為準，可運行 tijian rebuild 重建。", "The records failed ({}); the journal has everything, tijian rebuild makes them again.";
    E_TAKES_NOTHING: "記錄跟不上操作日誌（{}），這一改動沒有寫入；請重新打開程序。", "The records do not follow the journal ({}); this change was not written. Start the program again.";
    E_RECORD_LONG: "這一改動會寫成 {} 字節的記錄，過長；沒有寫入，請寫得短些。", "This change makes a record of {} bytes, which is too long; nothing was written, say it in fewer words.";
    E_BEHIND: "改動已寫入操作日誌，但記錄沒有跟上（{}）；請重新打開程序。", "The journal has the change, but the records do not follow ({}); start the program again.";
    E_MISFIT: "操作日誌第 {} 條與之前的內容不符（{}）。請從備份恢復，或帶上副本求助。", "Entry {} of the journal does not fit what stands before it ({}). Restore it from a backup, or ask for help with a copy.";
    E_STOPPED: "已在第 {} 條停下；沒有丟失任何內容，下次打開時繼續。", "Stopped at entry {}; nothing is lost, the next start goes on from there.";
    E_IO: "讀寫失敗（{}）。", "Reading or writing failed ({}).";
    E_HOME: "不知道主文件夾在哪裡；請用 --data 指定數據文件夾。", "No home folder is known; name a data folder with --data.";
    E_SETTINGS: "設定文件 {} 無法讀取（{}）。", "The settings file {} cannot be read ({}).";
    E_SETTINGS_LINE: "設定文件 {} 第 {} 行有誤（{}）。", "The settings file {} is wrong in line {} ({}).";
}
