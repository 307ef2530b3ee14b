//! What a person sees from a script and line by line: each part of the tree × every verb that reads, in every form.
#![allow(clippy::unwrap_used, reason = "a broken test says so")]

mod campus;
mod forms;
mod script;

use campus::{BLIND, Campus, UNITS, WALKERS, above, code, handle, mark, part, people, word};
use clap::CommandFactory;
use script::{Home, Ran};
use tijian::cli::Cli;
use tijian::domain::{Command, HouseCommand, PersonId, Role};

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
    "checklist show",
    "checklist diff builtin builtin",
    "policy show --json",
    "calendar show",
    "post list",
    "post list --json",
    "person list",
    "person list --json",
    "person key list",
    "person key list --json",
    "status",
    "status --json",
    "keys",
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
    "report press urging {}",
    "report press supervision {}",
    "calibrate show R2 {}",
    "calibrate show R2 {} --json",
    "calibrate show R2 {} --number 1",
    "inspect R2 {}",
];

/// What is asked for something to be done and answers that it is, and what is not about the store.
const DOES: &[&str] = &[
    "branch add",
    "branch edit",
    "branch retire",
    "branch restore",
    "branch merge",
    "branch import",
    "checklist check",
    "checklist add",
    "round open",
    "round edit",
    "round join",
    "round leave",
    "round team",
    "round close",
    "round correct",
    "person add",
    "person edit",
    "person remove",
    "person key add",
    "person key remove",
    "person login add",
    "person login remove",
    "post add",
    "post remove",
    "policy set",
    "calendar import",
    "calendar template",
    "rectify follow",
    "rectify draft",
    "rectify edit",
    "rectify receive",
    "rectify start",
    "rectify evidence",
    "rectify request",
    "rectify take-up",
    "rectify claim",
    "rectify release",
    "rectify pass",
    "rectify approve",
    "rectify return",
    "rectify revoke",
    "rectify ask",
    "rectify grant",
    "rectify deny",
    "rectify exempt",
    "rectify lift",
    "rectify put-right",
    "rectify sent",
    "lookback draw",
    "lookback result",
    "lookback end",
    "calibrate begin",
    "calibrate hand-in",
    "calibrate take",
    "calibrate merge",
    "calibrate call-off",
    "demo",
    "rebuild",
    "serve",
    "attach",
    "completions",
];

fn open() -> Home {
    let home = Home::empty();
    let mut campus = Campus::fill(&home.store());
    for (n, (role, over)) in people().into_iter().enumerate() {
        let who = handle(role, over);
        let key = vec![(format!("ssh-ed25519 AAAA{n:040}"), format!("鑰匙{who}"))];
        campus.does("admin", Command::House(HouseCommand::BindKeys(PersonId(who), key)));
    }
    campus.store.close("boot").unwrap();
    home
}

/// Lists every command that can be given, as it is typed; what is there for trials alone is not.
fn commands(command: &clap::Command, before: &str) -> Vec<String> {
    let shown = command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help");
    let named = shown.map(|verb| (verb, format!("{before} {}", verb.get_name()).trim_start().to_owned()));
    let below = |(verb, name): (&clap::Command, String)| {
        if verb.has_subcommands() { commands(verb, &name) } else { vec![name] }
    };
    named.flat_map(below).collect()
}

#[test]
fn every_command_that_there_is_is_tried_here_or_does_something_instead() {
    let all = commands(&Cli::command(), "");
    assert!(all.len() > 60, "{all:?}");
    let tried = |name: &str| {
        let asks = |line: &&str| line.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        LISTS.iter().chain(NAMED).any(asks)
    };
    let missing: Vec<_> = all.iter().filter(|name| !tried(name) && !DOES.contains(&name.as_str())).collect();
    assert!(missing.is_empty(), "what these print is to be tried in LISTS or NAMED: {missing:?}");
    for name in DOES {
        assert!(all.iter().any(|known| known == name) && !tried(name), "{name}");
    }
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
        for line in ["person list", "person key list"] {
            let ran = runs(&home, &who, line);
            assert!(ran.out.contains(&who), "{line}: {ran:?}");
        }
        let ran = runs(&home, &who, "ledger --json");
        let inside = part(Some(over));
        let followed = [3, 4, 5, 7, 8, 3, 4, 5].into_iter().filter(|unit| inside.contains(unit));
        assert_eq!((ran.code, ran.out.lines().count()), (0, followed.count()), "over {over}: {ran:?}");
    }
}

#[test]
fn what_is_judged_blind_is_in_no_list_no_count_and_no_paper() {
    let home = open();
    let notes = WALKERS.map(|who| format!("{BLIND}{who}zq5x"));
    let own = "calibrate show R3zq5x ZQ5X";
    let named = NAMED.iter().filter(|line| !line.starts_with("inspect"));
    let named = named.map(|line| line.replace("R1", "R3zq5x").replace("R2", "R3zq5x").replace("{}", "ZQ5X"));
    let lines: Vec<String> = LISTS.iter().map(|line| (*line).to_owned()).chain(named).collect();
    assert!(lines.iter().any(|line| line == own));
    // Who has handed in sees no more than everybody else.
    for who in ["admin", "other", "inspector-hq5x"] {
        for line in &lines {
            let ran = runs(&home, who, line);
            let said = format!("{}{}", ran.out, ran.err);
            assert!(!notes.iter().any(|note| said.contains(note)), "{who}: {line}: {ran:?}");
        }
        for line in [own, "show R3zq5x ZQ5X --json", "show R3zq5x ZQ5X --trail"] {
            let ran = runs(&home, who, line);
            assert!(
                ran.code == 0 && !ran.out.contains("not_applicable") && !ran.out.contains("不涉及"),
                "{who}: {ran:?}"
            );
        }
    }
    let ran = runs(&home, "inspector", "calibrate hand-in R3zq5x ZQ5X");
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = runs(&home, "viewer", own);
    assert!(notes.iter().all(|note| ran.out.contains(note)), "everybody sees it once both have: {ran:?}");
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
            let (there, not) = ("R3zq5x", "R9zq5x");
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
