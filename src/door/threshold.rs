//! Those who have come to the socket and not said yet what they want. One thread looks after all of them: whoever says
//! nothing costs a descriptor, and where there are too many the one goes that has stood there longest, so that whoever
//! comes next and speaks at once is heard.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::thread::Builder;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::frame::{FrameFault, Frames, Kind, frame};
use super::hush::Caused;
use super::socket_guest::{Came, Doorway, receive};
use crate::session::{Clock, SystemClock};

/// Bytes that are read at once.
const READ: usize = 16 << 10;
/// The longest hello that a terminal of ours has, in bytes: a key file and what is around it.
const LONGEST: usize = 4 << 20;
/// How long nobody is let in after the system had no room for one more.
const REST: Duration = Duration::from_millis(50);

/// One who has come.
struct Unheard {
    stream: UnixStream,
    uid: u32,
    since: Duration,
    frames: Frames,
}

/// What became of one who has come.
enum Now {
    Waits,
    Gone,
    Said(Vec<u8>),
    /// What they say is longer than it may be.
    TooLong(usize),
    Strange(String),
}

impl Unheard {
    fn hear(&mut self) -> Now {
        let mut bytes = [0; READ];
        match self.stream.read(&mut bytes) {
            // Who only looks whether somebody is there says nothing.
            Ok(0) => return Now::Gone,
            Ok(count) => self.frames.take(bytes.get(..count).unwrap_or_default()),
            Err(fault) if matches!(fault.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            Err(_) => return Now::Gone,
        }
        match self.frames.whole() {
            Ok(None) => Now::Waits,
            Ok(Some((Kind::Hello, bytes))) => Now::Said(bytes),
            Ok(Some(_)) => Now::Strange("no hello".to_owned()),
            // Garbage claims any length; only what a terminal of ours may have is answered.
            Err(FrameFault::TooLong(length)) if length <= LONGEST => Now::TooLong(length),
            Err(fault) => Now::Strange(fault.to_string()),
        }
    }
}

/// Stands at the door until it is closed.
pub(super) fn stand(listener: &UnixListener, stopped: &UnixStream, doorway: &Arc<Doorway>) {
    let (clock, limits, hush) = (SystemClock::new(), doorway.limits, &doorway.hush);
    let mut unheard: Vec<Unheard> = Vec::new();
    let mut rest = Duration::ZERO;
    loop {
        let now = clock.ticks();
        let resting = rest.saturating_sub(now);
        let due = unheard.first().map(|first| (first.since + limits.hello).saturating_sub(now));
        let wait = due.into_iter().chain((!resting.is_zero()).then_some(resting)).min();
        let ready = waited(listener, stopped, &unheard, resting.is_zero(), wait);
        let Some(ready) = ready else { return };
        let now = clock.ticks();
        // From the last to the first, so that a place which is given up moves nobody who is still to be looked at.
        for at in (0..unheard.len()).rev() {
            let Some(one) = unheard.get_mut(at) else { continue };
            let heard = if ready.get(at).copied().unwrap_or(false) { one.hear() } else { Now::Waits };
            let late = one.since + limits.hello <= now;
            match heard {
                Now::Waits if !late => {}
                Now::Waits => {
                    hush.warn(Caused::NotUnderstood, Some(one.uid), "not understood", &"no hello in time");
                    unheard.remove(at);
                }
                Now::Gone => drop(unheard.remove(at)),
                Now::Strange(why) => {
                    hush.warn(Caused::NotUnderstood, Some(one.uid), "not understood", &why);
                    unheard.remove(at);
                }
                Now::TooLong(length) => {
                    hush.warn(Caused::NotUnderstood, Some(one.uid), "a hello that is too long", &length);
                    // So short that it fits into what the system holds for them: nothing here waits.
                    let told = frame(Kind::TooLong, (limits.hello_bytes >> 10).to_string().as_bytes());
                    let _ = one.stream.write(&told);
                    unheard.remove(at);
                }
                Now::Said(hello) => {
                    let Unheard { stream, uid, frames, .. } = unheard.remove(at);
                    let (came, host) = (Came { stream, uid, frames, hello }, Arc::clone(doorway));
                    let received = Builder::new().name("hello".to_owned()).spawn(move || receive(came, &host));
                    if let Err(fault) = received {
                        hush.warn(Caused::System, None, "no thread for who comes in", &fault);
                    }
                }
            }
        }
        // So few at once that each is looked at before its place is needed.
        for _ in 0..if resting.is_zero() { (limits.unheard / 4).max(1) } else { 0 } {
            match listener.accept() {
                Ok((stream, _)) => {
                    if unheard.len() >= limits.unheard {
                        hush.warn(Caused::Flood, None, "too many have come and said nothing", &limits.unheard);
                        // Closed without a word: whoever floods does not read, and nothing here waits for them.
                        unheard.remove(longest(&unheard));
                    }
                    if let Some(one) = came(stream, limits.hello_bytes, now, doorway) {
                        unheard.push(one);
                    }
                }
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => break,
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) => {
                    // Out of descriptors, most likely: those who are here go on, and whoever comes waits a moment.
                    hush.warn(Caused::System, None, "nobody can come in", &fault);
                    rest = now + REST;
                    break;
                }
            }
        }
    }
}

/// Waits until somebody comes, says something or is late; says who has said something, or nothing once the door closes.
fn waited(
    listener: &UnixListener,
    stopped: &UnixStream,
    unheard: &[Unheard],
    open: bool,
    wait: Option<Duration>,
) -> Option<Vec<bool>> {
    let coming = if open { PollFlags::IN } else { PollFlags::empty() };
    let mut fds = vec![PollFd::new(stopped, PollFlags::IN), PollFd::new(listener, coming)];
    fds.extend(unheard.iter().map(|one| PollFd::new(&one.stream, PollFlags::IN)));
    // Rounded up, so that what is waited for is due then.
    let wait = wait.map(|wait| wait + Duration::from_millis(1)).map(|wait| Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(wait.subsec_nanos()),
    });
    let polled = poll(&mut fds, wait.as_ref()).is_ok();
    let mut ready = fds.iter().map(|fd| polled && !fd.revents().is_empty());
    if ready.next() == Some(true) {
        return None;
    }
    Some(ready.skip(1).collect())
}

/// Finds who goes where there is no room: the first to have come of the account that has the most standing there.
fn longest(unheard: &[Unheard]) -> usize {
    let mut of: BTreeMap<u32, usize> = BTreeMap::new();
    for one in unheard {
        *of.entry(one.uid).or_default() += 1;
    }
    let most = of.iter().max_by_key(|(_, count)| **count).map(|(uid, _)| *uid);
    unheard.iter().position(|one| Some(one.uid) == most).unwrap_or(0)
}

fn came(stream: UnixStream, most: usize, now: Duration, doorway: &Doorway) -> Option<Unheard> {
    let uid = rustix::net::sockopt::socket_peercred(&stream).map(|peer| peer.uid.as_raw());
    let ready = stream.set_nonblocking(true);
    match (uid, ready) {
        (Ok(uid), Ok(())) => Some(Unheard { stream, uid, since: now, frames: Frames::new(most) }),
        (Err(fault), _) => {
            doorway.hush.warn(Caused::System, None, "nobody knows who it is", &fault);
            None
        }
        (_, Err(fault)) => {
            doorway.hush.warn(Caused::System, None, "no line", &fault);
            None
        }
    }
}
