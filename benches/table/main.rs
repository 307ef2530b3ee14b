//! The table of the README: what a person waits for, measured from outside, each row beside its floor where it has one.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measurement reads the clock, fails loudly and prints two digits"
)]

mod desk;
mod disk;
mod floor;
mod ledger;
mod screen;
#[path = "../../tests/terminal/mod.rs"]
mod terminal;

use std::fmt::Display;
use std::time::{Duration, Instant};

use terminal::run;

/// Branches of the stores that are measured.
const SIZES: [u32; 2] = [20, 1_500];

/// Items of the ledger that is measured.
const ITEMS: u32 = 10_000;

/// Times in order, to be asked for their middle and their end.
struct Times(Vec<Duration>);

impl Times {
    fn of(count: usize, mut one: impl FnMut(usize) -> Duration) -> Self {
        Self::in_order((0..count).map(&mut one).collect())
    }

    fn in_order(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    fn at(&self, percent: usize) -> f64 {
        self.0[(self.0.len() - 1) * percent / 100].as_secs_f64() * 1000.0
    }
}

/// The rows of one store.
struct Table {
    branches: u32,
}

impl Table {
    fn times(&self, what: &str, times: &Times) {
        self.row(what, format_args!("{:.2}", times.at(50)), format_args!("{:.2}", times.at(99)), "ms");
    }

    fn count(&self, what: &str, count: impl Display, unit: &str) {
        self.row(what, count, "", unit);
    }

    fn ratio(&self, what: &str, times: &Times, floor: &Times) {
        let [middle, end] = [50, 99].map(|at| times.at(at) / floor.at(at));
        self.row(what, format_args!("{middle:.2}"), format_args!("{end:.2}"), "×");
    }

    fn row(&self, what: &str, middle: impl Display, end: impl Display, unit: &str) {
        println!("| {} | {what} | {middle} | {end} | {unit} |", self.branches);
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("floor") {
        return floor::list(args.next().and_then(|rows| rows.parse().ok()).unwrap_or(20));
    }
    // Larger stores are asked for by hand: TIJIAN_SIZES="20 1500 100000".
    let asked = std::env::var("TIJIAN_SIZES").unwrap_or_default();
    let asked: Vec<u32> = asked.split_whitespace().filter_map(|size| size.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    // So are larger ledgers: TIJIAN_ITEMS="10000 1000000", beside or without (TIJIAN_SIZES="0") the others.
    let items = std::env::var("TIJIAN_ITEMS").unwrap_or_else(|_| ITEMS.to_string());
    let items = items.split_whitespace().filter_map(|size| size.parse().ok()).collect::<Vec<u32>>();
    let home = tempfile::tempdir().unwrap();
    // A ledger that stands already is measured alone, as often as one likes: TIJIAN_STORE=FOLDER.
    let standing = std::env::var("TIJIAN_STORE").ok();
    println!("| store | measured | middle | 99 of 100 | unit |");
    println!("|---|---|---:|---:|---|");
    // A ledger that stands already is measured alone: TIJIAN_STORE=FOLDER, which `demo --items N` has made.
    if let (Some(store), Some(items)) = (&standing, items.first()) {
        return ledger::rows(&Table { branches: *items }, home.path(), store);
    }
    for branches in sizes.into_iter().filter(|size| *size > 0) {
        let table = Table { branches };
        let data = home.path().join(branches.to_string());
        let name = data.to_str().unwrap();
        let start = Instant::now();
        let (code, said) = run(home.path(), &["--data", name, "demo", "--branches", &branches.to_string()]);
        assert_eq!(code, 0, "{said}");
        table.times("practice store made", &Times(vec![start.elapsed()]));
        screen::first_frame(&table, home.path(), name);
        screen::keys(&table, home.path(), name);
        desk::one_writer(&table, &data);
        desk::many_writers(&table, &data);
        disk::opening(&table, &data);
        disk::sizes(&table, &data);
        std::fs::remove_dir_all(data).unwrap();
    }
    for items in items {
        let table = Table { branches: items };
        let data = home.path().join(format!("items-{items}"));
        let name = data.to_str().unwrap();
        let start = Instant::now();
        let (code, said) = run(home.path(), &["--data", name, "demo", "--items", &items.to_string()]);
        assert_eq!(code, 0, "{said}");
        table.times("practice ledger made", &Times(vec![start.elapsed()]));
        ledger::rows(&table, home.path(), name);
        disk::opening(&table, &data);
        disk::sizes(&table, &data);
        std::fs::remove_dir_all(data).unwrap();
    }
}
