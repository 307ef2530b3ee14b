//! The door: words in, exit code out. Everything else is in the library, where tests can reach it.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    tijian::cli::run(tijian::cli::Cli::parse())
}
