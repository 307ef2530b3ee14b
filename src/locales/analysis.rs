//! Words of the analysis: its panes, ages of open items, and why nobody is ranked.

use super::{Lang, words};

words! {
    ANALYSIS: "分析", "Analysis";
    PANE_HEAT: "熱力圖", "Heat map";
    PANE_TREND: "歷輪走勢", "Trend";
    PANE_ITEMS: "失分項", "Failed items";
    PANE_RANKS: "排名", "Ranking";
    PANE_LEDGER: "整改", "Rectification";
    NOTHING_SIGNED: "本輪還沒有簽認的體檢，沒有可分析的數字。", "No inspection of this round is signed: there is nothing to analyse yet.";
    RANKS_OFF: "本輪未開啟支部排名；可在修改輪次中開啟。", "This round does not rank branches; its form allows it.";
    RANKS_FEW: "只有 {} 個支部簽認，不足 {} 個不排名。", "Only {} branches are signed; fewer than {} are not ranked.";
    RANK_N: "第 {}", "no. {}";
    FAILED_IN: "{}/{} 個支部不合格", "failed in {}/{}";
    SHARE_PART: "分子", "counted";
    SHARE_WHOLE: "分母", "out of";
    JUDGED: "計入統計", "counted in";
    ALL_OF_IT: "全部", "All";
    THIS_ROUND: "本輪", "This round";
    EVERY_ROUND: "歷輪", "All rounds";
    AGE_FROM: "在改 {} 至 {} 天", "open {} to {} days";
    AGE_OVER: "在改 {} 天以上", "open {} days or more";
    AGE_OF: "{}（逾期 {}）", "{} (overdue {})";
    STANDING_APART: "長期堅持類另計：{}", "Long-term ones apart: {}";
    A_GO_ANALYSIS: "分析", "Analysis";
    A_LEFT: "左一列", "Column left";
    A_RIGHT: "右一列", "Column right";
    A_OLDER: "上一輪", "Earlier round";
    A_NEWER: "下一輪", "Later round";
    SCOPE_ANALYSIS: "分析", "Analysis";
}

/// Says an age of open items by its first and last day; the oldest has no last.
pub fn age(from: i32, to: Option<i32>, lang: Lang) -> String {
    match to {
        Some(to) => AGE_FROM.fill(lang, &[&from, &to]),
        None => AGE_OVER.fill(lang, &[&from]),
    }
}
