//! Words for several persons at one thing: conflicts, claims, and cards that somebody has taken.

use super::{Lang, NOT_CHECKED, clock, verdict, words};
use crate::domain::{Claim, Judgement, Refusal, Stamp, Taker};

words! {
    CONFLICT: "同時改動", "Changed at the same time";
    CONFLICT_HEAD: "{} {} 改過此處，與您的不同。", "{} changed this at {}; yours differs.";
    CONFLICT_THEIRS: "現在的", "Stands now";
    CONFLICT_MINE: "您的", "Yours";
    CONFLICT_NOTHING: "（無）", "(nothing)";
    CONFLICT_KEYS: "8 用我的   9 用對方的   Esc 回去改", "8 take mine   9 take theirs   Esc back";
    LN_CONFLICT_KEYS: "8 用我的；9 用對方的；< 回去改", "8 takes yours, 9 takes theirs, < goes back";
    TOOK_THEIRS: "已保留對方的。", "Theirs stays.";
    MINE_KEPT: "您的文字仍在，未保存；再存即替換對方的。", "Your text is here and not saved; saving replaces theirs.";
    VERB_CLAIM: "領取核驗", "claim";
    VERB_RELEASE: "交還核驗", "give the claim back";
    CLAIMED_MARK: "領取 {}", "claimed: {}";
    CLAIM_CELL: "{} 至 {} {}", "{} until {} {}";
    CLAIMED_BY: "領取：{} 至 {}", "claimed: {} until {}";
    A_CARD_TAKE: "領取此卡", "take this card";
    A_CARD_GIVE: "交還此卡", "give this card back";
    CARD_MINE: "我", "me";
    CARD: "此卡", "Card";
    CARD_OF: "由 {} 負責（{} 起）", "{} has it (since {})";
    ASK_FREE_CARD: "此卡{}，替其交還？（留痕）", "{}. Give this card back for them? (It stays in the trail.)";
    ASK_OTHERS_CARD: "由 {} 負責，仍要判定？", "{} has this card. Judge all the same?";
    TR_CARD_TAKEN: "領取第 {} 張卡", "took card {}";
    TR_CARD_GIVEN: "交還第 {} 張卡", "gave card {} back";
    R_NO_CARD: "清單中沒有第 {} 張卡。", "The checklist has no card {}.";
    R_CARD_TAKEN: "此卡由 {} 負責（{} 起），由其本人或管理員交還。", "{} has taken this card (since {}); they or an admin give it back.";
    R_CLAIMED: "{} 已領取核驗，至 {}；到時自行解除，本人或管理員可提前交還", "{} has claimed it until {}; it ends by itself, they or an admin can give it back sooner";
}

/// Says who looks at an item, and until when.
pub fn claimed(claim: &Claim, lang: Lang) -> String {
    CLAIMED_BY.fill(lang, &[&claim.by, &hour(claim.until)])
}

/// Says on paper for which post somebody looks at an item, and until when.
pub fn claim_cell(post: &str, until: Stamp, lang: Lang) -> String {
    CLAIM_CELL.fill(lang, &[&post, &until.china_day(), &hour(until)]).trim_start().to_owned()
}

/// Says who has a card, and since when.
pub fn card_of(taker: &Taker, lang: Lang) -> String {
    CARD_OF.fill(lang, &[&taker.by, &hour(taker.at)])
}

/// Says a verdict with its reason, or that there is none.
pub fn judgement(judgement: Option<&Judgement>, lang: Lang) -> String {
    let Some(Judgement { verdict: given, reason }) = judgement else { return NOT_CHECKED.say(lang).to_owned() };
    let word = verdict(*given).say(lang);
    let (open, close) = if lang == Lang::En { (" (", ")") } else { ("（", "）") };
    if reason.is_empty() { word.to_owned() } else { format!("{word}{open}{reason}{close}") }
}

/// Spells the hour and minute of a moment in China, 15:30.
pub(super) fn hour(at: Stamp) -> String {
    clock(at).chars().take(5).collect()
}

/// Says why something is refused that another has in hand; nothing for what is refused elsewhere.
pub(super) fn refused(refusal: &Refusal, lang: Lang) -> Option<String> {
    match refusal {
        Refusal::Claimed { by, until } => Some(R_CLAIMED.fill(lang, &[by, &hour(*until)])),
        Refusal::NoSuchCard(card) => Some(R_NO_CARD.fill(lang, &[&(u16::from(*card) + 1)])),
        Refusal::CardTaken { by, at } => Some(R_CARD_TAKEN.fill(lang, &[by, &hour(*at)])),
        _ => None,
    }
}
