//! What a person sees, cell by cell: each role × each part of the tree × every question that is asked of what is true.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod campus;
mod forms;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use campus::{Campus, HEIR, MERGED, UNITS, WALKERS, above, handle, mark, part, people, word};
use tijian::domain::{
    BranchId, CalibrationId, Command, Day, FindingId, HouseCommand, InspectionLine, LedgerNow, LedgerRow, LookbackId,
    Of, PersonFacts, PersonId, RateKind, Rates, Reach, Reached, Reading, RectId, Rev, Role, RoundId, Side, Tally,
    Verdicts, Waiting,
};

fn open() -> (tempfile::TempDir, Campus) {
    let dir = tempfile::tempdir().unwrap();
    let campus = Campus::fill(dir.path());
    (dir, campus)
}

fn reach(campus: &Campus) -> Arc<Reach> {
    Reach::over(Arc::clone(&campus.store.shelf) as _)
}

const ROUNDS: [RoundId; 4] = [RoundId(1), RoundId(2), RoundId(3), RoundId(4)];

fn units() -> impl Iterator<Item = BranchId> + Clone {
    (1..=9).map(BranchId)
}

fn inspections() -> impl Iterator<Item = (RoundId, BranchId)> {
    ROUNDS.into_iter().flat_map(|round| units().map(move |branch| (round, branch)))
}

fn each<T: std::fmt::Debug>(answers: impl Iterator<Item = T>) -> String {
    answers.map(|answer| format!("{answer:?}\n")).collect()
}

fn today() -> Day {
    forms::day(12, 25)
}

/// Asks a question and spells what is answered.
type Ask = fn(&dyn Reading) -> String;

/// Every question, asked about everything that there is and about something that there is not.
const QUESTIONS: &[(&str, Ask)] = &[
    ("house", |it| format!("{:?}", it.house().unwrap())),
    ("person", |it| each(people().into_iter().map(|(role, over)| it.person(&PersonId(handle(role, over))).unwrap()))),
    ("branch", |it| each(units().map(|unit| it.branch(unit).unwrap()))),
    ("branch_by_code", |it| each(units().map(|unit| it.branch_by_code(&campus::code(unit.0)).unwrap()))),
    ("tree", |it| format!("{:?}", it.tree().unwrap())),
    ("path", |it| each(units().map(|unit| it.path(unit, "/").unwrap()))),
    ("above", |it| each(units().map(|unit| it.above(unit).unwrap()).filter(|above| above.len() > 1))),
    ("next", |it| {
        format!("{} {} {}", it.next_branch().unwrap(), it.next_round().unwrap(), it.next_lookback().unwrap())
    }),
    ("rounds", |it| format!("{:?}", it.rounds().unwrap())),
    ("round", |it| each(ROUNDS.into_iter().map(|round| it.round(round).unwrap()))),
    ("editions", |it| format!("{:?}", it.editions().unwrap())),
    ("checklist", |it| format!("{:?}", it.checklist(&forms::EDITION).unwrap())),
    ("inspection", |it| {
        let began = |(round, branch)| Some(it.inspection(round, branch).unwrap()).filter(|found| found.rev > Rev(0));
        each(inspections().map(began))
    }),
    ("inspection_line", |it| each(inspections().map(|(round, branch)| it.inspection_line(round, branch).unwrap()))),
    ("cell", |it| each(inspections().map(|(round, branch)| it.cell(round, branch, &forms::id("A-02")).unwrap()))),
    ("sums", |it| {
        let mut found = Vec::new();
        for round in ROUNDS {
            let mut visit = |branch, sums| {
                found.push((round, branch, sums));
                ControlFlow::Continue(())
            };
            it.sums(round, &mut visit).unwrap();
        }
        format!("{found:?}")
    }),
    ("unfinished", |it| format!("{:?}", it.unfinished(9).unwrap())),
    ("followed", |it| each(findings().map(|id| it.followed(id).unwrap()))),
    ("chain", |it| each(findings().map(|id| it.chain(id).unwrap()))),
    ("ledger", |it| format!("{:?}", ledger(it, (RoundId(0), BranchId(0))))),
    ("ledger from", |it| format!("{:?}", ledger(it, (RoundId(1), BranchId(5))))),
    ("ledger_of", |it| each(inspections().map(|(round, branch)| it.ledger_of(round, branch).unwrap()))),
    ("waiting", |it| format!("{:?}", waiting(it))),
    ("tally", |it| format!("{:?}", it.tally().unwrap())),
    ("overdue", |it| format!("{:?}", it.overdue(today()).unwrap())),
    ("on_time", |it| format!("{:?}", it.on_time(today()).unwrap())),
    ("ledger_at_once", |it| format!("{:?}", it.ledger_at_once().unwrap())),
    ("looks", |it| format!("{:?}", it.looks(&|_| true).unwrap())),
    ("whole_ledger", |it| format!("{:?}", it.whole_ledger().unwrap())),
    ("lookbacks", |it| format!("{:?}", it.lookbacks().unwrap())),
    ("lookback", |it| each((1..=3).map(|id| it.lookback(LookbackId(id)).unwrap()))),
    ("calibrations", |it| each(inspections().map(|(round, branch)| it.calibrations(round, branch).unwrap()))),
    ("calibrating", |it| format!("{:?}", it.calibrating(9).unwrap())),
    ("sheet", |it| {
        let nobody = PersonId("nobody".to_owned());
        let sheets = calibrations().flat_map(|id| Side::ALL.map(|side| it.sheet(id, side, &nobody).unwrap()));
        each(sheets.filter(|sheet| sheet.as_ref().is_some_and(|sheet| sheet.round != RoundId(3))))
    }),
    ("trail", |it| each(every().into_iter().map(|of| it.trail(of, Rev(1), usize::MAX).unwrap()))),
];

