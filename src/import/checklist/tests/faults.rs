//! One slip at a time: the fault that it is, and the line where it stands.

use super::*;
use crate::domain::Points;

const TITLE: &str = "title_hant = \"黨員大會\"";

fn unknown(key: &str, near: Option<&'static str>) -> FaultKind {
    FaultKind::UnknownKey { key: key.to_owned(), near }
}

const fn wrong(key: &'static str, expected: Expected) -> FaultKind {
    FaultKind::WrongType { key, expected }
}

const fn number(key: &'static str, expected: Expected) -> FaultKind {
    FaultKind::BadNumber { key, expected }
}

#[test]
fn an_unknown_key_is_named_with_the_key_that_was_meant() {
    finds(&[("edition =", "editon =")], &[(3, unknown("editon", Some("edition")))]);
    finds(
        &[("name_hant = \"甲卡\"", "nmae_hant = \"甲卡\"\nname_en = \"A\"")],
        &[(9, unknown("nmae_hant", Some("name_hant")))],
    );
    finds(
        &[("key = \"OWN1\"\n", "key = \"OWN1\"\nby_refrence = true\n")],
        &[(19, unknown("by_refrence", Some("by_reference")))],
    );
    finds(&[("na_ok = true", "na_okay = true")], &[(61, unknown("na_okay", Some("na_ok")))]);
    finds(&[("na_ok = true", "colour = true")], &[(61, unknown("colour", None))]);
    finds(&[("na_ok = true", "\"a\\u001b[2Jb\" = true")], &[(61, unknown("ab", None))]);
}

#[test]
fn a_missing_key_is_told_at_the_head_of_its_table() {
    for (from, to, key) in [
        ("id = \"A-02\"\n", "", "id"),
        ("points = 3\n", "", "points"),
        ("severity = \"critical\"\n", "", "severity"),
        ("rectify = \"limited\"\ndays = 60\n", "days = 60\n", "rectify"),
        ("days = 60\n", "", "days"),
        ("title_hant = \"黨員大會\"\n", "", "title_hant"),
        ("group = \"A1 會議\"\ntitle_hant = \"黨員大會\"\n", "title_hant = \"黨員大會\"\n", "group"),
        ("id = \"A-02\"\ncard = \"A\"\n", "id = \"A-02\"\n", "card"),
    ] {
        finds(&[(from, to)], &[(42, FaultKind::Missing(key))]);
    }
    finds(&[("name_hant = \"甲卡\"\n", "")], &[(7, FaultKind::Missing("name_hant"))]);
    finds(&[("title_hant = \"《自有規定》\"\n", "")], &[(17, FaultKind::Missing("title_hant"))]);
}

#[test]
fn a_value_of_another_type_is_told() {
    finds(&[("edition = \"own-1\"", "edition = 2026")], &[(3, wrong("edition", Expected::Text))]);
    finds(&[("scored = false", "scored = \"no\"")], &[(15, wrong("scored", Expected::Flag))]);
    finds(&[("na_ok = true", "na_ok = 1")], &[(61, wrong("na_ok", Expected::Flag))]);
    finds(&[(TITLE, "title_hant = 5")], &[(46, wrong("title_hant", Expected::Text))]);
    finds(&[("[\"docs\", \"interview\"]", "\"docs\"")], &[(31, wrong("methods", Expected::Texts))]);
    finds(&[("[\"會議記錄\", \"簽到\"]", "[\"會議記錄\", 1]")], &[(32, wrong("evidence_hant", Expected::Texts))]);
    finds(&[("points = 3\n", "points = \"3\"\n")], &[(47, wrong("points", Expected::Points))]);
    finds(&[("days = 60", "days = 60.0")], &[(50, wrong("days", Expected::Days))]);
    finds(&[("veto = \"own_veto\"", "veto = false")], &[(40, wrong("veto", Expected::Text))]);
}

