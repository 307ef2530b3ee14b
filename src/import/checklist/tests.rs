use super::*;
use crate::locales::simplified;

#[test]
fn the_builtin_checklist_reads_without_a_fault() {
    let builtin = builtin();
    assert_eq!(builtin.items.len(), 66);
}

#[test]
fn faults_are_worded_in_every_language() {
    for (hant, en) in say::ALL {
        let holes = |text: &str| text.matches("{}").count();
        assert_eq!(holes(hant), holes(en), "{en}");
        assert_eq!(holes(hant), holes(&simplified(hant)), "{hant}");
        assert!(!en.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{en}");
    }
}
