//! Opening a store whose records or journal were harmed: nothing acknowledged is lost, and what was done is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a trial fails where it fails")]

mod keep;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use keep::*;
use tijian::domain::{Command, Reading, Seq};
use tijian::store::{
    Batch, DeskError, FollowError, JournalError, Notice, OpenError, Records, SledRecords, Store, TailCut,
};

fn rebuild(dir: &Path) -> Result<Seq, OpenError> {
    Store::rebuild(dir, "robot", &mut |_, _| ControlFlow::Continue(())).map(|done| done.last)
}

/// Returns why the records were made again, and nothing else may be told.
#[track_caller]
fn rebuilt(notices: &[Notice]) -> &str {
    match notices {
        [Notice::Rebuilt { why, .. }] => why,
        other => panic!("{other:?}"),
    }
}

/// Writes names until the journal has so many entries.
fn names_up_to(store: &mut Store, last: u64) {
    let requests = (store.shelf.head().0..last).map(|n| request("admin", name(&format!("名{n}")))).collect();
    assert!(step(store, NINE, requests).iter().all(Result::is_ok));
}

#[test]
fn records_that_were_deleted_are_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    for state in ["kept", "gone too"] {
        fs::remove_dir_all(dir.path().join(RECORDS)).unwrap();
        if state == "gone too" {
            fs::remove_file(dir.path().join("records.state")).unwrap();
        }
        let opened = open(dir.path());
        assert_eq!(rebuilt(&opened.notices), "the records were missing");
        assert_eq!(dump(&opened.store), before);
    }
    is_sound(&mut quiet(dir.path()));
}

#[test]
fn records_that_are_garbage_are_made_again_and_kept_aside() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 7] = [
        ("a file", |folder| {
            fs::remove_dir_all(folder).unwrap();
            fs::write(folder, "not a folder").unwrap();
        }),
        ("garbage files", |folder| {
            for name in ["conf", "db"] {
                fs::write(folder.join(name), [0xa5; 9000]).unwrap();
            }
            fs::write(folder.join("snap.0000000000000001"), "garbage").unwrap();
            fs::write(folder.join("other"), "garbage").unwrap();
        }),
        ("a garbage log", |folder| fs::write(folder.join("db"), vec![0x5a; 70_000]).unwrap()),
        ("a garbage conf", |folder| fs::write(folder.join("conf"), "garbage").unwrap()),
        ("an empty conf", |folder| fs::write(folder.join("conf"), "").unwrap()),
        ("an empty log", |folder| fs::write(folder.join("db"), "").unwrap()),
        ("an empty folder", |folder| {
            fs::remove_dir_all(folder).unwrap();
            fs::create_dir(folder).unwrap();
        }),
    ];
    for (harm, act) in harms {
        let dir = tempfile::tempdir().unwrap();
        let before = furnished(dir.path());
        act(&dir.path().join(RECORDS));
        let opened = open(dir.path());
        if !harm.ends_with("conf") || !opened.notices.is_empty() {
            assert!(matches!(&opened.notices[..], [Notice::Rebuilt { .. }]), "{harm}: {:?}", opened.notices);
            assert_eq!(aside(dir.path()).len(), 1, "{harm}");
        }
        let mut store = opened.store;
        assert!(dump(&store) == before, "{harm}");
        is_sound(&mut store);
        store.close("boot").unwrap();
        quiet(dir.path());
    }
}

#[test]
fn a_half_written_or_empty_snapshot_keeps_nothing_shut() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    let folder = dir.path().join(RECORDS);
    for (name, text) in [
        ("snap.0000000000000FFF.generating", "half"),
        ("snap.00000000000000AA.generating", ""),
        ("snap.0000000000000FFE", ""),
    ] {
        fs::write(folder.join(name), text).unwrap();
        let store = quiet(dir.path());
        assert!(dump(&store) == before, "{name}");
        drop(store);
        assert!(!folder.join(name).exists(), "{name}");
    }
}

