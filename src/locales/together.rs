//! Words for several persons at one thing: claims.

use super::{Lang, clock, words};
use crate::domain::{Claim, Refusal, Stamp};

words! {
    VERB_CLAIM: "領取核驗", "claim";
    VERB_RELEASE: "交還核驗", "give the claim back";
    CLAIMED_MARK: "領取 {}", "claimed: {}";
    CLAIMED_BY: "領取：{} 至 {}", "claimed: {} until {}";
    R_CLAIMED: "{} 已領取核驗，至 {}；到時自行解除，本人或管理員可提前交還", "{} has claimed it until {}; it ends by itself, they or an admin can give it back sooner";
}

/// Says who looks at an item, and until when.
pub fn claimed(claim: &Claim, lang: Lang) -> String {
    CLAIMED_BY.fill(lang, &[&claim.by, &hour(claim.until)])
}

/// Spells the hour and minute of a moment in China, 15:30.
pub(super) fn hour(at: Stamp) -> String {
    clock(at).chars().take(5).collect()
}

/// Says why something is refused that another has in hand; nothing for what is refused elsewhere.
pub(super) fn refused(refusal: &Refusal, lang: Lang) -> Option<String> {
    match refusal {
        Refusal::Claimed { by, until } => Some(R_CLAIMED.fill(lang, &[by, &hour(*until)])),
        _ => None,
    }
}
