//! Opening, rebuilding, and the size on disk.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use tijian::store::Store;

use super::{Table, Times};

const OPENINGS: usize = 9;

pub fn opening(table: &Table, data: &Path) {
    let mut on = |_, _| ControlFlow::Continue(());
    let opened = Times::of(OPENINGS, |_| {
        let start = Instant::now();
        let store = Store::open(data, "bench", "boot", &mut on).unwrap().store;
        let took = start.elapsed();
        store.close("boot").unwrap();
        took
    });
    table.times("store opened after an orderly end", &opened);
    let rebuilt = Times::of(1, |_| {
        let start = Instant::now();
        Store::rebuild(data, "bench", &mut on).unwrap();
        start.elapsed()
    });
    table.times("records rebuilt from the journal", &rebuilt);
}

pub fn sizes(table: &Table, data: &Path) {
    for name in ["journal.jsonl", "records"] {
        let what = format!("{name} on disk");
        table.count(&what, size(&data.join(name)) >> 10, "KiB");
    }
}

fn size(path: &Path) -> u64 {
    let mut sum = 0;
    let mut left = vec![path.to_path_buf()];
    while let Some(path) = left.pop() {
        let facts = std::fs::metadata(&path).unwrap();
        if facts.is_dir() {
            left.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            sum += facts.len();
        }
    }
    sum
}
