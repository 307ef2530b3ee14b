//! The desk: what it refuses leaves nothing behind, what it acknowledges is there after every kind of end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a trial fails where it fails")]

mod keep;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use keep::*;
use tijian::domain::{
    BranchCommand, BranchFacts, BranchId, Command, Entry, InspectionCommand, Judgement, Of, PersonId, Reading, Refusal,
    Request, Rev, RoundCommand, RoundId, Seq, Stamp, Verdict,
};
use tijian::import::checklist::builtin;
use tijian::store::{DeskError, LockError, Notice, OpenError, Store};

#[track_caller]
fn refusal<T>(answer: Result<T, DeskError>) -> Refusal {
    match answer {
        Err(DeskError::Refused(refusal)) => refusal,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// Checks that something changes neither the journal nor a record.
#[track_caller]
fn changes_nothing<T>(store: &mut Store, act: impl FnOnce(&mut Store) -> T) -> T {
    let before = (journal(&store.dir), dump(store), store.shelf.head());
    let answer = act(store);
    assert!(before == (journal(&store.dir), dump(store), store.shelf.head()), "something was changed");
    answer
}

#[test]
fn a_store_that_was_closed_opens_with_everything_and_without_a_word() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    let opened = try_open(dir.path(), "another run").unwrap();
    assert_eq!(opened.notices, []);
    let mut store = opened.store;
    assert_eq!(dump(&store), before);
    assert_eq!(store.shelf.head(), Seq(15));
    assert_eq!(store.shelf.house().unwrap().name, "練習單位二");
    assert_eq!(store.shelf.inspection(RoundId(1), BranchId(1)).unwrap().verdict(&item(1)), Some(Verdict::Fail));
    is_sound(&mut store);
}

#[test]
fn a_store_that_was_dropped_without_closing_opens_with_everything() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    let before = dump(&store);
    drop(store);
    let store = quiet(dir.path());
    assert_eq!(dump(&store), before);
    drop(store);

    let opened = try_open(dir.path(), "another run").unwrap();
    assert!(matches!(&opened.notices[..], [Notice::Rebuilt { .. }]), "{:?}", opened.notices);
    let mut store = opened.store;
    assert_eq!(dump(&store), before);
    is_sound(&mut store);
}

#[test]
fn a_store_opens_without_a_word_the_moment_it_was_dropped() {
    let dir = tempfile::tempdir().unwrap();
    for round in 0..60 {
        let mut store = quiet(dir.path());
        let requests = (0..20).map(|n| request("admin", name(&format!("第{round}輪{n}")))).collect();
        assert!(step(&mut store, NINE, requests).iter().all(Result::is_ok));
    }
    assert_eq!(quiet(dir.path()).shelf.head(), Seq(1200));
}

#[test]
fn an_empty_store_opens_again_and_again_without_a_word() {
    let dir = tempfile::tempdir().unwrap();
    for boot in ["one", "one", "two", "", ""] {
        let opened = try_open(dir.path(), boot).unwrap();
        assert_eq!((opened.notices, opened.store.shelf.head()), (Vec::new(), Seq(0)), "{boot}");
    }
    assert_eq!(aside(dir.path()), Vec::<std::path::PathBuf>::new());
}

#[test]
fn what_was_decided_on_an_overtaken_screen_is_refused_and_names_who_was_faster() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    does(&mut store, Command::Branch(BranchId(1), BranchCommand::Edit(unit("JG-9"))));
    let stale = [
        (Rev(1), name("別名"), None),
        (Rev(1), Command::Branch(BranchId(1), BranchCommand::Edit(unit("JG-8"))), None),
        (Rev(0), add(1, "JG-7"), None),
        (Rev(1), Command::Round(RoundId(1), RoundCommand::Close), None),
        (Rev(1), judge(1, 1, Verdict::Pass), Some(item(1))),
        (Rev(2), inspect(1, InspectionCommand::Withdraw { n: 1 }), Some(item(1))),
        (Rev(3), inspect(1, InspectionCommand::Note { item: item(0), text: String::new() }), Some(item(0))),
    ];
    for (saw, command, on) in stale {
        let spelled = format!("{command:?}");
        let request = Request { by: PersonId("late".to_owned()), saw, command };
        let answer = changes_nothing(&mut store, |store| ask(store, request));
        match answer {
            Err(DeskError::Refused(Refusal::Stale { item, by, at })) => {
                assert_eq!((item, by.0.as_str(), at), (on, "admin", NINE), "{spelled}");
            }
            other => panic!("{spelled}: {other:?}"),
        }
    }
    is_sound(&mut store);
}