#[test]
fn a_word_that_is_not_known_is_told_with_the_known_ones() {
    let word = |key, word: &str, known| FaultKind::UnknownWord { key, word: word.to_owned(), known };
    let severities = "none, minor, major, critical";
    finds(&[("\"critical\"", "\"Critical\"")], &[(48, word("severity", "Critical", severities))]);
    finds(&[("\"critical\"", "\"\\u202e嚴重\"")], &[(48, word("severity", "嚴重", severities))]);
    finds(&[("\"immediate\"", "\"now\"")], &[(59, word("rectify", "now", "immediate, limited, standing"))]);
    finds(&[("\"interview\"]", "\"onsite\"]")], &[(31, word("methods", "onsite", "docs, interview, on_site"))]);
    finds(&[("\"第三條\", \"V\"", "\"第三條\", \"v\"")], &[(33, word("basis", "v", "V, C, S, L, U"))]);
    finds(&[("\"OWN1\", \"\", \"S\"", "\"OWN1\", \"\", \"\"")], &[(34, word("basis_university", "", "V, C, S, L, U"))]);
}

#[test]
fn a_number_out_of_range_or_too_fine_is_told() {
    for bad in ["-1", "1001", "4.55", "0.01", "inf", "nan", "1e1", "1000.1", "-0.5", "99999999999999999999"] {
        finds(&[("points = 4.5", &format!("points = {bad}"))], &[(57, number("points", Expected::Points))]);
    }
    for bad in ["0", "-1", "731", "65537", "99999999999999999999"] {
        finds(&[("days = 60", &format!("days = {bad}"))], &[(50, number("days", Expected::Days))]);
    }
    finds(&[("total = 10\n", "total = 10.05\n")], &[(5, number("total", Expected::Points))]);
    finds(&[("points = 10\n", "points = -10\n")], &[(10, number("points", Expected::Points))]);
}

#[test]
fn a_name_that_cannot_stand_in_commands_is_told() {
    let name = |key, name: &str, limit| FaultKind::BadName { key, name: name.to_owned(), limit };
    finds(&[("\"A-02\"", "\"A 02\"")], &[(43, name("id", "A 02", 16))]);
    finds(&[("\"A-02\"", "\"\"")], &[(43, name("id", "", 16))]);
    finds(&[("\"A-02\"", "\"A-0123456789ABCDE\"")], &[(43, name("id", "A-0123456789ABCDE", 16))]);
    finds(&[("\"A-02\"", "\"A/../02\"")], &[(43, name("id", "A/../02", 16))]);
    finds(&[("\"A-02\"", "\"\\u001b]0;x\\u0007甲\"")], &[(43, name("id", "甲", 16))]);
    finds(&[("veto = \"own_veto\"", "veto = \"own veto\"")], &[(40, name("veto", "own veto", 32))]);
    finds(&[("[[\"OWN1\", \"第三條\"", "[[\"OWN 1\", \"第三條\"")], &[(33, name("basis", "OWN 1", 32))]);
    let long = "字".repeat(200);
    let told = "字".repeat(40);
    finds(&[("\"A-02\"", &format!("\"{long}\""))], &[(43, name("id", &told, 16))]);
}

#[test]
fn a_text_that_is_too_long_is_told() {
    let long = |key, length, limit| FaultKind::TooLong { key, length, limit };
    finds(&[("黨員大會", &"字".repeat(61))], &[(46, long("title_hant", 61, 60))]);
    finds(&[("own-1", &"e".repeat(33))], &[(3, long("edition", 33, 32))]);
    finds(&[("{n}次未開。", &"字".repeat(501))], &[(39, long("finding_hant", 501, 500))]);
    finds(&[("簽到", &"字".repeat(61))], &[(32, long("evidence_hant", 61, 60))]);
    finds(&[("第三條", &"字".repeat(61))], &[(33, long("basis", 61, 60))]);
    finds(&[("《自有規定》", &"字".repeat(201))], &[(19, long("title_hant", 201, 200))]);
    let list = format!("[{}]", "\n\"甲\",".repeat(21));
    let many = FaultKind::TooManyLines { key: "evidence_hant", limit: 20 };
    finds(&[("[\"會議記錄\", \"簽到\"]", &list)], &[(53, many)]);
}