#[test]
fn a_log_that_was_cut_short_or_harmed_never_shows_a_wrong_record() {
    let whole = tempfile::tempdir().unwrap();
    let before = furnished(whole.path());
    let log = fs::read(whole.path().join(RECORDS).join("db")).unwrap();
    let used = log.iter().rposition(|byte| *byte != 0).unwrap();
    for part in 0..12 {
        for cut in [true, false] {
            let dir = tempfile::tempdir().unwrap();
            copy(whole.path(), dir.path());
            let at = used * part / 12;
            let mut harmed = log.clone();
            if cut {
                harmed.truncate(at);
            } else {
                harmed[at] ^= 0x10;
            }
            let folder = dir.path().join(RECORDS);
            fs::write(folder.join("db"), harmed).unwrap();
            for file in fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()) {
                if file.to_string_lossy().contains("snap.") && part % 2 == 0 {
                    fs::remove_file(file).unwrap();
                }
            }
            let mut store = open(dir.path()).store;
            if verified(&store).differing.is_empty() {
                assert!(dump(&store) == before, "byte {at}, cut: {cut}");
            } else {
                drop(store);
                rebuild(dir.path()).unwrap();
                store = open(dir.path()).store;
                assert!(dump(&store) == before, "byte {at}, cut: {cut}, rebuilt");
            }
            is_sound(&mut store);
        }
    }
}

#[test]
fn records_behind_the_journal_catch_up_without_a_word() {
    let dir = tempfile::tempdir().unwrap();
    let (records, old) = (dir.path().join(RECORDS), dir.path().join("old"));
    furnished(dir.path());
    copy(&records, &old);
    let mut store = quiet(dir.path());
    does(&mut store, add(4, "JG-4"));
    does(&mut store, judge(1, 5, tijian::domain::Verdict::Good));
    names_up_to(&mut store, 300);
    let before = dump(&store);
    store.close("boot").unwrap();
    fs::remove_dir_all(&records).unwrap();
    fs::rename(&old, &records).unwrap();
    let mut store = quiet(dir.path());
    assert_eq!(dump(&store), before);
    assert_eq!(store.shelf.head(), Seq(300));
    is_sound(&mut store);
}

#[test]
fn a_journal_that_was_cut_short_is_told_and_the_records_are_kept_aside() {
    for lines in [1, 2, 15] {
        let dir = tempfile::tempdir().unwrap();
        let before = furnished(dir.path());
        cut_lines(dir.path(), lines);
        let opened = open(dir.path());
        let has = Seq(15 - lines as u64);
        let [Notice::JournalShort { has: told, had }, Notice::Rebuilt { why, aside: Some(old) }] = &opened.notices[..]
        else {
            panic!("{:?}", opened.notices)
        };
        assert_eq!(why, "the journal ends before the records");
        assert_eq!((*told, *had), (has, Seq(15)));
        let mut store = opened.store;
        assert_eq!(store.shelf.head(), has);
        assert_ne!(dump(&store), before);
        is_sound(&mut store);
        store.close("boot").unwrap();
        quiet(dir.path());

        // What the journal has lost can still be looked up.
        let elsewhere = tempfile::tempdir().unwrap();
        fs::rename(old, elsewhere.path().join(RECORDS)).unwrap();
        let kept = SledRecords::open(elsewhere.path(), 1 << 20).unwrap();
        assert_eq!(kept.get(b"h").unwrap(), before.get(&b"h"[..]).cloned());
    }
}

#[test]
fn an_emptied_journal_does_not_cost_the_records() {
    let dir = tempfile::tempdir().unwrap();
    furnished(dir.path());
    fs::write(dir.path().join(JOURNAL), "").unwrap();
    let opened = open(dir.path());
    let told = &opened.notices[..];
    assert!(
        matches!(told, [Notice::JournalShort { has: Seq(0), had: Seq(15) }, Notice::Rebuilt { aside: Some(_), .. }]),
        "{told:?}"
    );
    assert_eq!(opened.store.shelf.head(), Seq(0));
    assert_eq!(aside(dir.path()).len(), 1);
}

#[test]
fn records_of_another_journal_are_not_gone_on_with() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let before = furnished(dir.path());
    let mut store = quiet(other.path());
    names_up_to(&mut store, 15);
    store.close("boot").unwrap();
    for head in [15, 10] {
        fs::remove_dir_all(dir.path().join(RECORDS)).unwrap();
        copy(&other.path().join(RECORDS), &dir.path().join(RECORDS));
        let opened = open(dir.path());
        assert_eq!(rebuilt(&opened.notices), "the records belong to another journal", "{head}");
        assert_eq!(dump(&opened.store), before);
    }
}

