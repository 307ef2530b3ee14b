//! Faults of the whole: names that repeat, order, cards, rules, and files that are none.

use super::*;
use crate::domain::Points;

fn duplicate(key: &'static str, name: &str, first: u32) -> FaultKind {
    FaultKind::Duplicate { key, name: name.to_owned(), first }
}

fn scattered(key: &'static str, name: &str) -> FaultKind {
    FaultKind::Scattered { key, name: name.to_owned() }
}

#[test]
fn a_name_given_twice_is_told_with_its_first_line() {
    finds(&[("\"A-03\"", "\"A-01\"")], &[(53, duplicate("id", "A-01", 22))]);
    finds(
        &[("id = \"N\"", "id = \"A\"")],
        &[(13, duplicate("card", "A", 8)), (65, FaultKind::UnknownCard("N".to_owned()))],
    );
    let second = "title_hant = \"《自有規定》\"\n\n[[rule]]\nkey = \"OWN1\"\ntitle_hant = \"乙\"\n";
    finds(&[("title_hant = \"《自有規定》\"\n", second)], &[(22, duplicate("rule", "OWN1", 18))]);
}

#[test]
fn items_that_do_not_stand_together_are_told() {
    finds(
        &[
            (
                "card = \"A\"\ngroup = \"A1 會議\"\ntitle_hant = \"黨員大會\"",
                "card = \"A\"\ngroup = \"A2 學習\"\ntitle_hant = \"黨員大會\"",
            ),
            ("group = \"A2 學習\"\ntitle_hant = \"集中學習\"", "group = \"A1 會議\"\ntitle_hant = \"集中學習\""),
        ],
        &[(55, scattered("group", "A1"))],
    );
    let late = "days = 1\n\n[[item]]\nid = \"A-04\"\ncard = \"A\"\ngroup = \"A3 其他\"\ntitle_hant = \"其他\"\npoints = 1\n\
        severity = \"minor\"\nrectify = \"limited\"\ndays = 30\n";
    finds(
        &[("days = 1\n", late), ("total = 10\n", "total = 11\n"), ("points = 10\n", "points = 11\n")],
        &[(75, scattered("card", "A"))],
    );
}

#[test]
fn groups_that_are_said_in_two_ways_are_told() {
    let differs = |group: &str, first| FaultKind::GroupDiffers { group: group.to_owned(), first };
    let form = |group: &str| FaultKind::GroupForm(group.to_owned());
    let second = ("group = \"A1 會議\"\ntitle_hant = \"黨員大會\"", "group = \"A1 大會\"\ntitle_hant = \"黨員大會\"");
    finds(&[second], &[(45, differs("A1", 24))]);
    finds(&[("A1 会议", "A9 会议")], &[(25, differs("A9", 24))]);
    for bad in ["A2", "A2 ", "學習 A2", "A2學習", " 學習", "A2\u{3000}學習"] {
        finds(&[("A2 學習", bad)], &[(55, form(bad))]);
    }
    let two = FaultKind::GroupInTwoCards { group: "A2".to_owned(), first: 55 };
    finds(&[("N1 觀感", "A2 學習")], &[(66, two)]);
}

#[test]
fn cards_that_nobody_describes_or_uses_are_told() {
    let unknown = FaultKind::UnknownCard("M".to_owned());
    finds(&[("card = \"N\"", "card = \"M\"")], &[(13, FaultKind::EmptyCard("N".to_owned())), (65, unknown)]);
    let again = "days = 1\n\n[[item]]\nid = \"N-02\"\ncard = \"M\"\ngroup = \"N1 觀感\"\ntitle_hant = \"其他\"\npoints = 0\n\
        severity = \"none\"\nrectify = \"standing\"\ndays = 30\n";
    let unknown = FaultKind::UnknownCard("M".to_owned());
    let empty = FaultKind::EmptyCard("N".to_owned());
    finds(&[("card = \"N\"", "card = \"M\""), ("days = 1\n", again)], &[(13, empty), (65, unknown)]);
    let spare = "scored = false\n\n[[card]]\nid = \"X\"\nname_en = \"Spare\"\n";
    finds(&[("scored = false\n", spare)], &[(18, FaultKind::EmptyCard("X".to_owned()))]);
}