fn calibrations() -> impl Iterator<Item = CalibrationId> {
    inspections().map(|(round, branch)| CalibrationId { round, branch, n: 1 })
}

fn findings() -> impl Iterator<Item = FindingId> {
    inspections().map(|(round, branch)| FindingId { round, branch, n: 1 })
}

fn every() -> Vec<Of> {
    let mut every = vec![Of::House, Of::Edition(forms::EDITION)];
    every.extend(units().map(Of::Branch));
    every.extend(ROUNDS.map(Of::Round));
    every.extend(inspections().map(|(round, branch)| Of::Inspection(round, branch)));
    every.extend(findings().map(Of::Finding));
    every.extend(calibrations().map(Of::Calibration));
    every.extend(calibrations().flat_map(|id| Side::ALL.map(|side| Of::Sheet(id, side))));
    every.extend((1..=3).map(|id| Of::Lookback(LookbackId(id))));
    every
}

fn ledger(it: &dyn Reading, from: (RoundId, BranchId)) -> Vec<(FindingId, tijian::domain::LedgerFinding)> {
    let mut found = Vec::new();
    it.ledger(from, &mut |id, finding| {
        found.push((id, finding));
        ControlFlow::Continue(())
    })
    .unwrap();
    found
}

fn waiting(it: &dyn Reading) -> Vec<(Waiting, Day, RectId)> {
    let mut found = Vec::new();
    for waiting in Waiting::ALL {
        let mut visit = |day, id| {
            found.push((waiting, day, id));
            ControlFlow::Continue(())
        };
        it.waiting(waiting, &mut visit).unwrap();
    }
    found
}

/// Says whether a question may tell the words of the units above: a path spells their names, and the posts of those who
/// act from there are told with them.
fn spells_above(question: &str) -> bool {
    matches!(question, "path" | "house" | "person")
}

/// Says whether a question may name those who act from above: they do so in the part.
fn names_above(question: &str) -> bool {
    matches!(question, "house" | "person" | "round" | "trail")
}