#[test]
fn a_missing_journal_beside_records_is_never_begun_anew() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    let bytes = journal(dir.path());
    fs::remove_file(dir.path().join(JOURNAL)).unwrap();
    for _ in 0..3 {
        let fault = try_open(dir.path(), "another run").map(drop).unwrap_err();
        assert!(matches!(&fault, OpenError::JournalGone(file) if file.ends_with(JOURNAL)), "{fault:?}");
        let fault = rebuild(dir.path()).unwrap_err();
        assert!(matches!(fault, OpenError::JournalGone(_)), "{fault:?}");
        assert!(!dir.path().join(JOURNAL).exists());
    }
    assert_eq!(aside(dir.path()), Vec::<std::path::PathBuf>::new());
    fs::write(dir.path().join(JOURNAL), bytes).unwrap();
    let mut store = quiet(dir.path());
    assert_eq!(dump(&store), before);
    is_sound(&mut store);
}

#[test]
fn a_damaged_journal_is_refused_and_the_good_records_stay() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    let good = journal(dir.path());
    let text = String::from_utf8(good.clone()).unwrap();
    fs::write(dir.path().join(JOURNAL), text.replace("看了", "聽了")).unwrap();
    fs::write(dir.path().join("records.state"), "an earlier run").unwrap();
    for _ in 0..4 {
        let fault = try_open(dir.path(), "boot").map(drop).unwrap_err();
        let OpenError::Follow(FollowError::Journal(JournalError::Damaged { line, .. })) = fault else {
            panic!("{fault:?}")
        };
        assert_eq!(line, 12);
        rebuild(dir.path()).unwrap_err();
    }
    let records = SledRecords::open(dir.path(), 1 << 20).unwrap();
    assert_eq!(records.get(b"h").unwrap(), before.get(&b"h"[..]).cloned());
    drop(records);
    assert_eq!(aside(dir.path()), Vec::<std::path::PathBuf>::new());
    fs::write(dir.path().join(JOURNAL), good).unwrap();
    let opened = open(dir.path());
    assert_eq!(rebuilt(&opened.notices), "the machine was not shut down in order");
    assert_eq!(dump(&opened.store), before);
}

#[test]
fn every_flipped_record_is_found_and_put_right() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    for (name, value) in &before {
        let store = open(dir.path()).store;
        let mut flipped = value.clone();
        let at = flipped.len() / 2;
        flipped[at] ^= 1;
        store.shelf.records().commit(&Batch { puts: vec![(name.clone(), Some(flipped))] }).unwrap();
        let found = verified(&store);
        assert_eq!(found.differing, [name.escape_ascii().to_string()]);
        assert_eq!((found.entries, found.records), (15, before.len() as u64 - 1));
        store.shelf.records().commit(&Batch { puts: vec![(name.clone(), Some(value.clone()))] }).unwrap();
        store.close("boot").unwrap();
    }
}

#[test]
fn a_rebuild_puts_flipped_missing_and_strange_records_right() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    let store = quiet(dir.path());
    let mut puts: Vec<_> = before.iter().step_by(3).map(|(name, _)| (name.clone(), None)).collect();
    puts.extend(before.iter().skip(1).step_by(3).map(|(name, value)| {
        let mut value = value.clone();
        *value.last_mut().unwrap() ^= 0x80;
        (name.clone(), Some(value))
    }));
    puts.push((b"zzz".to_vec(), Some(b"strange".to_vec())));
    let harmed = puts.len();
    store.shelf.records().commit(&Batch { puts }).unwrap();
    assert_eq!(verified(&store).differing.len(), harmed);
    drop(store);
    assert_eq!(rebuild(dir.path()).unwrap(), Seq(15));
    let mut store = quiet(dir.path());
    assert_eq!(dump(&store), before);
    is_sound(&mut store);
}