#[test]
fn two_who_saw_the_same_and_come_together_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    let rev = store.shelf.house().unwrap().rev;
    let asks = |by: &str, now: &str| Request { saw: rev, ..request(by, name(now)) };
    let answers = step(&mut store, Stamp(7), vec![asks("first", "甲"), asks("second", "乙"), asks("third", "丙")]);
    assert_eq!(answers[0].as_ref().unwrap().seq(), Seq(16));
    for late in &answers[1..] {
        let Err(DeskError::Refused(Refusal::Stale { by, at, .. })) = late else { panic!("{late:?}") };
        assert_eq!((by.0.as_str(), *at), ("first", Stamp(7)));
    }
    assert_eq!(store.shelf.house().unwrap().name, "甲");
    is_sound(&mut store);
}

#[test]
fn refused_commands_between_others_leave_no_gap() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    let commands = vec![
        add(4, "JG-4"),
        add(4, "JG-5"),
        add(5, "JG-4"),
        judge(3, 0, Verdict::Pass),
        add(5, "JG-5"),
        Command::Branch(BranchId(4), BranchCommand::Retire { reason: "併入".to_owned() }),
        Command::BranchList(vec![
            (BranchId(6), BranchCommand::Add(unit("JG-6"))),
            (BranchId(6), BranchCommand::Restore),
        ]),
        add(6, "JG-6"),
    ];
    let requests = commands.into_iter().map(|command| request("admin", command)).collect();
    let answers = step(&mut store, NINE, requests);
    let taken: Vec<u64> = answers.iter().map(|answer| answer.as_ref().map_or(0, |ack| ack.seq().0)).collect();
    assert_eq!(taken, [16, 0, 0, 0, 17, 18, 0, 19]);
    let numbers: Vec<u64> = entries(dir.path()).iter().map(|entry| entry.seq.0).collect();
    assert_eq!(numbers, (1..=19).collect::<Vec<_>>());
    assert!(!store.shelf.branch(BranchId(4)).unwrap().unwrap().active);
    is_sound(&mut store);
}

#[test]
fn a_list_of_units_is_kept_as_a_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    let below = |code: &str, parent: u32| BranchFacts { parent: Some(BranchId(parent)), ..unit(code) };
    let bad: [(u32, BranchCommand); 8] = [
        (6, BranchCommand::Add(unit("JG-1"))),
        (6, BranchCommand::Add(unit("N-4"))),
        (4, BranchCommand::Add(unit("N-6"))),
        (6, BranchCommand::Add(below("N-6", 77))),
        (6, BranchCommand::Add(unit(""))),
        (6, BranchCommand::Edit(unit("N-6"))),
        (1, BranchCommand::Edit(unit("JG-1"))),
        (4, BranchCommand::Edit(below("N-4", 5))),
    ];
    for place in 0..3 {
        for (id, command) in bad.clone() {
            let mut list = vec![
                (BranchId(4), BranchCommand::Add(unit("N-4"))),
                (BranchId(5), BranchCommand::Add(below("N-5", 4))),
                (BranchId(2), BranchCommand::Retire { reason: "撤銷".to_owned() }),
            ];
            // What is wrong only beside the others comes after them.
            let at = if matches!(&command, BranchCommand::Add(facts) if !facts.code.starts_with("N-4") && id == 6) {
                place
            } else {
                3
            };
            list.insert(at, (BranchId(id), command));
            let answer =
                changes_nothing(&mut store, |store| ask(store, request("admin", Command::BranchList(list.clone()))));
            refusal(answer);
        }
    }
    assert_eq!(
        refusal(changes_nothing(&mut store, |store| ask(store, request("admin", Command::BranchList(Vec::new()))))),
        Refusal::NothingChanged
    );

    let list = vec![
        (BranchId(4), BranchCommand::Add(unit("N-4"))),
        (BranchId(5), BranchCommand::Add(below("N-5", 4))),
        (BranchId(4), BranchCommand::Edit(unit("N-4b"))),
    ];
    let ack = does(&mut store, Command::BranchList(list));
    let more: Vec<(Of, Rev, bool)> = ack.entries.iter().map(|entry| (entry.of, entry.rev, entry.more)).collect();
    let of = |id| Of::Branch(BranchId(id));
    assert_eq!(more, [(of(4), Rev(1), true), (of(5), Rev(1), true), (of(4), Rev(2), false)]);
    assert_eq!(store.shelf.branch_by_code("N-4").unwrap(), None);
    assert_eq!(store.shelf.branch_by_code("N-4b").unwrap(), Some(BranchId(4)));
    is_sound(&mut store);
}

