//! The words of `tijian report`.

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::Day;

/// Papers. Every one is a draft, marked 工作稿: number, seal and signatures stay blank, and no person is named.
#[derive(Debug, Subcommand)]
pub enum ReportVerb {
    /// The paper on one branch of a round (體檢報告).
    #[command(after_help = "Examples:\n  \
        tijian report inspection 2026-4 JG-007\n  \
        tijian report inspection 2026-4 JG-007 --format md > report.md\n  \
        tijian --lang zh-Hant report inspection 2026-4 JG-007")]
    Inspection(BranchPaper),
    /// The notice of what a branch has to put right (整改通知書).
    #[command(after_help = "Examples:\n  \
        tijian report notice 2026-4 JG-007\n  \
        tijian report notice 2026-4 JG-007 --format md > notice.md")]
    Notice(BranchPaper),
    /// The plan with the lists of problems, tasks and responsibility (整改方案).
    #[command(after_help = "Examples:\n  \
        tijian report plan 2026-4 JG-007\n  \
        tijian report plan 2026-4 JG-007 --format md > plan.md")]
    Plan(BranchPaper),
    /// The request for the closure of an item, with its review (銷號申請（審核）單).
    #[command(after_help = "Examples:\n  \
        tijian report closure 2026-4/JG-007/S-07/01.1\n  \
        tijian report closure 2026-4/JG-007/S-07/01.1 --format md > closure.md")]
    Closure(ItemPaper),
    /// The request for another day for an item (延期申請單).
    #[command(after_help = "Examples:\n  \
        tijian report extension 2026-4/JG-007/S-07/01.1\n  \
        tijian report extension 2026-4/JG-007/S-07/01.1 --format md > extension.md")]
    Extension(ItemPaper),
    /// The report on a look-back (「回頭看」報告): the sample, what holds, what has come back.
    #[command(after_help = "Examples:\n  \
        tijian report lookback 1\n  \
        tijian report lookback 1 --format md > lookback.md")]
    Lookback {
        /// The look-back's number.
        id: u32,
        /// How it is written.
        #[command(flatten)]
        form: Form,
    },
    /// The statistics of a round (數據統計表): every rate with its counts.
    #[command(after_help = "Examples:\n  \
        tijian report statistics 2026-4\n  \
        tijian report statistics 2026-4 --format md > statistics.md")]
    Statistics {
        /// The round's code.
        round: String,
        /// How it is written.
        #[command(flatten)]
        form: Form,
    },
    /// What presses for items that are due: letters to a branch, the circular on a round.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian report press reminder JG-007\n  \
        tijian report press urging JG-007 --answer-by 2026-12-05\n  \
        tijian report press circular 2026-4"
    )]
    Press(PressVerb),
}

/// What presses. A person decides whether it goes out.
#[derive(Debug, Subcommand)]
pub enum PressVerb {
    /// For items whose day is near (提醒函).
    #[command(after_help = "Examples:\n  \
        tijian report press reminder JG-007")]
    Reminder(LetterPaper),
    /// For items that are overdue (催辦函).
    #[command(after_help = "Examples:\n  \
        tijian report press urging JG-007 --answer-by 2026-12-05")]
    Urging(LetterPaper),
    /// For items that are overdue, with a sheet to fill in (督辦單).
    #[command(after_help = "Examples:\n  \
        tijian report press supervision JG-007")]
    Supervision(LetterPaper),
    /// For items that are long overdue or were sent back again (約談通知).
    #[command(after_help = "Examples:\n  \
        tijian report press talk JG-007")]
    Talk(LetterPaper),
    /// On a whole round, in figures by group (督查通報).
    #[command(after_help = "Examples:\n  \
        tijian report press circular 2026-4\n  \
        tijian report press circular 2026-4 --format md > circular.md")]
    Circular {
        /// The round's code.
        round: String,
        /// How it is written.
        #[command(flatten)]
        form: Form,
    },
}

/// A paper on one branch of a round.
#[derive(Debug, Args)]
pub struct BranchPaper {
    /// The round's code.
    pub round: String,
    /// The branch's code.
    pub branch: String,
    /// How it is written.
    #[command(flatten)]
    pub form: Form,
}

/// A paper on one item.
#[derive(Debug, Args)]
pub struct ItemPaper {
    /// The item: round, branch, item of the checklist, number, such as 2026-4/JG-007/S-07/01.1.
    pub item: String,
    /// How it is written.
    #[command(flatten)]
    pub form: Form,
}

/// A letter to one branch.
#[derive(Debug, Args)]
pub struct LetterPaper {
    /// The branch's code.
    pub branch: String,
    /// The day by which an answer is asked for; blank without it.
    #[arg(long, value_name = "DAY", value_parser = answer_day)]
    pub answer_by: Option<Day>,
    /// How it is written.
    #[command(flatten)]
    pub form: Form,
}

/// How a paper is written.
#[derive(Clone, Copy, Debug, Args)]
pub struct Form {
    /// Text of 56 columns, or Markdown.
    #[arg(long, value_enum, default_value = "text")]
    pub format: FormatArg,
}

/// Forms of a paper.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FormatArg {
    /// Plain text.
    Text,
    /// Markdown.
    Md,
}

fn answer_day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|()| "a day such as 2026-12-05".to_owned())
}

impl ReportVerb {
    /// Returns how the paper is written.
    pub const fn format(&self) -> FormatArg {
        match self {
            Self::Inspection(paper) | Self::Notice(paper) | Self::Plan(paper) => paper.form.format,
            Self::Closure(paper) | Self::Extension(paper) => paper.form.format,
            Self::Press(
                PressVerb::Reminder(paper)
                | PressVerb::Urging(paper)
                | PressVerb::Supervision(paper)
                | PressVerb::Talk(paper),
            ) => paper.form.format,
            Self::Press(PressVerb::Circular { form, .. })
            | Self::Lookback { form, .. }
            | Self::Statistics { form, .. } => form.format,
        }
    }
}
