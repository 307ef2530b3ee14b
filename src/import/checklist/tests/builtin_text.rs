//! The built-in checklist: its figures, its texts and what its items rest on.

use super::*;
use crate::domain::{Item, Lang, Points, Profile, Said, Tag, basis_lines, braces_pair, slots};

const PROFILES: [Profile; 2] = [Profile::Jiguan, Profile::University];

fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn item(id: &str) -> &'static Item {
    builtin().items.iter().find(|item| item.id.0 == id).unwrap()
}

fn basis(id: &str, profile: Profile, lang: Lang) -> Vec<String> {
    basis_lines(builtin(), item(id), profile, lang)
}

#[test]
fn the_builtin_checklist_has_three_scored_cards_and_an_annex() {
    let builtin = builtin();
    let cards: Vec<_> = (builtin.cards.iter().enumerate())
        .map(|(at, card)| {
            let items: Vec<_> =
                builtin.items.iter().filter(|item| usize::from(builtin.card_index(item)) == at).collect();
            let points: Points = items.iter().map(|item| item.points).sum();
            (card.id.as_str(), card.name.hant.as_str(), card.scored, items.len(), points)
        })
        .collect();
    let expected = [
        ("R", "責任", true, 13, Points::whole(25)),
        ("D", "一崗雙責", true, 12, Points::whole(20)),
        ("S", "制度落實", true, 33, Points::whole(55)),
        ("Q", "質效評判", false, 8, Points::whole(0)),
    ];
    assert_eq!(cards, expected);
    let scored = builtin.items.iter().filter(|item| builtin.scored(item)).count();
    assert_eq!((builtin.items.len(), scored, builtin.items.len() - scored), (66, 58, 8));
    assert_eq!(builtin.full_marks(), Points::whole(100));
}

#[test]
fn items_are_named_after_their_card_and_counted_through() {
    let builtin = builtin();
    for card in &builtin.cards {
        let own: Vec<_> = builtin
            .items
            .iter()
            .filter(|item| builtin.card_of(item).is_some_and(|own| own.id == card.id))
            .map(|item| item.id.0.clone())
            .collect();
        let expected: Vec<_> = (1..=own.len()).map(|n| format!("{}-{n:02}", card.id)).collect();
        assert_eq!(own, expected);
    }
}

#[test]
fn scored_items_have_everything_that_a_walk_asks_for() {
    let builtin = builtin();
    for item in &builtin.items {
        assert!(!item.look.is_empty() && !item.methods.is_empty() && !item.evidence.is_empty(), "{}", item.id);
        assert!(item.days > 0 && !item.finding.is_empty() && !item.basis.is_empty(), "{}", item.id);
        assert_eq!(item.severity == crate::domain::Severity::None, !builtin.scored(item), "{}", item.id);
    }
    let mut vetoes: Vec<_> = builtin.items.iter().filter_map(|item| item.veto.as_deref()).collect();
    vetoes.sort_unstable();
    assert_eq!(vetoes, ["dues_misuse", "falsified_records", "recruit_fraud", "term_overdue_1y"]);
}

/// Lists every text with the name of its place.
fn texts() -> Vec<(String, &'static Said)> {
    let builtin = builtin();
    let mut texts = vec![("title".to_owned(), &builtin.title)];
    texts.extend(builtin.cards.iter().map(|card| (format!("card {}", card.id), &card.name)));
    texts.extend(builtin.groups.iter().map(|group| (format!("group {}", group.id), &group.name)));
    texts.extend(builtin.rules.iter().map(|rule| (format!("rule {}", rule.key), &rule.title)));
    for item in &builtin.items {
        let own =
            [("title", &item.title), ("look", &item.look), ("evidence", &item.evidence), ("finding", &item.finding)];
        texts.extend(own.map(|(name, said)| (format!("{name} of {}", item.id), said)));
    }
    texts
}

#[test]
fn every_text_is_there_in_both_scripts() {
    for (place, said) in texts() {
        assert!(!said.hant.is_empty() && !said.hans.is_empty(), "{place}");
        assert_eq!(said.hant.lines().count(), said.hans.lines().count(), "{place}");
        assert_eq!(slots(&said.hant), slots(&said.hans), "{place}");
        assert!(braces_pair(&said.hant) && braces_pair(&said.hans), "{place}");
    }
    let mixed: Vec<_> = texts()
        .into_iter()
        .filter(|(_, said)| crate::locales::simplified(&said.hans) != said.hans)
        .map(|(place, said)| format!("{place}: {}", said.hans))
        .collect();
    assert_eq!(mixed, Vec::<String>::new(), "texts that are not simplified throughout");
}