#[test]
fn what_lies_outside_is_in_no_answer() {
    let (_dir, campus) = open();
    let reach = reach(&campus);
    for (role, over) in people() {
        let Some(over) = over else { continue };
        let seen = reach.of(PersonId(handle(role, Some(over))));
        let inside = part(Some(over));
        for (question, ask) in QUESTIONS {
            let answer = ask(&seen).to_lowercase();
            for unit in UNITS.map(|(unit, _)| unit).into_iter().filter(|unit| !inside.contains(unit)) {
                let cell = format!("{role:?} over {over} asks {question} and reads of {unit}");
                let acts = above(over).contains(&unit);
                assert!(acts && spells_above(question) || !answer.contains(&word(unit)), "{cell}: {answer}");
                assert!(acts && names_above(question) || !answer.contains(&mark(unit)), "{cell}: {answer}");
            }
        }
    }
}

#[test]
fn no_number_of_a_unit_outside_is_told_either() {
    let (_dir, campus) = open();
    let reach = reach(&campus);
    // The unit above the first is known by number: who corrects the first hands it back as it stood.
    let by_number = ["house", "person", "branch", "above", "trail"];
    for (role, over) in people() {
        let Some(over) = over else { continue };
        let seen = reach.of(PersonId(handle(role, Some(over))));
        for (question, ask) in QUESTIONS.iter().filter(|(question, _)| !by_number.contains(question)) {
            let answer = ask(&seen);
            for (unit, _) in UNITS.iter().filter(|(unit, _)| !part(Some(over)).contains(unit)) {
                let named = [format!("BranchId({unit})"), format!("BranchId(\n    {unit},\n)")];
                let cell = format!("{role:?} over {over} asks {question} and reads of {unit}");
                assert!(!named.iter().any(|name| answer.contains(name)), "{cell}: {answer}");
            }
        }
    }
}

#[test]
fn who_sees_the_whole_is_answered_as_if_nothing_stood_between() {
    let (_dir, campus) = open();
    let (reach, shelf) = (reach(&campus), &*campus.store.shelf);
    for (role, over) in people().into_iter().filter(|(_, over)| over.is_none()) {
        let seen = reach.of(PersonId(handle(role, over)));
        for (question, ask) in QUESTIONS {
            let same = ask(&seen) == ask(shelf);
            // What was entered about persons is for those who enter it.
            assert_eq!(same, role == Role::Admin || *question != "trail", "{role:?} asks {question}");
        }
        let entries = seen.trail(Of::House, Rev(1), usize::MAX).unwrap();
        assert_eq!(entries.len() > 1, role == Role::Admin, "{role:?}: {entries:?}");
    }
}

#[test]
fn whom_the_house_does_not_know_sees_nothing() {
    let (_dir, campus) = open();
    let stranger = reach(&campus).of(PersonId("stranger".to_owned()));
    let nobody = Reached::alone(Arc::clone(&campus.store.shelf) as _, PersonId("stranger".to_owned()));
    for (question, ask) in QUESTIONS {
        let answer = ask(&stranger).to_lowercase();
        assert_eq!(ask(&nobody).to_lowercase(), answer);
        assert!(!answer.contains("zq") && !answer.contains("hq"), "{question}: {answer}");
    }
    assert!(stranger.editions().unwrap().is_empty() && stranger.rounds().unwrap().is_empty());
    assert!(stranger.house().unwrap().persons.len() > 1, "nobody is alone in a house with persons");
    assert!(every().into_iter().all(|of| stranger.trail(of, Rev(1), 9).unwrap().is_empty()));
}

/// What the ledger says of a row, with its texts.
fn spelled(ledger: &tijian::domain::Ledger, row: &LedgerRow) -> String {
    let names = ledger.names();
    let texts = [names.items.text(row.item), names.facts.text(row.fact), names.posts.text(row.post)];
    let asker = row.requester.map(|who| names.people.text(who.into()));
    let row = LedgerRow { item: 0, fact: 0, post: 0, requester: None, ..*row };
    format!("{texts:?} {asker:?} {row:?}")
}

fn rows(it: &dyn Reading) -> Vec<String> {
    let LedgerNow::Whole(ledger) = it.whole_ledger().unwrap() else { panic!("it is small") };
    ledger.by_item().map(|(_, row)| spelled(&ledger, row)).collect()
}

