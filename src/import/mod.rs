//! import
pub mod branches;
pub mod checklist;