#[test]
fn a_basis_is_three_texts_a_row() {
    let form = || FaultKind::BasisForm("basis");
    let own = "[[\"OWN1\", \"第三條\", \"V\"], [\"ZHIBU2018\", \"\", \"C\"]]";
    for bad in
        ["\"OWN1\"", "[\"OWN1\"]", "[[\"OWN1\"]]", "[[\"OWN1\", \"\", \"V\", \"\"]]", "[[\"OWN1\", 3, \"V\"]]", "[[]]"]
    {
        finds(&[(own, bad)], &[(33, form())]);
    }
    finds(&[(own, &format!("[{}]", "\n[\"OWN1\", \"第三條\", \"V\"],".repeat(21)))], &[(33, form())]);
    finds(&[(own, "[\n[\"OWN1\", \"第三條\", \"V\"],\n[\"OWN1\"],\n[]]")], &[(35, form()), (36, form())]);
}

#[test]
fn a_rule_without_a_title_is_told_once_with_the_one_that_was_meant() {
    let unknown = |rule: &str, near: Option<&str>| FaultKind::UnknownRule {
        rule: rule.to_owned(),
        near: near.map(str::to_owned),
    };
    finds(&[("ZHIBU2018", "ZHIBU2081")], &[(33, unknown("ZHIBU2081", Some("ZHIBU2018")))]);
    finds(&[("ZHIBU2018", "NOWHERE")], &[(33, unknown("NOWHERE", None))]);
    finds(&[("key = \"OWN1\"", "key = \"OWN2\"")], &[(33, unknown("OWN1", Some("OWN2")))]);
}

#[test]
fn a_file_that_is_no_text_is_told_at_the_wrong_byte() {
    let mut bytes = OWN.as_bytes().to_vec();
    let offset = OWN.find("甲卡").unwrap();
    bytes[offset + 1] = b'x';
    assert_eq!(found(&bytes), [(9, FaultKind::NotUtf8 { offset })]);
    let utf16: Vec<u8> = "\u{feff}schema = 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found(&utf16), [(1, FaultKind::NotUtf8 { offset: 0 })]);
}

#[test]
fn a_file_that_is_no_toml_is_told_at_its_line() {
    for (change, line) in [
        (("points = 3\n", "points = 3 分\n"), 47),
        (("days = 60\n", "days = 60\ndays = 61\n"), 51),
        (("黨員大會\"", "黨員大會"), 46),
        (("黨員大會", "黨員\u{1b}大會"), 46),
        (("[[rule]]", "[[rule]"), 17),
    ] {
        let found = found(changed(&[change]).as_bytes());
        assert!(matches!(found.as_slice(), [(at, FaultKind::Syntax(_))] if *at == line), "{change:?}: {found:?}");
    }
}

#[test]
fn a_file_of_a_later_form_is_refused() {
    for (schema, told) in [("2", "2"), ("-1", "-1"), ("true", "boolean"), ("\"two\"", "two")] {
        finds(&[("schema = 1", &format!("schema = {schema}"))], &[(2, FaultKind::Schema(told.to_owned()))]);
    }
}

#[test]
fn a_file_without_items_is_told() {
    assert_eq!(found(b""), [(1, FaultKind::NoItems)]);
    assert_eq!(found(b"# nothing\nitem = []\n"), [(2, FaultKind::NoItems)]);
    let wrong = FaultKind::WrongType { key: "item", expected: Expected::Tables };
    assert_eq!(found(b"\nitem = 5\n"), [(2, wrong), (2, FaultKind::NoItems)]);
}

