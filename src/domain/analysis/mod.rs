//! Analysis (分析): what rounds and their findings come to, for those who look at the whole. Of branches, never of persons.

mod looks;
mod narrow;
mod open;
mod ranks;
mod round;

pub use looks::*;
pub use narrow::*;
pub use open::*;
pub use ranks::*;
pub use round::*;
