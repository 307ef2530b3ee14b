//! The words of `tijian ledger` and `tijian overdue`.

use clap::{Args, ValueEnum};

use crate::domain::{Class, Severity, State};

/// Which items, in which order, in which form.
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[derive(Debug, Args)]
pub struct LedgerArgs {
    #[command(flatten)]
    pub which: WhichArgs,
    /// Only open items whose day has passed.
    #[arg(long)]
    pub overdue: bool,
    /// Only open items whose day comes within so many days; with --overdue also those whose day has passed.
    #[arg(long, value_name = "DAYS")]
    pub due_within: Option<u16>,
    /// The order; without it as they were found, in any number.
    #[arg(long, value_enum)]
    pub sort: Option<SortArg>,
    /// At most so many.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Print a CSV file with every column of the ledger.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Begin the CSV file with a byte order mark, by which spreadsheets know UTF-8.
    #[arg(long, requires = "csv")]
    pub bom: bool,
    /// Print JSON, one object a line.
    #[arg(long)]
    pub json: bool,
}

/// Which items.
#[derive(Debug, Default, Args)]
pub struct WhichArgs {
    /// Only of this round.
    #[arg(long, value_name = "ROUND")]
    pub round: Option<String>,
    /// Only of this unit and what stands below it.
    #[arg(long, value_name = "BRANCH")]
    pub branch: Option<String>,
    /// Only on this item of the checklist, such as S-07.
    #[arg(long, value_name = "ITEM")]
    pub item: Option<String>,
    /// Only in these states.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub state: Vec<StateArg>,
    /// Only of this severity.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub severity: Vec<SeverityArg>,
    /// Only of this class.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub class: Vec<ClassArg>,
    /// Only what waits for you.
    #[arg(long)]
    pub mine: bool,
    /// Only what was found before on the same item of the same branch.
    #[arg(long)]
    pub repeat: bool,
    /// Only what matches these words: characters of either script, pinyin or its initials.
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
}

/// What is overdue.
#[derive(Debug, Args)]
pub struct OverdueArgs {
    #[command(flatten)]
    pub which: WhichArgs,
    /// Also items whose day comes within so many days.
    #[arg(long, value_name = "DAYS")]
    pub within: Option<u16>,
    /// Exit with 6 where there are any.
    #[arg(long)]
    pub exit_code: bool,
    /// Print JSON, one object a line.
    #[arg(long)]
    pub json: bool,
}

/// States.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StateArg {
    /// 擬定
    #[value(alias = "擬定", alias = "拟定")]
    Drafted,
    /// 下發
    #[value(alias = "下發", alias = "下发")]
    Issued,
    /// 簽收
    #[value(alias = "簽收", alias = "签收")]
    Received,
    /// 整改中
    #[value(alias = "整改中")]
    Working,
    /// 申請銷號
    #[value(alias = "申請銷號", alias = "申请销号")]
    Requested,
    /// 核驗中
    #[value(alias = "核驗中", alias = "核验中")]
    Verifying,
    /// 已銷號
    #[value(alias = "已銷號", alias = "已销号")]
    Closed,
    /// 撤銷
    #[value(alias = "撤銷", alias = "撤销")]
    Revoked,
    /// 在改: handed to the branch and not closed
    #[value(alias = "在改")]
    Open,
}

impl StateArg {
    /// Says whether a state is meant.
    pub fn means(self, state: State) -> bool {
        match self {
            Self::Drafted => state == State::Drafted,
            Self::Issued => state == State::Issued,
            Self::Received => state == State::Received,
            Self::Working => state == State::Working,
            Self::Requested => state == State::Requested,
            Self::Verifying => state == State::Verifying,
            Self::Closed => state == State::Closed,
            Self::Revoked => state == State::Revoked,
            Self::Open => state.is_open(),
        }
    }
}

/// Severities.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SeverityArg {
    /// 嚴重
    #[value(alias = "嚴重", alias = "严重")]
    Critical,
    /// 較重
    #[value(alias = "較重", alias = "较重")]
    Major,
    /// 一般
    #[value(alias = "一般")]
    Minor,
}

impl SeverityArg {
    /// Returns the severity.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Critical => Severity::Critical,
            Self::Major => Severity::Major,
            Self::Minor => Severity::Minor,
        }
    }
}

/// Classes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ClassArg {
    /// 立行立改
    #[value(alias = "立行立改")]
    Immediate,
    /// 限期整改
    #[value(alias = "限期整改")]
    Limited,
    /// 長期堅持
    #[value(alias = "長期堅持", alias = "长期坚持")]
    Standing,
}

impl ClassArg {
    /// Returns the class.
    pub const fn class(self) -> Class {
        match self {
            Self::Immediate => Class::Immediate,
            Self::Limited => Class::Limited,
            Self::Standing => Class::Standing,
        }
    }
}

/// Orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortArg {
    /// The earliest day first
    Due,
    /// As the tree is read
    Branch,
    /// The gravest first
    Severity,
    /// In the order of an item's life
    State,
}

/// Which round is analysed.
#[derive(Debug, Args)]
pub struct AnalyseArgs {
    /// The round's code; the latest with a signature without it.
    #[arg(long)]
    pub round: Option<String>,
    /// One JSON object.
    #[arg(long)]
    pub json: bool,
}