#[test]
fn a_character_that_steers_or_hides_is_told() {
    let unclean = |key, character| FaultKind::Unclean { key, character };
    for (text, character) in [
        ("\\u001b[31m", '\u{1b}'),
        ("\\u0000", '\0'),
        ("\\u007f", '\u{7f}'),
        ("\\u009b", '\u{9b}'),
        ("\\n", '\n'),
        ("\\t", '\t'),
        ("\u{202e}", '\u{202e}'),
        ("\u{2066}", '\u{2066}'),
        ("\u{200b}", '\u{200b}'),
        ("\u{feff}", '\u{feff}'),
        ("\\U000E0041", '\u{e0041}'),
    ] {
        finds(&[("黨員大會", &format!("黨員{text}大會"))], &[(46, unclean("title_hant", Some(character)))]);
    }
    finds(&[("The committee", "The\u{202e} committee")], &[(28, unclean("en", Some('\u{202e}')))]);
    finds(&[("簽到", "簽\u{202d}到")], &[(32, unclean("evidence_hant", Some('\u{202d}')))]);
    finds(&[("A2 學習", "A2 學\u{200f}習")], &[(55, unclean("group", Some('\u{200f}')))]);
    finds(&[("The committee", "The cafe\u{301} committee")], &[(28, unclean("en", None))]);
}

#[test]
fn braces_and_slots_that_do_not_agree_are_told() {
    for bad in ["{n次未開。", "n}次未開。", "{}次未開。", "{N}次未開。", "{次}次未開。", "{{n}}次未開。"]
    {
        finds(&[("{n}次未開。", bad)], &[(39, FaultKind::Braces("finding_hant"))]);
    }
    let only = |slots: &[&str]| slots.iter().map(|slot| (*slot).to_owned()).collect();
    let slots = |key, other, slots| FaultKind::Slots { key, other, only: only(slots) };
    finds(&[("看{sample}份记录", "看{n}份记录")], &[(30, slots("look_hans", "look_hant", &["n", "sample"]))]);
    finds(&[("看{sample}份记录", "看几份记录")], &[(30, slots("look_hans", "look_hant", &["sample"]))]);
    finds(
        &[("{n}次未開。\"", "{n}次未開。\"\nfinding_en = \"{n} of {total} were not held.\"")],
        &[(40, slots("finding_en", "finding_hant", &["total"]))],
    );
}

#[test]
fn points_that_do_not_add_up_are_told_for_the_card_and_the_total() {
    let total = |sum| FaultKind::Total { said: Points(100), sum: Points(sum) };
    let card = |said, sum| FaultKind::CardTotal { card: "A".to_owned(), said: Points(said), sum: Points(sum) };
    finds(&[("points = 4.5", "points = 4.6")], &[(5, total(101)), (10, card(100, 101))]);
    finds(&[("points = 10\n", "points = 9.5\n")], &[(10, card(95, 100))]);
    finds(&[("total = 10\n", "total = 12\n")], &[(5, FaultKind::Total { said: Points(120), sum: Points(100) })]);
    finds(&[("total = 10\n", "")], &[(1, FaultKind::Total { said: Points(1000), sum: Points(100) })]);
    finds(&[("points = 0\n", "points = 1\n")], &[(68, FaultKind::PointsInAnnex)]);
    finds(&[("points = 3\n", "points = 0\n")], &[(5, total(70)), (10, card(100, 70)), (47, FaultKind::NoPoints)]);
    finds(&[("scored = false\n", "")], &[(67, FaultKind::NoPoints)]);
    finds(&[("points = 3\n", "points = \"\"\n")], &[(47, wrong("points", Expected::Points))]);
}
