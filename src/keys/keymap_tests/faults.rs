//! What is wrong with a file, told at once and by line.

use proptest::prelude::*;

use super::super::{FaultKind, KeymapFault, NameFault};
use super::parse;

#[test]
fn everything_wrong_is_told_at_once_by_line() {
    let text = r#"x = "help"
[globl]
"q" = "leeve"
[walk]
"1" = "walk.pas"
"entr" = "walk.pass"
"C-m" = "walk.pass"
"2" = 2
"g" = "go.top"
"g g" = "go.top"
"] f" = "go.end"
"]" = "go.top"
"esc" = "leave"
"escape" = "leave"
"" = "help"
"#;
    let some = |text: &str| Some(text.to_owned());
    let name = |text: &str| text.to_owned();
    let expect = [
        (1, FaultKind::NotAScope { name: name("x") }),
        (2, FaultKind::UnknownScope { name: name("globl"), near: some("global") }),
        (3, FaultKind::UnknownAction { name: name("leeve"), near: some("leave") }),
        (5, FaultKind::UnknownAction { name: name("walk.pas"), near: some("walk.pass") }),
        (6, FaultKind::Keys(NameFault::Unknown { name: name("entr"), near: some("enter") })),
        (7, FaultKind::NeverArrives { key: name("C-m") }),
        (8, FaultKind::NotAName { keys: name("2") }),
        (9, FaultKind::Prefix { keys: name("g"), longer: name("g g"), other: 10 }),
        (12, FaultKind::Prefix { keys: name("]"), longer: name("] f"), other: 11 }),
        (14, FaultKind::Twice { keys: name("esc"), other: 13 }),
        (15, FaultKind::Keys(NameFault::Empty)),
    ];
    let faults = parse(text).unwrap_err();
    assert_eq!(faults.into_iter().map(|fault| (fault.line, fault.kind)).collect::<Vec<_>>(), expect);
}

#[test]
fn broken_toml_hides_no_other_fault() {
    let faults =
        parse("[walk]\n\"1\" = \"walk.pass\"\n\"1\" = \"walk.fail\"\n\"2\" = \n\"3\" = \"nothing\"\n").unwrap_err();
    let lines: Vec<(usize, bool)> =
        faults.iter().map(|fault| (fault.line, matches!(fault.kind, FaultKind::Toml(_)))).collect();
    assert_eq!(lines, [(3, true), (4, true), (5, false)], "{faults:?}");
}

#[test]
fn a_fault_says_what_was_meant() {
    let faults = parse("[walk]\n\"pagup\" = \"walk.pass\"\n\"q\" = \"walk.fial\"\n\"x\" = \"nonee\"").unwrap_err();
    let said: Vec<String> = faults.iter().map(KeymapFault::to_string).collect();
    assert_eq!(
        said,
        [
            "line 2: `pagup` is not a key, did you mean `pageup`?",
            "line 3: `walk.fial` is not an action, did you mean `walk.fail`?",
            "line 4: `nonee` is not an action, did you mean `none`?",
        ]
    );
}

proptest! {
    #[test]
    fn no_file_upsets_the_reader(text in any::<String>(), rows in "(\\[(walk|x)\\]\n)?(\"[a-z A-Z\\-\"]{0,6}\" ?= ?\"?[a-z.]{0,6}\"?\n){0,4}") {
        for text in [text, rows] {
            if let Err(faults) = parse(&text) {
                let lines = text.lines().count().max(1) + 1;
                prop_assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)), "{:?}", faults);
            }
        }
    }
}