#[test]
fn what_lies_inside_is_all_there_and_every_count_is_that_of_the_part() {
    let (_dir, campus) = open();
    let (reach, shelf) = (reach(&campus), &*campus.store.shelf);
    let LedgerNow::Whole(whole) = shelf.whole_ledger().unwrap() else { panic!("it is small") };
    for (role, over) in people() {
        let seen = reach.of(PersonId(handle(role, over)));
        let inside: BTreeSet<BranchId> = part(over).into_iter().map(BranchId).collect();
        let said = format!("{role:?} over {over:?}");
        let expected: Vec<_> = (whole.by_item())
            .filter(|(_, row)| inside.contains(&row.id.finding.branch))
            .map(|(_, row)| spelled(&whole, row))
            .collect();
        assert_eq!(rows(&seen), expected, "{said}");
        for from in inspections() {
            let mut expected = ledger(shelf, from);
            expected.retain(|(id, _)| inside.contains(&id.branch));
            assert_eq!(ledger(&seen, from), expected, "{said} from {from:?}");
        }
        let mut queue = waiting(shelf);
        queue.retain(|(_, _, id)| inside.contains(&id.finding.branch));
        assert_eq!(waiting(&seen), queue, "{said}");
        let mut tally = Tally::default();
        let (mut overdue, mut rates) = (0, Rates::default());
        for (_, finding) in ledger(&seen, (RoundId(0), BranchId(0))) {
            rates.add(&finding, today());
            for line in &finding.lines {
                tally.add(line);
                overdue += u32::from(line.state.is_open() && line.due < today());
            }
        }
        assert_eq!((seen.tally().unwrap(), seen.overdue(today()).unwrap()), (tally, overdue), "{said}");
        assert_eq!(seen.on_time(today()).unwrap(), rates.rate(RateKind::OnTime), "{said}");
        counts(&seen, shelf, &inside, &said);
        for (round, branch) in inspections().filter(|(_, branch)| inside.contains(branch)) {
            assert_eq!(seen.inspection(round, branch), shelf.inspection(round, branch), "{said}");
            let of = Of::Inspection(round, branch);
            assert_eq!(seen.trail(of, Rev(1), 99), shelf.trail(of, Rev(1), 99), "{said}");
        }
        let mut unfinished = shelf.unfinished(9).unwrap();
        unfinished.retain(|(_, branch, _)| inside.contains(branch));
        assert_eq!(seen.unfinished(9).unwrap(), unfinished, "{said}");
        let mut calibrating = shelf.calibrating(9).unwrap();
        assert_eq!(calibrating.len(), 1);
        calibrating.retain(|calibration| inside.contains(&calibration.id.branch));
        assert_eq!(seen.calibrating(9).unwrap(), calibrating, "{said}");
        let drawn = |it: &dyn Reading| -> Vec<RectId> {
            let lookbacks = (1..=2).filter_map(|id| it.lookback(LookbackId(id)).unwrap());
            lookbacks.flat_map(|lookback| lookback.drawn).map(|drawn| drawn.rect).collect()
        };
        let mut expected = drawn(shelf);
        expected.retain(|rect| inside.contains(&rect.finding.branch));
        assert_eq!(drawn(&seen), expected, "{said}");
    }
}

/// Says that the rounds' lines count the units of a part, and no others.
fn counts(seen: &dyn Reading, shelf: &dyn Reading, inside: &BTreeSet<BranchId>, said: &str) {
    let mut left = seen.rounds().unwrap();
    for whole in shelf.rounds().unwrap() {
        let mut members = shelf.round(whole.id).unwrap().unwrap().branches.clone();
        members.retain(|unit| inside.contains(unit));
        let round = seen.round(whole.id).unwrap();
        if members.is_empty() {
            assert!(round.is_none() && left.iter().all(|line| line.id != whole.id), "{said}");
            continue;
        }
        let line = left.remove(0);
        let lines: Vec<InspectionLine> =
            members.iter().filter_map(|unit| shelf.inspection_line(whole.id, *unit).unwrap()).collect();
        let signed: Vec<&InspectionLine> = lines.iter().filter(|line| line.signed.is_some()).collect();
        let mut verdicts = Verdicts::default();
        for line in &signed {
            verdicts.add(line.verdicts);
        }
        let findings: u32 = lines.iter().map(|line| u32::from(line.score.findings)).sum();
        assert_eq!((line.id, &line.plan, line.closed), (whole.id, &whole.plan, whole.closed), "{said}");
        assert_eq!(round.unwrap().branches, members, "{said}");
        assert_eq!((line.branches as usize, line.started as usize), (members.len(), lines.len()), "{said}");
        assert_eq!((line.signed as usize, line.findings), (signed.len(), findings), "{said}");
        assert_eq!(line.got, signed.iter().map(|line| line.score.got).sum::<u64>(), "{said}");
        assert_eq!(line.verdicts, verdicts, "{said}");
    }
    assert!(left.is_empty(), "{said}: {left:?}");
}

