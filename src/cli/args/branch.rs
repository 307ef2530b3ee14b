//! The words of `tijian branch`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::ProfileArg;
use crate::domain::{Day, Profile};

/// Branches.
#[derive(Debug, Subcommand)]
pub enum BranchVerb {
    /// List the tree.
    #[command(after_help = "Examples:\n  \
        tijian branch list\n  \
        tijian branch list cwc\n  \
        tijian branch list --json")]
    List {
        /// Only branches that match: characters, either script, pinyin or its initials.
        filter: Option<String>,
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Add one branch.
    #[command(after_help = "Examples:\n  \
        tijian branch add JG-031 --name 校友會黨支部\n  \
        tijian branch add JG-031 --name 校友會黨支部 --parent JG --kind zhibu --all-members 12")]
    Add(Box<BranchArgs>),
    /// Change what is known of a branch; what is not named stays.
    #[command(after_help = "Examples:\n  \
        tijian branch edit JG-007 --full-members 21 --all-members 22\n  \
        tijian branch edit JG-007 --term-start 2026-03-01 --term-years 3\n  \
        tijian branch edit JG-007 --committee none --profile none")]
    Edit(Box<BranchArgs>),
    /// Take a branch out of new rounds; its history stays.
    #[command(after_help = "Examples:\n  \
        tijian branch retire JG-031 --reason 併入辦公室黨支部")]
    Retire {
        /// The code.
        code: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Take a retired branch back.
    #[command(after_help = "Examples:\n  \
        tijian branch restore JG-031")]
    Restore {
        /// The code.
        code: String,
    },
    /// Merge a branch into another, which carries its history on; it is in no new round.
    #[command(after_help = "Examples:\n  \
        tijian branch merge JG-031 --into JG-002 --reason 兩個支部合併")]
    Merge {
        /// The code of the branch that ends.
        code: String,
        /// The code of the branch that carries on.
        #[arg(long, value_name = "CODE")]
        into: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Bring in a list from a CSV or XLSX file: all of it or nothing.
    #[command(after_help = "Examples:\n  \
        tijian branch import list.csv --dry-run\n  \
        tijian branch import list.xlsx")]
    Import {
        /// The file: *.csv, *.tsv, *.txt or *.xlsx.
        file: PathBuf,
        /// Only say what would become of each row.
        #[arg(long)]
        dry_run: bool,
    },
}

/// What is known of a branch.
#[derive(Debug, Args)]
pub struct BranchArgs {
    /// The code, such as JG-007.
    pub code: String,
    /// The short name.
    #[arg(long)]
    pub name: Option<String>,
    /// The code of the unit above; an empty one takes it away.
    #[arg(long)]
    pub parent: Option<String>,
    /// The level.
    #[arg(long, value_enum)]
    pub kind: Option<KindArg>,
    /// The full name.
    #[arg(long)]
    pub full_name: Option<String>,
    /// Full members; none takes the number away, here and below.
    #[arg(long, value_name = "N", value_parser = count)]
    pub full_members: Option<Given<u16>>,
    /// All members.
    #[arg(long, value_name = "N", value_parser = count)]
    pub all_members: Option<Given<u16>>,
    /// Members of the branch committee; 0 where there is none.
    #[arg(long, value_name = "N", value_parser = count)]
    pub committee: Option<Given<u16>>,
    /// Party groups.
    #[arg(long, value_name = "N", value_parser = count)]
    pub groups: Option<Given<u16>>,
    /// The day on which the present term began, such as 2026-03-01.
    #[arg(long, value_name = "DAY", value_parser = civil_day)]
    pub term_start: Option<Given<Day>>,
    /// The length of a term in years.
    #[arg(long, value_name = "N", value_parser = count)]
    pub term_years: Option<Given<u16>>,
    /// Whose basis is printed: jiguan, university, or none for that of the round.
    #[arg(long, value_parser = own_profile)]
    pub profile: Option<Given<Profile>>,
}

/// What was given for something that may be unknown; nothing in it is the word `none`.
#[derive(Clone, Copy, Debug)]
pub struct Given<T>(pub Option<T>);

fn given<T>(text: &str, read: impl Fn(&str) -> Option<T>, wanted: &str) -> Result<Given<T>, String> {
    match text {
        "none" => Ok(Given(None)),
        text => read(text).map(|value| Given(Some(value))).ok_or_else(|| wanted.to_owned()),
    }
}

fn count(text: &str) -> Result<Given<u16>, String> {
    given(text, |text| text.parse().ok(), "0 to 65535, or none")
}

fn civil_day(text: &str) -> Result<Given<Day>, String> {
    given(text, |text| text.parse().ok(), "a day such as 2026-03-01, or none")
}

fn own_profile(text: &str) -> Result<Given<Profile>, String> {
    given(text, |text| ProfileArg::from_str(text, false).ok().map(ProfileArg::profile), "jiguan, university or none")
}

/// Levels.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum KindArg {
    /// 工委
    Gongwei,
    /// 黨委
    Dangwei,
    /// 黨總支
    Zongzhi,
    /// 黨支部
    Zhibu,
    /// 黨小組
    Xiaozu,
}
