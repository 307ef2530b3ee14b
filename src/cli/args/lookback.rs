//! The words of `tijian lookback` and `tijian lint`.

use clap::{Args, Subcommand, ValueEnum};

use super::ledger::SeverityArg;
use crate::domain::{Outcome, SAMPLE_LIMIT};

/// Look-backs.
#[derive(Debug, Subcommand)]
pub enum LookbackVerb {
    /// Draw a sample of closed items; the same items and seed give the same sample.
    #[command(after_help = "Examples:\n  \
        tijian lookback draw\n  \
        tijian lookback draw --size 20 --severity critical --branch JG-Z1\n  \
        tijian lookback draw --size 5 --closer li --seed 20261126")]
    Draw(DrawArgs),
    /// List the look-backs, the latest first.
    #[command(after_help = "Examples:\n  \
        tijian lookback list\n  \
        tijian lookback list --json")]
    List {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Print a look-back: how it was drawn, and what was seen of each item.
    #[command(after_help = "Examples:\n  \
        tijian lookback show 1\n  \
        tijian lookback show 1 --json")]
    Show {
        /// The look-back's number.
        id: u32,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say what was seen of an item, or correct it: valid, or relapsed with what has come back.
    #[command(after_help = "Examples:\n  \
        tijian lookback result 1 2026-4/JG-007/S-07/01.1 valid\n  \
        tijian lookback result 1 2026-4/JG-007/S-07/02.1 relapsed --note 第三季度又少開1次")]
    Result(ResultArgs),
    /// End a look-back: what has come back becomes a finding that is followed again.
    #[command(after_help = "Examples:\n  \
        tijian lookback end 1\n  \
        tijian lookback end 1 --reason 有一個支部已撤銷，不再看")]
    End {
        /// The look-back's number.
        id: u32,
        /// Why some items were not looked at; not needed where all were.
        #[arg(long, default_value = "")]
        reason: String,
    },
}

/// From which closed items is drawn, and how many.
#[derive(Debug, Args)]
pub struct DrawArgs {
    /// How many items; all where there are fewer.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=i64::from(SAMPLE_LIMIT)))]
    pub size: u16,
    /// The seed of the draw; one from the clock without it, which is printed.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Only of this severity.
    #[arg(long, value_enum)]
    pub severity: Option<SeverityArg>,
    /// Only of this unit and what stands below it.
    #[arg(long, value_name = "CODE")]
    pub branch: Option<String>,
    /// Only what this person verified.
    #[arg(long, value_name = "HANDLE")]
    pub closer: Option<String>,
}

/// What was seen of an item.
#[derive(Debug, Args)]
pub struct ResultArgs {
    /// The look-back's number.
    pub id: u32,
    /// The item: round, branch, item of the checklist, number, such as 2026-4/JG-007/S-07/01.1.
    pub item: String,
    /// What was seen.
    #[arg(value_enum)]
    pub result: OutcomeArg,
    /// What it was seen by; what has come back, where it has. `-` reads it from standard input.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,
    /// The post on whose behalf; without it you act for yourself.
    #[arg(long, value_name = "POST", default_value = "")]
    pub on_behalf: String,
}

/// What was seen.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum OutcomeArg {
    /// 有效: still put right
    #[value(alias = "有效")]
    Valid,
    /// 反彈: it has come back
    #[value(alias = "反彈", alias = "反弹")]
    Relapsed,
}

impl OutcomeArg {
    /// Returns the outcome.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Valid => Outcome::Valid,
            Self::Relapsed => Outcome::Relapsed,
        }
    }
}

/// What is looked through.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// The round's code; every round without it.
    pub round: Option<String>,
    /// The branch's code; every branch of the round without it.
    pub branch: Option<String>,
    /// Print JSON, one object a line.
    #[arg(long)]
    pub json: bool,
    /// Exit with 7 where there is anything to look at.
    #[arg(long)]
    pub exit_code: bool,
}