#[test]
fn every_text_is_there_in_english() {
    let lacking: Vec<_> = texts().into_iter().filter(|(_, said)| said.en.is_empty()).map(|(place, _)| place).collect();
    assert_eq!(lacking, Vec::<String>::new());
    for (place, said) in texts() {
        assert!(!said.en.contains(han), "{place}: {}", said.en);
        // What to look at is said in English without the numbers of the sample.
        let mut same = [slots(&said.hant), slots(&said.en)];
        for slots in &mut same {
            slots.sort_unstable();
        }
        assert!(place.starts_with("look") || same[0] == same[1], "{place}");
    }
}

#[test]
fn a_basis_prints_no_more_than_its_tag_allows() {
    let builtin = builtin();
    let title = |key: &str, lang| {
        let rule = builtin.rules.iter().find(|rule| rule.key == key).unwrap();
        rule.title.pick(lang).to_owned()
    };
    for item in &builtin.items {
        for profile in PROFILES {
            let lines = basis_lines(builtin, item, profile, Lang::Hant);
            let rows = item.basis_for(profile);
            for row in rows {
                let title = match row.tag {
                    Tag::V | Tag::C => title(&row.rule, Lang::Hant),
                    Tag::S => "本單位督查要求".to_owned(),
                    Tag::L => "本單位制度".to_owned(),
                    Tag::U => continue,
                };
                let line = lines.iter().find(|line| line.trim_start_matches("參照").starts_with(&title));
                let line = line.unwrap_or_else(|| panic!("{}: no line begins with {title}", item.id));
                match row.tag {
                    Tag::V => assert!(line.contains(&row.article), "{}: {line}", item.id),
                    _ if rows.iter().any(|other| other.tag == Tag::V && other.rule == row.rule) => {}
                    _ => assert_eq!(line.trim_start_matches("參照"), title, "{}", item.id),
                }
            }
            let printable = rows.iter().filter(|row| row.tag != Tag::U).count();
            assert!(lines.len() <= printable && (printable == 0 || !lines.is_empty()), "{}", item.id);
        }
    }
}

#[test]
fn a_basis_is_printed_in_every_language_and_for_both_profiles() {
    let jiguan = "《中國共產黨黨和國家機關基層組織工作條例》";
    assert_eq!(basis("R-01", Profile::Jiguan, Lang::Hant), ["本單位督查要求".to_owned(), format!("{jiguan}第四條")]);
    assert_eq!(basis("R-01", Profile::University, Lang::Hant), ["本單位督查要求"]);
    assert_eq!(
        basis("R-03", Profile::Jiguan, Lang::Hans),
        [
            "《中国共产党党和国家机关基层组织工作条例》第三十五条",
            "参照《党委（党组）落实全面从严治党主体责任规定》",
            "本单位制度"
        ]
    );
    assert_eq!(basis("R-06", Profile::Jiguan, Lang::Hant), [format!("{jiguan}第十條、第十七條")]);
    assert_eq!(
        basis("R-06", Profile::Jiguan, Lang::En),
        ["CPC Regulations on the Work of Basic-Level Organisations in Party and State Organs, arts. 10, 17"]
    );
    assert_eq!(basis("R-06", Profile::University, Lang::En), ["the unit's own rules"]);
    assert_eq!(
        basis("S-07", Profile::University, Lang::En),
        ["CPC Regulations on the Work of Party Branches (Trial), art. 11"]
    );
}

#[test]
fn an_unverified_basis_is_never_printed() {
    let mut builtin = builtin().clone();
    for item in &mut builtin.items {
        let rows = item.basis.iter_mut().chain(item.basis_university.iter_mut().flatten());
        rows.for_each(|basis| basis.tag = Tag::U);
    }
    for item in &builtin.items {
        for (profile, lang) in PROFILES.into_iter().flat_map(|profile| Lang::ALL.map(|lang| (profile, lang))) {
            assert_eq!(basis_lines(&builtin, item, profile, lang), Vec::<String>::new(), "{}", item.id);
        }
    }
}

#[test]
fn the_regulation_for_organs_binds_no_university() {
    for item in &builtin().items {
        let rows = item.basis_for(Profile::University);
        assert!(rows.iter().all(|row| row.rule != "JIGUAN2019"), "{}", item.id);
        assert!(!basis_lines(builtin(), item, Profile::University, Lang::Hant).is_empty(), "{}", item.id);
    }
}

#[test]
fn english_articles_are_figures() {
    for item in &builtin().items {
        for profile in PROFILES {
            for line in basis_lines(builtin(), item, profile, Lang::En) {
                assert!(!line.contains(han), "{}: {line}", item.id);
            }
        }
    }
}
