//! The words of the command line.

mod branch;
mod calibrate;
mod house;
mod ledger;
mod lookback;
mod rectify;
mod report;
mod round;
mod serve;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use branch::{BranchArgs, BranchVerb, Given, KindArg};
pub use calibrate::{CalibrateVerb, InspectionArgs, TakeArgs};
pub use house::{
    CalendarVerb, CountingArg, GateArg, KeyVerb, LoginVerb, PersonArgs, PersonVerb, PolicyArgs, PolicyVerb, PostVerb,
    RoleArg,
};
pub use ledger::{AnalyseArgs, LedgerArgs, OverdueArgs, SeverityArg, SortArg, WhichArgs};
pub use lookback::{DrawArgs, LintArgs, LookbackVerb, ResultArgs};
pub use rectify::{AnswerArgs, DraftArgs, EvidenceArgs, RectifyVerb, StepArgs};
pub use report::{BranchPaper, FormatArg, ItemPaper, LetterPaper, PressVerb, ReportVerb};
pub use round::{ProfileArg, RoundArgs, RoundEditArgs, RoundVerb, ScaleArg, TeamArgs};
pub use serve::{AttachArgs, ServeArgs};

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
        Exit codes: 0 done, 1 refused, 2 wrong words, 3 the store does not open, 4 damage found, 5 not kept,\n\
        6 overdue items (overdue --exit-code), 7 remarks (lint --exit-code)."
)]
pub struct Cli {
    /// What goes before and behind every verb.
    #[command(flatten)]
    pub ways: Ways,
    /// What to do; without it the program opens.
    #[command(subcommand)]
    pub command: Option<Verb>,
}

/// What every verb may be told, and all that may be said without one.
#[derive(Debug, Args)]
pub struct Ways {
    /// The data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The language: zh-Hant, zh-Hans or en.
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Speak line by line, without drawing a screen: for TERM=dumb, screen readers and scripts.
    #[arg(long, global = true)]
    pub linear: bool,
}

