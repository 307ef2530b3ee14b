//! Basis: stub until the real one is merged.
use super::{Checklist, Item, Lang, Profile};
/// Lists basis lines.
pub fn basis_lines(_checklist: &Checklist, item: &Item, profile: Profile, _lang: Lang) -> Vec<String> {
    item.basis_for(profile).iter().map(|b| b.rule.clone()).collect()
}
/// The caveat.
pub fn basis_caveat(_lang: Lang) -> &'static str {
    "以正式印發文本為準"
}
