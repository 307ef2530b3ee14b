//! The door: words in, exit code out. Everything else is in the library, where tests can reach it.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::ExitCode;

fn main() -> ExitCode {
    match tijian::cli::parse() {
        Ok(cli) => tijian::cli::run(cli),
        Err(code) => code,
    }
}
