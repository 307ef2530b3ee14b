//! The door: words in, exit code out. Everything else is in the library, where tests can reach it.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    tijian::cli::run(tijian::cli::Cli::parse())
}
