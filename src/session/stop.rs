//! A process without a terminal of its own is told to end by a signal.

use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::thread::Builder;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// Calls `told` on a thread of its own once somebody wants this process to end. A terminal that goes away is not meant.
pub fn on_stop(told: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let (mut wakes, waker) = UnixStream::pair()?;
    for signal in [SIGTERM, SIGINT] {
        signal_hook::low_level::pipe::register(signal, waker.try_clone()?)?;
    }
    // Heard and left alone: otherwise it would end the process at once.
    signal_hook::flag::register(SIGHUP, std::sync::Arc::default())?;
    Builder::new().name("stop".to_owned()).spawn(move || {
        let _ = wakes.read(&mut [0]);
        told();
    })?;
    Ok(())
}