/// The words of somebody who only has the program open: the first frame does not wait for all the verbs to be laid out.
#[derive(Debug, Parser)]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub struct Opening {
    /// What is said.
    #[command(flatten)]
    pub ways: Ways,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "zh-Hant, zh-Hans or en".to_owned())
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Branches: list, add, edit, retire, restore, import.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian branch list cwc\n  \
        tijian branch add JG-031 --name 校友會黨支部 --parent JG\n  \
        tijian branch retire JG-031 --reason 併入辦公室黨支部"
    )]
    Branch(BranchVerb),
    /// Checklists: list, print, check, add, compare.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian checklist show\n  \
        tijian checklist check own.toml\n  \
        tijian checklist diff builtin own.toml"
    )]
    Checklist(ChecklistVerb),
    /// Rounds: list, open, edit, branches in and out, teams, progress, close, correct.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian round open 2026-4 --all\n  \
        tijian round edit 2026-4 --grades 85/75/60\n  \
        tijian round close 2026-4"
    )]
    Round(RoundVerb),
    /// Persons: list, add, edit, remove.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian person add wang --role admin\n  \
        tijian person add li --role inspector --belongs JG-002\n  \
        TIJIAN_PERSON=li tijian ledger --mine"
    )]
    Person(PersonVerb),
    /// Posts (崗位) for which people act: list, add, remove.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian post list\n  \
        tijian post add 機關黨委辦公室\n\n\
        A post that is not in the list is refused wherever it is named: for measures, for persons, and on behalf of whom."
    )]
    Post(PostVerb),
    /// How findings are followed here: show, set.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian policy show\n  \
        tijian policy set --counting working"
    )]
    Policy(PolicyVerb),
    /// Holidays and make-up days by which working days are counted: import, show, template.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian calendar template > 2027.csv\n  \
        tijian calendar import 2027.csv --dry-run\n  \
        tijian calendar show\n\n\
        The program has no table of its own and guesses none: fill it from the official notice of each year."
    )]
    Calendar(CalendarVerb),
    /// Rectification items: every step from a draft to a struck number.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian rectify show 2026-4/JG-007/S-07/01\n  \
        tijian rectify issue 2026-4/JG-007/S-07/01\n  \
        TIJIAN_PERSON=cwc tijian rectify receive 2026-4/JG-007/S-07/01\n\n\
        An item is named as the ledger prints it: round, branch, item of the checklist, number of the finding, and behind a\n\
        point the item of the finding, which may be left out where there is one: 2026-4/JG-007/S-07/01.1. Shorter names\n\
        (2026-4/JG-007/S-07, 2026-4/JG-007/01) do where they say enough.\n\
        Who acts is TIJIAN_PERSON, `person` in the settings, or the login name."
    )]
    Rectify(RectifyVerb),
    /// The ledger (整改台賬): items by round, branch, state, day, as a table, CSV or JSON.
    #[command(after_help = "Examples:\n  \
        tijian ledger --overdue --sort due\n  \
        tijian ledger --branch JG-Z1 --state open --text dangke\n  \
        tijian ledger --round 2026-4 --csv --bom > ledger.csv\n  \
        TIJIAN_PERSON=zhao tijian ledger --mine --json")]
    Ledger(Box<LedgerArgs>),
    /// The analysis (分析): branches × groups, trend, failed items, ages of open items, rates.
    #[command(after_help = "Examples:\n  \
        tijian analyse\n  \
        tijian analyse --round 2026-4 --json")]
    Analyse(AnalyseArgs),
    /// What is overdue, the longest first; for cron.
    #[command(after_help = "Examples:\n  \
        tijian overdue\n  \
        tijian overdue --within 7 --exit-code || mail -s 整改逾期 office < /dev/null")]
    Overdue(OverdueArgs),
    /// Look-backs (回頭看): a drawn sample of closed items, and whether they are still put right.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian lookback draw --size 10 --severity critical\n  \
        tijian lookback result 1 2026-4/JG-007/S-07/01.1 valid\n  \
        tijian lookback end 1\n\n\
        Who has closed an item, and who is of its branch, does not look at it."
    )]
    Lookback(LookbackVerb),
    /// Calibration (校準): two inspectors judge the same items blind, and their verdicts are merged.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian calibrate begin 2026-4 JG-007 li wang --part S\n  \
        tijian calibrate show 2026-4 JG-007\n  \
        tijian calibrate merge 2026-4 JG-007\n\n\
        Until both have handed in, each one's verdicts and notes are seen by that one alone."
    )]
    Calibrate(CalibrateVerb),
    /// Self-check (體檢自查): what somebody should look at once more. It stops nobody.
    #[command(after_help = "Examples:\n  \
        tijian lint\n  \
        tijian lint 2026-4 JG-007\n  \
        tijian lint 2026-4 --exit-code --json")]
    Lint(LintArgs),
    /// Open the program straight at a branch of a round.
    #[command(after_help = "Examples:\n  \
        tijian inspect 2026-4 JG-007\n  \
        tijian inspect 2026-4 JG-007 --item S-07")]
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
    #[command(after_help = "Examples:\n  \
        tijian show\n  \
        tijian show 2026-4\n  \
        tijian show 2026-4 JG-007 --json\n  \
        tijian show 2026-4 JG-007 --trail")]
    Show(ShowArgs),
    /// Print the keys that are in force.
    #[command(after_help = "Examples:\n  \
        tijian keys\n  \
        tijian keys --map vim")]
    Keys {
        /// Print a built-in map instead: default or vim.
        #[arg(long)]
        map: Option<String>,
        /// Print the page of keymaps/README.md.
        #[arg(long, hide = true)]
        page: bool,
    },
    /// Fill an empty store with invented branches and three rounds of history.
    #[command(after_help = "Examples:\n  \
        tijian demo\n  \
        tijian --data DIR demo --branches 300\n  \
        tijian --data DIR demo --drafts\n  \
        tijian --data DIR demo --items 1000000")]
    Demo {
        /// How many branches.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        branches: u32,
        /// Leave every finding a draft and enter no persons, to practise from the beginning and alone.
        #[arg(long)]
        drafts: bool,
        /// A ledger of about so many items instead, over two rounds of as many branches as that takes.
        #[arg(long, conflicts_with_all = ["branches", "drafts"], value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
        items: Option<u32>,
    },
    /// Papers as text or Markdown.
    #[command(
        subcommand,
        after_help = "Examples:\n  \
        tijian report inspection 2026-4 JG-007\n  \
        tijian report notice 2026-4 JG-007\n  \
        tijian report closure 2026-4/JG-007/S-07/01.1\n  \
        tijian report press reminder JG-007"
    )]
    Report(ReportVerb),
    /// Walk the whole hash chain and compare every record with it.
    #[command(after_help = "Examples:\n  \
        tijian verify\n  \
        tijian --data DIR verify && echo whole")]
    Verify,
    /// Make the records again from the journal.
    #[command(after_help = "Examples:\n  \
        tijian rebuild\n  \
        tijian --data DIR rebuild")]
    Rebuild,
    /// Serve others without a terminal of one's own: the store's one process, until it is told to stop.
    #[command(after_help = "Examples:\n  \
        tijian serve\n  \
        tijian --data /var/lib/tijian serve --ssh 10.0.0.5:2222\n\n\
        Whoever runs `tijian` on this machine while it serves comes in through its socket, without any setting up.\n\
        What it bears and who may come in is set under [serve] in config.toml.")]
    Serve(ServeArgs),
    /// Come in to the process that serves the store; `tijian` alone does so by itself.
    #[command(after_help = "Examples:\n  \
        tijian attach\n  \
        command=\"tijian attach --as li\" ssh-ed25519 AAAA…    a line of authorized_keys of a shared account\n\n\
        --as is believed of the one account that config.toml names as [serve] account, and of no other.")]
    Attach(AttachArgs),
    /// Say who is in, and how the process that serves the store is.
    #[command(after_help = "Examples:\n  \
        tijian status\n  \
        tijian status --json")]
    Status {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print completions for a shell.
    #[command(after_help = "Examples:\n  \
        tijian completions bash > ~/.local/share/bash-completion/completions/tijian\n  \
        tijian completions fish > ~/.config/fish/completions/tijian.fish")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Trials that outside tools drive.
    #[command(subcommand, hide = true)]
    Selftest(SelftestVerb),
}

