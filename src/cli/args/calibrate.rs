//! The words of `tijian calibrate`.

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::{Choice, Judgement, Side, Verdict};

/// Calibrations.
#[derive(Debug, Subcommand)]
pub enum CalibrateVerb {
    /// Have two inspectors judge the same items of an inspection blind.
    #[command(after_help = "Examples:\n  \
        tijian calibrate begin 2026-4 JG-007 li wang\n  \
        tijian calibrate begin 2026-4 JG-007 li wang --part S\n\n\
        Each of the two walks it with `tijian inspect`, then `g j`, and sees nothing of the other's.")]
    Begin {
        /// The inspection.
        #[command(flatten)]
        of: InspectionArgs,
        /// The one inspector.
        #[arg(value_name = "HANDLE")]
        first: String,
        /// The other.
        #[arg(value_name = "HANDLE")]
        second: String,
        /// Only the items of this card or group, by its code.
        #[arg(long, value_name = "CODE")]
        part: Option<String>,
    },
    /// Print the latest calibration: who has handed in and, once both have, the items side by side.
    #[command(after_help = "Examples:\n  \
        tijian calibrate show 2026-4 JG-007\n  \
        tijian calibrate show 2026-4 JG-007 --number 1 --json")]
    Show {
        /// The inspection.
        #[command(flatten)]
        of: InspectionArgs,
        /// An earlier one, by its number.
        #[arg(long, value_name = "N")]
        number: Option<u16>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Hand in one's own sheet (交卷); nothing on it changes afterwards.
    #[command(after_help = "Examples:\n  \
        TIJIAN_PERSON=li tijian calibrate hand-in 2026-4 JG-007")]
    HandIn {
        /// The inspection.
        #[command(flatten)]
        of: InspectionArgs,
    },
    /// Take a verdict for an item on which the two differ: that of one of them, or another.
    #[command(after_help = "Examples:\n  \
        tijian calibrate take 2026-4 JG-007 S-07 first\n  \
        tijian calibrate take 2026-4 JG-007 S-07 na --reason 本支部無預備黨員")]
    Take(TakeArgs),
    /// Write what was agreed and taken to the inspection; the calibration is over and stays readable.
    #[command(after_help = "Examples:\n  \
        tijian calibrate merge 2026-4 JG-007")]
    Merge {
        /// The inspection.
        #[command(flatten)]
        of: InspectionArgs,
    },
    /// Call it off; what not both have handed in stays unseen.
    #[command(after_help = "Examples:\n  \
        tijian calibrate call-off 2026-4 JG-007 --reason 一人調離，改由一人體檢")]
    CallOff {
        /// The inspection.
        #[command(flatten)]
        of: InspectionArgs,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

/// Which inspection.
#[derive(Debug, Args)]
pub struct InspectionArgs {
    /// The round's code.
    pub round: String,
    /// The branch's code.
    pub branch: String,
}

/// What is taken for an item.
#[derive(Debug, Args)]
pub struct TakeArgs {
    /// The inspection.
    #[command(flatten)]
    pub of: InspectionArgs,
    /// The item, such as S-07.
    pub item: String,
    /// What is taken.
    #[arg(value_enum)]
    pub what: TakenArg,
    /// Why the item does not apply.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
}

/// What is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TakenArg {
    /// What the first of the two gave
    First,
    /// What the second gave
    Second,
    /// 合格
    Pass,
    /// 較好
    Good,
    /// 一般
    Fair,
    /// 不合格
    Fail,
    /// 不適用
    Na,
}

impl TakenArg {
    /// Makes the choice.
    pub fn choice(self, reason: String) -> Choice {
        let verdict = match self {
            Self::First => return Choice::Given(Side::First),
            Self::Second => return Choice::Given(Side::Second),
            Self::Pass => Verdict::Pass,
            Self::Good => Verdict::Good,
            Self::Fair => Verdict::Fair,
            Self::Fail => Verdict::Fail,
            Self::Na => Verdict::NotApplicable,
        };
        Choice::Other(Judgement { verdict, reason })
    }
}
