//! The words of `tijian rectify`.

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::{Day, Paper};

/// Steps on rectification items.
#[derive(Debug, Subcommand)]
pub enum RectifyVerb {
    /// Print an item, or a finding with its items: measures, evidence, time line, chain.
    #[command(after_help = "Examples:\n  \
        tijian rectify show 2026-4/JG-007/S-07/01\n  \
        tijian rectify show 2026-4/JG-007/S-07/01.1 --json")]
    Show {
        /// The item or finding, such as 2026-4/JG-007/S-07/01.
        id: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Follow what a signed inspection has found, where nobody does yet: one from before findings were followed.
    #[command(after_help = "Examples:\n  \
        tijian rectify follow 2026-2 JG-007")]
    Follow {
        /// The round's code.
        round: String,
        /// The branch's code.
        branch: String,
    },
    /// 增加事項: write a further item of a finding down.
    #[command(after_help = "Examples:\n  \
        tijian rectify draft 2026-4/JG-007/S-07/01 --measure 建立會議計劃表 --post 組織委員 --due 2027-01-31")]
    Draft(DraftArgs),
    /// 修改草稿: correct a draft; what is not named stays.
    #[command(after_help = "Examples:\n  \
        tijian rectify edit 2026-4/JG-007/S-07/01 --due 2027-01-31 --lead 黨委副書記")]
    Edit(DraftArgs),
    /// 下發: hand it to the branch.
    #[command(after_help = "Examples:\n  \
        tijian rectify issue 2026-4/JG-007/S-07/01\n  \
        tijian rectify issue 2026-4/JG-007/S-07/01 2026-4/JG-007/S-09/02 --dry-run")]
    Issue(StepArgs),
    /// 簽收: take it over for the branch.
    #[command(after_help = "Examples:\n  \
        tijian rectify receive 2026-4/JG-007/S-07/01 --on-behalf 支部書記")]
    Receive(StepArgs),
    /// 開始整改: begin, with what is to be done.
    #[command(after_help = "Examples:\n  \
        tijian rectify start 2026-4/JG-007/S-07/01 --measure 補開並建立會議計劃表")]
    Start {
        /// What is to be done, where the item does not say it; - reads it from standard input.
        #[arg(long, default_value = "")]
        measure: String,
        /// What is reached by it (整改目標); - reads it from standard input.
        #[arg(long, default_value = "")]
        goal: String,
        #[command(flatten)]
        step: StepArgs,
    },
    /// 登記佐證: enter an index entry of evidence, never the thing itself.
    #[command(after_help = "Examples:\n  \
        tijian rectify evidence 2026-4/JG-007/S-07/01 --title 支部黨員大會記錄 --date 2026-12-08 --kept 支部檔案櫃")]
    Evidence {
        #[command(flatten)]
        evidence: EvidenceArgs,
        #[command(flatten)]
        step: StepArgs,
    },
    /// 申請銷號: ask for the closure, with the three answers.
    #[command(after_help = "Examples:\n  \
        tijian rectify request 2026-4/JG-007/S-07/01 --gone 已補開 --cause 已明確專人 --rule 列入季度計劃")]
    Request {
        #[command(flatten)]
        answers: AnswerArgs,
        #[command(flatten)]
        step: StepArgs,
    },
    /// 受理核驗: take up the verification.
    #[command(after_help = "Examples:\n  \
        tijian rectify take-up 2026-4/JG-007/S-07/01")]
    TakeUp(StepArgs),
    /// 領取核驗: claim the verification for two hours; nobody else verifies meanwhile.
    #[command(after_help = "Examples:\n  \
        tijian rectify claim 2026-4/JG-007/S-07/01")]
    Claim(StepArgs),
    /// 交還核驗: give a claim back before it ends; an admin ends anybody's.
    #[command(after_help = "Examples:\n  \
        tijian rectify release 2026-4/JG-007/S-07/01")]
    Release(StepArgs),
    /// 核驗通過: find it put right.
    #[command(after_help = "Examples:\n  \
        tijian rectify pass 2026-4/JG-007/S-07/01\n  \
        tijian rectify pass 2026-4/JG-007/S-13/04 --next 2027-06-30")]
    Pass {
        /// The day of the next stage of a standing item (階段性銷號).
        #[arg(long, value_name = "DAY", value_parser = civil_day)]
        next: Option<Day>,
        #[command(flatten)]
        step: StepArgs,
    },
    /// 批准銷號: approve the closure as a third person.
    #[command(after_help = "Examples:\n  \
        tijian rectify approve 2026-4/JG-007/S-03/02")]
    Approve(StepArgs),
    /// 退回返工: send it back.
    #[command(after_help = "Examples:\n  \
        tijian rectify return 2026-4/JG-007/S-07/01 --reason 簽到表與記錄不符 --due 2027-01-31")]
    Return {
        /// Why; - reads it from standard input.
        #[arg(long)]
        reason: String,
        /// The new day.
        #[arg(long, value_name = "DAY", value_parser = civil_day)]
        due: Day,
        #[command(flatten)]
        step: StepArgs,
    },
    /// 撤銷: give it up before work starts; it is kept for ever.
    #[command(after_help = "Examples:\n  \
        tijian rectify revoke 2026-4/JG-007/S-07/01 --reason 與上一問題重複")]
    Revoke(ReasonArgs),
    /// 申請延期: ask for another day.
    #[command(after_help = "Examples:\n  \
        tijian rectify ask 2026-4/JG-007/S-07/01 --to 2027-02-28 --reason 換屆尚未完成")]
    Ask {
        /// The day that is wished for.
        #[arg(long, value_name = "DAY", value_parser = civil_day)]
        to: Day,
        /// Why; - reads it from standard input.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        step: StepArgs,
    },
    /// 批准延期: grant the day that was asked for.
    #[command(after_help = "Examples:\n  \
        tijian rectify grant 2026-4/JG-007/S-07/01")]
    Grant(StepArgs),
    /// 不批准延期: refuse it.
    #[command(after_help = "Examples:\n  \
        tijian rectify deny 2026-4/JG-007/S-07/01 --reason 理由不充分")]
    Deny(ReasonArgs),
    /// 豁免: give leave until a day.
    #[command(after_help = "Examples:\n  \
        tijian rectify exempt 2026-4/JG-007/S-07/01 --until 2027-03-31 --reason 機構改革期間")]
    Exempt {
        /// The last day of it; the item comes back by itself on the day after.
        #[arg(long, value_name = "DAY", value_parser = civil_day)]
        until: Day,
        /// Why; - reads it from standard input.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        step: StepArgs,
    },
    /// 解除豁免: end the leave.
    #[command(after_help = "Examples:\n  \
        tijian rectify lift 2026-4/JG-007/S-07/01 --reason 改革已完成")]
    Lift(ReasonArgs),
    /// 立行立改: record that it was put right while the inspectors were still there.
    #[command(after_help = "Examples:\n  \
        tijian rectify put-right 2026-4/JG-007/S-24/05 --on-behalf 支部書記 --title 公示欄照片 --date 2026-12-08 \\\n    \
        --kept 支部檔案櫃 --gone 已公示 --cause 已明確專人 --rule 列入每月檢查")]
    PutRight {
        #[command(flatten)]
        evidence: EvidenceArgs,
        #[command(flatten)]
        answers: AnswerArgs,
        #[command(flatten)]
        step: StepArgs,
    },
    /// 登記發函: record that a paper went out.
    #[command(after_help = "Examples:\n  \
        tijian rectify sent urging 2026-4/JG-007/S-07/01")]
    Sent {
        /// Which paper.
        #[arg(value_enum)]
        paper: PaperArg,
        #[command(flatten)]
        step: StepArgs,
    },
}

/// Which items, for whom, and how.
#[derive(Debug, Args)]
pub struct StepArgs {
    /// The items, such as 2026-4/JG-007/S-07/01.1; several are taken one by one, and those left out are named.
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// The post on whose behalf it is entered; marked so for ever.
    #[arg(long, value_name = "POST", default_value = "")]
    pub on_behalf: String,
    /// The revision that you saw; an item that was changed since is refused.
    #[arg(long, value_name = "N")]
    pub rev: Option<u64>,
    /// Only say what would happen, or why not.
    #[arg(long)]
    pub dry_run: bool,
}

/// A step that wants a reason.
#[derive(Debug, Args)]
pub struct ReasonArgs {
    /// Why; - reads it from standard input.
    #[arg(long)]
    pub reason: String,
    #[command(flatten)]
    pub step: StepArgs,
}

/// What is to be done, by which post, until when.
#[derive(Debug, Args)]
pub struct DraftArgs {
    /// What is to be done (整改措施); - reads it from standard input.
    #[arg(long)]
    pub measure: Option<String>,
    /// What is reached by it (整改目標); - reads it from standard input.
    #[arg(long)]
    pub goal: Option<String>,
    /// The post that leads (責任領導).
    #[arg(long)]
    pub lead: Option<String>,
    /// The post that does it (責任人).
    #[arg(long)]
    pub post: Option<String>,
    /// The last day, included.
    #[arg(long, value_name = "DAY", value_parser = civil_day)]
    pub due: Option<Day>,
    #[command(flatten)]
    pub step: StepArgs,
}

/// An index entry of evidence.
#[derive(Debug, Args)]
pub struct EvidenceArgs {
    /// Its title.
    #[arg(long)]
    pub title: String,
    /// The day that it bears.
    #[arg(long, value_name = "DAY", value_parser = civil_day)]
    pub date: Day,
    /// Where it is kept.
    #[arg(long, value_name = "PLACE")]
    pub kept: String,
    /// Its number, where it has one.
    #[arg(long, default_value = "")]
    pub number: String,
    /// The SHA-256 of a file, as 64 hexadecimal digits.
    #[arg(long, value_name = "HEX", default_value = "")]
    pub sha256: String,
}

/// The answers to the three questions.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// Whether the problem is gone; one of the three may be - for standard input.
    #[arg(long)]
    pub gone: String,
    /// Whether the cause is dealt with.
    #[arg(long)]
    pub cause: String,
    /// Which rule or routine keeps it so.
    #[arg(long)]
    pub rule: String,
}

/// Papers that press for an item.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PaperArg {
    /// 提醒函
    Reminder,
    /// 催辦函
    Urging,
    /// 督辦單
    Supervision,
    /// 約談通知
    Talk,
    /// 通報
    Circular,
}

impl PaperArg {
    /// Returns the paper.
    pub const fn paper(self) -> Paper {
        match self {
            Self::Reminder => Paper::Reminder,
            Self::Urging => Paper::Urging,
            Self::Supervision => Paper::Supervision,
            Self::Talk => Paper::Talk,
            Self::Circular => Paper::Circular,
        }
    }
}

fn civil_day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|()| "a day such as 2026-12-31".to_owned())
}
