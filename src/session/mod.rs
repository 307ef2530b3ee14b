//! The session: one person at one line. The loop, the terminal's state, the clock, and running effects.

mod clip;
mod clock;
mod company;
mod faults;
mod ink;
mod line;
mod piped;
mod places;
mod plain;
mod screen;
mod seat;
#[cfg(test)]
mod seat_tests;
mod stop;
mod tty;
mod voice;

pub use clip::Clip;
pub use clock::{Clock, SystemClock};
pub use company::Company;
pub use faults::{desk_said, follow_said, open_said, read_said, records_said};
pub use line::{Event, Line};
pub use piped::{Carrier, INBOX, Inlet, PipedLine};
pub use places::{LastPlace, answered, read_place};
pub use plain::{Heard, PlainLine};
pub use screen::Screen;
pub use seat::{Ended, Opened, Seat, SeatStart};
pub use stop::on_stop;
pub use tty::{TtyLine, Waker};
pub use voice::Voice;