#[test]
fn a_file_that_is_too_large_is_not_looked_into() {
    let fill = FILE_LIMIT - OWN.len() - 2;
    let whole = format!("{OWN}# {}", "x".repeat(fill));
    assert_eq!(found(whole.as_bytes()), []);
    let larger = FaultKind::TooLarge { size: FILE_LIMIT + 1, limit: FILE_LIMIT };
    assert_eq!(found(format!("{whole}x").as_bytes()), [(1, larger)]);
}

/// Writes a checklist of many items of one point each.
fn many(items: usize) -> String {
    let item = |n| {
        format!(
            "[[item]]\nid = \"R-{n}\"\ncard = \"R\"\ngroup = \"R1 甲\"\ntitle_hant = \"項\"\npoints = 1\n\
            severity = \"minor\"\nrectify = \"limited\"\ndays = 1\n"
        )
    };
    let items_of_one: Vec<String> = (1..=items).map(item).collect();
    format!("total = {items}\n{}", items_of_one.concat())
}

#[test]
fn more_items_than_can_be_walked_are_one_fault() {
    assert_eq!(read(many(ITEM_LIMIT).as_bytes()).unwrap().items.len(), ITEM_LIMIT);
    let line = u32::try_from(ITEM_LIMIT * 9 + 2).unwrap();
    let told = FaultKind::TooManyItems { limit: ITEM_LIMIT };
    assert_eq!(found(many(ITEM_LIMIT + 1).as_bytes()), [(line, told)]);
}

#[test]
fn more_cards_than_can_be_counted_are_told() {
    let card = |n| {
        format!(
            "[[card]]\nid = \"C{n}\"\nname_en = \"x\"\n[[item]]\nid = \"C-{n}\"\ncard = \"C{n}\"\ngroup = \"G{n} g\"\n\
            title_en = \"x\"\npoints = 1\nseverity = \"minor\"\nrectify = \"limited\"\ndays = 1\n"
        )
    };
    let cards = |cards: usize| format!("total = {cards}\n{}", (1..=cards).map(card).collect::<Vec<_>>().concat());
    let most = read(cards(256).as_bytes()).unwrap();
    assert_eq!(most.card_of(&most.items[255]).unwrap().id, "C256");
    assert_eq!(found(cards(300).as_bytes()), [(256 * 12 + 7, FaultKind::TooManyCards { limit: 256 })]);
}

#[test]
fn ten_faults_are_told_at_once_from_the_top_to_the_end() {
    finds(
        &[
            ("edition =", "editon ="),
            ("total = 10\n", "total = 11\n"),
            ("points = 10\n", "points = 9\n"),
            ("《自有規定》", "《自有\u{202e}規定》"),
            ("\"interview\"]", "\"phone\"]"),
            ("ZHIBU2018", "ZHIBU2O18"),
            ("{n}次未開。", "{n次未開。"),
            ("days = 60", "days = 0"),
            ("\"A-03\"", "\"A-01\""),
            ("N1 觀感", "觀感"),
        ],
        &[
            (3, FaultKind::UnknownKey { key: "editon".to_owned(), near: Some("edition") }),
            (5, FaultKind::Total { said: Points(110), sum: Points(100) }),
            (10, FaultKind::CardTotal { card: "A".to_owned(), said: Points(90), sum: Points(100) }),
            (19, FaultKind::Unclean { key: "title_hant", character: Some('\u{202e}') }),
            (
                31,
                FaultKind::UnknownWord { key: "methods", word: "phone".to_owned(), known: "docs, interview, on_site" },
            ),
            (33, FaultKind::UnknownRule { rule: "ZHIBU2O18".to_owned(), near: Some("ZHIBU2018".to_owned()) }),
            (39, FaultKind::Braces("finding_hant")),
            (50, FaultKind::BadNumber { key: "days", expected: Expected::Days }),
            (53, duplicate("id", "A-01", 22)),
            (66, FaultKind::GroupForm("觀感".to_owned())),
        ],
    );
}
