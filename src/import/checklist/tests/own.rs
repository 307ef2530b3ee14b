//! The own checklist as it is read.

use super::*;
use crate::domain::{Class, Lang, Method, Points, Profile, Severity, Tag, basis_lines};

fn own() -> Checklist {
    read(OWN.as_bytes()).unwrap()
}

#[test]
fn an_own_checklist_is_read_whole() {
    let own = own();
    assert_eq!((own.edition.as_str(), own.title.hant.as_str()), ("own-1", "自有清單"));
    let cards: Vec<_> = own.cards.iter().map(|card| (card.id.as_str(), card.name.hant.as_str(), card.scored)).collect();
    assert_eq!(cards, [("A", "甲卡", true), ("N", "附表", false)]);
    let groups: Vec<_> =
        own.groups.iter().map(|group| (group.id.as_str(), group.name.hant.as_str(), group.card)).collect();
    assert_eq!(groups, [("A1", "會議", 0), ("A2", "學習", 0), ("N1", "觀感", 1)]);
    assert_eq!(own.groups[0].name.hans, "会议");
    let items: Vec<_> = own.items.iter().map(|item| (item.id.0.as_str(), item.group, item.points)).collect();
    let expected = [("A-01", 0, Points(25)), ("A-02", 0, Points(30)), ("A-03", 1, Points(45)), ("N-01", 2, Points(0))];
    assert_eq!(items, expected);
    assert_eq!(own.full_marks(), Points::whole(10));
}

#[test]
fn every_key_of_an_item_is_read() {
    let own = own();
    let item = &own.items[0];
    assert_eq!((item.title.hant.as_str(), item.title.hans.as_str(), item.title.en.as_str()), ("支委會", "支委会", ""));
    assert_eq!((item.look.hant.as_str(), item.look.hans.as_str()), ("看{sample}份記錄。", "看{sample}份记录。"));
    assert_eq!(item.look.en, "The committee meets.");
    assert_eq!(item.methods, [Method::Docs, Method::Interview]);
    assert_eq!(item.evidence_lines(Lang::Hant).collect::<Vec<_>>(), ["會議記錄", "簽到"]);
    assert_eq!(item.basis.iter().map(|basis| basis.tag).collect::<Vec<_>>(), [Tag::V, Tag::C]);
    assert_eq!((item.severity, item.class, item.days), (Severity::Major, Class::Limited, 30));
    assert_eq!((item.finding.hant.as_str(), item.veto.as_deref()), ("{n}次未開。", Some("own_veto")));
    assert!(!item.na_ok && own.items[2].na_ok);
    assert_eq!(own.items[1].basis_university, None);
}

#[test]
fn an_edition_carries_the_titles_of_the_built_in_rules_that_it_uses() {
    let own = own();
    let keys: Vec<_> = own.rules.iter().map(|rule| rule.key.as_str()).collect();
    assert_eq!(keys, ["OWN1", "ZHIBU2018", "UNIT"]);
    let lines = |profile| basis_lines(&own, &own.items[0], profile, Lang::Hant);
    assert_eq!(lines(Profile::Jiguan), ["《自有規定》第三條", "《中國共產黨支部工作條例（試行）》"]);
    assert_eq!(lines(Profile::University), ["本單位督查要求"]);
}

#[test]
fn built_in_cards_need_no_description() {
    let text = changed(&[
        ("[[card]]\nid = \"A\"\nname_hant = \"甲卡\"\npoints = 10\n", ""),
        ("[[card]]\nid = \"N\"\nname_hant = \"附表\"\nscored = false\n", "[[card]]\nid = \"Q\"\nname_hant = \"附\"\n"),
        ("card = \"N\"", "card = \"Q\""),
    ])
    .replace("card = \"A\"", "card = \"R\"");
    let read = read(text.as_bytes()).unwrap();
    let cards: Vec<_> =
        read.cards.iter().map(|card| (card.id.as_str(), card.name.hant.as_str(), card.scored)).collect();
    assert_eq!(cards, [("R", "責任", true), ("Q", "附", false)]);
}

#[test]
fn numbers_may_be_written_in_every_way_of_toml() {
    for three in ["3.0", "+3", "3.000", "0x3", "0b11"] {
        let text = changed(&[("points = 3\n", &format!("points = {three}\n"))]);
        assert_eq!(read(text.as_bytes()).unwrap().items[1].points, Points::whole(3), "{three}");
    }
    for sixty in ["6_0", "0x3c"] {
        let text = changed(&[("days = 60", &format!("days = {sixty}"))]);
        assert_eq!(read(text.as_bytes()).unwrap().items[1].days, 60, "{sixty}");
    }
}

#[test]
fn the_bounds_themselves_are_allowed() {
    let only = "[[item]]\nid = \"R-01\"\ncard = \"R\"\ngroup = \"R1 a\"\ntitle_en = \"a\"\nseverity = \"minor\"\n\
        rectify = \"limited\"\ndays = 1\n";
    for most in ["1000", "1000.0"] {
        let text = format!("total = {most}\n{only}points = {most}\n");
        assert_eq!(found(text.as_bytes()), [], "{most}");
    }
    for days in ["1", "730"] {
        assert!(read(changed(&[("days = 60", &format!("days = {days}"))]).as_bytes()).is_ok(), "{days}");
    }
    let title = "字".repeat(60);
    assert!(read(changed(&[("黨員大會", &title)]).as_bytes()).is_ok());
    let id = "A.b_c-0123456789";
    assert!(read(changed(&[("A-02", id)]).as_bytes()).is_ok());
}

#[test]
fn line_ends_of_other_systems_and_a_byte_order_mark_are_read() {
    let text = OWN.replace('\n', "\r\n");
    assert_eq!(read(text.as_bytes()), read(OWN.as_bytes()));
    let text = format!("\u{feff}{OWN}");
    assert_eq!(read(text.as_bytes()), read(OWN.as_bytes()));
}