#[test]
fn a_flipped_record_is_never_read_as_another_value_and_opens_again() {
    let dir = tempfile::tempdir().unwrap();
    let before = furnished(dir.path());
    for (name, value) in &before {
        let mut store = open(dir.path()).store;
        let mut flipped = value.clone();
        *flipped.last_mut().unwrap() ^= 1;
        store.shelf.records().commit(&Batch { puts: vec![(name.clone(), Some(flipped))] }).unwrap();
        let seen = journal(dir.path());
        let commands: [Command; 4] =
            [keep::name("改名"), add(4, "JG-1"), judge(1, 1, tijian::domain::Verdict::Pass), add(4, "JG-4")];
        let requests = commands.map(|command| request("admin", command)).to_vec();
        let answers = step(&mut store, NINE, requests);
        let spelled = name.escape_ascii().to_string();
        for answer in &answers {
            match answer {
                Ok(_) | Err(DeskError::Refused(_) | DeskError::Read(_) | DeskError::Records(_)) => {}
                Err(other) => panic!("{spelled}: {other:?}"),
            }
        }
        let kept = entries(dir.path());
        assert!(kept.iter().zip(1..).all(|(entry, n)| entry.seq == Seq(n)), "{spelled}");
        drop(store);
        drop(open(dir.path()).store);
        rebuild(dir.path()).unwrap();
        assert!(verified(&open(dir.path()).store).differing.is_empty(), "{spelled}");
        fs::write(dir.path().join(JOURNAL), seen).unwrap();
        fs::remove_dir_all(dir.path().join(RECORDS)).unwrap();
    }
}

#[test]
fn following_may_be_stopped_and_goes_on_from_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = quiet(dir.path());
    for last in [700, 1400, 2100, 2500] {
        names_up_to(&mut store, last);
    }
    let before = dump(&store);
    drop(store);
    for boot in ["boot", "another run"] {
        if boot == "boot" {
            fs::remove_dir_all(dir.path().join(RECORDS)).unwrap();
        }
        let mut told = Vec::new();
        let stopped = Store::open(dir.path(), "robot", boot, &mut |done, all| {
            told.push((done.0, all.0));
            ControlFlow::Break(())
        });
        let fault = stopped.map(drop).unwrap_err();
        assert!(matches!(fault, OpenError::Follow(FollowError::Stopped(Seq(1000)))), "{fault:?}");
        let opened = Store::open(dir.path(), "robot", boot, &mut |done, all| {
            told.push((done.0, all.0));
            ControlFlow::Continue(())
        });
        let opened = opened.unwrap();
        assert_eq!(told, [(1000, 2500), (1000, 1500), (1500, 1500)], "{boot}");
        assert_eq!(opened.notices, [], "{boot}");
        assert_eq!(dump(&opened.store), before, "{boot}");
        drop(opened);
        let nothing = &mut |done, all| panic!("{boot}: told {done} of {all} with nothing to do");
        Store::open(dir.path(), "robot", boot, nothing).unwrap();
    }
    is_sound(&mut try_open(dir.path(), "another run").unwrap().store);
}

#[test]
fn a_missing_journal_beside_broken_records_is_told_too() {
    let dir = tempfile::tempdir().unwrap();
    furnished(dir.path());
    fs::remove_file(dir.path().join(JOURNAL)).unwrap();
    fs::remove_dir_all(dir.path().join(RECORDS)).unwrap();
    fs::write(dir.path().join(RECORDS), "no folder").unwrap();
    let fault = try_open(dir.path(), "boot").err().unwrap();
    assert!(matches!(fault, OpenError::JournalGone(_)), "{fault:?}");
    assert!(!dir.path().join(JOURNAL).exists(), "nothing is begun");
}

#[test]
fn only_the_last_two_records_that_were_put_aside_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    furnished(dir.path());
    for n in 1..=9 {
        fs::write(dir.path().join(RECORDS).join("mark"), n.to_string()).unwrap();
        rebuild(dir.path()).unwrap();
        let mut marks: Vec<u32> = aside(dir.path())
            .iter()
            .map(|old| fs::read_to_string(old.join("mark")).unwrap().parse().unwrap())
            .collect();
        marks.sort_unstable();
        let wanted: Vec<u32> = (1..=n).filter(|mark| mark + 2 > n).collect();
        assert_eq!(marks, wanted);
    }
    is_sound(&mut quiet(dir.path()));
}

#[test]
fn a_rebuild_tells_what_it_cut_off_the_journal() {
    let dir = tempfile::tempdir().unwrap();
    furnished(dir.path());
    let end = journal(dir.path()).len() as u64;
    fs::write(dir.path().join(JOURNAL), [&journal(dir.path())[..], b"{\"seq\":"].concat()).unwrap();
    let tijian::store::Rebuilt { last, cut } =
        Store::rebuild(dir.path(), "robot", &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!((last, cut), (Seq(15), Some(TailCut { end, bytes: 7 })));
    is_sound(&mut quiet(dir.path()));
}
