//! What a change waits for: the desk with one writer, and the counter with sixty-four.

use std::fs::OpenOptions;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use tijian::domain::{
    BranchId, Command, InspectionCommand, ItemId, Judgement, PersonId, Request, Rev, RoundId, Stamp, Verdict,
};
use tijian::store::{Counter, Desk, Store};

use super::{Table, Times};

const CHANGES: usize = 400;
const WRITERS: u32 = 64;
/// Monday 2026-11-23, 09:00 in China.
const NINE: Stamp = Stamp(1_795_395_600_000);

fn seated(data: &Path) -> Desk {
    let store = Store::open(data, "bench", "boot", &mut |_, _| ControlFlow::Continue(())).unwrap().store;
    store.desk.unwrap()
}

/// Spells a verdict that is another one than the last.
fn verdict(branch: u32, change: usize) -> Request {
    let verdict = if change.is_multiple_of(2) { Verdict::Pass } else { Verdict::Good };
    let now = Some(Judgement { verdict, reason: String::new() });
    let command = InspectionCommand::Judge(vec![(ItemId("R-01".to_owned()), now)]);
    let command = Command::Inspection(RoundId(3), BranchId(branch), command);
    Request { by: PersonId("督查甲".to_owned()), saw: Rev(u64::MAX), command }
}

/// Appends and syncs as many bytes, again and again.
fn bare(data: &Path, bytes: usize, count: usize) -> Times {
    let path = data.join("floor");
    let mut file = OpenOptions::new().create(true).append(true).open(&path).unwrap();
    let text = vec![b'x'; bytes];
    let times = Times::of(count, |_| {
        let start = Instant::now();
        file.write_all(&text).unwrap();
        file.sync_data().unwrap();
        start.elapsed()
    });
    std::fs::remove_file(path).unwrap();
    times
}

/// Measures a change to its acknowledgement beside a bare append + fdatasync of as many bytes.
pub fn one_writer(table: &Table, data: &Path) {
    let mut desk = seated(data);
    let journal = data.join("journal.jsonl");
    let length = || usize::try_from(std::fs::metadata(&journal).unwrap().len()).unwrap();
    let before = length();
    let kept = Times::of(CHANGES, |change| {
        let request = verdict(table.branches, change);
        let start = Instant::now();
        for answer in desk.step(NINE, vec![request]) {
            answer.unwrap();
        }
        start.elapsed()
    });
    let line = (length() - before) / CHANGES;
    drop(desk);
    let floor = bare(data, line, CHANGES);
    table.times("change to acknowledged, one writer", &kept);
    table.times("floor: bare append + fdatasync", &floor);
    table.ratio("change to its floor", &kept, &floor);
}

/// Lets 64 writers hand in changes of branches of their own, each waiting for its acknowledgement.
pub fn many_writers(table: &Table, data: &Path) {
    let branches = table.branches;
    let (counter, desk) = Counter::open(seated(data), || NINE).unwrap();
    let write = |writer: u32, counter: Counter| {
        let (answer, answers) = channel();
        let one = |change| {
            // A small store has fewer open inspections than writers: they take turns on items of the same ones.
            let request = verdict(branches.saturating_sub(writer % branches.min(WRITERS)).max(1), change);
            let answer = answer.clone();
            let start = Instant::now();
            let taken = counter.hand(request, Box::new(move |acknowledged| answer.send(acknowledged).unwrap()));
            assert!(taken);
            answers.recv().unwrap().map(|_| start.elapsed())
        };
        (0..CHANGES).filter_map(|change| one(change).ok()).collect::<Vec<Duration>>()
    };
    let start = Instant::now();
    let times: Vec<Duration> = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let counter = counter.clone();
                scope.spawn(move || write(writer, counter))
            })
            .collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    let took = start.elapsed();
    drop(counter);
    drop(desk.join().unwrap());
    let per_second = times.len() as f64 / took.as_secs_f64();
    table.count("changes acknowledged a second, 64 writers", format_args!("{per_second:.0}"), "");
    table.times("change to acknowledged, 64 writers", &Times::in_order(times));
}
