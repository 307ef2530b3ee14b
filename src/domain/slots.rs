//! Slots: the holes such as `{n}` that an inspector fills in a proposed wording.

use super::Lang;

/// The longest name of a slot.
const LONGEST: usize = 16;

/// A stretch of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    /// Text that is kept; stray braces are text.
    Text(&'a str),
    /// The name of a slot, without its braces.
    Slot(&'a str),
}

/// Lists the slots of a template, each once, in the order in which they first stand there.
pub fn slots(template: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for part in parts(template) {
        if let Part::Slot(slot) = part
            && !found.contains(&slot)
        {
            found.push(slot);
        }
    }
    found
}

/// Fills the slots that have a value; the others stay as they are.
///
/// A value is never looked into, so a value that looks like a slot stays what the person typed.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    rewrite(template, |slot| {
        let value = values.iter().find(|(name, _)| *name == slot);
        value.map_or_else(|| format!("{{{slot}}}"), |(_, value)| (*value).to_owned())
    })
}

/// Puts the names of the slots in their place: for a text that is shown and not filled.
pub fn slots_named(template: &str, lang: Lang) -> String {
    rewrite(template, |slot| match lang {
        Lang::Hant | Lang::Hans => format!("〔{}〕", slot_name(slot, lang)),
        Lang::En => format!("[{}]", slot_name(slot, lang)),
    })
}

/// Says whether every brace of a template belongs to a slot.
pub fn braces_pair(template: &str) -> bool {
    parts(template)
        .iter()
        .all(|part| matches!(part, Part::Slot(_)) || matches!(part, Part::Text(text) if !text.contains(['{', '}'])))
}

/// Names a slot for a person; a slot that only the author of a checklist knows is named by itself.
pub fn slot_name(slot: &str, lang: Lang) -> String {
    let known = NAMES.iter().find(|(name, ..)| *name == slot);
    let name = known.map_or(slot, |(_, hant, hans, en)| match lang {
        Lang::Hant => hant,
        Lang::Hans => hans,
        Lang::En => en,
    });
    name.to_owned()
}

/// The slots that the built-in checklist uses: traditional, simplified, English.
const NAMES: [(&str, &str, &str, &str); 18] = [
    ("n", "數量", "数量", "number"),
    ("m", "另一數量", "另一数量", "second number"),
    ("total", "總數", "总数", "total"),
    ("sample", "抽查數", "抽查数", "number sampled"),
    ("rate", "比率", "比率", "rate"),
    ("year", "年度", "年度", "year"),
    ("period", "期間", "期间", "period"),
    ("quarters", "季度", "季度", "quarters"),
    ("months", "月份", "月份", "months"),
    ("date", "日期", "日期", "date"),
    ("dates", "日期（可多個）", "日期（可多个）", "dates"),
    ("post", "崗位", "岗位", "post"),
    ("task", "重點工作", "重点工作", "key task"),
    ("stage", "環節", "环节", "stage"),
    ("meeting", "會議名稱", "会议名称", "meeting"),
    ("item", "檢查項", "检查项", "check item"),
    ("detail", "具體情況", "具体情况", "details"),
    ("text", "評語", "评语", "remark"),
];

/// Writes a template anew with something in the place of each slot.
fn rewrite(template: &str, mut slot_text: impl FnMut(&str) -> String) -> String {
    let mut text = String::with_capacity(template.len());
    for part in parts(template) {
        match part {
            Part::Text(kept) => text.push_str(kept),
            Part::Slot(slot) => text.push_str(&slot_text(slot)),
        }
    }
    text
}

/// Cuts a template into text and slots.
fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, after) = (&rest[..open], &rest[open + 1..]);
        let name = after.split_once('}').map(|(name, _)| name).filter(|name| is_name(name));
        // A brace that opens no slot is text, and a slot may still begin right behind it: `{{n}`.
        let Some(name) = name else {
            parts.push(Part::Text(&rest[..=open]));
            rest = after;
            continue;
        };
        parts.extend([Part::Text(before), Part::Slot(name)]);
        rest = &after[name.len() + 1..];
    }
    parts.push(Part::Text(rest));
    parts
}

/// Says whether a text between braces names a slot; what people write in braces themselves, such as 「{備註}」, does not.
fn is_name(name: &str) -> bool {
    (1..=LONGEST).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slots_stand_once_in_order() {
        let template = "{period}應{total}次，僅{n}次，缺{total}";
        assert_eq!(slots(template), ["period", "total", "n"]);
        assert_eq!(slots("無"), Vec::<&str>::new());
        assert_eq!(slots("{備註}{}{ n }{N}"), Vec::<&str>::new());
    }

    #[test]
    fn filling_is_done_in_one_pass() {
        let filled = fill("{n}名，{detail}，{n}", &[("n", "3"), ("other", "x")]);
        assert_eq!(filled, "3名，{detail}，3");
        assert_eq!(fill("{n}{m}", &[("n", "{m}"), ("m", "5")]), "{m}5");
        assert_eq!(fill("{{n}}", &[("n", "3")]), "{3}");
    }

    #[test]
    fn stray_braces_are_noticed() {
        assert!(braces_pair("{n}名，{detail}"));
        for bad in ["{n", "n}", "{}", "{n m}", "{{n}}", "{數}", "}{"] {
            assert!(!braces_pair(bad), "{bad}");
        }
    }

    #[test]
    fn a_slot_has_a_name_in_each_language() {
        assert_eq!(slot_name("quarters", Lang::Hant), "季度");
        assert_eq!(slot_name("sample", Lang::Hans), "抽查数");
        assert_eq!(slot_name("sample", Lang::En), "number sampled");
        assert_eq!(slot_name("own", Lang::Hant), "own");
        assert_eq!(slots_named("抽查{sample}卷", Lang::Hant), "抽查〔抽查數〕卷");
        assert_eq!(slots_named("Sample {sample} files", Lang::En), "Sample [number sampled] files");
    }

    proptest! {
        #[test]
        fn filling_with_nothing_changes_nothing(template in "[{}n名a_ ]{0,24}") {
            prop_assert_eq!(fill(&template, &[]), template);
        }
    }
}