#[test]
fn a_path_is_spelled_from_the_top_and_a_team_from_above_walks_the_part() {
    let (_dir, campus) = open();
    let reach = reach(&campus);
    let seen = reach.of(PersonId(handle(Role::Branch, Some(7))));
    assert_eq!(seen.path(BranchId(7), "/").unwrap(), "單位zq1x/單位zq6x/單位zq7x");
    assert_eq!(seen.path(BranchId(3), "/").unwrap(), "");
    let round = seen.round(RoundId(1)).unwrap().unwrap();
    assert_eq!(
        round.teams.clone().into_iter().collect::<Vec<_>>(),
        [(BranchId(7), vec![PersonId("inspector-hq6x".to_owned())])]
    );
    assert!(round.frozen.is_empty());
    // A general branch has its own.
    let round = reach.of(PersonId(handle(Role::Viewer, Some(2)))).round(RoundId(1)).unwrap().unwrap();
    assert_eq!(round.teams.keys().collect::<Vec<_>>(), [&BranchId(2)]);
}

#[test]
fn a_finding_of_a_unit_outside_is_not_behind_one_inside() {
    let (_dir, campus) = open();
    let reach = reach(&campus);
    let id = campus::finding(2, HEIR);
    let chain = |seen: &Reached| -> Vec<u32> { seen.chain(id).unwrap().iter().map(|link| link.id.branch.0).collect() };
    let first = campus::finding(1, MERGED);
    let whole = chain(&reach.of(PersonId("viewer".to_owned())));
    assert!(whole.contains(&MERGED) || whole.contains(&HEIR), "{whole:?}");
    let seen = reach.of(PersonId(handle(Role::Viewer, Some(2))));
    assert!(!chain(&seen).contains(&MERGED) && seen.followed(first).unwrap().is_none());
    assert!(seen.branch(BranchId(HEIR)).unwrap().unwrap().lineage.is_empty());
}

#[test]
fn a_role_that_changes_holds_from_the_next_question_on() {
    let (_dir, mut campus) = open();
    let reach = reach(&campus);
    let who = PersonId("viewer-hq4x".to_owned());
    let seen = reach.of(who.clone());
    let man = |role, over: Option<u32>| {
        let facts = PersonFacts { role, over: over.map(BranchId), belongs: None, post: String::new() };
        Command::House(HouseCommand::Man(who.clone(), facts))
    };
    let units = |seen: &Reached| -> Vec<u32> { seen.tree().unwrap().lines.iter().map(|line| line.id.0).collect() };
    assert_eq!((units(&seen), rows(&seen).len()), (vec![4], 2));
    campus.does("admin", man(Role::Viewer, Some(5)));
    assert_eq!((units(&seen), rows(&seen).len()), (vec![5], 2));
    campus.does("admin", man(Role::Inspector, None));
    assert_eq!(units(&seen).len(), 8);
    assert!(rows(&seen).len() > 6);
    campus.does("admin", man(Role::Inspector, Some(6)));
    assert_eq!(units(&seen), [6, 7, 8]);
    campus.does("admin", Command::House(HouseCommand::Unman(who.clone())));
    assert_eq!((units(&seen), rows(&seen).len()), (vec![], 0));
}

