//! Words for the settings of a house: persons, policy, working days.

use super::{Word, words};
use crate::domain::{Counting, Gate};

words! {
    NO_PERSONS: "尚未登記人員：現由一名本機用戶代行各方（tijian person add）。", "Nobody is entered: one local user acts for everybody (tijian person add).";
    STRANGER: "這裏沒有登記人員 {}，什麼也查閱不到；請管理員登記（tijian person add）。", "Nobody called {} is entered here, so there is nothing to see; ask an admin (tijian person add).";
    PERSON_OVER: "管 {}", "over {}";
    PERSON_BELONGS: "屬 {}", "belongs to {}";
    PERSON_KNOWN: "已有人員 {}；修改請用 tijian person edit。", "{} is entered already; tijian person edit corrects it.";
    PERSON_NEEDS_ROLE: "新增人員需要 --role。", "A new person needs --role.";
    NO_SUCH_PERSON: "沒有人員 {}（tijian person list 列出）。", "There is no person {} (tijian person list).";
    FIELD_GATE: "怎樣算另一人", "Told apart by";
    FIELD_COUNTING: "期限按", "Days that count";
    GATE_IDENTITY: "本人", "who they are";
    GATE_POST: "崗位", "the post they act for";
    COUNTING_CALENDAR: "自然日", "calendar days";
    COUNTING_WORKING: "工作日", "working days";
    YEAR_MISSING: "還沒有 {} 年的放假和調休表，該年的期限暫按自然日提出；請用 tijian calendar import 導入。", "There is no table of holidays and make-up days for {}: days of that year are proposed by the calendar. Bring it in with tijian calendar import.";
    DUE_BY_CALENDAR: "沒有 {} 年的放假調休表，時限按自然日提出", "No table of holidays for {}: proposed by the calendar";
    YEARS_NONE: "還沒有放假和調休表（tijian calendar import 導入）。", "There is no table of holidays yet (tijian calendar import).";
    YEAR_DONE: "已導入 {} 年：週一至週五放假 {} 天，週末上班 {} 天。", "{} is in: {} weekdays off, {} weekend days worked.";
    YEAR_WOULD: "試運行：將導入 {} 年：週一至週五放假 {} 天，週末上班 {} 天。", "Dry run: {} would come in: {} weekdays off, {} weekend days worked.";
    YEAR_BAD: "有 {} 處錯誤，未導入任何一年。", "{} faults; nothing was brought in.";
    DAYS_OFF: "放假", "off";
    DAYS_WORKED: "上班", "worked";
}

/// Returns the word of a gate.
pub fn gate(gate: Gate) -> &'static Word {
    match gate {
        Gate::Identity => &GATE_IDENTITY,
        Gate::Post => &GATE_POST,
    }
}

/// Returns the word of a counting.
pub fn counting(counting: Counting) -> &'static Word {
    match counting {
        Counting::Calendar => &COUNTING_CALENDAR,
        Counting::Working => &COUNTING_WORKING,
    }
}
