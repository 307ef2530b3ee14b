//! Who else is there: what a session tells of itself, and hears of others.

use crate::app::{Present, Spot};
use crate::domain::Of;

/// The sessions of one process, as one of them knows them.
pub trait Company: Send + Sync {
    /// Hears where the person is.
    fn at(&self, spot: Spot);
    /// Lists who else is where the person is.
    fn others(&self) -> Vec<Present>;
    /// Says whether changes to these matter to where the person is.
    fn heeds(&self, of: &[Of]) -> bool;
}