#[test]
fn the_ledger_of_a_part_follows_the_whole_and_is_shared() {
    let (_dir, mut campus) = open();
    let reach = reach(&campus);
    let (one, other) =
        (reach.of(PersonId(handle(Role::Viewer, Some(2)))), reach.of(PersonId(handle(Role::Admin, Some(2)))));
    let ledger = |seen: &Reached| match seen.whole_ledger().unwrap() {
        LedgerNow::Whole(ledger) => ledger,
        LedgerNow::Coming(_) => panic!("it is small"),
    };
    let before = ledger(&one);
    assert!(Arc::ptr_eq(&before, &ledger(&other)), "who sees the same shares it");
    let step = |branch, command| {
        let step = tijian::domain::FollowStep { item: 1, behalf: String::new(), batch: false, command };
        Command::Follow(campus::finding(2, branch), step)
    };
    campus.does("approver", step(5, tijian::domain::FollowCommand::Grant));
    assert!(Arc::ptr_eq(&before, &ledger(&one)), "what changes elsewhere changes nothing here");
    campus.does("approver", step(3, tijian::domain::FollowCommand::Grant));
    let after = ledger(&one);
    let changed = after.changed_since(&before).unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(after.row(changed[0]).unwrap().extensions, 1);
    assert_eq!(before.row(changed[0]).unwrap().extensions, 0, "a reader keeps what it has begun with");
    assert_eq!(rows(&one), rows(&reach_anew(&campus, 2)));
}

fn reach_anew(campus: &Campus, over: u32) -> Reached {
    reach(campus).of(PersonId(handle(Role::Viewer, Some(over))))
}

#[test]
fn a_sheet_is_read_by_who_writes_it_alone_until_both_have_handed_in() {
    let (_dir, campus) = open();
    let reach = reach(&campus);
    let id = CalibrationId { round: RoundId(3), branch: BranchId(5), n: 1 };
    let open = CalibrationId { round: RoundId(2), branch: BranchId(7), n: 1 };
    let mut people: Vec<String> = people().into_iter().map(|(role, over)| handle(role, over)).collect();
    people.push("other".to_owned());
    for who in people {
        let seen = reach.of(PersonId(who.clone()));
        for (side, owner) in Side::ALL.into_iter().zip(WALKERS) {
            // Whomever the question names: who asks is who asks.
            let read = seen.sheet(id, side, &PersonId(owner.to_owned())).unwrap();
            assert_eq!(read.is_some(), who == owner, "{who} reads what {owner} has judged");
            assert!(seen.trail(Of::Sheet(id, side), Rev(1), 9).unwrap().is_empty(), "{who}");
            let inside = seen.branch(BranchId(7)).unwrap().is_some();
            assert_eq!(seen.sheet(open, side, &PersonId("nobody".to_owned())).unwrap().is_some(), inside, "{who}");
            assert_eq!(seen.trail(Of::Sheet(open, side), Rev(1), 9).unwrap().is_empty(), !inside, "{who}");
        }
    }
}

#[test]
fn an_entry_is_told_as_far_as_it_is_seen() {
    let (_dir, campus) = open();
    let (reach, shelf) = (reach(&campus), &*campus.store.shelf);
    let seen = reach.of(PersonId(handle(Role::Inspector, Some(2))));
    let entry = |of| shelf.trail(of, Rev(1), 1).unwrap().remove(0);
    assert!(seen.entry(entry(Of::Branch(BranchId(5)))).unwrap().is_none());
    let inside = entry(Of::Branch(BranchId(4)));
    assert_eq!(seen.entry(inside.clone()).unwrap(), Some(inside));
    let opened = seen.entry(entry(Of::Round(RoundId(1)))).unwrap().unwrap();
    let said = format!("{opened:?}");
    assert!(said.contains("BranchId(4)") && !said.contains("BranchId(5)"), "{said}");
    let drawn = seen.entry(entry(Of::Lookback(LookbackId(1)))).unwrap().unwrap();
    assert!(!format!("{drawn:?}").contains("BranchId(5)"));
    assert!(seen.sees(Of::Lookback(LookbackId(1))).unwrap() && !seen.sees(Of::Lookback(LookbackId(2))).unwrap());
}
