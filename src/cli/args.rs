//! The words of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::Lang;

/// 黨建體檢: walk a branch through the checklist, and keep what it found.
#[derive(Debug, Parser)]
#[command(
    name = "tijian",
    version,
    about = "黨建體檢 — walk a branch through the checklist in a terminal, and keep what it found.",
    long_about = "黨建體檢 — walk a branch through the checklist in a terminal, and keep what it found.\n\n\
        Without a subcommand the program opens where you left it. 本程序為非涉密工具，嚴禁錄入國家秘密、工作秘密和個人敏感信息。",
    after_help = "Examples:\n  \
        tijian demo                                   fill a practice store (its folder is printed)\n  \
        tijian --data DIR                             open the store of a folder\n  \
        tijian branch import list.csv --dry-run       say what would become of each row\n  \
        tijian round open 2026-4 --all                begin a round with every active branch\n  \
        tijian inspect 2026-4 JG-007                  open straight at a branch\n  \
        tijian report inspection 2026-4 JG-007 --format md > report.md\n\n\
        Exit codes: 0 done, 1 refused, 2 wrong words, 3 the store does not open, 4 damage found, 5 not kept."
)]
pub struct Cli {
    /// The data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The language: zh-Hant, zh-Hans or en.
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Speak line by line, without drawing a screen: for TERM=dumb, screen readers and scripts.
    #[arg(long, global = true)]
    pub linear: bool,
    /// What to do; without it the program opens.
    #[command(subcommand)]
    pub command: Option<Verb>,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "zh-Hant, zh-Hans or en".to_owned())
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Branches: list, add, edit, import.
    #[command(subcommand)]
    Branch(BranchVerb),
    /// Checklists: list, print, check, add, compare.
    #[command(subcommand)]
    Checklist(ChecklistVerb),
    /// Rounds: list, open, branches in and out, close.
    #[command(subcommand)]
    Round(RoundVerb),
    /// Open the program straight at a branch of a round.
    Inspect {
        /// The round's code.
        round: String,
        /// The branch's code.
        branch: String,
        /// The item to begin with, such as S-07.
        #[arg(long)]
        item: Option<String>,
    },
    /// Print what is true now: a round, a branch, or one inspection.
    Show(ShowArgs),
    /// Print the keys that are in force.
    Keys {
        /// Print a built-in map instead: default or vim.
        #[arg(long)]
        map: Option<String>,
        /// Print the page of keymaps/README.md.
        #[arg(long, hide = true)]
        page: bool,
    },
    /// Fill an empty store with invented branches and three rounds of history.
    Demo {
        /// How many branches.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        branches: u32,
    },
    /// Papers as text or Markdown.
    #[command(subcommand)]
    Report(ReportVerb),
    /// Walk the whole hash chain and compare every record with it.
    Verify,
    /// Make the records again from the journal.
    Rebuild,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Trials that outside tools drive.
    #[command(subcommand, hide = true)]
    Selftest(SelftestVerb),
}

/// Branches.
#[derive(Debug, Subcommand)]
pub enum BranchVerb {
    /// List the tree.
    List {
        /// Only branches that match: characters, either script, pinyin or its initials.
        filter: Option<String>,
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Add one branch.
    Add(BranchArgs),
    /// Change what is known of a branch; what is not named stays.
    Edit(BranchArgs),
    /// Bring in a list from a CSV or XLSX file: all of it or nothing.
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
    /// Full members.
    #[arg(long)]
    pub full_members: Option<u16>,
    /// All members.
    #[arg(long)]
    pub all_members: Option<u16>,
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

/// Checklists.
#[derive(Debug, Subcommand)]
pub enum ChecklistVerb {
    /// List the editions that the store keeps.
    List,
    /// Print an edition, the newest without a name.
    Show {
        /// The first digits of its hash, or what its author calls it.
        edition: Option<String>,
    },
    /// Check a file and report every fault at once with its line.
    Check {
        /// The TOML file.
        file: PathBuf,
    },
    /// Keep a file as a new edition.
    Add {
        /// The TOML file.
        file: PathBuf,
    },
    /// Compare two editions: files, hashes, or what their authors call them.
    Diff {
        /// The older.
        old: String,
        /// The newer.
        new: String,
    },
}

/// Rounds.
#[derive(Debug, Subcommand)]
pub enum RoundVerb {
    /// List the rounds with their progress.
    List {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Begin a round.
    Open(Box<RoundArgs>),
    /// Take branches in.
    Join {
        /// The round's code.
        round: String,
        /// The branches' codes.
        #[arg(required = true)]
        branches: Vec<String>,
    },
    /// Take branches out that nobody has begun.
    Leave {
        /// The round's code.
        round: String,
        /// The branches' codes.
        #[arg(required = true)]
        branches: Vec<String>,
    },
    /// End a round.
    Close {
        /// The round's code.
        round: String,
    },
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
    /// Take in every active branch.
    #[arg(long)]
    pub all: bool,
    /// The codes of the branches to take in.
    #[arg(long, num_args = 1.., conflicts_with = "all")]
    pub branches: Vec<String>,
}

/// Profiles.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ProfileArg {
    /// 機關
    Jiguan,
    /// 高校
    University,
}

/// Scales.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ScaleArg {
    /// 合格 較好 一般 不合格
    Four,
    /// 合格 不合格
    Two,
}

/// What to print.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The round's code; all rounds without it.
    pub round: Option<String>,
    /// The branch's code; every branch of the round without it.
    pub branch: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Print the trail of the inspection instead.
    #[arg(long, requires = "branch")]
    pub trail: bool,
}

/// Papers.
#[derive(Debug, Subcommand)]
pub enum ReportVerb {
    /// The paper on one branch of a round, marked 工作稿, without names of persons.
    Inspection {
        /// The round's code.
        round: String,
        /// The branch's code.
        branch: String,
        /// Text of 56 columns, or Markdown.
        #[arg(long, value_enum, default_value = "text")]
        format: FormatArg,
    },
}

/// Forms of a paper.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FormatArg {
    /// Plain text.
    Text,
    /// Markdown.
    Md,
}

/// Trials.
#[derive(Debug, Subcommand)]
pub enum SelftestVerb {
    /// Write records START, START+1, … and print each number once it is on the disk.
    Child {
        /// The data folder.
        dir: PathBuf,
        /// The first number.
        start: u64,
    },
    /// Say whether records 0 to N-1 are all there and right: exit 0, 10 lost, 11 wrong, 12 refused.
    Verify {
        /// The data folder.
        dir: PathBuf,
        /// How many there must be.
        n: u64,
    },
}
