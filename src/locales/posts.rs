//! Words for the list of posts, and why a post is refused.

use super::refusals::field_word;
use super::{Lang, role, words};
use crate::domain::{Refusal, Role};
use crate::text::nearby;

words! {
    R_NO_POST: "「{}」：崗位表中沒有「{}」。{}", "{}: the list of posts has no “{}”. {}";
    R_POST_NEAR: "相近的有：{}。", "Near to it: {}. ";
    R_POST_HOW: "沒有合適的，由{}登記：tijian post add {}（tijian post list 列出全部）。", "Where none fits, the {} enters it: tijian post add {} (tijian post list shows all).";
    FIELD_POSTS: "崗位數", "Posts";
    POSTS_NONE: "崗位表是空的（tijian post add 登記）。", "The list of posts is empty (tijian post add).";
    POSTS_KNOWN: "崗位表中已有：{}。", "The list of posts has these already: {}.";
    H_POST: "崗位，不寫姓名；Ctrl-N 選", "a post, not a name; Ctrl-N chooses";
}

/// The most posts that a refusal proposes.
const NEAR: usize = 3;

/// Says why a post is refused; nothing for what is refused elsewhere.
pub(super) fn refused(refusal: &Refusal, lang: Lang) -> Option<String> {
    let Refusal::NoSuchPost { field, post, known } = refusal else { return None };
    let near = nearby(post, known.iter(), NEAR);
    let mut more = String::new();
    if !near.is_empty() {
        more.push_str(&R_POST_NEAR.fill(lang, &[&near.join(if lang == Lang::En { ", " } else { "、" })]));
    }
    more.push_str(&R_POST_HOW.fill(lang, &[&role(Role::Admin).say(lang), post]));
    Some(R_NO_POST.fill(lang, &[&field_word(field, lang), post, &more]))
}
