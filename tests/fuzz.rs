//! Bounded fuzzing: real inputs, spoilt the same way every time, against what each reader promises.
//!
//! `TIJIAN_FUZZ_ROUNDS=100000 cargo test --release --test fuzz` goes on for longer, `TIJIAN_FUZZ_SEED` spoils otherwise.
//! An input that fails is written to the target folder; what it showed once is kept in `tests/fuzz/found/<target>/`.
#![allow(clippy::disallowed_methods, reason = "a bench looks at the clock")]

#[path = "fuzz/bench.rs"]
mod bench;
mod dice;
mod house;
#[path = "fuzz/keys.rs"]
mod keys;
#[path = "fuzz/lists.rs"]
mod lists;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/store.rs"]
mod store;
