//! What a session keeps for the first frame of the next one: true or not there.
#![allow(clippy::unwrap_used, reason = "a trial fails where it fails")]

mod keep;

use std::fs;
use std::path::Path;

use keep::*;
use tijian::domain::{BranchId, House, InspectionLine, PersonId, ReadFault, Reading, RoundId, RoundLine, Verdict};
use tijian::store::{Glimpse, Locked, PlaceFile, Store};

type Home = (House, Vec<RoundLine>, Vec<(RoundId, BranchId, InspectionLine)>);

fn home(reading: &dyn Reading) -> Result<Home, ReadFault> {
    Ok((reading.house()?, reading.rounds()?, reading.unfinished(200)?))
}

fn file(dir: &Path) -> PlaceFile {
    PlaceFile::of(dir, &PersonId("robot".to_owned()))
}

fn glimpse(dir: &Path) -> Option<Glimpse> {
    Locked::take(dir, "robot").unwrap().glimpse(&file(dir))
}

/// Makes a store with an unfinished inspection, and ends in order with a glimpse of home.
fn left_at_home(dir: &Path) -> Home {
    furnished(dir);
    let mut store = quiet(dir);
    does(&mut store, judge(2, 0, Verdict::Pass));
    let seen = home(&*store.shelf).unwrap();
    assert!(!seen.2.is_empty());
    ends(store);
    seen
}

fn ends(store: Store) {
    store.keep_glimpse(&file(&store.dir), |shelf| home(&**shelf).map(drop));
    store.close("boot").unwrap();
}

#[test]
fn what_was_read_at_the_end_is_there_before_the_store_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let seen = left_at_home(dir.path());
    fs::rename(dir.path().join(RECORDS), dir.path().join("away")).unwrap();
    let glimpse = glimpse(dir.path()).unwrap();
    assert_eq!(home(&*glimpse.shelf).unwrap(), seen);
    assert!(glimpse.is_whole());
    // What was not read then is missed, and said to be.
    assert!(glimpse.shelf.branch_by_code("nowhere").is_err());
    assert!(!glimpse.is_whole());
}

#[test]
fn more_of_a_list_than_was_read_is_missed() {
    let dir = tempfile::tempdir().unwrap();
    furnished(dir.path());
    let mut store = quiet(dir.path());
    does(&mut store, judge(2, 0, Verdict::Pass));
    store.keep_glimpse(&file(dir.path()), |shelf| shelf.unfinished(1).map(drop));
    store.close("boot").unwrap();
    let glimpse = glimpse(dir.path()).unwrap();
    assert_eq!(glimpse.shelf.unfinished(1).unwrap().len(), 1);
    assert!(glimpse.is_whole());
    assert!(glimpse.shelf.unfinished(200).is_err() && !glimpse.is_whole());
}

#[test]
fn a_change_behind_it_ends_it() {
    let dir = tempfile::tempdir().unwrap();
    left_at_home(dir.path());
    let mut store = quiet(dir.path());
    does(&mut store, judge(2, 1, Verdict::Good));
    store.close("boot").unwrap();
    assert!(glimpse(dir.path()).is_none());
    ends(quiet(dir.path()));
    assert!(glimpse(dir.path()).is_some());
}

#[test]
fn records_that_were_not_closed_in_order_end_it() {
    let dir = tempfile::tempdir().unwrap();
    left_at_home(dir.path());
    drop(quiet(dir.path()));
    assert!(glimpse(dir.path()).is_none());
    ends(quiet(dir.path()));
    fs::remove_file(dir.path().join("records.state")).unwrap();
    assert!(glimpse(dir.path()).is_none());
}

#[test]
fn another_journal_of_the_same_length_ends_it() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (dir, verdict) in [(one.path(), Verdict::Pass), (other.path(), Verdict::Good)] {
        furnished(dir);
        let mut store = quiet(dir);
        does(&mut store, judge(2, 0, verdict));
        ends(store);
    }
    assert_eq!(journal(one.path()).len(), journal(other.path()).len());
    fs::copy(other.path().join(JOURNAL), one.path().join(JOURNAL)).unwrap();
    assert!(glimpse(one.path()).is_none());
}

#[test]
fn harm_to_its_file_ends_it() {
    let dir = tempfile::tempdir().unwrap();
    left_at_home(dir.path());
    let path = fs::read_dir(dir.path().join("glimpses")).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut harmed = whole.clone();
        harmed[at] ^= 1 << (at % 8);
        fs::write(&path, harmed).unwrap();
        assert!(glimpse(dir.path()).is_none(), "byte {at}");
    }
    for len in [0, 1, 7, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..len]).unwrap();
        assert!(glimpse(dir.path()).is_none(), "cut at {len}");
    }
    fs::write(&path, whole).unwrap();
    assert!(glimpse(dir.path()).is_some());
}

#[test]
fn a_screen_that_reads_a_great_deal_is_not_kept() {
    let dir = tempfile::tempdir().unwrap();
    left_at_home(dir.path());
    let mut store = quiet(dir.path());
    let requests = (4..6000).map(|n| request("admin", add(n, &format!("JG-{n:05}")))).collect();
    assert!(step(&mut store, NINE, requests).iter().all(Result::is_ok));
    store.keep_glimpse(&file(dir.path()), |shelf| shelf.tree().map(drop));
    store.close("boot").unwrap();
    assert!(glimpse(dir.path()).is_none());
}