#[test]
fn a_list_whose_last_line_is_lost_is_lost_as_a_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    let before = dump(&store);
    let list = (4..=6).map(|id| (BranchId(id), BranchCommand::Add(unit(&format!("N-{id}")))));
    does(&mut store, Command::BranchList(list.collect()));
    drop(store);
    cut_lines(dir.path(), 1);
    let opened = open(dir.path());
    let told = &opened.notices[..];
    assert!(
        matches!(
            told,
            [Notice::TailCut(_), Notice::JournalShort { has: Seq(15), had: Seq(18) }, Notice::Rebuilt { .. }]
        ),
        "{told:?}"
    );
    assert_eq!(dump(&opened.store), before);
}

#[test]
fn the_second_opener_is_told_who_holds_the_store() {
    let dir = tempfile::tempdir().unwrap();
    let store =
        Store::open(dir.path(), "王督查", "boot", &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap().store;
    let mine = std::process::id().to_string();
    let held = |fault: OpenError| {
        let said = fault.to_string();
        assert!(said.contains(&mine) && said.contains("王督查"), "{said}");
        assert!(matches!(fault, OpenError::Lock(LockError::Held { pid, .. }) if pid == mine));
    };
    held(try_open(dir.path(), "boot").map(drop).unwrap_err());
    held(Store::rebuild(dir.path(), "other", &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap_err());
    store.close("boot").unwrap();
    quiet(dir.path());
}

#[test]
fn a_path_that_cannot_be_a_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "text").unwrap();
    for path in [file.clone(), file.join("below")] {
        let fault = try_open(&path, "boot").map(drop).unwrap_err();
        assert!(matches!(fault, OpenError::Lock(LockError::Io(_))), "{fault:?}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "text");
}

/// Sets the mode of a folder and of the files in it.
fn chmod(dir: &Path, folder: u32, file: u32) {
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).unwrap();
    for entry in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            chmod(&entry, folder, file);
        } else {
            fs::set_permissions(entry, fs::Permissions::from_mode(file)).unwrap();
        }
    }
    fs::set_permissions(dir, fs::Permissions::from_mode(folder)).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    let torn = [&journal(dir.path())[..], b"{\"seq\":"].concat();
    fs::write(dir.path().join(JOURNAL), &torn).unwrap();
    chmod(dir.path(), 0o500, 0o400);
    // The superuser writes everywhere.
    let meaningless = fs::write(dir.path().join("probe"), "").is_ok();
    let opened = (!meaningless).then(|| open(dir.path()));
    let left = journal(dir.path());
    let made = dir.path().join("journal.cut-15").exists();
    let second = (!meaningless).then(|| try_open(dir.path(), "boot").is_ok());
    chmod(dir.path(), 0o700, 0o600);
    let (Some(opened), Some(second)) = (opened, second) else { return };
    assert_eq!(opened.notices, [Notice::ReadOnly]);
    assert!(opened.store.desk.is_none());
    assert_eq!(dump(&opened.store), before);
    assert_eq!(opened.store.shelf.trail(Of::House, Rev(1), 9).unwrap().len(), 2);
    assert!(left == torn && !made, "nothing was cut");
    assert!(second, "any number of people may read");
    opened.store.close("boot").unwrap();
}

#[test]
fn a_clock_that_runs_backwards_changes_no_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    let first = store.shelf.head().0;
    let stamps = [5_000, 4_000, -1, i64::MIN, i64::MAX, 0];
    let verdicts = [Verdict::Pass, Verdict::Fair, Verdict::Fail, Verdict::Good, Verdict::Pass, Verdict::Fair];
    for (i, (at, verdict)) in stamps.into_iter().zip(verdicts).enumerate() {
        let commands = [judge(2, 0, verdict), judge(2, 5 + i, Verdict::Pass), name(&format!("名{i}"))];
        let requests = commands.into_iter().map(|command| request("admin", command)).collect();
        for answer in step(&mut store, Stamp(at), requests) {
            assert_eq!(answer.unwrap().at(), Stamp(at));
        }
    }
    let inspection = store.shelf.inspection(RoundId(1), BranchId(2)).unwrap();
    assert_eq!(inspection.verdict(&item(0)), Some(Verdict::Fair));
    let ats: Vec<i64> = (0..6).map(|i| inspection.cells[&item(5 + i)].at.0).collect();
    assert_eq!(ats, stamps, "every cell keeps its own time");
    let trail = store.shelf.trail(Of::House, Rev(1), 99).unwrap();
    assert!(trail.windows(2).all(|two| two[0].seq < two[1].seq && two[0].rev.next() == two[1].rev));
    let all = entries(dir.path());
    assert_eq!(all.iter().map(|entry| entry.seq.0).collect::<Vec<_>>(), (1..=first + 18).collect::<Vec<_>>());
    let before = dump(&store);
    drop(store);
    fs::remove_dir_all(dir.path().join(RECORDS)).unwrap();
    let mut store = open(dir.path()).store;
    assert_eq!(dump(&store), before);
    is_sound(&mut store);
}

