//! Words of the papers, beside the field's terms in `locales`.

/// Writes words down: a name, the traditional text, the English text.
macro_rules! paper_words {
    ($($name:ident: $hant:literal, $en:literal;)*) => {
        $(
            #[doc = $hant]
            pub static $name: $crate::locales::Word = $crate::locales::Word::new($hant, $en);
        )*
        #[cfg(test)]
        fn all() -> Vec<(&'static str, &'static $crate::locales::Word)> {
            vec![$((stringify!($name), &$name)),*]
        }
    };
}

paper_words! {
    MARK: "【{}】", "[{}]";
    MARK_CLOSED: "【{}　正式文件以印發文本為準】", "[{}: the issued paper decides]";
    TITLE: "黨建體檢報告", "Party-work check-up report";
    BETWEEN_UNITS: "／", " / ";
    BETWEEN: "、", ", ";
    WITH_CODE: "{}（{}）", "{} ({})";
    H_ABOUT: "基本情況", "What was looked at";
    H_RESULT: "總體結果", "Result";
    H_PARTS: "分項得分", "Score by part";
    H_STRONG: "較好的方面", "Strong points";
    H_FINDINGS: "發現的問題", "Findings";
    H_LOSSES: "扣分項目", "Lost points";
    H_EXCLUDED: "不計分項目", "Excluded items";
    H_ANNEX: "不計分附表情況", "The unscored annex";
    H_LIMITS: "本次檢查的局限", "Limits of this check";
    H_SIGN: "意見與簽認", "Remarks and signatures";
    ORGANISATION: "單位", "Organisation";
    UNIT: "受檢組織", "Unit";
    ROUND: "輪次", "Round";
    PERIOD: "檢查期間", "Period";
    LAST_CHANGE: "末次記錄日期", "Last change";
    MADE_ON: "製表日期", "Made on";
    EDITION: "清單版本", "Checklist";
    EDITION_OF: "{} {}（校驗碼 {}）", "{} {} (hash {})";
    PROFILE: "依據類別", "Profile";
    METHODS: "檢查方式", "Ways of looking";
    METHOD_ITEMS: "{}（{}項）", "{} ({} items)";
    STATE: "簽認狀態", "Signature";
    SIGNED_ON: "已於{}簽認", "signed on {}";
    UNSIGNED: "未簽認", "not signed";
    PROGRESS: "檢查進度", "Progress";
    PROGRESS_OF: "計分項目{}/{}項已有結論", "{} of {} scored items have a verdict";
    RATE_OF: "{}%（{}/{}分）", "{}% ({}/{} points)";
    SHARE: "{}%（{}/{}）", "{}% ({}/{})";
    NO_RATE: "—（0/0分）", "— (0/0 points)";
    VETO: "等次因「{}」不合格而定（一票否決）。", "The grade follows from the failure of {} (veto).";
    FOR_REFERENCE: "不計{}分，佔總分{}分的{}%，超過20%，得分僅供參考。", "{} of {} points ({}%) are excluded, more than 20%: the score is for reference only.";
    SOME_EXCLUDED: "不計{}分，佔總分{}分的{}%。", "{} of {} points ({}%) are excluded.";
    STILL_OPEN: "尚有{}項（{}分）未檢，以上得分為暫計。", "{} items ({} points) are still open: the score is not final.";
    C_GROUP: "分組", "Group";
    C_GOT: "得分", "Got";
    C_APPLICABLE: "應計", "Of";
    C_EXCLUDED: "不計", "Out";
    C_RATE: "得分率%", "Rate %";
    C_TOTAL: "小計", "Sum";
    STRONG_GROUP: "{}：全部得分（{}/{}分）。", "{}: every point ({}/{}).";
    NO_STRONG: "沒有全部得分的分組。", "No group has every point.";
    C_NUMBER: "編號", "No.";
    C_ITEM: "檢查項", "Item";
    C_FACT: "事實", "Fact";
    C_BASIS: "依據", "Basis";
    C_SEVERITY: "嚴重程度", "Severity";
    C_CLASS: "整改類型", "Class";
    C_DUE: "整改時限", "Due";
    C_REPEAT: "備註", "Remark";
    FINDINGS_COUNT: "共{}個問題，其中重複發現{}個。", "{} findings, {} of them found again.";
    REPEAT_RULE: "重複發現，指24個月內較早輪次在同一檢查項上已列問題。", "Found again: an earlier round within 24 months has a finding on the same item.";
    NO_FINDINGS: "未列問題。", "There are no findings.";
    C_VERDICT: "結論", "Verdict";
    C_LOST: "扣分", "Lost";
    C_OF: "分值", "Points";
    NO_LOSSES: "沒有扣分。", "No points are lost.";
    LOSSES_ROUNDED: "逐項扣分四捨五入到0.1分，相加為{}分；按精確值合計為{}分。", "Each loss is rounded to 0.1 and they add up to {}; the exact sum is {}.";
    FAILED_BARE: "{}判為不合格而未列問題，記載的說明：{}", "{} failed without a finding; the reason on record: {}";
    C_REASON: "理由", "Reason";
    NO_EXCLUDED: "沒有不計分的項目。", "No item is excluded.";
    NO_REASON: "清單不要求理由", "the checklist asks for none";
    C_NOTE: "記載", "Note";
    NO_ANNEX: "附表沒有記載。", "Nothing is noted in the annex.";
    ANNEX_RULE: "附表只作描述，不計分，不用於比較。", "The annex describes; it is not scored and not compared.";
    LIMIT_RULES: "檢查依據為清單內置條文（版本{}），{}。", "The basis is the checklist's built-in rules (edition {}); {}.";
    LIMIT_COUNTS: "只記次數、日期和數量，不記姓名，不評價個人。", "Counts and dates only: no names, no judgement of persons.";
    LIMIT_SAMPLE: "檢查方式以清單所列為準，抽查部分不代表全部。", "The ways of looking are those of the checklist; a sample is not the whole.";
    LIMIT_PERSON: "得分由程序按既定規則計算；結論、問題和整改要求由人決定。", "The program adds up by fixed rules; verdicts, findings and what follows are decided by a person.";
    REMARKS: "意見", "Remarks";
    SIGN_TEAM: "督查人員簽名", "Inspectors, signature";
    SIGN_BRANCH: "受檢組織簽名", "Unit, signature";
    SIGN_ABOVE: "上級黨組織簽名", "Unit above, signature";
    SIGN_BLANK: "＿＿＿＿＿＿　日期：＿＿＿＿＿＿", "______________  Date: __________";
    REMARKS_BLANK: "＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿", "____________________________________";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;

    #[test]
    fn every_word_has_the_same_holes_and_its_own_script() {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for (name, word) in all() {
            let holes = |lang| word.say(lang).matches("{}").count();
            assert_eq!(holes(Lang::Hant), holes(Lang::En), "{name}");
            assert_eq!(holes(Lang::Hant), holes(Lang::Hans), "{name}");
            assert!(!word.say(Lang::En).contains(han), "{name}");
        }
    }
}
