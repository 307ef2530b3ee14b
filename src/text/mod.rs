//! Text: measuring, cutting, wrapping, cleaning, searching, sorting and editing.
//!
//! Every text that enters is cleaned here once, and everything that is drawn or printed is measured here: no other
//! room counts characters to place something.

mod clean;
mod edit;
mod fold;
mod layout;
mod near;
mod ordinal;
mod sieve;
mod term;
mod width;
mod wrap;

pub use clean::{Cleaned, clean_line, clean_lines, is_clean, printable, shown, within};
pub use edit::{Edit, Pasted};
pub use fold::{Needle, fold, simplify};
pub use layout::Layout;
pub use near::{nearby, nearest, respell};
pub use ordinal::{numerals, sort_key};
pub use term::{monochrome, takes_clipboard};
pub use width::{Ambiguous, cut, cut_mark, glyph, pad, pad_left, plain, plain_width, width};
pub use wrap::{wrap, wrap_offsets};