#[test]
fn a_long_trail_is_read_from_any_revision() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    let requests = (0..400).map(|n| request("admin", name(&format!("名{n}")))).collect();
    assert!(step(&mut store, NINE, requests).iter().all(Result::is_ok));
    let store = {
        store.close("boot").unwrap();
        quiet(dir.path())
    };
    let revs = |from: u64, limit: usize| -> Vec<u64> {
        let trail: Vec<Entry> = store.shelf.trail(Of::House, Rev(from), limit).unwrap();
        trail.iter().map(|entry| entry.rev.0).collect()
    };
    for (from, limit, wanted) in [
        (0, 3, 1..4),
        (1, 1000, 1..401),
        (100, 60, 100..160),
        (128, 1, 128..129),
        (129, 1, 129..130),
        (256, 2, 256..258),
        (400, 5, 400..401),
        (401, 5, 401..401),
    ] {
        assert_eq!(revs(from, limit), wanted.collect::<Vec<u64>>(), "from {from}, {limit}");
    }
}

#[test]
fn every_verdict_with_the_longest_reason_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    let judgement = |c: char| Judgement { verdict: Verdict::NotApplicable, reason: c.to_string().repeat(200) };
    let everything = |c: char| builtin().items.iter().map(|item| (item.id.clone(), Some(judgement(c)))).collect();
    does(&mut store, inspect(2, InspectionCommand::Judge(everything('無'))));
    does(&mut store, inspect(2, InspectionCommand::Judge(everything('𠀀'))));
    let inspection = store.shelf.inspection(RoundId(1), BranchId(2)).unwrap();
    assert!(builtin().items.iter().all(|item| inspection.judgement(&item.id) == Some(judgement('𠀀'))));
    for item in &builtin().items {
        let cell = store.shelf.cell(RoundId(1), BranchId(2), &item.id).unwrap().unwrap();
        assert_eq!(Some(cell.reason), Some(judgement('𠀀').reason));
    }
    let short = Judgement { verdict: Verdict::Pass, reason: String::new() };
    let everything = builtin().items.iter().map(|item| (item.id.clone(), Some(short.clone()))).collect();
    does(&mut store, inspect(2, InspectionCommand::Judge(everything)));
    let inspection = store.shelf.inspection(RoundId(1), BranchId(2)).unwrap();
    assert!(builtin().items.iter().all(|item| inspection.judgement(&item.id) == Some(short.clone())));
    is_sound(&mut store);
    drop(store);
    is_sound(&mut quiet(dir.path()));
}

#[test]
fn what_is_too_long_for_a_record_is_refused_before_the_journal_and_the_rest_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    furnish(&mut store);
    let note = |by: &str, c: char| {
        let text = c.to_string().repeat(1000);
        request(by, inspect(1, InspectionCommand::Note { item: item(3), text }))
    };
    let long = note(&"𠀀".repeat(32), '𠀀');
    let answer = changes_nothing(&mut store, |store| ask(store, long.clone()));
    assert!(matches!(answer, Err(DeskError::TooLong(_))), "{answer:?}");

    let mine = || request("admin", judge(1, 3, Verdict::Pass));
    let answers = step(&mut store, NINE, vec![mine(), long.clone(), request("admin", name("又名")), long]);
    let taken: Vec<u64> = answers.iter().map(|answer| answer.as_ref().map_or(0, |ack| ack.seq().0)).collect();
    assert_eq!(taken, [16, 0, 17, 0]);
    let inspection = store.shelf.inspection(RoundId(1), BranchId(1)).unwrap();
    assert_eq!((inspection.note(&item(3)), inspection.verdict(&item(3))), ("", Some(Verdict::Pass)));
    is_sound(&mut store);
    assert!(ask(&mut store, note(&"督".repeat(32), '督')).is_ok(), "the longest note of every day is kept");
    drop(store);
    is_sound(&mut quiet(dir.path()));
}
