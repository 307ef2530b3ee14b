//! Words for rates, and the one way to write a rate: the counts always stand beside the percentage.

use super::{Lang, Word, rate, words};
use crate::domain::{Rate, RateKind};

words! {
    RATE_CLOSING: "整改完成率（問題）", "closing rate (findings)";
    RATE_MEASURES: "措施完成率", "closing rate (measures)";
    RATE_ON_TIME: "按期完成率", "on-time rate";
    RATE_EXTENDED: "按期完成率（其中延期的）", "on-time rate (of these, extended)";
    RATE_OVERDUE: "逾期率", "overdue rate";
    RATE_FIRST_PASS: "一次通過率", "passed at first asking";
    RATE_RELAPSE: "反彈率", "relapse rate";
    RATE_EFFECTIVE: "有效率", "effectiveness";
    RATE_COVERAGE: "覆蓋率", "coverage";
    DAYS_MEAN: "平均整改天數", "mean days to closure";
    DAYS_MEDIAN: "整改天數中位數", "median days to closure";
}

/// Returns the word of a rate.
pub fn rate_kind(kind: RateKind) -> &'static Word {
    match kind {
        RateKind::Closing => &RATE_CLOSING,
        RateKind::Measures => &RATE_MEASURES,
        RateKind::OnTime => &RATE_ON_TIME,
        RateKind::Extended => &RATE_EXTENDED,
        RateKind::Overdue => &RATE_OVERDUE,
        RateKind::FirstPass => &RATE_FIRST_PASS,
        RateKind::Relapse => &RATE_RELAPSE,
        RateKind::Effective => &RATE_EFFECTIVE,
        RateKind::Coverage => &RATE_COVERAGE,
    }
}

/// Says a rate with its counts: 82.2%（83/101）; 「—」 where there is nothing to divide by.
pub fn counted(counts: Rate, lang: Lang) -> String {
    let Rate { got, of } = counts;
    match (counts.per_mille(), lang) {
        (None, _) => rate(None),
        (some, Lang::En) => format!("{}% ({got}/{of})", rate(some)),
        (some, Lang::Hant | Lang::Hans) => format!("{}%（{got}/{of}）", rate(some)),
    }
}

/// Says how much a look-back found still put right, and how much had come back.
pub fn both_ways(relapse: Rate, lang: Lang) -> String {
    let rates = [(&RATE_EFFECTIVE, relapse.rest()), (&RATE_RELAPSE, relapse)];
    rates.map(|(word, rate)| format!("{} {}", word.say(lang), counted(rate, lang))).join("  ")
}

/// Says days that are counted in tenths: 12.5; 「—」 where there are none.
pub fn days(tenths: Option<u64>) -> String {
    rate(tenths.map(|tenths| u32::try_from(tenths).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_said_with_its_counts_and_a_dash_where_there_are_none() {
        let published = Rate { got: 83, of: 101 };
        assert_eq!(counted(published, Lang::Hant), "82.2%（83/101）");
        assert_eq!(counted(published, Lang::Hans), "82.2%（83/101）");
        assert_eq!(counted(published, Lang::En), "82.2% (83/101)");
        assert_eq!(counted(Rate::default(), Lang::Hant), "—");
        assert_eq!(counted(Rate { got: 0, of: 8 }, Lang::Hant), "0.0%（0/8）");
        assert_eq!(counted(Rate { got: 1, of: 2000 }, Lang::En), "0.1% (1/2000)", "half a tenth is rounded up");
        assert_eq!(counted(Rate { got: 999, of: 2000 }, Lang::En), "50.0% (999/2000)", "49.95 is rounded up");
        assert_eq!((days(Some(125)), days(Some(30)), days(None)), ("12.5".into(), "3.0".into(), "—".into()));
    }
}
