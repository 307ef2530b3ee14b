use super::*;

#[test]
fn the_builtin_checklist_reads_without_a_fault() {
    let builtin = builtin();
    assert_eq!(builtin.items.len(), 66);
}

#[test]
fn faults_are_worded_in_every_language() {
    crate::locales::assert_said(&say::all());
}
