//! The bench that inputs are tried on: rounds, bounds of time and memory, and what is kept of an input that fails.

use std::alloc::System;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use peakmem_alloc::{INSTRUMENTED_SYSTEM, PeakMemAlloc, PeakMemAllocTrait};
use tijian::text::{is_clean, printable};

use crate::dice::Dice;
use crate::mutate::spoilt;

#[global_allocator]
static MEMORY: &PeakMemAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One target at a time: the memory is counted for the process.
static TURN: Mutex<()> = Mutex::new(());

/// Takes the turn; a test does so before it makes anything.
pub fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What an input may take beyond its share.
const BYTES: usize = 64 << 20;
/// What a byte of an input may take.
const BYTES_A_BYTE: usize = 200;
/// How long an input may take: far more than any does, for slow and busy machines.
const PATIENCE: Duration = Duration::from_secs(5);
/// After this it hangs.
const HANG: Duration = Duration::from_mins(1);

/// What is tried: real inputs, the words of their format, and how many rounds are quick enough for every change.
pub struct Target<'a> {
    pub name: &'a str,
    pub corpus: Vec<Vec<u8>>,
    pub tokens: &'a [&'a [u8]],
    pub rounds: u64,
}

type Running = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

impl Target<'_> {
    /// Tries the corpus, what once failed, and spoilt inputs; `judge` panics where an input breaks a promise.
    pub fn run(&self, judge: &mut dyn FnMut(&[u8])) {
        self.run_made(&mut |bytes, _| bytes, judge);
    }

    /// Does the same with inputs that are made up after they were spoilt, such as with a checksum that is right again.
    pub fn run_made(&self, make: &mut dyn FnMut(Vec<u8>, &mut Dice) -> Vec<u8>, judge: &mut dyn FnMut(&[u8])) {
        let running = Running::default();
        let (done, ended) = channel::<()>();
        let (watched, name) = (Arc::clone(&running), self.name.to_owned());
        let watch = std::thread::spawn(move || {
            while ended.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                let running = watched.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((since, input)) = &*running
                    && since.elapsed() > HANG
                {
                    eprintln!("{name} hangs: {}", keep(&name, input));
                    std::process::abort();
                }
            }
        });
        let mut longest = Duration::ZERO;
        for input in self.corpus.iter().cloned().chain(found(self.name)) {
            longest = longest.max(self.judged(&running, &input, judge));
        }
        let seed = number("TIJIAN_FUZZ_SEED").unwrap_or(20_261_123);
        let (begun, rounds) = (Instant::now(), number("TIJIAN_FUZZ_ROUNDS").unwrap_or(self.rounds));
        // Some are only tried as they are.
        let rounds = if self.rounds == 0 { 0 } else { rounds };
        for round in 0..rounds {
            let mut dice = Dice::new(seed ^ round.wrapping_mul(0x0100_0001));
            let input = make(spoilt(&self.corpus, self.tokens, &mut dice), &mut dice);
            longest = longest.max(self.judged(&running, &input, judge));
        }
        println!("{}: {rounds} rounds in {:?}, the longest {longest:?}", self.name, begun.elapsed());
        drop(done);
        watch.join().unwrap();
    }

    fn judged(&self, running: &Running, input: &[u8], judge: &mut dyn FnMut(&[u8])) -> Duration {
        let set = |now| *running.lock().unwrap_or_else(PoisonError::into_inner) = now;
        let begun = Instant::now();
        let worked = processor_time();
        set(Some((begun, input.to_vec())));
        MEMORY.reset_peak_memory();
        // What the program and the bench hold before is none of the input's.
        let held = MEMORY.get_peak_memory();
        let ended = catch_unwind(AssertUnwindSafe(|| judge(input)));
        let (peak, took) = (MEMORY.get_peak_memory().saturating_sub(held), processor_time().saturating_sub(worked));
        set(None);
        if let Err(panic) = ended {
            eprintln!("{} fails: {}", self.name, keep(self.name, input));
            resume_unwind(panic);
        }
        let most = BYTES + BYTES_A_BYTE * input.len();
        assert!(peak <= most, "{} takes {peak} bytes of memory: {}", self.name, keep(self.name, input));
        assert!(took <= PATIENCE, "{} takes {took:?}: {}", self.name, keep(self.name, input));
        took
    }
}

/// Returns the processor time of this thread: what an input costs does not depend on what else the machine does.
fn processor_time() -> Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(spent.tv_sec).unwrap(), u32::try_from(spent.tv_nsec).unwrap())
}

/// Writes a failing input where it can be found, and answers its name and its bytes.
fn keep(target: &str, input: &[u8]) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{target}-{:08x}", crc32fast::hash(input)));
    let kept = fs::write(&path, input).map_or_else(|fault| fault.to_string(), |()| path.display().to_string());
    let hex: String = input.iter().take(4096).map(|byte| format!("{byte:02x}")).collect();
    format!("{} bytes, in {kept}, to be moved to tests/fuzz/found/{target}/:\n{hex}", input.len())
}

/// Reads what once failed.
fn found(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found").join(target);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).map(|dir| dir.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// Checks that a refusal has words, and that they steer nothing.
#[track_caller]
pub fn told(text: &str) {
    assert!(!text.trim().is_empty(), "a refusal says nothing");
    assert!(is_clean(text, true), "a refusal is not clean: {text:?}");
}

/// Checks the same of a refusal that is cleaned at the door.
#[track_caller]
pub fn told_at_the_door(text: &str) {
    told(&printable(text));
}