/// Checklists.
#[derive(Debug, Subcommand)]
pub enum ChecklistVerb {
    /// List the editions that the store keeps.
    #[command(after_help = "Examples:\n  \
        tijian checklist list")]
    List,
    /// Print an edition, the newest without a name.
    #[command(after_help = "Examples:\n  \
        tijian checklist show\n  \
        tijian checklist show 2026-11 --profile university")]
    Show {
        /// The first digits of its hash, or what its author calls it.
        edition: Option<String>,
        /// Whose basis is printed.
        #[arg(long, value_enum, default_value = "jiguan")]
        profile: ProfileArg,
    },
    /// Check a file and report every fault at once with its line.
    #[command(after_help = "Examples:\n  \
        tijian checklist check own.toml")]
    Check {
        /// The TOML file.
        file: PathBuf,
    },
    /// Keep a file as a new edition.
    #[command(after_help = "Examples:\n  \
        tijian checklist add own.toml")]
    Add {
        /// The TOML file.
        file: PathBuf,
    },
    /// Compare two editions: files, hashes, or what their authors call them.
    #[command(after_help = "Examples:\n  \
        tijian checklist diff builtin own.toml\n  \
        tijian checklist diff 2026-11 own-1")]
    Diff {
        /// The older.
        old: String,
        /// The newer.
        new: String,
    },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_only_opens_says_the_same_by_the_short_way() {
        let options: &[&[&str]] =
            &[&[], &["--data", "x"], &["--lang", "en", "--linear"], &["--lang=zh-Hans", "--data=y"]];
        for words in options {
            let words = || std::iter::once("tijian").chain(words.iter().copied());
            let (short, whole) = (Opening::try_parse_from(words()).unwrap(), Cli::try_parse_from(words()).unwrap());
            assert_eq!(format!("{:?}", short.ways), format!("{:?}", whole.ways));
            assert!(whole.command.is_none());
        }
        // Whatever else is said is the whole one's to read or to refuse.
        for words in [&["branch", "list"][..], &["--help"], &["-V"], &["--lang", "xx"], &["--bogus"], &["--data"]] {
            assert!(
                Opening::try_parse_from(std::iter::once("tijian").chain(words.iter().copied())).is_err(),
                "{words:?}"
            );
        }
    }
}
