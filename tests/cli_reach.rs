//! What a person sees from a script and line by line: each part of the tree × every verb that reads, in every form.
#![allow(clippy::unwrap_used, reason = "a broken test says so")]

mod campus;
mod forms;
mod script;

use campus::{Campus, UNITS, above, code, handle, mark, part, word};
use script::{Home, Ran};
use tijian::domain::Role;

/// Somebody of each role, each with another part of the tree.
const PEOPLE: [(Role, u32); 5] =
    [(Role::Admin, 2), (Role::Inspector, 5), (Role::Approver, 6), (Role::Branch, 3), (Role::Viewer, 7)];

/// Everything that reads and asks for nothing by its code.
const LISTS: &[&str] = &[
    "show",
    "show --json",
    "show R1",
    "show R2 --json",
    "branch list",
    "branch list --json",
    "branch list 單位",
    "round list",
    "round list --json",
    "round progress R1",
    "round progress R2 --json",
    "ledger",
    "ledger --csv",
    "ledger --json",
    "ledger --mine",
    "ledger --text zq --sort due",
    "ledger --round R1 --sort branch",
    "overdue --within 300",
    "overdue --json",
    "analyse",
    "analyse --json --round R1",
    "lookback list",
    "lookback list --json",
    "lookback show 1",
    "lookback show 1 --json",
    "lookback show 2",
    "lint",
    "lint --json",
    "report statistics R1",
    "report statistics R2 --format md",
    "report press circular R1",
    "report press circular R2 --format md",
    "report lookback 1",
    "report lookback 2",
    "checklist list --json",
    "policy show --json",
    "verify",
];

/// Everything that reads and names a branch of a round, or an item of it; `{}` is the branch's code.
const NAMED: &[&str] = &[
    "show R1 {}",
    "show R2 {} --json",
    "show R1 {} --trail",
    "show R2 {} --trail --json",
    "ledger --branch {} --csv",
    "lint --round R2 --branch {}",
    "rectify show R1/{}/A-01",
    "rectify show R2/{}/A-01/01.1 --json",
    "rectify issue R2/{}/A-01 --dry-run",
    "report inspection R2 {}",
    "report inspection R1 {} --format md",
    "report notice R1 {}",
    "report plan R2 {}",
    "report closure R1/{}/A-01",
    "report extension R2/{}/A-01",
    "report press reminder {}",
    "report press talk {} --format md",
    "inspect R2 {}",
];

fn open() -> Home {
    let home = Home::empty();
    Campus::fill(&home.store()).store.close("boot").unwrap();
    home
}

fn runs(home: &Home, who: &str, line: &str) -> Ran {
    home.as_typing(who, &line.split(' ').collect::<Vec<_>>(), "")
}

/// Says that nothing in an answer is of a unit outside a part; a path spells the short names of the units above it.
#[track_caller]
fn holds_nothing_of_others(ran: &Ran, over: u32, line: &str) {
    let said = format!("{}{}", ran.out, ran.err).to_lowercase();
    let inside = part(Some(over));
    for unit in UNITS.map(|(unit, _)| unit).into_iter().filter(|unit| !inside.contains(unit)) {
        let mut said = said.clone();
        if above(over).contains(&unit) {
            // Whoever acts from above does so here too: they are named, and their posts.
            for spelled in ["單位", "单位", "崗位"] {
                said = said.replace(&format!("{spelled}{}", word(unit)), "");
            }
        } else {
            assert!(!said.contains(&mark(unit)), "over {over}, {line}, somebody of {unit}: {ran:?}");
        }
        assert!(!said.contains(&word(unit)), "over {over}, {line}, {unit}: {ran:?}");
    }
}

#[test]
fn no_list_no_count_and_no_paper_tells_of_what_lies_outside() {
    let home = open();
    for (role, over) in PEOPLE {
        let who = handle(role, Some(over));
        for line in LISTS {
            holds_nothing_of_others(&runs(&home, &who, line), over, line);
        }
        let ran = runs(&home, &who, "person list");
        holds_nothing_of_others(&ran, over, "person list");
        assert!(ran.out.contains(&who), "{ran:?}");
        let ran = runs(&home, &who, "ledger --json");
        let inside = part(Some(over));
        let followed = [3, 4, 5, 7, 8, 3, 4, 5].into_iter().filter(|unit| inside.contains(unit));
        assert_eq!((ran.code, ran.out.lines().count()), (0, followed.count()), "over {over}: {ran:?}");
    }
}

#[test]
fn what_lies_outside_answers_as_what_does_not_exist() {
    let home = open();
    for (role, over) in PEOPLE {
        let who = handle(role, Some(over));
        let inside = part(Some(over));
        let outside = [5, 3].into_iter().find(|unit| !inside.contains(unit)).unwrap();
        for line in NAMED {
            let own = inside.iter().copied().find(|unit| [3, 5, 7].contains(unit)).unwrap();
            // A session is no answer.
            if !line.starts_with("inspect") {
                let line = line.replace("{}", &code(own));
                let ran = runs(&home, &who, &line);
                holds_nothing_of_others(&ran, over, &line);
            }
            let (outside, nowhere) = (code(outside), code(0));
            let there = runs(&home, &who, &line.replace("{}", &outside));
            let not = runs(&home, &who, &line.replace("{}", &nowhere));
            let same = (not.out.replace(&nowhere, &outside), not.err.replace(&nowhere, &outside));
            assert_eq!((there.code, (there.out, there.err)), (not.code, same), "{who}: {line}");
        }
        if over != 5 {
            let (there, not) = ("R3ZQ5X", "R9ZQ5X");
            for line in ["round progress {}", "show {}", "ledger --round {}", "report statistics {}", "lint --round {}"]
            {
                let [there, not] = [there, not].map(|round| (runs(&home, &who, &line.replace("{}", round)), round));
                assert_eq!(
                    (there.0.code, there.0.err),
                    (not.0.code, not.0.err.replace(not.1, there.1)),
                    "{who}: {line}"
                );
            }
        }
    }
}

#[test]
fn the_whole_is_seen_by_who_is_there_for_all_of_it_and_nothing_by_a_stranger() {
    let home = open();
    let all = runs(&home, "viewer", "ledger --csv").out.to_lowercase();
    for unit in [3, 4, 5, 7, 8] {
        assert!(all.contains(&word(unit)), "{unit}: {all}");
    }
    for line in LISTS {
        let ran = runs(&home, "stranger", line);
        let said = format!("{}{}", ran.out, ran.err).to_lowercase();
        assert!(!said.contains("zq") && !said.contains("hq"), "{line}: {ran:?}");
    }
}

#[test]
fn a_conversation_tells_of_the_part_alone() {
    let home = open();
    for (role, over) in PEOPLE {
        let who = handle(role, Some(over));
        for script in ["", "h\n", "b\n1\n", "r\n1\n", "t\n1\n", "l\n1\n", "a\n2\n3\n4\n5\n", "?\n"] {
            let ran = home.as_typing(&who, &["--linear"], &format!("{script}q\nq\nq\nq\n"));
            holds_nothing_of_others(&ran, over, script);
            assert!(!ran.out.is_empty(), "{ran:?}");
        }
    }
}
