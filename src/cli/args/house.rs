//! The words of `tijian person`, `tijian post`, `tijian policy` and `tijian calendar`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::{Counting, Gate, Role};

/// Persons.
#[derive(Debug, Subcommand)]
pub enum PersonVerb {
    /// List who acts here.
    #[command(after_help = "Examples:\n  \
        tijian person list\n  \
        tijian person list --json")]
    List {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Enter a person by a handle; the first one is an admin over the whole tree.
    #[command(after_help = "Examples:\n  \
        tijian person add wang --role admin --post 機關黨委\n  \
        tijian person add li --role inspector --belongs JG-002\n  \
        tijian person add cwc --role branch --over JG-002 --belongs JG-002 --post 支部書記")]
    Add(PersonArgs),
    /// Correct what is known of a person; what is not named stays.
    #[command(after_help = "Examples:\n  \
        tijian person edit li --role approver\n  \
        tijian person edit li --over JG-Z1 --belongs none")]
    Edit(PersonArgs),
    /// Take a person out; what they did stays.
    #[command(after_help = "Examples:\n  \
        tijian person remove li")]
    Remove {
        /// The handle.
        handle: String,
    },
    /// Public keys, with which a person logs in by SSH.
    #[command(subcommand)]
    Key(KeyVerb),
    /// Login names of this machine, by which a person is known without a key.
    #[command(subcommand)]
    Login(LoginVerb),
}

/// Public keys.
#[derive(Debug, Subcommand)]
pub enum KeyVerb {
    /// Bind public keys to a person, from a file or pasted; what stands behind a key becomes its label.
    #[command(after_help = "Examples:\n  \
        tijian person key add li --file id_ed25519.pub\n  \
        tijian person key add li - < id_ed25519.pub\n  \
        ssh -p 2222 host person key add li --text \"'ssh-ed25519 AAAA… li@laptop'\"")]
    Add {
        /// The person's handle.
        handle: String,
        /// A file of public keys, one a line.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Read them from standard input, as without a file.
        #[arg(value_name = "-", value_parser = ["-"], conflicts_with = "file")]
        pasted: Option<String>,
        /// The keys themselves.
        #[arg(long, conflicts_with_all = ["file", "pasted"])]
        text: Option<String>,
    },
    /// List public keys by their fingerprints.
    #[command(after_help = "Examples:\n  \
        tijian person key list\n  \
        tijian person key list li --json")]
    List {
        /// One person's.
        handle: Option<String>,
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Take a public key from a person.
    #[command(after_help = "Examples:\n  \
        tijian person key remove li SHA256:Kq…")]
    Remove {
        /// The person's handle.
        handle: String,
        /// The key's fingerprint, as `ssh-keygen -l` and `person key list` print it.
        fingerprint: String,
    },
}

/// Login names of this machine.
#[derive(Debug, Subcommand)]
pub enum LoginVerb {
    /// Bind a login name of this machine to a person.
    #[command(after_help = "Examples:\n  \
        tijian person login add li lixiaoming")]
    Add {
        /// The person's handle.
        handle: String,
        /// The login name.
        login: String,
    },
    /// Take a login name from a person.
    #[command(after_help = "Examples:\n  \
        tijian person login remove li lixiaoming")]
    Remove {
        /// The person's handle.
        handle: String,
        /// The login name.
        login: String,
    },
}

/// What is known of a person: a role and a place, nothing about the person.
#[derive(Debug, Args)]
pub struct PersonArgs {
    /// The handle, such as a login name.
    pub handle: String,
    /// What they are there for.
    #[arg(long, value_enum)]
    pub role: Option<RoleArg>,
    /// The code of the unit that the role is for, with what stands below it; none for the whole tree.
    #[arg(long, value_name = "BRANCH")]
    pub over: Option<String>,
    /// The code of the branch that they belong to and never verify for; none takes it away.
    #[arg(long, value_name = "BRANCH")]
    pub belongs: Option<String>,
    /// The post, one of `tijian post list`; an empty one takes it away.
    #[arg(long)]
    pub post: Option<String>,
}

/// Roles.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleArg {
    /// 管理員: settings, persons, and all that an inspector or approver may
    Admin,
    /// 督查員: walks, issues, verifies
    Inspector,
    /// 審批人: approves closures of grave items, extensions, exemptions
    Approver,
    /// 支部人員: answers for a branch
    Branch,
    /// 查閱人: looks on
    Viewer,
}

