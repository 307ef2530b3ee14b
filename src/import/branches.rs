//! stub
use crate::domain::*;
pub enum FileKind {
    Csv,
    Xlsx,
}
impl FileKind {
    pub fn of(_: &std::path::Path) -> Self {
        Self::Csv
    }
}
pub struct Plan {
    pub commands: Vec<(BranchId, BranchCommand)>,
}
pub struct Summary {
    pub added: usize,
    pub edited: usize,
    pub same: usize,
    pub faults: usize,
}
pub struct ListFault;
impl ListFault {
    pub fn say(&self, _: Lang) -> String {
        String::new()
    }
}
impl Plan {
    pub fn summary(&self) -> Summary {
        Summary { added: 0, edited: 0, same: 0, faults: 0 }
    }
    pub fn say_rows(&self, _: Lang, _: bool) -> String {
        String::new()
    }
}
pub fn plan(_: &[u8], _: FileKind, _: &dyn Reading, _: Lang) -> Result<Plan, ListFault> {
    Err(ListFault)
}
