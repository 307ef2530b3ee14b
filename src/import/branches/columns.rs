//! The head of a list: which column holds what.

use super::ListFault;
use crate::text::{clean_line, fold, nearest};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The organisation's own code of the unit.
    Code,
    /// Its short name.
    Name,
    /// The code of the unit above.
    Parent,
    /// Its level.
    Kind,
    /// Its name in full.
    FullName,
    /// 正式黨員.
    FullMembers,
    /// 黨員, probationary members included.
    AllMembers,
    /// Members of the branch committee.
    Committee,
    /// 黨小組.
    Groups,
    /// The day on which the present term began.
    TermStart,
    /// The length of a term in years.
    TermYears,
    /// Which basis its items are printed with.
    Profile,
}

impl Column {
    /// Every column with the names that lists give it, folded; the first is the one that messages use.
    const NAMES: [(Self, &[&str]); 12] = [
        (Self::Code, &["编号", "代码", "支部编号", "组织编号", "code"]),
        (Self::Name, &["名称", "简称", "支部名称", "组织名称", "党组织名称", "支部", "name"]),
        (Self::Parent, &["上级编号", "上级", "上级代码", "上级组织编号", "parent", "parent code"]),
        (Self::Kind, &["层级", "级别", "类别", "组织类别", "kind", "level"]),
        (Self::FullName, &["全称", "full name", "full_name"]),
        (Self::FullMembers, &["正式党员", "正式党员数", "full members", "full_members"]),
        (Self::AllMembers, &["党员总数", "党员数", "党员", "members", "all members", "all_members"]),
        (Self::Committee, &["支委人数", "支委数", "委员人数", "committee"]),
        (Self::Groups, &["党小组数", "党小组", "groups"]),
        (Self::TermStart, &["本届起始", "本届起始日", "换届日期", "term start", "term_start"]),
        (Self::TermYears, &["任期", "任期年", "任期(年)", "term years", "term_years"]),
        (Self::Profile, &["依据类别", "依据", "profile"]),
    ];

    /// What tells that a column is about persons.
    const PERSONS: [&str; 17] = [
        "姓名",
        "书记",
        "联系人",
        "负责人",
        "电话",
        "手机",
        "身份证",
        "邮箱",
        "住址",
        "出生",
        "民族",
        "籍贯",
        "secretary",
        "contact",
        "phone",
        "email",
        "birth",
    ];

    fn of(folded: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, names)| names.contains(&folded)).map(|(column, _)| *column)
    }

    fn near(folded: &str) -> Option<Self> {
        // Chinese names are short: one wrong character of two says nothing.
        let long = folded.chars().count() >= 4;
        let names = Self::NAMES.iter().flat_map(|(_, names)| names.iter().copied());
        long.then(|| nearest(folded, names)).flatten().and_then(Self::of)
    }
}

/// The columns of a list in its order, and those that it has for itself.
#[derive(Debug)]
pub(super) struct Head {
    /// What each column holds; nothing where the program has no use for it.
    pub columns: Vec<Option<Column>>,
    /// Names of columns that are left alone.
    pub others: Vec<String>,
}

impl Head {
    /// Reads the first row of a list.
    pub fn read(cells: &[String]) -> Result<Self, ListFault> {
        let mut head = Self { columns: Vec::new(), others: Vec::new() };
        for cell in cells {
            let name = clean_line(cell.trim(), 40).text;
            let folded = fold(&name);
            let folded = folded.trim().trim_end_matches('*');
            let column = Column::of(folded);
            if column.is_none() && Column::PERSONS.iter().any(|person| folded.contains(person)) {
                return Err(ListFault::Persons(name));
            }
            match column {
                Some(column) if head.columns.contains(&Some(column)) => return Err(ListFault::ColumnTwice(column)),
                Some(_) => {}
                None => {
                    if let Some(meant) = Column::near(folded) {
                        return Err(ListFault::NearColumn { name, meant });
                    }
                    if !name.is_empty() {
                        head.others.push(name);
                    }
                }
            }
            head.columns.push(column);
        }
        // A name alone cannot be matched with the next list: codes are what units are known by.
        for needed in [Column::Code, Column::Name] {
            if !head.columns.contains(&Some(needed)) {
                return Err(ListFault::NoColumn(needed));
            }
        }
        Ok(head)
    }
}
