//! Somebody who has said at the socket what they want: who they are, whether that may be, and the way in.

use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::Duration;

use super::answering::Answering;
use super::frame::{FROM_TERMINAL, Frames, Hello, Kind, Over, VERSION, Want, frame, frame_of};
use super::hush::{Caused, Hush};
use super::socket::SocketLimits;
use super::socket_line::SocketLine;
use super::socket_outlet::{SocketOutlet, deliver};
use super::socket_voice::SocketVoice;
use super::{Guest, Host, Parting, TalkWay, Way};
use crate::locales as w;

/// How long somebody may take to take the last word.
const LAST_WORD: Duration = Duration::from_secs(1);

/// What is behind the socket.
pub(super) struct Doorway {
    pub(super) limits: SocketLimits,
    pub(super) hush: Hush,
    host: Arc<dyn Host>,
    answering: Arc<Answering>,
}

impl Doorway {
    pub(super) fn new(limits: SocketLimits, host: Arc<dyn Host>) -> Self {
        Self { limits, hush: Hush::default(), host, answering: Arc::default() }
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
    let entered = doorway.answering.enter(limits.commands, stream);
    let opened = entered.and_then(|place| Ok(place.map(Arc::new).zip(Some(stream.try_clone()?))));
    match opened {
        Ok(Some((place, out))) => {
            let outlet = SocketOutlet::new(out, Arc::clone(&place), limits.delivery);
            let code = doorway.host.answer(guest, words, Box::new(outlet));
            let over = frame_of(Kind::Over, &Over { code, text: None });
            let _ = place.waiting(|| deliver(stream, &over, limits.delivery));
        }
        Ok(None) => {
            hush.warn(Caused::TooMuch, Some(uid), "too many commands at once", &limits.commands);
            refuse(stream, w::DOOR_BUSY.fill(lang, &[&limits.commands]));
        }
        Err(fault) => hush.warn(Caused::System, None, "no line", &fault),
    }
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