impl RoleArg {
    /// Returns the role.
    pub const fn role(self) -> Role {
        match self {
            Self::Admin => Role::Admin,
            Self::Inspector => Role::Inspector,
            Self::Approver => Role::Approver,
            Self::Branch => Role::Branch,
            Self::Viewer => Role::Viewer,
        }
    }
}

/// Posts.
#[derive(Debug, Subcommand)]
pub enum PostVerb {
    /// List the posts that can be named here.
    #[command(after_help = "Examples:\n  \
        tijian post list\n  \
        tijian post list --json")]
    List {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Enter posts in the list, all of them or none.
    #[command(after_help = "Examples:\n  \
        tijian post add 機關黨委辦公室\n  \
        tijian post add 督查一組 督查二組")]
    Add {
        /// Their names: posts, not persons.
        #[arg(required = true)]
        posts: Vec<String>,
    },
    /// Take a post out of the list; where it was named it stays.
    #[command(after_help = "Examples:\n  \
        tijian post remove 督查二組")]
    Remove {
        /// Its name.
        post: String,
    },
}

/// The policy.
#[derive(Debug, Subcommand)]
pub enum PolicyVerb {
    /// Print how findings are followed here.
    #[command(after_help = "Examples:\n  \
        tijian policy show\n  \
        tijian policy show --json")]
    Show {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Change it, as an entry like any other; what is not named stays.
    #[command(after_help = "Examples:\n  \
        tijian policy set --counting working\n  \
        tijian policy set --gate post --extensions 1\n  \
        tijian policy set --near 10 --talk-after 10 --circulate-after 20 --submit-after 40")]
    Set(PolicyArgs),
}

/// What is to change in the policy.
#[derive(Debug, Args)]
pub struct PolicyArgs {
    /// By what two persons are told apart where one judges what the other did.
    #[arg(long, value_enum)]
    pub gate: Option<GateArg>,
    /// Which days count towards a day that is proposed.
    #[arg(long, value_enum)]
    pub counting: Option<CountingArg>,
    /// How often a day may be moved at the branch's wish.
    #[arg(long, value_name = "N")]
    pub extensions: Option<u8>,
    /// Days before the day on which it is near.
    #[arg(long, value_name = "DAYS")]
    pub near: Option<u16>,
    /// Days overdue after which a talk is proposed.
    #[arg(long, value_name = "DAYS")]
    pub talk_after: Option<u16>,
    /// Days overdue after which a circular is proposed.
    #[arg(long, value_name = "DAYS")]
    pub circulate_after: Option<u16>,
    /// Days overdue after which the matter is put before the committee.
    #[arg(long, value_name = "DAYS")]
    pub submit_after: Option<u16>,
    /// Months within which a finding on the same item is a repeat.
    #[arg(long, value_name = "MONTHS")]
    pub repeat_months: Option<u8>,
}

/// Gates.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum GateArg {
    /// 按人: by who they are
    Identity,
    /// 按崗位: by the post for which they acted
    Post,
}

impl GateArg {
    /// Returns the gate.
    pub const fn gate(self) -> Gate {
        match self {
            Self::Identity => Gate::Identity,
            Self::Post => Gate::Post,
        }
    }
}

/// Countings.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CountingArg {
    /// 自然日
    Calendar,
    /// 工作日, by the table that `tijian calendar import` brings in
    Working,
}

impl CountingArg {
    /// Returns the counting.
    pub const fn counting(self) -> Counting {
        match self {
            Self::Calendar => Counting::Calendar,
            Self::Working => Counting::Working,
        }
    }
}

/// Holidays and make-up days.
#[derive(Debug, Subcommand)]
pub enum CalendarVerb {
    /// Bring in the table of one or more years from a CSV or TOML file: all of it or nothing.
    #[command(after_help = "Examples:\n  \
        tijian calendar template > 2027.csv\n  \
        tijian calendar import 2027.csv --dry-run\n  \
        tijian calendar import 2027.toml")]
    Import {
        /// The file.
        file: PathBuf,
        /// Only say what would become of it.
        #[arg(long)]
        dry_run: bool,
    },
    /// Print the tables that are here.
    #[command(after_help = "Examples:\n  \
        tijian calendar show\n  \
        tijian calendar show 2027")]
    Show {
        /// One year.
        year: Option<i16>,
    },
    /// Print the form of a table, to be filled from the official notice.
    #[command(after_help = "Examples:\n  \
        tijian calendar template > 2027.csv\n  \
        tijian calendar template --toml > 2027.toml")]
    Template {
        /// As TOML.
        #[arg(long)]
        toml: bool,
    },
}
