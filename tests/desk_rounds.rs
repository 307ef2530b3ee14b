//! Rounds to their end: teams, progress, figures that are written down, and corrections that show as such.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod forms;
mod office;

use office::{FIRST, Office, ROUND, SECOND, TOP, rect};
use tijian::domain::{
    BranchId, Change, Command, Entry, InspectionCommand, Outcome, PersonId, Progress, Rate, RateKind, Reading, Refusal,
    Round, RoundChange, RoundCommand, Severity, Verdict, progress,
};

fn people(names: &[&str]) -> Vec<PersonId> {
    names.iter().map(|name| PersonId((*name).to_owned())).collect()
}

fn assign(office: &mut Office, unit: BranchId, names: &[&str]) -> Result<Vec<Entry>, Refusal> {
    let members = people(names);
    office.asks("admin", Command::Round(ROUND, RoundCommand::Assign { unit, members }))
}

fn close(office: &mut Office) -> Result<Vec<Entry>, Refusal> {
    office.asks("admin", Command::Round(ROUND, RoundCommand::Close))
}

fn correct(office: &mut Office, reason: &str) -> Result<Vec<Entry>, Refusal> {
    office.asks("admin", Command::Round(ROUND, RoundCommand::Correct { reason: reason.to_owned() }))
}

fn round(office: &Office) -> Round {
    Round::clone(&office.store.shelf.round(ROUND).unwrap().unwrap())
}

