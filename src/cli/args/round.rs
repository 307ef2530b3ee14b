//! The words of `tijian round`.

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::{Profile, Scale};

/// Rounds.
#[derive(Debug, Subcommand)]
pub enum RoundVerb {
    /// List the rounds with their progress.
    #[command(after_help = "Examples:\n  \
        tijian round list\n  \
        tijian round list --json")]
    List {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Begin a round.
    #[command(after_help = "Examples:\n  \
        tijian round open 2026-4 --all\n  \
        tijian round open 2026-N --from 2026-01-01 --to 2026-12-31 --branches JG-001 JG-002\n  \
        tijian round open 2027-1 --all --grades 85/75/60 --veto falsified_records")]
    Open(Box<RoundArgs>),
    /// Correct the plan of a round; what is not named stays.
    #[command(after_help = "Examples:\n  \
        tijian round edit 2026-4 --name 第四季度體檢\n  \
        tijian round edit 2026-4 --grades 85/75/60 --veto dues_misuse\n  \
        tijian round edit 2026-4 --no-veto")]
    Edit(Box<RoundEditArgs>),
    /// Take branches in.
    #[command(after_help = "Examples:\n  \
        tijian round join 2026-4 JG-031 JG-032")]
    Join {
        /// The round's code.
        round: String,
        /// The branches' codes.
        #[arg(required = true)]
        branches: Vec<String>,
    },
    /// Take branches out that nobody has begun.
    #[command(after_help = "Examples:\n  \
        tijian round leave 2026-4 JG-031")]
    Leave {
        /// The round's code.
        round: String,
        /// The branches' codes.
        #[arg(required = true)]
        branches: Vec<String>,
    },
    /// Give a branch, or all below a unit, to inspectors.
    #[command(after_help = "Examples:\n  \
        tijian round team 2026-4 JG-Z1 li wang\n  \
        tijian round team 2026-4 JG-007 zhao\n  \
        tijian round team 2026-4 JG-007 --nobody")]
    Team(TeamArgs),
    /// Print how far a round is: by branch, team and inspector.
    #[command(after_help = "Examples:\n  \
        tijian round progress 2026-4\n  \
        tijian round progress 2026-4 --json")]
    Progress {
        /// The round's code.
        round: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// End a round: its figures are written down.
    #[command(after_help = "Examples:\n  \
        tijian round close 2026-4")]
    Close {
        /// The round's code.
        round: String,
    },
    /// Open a round again after it was over, to correct it; the figures that were written down stay.
    #[command(after_help = "Examples:\n  \
        tijian round correct 2026-4 --reason JG-007的結論記錯")]
    Correct {
        /// The round's code.
        round: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

/// Who walks where.
#[derive(Debug, Args)]
pub struct TeamArgs {
    /// The round's code.
    pub round: String,
    /// The code of the branch, or of the unit above.
    pub unit: String,
    /// The inspectors.
    #[arg(required_unless_present = "nobody", value_name = "HANDLE")]
    pub members: Vec<String>,
    /// Take the team off.
    #[arg(long, conflicts_with = "members")]
    pub nobody: bool,
}

/// What a round is to be.
#[derive(Debug, Args)]
pub struct RoundArgs {
    /// The code, such as 2026-4.
    pub code: String,
    /// The name; the period's name without it.
    #[arg(long)]
    pub name: Option<String>,
    /// The first day of the period; the present quarter without it.
    #[arg(long)]
    pub from: Option<String>,
    /// The last day of the period.
    #[arg(long)]
    pub to: Option<String>,
    /// The checklist edition; the newest without it.
    #[arg(long)]
    pub edition: Option<String>,
    /// Whose basis is printed.
    #[arg(long, value_enum, default_value = "jiguan")]
    pub profile: ProfileArg,
    /// Which verdicts there are.
    #[arg(long, value_enum, default_value = "four")]
    pub scale: ScaleArg,
    /// The lower bounds of the grades.
    #[arg(long, default_value = "90/80/60")]
    pub grades: String,
    /// Vetoes that the organisation has opted into; none by default.
    #[arg(long)]
    pub veto: Vec<String>,
    /// Let the analysis put branches in the order of their scores.
    #[arg(long)]
    pub ranked: bool,
    /// Take in every active branch.
    #[arg(long)]
    pub all: bool,
    /// The codes of the branches to take in.
    #[arg(long, num_args = 1.., conflicts_with = "all")]
    pub branches: Vec<String>,
}

/// What is to change in a round's plan.
#[derive(Debug, Args)]
pub struct RoundEditArgs {
    /// The round's code.
    pub code: String,
    /// The name.
    #[arg(long)]
    pub name: Option<String>,
    /// The first day of the period.
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// The last day of the period.
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// The lower bounds of the grades, such as 90/80/60.
    #[arg(long)]
    pub grades: Option<String>,
    /// The vetoes of the round instead of those that it has.
    #[arg(long, conflicts_with = "no_veto")]
    pub veto: Vec<String>,
    /// Take every veto away.
    #[arg(long)]
    pub no_veto: bool,
    /// Let the analysis put branches in the order of their scores.
    #[arg(long, conflicts_with = "no_ranked")]
    pub ranked: bool,
    /// Do not let it.
    #[arg(long)]
    pub no_ranked: bool,
    /// Whose basis is printed.
    #[arg(long, value_enum)]
    pub profile: Option<ProfileArg>,
    /// The checklist edition.
    #[arg(long)]
    pub edition: Option<String>,
    /// Which verdicts there are.
    #[arg(long, value_enum)]
    pub scale: Option<ScaleArg>,
}

/// Profiles.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ProfileArg {
    /// 機關
    Jiguan,
    /// 高校
    University,
}

impl ProfileArg {
    /// Returns the profile.
    pub const fn profile(self) -> Profile {
        match self {
            Self::Jiguan => Profile::Jiguan,
            Self::University => Profile::University,
        }
    }
}

/// Scales.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ScaleArg {
    /// 合格 較好 一般 不合格
    Four,
    /// 合格 不合格
    Two,
}

impl ScaleArg {
    /// Returns the scale.
    pub const fn scale(self) -> Scale {
        match self {
            Self::Four => Scale::Four,
            Self::Two => Scale::Two,
        }
    }
}
