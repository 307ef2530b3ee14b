//! Memory stays flat: however long somebody presses keys, a session and the program around it take no more.
#![cfg(target_os = "linux")]

mod dice;
mod house;
mod terminal;

use std::alloc::System;

use dice::{Dice, Stroke, stroke};
use house::House;
use peakmem_alloc::{INSTRUMENTED_SYSTEM, PeakMemAlloc, PeakMemAllocTrait};
use terminal::{Terminal, run};
use tijian::app::Msg;
use tijian::domain::Lang;

#[global_allocator]
static MEMORY: &PeakMemAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Tells how many bytes an act gives back.
fn given_back(act: impl FnOnce()) -> usize {
    // What is counted is a peak: a block that nobody writes to shows how far below it the act has led.
    const BLOCK: usize = 256 << 20;
    MEMORY.reset_peak_memory();
    act();
    drop(std::hint::black_box(Vec::<u8>::with_capacity(BLOCK)));
    BLOCK - MEMORY.get_peak_memory()
}

/// Lets a monkey play at a seat of its own, and tells what the seat had taken by the end.
fn played(house: &mut House, keys: usize) -> usize {
    let mut dice = Dice::new(7);
    let who = house.sits("王督查", (80, 24), Lang::Hant);
    for _ in 0..keys {
        match stroke(&mut dice) {
            Stroke::Reads(reads) => {
                for bytes in reads {
                    house.strikes(who, &bytes);
                }
            }
            Stroke::Resize(cols, rows) => house.msg(who, Msg::Resize(cols, rows)),
        }
    }
    given_back(|| house.stands_up(who))
}

/// Presses keys of a walk at the real program, most of which keep something.
fn walks(seat: &mut Terminal, dice: &mut Dice, keys: usize) {
    const KEYS: [&str; 16] =
        ["1", "2", "3", "j", "k", "m", "u", "1", "]o", "0", "\x1b", "4", "\x1b", "\x12", "?", "\x1b"];
    for _ in 0..keys {
        seat.send(dice.pick(&KEYS)).settles(1);
    }
    seat.send("\x1b\x1b").settles(200);
}

// One test: the memory is counted for the process.
#[test]
fn it_stays_flat_however_many_keys_are_pressed() {
    let mut house = House::furnished();
    let (few, many) = (played(&mut house, 1500), played(&mut house, 12_000));
    assert!(few > 1000 && many < 2 * few + (64 << 10), "{few} bytes after few keys, {many} after many");

    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("store").to_str().unwrap().to_owned();
    let (code, said) = run(home.path(), &["--data", &data, "demo", "--branches", "4"]);
    assert_eq!(code, 0, "{said}");
    let mut seat = Terminal::start(home.path(), (80, 24), &["--data", &data, "inspect", "2026-4", "JG-004"]);
    seat.sees("R-01");
    let mut dice = Dice::new(11);
    walks(&mut seat, &mut dice, 1000);
    let few = seat.memory("VmRSS");
    walks(&mut seat, &mut dice, 4000);
    let many = seat.memory("VmRSS");
    assert!(few > 1000 && many < few + (4 << 10), "{few} KiB after few keys, {many} KiB after many");
    seat.signal("-TERM");
    assert_eq!(seat.ends_within(std::time::Duration::from_secs(5)).code(), Some(0));
    let (code, said) = run(home.path(), &["--data", &data, "verify"]);
    assert!(code == 0 && said.contains("與日誌一致"), "{code} {said}");
}