#[test]
fn a_team_has_persons_who_walk_here_and_at_most_twenty() {
    let mut office = Office::open();
    assert_eq!(assign(&mut office, TOP, &["viewer"]), Err(Refusal::NoSuchWalker(PersonId("viewer".to_owned()))));
    assert_eq!(assign(&mut office, TOP, &["nobody"]), Err(Refusal::NoSuchWalker(PersonId("nobody".to_owned()))));
    assert_eq!(assign(&mut office, BranchId(9), &["inspector"]), Err(Refusal::NoSuchBranch(BranchId(9))));
    assign(&mut office, TOP, &["inspector2", "inspector", "inspector"]).unwrap();
    assert_eq!(round(&office).teams[&TOP], people(&["inspector", "inspector2"]), "each once, in order");
    assert_eq!(assign(&mut office, TOP, &["inspector", "inspector2"]), Err(Refusal::NothingChanged));
    assign(&mut office, FIRST, &["inspector3"]).unwrap();
    office.agrees();
    assign(&mut office, TOP, &[]).unwrap();
    assert_eq!(round(&office).teams.keys().copied().collect::<Vec<_>>(), [FIRST]);
    assert_eq!(assign(&mut office, TOP, &[]), Err(Refusal::NothingChanged));

    let mut office = Office::alone();
    let names: Vec<String> = (0..21).map(|n| format!("p{n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(assign(&mut office, TOP, &names), Err(Refusal::OutOfRange { field: "team", low: 0, high: 20 }));
    assign(&mut office, TOP, &names[..20]).unwrap();
    office.agrees();
}

#[test]
fn progress_is_counted_by_team_and_inspector() {
    let mut office = Office::open();
    assign(&mut office, TOP, &["inspector", "inspector2"]).unwrap();
    assign(&mut office, FIRST, &["inspector3"]).unwrap();
    office.walks(ROUND, FIRST, &[("A-01", Severity::Major)]);
    office.inspects(ROUND, SECOND, forms::judge("A-01", Verdict::Pass));
    let tree = office.store.shelf.tree().unwrap();
    let counted = progress(&*office.store.shelf, &tree, &round(&office)).unwrap();
    let first = Progress { branches: 1, begun: 1, signed: 1, answered: 4, findings: 1 };
    let second = Progress { branches: 1, begun: 1, signed: 0, answered: 1, findings: 0 };
    assert_eq!(counted.all, Progress { branches: 2, begun: 2, signed: 1, answered: 5, findings: 1 });
    assert_eq!(counted.teams.into_iter().collect::<Vec<_>>(), [(TOP, second), (FIRST, first)], "the nearest team");
    let person = |name: &str| counted.persons.get(&PersonId(name.to_owned())).copied();
    assert_eq!(
        [person("inspector"), person("inspector2"), person("inspector3")],
        [Some(second), Some(second), Some(first)]
    );
    assert_eq!(counted.loose, Progress::default());
    assert_eq!(counted.signed.into_iter().collect::<Vec<_>>(), [(PersonId("inspector".to_owned()), 1)]);
    assign(&mut office, TOP, &[]).unwrap();
    let counted = progress(&*office.store.shelf, &tree, &round(&office)).unwrap();
    assert_eq!((counted.loose, counted.teams.len()), (second, 1));
}

#[test]
fn the_end_writes_down_figures_that_never_change() {
    let mut office = Office::open();
    office.walks(ROUND, FIRST, &[("A-01", Severity::Major), ("B-01", Severity::Minor)]);
    office.on(11, 3).closes(rect(ROUND, FIRST, 1));
    office.draws("inspector", 1, 9).unwrap();
    office.looks("inspector3", 1, rect(ROUND, FIRST, 1), Outcome::Valid).unwrap();
    office.on(12, 23);
    let entries = close(&mut office).unwrap();
    let [Change::Round(RoundChange::Closed), Change::Round(RoundChange::Frozen(figures))] = &entries[0].changes[..]
    else {
        panic!("{entries:?}")
    };
    // Of 10 points 2 and 5 are lost.
    assert_eq!((figures.got, figures.applicable), (3000, 100));
    assert_eq!(Verdict::ALL.map(|verdict| figures.verdicts.times(verdict)), [2, 0, 0, 2, 0]);
    assert_eq!((figures.on, figures.findings), (office::day(12, 23), 2));
    let rate = |kind| figures.rates.rate(kind);
    assert_eq!(rate(RateKind::Coverage), Rate { got: 1, of: 2 });
    assert_eq!(rate(RateKind::Closing), Rate { got: 1, of: 1 }, "the other is not issued");
    assert_eq!(rate(RateKind::OnTime), Rate { got: 1, of: 1 });
    assert_eq!(rate(RateKind::Effective), Rate { got: 1, of: 1 });
    let stands = round(&office);
    assert_eq!((stands.frozen.len(), stands.frozen[0].reason.as_str()), (1, ""));
    assert_eq!(stands.frozen[0].figures, **figures);
    // What is followed goes on; the figures do not.
    office.closes(rect(ROUND, FIRST, 2));
    assert_eq!(round(&office).frozen, stands.frozen);
    office.agrees();
}

#[test]
fn a_correction_is_an_entry_with_a_reason_and_both_figures_are_read() {
    let mut office = Office::open();
    assert_eq!(correct(&mut office, "漏記一項"), Err(Refusal::RoundOpen(ROUND)));
    office.walks(ROUND, FIRST, &[("A-01", Severity::Major)]);
    close(&mut office).unwrap();
    let reopen =
        |office: &mut Office| office.asks("inspector", Command::Inspection(ROUND, FIRST, forms::reopen("漏記")));
    assert_eq!(reopen(&mut office), Err(Refusal::RoundClosed(ROUND)));
    assert_eq!(correct(&mut office, " "), Err(Refusal::Empty("reason")));
    let entries = correct(&mut office, "漏記一項").unwrap();
    assert!(matches!(&entries[0].changes[..], [Change::Round(RoundChange::Corrected { .. })]));
    assert_eq!(office.store.shelf.rounds().unwrap()[0].correction.as_deref(), Some("漏記一項"));
    assert_eq!(correct(&mut office, "漏記一項"), Err(Refusal::RoundOpen(ROUND)));
    let join = RoundCommand::Join(vec![TOP]);
    assert_eq!(office.asks("admin", Command::Round(ROUND, join)), Err(Refusal::UnderCorrection(ROUND)));
    reopen(&mut office).unwrap();
    assert_eq!(close(&mut office), Err(Refusal::StillUnsigned(1)));
    office.inspects(ROUND, FIRST, forms::find("A-02", "缺3次"));
    office.inspects(ROUND, FIRST, forms::judge("A-02", Verdict::Fair));
    office.inspects(ROUND, FIRST, InspectionCommand::SignOff);
    close(&mut office).unwrap();
    let stands = round(&office);
    assert!(stands.closed && stands.correction.is_none());
    let [first, last] = &stands.frozen[..] else { panic!("{stands:?}") };
    assert_eq!((first.reason.as_str(), first.figures.findings), ("", 1));
    assert_eq!((last.reason.as_str(), last.figures.findings), ("漏記一項", 2));
    assert_eq!((first.figures.verdicts.fair, last.figures.verdicts.fair), (0, 1));
    assert_eq!((first.figures.verdicts.pass, last.figures.verdicts.pass), (3, 2), "what was taken back is counted out");
    assert_eq!(reopen(&mut office), Err(Refusal::RoundClosed(ROUND)));
    office.agrees();
}
