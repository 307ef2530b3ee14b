//! Somebody who has said at the socket what they want: who they are, whether that may be, and the way in.

use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::frame::{FROM_OWNER, FROM_TERMINAL, Frames, Hello, Kind, Over, VERSION, Want, frame, frame_of};
use super::hush::{Caused, Hush};
use super::socket::SocketLimits;
use super::socket_line::SocketLine;
use super::socket_voice::SocketVoice;
use super::{Guest, Host, Parting, TalkWay, Way};
use crate::locales as w;
use crate::session::{Clock, SystemClock};

/// How long somebody may take to take what was answered.
const DELIVERY: Duration = Duration::from_secs(20);
/// How long somebody may take to take the last word.
const LAST_WORD: Duration = Duration::from_secs(1);

/// What is behind the socket.
pub(super) struct Doorway {
    pub(super) limits: SocketLimits,
    pub(super) hush: Hush,
    host: Arc<dyn Host>,
    /// Commands that are being answered.
    answering: AtomicUsize,
}

impl Doorway {
    pub(super) fn new(limits: SocketLimits, host: Arc<dyn Host>) -> Self {
        Self { limits, hush: Hush::default(), host, answering: AtomicUsize::new(0) }
    }
}

/// Somebody who has said what they want.
pub(super) struct Came {
    pub(super) stream: UnixStream,
    pub(super) uid: u32,
    /// What came behind it.
    pub(super) frames: Frames,
    /// What they have said.
    pub(super) hello: Vec<u8>,
}

/// Finds out who it is and lets them in.
pub(super) fn receive(came: Came, doorway: &Doorway) {
    let Came { stream, uid, mut frames, hello } = came;
    let (host, hush) = (&*doorway.host, &doorway.hush);
    let hello: Hello = match serde_json::from_slice(&hello) {
        Ok(hello) => hello,
        // What the fault says may quote what was sent.
        Err(fault) => {
            return hush.warn(
                Caused::NotUnderstood,
                Some(uid),
                "not understood",
                &format_args!("{:?} at byte {}", fault.classify(), fault.column()),
            );
        }
    };
    frames.limit(FROM_TERMINAL);
    let lang = hello.dress.lang.unwrap_or_default();
    if hello.version != VERSION {
        return refuse(&stream, w::DOOR_VERSION.fill(lang, &[&env!("CARGO_PKG_VERSION")]));
    }
    let person = match host.account(uid, hello.claim.as_deref(), lang) {
        Ok(person) => person,
        Err(why) => {
            hush.warn(Caused::Refused, Some(uid), "refused", &"nobody of that account is let in as that person");
            return refuse(&stream, why);
        }
    };
    let guest = Guest { person, dress: hello.dress, way: format!("socket uid {uid}"), at: None };
    match hello.want {
        Want::Words(words) => answer(&stream, uid, &guest, words, doorway),
        Want::Talk { cols, typed, at } => {
            talk(stream, frames, (usize::from(cols), typed), Guest { at, ..guest }, doorway);
        }
        Want::Screen { size, at } => sit(stream, frames, size, Guest { at, ..guest }, doorway),
    }
}

