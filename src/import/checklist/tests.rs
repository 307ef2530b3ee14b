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

#[test]
fn the_builtin_checklist_is_complete_in_every_language() {
    let said = builtin().items.iter().flat_map(|item| {
        let texts =
            [("title", &item.title), ("look", &item.look), ("evidence", &item.evidence), ("finding", &item.finding)];
        texts.map(|(field, said)| (item.id.0.as_str(), field, said.clone()))
    });
    let groups = builtin().groups.iter().map(|group| (group.id.as_str(), "name", group.name.clone()));
    let cards = builtin().cards.iter().map(|card| (card.id.as_str(), "name", card.name.clone()));
    for (id, field, said) in said.chain(groups).chain(cards) {
        for text in [&said.hant, &said.hans, &said.en] {
            assert!(!text.is_empty(), "{id} {field}");
        }
        assert!(!said.en.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{id} {field}: {}", said.en);
    }
}