/// Answers a command, where not too many are being answered.
fn answer(stream: &UnixStream, uid: u32, guest: &Guest, words: Vec<String>, doorway: &Doorway) {
    let (limits, hush) = (doorway.limits, &doorway.hush);
    let lang = guest.dress.lang.unwrap_or_default();
    if words.len() > limits.words {
        hush.warn(Caused::TooMuch, Some(uid), "a command of too many words", &words.len());
        return refuse(stream, w::DOOR_WORDS.fill(lang, &[&words.len(), &limits.words]));
    }
    // What is answered and not taken yet lies in memory, so that a place is free only after that.
    let answering = doorway.answering.fetch_add(1, Ordering::Relaxed);
    if answering >= limits.commands {
        hush.warn(Caused::TooMuch, Some(uid), "too many commands at once", &answering);
        refuse(stream, w::DOOR_BUSY.fill(lang, &[&limits.commands]));
    } else {
        let said = doorway.host.answer(guest, words);
        let over = frame_of(Kind::Over, &Over { code: said.code, text: None });
        let parts = [(Kind::Err, said.err), (Kind::Out, said.out)];
        let frames = parts.iter().flat_map(|(kind, bytes)| bytes.chunks(FROM_OWNER).map(|part| frame(*kind, part)));
        let clock = SystemClock::new();
        let _ =
            frames.chain([over]).try_for_each(|frame| deliver(stream, &frame, DELIVERY.saturating_sub(clock.ticks())));
    }
    doorway.answering.fetch_sub(1, Ordering::Relaxed);
}

/// Sends all of something, or gives up: a byte now and then is no way to keep somebody waiting.
fn deliver(mut stream: &UnixStream, mut bytes: &[u8], within: Duration) -> io::Result<()> {
    let clock = SystemClock::new();
    stream.set_nonblocking(false)?;
    while !bytes.is_empty() {
        let left = within.saturating_sub(clock.ticks());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_write_timeout(Some(left))?;
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

fn refuse(stream: &UnixStream, text: String) {
    let _ = deliver(stream, &frame_of(Kind::Over, &Over { code: 1, text: Some(text) }), LAST_WORD);
}

fn sit(stream: UnixStream, frames: Frames, size: (u16, u16), guest: Guest, doorway: &Doorway) {
    let opened = || -> io::Result<(SocketLine, UnixStream, UnixStream)> {
        let (first, last) = (stream.try_clone()?, stream.try_clone()?);
        Ok((SocketLine::new(stream, frames, size, doorway.limits.pace)?, first, last))
    };
    let (line, first, last) = match opened() {
        Ok(opened) => opened,
        Err(fault) => {
            doorway.hush.warn(Caused::System, None, "no line", &fault);
            return;
        }
    };
    let (waker, ender) = (line.waker(), line.waker());
    let way = Way {
        line: Box::new(line),
        wake: Arc::new(move || waker.wake()),
        end: Arc::new(move || ender.end()),
        seated: Box::new(move |line| {
            let _ = (&first).write_all(&frame(Kind::Seated, line.to_string().as_bytes()));
        }),
        over: Box::new(move |parting| part(&last, parting)),
    };
    if let Err(refused) = doorway.host.sit(guest, way) {
        let Way { line, over, .. } = refused.way;
        drop(line);
        over(Parting::Over(1, Some(refused.why)));
    }
}

fn talk(stream: UnixStream, frames: Frames, (cols, typed): (usize, bool), guest: Guest, doorway: &Doorway) {
    let opened = || -> io::Result<(SocketVoice, UnixStream)> {
        let last = stream.try_clone()?;
        Ok((SocketVoice::new(stream, frames)?, last))
    };
    let (voice, last) = match opened() {
        Ok(opened) => opened,
        Err(fault) => {
            doorway.hush.warn(Caused::System, None, "no line", &fault);
            return;
        }
    };
    let ender = voice.waker();
    let way = TalkWay {
        voice: Box::new(voice),
        cols: cols.clamp(20, 80),
        typed,
        end: Arc::new(move || ender.end()),
        over: Box::new(move |parting| part(&last, parting)),
    };
    if let Err(refused) = doorway.host.talk(guest, way) {
        let TalkWay { voice, over, .. } = refused.way;
        drop(voice);
        over(Parting::Over(1, Some(refused.why)));
    }
}

fn part(last: &UnixStream, parting: Parting) {
    let frame = match parting {
        Parting::Over(code, text) => frame_of(Kind::Over, &Over { code, text }),
        Parting::Moving => frame(Kind::Moving, &[]),
    };
    let _ = deliver(last, &frame, LAST_WORD);
}
